package storetest

import (
	"errors"
	"testing"

	"kith"
)

// two puts two documents that name Ada Marsh, and returns her ids.
func two(b *bench) (kith.EntityID, kith.EntityID) {
	b.Helper()
	r := dinnerReading("test/1")
	b.put(r)
	other := Reading("test/1", "Ada Marsh praised Eve Moor.", Said{Subject: "Ada Marsh", Predicate: "praised", Object: "Eve Moor"})
	b.put(other)
	return r.Entities[0].ID, other.Entities[0].ID
}

func mergeAndUndo(t *testing.T, b *bench) {
	first, second := two(b)
	if e := b.findError("Ada Marsh"); !errors.Is(e, kith.ErrAmbiguous) || len(e.Candidates) != 2 {
		t.Fatalf("before: %v with %d candidates", e, len(e.Candidates))
	}
	for word, want := range map[string]int{"Marsh": 2, "mar": 2, "ada m": 2, "moo": 1, "arsh": 0, "m": 0, `ada" OR "eve`: 0} {
		n := 0
		for _, err := range b.view(kith.AsOf{}).Entities(b.ctx, kith.EntityFilter{Word: word}) {
			b.must(err)
			n++
		}
		if n != want {
			t.Errorf("%q begins a word of the names of %d, want %d", word, n, want)
		}
	}
	id := b.decide(kith.Decision{Action: kith.Merge, Entities: []kith.EntityID{second, first}})
	ada := b.find("Ada Marsh")
	b.equal(ada.ID, first)
	b.equal(ada.Members, []kith.EntityID{first, second})
	b.count(b.claims(kith.ClaimFilter{About: second}), 3)
	b.undo(id)
	b.findError("Ada Marsh")
	b.count(b.claims(kith.ClaimFilter{About: second}), 1)
}

func splitStays(t *testing.T, b *bench) {
	first, second := two(b)
	third := Reading("test/1", "Cy Holt called Ada Marsh.", Said{Subject: "Cy Holt", Predicate: "communicated_with", Object: "Ada Marsh"})
	b.put(third)
	same := func(x, y kith.EntityID) {
		b.must(b.store.Judge(b.ctx, []kith.Judgement{{A: min(x, y), B: max(x, y), Verdict: kith.Same, Score: 0.99, By: "test"}}))
	}
	same(first, second)
	same(second, third.Entities[1].ID)
	b.equal(len(b.find("Ada Marsh").Members), 3)
	id := b.decide(kith.Decision{Action: kith.Split, Entities: []kith.EntityID{first, second}})
	if e := b.findError("Ada Marsh"); len(e.Candidates) != 2 {
		t.Errorf("%d candidates", len(e.Candidates))
	}
	b.count(b.claims(kith.ClaimFilter{About: second}), 1)
	b.count(b.claims(kith.ClaimFilter{About: first}), 3)
	same(first, second)
	b.count(b.claims(kith.ClaimFilter{About: second}), 1)
	b.undo(id)
	b.equal(len(b.find("Ada Marsh").Members), 3)
}

func heldApart(t *testing.T, b *bench) {
	first, second := two(b)
	id := b.decide(kith.Decision{Action: kith.Apart, Entities: []kith.EntityID{first, second}})
	b.must(b.store.Judge(b.ctx, []kith.Judgement{{A: first, B: second, Verdict: kith.Same, Score: 1, By: "test"}}))
	b.findError("Ada Marsh")
	b.undo(id)
	b.find("Ada Marsh")
	b.undoNewestUndo()
	b.findError("Ada Marsh")
}

// undoNewestUndo undoes the newest undo in force.
func (b *bench) undoNewestUndo() {
	b.Helper()
	v := b.view(kith.AsOf{})
	defer v.Close()
	for d, err := range v.Decisions(b.ctx, kith.DecisionFilter{}) {
		b.must(err)
		if !d.Undone && d.Action == kith.Undo {
			b.undo(d.ID)
			return
		}
	}
	b.Fatal("no undo to undo")
}

func aliasFinds(t *testing.T, b *bench) {
	r := dinnerReading("test/1")
	b.put(r)
	id := b.decide(kith.Decision{Action: kith.Alias, Entities: []kith.EntityID{r.Entities[0].ID}, Value: "The Heron"})
	b.equal(b.find("the heron").ID, r.Entities[0].ID)
	b.put(dinnerReading("test/2"))
	b.equal(b.find("The Heron").Name, "Ada Marsh")
	b.undo(id)
	b.findError("the heron")
}

func renamed(t *testing.T, b *bench) {
	r := dinnerReading("test/1")
	b.put(r)
	id := b.decide(kith.Decision{Action: kith.Rename, Entities: []kith.EntityID{r.Entities[0].ID}, Value: "Adelaide Marsh"})
	b.equal(b.find("Ada Marsh").Name, "Adelaide Marsh")
	again := b.decide(kith.Decision{Action: kith.Rename, Entities: []kith.EntityID{r.Entities[0].ID}, Value: "A. Marsh"})
	b.equal(b.find("Ada Marsh").Name, "A. Marsh")
	b.undo(again)
	b.equal(b.find("Ada Marsh").Name, "Adelaide Marsh")
	b.undo(id)
	b.equal(b.find("Ada Marsh").Name, "Ada Marsh")
}

func suggestions(t *testing.T, b *bench) {
	b.put(dinnerReading("test/1"))
	e := b.findError("Ada Marhs")
	if !errors.Is(e, kith.ErrNotFound) || len(e.Candidates) == 0 || e.Candidates[0].Name != "Ada Marsh" {
		t.Errorf("error = %v with %+v", e, e.Candidates)
	}
	b.equal(b.find("marsh").Name, "Ada Marsh")
	b.equal(b.find("Áda Màrsh").Name, "Ada Marsh")
	for _, name := range []string{"", " ", `"`, "xq", "../../etc/passwd", "a' OR 1=1 --", "💥"} {
		if e := b.findError(name); !errors.Is(e, kith.ErrNotFound) {
			t.Errorf("Find(%q) = %v", name, e)
		}
	}
}

func ambiguous(t *testing.T, b *bench) {
	text := "Ada Marsh met Bo Marsh."
	b.put(Reading("test/1", text, Said{Subject: "Ada Marsh", Predicate: "met_with", Object: "Bo Marsh"}))
	if e := b.findError("Marsh"); !errors.Is(e, kith.ErrAmbiguous) || len(e.Candidates) != 2 {
		t.Errorf("Find = %v with %d candidates", e, len(e.Candidates))
	}
}

func forgetting(t *testing.T, b *bench) {
	first, second := two(b)
	third := Reading("test/1", "Cy Holt called Ada Marsh.", Said{Subject: "Cy Holt", Predicate: "communicated_with", Object: "Ada Marsh"})
	b.put(third)
	for _, other := range []kith.EntityID{second, third.Entities[1].ID} {
		b.must(b.store.Judge(b.ctx, []kith.Judgement{{A: min(first, other), B: max(first, other), Verdict: kith.Same, Score: 0.99, By: "test"}}))
	}
	doc := kith.NewDocumentID(dinner)
	b.must(b.store.Forget(b.ctx, doc, "tester", "asked for"))
	b.verify()
	ada := b.find("Ada Marsh")
	b.equal(ada.Members, []kith.EntityID{second, third.Entities[1].ID})
	b.count(b.claims(kith.ClaimFilter{}), 2)
	b.findError("Bo Lind")
	v := b.view(kith.AsOf{})
	for h, err := range v.Search(b.ctx, "Sunday", 5) {
		t.Errorf("the forgotten text is found: %v %v", h, err)
	}
	if _, err := v.Document(b.ctx, doc); !errors.Is(err, kith.ErrNotFound) {
		t.Errorf("Document = %v, want ErrNotFound", err)
	}
	n := 0
	for d, err := range v.Decisions(b.ctx, kith.DecisionFilter{}) {
		b.must(err)
		b.equal([]any{d.Action, d.Document, d.Why}, []any{kith.Forget, doc, "asked for"})
		if err := b.store.Decide(b.ctx, &kith.Decision{Action: kith.Undo, Undoes: d.ID, By: "tester"}); !errors.Is(err, kith.ErrInvalid) {
			t.Errorf("undo of forget: %v", err)
		}
		n++
	}
	b.equal(n, 1)
	b.put(dinnerReading("test/1"))
	b.equal(len(b.find("Ada Marsh").Members), 3)
}

func queue(t *testing.T, b *bench) {
	first, second := two(b)
	items := func(f kith.QueueFilter) (out []kith.QueueItem) {
		v := b.view(kith.AsOf{})
		defer v.Close()
		for item, err := range v.Queue(b.ctx, f) {
			b.must(err)
			out = append(out, item)
		}
		return out
	}
	b.must(b.store.Judge(b.ctx, []kith.Judgement{{A: first, B: second, Verdict: kith.Unsure, Score: 0.6, By: "test",
		Reasons: []kith.Reason{{Feature: "same name", Weight: 2}}}}))
	all := items(kith.QueueFilter{})
	if len(all) != 4 || all[0].Judgement == nil || all[0].A.Name != "Ada Marsh" || all[1].Claim == nil {
		t.Fatalf("queue = %+v", all)
	}
	b.equal(len(items(kith.QueueFilter{Identity: true})), 1)
	b.equal(len(items(kith.QueueFilter{Claims: true, Predicate: "praised"})), 1)
	b.decide(kith.Decision{Action: kith.Apart, Entities: []kith.EntityID{first, second}})
	b.equal(len(items(kith.QueueFilter{Identity: true})), 0)
	b.undoNewest()
	b.decide(kith.Decision{Action: kith.Merge, Entities: []kith.EntityID{first, second}})
	b.equal(len(items(kith.QueueFilter{Identity: true})), 0)
}
