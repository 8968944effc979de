package extract

import (
	"strings"

	"kith"
)

// clauses walks the tree of one sentence.
type clauses struct {
	a           *kith.Analysis
	first, last int // tokens of the sentence
}

// clausesOf is the tree of the sentence that holds the token.
func clausesOf(a *kith.Analysis, token int) (clauses, bool) {
	s := a.SentenceOf(token)
	if s < 0 {
		return clauses{}, false
	}
	return clauses{a, a.Sentences[s].First, a.Sentences[s].Last}, true
}

// head is the head of i inside the sentence, or -1.
func (c clauses) head(i int) int {
	h := c.a.Tokens[i].Head
	if h < c.first || h >= c.last || h == i {
		return -1
	}
	return h
}

func (c clauses) rel(i int) kith.Rel   { return c.a.Tokens[i].Rel }
func (c clauses) tag(i int) kith.Tag   { return c.a.Tokens[i].Tag }
func (c clauses) xtag(i int) kith.XTag { return c.a.Tokens[i].XTag }

// lemma is the lower-case lemma of i, or its lower-case form without one.
func (c clauses) lemma(i int) string {
	if l := c.a.Tokens[i].Lemma; l != "" && l != "_" {
		return strings.ToLower(l)
	}
	return strings.ToLower(c.a.Word(i))
}

func (c clauses) form(i int) string { return strings.ToLower(c.a.Word(i)) }

// child is the first child of i by one of the relations, or -1.
func (c clauses) child(i int, rels ...kith.Rel) int {
	for k := c.first; k < c.last; k++ {
		if c.a.Tokens[k].Head != i {
			continue
		}
		for _, r := range rels {
			if c.a.Tokens[k].Rel == r {
				return k
			}
		}
	}
	return -1
}

// each calls f with the children of i in text order until it returns false.
func (c clauses) each(i int, f func(int) bool) {
	for k := c.first; k < c.last; k++ {
		if c.a.Tokens[k].Head == i && k != i && !f(k) {
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
