package serve

import (
	"context"
	"net/http"
	"slices"
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
}

// chronicle lays the ties of some entities on one axis.
func (s *shower) chronicle(ctx context.Context, of []*kith.Entity, predicates []kith.Predicate) (chronicle, error) {
	sources, err := s.view.Sources(ctx)
	if err != nil {
		return chronicle{}, err
	}
	var all []timedRow
	var times []kith.Time
	told := map[kith.ClaimID]bool{}
	for _, e := range of {
		claims, err := collect(s.view.Claims(ctx, kith.ClaimFilter{About: e.ID, Predicates: predicates}), 0)
		if err != nil {
			return chronicle{}, err
		}
		claims = slices.DeleteFunc(claims, func(c kith.Claim) bool { return told[c.ID] })
		for _, c := range claims {
			told[c.ID] = true
		}
		rows, err := s.rows(ctx, e.ID, claims, sources)
		if err != nil {
			return chronicle{}, err
		}
		for _, row := range rows {
			all = append(all, timedRow{row, e.Ref()})
			times = append(times, row.Time)
		}
	}
	return lay(all, times), nil
}

func lay(all []timedRow, times []kith.Time) chronicle {
	var out chronicle
	a, ok := newAxis(times)
	if ok {
		out.Axis = &a
	}
	for _, row := range all {
		if ok {
			row.Bar = a.bar(row.Time)
		}
		if row.Bar == nil {
			out.Undated = append(out.Undated, row)
			continue
		}
		out.Dated = append(out.Dated, row)
	}
	slices.SortStableFunc(out.Dated, func(a, b timedRow) int { return strings.Compare(sortKey(a.Time), sortKey(b.Time)) })
	return out
}

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
	told, err := s.shower(v).chronicle(ctx, of, predicates)
	if err != nil {
		return err
	}
	frame := s.frame(r, "timeline.title")
	frame.Wide = true
	s.render(w, r, http.StatusOK, "timeline", struct {
		Frame
		Of         []*kith.Entity
		Told       chronicle
		Predicate  string
		Predicates []choice
	}{frame, of, told, r.FormValue("predicate"), s.pages.predicates()})
	return nil
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
	top, err := collect(v.Entities(ctx, kith.EntityFilter{Type: kith.Person, Limit: n}), n)
	out := make([]*kith.Entity, len(top))
	for i := range top {
		out[i] = &top[i].Entity
	}
	return out, err
}

// station is one row of a comparison: the same kind of step in two careers.
type station struct {
	Key   string // of its texts
	Cells [][2]*tieRow
}

// stations are the steps of a career, each with the predicates that tell it.
var stations = []struct {
	key        string
	predicates []kith.Predicate
}{
	{"education", []kith.Predicate{"educated_at"}},
	{"offices", []kith.Predicate{"held_office", "appointed", "succeeded"}},
	{"candidacies", []kith.Predicate{"candidate_for", "nominated_by"}},
	{"won", []kith.Predicate{"won_election"}},
	{"lost", []kith.Predicate{"lost_election"}},
	{"work", []kith.Predicate{"employed_by", "led"}},
	{"founded", []kith.Predicate{"founded", "owns"}},
	{"memberships", []kith.Predicate{"member_of"}},
	{"heirs", []kith.Predicate{"named_successor", "mentored"}},
}

// compare lays two careers side by side, each cell with its quotes. A gap is
// left open: that nothing is written is not that nothing was.
func (s *Server) compare(w http.ResponseWriter, r *http.Request, v kith.View) error {
	ctx := r.Context()
	of, err := chosen(ctx, v, []string{r.FormValue("a"), r.FormValue("b")})
	if err != nil {
		return err
	}
	page := struct {
		Frame
		A, B     *kith.Entity
		Stations []station
		NameA    string
		NameB    string
	}{Frame: s.frame(r, "compare.title"), NameA: r.FormValue("a"), NameB: r.FormValue("b")}
	page.Wide = true
	if len(of) == 2 {
		page.A, page.B, page.NameA, page.NameB = of[0], of[1], of[0].Name, of[1].Name
		if page.Stations, err = s.align(ctx, v, of[0].ID, of[1].ID); err != nil {
			return err
		}
	}
	s.render(w, r, http.StatusOK, "compare", page)
	return nil
}

func (s *Server) align(ctx context.Context, v kith.View, a, b kith.EntityID) ([]station, error) {
	sources, err := v.Sources(ctx)
	if err != nil {
		return nil, err
	}
	show := s.shower(v)
	var sides [2][]tieRow
	for i, id := range []kith.EntityID{a, b} {
		claims, err := collect(v.Claims(ctx, kith.ClaimFilter{About: id}), 0)
		if err != nil {
			return nil, err
		}
		if sides[i], err = show.rows(ctx, id, claims, sources); err != nil {
			return nil, err
		}
	}
	var out []station
	for _, st := range stations {
		left, right := pick(sides[0], st.predicates), pick(sides[1], st.predicates)
		if len(left)+len(right) > 0 {
			out = append(out, station{st.key, pairUp(left, right)})
		}
	}
	return out, nil
}

// pick takes the rows that are a step of somebody's own career. Seen from its
// object a defeat is a win, and a win a defeat; employing is no post.
func pick(rows []tieRow, predicates []kith.Predicate) (out []*tieRow) {
	for i := range rows {
		row := &rows[i]
		p := row.Predicate
		switch {
		case row.Given, p == "named_successor", p == "mentored":
		case p == "won_election":
			p = "lost_election"
		case p == "lost_election":
			p = "won_election"
		case p != "appointed":
			continue
		}
		if slices.Contains(predicates, p) && (p != "appointed" || !row.Given) {
			out = append(out, row)
		}
	}
	return out
}

// pairUp puts steps that say the same thing (the same value or the same other
// end) beside each other, then the rest in the order of their times.
func pairUp(left, right []*tieRow) (out [][2]*tieRow) {
	used := make([]bool, len(right))
	var rest []*tieRow
	for _, l := range left {
		i := slices.IndexFunc(right, func(r *tieRow) bool { return alike(l, r) && !used[slices.Index(right, r)] })
		if i < 0 {
			rest = append(rest, l)
			continue
		}
		used[i] = true
		out = append(out, [2]*tieRow{l, right[i]})
	}
	next := 0
	for i, r := range right {
		if used[i] {
			continue
		}
		var l *tieRow
		if next < len(rest) {
			l = rest[next]
			next++
		}
		out = append(out, [2]*tieRow{l, r})
	}
	for _, l := range rest[min(next, len(rest)):] {
		out = append(out, [2]*tieRow{l, nil})
	}
	return out
}

func alike(a, b *tieRow) bool {
	if a.Predicate != b.Predicate || a.Given != b.Given {
		return false
	}
	if a.Value != "" || b.Value != "" {
		return kith.Fold(a.Value) == kith.Fold(b.Value)
	}
	return a.Other != nil && b.Other != nil && a.Other.ID == b.Other.ID
}
