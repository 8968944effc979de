package storetest

import (
	"testing"

	"kith"
)

const wire = `Ada Marsh will not seek another term, her office said on Monday, ending months of guessing about the seat that she has held since the flood year.
The announcement opens a crowded race. Bo Lind praised Ada Marsh in a short statement and said that the district owed her more than it knew.
Cy Holt endorsed Bo Lind within the hour. Two other members of the council are thought to be weighing runs of their own before the filing date in spring.`

func wireReading(text string) *kith.Reading {
	return Reading("test/1", text,
		Said{Subject: "Bo Lind", Predicate: "praised", Object: "Ada Marsh"},
		Said{Subject: "Cy Holt", Predicate: "endorsed", Object: "Bo Lind"})
}

func republished(t *testing.T, b *bench) {
	first := wireReading(wire)
	b.put(first)
	second := wireReading("From our correspondents in the river towns, with some thoughts of our own.\n" + wire[:len(wire)-60])
	added := b.put(second)
	b.equal(added.CopyOf, first.Document.ID)
	other := b.put(dinnerReading("test/1"))
	b.equal(other.CopyOf, kith.DocumentID(""))
	v := b.view(kith.AsOf{})
	sources, err := v.Sources(b.ctx)
	b.must(err)
	b.equal(sources[second.Document.ID], first.Document.ID)
	b.equal(sources[first.Document.ID], first.Document.ID)
	for _, bare := range []bool{true, false} {
		for d, err := range v.Documents(b.ctx, kith.DocumentFilter{Bare: bare}) {
			b.must(err)
			b.equal(d.Source, sources[d.ID])
		}
	}
	b.must(b.store.Forget(b.ctx, first.Document.ID, "tester", ""))
	v = b.view(kith.AsOf{})
	sources, err = v.Sources(b.ctx)
	b.must(err)
	b.equal(sources[second.Document.ID], second.Document.ID)
}

func changed(t *testing.T, b *bench) {
	first := wireReading(wire)
	first.Document.Address = "https://herald.example/marsh"
	b.put(first)
	b.decide(kith.Decision{Action: kith.Accept, ClaimID: first.Claims[0].ID})
	b.decide(kith.Decision{Action: kith.Accept, ClaimID: first.Claims[1].ID})
	text := "Updated at noon.\n" + wire[:len(wire)-153] + "The office gave no reason."
	second := Reading("test/1", text, Said{Subject: "Bo Lind", Predicate: "praised", Object: "Ada Marsh"})
	second.Document.Address = first.Document.Address
	added := b.put(second)
	b.equal([]any{added.Replaces, added.Anchored, added.Lost}, []any{first.Document.ID, 1, 1})
	v := b.view(kith.AsOf{})
	anchors, err := v.Anchors(b.ctx, second.Document.ID)
	b.must(err)
	for _, a := range anchors {
		if a.Lost != (a.Claim == first.Claims[1].ID) {
			t.Errorf("anchor = %+v", a)
		}
		if !a.Lost && a.Cut(text) != first.Claims[0].Evidence.Quote {
			t.Errorf("anchored to %q", a.Cut(text))
		}
	}
	shown := b.count(b.claims(kith.ClaimFilter{}), 2)
	for _, c := range shown {
		b.equal(c.Review, kith.Accepted)
		b.equal(c.Superseded, c.Predicate == "endorsed")
		b.equal(c.Evidence.Document == second.Document.ID, c.Predicate == "praised")
	}
	sources, err := v.Sources(b.ctx)
	b.must(err)
	b.equal(sources[second.Document.ID], first.Document.ID)
}
