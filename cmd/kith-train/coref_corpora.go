package main

import (
	"context"
	"fmt"
	"sort"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/text"
)

// ontogum reads a part of OntoGUM over the tokens and sentences of ud-gum,
// with kith's own tags, tree, names and quotations. Documents that may not be
// used commercially are left out where free is set.
func (s shared) ontogum(part string, free bool) ([]text.CorefDocument, []string, error) {
	var barred func(string) bool
	if free {
		var err error
		if barred, err = corpus.NonCommercial(s.path("ud-gum", "doc-licences.tsv")); err != nil {
			return nil, nil, err
		}
	}
	trees := "en_gum-ud-" + part + ".conllu"
	if part == "train" {
		trees += ".gz"
	}
	sentences, err := corpus.ReadTreebank(s.path("ud-gum", trees), barred)
	if err != nil {
		return nil, nil, err
	}
	chains, err := corpus.ReadChains(s.path("ontogum", part+".conll"), 1)
	if err != nil {
		return nil, nil, err
	}
	byID := map[string]corpus.ChainDocument{}
	for _, d := range chains {
		byID[d.ID] = d
	}
	var docs []text.CorefDocument
	var ids []string
	for _, document := range documents(sentences) {
		id := document[0].Document
		d, ok := byID[id]
		a := goldAnalysis(document)
		if !ok || len(d.Words) != len(a.Tokens) {
			return nil, nil, fmt.Errorf("read ontogum %s: %d words, the treebank has %d", id, len(d.Words), len(a.Tokens))
		}
		if err := readLayers(a); err != nil {
			return nil, nil, err
		}
		docs = append(docs, text.CorefDocument{Analysis: a, Chains: chainsOf(d), Weight: 1})
		ids = append(ids, id)
	}
	return docs, ids, nil
}

func chainsOf(d corpus.ChainDocument) []text.CorefChain {
	var out []text.CorefChain
	for _, c := range d.Chains {
		out = append(out, text.CorefChain(c))
	}
	return out
}

// readLayers lays over given tokens what coreference needs.
func readLayers(a *kith.Analysis) error {
	for _, stage := range []kith.Stage{text.Tag, text.Parse, text.Names, text.Quotes{}} {
		if err := stage.Run(context.Background(), a); err != nil {
			return fmt.Errorf("%s: %w", stage.Name(), err)
		}
	}
	return nil
}

// readText lays all layers before coreference over a plain text.
func readText(content string) (*kith.Analysis, error) {
	a := &kith.Analysis{Document: &kith.Document{ID: kith.NewDocumentID(content), Text: content}}
	if err := text.Segment.Run(context.Background(), a); err != nil {
		return nil, err
	}
	return a, readLayers(a)
}

// litbank reads the chains of LitBank over its own tokens.
func (s shared) litbank(part string) ([]text.CorefDocument, error) {
	paths, err := glob(s.path("litbank", part, "*.coref.conll"))
	if err != nil {
		return nil, err
	}
	var out []text.CorefDocument
	for _, path := range paths {
		docs, err := corpus.ReadChains(path, 3)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			a := chainAnalysis(d)
			if err := readLayers(a); err != nil {
				return nil, err
			}
			out = append(out, text.CorefDocument{Analysis: a, Chains: chainsOf(d), Weight: .5, Persons: true})
		}
	}
	return out, nil
}

// chainAnalysis lays the tokens of a document with chains over a text.
func chainAnalysis(d corpus.ChainDocument) *kith.Analysis {
	var tagged corpus.Tagged
	first := 0
	for _, end := range append(d.Breaks, len(d.Words)) {
		if end > first {
			tagged.Sentences = append(tagged.Sentences, corpus.TaggedSentence{Words: d.Words[first:end]})
		}
		first = end
	}
	return tagged.Analysis()
}

// gap reads examples of GAP: the pronoun and the two names of each.
func (s shared) gap(file string) ([]corpus.GapExample, error) {
	return corpus.ReadGap(s.path("gap", file))
}

// gapTraining lays an example out for training: one chain of the pronoun and
// the right names. It is not ok where the tokens do not fit.
func gapTraining(e corpus.GapExample, given bool) (text.CorefDocument, bool, error) {
	a, err := readText(e.Text)
	if err != nil {
		return text.CorefDocument{}, false, err
	}
	pronoun := tokenAt(a, e.PronounAt)
	if pronoun < 0 {
		return text.CorefDocument{}, false, nil
	}
	chain := text.CorefChain{{pronoun, pronoun + 1}}
	for i, name := range e.Names {
		first, last := tokenAt(a, e.At[i]), tokenAt(a, e.At[i]+len(name)-1)
		if first < 0 || last < first {
			return text.CorefDocument{}, false, nil
		}
		if e.Same[i] {
			chain = append(chain, [2]int{first, last + 1})
		}
	}
	var among []int
	for i, name := range e.Names {
		if first, last := tokenAt(a, e.At[i]), tokenAt(a, e.At[i]+len(name)-1); given {
			giveName(a, first, last+1)
			among = append(among, nameHead(a, first, last+1))
		}
	}
	d := text.CorefDocument{Analysis: a, Among: among, Weight: 2, Only: []int{pronoun}, Chains: []text.CorefChain{chain}}
	return d, len(chain) > 1, nil
}

// tokenAt is the token that holds the byte, -1 for none.
func tokenAt(a *kith.Analysis, at int) int {
	i := sort.Search(len(a.Tokens), func(i int) bool { return a.Tokens[i].End > at })
	if i < len(a.Tokens) && a.Tokens[i].Start <= at {
		return i
	}
	return -1
}
