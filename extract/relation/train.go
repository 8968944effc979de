package relation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"

	"kith"
	"kith/text/linear"
)

// Example is an ordered pair of nodes of a sentence with what is known of it.
type Example struct {
	Group    int    // the document; folds never part one
	Ends     string // types of the nodes: "Person Place"
	Features []uint64
	Known    []int // numbers of the properties that people looked for
	Holds    []int // those of them that they found
}

// Pairs calls use with an example of each ordered pair of nodes of an
// analysis that may be related.
func Pairs(a *kith.Analysis, use func(x, y Node, e Example)) {
	for i := range a.Sentences {
		nodes := Nodes(a, i)
		for j, x := range nodes {
			for k, y := range nodes {
				if j != k && related(x, y) {
					use(x, y, Example{Ends: endsOf(x, y), Features: features(nil, a, &a.Sentences[i], x, y)})
				}
			}
		}
	}
}

func endsOf(x, y Node) string { return string(x.Type) + " " + string(y.Type) }

// Training says how to train a scorer.
type Training struct {
	Properties []string
	Epochs     int
	Seed       uint64
	Rate       float32
	Dropout    float64
	Least      float64
	Folds      int // for thresholds and calibration
	Log        func(format string, args ...any)
}

// Train learns a scorer and returns the model file. Thresholds and
// calibration come from models that have not seen the example's group.
func Train(examples []Example, o Training) []byte {
	sections := map[string][]byte{}
	examples = narrow(examples, o.Properties, sections)
	scores := make([][]float64, len(examples))
	for fold := range o.Folds {
		var rest []Example
		for _, e := range examples {
			if e.Group%o.Folds != fold {
				rest = append(rest, e)
			}
		}
		t := learn(rest, o)
		for i, e := range examples {
			if e.Group%o.Folds == fold {
				scores[i] = averaged(t, e.Features, len(o.Properties))
			}
		}
	}
	var lines []string
	var sum float64
	for p, name := range o.Properties {
		scale, offset := platt(examples, scores, p)
		threshold, f := best(examples, scores, p, scale, offset)
		o.Log("%s: threshold %.2f, F1 of pairs unseen %.3f", name, threshold, f)
		sum += f / float64(len(o.Properties))
		lines = append(lines, fmt.Sprintf("%s %.4f %.4f %.4f", name, threshold, scale, offset))
	}
	o.Log("mean F1 of pairs unseen %.4f", sum)
	sections["properties"] = linear.EncodeStrings(lines)
	learn(examples, o).Encode(sections, "relation", o.Least)
	return linear.Encode(sections)
}

// narrow notes between which types each property holds and takes from the
// examples what lies outside: there, it is never asked for.
func narrow(examples []Example, properties []string, sections map[string][]byte) []Example {
	counts := make([]map[string]int, len(properties))
	totals := make([]int, len(properties))
	for p := range counts {
		counts[p] = map[string]int{}
	}
	for _, e := range examples {
		for _, p := range e.Holds {
			counts[p][e.Ends]++
			totals[p]++
		}
	}
	for p, name := range properties {
		var ends []string
		for e, n := range counts[p] {
			if n*100 >= totals[p] {
				ends = append(ends, e)
			}
		}
		sort.Strings(ends)
		sections["ends "+name] = linear.EncodeStrings(ends)
	}
	var out []Example
	for _, e := range examples {
		var known, holds []int
		for _, p := range e.Known {
			if counts[p][e.Ends]*100 >= max(1, totals[p]) {
				known = append(known, p)
			}
		}
		for _, p := range e.Holds {
			if has(known, p) {
				holds = append(holds, p)
			}
		}
		if e.Known, e.Holds = known, holds; len(known) > 0 {
			out = append(out, e)
		}
	}
	return out
}

func learn(examples []Example, o Training) *linear.ManyTrainer {
	t := &linear.ManyTrainer{}
	t.Admission = 4
	random := rand.New(rand.NewPCG(o.Seed, 3))
	order := random.Perm(len(examples))
	var list []uint64
	var rows []int32
	for epoch := range o.Epochs {
		if epoch == 2 {
			t.Close()
		}
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			list = linear.Drop(append(list[:0], e.Features...), random, o.Dropout)
			rows = t.Rows(rows[:0], list)
			descend(t, rows, e, o.Rate)
		}
	}
	return t
}

func descend(t *linear.ManyTrainer, rows []int32, e *Example, rate float32) {
	var scores [linear.MaxClasses]float32
	for _, row := range rows {
		t.Add(row, &scores)
	}
	t.Step++
	for _, p := range e.Known {
		g := float32(sigmoid(float64(scores[p])))
		if has(e.Holds, p) {
			g--
		}
		if g > -0.01 && g < 0.01 {
			continue
		}
		for _, row := range rows {
			t.Descend(row, p, g, rate)
		}
	}
}

func has(list []int, v int) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

func averaged(t *linear.ManyTrainer, features []uint64, n int) []float64 {
	out := make([]float64, n)
	t.Averaged(features, out)
	return out
}

// platt fits the probability of a property to the scores of unseen examples.
func platt(examples []Example, scores [][]float64, p int) (scale, offset float64) {
	scale = 1
	for range 300 {
		var gs, gb, hs, ho, hc float64
		for i, e := range examples {
			if !has(e.Known, p) {
				continue
			}
			s := scores[i][p]
			q := sigmoid(scale*s + offset)
			d := q
			if has(e.Holds, p) {
				d--
			}
			w := q*(1-q) + 1e-9
			gs, gb = gs+d*s, gb+d
			hs, ho, hc = hs+w*s*s, ho+w, hc+w*s
		}
		det := hs*ho - hc*hc
		if det < 1e-9 {
			break
		}
		ds, do := (ho*gs-hc*gb)/det, (hs*gb-hc*gs)/det
		scale, offset = scale-0.5*ds, offset-0.5*do
		if math.Abs(ds)+math.Abs(do) < 1e-6 {
			break
		}
	}
	return scale, offset
}

// best finds the threshold of the probability with the best F1 of pairs.
func best(examples []Example, scores [][]float64, p int, scale, offset float64) (threshold, f1 float64) {
	type scored struct {
		p     float64
		holds bool
	}
	var list []scored
	total := 0
	for i, e := range examples {
		if has(e.Known, p) {
			h := has(e.Holds, p)
			list = append(list, scored{sigmoid(scale*scores[i][p] + offset), h})
			if h {
				total++
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].p > list[j].p })
	threshold, right := 0.5, 0
	for i, s := range list {
		if s.holds {
			right++
		}
		if f := 2 * float64(right) / float64(i+1+total); f > f1 {
			threshold, f1 = s.p, f
		}
	}
	return threshold, f1
}
