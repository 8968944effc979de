package source

import (
	"context"
	"encoding/xml"
	"math"
	"slices"
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
			r.word.text += s
		}
	})
	return r.pages, err
}

type layoutLine struct {
	text                   string
	left, top, right, foot float64
	block                  int
	row                    bool // wide gaps part it, as the cells of a table's row
	note                   bool // a footnote begins with it
}

func (l layoutLine) height() float64 { return max(l.foot-l.top, 1) }

type layoutReader struct {
	pages  []string
	lines  []layoutLine
	line   layoutLine
	boxes  []box // the page's words
	word   box
	inWord bool
	block  int
}

func (r *layoutReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "page":
		r.lines, r.boxes, r.block = r.lines[:0], r.boxes[:0], 0
	case "block":
		r.block++
	case "line":
		r.line = layoutLine{left: xmlNumber(e, "xMin"), top: xmlNumber(e, "yMin"), right: xmlNumber(e, "xMax"), foot: xmlNumber(e, "yMax"), block: r.block}
	case "word":
		r.inWord = true
		r.word = box{left: xmlNumber(e, "xMin"), top: xmlNumber(e, "yMin"), right: xmlNumber(e, "xMax"), foot: xmlNumber(e, "yMax"), line: len(r.lines)}
	}
}

// xmlNumber is an attribute's number, 0 where it has none that is finite.
func xmlNumber(e xml.StartElement, name string) float64 {
	n, err := strconv.ParseFloat(xmlAttr(e, name), 64)
	if err != nil || math.IsNaN(n) || math.Abs(n) > 1e6 {
		return 0
	}
	return n
}

func (r *layoutReader) end(name string) {
	switch name {
	case "word":
		r.inWord = false
		r.boxes = append(r.boxes, r.word)
	case "line":
		r.lines = append(r.lines, r.line)
	case "page":
		r.pages = append(r.pages, pageOfLines(r.pageLines()))
	}
}

// pageLines are the page's lines of words: as the layout has them, or column
// after column.
func (r *layoutReader) pageLines() []layoutLine {
	words := withoutNoteMarks(r.boxes)
	if lines := columnLines(words); lines != nil {
		return lines
	}
	texts := make([][]string, len(r.lines))
	for _, w := range words {
		if w.line < len(texts) {
			r.lines[w.line].note = r.lines[w.line].note || w.note
			texts[w.line] = append(texts[w.line], w.text)
		}
	}
	var lines []layoutLine
	for i, l := range r.lines {
		if l.text = strings.TrimSpace(strings.Join(texts[i], " ")); l.text != "" {
			lines = besides(lines, l)
		}
	}
	return lines
}

// besides adds a line, or, where it stands beside the last one, its words: the
// cells of a table's row come one by one.
func besides(lines []layoutLine, l layoutLine) []layoutLine {
	if len(lines) == 0 {
		return append(lines, l)
	}
	last := &lines[len(lines)-1]
	if math.Abs(last.top-l.top) > 0.3*l.height() || l.left < last.right {
		return append(lines, l)
	}
	last.row = last.row || l.left-last.right > rowGap*l.height()
	last.text, last.right, last.foot = last.text+" "+l.text, l.right, max(last.foot, l.foot)
	return lines
}

// rowGap is how wide a gap between the cells of a row is at least, in heights
// of a line.
const rowGap = 1.5

// pageOfLines writes a page's lines, a blank line between paragraphs, and a
// noteBreak before the footnotes.
func pageOfLines(lines []layoutLine) string {
	var b strings.Builder
	pitch := usualPitch(lines)
	lines, notes := notesLast(lines)
	for i, l := range lines {
		switch {
		case i == notes:
			b.WriteString(noteBreak)
		case i > 0 && startsParagraph(lines, i, pitch):
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
func startsParagraph(lines []layoutLine, i int, pitch float64) bool {
	last, line := lines[i-1], lines[i]
	gap := line.top - last.foot
	switch {
	case line.row || last.row || line.note, last.left-line.left > 2.5*line.height() && gap > -last.height():
		return true
	case line.height() > 1.2*last.height() || last.height() > 1.2*line.height():
		return true
	case gap < -last.height(): // a column to the right
		return !goesOn(last.text, line.text)
	case gap > 0.6*min(line.height(), last.height()), pitch > 0 && line.top-last.top > 1.3*pitch:
		return true
	}
	indent := line.left - last.left
	hanging := i+1 < len(lines) && lines[i+1].top > line.top && line.left-lines[i+1].left > 0.5*line.height()
	return indent > 0.8*line.height() && indent < 8*line.height() && (hanging || i+1 == len(lines))
}

// notesLast moves footnotes, which stand at the foot of a column, to the end:
// the text goes on above the next column. It returns the index of the first.
func notesLast(lines []layoutLine) ([]layoutLine, int) {
	var text, notes []layoutLine
	inNote := false
	for i, l := range lines {
		if i > 0 && l.top < lines[i-1].top-l.height() { // a column to the right
			inNote = false
		}
		if inNote = inNote || l.note; inNote {
			notes = append(notes, l)
		} else {
			text = append(text, l)
		}
	}
	return append(text, notes...), len(text)
}

// usualPitch is how far the lines of a page mostly stand from one another, 0
// where there are too few.
func usualPitch(lines []layoutLine) float64 {
	var pitches []float64
	for i := 1; i < len(lines); i++ {
		if p := lines[i].top - lines[i-1].top; p > 0.5*lines[i].height() {
			pitches = append(pitches, p)
		}
	}
	if len(pitches) < 5 {
		return 0
	}
	slices.Sort(pitches)
	return pitches[len(pitches)/2]
}
