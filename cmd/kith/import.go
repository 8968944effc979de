package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"

	"kith"
	"kith/exchange"
	"kith/source"
)

// importCmd takes in data that others have made.
type importCmd struct {
	Data   importDataCmd   `cmd:"" default:"withargs" help:"Tables, records and filings: kith import [FORMAT] FILE…; see kith formats."`
	Claims importClaimsCmd `cmd:"" help:"Claims about one document, one JSON object a line, as docs/ask.md describes."`
}

// importDataCmd imports structured files.
type importDataCmd struct {
	First   string   `arg:"" name:"format-or-file" help:"A format's name, if it is not to be found out, or a file or folder."`
	Files   []string `arg:"" optional:"" name:"file" help:"Files and folders."`
	Map     string   `help:"Mapping to read tables and records with." placeholder:"FILE" type:"existingfile"`
	Propose bool     `help:"Print a mapping that fits the file, to be corrected and given to --map; import nothing."`
	Outlet  string   `help:"Whose data it is, where the mapping does not say." placeholder:"NAME"`
	DryRun  bool     `help:"Count rows and claims; store nothing."`
	JSON    bool     `help:"Print a report a file as JSON, one a line; with --dry-run the claims before it."`
}

func (c *importDataCmd) Run(e *env) error {
	format, files := c.split()
	if len(files) == 0 {
		return usage{fmt.Errorf("import: name a file")}
	}
	o := exchange.Options{Outlet: c.Outlet, DataDir: e.data}
	if c.Map != "" {
		m, err := exchange.LoadMapping(c.Map)
		if err != nil {
			return err
		}
		o.Mapping = m
	}
	if c.Propose {
		return c.propose(e, format, files)
	}
	run, done, err := c.runner(e, o)
	if err != nil {
		return err
	}
	defer done()
	refused, seen := 0, 0
	for path, err := range source.List(files) {
		if err == nil {
			err = c.one(e, format, path, run, &refused)
		}
		switch {
		case e.ctx.Err() != nil:
			return e.ctx.Err()
		case errors.Is(err, exchange.ErrNoData) && !slices.Contains(files, path):
			e.note("%s: passed over: no structured format; kith add reads documents", clean(path))
			continue
		case err != nil:
			refused++
			e.note("kith: %v", err)
		}
		seen++
	}
	if seen == 0 {
		e.note("Nothing to import there.")
	}
	if refused > 0 {
		return failed{errors.New("some rows or files were refused")}
	}
	return nil
}

// split takes the format's name off the arguments, where it is given.
func (c *importDataCmd) split() (string, []string) {
	known := slices.ContainsFunc(exchange.Importers(), func(i exchange.Importer) bool { return i.Name == c.First })
	if _, err := os.Stat(c.First); known && (err != nil || len(c.Files) > 0) {
		return c.First, c.Files
	}
	return "", append([]string{c.First}, c.Files...)
}

// importGC is by how many percent the memory in use may grow before it is
// collected, while rows are imported.
const importGC = 400

type importRun func(i exchange.Importer, f *exchange.File) (*exchange.Report, error)

// runner makes what imports one file: into the store, or into nothing.
func (c *importDataCmd) runner(e *env, o exchange.Options) (importRun, func(), error) {
	if c.DryRun {
		return func(i exchange.Importer, f *exchange.File) (*exchange.Report, error) {
			return exchange.Count(e.ctx, i, f, o, func(r *kith.Reading) {
				if c.JSON {
					for _, claim := range r.Claims {
						_ = e.json(claim)
					}
				}
			})
		}, func() {}, nil
	}
	// Rows live as long as it takes to store them: collecting them less often
	// saves a fifth of the time of an import.
	debug.SetGCPercent(importGC)
	resolver, err := e.resolver()
	if err != nil {
		return nil, nil, err
	}
	s, err := e.store()
	if err != nil {
		return nil, nil, err
	}
	return func(i exchange.Importer, f *exchange.File) (*exchange.Report, error) {
		return exchange.Run(e.ctx, s, resolver.Match, i, f, o, c.progress(e, f))
	}, func() { s.Close() }, nil
}

// progress says on a terminal how far an import is.
func (c *importDataCmd) progress(e *env, f *exchange.File) func(int) {
	if !terminal(e.err) {
		return nil
	}
	return func(rows int) { fmt.Fprintf(e.err, "\r%s: %d rows", clean(f.Name), rows) }
}

func (c *importDataCmd) one(e *env, format, path string, run importRun, refused *int) error {
	f, err := exchange.Open(path, e.in)
	if err != nil {
		return err
	}
	i, err := exchange.FindImporter(format, f)
	if err != nil {
		return err
	}
	report, err := run(i, f)
	if report != nil {
		if terminal(e.err) {
			fmt.Fprint(e.err, "\r")
		}
		e.note("%s", clean(report.String()))
		for n, r := range report.Refused {
			if n == 20 {
				e.note("  … and %d more; --json lists all", len(report.Refused)-n)
				break
			}
			e.note("  row %d: %s", r.Row, clean(r.Reason))
		}
		*refused += len(report.Refused)
		if i.Name == "kith" && !c.DryRun && err == nil {
			if err = c.decisions(e, f); err != nil {
				return err
			}
		}
		if c.JSON {
			if err := e.json(report); err != nil {
				return err
			}
		}
	}
	return err
}

// decisions repeats what people decided in an imported archive.
func (c *importDataCmd) decisions(e *env, f *exchange.File) error {
	s, err := e.store()
	if err != nil {
		return err
	}
	defer s.Close()
	done, left, err := exchange.ReplayDecisions(e.ctx, s, f)
	if done+left > 0 {
		e.note("  %d decisions repeated, %d could not be", done, left)
	}
	return err
}

// propose prints a mapping for each file.
func (c *importDataCmd) propose(e *env, format string, files []string) error {
	for _, path := range files {
		f, err := exchange.Open(path, e.in)
		if err != nil {
			return err
		}
		text, err := exchange.Propose(f, format)
		if err != nil {
			return err
		}
		if _, err := e.out.WriteString(text); err != nil {
			return err
		}
	}
	return nil
}
