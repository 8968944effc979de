package store

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"sync"

	"kith"
)

// view is the store at one setting of both clocks: a reading transaction on a
// connection of its own, so that nothing that is written meanwhile shows.
type view struct {
	queries
	at    kith.AsOf
	known string
	mu    sync.Mutex
}

// View opens a view; see kith.Store.
func (s *Store) View(ctx context.Context, at kith.AsOf) (kith.View, error) {
	v, err := s.view(ctx, at)
	if err != nil {
		return nil, explain("open a view", err)
	}
	return v, nil
}

func (s *Store) view(ctx context.Context, at kith.AsOf) (*view, error) {
	conn, err := s.reader.Conn(ctx)
	if err != nil {
		return nil, err
	}
	plain := context.WithoutCancel(ctx)
	v := &view{queries: queries{ctx: plain, conn: conn}, at: at, known: forever}
	if _, err := conn.ExecContext(plain, "BEGIN"); err != nil {
		conn.Close()
		return nil, err
	}
	// The first read fixes what the transaction sees.
	var n int64
	if _, err := v.first([]any{&n}, "SELECT count(*) FROM pending"); err != nil {
		v.Close()
		return nil, err
	}
	if !at.Known.IsZero() {
		if err := v.goBack(stamp(at.Known)); err != nil {
			v.Close()
			return nil, err
		}
	}
	return v, nil
}

// goBack makes the view one of the past, where anything has changed since.
func (v *view) goBack(known string) error {
	changed, err := v.isPast(known)
	if err != nil || !changed {
		return err
	}
	v.known = known
	return v.travel()
}

// Close ends the view.
func (v *view) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.conn == nil {
		return nil
	}
	_, err := v.conn.ExecContext(v.ctx, "ROLLBACK")
	if v.known != forever {
		for _, table := range append(matchTables[:2:2], pastTables...) {
			v.conn.ExecContext(v.ctx, "DROP TABLE IF EXISTS temp."+table)
		}
	}
	closing := v.conn.Close()
	v.conn = nil
	if err == nil {
		err = closing
	}
	return explain("close a view", err)
}

func (v *view) At() kith.AsOf { return v.at }

// stream yields the rows of a query. It ends early where the caller's context
// does.
func stream[T any](ctx context.Context, v *view, action string, scan func(func(...any) error) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := v.open(query, args...)
		if err != nil {
			yield(zero, explain(action, err))
			return
		}
		defer rows.Close()
		for n := 0; rows.Next(); n++ {
			if n%256 == 0 && ctx.Err() != nil {
				yield(zero, fmt.Errorf("%s: %w", action, ctx.Err()))
				return
			}
			t, err := scan(rows.Scan)
			if err != nil {
				yield(zero, explain(action, err))
				return
			}
			if !yield(t, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, explain(action, err))
		}
	}
}

// filter gathers the conditions of a query and their arguments.
type filter struct {
	where []string
	args  []any
}

func (f *filter) add(condition string, args ...any) {
	f.where = append(f.where, condition)
	f.args = append(f.args, args...)
}

func (f *filter) String() string {
	if len(f.where) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(f.where, " AND ")
}

func limit(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" LIMIT %d", n)
}

const documentColumns = "d.id, d.title, d.authors, d.outlet, d.date, d.address, d.path, d.format, d.language, d.original, d.pages, d.blocks, d.meta"

func scanDocument(scan func(...any) error, more ...any) (kith.Document, error) {
	var d kith.Document
	var authors, pages, blocks, meta string
	if err := scan(append([]any{&d.ID, &d.Title, &authors, &d.Outlet, &d.Date, &d.Address, &d.Path, &d.Format, &d.Language,
		&d.Original, &pages, &blocks, &meta}, more...)...); err != nil {
		return d, err
	}
	for _, part := range []struct {
		text string
		into any
	}{{authors, &d.Authors}, {pages, &d.Pages}, {blocks, &d.Blocks}, {meta, &d.Meta}} {
		if part.text == "[]" || part.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return d, fmt.Errorf("document %s: %w", d.ID, err)
		}
	}
	return d, nil
}

// Documents streams the documents that the view knows.
func (v *view) Documents(ctx context.Context, f kith.DocumentFilter) iter.Seq2[kith.DocumentInfo, error] {
	var w filter
	w.add("d.at <= ?", v.known)
	if f.Outlet != "" {
		w.add("lower(d.outlet) = lower(?)", f.Outlet)
	}
	for _, word := range strings.Fields(f.Words) {
		w.add("instr(lower(d.title || ' ' || d.outlet || ' ' || d.authors || ' ' || d.path), lower(?)) > 0", word)
	}
	if len(f.IDs) > 0 {
		w.add("d.id IN (SELECT value FROM json_each(?))", toJSON(f.IDs))
	}
	if f.After > 0 {
		w.add("d.id IN (SELECT document FROM readings WHERE n > ?)", f.After)
	}
	order := " ORDER BY d.at, d.id"
	if f.Newest {
		order = " ORDER BY d.at DESC, d.id"
	}
	read := bareDocuments
	if !f.Bare {
		read = readDocuments
	}
	where := w.String()
	if f.Limit > 0 { // what is said of each is gathered for those that are listed only
		where = " WHERE d.id IN (SELECT d.id FROM documents d" + where + order + limit(f.Limit) + ")"
	}
	args := append([]any{v.known, v.known}, w.args...)
	return stream(ctx, v, "list documents", scanDocumentInfo, "SELECT "+documentColumns+read+where+order, args...)
}

// What a list of documents says of each besides the document itself.
const (
	readDocuments = `, d.at, coalesce((SELECT original FROM copies WHERE document = d.id AND at <= ?), d.id), coalesce(r.n, 0), coalesce(r.extractor, ''), coalesce(r.sentences, 0), coalesce(r.words, 0),
		(SELECT count(*) FROM visible v WHERE v.document = d.id AND v.shown = 1),
		(SELECT count(*) FROM visible v JOIN claims c ON c.n = v.claim WHERE v.document = d.id AND v.shown = 1 AND c.modality = 'hedged'),
		(SELECT count(*) FROM skips s WHERE s.document = d.id AND s.reading = r.n)
		FROM documents d LEFT JOIN readings r ON r.n = (SELECT max(n) FROM readings WHERE document = d.id AND at <= ?)`
	bareDocuments = `, d.at, coalesce((SELECT original FROM copies WHERE document = d.id AND at <= ?), d.id), coalesce((SELECT max(n) FROM readings WHERE document = d.id AND at <= ?), 0), '', 0, 0, 0, 0, 0
		FROM documents d`
)

func scanDocumentInfo(scan func(...any) error) (kith.DocumentInfo, error) {
	var info kith.DocumentInfo
	var at string
	d, err := scanDocument(scan, &at, &info.Source, &info.Reading, &info.Extractor, &info.Sentences, &info.Words, &info.Claims, &info.Hedged, &info.Skipped)
	info.Document, info.Added = d, unstamp(at)
	return info, err
}

// documentByPrefix completes the id of a document.
func documentByPrefix(q *queries, id kith.DocumentID) (kith.DocumentID, error) {
	ids, err := column[kith.DocumentID](q, "SELECT id FROM documents WHERE ?1 <> '' AND id >= ?1 AND id < ?1 || '{' LIMIT 2", id)
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", fmt.Errorf("document %s: %w", id, kith.ErrNotFound)
	case len(ids) > 1 && ids[0] != id:
		return "", fmt.Errorf("document %s: %w: give more of its id", id, kith.ErrAmbiguous)
	}
	return ids[0], nil
}

// Document returns a document with its text.
func (v *view) Document(ctx context.Context, id kith.DocumentID) (*kith.Document, error) {
	full, err := documentByPrefix(&v.queries, id)
	if err != nil {
		return nil, explain("read document", err)
	}
	var d kith.Document
	var text string
	found := false
	err = v.each(func(scan func(...any) error) (err error) {
		found = true
		d, err = scanDocument(scan, &text)
		return err
	}, "SELECT "+documentColumns+", d.text FROM documents d WHERE d.id = ? AND d.at <= ?", full, v.known)
	if err == nil && !found {
		err = fmt.Errorf("document %s: %w at that time", id, kith.ErrNotFound)
	}
	if err != nil {
		return nil, explain("read document", err)
	}
	d.Text = text
	return &d, nil
}

// Original returns the bytes that a document was made from.
func (v *view) Original(ctx context.Context, id kith.DocumentID) ([]byte, error) {
	full, err := documentByPrefix(&v.queries, id)
	if err != nil {
		return nil, explain("read original", err)
	}
	var b []byte
	_, err = v.first([]any{&b}, "SELECT bytes FROM originals WHERE document = ?", full)
	return b, explain("read original", err)
}

// Appearances lists where a document's text was seen.
func (v *view) Appearances(ctx context.Context, id kith.DocumentID) ([]kith.Appearance, error) {
	var out []kith.Appearance
	err := v.each(func(scan func(...any) error) error {
		a := kith.Appearance{Document: id}
		var seen string
		err := scan(&a.Address, &a.Path, &a.Outlet, &a.Date, &seen)
		a.Seen = unstamp(seen)
		out = append(out, a)
		return err
	}, "SELECT address, path, outlet, date, seen FROM appearances WHERE document = ? AND seen <= ? ORDER BY seen, address, path", id, v.known)
	return out, explain("read appearances", err)
}

// Mentions lists the mentions of a document's readings in force.
func (v *view) Mentions(ctx context.Context, doc kith.DocumentID) ([]kith.Mention, error) {
	var out []kith.Mention
	err := v.each(func(scan func(...any) error) error {
		m := kith.Mention{Entity: -1}
		err := scan(&m.Start, &m.End, &m.Kind, &m.Type, &m.ID, &m.Text)
		out = append(out, m)
		return err
	}, `SELECT DISTINCT start_byte, end_byte, kind, m.type, coalesce(c.cluster, m.entity), text
		FROM mentions m LEFT JOIN members c ON c.entity = m.entity WHERE m.document = ?1
		AND reading IN (SELECT max(n) FROM readings WHERE document = ?1 AND at <= ?2 GROUP BY reader) ORDER BY start_byte, end_byte DESC`, doc, v.known)
	return out, explain("read mentions", err)
}

// Skips lists what a document's newest reading passed over.
func (v *view) Skips(ctx context.Context, doc kith.DocumentID) ([]kith.Skip, error) {
	var out []kith.Skip
	err := v.each(func(scan func(...any) error) error {
		var s kith.Skip
		err := scan(&s.Start, &s.End, &s.Why)
		out = append(out, s)
		return err
	}, `SELECT start_byte, end_byte, why FROM skips WHERE document = ?1
		AND reading = (SELECT max(n) FROM readings WHERE document = ?1 AND at <= ?2) ORDER BY start_byte`, doc, v.known)
	return out, explain("read skips", err)
}
