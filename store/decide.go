package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kith"
)

// Decide appends a decision and what follows from it; see kith.Store.
func (s *Store) Decide(ctx context.Context, d *kith.Decision) error {
	if d.Action == kith.Forget {
		return s.forget(ctx, d)
	}
	done := *d
	err := s.write(ctx, "store the decision to "+string(d.Action), func(t *tx) error {
		done = *d
		return t.decide(&done)
	})
	if err == nil {
		*d = done
	}
	return err
}

func (t *tx) decide(d *kith.Decision) error {
	if d.By == "" {
		return fmt.Errorf("%w: it does not say by whom", kith.ErrInvalid)
	}
	if d.At.IsZero() {
		d.At = unstamp(t.at)
	}
	if err := t.number(d); err != nil {
		return err
	}
	carry, ok := map[kith.Action]func(*kith.Decision) error{
		kith.Accept: t.review, kith.Reject: t.review, kith.Correct: t.correct,
		kith.Merge: t.merge, kith.Split: t.split, kith.Apart: t.apart,
		kith.Alias: t.name, kith.Rename: t.name, kith.Rate: t.rate, kith.Undo: t.undo,
	}[d.Action]
	if !ok {
		return fmt.Errorf("%w: unknown action %q", kith.ErrInvalid, d.Action)
	}
	return carry(d)
}

// number gives the decision an id that no other has.
func (t *tx) number(d *kith.Decision) error {
	if d.ID != "" {
		return nil
	}
	var n int64
	if _, err := t.first([]any{&n}, "SELECT coalesce(max(n), 0) FROM decisions"); err != nil {
		return err
	}
	d.ID = kith.DecisionID("x" + kith.Hash(string(d.Action), d.By, d.At.Format(time.RFC3339Nano), strconv.FormatInt(n, 10), toJSON(d)))
	return nil
}

// record writes the decision's row.
func (t *tx) record(d *kith.Decision) error {
	correction := ""
	if d.Correction != nil {
		correction = toJSON(d.Correction)
	}
	if err := t.exec(`INSERT INTO decisions (id, action, by, at, why, document, claim_key, claim, correction, entities, value, outlet, undoes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.ID, d.Action, d.By, stamp(d.At), d.Why, d.Document, d.Claim, d.ClaimID,
		correction, toJSON(d.Entities), d.Value, d.Outlet, d.Undoes); err != nil {
		return err
	}
	for _, e := range d.Entities {
		if err := t.exec("INSERT OR IGNORE INTO decision_entities (entity, decision) VALUES (?, ?)", e, d.ID); err != nil {
			return err
		}
	}
	return nil
}

// review records that a claim was accepted or rejected.
func (t *tx) review(d *kith.Decision) error {
	if _, err := t.target(d); err != nil {
		return err
	}
	if err := t.record(d); err != nil {
		return err
	}
	return t.refreshClaims(d.Document, d.Claim)
}

// target finds the claim that a decision is about and fills in its document,
// key and full id.
func (t *tx) target(d *kith.Decision) (*kith.Claim, error) {
	if d.ClaimID == "" && d.Claim == "" {
		return nil, fmt.Errorf("%w: it names no claim", kith.ErrInvalid)
	}
	id := d.ClaimID
	if id != "" {
		full, err := claimByPrefix(&t.queries, id)
		if err != nil {
			return nil, err
		}
		id = full
	}
	var c kith.Claim
	found := false
	err := t.each(func(scan func(...any) error) (err error) {
		found = true
		c, err = scanClaim(scan, &d.Claim)
		return err
	}, "SELECT "+claimColumns+`, c.key FROM claims c WHERE c.reading > 0 AND c.n = (SELECT max(n) FROM claims
		WHERE reading > 0 AND (?1 <> '' AND id = ?1 OR ?1 = '' AND key = ?2))`, id, d.Claim)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("claim %s%s: %w", d.ClaimID, d.Claim, kith.ErrNotFound)
	}
	d.ClaimID, d.Document = c.ID, c.Evidence.Document
	return &c, nil
}

// claimByPrefix completes the id of a claim that is shown, or was read.
func claimByPrefix(q *queries, id kith.ClaimID) (kith.ClaimID, error) {
	for _, query := range []string{
		"SELECT DISTINCT id FROM visible WHERE id >= ?1 AND id < ?1 || '{' LIMIT 2",
		"SELECT DISTINCT id FROM claims WHERE reading > 0 AND id >= ?1 AND id < ?1 || '{' LIMIT 2",
	} {
		ids, err := column[kith.ClaimID](q, query, id)
		if err != nil {
			return "", err
		}
		switch len(ids) {
		case 1:
			return ids[0], nil
		case 2:
			return "", fmt.Errorf("claim %s: %w: give more of its id", id, kith.ErrAmbiguous)
		}
	}
	return "", fmt.Errorf("claim %s: %w", id, kith.ErrNotFound)
}

// refreshClaims derives again the documents in which a key counts.
func (t *tx) refreshClaims(doc kith.DocumentID, key kith.ClaimKey) error {
	docs, err := column[kith.DocumentID](&t.queries, `WITH RECURSIVE keys (key, document) AS (
			SELECT ?1, ?2
			UNION
			SELECT c.key, c.document FROM keys k JOIN carried c ON c.from_key = k.key
		)
		SELECT DISTINCT document FROM keys`, key, doc)
	if err != nil {
		return err
	}
	for _, d := range docs {
		if err := t.refresh(d); err != nil {
			return err
		}
	}
	return nil
}

// name records an alias or a new name of an entity.
func (t *tx) name(d *kith.Decision) error {
	if len(d.Entities) != 1 || strings.TrimSpace(d.Value) == "" {
		return fmt.Errorf("%w: it needs one entity and a name", kith.ErrInvalid)
	}
	if _, err := t.living(d.Entities[0]); err != nil {
		return err
	}
	if err := t.record(d); err != nil {
		return err
	}
	return t.renamed(d.Entities[0])
}

// renamed brings up to date what an entity's names change.
func (t *tx) renamed(id kith.EntityID) error {
	if err := t.renameLocal(id); err != nil {
		return err
	}
	var doc kith.DocumentID
	if found, err := t.first([]any{&doc}, "SELECT document FROM members WHERE entity = ? AND first > 0", id); err != nil || !found {
		return err
	}
	return t.enliven(doc)
}

// living returns the cluster of an entity that some document in the store
// names.
func (t *tx) living(id kith.EntityID) (kith.EntityID, error) {
	var cluster kith.EntityID
	found, err := t.first([]any{&cluster}, "SELECT cluster FROM members WHERE entity = ? AND first > 0", id)
	if err == nil && !found {
		err = fmt.Errorf("entity %s: %w", id, kith.ErrNotFound)
	}
	return cluster, err
}

// rate records the reliability of an outlet or author.
func (t *tx) rate(d *kith.Decision) error {
	if v, err := strconv.ParseFloat(d.Value, 64); err != nil || !(v >= 0 && v <= 1) {
		return fmt.Errorf("%w: a reliability is a number from 0 to 1, not %q", kith.ErrInvalid, d.Value)
	}
	if kith.Fold(d.Outlet) == "" {
		return fmt.Errorf("%w: it names no outlet or author", kith.ErrInvalid)
	}
	return t.record(d)
}
