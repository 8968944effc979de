package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// queries runs statements on one connection: the writer's, or a view's.
type queries struct {
	ctx  context.Context
	conn *sql.Conn
	// stmts keeps prepared statements for the connection's life. The
	// connection is used by one goroutine at a time where it is set.
	stmts map[string]*sql.Stmt
}

// tx is one writing transaction.
type tx struct {
	queries
	raw *rawStatements
	at  string // the time of this transaction
	// late are statements that run before the commit. What full-text search
	// indexes waits for them: once such an index is written to, each further
	// statement of the transaction costs it a savepoint.
	late []statement
}

type statement struct {
	query string
	args  []any
}

// later runs a statement before the commit.
func (t *tx) later(query string, args ...any) {
	t.late = append(t.late, statement{query, args})
}

func (t *tx) runLate() error {
	for _, s := range t.late {
		if err := t.exec(s.query, s.args...); err != nil {
			return err
		}
	}
	t.late = nil
	return nil
}

// write runs do in one immediate transaction: all of it happens or nothing.
// One transaction runs at a time; another program's is waited for.
func (s *Store) write(ctx context.Context, action string, do func(*tx) error) (err error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", action, ctx.Err())
	}
	defer func() { <-s.turn }()
	if s.conn == nil {
		return fmt.Errorf("%s: the store is closed", action)
	}
	// A statement with a context that can end costs a goroutine; the
	// transaction is short and looks at the caller's context itself.
	plain := context.WithoutCancel(ctx)
	t := &tx{queries: queries{ctx: plain, conn: s.conn, stmts: s.stmts}, raw: &s.raw, at: stamp(time.Now())}
	if err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return explain(action, err)
	}
	committed := false
	defer func() {
		if !committed {
			s.conn.ExecContext(plain, "ROLLBACK")
		}
	}()
	if err := do(t); err != nil {
		return explain(action, err)
	}
	if err := t.runLate(); err != nil {
		return explain(action, err)
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", action, ctx.Err())
	}
	if err := t.exec("COMMIT"); err != nil {
		return explain(action, err)
	}
	committed = true
	return nil
}

// open runs a query. Where the connection may be used by several at a time, as
// a view's may, its statement is not kept.
func (q *queries) open(query string, args ...any) (*sql.Rows, error) {
	if q.stmts == nil {
		return q.conn.QueryContext(q.ctx, query, args...)
	}
	stmt, err := q.prepare(query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(q.ctx, args...)
}

func (q *queries) prepare(query string) (*sql.Stmt, error) {
	if stmt, ok := q.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := q.conn.PrepareContext(q.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w (in %.60q)", err, query)
	}
	q.stmts[query] = stmt
	return stmt, nil
}

// exec runs a statement that returns no rows.
func (q *queries) exec(query string, args ...any) error {
	_, err := q.run(query, args...)
	return err
}

// run is exec for those who want to know how many rows changed.
func (q *queries) run(query string, args ...any) (int64, error) {
	if q.stmts == nil {
		result, err := q.conn.ExecContext(q.ctx, query, args...)
		if err != nil {
			return 0, err
		}
		return result.RowsAffected()
	}
	stmt, err := q.prepare(query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(q.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// each runs a query and calls row for each of its rows.
func (q *queries) each(row func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := q.open(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// insert runs an INSERT and returns the number of the new row, or 0 where a
// conflict kept it out.
func (q *queries) insert(query string, args ...any) (int64, error) {
	stmt, err := q.prepare(query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(q.ctx, args...)
	if err != nil {
		return 0, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return 0, err
	}
	return result.LastInsertId()
}

// first reads the first row of a query into dest and reports whether there
// is one.
func (q *queries) first(dest []any, query string, args ...any) (bool, error) {
	found := false
	err := q.each(func(scan func(...any) error) error {
		if found {
			return nil
		}
		found = true
		return scan(dest...)
	}, query, args...)
	return found, err
}

// column returns the first column of a query's rows.
func column[T any](q *queries, query string, args ...any) ([]T, error) {
	var out []T
	err := q.each(func(scan func(...any) error) error {
		var v T
		if err := scan(&v); err != nil {
			return err
		}
		out = append(out, v)
		return nil
	}, query, args...)
	return out, err
}

// timeLayout has a fixed width, so that times sort as text.
const timeLayout = "2006-01-02T15:04:05.000000000Z"

func stamp(t time.Time) string { return t.UTC().Format(timeLayout) }

// stampOr is t, or the fallback where t is zero.
func stampOr(t time.Time, fallback string) string {
	if t.IsZero() {
		return fallback
	}
	return stamp(t)
}

func unstamp(s string) time.Time {
	t, err := time.Parse(timeLayout, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// toJSON marshals values of strings and numbers, which cannot fail. A nil
// list or map becomes its empty form.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil || string(b) == "null" {
		return "[]"
	}
	return string(b)
}

func fromJSON[T any](s string) T {
	var v T
	if s != "" {
		_ = json.Unmarshal([]byte(s), &v) // written by toJSON; Verify reports what does not parse
	}
	return v
}
