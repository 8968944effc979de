package answer

import (
	"slices"
	"strings"

	"kith"
)

// expected says what is usually asked of a claim of each predicate, beyond
// its ends.
var expected = map[kith.Predicate][]string{
	"held_office": {"when"}, "candidate_for": {"office", "election", "outcome"}, "won_election": {"election", "whom they beat"},
	"lost_election": {"election", "the winner"}, "appointed": {"when", "post"}, "succeeded": {"when", "office"},
	"employed_by": {"role", "when"}, "led": {"role", "when"}, "member_of": {"when"}, "founded": {"when"},
	"introduced": {"to whom", "where", "when"}, "hosted": {"for whom", "where", "when"}, "endorsed": {"when"},
	"donated_to": {"amount", "when"}, "raised_funds_for": {"when"}, "advised": {"topic", "when"}, "mentored": {"when"},
	"met_with": {"when", "where"}, "accused": {"of what"}, "educated_at": {"when"}, "spouse_of": {"when"},
}

// asks says whether a line leaves one of the expected things open.
func open(l *Line, what string, claims []kith.Claim) bool {
	switch what {
	case "when":
		return l.Time.From == "" && l.Time.To == ""
	case "office", "post":
		return l.Value == "" && l.Qualifiers["office"] == ""
	case "of what":
		return l.Qualifiers["topic"] == ""
	case "whom they beat", "the winner":
		return l.Object == nil || l.Object.Type != kith.Person
	case "to whom", "for whom":
		return l.Third == nil
	case "where":
		return l.Qualifiers["place"] == ""
	case "outcome":
		return l.Modality == kith.Asserted && l.Qualifiers["outcome"] == "" && !decided(l, claims)
	}
	return l.Qualifiers[what] == ""
}

// decided reports whether some claim says how a candidacy ended.
func decided(l *Line, claims []kith.Claim) bool {
	return slices.ContainsFunc(claims, func(c kith.Claim) bool {
		if c.Predicate != "won_election" && c.Predicate != "lost_election" || !touches(&c, l.Subject.ID) {
			return false
		}
		return sameElection(c.Qualifiers.Election, l.Qualifiers["election"]) || l.Value != "" && c.Value != "" && sameOffice(l.Value, c.Value)
	})
}

// gaps lists lines about X of which something is open that is often asked,
// and the parts of a sheet of which nothing is said.
func gaps(a *asker) error {
	claims, err := a.scope(0)
	if err != nil {
		return err
	}
	kept := pointers(claims, func(c *kith.Claim) bool { return !c.Negated && expected[c.Predicate] != nil })
	for _, l := range a.fold("", kept) {
		var missing []string
		for _, what := range expected[l.Predicate] {
			if open(&l, what, claims) {
				missing = append(missing, what)
			}
		}
		if len(missing) == 0 {
			continue
		}
		l.Section = "Open"
		l.addNote("not known: " + strings.Join(missing, ", "))
		a.lines = append(a.lines, l)
	}
	if len(a.q.Names) > 0 {
		a.silent(claims)
	}
	return nil
}

// silent counts the parts of a person's sheet of which no claim speaks.
func (a *asker) silent(claims []kith.Claim) {
	e, err := a.entity(a.q.Names[0])
	if err != nil || e.Type != kith.Person {
		return
	}
	for _, part := range []struct {
		name       string
		predicates []kith.Predicate
	}{
		{"education", []kith.Predicate{"educated_at"}}, {"party or membership", []kith.Predicate{"member_of", "nominated_by"}},
		{"kin", kin}, {"offices", []kith.Predicate{"held_office"}}, {"employers", []kith.Predicate{"employed_by", "led"}},
		{"donors", money}, {"mentors", []kith.Predicate{"mentored"}},
	} {
		if !slices.ContainsFunc(claims, func(c kith.Claim) bool { return one(part.predicates, c.Predicate) && !c.Negated }) {
			a.leaveMany("nothing is said of "+e.Name+"’s "+part.name, 1)
		}
	}
}
