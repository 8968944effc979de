package extract

import (
	"strings"

	"kith"
)

// partyAdjectives name a party by its adjective or nickname.
var partyAdjectives = map[string]string{
	"democratic": "Democratic Party", "democrat": "Democratic Party", "democrats": "Democratic Party", "republican": "Republican Party",
	"republicans": "Republican Party", "gop": "Republican Party", "labour": "Labour Party", "conservative": "Conservative Party",
	"tory": "Conservative Party", "libertarian": "Libertarian Party", "green": "Green Party", "liberal": "Liberal Party",
	"socialist": "Socialist Party", "communist": "Communist Party", "whig": "Whig Party", "federalist": "Federalist Party",
	"reform": "Reform Party",
}

// partyBefore is the party named before a noun: "the Civic Union Party's
// nominee", "the Democratic nominee", "its candidate".
func (r *reader) partyBefore(t int, s kith.Sentence) []party {
	for j := t - 1; j >= s.First && t-j < 8; j-- {
		w := r.low(j)
		switch {
		case r.name[j] >= 0 && r.a.Names[r.name[j]].Type == kith.Organization:
			if in(houses, w) {
				return nil // "Senate candidate": what for, not by whom
			}
			return r.organizationAt(j)
		case partyAdjectives[w] != "" && r.capital(j):
			return []party{r.byName(kith.EntityRef{Name: partyAdjectives[w], Type: kith.Organization,
				ID: kith.NewEntityID(r.a.Document.ID, partyAdjectives[w], kith.Organization, 0)})}
		case r.xtag(j) == xPRPS || w == "party" && j-1 >= s.First && r.xtag(j-1) == xPRPS:
			m := r.mention[j]
			if m >= 0 && r.a.Mentions[m].Type == kith.Organization && r.a.Mentions[m].Entity >= 0 && !r.a.Entities[r.a.Mentions[m].Entity].Unnamed {
				return []party{r.known(int(m), j, 0)}
			}
			return nil
		case r.tag(j) == kith.VERB || r.tag(j) == kith.AUX || r.tag(j) == kith.ADP || r.tag(j) == kith.DET || w == ",":
			return nil
		}
	}
	return nil
}

// houses are bodies to which people are elected.
var houses = words("senate house assembly congress parliament council legislature commons lords bundestag knesset dáil seanad duma")

// organizationAt is the party of the organisation whose name holds token j.
func (r *reader) organizationAt(j int) []party {
	n := r.a.Names[r.name[j]]
	for k := n.Last - 1; k >= n.First; k-- {
		if m := r.mention[k]; m >= 0 && r.a.Mentions[m].Kind == kith.NameMention {
			if p := r.known(int(m), k, 0); p.ref.Type == kith.Organization {
				return []party{p}
			}
		}
	}
	return nil
}

// nominated adds that a party or body put somebody forward.
func (r *reader) nominated(e race, by party, s kith.Sentence, base float64) {
	object, office := by.ref, e.value
	e.hasObject, e.value = false, ""
	r.emit("nominated_by", e, s, base, func(c *kith.Claim) {
		c.Object = &object
		c.Value = ""
		if office != "nomination" {
			c.Qualifiers.Office = office
		}
	})
}

// nomineeNoun reads "the Democratic nominee for governor, Ann Lee". With its
// office it is a run, too.
func (r *reader) nomineeNoun(t int, s kith.Sentence) {
	c := r.contestAt(t, s)
	e := race{contest: c, trigger: t}
	e.who, e.granted = r.denoted(t, c.end, s)
	shared := len(e.who) == 0
	if shared {
		e.who = r.sharers(t)
	}
	if len(e.who) == 0 {
		return
	}
	if by := r.partyBefore(t, s); len(by) > 0 {
		r.nominated(e, by[0], s, 0.9)
	} else if p := r.partyBehind(t, s); len(p) > 0 {
		r.nominated(e, p[0], s, 0.88)
	}
	if c.value != "" && !shared {
		r.emit("candidate_for", e, s, 0.82, nil)
	}
}

// nominates reads "the convention nominated her", "was nominated by the Reform
// Party for governor".
func (r *reader) nominates(t int, s kith.Sentence) {
	e := race{trigger: t}
	passive := r.passive(t) || r.auxBefore(t)
	var by []party
	if passive {
		e.who = r.actors(t)
		by = r.partyBehind(t, s)
	} else {
		e.who = r.namesFrom(t+1, s)
		if subj := r.surfaceSubject(t, 0); subj >= 0 {
			by = r.bodyAt(subj, s)
		}
	}
	if len(e.who) == 0 || len(by) == 0 {
		return
	}
	if c, ok := r.contestAfter(t, s); ok {
		e.contest = c
	}
	for k := t + 1; k+1 < s.Last && k < t+6; k++ {
		if strings.EqualFold(r.a.Word(k), "by") && strings.EqualFold(r.a.Word(k+1), "acclamation") {
			e.outcome = r.cut(k, k+2)
		}
	}
	r.nominated(e, by[0], s, 0.88)
}

// bodyAt is the organisation that a subject refers to, or whose convention it
// is.
func (r *reader) bodyAt(subj int, s kith.Sentence) []party {
	if r.relative(subj) {
		if v := r.clauseOf(subj); v >= 0 && r.head(v) >= 0 {
			subj = r.head(v)
		}
	}
	for _, p := range r.parties(subj) {
		if p.ref.Type == kith.Organization && !p.unnamed {
			return []party{p}
		}
	}
	if r.name[subj] >= 0 && r.a.Names[r.name[subj]].Type == kith.Organization {
		return r.organizationAt(subj)
	}
	return r.partyBefore(subj, s)
}

// sharers lists the persons of "both women share the distinction of being …".
func (r *reader) sharers(t int) []party {
	h := r.head(t)
	for n := 0; h >= 0 && n < 4; n++ {
		if r.tag(h) == kith.VERB {
			return r.persons(r.parties(max(r.surfaceSubject(h, 0), 0)))
		}
		h = r.head(h)
	}
	return nil
}

// partyBehind is the party of "the nominee of the Reform Party".
func (r *reader) partyBehind(t int, s kith.Sentence) []party {
	for k := t + 1; k < s.Last && k < t+8; k++ {
		if strings.EqualFold(r.a.Word(k), "of") || strings.EqualFold(r.a.Word(k), "by") {
			for j := k + 1; j < s.Last && j < k+5; j++ {
				if r.name[j] >= 0 && r.a.Names[r.name[j]].Type == kith.Organization {
					return r.organizationAt(j)
				}
			}
		}
	}
	return nil
}

// nominationNoun reads "accepted the Democratic nomination".
func (r *reader) nominationNoun(t int, s kith.Sentence) {
	h := r.head(t)
	if h < 0 || r.tag(h) != kith.VERB || r.rel(t) != kith.Obj {
		return
	}
	switch r.lowLemma(h) {
	case "accept", "receive", "get", "gain", "earn", "claim":
		r.wonNomination(h, race{contest: r.contestAt(t, s), who: r.actors(h), trigger: h}, s)
	}
}

// wonNomination adds that somebody became a party's nominee.
func (r *reader) wonNomination(t int, e race, s kith.Sentence) {
	for k := t + 1; k < s.Last && k < t+9; k++ {
		if !strings.EqualFold(r.a.Word(k), "nomination") {
			continue
		}
		by := r.partyBefore(k, s)
		if len(by) == 0 {
			by = r.partyBehind(k, s)
		}
		if len(by) > 0 {
			e.contest = r.contestAt(k, s)
			r.nominated(e, by[0], s, 0.88)
		}
		return
	}
}
