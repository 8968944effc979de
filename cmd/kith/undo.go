package main

import (
	"errors"
	"fmt"
	"strings"

	"kith"
	"kith/store"
)

// undoCmd takes back a decision: the one named, or the newest in force.
type undoCmd struct {
	signed
	Decision string `arg:"" optional:"" help:"Id of the decision, or the start of one; the newest of all if not given. Undoing an undo puts the decision back."`
}

func (c *undoCmd) Run(e *env) error {
	return e.deciding(func(s *store.Store, v kith.View) error {
		meant, err := c.meant(e, v)
		if err != nil {
			return err
		}
		d := c.signed.decision(kith.Undo)
		d.Undoes = meant.ID
		if err := s.Decide(e.ctx, d); err != nil {
			return err
		}
		e.decided(d, "taken back: "+decisionLine(meant))
		return nil
	})
}

func (c *undoCmd) meant(e *env, v kith.View) (*kith.Decision, error) {
	for d, err := range v.Decisions(e.ctx, kith.DecisionFilter{}) {
		if err != nil {
			return nil, err
		}
		if c.Decision != "" && strings.HasPrefix(string(d.ID), c.Decision) {
			return &d, nil
		}
		if c.Decision == "" && !d.Undone && d.Action != kith.Undo && d.Action != kith.Forget {
			return &d, nil
		}
	}
	if c.Decision != "" {
		return nil, fmt.Errorf("undo %s: %w; list decisions with: kith history", c.Decision, kith.ErrNotFound)
	}
	return nil, errors.New("undo: no decision is in force")
}

// decisionLine says in one line what was decided.
func decisionLine(d *kith.Decision) string {
	parts := []string{string(d.Action)}
	switch {
	case d.Undoes != "":
		parts = append(parts, "of", short(string(d.Undoes)))
	case d.ClaimID != "":
		parts = append(parts, "claim", short(string(d.ClaimID)))
	case d.Document != "":
		parts = append(parts, "document", short(string(d.Document)))
	case d.Outlet != "":
		parts = append(parts, clean(d.Outlet))
	}
	for _, id := range d.Entities {
		parts = append(parts, short(string(id)))
	}
	if d.Value != "" {
		parts = append(parts, "“"+clean(d.Value)+"”")
	}
	if d.Correction != nil {
		parts = append(parts, "to:", claimLine(d.Correction))
	}
	return strings.Join(parts, " ")
}
