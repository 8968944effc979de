package score

import (
	"fmt"
	"io"
	"math"
	"sort"
)

// Bins measures calibration: ten bins of predicted probability.
type Bins [10]struct {
	sum   float64
	right int
	n     int
}

// Add counts a prediction.
func (b *Bins) Add(p float64, right bool) {
	bin := &b[min(9, max(0, int(p*10)))]
	bin.sum += p
	bin.n++
	if right {
		bin.right++
	}
}

// Error is the expected calibration error (Naeini, Cooper and Hauskrecht
// 2015): the mean distance between predicted and actual share of right ones,
// weighted by the bins' sizes.
func (b *Bins) Error() float64 {
	var sum float64
	n := 0
	for _, bin := range b {
		n += bin.n
		sum += math.Abs(bin.sum - float64(bin.right))
	}
	return ratio(sum, float64(n))
}

// Print writes for each bin what was predicted, the share that was right, and
// how many there were.
func (b *Bins) Print(w io.Writer) {
	fmt.Fprint(w, "calibration (confidence → share right, number):")
	for _, bin := range b {
		if n := float64(bin.n); bin.n > 0 {
			fmt.Fprintf(w, "  %.2f→%.2f (%d)", bin.sum/n, float64(bin.right)/n, bin.n)
		}
	}
	fmt.Fprintf(w, "\nexpected calibration error %.3f\n", b.Error())
}

// Worst keeps what was wrong with how sure the reader was of it.
type Worst struct{ errors []sureError }

type sureError struct {
	p    float64
	what string
}

// Add notes an error. What names its place rather than its words, since a
// corpus's text stays where it is.
func (w *Worst) Add(p float64, what string) { w.errors = append(w.errors, sureError{p, what}) }

// Print writes the n surest errors.
func (w *Worst) Print(out io.Writer, n int) {
	sort.SliceStable(w.errors, func(i, j int) bool {
		a, b := w.errors[i], w.errors[j]
		return a.p > b.p || a.p == b.p && a.what < b.what
	})
	for i, e := range w.errors[:min(n, len(w.errors))] {
		if i == 0 {
			fmt.Fprintln(out, "surest errors:")
		}
		fmt.Fprintf(out, "  %.2f  %s\n", e.p, e.what)
	}
}
