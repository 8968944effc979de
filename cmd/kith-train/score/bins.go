package score

import "math"

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
