package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"

	"kith"
	"kith/store"
)

// signed are the flags of every command that decides something.
type signed struct {
	By  string `help:"Who decides; your user name if not given." env:"KITH_USER" placeholder:"NAME"`
	Why string `help:"Why." placeholder:"TEXT"`
}

func (s signed) name() string {
	return cmp.Or(s.By, os.Getenv("USER"), os.Getenv("USERNAME"), whoDecides(""))
}

// decision starts a decision by whoever signs.
func (s signed) decision(action kith.Action) *kith.Decision {
	return &kith.Decision{Action: action, By: s.name(), Why: s.Why}
}

// existing opens the store that must be there.
func (e *env) existing() (*store.Store, error) {
	path, err := e.path()
	if err != nil {
		return nil, err
	}
	s, err := store.Open(path, store.Options{MustExist: true})
	if errors.Is(err, kith.ErrNotFound) {
		return nil, fmt.Errorf("open store %s: there is none yet; make one with: kith add FILE", path)
	}
	return s, err
}

// deciding opens the store for a decision, with a view to look things up in.
func (e *env) deciding(do func(*store.Store, kith.View) error) error {
	return e.decidingAt(kith.AsOf{}, do)
}

// decidingAt is deciding on what stands, or stood, in the view of a time.
func (e *env) decidingAt(at kith.AsOf, do func(*store.Store, kith.View) error) error {
	s, err := e.existing()
	if err != nil {
		return err
	}
	defer s.Close()
	v, err := s.View(e.ctx, at)
	if err != nil {
		return err
	}
	defer v.Close()
	return do(s, v)
}

// decided says what was decided and how to take it back.
func (e *env) decided(d *kith.Decision, what string) {
	e.note("%s (decision %s; take it back with: kith undo %s)", what, short(string(d.ID)), short(string(d.ID)))
}

// acceptCmd and rejectCmd review claims.
type acceptCmd struct {
	signed
	Claims []string `arg:"" name:"claim" help:"Ids of claims, or the starts of them."`
}

func (c *acceptCmd) Run(e *env) error { return reviewAll(e, c.signed, kith.Accept, c.Claims) }

type rejectCmd struct {
	signed
	Claims []string `arg:"" name:"claim" help:"Ids of claims, or the starts of them."`
}

func (c *rejectCmd) Run(e *env) error { return reviewAll(e, c.signed, kith.Reject, c.Claims) }

func reviewAll(e *env, by signed, action kith.Action, ids []string) error {
	return e.deciding(func(s *store.Store, v kith.View) error {
		for _, id := range ids {
			claim, err := v.Claim(e.ctx, kith.ClaimID(id))
			if err != nil {
				return err
			}
			d := by.decision(action)
			d.ClaimID = claim.ID
			if err := s.Decide(e.ctx, d); err != nil {
				return err
			}
			e.decided(d, fmt.Sprintf("%sed: %s", action, claimLine(claim)))
		}
		return nil
	})
}
