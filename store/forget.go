package store

import (
	"context"
	"fmt"

	"kith"
)

// Forget removes a document; see kith.Store.
func (s *Store) Forget(ctx context.Context, doc kith.DocumentID, by, why string) error {
	return s.forget(ctx, &kith.Decision{Action: kith.Forget, Document: doc, By: by, Why: why})
}

func (s *Store) forget(ctx context.Context, d *kith.Decision) error {
	done := *d
	err := s.write(ctx, "forget document "+string(d.Document), func(t *tx) error {
		done = *d
		return t.forget(&done)
	})
	if err == nil {
		*d = done
	}
	return err
}

func (t *tx) forget(d *kith.Decision) error {
	if d.By == "" {
		return fmt.Errorf("%w: it does not say by whom", kith.ErrInvalid)
	}
	if d.At.IsZero() {
		d.At = unstamp(t.at)
	}
	full, err := documentByPrefix(&t.queries, d.Document)
	if err != nil {
		return err
	}
	d.Document = full
	if _, err := t.first([]any{&d.Value}, "SELECT title FROM documents WHERE id = ?", full); err != nil {
		return err
	}
	if err := t.number(d); err != nil {
		return err
	}
	if err := t.record(d); err != nil {
		return err
	}
	return t.erase(full)
}

// erase removes a document with all that hangs on it. Its entities' ids stay
// in judgements, since they may be what ties other documents' entities
// together; nothing else of it does.
func (t *tx) erase(doc kith.DocumentID) error {
	folded, seeds, err := t.eraseMembers(doc)
	if err != nil {
		return err
	}
	older, err := column[kith.DocumentID](&t.queries, "SELECT replaces FROM versions WHERE document = ?", doc)
	if err != nil {
		return err
	}
	if err := t.eraseCopies(doc); err != nil {
		return err
	}
	for _, step := range []string{
		"DELETE FROM visible WHERE document = ?",
		"DELETE FROM claims WHERE document = ?",
		"DELETE FROM mentions WHERE document = ?",
		"UPDATE judgements SET reasons = '[]' WHERE a IN (SELECT id FROM entities WHERE document = ?1) OR b IN (SELECT id FROM entities WHERE document = ?1)",
		"DELETE FROM entities WHERE document = ?",
		"DELETE FROM skips WHERE document = ?",
		"DELETE FROM readings WHERE document = ?",
		"DELETE FROM appearances WHERE document = ?",
		"DELETE FROM originals WHERE document = ?",
		"INSERT INTO search (search, rowid, text) SELECT 'delete', n, text FROM passage_texts WHERE document = ?",
		"DELETE FROM passages WHERE document = ?",
		"DELETE FROM sketches WHERE document = ?",
		"DELETE FROM anchors WHERE document = ?1 OR from_document = ?1",
		"DELETE FROM versions WHERE document = ?1 OR replaces = ?1",
		"DELETE FROM carried WHERE document = ?",
		"DELETE FROM pending WHERE document = ?",
		"UPDATE decisions SET correction = '' WHERE document = ?",
		"DELETE FROM documents WHERE id = ?",
	} {
		if err := t.exec(step, doc); err != nil {
			return err
		}
	}
	if err := t.purgeDictionary(folded); err != nil {
		return err
	}
	if len(seeds) > 0 {
		if err := t.refold(seeds); err != nil {
			return err
		}
	}
	for _, d := range older {
		if err := t.refresh(d); err != nil {
			return err
		}
	}
	return nil
}

// eraseMembers takes the document's entities out of their clusters. It
// returns their names, and those of them that judgements know.
func (t *tx) eraseMembers(doc kith.DocumentID) ([]string, []kith.EntityID, error) {
	folded, err := column[string](&t.queries, "SELECT DISTINCT folded FROM local_names WHERE entity IN (SELECT entity FROM members WHERE document = ?)", doc)
	if err != nil {
		return nil, nil, err
	}
	ids, err := column[kith.EntityID](&t.queries, "SELECT entity FROM members WHERE document = ?", doc)
	if err != nil {
		return nil, nil, err
	}
	var seeds []kith.EntityID
	for _, id := range ids {
		var judged bool
		if _, err := t.first([]any{&judged}, "SELECT EXISTS (SELECT 1 FROM judgements WHERE a = ?1) OR EXISTS (SELECT 1 FROM judgements WHERE b = ?1)", id); err != nil {
			return nil, nil, err
		}
		if judged {
			seeds = append(seeds, id)
		}
		steps := []string{"DELETE FROM local_names WHERE entity = ?", "DELETE FROM local_traits WHERE entity = ?"}
		if judged {
			steps = append(steps, "UPDATE members SET first = 0, document = '', alive = 0, claims = 0 WHERE entity = ?")
		} else {
			steps = append(steps, "DELETE FROM members WHERE entity = ?", "DELETE FROM clusters WHERE id = ?",
				"DELETE FROM names WHERE cluster = ?", "DELETE FROM keys WHERE cluster = ?", "DELETE FROM profiles WHERE cluster = ?")
		}
		for _, step := range steps {
			if err := t.exec(step, id); err != nil {
				return nil, nil, err
			}
		}
	}
	return folded, seeds, nil
}

// eraseCopies gives the copies of a document another original.
func (t *tx) eraseCopies(doc kith.DocumentID) error {
	if err := t.exec("DELETE FROM copies WHERE document = ?", doc); err != nil {
		return err
	}
	var heir kith.DocumentID
	found, err := t.first([]any{&heir}, "SELECT document FROM copies WHERE original = ? ORDER BY at, document LIMIT 1", doc)
	if err != nil || !found {
		return err
	}
	if err := t.exec("DELETE FROM copies WHERE document = ?", heir); err != nil {
		return err
	}
	return t.exec("UPDATE copies SET original = ? WHERE original = ?", heir, doc)
}

// purgeDictionary removes names that no entity has any more.
func (t *tx) purgeDictionary(folded []string) error {
	if err := t.runLate(); err != nil { // what is taken out must have been put in
		return err
	}
	for _, name := range folded {
		var n int64
		gone, err := t.first([]any{&n}, "SELECT n FROM dictionary WHERE folded = ?1 AND NOT EXISTS (SELECT 1 FROM local_names WHERE folded = ?1)", name)
		if err != nil {
			return err
		}
		if !gone {
			continue
		}
		if err := t.exec("INSERT INTO near_names (near_names, rowid, folded) VALUES ('delete', ?, ?)", n, name); err != nil {
			return err
		}
		if err := t.exec("DELETE FROM dictionary WHERE n = ?", n); err != nil {
			return err
		}
	}
	return nil
}
