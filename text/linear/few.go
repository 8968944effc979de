package linear

import "math"

// Few scores three classes at most: the weights lie in the table itself, as
// three 16-bit numbers.
type Few struct{ Table }

// Add adds the weights of a feature to the scores.
func (m *Few) Add(h uint64, scores *[3]int32) {
	v := m.Get(h)
	scores[0] += int32(int16(v))
	scores[1] += int32(int16(v >> 16))
	scores[2] += int32(int16(v >> 32))
}

// Scale is what a weight of 1 becomes in the tables.
const Scale = 64

func quantize(w float64, limit float64) int64 {
	return int64(math.Round(max(-limit, min(limit, w*Scale))))
}

// FewTrainer learns the weights of a Few by the averaged perceptron (Collins
// 2002).
type FewTrainer struct {
	index
	cells []fewCell
	Step  int32 // count of examples seen
}

type fewCell struct {
	now, sum [3]float32
	last     int32
}

// Row returns the number of a feature's row, which is made where it is new.
func (t *FewTrainer) Row(h uint64) int32 {
	i, fresh := t.index.row(h)
	if fresh {
		t.cells = append(t.cells, fewCell{last: t.Step})
	}
	return i
}

// Find returns the number of a feature's row, and -1 where it has none.
func (t *FewTrainer) Find(h uint64) int32 { return t.index.find(h) }

// Add adds the current weights of a row to the scores.
func (t *FewTrainer) Add(row int32, scores *[3]float32) {
	c := &t.cells[row]
	scores[0] += c.now[0]
	scores[1] += c.now[1]
	scores[2] += c.now[2]
}

// Update adds to one class's weight in a row.
func (t *FewTrainer) Update(row int32, class int, by float32) {
	c := &t.cells[row]
	since := float32(t.Step - c.last)
	for k := range c.now {
		c.sum[k] += since * c.now[k]
	}
	c.last = t.Step
	c.now[class] += by
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
		packed |= uint64(uint16(quantize(w, math.MaxInt16))) << (16 * k)
	}
	return packed, big
}

// index numbers hashes in the order of their first appearance.
type index struct {
	keys []uint64 // open addressing; 0 is a free slot
	rows []int32
	n    int
}

func (x *index) row(h uint64) (row int32, fresh bool) {
	if 3*x.n >= 2*len(x.keys) {
		x.grow()
	}
	mask := uint64(len(x.keys) - 1)
	i := (h >> 20) & mask
	for x.keys[i] != h {
		if x.keys[i] == 0 {
			x.keys[i], x.rows[i] = h, int32(x.n)
			x.n++
			return x.rows[i], true
		}
		i = (i + 1) & mask
	}
	return x.rows[i], false
}

func (x *index) find(h uint64) int32 {
	if len(x.keys) == 0 {
		return -1
	}
	mask := uint64(len(x.keys) - 1)
	i := (h >> 20) & mask
	for x.keys[i] != h {
		if x.keys[i] == 0 {
			return -1
		}
		i = (i + 1) & mask
	}
	return x.rows[i]
}

func (x *index) grow() {
	keys, rows := x.keys, x.rows
	size := max(1<<20, 2*len(keys))
	x.keys, x.rows, x.n = make([]uint64, size), make([]int32, size), 0
	mask := uint64(size - 1)
	for i, h := range keys {
		if h == 0 {
			continue
		}
		j := (h >> 20) & mask
		for x.keys[j] != 0 {
			j = (j + 1) & mask
		}
		x.keys[j], x.rows[j] = h, rows[i]
		x.n++
	}
}
