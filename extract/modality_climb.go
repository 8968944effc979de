package extract

import "kith"

// climb reads what the head of i does to i, and says where to go on: to the
// head where i lies in its scope, nowhere at the edge of a clause.
func (f *force) climb(i int) (next int, goOn bool) {
	if f.hasMark(i, conditions) || f.supposed(i) {
		f.weaken(kith.Hedged)
	}
	h := f.head(i)
	if h < 0 {
		f.question(i)
		switch noun := f.subject(i); {
		case noun >= 0 && noun < i && f.infinitive(i) && f.child(noun, kith.Cop) >= 0: // "was among the first to endorse" with that for its root
			f.own(noun)
		case f.infinitive(i): // a headline: "Mayor to step down"
			f.weaken(kith.Planned)
		case f.xtag(i).String() == "VB" && f.subject(i) < 0 && f.child(i, kith.Aux) < 0: // an order
			f.weaken(kith.Hedged)
		}
		return -1, false
	}
	if v := f.shortfall(i, h); v >= 0 {
		f.negated = !f.negated
		return v, true
	}
	if how, ok := f.gerundUnder(i, h); ok {
		return h, how
	}
	switch f.rel(i) {
	case kith.Xcomp, kith.Ccomp, kith.Csubj, kith.CsubjPass:
		return h, f.complement(i, h)
	case kith.Obj, kith.NsubjPass:
		return h, f.object(i, h)
	case kith.Obl, kith.Nmod, kith.Acl, kith.OblAgent:
		return h, f.phrase(i, h)
	case kith.Advcl:
		return h, f.adverbial(i, h)
	case kith.Conj:
		if x := f.nearerConjunct(i, h); x >= 0 { // "considering running or making"
			return x, true
		}
		return h, f.coordinated(i, h)
	case kith.Appos, kith.Compound, kith.Flat, kith.NmodPoss, kith.NmodDesc, kith.NmodUnmarked:
		return -1, false
	case kith.Parataxis:
		f.question(i)
	}
	return -1, false
}

// question hedges the main clause of a question, unless it asks who, when or
// why of what it takes as done.
func (f *force) question(i int) {
	asksDetail := false
	f.each(i, func(k int) bool {
		asksDetail = asksDetail || f.xtag(k).String() == "WRB" || f.xtag(k).String() == "WP"
		return true
	})
	if asksDetail {
		return
	}
	if f.form(f.last-1) == "?" || f.last-2 >= f.first && f.form(f.last-2) == "?" {
		f.weaken(kith.Hedged)
	}
}

// complement reads the verb, adjective or noun that a clause completes.
func (f *force) complement(i, h int) bool {
	verb := f.phrasal(h)
	switch {
	case f.tag(h) == kith.ADJ && f.child(h, kith.Cop) >= 0, f.tag(h) == kith.ADJ:
		f.completedAdjective(h)
		return true
	case f.tag(h) == kith.NOUN:
		f.completedNoun(h)
		return true
	case verb == "rule_out":
		f.ruledOut(h)
		return false
	case negatingVerbs[verb]:
		f.negated = !f.negated
	case f.passive(h) && passiveHedges[verb] && f.rel(i) == kith.Xcomp:
		f.weaken(kith.Hedged)
	case f.rel(i) == kith.Xcomp || f.infinitive(i):
		f.infinitiveUnder(verb, i, h)
	case factive(verb) && f.rel(i) == kith.Ccomp && f.wished(i):
		f.weaken(kith.Hedged)
	case verb == "suggest" || verb == "hint" || persuading[verb] || hedgingVerbs[verb] && !factive(verb):
		f.weaken(kith.Hedged)
	case (verb == "say" || verb == "report") && f.hasNegation(h):
		f.weaken(kith.Hedged)
		return false
	}
	return f.lowers(verb, i, h)
}

// persuading lists verbs that leave open whether what they make somebody
// believe is so.
var persuading = lemmaSet("bet boast convince fantasize gamble imply insinuate joke persuade pretend")

// factive verbs hedge an infinitive but tell a finite clause as it is.
func factive(verb string) bool {
	switch verb {
	case "warn", "discuss", "recommend", "urge", "press", "demand", "request", "require", "ask", "advise":
		return true
	}
	return false
}

// wished reports whether a clause with "that" stands in the subjunctive:
// "demanded that she resign".
func (f *force) wished(i int) bool {
	return (f.tag(i) == kith.VERB && f.base(i) || f.form(i-1) == "be") && f.child(i, kith.Aux) < 0
}

// infinitiveUnder reads the verb over an infinitive or participle.
func (f *force) infinitiveUnder(verb string, i, h int) {
	if f.tag(i) != kith.VERB && f.tag(i) != kith.AUX && !f.infinitive(i) && verb != "seem" && verb != "appear" { // "was elected mayor"
		return
	}
	switch {
	case verb == "go" && f.form(h) == "going" && f.infinitive(i):
		f.weaken(kith.Planned)
	case verb == "be" && f.infinitive(i):
		f.weaken(kith.Planned)
	case verb == "have" && f.infinitive(i):
		if y := f.child(h, kith.Advmod); y >= 0 && f.form(y) == "yet" { // "has yet to endorse"
			f.negated = !f.negated
			return
		}
		if f.form(h) != "had" { // who had to go went
			f.weaken(kith.Hedged)
		}
	case hedgingVerbs[verb] || contending[verb] || ordering[verb] && f.child(h, kith.Obj, kith.Iobj, kith.NsubjPass) >= 0:
		f.weaken(kith.Hedged)
	case (verb == "persuade" || verb == "convince" || verb == "get") && f.infinitive(h): // "flew in to persuade Lee to run"
		f.weaken(kith.Hedged)
	case planningVerbs[verb]:
		f.weaken(kith.Planned)
	}
}

// ordering lists verbs that tell somebody what to do, which need not be done.
var ordering = lemmaSet("tell order instruct direct command remind pay entreat exhort enjoin summon")

// contending lists verbs whose purpose is in the hands of others: "is running to
// replace Lee".
var contending = lemmaSet("run vie compete campaign jockey angle bid maneuver apply audition")

// lowers decides whether what hangs on the verb h bears on its complement too,
// and goes on there only if so. A reported clause is closed towards its
// reporter, whose own hedges and negations are about the saying.
func (f *force) lowers(verb string, i, h int) bool {
	if f.rel(i) == kith.Ccomp && !f.infinitive(i) {
		if f.hasNegation(h) && (verb == "think" || verb == "believe" || verb == "expect") {
			f.negated = !f.negated
		}
		return false
	}
	if planningVerbs[verb] && f.hasNegation(h) && !loweringVerbs[verb] {
		f.weaken(kith.Hedged)
		return false
	}
	return true
}

// ruledOut reads "has not ruled out running" as open and "ruled out running"
// as a decision against it.
func (f *force) ruledOut(h int) {
	if f.hasNegation(h) {
		f.weaken(kith.Hedged)
		return
	}
	f.weaken(kith.Planned)
	f.negated = !f.negated
}

func (f *force) completedAdjective(h int) {
	switch lemma := f.lemma(h); {
	case lemma == "unlikely" || lemma == "unwilling" || lemma == "unable":
		f.weaken(kith.Hedged)
		f.negated = !f.negated
	case hedgingAdjectives[lemma]:
		f.weaken(kith.Hedged)
	case planningAdjectives[lemma]:
		f.weaken(kith.Planned)
	case lemma == "false" || lemma == "untrue":
		f.negated = !f.negated
	}
}

func (f *force) completedNoun(h int) {
	switch lemma := f.lemma(h); {
	case hedgingNouns[lemma]:
		f.weaken(kith.Hedged)
	case planningNouns[lemma]:
		f.weaken(kith.Planned)
	case negatingNouns[lemma]:
		f.negated = !f.negated
	}
}

// object reads the verb whose object is the trigger: "plans a fundraiser",
// "is weighing a run", "denied a deal". Light verbs pass on what bears on
// them.
func (f *force) object(i, h int) bool {
	verb := f.phrasal(h)
	switch {
	case f.rel(i) == kith.NsubjPass && f.tag(h) != kith.VERB:
		return false
	case verb == "rule_out":
		f.ruledOut(h)
		return false
	case announcingVerbs[verb] && !f.passive(h):
		return true
	case negatingVerbs[verb] && !factNoun(f.lemma(i)):
		f.negated = !f.negated
	case planningVerbs[verb]:
		f.weaken(kith.Planned)
	case hedgingVerbs[verb] && (verb != "suggest" && verb != "seek" && verb != "court" && verb != "discuss"):
		f.weaken(kith.Hedged)
	}
	return true
}

// factNoun lists objects of refusing verbs that are told as facts all the
// same: "rejected criticism" presupposes it.
func factNoun(lemma string) bool {
	switch lemma {
	case "criticism", "accusation", "allegation", "charge", "claim", "report":
		return true
	}
	return false
}

// phrase reads the noun or verb over a prepositional phrase or a clause that
// completes a noun.
func (f *force) phrase(i, h int) bool {
	if f.tag(h) == kith.NOUN && (f.rel(i) == kith.Nmod || f.rel(i) == kith.Acl) {
		lemma := f.lemma(h)
		if f.rel(i) == kith.Acl && !f.infinitive(i) && f.child(i, kith.Mark) < 0 { // "a woman born in": tells of the noun only
			return false
		}
		if effortNouns[lemma] && f.rel(i) == kith.Acl && f.infinitive(i) {
			f.weaken(kith.Hedged)
			return false
		}
		if hedgingNouns[lemma] || planningNouns[lemma] || negatingNouns[lemma] {
			if f.rel(i) == kith.Acl || f.governs(i) {
				f.completedNoun(h)
				return f.rel(h) == kith.Obj || f.rel(h) == kith.Root || f.rel(h) == kith.Conj
			}
		}
		return false
	}
	if f.rel(i) != kith.Obl || f.tag(h) != kith.VERB {
		return false
	}
	if f.caseIs(i, "about", "of") && (f.lemma(h) == "think" || f.lemma(h) == "talk" || f.lemma(h) == "speculate" || f.lemma(h) == "dream") {
		f.weaken(kith.Hedged)
		return true
	}
	if k := f.child(i, kith.Case); k >= 0 {
		if f.form(k) == "as" && floating[f.lemma(h)] {
			f.weaken(kith.Hedged)
		}
		return f.form(k) == "as" || actPhrases[f.lemma(h)+"_"+f.form(k)]
	}
	return false
}

// floating lists verbs that with "as" tell whom people think of for a post.
var floating = lemmaSet("bandy bill discuss eye float mention rumor rumour suggest tip tout")

// governs reports whether the preposition of a phrase is one by which nouns of
// possibility take their content: "the prospect of a run".
func (f *force) governs(i int) bool { return f.caseIs(i, "of", "about", "for", "on") }

func (f *force) caseIs(i int, words ...string) bool {
	k := f.child(i, kith.Case, kith.Mark)
	if k < 0 {
		return false
	}
	for _, w := range words {
		if f.form(k) == w {
			return true
		}
	}
	return false
}

// adverbial reads the clause over an adverbial one. A purpose shares the
// certainty of what is done for it; a participle that of its main clause.
func (f *force) adverbial(i, h int) bool {
	if f.hasMark(i, conditions) || f.supposed(i) {
		return false
	}
	if f.tag(h) == kith.ADJ || f.tag(h) == kith.NOUN && f.child(h, kith.Cop) < 0 {
		f.completedAdjective(h)
		return false
	}
	if f.infinitive(i) {
		f.infinitiveUnder(f.phrasal(h), i, h)
		f.futureOf(h)
		return false
	}
	if f.subject(i) < 0 && f.child(i, kith.Mark) < 0 {
		f.futureOf(h)
	}
	return false
}

// futureOf takes over a modal of the verb h, and nothing else of it.
func (f *force) futureOf(h int) {
	f.each(h, func(k int) bool {
		if f.rel(k) == kith.Aux {
			f.auxiliary(h, k)
		}
		return true
	})
}

// coordinated reads the first conjunct over a later one, which shares its
// auxiliaries only where it has none and no subject of its own and stands in
// the same form: "may leave or join".
func (f *force) coordinated(i, h int) bool {
	if !f.predicate(i) {
		return true
	}
	if f.subject(i) >= 0 || f.child(i, kith.Aux) >= 0 {
		return false
	}
	switch f.xtag(i).String() {
	case "VBD", "VBZ", "VBP":
		return false
	}
	return f.tag(i) != kith.VERB || f.tag(h) != kith.VERB || f.xtag(i) == f.xtag(h)
}

// nearerConjunct is a complement of h in the form of i that stands between
// the two: parsers often hang its conjunct one verb too high.
func (f *force) nearerConjunct(i, h int) int {
	if f.tag(i) != kith.VERB || f.subject(i) >= 0 {
		return -1
	}
	x := f.child(h, kith.Xcomp, kith.Ccomp)
	if x > h && x < i && f.xtag(x) == f.xtag(i) && (f.xtag(i) == xGerund || f.xtag(i).String() == "VB") && f.tag(x) == kith.VERB {
		return x
	}
	return -1
}
