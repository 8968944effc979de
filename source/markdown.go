package source

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"kith"
)

// readMarkdown reads Markdown. The stored text is the file's own, marks
// included; headings, lists, tables, code and front matter are marked.
func readMarkdown(_ context.Context, in input) ([]Item, error) {
	text, note, err := decode(in.data, "")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, invalid("it holds no text")
	}
	d := &kith.Document{Text: text}
	at := frontMatter(d)
	markMarkdown(d, at)
	return []Item{{Document: d, Notes: notes(note)}}, nil
}

// frontMatter reads a YAML head between lines of three dashes and returns the
// offset at which the body begins.
func frontMatter(d *kith.Document) int {
	if !strings.HasPrefix(d.Text, "---\n") {
		return 0
	}
	end := strings.Index(d.Text, "\n---\n")
	if end < 0 || end > 64<<10 {
		return 0
	}
	var fields map[string]any
	if yaml.Unmarshal([]byte(d.Text[4:end+1]), &fields) == nil {
		for key, value := range fields {
			if s, ok := scalar(value); ok {
				setField(d, strings.ToLower(key), s)
			}
		}
	}
	d.Blocks = append(d.Blocks, kith.Block{Span: kith.Span{Start: 0, End: end + 4}, Kind: kith.Boilerplate})
	return end + 5
}

var (
	mdHeading = regexp.MustCompile(`^#{1,6}\s+(.*?)\s*#*$`)
	mdTable   = regexp.MustCompile(`^\s*\|.*\|\s*$`)
	mdList    = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+\S`)
	mdFence   = regexp.MustCompile("^\\s*(?:```|~~~)")
	mdRule    = regexp.MustCompile(`^\s*(?:[-*_]\s*){3,}$|^=+\s*$`)
	mdImage   = regexp.MustCompile(`^\s*!\[[^\]]*\]\([^)]*\)\s*$`)
)

// markMarkdown marks line by line what is not prose, and reads the head.
func markMarkdown(d *kith.Document, at int) {
	fenced := false
	var prose []paragraph
	for at < len(d.Text) {
		end := len(d.Text)
		if i := strings.IndexByte(d.Text[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := d.Text[at:end]
		kind := kith.BlockKind("")
		switch {
		case mdFence.MatchString(line):
			fenced, kind = !fenced, kith.Boilerplate
		case fenced, mdRule.MatchString(line):
			kind = kith.Boilerplate
		case mdHeading.MatchString(line):
			kind = kith.Heading
			d.Title = cmp.Or(d.Title, mdHeading.FindStringSubmatch(line)[1])
		case mdTable.MatchString(line):
			kind = kith.Table
		case mdImage.MatchString(line):
			kind = kith.Caption
		case mdList.MatchString(line):
			kind = kith.ListItem
		case len(prose) < headLines && strings.TrimSpace(line) != "":
			bare := strings.Trim(line, "*_ ")
			start := at + strings.Index(line, bare)
			if b, ok := attributed(bare); ok {
				b.apply(d)
				kind = kith.Byline
			} else {
				prose = append(prose, paragraph{kith.Span{Start: start, End: start + len(bare)}, bare, 1})
			}
		}
		if kind != "" && strings.TrimSpace(line) != "" {
			d.Blocks = append(d.Blocks, kith.Block{Span: kith.Span{Start: at, End: end}, Kind: kind})
		}
		at = end + 1
	}
	markForeign(d, nil)
}

// attributed reads a byline, a date, or an outlet with its date.
func attributed(line string) (Attributed, bool) {
	if b, ok := ParseByline(line); ok {
		return b, true
	}
	if isDateLine(line) {
		date, _ := FindDate(line)
		return Attributed{Date: date}, true
	}
	outlet, date, ok := outletLine(line)
	return Attributed{Outlet: outlet, Date: date}, ok
}

// scalar writes a plain YAML value as text.
func scalar(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case interface{ Format(string) string }:
		return v.Format("2006-01-02"), true
	case []any:
		var parts []string
		for _, e := range v {
			if s, ok := scalar(e); ok {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", "), len(parts) > 0
	}
	return "", false
}
