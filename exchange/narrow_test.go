package exchange

import (
	"context"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/store"
)

// wireReading is a second text, of another source, about one tie of the story.
func wireReading() *kith.Reading {
	text := "In spring Lena Marsh came out for Tomas Okafor, the union leader of the port."
	r := &kith.Reading{Extractor: "hand/1", Document: kith.Document{ID: kith.NewDocumentID(text), Text: text, Title: "Endorsements of the week", Outlet: "The Hill Gazette",
		Address: "https://gazette.example/week", Format: "text", Language: "en"}, Sentences: 1}
	c := kith.Claim{Subject: ref("Lena Marsh", kith.Person), Predicate: "endorsed", Object: refp("Tomas Okafor", kith.Person), Modality: kith.Asserted,
		Evidence: kith.Evidence{Document: r.Document.ID, End: len(text), Quote: text}, Extractor: r.Extractor, Confidence: 0.9, Review: kith.Unreviewed,
		Time: kith.Time{From: "2021-03", To: "2021-03"}}
	for _, e := range ends(&c) {
		e.ID = kith.NewEntityID(r.Document.ID, e.Name, e.Type, 0)
		r.Entities = append(r.Entities, kith.Entity{ID: e.ID, Name: e.Name, Type: e.Type})
	}
	c.Seal()
	r.Claims = []kith.Claim{c}
	return r
}

// gateStore holds the story and, known later, a second source for one of its
// ties, which somebody has accepted.
func gateStore(t *testing.T) (s *store.Store, between time.Time) {
	t.Helper()
	ctx := context.Background()
	s, match := newStore(t)
	if _, err := s.PutAll(ctx, []*kith.Reading{storyReading()}, match); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Millisecond)
	between = time.Now()
	time.Sleep(2 * time.Millisecond)
	second := wireReading()
	if _, err := s.PutAll(ctx, []*kith.Reading{second}, match); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(ctx, &kith.Decision{Action: kith.Accept, By: "ada", ClaimID: second.Claims[0].ID}); err != nil {
		t.Fatal(err)
	}
	return s, between
}

// filtered exports what fits, all files of the format in one text.
func filtered(t *testing.T, x Exporter, s *store.Store, at kith.AsOf, f Filter) (string, *Selection) {
	t.Helper()
	ctx := context.Background()
	v, err := s.View(ctx, at)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	selection, err := Select(ctx, v, selectAll(t, s).Ontology, f)
	if err != nil {
		t.Fatal(err)
	}
	files, err := x.Files(ctx, selection)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, file := range files {
		b.WriteString(file.Name + "\n" + string(file.Data))
	}
	return b.String(), selection
}

// TestEveryFormatKeepsToTheFilters goes through the registry: what a filter
// leaves out stands nowhere in the export, and what it keeps stands there
// where the format holds it at all.
func TestEveryFormatKeepsToTheFilters(t *testing.T) {
	s, between := gateStore(t)
	for name, c := range map[string]struct {
		at        kith.AsOf
		f         Filter
		ties      int
		in, out   string // an entity or a quote's words
		cited, no string // an outlet
	}{
		"all":                  {ties: len(story), in: "Cyrus Vane", cited: "The Hill Gazette"},
		"publishable":          {f: Filter{Publishable: true}, ties: 1, in: "Lena Marsh", out: "Cyrus Vane", cited: "The Hill Gazette"},
		"two sources":          {f: Filter{MinSources: 2}, ties: 1, in: "Lena Marsh", out: "Cyrus Vane", cited: "The Hill Gazette"},
		"one tie":              {f: Filter{Limit: 1}, ties: 1, in: "Lena Marsh", out: "Cyrus Vane", cited: "The Hill Gazette"},
		"reviewed":             {f: Filter{Reviewed: true}, ties: 1, in: "Lena Marsh", out: "Cyrus Vane", cited: "The Hill Gazette", no: "The Harbour Post"},
		"no hedged":            {f: Filter{NoHedged: true}, ties: len(story) - 1, in: "Lena Marsh", out: "governor"},
		"about":                {f: Filter{About: "Ida Marsh"}, ties: 1, in: "Ida Marsh", out: "Cyrus Vane"},
		"as of 2005":           {at: kith.AsOf{World: "2005"}, ties: len(story) - 3, in: "Cyrus Vane", out: "Harbour</b>"},
		"known before":         {at: kith.AsOf{Known: between}, ties: len(story), in: "Cyrus Vane", no: "The Hill Gazette"},
		"known before, gated":  {at: kith.AsOf{Known: between}, f: Filter{Publishable: true}, ties: 0, out: "Lena Marsh", no: "The Harbour Post"},
		"until 2010, a limit":  {f: Filter{To: "2010", Limit: 100}, ties: len(story) - 2, in: "Cyrus Vane", out: "union leader"},
		"from 2030, predicate": {f: Filter{From: "2030", Predicates: []kith.Predicate{"led", "endorsed", "sibling_of"}}, ties: 1, in: "Ida Marsh", out: "Cyrus Vane"},
	} {
		for _, x := range Exporters() {
			if x.Whole {
				continue
			}
			text, selection := filtered(t, x, s, c.at, c.f)
			if len(selection.Ties) != c.ties {
				t.Errorf("%s: %d ties are kept, want %d", name, len(selection.Ties), c.ties)
			}
			for _, absent := range []string{c.out, c.no} {
				if absent != "" && strings.Contains(text, absent) {
					t.Errorf("%s: %s holds %q", name, x.Name, absent)
				}
			}
			if c.in != "" && holdsNames(x) && !strings.Contains(text, c.in) {
				t.Errorf("%s: %s lacks %q", name, x.Name, c.in)
			}
			if c.cited != "" && x.Name == "csl" && !strings.Contains(text, c.cited) {
				t.Errorf("%s: %s does not cite %q", name, x.Name, c.cited)
			}
		}
	}
}

// holdsNames reports whether the format holds an entity of that name: citations
// hold none, and the statements for Wikibase those with a number.
func holdsNames(x Exporter) bool { return x.Name != "csl" && x.Name != "quickstatements" }

func TestGateSaysWhatTiesLack(t *testing.T) {
	s, _ := gateStore(t)
	_, selection := filtered(t, gexfExporter(), s, kith.AsOf{}, Filter{Publishable: true})
	hedged := selection.LeftOut["not publishable: it is hedged, it needs a second independent source, nobody has reviewed it"]
	plain := selection.LeftOut["not publishable: it needs a second independent source, nobody has reviewed it"]
	if hedged != 1 || plain != len(story)-2 {
		t.Errorf("left out %v", selection.LeftOut)
	}
}
