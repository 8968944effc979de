package answer

import (
	"slices"
	"strings"

	"kith"
)

// introducers lists who introduced X to whom and whom X introduced to whom,
// where, and which ties of the two followed. A second name narrows to
// introductions between the two.
func introducers(a *asker) error {
	var claims []kith.Claim
	var err error
	var x *kith.Entity
	if len(a.q.Names) == 0 {
		claims, err = a.collect(kith.ClaimFilter{Predicates: []kith.Predicate{"introduced"}})
	} else if x, err = a.entity(a.q.Names[0]); err == nil {
		claims, err = a.about(x.ID)
	}
	if err != nil {
		return err
	}
	kept := pointers(claims, func(c *kith.Claim) bool { return c.Predicate == "introduced" })
	if len(a.q.Names) > 1 {
		if kept, err = a.toWhom(kept, x, a.q.Names[1]); err != nil {
			return err
		}
	}
	if a.q.Third != "" {
		by, err := a.end(a.q.Third)
		if err != nil {
			return err
		}
		kept = slices.DeleteFunc(kept, func(c *kith.Claim) bool { return !by.isRef(&c.Subject) })
	}
	lines := a.window(a.fold("", kept), true)
	for i := range lines {
		if err := a.addIntroduction(&lines[i]); err != nil {
			return err
		}
	}
	if a.q.Part == "introductions" {
		return nil
	}
	for i := range lines {
		follow, err := a.followed(&lines[i])
		if err != nil {
			return err
		}
		a.addOnce(follow)
	}
	return nil
}

// toWhom keeps the introductions of x to the other one. Where the other is no
// entity but words that no introduction's party has, the introductions of x
// to others are shown and say so.
func (a *asker) toWhom(claims []*kith.Claim, x *kith.Entity, name string) ([]*kith.Claim, error) {
	other, err := a.end(name)
	if err != nil {
		return nil, err
	}
	parties := func(c *kith.Claim) bool {
		if c.Subject.ID == x.ID { // whom did x introduce to the other
			return other.isRef(c.Object) || other.isRef(c.Qualifiers.Third)
		}
		if is(c.Object, x.ID) {
			return other.isRef(c.Qualifiers.Third)
		}
		return other.isRef(c.Object)
	}
	var kept []*kith.Claim
	for _, c := range claims {
		if parties(c) {
			kept = append(kept, c)
		}
	}
	if len(kept) > 0 || other.entity != nil {
		return kept, nil
	}
	for _, c := range claims {
		if is(c.Object, x.ID) || is(c.Qualifiers.Third, x.ID) {
			kept = append(kept, c)
		}
	}
	a.called = name
	return kept, nil
}

// addIntroduction adds one introduction, with the place of the event at which
// the same sentence says that it happened.
func (a *asker) addIntroduction(l *Line) error {
	l.Section = "Introductions"
	if a.called != "" {
		l.addNote("the text does not call them “" + a.called + "”")
	}
	if l.Qualifiers["place"] == "" {
		claims, err := a.about(l.Subject.ID)
		if err != nil {
			return err
		}
		for i := range claims {
			c := &claims[i]
			if c.Predicate != "hosted" || c.Subject.ID != l.Subject.ID || !sameSentence(l, c) {
				continue
			}
			where := strings.TrimSpace(nameOf(c.Object) + " " + c.Value)
			if c.Qualifiers.Place != "" {
				where += ", " + c.Qualifiers.Place
			}
			l.addNote("at " + strings.Trim(where, ", "))
			break
		}
	}
	a.lines = append(a.lines, *l)
	return nil
}

// sameSentence reports whether a claim stands on a quote of the line.
func sameSentence(l *Line, c *kith.Claim) bool {
	return slices.ContainsFunc(l.claims, func(d *kith.Claim) bool {
		return d.Evidence.Document == c.Evidence.Document && d.Evidence.Span().Overlaps(c.Evidence.Span())
	})
}

// followed lists the ties between the two who were introduced that a later
// date, or a later place in the same text, puts after the introduction. A
// party's campaign stands for the party.
func (a *asker) followed(l *Line) ([]Line, error) {
	if l.Object == nil || l.Third == nil || l.Negated || l.Modality != kith.Asserted {
		return nil, nil
	}
	x := &kith.Entity{ID: l.Object.ID, Name: l.Object.Name, Type: l.Object.Type}
	y := &kith.Entity{ID: l.Third.ID, Name: l.Third.Name, Type: l.Third.Type}
	claims, ownX, err := a.withOwn(x)
	if err != nil {
		return nil, err
	}
	more, ownY, err := a.withOwn(y)
	if err != nil {
		return nil, err
	}
	ends := [2]end{{entity: x, own: ownX}, {entity: y, own: ownY}}
	kept := pointers(merge(claims, more), func(c *kith.Claim) bool {
		if c.Predicate == "introduced" || c.Object == nil && c.Qualifiers.Third == nil || one(pathless, c.Predicate) || sameSentence(l, c) {
			return false
		}
		return !c.Negated && (binds(c, ends[0], ends[1]) || binds(c, ends[1], ends[0])) && a.after(c, l)
	})
	lines := a.fold("What followed", kept)
	for i := range lines {
		noteOwn(lines[i:i+1], x, ownX)
		noteOwn(lines[i:i+1], y, ownY)
		lines[i].addNote("after " + l.Subject.Name + " introduced the two")
	}
	return lines, nil
}

// binds reports whether a claim runs from one end to the other.
func binds(c *kith.Claim, from, to end) bool {
	return from.isRef(&c.Subject) && (to.isRef(c.Object) || to.isRef(c.Qualifiers.Third))
}

// after reports whether a claim is known to be later than the line: by its
// date, or by its place where one text tells both without dates.
func (a *asker) after(c *kith.Claim, l *Line) bool {
	o := a.orderOf(c)
	if o.dated && l.order.dated {
		return o.date >= l.order.date
	}
	if o.doc == l.order.doc {
		return o.start > l.order.start
	}
	return o.date > l.order.date
}
