package main

import (
	"fmt"
	"sort"

	"kith"
	"kith/store"
)

// rateCmd gives an outlet or author a reliability; without one it lists them.
type rateCmd struct {
	signed
	clocks
	Outlet      string `arg:"" optional:"" help:"An outlet or an author."`
	Reliability string `arg:"" optional:"" help:"From 0 (never right) to 1 (always right)."`
}

func (c *rateCmd) Run(e *env) error {
	if c.Outlet == "" {
		v, done, err := e.view(c.clocks)
		if err != nil {
			return err
		}
		defer done()
		return listRatings(e, v)
	}
	if err := c.clocks.none("rate"); err != nil {
		return err
	}
	return e.deciding(func(s *store.Store, v kith.View) error {
		if c.Reliability == "" {
			return usage{fmt.Errorf("rate %s: give a reliability from 0 to 1", c.Outlet)}
		}
		d := c.signed.decision(kith.Rate)
		d.Outlet, d.Value = c.Outlet, c.Reliability
		if err := s.Decide(e.ctx, d); err != nil {
			return err
		}
		e.decided(d, fmt.Sprintf("%s is rated %s", clean(c.Outlet), c.Reliability))
		return nil
	})
}

func listRatings(e *env, v kith.View) error {
	ratings, err := v.Reliability(e.ctx)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(ratings))
	for name := range ratings {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if _, err := fmt.Fprintf(e.out, "%.2f  %s\n", ratings[name], clean(name)); err != nil {
			return err
		}
	}
	if len(names) == 0 {
		e.note("Nothing is rated.")
	}
	return nil
}
