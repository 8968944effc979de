package serve

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"kith"
)

// section is one part of an entity's page.
type section struct {
	Key  string // of its texts
	Rows []tieRow
	All  int // rows that there are
	From int // rows before the first that is shown
	Next int // first row of the next page, 0 for none
	Axis *axis
}

// How much of a section a page shows: on the entity's own page, and on the
// section's. Quotes are those of one row.
const (
	someRows, sectionRows = 25, 200
	rowQuotes             = 4
)

// The predicates of each part of an entity's page.
var (
	careerPredicates  = []kith.Predicate{"held_office", "candidate_for", "won_election", "lost_election", "nominated_by", "appointed", "succeeded", "named_successor"}
	workPredicates    = []kith.Predicate{"employed_by", "led", "member_of", "founded", "owns", "part_of", "educated_at"}
	kinPredicates     = []kith.Predicate{"spouse_of", "sibling_of", "relative_of", "parent_of"}
	likenessPredicate = []kith.Predicate{"compared_to"}
	nearPredicates    = []kith.Predicate{"also_known_as", "located_in"}
	sayPredicates     = []kith.Predicate{"praised", "criticized", "accused"}
)

// entity is the page of one person or organisation: a portrait of claims, each
// of which opens its sentence. Long sections are cut, say so, and have pages of
// their own.
func (s *Server) entity(w http.ResponseWriter, r *http.Request, v kith.View) error {
	ctx := r.Context()
	e, err := v.Entity(ctx, kith.EntityID(r.PathValue("id")))
	if err != nil {
		return err
	}
	claims, err := collect(v.Claims(ctx, kith.ClaimFilter{About: e.ID}), 0)
	if err != nil {
		return err
	}
	sources, err := s.sources(ctx, v, claims)
	if err != nil {
		return err
	}
	show := s.shower(v)
	page := struct {
		Frame
		Entity   *kith.Entity
		Only     string // the one section that is shown
		Sections []section
		Voices   voices
		Parallel []parallel
		Pending  bool // parallels are still being worked out
		Claims   int
		Members  []member
	}{Frame: s.frame(r, "entity.title", e.Name), Entity: e, Only: r.FormValue("section"), Claims: len(claims), Members: show.members(ctx, e, claims)}
	from := year(r.FormValue("from"))
	page.Sections = sections(show.rows(e.ID, claims, sources))
	if page.Only != "" {
		page.Sections = slices.DeleteFunc(page.Sections, func(part section) bool { return part.Key != page.Only })
	}
	for i := range page.Sections {
		if err := show.open(ctx, &page.Sections[i], page.Only != "", from); err != nil {
			return err
		}
	}
	if page.Only == "" || page.Only == "voices" {
		if page.Voices, err = show.voices(ctx, e.ID, claims, page.Only != "", from); err != nil {
			return err
		}
	}
	if page.Only == "" {
		page.Parallel, page.Pending = s.parallels(ctx, v, e.ID)
	}
	s.render(w, r, http.StatusOK, "entity", page)
	return nil
}

// parallels are those whose ties are alike. Where the ties of the whole store
// take a while to chart, they are pending rather than waited for.
func (s *Server) parallels(ctx context.Context, v kith.View, id kith.EntityID) (list []parallel, pending bool) {
	c, _, fresh := s.charts.soon(ctx, s, v, chartPatience, s.newChart)
	if !fresh {
		return nil, true
	}
	return c.parallels(id, 6), false
}

// open cuts a section to what its page shows, draws that on an axis and adds
// the quotes.
func (s *shower) open(ctx context.Context, part *section, alone bool, from int) error {
	part.draw()
	part.All = len(part.Rows)
	part.From, part.Next = cutPage(part.All, alone, from)
	part.Rows = part.Rows[part.From:min(part.All, part.From+pageRows(alone))]
	var quoted []kith.Claim
	for i := range part.Rows {
		quoted = append(quoted, part.Rows[i].all[:min(rowQuotes, len(part.Rows[i].all))]...)
	}
	if err := s.know(ctx, quoted); err != nil {
		return err
	}
	for i := range part.Rows {
		if err := s.dress(ctx, &part.Rows[i], rowQuotes); err != nil {
			return err
		}
	}
	return nil
}

func pageRows(alone bool) int {
	if alone {
		return sectionRows
	}
	return someRows
}

// cutPage says where a page of rows begins and where the next one would.
func cutPage(all int, alone bool, from int) (first, next int) {
	if alone && from < all {
		first = from
	}
	if next = first + pageRows(alone); !alone || next >= all {
		next = 0
	}
	return first, next
}

// sections sorts an entity's ties into the parts of its page.
func sections(rows []tieRow) []section {
	career := section{Key: "career"}
	work := section{Key: "work"}
	kin, given, received := section{Key: "kin"}, section{Key: "given"}, section{Key: "received"}
	words, likeness, near := section{Key: "words"}, section{Key: "likeness"}, section{Key: "near"}
	for _, row := range rows {
		into := &received
		switch p := row.Predicate; {
		case p == "said":
			into = &words
		case slices.Contains(careerPredicates, p):
			into = &career
		case slices.Contains(workPredicates, p):
			into = &work
		case slices.Contains(kinPredicates, p):
			into = &kin
		case slices.Contains(likenessPredicate, p):
			into = &likeness
		case slices.Contains(nearPredicates, p):
			into = &near
		case row.Given:
			into = &given
		}
		into.Rows = append(into.Rows, row)
	}
	var out []section
	for _, part := range []section{career, work, given, received, kin, likeness, words, near} {
		if len(part.Rows) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// draw lays a section's times on an axis of its own, where they are known.
func (part *section) draw() {
	if part.Key != "career" && part.Key != "work" {
		return
	}
	times := make([]kith.Time, len(part.Rows))
	for i, row := range part.Rows {
		times[i] = row.Time
	}
	a, ok := newAxis(times)
	if !ok {
		return
	}
	part.Axis = &a
	for i := range part.Rows {
		part.Rows[i].Bars = a.bars(part.Rows[i].Spells)
	}
}

// voices are claims in which somebody else speaks of an entity.
type voices struct {
	Claims          []shownClaim
	All, From, Next int
}

func (s *shower) voices(ctx context.Context, about kith.EntityID, claims []kith.Claim, alone bool, from int) (out voices, err error) {
	var heard []kith.Claim
	for _, c := range claims {
		speech := slices.Contains(sayPredicates, c.Predicate) && c.Object != nil && c.Object.ID == about
		reported := c.Attribution != nil && c.Attribution.ID != about
		if speech || reported {
			heard = append(heard, c)
		}
	}
	out.All = len(heard)
	out.From, out.Next = cutPage(out.All, alone, from)
	out.Claims, err = s.showAll(ctx, heard[out.From:min(out.All, out.From+pageRows(alone))])
	for i := range out.Claims {
		out.Claims[i].Voice = cmp.Or(out.Claims[i].Voice, out.Claims[i].Subject.Name)
	}
	return out, err
}

// member is the entity of one document that an entity is folded from.
type member struct {
	ID       kith.EntityID
	Name     string
	Document string
}

// mostMembers is how many members an entity's page offers to split off.
const mostMembers = 60

// members finds which document each member of an entity comes from, as far as
// claims about it lead there.
func (s *shower) members(ctx context.Context, e *kith.Entity, claims []kith.Claim) (out []member) {
	if len(e.Members) < 2 {
		return nil
	}
	tried := map[kith.DocumentID]bool{}
	if err := s.know(ctx, claims[:min(len(claims), 4*mostMembers)]); err != nil {
		return nil
	}
	for i := range claims {
		doc := claims[i].Evidence.Document
		if tried[doc] || len(out) == mostMembers {
			continue
		}
		tried[doc] = true
		local, ok := localOf(doc, e)
		if !ok {
			continue
		}
		if d, err := s.document(ctx, doc); err == nil {
			out = append(out, member{local.ID, local.Name, d.Title})
		}
	}
	return out
}
