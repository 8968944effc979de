package store

import (
	"context"
	"errors"
	"fmt"

	"kith"
)

var _ kith.Bulk = (*Store)(nil)

// partSize is how many readings of a batch are prepared, and written, at a time.
const partSize = 500

// PutAll stores many readings in one transaction; see kith.Bulk. Those that the
// store knows nothing of are gathered in a batch; all else goes one by one.
func (s *Store) PutAll(ctx context.Context, readings []*kith.Reading, match func(kith.Matching) (kith.Matched, error)) ([]kith.Added, error) {
	return s.putAll(ctx, readings, match, partSize)
}

func (s *Store) putAll(ctx context.Context, readings []*kith.Reading, match func(kith.Matching) (kith.Matched, error), size int) ([]kith.Added, error) {
	ctx, cancel := context.WithCancel(ctx)
	parts := prepareAll(ctx, readings, size)
	defer func() {
		cancel()
		for range parts { // until whoever prepares has gone
		}
	}()
	first := <-parts // before the store is locked
	if first.err != nil {
		return nil, first.err
	}
	added := make([]kith.Added, 0, len(readings))
	err := s.write(ctx, fmt.Sprintf("store %d documents", len(readings)), func(t *tx) (err error) {
		b := t.batch()
		if len(readings) > size {
			defer func() { err = errors.Join(err, b.settle()) }()
			if err := b.overlap(s); err != nil {
				return err
			}
		}
		for p, more := first, true; more; p, more = <-parts {
			if added, err = b.putPart(ctx, p, match, added); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return b.flush()
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// putPart stores some readings of a batch, in order, and adds what came of
// them to added.
func (b *batch) putPart(ctx context.Context, p part, match func(kith.Matching) (kith.Matched, error), added []kith.Added) ([]kith.Added, error) {
	if p.err != nil {
		return added, p.err
	}
	if err := b.meet(p.readings); err != nil {
		return added, err
	}
	for _, r := range p.readings {
		if ctx.Err() != nil {
			return added, ctx.Err()
		}
		var a kith.Added
		err := b.putNext(r, match, &a)
		if err != nil {
			return added, fmt.Errorf("document %s: %w", r.reading.Document.ID, err)
		}
		added = append(added, a)
	}
	return added, b.handOver()
}

func (b *batch) putNext(p *prepared, match func(kith.Matching) (kith.Matched, error), added *kith.Added) error {
	if b.takes(p) {
		return b.put(p, match, added)
	}
	if err := b.flush(); err != nil {
		return err
	}
	return b.t.putOne(p.reading, match, added)
}

// putOne does what Put and Resolve do.
func (t *tx) putOne(r *kith.Reading, match func(kith.Matching) (kith.Matched, error), added *kith.Added) error {
	if err := t.put(r, added); err != nil {
		return err
	}
	if match == nil || !added.NewReading {
		return nil
	}
	return t.resolve(r.Document.ID, match)
}
