package store

import (
	"context"
	"fmt"

	"kith"
)

// Unresolved lists the documents still to be resolved, oldest first.
func (s *Store) Unresolved(ctx context.Context) ([]kith.DocumentID, error) {
	v, err := s.view(ctx, kith.AsOf{})
	if err != nil {
		return nil, explain("list unresolved documents", err)
	}
	defer v.Close()
	docs, err := column[kith.DocumentID](&v.queries, "SELECT document FROM pending ORDER BY n")
	return docs, explain("list unresolved documents", err)
}

// Resolve runs match on a document and keeps what it finds; see kith.Store.
func (s *Store) Resolve(ctx context.Context, doc kith.DocumentID, match func(kith.Matching) (kith.Matched, error)) error {
	return s.write(ctx, "resolve document "+string(doc), func(t *tx) error { return t.resolve(doc, match) })
}

func (t *tx) resolve(doc kith.DocumentID, match func(kith.Matching) (kith.Matched, error)) error {
	m, err := t.matching(doc)
	if err != nil {
		return err
	}
	found, err := match(m)
	if err != nil {
		return err
	}
	if _, err := t.judge(found.Judgements); err != nil {
		return err
	}
	if err := t.putTraits(doc, found.Profiles); err != nil {
		return err
	}
	return t.exec("DELETE FROM pending WHERE document = ?", doc)
}

// putTraits replaces what resolution knows of a document's entities.
func (t *tx) putTraits(doc kith.DocumentID, profiles []kith.Profile) error {
	for _, p := range profiles {
		traits := plainTraits(p.Traits)
		var cluster kith.EntityID
		var alive bool
		found, err := t.first([]any{&cluster, &alive}, "SELECT cluster, alive FROM members WHERE entity = ? AND document = ?", p.Entity, doc)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("%w: %s is no entity of document %s", kith.ErrInvalid, p.Entity, doc)
		}
		if alive {
			before, err := t.traitsOf(p.Entity)
			if err != nil {
				return err
			}
			if err := t.changeTraits(p.Entity, cluster, before, traits); err != nil {
				return err
			}
		}
		if err := t.exec("INSERT OR REPLACE INTO local_traits (entity, traits) VALUES (?, ?)", p.Entity, formatTraits(traits)); err != nil {
			return err
		}
	}
	return nil
}

// matching is the store in the middle of resolving one document.
type matching struct {
	t       *tx
	doc     kith.DocumentID
	reading *kith.Reading
}

func (t *tx) matching(doc kith.DocumentID) (*matching, error) {
	r, err := t.newestReading(doc)
	if err != nil {
		return nil, err
	}
	return &matching{t: t, doc: doc, reading: r}, nil
}

// newestReading loads the readings of a document that are in force.
func (t *tx) newestReading(doc kith.DocumentID) (*kith.Reading, error) {
	r := &kith.Reading{}
	found := false
	err := t.each(func(scan func(...any) error) (err error) {
		var text string
		found = true
		r.Document, err = scanDocument(scan, &text)
		r.Document.Text = text
		return err
	}, "SELECT "+documentColumns+", d.text FROM documents d WHERE d.id = ?", doc)
	if err == nil && !found {
		err = fmt.Errorf("document %s: %w", doc, kith.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	const current = " IN (SELECT max(n) FROM readings WHERE document = ?1 GROUP BY reader)"
	seen := map[kith.EntityID]bool{}
	err = t.each(func(scan func(...any) error) error {
		var e kith.Entity
		var aliases, ids string
		err := scan(&e.ID, &e.Name, &e.Type, &e.Unnamed, &aliases, &ids)
		if !seen[e.ID] {
			seen[e.ID] = true
			e.Aliases = fromJSON[[]string](aliases)
			if ids != "[]" {
				e.Identifiers = fromJSON[map[string]string](ids)
			}
			r.Entities = append(r.Entities, e)
		}
		return err
	}, "SELECT id, name, type, unnamed, aliases, identifiers FROM entities WHERE document = ?1 AND reading"+current+" ORDER BY n", doc)
	if err != nil {
		return nil, err
	}
	err = t.each(func(scan func(...any) error) error {
		m := kith.Mention{Entity: -1}
		err := scan(&m.Start, &m.End, &m.Kind, &m.Type, &m.ID, &m.Text)
		r.Mentions = append(r.Mentions, m)
		return err
	}, "SELECT start_byte, end_byte, kind, type, entity, text FROM mentions WHERE document = ?1 AND reading"+current+" ORDER BY start_byte", doc)
	if err != nil {
		return nil, err
	}
	err = t.each(func(scan func(...any) error) error {
		c, err := scanClaim(scan)
		r.Claims = append(r.Claims, c)
		return err
	}, "SELECT "+claimColumns+" FROM visible v JOIN claims c ON c.n = v.claim WHERE v.document = ? AND v.shown = 1 ORDER BY c.n", doc)
	return r, err
}

func (m *matching) Reading() *kith.Reading { return m.reading }

// Candidates looks clusters up by key; see kith.Matching.
func (m *matching) Candidates(keys []string, most int) ([]kith.Profile, error) {
	var ids []kith.EntityID
	seen := map[kith.EntityID]bool{}
	for _, key := range keys {
		found, err := column[kith.EntityID](&m.t.queries, "SELECT cluster FROM keys WHERE value = ? LIMIT ?", key, most+1)
		if err != nil {
			return nil, err
		}
		if len(found) > most {
			continue
		}
		for _, id := range found {
			if !seen[id] && len(ids) < most {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	var out []kith.Profile
	for _, id := range ids {
		p, err := m.profile(id)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (m *matching) profile(id kith.EntityID) (kith.Profile, error) {
	p := kith.Profile{Entity: id}
	if _, err := m.t.first([]any{&p.Name, &p.Type, &p.Documents}, "SELECT name, type, documents FROM clusters WHERE id = ?", id); err != nil {
		return p, err
	}
	var err error
	p.Traits, err = m.t.profileOf(id)
	return p, err
}

// Settled returns the cluster of a local entity that holds others too.
func (m *matching) Settled(local kith.EntityID) (kith.EntityID, error) {
	var cluster kith.EntityID
	_, err := m.t.first([]any{&cluster}, `SELECT a.cluster FROM members a WHERE a.entity = ?1
		AND EXISTS (SELECT 1 FROM members b WHERE b.cluster = a.cluster AND b.entity <> ?1)`, local)
	return cluster, err
}

// Apart reports whether the clusters of two entities are held apart.
func (m *matching) Apart(a, b kith.EntityID) (bool, error) {
	ca, err := m.t.clusterOf(a)
	if err != nil {
		return false, err
	}
	cb, err := m.t.clusterOf(b)
	if err != nil {
		return false, err
	}
	return m.t.areRivals(ca, cb)
}
