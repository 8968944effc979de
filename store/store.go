// Package store keeps documents, readings, judgements and decisions in one
// SQLite file that other programs can open; docs/store.md describes its tables.
//
// What was read and decided is only ever added. What users see (which claims
// are shown, which entities are one) is derived from it in tables that can be
// rebuilt at any time, and is kept up to date by the transaction that adds.
package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the database driver

	"kith"
)

// Options say how a store is opened. The zero value makes the file where
// there is none and waits five seconds for a lock.
type Options struct {
	MustExist bool          // do not make a file where there is none
	Wait      time.Duration // for a lock that another program holds; 0 means 5 s
	// Cache is the memory in KiB that each connection may hold pages of the
	// file in; 0 means 64000.
	Cache int
}

// Store is a kith.Store in one SQLite file.
type Store struct {
	path   string
	writer *sql.DB // of one connection
	reader *sql.DB
	turn   chan struct{} // held by whoever writes
	conn   *sql.Conn     // the writer's connection
	stmts  map[string]*sql.Stmt
	raw    rawStatements
}

var _ kith.Store = (*Store)(nil)

// Open opens the store in the file at path and brings its tables up to date.
// Errors wrap kith.ErrNotFound (MustExist and no file), ErrForeign (the file is
// something else), ErrNewer, ErrLocked, ErrDamaged or ErrFull.
func Open(path string, o Options) (*Store, error) {
	if o.Wait == 0 {
		o.Wait = 5 * time.Second
	}
	version, err := inspect(path, o.MustExist)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, stmts: map[string]*sql.Stmt{}, raw: rawStatements{stmts: map[string]execer{}}, turn: make(chan struct{}, 1)}
	if s.writer, err = connect(path, o, "_txlock=immediate"); err != nil {
		return nil, err
	}
	s.writer.SetMaxOpenConns(1)
	if s.reader, err = connect(path, o, "_pragma=temp_store(memory)"); err != nil {
		s.writer.Close()
		return nil, err
	}
	ctx := context.Background()
	err = s.migrate(ctx, version)
	if err == nil {
		s.conn, err = s.writer.Conn(ctx)
	}
	if err != nil {
		s.Close()
		return nil, explain("open store "+path, err)
	}
	return s, nil
}

// connect makes a pool of connections to the file.
func connect(path string, o Options, more string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	dsn := fmt.Sprintf("file:%s?_pragma=busy_timeout(%d)&_pragma=synchronous(normal)&_pragma=cache_size(-%d)&_pragma=wal_autocheckpoint(8000)&_pragma=secure_delete(fast)&%s",
		(&url.URL{Path: filepath.ToSlash(absolute)}).EscapedPath(), o.Wait.Milliseconds(), cmp.Or(o.Cache, 64000), more)
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return db, nil
}

// Path is the name of the store's file.
func (s *Store) Path() string { return s.path }

// Close closes the store. Views that are still open become unusable.
func (s *Store) Close() error {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	for _, stmt := range s.stmts {
		stmt.Close()
	}
	clear(s.stmts)
	for _, stmt := range s.raw.stmts {
		stmt.Close()
	}
	clear(s.raw.stmts)
	var failed error
	if s.conn != nil {
		failed = s.conn.Close()
		s.conn = nil
	}
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			failed = errors.Join(failed, db.Close())
		}
	}
	return failed
}

// inspect looks at the file before the driver does, so that a file of another
// program is told from a damaged one and is never written to. It returns the
// version of the tables, 0 for a file still to be made.
func inspect(path string, mustExist bool) (int, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if mustExist {
			return 0, fmt.Errorf("open store %s: %w: add a document first", path, kith.ErrNotFound)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return 0, fmt.Errorf("open store %s: make its folder: %w", path, err)
		}
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("open store: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return 0, fmt.Errorf("open store %s: %w: it is a folder; name a file", path, kith.ErrForeign)
	} else if info.Size() == 0 {
		return 0, nil
	}
	header := make([]byte, 100)
	if n, err := f.ReadAt(header, 0); n < len(header) || !strings.HasPrefix(string(header), "SQLite format 3\x00") {
		if err != nil && n == 0 {
			return 0, fmt.Errorf("open store %s: %w", path, err)
		}
		return 0, fmt.Errorf("open store %s: %w: it is no SQLite database; name another file with --db", path, kith.ErrForeign)
	}
	application, version := bigEndian(header[68:72]), bigEndian(header[60:64])
	switch {
	case application == 0 && version == 0:
		return 0, nil // perhaps a store in the making; migrate looks inside
	case application != applicationID:
		return 0, fmt.Errorf("open store %s: %w: it is another program's database; name another file with --db", path, kith.ErrForeign)
	case version > latest:
		return 0, fmt.Errorf("open store %s: %w: its tables have version %d, this program knows %d; use the newer program",
			path, kith.ErrNewer, version, latest)
	}
	return version, nil
}

func bigEndian(b []byte) int {
	return int(b[0])<<24 | int(b[1])<<16 | int(b[2])<<8 | int(b[3])
}
