package pipeline

import (
	"context"
	"iter"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"kith"
)

// Resolver ties the entities of a document in the making into those that the
// store already knows.
type Resolver interface {
	Match(kith.Matching) (kith.Matched, error)
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
// document fails alone: its Report says why and the others go on. As many
// documents as there are processors are read at once; they are stored in the
// order of the inputs, so that two runs over the same inputs make equal
// stores; those that were read while the store was busy, by one transaction.
// done is called for each once it is stored, never concurrently. Ingest
// returns an error only where the context ended or the store failed for good.
func Ingest(ctx context.Context, store kith.Store, reader *Reader, resolver Resolver, inputs iter.Seq[Input], done func(Report)) error {
	if err := catchUp(ctx, store, resolver); err != nil {
		return err
	}
	workers := runtime.GOMAXPROCS(0)
	g, ctx := errgroup.WithContext(ctx)
	jobs := make(chan job)                // to the workers
	waiting := make(chan job, mostAtOnce) // to the writer, in the order of the inputs
	g.Go(func() error {
		defer close(jobs)
		defer close(waiting)
		return hand(ctx, inputs, jobs, waiting)
	})
	for range workers {
		g.Go(func() error {
			for j := range jobs {
				j.result <- j.read(ctx, reader)
			}
			return nil
		})
	}
	g.Go(func() error {
		for batch := range ready(ctx, waiting) {
			reports := putAll(ctx, store, resolver, batch)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			for _, r := range reports {
				done(r)
				if err := fatal(r.Err); err != nil {
					return err
				}
			}
		}
		return ctx.Err()
	})
	return g.Wait()
}

// job is one input on its way through a worker to the writer.
type job struct {
	input  Input
	result chan outcome // of capacity 1: a worker never waits for the writer
}

// outcome is what a worker made of an input.
type outcome struct {
	reading *kith.Reading
	err     error
}

// hand gives each input to a worker and to the writer.
func hand(ctx context.Context, inputs iter.Seq[Input], jobs, waiting chan<- job) error {
	for in := range inputs {
		j := job{in, make(chan outcome, 1)}
		for _, to := range []chan<- job{waiting, jobs} {
			select {
			case to <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return nil
}

func (j job) read(ctx context.Context, reader *Reader) outcome {
	if j.input.Err != nil {
		return outcome{err: j.input.Err}
	}
	reading, err := ReadingOf(ctx, reader, j.input)
	return outcome{reading, err}
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
