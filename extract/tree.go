package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kith"
)

// tree gives the children of each token, over a copy of the heads and
// relations that the parser has set, which tidy mends where English allows one
// reading only. Children come in text order.
type tree struct {
	a           *kith.Analysis
	lowText     string   // the text with the letters of English in lower case
	lowered     []string // words in lower case
	heads       []int32
	rels        []kith.Rel
	first, next []int32 // -1 for none
	stale       bool    // heads have changed since the last link
	moved       []moved // by move since then
}

// emptied is a tree of nothing in the memory of this one.
func (t *tree) emptied() tree {
	return tree{heads: t.heads[:0], rels: t.rels[:0], first: t.first[:0], next: t.next[:0], moved: t.moved[:0], lowered: t.lowered[:0]}
}

// grow fits the tree to an analysis, reusing its arrays.
func (t *tree) grow(a *kith.Analysis) {
	t.a = a
	n := len(a.Tokens)
	t.heads = resize(t.heads, n)
	t.rels = append(t.rels[:0], make([]kith.Rel, n)...)
	for i, k := range a.Tokens {
		t.heads[i], t.rels[i] = int32(k.Head), k.Rel
		if k.Head >= n {
			t.heads[i] = -1
		}
	}
	t.lowText, t.lowered = lowerWords(a, t.lowered[:0])
	t.link()
}

// lowerWords is the text of a document with the letters of English in lower
// case, and its words, all in lower case, appended to words.
func lowerWords(a *kith.Analysis, words []string) (string, []string) {
	text := a.Document.Text
	low := make([]byte, len(text))
	for i := range low {
		low[i] = text[i]
		if c := text[i]; c >= 'A' && c <= 'Z' {
			low[i] += 'a' - 'A'
		}
	}
	all := string(low)
	words = slices.Grow(words, len(a.Tokens))
	for i, token := range a.Tokens {
		w := token.Cut(all)
		if !ascii(w) {
			w = strings.ToLower(a.Word(i))
		}
		words = append(words, w)
	}
	return all, words
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// moved is a token that hangs on another head than the one that lists it.
type moved struct{ token, from int32 }

// move hangs a token on another head; the lists of children follow with relink.
func (t *tree) move(i, head int, rel kith.Rel) {
	t.moved = append(t.moved, moved{int32(i), t.heads[i]})
	t.heads[i], t.rels[i] = int32(head), rel
}

// relink brings the lists of children up to date with the tokens that move has
// moved, in time proportional to their lists.
func (t *tree) relink() {
	if t.stale {
		t.link()
		t.moved = t.moved[:0]
		return
	}
	for k, m := range t.moved {
		if !slices.ContainsFunc(t.moved[:k], func(o moved) bool { return o.token == m.token }) {
			t.unlist(m.token, m.from)
			t.list(m.token, t.heads[m.token])
		}
	}
	t.moved = t.moved[:0]
}

func (t *tree) unlist(i, head int32) {
	if head < 0 {
		return
	}
	at := &t.first[head]
	for *at >= 0 && *at != i {
		at = &t.next[*at]
	}
	if *at == i {
		*at = t.next[i]
	}
}

func (t *tree) list(i, head int32) {
	t.next[i] = -1
	if head < 0 {
		return
	}
	at := &t.first[head]
	for *at >= 0 && *at < i {
		at = &t.next[*at]
	}
	t.next[i], *at = *at, i
}

// link builds the lists of children from the heads.
func (t *tree) link() {
	t.stale = false
	n := len(t.heads)
	t.first, t.next = resize(t.first, n), resize(t.next, n)
	for i := n - 1; i >= 0; i-- {
		if h := t.heads[i]; h >= 0 {
			t.next[i] = t.first[h]
			t.first[h] = int32(i)
		}
	}
}

func resize(s []int32, n int) []int32 {
	if cap(s) < n {
		s = make([]int32, n, n+n/2)
	}
	s = s[:n]
	for i := range s {
		s[i] = -1
	}
	return s
}

// child returns the first child of i by one of the relations, or -1.
func (t *tree) child(i int, rels ...kith.Rel) int {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		for _, r := range rels {
			if t.rels[c] == r {
				return int(c)
			}
		}
	}
	return -1
}

// childLemma returns the first child of i with that lemma, or -1.
func (t *tree) childLemma(i int, lemma string) int {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if strings.EqualFold(t.a.Tokens[c].Lemma, lemma) {
			return int(c)
		}
	}
	return -1
}

func (t *tree) rel(i int) kith.Rel { return t.rels[i] }
func (t *tree) head(i int) int     { return int(t.heads[i]) }
func (t *tree) lemma(i int) string { return t.a.Tokens[i].Lemma }

// lowLemma is the lemma in lower case. That of a name is most often the word.
func (t *tree) lowLemma(i int) string {
	lemma := t.a.Tokens[i].Lemma
	if lemma != "" && lemma[0]-'A' < 26 && lemma == t.a.Word(i) {
		return t.lowered[i]
	}
	return lower(lemma)
}

func (t *tree) low(i int) string     { return t.lowered[i] }
func (t *tree) tag(i int) kith.Tag   { return t.a.Tokens[i].Tag }
func (t *tree) xtag(i int) kith.XTag { return t.a.Tokens[i].XTag }

// edges returns the first and last token of the part of i's subtree that
// keep admits; keep is asked of each token below i.
func (t *tree) edges(i int, keep func(int) bool) (lo, hi int) {
	lo, hi = i, i
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if !keep(int(c)) {
			continue
		}
		l, h := t.edges(int(c), keep)
		lo, hi = min(lo, l), max(hi, h)
	}
	return lo, hi
}

// under reports whether token i stands in the subtree of top.
func (t *tree) under(i, top int) bool {
	for n := 0; i >= 0 && n < 200; n++ {
		if i == top {
			return true
		}
		i = t.head(i)
	}
	return false
}

// relative reports whether i is a relative pronoun.
func (t *tree) relative(i int) bool {
	switch t.a.Tokens[i].XTag {
	case xWP, xWDT, xWPS:
		return true
	}
	return t.a.Tokens[i].Tag == kith.PRON && t.lemma(i) == "that" && t.clauseOf(i) >= 0
}

// clauseOf returns the relative clause's verb above i, or -1.
func (t *tree) clauseOf(i int) int {
	for n := 0; i >= 0 && n < 12; n++ {
		switch t.rel(i) {
		case kith.AclRelcl:
			return i
		case kith.Acl, kith.Appos, kith.Parataxis, kith.Dep, kith.Advcl, kith.Ccomp, kith.Conj:
			// a relative clause that the parser took for something else
			if h := t.head(i); n > 0 && h >= 0 && h < i && (t.tag(h) == kith.NOUN || t.tag(h) == kith.PROPN) {
				return i
			}
		}
		i = t.head(i)
	}
	return -1
}

var (
	xWP   = kith.ParseXTag("WP")
	xWDT  = kith.ParseXTag("WDT")
	xWPS  = kith.ParseXTag("WP$")
	xVBN  = kith.ParseXTag("VBN")
	xVBD  = kith.ParseXTag("VBD")
	xVBG  = kith.ParseXTag("VBG")
	xNNS  = kith.ParseXTag("NNS")
	xPRP  = kith.ParseXTag("PRP")
	xNNPS = kith.ParseXTag("NNPS")
	xPRPS = kith.ParseXTag("PRP$")
)
