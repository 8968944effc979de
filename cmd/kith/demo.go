package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"kith"
	"kith/data"
	"kith/pipeline"
	"kith/source"
	"kith/store"
)

// demoCmd reads the bundled example documents into a fresh temporary store and
// answers questions about them.
type demoCmd struct {
	Keep string `help:"Make the store at this path and keep it." placeholder:"PATH" type:"path"`
}

// demoQuestions are asked of the bundled documents; each is a command line
// that a newcomer can repeat.
var demoQuestions = [][]string{
	{"who", "Elena Marsh"},
	{"introducers", "Elena Marsh"},
	{"path", "Ines Marsh", "Daniel Okafor"},
}

func (c *demoCmd) Run(e *env) error {
	path, cleanUp, err := c.place()
	if err != nil {
		return err
	}
	defer cleanUp()
	e.db = path
	if err := c.fill(e); err != nil {
		return err
	}
	if err := whoMatters(e); err != nil {
		return err
	}
	for _, question := range demoQuestions {
		fmt.Fprintf(e.out, "\n$ kith %s\n\n", shellLine(question))
		if err := e.again(question); err != nil {
			return err
		}
	}
	_, err = fmt.Fprint(e.out, demoNext)
	return err
}

const demoNext = `
Try next:
  kith add YOUR-ARTICLE.txt            read your own articles into your own store
  kith who "A NAME"                    one person's sheet, every line with its sentence
  kith ask "Who introduced A to B?"    ask in English; kith ask --help lists the forms
  kith serve --open                    the same in your browser: map, timeline, reader
  kith demo --keep demo.kith           keep this example store to play with (--db demo.kith)
`

// place is where the store of the demo lies, and how to remove it.
func (c *demoCmd) place() (string, func(), error) {
	if c.Keep != "" {
		if _, err := os.Stat(c.Keep); err == nil {
			return "", nil, fmt.Errorf("make the demo's store: %s exists already; name another path", c.Keep)
		}
		return c.Keep, func() {}, nil
	}
	folder, err := os.MkdirTemp("", "kith-demo-")
	if err != nil {
		return "", nil, fmt.Errorf("make the demo's store: %w", err)
	}
	return filepath.Join(folder, "demo.kith"), func() { os.RemoveAll(folder) }, nil
}

// fill reads the bundled documents, oldest first.
func (c *demoCmd) fill(e *env) error {
	reader, resolver, err := e.readers()
	if err != nil {
		return err
	}
	s, err := store.Open(e.db, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	t := tally{e: e, bar: &bar{e: e}}
	if err := pipeline.Ingest(e.ctx, s, reader, resolver, demoInputs(e), t.add); err != nil {
		return t.told(err)
	}
	t.say()
	return someRefused(t.refused)
}

func demoInputs(e *env) iter.Seq[pipeline.Input] {
	return func(yield func(pipeline.Input) bool) {
		names, err := fs.Glob(data.FS, "demo/*.md")
		if err != nil || len(names) == 0 {
			yield(pipeline.Input{Name: "demo", Err: cmp.Or(err, fs.ErrNotExist)})
			return
		}
		for _, name := range names {
			if !demoInput(e, name, yield) {
				return
			}
		}
	}
}

func demoInput(e *env, name string, yield func(pipeline.Input) bool) bool {
	text, err := fs.ReadFile(data.FS, name)
	if err != nil {
		return yield(pipeline.Input{Name: name, Err: err})
	}
	items, err := source.Items(e.ctx, name, bytes.NewReader(text), source.Options{})
	if err != nil {
		return yield(pipeline.Input{Name: name, Err: err})
	}
	for _, item := range items {
		if !yield(pipeline.Input{Document: item.Document, Original: item.Bytes, Name: name}) {
			return false
		}
	}
	return true
}

// whoMatters prints the people of whom most is said.
func whoMatters(e *env) error {
	v, done, err := e.view(clocks{})
	if err != nil {
		return err
	}
	defer done()
	fmt.Fprintln(e.out, "Who matters here:")
	for p, err := range v.Entities(e.ctx, kith.EntityFilter{Type: kith.Person, Limit: 8}) {
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(e.out, "  %-20s %3d claims in %d documents\n", clean(p.Name), p.Claims, p.Documents); err != nil {
			return err
		}
	}
	return nil
}

// shellLine shows a command line as a person would type it.
func shellLine(args []string) string {
	words := make([]string, len(args))
	for i, arg := range args {
		words[i] = arg
		if strings.Contains(arg, " ") {
			words[i] = `"` + arg + `"`
		}
	}
	return strings.Join(words, " ")
}
