package answer

import (
	"slices"
	"strings"

	"kith"
)

// staleAfter is how many days after its last report a rumour that nothing
// has come of is flagged as stale.
const staleAfter = 365

// rumours lists the life of each hedged or planned claim: first hedged, then
// planned, then asserted or denied. Those of which nothing has come although
// their time is over, or that nobody has repeated for a year, are stale.
func rumours(a *asker) error {
	claims, err := a.scope(0)
	if err != nil {
		return err
	}
	for _, s := range a.stories(pointers(claims, nil)) {
		if !slices.ContainsFunc(s.lines, func(l Line) bool { return l.Modality != kith.Asserted }) {
			continue
		}
		became, err := a.outcome(&s, claims)
		if err != nil {
			return err
		}
		title := s.lines[0].plain() + ": " + a.status(&s, became)
		for _, l := range append(s.lines, became...) {
			l.Section = title
			a.lines = append(a.lines, l)
		}
	}
	return nil
}

// scope reads the claims that a question is about: those of its name at the
// given place, or all.
func (a *asker) scope(place int) ([]kith.Claim, error) {
	if len(a.q.Names) <= place {
		return a.collect(kith.ClaimFilter{})
	}
	e, err := a.entity(a.q.Names[place])
	if err != nil {
		return nil, err
	}
	return a.about(e.ID)
}

// outcome finds what shows that a candidacy came about: an election of that
// year and office that the same person won or lost, or a nomination for it.
func (a *asker) outcome(s *story, claims []kith.Claim) ([]Line, error) {
	first := &s.lines[0]
	if first.Predicate != "candidate_for" || slices.ContainsFunc(s.lines, func(l Line) bool { return l.Modality == kith.Asserted }) {
		return nil, nil
	}
	office, election := first.Value, first.Qualifiers["election"]
	shows := pointers(claims, func(c *kith.Claim) bool {
		subject := c.Subject.ID == first.Subject.ID || c.Predicate != "nominated_by" && is(c.Object, first.Subject.ID)
		if !subject || c.Negated || c.Modality != kith.Asserted || !one([]kith.Predicate{"won_election", "lost_election", "nominated_by"}, c.Predicate) {
			return false
		}
		value := c.Value + " " + c.Qualifiers.Office
		sameYear := election != "" && yearIn(election) != "" && yearIn(election) == yearIn(c.Qualifiers.Election+" "+string(when(c).From))
		sameOffice := office != "" && subset(officeWords(office), officeWords(value))
		later := a.orderOf(c).day > first.order.day || a.orderOf(c).day == first.order.day && c.Evidence.Start > first.order.start
		return sameYear && (sameOffice || strings.TrimSpace(value) == "") || sameOffice && later && (election == "" || yearIn(c.Qualifiers.Election) == "")
	})
	lines := a.fold("", shows)
	for i := range lines {
		lines[i].addNote("shows that it came about")
	}
	return lines, nil
}

// status says what has become of a story.
func (a *asker) status(s *story, became []Line) string {
	var asserted, planned, hedged, denied *Line
	for i := range s.lines {
		switch l := &s.lines[i]; {
		case l.Negated:
			denied = l
		case l.Modality == kith.Asserted:
			asserted = l
		case l.Modality == kith.Planned:
			planned = l
		default:
			hedged = l
		}
	}
	switch {
	case asserted != nil && denied != nil:
		return "asserted, and denied" + by(denied)
	case asserted != nil || len(became) > 0:
		return "it became fact"
	case denied != nil && hedged == nil && planned == nil:
		return "announced that it will not be so" + by(denied)
	case denied != nil:
		return "denied" + by(denied)
	case planned != nil:
		return "announced" + a.stale(s)
	}
	return "a rumour still" + a.stale(s)
}

func by(l *Line) string {
	if l.Attribution == nil {
		return ""
	}
	return " by " + l.Attribution.Name
}

// stale says why an open story is stale, or "".
func (a *asker) stale(s *story) string {
	today := a.today()
	last := kith.Date("")
	for i := range s.lines {
		l := &s.lines[i]
		end := l.Time.To
		if end == "" {
			end = l.Time.From
		}
		if end != "" && end.Last() < today.First() {
			return "; stale: its time, " + span(l.Time) + ", is over and nothing shows that it came about"
		}
		for _, c := range l.claims {
			if d := a.document(c.Evidence.Document).Date; d > last {
				last = d
			}
		}
	}
	if last == "" {
		return ""
	}
	if daysBetween(kith.Date(last.Last()), today) > staleAfter {
		return "; stale: last reported " + string(last)
	}
	return ""
}
