package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/text"

	"golang.org/x/sync/errgroup"
)

type parseCommand struct {
	Out        string  `help:"Folder of the models." default:"data/models" type:"path"`
	Epochs     int     `help:"Passes over the sentences." default:"4"`
	Folds      int     `help:"Parts in which the treebanks are tagged by a tagger that has not seen them." default:"5"`
	Least      float64 `help:"Weights of moves below it are dropped." default:"0.12"`
	LeastLabel float64 `help:"Weights of relations below it are dropped." default:"0.12"`
	Rate       float32 `help:"Length of steps for moves." default:"0.3"`
	LabelRate  float32 `help:"Length of steps for relations." default:"0.2"`
	Dropout    float64 `help:"Share of features that each decision goes without." default:"0.3"`
	Sample     int     `help:"Sentences that say which weights are asked for most." default:"20000"`
	ClearMove  float64 `help:"How clear a move must be, in log likelihood, to be made on the first features alone." default:"4"`
	ClearLabel float64 `help:"The same for relations." default:"4"`
	Admission  uint8   `help:"At which appearance a feature gets weights." default:"12"`
	Seed       uint64  `help:"Seed of the order of sentences." default:"1"`
	Silver     string  `help:"Labels of a teacher for the text without labels; see scripts/teacher." default:"cmd/kith-train/silver/labels.zst" type:"path"`
	Most       int     `help:"Sentences of the teacher's at most." default:"200000"`
	Gold       int     `help:"How often each tree of the treebanks counts." default:"2"`
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
	silver, err := s.silverTrees(c.Silver, c.Most)
	if err != nil {
		return err
	}
	if err := c.tagSilver(silver, sentences, words); err != nil {
		return err
	}
	all := silver
	for range c.Gold {
		all = append(all, trees...)
	}
	data := text.TrainParser(all, text.ParseTraining{Epochs: c.Epochs, Seed: c.Seed, Words: words, Admission: c.Admission,
		MoveRate: c.Rate, LabelRate: c.LabelRate, Dropout: c.Dropout, Least: c.Least, LeastLabel: c.LeastLabel,
		Sample: c.Sample, ClearMove: c.ClearMove, ClearLabel: c.ClearLabel, Log: logLine})
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

// tagSilver replaces the teacher's tags by those of a tagger of the treebanks,
// for which the text is unseen.
func (c *parseCommand) tagSilver(silver []*kith.Analysis, sentences []corpus.Sentence, words *text.Words) error {
	if len(silver) == 0 {
		return nil
	}
	tagger, err := quickTagger(goldDocuments(sentences), words, c.Seed)
	if err != nil {
		return err
	}
	for _, a := range silver {
		if err := tagger.Run(context.Background(), a); err != nil {
			return err
		}
	}
	return nil
}

func quickTagger(trees []*kith.Analysis, words *text.Words, seed uint64) (*text.Tagger, error) {
	data := text.TrainTagger(trees, text.TagTraining{Epochs: 3, Admission: 3, Seed: seed, Rate: 0.3, Dropout: 0.2, Words: words, Least: 0.05, Clear: 5, Log: func(string, ...any) {}})
	return text.OpenTagger(data, words)
}

// tagUnseen replaces the tags of all documents by those of taggers that have
// not seen the document: one for each fold, trained on the others.
func tagUnseen(all []*kith.Analysis, folds int, words *text.Words, seed uint64) error {
	tagged := make([]*kith.Analysis, len(all))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for fold := range folds {
		group.Go(func() error { return tagFold(all, tagged, fold, folds, words, seed) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, a := range tagged {
		all[i].Tokens = a.Tokens
	}
	return nil
}

func tagFold(all, tagged []*kith.Analysis, fold, folds int, words *text.Words, seed uint64) error {
	var rest []*kith.Analysis
	for i, a := range all {
		if i%folds != fold {
			rest = append(rest, a)
		}
	}
	tagger, err := quickTagger(rest, words, seed)
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
	return nil
}
