package store

import (
	"context"
	"strings"

	"kith"
)

// Put stores a reading with its document; see kith.Store.
func (s *Store) Put(ctx context.Context, r *kith.Reading) (kith.Added, error) {
	var added kith.Added
	checked, err := check(r)
	if err != nil {
		return added, explain("store document "+string(r.Document.ID), err)
	}
	err = s.write(ctx, "store document "+string(r.Document.ID), func(t *tx) error {
		added = kith.Added{}
		return t.put(checked, &added)
	})
	return added, err
}

func (t *tx) put(r *kith.Reading, added *kith.Added) error {
	at := stampOr(r.At, t.at)
	if err := t.putDocument(r, at, added); err != nil {
		return err
	}
	return t.putContent(r, at, added)
}

// putContent stores what was read in a document that is stored.
func (t *tx) putContent(r *kith.Reading, at string, added *kith.Added) error {
	n, err := t.putReading(r, at)
	if err != nil || n == 0 {
		return err
	}
	added.NewReading = true
	doc := r.Document.ID
	if added.Claims, err = t.countNew(r); err != nil {
		return err
	}
	if err := t.putParts(r, n); err != nil {
		return err
	}
	if err := t.exec("INSERT OR REPLACE INTO pending (document, n) VALUES (?, ?)", doc, n); err != nil {
		return err
	}
	if err := t.continueReading(r, n, at); err != nil {
		return err
	}
	if err := t.refresh(doc); err != nil {
		return err
	}
	return t.anchorVersions(r, at, added)
}

// putDocument stores the document where it is new, and where it was seen.
func (t *tx) putDocument(r *kith.Reading, at string, added *kith.Added) error {
	d := &r.Document
	fresh, err := t.run(`INSERT INTO documents (id, title, authors, outlet, date, address, path, format, language, original,
		pages, blocks, meta, at, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		documentValues(d, at)...)
	if err != nil {
		return err
	}
	added.New = fresh > 0
	if added.New {
		if r.Bytes != nil {
			if err := t.exec("INSERT OR REPLACE INTO originals (document, bytes) VALUES (?, ?)", d.ID, r.Bytes); err != nil {
				return err
			}
		}
		if err := t.putPassages(r); err != nil {
			return err
		}
		if err := t.putKin(d, at, added); err != nil {
			return err
		}
	} else if added.Known, err = t.otherAppearance(d); err != nil {
		return err
	}
	return t.exec(`INSERT INTO appearances (document, address, path, outlet, date, seen) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, d.ID, d.Address, d.Path, d.Outlet, d.Date, at)
}

// documentAt is where the time stands in documentValues.
const documentAt = 13

// documentValues are the columns of a document, in the order of the table.
func documentValues(d *kith.Document, at string) []any {
	return []any{string(d.ID), d.Title, toJSON(d.Authors), d.Outlet, string(d.Date), d.Address, d.Path, d.Format, d.Language, d.Original,
		toJSON(d.Pages), toJSON(d.Blocks), toJSON(d.Meta), at, d.Text}
}

// otherAppearance is where the very same text was seen before, if elsewhere.
func (t *tx) otherAppearance(d *kith.Document) (*kith.Appearance, error) {
	a := kith.Appearance{Document: d.ID}
	var seen string
	found, err := t.first([]any{&a.Address, &a.Path, &a.Outlet, &a.Date, &seen},
		`SELECT address, path, outlet, date, seen FROM appearances
		WHERE document = ? AND NOT (address = ? AND path = ?) ORDER BY seen LIMIT 1`, d.ID, d.Address, d.Path)
	if err != nil || !found {
		return nil, err
	}
	a.Seen = unstamp(seen)
	return &a, nil
}

// putReading adds the reading's row and returns its number, or 0 where the
// store has this very reading.
func (t *tx) putReading(r *kith.Reading, at string) (int64, error) {
	return t.insert(`INSERT INTO readings (document, extractor, reader, digest, sentences, words, at)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		r.Document.ID, r.Extractor, reader(r.Extractor), digest(r), r.Sentences, r.Words, at)
}

// countNew counts the claims that no earlier reading of the document made.
func (t *tx) countNew(r *kith.Reading) (int, error) {
	ids, err := column[kith.ClaimID](&t.queries, "SELECT id FROM claims WHERE document = ? AND reading > 0", r.Document.ID)
	if err != nil {
		return 0, err
	}
	had := make(map[kith.ClaimID]bool, len(ids))
	for _, id := range ids {
		had[id] = true
	}
	fresh := 0
	for _, c := range r.Claims {
		if !had[c.ID] {
			fresh++
		}
	}
	return fresh, nil
}

func (t *tx) putParts(r *kith.Reading, n int64) error {
	doc := r.Document.ID
	for _, s := range r.Skips {
		if err := t.exec("INSERT INTO skips (document, reading, start_byte, end_byte, why) VALUES (?, ?, ?, ?, ?)",
			doc, n, s.Start, s.End, s.Why); err != nil {
			return err
		}
	}
	for _, e := range r.Entities {
		if err := t.putEntity(doc, n, e); err != nil {
			return err
		}
	}
	if err := t.putMentions(r, n); err != nil {
		return err
	}
	for i := range r.Claims {
		if err := t.putClaim(&r.Claims[i], r.Document.Date, n, "", r.Claims[i].Key()); err != nil {
			return err
		}
	}
	return nil
}

// putMentions adds all mentions by one statement: they are many.
func (t *tx) putMentions(r *kith.Reading, n int64) error {
	rows := make([][6]any, len(r.Mentions))
	for i, m := range r.Mentions {
		rows[i] = [6]any{m.Start, m.End, m.Kind, m.Type, m.ID, m.Text}
	}
	return t.exec(`INSERT INTO mentions (document, reading, start_byte, end_byte, kind, type, entity, text)
		SELECT ?1, ?2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?3)`,
		r.Document.ID, n, toJSON(rows))
}

// putEntity adds an entity's row and makes it a cluster of its own where it
// is new to the store.
func (t *tx) putEntity(doc kith.DocumentID, reading int64, e kith.Entity) error {
	n, err := t.insert(`INSERT INTO entities (document, reading, id, name, type, unnamed, aliases, identifiers)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		doc, reading, e.ID, e.Name, e.Type, e.Unnamed, toJSON(e.Aliases), toJSON(e.Identifiers))
	if err != nil || n == 0 {
		return err
	}
	return t.admit(doc, e, n)
}

// putPassages indexes the document's sentences, or its lines, for search.
func (t *tx) putPassages(r *kith.Reading) error {
	for _, p := range passagesOf(r) {
		n, err := t.insert("INSERT INTO passages (document, start_byte, end_byte) VALUES (?, ?, ?)", r.Document.ID, p.Start, p.End)
		if err != nil {
			return err
		}
		t.later("INSERT INTO search (rowid, text) VALUES (?, ?)", n, p.Cut(r.Document.Text))
	}
	return nil
}

// passagesOf are the sentences of a reading, or its lines, but for empty ones.
func passagesOf(r *kith.Reading) []kith.Span {
	passages := r.Passages
	if passages == nil {
		passages = lines(r.Document.Text)
	}
	var out []kith.Span
	for _, p := range passages {
		if strings.TrimSpace(p.Cut(r.Document.Text)) != "" {
			out = append(out, p)
		}
	}
	return out
}

// longestPassage bounds what one hit of a search can show, in bytes.
const longestPassage = 2000

// lines cuts a text at line ends, and longer lines at spaces.
func lines(text string) []kith.Span {
	var out []kith.Span
	for start := 0; start < len(text); {
		end := start + strings.IndexByte(text[start:], '\n')
		if end < start {
			end = len(text)
		}
		stop := end
		if end-start > longestPassage {
			stop = start + longestPassage
			if space := strings.LastIndexByte(text[start:stop], ' '); space > 0 {
				stop = start + space
			}
			for stop < end && text[stop]&0xc0 == 0x80 {
				stop++
			}
		}
		if stop > start {
			out = append(out, kith.Span{Start: start, End: stop})
		}
		start = max(stop, start)
		if stop == end {
			start = end + 1
		}
	}
	return out
}
