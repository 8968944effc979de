package answer

import (
	"slices"
	"strings"

	"kith"
)

// timeline lists all that is said of X (and Y) in time order: what has a date
// of its own year by year, and the rest in the order of the texts.
func timeline(a *asker) error {
	found, err := a.subjects(2)
	if err != nil {
		return err
	}
	claims, err := a.about(found[0].ID)
	if err != nil {
		return err
	}
	kept := pointers(claims, func(c *kith.Claim) bool { return len(found) < 2 || touches(c, found[1].ID) })
	lines := a.window(a.fold("", kept), true)
	slices.SortStableFunc(lines, func(l, m Line) int {
		if l.order.dated != m.order.dated {
			if l.order.dated {
				return -1
			}
			return 1
		}
		return l.order.compare(m.order)
	})
	for i := range lines {
		lines[i].Section = "No date in the text, in the order of the texts"
		if lines[i].order.dated {
			lines[i].Section = lines[i].order.date[:4]
		}
	}
	a.add(lines)
	return nil
}

// story is all that is said of one possible fact: rumours, plans, assertions
// and denials, in the order in which they were reported.
type story struct {
	lines []Line
}

// stories gathers lines that are about one fact, whatever their certainty. A
// denial that gives no details belongs to each story that it can mean.
func (a *asker) stories(claims []*kith.Claim) []story {
	lines := a.fold("", claims)
	slices.SortStableFunc(lines, func(l, m Line) int { return m.detail() - l.detail() })
	var list []story
	place := map[lineKey][]int{}
	for _, l := range lines {
		key := keyOf(l.claims[0])
		key.modality, key.negated = "", false
		joined := false
		for _, i := range place[key] {
			if tells(&list[i].lines[0], &l) {
				list[i].lines = append(list[i].lines, l)
				joined = true
				if !l.Negated {
					break
				}
			}
		}
		if !joined {
			place[key] = append(place[key], len(list))
			list = append(list, story{[]Line{l}})
		}
	}
	for i := range list {
		slices.SortStableFunc(list[i].lines, func(l, m Line) int { return l.reported(m) })
	}
	slices.SortStableFunc(list, func(s, t story) int { return s.lines[0].reported(t.lines[0]) })
	return list
}

// tells reports whether a line is about the fact that a story's first line is
// about.
func tells(first, l *Line) bool {
	if sameFact(first, l) {
		return true
	}
	if !l.Negated || !mayCoincide(first.Time, l.Time) || first.Value != "" && l.Value != "" && !sameOffice(first.Value, l.Value) {
		return false
	}
	e, f := first.Qualifiers["election"], l.Qualifiers["election"]
	return e == "" || f == "" || sameElection(e, f)
}

// reported compares lines by when they were first reported.
func (l Line) reported(m Line) int {
	return strings.Compare(l.order.day+"\x00"+string(l.order.doc), m.order.day+"\x00"+string(m.order.doc))*2 + compareInt(l.order.start, m.order.start)
}

func compareInt(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
