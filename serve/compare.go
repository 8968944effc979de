package serve

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"kith"
	"kith/answer"
	"kith/query"
)

// station is one step of two compared careers, as rows of two cells. An empty
// cell stays open: that nothing is written is not that nothing was.
type station struct {
	Title string
	Cells [][2]*cell
}

// cell is one line of a comparison, as a tie seen from its person.
type cell struct {
	tieRow
	Note string
}

// compare lays two careers side by side, each cell with its quotes.
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
	if len(of) > 0 {
		page.NameA = of[0].Name
	}
	if len(of) == 2 {
		page.A, page.B, page.NameB = of[0], of[1], of[1].Name
		if page.Stations, err = s.align(ctx, v, of[0].ID, of[1].ID); err != nil {
			return err
		}
	}
	s.render(w, r, http.StatusOK, "compare", page)
	return nil
}

// align asks for the comparison and makes its lines ready, alike ones beside
// each other.
func (s *Server) align(ctx context.Context, v kith.View, a, b kith.EntityID) ([]station, error) {
	compared, err := answer.Ask(ctx, v, query.Question{Kind: query.Compare, Names: []string{string(a), string(b)}}, answer.Options{})
	if err != nil {
		return nil, err
	}
	show := s.shower(v)
	if err := show.knowCells(ctx, compared.Stations()); err != nil {
		return nil, err
	}
	var out []station
	for _, st := range compared.Stations() {
		left, err := show.cells(ctx, a, st.Left)
		if err != nil {
			return nil, err
		}
		right, err := show.cells(ctx, b, st.Right)
		if err != nil {
			return nil, err
		}
		out = append(out, station{s.pages.station(st.Title), pairUp(left, right)})
	}
	return out, nil
}

// station is the title of a step, in the language of the texts.
func (p *pages) station(title string) string {
	key := "station." + strings.ReplaceAll(strings.ToLower(title), " ", "-")
	if text, ok := p.texts[key]; ok {
		return text
	}
	return title
}

// cellQuotes is how many quotes a cell shows.
const cellQuotes = 2

// knowCells reads the quotes of all cells, and their documents, at once.
func (s *shower) knowCells(ctx context.Context, stations []answer.Station) error {
	var ids []kith.ClaimID
	for _, st := range stations {
		for _, l := range slices.Concat(st.Left, st.Right) {
			ids = append(ids, l.Claims[:min(cellQuotes, len(l.Claims))]...)
		}
	}
	claims, err := claimsByID(ctx, s.view, ids)
	if err != nil {
		return err
	}
	s.read = map[kith.ClaimID]kith.Claim{}
	for i, id := range ids {
		s.read[id] = claims[i]
	}
	return s.know(ctx, claims)
}

func (s *shower) cells(ctx context.Context, of kith.EntityID, lines []*answer.Line) ([]*cell, error) {
	out := make([]*cell, len(lines))
	for i, l := range lines {
		c, err := s.cell(ctx, of, l)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

func (s *shower) cell(ctx context.Context, of kith.EntityID, l *answer.Line) (*cell, error) {
	c := &cell{Note: l.Note}
	var claims []kith.Claim
	for _, id := range l.Claims[:min(cellQuotes, len(l.Claims))] {
		claims = append(claims, s.read[id])
	}
	shown, err := s.showAll(ctx, claims)
	if err != nil {
		return nil, err
	}
	c.tieRow = s.side(of, kith.Claim{Subject: l.Subject, Predicate: l.Predicate, Object: l.Object, Value: l.Value, Qualifiers: kith.Qualifiers{Third: l.Third}})
	c.Claims, c.More = shown, len(l.Claims)-len(shown)
	c.Standing, c.When, c.Sources = s.standing(orAsserted(l.Modality), l.Negated), s.when(l.Time), l.Sources
	if len(claims) > 0 {
		c.Details = s.details(claims[0])
	}
	return c, nil
}

// pairUp puts steps that say the same thing (the same value or the same other
// end) beside each other, then the rest in their order.
func pairUp(left, right []*cell) (out [][2]*cell) {
	var rest []*cell
	right = slices.Clone(right)
	for _, l := range left {
		i := slices.IndexFunc(right, func(r *cell) bool { return alike(l, r) })
		if i < 0 {
			rest = append(rest, l)
			continue
		}
		out = append(out, [2]*cell{l, right[i]})
		right = slices.Delete(right, i, i+1)
	}
	for i := range max(len(rest), len(right)) {
		var pair [2]*cell
		if i < len(rest) {
			pair[0] = rest[i]
		}
		if i < len(right) {
			pair[1] = right[i]
		}
		out = append(out, pair)
	}
	return out
}

func alike(a, b *cell) bool {
	if a.Predicate != b.Predicate || a.Given != b.Given {
		return false
	}
	if a.Value != "" || b.Value != "" {
		return kith.Fold(a.Value) == kith.Fold(b.Value)
	}
	return a.Other != nil && b.Other != nil && a.Other.ID == b.Other.ID
}
