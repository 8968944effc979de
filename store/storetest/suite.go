package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith"
)

// Open makes an empty store for one test and closes it at the test's end.
type Open func(t *testing.T) kith.Store

// TestAll runs the whole suite.
func TestAll(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, *bench)
	}{
		{"a reading comes back as it was put", roundTrip},
		{"putting the same reading twice changes nothing", putTwice},
		{"a claim whose quote is not its slice is refused", refuseQuote},
		{"the same text elsewhere is one document that appeared twice", appearedTwice},
		{"a rejected claim is left out until it is undone", rejectAndUndo},
		{"an undo can be undone", undoOfUndo},
		{"a corrected claim is shown as corrected under its id", corrected},
		{"decisions survive a newer reading in other words", survivesReading},
		{"what a newer reading no longer finds stays visible as superseded", superseded},
		{"merging makes two entities one and undo parts them", mergeAndUndo},
		{"splitting takes members out and later judgements respect it", splitStays},
		{"entities held apart do not join", heldApart},
		{"an alias finds its entity", aliasFinds},
		{"a renamed entity is shown under its new name", renamed},
		{"an unknown name gets near suggestions", suggestions},
		{"a name of two people is ambiguous", ambiguous},
		{"forgetting removes a document and keeps what it tied together", forgetting},
		{"a view of the past shows what was known then", past},
		{"the day of the world leaves out what cannot have been so", world},
		{"search finds words with their places and takes no operators", search},
		{"a changed document replaces its earlier version and reports lost quotes", changed},
		{"republished text counts as one source", republished},
		{"a rating holds until it is undone", rating},
		{"unsure judgements wait in the queue", queue},
		{"a view sees nothing of what is written after it was opened", snapshot},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := &bench{T: t, store: open(t), ctx: context.Background()}
			test.run(t, b)
			b.verify()
		})
	}
}

// bench is one test with its store. Its helpers end the test on an error.
type bench struct {
	*testing.T
	store kith.Store
	ctx   context.Context
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) put(r *kith.Reading) kith.Added {
	b.Helper()
	added, err := b.store.Put(b.ctx, r)
	b.must(err)
	return added
}

func (b *bench) decide(d kith.Decision) kith.DecisionID {
	b.Helper()
	if d.By == "" {
		d.By = "tester"
	}
	b.must(b.store.Decide(b.ctx, &d))
	return d.ID
}

func (b *bench) verify() {
	b.Helper()
	v, err := b.store.Verify(b.ctx)
	b.must(err)
	for _, p := range v.Problems {
		b.Error(p)
	}
}

func (b *bench) view(at kith.AsOf) kith.View {
	b.Helper()
	v, err := b.store.View(b.ctx, at)
	b.must(err)
	b.Cleanup(func() { v.Close() })
	return v
}

func (b *bench) claims(f kith.ClaimFilter) []kith.Claim {
	b.Helper()
	return b.claimsAt(kith.AsOf{}, f)
}

func (b *bench) claimsAt(at kith.AsOf, f kith.ClaimFilter) []kith.Claim {
	b.Helper()
	v := b.view(at)
	defer v.Close()
	var out []kith.Claim
	for c, err := range v.Claims(b.ctx, f) {
		b.must(err)
		out = append(out, c)
	}
	return out
}

func (b *bench) find(name string) *kith.Entity {
	b.Helper()
	v := b.view(kith.AsOf{})
	defer v.Close()
	e, err := v.Find(b.ctx, name)
	b.must(err)
	return e
}

func (b *bench) findError(name string) *kith.NameError {
	b.Helper()
	v := b.view(kith.AsOf{})
	defer v.Close()
	e, err := v.Find(b.ctx, name)
	var named *kith.NameError
	if !errors.As(err, &named) {
		b.Fatalf("Find(%q) = %v, %v; want a NameError", name, e, err)
	}
	return named
}

func (b *bench) equal(got, want any) {
	b.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		b.Errorf("unexpected (-want +got):\n%s", diff)
	}
}

func (b *bench) count(claims []kith.Claim, want int) []kith.Claim {
	b.Helper()
	if len(claims) != want {
		b.Fatalf("%d claims, want %d: %+v", len(claims), want, claims)
	}
	return claims
}
