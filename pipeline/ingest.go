package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"kith"
)

// Resolver ties the entities of a stored document into those that the store
// already knows. It must do nothing where the document is resolved already.
type Resolver interface {
	Resolve(ctx context.Context, store kith.Store, doc kith.DocumentID) error
}

// Input is one document to read, or the reason why it could not be had.
type Input struct {
	Document *kith.Document
	Original []byte // the bytes it was made from; may be nil
	Name     string // what the user called it
	Err      error
}

// Report says what became of one input.
type Report struct {
	Name      string          `json:"name"`
	Document  kith.DocumentID `json:"document,omitempty"`
	Title     string          `json:"title,omitempty"`
	Added     kith.Added      `json:"added"`
	Sentences int             `json:"sentences"`
	Words     int             `json:"words"`
	Claims    int             `json:"claims"`
	Hedged    int             `json:"hedged"`
	Skips     []kith.Skip     `json:"skips,omitempty"`
	Err       error           `json:"-"`
}

// Ingest reads each input, stores its reading and resolves its entities. One
// document fails alone: its Report says why and the others go on. Documents
// are read by as many workers as there are processors and stored in the order
// in which they come out; done is called for each, never concurrently. Ingest
// returns an error only where the context ended or the store failed for good.
func Ingest(ctx context.Context, store kith.Store, reader *Reader, resolver Resolver, inputs iter.Seq[Input], done func(Report)) error {
	g, inner := errgroup.WithContext(ctx)
	queue := make(chan Input)
	g.Go(func() error {
		defer close(queue)
		for in := range inputs {
			select {
			case queue <- in:
			case <-inner.Done():
				return inner.Err()
			}
		}
		return nil
	})
	w := &writer{store: store, resolver: resolver, done: done}
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			for in := range queue {
				if err := w.take(inner, reader, in); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return catchUp(ctx, store, resolver)
}

// catchUp resolves the documents that an earlier run stored and did not come
// to resolve, because it was stopped between the two.
func catchUp(ctx context.Context, store kith.Store, resolver Resolver) error {
	if resolver == nil {
		return nil
	}
	left, err := store.Unresolved(ctx)
	if err != nil {
		return fmt.Errorf("list unresolved documents: %w", err)
	}
	for _, doc := range left {
		if err := resolver.Resolve(ctx, store, doc); err != nil {
			return fmt.Errorf("resolve %s: %w", doc, err)
		}
	}
	return nil
}

// writer lets several readers read at once while one at a time stores.
type writer struct {
	mu       sync.Mutex
	store    kith.Store
	resolver Resolver
	done     func(Report)
}

func (w *writer) take(ctx context.Context, reader *Reader, in Input) error {
	report := Report{Name: in.Name, Err: in.Err}
	if in.Err == nil {
		reading, err := ReadingOf(ctx, reader, in)
		if err != nil {
			report.Err = err
		} else {
			w.mu.Lock()
			defer w.mu.Unlock()
			report = w.put(ctx, in, reading)
			w.done(report)
			return fatal(ctx, report.Err)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done(report)
	return ctx.Err()
}

func (w *writer) put(ctx context.Context, in Input, r *kith.Reading) Report {
	report := reportOf(in.Name, r)
	report.Added, report.Err = w.store.Put(ctx, r)
	if report.Err != nil {
		report.Err = fmt.Errorf("store %s: %w", in.Name, report.Err)
		return report
	}
	if w.resolver != nil {
		if err := w.resolver.Resolve(ctx, w.store, r.Document.ID); err != nil {
			report.Err = fmt.Errorf("resolve %s: %w", in.Name, err)
		}
	}
	return report
}

// fatal passes on the errors after which no other document can be stored.
func fatal(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, kith.ErrLocked) || errors.Is(err, kith.ErrForeign) || errors.Is(err, kith.ErrNewer) {
		return err
	}
	return nil
}

// ReadingOf reads one input into what a store keeps.
func ReadingOf(ctx context.Context, reader *Reader, in Input) (*kith.Reading, error) {
	a, err := reader.Read(ctx, in.Document)
	if err != nil {
		return nil, err
	}
	passages := make([]kith.Span, len(a.Sentences))
	for i, s := range a.Sentences {
		passages[i] = s.Span
	}
	return &kith.Reading{
		Document:  *in.Document,
		Bytes:     in.Original,
		Extractor: reader.Name(),
		Mentions:  a.Mentions,
		Entities:  a.Entities,
		Claims:    a.Claims,
		Skips:     a.Skips,
		Sentences: len(a.Sentences),
		Words:     len(a.Tokens),
		Passages:  passages,
		At:        time.Now().UTC(),
	}, nil
}

// ReportOf says how much an analysis found, as Ingest does of what it stores.
func ReportOf(a *kith.Analysis) Report {
	return Report{Name: label(a.Document), Document: a.Document.ID, Title: a.Document.Title, Sentences: len(a.Sentences),
		Words: len(a.Tokens), Claims: len(a.Claims), Hedged: hedged(a.Claims), Skips: a.Skips}
}

func reportOf(name string, r *kith.Reading) Report {
	return Report{Name: name, Document: r.Document.ID, Title: r.Document.Title, Sentences: r.Sentences,
		Words: r.Words, Claims: len(r.Claims), Hedged: hedged(r.Claims), Skips: r.Skips}
}

func hedged(claims []kith.Claim) int {
	n := 0
	for _, c := range claims {
		if c.Modality == kith.Hedged {
			n++
		}
	}
	return n
}
