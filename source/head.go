package source

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// headLines is how many paragraphs at the top of a text may hold its title,
// byline and date.
const headLines = 6

// readHead reads title, byline, outlet and date off the top of a text, marks
// them, and returns the paragraphs below.
func readHead(d *kith.Document, ps []paragraph) []paragraph {
	ps = headLinesApart(d.Text, ps)
	i := 0
	for i < len(ps) && i < headLines && readHeadLine(d, ps[i], i, len(ps)) {
		i++
	}
	return ps[i:]
}

// headLinesApart splits the first paragraphs into lines where a title, byline
// and date stand in consecutive lines without blank ones between.
func headLinesApart(text string, ps []paragraph) []paragraph {
	var out []paragraph
	for i, p := range ps {
		if i >= 3 || p.lines < 2 || !hasHeadLine(p.text) {
			out = append(out, p)
			continue
		}
		start := p.Start
		for _, line := range strings.SplitAfter(p.text, "\n") {
			end := start + len(strings.TrimRightFunc(line, unicode.IsSpace))
			begin := start + len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
			if begin < end {
				out = append(out, paragraph{kith.Span{Start: begin, End: end}, text[begin:end], 1})
			}
			start += len(line)
		}
	}
	return out
}

// hasHeadLine reports whether one of the first lines is a byline, a date line
// or a field such as "Title: …".
func hasHeadLine(text string) bool {
	for _, line := range strings.SplitN(text, "\n", 5)[:min(4, strings.Count(text, "\n")+1)] {
		line = strings.TrimSpace(line)
		if _, ok := ParseByline(line); ok || isDateLine(line) || headField.MatchString(line) {
			return true
		}
	}
	return false
}

// readHeadLine takes one paragraph as part of the head, or reports false
// where the running text has begun.
func readHeadLine(d *kith.Document, p paragraph, at, total int) bool {
	if p.lines != 1 || len(p.text) > 250 {
		return false
	}
	mark := func(kind kith.BlockKind) bool {
		d.Blocks = append(d.Blocks, kith.Block{Span: p.Span, Kind: kind})
		return true
	}
	if m := headField.FindStringSubmatch(p.text); m != nil {
		setField(d, strings.ToLower(m[1]), strings.TrimSpace(m[2]))
		return mark(kith.Byline)
	}
	if b, ok := ParseByline(p.text); ok {
		b.apply(d)
		return mark(kith.Byline)
	}
	if isDateLine(p.text) {
		if d.Date == "" {
			d.Date, _ = FindDate(p.text)
		}
		return mark(kith.Byline)
	}
	if outlet, date, ok := outletLine(p.text); ok && at > 0 {
		d.Outlet, d.Date = cmp.Or(d.Outlet, outlet), kith.Date(cmp.Or(string(d.Date), string(date)))
		return mark(kith.Byline)
	}
	if d.Title == "" && at <= 1 && total > at+1 && isTitle(p.text) {
		d.Title = p.text
		return mark(kith.Heading)
	}
	return false
}

// isTitle reports whether the line can be a headline: it may end in "?" or
// "!", but not in a full stop.
func isTitle(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, `"”’')]`))
	return len(line) <= 200 && !strings.ContainsRune(".,;:…", last) && strings.IndexFunc(line, unicode.IsLetter) >= 0 && !isCaption(line) && !isListLine(line)
}

var headField = regexp.MustCompile(`(?i)^(title|headline|author|authors|by|date|published|source|outlet|publication|url|link)\s*:\s*(\S.*)$`)

func setField(d *kith.Document, field, value string) {
	switch field {
	case "title", "headline":
		d.Title = cmp.Or(d.Title, value)
	case "author", "authors", "by":
		if len(d.Authors) == 0 {
			d.Authors = splitNames(value)
		}
	case "date", "published":
		if d.Date == "" {
			d.Date, _ = FindDate(value)
		}
	case "source", "outlet", "publication":
		d.Outlet = cmp.Or(d.Outlet, value)
	case "url", "link":
		if IsAddress(value) {
			d.Address = cmp.Or(d.Address, value)
		}
	}
}

// Attributed is what a byline tells.
type Attributed struct {
	Authors []string
	Outlet  string
	Date    kith.Date
}

func (b Attributed) apply(d *kith.Document) {
	if len(d.Authors) == 0 {
		d.Authors = b.Authors
	}
	d.Outlet = cmp.Or(d.Outlet, b.Outlet)
	d.Date = kith.Date(cmp.Or(string(d.Date), string(b.Date)))
}

var byline = regexp.MustCompile(`^(?:By|BY|by|Von|Par|Por)\s+(\S.*)$`)

// ParseByline reads lines such as "By Ann Lee and Bob Ray, The Courier,
// July 3, 2024". It reports false for prose that begins with "by".
func ParseByline(line string) (Attributed, bool) {
	m := byline.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil || len(line) > 160 {
		return Attributed{}, false
	}
	var b Attributed
	rest := m[1]
	if date, span := FindDate(rest); date != "" {
		b.Date = date
		rest = rest[:span.Start]
		rest = strings.TrimRight(regexp.MustCompile(`(?i)\b(?:published|updated|posted|on)?:?\s*$`).ReplaceAllString(rest, ""), " ,|·•—–-;(")
	}
	parts := regexp.MustCompile(`\s*(?:[,;|·•]|\s[—–-]\s)\s*`).Split(strings.TrimSpace(rest), -1)
	if n := len(parts); n > 1 && !strings.Contains(parts[n-1], " and ") {
		b.Outlet = strings.TrimSpace(parts[n-1])
		parts = parts[:n-1]
	}
	for _, part := range parts {
		b.Authors = append(b.Authors, splitNames(part)...)
	}
	if len(b.Authors) == 0 || slices.ContainsFunc(b.Authors, func(a string) bool { return !isPersonName(a) }) {
		return Attributed{}, false
	}
	return b, !strings.HasSuffix(line, ".") || b.Date != ""
}

// splitNames cuts "Ann Lee, Bob Ray and Cy Day" into names.
func splitNames(text string) []string {
	var out []string
	for _, part := range regexp.MustCompile(`\s*(?:,|;|&|\band\b|\bwith\b)\s*`).Split(text, -1) {
		part = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(part, "By "), "by "))
		if part != "" {
			out = append(out, part)
		}
	}
	return out
}

// isPersonName reports whether text can be the name of an author: one to six
// words, each begun by a capital but for particles.
func isPersonName(text string) bool {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	capitals := 0
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"“‘'(`))
		switch {
		case unicode.IsUpper(first):
			capitals++
		case !slices.Contains([]string{"de", "da", "di", "del", "der", "den", "van", "von", "la", "le", "al", "bin", "ibn", "y", "of", "the"}, w):
			return false
		}
	}
	return capitals > 0 && words[0] != "The"
}

var outletJunk = regexp.MustCompile(`(?i)\b(?:published|updated|posted|last|on|at|first)\b:?`)

// outletLine reads lines such as "The Courier, July 3, 2024": an outlet and a
// date with nothing else.
func outletLine(line string) (string, kith.Date, bool) {
	date, span := FindDate(line)
	if date == "" || len(line) > 100 || span.End < len(line)-1 {
		return "", "", false
	}
	outlet := strings.Trim(outletJunk.ReplaceAllString(line[:span.Start], ""), " ,|·•—–-;(:")
	if outlet == "" || !isPersonName(strings.TrimPrefix(outlet, "The ")) || len(strings.Fields(outlet)) > 6 {
		return "", "", false
	}
	if len(date) < 10 {
		return "", "", false
	}
	return outlet, date, true
}

var dateFiller = regexp.MustCompile(`(?i)\b(?:published|updated|posted|last|modified|on|at|date|first|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|am|pm|a\.m\.|p\.m\.|utc|gmt|edt|est|et|pt|pdt|pst|ct|cdt|cst|bst)\b\.?|\d{1,2}:\d{2}(?::\d{2})?|[\s,.:|·•—–()-]`)

// isDateLine reports whether the line holds a day and nothing else.
func isDateLine(line string) bool {
	date, span := FindDate(line)
	if len(date) < 10 || len(line) > 100 {
		return false
	}
	return dateFiller.ReplaceAllString(line[:span.Start]+line[span.End:], "") == ""
}

func sortBlocks(d *kith.Document) {
	slices.SortStableFunc(d.Blocks, func(a, b kith.Block) int { return a.Start - b.Start })
}
