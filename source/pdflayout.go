package source

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// layoutPages reads what `pdftotext -bbox-layout` writes: pages of blocks of
// lines of words with their places. Lines keep the order of reading; a blank
// line stands where the layout shows that a paragraph ends.
func layoutPages(ctx context.Context, data []byte) ([]string, error) {
	r := &layoutReader{}
	err := xmlEvents(ctx, data, r.start, r.end, func(s string) {
		if r.inWord {
			r.words.WriteString(s)
		}
	})
	return r.pages, err
}

type layoutLine struct {
	text                   string
	left, top, right, foot float64
	block                  int
}

func (l layoutLine) height() float64 { return max(l.foot-l.top, 1) }

type layoutReader struct {
	pages  []string
	lines  []layoutLine
	line   layoutLine
	words  strings.Builder
	inWord bool
	block  int
}

func (r *layoutReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "page":
		r.lines, r.block = r.lines[:0], 0
	case "block":
		r.block++
	case "line":
		number := func(name string) float64 {
			n, err := strconv.ParseFloat(xmlAttr(e, name), 64)
			if err != nil {
				return 0
			}
			return n
		}
		r.line = layoutLine{left: number("xMin"), top: number("yMin"), right: number("xMax"), foot: number("yMax"), block: r.block}
		r.words.Reset()
	case "word":
		if r.words.Len() > 0 {
			r.words.WriteByte(' ')
		}
		r.inWord = true
	}
}

func (r *layoutReader) end(name string) {
	switch name {
	case "word":
		r.inWord = false
	case "line":
		if r.line.text = strings.TrimSpace(r.words.String()); r.line.text != "" {
			r.lines = append(r.lines, r.line)
		}
	case "page":
		r.pages = append(r.pages, pageOfLines(r.lines))
	}
}

// pageOfLines writes a page's lines, a blank line between paragraphs.
func pageOfLines(lines []layoutLine) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && startsParagraph(lines, i) {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String()
}

// startsParagraph reports whether line i begins a paragraph: it stands well
// below the line before, is indented against it and the next, or is set in
// another size. A new column goes on with the paragraph of the last.
func startsParagraph(lines []layoutLine, i int) bool {
	last, line := lines[i-1], lines[i]
	gap := line.top - last.foot
	switch {
	case line.height() > 1.2*last.height() || last.height() > 1.2*line.height():
		return true
	case gap < -last.height(): // a column to the right
		return !goesOn(last.text, line.text)
	case gap > 0.6*min(line.height(), last.height()):
		return true
	}
	indent := line.left - last.left
	hanging := i+1 < len(lines) && lines[i+1].top > line.top && line.left-lines[i+1].left > 0.5*line.height()
	return indent > 0.8*line.height() && indent < 8*line.height() && (hanging || i+1 == len(lines))
}
