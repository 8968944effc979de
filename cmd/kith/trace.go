package main

import (
	"fmt"

	"kith/pipeline"
	"kith/source"
)

// traceCmd shows what each stage made of each sentence, so that anyone can see
// why a claim was or was not found. It reads a file as kith reads now, and
// opens no store: there is nothing that the two clocks could change.
type traceCmd struct {
	File     string `arg:"" help:"File, address, or - for standard input."`
	Sentence int    `help:"Only that sentence, counted from 1." placeholder:"N"`
}

func (c *traceCmd) Run(e *env) error {
	reader, err := e.reader()
	if err != nil {
		return err
	}
	items, err := source.Open(e.ctx, c.File, e.in, source.Options{})
	if err != nil {
		return err
	}
	for _, item := range items {
		if err := c.one(e, reader, item); err != nil {
			return err
		}
	}
	return nil
}

func (c *traceCmd) one(e *env, reader *pipeline.Reader, item source.Item) error {
	t, err := reader.Trace(e.ctx, item.Document)
	if err != nil {
		return err
	}
	for i, sentence := range t.Sentences {
		if c.Sentence > 0 && i+1 != c.Sentence {
			continue
		}
		fmt.Fprintf(e.out, "%d  %s\n", i+1, oneLine(sentence.Text))
		for _, note := range sentence.Notes {
			fmt.Fprintf(e.out, "    %-12s %s\n", note.Stage, clean(note.Text))
		}
	}
	return nil
}
