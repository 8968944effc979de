package kith

import (
	"crypto/sha256"
	"encoding/base32"
	"time"
)

// DocumentID names a document by the hash of its stored text: the same text
// has the same name on every machine.
type DocumentID string

// Document is one text as kith stores it, with what is known of its origin.
// It is immutable: a changed text is another document.
type Document struct {
	ID       DocumentID `json:"id"`
	Text     string     `json:"text,omitempty"`
	Title    string     `json:"title,omitempty"`
	Authors  []string   `json:"authors,omitempty"`
	Outlet   string     `json:"outlet,omitempty"`
	Date     Date       `json:"date,omitempty"`     // when it was published
	Address  string     `json:"address,omitempty"`  // canonical web address, or "" for none
	Path     string     `json:"path,omitempty"`     // file name it came from, as the user wrote it
	Format   string     `json:"format,omitempty"`   // name in the registry of formats: "text", "html", "pdf" …
	Language string     `json:"language,omitempty"` // ISO 639-1, or "" for unknown
	Original string     `json:"original,omitempty"` // SHA-256 in hex of the bytes it was made from
	Pages    []Span     `json:"pages,omitempty"`    // byte ranges of pages, for paged formats
	Blocks   []Block    `json:"-"`                  // parts of the text that are not running prose
	// Meta holds what a format knows besides: "message-id", "subject" …
	Meta map[string]string `json:"meta,omitempty"`
}

// BlockKind says what a run of text is, where it is not running prose.
type BlockKind string

// The kinds of block that sources mark. Unmarked text is prose.
const (
	Heading     BlockKind = "heading"
	Byline      BlockKind = "byline"
	Caption     BlockKind = "caption"
	ListItem    BlockKind = "list"
	Table       BlockKind = "table"
	Boilerplate BlockKind = "boilerplate"
	Row         BlockKind = "row"     // one record of a structured file
	Foreign     BlockKind = "foreign" // in another language than the document
)

// Block marks a span of a document's text as something else than prose.
type Block struct {
	Span
	Kind BlockKind `json:"kind"`
}

// Appearance is one place where a document's text was seen. Several
// appearances of one text are still one source.
type Appearance struct {
	Document DocumentID `json:"document"`
	Address  string     `json:"address,omitempty"`
	Path     string     `json:"path,omitempty"`
	Outlet   string     `json:"outlet,omitempty"`
	Date     Date       `json:"date,omitempty"`
	Seen     time.Time  `json:"seen"`
}

// NewDocumentID computes the name of a document from its stored text.
func NewDocumentID(text string) DocumentID { return DocumentID("d" + Hash(text)) }

// Page returns the 1-based number of the page on which the offset lies, and
// 0 where the document has no pages.
func (d *Document) Page(offset int) int {
	for i, p := range d.Pages {
		if offset >= p.Start && offset < p.End {
			return i + 1
		}
	}
	return 0
}

var encoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Hash digests the parts to 20 characters of Crockford's base 32 (100 bits of
// SHA-256). A separator that no text holds stands between parts, so that
// different lists of parts have different digests.
func Hash(parts ...string) string {
	digest := digestOf(join(make([]byte, 0, 256), parts))
	return string(digest[:])
}

// join appends the parts with a separator between them.
func join(text []byte, parts []string) []byte {
	for i, part := range parts {
		if i > 0 {
			text = append(text, 0)
		}
		text = append(text, part...)
	}
	return text
}

// digestOf is the digest of a text as Hash writes it.
func digestOf(text []byte) (digest [20]byte) {
	sum := sha256.Sum256(text)
	var long [21]byte // 13 bytes are the first 20 characters, and more
	encoding.Encode(long[:], sum[:13])
	copy(digest[:], long[:])
	return digest
}

// within digests the parts of something that is in a document to 20
// characters. The first three are the document's: what is in one document
// stands together wherever ids are sorted.
func within(doc DocumentID, parts ...string) string {
	return withinBytes(doc, join(make([]byte, 0, 256), parts))
}

func withinBytes(doc DocumentID, text []byte) string {
	digest := digestOf(text)
	copy(digest[3:], digest[:17])
	head := digestOf(append(make([]byte, 0, 64), doc...))
	copy(digest[:3], head[:3])
	return string(digest[:])
}
