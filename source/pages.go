package source

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// noteBreak stands in a page's text between the text and the footnotes.
const noteBreak = "\f"

// pagesDocument makes a document of pages of lines: lines joined to
// paragraphs, words cut at line ends made whole, running heads and page
// numbers left out, paragraphs that go on over a page's end joined.
func pagesDocument(pages []string) (*kith.Document, error) {
	all := cleanText(strings.Join(pages, "\n"))
	heads := runningHeads(pages)
	texts, notes := make([][]string, len(pages)), make([][]string, len(pages))
	for i, page := range pages {
		texts[i], notes[i] = pageParagraphs(cleanText(page), heads, all)
	}
	var b strings.Builder
	starts := make([]int, len(pages))
	for i := range pages {
		starts[i] = -1
		joined := i > 0 && continues(texts[:i], texts[i])
		for k, text := range withNotes(texts[i], notes[i], joined, continues(texts[:i+1], next(texts[i+1:]))) {
			switch {
			case b.Len() == 0:
			case k == 0 && joined:
				joinLine(&b)
			default:
				b.WriteString("\n\n")
			}
			if starts[i] < 0 {
				starts[i] = b.Len()
			}
			b.WriteString(text)
		}
	}
	if b.Len() == 0 {
		return nil, invalid("it holds no text")
	}
	b.WriteString("\n")
	d, err := plain(b.String())
	if err != nil {
		return nil, err
	}
	d.Pages = pageSpans(starts, len(d.Text))
	return d, nil
}

// next is the first page with text.
func next(pages [][]string) []string {
	for _, p := range pages {
		if len(p) > 0 {
			return p
		}
	}
	return nil
}

// continues reports whether a page's first paragraph goes on with the last one
// of the pages before.
func continues(before [][]string, page []string) bool {
	for i := len(before) - 1; i >= 0 && len(page) > 0; i-- {
		if n := len(before[i]); n > 0 {
			return goesOn(before[i][n-1], page[0])
		}
	}
	return false
}

// withNotes puts a page's footnotes after its text, or before the last
// paragraph where that goes on over the page's end, so that no note stands in
// the middle of a sentence. A paragraph that fills a page of its own and goes
// on at both ends is parted.
func withNotes(text, notes []string, joined, open bool) []string {
	last := len(text) - 1
	if !open || len(notes) == 0 || last == 0 && joined {
		return append(slices.Clone(text), notes...)
	}
	return slices.Concat(text[:last], notes, text[last:])
}

// pageSpans turns the pages' starts into spans that cover the text; an empty
// page has an empty span.
func pageSpans(starts []int, length int) []kith.Span {
	spans := make([]kith.Span, len(starts))
	end := length
	for i := len(starts) - 1; i >= 0; i-- {
		start := starts[i]
		if start < 0 {
			start = end
		}
		spans[i] = kith.Span{Start: start, End: end}
		end = start
	}
	if len(spans) > 0 && spans[0].Len() > 0 {
		spans[0].Start = 0
	}
	return spans
}

var digits = regexp.MustCompile(`\d+`)

// headKey reduces a line so that running heads of different pages are equal.
func headKey(line string) string { return digits.ReplaceAllString(squash(line), "#") }

// runningHeads finds the first and last lines that most pages share.
func runningHeads(pages []string) map[string]bool {
	counts := map[string]int{}
	for _, page := range pages {
		seen := map[string]bool{}
		for _, line := range edgeLines(page) {
			if key := headKey(line); !seen[key] {
				seen[key] = true
				counts[key]++
			}
		}
	}
	heads := map[string]bool{}
	if len(pages) == 2 { // of two pages the very first and the very last lines
		a, b := edgeLines(pages[0]), edgeLines(pages[1])
		if len(a) >= 4 && len(b) >= 4 {
			for _, pair := range [][2]string{{a[0], b[0]}, {a[len(a)-1], b[len(b)-1]}} {
				if key := headKey(pair[0]); key == headKey(pair[1]) {
					heads[key] = true
				}
			}
		}
	}
	for key, n := range counts {
		if n >= 3 && n*2 > len(pages) || key == "#" || key == "- # -" || key == "Page #" || key == "Page # of #" || key == "# / #" {
			heads[key] = true
		}
	}
	return heads
}

// edgeLines are the two outermost lines at either end of a page.
func edgeLines(page string) []string {
	var lines []string
	for _, line := range strings.FieldsFunc(page, func(r rune) bool { return r == '\n' || r == '\f' }) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) <= 4 {
		return lines
	}
	return append(append([]string(nil), lines[:2]...), lines[len(lines)-2:]...)
}

// pageParagraphs joins a page's lines to paragraphs, those of its text and
// those of its footnotes.
func pageParagraphs(page string, heads map[string]bool, all string) (text, notes []string) {
	edges := map[string]bool{}
	for _, line := range edgeLines(page) {
		edges[line] = heads[headKey(line)]
	}
	body, foot, _ := strings.Cut(page, noteBreak)
	return joinLines(body, edges, all), joinLines(strings.ReplaceAll(foot, noteBreak, "\n"), edges, all)
}

// joinLines joins lines to paragraphs, but for those at the edges.
func joinLines(page string, edges map[string]bool, all string) []string {
	lines := unhyphenate(strings.Split(page, "\n"), all)
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(strings.TrimSpace(line)))
	}
	var out []string
	var b strings.Builder
	flush := func() {
		if text := strings.TrimSpace(b.String()); text != "" {
			out = append(out, text)
		}
		b.Reset()
	}
	last := ""
	for _, raw := range lines {
		line := strings.TrimSpace(raw)
		switch {
		case edges[raw]:
			continue
		case line == "":
			flush()
		case b.Len() > 0 && (isListLine(line) || endsShort(last, line, width)):
			flush()
			b.WriteString(line)
		case b.Len() > 0:
			joinLine(&b)
			b.WriteString(line)
		default:
			b.WriteString(line)
		}
		last = line
	}
	flush()
	return out
}

// endsShort reports whether a line ends its paragraph: it stops well before
// the margin, at the end of a sentence or as a heading, and a capital follows.
func endsShort(line, next string, width int) bool {
	if width < 40 || utf8.RuneCountInString(line)*10 > width*7 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"“‘'(`))
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, `"”’')`))
	return (unicode.IsUpper(first) || unicode.IsDigit(first)) && (strings.ContainsRune(".!?:", last) || unicode.IsLetter(last) && utf8.RuneCountInString(line)*2 < width)
}

// goesOn reports whether a paragraph at the top of a page continues the last
// one of the page before.
func goesOn(before, text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, `"”’')] `))
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case last == ',', unicode.IsLower(first) && !strings.ContainsRune(".!?", last):
		return true
	}
	// A long paragraph that stops in mid-sentence goes on also with a name.
	paragraph := before[strings.LastIndex(before, "\n\n")+1:]
	return len(strings.Fields(paragraph)) >= 12 && (unicode.IsLower(last) || unicode.IsDigit(last)) && len(strings.Fields(text)) >= 4
}

var lastWord = regexp.MustCompile(`([\p{L}]+)-$`)

// joinLine makes ready for the next line: a space, or nothing after a hyphen.
func joinLine(b *strings.Builder) {
	if !strings.HasSuffix(b.String(), "-") {
		b.WriteByte(' ')
	}
}

// unhyphenate makes words whole that were cut at line ends: "exam-" and
// "ple". A hyphen before a capital, after a capital word or in a word that
// the document writes so elsewhere stays.
func unhyphenate(lines []string, all string) []string {
	for i := 0; i+1 < len(lines); i++ {
		line := strings.TrimRight(lines[i], " ")
		next := strings.TrimLeft(lines[i+1], " ")
		m := lastWord.FindStringSubmatch(line)
		first, _ := utf8.DecodeRuneInString(next)
		if m == nil || !unicode.IsLower(first) {
			continue
		}
		rest := next[:len(next)-len(strings.TrimLeftFunc(next, unicode.IsLetter))]
		if strings.Contains(all, m[1]+"-"+rest) && !strings.Contains(all, m[1]+rest) {
			continue
		}
		lines[i] = line[:len(line)-1] + rest
		lines[i+1] = next[len(rest):]
	}
	return lines
}
