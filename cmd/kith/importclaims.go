package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"kith"
	"kith/data"
	"kith/exchange"
	"kith/resolve"
	"kith/source"
)

// importClaimsCmd takes in claims made by hand or by another reader, with
// their document; kith's own reader does not run.
type importClaimsCmd struct {
	File     string `arg:"" help:"Claims, one JSON object a line; - for standard input."`
	Document string `help:"The text that the claims quote." required:"" placeholder:"TEXT" type:"existingfile"`
	Outlet   string `help:"Outlet of the document, where it does not say." placeholder:"NAME"`
	Date     string `help:"Date of publication, where the document does not say." placeholder:"DATE"`
	JSON     bool   `help:"Print what was done as JSON."`
}

// importedClaims is what an import of claims reports.
type importedClaims struct {
	File     string             `json:"file"`
	Document kith.DocumentID    `json:"document"`
	Lines    int                `json:"lines"`
	Claims   int                `json:"claims"`
	New      int                `json:"new"` // claims that the store did not have
	Refused  []exchange.BadLine `json:"refused"`
}

// Run reads, checks and stores the claims; bad lines are named and the others
// kept.
func (c *importClaimsCmd) Run(e *env) error {
	d, original, err := c.document(e)
	if err != nil {
		return err
	}
	in, closeIn, err := c.open(e)
	if err != nil {
		return err
	}
	defer closeIn()
	s, err := e.store()
	if err != nil {
		return err
	}
	defer s.Close()
	v, err := s.View(e.ctx, kith.AsOf{})
	if err != nil {
		return err
	}
	file, err := exchange.ReadClaims(in, d, exchange.TypesIn(e.ctx, v))
	v.Close()
	if err != nil {
		return fmt.Errorf("import %s: %w", c.File, err)
	}
	report := importedClaims{File: c.File, Document: d.ID, Lines: file.Lines, Refused: file.Refused}
	if report.Refused == nil {
		report.Refused = []exchange.BadLine{}
	}
	if err := c.put(e, s, file, original, &report); err != nil {
		return err
	}
	return c.say(e, &report)
}

// document reads the text that the claims quote.
func (c *importClaimsCmd) document(e *env) (*kith.Document, []byte, error) {
	items, err := source.File(e.ctx, c.Document, source.Options{})
	if err != nil {
		return nil, nil, err
	}
	if len(items) != 1 {
		return nil, nil, fmt.Errorf("import claims: %s holds %d documents; claims quote exactly one", c.Document, len(items))
	}
	d := items[0].Document
	if d.Outlet == "" {
		d.Outlet = c.Outlet
	}
	if d.Date == "" && c.Date != "" {
		if d.Date, err = kith.ParseDate(c.Date); err != nil {
			return nil, nil, usage{fmt.Errorf("--date: %w", err)}
		}
	}
	return d, items[0].Bytes, nil
}

func (c *importClaimsCmd) open(e *env) (io.Reader, func(), error) {
	if c.File == source.Stdin {
		return e.in, func() {}, nil
	}
	f, err := os.Open(c.File)
	if err != nil {
		return nil, nil, fmt.Errorf("import claims: %w", err)
	}
	return f, func() { f.Close() }, nil
}

// put stores the readings and ties their entities to those of other documents.
func (c *importClaimsCmd) put(e *env, s kith.Store, file *exchange.ClaimFile, original []byte, report *importedClaims) error {
	if len(file.Readings) == 0 {
		return nil
	}
	model, err := resolve.Load(data.FS)
	if err != nil {
		return fmt.Errorf("import claims: %w", err)
	}
	for _, r := range file.Readings {
		r.Bytes = original
		added, err := s.Put(e.ctx, r)
		if err != nil {
			return fmt.Errorf("import %s: %w", c.File, err)
		}
		report.Claims += len(r.Claims)
		report.New += added.Claims
	}
	return (&resolve.Resolver{Model: model}).Resolve(e.ctx, s, report.Document)
}

// say reports, and fails where lines were refused.
func (c *importClaimsCmd) say(e *env, report *importedClaims) error {
	if c.JSON {
		if err := e.json(report); err != nil {
			return err
		}
	}
	for _, bad := range report.Refused {
		e.note("%s: %s", clean(c.File), clean(bad.String()))
	}
	e.note("%s: %d lines, %d claims, %d of them new, %d lines refused.", clean(c.File), report.Lines, report.Claims, report.New, len(report.Refused))
	if len(report.Refused) > 0 {
		return failed{errors.New("some lines were refused")}
	}
	return nil
}
