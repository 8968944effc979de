package linear

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// Many scores up to 128 classes. A feature's row lists the classes that it
// speaks for or against; each pair is 16 bits, 7 of the class and 9 of the
// weight.
type Many struct {
	table Table
	pairs []byte
}

// Scale is what a weight of 1 is in the scores that Add makes.
func (m *Many) Scale() float64 { return float64(max(1, binary.LittleEndian.Uint16(m.pairs))) }

// MaxClasses is the greatest number of classes of a Many.
const MaxClasses = 128

// OpenMany reads a model from its two sections.
func OpenMany(f File, name string) (Many, error) {
	t, err := f.Table(name)
	m := Many{table: t, pairs: f.Section(name + ".pairs")}
	if err != nil {
		return m, err
	}
	if len(m.pairs) < 2 {
		return m, fmt.Errorf("open model: section %s.pairs is missing", name)
	}
	return m, nil
}

// Add adds the weights of features to the scores, which must have MaxClasses
// places.
func (m *Many) Add(features []uint64, scores *[MaxClasses]int32) {
	var slots [batch]uint32
	var rows [batch]uint64
	for len(features) > 0 {
		list := features[:min(len(features), batch)]
		features = features[len(list):]
		m.table.slotsOf(&slots, list)
		n := 0
		for i, h := range list {
			if v := m.table.at(slots[i&(batch-1)], h); v != 0 {
				rows[n&(batch-1)] = v
				n++
			}
		}
		for _, v := range rows[:n] {
			m.addRow(v, scores)
		}
	}
}

// addRow adds the pairs of one row: its start and, in the low byte, length.
func (m *Many) addRow(v uint64, scores *[MaxClasses]int32) {
	start, n := 2*(v>>8), v&0xff
	if start+2*n > uint64(len(m.pairs)) {
		return // a damaged file
	}
	row := m.pairs[start : start+2*n]
	for ; len(row) >= 2; row = row[2:] {
		p := int16(binary.LittleEndian.Uint16(row))
		scores[p&(MaxClasses-1)] += int32(p >> 7)
	}
}

// ManyTrainer learns the weights of a Many: by steps along the gradient of
// the log likelihood, averaged over all steps.
type ManyTrainer struct {
	index
	cells [][]manyCell
	Step  int32 // count of examples seen
}

type manyCell struct {
	class    uint8
	last     int32
	now, sum float32
	square   float32 // of gradients, for Descend
}

// Rows appends the numbers of the features' rows to rows; see index.
func (t *ManyTrainer) Rows(rows []int32, features []uint64) []int32 {
	for _, h := range features {
		i, fresh := t.index.row(h)
		if fresh {
			t.cells = append(t.cells, nil)
		}
		if i >= 0 {
			rows = append(rows, i)
		}
	}
	return rows
}

// Add adds the current weights of a row to the scores.
func (t *ManyTrainer) Add(row int32, scores *[MaxClasses]float32) {
	for _, c := range t.cells[row] {
		scores[c.class] += c.now
	}
}

// Encode lays out the averaged weights as sections of that name. Weights
// below least are left out. The first pair holds the scale of the others.
func (t *ManyTrainer) Encode(sections map[string][]byte, name string, least float64) {
	scale := t.scale(least)
	var keys, values []uint64
	pairs := binary.LittleEndian.AppendUint16(nil, uint16(scale))
	for i, h := range t.keys {
		if h == 0 {
			continue
		}
		start, n := len(pairs)/2, 0
		for _, c := range t.cells[t.rows[i]] {
			w := t.averageOf(&c)
			if q := quantize(w, scale, 255); math.Abs(w) >= least && q != 0 && n < 255 {
				pairs = binary.LittleEndian.AppendUint16(pairs, uint16(q<<7|int64(c.class)))
				n++
			}
		}
		if n > 0 {
			keys, values = append(keys, h), append(values, uint64(start)<<8|uint64(n))
		}
	}
	sections[name] = BuildTable(keys, values)
	sections[name+".pairs"] = pairs
}

func (t *ManyTrainer) averageOf(c *manyCell) float64 {
	return float64(c.sum+float32(t.Step-c.last)*c.now) / float64(t.Step)
}

// scale is the greatest at which no weight is cut at nine bits: the few
// greatest weights decide most.
func (t *ManyTrainer) scale(least float64) float64 {
	var all []float64
	for i, h := range t.keys {
		if h == 0 {
			continue
		}
		for _, c := range t.cells[t.rows[i]] {
			if w := math.Abs(t.averageOf(&c)); w >= least {
				all = append(all, w)
			}
		}
	}
	if len(all) == 0 {
		return 1
	}
	sort.Float64s(all)
	return max(1, min(4096, math.Floor(255/all[len(all)-1])))
}

// Averaged adds the averaged weights of features to the scores, as the
// encoded model would but without rounding.
func (t *ManyTrainer) Averaged(features []uint64, scores []float64) {
	for _, h := range features {
		i := t.index.find(h)
		if i < 0 {
			continue
		}
		for _, c := range t.cells[i] {
			scores[c.class] += t.averageOf(&c)
		}
	}
}
