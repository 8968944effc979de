package store

import (
	"context"
	"fmt"

	"kith"
)

var _ kith.Bulk = (*Store)(nil)

// PutAll stores many readings in one transaction; see kith.Bulk.
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
		for i, r := range checked {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			added[i] = kith.Added{}
			if err := t.put(r, &added[i]); err != nil {
				return fmt.Errorf("document %s: %w", r.Document.ID, err)
			}
			if match != nil && added[i].NewReading {
				if err := t.resolve(r.Document.ID, match); err != nil {
					return fmt.Errorf("resolve document %s: %w", r.Document.ID, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}
