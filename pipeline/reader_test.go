package pipeline

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kith"
)

type stage struct {
	name         string
	needs, gives []kith.Layer
	run          func(*kith.Analysis)
}

func (s stage) Name() string        { return s.name }
func (s stage) Needs() []kith.Layer { return s.needs }
func (s stage) Gives() []kith.Layer { return s.gives }
func (s stage) Run(_ context.Context, a *kith.Analysis) error {
	s.run(a)
	return nil
}

func TestAChainWithUnmetNeedsIsRefused(t *testing.T) {
	_, err := New("test", stage{name: "patterns", needs: []kith.Layer{kith.LayerTokens}})
	want := `stage "patterns" needs "tokens", which no earlier stage gives`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Fatalf("got %v, want an error with %q", err, want)
	}
}

func TestAStageThatPanicsFailsItsDocumentAlone(t *testing.T) {
	r, err := New("test", stage{name: "fragile", run: func(a *kith.Analysis) { panic(a.Document.Text) }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Read(context.Background(), &kith.Document{Text: "boom", Path: "a.txt"})
	if err == nil || !strings.Contains(err.Error(), `read a.txt: stage "fragile"`) {
		t.Fatalf("got %v", err)
	}
}

func TestClaimsAreSealedWithTheReadersName(t *testing.T) {
	r, err := New("test/1", stage{name: "claims", run: func(a *kith.Analysis) {
		a.Claims = []kith.Claim{{Subject: kith.EntityRef{Name: "A"}, Predicate: "advised", Modality: kith.Asserted}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.Read(context.Background(), &kith.Document{})
	if err != nil {
		t.Fatal(err)
	}
	c := a.Claims[0]
	if c.Extractor != "test/1" || c.ID != c.ComputeID() || c.Review != kith.Unreviewed {
		t.Fatalf("got %+v", c)
	}
}

func TestATextTooLongForMemoryIsRefused(t *testing.T) {
	r, err := New("test")
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Read(context.Background(), &kith.Document{Path: "long.txt", Text: strings.Repeat("word ", maxText/5+1)})
	if !errors.Is(err, kith.ErrTooLarge) || !strings.Contains(err.Error(), "long.txt") {
		t.Fatalf("got %v", err)
	}
}
