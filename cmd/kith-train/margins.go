package main

import (
	"os"

	"kith/text/linear"
)

// marginsCommand rewrites how clear decisions must be in a model file.
type marginsCommand struct {
	File  string  `arg:"" help:"Model file, tag.kwm or parse.kwm." type:"path"`
	First float64 `arg:"" help:"Of tags or moves."`
	Other float64 `arg:"" help:"Of relations."`
}

// Run writes the file anew.
func (c *marginsCommand) Run() error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	f, err := linear.Open(data)
	if err != nil {
		return err
	}
	sections := map[string][]byte{}
	for _, name := range f.Names() {
		sections[name] = f.Section(name)
	}
	sections["margins"] = linear.EncodeMargins(c.First, c.Other)
	return writeFile(c.File, linear.Encode(sections))
}
