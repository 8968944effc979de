// Package cluster groups words that stand in similar surroundings, by the
// exchange algorithm for class bigram models (Martin, Liermann and Ney 1998):
// each word in turn moves to the class in which the text is most likely.
package cluster

import "math"

// Text is what words are clustered by: how often each stands, and before and
// after which others. Word 0 is the end of a sentence, word 1 every word that
// is too rare; they keep classes of their own, 0 and 1.
type Text struct {
	count       []int32
	after       [][]pair // words that follow, and how often
	before      [][]pair
	self        []int32 // how often the word follows itself
	wordsNumber int
}

type pair struct {
	word  int32
	count int32
}

// Count reads sentences of word numbers below words.
func Count(sentences [][]int32, words int) *Text {
	t := &Text{count: make([]int32, words), after: make([][]pair, words), before: make([][]pair, words),
		self: make([]int32, words), wordsNumber: words}
	bigrams := map[[2]int32]int32{}
	order := [][2]int32{}
	add := func(a, b int32) {
		key := [2]int32{a, b}
		if bigrams[key] == 0 {
			order = append(order, key)
		}
		bigrams[key]++
	}
	for _, s := range sentences {
		last := int32(0)
		t.count[0]++
		for _, w := range s {
			t.count[w]++
			add(last, w)
			last = w
		}
		add(last, 0)
	}
	for _, key := range order {
		a, b, n := key[0], key[1], bigrams[key]
		if a == b {
			t.self[a] = n
			continue
		}
		t.after[a] = append(t.after[a], pair{b, n})
		t.before[b] = append(t.before[b], pair{a, n})
	}
	return t
}

// state is a division of words into classes with its counts.
type state struct {
	text    *Text
	classes int
	class   []int32
	total   []int32   // words in a class, by count
	bigrams [][]int32 // class before, class after
	logs    []float32 // x ln x
	// the classes around the word that is moving
	after, before sparse
}

// sparse is a vector over classes with the list of its places that are set.
type sparse struct {
	value []int32
	set   []int32
}

func (s *sparse) add(i, by int32) {
	if s.value[i] == 0 {
		s.set = append(s.set, i)
	}
	s.value[i] += by
}

func (s *sparse) clear() {
	for _, i := range s.set {
		s.value[i] = 0
	}
	s.set = s.set[:0]
}

// Exchange divides the words into classes. Words must be numbered by
// frequency, the most frequent first. It returns the class of each word.
func Exchange(t *Text, classes, rounds int, log func(format string, args ...any)) []int32 {
	s := newState(t, classes)
	for round := range rounds {
		moved := 0
		for w := 2; w < t.wordsNumber; w++ {
			if s.move(int32(w)) {
				moved++
			}
		}
		log("round %d: %d of %d words moved", round+1, moved, t.wordsNumber)
		if moved*100 < t.wordsNumber {
			break
		}
	}
	return s.class
}

func newState(t *Text, classes int) *state {
	s := &state{text: t, classes: classes, class: make([]int32, t.wordsNumber), total: make([]int32, classes), logs: make([]float32, 1<<20)}
	for i := 1; i < len(s.logs); i++ {
		s.logs[i] = float32(float64(i) * math.Log(float64(i)))
	}
	for w := range s.class {
		s.class[w] = int32(w)
		if w >= classes {
			s.class[w] = int32(2 + w%(classes-2))
		}
		s.total[s.class[w]] += t.count[w]
	}
	s.bigrams = make([][]int32, classes)
	for c := range s.bigrams {
		s.bigrams[c] = make([]int32, classes)
	}
	for a, list := range t.after {
		for _, p := range list {
			s.bigrams[s.class[a]][s.class[p.word]] += p.count
		}
		s.bigrams[s.class[a]][s.class[a]] += t.self[a]
	}
	s.after.value, s.before.value = make([]int32, classes), make([]int32, classes)
	return s
}

func (s *state) f(x int32) float32 {
	if int(x) < len(s.logs) {
		return s.logs[x]
	}
	return float32(float64(x) * math.Log(float64(x)))
}

// move puts a word into its best class and reports whether that is another.
func (s *state) move(w int32) bool {
	s.after.clear()
	s.before.clear()
	for _, p := range s.text.after[w] {
		s.after.add(s.class[p.word], p.count)
	}
	for _, p := range s.text.before[w] {
		s.before.add(s.class[p.word], p.count)
	}
	old := s.class[w]
	s.put(w, old, -1)
	best, most := old, s.gain(w, old)
	for c := int32(2); c < int32(s.classes); c++ {
		if g := s.gain(w, c); g > most {
			best, most = c, g
		}
	}
	s.put(w, best, 1)
	s.class[w] = best
	return best != old
}

// put adds the counts of a word to those of a class, or takes them away.
func (s *state) put(w, c, sign int32) {
	s.total[c] += sign * s.text.count[w]
	for _, d := range s.after.set {
		s.bigrams[c][d] += sign * s.after.value[d]
	}
	for _, d := range s.before.set {
		s.bigrams[d][c] += sign * s.before.value[d]
	}
	s.bigrams[c][c] += sign * s.text.self[w]
}

// gain is how much the text's log likelihood grows when a word that is in no
// class joins one.
func (s *state) gain(w, c int32) float32 {
	g := -2 * (s.f(s.total[c]+s.text.count[w]) - s.f(s.total[c]))
	row := s.bigrams[c]
	for _, d := range s.after.set {
		if d != c {
			g += s.f(row[d]+s.after.value[d]) - s.f(row[d])
		}
	}
	for _, d := range s.before.set {
		if d != c {
			n := s.bigrams[d][c]
			g += s.f(n+s.before.value[d]) - s.f(n)
		}
	}
	own := row[c]
	return g + s.f(own+s.after.value[c]+s.before.value[c]+s.text.self[w]) - s.f(own)
}

// Merge joins classes, the two whose union costs least likelihood first,
// until so many are left, and returns the joint class of each class, numbered
// from 0.
func Merge(t *Text, class []int32, classes, left int) []int32 {
	m := newMerger(t, class, classes)
	for n := classes; n > left; n-- {
		m.mergeBest()
	}
	return m.numbers()
}
