package store

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"kith"
)

// Entities streams the view's entities, those with the most claims first.
func (v *view) Entities(ctx context.Context, f kith.EntityFilter) iter.Seq2[kith.EntityInfo, error] {
	var w filter
	w.add("c.members > 0")
	if f.Type != "" {
		w.add("c.type = ?", f.Type)
	}
	if f.Prefix != "" {
		w.add("c.id IN (SELECT cluster FROM names WHERE folded >= ? AND folded < ?)", kith.Fold(f.Prefix), kith.Fold(f.Prefix)+"\U0010ffff")
	}
	if f.Word != "" {
		named(&w, kith.Fold(f.Word))
	}
	if len(f.IDs) > 0 {
		w.add("c.id IN (SELECT value FROM json_each(?))", toJSON(f.IDs))
	}
	parts := []string{"c.claims >= 32", "c.claims < 32"} // those of the index clusters_claims, and the rest
	if f.Prefix != "" || f.Word != "" || len(f.IDs) > 0 {
		parts = []string{"true"}
	}
	return func(yield func(kith.EntityInfo, error) bool) {
		left := f.Limit
		for _, part := range parts {
			query := "SELECT c.id, c.name, c.type, c.unnamed, c.documents, c.claims FROM clusters c" + w.String() + " AND " + part +
				" ORDER BY c.claims DESC, c.id" + limit(left)
			for e, err := range stream(ctx, v, "list entities", scanInfo, query, w.args...) {
				if err == nil && !f.Bare {
					err = explain("list entities", v.complete(&e.Entity, false))
				}
				if !yield(e, err) || err != nil {
					return
				}
				if left--; left == 0 {
					return
				}
			}
		}
	}
}

// mostNamed bounds the names that are looked through for a word within them.
const mostNamed = 2000

// named narrows a query to clusters with a name that begins so, or in which a
// word does. Words are found by their trigrams.
func named(w *filter, folded string) {
	where, args := "SELECT cluster FROM names WHERE folded >= ? AND folded < ?", []any{folded, folded + "\U0010ffff"}
	if utf8.RuneCountInString(folded) >= 3 {
		where += ` UNION SELECT n.cluster FROM names n WHERE n.folded IN (SELECT folded FROM near_names WHERE near_names MATCH ? LIMIT ?)
			AND instr(n.folded, ' ' || ?) > 0`
		args = append(args, `"`+strings.ReplaceAll(folded, `"`, `""`)+`"`, mostNamed, folded)
	}
	w.add("c.id IN ("+where+")", args...)
}

func scanInfo(scan func(...any) error) (kith.EntityInfo, error) {
	var e kith.EntityInfo
	err := scan(&e.ID, &e.Name, &e.Type, &e.Unnamed, &e.Documents, &e.Claims)
	return e, err
}

// mostAliases bounds the names that an entity of a view lists.
const mostAliases = 24

// complete adds what does not stand in the cluster's own row.
func (v *view) complete(e *kith.Entity, members bool) error {
	names, err := collect[string](v, "SELECT name FROM names WHERE cluster = ? ORDER BY chosen DESC, main DESC, uses DESC, length(name) DESC, folded LIMIT ?",
		e.ID, mostAliases+1)
	if err != nil {
		return err
	}
	for _, n := range names {
		if n != e.Name {
			e.Aliases = append(e.Aliases, n)
		}
	}
	ids, err := collect[string](v, `SELECT DISTINCT e.identifiers FROM members m JOIN entities e ON e.id = m.entity
		WHERE m.cluster = ? AND m.alive = 1 AND e.identifiers <> '[]' LIMIT 16`, e.ID)
	if err != nil {
		return err
	}
	for _, text := range ids {
		for scheme, id := range fromJSON[map[string]string](text) {
			if e.Identifiers == nil {
				e.Identifiers = map[string]string{}
			}
			e.Identifiers[scheme] = id
		}
	}
	if members {
		e.Members, err = collect[kith.EntityID](v, "SELECT entity FROM members WHERE cluster = ? AND alive = 1 ORDER BY first", e.ID)
	}
	return err
}

// collect is column on statements of its own, for use while others are open.
func collect[T any](v *view, query string, args ...any) ([]T, error) {
	rows, err := v.open(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var t T
		if err := rows.Scan(&t); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// Entity returns an entity by the id of its cluster, of a member, or by a
// unique prefix of one.
func (v *view) Entity(ctx context.Context, id kith.EntityID) (*kith.Entity, error) {
	e, err := v.entity(id)
	if err != nil {
		return nil, explain("read entity", err)
	}
	return e, nil
}

func (v *view) entity(id kith.EntityID) (*kith.Entity, error) {
	clusters, err := collect[kith.EntityID](v, `SELECT DISTINCT cluster FROM (SELECT cluster, entity FROM members
		WHERE ?1 <> '' AND entity >= ?1 AND entity < ?1 || '{' AND first > 0 LIMIT 32)`, id)
	switch {
	case err != nil:
		return nil, err
	case len(clusters) == 0:
		return nil, fmt.Errorf("entity %s: %w", id, kith.ErrNotFound)
	case len(clusters) > 1:
		return nil, fmt.Errorf("entity %s: %w: give more of its id", id, kith.ErrAmbiguous)
	}
	var e *kith.Entity
	for info, err := range stream(context.Background(), v, "read entity", scanInfo,
		"SELECT id, name, type, unnamed, documents, claims FROM clusters WHERE id = ?", clusters[0]) {
		if err != nil {
			return nil, err
		}
		e = &info.Entity
	}
	if e == nil {
		return nil, fmt.Errorf("entity %s: %w", id, kith.ErrNotFound)
	}
	return e, v.complete(e, true)
}

// Local returns the entity of one document; see kith.View.
func (v *view) Local(ctx context.Context, id kith.EntityID) (*kith.Entity, kith.DocumentID, error) {
	e := &kith.Entity{ID: id}
	var doc kith.DocumentID
	var aliases, ids string
	found, err := v.first([]any{&doc, &e.Name, &e.Type, &e.Unnamed, &aliases, &ids},
		"SELECT document, name, type, unnamed, aliases, identifiers FROM entities WHERE id = ? ORDER BY n DESC LIMIT 1", id)
	if err == nil && !found {
		err = fmt.Errorf("entity %s: %w", id, kith.ErrNotFound)
	}
	if err != nil {
		return nil, "", explain("read entity", err)
	}
	e.Aliases = fromJSON[[]string](aliases)
	if ids != "[]" {
		e.Identifiers = fromJSON[map[string]string](ids)
	}
	return e, doc, nil
}

// Judgements streams the judgements in force, the newest first.
func (v *view) Judgements(ctx context.Context, f kith.JudgementFilter) iter.Seq2[kith.Judgement, error] {
	var w filter
	w.add("j.at <= ?", v.known)
	w.add(judgementsInForce)
	if f.Entity != "" {
		w.add(`j.n IN (SELECT x.n FROM members m JOIN judgements x ON x.a = m.entity WHERE m.cluster = (SELECT cluster FROM members WHERE entity = ?1)
			UNION SELECT x.n FROM members m JOIN judgements x ON x.b = m.entity WHERE m.cluster = (SELECT cluster FROM members WHERE entity = ?1))`)
		w.where[0], w.args = "j.at <= ?2", []any{f.Entity, v.known}
	}
	if f.Verdict != "" {
		w.add("j.verdict = ?", f.Verdict)
	}
	return stream(ctx, v, "read judgements", scanJudgement, "SELECT "+judgementColumns+" FROM judgements j"+w.String()+" ORDER BY j.n DESC"+limit(f.Limit), w.args...)
}

const judgementColumns = "j.id, j.a, j.b, j.verdict, j.score, j.reasons, j.by, j.at, j.decision"

func scanJudgement(scan func(...any) error) (kith.Judgement, error) {
	var j kith.Judgement
	var reasons, at string
	err := scan(&j.ID, &j.A, &j.B, &j.Verdict, &j.Score, &reasons, &j.By, &at, &j.Decision)
	j.Reasons, j.At = fromJSON[[]kith.Reason](reasons), unstamp(at)
	return j, err
}

// Decisions streams decisions, the newest first.
func (v *view) Decisions(ctx context.Context, f kith.DecisionFilter) iter.Seq2[kith.Decision, error] {
	var w filter
	w.add("d.at <= ?", v.known)
	if f.Claim != "" {
		w.add(`(d.claim_key = ? OR d.claim_key IN (WITH RECURSIVE keys (key) AS (SELECT ? UNION SELECT c.from_key FROM keys k JOIN carried c ON c.key = k.key)
			SELECT key FROM keys))`, f.Claim, f.Claim)
	}
	if f.Entity != "" {
		w.add(`d.id IN (SELECT de.decision FROM members m JOIN decision_entities de ON de.entity = m.entity
			WHERE m.cluster = (SELECT cluster FROM members WHERE entity = ?))`, f.Entity)
	}
	if f.By != "" {
		w.add("d.by = ?", f.By)
	}
	return stream(ctx, v, "read decisions", scanDecision, `SELECT d.id, d.action, d.by, d.at, d.why, d.document, d.claim_key, d.claim,
		d.correction, d.entities, d.value, d.outlet, d.undoes, d.id IN (SELECT decision FROM undone) FROM decisions d`+w.String()+
		" ORDER BY d.n DESC"+limit(f.Limit), w.args...)
}

func scanDecision(scan func(...any) error) (kith.Decision, error) {
	var d kith.Decision
	var at, correction, entities string
	if err := scan(&d.ID, &d.Action, &d.By, &at, &d.Why, &d.Document, &d.Claim, &d.ClaimID, &correction, &entities,
		&d.Value, &d.Outlet, &d.Undoes, &d.Undone); err != nil {
		return d, err
	}
	d.At = unstamp(at)
	if correction != "" {
		c := fromJSON[kith.Claim](correction)
		d.Correction = &c
	}
	if entities != "[]" {
		d.Entities = fromJSON[[]kith.EntityID](entities)
	}
	return d, nil
}

// Sources returns, for each document, the one that it counts as.
func (v *view) Sources(ctx context.Context) (map[kith.DocumentID]kith.DocumentID, error) {
	out := map[kith.DocumentID]kith.DocumentID{}
	err := v.each(func(scan func(...any) error) error {
		var doc, source kith.DocumentID
		err := scan(&doc, &source)
		out[doc] = source
		return err
	}, `SELECT d.id, coalesce(c.original, d.id) FROM documents d LEFT JOIN copies c ON c.document = d.id AND c.at <= ?1 WHERE d.at <= ?1`, v.known)
	return out, explain("read sources", err)
}

// Reliability returns what people have rated, the newest rating of each.
func (v *view) Reliability(ctx context.Context) (map[string]float64, error) {
	out := map[string]float64{}
	err := v.each(func(scan func(...any) error) error {
		var outlet string
		var value float64
		err := scan(&outlet, &value)
		out[kith.Fold(outlet)] = value
		return err
	}, `SELECT outlet, CAST(value AS REAL) FROM decisions WHERE action = 'rate' AND at <= ? AND id NOT IN (SELECT decision FROM undone) ORDER BY n`, v.known)
	return out, explain("read ratings", err)
}

// Anchors says where the quotes of a document's earlier versions stand.
func (v *view) Anchors(ctx context.Context, doc kith.DocumentID) ([]kith.Anchor, error) {
	var out []kith.Anchor
	err := v.each(func(scan func(...any) error) error {
		var a kith.Anchor
		err := scan(&a.Document, &a.From, &a.Claim, &a.Start, &a.End, &a.Lost)
		out = append(out, a)
		return err
	}, "SELECT document, from_document, claim, start_byte, end_byte, lost FROM anchors WHERE document = ? ORDER BY lost, start_byte, claim", doc)
	return out, explain("read anchors", err)
}

// Counts says how much the view holds. The present is counted without looking
// at times: a bare count reads the pages of the smallest index and no row.
func (v *view) Counts(ctx context.Context) (kith.Counts, error) {
	var c kith.Counts
	until, and, args := "", "", []any(nil)
	if v.known != forever {
		until, and, args = " WHERE at <= ?1", " AND j.at <= ?1", []any{v.known}
	}
	for _, part := range []struct {
		into  *int
		query string
		args  []any
	}{
		{&c.Documents, "SELECT count(*) FROM documents" + until, args},
		{&c.Claims, "SELECT count(*) FROM visible WHERE shown = 1", nil},
		{&c.Unreviewed, "SELECT count(*) FROM visible WHERE shown = 1 AND review = 'unreviewed'", nil},
		{&c.Entities, "SELECT count(*) FROM clusters WHERE members > 0", nil},
		{&c.Judgements, "SELECT (SELECT count(*) FROM judgements" + until + `)
			- (SELECT count(*) FROM undone u JOIN judgements j ON j.decision = u.decision WHERE j.decision <> ''` + and + ")", args},
		{&c.Decisions, "SELECT count(*) FROM decisions" + until, args},
		{&c.Unsure, "SELECT count(*) FROM (" + unsurePairs + ")", []any{v.known}},
	} {
		if _, err := v.first([]any{part.into}, part.query, part.args...); err != nil {
			return c, explain("count", err)
		}
	}
	return c, nil
}
