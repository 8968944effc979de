package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/answer"
	"kith/graph"
	"kith/internal/processor"
	"kith/store"
)

// perDocument is how many claims a generated document makes.
const perDocument = 4

// measureAnswers fills a store with generated documents and times questions
// on it, the snapshot being open. A store at path is used as it stands where
// it exists, and kept; without a path it is made and removed.
func measureAnswers(documents int, path string) error {
	dir, err := os.MkdirTemp("", "kith-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	if path == "" {
		path = filepath.Join(dir, "bench.kith")
	}
	_, missing := os.Stat(path)
	s, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	people := documents / 5
	if missing != nil {
		start := now()
		if err := fillStore(ctx, s, documents, people); err != nil {
			return err
		}
		took("store filled", start)
	}
	v, err := s.View(ctx, kith.AsOf{})
	if err != nil {
		return err
	}
	defer v.Close()
	counts, err := v.Counts(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("answers over %d generated documents, %d claims, %d people\n", counts.Documents, counts.Claims, counts.Entities)
	path = filepath.Join(dir, "bench.net")
	start := now()
	g, err := answer.OpenGraph(ctx, v, path)
	if err != nil {
		return err
	}
	g.Close()
	took("snapshot packed anew", start)
	start = now()
	if g, err = answer.OpenGraph(ctx, v, path); err != nil {
		return err
	}
	defer g.Close()
	took("snapshot opened", start)
	if err := askMany(ctx, v, g, people); err != nil {
		return err
	}
	return refreshMany(ctx, s, path, people)
}

// moment is a point of both clocks.
type moment struct {
	cpu  time.Duration
	real time.Time
}

func now() moment { return moment{processor.Time(), time.Now()} }

func (m moment) since() (cpu, real float64) {
	return (processor.Time() - m.cpu).Seconds(), time.Since(m.real).Seconds()
}

func took(what string, from moment) {
	cpu, real := from.since()
	fmt.Printf("%-34s %9s processor time, %9s by the clock\n", what, unit(cpu), unit(real))
}

// refreshMany measures how long the snapshot takes to follow what happens to
// the store.
func refreshMany(ctx context.Context, s *store.Store, path string, people int) error {
	draw := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 9))
	var merged kith.Decision
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"snapshot after a document", func() error {
			_, err := s.PutAll(ctx, []*kith.Reading{generated(draw, int(draw.Uint32()), people)}, sameNames)
			return err
		}},
		{"snapshot after a merge", func() error {
			merged = kith.Decision{Action: kith.Merge, By: "bench"}
			v, err := s.View(ctx, kith.AsOf{})
			if err != nil {
				return err
			}
			defer v.Close()
			for _, n := range []int{people / 2, people / 3} {
				e, err := v.Find(ctx, person(n))
				if err != nil {
					return err
				}
				merged.Entities = append(merged.Entities, e.ID)
			}
			return s.Decide(ctx, &merged)
		}},
		{"snapshot after its undoing", func() error {
			return s.Decide(ctx, &kith.Decision{Action: kith.Undo, By: "bench", Undoes: merged.ID})
		}},
	} {
		if err := step.do(); err != nil {
			return err
		}
		v, err := s.View(ctx, kith.AsOf{})
		if err != nil {
			return err
		}
		start := now()
		g, err := answer.OpenGraph(ctx, v, path)
		if err != nil {
			return err
		}
		took(step.what, start)
		g.Close()
		v.Close()
	}
	return nil
}

// many is how often each kind of question is asked.
const many = 200

// middle is a percentile of sorted figures; 100 is the highest.
func middle(sorted []float64, percent int) float64 {
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// askMany times each kind of question over drawn people.
func askMany(ctx context.Context, v kith.View, g *graph.Snapshot, people int) error {
	draw := rand.New(rand.NewPCG(5, 5))
	name := func() string { return person(int(heavyDraw(draw, people))) }
	fmt.Printf("%-10s %-29s %-32s %8s\n%-10s %9s %9s %9s %12s %9s %9s\n", "", "processor time", "   by the clock", "lines", "", "p50", "p95", "worst", "p50", "p95", "worst")
	for _, form := range []string{"who %s", "path %s, %s", "overlap %s, %s", "compare %s, %s", "common %s, %s", "given %s", "timeline %s"} {
		var cpus, times []float64
		lines := 0
		for range many {
			names := []any{name(), name()}
			text := fmt.Sprintf(form, names[:strings.Count(form, "%s")]...)
			start := now()
			a, err := answer.AskText(ctx, v, text, answer.Options{Graph: g})
			if err != nil {
				return err
			}
			cpu, real := start.since()
			cpus, times = append(cpus, cpu), append(times, real)
			lines += len(a.Lines)
		}
		slices.Sort(cpus)
		slices.Sort(times)
		kind, _, _ := strings.Cut(form, " ")
		fmt.Printf("%-10s %9s %9s %9s %12s %9s %9s %8.1f\n", kind, unit(middle(cpus, 50)), unit(middle(cpus, 95)), unit(middle(cpus, 100)),
			unit(middle(times, 50)), unit(middle(times, 95)), unit(middle(times, 100)), float64(lines)/many)
	}
	return nil
}

func heavyDraw(draw *rand.Rand, n int) float64 {
	u := draw.Float64()
	return float64(n) * u * u
}

// person writes a number as a name of its own.
func person(n int) string {
	syllables := []string{"ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu"}
	var parts [2]string
	for i := range parts {
		word := ""
		for range 3 {
			word += syllables[n%10]
			n = n/10 + i
		}
		parts[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return parts[0] + " " + parts[1] + fmt.Sprintf("%c", 'a'+n%26)
}

// doings are what generated people do to each other.
var doings = []struct {
	predicate kith.Predicate
	verb      string
}{
	{"endorsed", "endorsed"}, {"advised", "advised"}, {"met_with", "met"}, {"mentored", "mentored"}, {"employed_by", "worked for"},
	{"criticized", "criticized"}, {"supported", "supported"}, {"donated_to", "gave to"}, {"lost_election", "lost to"}, {"praised", "praised"},
}

// fillStore stores generated documents, a thousand in one transaction.
func fillStore(ctx context.Context, s *store.Store, documents, people int) error {
	draw := rand.New(rand.NewPCG(3, 3))
	var batch []*kith.Reading
	for i := range documents {
		batch = append(batch, generated(draw, i, people))
		if len(batch) < 1000 && i < documents-1 {
			continue
		}
		if _, err := s.PutAll(ctx, batch, sameNames); err != nil {
			return err
		}
		batch = batch[:0]
	}
	return nil
}

// generated makes one document of a few sentences, each of which is a claim.
func generated(draw *rand.Rand, number, people int) *kith.Reading {
	var text strings.Builder
	fmt.Fprintf(&text, "Report %d\n\n", number)
	r := &kith.Reading{Extractor: "generated/1"}
	type said struct {
		c    kith.Claim
		span kith.Span
	}
	var all []said
	for range perDocument {
		a, b := person(int(heavyDraw(draw, people))), person(int(heavyDraw(draw, people)))
		if a == b {
			b = person((people + 1) / 2)
		}
		do, year := doings[draw.IntN(len(doings))], 1990+draw.IntN(35)
		start := text.Len()
		fmt.Fprintf(&text, "%s %s %s in %d.", a, do.verb, b, year)
		c := kith.Claim{Subject: kith.EntityRef{Name: a, Type: kith.Person}, Predicate: do.predicate, Object: &kith.EntityRef{Name: b, Type: kith.Person},
			Time: kith.Time{From: kith.Date(fmt.Sprint(year)), To: kith.Date(fmt.Sprint(year))}, Modality: kith.Asserted, Confidence: 0.9}
		all = append(all, said{c, kith.Span{Start: start, End: text.Len()}})
		text.WriteByte('\n')
	}
	r.Document = kith.Document{ID: kith.NewDocumentID(text.String()), Text: text.String(), Title: fmt.Sprintf("Report %d", number),
		Outlet: fmt.Sprintf("Outlet %d", number%50), Date: kith.Date(fmt.Sprintf("20%02d-%02d-%02d", 10+number%15, 1+number%12, 1+number%28))}
	// One row each, as an import of rows stores them: no search for copies.
	r.Document.Blocks = []kith.Block{{Span: kith.Span{End: text.Len()}, Kind: kith.Row}}
	for _, s := range all {
		s.c.Evidence = kith.Evidence{Document: r.Document.ID, Start: s.span.Start, End: s.span.End, Quote: s.span.Cut(r.Document.Text)}
		r.Claims = append(r.Claims, s.c)
	}
	return r
}

// sameNames takes people of one name for one.
func sameNames(m kith.Matching) (kith.Matched, error) {
	var out kith.Matched
	for _, e := range m.Reading().Entities {
		out.Profiles = append(out.Profiles, kith.Profile{Entity: e.ID, Name: e.Name, Type: e.Type, Documents: 1,
			Traits: []kith.Trait{{Kind: kith.TraitKey, Value: kith.Fold(e.Name), Count: 1}}})
		found, err := m.Candidates([]string{kith.Fold(e.Name)}, 4)
		if err != nil {
			return out, err
		}
		if len(found) > 0 {
			a, b := min(e.ID, found[0].Entity), max(e.ID, found[0].Entity)
			out.Judgements = append(out.Judgements, kith.Judgement{A: a, B: b, Verdict: kith.Same, Score: 1, By: "bench", At: time.Now()})
		}
	}
	return out, nil
}
