package extract

import (
	"strings"

	"kith"
)

// electionNoun reads runs, defeats and nominations that nouns name.
func (r *reader) electionNoun(t int, word string, s kith.Sentence) {
	switch singular(word) {
	case "campaign", "bid", "run", "candidacy", "candidature":
		r.runNoun(t, singular(word), s)
	case "defeat", "los", "loss":
		r.lossNoun(t, s)
	case "victory", "win", "triumph":
		r.winNoun(t, s)
	case "candidate", "contender", "hopeful", "frontrunner", "front-runner":
		r.candidateNoun(t, s)
	case "nominee", "standard-bearer":
		r.nomineeNoun(t, s)
	case "nomination":
		r.nominationNoun(t, s)
	}
}

// owner is whose a noun is: its possessor, by the tree or by the words before
// its modifiers.
func (r *reader) ownerOf(t int, s kith.Sentence) []party {
	for j := t - 1; j >= s.First && t-j < 9; j-- {
		w := r.low(j)
		switch {
		case possessive[w]:
			if m := r.mention[j]; m >= 0 {
				return r.persons([]party{r.known(int(m), j, 0)})
			}
			return nil
		case w == "'s" || w == "’s" || w == "’" || w == "'":
			if j-1 >= s.First && r.personName(j-1) {
				return r.nameAt(j - 1)
			}
			if j-1 >= s.First && r.mention[j-1] >= 0 {
				return r.persons([]party{r.known(int(r.mention[j-1]), j-1, 0)})
			}
			return nil
		case r.tag(j) == kith.VERB || r.tag(j) == kith.ADP || r.tag(j) == kith.PUNCT && w != "-" && w != "," || r.tag(j) == kith.PRON:
			if w == "of" && t-j <= 2 {
				continue
			}
			return r.ownerOfConjunct(j, w)
		case r.tag(j) == kith.CCONJ:
			return r.ownerOfConjunct(j, w)
		}
	}
	return nil
}

var possessive = lemmaSet("her his its their my our")

// ownerOfConjunct carries the possessor of a first noun over to a second: "her
// vice presidency and presidential bid".
func (r *reader) ownerOfConjunct(j int, w string) []party {
	if w != "and" && w != "or" {
		return nil
	}
	s := r.a.Sentences[r.a.SentenceOf(j)]
	if j-1 >= s.First && (r.tag(j-1) == kith.NOUN || r.tag(j-1) == kith.PROPN) {
		return r.ownerOf(j-1, s)
	}
	return nil
}

// runNoun reads "her unsuccessful 2020 presidential campaign". A run without
// an office or a year is only a word for one told of elsewhere.
func (r *reader) runNoun(t int, word string, s kith.Sentence) {
	c := r.contestAt(t, s)
	if c.value == word || c.value == "" && c.election == "" {
		return
	}
	if word == "campaign" && c.value == "" && (c.election == "" || !r.yearRight(t, c.election)) {
		return
	}
	e := race{contest: c, who: r.ownerOf(t, s), trigger: t}
	if len(e.who) == 0 {
		e.who = r.possessedBy(t)
	}
	if len(e.who) == 0 {
		e.who = r.lightRunner(t)
	}
	r.emit("candidate_for", e, s, 0.85, r.runOf(t, e.who))
}

// runOf leaves somebody's run undenied where it is another who did not do
// something about it: "Lee refused to support Cruz's bid".
func (r *reader) runOf(t int, who []party) func(*kith.Claim) {
	v := r.head(t)
	for n := 0; n < 8 && v >= 0 && !r.clausal(v); n++ {
		v = r.head(v)
	}
	if v < 0 || r.child(t, kith.NmodPoss) < 0 {
		return nil
	}
	subject := r.surfaceSubject(v, 0)
	if subject < 0 {
		return nil
	}
	for _, p := range r.party(nil, subject, 0) {
		if len(who) > 0 && p.same(who[0]) {
			return nil
		}
	}
	return func(c *kith.Claim) { c.Negated = false }
}

// yearRight reports whether the year stands before its noun: "2016 campaign".
func (r *reader) yearRight(t int, year string) bool {
	for j := t - 1; j >= 0 && t-j < 4; j-- {
		if r.a.Word(j) == year[:4] {
			return true
		}
	}
	return false
}

func (r *reader) possessedBy(t int) []party {
	if p := r.child(t, kith.NmodPoss); p >= 0 {
		return r.persons(r.parties(p))
	}
	return nil
}

// lightRunner is the subject of the verb whose object the run is: "making
// another presidential bid".
func (r *reader) lightRunner(t int) []party {
	h := r.head(t)
	if h >= 0 && r.rel(t) == kith.Appos && r.tag(h) == kith.NOUN { // "his first race, a 2014 bid"
		if p := r.ownerOf(h, r.a.Sentences[r.a.SentenceOf(t)]); len(p) > 0 {
			return p
		}
		h = r.head(h)
	}
	if h < 0 || r.tag(h) != kith.VERB {
		return nil
	}
	switch r.lowLemma(h) {
	case "make", "launch", "announce", "mount", "consider", "weigh", "plan", "begin", "start", "wage", "lose", "win", "end", "suspend", "mull", "explore", "run", "stage", "abandon", "be", "declare":
		return r.actors(h)
	}
	return nil
}

// lossNoun reads "her 2016 defeat", "her 2024 presidential election loss to
// Donald Trump". A loss needs a year or an election.
func (r *reader) lossNoun(t int, s kith.Sentence) {
	c := contest{end: t + 1}
	r.contestBefore(&c, t)
	if strings.EqualFold(r.a.Word(t-min(t, 1)), "election") {
		c.value = strings.TrimSpace(r.kindOfElection(t-1, s) + " election")
	}
	if c.election == "" {
		c.election = r.yearNear(t+1, s)
	}
	if c.election == "" && c.value == "" {
		return
	}
	e := race{contest: c, who: r.ownerOf(t, s), trigger: t}
	r.emit("lost_election", e, s, 0.88, r.facing(r.winnerAfter(t, s)))
}

// kindOfElection is the adjective before "election".
func (r *reader) kindOfElection(t int, s kith.Sentence) string {
	if t-1 >= s.First && contestAdjectives[r.low(t-1)] != "" {
		return r.a.Word(t - 1)
	}
	return ""
}

// winNoun reads "her 2018 victory over Piet Maas".
func (r *reader) winNoun(t int, s kith.Sentence) {
	c := contest{end: t + 1}
	r.contestBefore(&c, t)
	if c.election == "" {
		c.election = r.yearNear(t+1, s)
	}
	if c.election == "" && c.value == "" || !r.electionWord(s) && c.value == "" {
		return
	}
	e := race{contest: c, who: r.ownerOf(t, s), trigger: t}
	r.emit("won_election", e, s, 0.85, r.beaten(t, e, s))
}

// candidateNoun reads "presidential candidate Ann Lee", "the Reform candidate
// for mayor, Ann Lee", "was a candidate for governor".
func (r *reader) candidateNoun(t int, s kith.Sentence) {
	c := r.contestAt(t, s)
	party := r.partyBefore(t, s)
	if c.value == "" && c.election == "" && len(party) == 0 {
		return
	}
	who, granted := r.denoted(t, c.end, s)
	e := race{contest: c, who: who, trigger: t, granted: granted}
	if c.value == "" && len(party) > 0 {
		e.contest = r.sentenceContest(t, s)
	}
	if e.value != "" {
		r.emit("candidate_for", e, s, 0.88, nil)
	}
	if len(party) > 0 {
		r.nominated(e, party[0], s, 0.8)
	}
}

// denoted lists the persons that a noun stands for: the name behind it as a
// title, beside it, or the subject of its clause.
func (r *reader) denoted(t, end int, s kith.Sentence) (who []party, granted bool) {
	for _, k := range []int{t + 1, end} {
		if k < s.Last && r.a.Word(k) == "," && k+1 < s.Last && r.personName(k+1) {
			return r.nameAt(k + 1), true
		}
		if k < s.Last && r.personName(k) && r.a.Names[r.name[k]].First == k {
			return r.nameAt(k), true
		}
	}
	if ps := r.appositiveBefore(t, s); len(ps) > 0 {
		return ps, true
	}
	if ps, verb := r.predicative(t, 0); len(ps) > 0 {
		return ps, verb == ""
	}
	if h := r.head(t); h >= 0 && r.as(t) && r.tag(h) == kith.VERB {
		return r.actors(h), false
	}
	return nil, false
}

// appositiveBefore is the person whose name ends right before the comma that
// opens the noun's phrase: "Imani Trusdell, the Civic Union Party's nominee".
func (r *reader) appositiveBefore(t int, s kith.Sentence) []party {
	for j := t - 1; j > s.First && t-j < 9; j-- {
		if r.a.Word(j) == "," {
			if r.personName(j - 1) {
				return r.nameAt(j - 1)
			}
			return nil
		}
		if r.tag(j) == kith.VERB || r.tag(j) == kith.AUX {
			return nil
		}
	}
	return nil
}
