package source

import (
	"math"
	"sort"
	"strings"

	"github.com/ledongthuc/pdf"
)

// purePages reads the pages' text in pure Go: glyphs put in lines by their
// height on the page, lines in paragraphs by the gaps between them.
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
		pages = append(pages, pageText(p.Content().Text))
	}
	return pages, nil
}

type pdfLine struct {
	y, size float64
	glyphs  []pdf.Text
}

func pageText(glyphs []pdf.Text) string {
	var lines []*pdfLine
	for _, g := range glyphs {
		if n := len(lines); n > 0 && math.Abs(lines[n-1].y-g.Y) < max(1, g.FontSize*0.4) {
			lines[n-1].glyphs = append(lines[n-1].glyphs, g)
			continue
		}
		lines = append(lines, &pdfLine{y: g.Y, size: g.FontSize, glyphs: []pdf.Text{g}})
	}
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			if gap := lines[i-1].y - line.y; gap > 1.7*max(line.size, 1) || gap < 0 {
				b.WriteByte('\n')
			}
		}
		b.WriteString(lineText(line))
		b.WriteByte('\n')
	}
	return b.String()
}

// lineText joins a line's glyphs from left to right, a space where the gap
// between two is wide.
func lineText(line *pdfLine) string {
	g := line.glyphs
	sort.SliceStable(g, func(i, j int) bool { return g[i].X < g[j].X })
	var b strings.Builder
	for i, t := range g {
		if i > 0 {
			last := g[i-1]
			if gap := t.X - last.X - last.W; last.W > 0 && gap > 0.2*max(t.FontSize, 1) && t.S != " " && last.S != " " {
				b.WriteByte(' ')
			}
		}
		b.WriteString(t.S)
	}
	return strings.TrimSpace(b.String())
}
