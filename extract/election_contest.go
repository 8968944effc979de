package extract

import (
	"strings"

	"kith"
)

// contest is an election, race or seat as the text names it.
type contest struct {
	value     string // office, body or kind of election
	object    party  // place or body
	hasObject bool
	election  string // year or name
	ordinal   string
	outcome   string
	count     string
	end       int // token after the words read
}

// contestAdjectives name the office that a race is for.
var contestAdjectives = map[string]string{
	"presidential": "president", "gubernatorial": "governor", "mayoral": "mayor", "senatorial": "Senate", "senate": "Senate",
	"congressional": "Congress", "parliamentary": "parliament", "prime-ministerial": "prime minister", "judicial": "judge",
	"legislative": "legislature", "council": "council", "house": "House", "statehouse": "statehouse", "aldermanic": "alderman",
	"governor": "governor", "mayor": "mayor", "president": "president", "sheriff": "sheriff", "assembly": "assembly",
	"leadership": "leadership", "councilmanic": "council", "vice-presidential": "vice president", "commission": "commission",
}

// contestNouns name an office or body by themselves.
var contestNouns = map[string]string{
	"presidency": "president", "governorship": "governorship", "mayoralty": "mayor", "premiership": "premier", "congress": "Congress",
	"parliament": "parliament", "senate": "Senate", "house": "House", "legislature": "legislature", "council": "council",
	"vice-presidency": "vice president", "chancellorship": "chancellor", "assembly": "assembly", "office": "office", "re-election": "reelection",
	"reelection": "reelection", "statehouse": "statehouse", "commons": "House of Commons", "judgeship": "judge", "sejm": "Sejm",
	"knesset": "Knesset", "bundestag": "Bundestag", "duma": "Duma", "dáil": "Dáil", "seat": "seat", "leadership": "leadership", "board": "board",
	"commission": "commission", "nomination": "nomination", "primary": "primary", "election": "election", "caucus": "caucus", "runoff": "runoff",
	"vote": "vote", "ballot": "ballot", "term": "term", "mandate": "mandate",
}

var (
	raceNouns = words(`run bid campaign candidacy race election primary seat term nomination contest runoff caucus reelection re-election
		by-election byelection vote comeback presidency governorship candidature try attempt`)
	failedWords   = words(`unsuccessful failed losing ill-fated doomed unsuccessfully short-lived aborted abortive`)
	succeedWords  = words(`successful winning victorious successfully`)
	contestOrder  = words(`first second third fourth fifth sixth another`)
	contestCounts = words(`both two three four several`)
)

// before reads what stands before the noun of a contest: year, office, body,
// order, outcome.
func (r *reader) contestBefore(c *contest, n int) {
	for j := n - 1; j >= 0 && n-j <= 9; j-- {
		w := r.low(j)
		switch {
		case len(w) == 4 && (w[0] == '1' || w[0] == '2') && strings.Trim(w, "0123456789") == "":
			c.election = w
		case contestAdjectives[w] != "":
			if c.value == "" {
				c.value = contestAdjectives[w]
			}
			if w == "presidential" && j > 0 && strings.EqualFold(r.a.Word(j-1), "vice") {
				c.value = "vice president"
				j--
			}
			r.contestBody(c, j)
		case in(failedWords, w):
			c.outcome = w
		case in(succeedWords, w):
			c.outcome = w
		case in(contestOrder, w):
			if w != "another" {
				c.ordinal = w
			}
		case in(contestCounts, w):
			c.count = w
		case r.name[j] >= 0 && r.a.Names[r.name[j]].Type == kith.Place && !c.hasObject:
			c.object, c.hasObject = r.placeParty(j), true
		case w == "city" || w == "u.s." || w == "us" || w == "state" || w == "general" || w == "special" || w == "national" || w == "local" || w == "federal" || w == "-" || w == "primary" || w == "election" || w == "campaign":
			if w == "general" && c.value == "" && n < len(r.a.Tokens) {
				c.value = "general election"
			}
		case r.tag(j) == kith.ADJ || r.tag(j) == kith.NOUN && r.head(j) == n || r.tag(j) == kith.PROPN && r.head(j) == n && !r.personName(j):
		default:
			return
		}
	}
}

// contestBody makes a body named before a race its object: "Senate race".
func (r *reader) contestBody(c *contest, j int) {
	if m := r.mention[j]; m >= 0 && !c.hasObject && r.a.Mentions[m].Type == kith.Organization && r.a.Mentions[m].Kind == kith.NameMention {
		c.object, c.hasObject = r.known(int(m), j, 0), true
		c.value = r.a.Mentions[m].Text
	}
}

func (r *reader) placeParty(j int) party {
	if m := r.mention[j]; m >= 0 && r.a.Mentions[m].Kind == kith.NameMention {
		return r.known(int(m), j, 0)
	}
	n := r.a.Names[r.name[j]]
	return r.byPlace(r.cut(n.First, n.Last))
}

// contestFrom reads the office, body or election that stands from token k on,
// behind "for", "in", "to" or a verb. It reports false where none does.
func (r *reader) contestFrom(k int, s kith.Sentence) (contest, bool) {
	c := contest{end: k}
	for j := k; j < s.Last && j < k+9; j++ {
		w := r.low(j)
		if r.tag(j) == kith.VERB && contestNouns[w] == "" || r.tag(j) == kith.AUX || w == "," || w == ";" || w == "." || r.tag(j) == kith.SCONJ {
			break
		}
		if r.tag(j) == kith.ADP && j > k {
			break
		}
		if o, ok := r.office(j); ok && o.first >= k-1 && !r.raceFollows(j, s) {
			if len(r.titleOf(o, s)) > 0 {
				break
			}
			c.value, c.object, c.hasObject, c.end = o.value, o.object, o.hasObject, max(o.last, j+1)
			c.election = r.yearNear(c.end, s)
			return c, true
		}
		if in(raceNouns, w) || contestNouns[w] != "" {
			if r.raceFollows(j, s) {
				continue
			}
			return r.contestAt(j, s), true
		}
		if m := r.mention[j]; m >= 0 && r.a.Mentions[m].Kind == kith.NameMention && r.a.Mentions[m].Type == kith.Organization && public(r.a.Mentions[m].Text) {
			end := r.a.Mentions[m].Last
			if r.raceFollows(end-1, s) {
				continue
			}
			c.value, c.object, c.hasObject, c.end = r.a.Mentions[m].Text, r.known(int(m), j, 0), true, end
			c.election = r.yearNear(end, s)
			return c, true
		}
		if w == "white" && j+1 < s.Last && strings.EqualFold(r.a.Word(j+1), "house") {
			c.value, c.end = "president", j+2
			c.election = r.yearNear(j+2, s)
			return c, true
		}
	}
	return c, false
}

// raceFollows reports whether the noun of a contest follows token j closely:
// "governor" of "governor's race", "Senate" of "Senate seat".
func (r *reader) raceFollows(j int, s kith.Sentence) bool {
	for k := j + 1; k < s.Last && k <= j+3; k++ {
		w := r.low(k)
		switch {
		case in(raceNouns, singular(w)) || contestNouns[w] == "seat":
			return true
		case w == "'s" || w == "’s" || contestAdjectives[w] != "" || r.tag(k) == kith.ADJ || w == "general" || w == "-":
		default:
			return false
		}
	}
	return false
}

// contestAt reads the contest whose noun is token n.
func (r *reader) contestAt(n int, s kith.Sentence) contest {
	c := contest{end: n + 1}
	r.contestBefore(&c, n)
	w := r.low(n)
	if c.value == "" {
		c.value = contestNouns[w]
	}
	if w == "seat" {
		c.value = r.seat(n, s)
	}
	if c.election == "" {
		c.election = r.yearNear(n+1, s)
	}
	if n+2 < s.Last && (strings.EqualFold(r.a.Word(n+1), "for") || strings.EqualFold(r.a.Word(n+1), "to") || strings.EqualFold(r.a.Word(n+1), "in") && !in(raceNouns, w)) {
		if d, ok := r.contestFrom(n+2, s); ok && d.value != "" {
			c.value, c.end = d.value, d.end
			if d.hasObject {
				c.object, c.hasObject = d.object, true
			}
			if c.election == "" {
				c.election = d.election
			}
		}
	}
	return c
}

// seat names a seat by the words before it: "Third Ward seat".
func (r *reader) seat(n int, s kith.Sentence) string {
	first := n
	for first-1 >= s.First && (r.tag(first-1) == kith.PROPN || r.tag(first-1) == kith.NOUN || r.tag(first-1) == kith.ADJ || r.tag(first-1) == kith.NUM) {
		first--
	}
	return r.cut(first, n+1)
}

// yearNear is the year of an "in 2026" or "at the 1992 general election" that
// follows within a few words; "" for none.
func (r *reader) yearNear(k int, s kith.Sentence) string {
	for j := k; j < s.Last && j < k+8; j++ {
		w := r.a.Word(j)
		switch {
		case len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20") || strings.HasPrefix(w, "18")) && strings.Trim(w, "0123456789") == "":
			return r.electionName(j, s)
		case w == "(":
			for j < s.Last && r.a.Word(j) != ")" {
				j++
			}
			k = j
		case r.tag(j) == kith.VERB || r.tag(j) == kith.AUX || w == "," || w == ";" || strings.EqualFold(w, "or") || strings.EqualFold(w, "and") || w == ":":
			return ""
		case r.personName(j):
			return ""
		}
	}
	return ""
}

// electionName is the year at token j, with "general election" behind it.
func (r *reader) electionName(j int, s kith.Sentence) string {
	if j+2 < s.Last && strings.EqualFold(r.a.Word(j+1), "general") && strings.HasPrefix(r.low(j+2), "election") {
		return r.cut(j, j+3)
	}
	if j+2 < s.Last && isDash(r.a.Word(j+1)) && len(r.a.Word(j+2)) == 2 && strings.Trim(r.a.Word(j+2), "0123456789") == "" {
		return r.a.Word(j) + "-" + r.a.Word(j+2)
	}
	return r.a.Word(j)
}

// sentenceContest is the election that the sentence of t speaks of elsewhere:
// "In the July 2006 presidential election, …".
func (r *reader) sentenceContest(t int, s kith.Sentence) contest {
	for j := s.First; j < s.Last; j++ {
		w := singular(r.low(j))
		if w != "election" && w != "primary" && w != "race" && w != "by-election" || j == t {
			continue
		}
		if c := r.contestAt(j, s); c.value != "" && c.value != w || c.election != "" {
			if c.value == w {
				c.value = ""
			}
			return c
		}
	}
	return contest{}
}

// complete fills in the office of a run or a result that the sentence leaves
// out: the office that a re-election is to, the election that the sentence is
// about, or the one office that the document's elections are for.
func (r *reader) complete(c *kith.Claim) {
	if c.Predicate == "nominated_by" {
		return
	}
	if c.Value == "" && c.Object == nil && c.Predicate == "candidate_for" {
		if c.Value = r.raceOf(c); c.Value != "" {
			return
		}
		if office := r.officeOf(c.Subject.Name); office != nil && c.Negated {
			c.Value, c.Object = office.Value, office.Object
			return
		}
		if r.contest == nil {
			office := r.onlyContest()
			r.contest = &office
		}
		c.Value = *r.contest
	}
}

// raceOf is the office for which the sentence says already that somebody may
// run; "" for none.
func (r *reader) raceOf(c *kith.Claim) string {
	for i := len(r.a.Claims) - 1; i >= 0 && r.a.Claims[i].Evidence.Start == c.Evidence.Start; i-- {
		if old := &r.a.Claims[i]; old.Predicate == c.Predicate && old.Subject.Name == c.Subject.Name && old.Value != "" {
			return old.Value
		}
	}
	return ""
}

// officeOf is the last claim of an office that somebody holds still, or nil.
func (r *reader) officeOf(name string) *kith.Claim {
	for i := len(r.a.Claims) - 1; i >= 0; i-- {
		if c := &r.a.Claims[i]; c.Predicate == "held_office" && c.Subject.Name == name && c.Qualifiers.Status != "former" && c.Time.To == "" {
			return c
		}
	}
	return nil
}

// onlyContest is the office that at least two and nearly all of the document's
// races are for; "" where they are for several.
func (r *reader) onlyContest() string {
	counts := map[string]int{}
	total, best := 0, ""
	for i := range r.a.Tokens {
		w := r.low(i)
		office := contestAdjectives[w]
		if office == "" || len(w) < 7 || i+1 >= len(r.a.Tokens) || !r.raceFollows(i, r.a.Sentences[max(r.a.SentenceOf(i), 0)]) {
			continue
		}
		total++
		counts[office]++
		if counts[office] > counts[best] {
			best = office
		}
	}
	if total >= 2 && 4*counts[best] >= 3*total {
		return best
	}
	return ""
}
