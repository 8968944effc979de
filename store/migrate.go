package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"kith"
)

// applicationID marks the file as a kith store: "kith" in ASCII.
const applicationID = 0x6b697468

// latest is the version of the newest migration.
const latest = 5

//go:embed migrations
var migrations embed.FS

// migrate brings the tables from the version found to the latest.
func (s *Store) migrate(ctx context.Context, version int) error {
	if version == latest {
		return s.writeAhead(ctx)
	}
	if version == 0 {
		if err := s.claimFile(ctx); err != nil {
			return err
		}
	}
	folder, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.writer, folder, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", latest))
	return err
}

// writeAhead lets readers read while somebody writes. A copy that SQLite made
// of a store comes without.
func (s *Store) writeAhead(ctx context.Context) error {
	_, err := s.writer.ExecContext(ctx, "PRAGMA journal_mode = wal")
	return err
}

// claimFile marks an empty database as ours. It refuses one that holds tables
// of another program.
func (s *Store) claimFile(ctx context.Context) error {
	var mine, others int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA application_id").Scan(&mine); err != nil {
		return err
	}
	if err := s.writer.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&others); err != nil {
		return err
	}
	if mine != applicationID && others > 0 {
		return fmt.Errorf("%w: it holds another program's tables; name another file with --db", kith.ErrForeign)
	}
	if err := s.writeAhead(ctx); err != nil {
		return err
	}
	_, err := s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	return err
}
