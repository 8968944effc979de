package extract

import "kith"

// shortfall is the verb of "stopped short of endorsing Lee", over whose "short"
// the clause or phrase of i hangs: what follows did not happen. It is -1 for
// any other.
func (f *force) shortfall(i, h int) int {
	if f.form(h) != "short" || !f.caseIs(i, "of") {
		return -1
	}
	if v := f.head(h); v >= 0 && (f.lemma(v) == "stop" || f.lemma(v) == "fall" || f.lemma(v) == "come") {
		return v
	}
	return -1
}

// gerundUnder reads the verb over a gerund: one that it governs without a
// preposition and that the tree hangs as an adverbial ("ruled out joining"), or
// one behind a preposition that the verb asks for ("barred Lee from running").
// ok is false for any other word; goOn says whether the verb's own words bear
// on it.
func (f *force) gerundUnder(i, h int) (goOn, ok bool) {
	if f.xtag(i) != xGerund || f.tag(h) != kith.VERB || i < h || f.rel(i) != kith.Advcl && f.rel(i) != kith.Obl {
		return false, false
	}
	m := f.child(i, kith.Mark, kith.Case)
	if m < 0 {
		if !f.adjoins(h, i) {
			return false, false
		}
		return f.complement(i, h), true
	}
	verb, prep := f.lemma(h), f.form(m)
	switch {
	case prep == "from" && preventing[verb], prep == "out" && talkingOut[verb]:
		f.negated = !f.negated
	case prep == "against" && decidingAgainst[verb]:
		if hedgingVerbs[verb] {
			f.weaken(kith.Hedged)
		}
		f.negated = !f.negated
	case prep == "of" && (verb == "accuse" || verb == "suspect"), prep == "into" && (verb == "pressure" || verb == "goad"), prep == "with" && verb == "charge":
		f.weaken(kith.Hedged)
		return false, true
	case prep == "to" && (verb == "commit" || verb == "agree"):
		if f.hasNegation(h) {
			f.weaken(kith.Hedged)
			return false, true
		}
	case (prep == "about" || prep == "of") && (verb == "think" || verb == "talk" || verb == "speculate" || verb == "dream"):
		f.weaken(kith.Hedged)
	default:
		return false, false
	}
	return true, true
}

// adjoins reports whether i follows the verb h over nothing but its particle
// and adverbs.
func (f *force) adjoins(h, i int) bool {
	for k := h + 1; k < i; k++ {
		if f.rel(k) != kith.CompoundPrt && f.tag(k) != kith.ADV && f.tag(k) != kith.PART && f.tag(k) != kith.ADP {
			return false
		}
	}
	return true
}

var (
	// preventing lists verbs that with "from" and a gerund tell of what did not
	// happen.
	preventing = lemmaSet(`back ban bar block deter discourage disqualify dissuade exclude forbid hinder keep preclude prevent prohibit
		refrain restrain shrink shy stop`)
	// talkingOut lists those that do so with "out of".
	talkingOut = lemmaSet(`argue bully cheat force frighten scare talk trick`)
	// decidingAgainst lists those that do so with "against".
	decidingAgainst = lemmaSet(`advise argue caution choose counsel decide elect lean opt recommend vote warn`)
)
