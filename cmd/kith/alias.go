package main

import (
	"fmt"

	"kith"
	"kith/store"
)

// aliasCmd gives an entry another name.
type aliasCmd struct {
	signed
	Name   string `arg:"" help:"Name or id of the entry."`
	Alias  string `arg:"" help:"The other name."`
	Rename bool   `help:"Show the entry by this name from now on."`
}

func (c *aliasCmd) Run(e *env) error {
	return e.deciding(func(s *store.Store, v kith.View) error {
		entity, err := v.Find(e.ctx, c.Name)
		if err != nil {
			return err
		}
		action, done := kith.Alias, "%s is found as %s, too"
		if c.Rename {
			action, done = kith.Rename, "%s is shown as %s"
		}
		d := c.signed.decision(action)
		d.Entities, d.Value = []kith.EntityID{entity.ID}, c.Alias
		if err := s.Decide(e.ctx, d); err != nil {
			return err
		}
		e.decided(d, fmt.Sprintf(done, clean(entity.Name), clean(c.Alias)))
		return nil
	})
}
