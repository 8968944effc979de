package store

import (
	"context"

	"kith"
)

// PutAllBy is PutAll with parts of some size.
func (s *Store) PutAllBy(ctx context.Context, size int, readings []*kith.Reading, match func(kith.Matching) (kith.Matched, error)) ([]kith.Added, error) {
	return s.putAll(ctx, readings, match, size)
}
