package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/graph"
)

// sorts lists what an answer can be ordered by.
var sorts = []string{"", "time", "strength", "sources", "name", "text"}

func checkSort(name string) error {
	if slices.Contains(sorts, name) {
		return nil
	}
	return fmt.Errorf("sort answer by %q: want one of%s: %w", name, strings.Join(sorts, " "), kith.ErrInvalid)
}

// finish filters, sorts and cuts the lines, and lists their evidence.
func (a *asker) finish() (*Answer, error) {
	at := a.view.At()
	answer := &Answer{Question: a.question, Kind: a.q.Kind, AsOf: at.World, compared: a.compared, Lines: []Line{}, Evidence: []Evidence{}}
	if !at.Known.IsZero() {
		answer.Known = at.Known.UTC().Format(time.RFC3339)
	}
	for _, l := range a.lines {
		if a.keep(&l) {
			answer.Lines = append(answer.Lines, l)
		}
	}
	answer.Lines = a.wholeChains(answer.Lines)
	sortLines(answer.Lines, a.o.Sort)
	if n := len(answer.Lines); a.o.Limit > 0 && n > a.o.Limit {
		answer.Lines = answer.Lines[:a.o.Limit]
		a.leaveMany(fmt.Sprintf("lines beyond the limit of %d", a.o.Limit), n-a.o.Limit)
	}
	answer.Evidence = a.evidence(answer.Lines)
	a.leaveMany("documents that kith learned later", a.o.Later)
	answer.LeftOut = a.left
	if answer.LeftOut == nil {
		answer.LeftOut = []LeftOut{}
	}
	return answer, nil
}

// whyAlone is said of lines of which the other side is left out.
const whyAlone = "lines that say nothing without others that are left out"

// wholeChains drops the lines of chains of which a link has lost all its lines.
func (a *asker) wholeChains(kept []Line) []Line {
	if len(kept) == len(a.lines) {
		return kept
	}
	type link struct {
		chain string
		place int
	}
	have, broken := map[link]bool{}, map[string]bool{}
	for i := range kept {
		have[link{kept[i].chain, kept[i].link}] = true
	}
	for i := range a.lines {
		if l := &a.lines[i]; !have[link{l.chain, l.link}] {
			broken[l.chain] = true
		}
	}
	whole := slices.DeleteFunc(slices.Clone(kept), func(l Line) bool { return l.chain != "" && broken[l.chain] })
	a.leaveMany(whyAlone, len(kept)-len(whole))
	return append([]Line{}, whole...)
}

// keep applies the filters that look at whole lines.
func (a *asker) keep(l *Line) bool {
	if l.Sources < a.o.MinSources {
		a.leaveMany(fmt.Sprintf("lines on fewer than %d independent sources", a.o.MinSources), 1)
		return false
	}
	if a.o.Publishable {
		if missing := unprintable(l); missing != "" {
			a.leaveMany(notPublishable+missing, 1)
			return false
		}
	}
	return true
}

// unprintable says what a line lacks to be printed, or "".
func unprintable(l *Line) string {
	reviewed := slices.ContainsFunc(l.claims, func(c *kith.Claim) bool {
		return c.Review == kith.Accepted || c.Review == kith.Corrected
	})
	return graph.Unprintable(l.Modality, l.Sources, reviewed)
}

// Refused reports whether the publication gate kept lines out.
func (a *Answer) Refused() bool {
	return slices.ContainsFunc(a.LeftOut, func(l LeftOut) bool { return strings.HasPrefix(l.Why, notPublishable) })
}

// notPublishable begins the reason of each line that the gate keeps out.
const notPublishable = "not publishable: "

func sortLines(lines []Line, by string) {
	var compare func(l, m Line) int
	switch by {
	case "time":
		compare = func(l, m Line) int { return l.order.compare(m.order) }
	case "strength":
		compare = func(l, m Line) int { return cmp.Compare(m.Strength, l.Strength) }
	case "sources":
		compare = func(l, m Line) int { return m.Sources - l.Sources }
	case "name":
		compare = func(l, m Line) int {
			return cmp.Or(strings.Compare(l.Subject.Name, m.Subject.Name), strings.Compare(nameOf(l.Object), nameOf(m.Object)))
		}
	case "text":
		compare = func(l, m Line) int {
			return cmp.Or(strings.Compare(l.order.day, m.order.day), strings.Compare(string(l.order.doc), string(m.order.doc)), l.order.start-m.order.start)
		}
	default:
		return
	}
	slices.SortStableFunc(lines, compare)
}

func nameOf(ref *kith.EntityRef) string {
	if ref == nil {
		return ""
	}
	return ref.Name
}

// evidence lists the sentence behind each cited claim once, in the order in
// which lines cite them.
func (a *asker) evidence(lines []Line) []Evidence {
	list := []Evidence{}
	seen := map[kith.ClaimID]bool{}
	for i := range lines {
		for _, c := range lines[i].claims {
			if seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			d := a.document(c.Evidence.Document)
			title := cmp.Or(d.Title, d.Path, string(d.ID))
			list = append(list, Evidence{Claim: c.ID, Document: d.ID, Title: title, Outlet: d.Outlet, Date: d.Date,
				Start: c.Evidence.Start, End: c.Evidence.End, Page: d.Page(c.Evidence.Start), Quote: c.Evidence.Quote, Review: c.Review})
		}
	}
	return list
}
