package linear

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// Many scores up to 128 classes. A feature's row lists the classes that it
// speaks for or against; each pair is 16 bits, 7 of the class and 9 of the
// weight. The low byte of a feature's value is the number of its pairs. Up to
// two lie in the value itself; of a longer row it says where it begins, and
// rows that texts ask for most stand together at the start.
type Many struct {
	table Table
	rows  []byte
	asked []uint32 // how often each slot was looked up, where not nil
}

// Scale is what a weight of 1 is in the scores that Add makes.
func (m *Many) Scale() float64 { return float64(max(1, binary.LittleEndian.Uint16(m.rows))) }

// MaxClasses is the greatest number of classes of a Many.
const MaxClasses = 128

// within is how many pairs lie in a value.
const within = 2

// OpenMany reads a model from its two sections.
func OpenMany(f File, name string) (Many, error) {
	t, err := f.Table(name)
	m := Many{table: t, rows: f.Section(name + ".rows")}
	if err != nil {
		return m, err
	}
	if len(m.rows) < 2 {
		return m, fmt.Errorf("open model: section %s.rows is missing; train it again with kith-train", name)
	}
	return m, nil
}

// Add adds the weights of features to the scores, which must have MaxClasses
// places.
func (m *Many) Add(features []uint64, scores *[MaxClasses]int32) {
	var slots [batch]uint32
	var values [batch]uint64
	for len(features) > 0 {
		list := features[:min(len(features), batch)]
		features = features[len(list):]
		m.table.slotsOf(&slots, list)
		if m.asked != nil {
			m.count(slots[:len(list)])
		}
		n := 0
		for i, h := range list {
			if v := m.table.at(slots[i&(batch-1)], h); v != 0 {
				values[n&(batch-1)] = v
				n++
			}
		}
		for _, v := range values[:n] {
			if v&0xff > within {
				m.addRow(v, scores)
				continue
			}
			add(int16(v>>8), scores)
			add(int16(v>>24), scores)
		}
	}
}

// add adds a pair.
func add(pair int16, scores *[MaxClasses]int32) {
	scores[pair&(MaxClasses-1)] += int32(pair >> 7)
}

// addRow adds a row of more pairs than lie in its value.
func (m *Many) addRow(v uint64, scores *[MaxClasses]int32) {
	start, n := 2*(v>>8), v&0xff
	if start+2*n > uint64(len(m.rows)) {
		return // a damaged file
	}
	for row := m.rows[start : start+2*n]; len(row) >= 2; row = row[2:] {
		add(int16(binary.LittleEndian.Uint16(row)), scores)
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
	rows := binary.LittleEndian.AppendUint16(nil, uint16(scale))
	for i, h := range t.keys {
		if h == 0 {
			continue
		}
		if pairs := t.quantized(t.rows[i], scale, least); len(pairs) > 0 {
			v, longer := encodeRow(rows, pairs)
			keys, values, rows = append(keys, h), append(values, v), longer
		}
	}
	sections[name] = BuildTable(keys, values)
	sections[name+".rows"] = rows
}

// encodeRow returns the value of a feature with these pairs, and the rows with
// its own where it needs one.
func encodeRow(rows []byte, pairs []uint16) (value uint64, longer []byte) {
	value = uint64(len(pairs))
	if len(pairs) <= within {
		for i, p := range pairs {
			value |= uint64(p) << (8 + 16*i)
		}
		return value, rows
	}
	value |= uint64(len(rows)/2) << 8
	for _, p := range pairs {
		rows = binary.LittleEndian.AppendUint16(rows, p)
	}
	return value, rows
}

// quantized lists the pairs of a feature as a file holds them.
func (t *ManyTrainer) quantized(row int32, scale, least float64) []uint16 {
	var pairs []uint16
	for _, c := range t.cells[row] {
		w := t.averageOf(&c)
		if q := quantize(w, scale, 255); math.Abs(w) >= least && q != 0 && len(pairs) < 255 {
			pairs = append(pairs, uint16(q<<7|int64(c.class)))
		}
	}
	return pairs
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
