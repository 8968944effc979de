package store

import (
	"context"
	"iter"

	"kith"
)

// unsurePairs are the open questions of identity as known at ?1, with the
// claims that hang on each: those of the entity with fewer.
const unsurePairs = `SELECT max(j.n) AS n, min(ca.claims, cb.claims) AS claims, j.score AS score
	FROM judgements j JOIN members ma ON ma.entity = j.a JOIN members mb ON mb.entity = j.b
	JOIN clusters ca ON ca.id = ma.cluster JOIN clusters cb ON cb.id = mb.cluster
	WHERE j.verdict = 'unsure' AND j.at <= ?1 AND ` + judgementsInForce + ` AND ma.cluster <> mb.cluster
	AND ca.members > 0 AND cb.members > 0
	AND NOT EXISTS (SELECT 1 FROM rivals r WHERE r.cluster = ma.cluster AND r.other = mb.cluster)
	GROUP BY min(ma.cluster, mb.cluster), max(ma.cluster, mb.cluster)`

// Queue streams what is worth a person's look: first whether two entities are
// one, where most hangs on it; then claims, the doubtful ones about much
// discussed entities first.
func (v *view) Queue(ctx context.Context, f kith.QueueFilter) iter.Seq2[kith.QueueItem, error] {
	return func(yield func(kith.QueueItem, error) bool) {
		n := 0
		for _, part := range v.queueParts(ctx, f) {
			for item, err := range part {
				if !yield(item, err) || err != nil {
					return
				}
				if n++; n == f.Limit {
					return
				}
			}
		}
	}
}

func (v *view) queueParts(ctx context.Context, f kith.QueueFilter) []iter.Seq2[kith.QueueItem, error] {
	var parts []iter.Seq2[kith.QueueItem, error]
	if !f.Claims && f.Document == "" && f.Predicate == "" {
		parts = append(parts, v.openPairs(ctx, f))
	}
	if !f.Identity {
		parts = append(parts, v.openClaims(ctx, f))
	}
	return parts
}

func (v *view) openPairs(ctx context.Context, f kith.QueueFilter) iter.Seq2[kith.QueueItem, error] {
	query := "SELECT " + judgementColumns + ", q.claims * (4 * q.score * (1 - q.score) + 0.1) AS weight FROM (" + unsurePairs +
		") q JOIN judgements j ON j.n = q.n"
	args := []any{v.known}
	if f.Entity != "" {
		query += ` WHERE (SELECT cluster FROM members WHERE entity = ?2) IN
			((SELECT cluster FROM members WHERE entity = j.a), (SELECT cluster FROM members WHERE entity = j.b))`
		args = append(args, f.Entity)
	}
	scan := func(scan func(...any) error) (kith.QueueItem, error) {
		var item kith.QueueItem
		j, err := scanJudgement(func(into ...any) error { return scan(append(into, &item.Weight)...) })
		item.Judgement = &j
		return item, err
	}
	return func(yield func(kith.QueueItem, error) bool) {
		for item, err := range stream(ctx, v, "read the queue", scan, query+" ORDER BY weight DESC, j.n"+limit(f.Limit), args...) {
			if err == nil {
				item.A, err = v.entity(item.Judgement.A)
			}
			if err == nil {
				item.B, err = v.entity(item.Judgement.B)
			}
			if !yield(item, explain("read the queue", err)) || err != nil {
				return
			}
		}
	}
}

// waiting weighs claims: how doubtful one is, times how much is said of the
// less discussed of its ends.
const waiting = `SELECT c.n, (1.05 - c.confidence) * (1 + min(coalesce(s.claims, 0), coalesce(o.claims, 0))) AS weight
	FROM claims c JOIN visible v ON v.claim = c.n LEFT JOIN members ms ON ms.entity = c.subject LEFT JOIN members mo ON mo.entity = c.object
	LEFT JOIN clusters s ON s.id = ms.cluster LEFT JOIN clusters o ON o.id = mo.cluster`

func (v *view) openClaims(ctx context.Context, f kith.QueueFilter) iter.Seq2[kith.QueueItem, error] {
	cf := kith.ClaimFilter{About: f.Entity, Document: f.Document, Review: kith.Unreviewed}
	if f.Predicate != "" {
		cf.Predicates = []kith.Predicate{f.Predicate}
	}
	w, err := v.claimFilter(cf)
	if err != nil {
		return func(yield func(kith.QueueItem, error) bool) { yield(kith.QueueItem{}, explain("read the queue", err)) }
	}
	// What the order needs is looked up for all, the claims themselves only for
	// those that are shown.
	query := shownColumns + ", q.weight" + shownClaims + " JOIN (" + waiting + w.String() + " ORDER BY weight DESC, c.n" + limit(f.Limit) +
		") q ON q.n = c.n"
	scan := func(scan func(...any) error) (kith.QueueItem, error) {
		var item kith.QueueItem
		c, err := scanShown(func(into ...any) error { return scan(append(into, &item.Weight)...) })
		item.Claim = &c
		return item, err
	}
	return stream(ctx, v, "read the queue", scan, query+" ORDER BY q.weight DESC, c.n", w.args...)
}
