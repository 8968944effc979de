package main

import (
	"fmt"
	"strings"
	"time"

	"kith"
)

// historyCmd shows what was decided and judged, the newest first.
type historyCmd struct {
	clocks
	Of    string `arg:"" optional:"" name:"entity|claim" help:"A name, or the id of an entity or claim; everything if not given."`
	Limit int    `help:"At most so many." placeholder:"N"`
	JSON  bool   `help:"Print as JSON, one decision or judgement a line."`
}

func (c *historyCmd) Run(e *env) error {
	v, done, err := e.view(c.clocks)
	if err != nil {
		return err
	}
	defer done()
	filter := kith.DecisionFilter{Limit: c.Limit}
	var entity *kith.Entity
	if claim := c.claim(e, v); claim != nil {
		if !c.JSON {
			fmt.Fprintf(e.out, "%s  %s\n    “%s”\n", short(string(claim.ID)), claimLine(claim), oneLine(claim.Evidence.Quote))
		}
		filter.Claim = claim.Key()
		return c.ofClaim(e, v, filter, claim.ID)
	}
	if c.Of != "" {
		if entity, err = v.Find(e.ctx, c.Of); err != nil {
			return err
		}
		filter.Entity = entity.ID
	}
	n, err := c.decisions(e, v, filter, func(kith.Decision) bool { return true })
	if err != nil {
		return err
	}
	if entity != nil {
		judged, err := c.judgements(e, v, entity)
		if err != nil {
			return err
		}
		n += judged
	}
	if n == 0 {
		e.note("Nothing was decided.")
	}
	return nil
}

// claim is the claim that the argument names, if it names one.
func (c *historyCmd) claim(e *env, v kith.View) *kith.Claim {
	if len(c.Of) < 4 || c.Of[0] != 'c' || strings.ContainsAny(c.Of, " .") {
		return nil
	}
	claim, err := v.Claim(e.ctx, kith.ClaimID(c.Of))
	if err != nil {
		return nil
	}
	return claim
}

// ofClaim shows the decisions on a claim. One that was corrected may have
// another key than its correction, so that its id counts as well.
func (c *historyCmd) ofClaim(e *env, v kith.View, filter kith.DecisionFilter, id kith.ClaimID) error {
	for d, err := range v.Decisions(e.ctx, kith.DecisionFilter{}) {
		if err != nil {
			return err
		}
		if d.ClaimID == id {
			filter.Claim = d.Claim
			break
		}
	}
	n, err := c.decisions(e, v, filter, func(kith.Decision) bool { return true })
	if err == nil && n == 0 {
		e.note("Nothing was decided on it.")
	}
	return err
}

func (c *historyCmd) decisions(e *env, v kith.View, f kith.DecisionFilter, fits func(kith.Decision) bool) (int, error) {
	n := 0
	for d, err := range v.Decisions(e.ctx, f) {
		if err != nil {
			return n, err
		}
		if !fits(d) {
			continue
		}
		n++
		if c.JSON {
			err = e.json(d)
		} else {
			_, err = fmt.Fprintf(e.out, "%s  %s  %s: %s%s\n", short(string(d.ID)), minute(d.At), clean(d.By), decisionLine(&d), because(d))
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

func because(d kith.Decision) string {
	out := ""
	if d.Why != "" {
		out = " — " + oneLine(d.Why)
	}
	if d.Undone {
		out += " [undone]"
	}
	return out
}

func minute(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// judgements shows why the members of an entity are held to be one.
func (c *historyCmd) judgements(e *env, v kith.View, entity *kith.Entity) (int, error) {
	n := 0
	for j, err := range v.Judgements(e.ctx, kith.JudgementFilter{Entity: entity.ID, Limit: c.Limit}) {
		if err != nil {
			return n, err
		}
		n++
		if c.JSON {
			err = e.json(j)
		} else {
			_, err = fmt.Fprintf(e.out, "%s  %s  %s: %s and %s are %s (%.0f %%)%s\n", short(j.ID), minute(j.At), clean(j.By),
				short(string(j.A)), short(string(j.B)), verdictWords[j.Verdict], 100*j.Score, grounds(j.Reasons))
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

var verdictWords = map[kith.Verdict]string{kith.Same: "the same", kith.Different: "different", kith.Unsure: "perhaps the same"}

// grounds lists reasons with their weights, "+" for the same.
func grounds(reasons []kith.Reason) string {
	var out []string
	for _, r := range reasons {
		s := r.Feature
		if r.Weight != 0 {
			s += fmt.Sprintf(" %+.1f", r.Weight)
		}
		if r.Note != "" {
			s += " (" + clean(r.Note) + ")"
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return ""
	}
	return ": " + strings.Join(out, ", ")
}
