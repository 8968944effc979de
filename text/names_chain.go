package text

import "math"

// chain solves linear-chain fields: the best labelling by Viterbi's algorithm
// and the marginal probability of each of its labels by the forward and
// backward sums, in probabilities scaled at each place.
type nameChain struct {
	trans    *[labelCount][labelCount]float32
	exp      [labelCount][labelCount]float32
	potent   [][labelCount]float32
	forward  [][labelCount]float32
	backward [][labelCount]float32
	back     [][labelCount]uint8
}

func newNameChain(trans *[labelCount][labelCount]float32) nameChain {
	c := nameChain{trans: trans}
	c.refresh()
	return c
}

// refresh reads the transitions again after they have changed.
func (c *nameChain) refresh() {
	for j := range c.exp {
		for k := range c.exp[j] {
			c.exp[j][k] = float32(math.Exp(float64(c.trans[j][k])))
		}
	}
}

// solve fills the best labels and, for those of names, their marginal
// probabilities.
func (c *nameChain) solve(unary [][labelWidth]float32, labels []uint8, sure []float32) {
	c.best(unary, labels)
	summed := false
	for i, k := range labels {
		if k == labelOut {
			continue
		}
		if !summed {
			c.sums(unary, nil)
			summed = true
		}
		sure[i] = c.forward[i][k] * c.backward[i][k] / c.mass(i)
	}
}

// isInside reports whether a label is that of a name's later words. Only the
// two labels of its own kind may stand before it.
func isInside(label int) bool { return label > 0 && label%2 == 0 }

// insideOf is the label of the words that may go on with a name behind a
// label; 0 for none.
func insideOf(label int) int { return (label + 1) / 2 * 2 }

func (c *nameChain) best(unary [][labelWidth]float32, labels []uint8) {
	n := len(unary)
	c.back = resized(c.back, n)
	var score [labelCount]float32
	for k := range score {
		score[k] = unary[0][k] + c.trans[labelOut][k]
	}
	for i := 1; i < n; i++ {
		var next [labelCount]float32
		u, back := &unary[i], &c.back[i]
		for k := range next {
			first, last := 0, labelCount-1
			if isInside(k) {
				first, last = k-1, k
			}
			best, from := score[first]+c.trans[first][k], first
			for j := first + 1; j <= last; j++ {
				if v := score[j] + c.trans[j][k]; v > best {
					best, from = v, j
				}
			}
			next[k], back[k] = best+u[k], uint8(from)
		}
		score = next
	}
	end := 0
	for k := range score {
		if score[k] > score[end] {
			end = k
		}
	}
	for i := n - 1; i >= 0; i-- {
		labels[i] = uint8(end)
		end = int(c.back[i][end])
	}
}

// sums fills forward and backward; where allow is given, only the labels in
// its masks count. It returns the logarithm of the total.
func (c *nameChain) sums(unary [][labelWidth]float32, allow []uint16) float64 {
	n := len(unary)
	c.forward, c.backward, c.potent = resized(c.forward, n), resized(c.backward, n), resized(c.potent, n)
	total := 0.0
	for i := 0; i < n; i++ {
		top := float32(-1e9)
		for k := 0; k < labelCount; k++ {
			if allow == nil || allow[i]>>k&1 != 0 {
				top = max(top, unary[i][k])
			}
		}
		total += float64(top)
		sum := float32(0)
		for k := 0; k < labelCount; k++ {
			p := float32(0)
			if allow == nil || allow[i]>>k&1 != 0 {
				p = exp32(unary[i][k] - top)
			}
			c.potent[i][k] = p
			in := c.exp[labelOut][k]
			if i > 0 {
				in = c.into(&c.forward[i-1], k)
			}
			c.forward[i][k] = in * p
			sum += in * p
		}
		total += math.Log(float64(sum))
		for k := range c.forward[i] {
			c.forward[i][k] /= sum
		}
	}
	for k := range c.backward[n-1] {
		c.backward[n-1][k] = 1
	}
	for i := n - 2; i >= 0; i-- {
		sum := float32(0)
		for j := range labelCount {
			out := c.outOf(j, &c.potent[i+1], &c.backward[i+1])
			c.backward[i][j] = out
			sum += out
		}
		for j := range c.backward[i] {
			c.backward[i][j] /= sum
		}
	}
	return total
}

// into sums up what leads to a label from those before it.
func (c *nameChain) into(forward *[labelCount]float32, label int) float32 {
	if isInside(label) {
		return forward[label-1]*c.exp[label-1][label] + forward[label]*c.exp[label][label]
	}
	sum := float32(0)
	for j := range forward {
		sum += forward[j] * c.exp[j][label]
	}
	return sum
}

// outOf sums up what a label leads to: the words outside, the beginnings of
// names and the inside of its own kind, in the order of labels.
func (c *nameChain) outOf(label int, potent, backward *[labelCount]float32) float32 {
	exp, inside := &c.exp[label], insideOf(label)
	sum := exp[0] * potent[0] * backward[0]
	for k := 1; k < labelCount; k += 2 {
		sum += exp[k] * potent[k] * backward[k]
		if k+1 == inside {
			sum += exp[k+1] * potent[k+1] * backward[k+1]
		}
	}
	return sum
}

// mass is the sum by which the products at place i are divided.
func (c *nameChain) mass(i int) float32 {
	sum := float32(0)
	for k := range c.forward[i] {
		sum += c.forward[i][k] * c.backward[i][k]
	}
	return max(sum, math.SmallestNonzeroFloat32)
}

func exp32(x float32) float32 { return float32(math.Exp(float64(x))) }
