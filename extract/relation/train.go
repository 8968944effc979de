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
	Aside    bool  // learned from; thresholds and calibration are those of the others
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
		sure := bar(examples, scores, p, scale, offset)
		o.Log("%s: threshold %.2f, F1 of pairs unseen %.3f; sure from %.2f", name, threshold, f, sure)
		sum += f / float64(len(o.Properties))
		lines = append(lines, fmt.Sprintf("%s %.4f %.4f %.4f %.4f", name, threshold, scale, offset, sure))
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

// platt fits the probability of a property to the scores of unseen examples:
// Newton's method with backtracking, on targets that a few examples cannot
// push to certainty (Platt 1999; Lin, Lin and Weng 2007).
func platt(examples []Example, scores [][]float64, p int) (scale, offset float64) {
	points := pointsOf(examples, scores, p)
	scale = 1
	loss := points.loss(scale, offset)
	for range 100 {
		ds, do := points.step(scale, offset)
		length, best := 1.0, math.Inf(1)
		for ; length > 1e-6; length /= 2 {
			if best = points.loss(scale-length*ds, offset-length*do); best <= loss {
				break
			}
		}
		if best > loss || loss-best < 1e-9*(1+loss) {
			break
		}
		scale, offset, loss = scale-length*ds, offset-length*do, best
	}
	return scale, offset
}

// points are scores and their targets.
type points []struct{ score, target float64 }

func pointsOf(examples []Example, scores [][]float64, p int) points {
	list, total := rank(examples, scores, p, 1, 0, false)
	yes, no := float64(total+1)/float64(total+2), 1/float64(len(list)-total+2)
	out := make(points, len(list))
	for i, s := range list {
		out[i].score, out[i].target = s.score, no
		if s.holds {
			out[i].target = yes
		}
	}
	return out
}

// loss is the negative log likelihood.
func (ps points) loss(scale, offset float64) float64 {
	sum := 0.0
	for _, p := range ps {
		z := scale*p.score + offset
		sum += math.Max(z, 0) - p.target*z + math.Log1p(math.Exp(-math.Abs(z)))
	}
	return sum
}

// step is Newton's.
func (ps points) step(scale, offset float64) (ds, do float64) {
	var gs, gb float64
	hs, ho, hc := 1e-9, 1e-9, 0.0
	for _, p := range ps {
		q := sigmoid(scale*p.score + offset)
		w := q * (1 - q)
		gs, gb = gs+(q-p.target)*p.score, gb+q-p.target
		hs, ho, hc = hs+w*p.score*p.score, ho+w, hc+w*p.score
	}
	det := hs*ho - hc*hc
	return (ho*gs - hc*gb) / det, (hs*gb - hc*gs) / det
}

// ranked is a probability of a property for an unseen pair, and whether it
// holds there.
type ranked struct {
	score, p float64
	holds    bool
}

// rank lists the pairs in which people looked for a property, the likeliest
// first; those aside too where all are wanted.
func rank(examples []Example, scores [][]float64, p int, scale, offset float64, all bool) (list []ranked, total int) {
	for i, e := range examples {
		if has(e.Known, p) && (all || !e.Aside) {
			h := has(e.Holds, p)
			list = append(list, ranked{scores[i][p], sigmoid(scale*scores[i][p] + offset), h})
			if h {
				total++
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].p > list[j].p })
	return list, total
}

// best finds the threshold of the probability with the best F1 of pairs.
func best(examples []Example, scores [][]float64, p int, scale, offset float64) (threshold, f1 float64) {
	list, total := rank(examples, scores, p, scale, offset, false)
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

// A property is sure where surePrecision of the pairs of unseen documents are
// right from its bar on, as leastSure of them or more show, and nowhere below
// leastBar: passages in which people looked for a property hold it more often
// than others do.
const (
	surePrecision = 0.95
	leastSure     = 20
	leastBar      = 0.8
)

// bar finds the lowest probability from which on a property is sure; never
// where there is none.
func bar(examples []Example, scores [][]float64, p int, scale, offset float64) float64 {
	list, _ := rank(examples, scores, p, scale, offset, true)
	found, right := float64(never), 0
	for i, s := range list {
		if s.holds {
			right++
		}
		if n := i + 1; n >= leastSure && float64(right) >= surePrecision*float64(n) {
			found = s.p
		}
	}
	return max(found, leastBar)
}
