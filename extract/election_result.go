package extract

import (
	"strings"

	"kith"
)

// winnable lists nouns that only an election is won or lost by.
var winnable = words(`election race seat primary presidency governorship mayoralty runoff caucus by-election byelection reelection re-election
	candidacy bid term campaign vote premiership nomination leadership contest college majority office`)

// wins reads "won the seat", "won in 2018", "won re-election", "won the popular
// vote".
func (r *reader) wins(t int, lemma string, s kith.Sentence) {
	e := race{who: r.actors(t), trigger: t}
	c, noun, ok := r.prize(t, s)
	switch {
	case ok && (lemma == "win" || noun != "" && lemma != "take" && lemma != "carry" || noun == "seat" || noun == "primary"):
		e.contest = c
	case lemma == "win" && r.bareWin(t, s):
		e.election = r.yearNear(t+1, s)
	default:
		return
	}
	if noun == "nomination" || e.value == "nomination" {
		r.wonNomination(t, e, s)
		return
	}
	if noun == "vote" && e.value == "" {
		e.value = r.votes(t, s)
	}
	e.outcome = r.margin(t, s)
	r.emit("won_election", e, s, 0.9, r.beaten(t, e, s))
}

// prize reads the object of winning or losing. The noun is that of the
// contest, "" where the object is an office or body itself.
func (r *reader) prize(t int, s kith.Sentence) (contest, string, bool) {
	k := t + 1
	for k < s.Last && (r.tag(k) == kith.ADV || r.tag(k) == kith.DET || r.xtag(k) == xPRPS) {
		k++
	}
	if k >= s.Last {
		return contest{}, "", false
	}
	for j := k; j < s.Last && j < k+7; j++ {
		w := r.low(j)
		if in(winnable, w) || in(winnable, singular(w)) {
			if r.raceFollows(j, s) {
				continue
			}
			c := r.contestAt(j, s)
			if w == "vote" || w == "college" || w == "office" || w == "leadership" {
				c.value = r.cut(r.leftEdge(j, k), j+1)
			}
			return c, w, r.political(w, c, j)
		}
		if r.tag(j) == kith.VERB || r.tag(j) == kith.ADP || r.tag(j) == kith.PUNCT && r.a.Word(j) != "-" {
			break
		}
	}
	c, ok := r.contestFrom(k, s)
	return c, "", ok && c.end-k < 8 && r.raceNounIn(k, c.end, s) == ""
}

func (r *reader) leftEdge(j, k int) int {
	for j-1 >= k && (r.tag(j-1) == kith.ADJ || r.tag(j-1) == kith.PROPN || r.tag(j-1) == kith.NOUN) {
		j--
	}
	return j
}

// political refuses races and campaigns of other kinds: a "race" or "bid"
// needs an office, a body or a year; a vote its kind.
func (r *reader) political(w string, c contest, j int) bool {
	switch w {
	case "race", "bid", "campaign", "contest", "majority", "candidacy":
		return c.value != "" && c.value != w || c.election != "" || c.ordinal != ""
	case "vote":
		p := r.low(j - 1)
		return p == "popular" || p == "electoral" || p == "confidence" || p == "no-confidence" || p == "leadership"
	case "college":
		return strings.EqualFold(r.a.Word(j-1), "electoral")
	case "office", "leadership":
		return w == "leadership"
	}
	return true
}

// bareWin recognises winning without an object in an election: "won in 2018"
// of a person, or "helped her win".
func (r *reader) bareWin(t int, s kith.Sentence) bool {
	if r.child(t, kith.Obj) >= 0 || t+2 >= s.Last || !strings.EqualFold(r.a.Word(t+1), "in") {
		return false
	}
	return r.yearNear(t+1, s) != "" && len(r.actors(t)) > 0 && r.electionDocument(s)
}

// electionDocument reports whether the sentence or document speaks of
// elections at all, so that a bare "won" means one.
func (r *reader) electionDocument(s kith.Sentence) bool {
	lo, hi := max(0, s.First-400), min(len(r.a.Tokens), s.Last+400)
	for i := lo; i < hi; i++ {
		switch w := r.low(i); w {
		case "election", "elections", "candidate", "candidates", "ballot", "voters", "re-election", "reelection", "primary", "nominee", "mayoral", "gubernatorial", "presidential", "electoral":
			return true
		}
	}
	return false
}

// margin reads how an election was won: "by nine points", "55.2% of the
// vote".
func (r *reader) margin(t int, s kith.Sentence) string {
	for k := t + 1; k < s.Last && k < t+12; k++ {
		if strings.EqualFold(r.a.Word(k), "by") && k+1 < s.Last && (r.tag(k+1) == kith.NUM || r.tag(k+1) == kith.DET) {
			end := k + 2
			for end < s.Last && end < k+6 && (r.tag(end) == kith.NOUN || r.tag(end) == kith.NUM || r.tag(end) == kith.ADJ || r.tag(end) == kith.SYM) {
				end++
			}
			if end < s.Last && strings.EqualFold(r.a.Word(end-1), "points") || strings.EqualFold(r.a.Word(end-1), "votes") || strings.EqualFold(r.a.Word(end-1), "landslide") || strings.EqualFold(r.a.Word(end-1), "margin") || strings.EqualFold(r.a.Word(end-1), "whisker") || strings.EqualFold(r.a.Word(end-1), "point") {
				return r.cut(k, end)
			}
		}
		if r.a.Word(k) == "%" && k > t+1 {
			end := k + 1
			for end < s.Last && end < k+5 && (strings.EqualFold(r.a.Word(end), "of") || strings.EqualFold(r.a.Word(end), "the") || strings.EqualFold(r.a.Word(end), "popular") || strings.HasPrefix(r.low(end), "vote")) {
				end++
			}
			return r.cut(k-1, end)
		}
	}
	return ""
}

// votes is the whole "popular vote".
func (r *reader) votes(t int, s kith.Sentence) string {
	for k := t + 1; k < min(s.Last, t+6); k++ {
		if strings.HasPrefix(r.low(k), "vote") {
			return r.cut(k-1, k+1)
		}
	}
	return ""
}

// beaten adds the loser to a win: "defeating Ron Sayles", "over Ann Lee".
func (r *reader) beaten(t int, _ race, s kith.Sentence) func(*kith.Claim) {
	var loser []party
	for k := t + 1; k < s.Last && k < t+22; k++ {
		w := r.low(k)
		if (beating[w] || w == "over" || w == "against") && k+1 < s.Last {
			if loser = r.namesFrom(k+1, s); len(loser) > 0 {
				break
			}
		}
		if r.finite(k) && r.tag(k) == kith.VERB || w == ";" {
			break
		}
	}
	return func(c *kith.Claim) {
		if len(loser) > 0 && loser[0].ref.Name != c.Subject.Name {
			object := loser[0].ref
			c.Object = &object
		}
	}
}

// beating are participles by which a win names its loser.
var beating = lemmaSet("defeating beating unseating ousting trouncing edging besting toppling routing crushing dethroning outpolling upsetting")

// namesFrom is the person named at token k, over a title or description.
func (r *reader) namesFrom(k int, s kith.Sentence) []party {
	for j := k; j < s.Last && j < k+10; j++ {
		switch {
		case r.personName(j):
			last := r.a.Names[r.name[j]].Last
			if last < s.Last && (r.a.Word(last) == "'s" || r.a.Word(last) == "’s" || r.a.Word(last) == "’" || r.a.Word(last) == "'") { // "Lee's brother, Bo Cruz"
				j = last
				continue
			}
			return r.nameAt(j)
		case r.tag(j) == kith.PRON && r.mention[j] >= 0 && j == k && r.xtag(j) != xPRPS:
			return r.persons([]party{r.known(int(r.mention[j]), j, 1)})
		case r.tag(j) == kith.VERB || r.tag(j) == kith.CCONJ || r.a.Word(j) == "." || r.a.Word(j) == "," && (j == k || !r.lex.person(r.lemma(j-1))):
			return nil
		}
	}
	return nil
}

// elected reads "was elected governor", "was re-elected to the assembly at the
// 2002 general election", "elected Lee mayor".
func (r *reader) elected(t int, s kith.Sentence) {
	if r.tag(t) == kith.VERB && r.rel(t) == kith.Amod {
		return
	}
	e := race{trigger: t}
	passive := r.passive(t) || r.auxBefore(t)
	if !passive {
		r.electedByBody(t, s)
		return
	}
	e.who = r.actors(t)
	k := t + 1
	if k < s.Last {
		k = r.pastParty(k, s)
		switch r.low(k) {
		case "to", "as", "in", "at":
			k++
		}
	}
	c, ok := r.contestFrom(k, s)
	if !ok {
		c, ok = r.bodyFrom(k, s)
	}
	switch {
	case ok:
		e.contest = c
	case r.yearNear(t+1, s) != "" || r.lowLemma(t) != "elect":
	default:
		return
	}
	if e.election == "" {
		e.election = r.yearNear(t+1, s)
	}
	if e.election == "" {
		e.election = r.yearBefore(t, s)
	}
	if r.wordBefore(t, "first", s) {
		e.ordinal = "first"
	}
	switch e.value {
	case "election", "general election", "office", "term":
		e.value = ""
	}
	if e.value == "chair" || e.value == "chairman" || e.value == "leader" {
		return
	}
	e.outcome = r.margin(t, s)
	r.emit("won_election", e, s, 0.88, r.beaten(t, e, s))
}

// bodyFrom reads a body that no list of offices knows: "to Dáil Éireann".
func (r *reader) bodyFrom(k int, s kith.Sentence) (contest, bool) {
	for j := k; j < s.Last && j < k+4; j++ {
		if m := r.mention[j]; m >= 0 && r.a.Mentions[m].Kind == kith.NameMention && (r.a.Mentions[m].Type == kith.Organization || r.a.Mentions[m].Type == kith.Place) {
			p := r.known(int(m), j, 0)
			end := r.a.Mentions[m].Last
			return contest{value: r.a.Mentions[m].Text, object: p, hasObject: true, end: end, election: r.yearNear(end, s)}, true
		}
		if r.tag(j) != kith.DET && r.tag(j) != kith.PROPN && r.tag(j) != kith.ADJ && r.tag(j) != kith.NOUN {
			break
		}
	}
	return contest{}, false
}

func (r *reader) auxBefore(t int) bool {
	for j := t - 1; j >= 0 && t-j <= 4; j-- {
		w := r.low(j)
		switch {
		case w == "was" || w == "were" || w == "been" || w == "be" || w == "is" || w == "are" || w == "being" || w == "get" || w == "got" || w == "getting":
			return true
		case r.tag(j) != kith.ADV && w != "first" && w != "then" && w != "not":
			return false
		}
	}
	return false
}

func (r *reader) wordBefore(t int, word string, s kith.Sentence) bool {
	return t-1 >= s.First && strings.EqualFold(r.a.Word(t-1), word)
}

// yearBefore is the year of an "In 2013," that opens the clause of t.
func (r *reader) yearBefore(t int, s kith.Sentence) string {
	for j := t - 1; j >= s.First && t-j < 10; j-- {
		if r.tag(j) == kith.VERB || r.a.Word(j) == ";" {
			return ""
		}
		w := r.a.Word(j)
		if len(w) != 4 || !strings.HasPrefix(w, "19") && !strings.HasPrefix(w, "20") || strings.Trim(w, "0123456789") != "" {
			continue
		}
		for k := j - 1; k >= s.First && j-k < 4; k-- {
			if strings.EqualFold(r.a.Word(k), "in") || strings.EqualFold(r.a.Word(k), "on") {
				if k == s.First || r.tag(k-1) == kith.CCONJ || r.a.Word(k-1) == "," {
					return w
				}
			}
		}
		return ""
	}
	return ""
}

// pastParty is the token behind "as a Democrat", or k.
func (r *reader) pastParty(k int, s kith.Sentence) int {
	if r.low(k) != "as" {
		return k
	}
	for j := k + 1; j < s.Last && j < k+5; j++ {
		switch {
		case in(partyPeople, r.low(j)) && j+1 < s.Last:
			return j + 1
		case r.tag(j) != kith.DET && r.tag(j) != kith.ADJ:
			return k
		}
	}
	return k
}

// electedByBody reads "the assembly elected Lee president".
func (r *reader) electedByBody(t int, s kith.Sentence) {
	who := r.namesFrom(t+1, s)
	if len(who) == 0 || !r.personName(t+1) {
		return
	}
	c, ok := r.contestFrom(r.a.Names[r.name[t+1]].Last, s)
	if !ok || c.value == "" {
		return
	}
	e := race{contest: c, who: who, trigger: t}
	if e.election == "" {
		e.election = r.yearNear(c.end, s)
	}
	r.emit("won_election", e, s, 0.8, nil)
}

// causes are what people lose in courts and elsewhere, and in no election.
var causes = words("appeal argument case claim fight job lawsuit motion ruling suit")

// removing lists verbs by which people lose posts of all kinds.
var removing = words("oust topple dethrone")

// beats reads "beat Neil Farraday in the primary", "was defeated by Ann Lee".
// Without a word of elections near it, a defeat may be any defeat.
func (r *reader) beats(t int, lemma string, s kith.Sentence) {
	if r.tag(t) == kith.VERB && r.rel(t) == kith.Amod {
		return
	}
	passive := r.passive(t) || r.auxBefore(t)
	if passive && in(removing, lemma) && !r.electionWord(s) {
		return // "was ousted as head of the bank"
	}
	c, ok := r.contestAfter(t, s)
	if !ok && !r.electionWord(s) && lemma != "unseat" && lemma != "outpoll" && !r.counted(t, s) && !r.electionDocument(s) {
		return
	}
	e := race{contest: c, trigger: t}
	if passive {
		e.who = r.actors(t)
		winner := r.agentOf(t, s)
		if len(winner) == 0 && !ok {
			return
		}
		r.emit("lost_election", e, s, 0.88, r.facing(winner))
		return
	}
	e.who = r.actors(t)
	k := t + 1
	if k < s.Last && (strings.EqualFold(r.a.Word(k), "out")) {
		k++
	}
	loser := r.namesFrom(k, s)
	if k < s.Last && r.tag(k) == kith.PRON {
		if rival := r.rivalBefore(t, s); len(rival) > 0 { // "ran against Lee and beat him"
			loser = rival
		}
	}
	if len(loser) == 0 || r.opposedGoal(t, s) {
		return
	}
	e.outcome = r.margin(t, s)
	r.emit("won_election", e, s, 0.88, r.facing(loser))
}

// counted reports whether votes or points tell how a contest ended: "by fewer
// than 300 votes", "with 52 percent of the vote".
func (r *reader) counted(t int, s kith.Sentence) bool {
	number := false
	for k := t + 1; k < s.Last && k < t+16; k++ {
		switch w := r.low(k); w {
		case "votes", "ballots", "vote":
			return number
		case "points":
			return number && r.electionDocument(s)
		case "by", "with":
			number = true
		}
	}
	return false
}

// rivalBefore is the person behind an "against" before t in its sentence.
func (r *reader) rivalBefore(t int, s kith.Sentence) []party {
	for k := t - 1; k >= s.First; k-- {
		if strings.EqualFold(r.a.Word(k), "against") {
			return r.namesFrom(k+1, s)
		}
	}
	return nil
}

// opposedGoal recognises "to unseat" and "to defeat": an aim, not a win.
func (r *reader) opposedGoal(t int, s kith.Sentence) bool {
	return t-1 >= s.First && strings.EqualFold(r.a.Word(t-1), "to")
}

// facing sets the other person of a win or loss.
func (r *reader) facing(other []party) func(*kith.Claim) {
	return func(c *kith.Claim) {
		if len(other) > 0 {
			object := other[0].ref
			c.Object = &object
		} else if c.Object != nil && c.Object.Type == kith.Person {
			c.Object = nil
		}
	}
}

// agentOf is the person behind "by" after a passive.
func (r *reader) agentOf(t int, s kith.Sentence) []party {
	for k := t + 1; k < s.Last && k < t+8; k++ {
		if strings.EqualFold(r.a.Word(k), "by") && k+1 < s.Last {
			return r.namesFrom(k+1, s)
		}
		if r.tag(k) == kith.VERB || r.a.Word(k) == "," {
			return nil
		}
	}
	return nil
}

// contestAfter reads the contest of an "in the primary" or "for governor" that
// follows a verb of winning or losing.
func (r *reader) contestAfter(t int, s kith.Sentence) (contest, bool) {
	for k := t + 1; k < s.Last && k < t+14; k++ {
		w := r.low(k)
		if w == "in" || w == "for" || w == "at" {
			if c, ok := r.contestFrom(k+1, s); ok {
				if c.election == "" {
					c.election = r.vagueYear(k+1, c.end, s)
				}
				return c, true
			}
			if y := r.yearNear(k+1, s); y != "" && k+1 < s.Last && r.a.Word(k+1) == y {
				return contest{election: y, end: k + 2}, true
			}
		}
		if r.tag(k) == kith.SCONJ || w == ";" || r.finite(k) && r.tag(k) == kith.VERB {
			break
		}
	}
	return contest{}, false
}

// vagueYear is an election named by "last year's".
func (r *reader) vagueYear(k, end int, s kith.Sentence) string {
	for j := k; j < min(end, s.Last); j++ {
		w := r.low(j)
		if (w == "last" || w == "this" || w == "next") && j+1 < end && strings.EqualFold(r.a.Word(j+1), "year") {
			return r.cut(j, end)
		}
	}
	return ""
}

// electionWord reports whether the sentence speaks of an election.
func (r *reader) electionWord(s kith.Sentence) bool {
	for k := s.First; k < s.Last; k++ {
		switch w := r.low(k); w {
		case "election", "elections", "primary", "runoff", "by-election", "incumbent", "re-election", "reelection", "ballot", "nominee", "mayoral", "gubernatorial", "presidential":
			return true
		}
	}
	return false
}

// loses reads "lost to Whitlock in 2021", "lost the governorship to …", "lost
// her seat", "conceded".
func (r *reader) loses(t int, lemma string, s kith.Sentence) {
	if o := r.child(t, kith.Obj); o >= 0 && in(causes, r.lemma(o)) {
		return // "lost her case before the Supreme Court"
	}
	e := race{who: r.actors(t), trigger: t}
	c, noun, ok := r.prize(t, s)
	winner := r.winnerAfter(t, s)
	switch {
	case ok && lemma == "lose":
		e.contest = c
	case lemma == "lose" && (len(winner) > 0 && r.rivals(t, s) || r.bareWin(t, s)):
		e.contest, _ = r.contestAfter(t, s)
	case lemma == "concede" && (ok && noun != "" || len(winner) > 0 && (t+1 < s.Last && strings.EqualFold(r.a.Word(t+1), "to") || r.electionDocument(s))):
		e.contest = c
	default:
		return
	}
	if e.election == "" {
		e.election = r.yearNear(t+1, s)
	}
	if e.election == "" && ok && c.end < s.Last && r.a.Word(c.end) == "," { // "his first race, a 2014 bid"
		e.election = r.yearNear(c.end+1, s)
	}
	if noun == "nomination" && e.value != "nomination" && e.value != "" {
		e.value += " nomination"
	}
	if noun == "election" && e.value == "election" {
		e.value = ""
	}
	if noun == "seat" && r.xtag(t+1) == xPRPS {
		e.value = ""
		if later, ok := r.contestAfter(t, s); ok {
			e.election = later.election
		}
	}
	r.emit("lost_election", e, s, 0.9, r.facing(winner))
	if by := r.partyBehind(c.end-1, s); noun == "nomination" && len(by) > 0 && len(winner) > 0 {
		r.nominated(race{who: winner[:1], trigger: t}, by[0], s, 0.85)
	}
}

// rivals reports whether a bare "lost to" tells of an election.
func (r *reader) rivals(t int, s kith.Sentence) bool {
	return r.yearNear(t+1, s) != "" && r.electionDocument(s) || r.electionWord(s) || r.counted(t, s)
}

// winnerAfter is the person behind "to" after a verb or noun of losing.
func (r *reader) winnerAfter(t int, s kith.Sentence) []party {
	for k := t + 1; k < s.Last && k < t+16; k++ {
		w := r.low(k)
		if w == "to" && k+1 < s.Last && r.tag(k+1) != kith.VERB {
			if ps := r.namesFrom(k+1, s); len(ps) > 0 {
				return ps
			}
			continue
		}
		if r.finite(k) && r.tag(k) == kith.VERB || w == ";" || w == "but" || w == "and" && r.tag(k+1) == kith.VERB {
			return nil
		}
	}
	return nil
}
