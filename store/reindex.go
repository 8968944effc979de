package store

import (
	"context"
	"maps"
	"slices"

	"kith"
)

// Reindex throws away all that is derived and derives it anew, in one
// transaction: which claims are shown, which entities are one, names, what
// copies are found by, and both full-text indexes. tell says what resolution
// compares of the entities of a reading; nothing is judged anew.
func (s *Store) Reindex(ctx context.Context, tell func(*kith.Reading) []kith.Profile) error {
	return s.write(ctx, "rebuild the index", func(t *tx) error {
		for _, table := range append(matchTables[:2:2], append(pastTables, "local_names", "sketches")...) {
			if err := t.exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		if err := pastUndone(&t.queries, forever); err != nil {
			return err
		}
		d, err := deriveAll(&t.queries, forever)
		if err != nil {
			return err
		}
		if err := t.rewriteNames(d); err != nil {
			return err
		}
		if err := t.retell(ctx, tell); err != nil {
			return err
		}
		if err := rebuildTraits(&t.queries, ""); err != nil {
			return err
		}
		return t.exec("INSERT INTO search (search) VALUES ('rebuild')")
	})
}

// rewriteNames fills local_names and what names are suggested from.
func (t *tx) rewriteNames(d *derivation) error {
	names := &rows{into: "INSERT INTO local_names (entity, folded, name, chosen, main)", columns: 5}
	words := map[string]bool{}
	for i, m := range d.of {
		if m.first == 0 {
			continue
		}
		for _, n := range m.names {
			names.add(string(d.members.nodes[i]), n.folded, n.name, n.chosen, n.main)
			words[n.folded] = true
		}
	}
	if err := names.each(t.exec); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM dictionary"); err != nil {
		return err
	}
	dictionary := &rows{into: "INSERT INTO dictionary (folded)", columns: 1}
	for _, w := range slices.Sorted(maps.Keys(words)) {
		dictionary.add(w)
	}
	if err := dictionary.each(t.exec); err != nil {
		return err
	}
	return t.exec("INSERT INTO near_names (near_names) VALUES ('rebuild')")
}

// retell derives again what each document's entities are resolved by, and what
// its copies are found by. Documents that wait to be resolved have told
// nothing yet; entities that only earlier readings have keep what they told.
func (t *tx) retell(ctx context.Context, tell func(*kith.Reading) []kith.Profile) error {
	docs, err := column[kith.DocumentID](&t.queries, "SELECT id FROM documents ORDER BY at, id")
	if err != nil {
		return err
	}
	pending, err := column[kith.DocumentID](&t.queries, "SELECT document FROM pending")
	if err != nil {
		return err
	}
	traits := &rows{into: "INSERT OR REPLACE INTO local_traits (entity, traits)", columns: 2}
	sketches := &rows{into: "INSERT OR IGNORE INTO sketches (hash, document)", columns: 2}
	for _, doc := range docs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r, err := t.newestReading(doc)
		if err != nil {
			return err
		}
		if !slices.Contains(pending, doc) {
			for _, p := range tell(r) {
				traits.add(string(p.Entity), formatTraits(plainTraits(p.Traits)))
			}
		}
		if !isRow(&r.Document) {
			for _, h := range sample(shingle(r.Document.Text)) {
				sketches.add(int64(h), string(doc))
			}
		}
	}
	if err := traits.each(t.exec); err != nil {
		return err
	}
	return sketches.each(t.exec)
}
