package store

import (
	"kith"
)

// admit makes an entity of a reading known: a new one becomes a cluster of
// its own; of a known one the names are brought up to date.
func (t *tx) admit(doc kith.DocumentID, e kith.Entity, n int64) error {
	var first int64
	known, err := t.first([]any{&first}, "SELECT first FROM members WHERE entity = ?", e.ID)
	switch {
	case err != nil:
		return err
	case known && first > 0:
		return t.renameLocal(e.ID)
	case known: // it was in a document that was forgotten and is back
		if err := t.exec("UPDATE members SET first = ?, document = ? WHERE entity = ?", n, doc, e.ID); err != nil {
			return err
		}
		if err := t.renameLocal(e.ID); err != nil {
			return err
		}
		return t.refold([]kith.EntityID{e.ID})
	}
	if err := t.exec("INSERT INTO members (entity, cluster, document, first, alive, claims) VALUES (?, ?, ?, ?, 0, 0)", e.ID, e.ID, doc, n); err != nil {
		return err
	}
	if err := t.exec("INSERT INTO clusters (id, name, type, unnamed, members, documents, claims) VALUES (?, ?, ?, ?, 0, 0, 0)",
		e.ID, e.Name, e.Type, e.Unnamed); err != nil {
		return err
	}
	return t.writeNames(e.ID)
}

// renameLocal derives again the names of one local entity: those of its
// newest reading and those given by decisions in force.
func (t *tx) renameLocal(id kith.EntityID) error {
	var cluster kith.EntityID
	var alive bool
	if found, err := t.first([]any{&cluster, &alive}, "SELECT cluster, alive FROM members WHERE entity = ?", id); err != nil || !found {
		return err
	}
	if alive {
		if err := t.withdrawNames(id, cluster); err != nil {
			return err
		}
	}
	if err := t.exec("DELETE FROM local_names WHERE entity = ?", id); err != nil {
		return err
	}
	if err := t.writeNames(id); err != nil {
		return err
	}
	if !alive {
		return nil
	}
	if err := t.contributeNames(id, cluster); err != nil {
		return err
	}
	return t.title(cluster)
}

func (t *tx) writeNames(id kith.EntityID) error {
	names, err := localNames(&t.queries, id, forever)
	if err != nil {
		return err
	}
	for _, n := range names {
		if err := t.exec("INSERT INTO local_names (entity, folded, name, chosen, main) VALUES (?, ?, ?, ?, ?)",
			id, n.folded, n.name, n.chosen, n.main); err != nil {
			return err
		}
		if err := t.addToDictionary(n.folded); err != nil {
			return err
		}
	}
	return nil
}

// addToDictionary keeps the name for suggestions.
func (t *tx) addToDictionary(folded string) error {
	n, err := t.insert("INSERT INTO dictionary (folded) VALUES (?) ON CONFLICT DO NOTHING", folded)
	if err != nil || n == 0 {
		return err
	}
	t.later("INSERT INTO near_names (rowid, folded) VALUES (?, ?)", n, folded)
	return nil
}

// localName is one name of a local entity.
type localName struct {
	folded, name string
	chosen       int64
	main         int
}

type nameList []localName

// namesIn are the names that a document gives an entity.
func namesIn(name string, aliases []string) nameList {
	var names nameList
	names.add(name, 0, 1)
	for _, alias := range aliases {
		names.add(alias, 0, 0)
	}
	return names
}

func (l *nameList) add(name string, chosen int64, main int) {
	folded := kith.Fold(name)
	if folded == "" {
		return
	}
	for i := range *l {
		if n := &(*l)[i]; n.folded == folded {
			n.chosen, n.main = max(n.chosen, chosen), max(n.main, main)
			return
		}
	}
	*l = append(*l, localName{folded: folded, name: name, chosen: chosen, main: main})
}

// localNames lists the names of a local entity as known at a time.
func localNames(q *queries, id kith.EntityID, known string) ([]localName, error) {
	names := nameList{}
	err := q.each(func(scan func(...any) error) error {
		var name, aliases string
		if err := scan(&name, &aliases); err != nil {
			return err
		}
		names = namesIn(name, fromJSON[[]string](aliases))
		return nil
	}, `SELECT e.name, e.aliases FROM entities e LEFT JOIN readings r ON r.n = e.reading
		WHERE e.id = ? AND coalesce(r.at, '') <= ? ORDER BY e.n DESC LIMIT 1`, id, known)
	if err != nil {
		return nil, err
	}
	err = q.each(func(scan func(...any) error) error {
		var n int64
		var action kith.Action
		var value string
		if err := scan(&n, &action, &value); err != nil {
			return err
		}
		if action == kith.Alias {
			n = 0
		}
		names.add(value, n, 0)
		return nil
	}, `SELECT d.n, d.action, d.value FROM decision_entities de JOIN decisions d ON d.id = de.decision
		WHERE de.entity = ? AND d.action IN ('alias', 'rename') AND d.at <= ? AND d.id NOT IN (SELECT decision FROM undone)
		ORDER BY d.n`, id, known)
	return names, err
}

// enliven derives again which entities of a document are alive (mentioned by
// a reading in force, an end of a shown claim, or named by a decision) and how
// many claims each has.
func (t *tx) enliven(doc kith.DocumentID) error {
	alive, claims, err := liveliness(&t.queries, doc, forever)
	if err != nil {
		return err
	}
	type member struct {
		entity, cluster kith.EntityID
		alive           bool
		claims          int
	}
	var members []member
	err = t.each(func(scan func(...any) error) error {
		var m member
		err := scan(&m.entity, &m.cluster, &m.alive, &m.claims)
		members = append(members, m)
		return err
	}, "SELECT entity, cluster, alive, claims FROM members WHERE document = ? AND first > 0", doc)
	if err != nil {
		return err
	}
	for _, m := range members {
		now, count := alive[m.entity], claims[m.entity]
		if now != m.alive {
			if err := t.setAlive(m.entity, m.cluster, doc, now); err != nil {
				return err
			}
		}
		if count == m.claims {
			continue
		}
		if err := t.exec("UPDATE members SET claims = ? WHERE entity = ?", count, m.entity); err != nil {
			return err
		}
		if err := t.exec("UPDATE clusters SET claims = claims + ? WHERE id = ?", count-m.claims, m.cluster); err != nil {
			return err
		}
	}
	return nil
}

// liveliness says which entities of a document are alive at a time, and of
// how many shown claims each is an end.
func liveliness(q *queries, doc kith.DocumentID, known string) (map[kith.EntityID]bool, map[kith.EntityID]int, error) {
	alive, claims := map[kith.EntityID]bool{}, map[kith.EntityID]int{}
	current, err := currentReadings(q, doc, known)
	if err != nil {
		return nil, nil, err
	}
	for n := range current {
		ids, err := column[kith.EntityID](q, "SELECT id FROM entities WHERE document = ? AND reading = ?", doc, n)
		if err != nil {
			return nil, nil, err
		}
		for _, id := range ids {
			alive[id] = true
		}
	}
	named, err := column[kith.EntityID](q, `SELECT e.id FROM entities e JOIN decision_entities de ON de.entity = e.id
		JOIN decisions d ON d.id = de.decision WHERE e.document = ? AND d.action IN ('alias', 'rename') AND d.at <= ?
		AND d.id NOT IN (SELECT decision FROM undone)`, doc, known)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range named {
		alive[id] = true
	}
	err = q.each(func(scan func(...any) error) error {
		var subject, object, third kith.EntityID
		if err := scan(&subject, &object, &third); err != nil {
			return err
		}
		count(claims, alive, subject, object, third)
		return nil
	}, "SELECT c.subject, c.object, c.third FROM visible v JOIN claims c ON c.n = v.claim WHERE v.document = ? AND v.shown = 1", doc)
	return alive, claims, err
}

// count adds one claim to each of its distinct ends.
func count(claims map[kith.EntityID]int, alive map[kith.EntityID]bool, subject, object, third kith.EntityID) {
	claims[subject]++
	alive[subject] = true
	if object != "" && object != subject {
		claims[object]++
		alive[object] = true
	}
	if third != "" && third != subject && third != object {
		claims[third]++
		alive[third] = true
	}
}

// setAlive adds a member to what its cluster shows, or takes it out.
func (t *tx) setAlive(id, cluster kith.EntityID, doc kith.DocumentID, alive bool) error {
	var others int
	if _, err := t.first([]any{&others}, `SELECT EXISTS (SELECT 1 FROM members WHERE cluster = ? AND document = ? AND entity <> ? AND alive = 1)`,
		cluster, doc, id); err != nil {
		return err
	}
	members, documents := 1, 1-others
	if !alive {
		members, documents = -1, others-1
	}
	if err := t.exec("UPDATE members SET alive = ? WHERE entity = ?", alive, id); err != nil {
		return err
	}
	if err := t.exec("UPDATE clusters SET members = members + ?, documents = documents + ? WHERE id = ?", members, documents, cluster); err != nil {
		return err
	}
	traits, err := t.traitsOf(id)
	if err != nil {
		return err
	}
	change, before, after := t.contributeNames, []kith.Trait(nil), traits
	if !alive {
		change, before, after = t.withdrawNames, traits, nil
	}
	if err := change(id, cluster); err != nil {
		return err
	}
	if err := t.changeTraits(id, cluster, before, after); err != nil {
		return err
	}
	return t.title(cluster)
}

// contributeNames adds a member's names to its cluster's.
func (t *tx) contributeNames(id, cluster kith.EntityID) error {
	return t.exec(`INSERT INTO names (cluster, folded, name, chosen, main, uses)
		SELECT ?, folded, name, chosen, main, 1 FROM local_names WHERE entity = ?
		ON CONFLICT (cluster, folded) DO UPDATE SET name = max(name, excluded.name), chosen = max(chosen, excluded.chosen),
		main = main + excluded.main, uses = uses + 1`, cluster, id)
}

// withdrawNames undoes contributeNames. It must be called while the member's
// names still stand.
func (t *tx) withdrawNames(id, cluster kith.EntityID) error {
	for _, step := range []string{
		`UPDATE names SET main = names.main - l.main, uses = uses - 1 FROM local_names l
			WHERE l.entity = ?2 AND names.cluster = ?1 AND names.folded = l.folded`,
		`DELETE FROM names WHERE cluster = ?1 AND uses <= 0 AND folded IN (SELECT folded FROM local_names WHERE entity = ?2)`,
		`UPDATE names SET (name, chosen) = (SELECT max(l.name), max(l.chosen) FROM members m JOIN local_names l ON l.entity = m.entity
				WHERE m.cluster = ?1 AND m.alive = 1 AND m.entity <> ?2 AND l.folded = names.folded)
			WHERE cluster = ?1 AND folded IN (SELECT folded FROM local_names WHERE entity = ?2)`,
	} {
		if err := t.exec(step, cluster, id); err != nil {
			return err
		}
	}
	return nil
}

// title chooses the name that a cluster is shown by.
func (t *tx) title(cluster kith.EntityID) error {
	return t.exec(`UPDATE clusters SET name = coalesce((SELECT name FROM names WHERE cluster = ?1
		ORDER BY chosen DESC, main DESC, uses DESC, length(name) DESC, folded LIMIT 1), name) WHERE id = ?1`, cluster)
}
