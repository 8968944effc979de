package text

import (
	"kith"
	"kith/text/linear"
)

// The moves of the arc-hybrid system.
const (
	shift = iota // the next word goes onto the stack
	left         // the next word becomes head of the stack's top, which leaves
	right        // the word below becomes head of the stack's top, which leaves
)

const none = -1

// parseWord is a word as the parser's features see it.
type parseWord struct {
	word, tag, both uint64 // form, tags, and the two together
	cluster, short  uint64 // fine and coarse class
}

// parseState is a partial parse. Word n, after the last, is the root.
type parseState struct {
	n     int
	words []parseWord // n+2: the root's, and that of "no word" last
	stack []int32
	next  int // first word not yet on the stack
	head  []int32
	rel   []kith.Rel
	// children: the outermost and second outermost to each side, and the set
	// of their relations
	first, first2, last, last2 []int32
	gaps                       [][gapKinds]uint16 // how many of each kind stand before a word
	leftSet, rightSet          []uint64
}

const (
	rootTag    = 200
	outsideTag = 201
)

func (s *parseState) reset(lexemes []lexeme, tokens []kith.Token) {
	n := len(tokens)
	s.n, s.next, s.stack, s.words = n, 0, s.stack[:0], s.words[:0]
	for i := range lexemes {
		t := uint64(tokens[i].XTag) | uint64(tokens[i].Tag)<<8
		l := &lexemes[i]
		s.words = append(s.words, parseWord{l.word, t, linear.Mix(l.word, t), l.fine, l.middle})
	}
	s.words = append(s.words, parseWord{word: rootTag, tag: rootTag, both: rootTag}, parseWord{word: outsideTag, tag: outsideTag, both: outsideTag})
	s.countGaps(tokens)
	s.head = fill(s.head, n+1, none)
	s.rel = fill(s.rel, n+1, kith.NoRel)
	s.first, s.first2 = fill(s.first, n+1, none), fill(s.first2, n+1, none)
	s.last, s.last2 = fill(s.last, n+1, none), fill(s.last2, n+1, none)
	s.leftSet, s.rightSet = fill(s.leftSet, n+1, 0), fill(s.rightSet, n+1, 0)
}

// The kinds of word that are counted between the ends of an arc.
const gapKinds = 4

// countGaps fills gaps. gaps[i] counts the words before i.
func (s *parseState) countGaps(tokens []kith.Token) {
	var n [gapKinds]uint16
	s.gaps = append(s.gaps[:0], n)
	for i := range tokens {
		switch t := tokens[i].Tag; {
		case t == kith.VERB || t == kith.AUX:
			n[0]++
		case t == kith.PUNCT && tokens[i].XTag == comma:
			n[1]++
		case t == kith.PUNCT:
			n[2]++
		case t == kith.CCONJ || t == kith.SCONJ:
			n[3]++
		}
		s.gaps = append(s.gaps, n)
	}
	s.gaps = append(s.gaps, n)
}

var comma = kith.ParseXTag(",")

func fill[T any](list []T, n int, v T) []T {
	list = list[:0]
	for range n {
		list = append(list, v)
	}
	return list
}

// tag is the universal part of speech of a word.
func (s *parseState) tag(word int) kith.Tag { return kith.Tag(s.words[word].tag >> 8) }

func (s *parseState) done() bool { return s.next == s.n && len(s.stack) == 0 }

// legal returns the set of moves that may follow, as bits.
func (s *parseState) legal() int {
	var set int
	if s.next < s.n {
		set |= 1 << shift
	}
	if k := len(s.stack); k > 0 && s.next < s.n || k == 1 {
		set |= 1 << left
	}
	if len(s.stack) > 1 {
		set |= 1 << right
	}
	return set
}

func bestMove[T int32 | float32](scores *[3]T, legal int) int {
	best := none
	for m, v := range scores {
		if legal&(1<<m) != 0 && (best < 0 || v > scores[best]) {
			best = m
		}
	}
	return best
}

// arc returns the arc that a move makes; the child is -1 for shift.
func (s *parseState) arc(move int) (head, child int) {
	k := len(s.stack)
	switch move {
	case left:
		return s.next, int(s.stack[k-1])
	case right:
		return int(s.stack[k-2]), int(s.stack[k-1])
	}
	return none, none
}

// apply makes a move. The relation of a new arc must have been set.
func (s *parseState) apply(move int) {
	if move == shift {
		s.stack = append(s.stack, int32(s.next))
		s.next++
		return
	}
	head, child := s.arc(move)
	s.stack = s.stack[:len(s.stack)-1]
	s.head[child] = int32(head)
	bit := uint64(1) << s.rel[child]
	if move == left {
		s.first2[head], s.first[head] = s.first[head], int32(child)
		s.leftSet[head] |= bit
		return
	}
	s.last2[head], s.last[head] = s.last[head], int32(child)
	s.rightSet[head] |= bit
}

// write copies heads and relations to the sentence's tokens, whose first is
// token number offset of the document.
func (s *parseState) write(tokens []kith.Token, offset int) {
	for i := range tokens {
		t := &tokens[i]
		t.Rel = s.rel[i]
		t.Head = int(s.head[i]) + offset
		if int(s.head[i]) == s.n {
			t.Head, t.Rel = -1, kith.Root
		}
	}
}
