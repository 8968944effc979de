package answer

import (
	"slices"

	"kith"
)

// presence are the predicates that bring somebody to an event.
var presence = []kith.Predicate{"hosted", "attended", "spoke_at"}

// events lists the events of X, each with hosts, guests and place, and then
// the ties between X and its guests that are known to be later.
func events(a *asker) error {
	var x *kith.Entity
	var claims []kith.Claim
	var err error
	if len(a.q.Names) == 0 {
		claims, err = a.collect(kith.ClaimFilter{Predicates: presence})
	} else if x, err = a.entity(a.q.Names[0]); err == nil {
		claims, err = a.about(x.ID)
	}
	if err != nil {
		return err
	}
	var seen []kith.EntityID
	for _, l := range a.window(a.fold("", pointers(claims, func(c *kith.Claim) bool { return one(presence, c.Predicate) })), true) {
		if l.Object == nil || l.Object.Type != kith.EventType && x != nil && l.Object.ID == x.ID {
			l.Section = l.Value
			a.lines = append(a.lines, l)
			continue
		}
		if slices.Contains(seen, l.Object.ID) {
			continue
		}
		seen = append(seen, l.Object.ID)
		if err := a.addEvent(*l.Object, x); err != nil {
			return err
		}
	}
	return nil
}

// addEvent adds one event with those who were there.
func (a *asker) addEvent(event kith.EntityRef, x *kith.Entity) error {
	claims, err := a.about(event.ID)
	if err != nil {
		return err
	}
	var lines []Line
	for _, p := range []kith.Predicate{"hosted", "located_in", "attended", "spoke_at"} {
		lines = append(lines, a.fold(event.Name, pointers(claims, func(c *kith.Claim) bool { return c.Predicate == p }))...)
	}
	a.add(lines)
	if x == nil {
		return nil
	}
	about, err := a.about(x.ID)
	if err != nil {
		return err
	}
	for i := range lines {
		l := &lines[i]
		if l.Negated || l.Subject.ID == x.ID || l.Predicate != "attended" && l.Predicate != "spoke_at" {
			continue
		}
		later := a.fold(event.Name+": ties of guests that followed", pointers(about, func(c *kith.Claim) bool {
			return touches(c, l.Subject.ID) && !is(c.Object, event.ID) && !sameSentence(l, c) && !one(pathless, c.Predicate) && a.after(c, l)
		}))
		for j := range later {
			later[j].addNote("after the event")
		}
		a.addOnce(later)
	}
	return nil
}

// addOnce adds lines that do not stand in the answer yet.
func (a *asker) addOnce(lines []Line) {
	for _, l := range lines {
		if !slices.ContainsFunc(a.lines, func(m Line) bool { return m.Section == l.Section && slices.Equal(m.Claims, l.Claims) }) {
			a.lines = append(a.lines, l)
		}
	}
}
