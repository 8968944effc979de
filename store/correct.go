package store

import (
	"fmt"

	"kith"
)

// correct records what a claim should say.
func (t *tx) correct(d *kith.Decision) error {
	was, err := t.target(d)
	if err != nil {
		return err
	}
	if d.Correction == nil {
		return fmt.Errorf("%w: it does not say what the claim should be", kith.ErrInvalid)
	}
	var text string
	var said kith.Date
	if _, err := t.first([]any{&text, &said}, "SELECT text, date FROM documents WHERE id = ?", d.Document); err != nil {
		return err
	}
	c := *d.Correction
	if c.Evidence.Quote == "" {
		c.Evidence = was.Evidence
	}
	if c.Evidence.Document != d.Document {
		return fmt.Errorf("%w: the correction's quote is of document %q, the claim's of %s", kith.ErrInvalid, c.Evidence.Document, d.Document)
	}
	c.Extractor, c.Review, c.Superseded = was.Extractor, kith.Corrected, false
	if c.Confidence == 0 {
		c.Confidence = 1
	}
	if err := t.record(&kith.Decision{ID: d.ID, Action: d.Action, By: d.By, At: d.At, Why: d.Why, Document: d.Document,
		Claim: d.Claim, ClaimID: d.ClaimID, Correction: &c}); err != nil {
		return err
	}
	if err := t.localEnds(d, &c); err != nil {
		return err
	}
	if err := c.Check(text); err != nil {
		return fmt.Errorf("%w: %w", kith.ErrInvalid, err)
	}
	c.Seal()
	d.Correction = &c
	if err := t.exec("UPDATE decisions SET correction = ? WHERE id = ?", toJSON(c), d.ID); err != nil {
		return err
	}
	if err := t.putClaim(&c, said, 0, d.ID, d.Claim); err != nil {
		return err
	}
	return t.refreshClaims(d.Document, d.Claim)
}

// localEnds makes the ends of a correction entities of the claim's document.
func (t *tx) localEnds(d *kith.Decision, c *kith.Claim) error {
	for _, end := range c.Ends() {
		if err := t.localEnd(d, end); err != nil {
			return err
		}
	}
	return nil
}

// localEnd finds the entity of the decision's document that a reference
// means, or adds one that is judged the same as the entity referred to.
func (t *tx) localEnd(d *kith.Decision, end *kith.EntityRef) error {
	if end.ID == "" {
		if end.Name == "" || end.Type == "" {
			return fmt.Errorf("%w: an end of the correction needs an id, or a name and a type", kith.ErrInvalid)
		}
		found, err := t.first([]any{&end.ID}, `SELECT e.id FROM entities e JOIN members m ON m.entity = e.id
			WHERE e.document = ? AND e.name = ? AND e.type = ? ORDER BY m.alive DESC, e.n LIMIT 1`, d.Document, end.Name, end.Type)
		if err != nil || found {
			return err
		}
		return t.newEnd(d, end)
	}
	cluster, err := t.living(end.ID)
	if err != nil {
		return err
	}
	if end.Name == "" || end.Type == "" {
		var name, kind string
		if _, err := t.first([]any{&name, &kind}, "SELECT name, type FROM clusters WHERE id = ?", cluster); err != nil {
			return err
		}
		if end.Name == "" {
			end.Name = name
		}
		end.Type = kith.EntityType(kind)
	}
	var local kith.EntityID
	found, err := t.first([]any{&local}, `SELECT entity FROM members WHERE cluster = ? AND document = ?
		ORDER BY entity = ? DESC, alive DESC, first LIMIT 1`, cluster, d.Document, end.ID)
	if err != nil {
		return err
	}
	if found {
		end.ID = local
		return nil
	}
	meant := end.ID
	if err := t.newEnd(d, end); err != nil {
		return err
	}
	_, err = t.judge([]kith.Judgement{ruling(d, end.ID, meant, kith.Same)})
	return err
}

// newEnd adds an entity that no reading of the document has.
func (t *tx) newEnd(d *kith.Decision, end *kith.EntityRef) error {
	for rank := 0; ; rank++ {
		id := kith.NewEntityID(d.Document, end.Name, end.Type, rank)
		var one int
		taken, err := t.first([]any{&one}, "SELECT 1 FROM entities WHERE id = ? LIMIT 1", id)
		if err != nil {
			return err
		}
		if !taken {
			end.ID = id
			return t.putEntity(d.Document, 0, kith.Entity{ID: id, Name: end.Name, Type: end.Type})
		}
	}
}
