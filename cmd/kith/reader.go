package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"kith"
	"kith/data"
	"kith/ontology"
	"kith/pipeline"
	"kith/resolve"
)

// knowledge is the built-in data, with the folder that --data names laid over
// it.
func (e *env) knowledge() fs.FS {
	if e.data == "" {
		return data.FS
	}
	return overlay{os.DirFS(e.data), data.FS}
}

// reader builds the standard reader.
func (e *env) reader() (*pipeline.Reader, error) { return pipeline.Standard(e.knowledge()) }

// resolver builds the resolver with the same knowledge.
func (e *env) resolver() (*resolve.Resolver, error) {
	model, err := resolve.Load(e.knowledge())
	if err != nil {
		return nil, fmt.Errorf("build resolver: %w", err)
	}
	return &resolve.Resolver{Model: model}, nil
}

// readers builds what adding a document needs: its reader and its resolver.
func (e *env) readers() (*pipeline.Reader, *resolve.Resolver, error) {
	reader, err := e.reader()
	if err != nil {
		return nil, nil, err
	}
	resolver, err := e.resolver()
	return reader, resolver, err
}

// knownPredicate refuses a predicate that the ontology does not define and
// names those that are near.
func knownPredicate(e *env, name string) error {
	o, err := ontology.Load(e.knowledge())
	if err != nil {
		return err
	}
	if o.Find(kith.Predicate(name)) != nil {
		return nil
	}
	return usage{fmt.Errorf("--predicate %s: there is no such predicate; there are: %s", name, strings.Join(o.Names(), ", "))}
}

// overlay shows the files of the first system, and those of the second where
// the first has none of that name.
type overlay struct{ over, under fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	if f, err := o.over.Open(name); err == nil {
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			return f, nil
		}
		f.Close()
	}
	return o.under.Open(name)
}

// ReadDir lists the files of both systems, each name once.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	under, err := fs.ReadDir(o.under, name)
	if err != nil {
		under = nil
	}
	over, overErr := fs.ReadDir(o.over, name)
	if err != nil && overErr != nil {
		return nil, err
	}
	for _, entry := range under {
		if !slices.ContainsFunc(over, func(d fs.DirEntry) bool { return d.Name() == entry.Name() }) {
			over = append(over, entry)
		}
	}
	slices.SortFunc(over, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return over, nil
}
