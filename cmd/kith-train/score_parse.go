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

type scoreParse struct{ models }

// Run prints the quality of dependencies on gold tokens with kith's own tags.
func (c *scoreParse) Run(s shared) error {
	parts, err := s.developmentTrees()
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score parse")
	fmt.Println("# Percent, with 95 % bootstrap intervals over documents, on gold tokens and kith's own tags. LAS compares the universal")
	fmt.Println("# part of the relation (as the CoNLL 2018 shared task does), full LAS its subtype too. Punctuation counts.")
	tagger, err := c.tagger()
	if err != nil {
		return err
	}
	parser, err := c.parser()
	if err != nil {
		return err
	}
	var table score.Table
	table.Row("corpus", "words", "UAS", "LAS", "full LAS")
	for _, part := range parts {
		var uas, las, full []score.Tally
		for _, document := range documents(part.sentences) {
			u, l, f := parseTallies(document, tagger, parser)
			uas, las, full = append(uas, u), append(las, l), append(full, f)
		}
		table.Row(part.name, int(score.Sum(uas).Gold), score.Percent(uas, nil), score.Percent(las, nil), score.Percent(full, nil))
	}
	table.Print(os.Stdout)
	return nil
}

// parseTallies parses a document on gold tokens and counts what is right.
func parseTallies(document []corpus.Sentence, tagger *text.Tagger, parser *text.Parser) (uas, las, full score.Tally) {
	a := goldAnalysis(document)
	must(tagger.Run(context.Background(), a))
	must(parser.Run(context.Background(), a))
	for i, t := range goldDocuments(document)[0].Tokens {
		head := a.Tokens[i].Head == t.Head
		count(&uas, head)
		count(&las, head && universal(a.Tokens[i].Rel) == universal(t.Rel))
		count(&full, head && a.Tokens[i].Rel == t.Rel)
	}
	return uas, las, full
}

// universal is the part of a relation before its subtype.
func universal(r kith.Rel) string {
	name, _, _ := strings.Cut(r.String(), ":")
	return name
}
