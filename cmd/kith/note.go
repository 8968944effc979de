package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"kith"
	"kith/pipeline"
)

// noteCmd takes a note that somebody types: a call, a dinner and its guests,
// an introduction. It is a document like any other, with its author.
type noteCmd struct {
	signed
	Words []string `arg:"" optional:"" help:"The note; standard input if not given."`
	Date  string   `help:"The day it is about; today if not given." placeholder:"DATE"`
	Title string   `help:"Its title." placeholder:"TEXT"`
	JSON  bool     `help:"Print its claims as JSON, one a line."`
}

// longestNote bounds what is taken for a note, in bytes.
const longestNote = 1 << 20

func (c *noteCmd) Run(e *env) error {
	text, err := c.text(e)
	if err != nil {
		return err
	}
	doc, err := c.document(text)
	if err != nil {
		return err
	}
	reader, resolver, err := e.readers()
	if err != nil {
		return err
	}
	s, err := e.store()
	if err != nil {
		return err
	}
	defer s.Close()
	var report pipeline.Report
	input := func(yield func(pipeline.Input) bool) { yield(pipeline.Input{Document: doc, Name: "note"}) }
	if err := pipeline.Ingest(e.ctx, s, reader, resolver, input, func(r pipeline.Report) { report = r }); err != nil {
		return err
	}
	if report.Err != nil {
		return report.Err
	}
	e.note("Noted as %s: %s", short(string(doc.ID)), coverage(report))
	return c.show(e, s, doc.ID)
}

func (c *noteCmd) text(e *env) (string, error) {
	text := strings.TrimSpace(joined(c.Words))
	if text == "" || text == "-" {
		if terminal(e.err) {
			e.note("Type the note; end it with Ctrl-D.")
		}
		all, err := io.ReadAll(io.LimitReader(e.in, longestNote+1))
		if err != nil {
			return "", fmt.Errorf("read the note: %w", err)
		}
		text = strings.TrimSpace(string(all))
	}
	switch {
	case text == "":
		return "", usage{errors.New("note: it is empty")}
	case len(text) > longestNote:
		return "", fmt.Errorf("read the note: %w: it has more than %d bytes; add it as a file", kith.ErrTooLarge, longestNote)
	}
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD") + "\n", nil
}

func (c *noteCmd) document(text string) (*kith.Document, error) {
	date := kith.Date(time.Now().Format(time.DateOnly))
	if c.Date != "" {
		var err error
		if date, err = kith.ParseDate(c.Date); err != nil {
			return nil, usage{fmt.Errorf("--date: %w", err)}
		}
	}
	title := c.Title
	if title == "" {
		title = fmt.Sprintf("Note by %s", c.signed.name())
	}
	return &kith.Document{ID: kith.NewDocumentID(text), Text: text, Title: title, Authors: []string{c.signed.name()},
		Date: date, Format: "note", Language: "en"}, nil
}

func (c *noteCmd) show(e *env, s kith.Store, doc kith.DocumentID) error {
	v, err := s.View(e.ctx, kith.AsOf{})
	if err != nil {
		return err
	}
	defer v.Close()
	for claim, err := range v.Claims(e.ctx, kith.ClaimFilter{Document: doc}) {
		if err != nil {
			return err
		}
		if c.JSON {
			err = e.json(claim)
		} else {
			_, err = fmt.Fprintf(e.out, "%s  %s\n", short(string(claim.ID)), claimLine(&claim))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
