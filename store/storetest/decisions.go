package storetest

import (
	"errors"
	"testing"

	"kith"
)

func rejectAndUndo(t *testing.T, b *bench) {
	r := dinnerReading("test/1")
	b.put(r)
	id := b.decide(kith.Decision{Action: kith.Reject, ClaimID: r.Claims[0].ID[:9], Why: "misread"})
	b.count(b.claims(kith.ClaimFilter{}), 1)
	shown := b.count(b.claims(kith.ClaimFilter{Rejected: true}), 2)
	for _, c := range shown {
		b.equal(b.count(b.claims(kith.ClaimFilter{IDs: []kith.ClaimID{c.ID, "cnone"}, Rejected: true}), 1)[0].ID, c.ID)
	}
	b.equal(shown[0].Review, kith.Rejected)
	b.equal(b.find("Bo Lind").ID, r.Entities[1].ID)
	b.decide(kith.Decision{Action: kith.Undo, Undoes: id})
	b.count(b.claims(kith.ClaimFilter{}), 2)
	v := b.view(kith.AsOf{})
	var actions []kith.Action
	for d, err := range v.Decisions(b.ctx, kith.DecisionFilter{}) {
		b.must(err)
		actions = append(actions, d.Action)
		b.equal(d.Undone, d.Action == kith.Reject)
	}
	b.equal(actions, []kith.Action{kith.Undo, kith.Reject})
}

func undoOfUndo(t *testing.T, b *bench) {
	r := dinnerReading("test/1")
	b.put(r)
	reject := b.decide(kith.Decision{Action: kith.Reject, ClaimID: r.Claims[0].ID})
	undo := b.decide(kith.Decision{Action: kith.Undo, Undoes: reject})
	again := b.decide(kith.Decision{Action: kith.Undo, Undoes: undo})
	b.count(b.claims(kith.ClaimFilter{}), 1)
	b.decide(kith.Decision{Action: kith.Undo, Undoes: again})
	b.count(b.claims(kith.ClaimFilter{}), 2)
	if err := b.store.Decide(b.ctx, &kith.Decision{Action: kith.Undo, Undoes: reject, By: "tester"}); !errors.Is(err, kith.ErrInvalid) {
		t.Errorf("undoing what is undone: %v, want ErrInvalid", err)
	}
}

func corrected(t *testing.T, b *bench) {
	r := dinnerReading("test/1")
	b.put(r)
	fix := r.Claims[1]
	fix.Predicate = "praised"
	fix.Object = &kith.EntityRef{Name: "Bo Lind", Type: kith.Person}
	id := b.decide(kith.Decision{Action: kith.Correct, ClaimID: r.Claims[1].ID, Correction: &fix})
	got := b.count(b.claims(kith.ClaimFilter{About: r.Entities[1].ID}), 2)[1]
	if got.ID != r.Claims[1].ID || got.Predicate != "praised" || got.Review != kith.Corrected || got.Object.ID != r.Entities[1].ID {
		t.Errorf("corrected claim = %+v", got)
	}
	b.count(b.claims(kith.ClaimFilter{About: r.Entities[2].ID}), 0)
	b.decide(kith.Decision{Action: kith.Accept, ClaimID: r.Claims[1].ID})
	b.equal(b.claims(kith.ClaimFilter{})[1].Predicate, kith.Predicate("praised"))
	// An end that the document does not name becomes one of its entities.
	other := Reading("test/1", "Eve Moor praised Ada Marsh.", Said{Subject: "Eve Moor", Predicate: "praised", Object: "Ada Marsh"})
	b.put(other)
	fix.Object = &kith.EntityRef{ID: other.Entities[0].ID, Name: "Eve Moor", Type: kith.Person}
	b.decide(kith.Decision{Action: kith.Correct, ClaimID: r.Claims[1].ID, Correction: &fix})
	b.count(b.claims(kith.ClaimFilter{About: other.Entities[0].ID}), 2)
	for range 2 {
		b.undoNewest()
	}
	b.undo(id)
	b.equal(b.claims(kith.ClaimFilter{})[1].Predicate, kith.Predicate("endorsed"))
}

func (b *bench) undo(id kith.DecisionID) {
	b.Helper()
	b.decide(kith.Decision{Action: kith.Undo, Undoes: id})
}

// undoNewest undoes the newest decision in force that is no undo.
func (b *bench) undoNewest() {
	b.Helper()
	v := b.view(kith.AsOf{})
	defer v.Close()
	for d, err := range v.Decisions(b.ctx, kith.DecisionFilter{}) {
		b.must(err)
		if !d.Undone && d.Action != kith.Undo {
			b.undo(d.ID)
			return
		}
	}
	b.Fatal("nothing to undo")
}

func survivesReading(t *testing.T, b *bench) {
	r := dinnerReading("test/1")
	b.put(r)
	fix := r.Claims[0]
	fix.Predicate = "advised"
	b.decide(kith.Decision{Action: kith.Correct, ClaimID: r.Claims[0].ID, Correction: &fix})
	b.decide(kith.Decision{Action: kith.Reject, ClaimID: r.Claims[1].ID})
	// The newer reading names the same people otherwise.
	second := Reading("test/2", dinner,
		Said{Subject: "Marsh", Predicate: "met_with", Object: "Bo Lind"},
		Said{Subject: "Marsh", Predicate: "endorsed", Object: "Cy Holt"})
	for i, m := range second.Mentions {
		if m.Text == "Marsh" { // the same words, under another name
			second.Mentions[i].Start -= len("Ada ")
			second.Mentions[i].Text = "Ada Marsh"
		}
	}
	b.put(second)
	got := b.count(b.claims(kith.ClaimFilter{}), 1)
	if got[0].Predicate != "advised" || got[0].Review != kith.Corrected || got[0].Superseded {
		t.Errorf("the correction is gone: %+v", got[0])
	}
	b.equal(b.find("Ada Marsh").ID, b.find("Marsh").ID)
	b.put(dinnerReading("test/3"))
	b.count(b.claims(kith.ClaimFilter{}), 1)
}

func rating(t *testing.T, b *bench) {
	id := b.decide(kith.Decision{Action: kith.Rate, Outlet: "The Tarn Herald", Value: "0.4"})
	rates := func() map[string]float64 {
		v := b.view(kith.AsOf{})
		defer v.Close()
		m, err := v.Reliability(b.ctx)
		b.must(err)
		return m
	}
	b.equal(rates(), map[string]float64{"the tarn herald": 0.4})
	b.undo(id)
	b.equal(rates(), map[string]float64{})
	for _, value := range []string{"", "2", "-1", "NaN", "high"} {
		if err := b.store.Decide(b.ctx, &kith.Decision{Action: kith.Rate, Outlet: "X", Value: value, By: "tester"}); !errors.Is(err, kith.ErrInvalid) {
			t.Errorf("rating %q: %v, want ErrInvalid", value, err)
		}
	}
}
