package extract

import "kith"

// modality says how certain the text is of what the word at trigger tells,
// and whether the text says that it is not so. It reads the words that govern
// the trigger, from the inside out, up to the edge of its clause: a hedge in
// one clause leaves its neighbour asserted.
func (t *tree) modality(trigger int) (kith.Modality, bool) {
	c, ok := t.clausesOf(trigger)
	if !ok {
		return kith.Asserted, false
	}
	f := force{clauses: c, level: kith.Asserted}
	f.from = -1
	for i, steps := trigger, 0; i >= 0 && steps < 40; steps++ {
		f.own(i)
		f.outer = f.rel(i) == kith.Conj && f.predicate(i)
		next, goOn := f.climb(i)
		if !goOn {
			break
		}
		f.from, i = i, next
	}
	if f.level == kith.Asserted {
		f.leadIn(trigger)
	}
	if f.level == kith.Asserted && f.polar(trigger) {
		f.weaken(kith.Hedged)
	}
	return f.level, f.negated
}

// polar reports whether a verb without an ending is what a question that
// begins with an auxiliary asks: "Will Lee, who lost, show up?"
func (f *force) polar(i int) bool {
	if f.form(f.last-1) != "?" || f.xtag(i).String() != "VB" || f.child(i, kith.Mark) >= 0 {
		return false
	}
	switch f.form(f.tree.sentenceStart(f.first)) {
	case "will", "would", "can", "could", "did", "does", "do", "should", "may", "might", "must", "shall":
		return true
	}
	return false
}

// leadIn reads the word right before "to VERB", for trees that hang the
// infinitive elsewhere: "her decision to run".
func (f *force) leadIn(i int) {
	if i-2 < f.first || f.form(i-1) != "to" || f.tag(i) != kith.VERB && f.tag(i) != kith.AUX || f.child(i, kith.Mark) < 0 && f.xtag(i).String() != "VB" {
		return
	}
	lemma := f.lemma(i - 2)
	switch tag := f.tag(i - 2); {
	case tag == kith.NOUN && hedgingNouns[lemma], tag == kith.NOUN && effortNouns[lemma]:
		f.weaken(kith.Hedged)
	case tag == kith.NOUN && planningNouns[lemma]:
		f.weaken(kith.Planned)
	}
}

// force gathers what the words around a trigger do to its certainty.
type force struct {
	clauses
	level   kith.Modality
	negated bool
	from    int  // where the climb comes from, -1 at the trigger itself
	outer   bool // it comes from a coordinated verb, which shares auxiliaries only
}

// weaken lowers the certainty: a hedge outdoes a plan, a plan a fact.
func (f *force) weaken(m kith.Modality) {
	if m == kith.Hedged || f.level == kith.Asserted {
		f.level = m
	}
}

// own reads the words that hang on i itself: auxiliaries, negations, adverbs,
// adjectives, articles.
func (f *force) own(i int) {
	conditional := false
	f.each(i, func(k int) bool {
		if k == f.from || f.outer && f.rel(k) != kith.Aux && f.rel(k) != kith.Advmod {
			return true
		}
		switch f.rel(k) {
		case kith.Aux:
			f.auxiliary(i, k)
		case kith.Advmod, kith.Discourse, kith.CCPreconj:
			f.adverb(i, k)
		case kith.Advcl:
			conditional = conditional || f.hasMark(k, conditions)
		case kith.Amod:
			f.adjective(k)
		case kith.Det:
			f.negated = f.negated != (f.lemma(k) == "no" || f.lemma(k) == "neither")
		case kith.Case, kith.Mark:
			f.negated = f.negated != (f.lemma(k) == "without" && !f.neverWithout(i))
		case kith.Nsubj, kith.NsubjPass, kith.Obj:
			f.empty(k)
		case kith.Obl:
			if f.form(k) == "circumstances" && f.child(k, kith.Det) >= 0 && f.lemma(f.child(k, kith.Det)) == "no" {
				f.negated = !f.negated
			}
		}
		return true
	})
	if conditional && f.level == kith.Planned {
		f.weaken(kith.Hedged)
	}
	if f.negated && f.level == kith.Asserted && f.notUntil(i) {
		f.negated = false
	}
}

// notUntil reports whether "until" says when what a verb denies came about: who
// "had not met her until May" met her then.
func (f *force) notUntil(i int) bool {
	found := false
	f.each(i, func(k int) bool {
		found = f.rel(k) == kith.Obl && f.caseIs(k, "until") || f.rel(k) == kith.Advcl && f.hasMark(k, untilWords)
		return !found
	})
	return found && f.hasNegation(i)
}

var untilWords = lemmaSet("until till")

// neverWithout reports whether the clause over "without" is denied too: who
// "never decided without calling Lee" called her.
func (f *force) neverWithout(i int) bool {
	h := f.head(i)
	return h >= 0 && h < i && (f.rel(i) == kith.Advcl || f.rel(i) == kith.Obl) && f.hasNegation(h)
}

// empty negates a clause with an argument that refers to nobody: "no
// Democrat", "nobody".
func (f *force) empty(k int) {
	if emptyPronouns[f.lemma(k)] && f.child(k, kith.Amod, kith.Acl) < 0 {
		f.negated = !f.negated
		return
	}
	if d := f.child(k, kith.Det, kith.CCPreconj); d >= 0 && (f.lemma(d) == "no" || f.form(d) == "neither") {
		f.negated = !f.negated
	}
}

func (f *force) auxiliary(i, k int) {
	form := f.form(k)
	switch {
	case planningModals[form] || form == "will":
		f.weaken(kith.Planned)
	case form == "would" || form == "'d" && f.lemma(k) == "would":
		f.would(i)
	case (form == "could" || form == "can" || form == "ca") && f.hasNegation(i) && !f.perfect(i): // "couldn't beat her": a fact
	case hedgingModals[form]:
		f.weaken(kith.Hedged)
	}
}

// would is the future of the past where somebody said, knew or planned it, and
// a supposition elsewhere. With "not" or "never" and an active verb it is a
// decision.
func (f *force) would(i int) {
	switch {
	case f.child(i, kith.Aux) >= 0 && f.perfect(i):
		f.weaken(kith.Hedged)
	case f.reported(i) || f.hasNegation(i) || f.goOn(i):
		f.weaken(kith.Planned)
	default:
		f.weaken(kith.Hedged)
	}
}

// goOn recognises "would go on to", which tells of the past.
func (f *force) goOn(i int) bool { return f.lemma(i) == "go" || f.lemma(i) == "become" }

// perfect reports whether "have" stands among the auxiliaries of i.
func (f *force) perfect(i int) bool {
	found := false
	f.each(i, func(k int) bool {
		found = found || f.rel(k) == kith.Aux && f.form(k) == "have"
		return true
	})
	return found
}

// reported reports whether the clause of i completes a verb or noun, over
// coordination.
func (f *force) reported(i int) bool {
	for n := 0; i >= 0 && n < 10; n++ {
		switch f.rel(i) {
		case kith.Ccomp, kith.Acl, kith.Parataxis, kith.Csubj:
			return true
		case kith.Conj, kith.Xcomp:
			i = f.head(i)
		default:
			return f.child(i, kith.Parataxis) >= 0
		}
	}
	return false
}

func (f *force) hasNegation(i int) bool {
	found := false
	f.each(i, func(k int) bool {
		found = found || negations[f.lemma(k)]
		return true
	})
	return found
}

func (f *force) adverb(i, k int) {
	lemma := f.lemma(k)
	switch {
	case negations[lemma]:
		if !f.merely(i, k) {
			f.negated = !f.negated
		}
	case lemma == "no" && k+1 < f.last && f.form(k+1) == "longer", lemma == "longer" && k > f.first && f.form(k-1) == "no":
		f.negated = true
	case hedgingAdverbs[lemma]:
		f.weaken(kith.Hedged)
	}
}

// merely recognises "not only", "not just", which negate nothing.
func (f *force) merely(_, k int) bool {
	if k+1 >= f.last {
		return false
	}
	switch f.form(k + 1) {
	case "only", "just", "merely", "simply", "least":
		return true
	}
	return false
}

func (f *force) adjective(k int) {
	switch lemma := f.lemma(k); {
	case planningAdjectives[f.form(k)] && f.tag(k) == kith.VERB:
		f.weaken(kith.Planned)
	case hedgingAdjectives[f.form(k)] && f.tag(k) == kith.VERB:
		f.weaken(kith.Hedged)
	case hedgingAdjectives[lemma] && lemma != "open" && lemma != "free" && lemma != "interested":
		f.weaken(kith.Hedged)
	case planningAdjectives[lemma] && lemma != "committed" && lemma != "certain" && lemma != "sure":
		f.weaken(kith.Planned)
	}
}

// Certainty is what the reader makes of the certainty and polarity of what
// the token tells. It is what the scorers measure.
func Certainty(a *kith.Analysis, token int) (m kith.Modality, negated bool) {
	var t tree
	t.grow(a)
	return t.modality(token)
}
