package store

import (
	"fmt"

	"kith"
)

// merge makes the clusters of all the decision's entities one.
func (t *tx) merge(d *kith.Decision) error {
	if len(d.Entities) < 2 {
		return fmt.Errorf("%w: merging needs two entities", kith.ErrInvalid)
	}
	var all []kith.EntityID
	var js []kith.Judgement
	for _, e := range d.Entities {
		cluster, err := t.living(e)
		if err != nil {
			return err
		}
		members, err := column[kith.EntityID](&t.queries, "SELECT entity FROM members WHERE cluster = ? ORDER BY first", cluster)
		if err != nil {
			return err
		}
		all = append(all, members...)
		if e != d.Entities[0] {
			js = append(js, ruling(d, e, d.Entities[0], kith.Same))
		}
	}
	if err := t.record(d); err != nil {
		return err
	}
	if _, err := t.judge(js); err != nil {
		return err
	}
	return t.gather(d, d.Entities[0], all)
}

// split takes Entities[1:] together out of the cluster of Entities[0].
func (t *tx) split(d *kith.Decision) error {
	if len(d.Entities) < 2 {
		return fmt.Errorf("%w: splitting needs an entity and members to take out of it", kith.ErrInvalid)
	}
	cluster, err := t.living(d.Entities[0])
	if err != nil {
		return err
	}
	out := map[kith.EntityID]bool{}
	for _, e := range d.Entities[1:] {
		c, err := t.living(e)
		if err != nil {
			return err
		}
		if c != cluster {
			return fmt.Errorf("%w: %s is no member of %s", kith.ErrInvalid, e, d.Entities[0])
		}
		out[e] = true
	}
	members, err := column[kith.EntityID](&t.queries, "SELECT entity FROM members WHERE cluster = ? ORDER BY first = 0, first", cluster)
	if err != nil {
		return err
	}
	var rest []kith.EntityID
	for _, m := range members {
		if !out[m] {
			rest = append(rest, m)
		}
	}
	if len(rest) == 0 {
		return fmt.Errorf("%w: nothing would be left of %s", kith.ErrInvalid, d.Entities[0])
	}
	anchor := rest[0]
	if !out[d.Entities[0]] {
		anchor = d.Entities[0]
	}
	if err := t.record(d); err != nil {
		return err
	}
	js := []kith.Judgement{ruling(d, anchor, d.Entities[1], kith.Different)}
	for _, e := range d.Entities[2:] {
		if e != d.Entities[1] {
			js = append(js, ruling(d, d.Entities[1], e, kith.Same))
		}
	}
	if _, err := t.judge(js); err != nil {
		return err
	}
	return t.gather(d, anchor, rest)
}

// apart holds the decision's entities apart from each other.
func (t *tx) apart(d *kith.Decision) error {
	if len(d.Entities) < 2 {
		return fmt.Errorf("%w: holding apart needs two entities", kith.ErrInvalid)
	}
	var js []kith.Judgement
	for i, a := range d.Entities {
		if _, err := t.living(a); err != nil {
			return err
		}
		for _, b := range d.Entities[:i] {
			js = append(js, ruling(d, a, b, kith.Different))
		}
	}
	if err := t.record(d); err != nil {
		return err
	}
	_, err := t.judge(js)
	return err
}

// gather adds what is still needed for all of ids to stand in the cluster of
// anchor: judgements older than the decision may hold some of them elsewhere.
func (t *tx) gather(d *kith.Decision, anchor kith.EntityID, ids []kith.EntityID) error {
	home, err := t.clusterOf(anchor)
	if err != nil {
		return err
	}
	var js []kith.Judgement
	for _, id := range ids {
		cluster, err := t.clusterOf(id)
		if err != nil {
			return err
		}
		if cluster != home {
			js = append(js, ruling(d, anchor, id, kith.Same))
		}
	}
	if js == nil {
		return nil
	}
	_, err = t.judge(js)
	return err
}

// ruling is a judgement that follows from a decision.
func ruling(d *kith.Decision, a, b kith.EntityID, verdict kith.Verdict) kith.Judgement {
	score := 1.0
	if verdict == kith.Different {
		score = 0
	}
	return kith.Judgement{A: min(a, b), B: max(a, b), Verdict: verdict, Score: score, By: d.By, At: d.At, Decision: d.ID,
		Reasons: []kith.Reason{{Feature: "decision", Note: string(d.Action)}}}
}
