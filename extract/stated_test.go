package extract

import (
	"context"
	"testing"

	"kith"
	"kith/data"
	"kith/extract/relation"
	"kith/ontology"
	"kith/text"
)

// judged reads a text with a stage that has the embedded scorer, or none.
func judged(t *testing.T, passage string, scored bool) (*Stage, *kith.Analysis) {
	t.Helper()
	o, err := ontology.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	stage, err := New(o, data.FS)
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
	subject, object := party{ref: a.Claims[0].Subject}, party{ref: *a.Claims[0].Object}
	st := &relation.Statement{Mapping: &relation.Mapping{Predicate: "spouse_of"}}
	if !r.told(st, object, subject, a.Sentences[0]) {
		t.Error("another tie is proposed between two that a claim ties already")
	}
	if r.told(st, subject, party{ref: kith.EntityRef{ID: "another"}}, a.Sentences[0]) {
		t.Error("a tie to somebody else counts as told")
	}
}
