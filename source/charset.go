package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// decode gives the bytes as UTF-8 with LF line ends and without a byte-order
// mark. declared is the charset that the bytes came with, or "". It returns a
// note where the charset had to be found out, and an error for bytes that are
// no text.
func decode(data []byte, declared string) (text, note string, err error) {
	data, enc, name := sniff(data, declared)
	if enc != nil {
		if data, err = enc.NewDecoder().Bytes(data); err != nil {
			return "", "", invalid("it is not valid %s: %v", name, err)
		}
		note = "decoded as " + name
	}
	text = newlines(string(data))
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", "", invalid("it has a NUL byte at position %d, so it is binary rather than text", i)
	}
	if n := countControls(text); n > 0 && n*50 > len(text) {
		return "", "", invalid("it has %d control characters, so it is binary rather than text", n)
	}
	return text, note, nil
}

// sniff strips a byte-order mark and names the encoding; nil is UTF-8.
func sniff(data []byte, declared string) ([]byte, encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
		if utf8.Valid(data) {
			return data, nil, "utf-8"
		}
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return data[2:], unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return data[2:], unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be"
	}
	if utf8.Valid(data) && !looksUTF16(data) {
		return data, nil, "utf-8"
	}
	if looksUTF16(data) {
		if data[0] == 0 {
			return data, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be"
		}
		return data, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"
	}
	if enc, err := htmlindex.Get(declared); err == nil && declared != "" && enc != unicode.UTF8 {
		return data, enc, declared
	}
	return guess(data)
}

// looksUTF16 reports whether every other byte of the beginning is zero, as in
// UTF-16 without a mark.
func looksUTF16(data []byte) bool {
	head := data[:min(len(data), 512)&^1]
	if len(head) < 8 {
		return false
	}
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	return zeros[0]*10 > half*8 && zeros[1] == 0 || zeros[1]*10 > half*8 && zeros[0] == 0
}

// guess finds a charset for bytes that are not UTF-8. Few high bytes mean a
// Western text; many mean another script, which chardet tells apart.
func guess(data []byte) ([]byte, encoding.Encoding, string) {
	sample := data[:min(len(data), 64<<10)]
	high := 0
	for _, b := range sample {
		if b >= 0x80 {
			high++
		}
	}
	if high*5 > len(sample) {
		if best, err := chardet.NewTextDetector().DetectBest(sample); err == nil && best.Confidence >= 30 {
			if enc, name := charset.Lookup(best.Charset); enc != nil && name != "utf-8" {
				return data, enc, name
			}
		}
	}
	return data, charmap.Windows1252, "windows-1252"
}

// newlines writes CRLF and CR as LF.
func newlines(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

func countControls(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		if b := text[i]; b < ' ' && b != '\n' && b != '\t' && b != '\f' && b != '\v' || b == 0x7f {
			n++
		}
	}
	return n
}

// isText reports whether the bytes decode to text.
func isText(data []byte) bool {
	_, _, err := decode(data[:min(len(data), 8<<10)&^3], "")
	return err == nil
}

// Decode gives the bytes of a text file as UTF-8 with LF line ends and without
// a byte-order mark. Bytes that are no text are an error (kith.ErrInvalid).
func Decode(data []byte) (string, error) {
	text, _, err := decode(data, "")
	return text, err
}
