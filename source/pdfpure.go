package source

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
)

// purePages reads the pages' text in pure Go: glyphs put in words and lines by
// their places on the page, lines in paragraphs by the gaps between them.
func purePages(file string) ([]string, error) {
	f, r, err := pdf.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var pages []string
	for i := 1; i <= min(r.NumPage(), maxPDFPages); i++ {
		p := r.Page(i)
		if p.V.IsNull() {
			pages = append(pages, "")
			continue
		}
		pages = append(pages, pageText(withoutBreaks(p.Content().Text, breakGlyphs(p))))
	}
	return pages, nil
}

// breakGlyphs says what each font draws for the line feed that the library adds
// after each run of text: subset fonts may have a letter there.
func breakGlyphs(p pdf.Page) map[string]string {
	out := map[string]string{}
	for _, name := range p.Fonts() {
		f := p.Font(name)
		base := f.BaseFont()
		if i := strings.IndexByte(base, '+'); i >= 0 {
			base = base[i+1:]
		}
		if c := f.Encoder().Decode("\n"); strings.TrimSpace(c) != "" {
			out[base] += c
		}
	}
	return out
}

// withoutBreaks takes out the glyphs that stand for added line feeds, where
// nearly all lines of the page end in one.
func withoutBreaks(glyphs []pdf.Text, breaks map[string]string) []pdf.Text {
	ends := func(i int) bool {
		if i+1 == len(glyphs) || math.Abs(glyphs[i+1].Y-glyphs[i].Y) > 1 {
			return true
		}
		gap := glyphs[i+1].X - glyphs[i].X - glyphs[i].W
		return gap < -glyphs[i].W/2 || gap > 0.3*glyphs[i].FontSize && glyphs[i].S != " "
	}
	isBreak := func(i int) bool { return strings.Contains(breaks[glyphs[i].Font], glyphs[i].S) && glyphs[i].S != "" }
	runs, broken := 0, 0 // at the ends of lines, of which raised marks are none
	for i, g := range glyphs {
		if breaks[g.Font] != "" && (i+1 == len(glyphs) || g.Y-glyphs[i+1].Y > 0.8*g.FontSize && glyphs[i+1].X < g.X) {
			runs++
			if isBreak(i) {
				broken++
			}
		}
	}
	if broken*10 < runs*8 || broken == 0 {
		return glyphs
	}
	var out []pdf.Text
	for i, g := range glyphs {
		if !ends(i) || !isBreak(i) {
			out = append(out, g)
		}
	}
	return out
}

// pageText writes a page's glyphs as words in lines, a blank line between
// paragraphs, as layoutPages does.
func pageText(glyphs []pdf.Text) string {
	words := glyphWords(glyphs)
	if len(words) == 0 {
		return ""
	}
	words = withoutNoteMarks(words)
	lines := columnLines(words)
	if lines == nil {
		lines = inLines(words)
	}
	return pageOfLines(lines)
}

// glyphWords joins glyphs that cling to one another to words with places.
// Where a font does not say how wide its glyphs are, the pen is moved by guess.
func glyphWords(glyphs []pdf.Text) []box {
	var words []box
	var w box
	line, pen := 0, 0.0
	flush := func() {
		if w.text = strings.TrimSpace(w.text); w.text != "" {
			words = append(words, w)
		}
		w = box{}
	}
	for i, g := range glyphs {
		at := g.X
		if i > 0 {
			last := glyphs[i-1]
			size := max(g.FontSize, last.FontSize, 1)
			rise, gap := math.Abs(g.Y-last.Y), g.X-pen
			unknown := last.W <= 0 && gap <= 2*size
			if unknown && g.X == last.X && rise < 0.1*size {
				at, gap = pen, 0
			}
			if rise > 0.5*size || gap < -2*size {
				line++
			}
			if rise > 0.1*size || !unknown && gap > 0.2*size || !unknown && gap < -0.5*size || math.Abs(g.FontSize-last.FontSize) > 0.1*size {
				flush()
			}
		}
		pen = at + g.W
		if g.W <= 0 {
			pen = at + 0.5*g.FontSize
		}
		if strings.TrimSpace(g.S) == "" {
			flush()
			continue
		}
		if w.text == "" {
			w = box{left: at, top: -g.Y - g.FontSize, foot: -g.Y + 0.3*g.FontSize, line: line}
		}
		w.text += g.S
		w.right = pen
	}
	flush()
	return words
}
