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

// solve fills the best labels and their marginal probabilities.
func (c *nameChain) solve(unary [][labelWidth]float32, labels []uint8, sure []float32) {
	c.best(unary, labels)
	c.sums(unary, nil)
	for i, k := range labels {
		sure[i] = c.forward[i][k] * c.backward[i][k] / c.mass(i)
	}
}

func (c *nameChain) best(unary [][labelWidth]float32, labels []uint8) {
	n := len(unary)
	c.back = resized(c.back, n)
	var score [labelCount]float32
	for k := range score {
		score[k] = unary[0][k] + c.trans[labelOut][k]
	}
	for i := 1; i < n; i++ {
		var next [labelCount]float32
		for k := range next {
			best, from := score[0]+c.trans[0][k], 0
			for j := 1; j < labelCount; j++ {
				if v := score[j] + c.trans[j][k]; v > best {
					best, from = v, j
				}
			}
			next[k], c.back[i][k] = best+unary[i][k], uint8(from)
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
				in = 0
				for j := 0; j < labelCount; j++ {
					in += c.forward[i-1][j] * c.exp[j][k]
				}
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
		for j := 0; j < labelCount; j++ {
			out := float32(0)
			for k := 0; k < labelCount; k++ {
				out += c.exp[j][k] * c.potent[i+1][k] * c.backward[i+1][k]
			}
			c.backward[i][j] = out
			sum += out
		}
		for j := range c.backward[i] {
			c.backward[i][j] /= sum
		}
	}
	return total
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
