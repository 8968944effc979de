package text

import "kith/text/linear"

// nameSums adds up the weights of a token's features and remembers the sums of
// groups of features: what a word, two neighbours or the ends of a run add is
// the same wherever they stand. A group costs one line of the cache then and
// not two for each of its features.
type nameSums struct {
	rows     *nameRows
	memo     []groupSum
	features []uint32
	run      nameRun // whose features whole adds up
	whole    laneSum
}

// groupSum is a remembered sum. The key's low byte is the count of rows.
type groupSum struct {
	key     uint64
	a, b, c uint64
}

// memoBits: a megabyte of sums.
const memoBits = 15

func newNameSums(rows *nameRows) nameSums {
	return nameSums{rows: rows, memo: make([]groupSum, 1<<memoBits), features: make([]uint32, 0, maxRows)}
}

// The groups of features.
const (
	groupOwn uint64 = iota + 1
	groupBefore
	groupAfter
	groupSaid
	groupKinds
	groupEnds
)

// begin forgets the run of the sentence before.
func (s *nameSums) begin() { s.run.first = -1 }

// token adds up the features of token i, as nameFeatures lists them.
func (s *nameSums) token(run []nameToken, i int, flags uint32) laneSum {
	t, p, n := &run[i], nameAt(run, i-1), nameAt(run, i+1)
	pp, nn := nameAt(run, i-2), nameAt(run, i+2)
	first, kind := firstBit(i), uint64(t.kind)
	var sum laneSum
	if key := groupKey(groupOwn, t.id, uint64(first)); !s.known(key, &sum) {
		s.learn(key, ownFeatures(s.features[:0], t, first), &sum)
	}
	if key := groupKey(groupBefore, p.id, kind); !s.known(key, &sum) {
		s.learn(key, beforeFeatures(s.features[:0], p, t.kind), &sum)
	}
	if key := groupKey(groupAfter, n.id, kind); !s.known(key, &sum) {
		s.learn(key, afterFeatures(s.features[:0], n, t.kind), &sum)
	}
	if key := groupKey(groupSaid, t.id, uint64(t.phrase)<<16|uint64(t.doc)); !s.known(key, &sum) {
		s.learn(key, saidFeatures(s.features[:0], t), &sum)
	}
	kinds := uint64(p.phrase)<<48 | uint64(n.phrase)<<32 | uint64(flags)<<24 | uint64(pp.kind)<<16 | uint64(p.kind)<<12 | kind<<8 | uint64(n.kind)<<4 | uint64(nn.kind)
	if key := groupKey(groupKinds, kinds, 0); !s.known(key, &sum) {
		s.learn(key, kindFeatures(s.features[:0], pp, p, t, n, nn, flags), &sum)
	}
	s.features = rightFeatures(leftFeatures(farFeatures(s.features[:0], pp, p, t, n, nn), p, t), t, n)
	if t.kind.strong() {
		s.ofRun(run, i, &sum)
	} else {
		l, r, gap := linked(run, i)
		s.features = linkRight(linkLeft(s.features, l, t, gap), r, t, gap)
	}
	s.rows.sum(s.features, &sum)
	return sum
}

// ofRun adds the features of a token in a run of capitalised words; those that
// are not remembered go on the end of features.
func (s *nameSums) ofRun(run []nameToken, i int, sum *laneSum) {
	far := len(s.features)
	if r := s.run; r.first < 0 || i > r.last || i < r.first {
		s.run, s.whole = runAt(run, i), laneSum{}
		s.features = runFeatures(s.features, run, s.run)
		s.rows.sum(s.features[far:], &s.whole)
		s.features = s.features[:far]
	}
	sum.add(&s.whole)
	first, last := &run[s.run.first], &run[s.run.last]
	place, size := s.run.place(i)
	if key := groupKey(groupEnds, first.id, last.id^uint64(place<<8|size)); !s.known(key, sum) {
		s.features = endFeatures(s.features, first, last, place, size)
		s.learn(key, s.features[far:], sum)
		s.features = s.features[:far]
	}
	s.features = edgeFeatures(s.features, nameAt(run, s.run.first-1), nameAt(run, s.run.last+1), place)
}

func groupKey(group, x, y uint64) uint64 {
	return linear.Mix(linear.Mix(group*0x9e3779b97f4a7c15, x), y) | 0xff
}

// known adds a group's sum where it is remembered.
func (s *nameSums) known(key uint64, sum *laneSum) bool {
	e := &s.memo[key>>(64-memoBits)]
	if e.key|0xff != key {
		return false
	}
	sum.a, sum.b, sum.c, sum.rows = sum.a+e.a, sum.b+e.b, sum.c+e.c, sum.rows+uint32(e.key&0xff)
	return true
}

// learn adds up a group's features and remembers their sum.
func (s *nameSums) learn(key uint64, features []uint32, sum *laneSum) {
	var group laneSum
	s.rows.sum(features, &group)
	s.memo[key>>(64-memoBits)] = groupSum{key&^0xff | uint64(group.rows), group.a, group.b, group.c}
	sum.add(&group)
}

// laneSum is the sum of at most maxRows rows of weights, in words of four
// 16-bit lanes: weights 0 2 4 6, 1 3 5 7, 8 10 9 11, each row's 128 too great.
type laneSum struct {
	a, b, c uint64
	rows    uint32
}

func (s *laneSum) add(o *laneSum) {
	s.a, s.b, s.c, s.rows = s.a+o.a, s.b+o.b, s.c+o.c, s.rows+o.rows
}

// weights are the sums as numbers.
func (s *laneSum) weights() (sum [labelWidth]int32) {
	over := int32(128 * s.rows)
	lane := func(v uint64, k int) int32 { return int32(v>>(16*k)&0xffff) - over }
	for k := range 4 {
		sum[2*k] = lane(s.a, k)
		sum[2*k+1] = lane(s.b, k)
	}
	sum[8], sum[10], sum[9], sum[11] = lane(s.c, 0), lane(s.c, 1), lane(s.c, 2), lane(s.c, 3)
	return sum
}
