package answer

import (
	"slices"

	"kith"
	"kith/graph"
)

// changes lists what is new, ended, hardened, denied, contradicted or
// withdrawn between two dates. What a text dates itself changes on that date;
// the rest changes when it is first reported, which is its document's date
// or, where that is unknown, the day on which kith learned it.
func changes(a *asker) error {
	claims, err := a.scope(0)
	if err != nil {
		return err
	}
	if a.q.To == "" {
		a.q.To = a.today()
	}
	var parts [6][]Line
	for _, s := range a.stories(pointers(claims, nil)) {
		a.changed(&s, &parts)
	}
	for i, title := range []string{"New", "Hardened", "Ended", "Denied"} {
		slices.SortStableFunc(parts[i], func(l, m Line) int { return l.order.compare(m.order) })
		for _, l := range parts[i] {
			l.Section = title
			a.lines = append(a.lines, l)
		}
	}
	if err := a.contradicted(claims); err != nil {
		return err
	}
	return a.withdrawn()
}

// inWindow reports whether a day, as ISO text, lies in the question's window.
func (a *asker) inWindow(day string) bool {
	return day != "" && (a.q.From == "" || day >= a.q.From.First()) && (a.q.To == "" || day <= a.q.To.Last())
}

// report is the day on which a claim was first public.
func (a *asker) report(c *kith.Claim) string {
	if d := a.document(c.Evidence.Document).Date; d != "" {
		return d.First()
	}
	return a.added(c.Evidence.Document)
}

// added is the day on which kith learned a document.
func (a *asker) added(id kith.DocumentID) string {
	if a.learned == nil {
		a.learned = map[kith.DocumentID]string{}
		for d, err := range a.view.Documents(a.ctx, kith.DocumentFilter{Bare: true}) {
			if err != nil {
				break
			}
			if !d.Added.IsZero() {
				a.learned[d.ID] = d.Added.UTC().Format("2006-01-02")
			}
		}
	}
	return a.learned[id]
}

// happened is the day of a line: its own date, else its first report.
func (a *asker) happened(l *Line) string {
	if l.Time.From != "" {
		return l.Time.From.First()
	}
	return a.report(l.claims[0])
}

// changed sorts the lines of one story into new, hardened, ended and denied.
func (a *asker) changed(s *story, parts *[6][]Line) {
	doubted := 0 // the most certain report so far
	for i := range s.lines {
		l := s.lines[i]
		day := a.happened(&l)
		if l.Modality != kith.Asserted || l.Negated {
			day = a.report(l.claims[0])
		}
		switch {
		case l.Time.To != "" && l.Time.To != l.Time.From && a.inWindow(l.Time.To.Last()) && lasting(l.Predicate) && !l.Negated:
			l.addNote("ended " + string(l.Time.To))
			parts[2] = append(parts[2], l)
		case !a.inWindow(day):
		case l.Negated:
			parts[3] = append(parts[3], l)
		case l.Modality != kith.Hedged && graph.Certainty(l.Modality) > doubted && doubted > 0:
			l.addNote("reported before as rumour or plan")
			parts[1] = append(parts[1], l)
		default:
			parts[0] = append(parts[0], l)
		}
		if !l.Negated {
			doubted = max(doubted, graph.Certainty(l.Modality))
		}
	}
}

// contradicted adds conflicts of which one side was reported in the window.
func (a *asker) contradicted(claims []kith.Claim) error {
	for _, c := range a.clashes(pointers(claims, nil)) {
		in := false
		for i := range c.lines {
			in = in || slices.ContainsFunc(c.lines[i].claims, func(d *kith.Claim) bool { return a.inWindow(a.report(d)) })
		}
		if !in || c.kind == clashDenied {
			continue
		}
		for _, l := range c.lines {
			l.Section = "Contradicted: " + c.title
			a.lines = append(a.lines, l)
		}
	}
	return nil
}

// withdrawn adds what people rejected in the window.
func (a *asker) withdrawn() error {
	for d, err := range a.view.Decisions(a.ctx, kith.DecisionFilter{}) {
		if err != nil {
			return err
		}
		if d.Action != kith.Reject || !a.inWindow(d.At.UTC().Format("2006-01-02")) || d.ClaimID == "" {
			continue
		}
		c, err := a.claim(d.ClaimID)
		if err != nil || c.Review != kith.Rejected {
			continue
		}
		if why := a.refuse(c); why != "" && why != whyUnreviewed { // a rejection is a review
			a.leave(why, c.ID)
			continue
		}
		if len(a.q.Names) > 0 {
			if e, err := a.entity(a.q.Names[0]); err != nil || !touches(c, e.ID) {
				continue
			}
		}
		lines := a.fold("Withdrawn", []*kith.Claim{c})
		lines[0].addNote("rejected by " + d.By + " on " + d.At.UTC().Format("2006-01-02"))
		a.add(lines)
	}
	return nil
}
