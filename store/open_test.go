package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kith"
	"kith/store"
	"kith/store/storetest"
)

func TestOpeningTellsWhatAFileIs(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "notes.db")
	other, err := sql.Open("sqlite", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec("CREATE TABLE t (x)"); err != nil {
		t.Fatal(err)
	}
	other.Close()
	text := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(text, []byte("Not a database."), 0o644); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.kith")
	s, err := store.Open(newer, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	later, err := sql.Open("sqlite", newer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := later.Exec("PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	later.Exec("PRAGMA wal_checkpoint(truncate)")
	later.Close()
	for path, want := range map[string]error{foreign: kith.ErrForeign, text: kith.ErrForeign, dir: kith.ErrForeign, newer: kith.ErrNewer} {
		if s, err := store.Open(path, store.Options{}); !errors.Is(err, want) {
			t.Errorf("Open(%s) = %v, %v; want %v", path, s, err, want)
		}
	}
	if _, err := store.Open(filepath.Join(dir, "none.kith"), store.Options{MustExist: true}); !errors.Is(err, kith.ErrNotFound) {
		t.Errorf("Open of no file = %v", err)
	}
	if b, err := os.ReadFile(text); err != nil || string(b) != "Not a database." {
		t.Errorf("the foreign file was touched: %q %v", b, err)
	}
}

func TestALockedStoreSaysSo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.kith")
	s, err := store.Open(path, store.Options{Wait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	conn, err := other.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(context.Background(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	r := storetest.Reading("test/1", "Ada Marsh met Bo Lind.", storetest.Said{Subject: "Ada Marsh", Predicate: "met_with", Object: "Bo Lind"})
	if _, err := s.Put(context.Background(), r); !errors.Is(err, kith.ErrLocked) {
		t.Errorf("Put beside another writer = %v, want ErrLocked", err)
	}
	conn.ExecContext(context.Background(), "ROLLBACK")
	if _, err := s.Put(context.Background(), r); err != nil {
		t.Errorf("Put after the lock is gone = %v", err)
	}
}

func FuzzOpenReadsAnyFile(f *testing.F) {
	f.Add([]byte("SQLite format 3\x00"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "x.kith")
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if s, err := store.Open(path, store.Options{Wait: time.Millisecond}); err == nil {
			s.Close()
		}
	})
}
