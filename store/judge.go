package store

import (
	"context"
	"fmt"
	"strconv"

	"kith"
)

// Judge appends judgements; see kith.Store.
func (s *Store) Judge(ctx context.Context, js []kith.Judgement) error {
	return s.write(ctx, "store judgements", func(t *tx) error {
		_, err := t.judge(js)
		return err
	})
}

// judge appends judgements and brings the clusters up to date. Those that the
// store has (by id) change nothing. It returns the ids of the new ones.
func (t *tx) judge(js []kith.Judgement) ([]string, error) {
	var seeds []kith.EntityID
	var fresh []string
	for i, j := range js {
		j, err := t.completed(j, i)
		if err != nil {
			return nil, err
		}
		again, err := t.judgedBefore(j)
		if err != nil {
			return nil, err
		}
		added, err := t.run(`INSERT INTO judgements (id, a, b, verdict, score, reasons, by, at, decision)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			j.ID, j.A, j.B, j.Verdict, j.Score, toJSON(j.Reasons), j.By, stamp(j.At), j.Decision)
		if err != nil {
			return nil, err
		}
		if added == 0 {
			continue
		}
		fresh = append(fresh, j.ID)
		refold := again || j.Decision != ""
		if !refold {
			if refold, err = t.apply(j); err != nil {
				return nil, err
			}
		}
		if refold {
			seeds = append(seeds, j.A, j.B)
		}
	}
	if seeds == nil {
		return fresh, nil
	}
	return fresh, t.refold(seeds)
}

// completed fills in a judgement and refuses one that says nothing sensible.
func (t *tx) completed(j kith.Judgement, rank int) (kith.Judgement, error) {
	if j.A == j.B || j.A == "" || j.B == "" {
		return j, fmt.Errorf("%w: a judgement needs two entities, got %q and %q", kith.ErrInvalid, j.A, j.B)
	}
	if j.Verdict != kith.Same && j.Verdict != kith.Different && j.Verdict != kith.Unsure {
		return j, fmt.Errorf("%w: unknown verdict %q", kith.ErrInvalid, j.Verdict)
	}
	if j.By == "" {
		return j, fmt.Errorf("%w: the judgement on %s and %s does not say by whom", kith.ErrInvalid, j.A, j.B)
	}
	if j.B < j.A {
		j.A, j.B = j.B, j.A
	}
	if j.At.IsZero() {
		j.At = unstamp(t.at)
	}
	if j.ID == "" {
		j.ID = judgementID(j, rank)
	}
	return j, nil
}

// judgementID digests a judgement. Those of one time begin alike, so that they
// stand together in the table.
func judgementID(j kith.Judgement, rank int) string {
	return "j" + kith.Hash(stamp(j.At))[:3] + kith.Hash(string(j.A), string(j.B), string(j.Verdict), j.By, stamp(j.At), string(j.Decision), strconv.Itoa(rank))[:17]
}

// judgedBefore reports whether the resolver has judged the pair already.
func (t *tx) judgedBefore(j kith.Judgement) (bool, error) {
	if j.Decision != "" {
		return false, nil
	}
	var n int64
	return t.first([]any{&n}, "SELECT n FROM judgements WHERE a = ? AND b = ? AND decision = '' AND id <> ? LIMIT 1", j.A, j.B, j.ID)
}

// apply takes one new machine judgement into the clusters, or asks for the
// component to be folded again where that does not do.
func (t *tx) apply(j kith.Judgement) (refold bool, err error) {
	a, err := t.clusterOf(j.A)
	if err != nil {
		return false, err
	}
	b, err := t.clusterOf(j.B)
	if err != nil {
		return false, err
	}
	switch {
	case a == "" || b == "":
		return true, nil
	case j.Verdict == kith.Unsure:
		return false, nil
	case j.Verdict == kith.Different && a == b:
		return true, nil
	case j.Verdict == kith.Different:
		return false, t.rival(j.A, j.B)
	case a == b:
		return false, nil
	}
	apart, err := t.areRivals(a, b)
	if err != nil || apart {
		return false, err
	}
	return t.unionOrRefold(a, b)
}

// unionOrRefold unites two clusters. One that holds nothing but entities of
// forgotten documents has no row to unite, and is folded.
func (t *tx) unionOrRefold(a, b kith.EntityID) (refold bool, err error) {
	var rows int
	if _, err := t.first([]any{&rows}, "SELECT count(*) FROM clusters WHERE id IN (?, ?)", a, b); err != nil {
		return false, err
	}
	if rows < 2 {
		return true, nil
	}
	return false, t.union(a, b)
}

func (q *queries) areRivals(a, b kith.EntityID) (bool, error) {
	var one int
	return q.first([]any{&one}, "SELECT 1 FROM rivals WHERE cluster = ? AND other = ?", a, b)
}
