package main

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/extract/relation"
	"kith/text"
)

type relationCommand struct {
	relationOptions `embed:""`
	Out             string `help:"Folder of the models." default:"data/models" type:"path"`
}

// relationOptions say how the relation scorer learns.
type relationOptions struct {
	Corpora []string `help:"Corpora to learn from: knowledgenet, re-docred, fewrel, re3d." default:"knowledgenet,re-docred"`
	Epochs  int      `help:"Passes over the pairs." default:"8"`
	Rate    float32  `help:"Length of steps." default:"0.3"`
	Dropout float64  `help:"Share of features that each decision goes without." default:"0.3"`
	Least   float64  `help:"Weights below it are dropped." default:"0.01"`
	Seed    uint64   `help:"Seed of the order of pairs." default:"1"`
}

// Run trains the relation scorer over kith's own layers as the program was
// built with them, and writes relation.kwm.
func (c *relationCommand) Run(s shared) error {
	t, err := s.relationTraining(c.Corpora)
	if err != nil {
		return err
	}
	data := t.train(t.examples, c.relationOptions)
	logLine("relation.kwm: %s", text.Describe(data))
	return writeFile(filepath.Join(c.Out, "relation.kwm"), data)
}

// relationTraining is what the relation scorer learns from.
type relationTraining struct {
	properties []string
	number     map[string]int // of a property
	examples   []relation.Example
	groups     map[string]int // document → its group
}

// relationSource is a corpus of relations: its passages, in the names of its
// schema.
type relationSource struct {
	schema string
	read   func(s shared) ([]corpus.Passage, error)
	aside  bool // too unlike running text to set thresholds by
}

var relationSources = []relationSource{
	{"knowledgenet", func(s shared) ([]corpus.Passage, error) {
		return corpus.ReadKnowledgeNet(s.path("knowledgenet", "train-folds12.jsonl"))
	}, false},
	{"re-docred", func(s shared) ([]corpus.Passage, error) {
		docs, err := corpus.ReadRedocred(s.path("re-docred", "train.jsonl"))
		out := make([]corpus.Passage, len(docs))
		for i := range docs {
			out[i] = docs[i].Passage()
		}
		return out, err
	}, true},
	{"fewrel", func(s shared) ([]corpus.Passage, error) { return corpus.ReadFewRel(s.path("fewrel", "train.jsonl")) }, true},
	{"re3d", func(s shared) ([]corpus.Passage, error) { return corpus.ReadRe3d(s.path("re3d"), "train") }, false},
}

// relationTraining reads the named corpora; all of them where none is named.
func (s shared) relationTraining(names []string) (*relationTraining, error) {
	t := &relationTraining{number: map[string]int{}, groups: map[string]int{}}
	for _, source := range relationSources {
		if len(names) > 0 && !slices.Contains(names, source.schema) {
			continue
		}
		passages, err := source.read(s)
		if err != nil {
			return nil, err
		}
		schema, err := relation.Mappings(source.schema)
		if err != nil {
			return nil, err
		}
		looked := t.add(schema, source.aside)
		before := len(t.examples)
		for i := range passages {
			p := translate(&passages[i], schema, looked)
			if err := t.passage(&p, source.aside); err != nil {
				return nil, err
			}
		}
		logLine("%s: %d pairs of %d passages", source.schema, len(t.examples)-before, len(passages))
	}
	return t, nil
}

// add numbers the properties that a schema is learned as, and lists them. A
// corpus that no threshold is set by teaches only those of another.
func (t *relationTraining) add(schema map[string]relation.Mapping, aside bool) []string {
	var looked []string
	for _, label := range score.Keys(schema) {
		name := cmp.Or(schema[label].Same, label)
		_, known := t.number[name]
		if !known && !aside {
			t.number[name] = len(t.properties)
			t.properties = append(t.properties, name)
		}
		if (known || !aside) && !slices.Contains(looked, name) {
			looked = append(looked, name)
		}
	}
	return looked
}

// translate puts a passage in the names that its schema is learned as.
func translate(p *corpus.Passage, schema map[string]relation.Mapping, looked []string) corpus.Passage {
	out := *p
	if out.Looked == nil {
		out.Looked = looked
	}
	out.Facts, out.Unsure = translated(p.Facts, schema), translated(p.Unsure, schema)
	return out
}

func translated(facts []corpus.PassageFact, schema map[string]relation.Mapping) []corpus.PassageFact {
	var out []corpus.PassageFact
	for _, f := range facts {
		m, ok := schema[f.Property]
		if !ok {
			continue
		}
		if m.Same != "" {
			f.Property = m.Same
			if m.Swapped {
				f.Subject, f.Object = f.Object, f.Subject
			}
		}
		out = append(out, f)
		if f.Property == "SPOUSE" && m.Same != "" || m.Symmetric && m.Same == "" {
			out = append(out, corpus.PassageFact{Property: f.Property, Subject: f.Object, Object: f.Subject})
		}
	}
	return out
}

// train learns a scorer from examples of t.
func (t *relationTraining) train(examples []relation.Example, o relationOptions) []byte {
	return relation.Train(examples, relation.Training{Properties: t.properties, Epochs: o.Epochs, Seed: o.Seed, Rate: o.Rate,
		Dropout: o.Dropout, Least: o.Least, Folds: 3, Log: logLine})
}

// half is the part of the documents that a document lies in.
func (t *relationTraining) half(document string) int { return t.groups[document] % halves }

// without makes a scorer that has not seen one half of the documents.
func (t *relationTraining) without(half int, o relationOptions) (*relation.Scorer, error) {
	var rest []relation.Example
	for _, e := range t.examples {
		if e.Group%halves != half {
			e.Group /= halves
			rest = append(rest, e)
		}
	}
	return relation.Open(t.train(rest, o))
}

// passage adds an example of each pair of nodes of a passage between which
// people looked for facts.
func (t *relationTraining) passage(p *corpus.Passage, aside bool) error {
	if _, ok := t.groups[p.Document]; !ok {
		t.groups[p.Document] = len(t.groups)
	}
	a, err := readPassage(p.Text)
	if err != nil {
		return err
	}
	marked := func(n relation.Node) bool {
		return p.Marked == nil || slices.ContainsFunc(p.Marked, func(s kith.Span) bool { return fits(a, n, s) })
	}
	relation.Pairs(a, func(x, y relation.Node, e relation.Example) {
		if !marked(x) || !marked(y) {
			return
		}
		e.Group, e.Aside, e.Holds = t.groups[p.Document], aside, t.stated(a, p.Facts, x, y)
		unsure := t.stated(a, p.Unsure, x, y)
		for _, name := range p.Looked {
			if n := t.number[name]; !slices.Contains(unsure, n) || slices.Contains(e.Holds, n) {
				e.Known = append(e.Known, n)
			}
		}
		t.examples = append(t.examples, e)
	})
	return nil
}

// stated lists the properties that facts state of a pair of nodes.
func (t *relationTraining) stated(a *kith.Analysis, facts []corpus.PassageFact, x, y relation.Node) []int {
	var out []int
	for _, f := range facts {
		n, ok := t.number[f.Property]
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
