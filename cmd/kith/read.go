package main

import (
	"errors"
	"fmt"

	"kith"
	"kith/pipeline"
	"kith/source"
)

// readCmd reads files and prints what they claim; it stores nothing.
type readCmd struct {
	Files []string `arg:"" name:"file" help:"Files, folders, addresses, or - for standard input."`
	JSON  bool     `help:"Print claims as JSON, one a line." xor:"form"`
	Text  bool     `help:"Print the stored text, in which claims' offsets count." xor:"form"`
}

func (c *readCmd) Run(e *env) error {
	reader, err := e.reader()
	if err != nil {
		return err
	}
	refused := 0
	for item, err := range source.Walk(e.ctx, c.Files, e.in, source.Options{}) {
		if err == nil {
			err = c.one(e, reader, item)
		}
		if e.ctx.Err() != nil {
			return e.ctx.Err()
		}
		if err != nil {
			e.note("kith: %v", err)
			refused++
		}
	}
	return someRefused(refused)
}

func (c *readCmd) one(e *env, reader *pipeline.Reader, item source.Item) error {
	if c.Text {
		_, err := e.out.WriteString(item.Document.Text)
		return err
	}
	a, err := reader.Read(e.ctx, item.Document)
	if err != nil {
		return err
	}
	if !c.JSON {
		return printReading(e, a)
	}
	for i := range a.Claims {
		if err := e.json(&a.Claims[i]); err != nil {
			return err
		}
	}
	return nil
}

// printReading shows each sentence that gave claims, with them below it.
func printReading(e *env, a *kith.Analysis) error {
	fmt.Fprintf(e.out, "%s\n", documentName(a.Document))
	var last kith.Evidence
	for i := range a.Claims {
		claim := &a.Claims[i]
		if claim.Evidence != last {
			last = claim.Evidence
			fmt.Fprintf(e.out, "\n“%s”\n", oneLine(last.Quote))
		}
		fmt.Fprintf(e.out, "    %s\n", claimLine(claim))
	}
	report := pipeline.ReportOf(a)
	_, err := fmt.Fprintf(e.out, "\n%s\n", coverage(report))
	return err
}

// someRefused is the error of a command that could not do all of its inputs;
// why has been said for each already.
func someRefused(n int) error {
	if n == 0 {
		return nil
	}
	return failed{fmt.Errorf("%d inputs were refused: %w", n, errRefused)}
}

var errRefused = errors.New("refused")
