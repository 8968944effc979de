package main

import (
	"fmt"
	"iter"
	"os"
	"time"

	"kith"
	"kith/exchange"
	"kith/ontology"
	"kith/pipeline"
	"kith/resolve"
	"kith/source"
)

// watchCmd follows folders and feeds.
type watchCmd struct {
	Paths []string      `arg:"" name:"path" help:"Folders, files, addresses of feeds and pages."`
	Every time.Duration `help:"How long to wait between two looks; feeds are asked at most every five minutes." default:"1m"`
	Once  bool          `help:"Look once, say what changed, and end."`
	JSON  bool          `help:"Print changes as JSON, one a line."`
}

// watcher remembers what it has seen, so that only what is new is read.
type watcher struct {
	c        *watchCmd
	e        *env
	s        kith.Store
	reader   *pipeline.Reader
	resolver *resolve.Resolver
	terms    *ontology.Ontology
	seen     map[string]string    // stamp of a file by its path
	asked    map[string]time.Time // when an address was last asked
	known    map[kith.ClaimID]bool
	bad      int
}

// minFeed is the shortest time between two requests for one address.
const minFeed = 5 * time.Minute

func (c *watchCmd) Run(e *env) error {
	w := &watcher{c: c, e: e, seen: map[string]string{}, asked: map[string]time.Time{}}
	var err error
	if w.reader, err = e.reader(); err != nil {
		return err
	}
	if w.resolver, err = e.resolver(); err != nil {
		return err
	}
	if w.terms, err = ontology.Load(e.knowledge()); err != nil {
		return err
	}
	if w.s, err = e.store(); err != nil {
		return err
	}
	defer w.s.Close()
	if w.known, err = w.knownClaims(); err != nil {
		return err
	}
	for {
		if err := w.look(); err != nil {
			return err
		}
		if c.Once {
			return someRefused(w.bad)
		}
		select {
		case <-e.ctx.Done():
			return nil // asked to stop: nothing went wrong
		case <-time.After(max(c.Every, time.Second)):
		}
	}
}

// look reads what is new and says what it changed.
func (w *watcher) look() error {
	added := 0
	err := pipeline.Ingest(w.e.ctx, w.s, w.reader, w.resolver, w.inputs(), func(r pipeline.Report) {
		switch {
		case r.Err != nil:
			w.bad++
			w.e.note("kith: %v", r.Err)
		case r.Added.New || r.Added.NewReading:
			added++
			w.e.note("%s: %s", clean(r.Name), coverage(r))
		}
	})
	if err != nil || added == 0 {
		return err
	}
	return w.report()
}

// inputs yields the documents of files that changed and of addresses that are
// due.
func (w *watcher) inputs() iter.Seq[pipeline.Input] {
	return func(yield func(pipeline.Input) bool) {
		for name, err := range source.List(w.c.Paths) {
			if err != nil {
				if w.changed(name, err.Error()) && !yield(pipeline.Input{Err: err}) {
					return
				}
				continue
			}
			if !w.due(name) {
				continue
			}
			items, err := source.Open(w.e.ctx, name, w.e.in, source.Options{})
			for _, item := range items {
				if !yield(pipeline.Input{Document: item.Document, Original: item.Bytes, Name: item.Document.Path}) {
					return
				}
			}
			if err != nil && !yield(pipeline.Input{Err: err}) {
				return
			}
		}
	}
}

// due reports whether a file has changed since it was last read, or an
// address may be asked again.
func (w *watcher) due(name string) bool {
	if source.IsAddress(name) {
		if time.Since(w.asked[name]) < minFeed {
			return false
		}
		w.asked[name] = time.Now()
		return true
	}
	info, err := os.Stat(name)
	if err != nil {
		return w.changed(name, err.Error())
	}
	return w.changed(name, fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
}

func (w *watcher) changed(name, stamp string) bool {
	if w.seen[name] == stamp {
		return false
	}
	w.seen[name] = stamp
	return true
}

func (w *watcher) knownClaims() (map[kith.ClaimID]bool, error) {
	v, err := w.s.View(w.e.ctx, kith.AsOf{})
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return exchange.KnownClaims(w.e.ctx, v)
}

// report prints the changes since the last report.
func (w *watcher) report() error {
	v, err := w.s.View(w.e.ctx, kith.AsOf{})
	if err != nil {
		return err
	}
	defer v.Close()
	s, err := exchange.Select(w.e.ctx, v, w.terms, exchange.Filter{})
	if err != nil {
		return err
	}
	for _, change := range s.Changes(w.known) {
		if err := w.print(change); err != nil {
			return err
		}
	}
	if err := w.e.out.Flush(); err != nil {
		return err
	}
	w.known, err = exchange.KnownClaims(w.e.ctx, v)
	return err
}

func (w *watcher) print(c exchange.Change) error {
	if w.c.JSON {
		return w.e.json(c)
	}
	kind := c.Kind
	if c.From != "" {
		kind += fmt.Sprintf(" (was %s)", c.From)
	}
	fmt.Fprintf(w.e.out, "%s: %s\n", kind, clean(c.Text))
	for _, q := range c.Quote {
		fmt.Fprintf(w.e.out, "    “%s”\n", clean(q.Quote))
	}
	return nil
}
