package main

import (
	"kith"
	"kith/store"
)

// reindexCmd derives again all that the store derives from what was read and
// decided.
type reindexCmd struct{}

func (c *reindexCmd) Run(e *env) error {
	resolver, err := e.resolver()
	if err != nil {
		return err
	}
	return e.deciding(func(s *store.Store, v kith.View) error {
		if err := s.Reindex(e.ctx, resolver.Profiles); err != nil {
			return err
		}
		counts, err := v.Counts(e.ctx)
		if err != nil {
			return err
		}
		e.note("The index of %d documents is rebuilt. What was read and decided is as it was.", counts.Documents)
		return nil
	})
}
