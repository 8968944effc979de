package text

import "kith/text/linear"

// moveFeatures bounds the number of features of one decision.
const moveFeatures = 128

func (s *parseState) word(i int32) *parseWord {
	if i < 0 {
		return &s.words[s.n+1]
	}
	return &s.words[i]
}

func (s *parseState) onStack(k int) int32 {
	if k >= len(s.stack) {
		return none
	}
	return s.stack[len(s.stack)-1-k]
}

func (s *parseState) ahead(k int) int32 {
	if i := s.next + k; i <= s.n {
		return int32(i)
	}
	return none
}

// node is a word of the state with what hangs on it.
type node struct {
	*parseWord
	leftSet, rightSet uint64
	first, last       *parseWord
	first2, last2     *parseWord
	firstRel, lastRel uint64
}

func (s *parseState) node(i int32) node {
	none := &s.words[s.n+1]
	v := node{parseWord: none, first: none, last: none, first2: none, last2: none}
	if i < 0 {
		return v
	}
	v.parseWord = &s.words[i]
	v.leftSet, v.rightSet = s.leftSet[i], s.rightSet[i]
	if c := s.first[i]; c >= 0 {
		v.first, v.firstRel = &s.words[c], uint64(s.rel[c])
		v.first2 = s.word(s.first2[i])
	}
	if c := s.last[i]; c >= 0 {
		v.last, v.lastRel = &s.words[c], uint64(s.rel[c])
		v.last2 = s.word(s.last2[i])
	}
	return v
}

// distance groups the number of words between two.
func distance(a, b int32) uint64 {
	if a < 0 || b < 0 {
		return 15
	}
	switch d := b - a; {
	case d < 5:
		return uint64(d)
	case d < 8:
		return 5
	case d < 12:
		return 6
	case d < 20:
		return 7
	}
	return 8
}

// collector gathers hashed features.
type collector struct {
	out *[moveFeatures]uint64
	n   int
}

func (c *collector) one(template, a uint64) {
	c.out[c.n] = linear.Mix(template*0x9e3779b97f4a7c15, a)
	c.n++
}

func (c *collector) two(template, a, b uint64) {
	c.out[c.n] = linear.Mix(linear.Mix(template*0x9e3779b97f4a7c15, a), b)
	c.n++
}

func (c *collector) three(template, a, b, d uint64) {
	c.out[c.n] = linear.Mix(linear.Mix(template*0x9e3779b97f4a7c15, a|b<<32), d)
	c.n++
}

// moveStages is how many groups the features of a move come in: a decision
// that is clear after one group does without those that follow (Strubell,
// Vilnis, Silverstein and McCallum 2015).
const moveStages = 3

// moveView is the state as the features of a move see it.
type moveView struct {
	s0, s1, b0     node
	s2, b1, b2, b3 *parseWord
	is0, is1, ib0  int32
	near, far      uint64 // from the stack's top to the word ahead, and to the word below
}

func (s *parseState) view(v *moveView) {
	v.is0, v.is1, v.ib0 = s.onStack(0), s.onStack(1), s.ahead(0)
	v.s0, v.s1, v.b0 = s.node(v.is0), s.node(v.is1), s.node(v.ib0)
	v.s2, v.b1, v.b2, v.b3 = s.word(s.onStack(2)), s.word(s.ahead(1)), s.word(s.ahead(2)), s.word(s.ahead(3))
	v.near, v.far = distance(v.is0, v.ib0), distance(v.is1, v.is0)
}

// moveFeatures returns the hashed features of one stage.
func (s *parseState) moveFeatures(out *[moveFeatures]uint64, v *moveView, stage int) []uint64 {
	c := collector{out: out}
	switch stage {
	case 0:
		v.plainFeatures(&c)
	case 1:
		v.pairFeatures(&c)
	default:
		v.childFeatures(&c)
		s.gapFeatures(&c, v)
	}
	return out[:c.n]
}

// plainFeatures are what most moves are clear from: words and tags at the
// stack's top and ahead, and what hangs on them.
func (v *moveView) plainFeatures(c *collector) {
	s0, s1, b0, b1 := &v.s0, &v.s1, &v.b0, v.b1
	c.one(2, s0.both)
	c.one(5, s1.both)
	c.one(7, b0.both)
	c.one(9, b1.both)
	c.two(16, s0.both, b0.tag)
	c.two(17, s0.tag, b0.both)
	c.two(23, s1.both, s0.tag)
	c.two(24, s1.tag, s0.both)
	c.three(28, b0.tag, b1.tag, v.b2.tag)
	c.three(29, s0.tag, b0.tag, b1.tag)
	c.three(30, s1.tag, s0.tag, b0.tag)
	c.three(54, s0.tag, b0.tag, v.near)
	c.three(55, s1.tag, s0.tag, v.far)
	c.three(75, s0.tag, b0.tag, s0.rightSet)
	c.three(77, s1.tag, s0.tag, s0.rightSet)
	c.three(78, s0.tag, b0.tag, b0.leftSet)
	c.two(112, s0.cluster, b0.tag)
	c.two(113, s0.tag, b0.cluster)
}

// pairFeatures are pairs of words, distances, classes, and sets of
// relations.
func (v *moveView) pairFeatures(c *collector) {
	s0, s1, b0, b1 := &v.s0, &v.s1, &v.b0, v.b1
	c.two(14, s0.both, b0.word)
	c.two(15, s0.word, b0.both)
	c.two(22, s1.word, s0.word)
	c.two(26, s1.word, b0.word)
	c.two(27, s1.tag, b0.tag)
	c.one(12, v.s2.both)
	c.two(10, v.b2.tag, v.b3.tag)
	c.three(31, v.s2.tag, s1.tag, s0.tag)
	c.three(32, b0.tag, b1.tag, s0.word)
	c.three(33, s0.tag, b0.tag, s1.word)
	c.three(34, s1.tag, b0.tag, s0.word)
	c.three(35, s1.tag, s0.tag, b0.word)
	c.three(36, s0.tag, b0.tag, b1.word)
	c.three(37, s1.tag|s0.tag<<16, b0.tag, b1.tag)
	c.two(41, s0.both, b1.tag)
	c.two(50, s0.word, v.near)
	c.two(56, s1.word, v.far)
	c.two(66, s0.word, s0.leftSet)
	c.two(68, s0.word, s0.rightSet)
	c.two(70, s1.word, s1.rightSet)
	c.two(73, b0.word, b0.leftSet)
	c.three(76, s1.tag, s0.tag, s1.rightSet)
	c.two(110, s0.cluster, b0.cluster)
	c.two(111, s1.cluster, s0.cluster)
	c.two(114, s1.cluster, s0.tag)
	c.two(115, s1.tag, s0.cluster)
	c.three(117, s1.short, s0.short, b0.short|1<<10)
	c.three(118, s0.short, b0.short, b1.short|1<<10)
}

// childFeatures are words, tags and relations of children.
func (v *moveView) childFeatures(c *collector) {
	s0, s1, b0 := &v.s0, &v.s1, &v.b0
	c.one(11, v.b2.word)
	c.two(80, s0.first.both, s0.tag)
	c.two(81, s0.last.both, s0.tag)
	c.two(82, s1.first.both, s1.tag)
	c.two(83, s1.last.both, s1.tag)
	c.two(84, b0.first.both, b0.tag)
	c.three(85, s0.tag, s0.first.tag, b0.tag)
	c.three(86, s0.tag, s0.last.tag, b0.tag)
	c.three(87, s0.tag, b0.tag, b0.first.tag)
	c.three(88, s1.tag, s1.last.tag, s0.tag)
	c.three(89, s1.tag, s1.first.tag, s0.tag)
	c.three(90, s1.tag, s0.tag, s0.first.tag)
	c.three(91, s1.tag, s0.tag, s0.last.tag)
	c.three(92, s0.tag, s0.firstRel|s0.lastRel<<8, b0.tag)
	c.three(93, s1.tag, s1.firstRel|s1.lastRel<<8, s0.tag)
	c.three(94, s0.tag, s0.first.tag, s0.first2.tag)
	c.three(95, s0.tag, s0.last.tag, s0.last2.tag)
	c.three(96, s1.tag, s1.last.tag, s1.last2.tag)
	c.three(97, b0.tag, b0.first.tag, b0.first2.tag)
	c.two(100, s0.last.word, b0.word)
	c.two(101, s1.last.word, s0.word)
	c.three(102, s0.lastRel, s1.lastRel, b0.tag)
}

// gapFeatures are what stands between the two ends of an arc that may come
// (McDonald, Crammer and Pereira 2005), and the words that bind the word
// ahead: prepositions, conjunctions.
func (s *parseState) gapFeatures(c *collector, v *moveView) {
	s0, s1, b0 := &v.s0, &v.s1, &v.b0
	before := s.word(v.ib0 - 1)
	c.three(120, s0.tag, b0.tag, s.between(v.is0, v.ib0))
	c.three(121, s1.tag, s0.tag, s.between(v.is1, v.is0))
	c.three(122, s0.tag|s.following(v.is0).tag<<16, before.tag, b0.tag)
	if v.is0 > 0 {
		c.three(123, s1.tag|s.following(v.is1).tag<<16, s.word(v.is0-1).tag, s0.tag)
	}
	c.three(124, s0.tag, b0.tag, before.word)
	c.two(125, s0.word, b0.first.word)
	c.two(126, s1.word, b0.first.word)
	c.three(127, s0.tag, b0.tag, b0.first.word)
	c.three(128, s1.tag, s0.tag, b0.first.word)
	c.three(129, s0.short, b0.short, b0.first.word)
	c.three(130, s1.short, b0.short, b0.first.word)
}

// following is the word after a word of the stack.
func (s *parseState) following(i int32) *parseWord {
	if i < 0 {
		return &s.words[s.n+1]
	}
	return &s.words[i+1]
}

// between says how many verbs, commas, other marks and conjunctions stand
// between two words, each as 0, 1 or 2 for more.
func (s *parseState) between(a, b int32) uint64 {
	if a < 0 || b < 0 {
		return 1 << 15
	}
	var set uint64
	for k := range gapKinds {
		set = set<<2 | uint64(min(2, s.gaps[b][k]-s.gaps[a+1][k]))
	}
	return set
}

// labelStages is how many groups the features of a relation come in.
const labelStages = 2

// labelFeatures returns the hashed features of one stage of the relation
// between two words: what most relations are clear from, and the rest.
func (s *parseState) labelFeatures(out *[moveFeatures]uint64, head, child, stage int) []uint64 {
	h, d := s.node(int32(head)), s.node(int32(child))
	before, after := s.word(int32(child-1)), s.word(int32(min(child+1, s.n)))
	hBefore, hAfter := s.word(int32(head-1)), s.word(int32(min(head+1, s.n)))
	side, set := uint64(0), h.leftSet
	if child > head {
		side, set = 1, h.rightSet
	}
	far := distance(int32(min(head, child)), int32(max(head, child)))
	c := collector{out: out}
	if stage == 0 {
		c.two(201, side, d.both)
		c.three(203, side, h.tag, d.both)
		c.three(204, side, d.tag, h.both)
		c.three(205, side, d.tag, h.tag)
		c.three(206, side, far, h.tag|d.tag<<16)
		c.three(207, side, h.tag|d.tag<<16, set)
		c.three(215, side, d.tag, d.first.both)
		c.three(216, side, d.tag, d.last.both)
		c.three(224, side, h.short, d.word)
		c.three(230, side, far, d.word)
		return out[:c.n]
	}
	c.two(200, side, d.word)
	c.two(202, side, h.both)
	c.three(208, side, d.tag, set)
	c.three(209, side, 0, linear.Mix(h.word, d.word))
	c.three(210, side, 0, linear.Mix(h.word, set))
	c.three(211, side, d.tag, before.word)
	c.three(212, side, d.tag, after.word)
	c.three(213, side, d.tag|h.tag<<16, before.tag)
	c.three(214, side, d.tag|h.tag<<16, after.tag)
	c.three(217, side, d.tag|h.tag<<16, d.leftSet)
	c.three(218, side, d.tag, d.rightSet)
	c.three(219, side, d.tag|h.tag<<16, d.first.word)
	c.three(220, side, 0, linear.Mix(d.first.word, h.word))
	c.three(221, side, h.tag, d.cluster)
	c.three(222, side, d.tag, h.cluster)
	c.three(223, side, h.cluster, d.cluster)
	c.three(225, side, d.short, h.word)
	c.three(226, side, d.tag|h.tag<<16, hBefore.tag)
	c.three(227, side, d.tag|h.tag<<16, hAfter.tag)
	c.three(228, side, 0, linear.Mix(d.both, d.leftSet))
	c.three(229, side, d.tag|h.tag<<16, h.leftSet)
	c.three(231, side, d.cluster, linear.Mix(d.first.word, h.tag))
	c.three(232, side, h.tag, linear.Mix(h.leftSet, h.rightSet))
	return out[:c.n]
}
