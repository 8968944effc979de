package main

import (
	"context"
	"path/filepath"
	"slices"
	"sort"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/extract/relation"
	"kith/text"
)

type relationCommand struct {
	Out     string  `help:"Folder of the models." default:"data/models" type:"path"`
	Epochs  int     `help:"Passes over the pairs." default:"8"`
	Rate    float32 `help:"Length of steps." default:"0.3"`
	Dropout float64 `help:"Share of features that each decision goes without." default:"0.3"`
	Least   float64 `help:"Weights below it are dropped." default:"0.01"`
	Seed    uint64  `help:"Seed of the order of pairs." default:"1"`
}

// Run trains the relation scorer on KnowledgeNet, over kith's own layers as
// the program was built with them, and writes relation.kwm.
func (c *relationCommand) Run(s shared) error {
	passages, err := corpus.ReadKnowledgeNet(s.path("knowledgenet", "train-folds12.jsonl"))
	if err != nil {
		return err
	}
	properties := propertiesOf(passages)
	examples, err := relationExamples(passages, properties)
	if err != nil {
		return err
	}
	logLine("%d pairs of %d passages", len(examples), len(passages))
	data := relation.Train(examples, relation.Training{Properties: properties, Epochs: c.Epochs, Seed: c.Seed, Rate: c.Rate,
		Dropout: c.Dropout, Least: c.Least, Folds: 3, Log: logLine})
	logLine("relation.kwm: %s", text.Describe(data))
	return writeFile(filepath.Join(c.Out, "relation.kwm"), data)
}

func propertiesOf(passages []corpus.Passage) []string {
	seen := map[string]bool{}
	var out []string
	for _, p := range passages {
		for _, name := range p.Looked {
			if !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
	}
	sort.Strings(out)
	return out
}

// relationExamples makes an example of each pair of nodes of each passage.
func relationExamples(passages []corpus.Passage, properties []string) ([]relation.Example, error) {
	number := map[string]int{}
	for i, name := range properties {
		number[name] = i
	}
	groups := map[string]int{}
	var out []relation.Example
	for _, p := range passages {
		if _, ok := groups[p.Document]; !ok {
			groups[p.Document] = len(groups)
		}
		a, err := readPassage(p.Text)
		if err != nil {
			return nil, err
		}
		var known []int
		for _, name := range p.Looked {
			known = append(known, number[name])
		}
		relation.Pairs(a, func(x, y relation.Node, e relation.Example) {
			e.Group, e.Known, e.Holds = groups[p.Document], known, holds(a, p, number, x, y)
			out = append(out, e)
		})
	}
	return out, nil
}

// holds lists the properties that people marked for a pair of nodes.
func holds(a *kith.Analysis, p corpus.Passage, number map[string]int, x, y relation.Node) []int {
	var out []int
	for _, f := range p.Facts {
		n, ok := number[f.Property]
		if ok && fits(a, x, f.Subject) && fits(a, y, f.Object) && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// fits reports whether a node names what the span does: the one's head lies
// in the other.
func fits(a *kith.Analysis, n relation.Node, span kith.Span) bool {
	head := a.Tokens[n.Head].Span
	return span.Contains(head)
}

func nodeSpan(a *kith.Analysis, n relation.Node) kith.Span {
	return kith.Span{Start: a.Tokens[n.First].Start, End: a.Tokens[n.Last-1].End}
}

// readPassage lays all layers that relations need over a text.
func readPassage(passage string) (*kith.Analysis, error) {
	a := &kith.Analysis{Document: &kith.Document{Text: passage}}
	for _, s := range []kith.Stage{text.Segment, text.Tag, text.Parse, text.Names, text.Quotes{}, text.Coreference} {
		if err := s.Run(context.Background(), a); err != nil {
			return nil, err
		}
	}
	return a, nil
}
