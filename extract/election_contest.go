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
		w := strings.ToLower(r.a.Word(j))
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
		w := strings.ToLower(r.a.Word(j))
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
		w := strings.ToLower(r.a.Word(k))
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
	w := strings.ToLower(r.a.Word(n))
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
		case r.tag(j) == kith.VERB || r.tag(j) == kith.AUX || w == "," || w == ";" || strings.EqualFold(w, "or") || strings.EqualFold(w, "and") || w == ":" || w == "(":
			return ""
		case r.personName(j):
			return ""
		}
	}
	return ""
}

// electionName is the year at token j, with "general election" behind it.
func (r *reader) electionName(j int, s kith.Sentence) string {
	if j+2 < s.Last && strings.EqualFold(r.a.Word(j+1), "general") && strings.HasPrefix(strings.ToLower(r.a.Word(j+2)), "election") {
		return r.cut(j, j+3)
	}
	return r.a.Word(j)
}
