package store

import (
	"context"
	"fmt"

	"kith"
)

var _ kith.Bulk = (*Store)(nil)

// PutAll stores many readings in one transaction; see kith.Bulk. Those that the
// store knows nothing of are gathered in a batch; all else goes one by one.
func (s *Store) PutAll(ctx context.Context, readings []*kith.Reading, match func(kith.Matching) (kith.Matched, error)) ([]kith.Added, error) {
	checked := make([]*kith.Reading, len(readings))
	for i, r := range readings {
		var err error
		if checked[i], err = check(r); err != nil {
			return nil, explain("store document "+string(r.Document.ID), err)
		}
	}
	added := make([]kith.Added, len(readings))
	err := s.write(ctx, fmt.Sprintf("store %d documents", len(readings)), func(t *tx) error {
		return t.putAll(ctx, checked, match, added)
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

func (t *tx) putAll(ctx context.Context, readings []*kith.Reading, match func(kith.Matching) (kith.Matched, error), added []kith.Added) error {
	b, err := t.batch(readings)
	if err != nil {
		return err
	}
	for i, r := range readings {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		added[i] = kith.Added{}
		if b.takes(r) {
			err = b.put(r, match, &added[i])
		} else if err = b.flush(); err == nil {
			err = t.putOne(r, match, &added[i])
		}
		if err != nil {
			return fmt.Errorf("document %s: %w", r.Document.ID, err)
		}
	}
	return b.flush()
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
