package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kith"
)

// sources lists the independent sources of each tie between A and B, or of
// the tie of one claim, after wire copies are folded; denials too.
func sources(a *asker) error {
	claims, err := a.tied()
	if err != nil {
		return err
	}
	for _, l := range a.fold("", claims) {
		a.addSources(&l)
	}
	return nil
}

// tied reads the claims that a sources question is about.
func (a *asker) tied() ([]*kith.Claim, error) {
	if len(a.q.Names) == 1 {
		c, err := a.claim(kith.ClaimID(a.q.Names[0]))
		if err != nil {
			return nil, fmt.Errorf("sources of a claim (for a tie name both ends: sources A, B): %w", err)
		}
		same, err := a.about(c.Subject.ID)
		if err != nil {
			return nil, err
		}
		line := a.line("", c)
		return pointers(same, func(d *kith.Claim) bool {
			return d.Predicate == c.Predicate && d.Subject.ID == c.Subject.ID && tells(&line, bare(d)) && sameEnds(c, d)
		}), nil
	}
	found, err := a.subjects(2)
	if err != nil {
		return nil, err
	}
	claims, err := a.about(found[0].ID)
	return pointers(claims, func(c *kith.Claim) bool { return touches(c, found[1].ID) && a.asked(c) }), err
}

func sameEnds(c, d *kith.Claim) bool {
	return c.Object == nil || d.Object == nil || c.Object.ID == d.Object.ID
}

// addSources adds one line for each independent source of a line.
func (a *asker) addSources(l *Line) {
	var order []kith.DocumentID
	bySource := map[kith.DocumentID][]*kith.Claim{}
	for _, c := range l.claims {
		s := a.sourceOf(c.Evidence.Document)
		if bySource[s] == nil {
			order = append(order, s)
		}
		bySource[s] = append(bySource[s], c)
	}
	title := l.Sentence()
	for i, s := range order {
		for _, part := range a.fold(title, bySource[s]) {
			part.addNote(fmt.Sprintf("source %d of %d: %s", i+1, len(order), a.carriers(bySource[s])))
			a.lines = append(a.lines, part)
		}
	}
}

// carriers names the documents of one source: the first, then its copies.
func (a *asker) carriers(claims []*kith.Claim) string {
	var names []string
	var seen []kith.DocumentID
	for _, c := range claims {
		if slices.Contains(seen, c.Evidence.Document) {
			continue
		}
		seen = append(seen, c.Evidence.Document)
		d := a.document(c.Evidence.Document)
		names = append(names, strings.TrimSpace(cmp.Or(d.Outlet, d.Title, d.Path, string(d.ID))+" "+string(d.Date)))
	}
	if len(names) == 1 {
		return names[0]
	}
	return names[0] + ", also carried by " + strings.Join(names[1:], ", ")
}
