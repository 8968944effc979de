package linear

import "math"

// Few scores three classes at most: the weights lie in the table itself, as
// three 16-bit numbers.
type Few struct{ Table }

// Add adds the weights of features to the scores.
func (m *Few) Add(features []uint64, scores *[3]int32) {
	var slots [batch]uint32
	for len(features) > 0 {
		list := features[:min(len(features), batch)]
		features = features[len(list):]
		m.slotsOf(&slots, list)
		a, b, c := scores[0], scores[1], scores[2]
		for i, h := range list {
			v := m.at(slots[i&(batch-1)], h)
			a += int32(int16(v))
			b += int32(int16(v >> 16))
			c += int32(int16(v >> 32))
		}
		scores[0], scores[1], scores[2] = a, b, c
	}
}

// FewScale is what a weight of 1 becomes in the scores of a Few.
const FewScale = 1024

func quantize(w, scale, limit float64) int64 {
	return int64(math.Round(max(-limit, min(limit, w*scale))))
}

// FewTrainer learns the weights of a Few: by steps along the gradient of the
// log likelihood, averaged over all steps.
type FewTrainer struct {
	index
	cells []fewCell
	Step  int32 // count of examples seen
}

type fewCell struct {
	now, sum, square [3]float32
	last             int32
}

// Rows appends the numbers of the features' rows to rows; see index.
func (t *FewTrainer) Rows(rows []int32, features []uint64) []int32 {
	for _, h := range features {
		i, fresh := t.index.row(h)
		if fresh {
			t.cells = append(t.cells, fewCell{last: t.Step})
		}
		if i >= 0 {
			rows = append(rows, i)
		}
	}
	return rows
}

// Add adds the current weights of a row to the scores.
func (t *FewTrainer) Add(row int32, scores *[3]float32) {
	c := &t.cells[row]
	scores[0] += c.now[0]
	scores[1] += c.now[1]
	scores[2] += c.now[2]
}

// Descend moves a row's weights along a gradient, by AdaGrad.
func (t *FewTrainer) Descend(row int32, gradient *[3]float32, rate float32) {
	c := &t.cells[row]
	since := float32(t.Step - c.last)
	c.last = t.Step
	for k, g := range gradient {
		c.sum[k] += since * c.now[k]
		c.square[k] += g * g
		c.now[k] -= rate * g / float32(math.Sqrt(float64(c.square[k]+initialSquare)))
	}
}

// Encode lays out the averaged weights. Rows whose greatest weight lies below
// least are left out.
func (t *FewTrainer) Encode(least float64) []byte {
	var keys, values []uint64
	for i, h := range t.keys {
		if h == 0 {
			continue
		}
		if v, big := t.average(t.rows[i]); big >= least && v != 0 {
			keys, values = append(keys, h), append(values, v)
		}
	}
	return BuildTable(keys, values)
}

func (t *FewTrainer) average(row int32) (packed uint64, big float64) {
	c := &t.cells[row]
	for k := range c.now {
		w := float64(c.sum[k]+float32(t.Step-c.last)*c.now[k]) / float64(t.Step)
		big = max(big, math.Abs(w))
		packed |= uint64(uint16(quantize(w, FewScale, math.MaxInt16))) << (16 * k)
	}
	return packed, big
}
