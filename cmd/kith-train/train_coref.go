package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"kith/cmd/kith-train/gazetteer"
	"kith/data"
	"kith/text"
)

// corefCommand trains the ranking of antecedents.
type corefCommand struct {
	Out    string  `help:"File to write." default:"data/models/coref.kwm" type:"path"`
	Epochs int     `help:"Passes over the corpora." default:"5"`
	Rate   float64 `help:"Step." default:"0.05"`
	Seed   uint64  `help:"Seed of the order." default:"1"`
	Voices int     `help:"Models that are averaged." default:"5"`
}

func (c corefCommand) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	lexicon, err := gazetteer.Nouns(s.path(), data.FS)
	if err != nil {
		return err
	}
	docs, err := s.corefTraining()
	if err != nil {
		return err
	}
	model := text.TrainCoref(docs, text.CorefTraining{Epochs: c.Epochs, Rate: c.Rate, Seed: c.Seed, Voices: c.Voices, Lexicon: lexicon,
		Log: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }})
	var packed bytes.Buffer
	if _, err := model.WriteTo(&packed); err != nil {
		return fmt.Errorf("pack coreference model: %w", err)
	}
	fmt.Fprintf(os.Stderr, "%s: %d bytes\n", c.Out, packed.Len())
	return writeFile(c.Out, packed.Bytes())
}

// corefTraining reads all training data, in a fixed order.
func (s shared) corefTraining() ([]text.CorefDocument, error) {
	docs, _, err := s.ontogum("train", true)
	if err != nil {
		return nil, err
	}
	lit, err := s.litbank("train")
	if err != nil {
		return nil, err
	}
	docs = append(docs, lit...)
	examples, err := s.gap("gap-development.tsv")
	if err != nil {
		return nil, err
	}
	for _, given := range []bool{true, false} {
		for _, e := range examples {
			d, ok, err := gapTraining(e, given)
			if err != nil {
				return nil, err
			}
			if ok {
				docs = append(docs, d)
			}
		}
	}
	return docs, nil
}

func glob(pattern string) ([]string, error) {
	paths, err := filepath.Glob(pattern)
	sort.Strings(paths)
	return paths, err
}
