// Package answertest holds a View in memory, for tests of questions: claims
// as they would come out of a store whose entities are already resolved.
package answertest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"kith"
)

// View is a kith.View over claims in memory. Entities are told apart by name
// and type. What questions do not need (judgements, search, queue) is empty.
type View struct {
	AsOf      kith.AsOf
	Docs      []kith.Document
	All       []kith.Claim
	Entries   []kith.Entity
	Copies    map[kith.DocumentID]kith.DocumentID
	Decided   []kith.Decision
	Added     map[kith.DocumentID]time.Time
	byEntity  map[kith.EntityID][]int
	positions map[kith.EntityID]int
}

// New returns a view of the claims over the documents.
func New(docs []kith.Document, entities []kith.Entity, claims []kith.Claim) *View {
	v := &View{Docs: docs, All: claims, Entries: entities, positions: map[kith.EntityID]int{}}
	for i, e := range entities {
		v.positions[e.ID] = i
	}
	v.byEntity = map[kith.EntityID][]int{}
	for i := range claims {
		for _, ref := range ends(&v.All[i]) {
			if ref == nil {
				continue
			}
			if _, ok := v.positions[ref.ID]; !ok {
				v.positions[ref.ID] = len(v.Entries)
				v.Entries = append(v.Entries, kith.Entity{ID: ref.ID, Name: ref.Name, Type: ref.Type})
			}
			if own := v.byEntity[ref.ID]; len(own) == 0 || own[len(own)-1] != i {
				v.byEntity[ref.ID] = append(own, i)
			}
		}
	}
	return v
}

func ends(c *kith.Claim) []*kith.EntityRef {
	return []*kith.EntityRef{&c.Subject, c.Object, c.Qualifiers.Third}
}

// At is the setting of both clocks.
func (v *View) At() kith.AsOf { return v.AsOf }

// Documents streams the documents that the filter takes.
func (v *View) Documents(_ context.Context, f kith.DocumentFilter) iter.Seq2[kith.DocumentInfo, error] {
	return func(yield func(kith.DocumentInfo, error) bool) {
		docs := slices.Clone(v.Docs)
		if f.Newest {
			slices.Reverse(docs)
		}
		for i, d := range docs {
			if f.Limit > 0 && i >= f.Limit {
				return
			}
			if len(f.IDs) > 0 && !slices.Contains(f.IDs, d.ID) {
				continue
			}
			d.Text = ""
			if !yield(kith.DocumentInfo{Document: d, Added: v.Added[d.ID]}, nil) {
				return
			}
		}
	}
}

// Document returns the document of that id.
func (v *View) Document(_ context.Context, id kith.DocumentID) (*kith.Document, error) {
	for i := range v.Docs {
		if v.Docs[i].ID == id {
			return &v.Docs[i], nil
		}
	}
	return nil, fmt.Errorf("document %s: %w", id, kith.ErrNotFound)
}

// Original returns nothing.
func (v *View) Original(context.Context, kith.DocumentID) ([]byte, error) { return nil, nil }

// Appearances returns nothing.
func (v *View) Appearances(context.Context, kith.DocumentID) ([]kith.Appearance, error) {
	return nil, nil
}

// Claims streams the claims that the filter takes.
func (v *View) Claims(_ context.Context, f kith.ClaimFilter) iter.Seq2[kith.Claim, error] {
	return func(yield func(kith.Claim, error) bool) {
		n := 0
		visit := func(c *kith.Claim) bool {
			if !takes(f, c) {
				return true
			}
			if n++; f.Limit > 0 && n > f.Limit {
				return false
			}
			return yield(*c, nil)
		}
		for _, id := range []kith.EntityID{f.About, f.Subject, f.Object} {
			if id != "" {
				for _, i := range v.byEntity[id] {
					if !visit(&v.All[i]) {
						return
					}
				}
				return
			}
		}
		for i := range v.All {
			if !visit(&v.All[i]) {
				return
			}
		}
	}
}

func takes(f kith.ClaimFilter, c *kith.Claim) bool {
	is := func(ref *kith.EntityRef, id kith.EntityID) bool { return ref != nil && ref.ID == id }
	switch {
	case f.Subject != "" && c.Subject.ID != f.Subject,
		f.Object != "" && !is(c.Object, f.Object),
		f.About != "" && c.Subject.ID != f.About && !is(c.Object, f.About) && !is(c.Qualifiers.Third, f.About),
		len(f.Predicates) > 0 && !slices.Contains(f.Predicates, c.Predicate),
		f.Document != "" && c.Evidence.Document != f.Document,
		f.Modality != "" && c.Modality != f.Modality,
		f.Review != "" && c.Review != f.Review,
		!f.Rejected && c.Review == kith.Rejected:
		return false
	}
	return true
}

// Claim returns the claim of that id or unique prefix.
func (v *View) Claim(_ context.Context, id kith.ClaimID) (*kith.Claim, error) {
	for i := range v.All {
		if strings.HasPrefix(string(v.All[i].ID), string(id)) {
			return &v.All[i], nil
		}
	}
	return nil, fmt.Errorf("claim %s: %w", id, kith.ErrNotFound)
}

// Entities streams all entities.
func (v *View) Entities(_ context.Context, f kith.EntityFilter) iter.Seq2[kith.EntityInfo, error] {
	return func(yield func(kith.EntityInfo, error) bool) {
		for _, e := range v.Entries {
			if f.Type != "" && e.Type != f.Type || len(f.IDs) > 0 && !slices.Contains(f.IDs, e.ID) {
				continue
			}
			if !yield(kith.EntityInfo{Entity: e, Claims: len(v.byEntity[e.ID])}, nil) {
				return
			}
		}
	}
}

// Entity returns the entity of that id.
func (v *View) Entity(_ context.Context, id kith.EntityID) (*kith.Entity, error) {
	if i, ok := v.positions[id]; ok {
		return &v.Entries[i], nil
	}
	return nil, fmt.Errorf("entity %s: %w", id, kith.ErrNotFound)
}

// Find returns the entity of that name, alias or last word of its name.
func (v *View) Find(_ context.Context, name string) (*kith.Entity, error) {
	if i, ok := v.positions[kith.EntityID(name)]; ok {
		return &v.Entries[i], nil
	}
	for _, fits := range []func(kith.Entity, string) bool{fitsName, fitsAlias, fitsLast} {
		var found []kith.Entity
		for _, e := range v.Entries {
			if fits(e, kith.Fold(name)) {
				found = append(found, e)
			}
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return &found[0], nil
		}
		return nil, &kith.NameError{Name: name, Candidates: found, Err: kith.ErrAmbiguous}
	}
	return nil, &kith.NameError{Name: name, Err: kith.ErrNotFound}
}

func fitsName(e kith.Entity, name string) bool { return kith.Fold(e.Name) == name }

func fitsAlias(e kith.Entity, name string) bool {
	return slices.ContainsFunc(e.Aliases, func(a string) bool { return kith.Fold(a) == name })
}

func fitsLast(e kith.Entity, name string) bool {
	return e.Type == kith.Person && strings.HasSuffix(kith.Fold(e.Name), " "+name)
}

// Mentions returns nothing.
func (v *View) Mentions(context.Context, kith.DocumentID) ([]kith.Mention, error) { return nil, nil }

// Skips returns nothing.
func (v *View) Skips(context.Context, kith.DocumentID) ([]kith.Skip, error) { return nil, nil }

// Search finds nothing.
func (v *View) Search(context.Context, string, int) iter.Seq2[kith.Hit, error] {
	return func(func(kith.Hit, error) bool) {}
}

// Judgements streams nothing.
func (v *View) Judgements(context.Context, kith.JudgementFilter) iter.Seq2[kith.Judgement, error] {
	return func(func(kith.Judgement, error) bool) {}
}

// Decisions streams the decisions, newest first.
func (v *View) Decisions(context.Context, kith.DecisionFilter) iter.Seq2[kith.Decision, error] {
	return func(yield func(kith.Decision, error) bool) {
		for i := len(v.Decided) - 1; i >= 0; i-- {
			if !yield(v.Decided[i], nil) {
				return
			}
		}
	}
}

// Sources returns which documents are copies of which.
func (v *View) Sources(context.Context) (map[kith.DocumentID]kith.DocumentID, error) {
	sources := map[kith.DocumentID]kith.DocumentID{}
	for _, d := range v.Docs {
		sources[d.ID] = d.ID
		if of, ok := v.Copies[d.ID]; ok {
			sources[d.ID] = of
		}
	}
	return sources, nil
}

// Local is not part of what answers ask for.
func (v *View) Local(context.Context, kith.EntityID) (*kith.Entity, kith.DocumentID, error) {
	return nil, "", kith.ErrNotFound
}

// Reliability returns nothing.
func (v *View) Reliability(context.Context) (map[string]float64, error) { return nil, nil }

// Queue streams nothing.
func (v *View) Queue(context.Context, kith.QueueFilter) iter.Seq2[kith.QueueItem, error] {
	return func(func(kith.QueueItem, error) bool) {}
}

// Anchors returns nothing.
func (v *View) Anchors(context.Context, kith.DocumentID) ([]kith.Anchor, error) { return nil, nil }

// Counts says how much there is.
func (v *View) Counts(context.Context) (kith.Counts, error) {
	return kith.Counts{Documents: len(v.Docs), Claims: len(v.All), Entities: len(v.Entries), Decisions: len(v.Decided)}, nil
}

// Close does nothing.
func (v *View) Close() error { return nil }
