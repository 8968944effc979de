package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"kith"
	"kith/text"
)

type parseCommand struct {
	Out        string  `help:"Folder of the models." default:"data/models" type:"path"`
	Epochs     int     `help:"Passes over the treebanks." default:"6"`
	Folds      int     `help:"Parts in which the treebanks are tagged by a tagger that has not seen them." default:"5"`
	Least      float64 `help:"Weights of moves below it are dropped." default:"0.06"`
	LeastLabel float64 `help:"Weights of relations below it are dropped." default:"0.08"`
	Rate       float32 `help:"Length of steps for moves." default:"0.3"`
	LabelRate  float32 `help:"Length of steps for relations." default:"0.2"`
	Dropout    float64 `help:"Share of features that each decision goes without." default:"0.3"`
	Seed       uint64  `help:"Seed of the order of sentences." default:"1"`
	Cache      string  `help:"File that keeps the tags of the folds for further runs." type:"path"`
}

// Run trains the parser and writes parse.kwm.
func (c *parseCommand) Run(s shared) error {
	sentences, err := s.trainingTrees()
	if err != nil {
		return err
	}
	words, err := models{c.Out}.words()
	if err != nil {
		return err
	}
	trees := goldDocuments(sentences)
	if err := c.tag(trees, words); err != nil {
		return err
	}
	data := text.TrainParser(trees, text.ParseTraining{Epochs: c.Epochs, Seed: c.Seed, Words: words,
		MoveRate: c.Rate, LabelRate: c.LabelRate, Dropout: c.Dropout, Least: c.Least, LeastLabel: c.LeastLabel, Log: logLine})
	logLine("parse.kwm: %s", text.Describe(data))
	return writeFile(filepath.Join(c.Out, "parse.kwm"), data)
}

// tag tags the treebanks as the tagger would tag unseen text, or takes the
// tags of an earlier run from the cache.
func (c *parseCommand) tag(trees []*kith.Analysis, words *text.Words) error {
	if c.Cache != "" && readTags(c.Cache, trees) == nil {
		return nil
	}
	if err := tagUnseen(trees, c.Folds, words, c.Seed); err != nil || c.Cache == "" {
		return err
	}
	var tags []byte
	for _, a := range trees {
		for _, t := range a.Tokens {
			tags = append(tags, byte(t.Tag), byte(t.XTag))
		}
	}
	return writeFile(c.Cache, tags)
}

func readTags(path string, trees []*kith.Analysis) error {
	tags, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, a := range trees {
		for i := range a.Tokens {
			if len(tags) < 2 {
				return fmt.Errorf("read tags %s: they are of fewer words", path)
			}
			a.Tokens[i].Tag, a.Tokens[i].XTag, tags = kith.Tag(tags[0]), kith.XTag(tags[1]), tags[2:]
		}
	}
	return nil
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
		data := text.TrainTagger(rest, text.TagTraining{Epochs: 3, Seed: seed, Rate: 0.3, Dropout: 0.2, Words: words, Least: 0.05, Log: func(string, ...any) {}})
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
