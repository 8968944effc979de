// Package pipeline puts the stages of reading in order and moves documents
// through them: source → text → extract → store → resolve. Ingest is the one
// way in that the command line and the pages share.
package pipeline

import (
	"context"
	"errors"
	"fmt"

	"kith"
)

// Reader is a checked chain of stages. It is safe for concurrent use, as its
// stages are.
type Reader struct {
	name   string
	stages []kith.Stage
}

// New puts stages into a chain. It refuses a chain in which a stage needs a
// layer that no earlier stage gives. The name stands in the extractor field of
// every claim.
func New(name string, stages ...kith.Stage) (*Reader, error) {
	given := map[kith.Layer]bool{}
	for _, s := range stages {
		for _, layer := range s.Needs() {
			if !given[layer] {
				return nil, fmt.Errorf("build reader: stage %q needs %q, which no earlier stage gives", s.Name(), layer)
			}
		}
		for _, layer := range s.Gives() {
			given[layer] = true
		}
	}
	return &Reader{name: name, stages: stages}, nil
}

// Name is the extractor's name and version, as claims carry it.
func (r *Reader) Name() string { return r.name }

// Stages are the names of the chain's stages, in order.
func (r *Reader) Stages() []string {
	names := make([]string, len(r.stages))
	for i, s := range r.stages {
		names[i] = s.Name()
	}
	return names
}

// Read lays all layers over a document and seals its claims. A stage that
// panics gives an error that names it; the document is then not read.
func (r *Reader) Read(ctx context.Context, doc *kith.Document) (*kith.Analysis, error) {
	if err := readable(doc); err != nil {
		return nil, err
	}
	a := &kith.Analysis{Document: doc}
	for _, s := range r.stages {
		if err := run(ctx, s, a); err != nil {
			return nil, fmt.Errorf("read %s: stage %q: %w", label(doc), s.Name(), err)
		}
	}
	r.finish(a)
	return a, nil
}

// finish signs the claims of an analysis, seals those that their stage has not
// sealed, and lists their ends.
func (r *Reader) finish(a *kith.Analysis) {
	for i := range a.Claims {
		c := &a.Claims[i]
		c.Extractor = r.name
		if c.Review == "" {
			c.Review = kith.Unreviewed
		}
		if c.ID == "" {
			c.Seal()
		}
	}
	enter(a)
}

// maxText is the size, in bytes, beyond which a document is not read: about
// 1.3 million words, more than any book. All its layers are in memory at once.
const maxText = 8 << 20

func readable(doc *kith.Document) error {
	if len(doc.Text) > maxText {
		return fmt.Errorf("read %s: %w: it has %d MB of text and kith reads up to %d MB in one document; split it", label(doc), kith.ErrTooLarge, len(doc.Text)>>20, maxText>>20)
	}
	return nil
}

// enter lists the parties that claims describe and coreference did not
// ("structure", "her home") among the analysis's entities, so that every end
// of a claim is one of them.
func enter(a *kith.Analysis) {
	listed := make(map[kith.EntityID]bool, len(a.Entities))
	for _, e := range a.Entities {
		listed[e.ID] = true
	}
	for i := range a.Claims {
		c := &a.Claims[i]
		for _, ref := range []*kith.EntityRef{&c.Subject, c.Object, c.Qualifiers.Third} {
			if ref == nil || ref.Name == "" || listed[ref.ID] {
				continue
			}
			if ref.ID == "" {
				ref.ID = kith.NewEntityID(a.Document.ID, ref.Name, ref.Type, 0)
			}
			if !listed[ref.ID] {
				listed[ref.ID] = true
				a.Entities = append(a.Entities, kith.Entity{ID: ref.ID, Name: ref.Name, Type: ref.Type, Unnamed: true})
			}
		}
	}
}

var errPanicked = errors.New("it panicked; please report the document")

func run(ctx context.Context, s kith.Stage, a *kith.Analysis) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w (%v)", errPanicked, p)
		}
	}()
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.Run(ctx, a)
}

func label(doc *kith.Document) string {
	switch {
	case doc.Path != "":
		return doc.Path
	case doc.Address != "":
		return doc.Address
	case doc.Title != "":
		return fmt.Sprintf("%q", doc.Title)
	}
	return string(doc.ID)
}
