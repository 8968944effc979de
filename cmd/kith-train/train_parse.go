package main

import (
	"context"
	"path/filepath"

	"kith"
	"kith/text"
)

type parseCommand struct {
	Out        string  `help:"Folder of the models." default:"data/models" type:"path"`
	Epochs     int     `help:"Passes over the treebanks." default:"12"`
	Folds      int     `help:"Parts in which the treebanks are tagged by a tagger that has not seen them." default:"5"`
	Least      float64 `help:"Weights of moves below it are dropped." default:"0.2"`
	LeastLabel float64 `help:"Weights of relations below it are dropped." default:"0.2"`
	Seed       uint64  `help:"Seed of the order of sentences." default:"1"`
}

// Run trains the parser and writes parse.kwm.
func (c *parseCommand) Run(s shared) error {
	sentences, err := s.trainingTrees()
	if err != nil {
		return err
	}
	words, err := readWords(c.Out)
	if err != nil {
		return err
	}
	trees := goldDocuments(sentences)
	if err := tagUnseen(trees, c.Folds, words, c.Seed); err != nil {
		return err
	}
	data := text.TrainParser(trees, text.ParseTraining{Epochs: c.Epochs, Seed: c.Seed, Words: words,
		Least: c.Least, LeastLabel: c.LeastLabel, Log: logLine})
	logLine("parse.kwm: %s", text.Describe(data))
	return writeFile(filepath.Join(c.Out, "parse.kwm"), data)
}

// tagUnseen replaces the tags of all documents by those of taggers that have
// not seen the document: one for each fold, trained on the others.
func tagUnseen(all []*kith.Analysis, folds int, words *text.Words, seed uint64) error {
	tagged := make([]*kith.Analysis, len(all))
	for fold := range folds {
		var rest []*kith.Analysis
		for i, a := range all {
			if i%folds != fold {
				rest = append(rest, a)
			}
		}
		logLine("fold %d of %d", fold+1, folds)
		data := text.TrainTagger(rest, text.TagTraining{Epochs: 4, Seed: seed, Words: words, Least: 0.1, Log: func(string, ...any) {}})
		tagger, err := text.OpenTagger(data, words)
		if err != nil {
			return err
		}
		for i := fold; i < len(all); i += folds {
			a := *all[i]
			a.Tokens = append([]kith.Token(nil), all[i].Tokens...)
			if err := tagger.Run(context.Background(), &a); err != nil {
				return err
			}
			tagged[i] = &a
		}
	}
	for i, a := range tagged {
		all[i].Tokens = a.Tokens
	}
	return nil
}
