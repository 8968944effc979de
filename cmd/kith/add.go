package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"kith"
	"kith/pipeline"
	"kith/source"
)

// addCmd reads files into the store.
type addCmd struct {
	Files  []string `arg:"" name:"file" help:"Files, folders, addresses, or - for standard input."`
	Outlet string   `help:"Outlet of all of them, where the files do not say." placeholder:"NAME"`
	Date   string   `help:"Date of publication of all of them, where the files do not say." placeholder:"DATE"`
	JSON   bool     `help:"Print a report a document as JSON, one a line."`
}

func (c *addCmd) Run(e *env) error {
	if c.Date != "" {
		if _, err := kith.ParseDate(c.Date); err != nil {
			return usage{fmt.Errorf("--date: %w", err)}
		}
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
	t := tally{e: e, json: c.JSON, bar: newBar(e, c.Files)}
	err = pipeline.Ingest(e.ctx, s, reader, resolver, c.inputs(e), t.add)
	t.bar.end()
	if err != nil {
		return t.told(err)
	}
	t.say()
	return someRefused(t.refused)
}

// inputs yields the documents of all files, with what the flags say of them.
func (c *addCmd) inputs(e *env) iter.Seq[pipeline.Input] {
	return func(yield func(pipeline.Input) bool) {
		for item, err := range source.Walk(e.ctx, c.Files, e.in, source.Options{}) {
			if !yield(c.input(item, err)) {
				return
			}
		}
	}
}

func (c *addCmd) input(item source.Item, err error) pipeline.Input {
	if err != nil {
		return pipeline.Input{Err: err}
	}
	doc := item.Document
	doc.Outlet = cmp.Or(doc.Outlet, c.Outlet)
	doc.Date = cmp.Or(doc.Date, kith.Date(c.Date))
	return pipeline.Input{Document: doc, Original: item.Bytes, Name: cmp.Or(doc.Path, doc.Address, doc.Title)}
}

// tally counts what became of the inputs and says so as they come.
type tally struct {
	e                     *env
	json                  bool
	bar                   *bar
	added, known, refused int
	claims                int
	last                  error // of the document reported last
}

// told marks an error that ended the run as said already, where it was the
// last document's.
func (t *tally) told(err error) error {
	if errors.Is(err, t.last) && t.last != nil {
		return failed{err}
	}
	return err
}

func (t *tally) add(r pipeline.Report) {
	t.bar.step()
	t.last = r.Err
	switch {
	case r.Err != nil:
		t.refused++
		t.bar.print(fmt.Sprintf("kith: %v", r.Err))
	case !r.Added.New && !r.Added.NewReading:
		t.known++
		t.bar.print(fmt.Sprintf("%s: known already%s", clean(r.Name), as(r.Added.Known)))
	default:
		t.added++
		t.claims += r.Added.Claims
		t.bar.print(fmt.Sprintf("%s: %s", clean(r.Name), coverage(r)))
	}
	if t.json {
		if err := t.e.json(jsonReport(r)); err != nil {
			t.bar.print(fmt.Sprintf("kith: write the report: %v", err))
		}
	}
}

// as names the place at which the very same text was seen before.
func as(known *kith.Appearance) string {
	if known == nil {
		return ""
	}
	if where := cmp.Or(known.Path, known.Address, known.Outlet); where != "" {
		return " as " + clean(where)
	}
	return ""
}

func (t *tally) say() {
	parts := []string{fmt.Sprintf("%d documents added with %d claims", t.added, t.claims)}
	if t.known > 0 {
		parts = append(parts, fmt.Sprintf("%d known already", t.known))
	}
	if t.refused > 0 {
		parts = append(parts, fmt.Sprintf("%d refused", t.refused))
	}
	t.e.note("%s.", strings.Join(parts, ", "))
}

func jsonReport(r pipeline.Report) any {
	out := struct {
		pipeline.Report
		Error string `json:"error,omitempty"`
	}{Report: r}
	if r.Err != nil {
		out.Error = r.Err.Error()
	}
	return out
}

// coverage says openly how much was read and what was passed over.
func coverage(r pipeline.Report) string {
	line := counts(r.Sentences, r.Claims, r.Hedged, len(r.Skips))
	if len(r.Skips) == 0 {
		return line
	}
	return line + ": " + reasons(r.Skips)
}

func counts(sentences, claims, hedged, skipped int) string {
	return fmt.Sprintf("%d sentences, %d claims, %d hedged, %d skipped", sentences, claims, hedged, skipped)
}

// reasons lists why sentences were skipped, the most frequent reason first.
func reasons(skips []kith.Skip) string {
	count := map[string]int{}
	for _, s := range skips {
		count[s.Why]++
	}
	whys := make([]string, 0, len(count))
	for why := range count {
		whys = append(whys, why)
	}
	slices.SortFunc(whys, func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	for i, why := range whys {
		whys[i] = fmt.Sprintf("%s (%d)", why, count[why])
	}
	return strings.Join(whys, ", ")
}

// bar is the progress bar of a terminal; elsewhere it only passes lines on.
type bar struct {
	e        *env
	progress *mpb.Progress
	bar      *mpb.Bar
}

func newBar(e *env, paths []string) *bar {
	b := &bar{e: e}
	if !terminal(e.err) {
		return b
	}
	total := int64(0)
	for range source.List(paths) {
		total++
	}
	b.progress = mpb.New(mpb.WithOutput(e.err))
	b.bar = b.progress.AddBar(total, mpb.PrependDecorators(decor.CountersNoUnit("%d of %d read ")), mpb.AppendDecorators(decor.AverageETA(decor.ET_STYLE_GO)))
	return b
}

func (b *bar) step() {
	if b.bar != nil {
		b.bar.Increment()
	}
}

func (b *bar) print(line string) {
	if b.progress != nil {
		fmt.Fprintln(b.progress, line)
		return
	}
	fmt.Fprintln(b.e.err, line)
}

func (b *bar) end() {
	if b.progress == nil {
		return
	}
	b.bar.SetTotal(-1, true)
	b.progress.Wait()
}

func joined(words []string) string { return strings.Join(words, " ") }
