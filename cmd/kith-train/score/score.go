// Package score computes and prints quality figures with confidence
// intervals. Figures are sums over units (sentences, documents) that are
// resampled as a whole.
package score

import (
	"fmt"
	"io"
	"math/rand/v2"
	"sort"
	"strings"
)

// Tally counts what a unit adds to a figure: how many were right, how many
// were given by the system and how many stand in the gold data. For an
// accuracy Given equals Gold.
type Tally struct{ Right, Given, Gold float64 }

// Add adds another tally to t.
func (t *Tally) Add(o Tally) { t.Right += o.Right; t.Given += o.Given; t.Gold += o.Gold }

// Precision is the share of what was given that is right; 0 where nothing was.
func (t Tally) Precision() float64 { return ratio(t.Right, t.Given) }

// Recall is the share of the gold data that was found; 0 where there is none.
func (t Tally) Recall() float64 { return ratio(t.Right, t.Gold) }

// F1 is the harmonic mean of precision and recall: an accuracy where Given
// equals Gold.
func (t Tally) F1() float64 { return ratio(2*t.Right, t.Given+t.Gold) }

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// Sum adds up the tallies of all units.
func Sum(units []Tally) Tally {
	var t Tally
	for _, u := range units {
		t.Add(u)
	}
	return t
}

// Resamples is the number of bootstrap samples behind an interval.
const Resamples = 1000

// Interval is the 95 % bootstrap percentile interval (Efron and Tibshirani
// 1993) of a figure over units, from a fixed seed. The figure is F1 where f
// is nil.
func Interval(units []Tally, f func(Tally) float64) (lo, hi float64) {
	if f == nil {
		f = Tally.F1
	}
	if len(units) == 0 {
		return 0, 0
	}
	random := rand.New(rand.NewPCG(1, 2))
	figures := make([]float64, Resamples)
	for i := range figures {
		var t Tally
		for range units {
			t.Add(units[random.IntN(len(units))])
		}
		figures[i] = f(t)
	}
	sort.Float64s(figures)
	return figures[Resamples*25/1000], figures[Resamples*975/1000]
}

// Percent formats a figure with its interval: "95.31 (95.02–95.60)".
func Percent(units []Tally, f func(Tally) float64) string {
	if f == nil {
		f = Tally.F1
	}
	lo, hi := Interval(units, f)
	return fmt.Sprintf("%.2f (%.2f–%.2f)", 100*f(Sum(units)), 100*lo, 100*hi)
}

// Table prints rows of cells in columns that line up. The first row is the
// head.
type Table struct{ rows [][]string }

// Row adds a row; cells are formatted with fmt.Sprint, floats as percents.
func (t *Table) Row(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		if f, ok := c.(float64); ok {
			row[i] = fmt.Sprintf("%.2f", 100*f)
			continue
		}
		row[i] = fmt.Sprint(c)
	}
	t.rows = append(t.rows, row)
}

// Print writes the table to w, two spaces between columns, none at line ends.
func (t *Table) Print(w io.Writer) {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range t.rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-len([]rune(cell))+2))
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// Keys lists the keys of a map in order.
func Keys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
