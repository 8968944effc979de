package serve

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kith"
)

// timedRow is one tie on a timeline, with whose it is.
type timedRow struct {
	tieRow
	Of kith.EntityRef
}

// chronicle is the ties of a selection in time. Undated ones are kept apart:
// they have no place on the axis, and are not given one.
type chronicle struct {
	Axis    *axis
	Dated   []timedRow
	Undated []timedRow
	// A page of it: how many rows there are, which are shown, and where the
	// next page begins, 0 for none.
	All, From, Shown, Next int
}

// chronicle lays the ties of some entities on one axis. Their quotes are added
// by open.
func (s *Server) chronicle(ctx context.Context, v kith.View, of []*kith.Entity, predicates []kith.Predicate) (chronicle, error) {
	var all []timedRow
	var times []kith.Time
	told, show := map[kith.ClaimID]bool{}, s.shower(v)
	for _, e := range of {
		claims, err := collect(v.Claims(ctx, kith.ClaimFilter{About: e.ID, Predicates: predicates}), 0)
		if err != nil {
			return chronicle{}, err
		}
		claims = slices.DeleteFunc(claims, func(c kith.Claim) bool { return told[c.ID] })
		for _, c := range claims {
			told[c.ID] = true
		}
		sources, err := s.sources(ctx, v, claims)
		if err != nil {
			return chronicle{}, err
		}
		for _, row := range show.rows(e.ID, claims, sources) {
			all = append(all, timedRow{row, e.Ref()})
			times = append(times, row.Time)
		}
	}
	return lay(all, times), nil
}

// cut keeps the rows of one page: dated ones first, then those without a date.
func (c *chronicle) cut(from, most int) {
	c.All = len(c.Dated) + len(c.Undated)
	if from >= c.All {
		from = 0
	}
	dated := len(c.Dated)
	part := func(rows []timedRow, from int) []timedRow {
		return rows[min(max(0, from), len(rows)):min(max(0, from+most), len(rows))]
	}
	c.Dated, c.Undated = part(c.Dated, from), part(c.Undated, from-dated)
	c.From, c.Shown = from, len(c.Dated)+len(c.Undated)
	if c.Next = from + c.Shown; c.Next >= c.All {
		c.Next = 0
	}
}

// open adds quotes to the rows, up to most for each.
func (c *chronicle) open(ctx context.Context, show *shower, most int) error {
	var quoted []kith.Claim
	for _, rows := range [][]timedRow{c.Dated, c.Undated} {
		for i := range rows {
			quoted = append(quoted, rows[i].all[:min(most, len(rows[i].all))]...)
		}
	}
	if err := show.know(ctx, quoted); err != nil {
		return err
	}
	for _, rows := range [][]timedRow{c.Dated, c.Undated} {
		for i := range rows {
			if err := show.dress(ctx, &rows[i].tieRow, most); err != nil {
				return err
			}
		}
	}
	return nil
}

func lay(all []timedRow, times []kith.Time) chronicle {
	var out chronicle
	a, ok := newAxis(times)
	if ok {
		out.Axis = &a
	}
	for _, row := range all {
		if ok {
			row.Bars = a.bars(row.Spells)
		}
		if len(row.Bars) == 0 {
			out.Undated = append(out.Undated, row)
			continue
		}
		out.Dated = append(out.Dated, row)
	}
	slices.SortStableFunc(out.Dated, func(a, b timedRow) int { return strings.Compare(sortKey(a.Time), sortKey(b.Time)) })
	return out
}

// timelineRows is how many ties one page of a timeline shows.
const timelineRows = 200

// timeline shows all claims of a selection in time.
func (s *Server) timeline(w http.ResponseWriter, r *http.Request, v kith.View) error {
	ctx := r.Context()
	of, err := chosen(ctx, v, r.URL.Query()["about"])
	if err != nil {
		return err
	}
	if len(of) == 0 {
		if of, err = leading(ctx, v, 1); err != nil {
			return err
		}
	}
	var predicates []kith.Predicate
	if p := r.FormValue("predicate"); p != "" {
		predicates = []kith.Predicate{kith.Predicate(p)}
	}
	told, err := s.chronicle(ctx, v, of, predicates)
	if err != nil {
		return err
	}
	told.cut(year(r.FormValue("row")), timelineRows)
	if err := told.open(ctx, s.shower(v), rowQuotes); err != nil {
		return err
	}
	frame := s.frame(r, "timeline.title")
	frame.Wide = true
	s.render(w, r, http.StatusOK, "timeline", timelinePage{frame, of, told, r.FormValue("predicate"), s.pages.predicates()})
	return nil
}

type timelinePage struct {
	Frame
	Of         []*kith.Entity
	Told       chronicle
	Predicate  string
	Predicates []choice
}

// Page is the address of the page that begins with a row.
func (p timelinePage) Page(row int) string {
	q := url.Values{"predicate": {p.Predicate}, "row": {strconv.Itoa(row)}}
	for _, e := range p.Of {
		q.Add("about", string(e.ID))
	}
	return "/timeline?" + q.Encode()
}

// chosen finds the entities that a form names, by name or id.
func chosen(ctx context.Context, v kith.View, names []string) (out []*kith.Entity, err error) {
	for _, name := range names {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		e, err := v.Find(ctx, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(o *kith.Entity) bool { return o.ID == e.ID }) {
			out = append(out, e)
		}
	}
	return out, nil
}

// leading are the people most is said of.
func leading(ctx context.Context, v kith.View, n int) ([]*kith.Entity, error) {
	top, err := collect(v.Entities(ctx, kith.EntityFilter{Type: kith.Person, Limit: n, Bare: true}), n)
	out := make([]*kith.Entity, len(top))
	for i := range top {
		out[i] = &top[i].Entity
	}
	return out, err
}
