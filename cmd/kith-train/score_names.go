package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"

	"kith"
	"kith/cmd/kith-train/score"
	"kith/text"
)

// scoreNames scores the names on the development parts: a name counts where
// its span and type are exactly those of the corpus.
type scoreNames struct {
	Model  string `help:"File of the name model; the embedded one where absent." type:"path"`
	Errors int    `help:"Show so many of the most frequent errors of each corpus." default:"12"`
	Only   string `help:"Score this corpus alone."`
}

func (c scoreNames) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	stage := text.Names
	if c.Model != "" {
		data, err := os.ReadFile(c.Model)
		if err != nil {
			return fmt.Errorf("read model: %w", err)
		}
		if stage, err = text.OpenNamer(data); err != nil {
			return err
		}
	}
	fmt.Println("# go run ./cmd/kith-train score names")
	for _, source := range nameScoring {
		if c.Only != "" && c.Only != source.name {
			continue
		}
		docs, err := source.documents(s)
		if err != nil {
			return err
		}
		if err := scoreNameCorpus(os.Stdout, source, docs, stage, c.Errors); err != nil {
			return err
		}
	}
	return nil
}

var scoredTypes = []kith.EntityType{kith.Person, kith.Organization, kith.Place, kith.EventType}

// nameKey is a name of a corpus or of the model, by its tokens.
type nameKey struct {
	first, last int
	kind        kith.EntityType
}

func scoreNameCorpus(w io.Writer, source nameSource, docs []text.NameDocument, stage kith.Stage, errors int) error {
	var all []score.Tally
	kinds := map[kith.EntityType][]score.Tally{}
	wrong := map[string]int{}
	var bins score.Bins
	for i := range docs {
		doc := &docs[i]
		if err := stage.Run(context.Background(), doc.Analysis); err != nil {
			return err
		}
		gold := goldNames(doc)
		var total score.Tally
		for _, kind := range scoredTypes {
			t := compareNames(doc.Analysis, gold, kind, wrong)
			kinds[kind] = append(kinds[kind], t)
			if kind != kith.EventType {
				total.Add(t)
			}
		}
		all = append(all, total)
		for _, n := range doc.Analysis.Names {
			bins.Add(float64(n.Score), slices.Contains(gold, nameKey{n.First, n.Last, n.Type}))
		}
	}
	fmt.Fprintf(w, "\n%s: F1 %s, precision %s, recall %s\n", source.name, score.Percent(all, nil),
		score.Percent(all, score.Tally.Precision), score.Percent(all, score.Tally.Recall))
	var table score.Table
	table.Row("type", "precision", "recall", "F1", "gold", "given")
	for _, kind := range scoredTypes {
		t := score.Sum(kinds[kind])
		if t.Gold > 0 {
			table.Row(kind, t.Precision(), t.Recall(), score.Percent(kinds[kind], nil), int(t.Gold), int(t.Given))
		}
	}
	table.Print(w)
	bins.Print(w)
	printFrequent(w, wrong, errors)
	return nil
}

// goldNames reads the names back from the allowed labels.
func goldNames(doc *text.NameDocument) []nameKey {
	var out []nameKey
	for _, s := range doc.Sentences {
		for i, allow := range s.Allow {
			kind, begin := text.LabelType(allow)
			switch {
			case kind != "" && begin:
				out = append(out, nameKey{s.First + i, s.First + i + 1, kind})
			case kind != "" && len(out) > 0 && out[len(out)-1].last == s.First+i:
				out[len(out)-1].last++
			}
		}
	}
	return out
}

func compareNames(a *kith.Analysis, gold []nameKey, kind kith.EntityType, wrong map[string]int) score.Tally {
	var t score.Tally
	want := map[nameKey]bool{}
	for _, g := range gold {
		if g.kind == kind {
			want[g] = true
			t.Gold++
		}
	}
	for _, n := range a.Names {
		if n.Type != kind {
			continue
		}
		t.Given++
		key := nameKey{n.First, n.Last, kind}
		if want[key] {
			t.Right++
			delete(want, key)
			continue
		}
		wrong[fmt.Sprintf("%s not %s: %s", kind, goldAt(gold, key), cutTokens(a, key))]++
	}
	for key := range want {
		wrong[fmt.Sprintf("missed %s: %s", kind, cutTokens(a, key))]++
	}
	return t
}

func goldAt(gold []nameKey, key nameKey) string {
	for _, g := range gold {
		if g.first < key.last && key.first < g.last {
			if g.first == key.first && g.last == key.last {
				return string(g.kind)
			}
			return "so long"
		}
	}
	return "a name"
}

func cutTokens(a *kith.Analysis, key nameKey) string {
	return a.Document.Text[a.Tokens[key.first].Start:a.Tokens[key.last-1].End]
}

func printFrequent(w io.Writer, counts map[string]int, n int) {
	var keys []string
	for key := range counts {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool {
		if counts[keys[i]] != counts[keys[j]] {
			return counts[keys[i]] > counts[keys[j]]
		}
		return keys[i] < keys[j]
	})
	for _, key := range keys[:min(n, len(keys))] {
		fmt.Fprintf(w, "  %3d  %s\n", counts[key], key)
	}
}
