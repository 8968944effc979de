package extract

import (
	"strings"

	"kith"
)

// clauses walks the tree of one sentence.
type clauses struct {
	*tree
	first, last int // tokens of the sentence
}

// sentenceStart is the first word of the sentence that begins at a token, past
// marks and "and" or "but".
func (t *tree) sentenceStart(first int) int {
	k := first
	for k+1 < len(t.a.Tokens) && k < first+3 && (t.tag(k) == kith.PUNCT || t.tag(k) == kith.CCONJ) {
		k++
	}
	return k
}

// clausesOf is the part of the tree of the sentence that holds the token.
func (t *tree) clausesOf(token int) (clauses, bool) {
	s := t.a.SentenceOf(token)
	if s < 0 {
		return clauses{}, false
	}
	return clauses{t, t.a.Sentences[s].First, t.a.Sentences[s].Last}, true
}

// head is the head of i inside the sentence, or -1.
func (c clauses) head(i int) int {
	h := c.tree.head(i)
	if h < c.first || h >= c.last || h == i {
		return -1
	}
	return h
}

// lemma is the lower-case lemma of i, or its lower-case form without one.
func (c clauses) lemma(i int) string {
	if l := c.a.Tokens[i].Lemma; l != "" && l != "_" {
		return strings.ToLower(l)
	}
	return c.low(i)
}

func (c clauses) form(i int) string { return c.low(i) }

// each calls f with the children of i in text order until it returns false.
func (c clauses) each(i int, f func(int) bool) {
	for k := c.tree.first[i]; k >= 0; k = c.next[k] {
		if int(k) >= c.first && int(k) < c.last && int(k) != i && !f(int(k)) {
			return
		}
	}
}

// subject is the subject of i, or -1.
func (c clauses) subject(i int) int { return c.child(i, kith.Nsubj, kith.NsubjPass, kith.NsubjOuter) }

// predicate reports whether i heads a clause: a verb, or a word with a copula.
func (c clauses) predicate(i int) bool {
	return c.tag(i) == kith.VERB || c.tag(i) == kith.AUX || c.child(i, kith.Cop) >= 0
}

// passive reports whether the surface subject of the verb is its object.
func (c clauses) passive(i int) bool {
	return c.child(i, kith.AuxPass, kith.NsubjPass) >= 0
}

// hasMark reports whether one of the words introduces the clause of i.
func (c clauses) hasMark(i int, words map[string]bool) bool {
	found := false
	c.each(i, func(k int) bool {
		found = (c.rel(k) == kith.Mark || c.rel(k) == kith.Advmod && k < i) && words[c.lemma(k)]
		return !found
	})
	return found
}

// phrasal is the lemma of a verb with its particle: "rule_out".
func (c clauses) phrasal(i int) string {
	if p := c.child(i, kith.CompoundPrt); p >= 0 {
		return c.lemma(i) + "_" + c.lemma(p)
	}
	if i+1 < c.last && c.lemma(i) == "rule" && c.form(i+1) == "out" {
		return "rule_out"
	}
	return c.lemma(i)
}

// infinitive reports whether "to" introduces i.
func (c clauses) infinitive(i int) bool {
	m := c.child(i, kith.Mark)
	return m >= 0 && c.form(m) == "to" && c.xtag(i) != xGerund
}

var xGerund = kith.ParseXTag("VBG")
