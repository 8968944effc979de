package main

import (
	"bytes"
	"fmt"
	"os"

	"kith/cmd/kith-train/gazetteer"
	"kith/data"
	"kith/text"
)

// namesCommand trains the name model.
type namesCommand struct {
	Out    string  `help:"File to write." default:"data/models/names.kwm" type:"path"`
	Epochs int     `help:"Passes over the corpora." default:"6"`
	Rate   float64 `help:"Step." default:"0.1"`
	Ridge  float64 `help:"Penalty on large weights." default:"1e-3"`
	Min    int     `help:"Leave out features seen less often." default:"2"`
	Drop   float64 `help:"Share of features left out at random at each step." default:"0.2"`
	Skip   string  `help:"Leave out this corpus."`
	Seed   uint64  `help:"Seed of the order." default:"1"`
	Silver string  `help:"Labels of a teacher for the text without labels; see scripts/teacher." default:"cmd/kith-train/silver/labels.zst" type:"path"`
	Most   int     `help:"Sentences of the teacher's at most." default:"200000"`
	Weight float32 `help:"How much a sentence of the teacher's counts." default:"0.5"`
}

func (c namesCommand) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	paths, err := text.EmbeddedWords()
	if err != nil {
		return err
	}
	gaz, err := gazetteer.Compile(s.path(), data.FS, paths)
	if err != nil {
		return err
	}
	var docs []text.NameDocument
	for _, source := range nameTraining {
		if source.name == c.Skip {
			continue
		}
		more, err := source.documents(s)
		if err != nil {
			return err
		}
		docs = append(docs, more...)
		for _, d := range more {
			for i := range d.Analysis.Tokens {
				gaz.Add(d.Analysis.Word(i), 0)
			}
		}
	}
	if c.Silver != "" {
		silver, err := s.readSilver(c.Silver, c.Most)
		if err != nil {
			return err
		}
		docs = append(docs, silverNames(silver, c.Weight)...)
	}
	model := text.TrainNames(docs, text.NameTraining{Epochs: c.Epochs, Rate: c.Rate, Ridge: c.Ridge, MinCount: c.Min, Seed: c.Seed, Drop: c.Drop,
		Gazetteer: gaz, Log: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }})
	var packed bytes.Buffer
	if _, err := model.WriteTo(&packed); err != nil {
		return fmt.Errorf("pack name model: %w", err)
	}
	fmt.Fprintf(os.Stderr, "%s: %d bytes\n", c.Out, packed.Len())
	return writeFile(c.Out, packed.Bytes())
}
