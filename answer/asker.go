package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/graph"
	"kith/query"
)

// asker holds what one question reads: the view, its caches, and the lines
// found so far.
type asker struct {
	ctx  context.Context
	view kith.View
	q    query.Question
	o    Options

	docs     map[kith.DocumentID]*kith.Document
	sources  map[kith.DocumentID]kith.DocumentID
	read     map[kith.EntityID][]kith.Claim
	lines    []Line
	left     []LeftOut
	counted  map[string]map[kith.ClaimID]bool
	compared []string
	called   string // description asked for that no text uses
	question string
	learned  map[kith.DocumentID]string
	names    naming
}

func newAsker(ctx context.Context, view kith.View, q query.Question, o Options) *asker {
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	return &asker{ctx: ctx, view: view, q: q, o: o, question: q.String(), docs: map[kith.DocumentID]*kith.Document{},
		names: naming{}, read: map[kith.EntityID][]kith.Claim{}, counted: map[string]map[kith.ClaimID]bool{}}
}

// today is the day on which the question stands: the view's world date, or
// the present day.
func (a *asker) today() kith.Date {
	if w := a.view.At().World; w != "" {
		return w
	}
	return kith.Date(a.o.Now.Format(time.DateOnly))
}

// entity resolves a name that the question gives.
func (a *asker) entity(name string) (*kith.Entity, error) {
	e, err := a.view.Find(a.ctx, name)
	if err == nil && wordsLike(name) && kith.Fold(e.Name) != kith.Fold(name) {
		if d, second := a.described(name, kith.ErrNotFound); second == nil {
			return d, nil // called exactly so, where the other has it for a short name
		}
	}
	if err == nil || !errors.Is(err, kith.ErrNotFound) {
		return e, err
	}
	for _, article := range []string{"the ", "The ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(name, article); ok {
			if e, second := a.view.Find(a.ctx, rest); second == nil {
				return e, nil
			}
		}
	}
	return a.described(name, err)
}

// described finds a party that is known by description only ("dockworkers'
// union"), which Find passes over since such a description may fit many.
func (a *asker) described(name string, notFound error) (*kith.Entity, error) {
	folded := kith.Fold(name)
	var found []kith.Entity
	for e, err := range a.view.Entities(a.ctx, kith.EntityFilter{Prefix: folded}) {
		if err != nil {
			return nil, err
		}
		if kith.Fold(e.Name) == folded && e.Claims > 0 {
			found = append(found, e.Entity)
		}
	}
	switch len(found) {
	case 0:
		return nil, notFound
	case 1:
		return &found[0], nil
	}
	return nil, &kith.NameError{Name: name, Candidates: found, Err: kith.ErrAmbiguous}
}

// subjects resolves the first n names of the question.
func (a *asker) subjects(n int) ([]*kith.Entity, error) {
	var found []*kith.Entity
	for _, name := range a.q.Names[:min(n, len(a.q.Names))] {
		e, err := a.entity(name)
		if err != nil {
			return nil, err
		}
		found = append(found, e)
	}
	return found, nil
}

// about returns the claims in which the entity is subject, object or third
// party, after the filters, in the order of their documents.
func (a *asker) about(id kith.EntityID) ([]kith.Claim, error) {
	if claims, ok := a.read[id]; ok {
		return claims, nil
	}
	claims, err := a.collect(kith.ClaimFilter{About: id})
	if err != nil {
		return nil, err
	}
	a.read[id] = claims
	return claims, nil
}

// collect reads claims from the view, applies the options' filters and counts
// what they leave out.
func (a *asker) collect(f kith.ClaimFilter) ([]kith.Claim, error) {
	var claims []kith.Claim
	f.AnyTime = true // what the world date rules out is counted here
	for c, err := range a.view.Claims(a.ctx, f) {
		if err != nil {
			return nil, fmt.Errorf("read claims: %w", err)
		}
		if why := a.refuse(&c); why != "" {
			a.leave(why, c.ID)
			continue
		}
		claims = append(claims, c)
	}
	return claims, a.names.write(a.ctx, a.view, pointers(claims, nil))
}

// claim reads one claim.
func (a *asker) claim(id kith.ClaimID) (*kith.Claim, error) {
	c, err := a.view.Claim(a.ctx, id)
	if err != nil {
		return nil, err
	}
	return c, a.names.write(a.ctx, a.view, []*kith.Claim{c})
}

// readDocuments reads the documents of the claims that were not read before,
// in one question to the store. What it cannot read, document tries alone.
func (a *asker) readDocuments(claims []*kith.Claim) {
	asked := map[kith.DocumentID]bool{}
	var ids []kith.DocumentID
	for _, c := range claims {
		id := c.Evidence.Document
		if a.docs[id] == nil && !asked[id] {
			asked[id] = true
			ids = append(ids, id)
		}
	}
	if len(ids) < 2 {
		return
	}
	for d, err := range a.view.Documents(a.ctx, kith.DocumentFilter{IDs: ids, Bare: true}) {
		if err != nil {
			return
		}
		a.docs[d.ID] = &d.Document
	}
}

// refuse says why the options keep a claim out, or "".
func (a *asker) refuse(c *kith.Claim) string {
	switch world := a.view.At().World; {
	case a.o.Reviewed && c.Review != kith.Accepted && c.Review != kith.Corrected:
		return whyUnreviewed
	case a.o.NoHedged && c.Modality == kith.Hedged:
		return whyHedged
	case world != "" && !a.holdsOn(c, world):
		return a.whyNotThen()
	}
	return ""
}

// Why options keep claims out.
const (
	whyUnreviewed = "claims that nobody has reviewed"
	whyHedged     = "hedged claims"
)

func (a *asker) whyNotThen() string {
	return "claims that cannot have held on " + string(a.view.At().World)
}

// holdsOn reports whether a claim can be true of the world on a day: acts
// that happened before stay true, states must not have ended, and plans and
// rumours stand from the day of the document that tells of them.
func (a *asker) holdsOn(c *kith.Claim, day kith.Date) bool {
	if c.Modality != kith.Asserted {
		told := a.document(c.Evidence.Document).Date
		return told == "" || told.First() <= day.Last()
	}
	t := when(c)
	if t.From != "" && t.From.First() > day.Last() {
		return false
	}
	return !lasting(c.Predicate) || t.From == t.To || t.MayHold(day)
}

// lasting reports whether the predicate is a state with an end, rather than
// an act that stays true once it has happened.
func lasting(p kith.Predicate) bool { return slices.Contains(states, p) }

var states = []kith.Predicate{"held_office", "employed_by", "led", "member_of", "owns", "part_of", "spouse_of", "ally_of", "located_in"}

// leave counts a claim that is left out, once for each reason.
func (a *asker) leave(why string, id kith.ClaimID) {
	if a.counted[why] == nil {
		a.counted[why] = map[kith.ClaimID]bool{}
	}
	if a.counted[why][id] {
		return
	}
	a.counted[why][id] = true
	a.leaveMany(why, 1)
}

func (a *asker) leaveMany(why string, n int) {
	if n == 0 {
		return
	}
	for i := range a.left {
		if a.left[i].Why == why {
			a.left[i].Count += n
			return
		}
	}
	a.left = append(a.left, LeftOut{why, n})
}

// document returns a document of the view, read once; its text may be left
// out.
func (a *asker) document(id kith.DocumentID) *kith.Document {
	if d, ok := a.docs[id]; ok {
		return d
	}
	d, err := a.view.Document(a.ctx, id)
	if err != nil {
		d = &kith.Document{ID: id}
	}
	a.docs[id] = d
	return d
}

// sourceOf names the independent source of a document.
func (a *asker) sourceOf(id kith.DocumentID) kith.DocumentID {
	if a.o.Graph != nil {
		if s, ok := a.o.Graph.SourceOf(id); ok {
			return s
		}
	}
	if a.sources == nil {
		sources, err := a.view.Sources(a.ctx)
		if err != nil || sources == nil {
			sources = map[kith.DocumentID]kith.DocumentID{}
		}
		a.sources = sources
	}
	if s := a.sources[id]; s != "" {
		return s
	}
	return id
}

// snapshot returns the graph of the whole view: the one that is open, or one
// packed now.
func (a *asker) snapshot() (*graph.Snapshot, error) {
	if a.o.Graph != nil {
		return a.o.Graph, nil
	}
	return Pack(a.ctx, a.view)
}

// Pack makes a snapshot of all claims of a view.
func Pack(ctx context.Context, view kith.View) (*graph.Snapshot, error) {
	s, _, err := pack(ctx, view)
	return s, err
}

// pack is Pack, and returns the number of the newest reading.
func pack(ctx context.Context, view kith.View) (s *graph.Snapshot, reading int64, err error) {
	sources, err := view.Sources(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("pack graph: %w", err)
	}
	var docs []kith.DocumentInfo
	for d, err := range view.Documents(ctx, kith.DocumentFilter{Bare: true}) {
		if err != nil {
			return nil, 0, fmt.Errorf("pack graph: %w", err)
		}
		docs = append(docs, d)
		reading = max(reading, d.Reading)
	}
	b := graph.NewBuilder(func(d kith.DocumentID) kith.DocumentID { return sources[d] }, daysOf(docs))
	called := naming{}
	for e, err := range view.Entities(ctx, kith.EntityFilter{Bare: true}) {
		if err != nil {
			return nil, 0, fmt.Errorf("pack graph: %w", err)
		}
		called[e.ID] = e.Name
	}
	for c, err := range view.Claims(ctx, kith.ClaimFilter{AnyTime: true}) {
		if err != nil {
			return nil, 0, fmt.Errorf("pack graph: %w", err)
		}
		called.put(&c)
		b.Add(&c)
	}
	return b.Snapshot(), reading, nil
}
