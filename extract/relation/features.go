package relation

import (
	"kith"
	"kith/text/linear"
)

// features appends the hashed features of an ordered pair of nodes.
func features(out []uint64, a *kith.Analysis, s *kith.Sentence, x, y Node) []uint64 {
	f := featurer{out: out, words: wordsOf(nil, a, s), a: a, sentence: s}
	f.between(x, y)
	for g := range groups {
		f.gather(g)
	}
	return f.out
}

// A group is some of the features of a pair. The same groups come again for
// other pairs of a sentence, all but the last.
type group uint64

const (
	subjectPaired group = iota // of the first node, with the types of both
	subjectBare                // of the first node, whatever the types
	objectPaired
	objectBare
	wordsPaired // the words of the sentence
	middleBare  // the words between and around the two, whatever the types
	others
	groups
)

// gather appends the features of a group.
func (f *featurer) gather(g group) {
	f.paired = g != subjectBare && g != objectBare && g != middleBare
	f.bare = g == others || !f.paired
	switch g {
	case subjectPaired, subjectBare:
		f.subject()
	case objectPaired, objectBare:
		f.object()
	case wordsPaired:
		f.bag()
	case middleBare:
		f.middle()
	case others:
		f.bare = false
		f.middle()
		f.bare = true
		f.add(2, linear.Mix(kindHash(f.x), kindHash(f.y)))
		f.path()
	}
}

// featurer gathers the features of one pair.
type featurer struct {
	out          []uint64
	words        []uint64 // hashes of the sentence's lemmas
	a            *kith.Analysis
	sentence     *kith.Sentence
	x, y         Node
	pair         uint64 // types and order of the two
	paired, bare bool   // which forms of a feature are wanted
}

// wordsOf fills in the hashes of a sentence's lemmas.
func wordsOf(out []uint64, a *kith.Analysis, s *kith.Sentence) []uint64 {
	out = out[:0]
	for i := s.First; i < s.Last; i++ {
		out = append(out, linear.HashBytes(a.Tokens[i].Lemma))
	}
	return out
}

// between makes the featurer one of two nodes.
func (f *featurer) between(x, y Node) { f.x, f.y, f.pair = x, y, pairHash(x, y) }

// pairHash stands for the types of two nodes and their order.
func pairHash(x, y Node) uint64 {
	h := linear.Mix(linear.HashBytes(string(x.Type)), linear.HashBytes(string(y.Type)))
	if x.First < y.First {
		return h
	}
	return linear.Mix(h, 7)
}

// add adds a feature: with the types of the pair, without, or both.
func (f *featurer) add(template, v uint64) {
	h := linear.Mix(template*0x9e3779b97f4a7c15, v)
	if f.paired {
		f.out = append(f.out, linear.Mix(h, f.pair))
	}
	if f.bare {
		f.out = append(f.out, linear.Mix(h, 3))
	}
}

func (f *featurer) lemma(i int) uint64 {
	if i < f.sentence.First || i >= f.sentence.Last {
		return 5
	}
	return f.words[i-f.sentence.First]
}

func kindHash(n Node) uint64 { return linear.HashBytes(string(n.Kind)) }

// subject and object are the words of the two nodes themselves.
func (f *featurer) subject() {
	f.add(3, f.lemma(f.x.Head))
	f.add(6, f.lemma(f.x.First))
	for i := f.x.First; i < f.x.Last && i < f.x.First+6; i++ {
		f.add(9, f.lemma(i))
	}
}

func (f *featurer) object() {
	f.add(4, f.lemma(f.y.Head))
	f.add(5, f.lemma(f.y.Last-1))
	f.add(7, f.lemma(f.y.First))
	for i := f.y.First; i < f.y.Last && i < f.y.First+6; i++ {
		f.add(8, f.lemma(i))
	}
}

func (f *featurer) inOrder() (first, second Node) {
	if f.x.First < f.y.First {
		return f.x, f.y
	}
	return f.y, f.x
}

// middle are the words between the two: each, each two neighbours, all in
// order where they are few; and those around.
func (f *featurer) middle() {
	f.add(1, 0)
	first, second := f.inOrder()
	gap := second.First - first.Last
	f.add(20, uint64(min(gap, 6)+max(0, min((gap-6)/4, 5))))
	all, last := uint64(gap), uint64(0)
	verbs, names := 0, 0
	for i := first.Last; i < second.First; i++ {
		w := f.lemma(i)
		all = linear.Mix(all, w)
		if i-first.Last < 14 || second.First-i < 6 {
			f.add(21, w)
			f.add(22, linear.Mix(last, w))
		}
		last = w
		switch f.a.Tokens[i].Tag {
		case kith.VERB:
			verbs++
		case kith.PROPN:
			names++
		}
	}
	if gap <= 6 {
		f.add(23, all)
	}
	f.add(24, uint64(min(verbs, 3)<<4|min(names, 4)))
	f.around(first, second)
}

// around are the two words before the first node and after each.
func (f *featurer) around(first, second Node) {
	f.add(30, f.lemma(first.First-1))
	f.add(31, linear.Mix(f.lemma(first.First-2), f.lemma(first.First-1)))
	f.add(32, f.lemma(second.Last))
	f.add(33, linear.Mix(f.lemma(second.Last), f.lemma(second.Last+1)))
	f.add(34, f.lemma(second.First-1))
	f.add(35, linear.Mix(f.lemma(second.First-2), f.lemma(second.First-1)))
	f.add(36, f.lemma(first.Last))
	f.add(37, linear.Mix(f.lemma(first.Last), f.lemma(first.Last+1)))
}

// longestPath bounds the path in the tree, in arcs on one side.
const longestPath = 12

// climb lists the tokens from i up to the root.
func (f *featurer) climb(buffer []int, i int) []int {
	for i >= 0 && len(buffer) < longestPath {
		buffer = append(buffer, i)
		i = f.a.Tokens[i].Head
	}
	return buffer
}

// path is the way between the two heads in the dependency tree (Bunescu and
// Mooney 2005): its relations, its words, both, and what hangs on its top.
func (f *featurer) path() {
	var ups, downs [longestPath]int
	up, down := f.climb(ups[:0], f.x.Head), f.climb(downs[:0], f.y.Head)
	i, j := meet(up, down)
	if i < 0 {
		f.add(40, 0)
		return
	}
	rels, both, words := uint64(1), uint64(2), uint64(3)
	for k := range i {
		r := uint64(f.a.Tokens[up[k]].Rel)
		rels, both = linear.Mix(rels, r), linear.Mix(both, r)
		if k > 0 {
			both, words = linear.Mix(both, f.lemma(up[k])), linear.Mix(words, f.lemma(up[k]))
			f.add(41, f.lemma(up[k]))
		}
	}
	top := up[i]
	both, words, rels = linear.Mix(both, f.lemma(top)), linear.Mix(words, f.lemma(top)), linear.Mix(rels, 99)
	for k := j - 1; k >= 0; k-- {
		r := uint64(f.a.Tokens[down[k]].Rel) + 100
		rels, both = linear.Mix(rels, r), linear.Mix(both, r)
		if k > 0 {
			both, words = linear.Mix(both, f.lemma(down[k])), linear.Mix(words, f.lemma(down[k]))
			f.add(41, f.lemma(down[k]))
		}
	}
	f.add(42, rels)
	f.add(43, both)
	f.add(44, words)
	f.add(45, f.lemma(top))
	f.add(46, uint64(i<<8|j))
	f.top(top, i, j, up, down)
}

// top adds what hangs on the top of the path, and how the two reach it.
func (f *featurer) top(top, i, j int, up, down []int) {
	for k := max(f.sentence.First, top-12); k < min(f.sentence.Last, top+12); k++ {
		if f.a.Tokens[k].Head == top && k != f.x.Head && k != f.y.Head {
			f.add(47, linear.Mix(f.lemma(top), f.lemma(k)))
		}
	}
	if i > 0 {
		f.add(48, linear.Mix(f.lemma(top), uint64(f.a.Tokens[up[i-1]].Rel)))
	}
	if j > 0 {
		f.add(49, linear.Mix(f.lemma(top), uint64(f.a.Tokens[down[j-1]].Rel)))
	}
	for _, end := range []int{f.x.Head, f.y.Head} {
		for k := max(f.sentence.First, end-6); k < end; k++ {
			if f.a.Tokens[k].Head == end && f.a.Tokens[k].Rel == kith.Case {
				f.add(50, linear.Mix(f.lemma(k), uint64(end-f.x.Head)&1|f.lemma(top)))
			}
		}
	}
}

// meet returns the places at which two ways to the root first meet, and -1
// where they do not.
func meet(up, down []int) (i, j int) {
	for i, a := range up {
		for j, b := range down {
			if a == b {
				return i, j
			}
		}
	}
	return -1, -1
}

// bag are all content words of the sentence.
func (f *featurer) bag() {
	n := 0
	for i := f.sentence.First; i < f.sentence.Last && n < 30; i++ {
		switch f.a.Tokens[i].Tag {
		case kith.VERB, kith.NOUN, kith.ADJ:
			f.out = append(f.out, linear.Mix(linear.Mix(60, f.lemma(i)), f.pair))
			n++
		}
	}
}
