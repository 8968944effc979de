package answer

import (
	"fmt"
	"slices"
	"strings"

	"kith"
)

// clash is a set of lines that cannot all be so.
type clash struct {
	kind  string
	title string
	lines []Line
}

// The kinds of clash.
const (
	clashDenied     = "said and denied"
	clashDates      = "different dates"
	clashOffice     = "one office, two holders"
	clashOutcome    = "different outcomes"
	clashIntroducer = "different introducers"
	clashRole       = "one role, two holders"
	clashSuccession = "different predecessors or successors"
)

// conflicts lists claims that cannot both be so: about everything, about X,
// or about X and Y.
func conflicts(a *asker) error {
	claims, err := a.scope(0)
	if err != nil {
		return err
	}
	var other *kith.Entity
	if len(a.q.Names) > 1 {
		if other, err = a.entity(a.q.Names[1]); err != nil {
			return err
		}
	}
	for i, c := range a.clashes(pointers(claims, nil)) {
		if other != nil && !slices.ContainsFunc(c.lines, func(l Line) bool {
			return slices.ContainsFunc(l.claims, func(d *kith.Claim) bool { return touches(d, other.ID) })
		}) {
			continue
		}
		for _, l := range c.lines {
			l.Section = fmt.Sprintf("Conflict %d, %s: %s", i+1, c.kind, c.title)
			a.lines = append(a.lines, l)
		}
	}
	return nil
}

// clashes finds all conflicts among claims.
func (a *asker) clashes(claims []*kith.Claim) []clash {
	found := a.denials(claims)
	plain := a.fold("", slices.DeleteFunc(slices.Clone(claims), func(c *kith.Claim) bool {
		return c.Negated || c.Modality != kith.Asserted
	}))
	byPredicate := map[kith.Predicate][]*Line{}
	for i := range plain {
		byPredicate[plain[i].Predicate] = append(byPredicate[plain[i].Predicate], &plain[i])
	}
	rules := []struct {
		kind       string
		predicates []kith.Predicate
		clash      func(l, m *Line) bool
	}{
		{clashDates, []kith.Predicate{"founded", "appointed", "succeeded", "spouse_of", "held_office", "employed_by", "led", "member_of"}, datesClash},
		{clashOffice, []kith.Predicate{"held_office"}, officesClash},
		{clashRole, []kith.Predicate{"led"}, rolesClash},
		{clashOutcome, []kith.Predicate{"won_election", "lost_election"}, outcomesClash},
		{clashIntroducer, []kith.Predicate{"introduced"}, introducersClash},
		{clashSuccession, []kith.Predicate{"succeeded"}, successionsClash},
	}
	for _, r := range rules {
		var lines []*Line
		for _, p := range r.predicates {
			lines = append(lines, byPredicate[p]...)
		}
		for i, l := range lines {
			for _, m := range lines[i+1:] {
				if r.clash(l, m) {
					found = append(found, clash{r.kind, topicOf(l), []Line{*l, *m}})
				}
			}
		}
	}
	return found
}

// topicOf names what a conflict is about.
func topicOf(l *Line) string {
	return strings.TrimSpace(strings.Join([]string{l.Subject.Name, strings.ReplaceAll(string(l.Predicate), "_", " "), nameOf(l.Object), l.Value}, " "))
}

// denials pairs assertions with their denials, and plans with theirs. A
// rumour and its denial can both be so as told; rumours lists them.
func (a *asker) denials(claims []*kith.Claim) []clash {
	var found []clash
	for _, s := range a.stories(claims) {
		for _, certainty := range []kith.Modality{kith.Asserted, kith.Planned} {
			var yes, no []Line
			for _, l := range s.lines {
				switch {
				case l.Modality != certainty:
				case l.Negated:
					no = append(no, l)
				default:
					yes = append(yes, l)
				}
			}
			if len(yes) > 0 && len(no) > 0 {
				found = append(found, clash{clashDenied, topicOf(&yes[0]), append(yes, no...)})
			}
		}
	}
	return found
}

// samePair reports whether two lines have the same subject and object.
func samePair(l, m *Line) bool {
	return l.Subject.ID == m.Subject.ID && (l.Object == nil) == (m.Object == nil) && (l.Object == nil || l.Object.ID == m.Object.ID)
}

// datesClash: one fact is given two times that cannot both be right. Acts
// happen once; of states, two ranges clash where they overlap and differ,
// since one term has one beginning and one end.
func datesClash(l, m *Line) bool {
	if l.Predicate != m.Predicate || !samePair(l, m) || l.Value != "" && m.Value != "" && !sameOffice(l.Value, m.Value) {
		return false
	}
	if r, s := l.Qualifiers["role"], m.Qualifiers["role"]; kith.Fold(r) != kith.Fold(s) {
		return false
	}
	if !lasting(l.Predicate) || l.Predicate == "spouse_of" {
		return differ(l.Time.From, m.Time.From)
	}
	if l.Predicate == "held_office" && !sameJurisdiction(l, m, false) {
		return false
	}
	return mayCoincide(l.Time, m.Time) && (differ(l.Time.From, m.Time.From) || differ(l.Time.To, m.Time.To)) &&
		l.Time.From != "" && m.Time.From != ""
}

// differ reports whether two known dates cannot be one.
func differ(d, e kith.Date) bool {
	if d == "" || e == "" {
		return false
	}
	n := min(len(d), len(e))
	return d[:n] != e[:n]
}

// soleOffices are offices that one person holds at a time.
var soleOffices = []string{"president", "governor", "mayor", "prime minister", "chancellor", "vice president", "sheriff",
	"attorney general", "district attorney", "lieutenant governor", "speaker", "foreign minister", "secretary of state", "tánaiste", "taoiseach", "king", "queen"}

// officesClash: two persons hold one sole office of one place at one time.
func officesClash(l, m *Line) bool {
	if l.Subject.ID == m.Subject.ID || !sameOffice(l.Value, m.Value) || !sameJurisdiction(l, m, true) {
		return false
	}
	words := officeWords(l.Value)
	sole := slices.ContainsFunc(soleOffices, func(o string) bool { return slices.Equal(officeWords(o), words) })
	return sole && together(l.Time, m.Time)
}

// sameJurisdiction compares the places of two offices: where must is set they
// have to be known and equal, else they must not differ.
func sameJurisdiction(l, m *Line, must bool) bool {
	of := func(l *Line) string {
		if l.Object != nil {
			return kith.Fold(l.Object.Name)
		}
		return kith.Fold(l.Qualifiers["jurisdiction"])
	}
	x, y := of(l), of(m)
	if x == "" || y == "" {
		return !must
	}
	return x == y
}

// together reports whether two known ranges share more than a handover: more
// than one year where only years are known, more than a day otherwise.
func together(t, u kith.Time) bool {
	if t.From == "" || u.From == "" {
		return false
	}
	from := max(t.From.First(), u.From.First())
	to := endOf(t)
	if end := endOf(u); end < to {
		to = end
	}
	if from >= to {
		return false
	}
	return from[:4] != to[:4] || len(t.From) > 4 && len(u.From) > 4
}

// endOf is the last day of a time; open ends reach as far as they can.
func endOf(t kith.Time) string {
	if t.To == "" {
		return "9999-12-31"
	}
	return t.To.Last()
}

// rolesClash: two persons lead one organisation in one role at one time.
func rolesClash(l, m *Line) bool {
	role := kith.Fold(l.Qualifiers["role"])
	return l.Subject.ID != m.Subject.ID && l.Object != nil && m.Object != nil && l.Object.ID == m.Object.ID && role != "" &&
		role == kith.Fold(m.Qualifiers["role"]) && together(l.Time, m.Time)
}

// outcomesClash: one contest is won by two, or won and lost by one.
func outcomesClash(l, m *Line) bool {
	if !sameElection(l.Qualifiers["election"], m.Qualifiers["election"]) || l.Qualifiers["election"] == "" && !sameValue(l, m) {
		return false
	}
	if l.Value != "" && m.Value != "" && !sameOffice(l.Value, m.Value) {
		return false
	}
	winner, loser := contestants(l)
	winner2, loser2 := contestants(m)
	switch {
	case l.Qualifiers["election"] == "" && m.Qualifiers["election"] == "" && (winner == "" || loser == "" || winner2 == "" || loser2 == ""):
		return false
	case winner != "" && winner == loser2 || loser != "" && loser == winner2:
		return sameValue(l, m)
	case winner != "" && winner2 != "" && winner != winner2:
		return loser != "" && loser == loser2 || sameValue(l, m) && samePlace(l, m)
	}
	return false
}

func sameValue(l, m *Line) bool {
	return l.Value != "" && m.Value != "" && sameOffice(l.Value, m.Value) || l.Value == m.Value
}

func samePlace(l, m *Line) bool {
	return l.Value != "" && l.Qualifiers["jurisdiction"] != "" && l.Qualifiers["jurisdiction"] == m.Qualifiers["jurisdiction"]
}

// contestants are the winner and the loser that a line names.
func contestants(l *Line) (winner, loser kith.EntityID) {
	other := kith.EntityID("")
	if l.Object != nil && l.Object.Type == kith.Person {
		other = l.Object.ID
	}
	if l.Predicate == "won_election" {
		return l.Subject.ID, other
	}
	return other, l.Subject.ID
}

// introducersClash: two different people introduced one pair.
func introducersClash(l, m *Line) bool {
	if l.Subject.ID == m.Subject.ID || l.Object == nil || m.Object == nil || l.Third == nil || m.Third == nil {
		return false
	}
	return l.Object.ID == m.Object.ID && l.Third.ID == m.Third.ID || l.Object.ID == m.Third.ID && l.Third.ID == m.Object.ID
}

// successionsClash: one person took one office over from two, or two took it
// over from one, at times that are not known to differ.
func successionsClash(l, m *Line) bool {
	if l.Object == nil || m.Object == nil || l.Value == "" || !sameOffice(l.Value, m.Value) || differ(l.Time.From, m.Time.From) {
		return false
	}
	return (l.Subject.ID == m.Subject.ID) != (l.Object.ID == m.Object.ID)
}
