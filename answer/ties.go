package answer

import (
	"kith"
	"kith/query"
)

// ties lists all that is said of A and B together, in time order; with one
// name, all ties of A.
func ties(a *asker) error {
	found, err := a.subjects(2)
	if err != nil {
		return err
	}
	claims, err := a.about(found[0].ID)
	if err != nil {
		return err
	}
	var other kith.EntityID
	if len(found) > 1 {
		other = found[1].ID
	}
	kept := pointers(claims, func(c *kith.Claim) bool {
		if !a.asked(c) || other == "" && c.Object == nil {
			return false
		}
		return other == "" || touches(c, other)
	})
	a.add(a.window(a.fold("", kept), true))
	return nil
}

// asked reports whether the question asks for the claim's predicate.
func (a *asker) asked(c *kith.Claim) bool {
	if len(a.q.Terms) == 0 {
		return true
	}
	for _, t := range a.q.Terms {
		if t.Predicate == c.Predicate {
			return true
		}
	}
	return false
}

func (a *asker) add(lines []Line) { a.lines = append(a.lines, lines...) }

// window keeps lines that can have held in the time that the question asks
// about. Lines without a date are kept and say so; where strict is set and
// some line has a fitting date, they are left out and counted.
func (a *asker) window(lines []Line, strict bool) []Line {
	if a.q.From == "" && a.q.To == "" || a.q.Kind == query.Changes {
		return lines
	}
	dated := false
	var kept []Line
	for _, l := range lines {
		switch {
		case l.Time.From == "" && l.Time.To == "":
			l.addNote("the text gives no date")
		case !mayCoincide(l.Time, kith.Time{From: a.q.From, To: a.q.To}):
			a.leaveMany("lines of another time", 1)
			continue
		default:
			dated = true
		}
		kept = append(kept, l)
	}
	if !strict || !dated {
		return kept
	}
	var out []Line
	for _, l := range kept {
		if l.Time.From == "" && l.Time.To == "" {
			a.leaveMany("lines without a date", 1)
			continue
		}
		out = append(out, l)
	}
	return out
}
