package source

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// box is a word and its place on a page; y grows downwards.
type box struct {
	text                   string
	left, top, right, foot float64
	line                   int  // its line's number, as the layout has it
	note                   bool // a footnote begins with it
}

func (b box) middle() float64 { return (b.top + b.foot) / 2 }

const (
	leastColumnLines = 5 // fewer lines side by side are no columns
	mostColumnCuts   = 4 // how deep columns are looked for in columns
)

// columnLines puts a page's words in lines, column after column, where the
// page is set in columns; else it returns nil. A column is told from a table's
// by its lines, which are full of words. It works by recursive cuts (Nagy and
// Seth, 1984): the highest zone that a gutter parts is read left before right,
// after what stands above it and before what stands below.
func columnLines(words []box) []layoutLine {
	lines, cut := cutColumns(words, mostColumnCuts)
	if !cut {
		return nil
	}
	return lines
}

func cutColumns(words []box, depth int) (lines []layoutLine, cut bool) {
	g, found := gutter{}, false
	if depth > 0 {
		g, found = widestZone(words)
	}
	if !found {
		return inLines(words), false
	}
	var parts [4][]box // above, left, right, below
	for _, w := range words {
		switch {
		case w.middle() < g.top:
			parts[0] = append(parts[0], w)
		case w.middle() > g.foot:
			parts[3] = append(parts[3], w)
		case w.right <= g.at:
			parts[1] = append(parts[1], w)
		default:
			parts[2] = append(parts[2], w)
		}
	}
	for _, part := range parts {
		more, _ := cutColumns(part, depth-1)
		lines = append(lines, more...)
	}
	return lines, true
}

// gutter is a vertical strip that no word crosses between two heights.
type gutter struct{ at, top, foot float64 }

// widestZone finds the gutter that parts the highest zone into two columns.
func widestZone(words []box) (best gutter, found bool) {
	if len(words) < 4*leastColumnLines {
		return best, false
	}
	left, right, size := math.Inf(1), math.Inf(-1), medianHeight(words)
	for _, w := range words {
		left, right = min(left, w.left), max(right, w.right)
	}
	byHeight := slices.Clone(words)
	slices.SortFunc(byHeight, func(a, b box) int { return cmp.Compare(a.top, b.top) })
	width := right - left
	for at := left + width/5; at < right-width/5; at += size / 4 {
		for _, g := range zones(byHeight, at, 0.3*size) {
			if g.foot-g.top > best.foot-best.top && parts(byHeight, g, size) {
				best, found = g, true
			}
		}
	}
	return best, found
}

// zones lists the heights between words that cross a strip.
func zones(byHeight []box, at, half float64) []gutter {
	var out []gutter
	top := math.Inf(-1)
	if len(byHeight) > 0 {
		top = byHeight[0].top
	}
	foot := top
	for _, w := range byHeight {
		if w.left < at+half && w.right > at-half {
			if w.top > top {
				out = append(out, gutter{at, top, w.top})
			}
			top = max(top, w.foot)
		}
		foot = max(foot, w.foot)
	}
	return append(out, gutter{at, top, foot})
}

// parts reports whether the words on both sides of a gutter are prose: enough
// lines, most of them as wide as their side.
func parts(words []box, g gutter, size float64) bool {
	if g.foot-g.top < leastColumnLines*size {
		return false
	}
	var sides [2][]box
	for _, w := range words {
		if w.middle() < g.top || w.middle() > g.foot {
			continue
		}
		if w.right <= g.at {
			sides[0] = append(sides[0], w)
		} else {
			sides[1] = append(sides[1], w)
		}
	}
	return isProse(sides[0]) && isProse(sides[1])
}

func isProse(words []box) bool {
	lines := inLines(words)
	if len(lines) < leastColumnLines || len(words) < 3*len(lines) {
		return false
	}
	left, right := math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		left, right = min(left, l.left), max(right, l.right)
	}
	full := 0
	for _, l := range lines {
		if l.right-l.left > 0.7*(right-left) {
			full++
		}
	}
	return full*2 > len(lines)
}

// inLines puts words of one column into lines, from top to bottom.
func inLines(words []box) []layoutLine {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b box) int { return cmp.Compare(a.middle(), b.middle()) })
	var lines []layoutLine
	for from := 0; from < len(words); {
		to := from + 1
		for to < len(words) && words[to].middle()-words[from].middle() < 0.4*min(words[from].foot-words[from].top, words[to].foot-words[to].top) {
			to++
		}
		lines = append(lines, lineOf(words[from:to]))
		from = to
	}
	return lines
}

func lineOf(words []box) layoutLine {
	slices.SortStableFunc(words, func(a, b box) int { return cmp.Compare(a.left, b.left) })
	l := layoutLine{left: math.Inf(1), top: math.Inf(1), right: math.Inf(-1), foot: math.Inf(-1)}
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
		if i > 0 {
			l.row = l.row || w.left-words[i-1].right > rowGap*(w.foot-w.top)
		}
		l.left, l.top, l.right, l.foot = min(l.left, w.left), min(l.top, w.top), max(l.right, w.right), max(l.foot, w.foot)
	}
	l.text, l.note = strings.Join(texts, " "), words[0].note
	return l
}

func medianHeight(words []box) float64 {
	heights := make([]float64, len(words))
	for i, w := range words {
		heights[i] = w.foot - w.top
	}
	slices.Sort(heights)
	return max(heights[len(heights)/2], 1)
}
