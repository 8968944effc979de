package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kith"
	"kith/exchange"
	"kith/ontology"
	"kith/store"
)

// exportCmd gives out what the store holds.
type exportCmd struct {
	clocks
	Format     string   `arg:"" optional:"" help:"A format of kith formats: gexf, graphml, ftm, csv, jsonld, quickstatements, vault, sqlite, csl, claims, kith."`
	Out        string   `short:"o" help:"File, or folder for formats of several files; without it standard output." placeholder:"PATH"`
	About      string   `help:"Only claims about this entity." placeholder:"NAME"`
	Predicate  []string `help:"Only claims of this predicate; may be given several times." placeholder:"P"`
	From       string   `help:"Only what may have held from that date on." placeholder:"DATE"`
	Until      string   `help:"Only what may have held until that date." placeholder:"DATE"`
	MinSources int      `help:"Only ties on at least so many independent sources." placeholder:"N"`
	Reviewed   bool     `help:"Only claims that somebody has accepted or corrected."`
	NoHedged   bool     `help:"Leave out hedged claims."`
	Limit      int      `help:"At most so many ties: those on the most sources, then the strongest." placeholder:"N"`
	// Publishable is the gate of kith ask.
	Publishable bool   `help:"Leave out ties that rest on one source, are unreviewed or hedged, and say what is missing."`
	Explain     string `help:"Say what the format cannot hold; export nothing." placeholder:"FORMAT"`
	Archive     bool   `help:"Export the whole store as an archive: the format kith."`
	Restore     string `help:"Make the store anew from an archive; there may be none yet." placeholder:"ARCHIVE" type:"existingfile"`
}

func (c *exportCmd) Run(e *env) error {
	switch {
	case c.Explain != "":
		return c.explain(e)
	case c.Restore != "":
		return c.restore(e)
	case c.Archive || c.Format == "kith":
		if c.filter().Any() || c.From+c.Until != "" || c.clocks != (clocks{}) {
			return usage{fmt.Errorf("export: an archive is the whole store; it takes no filter")}
		}
		return c.archive(e)
	case c.Format == "":
		return usage{fmt.Errorf("export: name a format; see: kith formats")}
	}
	x, err := exchange.FindExporter(c.Format)
	if err != nil {
		return usage{err}
	}
	s, err := c.selection(e)
	if err != nil {
		return err
	}
	for _, why := range slices.Sorted(maps.Keys(s.LeftOut)) {
		e.note("Left out: %d ties, %s.", s.LeftOut[why], why)
	}
	if c.Out == "" || c.Out == "-" {
		return x.Write(e.ctx, e.out, s)
	}
	if err := x.Save(e.ctx, c.Out, s); err != nil {
		return err
	}
	e.note("%s: %d claims, %d ties, %d entities, %d documents.", c.Out, len(s.Claims), len(s.Ties), len(s.Entities), len(s.Documents))
	return nil
}

// filter is what the flags say, but for the dates.
func (c *exportCmd) filter() exchange.Filter {
	f := exchange.Filter{About: c.About, MinSources: c.MinSources, Reviewed: c.Reviewed, NoHedged: c.NoHedged, Publishable: c.Publishable, Limit: c.Limit}
	for _, p := range c.Predicate {
		f.Predicates = append(f.Predicates, kith.Predicate(p))
	}
	return f
}

// selection gathers what fits the flags.
func (c *exportCmd) selection(e *env) (*exchange.Selection, error) {
	f := c.filter()
	for _, p := range c.Predicate {
		if err := knownPredicate(e, p); err != nil {
			return nil, err
		}
	}
	for _, d := range []struct {
		flag, text string
		date       *kith.Date
	}{{"--from", c.From, &f.From}, {"--until", c.Until, &f.To}} {
		if d.text != "" {
			date, err := kith.ParseDate(d.text)
			if err != nil {
				return nil, usage{fmt.Errorf("%s: %w", d.flag, err)}
			}
			*d.date = date
		}
	}
	terms, err := ontology.Load(e.knowledge())
	if err != nil {
		return nil, err
	}
	v, done, err := e.view(c.clocks)
	if err != nil {
		return nil, err
	}
	defer done()
	return exchange.Select(e.ctx, v, terms, f)
}

func (c *exportCmd) explain(e *env) error {
	x, err := exchange.FindExporter(c.Explain)
	if err != nil {
		return usage{err}
	}
	fmt.Fprintf(e.out, "%s: %s\nIt cannot hold:\n", x.Name, x.Label)
	for _, l := range x.Loses {
		fmt.Fprintf(e.out, "  - %s\n", l)
	}
	return nil
}

// archive writes the whole store.
func (c *exportCmd) archive(e *env) error {
	path, err := e.path()
	if err != nil {
		return err
	}
	s, err := store.Open(path, store.Options{MustExist: true})
	if err != nil {
		return err
	}
	defer s.Close()
	if c.Out == "" || c.Out == "-" {
		return exchange.WriteArchive(e.ctx, e.out, s)
	}
	tmp, err := os.CreateTemp(filepath.Dir(c.Out), ".kith-archive-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.Remove(tmp.Name())
	err = exchange.WriteArchive(e.ctx, tmp, s)
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(tmp.Name(), c.Out)
	}
	if err != nil {
		return err
	}
	e.note("%s: the whole store. Restore it with: kith --db NEW export --restore %s", c.Out, strings.ReplaceAll(clean(c.Out), "\n", " "))
	return nil
}

func (c *exportCmd) restore(e *env) error {
	path, err := e.path()
	if err != nil {
		return err
	}
	f, err := os.Open(c.Restore)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer f.Close()
	if err := exchange.RestoreArchive(e.ctx, f, path); err != nil {
		return err
	}
	e.note("%s: restored.", clean(path))
	return nil
}
