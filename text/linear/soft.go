package linear

import "math"

// Softmax turns scores into probabilities, in place.
func Softmax(scores []float32) {
	most := scores[0]
	for _, s := range scores {
		most = max(most, s)
	}
	var sum float32
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s - most)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// Step moves one class's weight in a row along a gradient, by AdaGrad (Duchi,
// Hazan and Singer 2011): the more a weight has been moved before, the less
// it moves.
func (t *ManyTrainer) Descend(row int32, class int, gradient, rate float32) {
	cells := t.cells[row]
	for i := range cells {
		if c := &cells[i]; int(c.class) == class {
			c.sum += float32(t.Step-c.last) * c.now
			c.last = t.Step
			c.square += gradient * gradient
			c.now -= rate * gradient / float32(math.Sqrt(float64(c.square)))
			return
		}
	}
	t.cells[row] = append(cells, manyCell{class: uint8(class), last: t.Step, square: gradient*gradient + initialSquare,
		now: -rate * gradient / float32(math.Sqrt(float64(gradient*gradient+initialSquare)))})
}

// initialSquare keeps the first steps of a weight short.
const initialSquare = 1
