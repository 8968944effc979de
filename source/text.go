package source

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// readText reads plain text. The stored text is the file's own.
func readText(_ context.Context, in input) ([]Item, error) {
	text, note, err := decode(in.data, "")
	if err != nil {
		return nil, err
	}
	d, err := plain(text)
	if err != nil {
		return nil, err
	}
	return []Item{{Document: d, Notes: notes(note)}}, nil
}

func notes(note string) []string {
	if note == "" {
		return nil
	}
	return []string{note}
}

// plain makes a document of decoded text: blocks, title, byline, date.
func plain(text string) (*kith.Document, error) {
	if strings.TrimSpace(text) == "" {
		return nil, invalid("it holds no text")
	}
	d := &kith.Document{Text: text}
	paragraphs := split(text)
	rest := readHead(d, paragraphs)
	for _, p := range rest {
		if kind := blockKind(p); kind != "" {
			d.Blocks = append(d.Blocks, kith.Block{Span: p.Span, Kind: kind})
		}
	}
	markForeign(d, rest)
	return d, nil
}

// paragraph is a run of lines between blank lines, or one list item or table
// line among them.
type paragraph struct {
	kith.Span
	text  string
	lines int
}

// split cuts the text at blank lines, and lines off that stand for themselves:
// list items and table rows. Spans are trimmed of white space.
func split(text string) []paragraph {
	var out []paragraph
	start, lines := -1, 0
	flush := func(end int) {
		if start >= 0 {
			end = start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))
			out = append(out, paragraph{kith.Span{Start: start, End: end}, text[start:end], lines})
		}
		start, lines = -1, 0
	}
	for at := 0; at < len(text); {
		end, next := len(text), len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		line := text[at:end]
		indent := len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
		switch {
		case indent == len(line):
			flush(at)
		case isListLine(line[indent:]) || isTableLine(line):
			flush(at)
			start, lines = at+indent, 1
			flush(end)
		default:
			if start < 0 {
				start = at + indent
			}
			lines++
		}
		at = next
	}
	flush(len(text))
	return out
}

var listLine = regexp.MustCompile(`^(?:[-*•‣◦–] |\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)] )\S`)

func isListLine(line string) bool { return listLine.MatchString(line[:min(len(line), 40)]) }

func isTableLine(line string) bool {
	return strings.Count(line, "\t") >= 2 && len(strings.TrimSpace(line)) > 0 || strings.Count(line, " | ") >= 2
}

// blockKind says what a paragraph is, "" for prose.
func blockKind(p paragraph) kith.BlockKind {
	text := p.text
	switch {
	case isListLine(text):
		return kith.ListItem
	case isTableLine(text):
		return kith.Table
	case len(text) > 300:
		return ""
	case isCaption(text):
		return kith.Caption
	case isBoilerplate(text):
		return kith.Boilerplate
	case p.lines == 1 && isHeading(text):
		return kith.Heading
	}
	return ""
}

var caption = regexp.MustCompile(`(?i)^(?:photo(?:graph)?s?|image|picture|illustration|file photo|figure \d+)(?: credit)?(?: by)?\s*[:/|—–-]|(?:\bimage|\bphoto(?:graph)?|\bcredit)\s*(?:credit|by)?:\s*[^.]{2,60}\.?$|\((?:ap |file |reuters )?photo[ /:][^)]*\)\.?$`)

// isCaption looks for one of the marks that every caption has before it tries
// the slow expression.
func isCaption(text string) bool {
	return strings.ContainsAny(text, ":/|—–-(") && caption.MatchString(text)
}

var boilerplate = regexp.MustCompile(`(?i)^(?:advertisement|sponsored(?: content)?|share this(?: article| story)?|read more\b.*|related(?: articles| stories)?:?.*|sign up (?:for|to) .*newsletter.*|subscribe (?:now|today|to)\b.*|follow us on .*|all rights reserved\.?|(?:copyright|©|\(c\)) .*|click here.*|this article (?:was )?originally appeared .*|https?://\S+|[-_*=~#•· ]{3,}|comments?(?: \(\d+\))?)$`)

func isBoilerplate(text string) bool {
	return boilerplate.MatchString(strings.TrimSpace(text))
}

// isHeading reports whether a paragraph of one line reads as a heading: short,
// begun by a capital or digit, without the stop that ends a sentence.
func isHeading(text string) bool {
	if len(text) > 120 || strings.Count(text, " ") > 15 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, `"“‘'([¿¡`))
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && unicode.IsLetter(first) && unicode.IsLower(first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, `"”’')]`))
	return !strings.ContainsRune(".!:;,…", last) && strings.IndexFunc(text, unicode.IsLetter) >= 0
}

// markForeign marks paragraphs in another language than the document's, so
// that reading skips them.
func markForeign(d *kith.Document, paragraphs []paragraph) {
	d.Language = Language(d.Text)
	for _, p := range paragraphs {
		if len(p.text) < 60 {
			continue
		}
		if lang := Language(p.text); lang != "" && d.Language != "" && lang != d.Language {
			d.Blocks = append(d.Blocks, kith.Block{Span: p.Span, Kind: kith.Foreign})
		}
	}
	sortBlocks(d)
}
