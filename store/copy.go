package store

import "context"

// CopyTo writes an exact copy of the store, as it is at one moment, into a new
// file at path.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	_, err := s.reader.ExecContext(ctx, "VACUUM INTO ?", path)
	return explain("copy store "+s.path, err)
}
