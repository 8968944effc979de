package store

import (
	"context"
	"fmt"

	"kith"
)

// mostProblems bounds what Verify lists.
const mostProblems = 100

// Verify checks the whole store; see kith.Store.
func (s *Store) Verify(ctx context.Context) (kith.Verification, error) {
	v, err := s.view(ctx, kith.AsOf{})
	if err != nil {
		return kith.Verification{}, explain("verify", err)
	}
	defer v.Close()
	c := &checking{view: v}
	for _, step := range []func(context.Context) error{c.file, c.documents, c.decisions, c.derived} {
		if err := step(ctx); err != nil {
			return c.found, explain("verify", err)
		}
	}
	return c.found, nil
}

type checking struct {
	*view
	found kith.Verification
}

func (c *checking) problem(format string, args ...any) {
	if len(c.found.Problems) < mostProblems {
		c.found.Problems = append(c.found.Problems, fmt.Sprintf(format, args...))
	}
}

// file asks SQLite whether the file is whole.
func (c *checking) file(context.Context) error {
	found, err := column[string](&c.queries, "PRAGMA quick_check(10)")
	for _, f := range found {
		if f != "ok" {
			c.problem("database file: %s", f)
		}
	}
	return err
}

// documents checks every document's name and, against its text, every
// mention, entity, passage and claim of all its readings.
func (c *checking) documents(ctx context.Context) error {
	ids, err := column[kith.DocumentID](&c.queries, "SELECT id FROM documents ORDER BY at, id")
	if err != nil {
		return err
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var text string
		if _, err := c.first([]any{&text}, "SELECT text FROM documents WHERE id = ?", id); err != nil {
			return err
		}
		c.found.Documents++
		if kith.NewDocumentID(text) != id {
			c.problem("document %s: its text has the id %s", id, kith.NewDocumentID(text))
		}
		for _, step := range []func(kith.DocumentID, string) error{c.claims, c.mentions, c.entities, c.passages} {
			if err := step(id, text); err != nil {
				return err
			}
		}
	}
	return c.orphans()
}

func (c *checking) claims(id kith.DocumentID, text string) error {
	return c.each(func(scan func(...any) error) error {
		var key kith.ClaimKey
		var reading int
		claim, err := scanClaim(scan, &key, &reading)
		if err != nil {
			return err
		}
		c.found.Claims++
		if err := claim.Check(text); err != nil {
			c.problem("%v", err)
		}
		if now := claim.ComputeID(); now != claim.ID {
			c.problem("claim %s: its id recomputes to %s", claim.ID, now)
		}
		if now := claim.Key(); reading > 0 && now != key {
			c.problem("claim %s: its key recomputes to %s", claim.ID, now)
		}
		return nil
	}, "SELECT "+claimColumns+", c.key, c.reading FROM claims c WHERE c.document = ? ORDER BY c.n", id)
}

func (c *checking) mentions(id kith.DocumentID, text string) error {
	return c.each(func(scan func(...any) error) error {
		var s kith.Span
		var words string
		if err := scan(&s.Start, &s.End, &words); err != nil {
			return err
		}
		if s.Cut(text) != words || words == "" {
			c.problem("document %s: mention %q is not its text from byte %d to %d", id, words, s.Start, s.End)
		}
		return nil
	}, "SELECT start_byte, end_byte, text FROM mentions WHERE document = ?", id)
}

func (c *checking) entities(id kith.DocumentID, _ string) error {
	type named struct {
		reading int64
		name    string
		kind    kith.EntityType
	}
	count := map[named]int{}
	var rows []kith.Entity
	var keys []named
	err := c.each(func(scan func(...any) error) error {
		var e kith.Entity
		var reading int64
		err := scan(&reading, &e.ID, &e.Name, &e.Type)
		key := named{reading, e.Name, e.Type}
		count[key]++
		rows, keys = append(rows, e), append(keys, key)
		return err
	}, "SELECT reading, id, name, type FROM entities WHERE document = ?", id)
	for i, e := range rows {
		ranks := count[keys[i]]
		if keys[i].reading == 0 {
			ranks = 64 // corrections take the first rank that is free
		}
		if !hasRank(id, e, ranks) {
			c.problem("entity %s: its id does not follow from document %s, %q and %s", e.ID, id, e.Name, e.Type)
		}
	}
	return err
}

func (c *checking) passages(id kith.DocumentID, text string) error {
	return c.each(func(scan func(...any) error) error {
		var s kith.Span
		if err := scan(&s.Start, &s.End); err != nil {
			return err
		}
		if s.Cut(text) == "" {
			c.problem("document %s: passage from byte %d to %d lies outside its text", id, s.Start, s.End)
		}
		return nil
	}, "SELECT start_byte, end_byte FROM passages WHERE document = ?", id)
}

// orphans finds rows whose document is not there.
func (c *checking) orphans() error {
	for _, table := range []string{"readings", "claims", "mentions", "entities", "skips", "appearances", "passages", "visible", "sketches", "pending"} {
		ids, err := column[string](&c.queries, "SELECT DISTINCT document FROM "+table+" WHERE document NOT IN (SELECT id FROM documents) LIMIT 3")
		if err != nil {
			return err
		}
		for _, id := range ids {
			c.problem("table %s: rows of document %s, which is not there", table, id)
		}
	}
	return nil
}

// decisions checks that what decisions and judgements refer to each other by
// is there.
func (c *checking) decisions(context.Context) error {
	for _, check := range []struct{ query, problem string }{
		{"SELECT id FROM judgements WHERE decision <> '' AND decision NOT IN (SELECT id FROM decisions)", "judgement %s: its decision is not there"},
		{"SELECT id FROM decisions WHERE undoes <> '' AND undoes NOT IN (SELECT id FROM decisions)", "decision %s: what it undoes is not there"},
		{"SELECT id FROM decisions WHERE action = 'correct' AND correction <> '' AND id NOT IN (SELECT decision FROM claims)", "decision %s: its correction is not there"},
	} {
		ids, err := column[string](&c.queries, check.query)
		if err != nil {
			return err
		}
		for _, id := range ids {
			c.problem(check.problem, id)
		}
	}
	return nil
}

// derived derives everything again and compares.
func (c *checking) derived(context.Context) error {
	c.known = forever + "9" // mark the tables for dropping at Close
	for _, table := range matchTables {
		if err := c.exec("CREATE TEMP TABLE " + table + " AS SELECT * FROM main." + table + " WHERE 0"); err != nil {
			return err
		}
	}
	if err := c.travel(); err != nil {
		return err
	}
	if err := rebuildTraits(&c.queries, ""); err != nil {
		return err
	}
	for _, compare := range []struct{ table, columns, where string }{
		{"undone", "decision", ""},
		{"visible", "claim, id, document, review, superseded, shown", ""},
		{"members", "entity, cluster, alive, claims", " WHERE first > 0"},
		{"clusters", "id, name, type, members, documents, claims", " WHERE members > 0"},
		{"names", "cluster, folded, name, chosen, main, uses", ""},
		{"keys", "value, cluster", ""},
		{"rivals", "cluster, other", ""},
	} {
		for _, sides := range [][2]string{{"main", "temp"}, {"temp", "main"}} {
			query := fmt.Sprintf("SELECT count(*) FROM (SELECT %[3]s FROM %[1]s.%[4]s%[5]s EXCEPT SELECT %[3]s FROM %[2]s.%[4]s%[5]s)",
				sides[0], sides[1], compare.columns, compare.table, compare.where)
			var n int
			if _, err := c.first([]any{&n}, query); err != nil {
				return err
			}
			if n > 0 {
				c.problem("table %s: %d rows of %s differ from what the store derives anew; keep the file and read its documents into a new store", compare.table, n,
					map[string]string{"main": "the file", "temp": "the derivation"}[sides[0]])
			}
		}
	}
	return nil
}
