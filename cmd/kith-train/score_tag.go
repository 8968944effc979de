package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/text"
)

type scoreTag struct {
	models
	Errors bool `help:"Also print wrong tokens and sentence ends."`
}

// Run prints the quality of segmentation on raw text, and of tags and lemmas
// on gold tokens.
func (c *scoreTag) Run(s shared) error {
	parts, err := s.developmentTrees()
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score tag")
	fmt.Println("# Percent, with 95 % bootstrap intervals over documents. Tokens and sentences: F1 on raw text; the rest: accuracy on gold tokens.")
	tagger, err := c.tagger()
	if err != nil {
		return err
	}
	var table score.Table
	table.Row("corpus", "words", "tokens", "sentences", "UPOS", "XPOS", "lemma")
	for _, part := range parts {
		table.Row(c.row(part, tagger)...)
	}
	table.Print(os.Stdout)
	return nil
}

func (c *scoreTag) row(part trees, tagger *text.Tagger) []any {
	var tokens, sentences, upos, xpos, lemmas []score.Tally
	for _, document := range documents(part.sentences) {
		gold := goldAnalysis(document)
		raw := &kith.Analysis{Document: gold.Document}
		must(text.Segment.Run(context.Background(), raw))
		tokens = append(tokens, spansInCommon(raw, gold, raw.Tokens, gold.Tokens, func(t kith.Token) kith.Span { return t.Span }, c.Errors))
		sentences = append(sentences, spansInCommon(raw, gold, raw.Sentences, gold.Sentences, func(t kith.Sentence) kith.Span { return t.Span }, c.Errors))
		u, x, l := tagTallies(document, gold, tagger)
		upos, xpos, lemmas = append(upos, u), append(xpos, x), append(lemmas, l)
	}
	return []any{part.name, int(score.Sum(upos).Gold), score.Percent(tokens, nil), score.Percent(sentences, nil),
		score.Percent(upos, nil), score.Percent(xpos, nil), score.Percent(lemmas, nil)}
}

// tagTallies tags a document on gold tokens and counts what is right.
func tagTallies(document []corpus.Sentence, a *kith.Analysis, tagger *text.Tagger) (upos, xpos, lemma score.Tally) {
	must(tagger.Run(context.Background(), a))
	for i, w := range words(document) {
		t := a.Tokens[i]
		count(&upos, t.Tag == w.Tag)
		count(&xpos, t.XTag == w.XTag)
		count(&lemma, strings.EqualFold(t.Lemma, w.Lemma))
	}
	return upos, xpos, lemma
}

func count(t *score.Tally, right bool) {
	t.Given++
	t.Gold++
	if right {
		t.Right++
	}
}

// spansInCommon counts equal spans of two lists in order.
func spansInCommon[T any](raw, gold *kith.Analysis, given, want []T, span func(T) kith.Span, print bool) score.Tally {
	t := score.Tally{Given: float64(len(given)), Gold: float64(len(want))}
	known := map[kith.Span]bool{}
	for _, g := range given {
		known[span(g)] = true
	}
	for _, w := range want {
		if known[span(w)] {
			t.Right++
		} else if print {
			s := span(w)
			fmt.Printf("missed %q in %q\n", s.Cut(gold.Document.Text), gold.Document.Text[max(0, s.Start-30):min(len(gold.Document.Text), s.End+30)])
		}
	}
	return t
}

// must ends the program where a stage failed on a treebank: a mistake in the
// program, not in its use.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
