package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"kith"
	"kith/graph"
)

// mark says up to where of a store a snapshot goes.
type mark struct {
	Documents, Claims, Judgements, Decisions int
	Newest                                   kith.DocumentID
}

func markOf(ctx context.Context, view kith.View) (mark, error) {
	counts, err := view.Counts(ctx)
	if err != nil {
		return mark{}, fmt.Errorf("count the store: %w", err)
	}
	m := mark{Documents: counts.Documents, Claims: counts.Claims, Judgements: counts.Judgements, Decisions: counts.Decisions}
	for d, err := range view.Documents(ctx, kith.DocumentFilter{Newest: true, Limit: 1}) {
		if err != nil {
			return mark{}, err
		}
		m.Newest = d.ID
	}
	return m, nil
}

func (m mark) String() string {
	text, err := json.Marshal(m)
	if err != nil {
		panic(fmt.Sprintf("a mark of numbers and ids did not marshal: %v", err))
	}
	return string(text)
}

// OpenGraph opens the snapshot file at path and brings it up to what the view
// holds; see Update. The view must show the present. The caller closes the
// snapshot.
func OpenGraph(ctx context.Context, view kith.View, path string) (*graph.Snapshot, error) {
	s, err := graph.Open(path)
	if err != nil {
		s = nil // it is packed anew
	}
	fresh, err := Update(ctx, view, s)
	if fresh == s {
		return s, err
	}
	s.Close() // the fresh one holds copies
	if err != nil {
		return nil, err
	}
	if err := fresh.Save(path); err != nil && !os.IsPermission(err) {
		return fresh, nil // without the file the next opening takes longer, nothing else
	}
	return fresh, nil
}

// Update brings a snapshot up to what the view holds, and returns the same one
// where nothing has changed: only what was added is read from the store. Where
// there is none, or more changed than additions, reviews and names, one is
// packed anew. The view must show the present.
func Update(ctx context.Context, view kith.View, s *graph.Snapshot) (*graph.Snapshot, error) {
	now, err := markOf(ctx, view)
	if err != nil {
		return nil, err
	}
	if s != nil && s.Mark == now.String() {
		return s, nil
	}
	var fresh *graph.Snapshot
	if s != nil {
		if fresh, err = refresh(ctx, view, s, now); err != nil {
			return nil, err
		}
	}
	if fresh == nil {
		if fresh, err = Pack(ctx, view); err != nil {
			return nil, err
		}
	}
	fresh.Mark = now.String()
	return fresh, nil
}

// refresh adds to a snapshot what the store has beyond its mark, or returns
// nil where that cannot be told apart.
func refresh(ctx context.Context, view kith.View, s *graph.Snapshot, now mark) (*graph.Snapshot, error) {
	var then mark
	if json.Unmarshal([]byte(s.Mark), &then) != nil || then.Documents > now.Documents || then.Decisions > now.Decisions {
		return nil, nil
	}
	added, ok, err := addedSince(ctx, view, then, now)
	if err != nil || !ok {
		return nil, err
	}
	reviewed, ok, err := reviewedSince(ctx, view, now.Decisions-then.Decisions)
	if err != nil || !ok {
		return nil, err
	}
	sources, err := view.Sources(ctx)
	if err != nil {
		return nil, err
	}
	b := graph.Extend(s, func(d kith.DocumentID) kith.DocumentID { return sources[d] }, daysOf(added))
	move := map[kith.EntityID]kith.EntityRef{}
	claims := 0
	for _, d := range added {
		n, err := addDocument(ctx, view, b, s, d.ID, move)
		if err != nil {
			return nil, err
		}
		claims += n
	}
	if len(reviewed) == 0 && then.Claims+claims != now.Claims {
		return nil, nil // an older document was read again
	}
	for d := range reviewed {
		if _, err := addDocument(ctx, view, b, s, d, move); err != nil {
			return nil, err
		}
	}
	return b.Without(reviewed, move), nil
}

// mostAdded is up to what share of a snapshot's documents are added one by
// one; beyond it packing anew is quicker.
const mostAdded = 5

// addedSince lists the documents that were added after the mark.
func addedSince(ctx context.Context, view kith.View, then, now mark) ([]kith.DocumentInfo, bool, error) {
	count := now.Documents - then.Documents
	if count > 20+now.Documents/mostAdded {
		return nil, false, nil
	}
	var list []kith.DocumentInfo
	for d, err := range view.Documents(ctx, kith.DocumentFilter{Newest: true, Limit: count + 1}) {
		if err != nil {
			return nil, false, err
		}
		if d.ID == then.Newest {
			return list, len(list) == count, nil
		}
		list = append(list, d)
	}
	return list, then.Newest == "" && len(list) == count, nil
}

// reviewedSince lists the documents whose claims the last decisions changed.
// It reports false where one of them changed more: merging and splitting may
// move any entity.
func reviewedSince(ctx context.Context, view kith.View, count int) (map[kith.DocumentID]bool, bool, error) {
	docs := map[kith.DocumentID]bool{}
	if count == 0 {
		return docs, true, nil
	}
	for d, err := range view.Decisions(ctx, kith.DecisionFilter{Limit: count}) {
		if err != nil {
			return nil, false, err
		}
		claim, ok, err := reviewed(ctx, view, d)
		if err != nil || !ok {
			return nil, false, err
		}
		if claim != nil {
			docs[claim.Evidence.Document] = true
		}
	}
	return docs, true, nil
}

// reviewed returns a claim of the document that a decision changed, nil where
// it changed none.
func reviewed(ctx context.Context, view kith.View, d kith.Decision) (*kith.Claim, bool, error) {
	switch d.Action {
	case kith.Accept, kith.Reject, kith.Correct:
		c, err := view.Claim(ctx, d.ClaimID)
		return c, err == nil, nil
	case kith.Rate:
		return nil, true, nil
	case kith.Undo:
		for earlier, err := range view.Decisions(ctx, kith.DecisionFilter{}) {
			if err != nil {
				return nil, false, err
			}
			if earlier.ID == d.Undoes {
				return reviewed(ctx, view, earlier)
			}
		}
	}
	return nil, false, nil
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

// addDocument adds the claims of a document, and notes which nodes have
// become one entity with what it mentions.
func addDocument(ctx context.Context, view kith.View, b *graph.Builder, s *graph.Snapshot, id kith.DocumentID, move map[kith.EntityID]kith.EntityRef) (int, error) {
	seen := map[kith.EntityID]bool{}
	n := 0
	for c, err := range view.Claims(ctx, kith.ClaimFilter{Document: id}) {
		if err != nil {
			return 0, err
		}
		n++
		b.Add(&c)
		for _, ref := range []*kith.EntityRef{&c.Subject, c.Object, c.Qualifiers.Third} {
			if ref != nil {
				seen[ref.ID] = true
			}
		}
	}
	mentions, err := view.Mentions(ctx, id)
	if err != nil {
		return 0, err
	}
	for _, m := range mentions {
		seen[m.ID] = true
	}
	for entity := range seen {
		e, err := view.Entity(ctx, entity)
		if err != nil {
			continue // a mention of nothing that is known
		}
		for _, member := range e.Members {
			if _, known := s.Node(member); known && member != e.ID {
				move[member] = e.Ref()
			}
		}
	}
	return n, nil
}
