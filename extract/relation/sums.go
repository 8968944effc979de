package relation

import (
	"kith"
	"kith/text/linear"
)

// scratch is what scoring the pairs of a sentence needs besides the model. It
// remembers what groups of features add to the scores.
type scratch struct {
	f      featurer
	scores [linear.MaxClasses]int32
	part   [linear.MaxClasses]int32
	out    [linear.MaxClasses]float64
	known  []uint64    // keys of groups
	sums   []int32     // of the known groups, each of all properties
	places [256]uint16 // hash of a group's key → 1 + its place in known, 0 for none
}

// scratch is one for the pairs of a sentence.
func (s *Scorer) scratch(a *kith.Analysis, sentence int) *scratch {
	w := s.pool.Get().(*scratch)
	w.f.a, w.f.sentence = a, &a.Sentences[sentence]
	w.f.words = wordsOf(w.f.words, a, w.f.sentence)
	w.known, w.sums = w.known[:0], w.sums[:0]
	clear(w.places[:])
	return w
}

// release takes a scratch back.
func (s *Scorer) release(w *scratch) {
	w.f.a, w.f.sentence = nil, nil
	s.pool.Put(w)
}

// score adds up the weights of all features of a pair.
func (w *scratch) score(m *linear.Many, properties int, x, y Node) {
	w.f.between(x, y)
	w.f.out = w.f.out[:0]
	w.f.gather(others)
	clear(w.scores[:properties])
	m.Add(w.f.out, &w.scores)
	for g := range others {
		for i, v := range w.group(m, properties, g) {
			w.scores[i] += v
		}
	}
}

// group is what a group of features of the pair at hand adds to the scores of
// the properties.
func (w *scratch) group(m *linear.Many, properties int, g group) []int32 {
	key := w.f.key(g)
	place := &w.places[key>>56]
	if at := int(*place) - 1; at >= 0 && w.known[at] == key {
		return w.sums[at*properties:][:properties]
	}
	w.f.out = w.f.out[:0]
	w.f.gather(g)
	clear(w.part[:properties])
	m.Add(w.f.out, &w.part)
	w.known, w.sums = append(w.known, key), append(w.sums, w.part[:properties]...)
	*place = uint16(len(w.known))
	return w.part[:properties]
}

// key stands for all that the features of a group depend on within a sentence.
func (f *featurer) key(g group) uint64 {
	h := linear.Mix(uint64(g)+1, 0x9e3779b97f4a7c15)
	switch g {
	case subjectPaired:
		return linear.Mix(linear.Mix(h, f.x.place()), f.pair)
	case subjectBare:
		return linear.Mix(h, f.x.place())
	case objectPaired:
		return linear.Mix(linear.Mix(h, f.y.place()), f.pair)
	case objectBare:
		return linear.Mix(h, f.y.place())
	case wordsPaired:
		return linear.Mix(h, f.pair)
	}
	first, second := f.inOrder()
	return linear.Mix(linear.Mix(h, first.place()), second.place())
}

// place stands for a node's place in the text.
func (n Node) place() uint64 { return uint64(n.First)<<40 ^ uint64(n.Last)<<20 ^ uint64(n.Head) }
