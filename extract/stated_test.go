package extract

import (
	"context"
	"io/fs"
	"testing"

	"kith"
	"kith/data"
	"kith/ontology"
	"kith/text"
)

// judged reads a text with a stage that has the embedded scorer, or none.
func judged(t *testing.T, passage string, scored bool) (*Stage, *kith.Analysis) {
	t.Helper()
	stage, err := New(mustLoad(t), data.FS)
	if err != nil {
		t.Skip(err)
	}
	if !scored {
		stage = stage.WithScorer(nil)
	}
	a := &kith.Analysis{Document: &kith.Document{Text: passage}}
	for _, s := range []kith.Stage{text.Segment, text.Tag, text.Parse, text.Names, text.Quotes{}, text.Coreference, text.Speakers{}, stage} {
		if err := s.Run(context.Background(), a); err != nil {
			t.Skip(err)
		}
	}
	return stage, a
}

func TestClaimThatTheSentenceStatesIsSurerThanOneThatItDoesNot(t *testing.T) {
	stage, a := judged(t, "In 1998 Daniel Hart married the actress Clara Bennett, and Paul Winter sang.", true)
	married := func(name string) float64 {
		c := kith.Claim{Predicate: "spouse_of", Modality: kith.Asserted, Confidence: 0.9, Evidence: kith.Evidence{End: len(a.Document.Text), Quote: a.Document.Text}}
		for i := range a.Entities {
			switch a.Entities[i].Name {
			case "Daniel Hart":
				c.Subject = a.Entities[i].Ref()
			case name:
				ref := a.Entities[i].Ref()
				c.Object = &ref
			}
		}
		if c.Object == nil || c.Subject.Name == "" {
			t.Skipf("not all of the people are found: %+v", a.Entities)
		}
		for _, f := range stage.Features(a, &c) {
			if f.Name == "stated" {
				return f.Value
			}
		}
		t.Fatalf("%s: the scorer does not judge", name)
		return 0
	}
	if wife, singer := married("Clara Bennett"), married("Paul Winter"); wife <= singer {
		t.Errorf("the wife has %.2f, the singer %.2f", wife, singer)
	}
}

func TestWithoutAScorerNothingIsJudgedOrProposed(t *testing.T) {
	stage, a := judged(t, "Daniel Hart studied at Boston University, where Clara Bennett was his teacher.", false)
	for i := range a.Claims {
		for _, f := range stage.Features(a, &a.Claims[i]) {
			if f.Name == "stated" || f.Name == "stated=unknown" {
				t.Errorf("%s is judged", a.Claims[i].Predicate)
			}
		}
	}
}

func TestProposalNeedsTwoNamesThatNoOtherClaimTies(t *testing.T) {
	_, a := judged(t, "Clara Bennett criticized Daniel Hart.", true)
	if len(a.Claims) != 1 || a.Claims[0].Object == nil {
		t.Skipf("claims %+v", a.Claims)
	}
	r := &reader{}
	r.a = a
	x, y := a.Claims[0].Subject.ID, a.Claims[0].Object.ID
	if !r.tied(y, x, a.Sentences[0]) {
		t.Error("another tie may be proposed between two that a claim ties already")
	}
	if r.tied(x, "another", a.Sentences[0]) {
		t.Error("somebody else counts as tied")
	}
}

// BenchmarkScorerAmongClaims shows what judging and proposing add to the
// reading of claims.
func BenchmarkScorerAmongClaims(b *testing.B) {
	stage, err := New(mustLoad(b), data.FS)
	if err != nil {
		b.Skip(err)
	}
	var docs []*kith.Analysis
	paths, _ := fs.Glob(data.FS, "demo/*.md")
	for _, path := range paths {
		content, err := fs.ReadFile(data.FS, path)
		if err != nil {
			b.Fatal(err)
		}
		a := &kith.Analysis{Document: &kith.Document{Text: string(content)}}
		for _, s := range []kith.Stage{text.Segment, text.Tag, text.Parse, text.Names, text.Quotes{}, text.Coreference, text.Speakers{}} {
			if err := s.Run(context.Background(), a); err != nil {
				b.Skip(err)
			}
		}
		docs = append(docs, a)
	}
	for name, s := range map[string]*Stage{"with": stage, "without": stage.WithScorer(nil)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for _, a := range docs {
					a.Claims, a.Skips = a.Claims[:0], a.Skips[:0]
					if err := s.Run(context.Background(), a); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func mustLoad(t testing.TB) *ontology.Ontology {
	o, err := ontology.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return o
}
