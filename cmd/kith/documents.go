package main

import (
	"fmt"

	"kith"
)

// docsCmd lists the stored documents.
type docsCmd struct {
	clocks
	Words []string `arg:"" optional:"" help:"Words in title, outlet, author or path."`
	Limit int      `help:"At most so many." placeholder:"N"`
	JSON  bool     `help:"Print as JSON, one document a line."`
}

func (c *docsCmd) Run(e *env) error {
	v, done, err := e.view(c.clocks)
	if err != nil {
		return err
	}
	defer done()
	for d, err := range v.Documents(e.ctx, kith.DocumentFilter{Words: joined(c.Words), Limit: c.Limit}) {
		if err != nil {
			return err
		}
		if c.JSON {
			err = e.json(d)
		} else {
			_, err = fmt.Fprintf(e.out, "%s  %s\n           %s\n", short(string(d.ID)), documentName(&d.Document), counts(d.Sentences, d.Claims, d.Hedged, d.Skipped))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// textCmd prints a stored document's text, byte for byte.
type textCmd struct {
	clocks
	Document string `arg:"" help:"Id of the document, or the start of one."`
}

func (c *textCmd) Run(e *env) error {
	v, done, err := e.view(c.clocks)
	if err != nil {
		return err
	}
	defer done()
	doc, err := v.Document(e.ctx, kith.DocumentID(c.Document))
	if err != nil {
		return err
	}
	_, err = e.out.WriteString(doc.Text)
	return err
}

// searchCmd finds sentences by words.
type searchCmd struct {
	clocks
	Words []string `arg:"" help:"Words to find."`
	Limit int      `help:"At most so many." default:"20" placeholder:"N"`
	JSON  bool     `help:"Print as JSON, one hit a line."`
}

func (c *searchCmd) Run(e *env) error {
	v, done, err := e.view(c.clocks)
	if err != nil {
		return err
	}
	defer done()
	found := 0
	for hit, err := range v.Search(e.ctx, joined(c.Words), c.Limit) {
		if err != nil {
			return err
		}
		found++
		if c.JSON {
			err = e.json(hit)
		} else {
			_, err = fmt.Fprintf(e.out, "%s  %s\n           %s, bytes %d to %d\n", short(string(hit.Document)), oneLine(hit.Text), oneLine(hit.Title), hit.Start, hit.End)
		}
		if err != nil {
			return err
		}
	}
	if found == 0 {
		e.note("Nothing found.")
	}
	return nil
}
