package answer

import (
	"slices"
	"strings"

	"kith"
)

// stop is one station of a career.
type stop struct {
	title string
	takes func(c *kith.Claim, id kith.EntityID) bool
}

// career lists the stations at which two careers are laid side by side.
var career = []stop{
	{"Offices", bySubject("held_office")},
	{"Candidacies", bySubject("candidate_for")},
	{"Nominations", bySubject("nominated_by")},
	{"Wins", func(c *kith.Claim, id kith.EntityID) bool {
		return c.Predicate == "won_election" && c.Subject.ID == id || c.Predicate == "lost_election" && is(c.Object, id)
	}},
	{"Losses", func(c *kith.Claim, id kith.EntityID) bool {
		return c.Predicate == "lost_election" && c.Subject.ID == id || c.Predicate == "won_election" && is(c.Object, id)
	}},
	{"Firsts", func(c *kith.Claim, id kith.EntityID) bool {
		return c.Subject.ID == id && strings.Contains(kith.Fold(c.Qualifiers.Distinction), "first")
	}},
	{"Founded", bySubject("founded")},
	{"Teaching and study", func(c *kith.Claim, id kith.EntityID) bool {
		return c.Subject.ID == id && (c.Predicate == "educated_at" || c.Predicate == "employed_by" && teaches(c))
	}},
	{"Led", bySubject("led")},
	{"Worked for", func(c *kith.Claim, id kith.EntityID) bool {
		return c.Subject.ID == id && c.Predicate == "employed_by" && !teaches(c)
	}},
	{"Member of", bySubject("member_of")},
	{"Mentors", func(c *kith.Claim, id kith.EntityID) bool { return c.Predicate == "mentored" && is(c.Object, id) }},
	{"Succession", func(c *kith.Claim, id kith.EntityID) bool {
		return touches(c, id) && one([]kith.Predicate{"succeeded", "named_successor"}, c.Predicate)
	}},
}

// teaches reports whether a post is one of teaching.
func teaches(c *kith.Claim) bool {
	text := kith.Fold(c.Qualifiers.Role + " " + nameOf(c.Object))
	return slices.ContainsFunc([]string{"professor", "lecturer", "teacher", "teaching", "university", "college", "school", "fellow"},
		func(w string) bool { return strings.Contains(text, w) })
}

// compare lays two careers side by side, station by station: A's lines, then
// B's. Where one has none the place stays open, and left_out says so.
func compare(a *asker) error {
	found, err := a.subjects(2)
	if err != nil {
		return err
	}
	var claims [2][]kith.Claim
	for i, e := range found {
		if claims[i], err = a.about(e.ID); err != nil {
			return err
		}
		a.compared = append(a.compared, e.Name)
	}
	for _, s := range career {
		var sides [2][]Line
		for i, e := range found {
			sides[i] = a.window(a.fold(s.title, pointers(claims[i], func(c *kith.Claim) bool { return s.takes(c, e.ID) })), false)
			for j := range sides[i] {
				sides[i][j].side = i
				if s.title == "Founded" {
					a.noteDefeat(&sides[i][j], claims[i], e.ID)
				}
			}
		}
		if len(sides[0])+len(sides[1]) == 0 {
			continue
		}
		for i, e := range found {
			if len(sides[i]) == 0 {
				a.leaveMany("gap: nothing is said of "+e.Name+" under “"+s.title+"”", 1)
			}
			a.add(sides[i])
		}
	}
	return nil
}

// defeats are the elections that the person lost, in order.
func (a *asker) defeats(claims []kith.Claim, id kith.EntityID) []Line {
	return a.fold("", pointers(claims, func(c *kith.Claim) bool {
		return !c.Negated && c.Modality == kith.Asserted &&
			(c.Predicate == "lost_election" && c.Subject.ID == id || c.Predicate == "won_election" && is(c.Object, id))
	}))
}

// defeatBefore is the last defeat that is not known to come after the
// founding, or nil.
func (a *asker) defeatBefore(l *Line, claims []kith.Claim, id kith.EntityID) *Line {
	var last *Line
	lost := a.defeats(claims, id)
	for i := range lost {
		d := &lost[i]
		if l.Time.From != "" && d.Time.From != "" && d.Time.From.First() > l.Time.From.Last() {
			continue
		}
		if last == nil || rankDefeat(l, d) >= rankDefeat(l, last) {
			last = d
		}
	}
	return last
}

// rankDefeat prefers defeats of the founding's own sentence that are dated,
// then dated ones, then undated ones of the sentence.
func rankDefeat(l, d *Line) int {
	rank := 0
	if d.order.dated {
		rank += 2
	}
	if sharesSentence(l, d) {
		rank++
	}
	return rank
}

func sharesSentence(l, m *Line) bool {
	return slices.ContainsFunc(m.claims, func(c *kith.Claim) bool { return sameSentence(l, c) })
}

func (a *asker) noteDefeat(l *Line, claims []kith.Claim, id kith.EntityID) *Line {
	d := a.defeatBefore(l, claims, id)
	if d == nil {
		return nil
	}
	when := "the defeat"
	if t := span(d.Time); t != "" && d.Time.From != "" {
		when += " of " + t
	}
	switch {
	case l.Time.From != "" && d.Time.From != "":
		l.addNote("after " + when)
	case sharesSentence(l, d):
		l.addNote("the text puts it after " + when)
	default:
		l.addNote("the text does not date it; " + when + " is known")
	}
	return d
}

// vehicles lists what was founded after a defeat, the defeat, and what the
// organisation is modelled on.
func vehicles(a *asker) error {
	var founded []kith.Claim
	found, err := a.subjects(1)
	if err != nil {
		return err
	}
	if len(found) == 1 {
		founded, err = a.about(found[0].ID)
	} else {
		founded, err = a.collect(kith.ClaimFilter{Predicates: []kith.Predicate{"founded"}})
	}
	if err != nil {
		return err
	}
	lines := a.fold("", pointers(founded, func(c *kith.Claim) bool {
		return c.Predicate == "founded" && c.Object != nil && (len(found) == 0 || c.Subject.ID == found[0].ID)
	}))
	for i := range lines {
		if err := a.addVehicle(&lines[i]); err != nil {
			return err
		}
	}
	return nil
}

func (a *asker) addVehicle(l *Line) error {
	claims, err := a.about(l.Subject.ID)
	if err != nil {
		return err
	}
	defeat := a.noteDefeat(l, claims, l.Subject.ID)
	if defeat == nil {
		a.leaveMany("founded without a known defeat before", 1)
		return nil
	}
	title := l.Object.Name
	l.Section, defeat.Section = title, title
	defeat.addNote("the defeat before it")
	a.lines = append(a.lines, *l, *defeat)
	about, err := a.about(l.Object.ID)
	if err != nil {
		return err
	}
	likened := a.fold(title, pointers(about, func(c *kith.Claim) bool { return c.Predicate == "compared_to" }))
	for i := range likened {
		likened[i].addNote("what it is modelled on")
	}
	a.add(likened)
	a.add(a.fold(title, pointers(about, func(c *kith.Claim) bool {
		return is(c.Object, l.Object.ID) && one([]kith.Predicate{"led", "owns", "employed_by", "member_of"}, c.Predicate)
	})))
	return nil
}
