package source

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// Format is one entry of the registry of formats, which the command line, the
// pages and the docs read. Package exchange adds the formats of data.
type Format struct {
	Name       string   // "html": what users write, and Document.Format
	Label      string   // "Web page"
	Extensions []string // with the dot, the usual one first
	MIME       []string // media types, the usual one first
	In         bool     // kith reads it
	Out        bool     // kith writes it
	Data       bool     // rows or records rather than prose
	Limits     string   // what is refused or cut
	Page       string   // its page under docs/formats
	Loses      []string // out: what of kith's the format cannot hold

	read func(context.Context, input) ([]Item, error)
}

// Formats lists the formats of documents, in the order in which they are shown.
func Formats() []Format {
	formats := []Format{
		{Name: "text", Label: "Plain text", Extensions: []string{".txt", ".text"}, MIME: []string{"text/plain"},
			Limits: "200 MB; no NUL bytes", read: readText},
		{Name: "markdown", Label: "Markdown", Extensions: []string{".md", ".markdown"}, MIME: []string{"text/markdown"},
			Limits: "200 MB; no NUL bytes", read: readMarkdown},
		{Name: "html", Label: "Web page", Extensions: []string{".html", ".htm", ".xhtml"}, MIME: []string{"text/html", "application/xhtml+xml"},
			Limits: "20 MB and 1,000,000 tags; 20 s", read: readHTML},
		{Name: "pdf", Label: "PDF", Extensions: []string{".pdf"}, MIME: []string{"application/pdf"},
			Limits: "5,000 pages; 60 s; scanned pages need tesseract", read: readPDF},
		{Name: "docx", Label: "Word document", Extensions: []string{".docx", ".docm"}, MIME: []string{"application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
			Limits: "256 MB unpacked", read: readDOCX},
		{Name: "odt", Label: "OpenDocument text", Extensions: []string{".odt", ".ott"}, MIME: []string{"application/vnd.oasis.opendocument.text"},
			Limits: "256 MB unpacked", read: readODT},
		{Name: "rtf", Label: "Rich Text", Extensions: []string{".rtf"}, MIME: []string{"text/rtf", "application/rtf"},
			Limits: "200 MB; 10,000 nested groups", read: readRTF},
		{Name: "epub", Label: "E-book", Extensions: []string{".epub"}, MIME: []string{"application/epub+zip"},
			Limits: "10,000 chapters; 1 GB unpacked", read: readEPUB},
		{Name: "eml", Label: "E-mail", Extensions: []string{".eml"}, MIME: []string{"message/rfc822"},
			Limits: "1,000 parts, 20 deep", read: readEML},
		{Name: "mbox", Label: "Mailbox", Extensions: []string{".mbox", ".mbx"}, MIME: []string{"application/mbox"},
			Limits: "200 MB", read: readMBOX},
		{Name: "mhtml", Label: "Saved web page", Extensions: []string{".mhtml", ".mht"}, MIME: []string{"multipart/related"},
			Limits: "20 MB for the page", read: readMHTML},
		{Name: "warc", Label: "Web archive", Extensions: []string{".warc"}, MIME: []string{"application/warc"},
			Limits: "1 GB unpacked", read: readWARC},
		{Name: "feed", Label: "Feed (RSS, Atom)", Extensions: []string{".rss", ".atom"}, MIME: []string{"application/rss+xml", "application/atom+xml", "application/feed+json"},
			Limits: "5,000 entries", read: readFeed},
		{Name: "zip", Label: "ZIP archive", Extensions: []string{".zip"}, MIME: []string{"application/zip"},
			Limits: "10,000 members, 1 GB unpacked, 4 archives deep", read: readZIP},
		{Name: "tar", Label: "TAR archive", Extensions: []string{".tar"}, MIME: []string{"application/x-tar"},
			Limits: "10,000 members, 1 GB unpacked, 4 archives deep", read: readTAR},
		{Name: "packed", Label: "Compressed file (gzip, bzip2, zstd)", Extensions: []string{".gz", ".tgz", ".bz2", ".zst"}, MIME: []string{"application/gzip", "application/x-bzip2", "application/zstd"},
			Limits: "256 MB unpacked", read: readPacked},
	}
	for i := range formats {
		formats[i].In, formats[i].Page = true, formats[i].Name+".md"
	}
	return formats
}

func init() {
	for _, f := range Formats() {
		if f.Name == "" || f.read == nil {
			panic("format without name or reader: " + f.Name)
		}
	}
}

// Lookup returns the format of documents of that name.
func Lookup(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// dataExtensions are the extensions of structured files, which `kith import`
// reads, with the import format that usually fits.
var dataExtensions = map[string]string{
	".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "json", ".ijson": "ftm",
	".yaml": "yaml", ".yml": "yaml", ".fec": "fec",
}

// detect finds the format of the bytes: by the given name, by magic bytes, by
// extension, by looking at the first kilobytes.
func detect(name string, data []byte, asked string) (Format, error) {
	if asked != "" {
		if f, ok := Lookup(asked); ok {
			return f, nil
		}
		return Format{}, invalid("there is no document format %q; see: kith formats", asked)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Format{}, invalid("it is empty")
	}
	extension := strings.ToLower(filepath.Ext(name))
	if f, ok := bySignature(data, extension); ok {
		return f, nil
	}
	if data, ok := dataExtensions[extension]; ok {
		return Format{}, invalid("it holds data rather than prose; use: kith import %s", data)
	}
	for _, f := range Formats() {
		if slices.Contains(f.Extensions, extension) {
			return f, nil
		}
	}
	return byContent(data)
}

// byContent decides by the bytes alone.
func byContent(data []byte) (Format, error) {
	mime := mimetype.Detect(data[:min(len(data), 4096)])
	for m := mime; m != nil; m = m.Parent() {
		for _, f := range Formats() {
			if slices.ContainsFunc(f.MIME, m.Is) {
				return f, nil
			}
		}
	}
	if f, ok := Lookup("text"); ok && isText(data) {
		return f, nil
	}
	return Format{}, invalid("it is binary (%s), which is not a format that kith reads; see: kith formats", mime)
}

// bySignature knows formats by their first bytes, whatever the extension.
func bySignature(data []byte, extension string) (Format, bool) {
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n"))
	has := func(prefix string) bool { return bytes.HasPrefix(head, []byte(prefix)) }
	switch {
	case has("<!doctype html") || has("<html"):
		return Lookup("html")
	case has("%pdf-"):
		return Lookup("pdf")
	case has(`{\rtf`):
		return Lookup("rtf")
	case has("pk\x03\x04") || has("pk\x05\x06"):
		return Lookup(zipKind(data))
	case has("\x1f\x8b") || has("bzh") && len(data) > 4 && data[3] >= '1' && data[3] <= '9' && extension == ".bz2" || has("\x28\xb5\x2f\xfd"):
		return Lookup("packed")
	case has("warc/1."):
		return Lookup("warc")
	case len(data) > 262 && string(data[257:262]) == "ustar":
		return Lookup("tar")
	case isFeed(head):
		return Lookup("feed")
	case has("from ") && mboxLine.Match(head):
		return Lookup("mbox")
	case extension == "" && mailHead.Match(head) && bytes.Contains(head, []byte("\nfrom:")):
		return Lookup("eml")
	}
	return Format{}, false
}

var (
	mboxLine = regexp.MustCompile(`^from \S+ .*\d{4}\r?\n`)
	mailHead = regexp.MustCompile(`^(?:return-path|received|delivered-to|from|message-id|date|mime-version|subject|to):`)
	feedRoot = regexp.MustCompile(`<(?:rss|feed|rdf:rdf)[\s>]`)
)

func isFeed(head []byte) bool {
	return bytes.HasPrefix(head, []byte("<")) && feedRoot.Match(head) && !bytes.Contains(head, []byte("<html"))
}

// String is the format as a line of a list shows it.
func (f Format) String() string { return fmt.Sprintf("%s (%s)", f.Name, f.Label) }
