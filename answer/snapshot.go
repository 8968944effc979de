package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"kith"
	"kith/graph"
)

// mark says up to where of a store a snapshot goes: readings, judgements of the
// resolver and decisions come one after the other, and nothing else changes the
// claims.
type mark struct {
	Reading   int64
	Judgement string
	Decision  kith.DecisionID
	Packed    int // documents of the snapshot when it was packed anew
}

func (m mark) String() string {
	text, err := json.Marshal(m)
	if err != nil {
		panic(fmt.Sprintf("a mark of numbers and ids did not marshal: %v", err))
	}
	return string(text)
}

// changed is what a store has beyond a mark.
type changed struct {
	mark      // where the store stands now
	documents []kith.DocumentInfo
	judged    []kith.Judgement
	decided   []kith.Decision
}

// mostChanged is up to how many new judgements or decisions are looked at one
// by one.
const mostChanged = 20_000

// since lists what was written after the mark. It reports false where that is
// too much, or not told apart any more.
func since(ctx context.Context, view kith.View, then mark) (changed, bool, error) {
	c := changed{mark: then}
	for d, err := range view.Documents(ctx, kith.DocumentFilter{After: then.Reading, Bare: true}) {
		if err != nil {
			return c, false, err
		}
		c.documents = append(c.documents, d)
		c.Reading = max(c.Reading, d.Reading)
	}
	met := then.Judgement == ""
	for j, err := range view.Judgements(ctx, kith.JudgementFilter{Limit: mostChanged}) {
		if err != nil {
			return c, false, err
		}
		if j.Decision != "" {
			continue // the decision tells of it, also where it is undone
		}
		if met = met || j.ID == then.Judgement; j.ID == then.Judgement {
			break
		}
		c.judged = append(c.judged, j)
	}
	known := then.Decision == ""
	for d, err := range view.Decisions(ctx, kith.DecisionFilter{Limit: mostChanged}) {
		if err != nil {
			return c, false, err
		}
		if known = known || d.ID == then.Decision; d.ID == then.Decision {
			break
		}
		c.decided = append(c.decided, d)
	}
	if len(c.judged) > 0 {
		c.Judgement = c.judged[0].ID
	}
	if len(c.decided) > 0 {
		c.Decision = c.decided[0].ID
	}
	return c, met && known && len(c.judged) < mostChanged && len(c.decided) < mostChanged, nil
}

// nothing reports whether the store has nothing beyond the mark.
func (c *changed) nothing() bool { return len(c.documents)+len(c.judged)+len(c.decided) == 0 }

// OpenGraph opens the snapshot file at path and brings it up to what the view
// holds; see Update. The view must show the present. The caller closes the
// snapshot.
func OpenGraph(ctx context.Context, view kith.View, path string) (*graph.Snapshot, error) {
	s, err := graph.Open(path)
	if err != nil {
		s = nil // it is packed anew
	}
	fresh, err := Update(ctx, view, s)
	if err == nil && fresh == s {
		return s, nil
	}
	s.Close() // the fresh one holds copies
	if err != nil {
		return nil, err
	}
	_ = fresh.Save(path) // without the file the next opening takes longer, nothing else
	return fresh, nil
}

// Update brings a snapshot up to what the view holds, and returns the same one
// where nothing has changed: only the documents are read that were added, read
// again or reviewed since, or whose entities were merged or split. Where there
// is none, or most of the store changed, one is packed anew. The view must show
// the present.
func Update(ctx context.Context, view kith.View, s *graph.Snapshot) (*graph.Snapshot, error) {
	var then mark
	if s == nil || json.Unmarshal([]byte(s.Mark), &then) != nil {
		return packMarked(ctx, view)
	}
	new, ok, err := since(ctx, view, then)
	switch grown := s.Documents() > 2*then.Packed+1000; {
	case err != nil:
		return nil, err
	case ok && new.nothing():
		return s, nil
	case !ok || grown: // what was read again leaves its old numbers behind
		return packMarked(ctx, view)
	}
	fresh, err := refresh(ctx, view, s, &new)
	if err != nil {
		return nil, err
	}
	if fresh == nil {
		return packMarked(ctx, view)
	}
	fresh.Mark = new.mark.String()
	return fresh, nil
}

// packMarked packs the snapshot anew and marks up to where it goes.
func packMarked(ctx context.Context, view kith.View) (*graph.Snapshot, error) {
	s, reading, err := pack(ctx, view)
	if err != nil {
		return nil, err
	}
	now := mark{Reading: reading, Packed: s.Documents()}
	for j, err := range view.Judgements(ctx, kith.JudgementFilter{}) {
		if err != nil {
			return nil, err
		}
		if j.Decision == "" {
			now.Judgement = j.ID
			break
		}
	}
	for d, err := range view.Decisions(ctx, kith.DecisionFilter{Limit: 1}) {
		if err != nil {
			return nil, err
		}
		now.Decision = d.ID
	}
	s.Mark = now.String()
	return s, nil
}

// mostRead is up to what share of a store's documents are read one by one;
// beyond it packing anew is quicker.
const mostRead = 5

// refresh brings a snapshot up to what changed, or returns nil where it has
// to be packed anew.
func refresh(ctx context.Context, view kith.View, s *graph.Snapshot, new *changed) (*graph.Snapshot, error) {
	r := &refreshing{ctx: ctx, view: view, old: s, read: map[kith.DocumentID]bool{}, seen: map[kith.EntityID]bool{}, most: 20 + s.Documents()/mostRead}
	if !r.gather(new) {
		return nil, r.err
	}
	sources, err := view.Sources(ctx)
	if err != nil {
		return nil, err
	}
	infos, err := r.infos()
	if err != nil {
		return nil, err
	}
	b := graph.Extend(s, func(d kith.DocumentID) kith.DocumentID { return sources[d] }, daysOf(infos))
	move := map[kith.EntityID]kith.EntityRef{}
	for _, d := range infos {
		if err := addDocument(ctx, view, b, d.ID); err != nil {
			return nil, err
		}
	}
	if err := r.joined(new.documents, move); err != nil {
		return nil, err
	}
	for _, e := range r.renamed {
		b.Rename(e.Ref())
	}
	return b.Without(r.read, move), nil
}

// refreshing gathers which documents must be read again.
type refreshing struct {
	ctx     context.Context
	view    kith.View
	old     *graph.Snapshot
	read    map[kith.DocumentID]bool
	seen    map[kith.EntityID]bool // entities whose clusters' documents are all read
	renamed []kith.Entity
	most    int // documents
	err     error
}

// gather lists the documents to read, and reports false where the snapshot
// has to be packed anew.
func (r *refreshing) gather(new *changed) bool {
	fresh := map[kith.DocumentID]bool{}
	for _, d := range new.documents {
		r.read[d.ID] = true
		fresh[d.ID] = !r.old.HasDocument(d.ID)
	}
	for i := range new.decided {
		if !r.decision(&new.decided[i]) {
			return false
		}
	}
	for _, j := range new.judged {
		// What a new document's entities are joined to keeps its number, or is
		// renumbered by addDocument; a judgement between old ones may part them.
		if !r.isOf(j.A, fresh) && !r.isOf(j.B, fresh) && !r.component(j.A, j.B) {
			return false
		}
	}
	return r.err == nil && len(r.read) <= r.most
}

// isOf reports whether a local entity is one of the documents.
func (r *refreshing) isOf(local kith.EntityID, docs map[kith.DocumentID]bool) bool {
	_, d, err := r.view.Local(r.ctx, local)
	return err == nil && docs[d]
}

// decision notes what a decision changed. Forgetting a document changes more
// than single documents.
func (r *refreshing) decision(d *kith.Decision) bool {
	switch d.Action {
	case kith.Accept, kith.Reject, kith.Correct:
		c, err := r.view.Claim(r.ctx, d.ClaimID)
		if err != nil {
			return false
		}
		r.read[c.Evidence.Document] = true
		return true
	case kith.Alias, kith.Rename:
		for _, id := range d.Entities {
			if e, err := r.view.Entity(r.ctx, id); err == nil {
				r.renamed = append(r.renamed, *e)
			}
		}
		return true
	case kith.Rate:
		return true
	case kith.Merge, kith.Split, kith.Apart:
		return r.component(d.Entities...)
	case kith.Undo:
		for u, err := range r.view.Decisions(r.ctx, kith.DecisionFilter{}) {
			if err != nil {
				break
			}
			if u.ID == d.Undoes {
				return r.decision(&u)
			}
		}
	}
	return false
}

// component has all documents read of everything that hangs together with
// some entities by judgements, as far as those were ever the same.
func (r *refreshing) component(ids ...kith.EntityID) bool {
	for len(ids) > 0 {
		id := ids[0]
		ids = ids[1:]
		if r.seen[id] {
			continue
		}
		r.seen[id] = true
		e, err := r.view.Entity(r.ctx, id)
		if err != nil || r.seen[e.ID] && id != e.ID {
			continue
		}
		r.seen[e.ID] = true
		r.renamed = append(r.renamed, *e)
		for _, m := range e.Members {
			r.seen[m] = true
			if _, d, err := r.view.Local(r.ctx, m); err == nil {
				r.read[d] = true
			}
		}
		if len(r.read) > r.most {
			return false
		}
		for j, err := range r.view.Judgements(r.ctx, kith.JudgementFilter{Entity: e.ID, Verdict: kith.Same}) {
			if err != nil {
				r.err = err
				return false
			}
			ids = append(ids, j.A, j.B)
		}
	}
	return true
}

// infos lists the documents to read.
func (r *refreshing) infos() ([]kith.DocumentInfo, error) {
	if len(r.read) == 0 {
		return nil, nil
	}
	var list []kith.DocumentInfo
	ids := slices.Sorted(maps.Keys(r.read))
	for d, err := range r.view.Documents(r.ctx, kith.DocumentFilter{IDs: ids, Bare: true}) {
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

// daysOf gives the days of the listed documents.
func daysOf(list []kith.DocumentInfo) graph.Days {
	type days struct {
		learned uint32
		told    int32
	}
	at := make(map[kith.DocumentID]days, len(list))
	for _, d := range list {
		at[d.ID] = days{uint32(max(0, d.Added.Unix())), graph.Day(d.Date.First(), graph.NoBegin)}
	}
	return func(d kith.DocumentID) (uint32, int32) {
		found, ok := at[d]
		if !ok {
			return 0, graph.NoBegin
		}
		return found.learned, found.told
	}
}

// addDocument adds the claims of a document.
func addDocument(ctx context.Context, view kith.View, b *graph.Builder, id kith.DocumentID) error {
	var claims []*kith.Claim
	for c, err := range view.Claims(ctx, kith.ClaimFilter{Document: id, AnyTime: true}) {
		if err != nil {
			return err
		}
		claims = append(claims, &c)
	}
	if err := (naming{}).write(ctx, view, claims); err != nil {
		return err
	}
	for _, c := range claims {
		b.Add(c)
	}
	return nil
}

// joined notes which nodes have become one entity with what the documents
// mention or claim.
func (r *refreshing) joined(docs []kith.DocumentInfo, move map[kith.EntityID]kith.EntityRef) error {
	seen := map[kith.EntityID]bool{}
	for _, d := range docs {
		for c, err := range r.view.Claims(r.ctx, kith.ClaimFilter{Document: d.ID, AnyTime: true}) {
			if err != nil {
				return err
			}
			for _, ref := range c.Ends() {
				seen[ref.ID] = true
			}
		}
		mentions, err := r.view.Mentions(r.ctx, d.ID)
		if err != nil {
			return err
		}
		for _, m := range mentions {
			seen[m.ID] = true
		}
	}
	for id := range seen {
		e, err := r.view.Entity(r.ctx, id)
		if err != nil {
			continue // a mention of nothing that is known
		}
		for _, member := range e.Members {
			if _, known := r.old.Node(member); known && member != e.ID {
				move[member] = e.Ref()
			}
		}
	}
	return nil
}
