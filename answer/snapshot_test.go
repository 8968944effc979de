package answer_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/answer"
	"kith/data"
	"kith/exchange"
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

func TestRefreshedSnapshotEqualsOnePackedAnewAfterEachChange(t *testing.T) {
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
			t.Fatalf("%s: the refreshed snapshot differs:%s", when, differ(got, want))
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
	w.reread(t)
	check("reading again")
	ids := w.ids(t, "Elena Marsh", "Ines Marsh", "Jonas Weil")
	merge := &kith.Decision{Action: kith.Merge, By: "tester", Entities: ids[:2]}
	w.decision(t, merge)
	check("merge")
	w.decision(t, &kith.Decision{Action: kith.Undo, By: "tester", Undoes: merge.ID})
	check("merge undone")
	members := w.members(t, "Elena Marsh")
	w.decision(t, &kith.Decision{Action: kith.Split, By: "tester", Entities: append(members[len(members)-1:], members[0], members[1])})
	check("split")
	w.decision(t, &kith.Decision{Action: kith.Apart, By: "tester", Entities: []kith.EntityID{ids[2], ids[1]}})
	check("apart")
	w.decision(t, &kith.Decision{Action: kith.Rename, By: "tester", Entities: ids[2:], Value: "Mayor Weil"})
	check("rename")
}

func (w *world) present(t *testing.T) kith.View {
	t.Helper()
	v, err := w.store.View(t.Context(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// ids finds entities by name.
func (w *world) ids(t *testing.T, names ...string) []kith.EntityID {
	t.Helper()
	v := w.present(t)
	defer v.Close()
	var ids []kith.EntityID
	for _, n := range names {
		e, err := v.Find(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	return ids
}

func (w *world) members(t *testing.T, name string) []kith.EntityID {
	t.Helper()
	v := w.present(t)
	defer v.Close()
	e, err := v.Find(t.Context(), name)
	if err != nil || len(e.Members) < 3 {
		t.Fatalf("%s has %v, %v", name, e, err)
	}
	return e.Members
}

func (w *world) decision(t *testing.T, d *kith.Decision) {
	t.Helper()
	if err := w.store.Decide(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// reread puts a newer reading of some document that finds less.
func (w *world) reread(t *testing.T) {
	t.Helper()
	v := w.present(t)
	var doc *kith.Document
	for d, err := range v.Documents(t.Context(), kith.DocumentFilter{Limit: 3}) {
		if err != nil {
			t.Fatal(err)
		}
		if doc, err = v.Document(t.Context(), d.ID); err != nil {
			t.Fatal(err)
		}
	}
	v.Close()
	claims := demoClaims(t)
	for number, list := range claims {
		if strings.Contains(doc.Text, list[0][0]) {
			file, err := exchange.ReadClaims(bytes.NewReader(demoLines(t, doc, claims[number][:1])), doc, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.store.Put(t.Context(), file.Readings[0]); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatal("no document to read again")
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

// differ lists what only one of two lists has.
func differ(got, want []string) string {
	var out strings.Builder
	for _, x := range got {
		if !slices.Contains(want, x) {
			out.WriteString("\n  too much " + x)
		}
	}
	for _, x := range want {
		if !slices.Contains(got, x) {
			out.WriteString("\n  missing " + x)
		}
	}
	return out.String()
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
