package serve

import (
	"net/http"
	"slices"

	"kith"
)

// section is one part of an entity's page.
type section struct {
	Key   string // of its texts
	Rows  []tieRow
	Axis  *axis
	Given bool
}

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
// of which opens its sentence.
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
	chart, err := s.chart(ctx, v)
	if err != nil {
		return err
	}
	show := s.shower(v)
	rows, err := show.rows(ctx, e.ID, claims, chart.sources)
	if err != nil {
		return err
	}
	voices, err := show.voices(r, e.ID, claims)
	if err != nil {
		return err
	}
	frame := s.frame(r, "entity.title", e.Name)
	s.render(w, r, http.StatusOK, "entity", struct {
		Frame
		Entity   *kith.Entity
		Sections []section
		Voices   []shownClaim
		Parallel []parallel
		Claims   int
		Members  []member
	}{frame, e, sections(rows), voices, chart.parallels(e.ID, 6), len(claims), show.members(e, claims)})
	return nil
}

// sections sorts an entity's ties into the parts of its page.
func sections(rows []tieRow) []section {
	career := section{Key: "career"}
	work := section{Key: "work"}
	kin, given, received := section{Key: "kin"}, section{Key: "given", Given: true}, section{Key: "received"}
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
			out = append(out, part.draw())
		}
	}
	return out
}

// draw lays a section's times on an axis of its own, where they are known.
func (part section) draw() section {
	if part.Key != "career" && part.Key != "work" {
		return part
	}
	times := make([]kith.Time, len(part.Rows))
	for i, row := range part.Rows {
		times[i] = row.Time
	}
	a, ok := newAxis(times)
	if !ok {
		return part
	}
	part.Axis = &a
	for i := range part.Rows {
		part.Rows[i].Bar = a.bar(part.Rows[i].Time)
	}
	return part
}

// voices are the claims in which somebody else speaks of the entity.
func (s *shower) voices(r *http.Request, about kith.EntityID, claims []kith.Claim) ([]shownClaim, error) {
	var out []shownClaim
	for _, c := range claims {
		speech := slices.Contains(sayPredicates, c.Predicate) && c.Object != nil && c.Object.ID == about
		reported := c.Attribution != nil && c.Attribution.ID != about
		if !speech && !reported {
			continue
		}
		shown, err := s.show(r.Context(), c)
		if err != nil {
			return nil, err
		}
		if shown.Voice == "" {
			shown.Voice = c.Subject.Name
		}
		out = append(out, shown)
	}
	return out, nil
}

// member is the entity of one document that an entity is folded from.
type member struct {
	ID       kith.EntityID
	Name     string
	Document string
}

// members finds which document each member of an entity comes from, as far as
// claims about it lead there.
func (s *shower) members(e *kith.Entity, claims []kith.Claim) (out []member) {
	if len(e.Members) < 2 {
		return nil
	}
	tried := map[kith.DocumentID]bool{}
	for _, c := range claims {
		doc := c.Evidence.Document
		if tried[doc] {
			continue
		}
		tried[doc] = true
		if local, ok := localOf(doc, e); ok {
			out = append(out, member{local.ID, local.Name, s.titles[doc].Title})
		}
	}
	return out
}
