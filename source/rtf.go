package source

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"kith"
)

// readRTF reads Rich Text Format (version 1.9.1): words, paragraphs, tables,
// Unicode and code-page characters; pictures, fields' instructions, headers
// and footers are left out.
func readRTF(ctx context.Context, in input) ([]Item, error) {
	if !strings.HasPrefix(string(in.data[:min(len(in.data), 6)]), `{\rtf`) {
		return nil, invalid(`it does not begin with {\rtf`)
	}
	r := &rtfReader{data: in.data, page: charmap.Windows1252, info: map[string]string{}}
	r.state.uc = 1
	if err := r.read(ctx); err != nil {
		return nil, err
	}
	d, err := build(append(r.paras, r.notes...))
	if err != nil {
		return nil, err
	}
	d.Title = cmp.Or(d.Title, squash(r.info["title"]))
	if author := squash(r.info["author"]); author != "" && len(d.Authors) == 0 {
		d.Authors = []string{author}
	}
	return []Item{{Document: d}}, nil
}

// rtfState is what a group of RTF inherits and its end restores.
type rtfState struct {
	skip  bool
	note  bool   // a footnote is read
	field string // destination of the document's information being read
	uc    int    // bytes that stand in for a Unicode character
	table bool
	style int
}

type rtfReader struct {
	data  []byte
	at    int
	page  encoding.Encoding
	state rtfState
	stack []rtfState
	b     strings.Builder
	high  []byte // code-page bytes not yet decoded
	pair  rune   // first half of a surrogate pair
	drop  int    // stand-in characters still to be dropped
	paras []para
	notes []para // footnotes, which follow the text
	// noteText is the footnote being written, amid a paragraph of the text.
	noteText strings.Builder
	info     map[string]string
}

const maxGroups = 10_000

func (r *rtfReader) read(ctx context.Context) error {
	for n := 0; r.at < len(r.data); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c := r.data[r.at]
		r.at++
		switch c {
		case '{':
			if len(r.stack) >= maxGroups {
				return tooLarge("its groups nest deeper than %d", maxGroups)
			}
			r.flushHigh()
			r.stack = append(r.stack, r.state)
		case '}':
			r.flushHigh()
			if n := len(r.stack); n > 0 {
				if r.state.note && !r.stack[n-1].note {
					r.endParagraph()
				}
				r.state, r.stack = r.stack[n-1], r.stack[:n-1]
			}
		case '\\':
			r.control()
		case '\n', '\r':
		default:
			r.char(c)
		}
	}
	r.endParagraph()
	return nil
}

func (r *rtfReader) char(c byte) {
	if r.drop > 0 {
		r.drop--
		return
	}
	if c >= 0x80 {
		r.high = append(r.high, c)
		return
	}
	r.write(string(rune(c)))
}

func (r *rtfReader) write(s string) {
	r.flushHigh()
	switch {
	case r.state.field != "":
		if len(r.info[r.state.field]) < 1000 {
			r.info[r.state.field] += s
		}
	case r.state.skip:
	case r.state.note:
		r.noteText.WriteString(s)
	default:
		r.b.WriteString(s)
	}
}

func (r *rtfReader) flushHigh() {
	if len(r.high) == 0 {
		return
	}
	decoded, err := r.page.NewDecoder().Bytes(r.high)
	r.high = r.high[:0]
	if err == nil {
		r.write(string(decoded))
	}
}

// control reads what follows a backslash: a symbol, a hex byte or a word with
// an optional number.
func (r *rtfReader) control() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	start := r.at
	for r.at < len(r.data) && r.at-start < 32 && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.data[start:r.at])
	start = r.at
	for r.at < len(r.data) && r.at-start < 12 && (r.data[r.at] == '-' && r.at == start || r.data[r.at] >= '0' && r.data[r.at] <= '9') {
		r.at++
	}
	number, err := strconv.Atoi(string(r.data[start:r.at]))
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	r.word(word, number, err == nil)
}

func (r *rtfReader) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.data) {
			if b, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.char(byte(b))
			}
		}
	case '\\', '{', '}':
		r.char(c)
	case '~':
		r.write(" ")
	case '_':
		r.write("-")
	case '*':
		r.state.skip = true
	case '\n', '\r':
		r.endParagraph()
	}
}

var rtfSkipped = map[string]bool{"fonttbl": true, "colortbl": true, "stylesheet": true, "pict": true, "object": true, "header": true, "headerl": true,
	"headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true, "fldinst": true, "info": true, "themedata": true,
	"listtable": true, "listoverridetable": true, "rsidtbl": true, "generator": true, "datastore": true, "xmlnstbl": true, "pntext": true, "listtext": true, "deleted": true}

var rtfWords = map[string]string{"tab": " ", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
	"ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "cell": "\t"}

func (r *rtfReader) word(word string, number int, has bool) {
	if s, ok := rtfWords[word]; ok {
		r.write(s)
		return
	}
	switch word {
	case "par", "sect", "page", "row":
		r.endParagraph()
	case "footnote":
		r.state.note, r.state.skip = true, len(r.stack) > 0 && r.stack[len(r.stack)-1].skip
	case "pard":
		r.state.table, r.state.style = false, 0
	case "intbl":
		r.state.table = true
	case "outlinelevel":
		r.state.style = 1
	case "u":
		r.flushHigh()
		if has {
			r.unicode(uint16(number))
			r.drop = r.state.uc
		}
	case "uc":
		if has && number >= 0 && number < 10 {
			r.state.uc = number
		}
	case "bin":
		if has && number > 0 {
			r.at = min(len(r.data), r.at+number)
		}
	case "ansicpg":
		if enc, err := htmlindex.Get(fmt.Sprintf("windows-%d", number)); err == nil {
			r.page = enc
		}
	case "mac":
		r.page = charmap.Macintosh
	case "title", "author":
		if r.state.skip {
			r.state.field = word
		}
	case "v", "deleted":
		if !has || number != 0 {
			r.state.skip = true
		}
	default:
		if rtfSkipped[word] {
			r.state.skip = true
		}
	}
}

// unicode writes a UTF-16 unit, pairs of surrogates as one character.
func (r *rtfReader) unicode(unit uint16) {
	switch c := rune(unit); {
	case c >= 0xD800 && c < 0xDC00:
		r.pair = c
	case c >= 0xDC00 && c < 0xE000:
		r.write(string(utf16.DecodeRune(r.pair, c)))
	default:
		r.write(string(c))
	}
}

func (r *rtfReader) endParagraph() {
	r.flushHigh()
	switch {
	case r.state.skip:
		return
	case r.state.note:
		r.notes = append(r.notes, para{r.noteText.String(), ""})
		r.noteText.Reset()
		return
	}
	kind := kith.BlockKind("")
	switch {
	case r.state.table:
		kind = kith.Table
	case r.state.style > 0:
		kind = kith.Heading
	}
	r.paras = append(r.paras, para{r.b.String(), kind})
	r.b.Reset()
}
