package extract

import (
	"strings"

	"kith"
)

// elections adds the claims of sentence i about runs, wins and losses.
func (r *reader) elections(i int) {
	s := r.a.Sentences[i]
	for t := s.First; t < s.Last; t++ {
		lemma := r.lowLemma(t)
		switch r.tag(t) {
		case kith.VERB, kith.AUX:
			r.electionVerb(t, lemma, s)
		case kith.NOUN, kith.PROPN:
			r.electionNoun(t, r.low(t), s)
		}
	}
}

func (r *reader) electionVerb(t int, lemma string, s kith.Sentence) {
	switch lemma {
	case "run", "stand":
		r.runs(t, s)
	case "seek", "pursue", "contest", "enter", "join", "launch", "announce", "mount", "declare", "suspend", "abandon", "drop", "end", "plan",
		"consider", "weigh", "mull", "explore", "make", "eye", "contemplate", "rule", "quit", "leave", "want":
		r.runsBy(t, lemma, s)
	case "nominate", "renominate":
		r.nominates(t, s)
	case "vie", "file", "compete", "contend", "campaign", "register", "qualify", "participate":
		r.runsFor(t, lemma, s)
	case "win", "secure", "clinch", "retain", "capture", "take", "regain", "carry":
		r.wins(t, lemma, s)
	case "elect", "reelect", "re-elect":
		r.elected(t, s)
	case "beat", "defeat", "unseat", "oust", "outpoll", "trounce", "edge", "topple", "best", "rout", "upset", "crush", "vanquish", "drub", "thrash", "dethrone", "outpace":
		r.beats(t, lemma, s)
	case "lose", "concede", "forfeit":
		r.loses(t, lemma, s)
	}
}

// who of verb t acts: its subject's parties, found by the tree or else by the
// words before it.
func (r *reader) actors(t int) []party {
	if t > 0 && r.xtag(t) == xVBG && r.personName(t-1) { // "with Lee winning"
		return r.nameAt(t - 1)
	}
	if ps := r.persons(r.parties(max(r.surfaceSubject(t, 0), 0))); len(ps) > 0 && r.surfaceSubject(t, 0) >= 0 {
		return ps
	}
	if ps := r.subjectBefore(t); len(ps) > 0 {
		return ps
	}
	s := r.a.Sentences[r.a.SentenceOf(t)]
	if ps := r.listedAfter(t, s); len(ps) > 0 {
		return ps
	}
	return r.onlyPerson(t, s)
}

// listedAfter lists the persons named behind a colon, where the subject only
// counts them: "three people have filed: A, B and C".
func (r *reader) listedAfter(t int, s kith.Sentence) []party {
	subj := r.surfaceSubject(t, 0)
	if subj < 0 || r.xtag(subj) != xNNS {
		return nil
	}
	colon := -1
	for j := t + 1; j < s.Last; j++ {
		if r.a.Word(j) == ":" {
			colon = j
		}
		if colon >= 0 && (r.tag(j) == kith.VERB && r.xtag(j) != xVBN || r.tag(j) == kith.AUX) {
			return nil
		}
	}
	var out []party
	for j := colon + 1; colon >= 0 && j < s.Last; j++ {
		if r.personName(j) {
			out = append(out, r.nameAt(j)...)
			j = r.a.Names[r.name[j]].Last - 1
		}
	}
	return out
}

// subjectBefore finds a subject by the words right before a verb, where the
// tree has none: a name or pronoun, over auxiliaries, adverbs and "who".
func (r *reader) subjectBefore(t int) []party {
	s := r.a.Sentences[r.a.SentenceOf(t)]
	for j := t - 1; j >= s.First && t-j < 10; j-- {
		w := r.low(j)
		switch {
		case r.personName(j):
			return r.nameAt(j)
		case r.tag(j) == kith.PRON && r.mention[j] >= 0 && r.xtag(j) != xPRPS:
			return r.persons([]party{r.known(int(r.mention[j]), j, 1)})
		case r.tag(j) == kith.AUX, r.tag(j) == kith.ADV, r.tag(j) == kith.PART, w == "who", w == "and", w == "later", w == "first", w == "'s":
		case w == "," && j+1 < t && strings.EqualFold(r.a.Word(j+1), "who"):
		default:
			return r.sharedSubject(t, s)
		}
	}
	return r.sharedSubject(t, s)
}

// sharedSubject is the subject of the verb before t that t shares: "and" or
// "but" joins the two, or t is a participle behind "after", "before" or a
// comma. No other subject may come between.
func (r *reader) sharedSubject(t int, s kith.Sentence) []party {
	joined := r.xtag(t) == xVBG && t > s.First && (participleLead[r.low(t-1)])
	for j := t - 1; j >= s.First; j-- {
		switch rel := r.rel(j); {
		case rel == kith.Nsubj || rel == kith.NsubjPass:
			if !joined || r.relative(j) {
				return nil
			}
			if ps := r.persons(r.parties(j)); len(ps) > 0 {
				return ps
			}
			if j+2 < t && r.a.Word(j+1) == "," && r.personName(j+2) {
				return r.nameAt(j + 2)
			}
			return nil
		case r.tag(j) == kith.CCONJ && t-j < 9:
			joined = true
		case r.tag(j) == kith.SCONJ && !joined || r.a.Word(j) == ";" || r.a.Word(j) == ":":
			return nil
		}
	}
	return nil
}

var participleLead = lemmaSet("after before by while since , despite without when")

// onlyPerson is the one person named in the sentence before t, if the sentence
// is about that person: the name, or its title, opens it.
func (r *reader) onlyPerson(t int, s kith.Sentence) []party {
	var who []party
	for j := s.First; j < t; j++ {
		if !r.personName(j) {
			continue
		}
		ps := r.nameAt(j)
		if len(who) == 0 && j > s.First+2 || len(who) > 0 && len(ps) > 0 && ps[0].entity != who[0].entity {
			return nil
		}
		who = ps
		j = r.a.Names[r.name[j]].Last - 1
	}
	return who
}

// race is a claim of an election in the making.
type race struct {
	contest
	who     []party
	trigger int
	granted bool // a title or description, which the sentence takes for granted
}

// emit adds a claim of a predicate for each of the persons.
func (r *reader) emit(p kith.Predicate, e race, s kith.Sentence, base float64, change func(*kith.Claim)) {
	for _, who := range e.who {
		if who.ref.Type != kith.Person && who.ref.Type != kith.Organization || who.unnamed {
			continue
		}
		c := r.statement(p, s)
		c.Subject, c.Value = who.ref, e.value
		c.Qualifiers.Election, c.Qualifiers.Ordinal, c.Qualifiers.Outcome, c.Qualifiers.Count = e.election, e.ordinal, e.outcome, e.count
		if e.value == "term" { // of the office that they hold
			c.Value = ""
			if office := r.officeOf(who.ref.Name); office != nil {
				c.Value = office.Value
			}
		}
		if e.hasObject {
			object := e.object.ref
			c.Object = &object
		}
		if !e.granted {
			c.Modality, c.Negated = r.modality(e.trigger)
		}
		if c.Negated && r.childLemma(e.trigger, "before") >= 0 {
			continue // "who had never before sought office" does so now
		}
		c.Attribution = r.speaker(e.trigger, e.granted)
		c.Time = r.raceTime(e)
		c.Confidence = r.trust(who, base)
		if change != nil {
			change(&c)
		}
		if c.Object != nil && c.Object.Name == c.Subject.Name {
			continue
		}
		r.complete(&c)
		if c.Value == "" && c.Object == nil && c.Qualifiers.Election == "" && !r.electionDocument(s) {
			continue
		}
		r.once(r.unself(c))
	}
}

// raceTime is the year of the election, or else when the clause says.
func (r *reader) raceTime(e race) kith.Time {
	if y := e.election; len(y) >= 4 && strings.Trim(y[:4], "0123456789") == "" {
		t := kith.Time{From: kith.Date(y[:4]), To: kith.Date(y[:4]), Text: y[:4]}
		if len(y) == 7 && isDash(y[4:5]) {
			t.To, t.Text = kith.Date(y[:2]+y[5:]), y
		}
		return t
	}
	return r.timeOf(e.trigger)
}

// runs reads "ran for mayor", "will not run again", "stands for parliament".
func (r *reader) runs(t int, s kith.Sentence) {
	if r.child(t, kith.Obj) >= 0 || r.rel(t) == kith.AclRelcl && r.gap(t) == kith.Obj && r.stranded(t) < 0 && r.low(r.head(t)) != "time" || r.passive(t) || !r.intransitive(t, s) {
		return
	}
	e := race{who: r.actors(t), trigger: t}
	lemma := r.lowLemma(t)
	found := false
	for k := t + 1; k < s.Last && k < t+14; k++ {
		w := r.low(k)
		if w == "for" || w == "in" || w == "as" || w == "on" {
			if c, ok := r.contestFrom(k+1, s); ok && (w != "as" || !c.hasObject) {
				if w == "in" && found {
					break
				}
				e.contest, found = c, true
				break
			}
		}
		if r.tag(k) == kith.VERB || r.tag(k) == kith.SCONJ || w == ";" || w == ":" {
			break
		}
	}
	if y := r.yearNear(t+1, s); e.election == "" {
		e.election = y
	}
	if e.value == "reelection" || e.value == "office" || e.value == "election" || e.value == "vote" {
		e.value = ""
	}
	if !found && (lemma == "stand" || !r.bareRun(t, s)) {
		if e.contest = r.sentenceContest(t, s); e.value == "" || !r.asCandidate(t, s) {
			return
		}
	}
	r.outcomeNear(&e, t, s)
	r.emit("candidate_for", e, s, 0.9, nil)
	r.opponent(t, e, s)
}

// asCandidate reports whether "as a candidate" follows the run.
func (r *reader) asCandidate(t int, s kith.Sentence) bool {
	for k := t + 1; k < s.Last && k < t+9; k++ {
		if w := r.low(k); w == "candidate" || w == "nominee" || w == "independent" || w == "write-in" {
			return true
		}
	}
	return false
}

// intransitive refuses runs of other kinds: "ran a company", "ran to the
// door", "ran out".
func (r *reader) intransitive(t int, s kith.Sentence) bool {
	if t+1 >= s.Last {
		return true
	}
	switch r.low(t + 1) {
	case "a", "an", "the", "its", "their", "his", "her", "to", "into", "from", "through", "out", "up", "down", "away", "off", "over", "around", "deep",
		"by", "with", "along", "between", "under", "on", "at", "behind", "high", "low", "short", "late", "dry", "parallel", "counter", "smoothly", "more", "several":
		return false
	}
	return true
}

// bareRun recognises a run without an office by the words around it: "again",
// "against", "decided to run", "unopposed", a year, "if he does run".
func (r *reader) bareRun(t int, s kith.Sentence) bool {
	for k := t + 1; k < s.Last && k <= t+4; k++ {
		switch w := r.low(k); w {
		case "again", "against", "unopposed", "independently", "unsuccessfully", "successfully":
			return true
		}
	}
	if y := r.yearNear(t+1, s); y != "" && t+1 < s.Last && strings.EqualFold(r.a.Word(t+1), "in") {
		return true
	}
	end := t+1 >= s.Last || r.tag(t+1) == kith.PUNCT
	m := r.child(t, kith.Mark)
	aux := r.child(t, kith.Aux)
	return end && (m >= 0 && strings.EqualFold(r.a.Word(m), "to") || aux >= 0 || t > s.First && strings.EqualFold(r.a.Word(t-1), "to"))
}

// outcomeNear reads how a run ended: "unsuccessfully ran".
func (r *reader) outcomeNear(e *race, t int, s kith.Sentence) {
	for k := max(s.First, t-3); k < min(s.Last, t+8); k++ {
		w := r.low(k)
		if in(failedWords, w) {
			e.outcome = "unsuccessful"
		}
		if r.tag(k) == kith.VERB && k > t {
			return
		}
	}
}

// opponent makes whoever is run against a candidate for the same office.
func (r *reader) opponent(t int, e race, s kith.Sentence) {
	if e.value == "" || e.election == "" {
		return
	}
	for k := t + 1; k < s.Last && k < t+10; k++ {
		if r.personName(k) && r.against(t, k) {
			e.who = r.namesFrom(k, s)
			r.emit("candidate_for", e, s, 0.75, nil)
			return
		}
	}
}

func (r *reader) against(t, k int) bool {
	for j := t + 1; j < k; j++ {
		if strings.EqualFold(r.a.Word(j), "against") {
			return true
		}
	}
	return false
}

var officeSeeking = words(`seek pursue contest want eye`)

// runsBy reads verbs whose object is the run or the office: "seek a second
// term", "announced a bid for", "is weighing a run", "entered the race".
func (r *reader) runsBy(t int, lemma string, s kith.Sentence) {
	k := t + 1
	for k < s.Last && (r.tag(k) == kith.ADV || r.tag(k) == kith.DET || r.xtag(k) == xPRPS || r.tag(k) == kith.PART || strings.EqualFold(r.a.Word(k), "out")) {
		k++
	}
	e := race{who: r.actors(t), trigger: t}
	c, ok := r.contestFrom(k, s)
	if !ok || c.end-k > 12 {
		return
	}
	noun := r.raceNounIn(k, c.end, s)
	seeking := in(officeSeeking, lemma)
	switch {
	case noun == "" && !seeking, noun == "election" && !seeking && lemma != "contest", noun == "vote" || noun == "ballot":
		return
	case noun == "seat" && !seeking && lemma != "win", noun == "primary" && lemma != "enter" && lemma != "contest":
		return
	case noun == "race" && lemma != "enter" && lemma != "join" && lemma != "quit" && lemma != "leave" && lemma != "drop" && lemma != "abandon" && lemma != "consider" && lemma != "weigh":
		return
	case noun == "term" && !seeking, noun == "nomination" && !seeking:
		return
	case noun == "campaign" && c.value == "" && !r.electionWord(s), noun == "campaign" && c.value == "" && lemma != "launch" && lemma != "announce" && lemma != "suspend":
		return
	case (noun == "run" || noun == "bid" || noun == "try" || noun == "attempt" || noun == "comeback") && c.value == "" && c.election == "":
		return
	}
	e.contest = c
	switch e.value {
	case "reelection", "term", "race", "office", "election", "primary":
		e.value = ""
	}
	r.emit("candidate_for", e, s, 0.88, governedBy(lemma, r.negatedNear(t)))
}

// governedBy makes a run as certain as the verb that governs it leaves it:
// "is weighing a run" hedges, "plans a run" plans.
func governedBy(lemma string, negated bool) func(*kith.Claim) {
	return func(c *kith.Claim) {
		switch {
		case lemma == "rule" && negated:
			c.Modality, c.Negated = kith.Hedged, false
		case lemma == "rule":
			c.Modality, c.Negated = kith.Planned, true
		case hedgingVerbs[lemma] && lemma != "seek":
			c.Modality = kith.Hedged
		case lemma == "plan" || lemma == "want":
			c.Modality = kith.Planned
		}
	}
}

// negatedNear reports whether a verb is negated.
func (r *reader) negatedNear(t int) bool {
	for c := r.first[t]; c >= 0; c = r.next[c] {
		if negations[r.lowLemma(int(c))] {
			return true
		}
	}
	return false
}

// raceNounIn is the first noun of a contest among tokens [k, end).
func (r *reader) raceNounIn(k, end int, s kith.Sentence) string {
	for j := k; j < min(end, s.Last); j++ {
		if w := singular(r.low(j)); in(raceNouns, w) || in(raceNouns, r.low(j)) {
			return w
		}
	}
	return ""
}

// runsFor reads verbs that take the office behind "for": "vied for", "filed to
// run for" is read by its run.
func (r *reader) runsFor(t int, lemma string, s kith.Sentence) {
	for k := t + 1; k < s.Last && k < t+5; k++ {
		if !strings.EqualFold(r.a.Word(k), "for") && (lemma != "participate" || !strings.EqualFold(r.a.Word(k), "in")) {
			continue
		}
		c, ok := r.contestFrom(k+1, s)
		if lemma == "participate" && !strings.HasPrefix(r.low(max(c.end-1, 0)), "election") {
			return
		}
		if !ok || c.value == "" || lemma == "campaign" && r.personName(k+1) {
			return
		}
		r.emit("candidate_for", race{contest: c, who: r.actors(t), trigger: t}, s, 0.88, nil)
		return
	}
}
