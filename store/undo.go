package store

import (
	"fmt"

	"kith"
)

// undo takes a decision out of force. Undoing an undo puts it back.
func (t *tx) undo(d *kith.Decision) error {
	id, action, err := t.decisionByPrefix(d.Undoes)
	if err != nil {
		return err
	}
	d.Undoes = id
	if action == kith.Forget {
		return fmt.Errorf("%w: a forgotten document is gone; add it again", kith.ErrInvalid)
	}
	var one int
	if already, err := t.first([]any{&one}, "SELECT 1 FROM undone WHERE decision = ?", id); err != nil {
		return err
	} else if already {
		return fmt.Errorf("%w: decision %s is undone already", kith.ErrInvalid, id)
	}
	if err := t.record(d); err != nil {
		return err
	}
	return t.reconsider(id)
}

func (t *tx) decisionByPrefix(id kith.DecisionID) (kith.DecisionID, kith.Action, error) {
	type row struct {
		id     kith.DecisionID
		action kith.Action
	}
	var rows []row
	err := t.each(func(scan func(...any) error) error {
		var r row
		err := scan(&r.id, &r.action)
		rows = append(rows, r)
		return err
	}, "SELECT id, action FROM decisions WHERE ?1 <> '' AND id >= ?1 AND id < ?1 || '{' LIMIT 2", id)
	switch {
	case err != nil:
		return "", "", err
	case len(rows) == 0:
		return "", "", fmt.Errorf("decision %s: %w", id, kith.ErrNotFound)
	case len(rows) > 1:
		return "", "", fmt.Errorf("decision %s: %w: give more of its id", id, kith.ErrAmbiguous)
	}
	return rows[0].id, rows[0].action, nil
}

// reconsider derives again whether a decision is in force, and follows the
// change to whatever it undid or decided.
func (t *tx) reconsider(id kith.DecisionID) error {
	for id != "" {
		var undone, was bool
		if _, err := t.first([]any{&undone, &was}, `SELECT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = ?1 AND u.undoes <> ''
			AND u.id NOT IN (SELECT decision FROM undone)), EXISTS (SELECT 1 FROM undone WHERE decision = ?1)`, id); err != nil {
			return err
		}
		if undone == was {
			return nil
		}
		query := "DELETE FROM undone WHERE decision = ?"
		if undone {
			query = "INSERT INTO undone (decision) VALUES (?)"
		}
		if err := t.exec(query, id); err != nil {
			return err
		}
		next, err := t.follow(id)
		if err != nil {
			return err
		}
		id = next
	}
	return nil
}

// follow brings up to date what a decision that came into force, or went out
// of it, changes. For an undo it returns the decision that it undid.
func (t *tx) follow(id kith.DecisionID) (kith.DecisionID, error) {
	var action kith.Action
	var doc kith.DocumentID
	var key kith.ClaimKey
	var undoes kith.DecisionID
	if _, err := t.first([]any{&action, &doc, &key, &undoes}, "SELECT action, document, claim_key, undoes FROM decisions WHERE id = ?", id); err != nil {
		return "", err
	}
	seeds, err := t.judged(id)
	if err != nil {
		return "", err
	}
	if len(seeds) > 0 {
		if err := t.refold(seeds); err != nil {
			return "", err
		}
	}
	switch action {
	case kith.Undo:
		return undoes, nil
	case kith.Accept, kith.Reject, kith.Correct:
		return "", t.refreshClaims(doc, key)
	case kith.Alias, kith.Rename:
		entities, err := column[kith.EntityID](&t.queries, "SELECT entity FROM decision_entities WHERE decision = ?", id)
		if err != nil {
			return "", err
		}
		for _, e := range entities {
			if err := t.renamed(e); err != nil {
				return "", err
			}
		}
	}
	return "", nil
}

// judged lists the entities that a decision's judgements are about.
func (t *tx) judged(id kith.DecisionID) ([]kith.EntityID, error) {
	return column[kith.EntityID](&t.queries, `SELECT a FROM judgements WHERE decision = ?1 AND decision <> ''
		UNION SELECT b FROM judgements WHERE decision = ?1 AND decision <> ''`, id)
}
