package extract

import (
	"strings"

	"kith"
)

// fronted mends a clause that begins with a phrase, a comma and its subject's
// name, where the phrase was taken for the subject: "During a visit to Cruz,
// Ann Lee raised …", "A graduate of Brill College, Ann Lee worked …".
func (r *reader) fronted(i int, s kith.Sentence) bool {
	k := r.name[i]
	if k < 0 || r.a.Names[k].Type != kith.Person || r.headOf(i) != i {
		return false
	}
	first := r.a.Names[k].First
	for first > s.First && (r.tag(first-1) == kith.NOUN || r.tag(first-1) == kith.PROPN || r.tag(first-1) == kith.ADJ) && r.under(first-1, i) {
		first--
	}
	if first <= s.First+1 || r.a.Word(first-1) != "," {
		return false
	}
	v := r.verbAfter(r.a.Names[k].Last, s)
	if v < 0 {
		return false
	}
	n := r.child(v, kith.Nsubj, kith.NsubjPass)
	if n < 0 || n >= first-1 || n == i || r.isName(n) || r.broken(s.First, first-1) {
		return false
	}
	rel := r.rel(n)
	c := r.child(n, kith.Case)
	switch {
	case c >= 0 && c < n && c == s.First && r.tag(c) == kith.ADP:
		return r.attach(i, v, rel) && r.attach(n, v, kith.Obl)
	case r.lex.person(r.lemma(n)) && r.tag(n) == kith.NOUN && n-s.First < 5 && r.child(n, kith.Appos) != i && r.child(n, kith.NmodPoss) < 0:
		return r.attach(i, v, rel) && r.attach(n, i, kith.Appos)
	}
	return false
}

// broken reports whether a verb or a second comma stands among tokens
// [from, to).
func (r *reader) broken(from, to int) bool {
	for k := from; k < to; k++ {
		if r.a.Word(k) == "," || r.a.Word(k) == ";" || r.tag(k) == kith.AUX || r.tag(k) == kith.VERB && r.finite(k) {
			return true
		}
	}
	return false
}

// verbAfter is the finite verb that begins at token i, over auxiliaries and
// adverbs; -1 where something else stands there.
func (r *reader) verbAfter(i int, s kith.Sentence) int {
	for v := i; v < s.Last && v < i+5; v++ {
		switch {
		case r.tag(v) == kith.AUX || r.tag(v) == kith.ADV || r.tag(v) == kith.PART:
		case r.tag(v) == kith.VERB && r.finite(v):
			return v
		default:
			return -1
		}
	}
	return -1
}

// untitle makes a name the head of its title, which parsers take now for the
// one and now for the other: "Sen. Ann Lee", "Secretary of State Ann Lee".
func (r *reader) untitle(i int, s kith.Sentence) bool {
	k := r.name[i]
	if k < 0 || r.a.Names[k].Type != kith.Person || r.rel(i) != kith.Flat && r.rel(i) != kith.Appos && r.rel(i) != kith.Nmod {
		return false
	}
	h := r.a.Names[k].First - 1
	if h < s.First || r.head(i) != h || r.name[h] >= 0 && r.a.Names[r.name[h]].Type == kith.Person {
		return false
	}
	top := h
	if up := r.head(h); r.rel(h) == kith.Nmod && up == h-2 && strings.EqualFold(r.a.Word(h-1), "of") {
		top = up
	}
	if r.isName(top) || !r.isHead(top) || r.tag(top) == kith.VERB || r.child(top, kith.Cop, kith.NmodPoss) >= 0 || r.head(top) < 0 {
		return false
	}
	if d := r.child(top, kith.Det); d >= 0 {
		return false // "the president Ann Lee"
	}
	r.heads[i], r.rels[i] = r.heads[top], r.rels[top]
	r.heads[top], r.rels[top] = int32(i), kith.NmodDesc
	for c := r.first[top]; c >= 0; c = r.next[c] { // what follows the name hangs on the name
		if int(c) > i || r.rel(int(c)) == kith.Case && top == h {
			r.heads[c] = int32(i)
		}
	}
	r.stale = true
	return true
}

// resumed gives a verb its named subject back where the description behind the
// name was taken for it: "Ann Lee, the Ohio Democrat who chairs …, has hired".
func (r *reader) resumed(i int, s kith.Sentence) bool {
	k := r.name[i]
	if k < 0 || r.a.Names[k].Type != kith.Person || r.child(i, kith.Case) >= 0 {
		return false
	}
	switch r.rel(i) {
	case kith.OblUnmarked, kith.NmodUnmarked, kith.Dislocated, kith.Vocative, kith.Dep, kith.Obl, kith.Discourse:
	default:
		return false
	}
	v, last := r.head(i), r.a.Names[k].Last
	if last+2 >= s.Last || r.a.Word(last) != "," || v < last || !r.clausal(v) {
		return false
	}
	n := r.child(v, kith.Nsubj, kith.NsubjPass)
	if n <= last || n > last+6 || r.isName(n) || r.tag(n) != kith.NOUN && r.tag(n) != kith.PROPN || !r.lex.person(r.lemma(n)) && !in(partyPeople, r.low(n)) {
		return false
	}
	for c := last + 1; c < n; c++ {
		if !r.under(c, n) {
			return false
		}
	}
	rel := r.rel(n)
	return r.attach(i, v, rel) && r.attach(n, i, kith.Appos)
}

// partyPeople are words for the members of parties.
var partyPeople = words("democrat republican conservative tory liberal socialist labourite independent")

// holderOf hangs a person's name behind a comma on the post before it, where
// the parser put it beside the post's body: "The chairman of Rask Media, Bo
// Cruz, accused".
func (r *reader) holderOf(i int) bool {
	k, h := r.name[i], r.head(i)
	if k < 0 || r.a.Names[k].Type != kith.Person || r.rel(i) != kith.Conj && r.rel(i) != kith.Appos || !r.isName(h) || h > i || r.child(i, kith.CC, kith.Conj, kith.Case) >= 0 {
		return false
	}
	if first := r.a.Names[k].First; first < 1 || r.a.Word(first-1) != "," || r.name[h] < 0 || r.listed(h) {
		return false
	}
	if last := r.a.Names[k].Last; r.personName(h) && (r.childLemma(h, "for") < 0 && r.childLemma(h, "to") < 0 || last+1 >= len(r.a.Tokens) || r.a.Word(last) != "," ||
		r.tag(last+1) != kith.VERB && r.tag(last+1) != kith.AUX) {
		return false // "an aide to Lee, Cruz and Ames"
	}
	n := r.head(h)
	if n < 0 || r.rel(h) != kith.Nmod || r.tag(n) != kith.NOUN || r.isName(n) || !r.lex.person(r.lemma(n)) || r.xtag(n) == xNNS || r.child(n, kith.Appos) >= 0 {
		return false
	}
	return r.attach(i, n, kith.Appos)
}

// frontedPronoun hangs a description that opens a sentence on the pronoun
// behind its comma: "A former aide to Lee, he runs the bank".
func (r *reader) frontedPronoun(i, v int, s kith.Sentence) bool {
	if sexOf(r.a.Word(i)) == 0 || i < s.First+3 || r.a.Word(i-1) != "," || v < i {
		return false
	}
	n := r.frontedNoun(i, v, s)
	return n >= 0 && r.attach(n, i, kith.Appos)
}

// frontedNoun is the noun for a person whose phrase fills the sentence up to the
// comma before token i, and which the tree hangs on verb v; -1 for none.
func (r *reader) frontedNoun(i, v int, s kith.Sentence) int {
	if r.tag(s.First) != kith.DET && r.tag(s.First) != kith.ADJ && r.tag(s.First) != kith.NUM {
		return -1
	}
	for c := r.first[v]; c >= 0 && int(c) < i; c = r.next[c] {
		n := int(c)
		if r.tag(n) == kith.NOUN && r.lex.person(r.lemma(n)) && n-s.First < 6 && r.child(n, kith.Case, kith.Cop) < 0 && !r.broken(s.First, i-1) {
			return n
		}
	}
	return -1
}

// afterSemicolon gives the name that opens a clause behind a semicolon to that
// clause's verb: "Lee runs the office; Cruz, who wrote for her, joined Ames".
func (r *reader) afterSemicolon(i int, s kith.Sentence) bool {
	h := r.head(i)
	if r.name[i] < 0 || h >= i || r.rel(i) == kith.Nsubj || r.rel(i) == kith.NsubjPass || !r.isName(i) {
		return false
	}
	if first := r.a.Names[r.name[i]].First; first <= s.First || r.a.Word(first-1) != ";" {
		return false
	}
	for v := i + 1; v < s.Last && r.a.Word(v) != ";"; v++ {
		if r.tag(v) == kith.VERB && r.finite(v) && r.head(v) >= 0 && r.head(v) < i && (r.rel(v) == kith.Conj || r.rel(v) == kith.Parataxis) {
			return r.child(v, kith.Nsubj, kith.NsubjPass, kith.CC) < 0 && r.attach(i, v, kith.Nsubj)
		}
	}
	return false
}

// relativeGoesOn finds the verb of the relative clause that a predicate joined
// by "and" without a comma goes on with, where the tree joins it to the main
// clause: "worked for Lee, who recruited her and is now president". It is -1
// for none.
func (r *reader) relativeGoesOn(i, h int) int {
	cc := -1
	for c := r.first[i]; c >= 0 && int(c) < i; c = r.next[c] {
		if r.rel(int(c)) == kith.CC {
			cc = int(c)
		}
	}
	if cc <= h || !r.clausal(i) || !r.finite(i) || r.a.Word(cc-1) == "," || r.child(i, kith.Nsubj, kith.NsubjPass) >= 0 {
		return -1
	}
	for v := cc - 1; v > h; v-- {
		switch {
		case r.a.Word(v) == ",":
			return -1
		case r.rel(v) == kith.AclRelcl && r.clausal(v) && r.head(v) > h:
			return v
		}
	}
	return -1
}
