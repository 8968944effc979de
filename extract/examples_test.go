package extract_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"kith"
	"kith/data"
	"kith/extract"
	"kith/ontology"
)

var loaded = sync.OnceValues(func() (*ontology.Ontology, error) { return ontology.Load(data.FS) })

// reading builds the chain once.
var reading = sync.OnceValues(func() ([]kith.Stage, error) {
	o, err := loaded()
	if err != nil {
		return nil, err
	}
	claims, err := extract.New(o, data.FS)
	if err != nil {
		return nil, err
	}
	before, err := layers()
	if err != nil {
		return nil, err
	}
	return append(before, claims), nil
})

// read lays all layers over a text.
func read(t testing.TB, text string) *kith.Analysis {
	t.Helper()
	if models, _ := fs.Glob(data.FS, "models/*.kwm"); len(models) == 0 {
		t.Skip("data/models holds no weights; train them with kith-train or take the committed ones")
	}
	stages, err := reading()
	if err != nil {
		t.Fatal(err)
	}
	a := &kith.Analysis{Document: &kith.Document{ID: kith.NewDocumentID(text), Text: text, Date: "2024-08-01"}}
	for _, s := range stages {
		if err := s.Run(context.Background(), a); err != nil {
			t.Fatalf("stage %s: %v", s.Name(), err)
		}
	}
	return a
}

// TestExamples reads every example of every predicate file: its claims must
// be found, and no other of its predicate.
func TestExamples(t *testing.T) {
	o, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range o.Predicates {
		for n, e := range p.Examples {
			t.Run(fmt.Sprintf("%s/%d", p.Name, n+1), func(t *testing.T) {
				a := read(t, e.Text)
				found := make([]bool, len(a.Claims))
				for _, want := range e.Claims {
					if i := find(a.Claims, want); i >= 0 {
						found[i] = true
					} else {
						t.Errorf("%s:%d: in %q\nno claim %s; found %s", p.File, e.Line, e.Text, expectedLine(want), lines(a.Claims))
					}
				}
				for i, c := range a.Claims {
					if !found[i] && c.Predicate == p.Name {
						t.Errorf("%s:%d: in %q\nunexpected claim %s", p.File, e.Line, e.Text, line(c))
					}
				}
			})
		}
	}
}

func find(claims []kith.Claim, want ontology.Expected) int {
	for i, c := range claims {
		if string(c.Predicate) == want.Predicate && agrees(&c, want) {
			return i
		}
	}
	return -1
}

func agrees(c *kith.Claim, want ontology.Expected) bool {
	object := ""
	if c.Object != nil {
		object = c.Object.Name
	}
	o, err := loaded()
	forward := alike(c.Subject.Name, want.Subject) && alike(object, want.Object)
	if err == nil && o.Find(c.Predicate).Symmetric {
		forward = forward || alike(object, want.Subject) && alike(c.Subject.Name, want.Object)
	}
	if !forward || want.Value != "" && !alike(c.Value, want.Value) {
		return false
	}
	modality := kith.Asserted
	negated := false
	for _, m := range want.Marks {
		key, value, _ := strings.Cut(m, "=")
		switch {
		case m == "not":
			negated = true
		case m == "planned" || m == "hedged":
			modality = kith.Modality(m)
		case strings.HasPrefix(m, "by "):
			if c.Attribution == nil || !alike(c.Attribution.Name, m[3:]) {
				return false
			}
		case !alike(qualifier(c, key), value):
			return false
		}
	}
	return c.Modality == modality && c.Negated == negated
}

func qualifier(c *kith.Claim, key string) string {
	q := c.Qualifiers
	switch key {
	case "third":
		if q.Third != nil {
			return q.Third.Name
		}
		return ""
	case "value":
		return c.Value
	case "from":
		return string(c.Time.From)
	case "to":
		return string(c.Time.To)
	}
	return map[string]string{"role": q.Role, "office": q.Office, "jurisdiction": q.Jurisdiction, "ordinal": q.Ordinal,
		"election": q.Election, "outcome": q.Outcome, "event": q.Event, "place": q.Place, "topic": q.Topic, "distinction": q.Distinction,
		"count": q.Count, "amount": q.Amount, "currency": q.Currency, "status": q.Status}[key]
}

// alike compares names without articles and case.
func alike(a, b string) bool {
	strip := func(s string) string {
		s = kith.Fold(s)
		for _, article := range []string{"the ", "a ", "an "} {
			s = strings.TrimPrefix(s, article)
		}
		return s
	}
	return strip(a) == strip(b)
}

func line(c kith.Claim) string {
	object := fmt.Sprintf("%q", c.Value)
	if c.Object != nil {
		object = c.Object.Name
	}
	return fmt.Sprintf("%s | %s | %s (%s, negated %v)", c.Subject.Name, c.Predicate, object, c.Modality, c.Negated)
}

func lines(claims []kith.Claim) string {
	var out []string
	for _, c := range claims {
		out = append(out, line(c))
	}
	return "[" + strings.Join(out, "; ") + "]"
}

func expectedLine(e ontology.Expected) string {
	return fmt.Sprintf("%s | %s | %s%q %v", e.Subject, e.Predicate, e.Object, e.Value, e.Marks)
}
