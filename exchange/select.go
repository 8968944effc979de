package exchange

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kith"
	"kith/graph"
	"kith/ontology"
)

// Filter narrows what is exported, as the flags of `kith ask` narrow answers.
// Both clocks are those of the view.
type Filter struct {
	About      string // only claims about this entity (a name or an id)
	Predicates []kith.Predicate
	From, To   kith.Date // only claims that may have held in that time
	MinSources int       // only ties on at least so many independent sources
	Reviewed   bool      // only accepted or corrected claims
	NoHedged   bool      // no hedged claims
	// Publishable keeps ties that pass the publication gate; LeftOut of the
	// selection says what the others lack.
	Publishable bool
	Limit       int // at most so many ties: those on the most sources, then the strongest; 0 is all
}

// Any reports whether the filter narrows anything.
func (f Filter) Any() bool {
	return f.About != "" || len(f.Predicates) > 0 || f.From != "" || f.To != "" || f.MinSources > 0 || f.Reviewed || f.NoHedged || f.Publishable || f.Limit > 0
}

// Selection is what an export writes: claims that fit a filter, the ties that
// they add up to, their entities and documents. Everything is in a fixed
// order, so that the same store exports the same bytes.
type Selection struct {
	At        kith.AsOf
	Claims    []kith.Claim
	Ties      []kith.Tie
	Entities  []kith.Entity
	Documents []kith.DocumentInfo
	Ontology  *ontology.Ontology
	LeftOut   map[string]int // ties that the gate or the limit kept out, by reason
	entity    map[kith.EntityID]*kith.Entity
	document  map[kith.DocumentID]*kith.DocumentInfo
	claim     map[kith.ClaimID]*kith.Claim
}

// Select gathers what fits the filter from a view.
func Select(ctx context.Context, v kith.View, o *ontology.Ontology, f Filter) (*Selection, error) {
	s := &Selection{At: v.At(), Ontology: o, LeftOut: map[string]int{}, entity: map[kith.EntityID]*kith.Entity{}, document: map[kith.DocumentID]*kith.DocumentInfo{}, claim: map[kith.ClaimID]*kith.Claim{}}
	cf := kith.ClaimFilter{Predicates: f.Predicates}
	if f.About != "" {
		e, err := v.Find(ctx, f.About)
		if err != nil {
			return nil, err
		}
		cf.About = e.ID
	}
	for c, err := range v.Claims(ctx, cf) {
		if err != nil {
			return nil, fmt.Errorf("export: list claims: %w", err)
		}
		if f.keeps(&c, s.At) {
			s.Claims = append(s.Claims, c)
		}
	}
	sources, err := v.Sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("export: count sources: %w", err)
	}
	sourceOf := func(d kith.DocumentID) kith.DocumentID { return sources[d] }
	s.Ties = graph.Fold(s.Claims, sourceOf)
	s.narrow(f, sourceOf)
	if err := s.readEntities(ctx, v); err != nil {
		return nil, err
	}
	if err := s.readDocuments(ctx, v); err != nil {
		return nil, err
	}
	s.index()
	return s, nil
}

// keeps reports whether a claim fits.
func (f Filter) keeps(c *kith.Claim, at kith.AsOf) bool {
	switch {
	case f.NoHedged && c.Modality == kith.Hedged,
		f.Reviewed && c.Review != kith.Accepted && c.Review != kith.Corrected,
		at.World != "" && !c.Time.MayHold(at.World),
		f.From != "" && c.Time.To != "" && c.Time.To.Last() < f.From.First(),
		f.To != "" && c.Time.From != "" && c.Time.From.First() > f.To.Last():
		return false
	}
	return true
}

// readEntities fetches the entities that the claims name.
func (s *Selection) readEntities(ctx context.Context, v kith.View) error {
	named := map[kith.EntityID]bool{}
	for i := range s.Claims {
		for _, ref := range ends(&s.Claims[i]) {
			named[ref.ID] = true
		}
	}
	for e, err := range v.Entities(ctx, kith.EntityFilter{}) {
		if err != nil {
			return fmt.Errorf("export: list entities: %w", err)
		}
		if named[e.ID] {
			s.Entities = append(s.Entities, e.Entity)
			delete(named, e.ID)
		}
	}
	for i := range s.Claims { // those that the view does not list
		for _, ref := range ends(&s.Claims[i]) {
			if named[ref.ID] {
				delete(named, ref.ID)
				s.Entities = append(s.Entities, kith.Entity{ID: ref.ID, Name: ref.Name, Type: ref.Type})
			}
		}
	}
	slices.SortStableFunc(s.Entities, func(a, b kith.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return nil
}

// ends lists the entities that a claim names.
func ends(c *kith.Claim) []*kith.EntityRef {
	out := []*kith.EntityRef{&c.Subject}
	if c.Object != nil {
		out = append(out, c.Object)
	}
	if c.Qualifiers.Third != nil {
		out = append(out, c.Qualifiers.Third)
	}
	return out
}

func (s *Selection) readDocuments(ctx context.Context, v kith.View) error {
	quoted := map[kith.DocumentID]bool{}
	for i := range s.Claims {
		quoted[s.Claims[i].Evidence.Document] = true
	}
	for d, err := range v.Documents(ctx, kith.DocumentFilter{}) {
		if err != nil {
			return fmt.Errorf("export: list documents: %w", err)
		}
		if quoted[d.ID] {
			s.Documents = append(s.Documents, d)
		}
	}
	return nil
}

func (s *Selection) index() {
	for i := range s.Entities {
		s.entity[s.Entities[i].ID] = &s.Entities[i]
	}
	for i := range s.Documents {
		s.document[s.Documents[i].ID] = &s.Documents[i]
	}
	for i := range s.Claims {
		s.claim[s.Claims[i].ID] = &s.Claims[i]
	}
}

// nameOf is the name of an entity as the view knows it.
func (s *Selection) nameOf(ref kith.EntityRef) string {
	if e := s.entity[ref.ID]; e != nil && e.Name != "" {
		return e.Name
	}
	return ref.Name
}

// label is a predicate in words.
func (s *Selection) label(p kith.Predicate) string {
	if s.Ontology != nil {
		if found := s.Ontology.Find(p); found != nil && found.Label != "" {
			return found.Label
		}
	}
	return strings.ReplaceAll(string(p), "_", " ")
}

// mapped is a predicate's term in another vocabulary, and whether it is read
// from object to subject. Where there are several terms the first is given.
func (s *Selection) mapped(p kith.Predicate, vocabulary string) (term string, inverse bool) {
	if s.Ontology == nil {
		return "", false
	}
	found := s.Ontology.Find(p)
	if found == nil {
		return "", false
	}
	term = found.Map[vocabulary]
	inverse = strings.Contains(term, "(inverse)")
	term, _, _ = strings.Cut(term, ",")
	term, _, _ = strings.Cut(term, " (")
	return strings.TrimSpace(term), inverse
}

// says is the speaker of a claim in words, "" for the document's own voice.
func says(c *kith.Claim) string {
	if c.Attribution == nil {
		return ""
	}
	return c.Attribution.Name
}

// standing is how sure and of which sign a claim is: "asserted", "hedged",
// "planned", each with "not " before it where the text denies it.
func standing(c *kith.Claim) string {
	if c.Negated {
		return "not " + string(c.Modality)
	}
	return string(c.Modality)
}
