package store

import (
	"database/sql"
	"errors"

	"kith"
)

// A large batch is written while its later readings are matched. A connection
// of SQLite runs one statement at a time, so what matching looks up is read on
// a second one, in a transaction that sees the store as it was before the
// batch; what the batch itself adds is in memory anyway.

// overlap makes the batch write from now on while it goes on, where readers do
// not wait for writers.
func (b *batch) overlap(s *Store) error {
	var mode string
	if _, err := b.t.first([]any{&mode}, "PRAGMA journal_mode"); err != nil || mode != "wal" {
		return err
	}
	v, err := s.view(b.t.ctx, kith.AsOf{})
	if err != nil {
		return err
	}
	v.stmts = map[string]*sql.Stmt{}
	b.before, b.look = v, &v.queries
	var some int
	keyed, err := b.look.first([]any{&some}, "SELECT 1 FROM keys LIMIT 1")
	if err != nil {
		return err
	}
	b.bare, b.writer = !keyed, b.t.startWriter()
	return nil
}

// handOver gives the rows that are final to the writer.
func (b *batch) handOver() error {
	if b.writer == nil {
		return nil
	}
	list, err := b.finalRows()
	if err != nil {
		return err
	}
	b.writer.rows <- list
	b.resetRows()
	return nil
}

// stopWriting waits until all that was handed over is written. From then on
// the transaction's connection may be used again.
func (b *batch) stopWriting() error {
	if b.writer == nil {
		return nil
	}
	close(b.writer.rows)
	err := <-b.writer.done
	b.writer = nil
	return err
}

// settle ends the overlap: what is looked up next is looked up in the
// transaction.
func (b *batch) settle() error {
	err := b.stopWriting()
	if b.before == nil {
		return err
	}
	for _, stmt := range b.before.stmts {
		stmt.Close()
	}
	b.before.stmts = nil
	err = errors.Join(err, b.before.Close())
	b.before, b.look, b.bare = nil, &b.t.queries, false
	return err
}

// writer writes rows on the connection of a transaction, which nobody else
// uses meanwhile.
type writer struct {
	rows chan []*rows
	done chan error
}

func (t *tx) startWriter() *writer {
	w := &writer{rows: make(chan []*rows, 1), done: make(chan error, 1)}
	go func() {
		var err error
		for list := range w.rows {
			if err == nil {
				err = t.insertAll(list)
			}
		}
		w.done <- err
	}()
	return w
}

// insertAll inserts the rows of some tables.
func (t *tx) insertAll(list []*rows) error {
	for _, r := range list {
		if err := r.each(t.execMany); err != nil {
			return err
		}
		if err := t.checkCount(r); err != nil {
			return err
		}
	}
	return nil
}
