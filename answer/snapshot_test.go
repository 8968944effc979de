package answer_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"kith"
	"kith/answer"
	"kith/data"
	"kith/graph"
	"kith/source"
)

// tiesOf lists what a snapshot says, in no matter which numbering.
func tiesOf(s *graph.Snapshot) []string {
	var out []string
	for x := range uint32(s.Nodes()) {
		for _, y := range s.Neighbours(x, &graph.Filter{}) {
			ids := s.Claims(x, y.Node, nil)
			slices.Sort(ids)
			out = append(out, fmt.Sprint(s.Entity(x), s.Entity(y.Node), y.Strength, ids))
		}
	}
	slices.Sort(out)
	return out
}

func TestRefreshedSnapshotEqualsOnePackedAnewAfterEachAdditionAndReview(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "net")
	check := func(when string) {
		t.Helper()
		v, err := w.store.View(t.Context(), kith.AsOf{})
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		fresh, err := answer.OpenGraph(t.Context(), v, path)
		if err != nil {
			t.Fatal(err)
		}
		defer fresh.Close()
		whole, err := answer.Pack(t.Context(), v)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := tiesOf(fresh), tiesOf(whole); !slices.Equal(got, want) {
			t.Fatalf("%s: the refreshed snapshot differs:\n%v\nwant\n%v", when, got, want)
		}
	}
	names, _ := fs.Glob(data.FS, "demo/*.md")
	claims := demoClaims(t)
	for _, name := range names {
		text, err := fs.ReadFile(data.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := source.Read(t.Context(), name, bytes.NewReader(text), source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		w.take(t, docs[0], demoLines(t, docs[0], claims[filepath.Base(name)[:2]]))
		check(name)
	}
	for _, action := range []kith.Action{kith.Reject, kith.Accept} {
		w.decide(t, action)
		check(string(action))
	}
	last := w.lastDecision(t)
	for range 2 { // the undo, and the undo of the undo
		undo := kith.Decision{Action: kith.Undo, By: "tester", Undoes: last}
		if err := w.store.Decide(t.Context(), &undo); err != nil {
			t.Fatal(err)
		}
		last = undo.ID
		check("undo")
	}
}

func (w *world) lastDecision(t *testing.T) kith.DecisionID {
	t.Helper()
	v, err := w.store.View(t.Context(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for d, err := range v.Decisions(t.Context(), kith.DecisionFilter{Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		return d.ID
	}
	t.Fatal("nothing was decided")
	return ""
}

// decide reviews some claim.
func (w *world) decide(t *testing.T, action kith.Action) {
	t.Helper()
	v, err := w.store.View(t.Context(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	var id kith.ClaimID
	for c, err := range v.Claims(context.Background(), kith.ClaimFilter{Predicates: []kith.Predicate{"endorsed"}, Limit: 2}) {
		if err != nil {
			t.Fatal(err)
		}
		id = c.ID
	}
	v.Close()
	if err := w.store.Decide(t.Context(), &kith.Decision{Action: action, By: "tester", ClaimID: id}); err != nil {
		t.Fatal(err)
	}
}
