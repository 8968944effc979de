package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"kith"
)

// mostAtOnce bounds how many documents one transaction stores, and so what an
// interrupted run has read in vain.
const mostAtOnce = 16

// finished is an input with what became of it.
type finished struct {
	input Input
	outcome
}

// ready yields the jobs in their order: each time the next one, and with it
// those behind it that are finished already. It ends where the context does.
func ready(ctx context.Context, waiting <-chan job) iter.Seq[[]finished] {
	return func(yield func([]finished) bool) {
		var batch []finished
		for j := range waiting {
			if len(batch) > 0 && len(j.result) == 0 { // it is still being read
				if !yield(batch) {
					return
				}
				batch = nil
			}
			select {
			case o := <-j.result:
				batch = append(batch, finished{j.input, o})
			case <-ctx.Done():
				return
			}
			if len(waiting) == 0 || len(batch) == mostAtOnce {
				if !yield(batch) {
					return
				}
				batch = nil
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// putAll stores and resolves what was read, by one transaction where the store
// can. Where that fails, each is tried alone, so that one document fails alone.
func putAll(ctx context.Context, store kith.Store, resolver Resolver, batch []finished) []Report {
	reports := make([]Report, len(batch))
	var readings []*kith.Reading
	var at []int
	for i, f := range batch {
		if f.err != nil {
			reports[i] = Report{Name: f.input.Name, Err: f.err}
			continue
		}
		reports[i] = reportOf(f.input.Name, f.reading)
		readings, at = append(readings, f.reading), append(at, i)
	}
	if bulk, ok := store.(kith.Bulk); ok && len(readings) > 1 {
		if added, err := bulk.PutAll(ctx, readings, match(resolver)); err == nil {
			for k, a := range added {
				reports[at[k]].Added = a
			}
			return reports
		}
	}
	for k, r := range readings {
		report := &reports[at[k]]
		if report.Added, report.Err = put(ctx, store, resolver, r); report.Err != nil {
			report.Err = fmt.Errorf("store %s: %w", report.Name, report.Err)
			if fatal(report.Err) != nil {
				return reports[:at[k]+1]
			}
		}
	}
	return reports
}

func match(resolver Resolver) func(kith.Matching) (kith.Matched, error) {
	if resolver == nil {
		return nil
	}
	return resolver.Match
}

// put stores and resolves one reading.
func put(ctx context.Context, store kith.Store, resolver Resolver, r *kith.Reading) (kith.Added, error) {
	if bulk, ok := store.(kith.Bulk); ok {
		added, err := bulk.PutAll(ctx, []*kith.Reading{r}, match(resolver))
		if err != nil {
			return kith.Added{}, err
		}
		return added[0], nil
	}
	added, err := store.Put(ctx, r)
	if err == nil && resolver != nil && added.NewReading {
		err = store.Resolve(ctx, r.Document.ID, resolver.Match)
	}
	return added, err
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
		if err := store.Resolve(ctx, doc, resolver.Match); err != nil {
			return fmt.Errorf("resolve %s: %w", doc, err)
		}
	}
	return nil
}

// fatal passes on the errors after which no other document can be stored.
func fatal(err error) error {
	for _, kind := range []error{kith.ErrLocked, kith.ErrForeign, kith.ErrNewer, kith.ErrDamaged, kith.ErrFull} {
		if errors.Is(err, kind) {
			return err
		}
	}
	return nil
}
