package store

import (
	"kith"
)

// pastTables are the derived tables that a view of the past has of its own.
// SQLite looks a name up among temporary tables first, so that every query of
// a view serves the past as well.
var pastTables = []string{"undone", "visible", "members", "clusters", "local_names", "names", "keys", "profiles", "rivals"}

// travel derives again what the store looked like at v.known.
func (v *view) travel() error {
	for _, table := range pastTables {
		if err := v.exec("CREATE TEMP TABLE " + table + " AS SELECT * FROM main." + table + " WHERE 0"); err != nil {
			return err
		}
	}
	for _, index := range []string{
		"undone_decision ON undone (decision)", "visible_claim ON visible (claim)", "visible_id ON visible (id)",
		"visible_document ON visible (document)", "members_entity ON members (entity)", "members_cluster ON members (cluster, document)",
		"members_document ON members (document)", "clusters_id ON clusters (id)", "names_cluster ON names (cluster, folded)",
		"names_folded ON names (folded)", "local_names_entity ON local_names (entity, folded)", "rivals_cluster ON rivals (cluster, other)", "profiles_cluster ON profiles (cluster)",
	} {
		if err := v.exec("CREATE INDEX temp.past_" + index); err != nil {
			return err
		}
	}
	if err := pastUndone(&v.queries, v.known); err != nil {
		return err
	}
	docs, err := column[kith.DocumentID](&v.queries, "SELECT id FROM documents WHERE at <= ? ORDER BY at, id", v.known)
	if err != nil {
		return err
	}
	return rederive(&v.queries, docs, v.known)
}

// pastUndone fills the table undone with the decisions out of force at a time.
func pastUndone(q *queries, known string) error {
	type row struct{ id, undoes kith.DecisionID }
	var undos []row
	err := q.each(func(scan func(...any) error) error {
		var r row
		err := scan(&r.id, &r.undoes)
		undos = append(undos, r)
		return err
	}, "SELECT id, undoes FROM decisions WHERE undoes <> '' AND at <= ? ORDER BY n", known)
	if err != nil {
		return err
	}
	undone := map[kith.DecisionID]bool{}
	for i := len(undos) - 1; i >= 0; i-- { // an undo can only be undone by a later one
		if u := undos[i]; !undone[u.id] {
			undone[u.undoes] = true
		}
	}
	for id := range undone {
		if err := q.exec("INSERT INTO undone (decision) VALUES (?)", id); err != nil {
			return err
		}
	}
	return nil
}

// rederive fills the derived tables, which must be empty but for undone.
func rederive(q *queries, docs []kith.DocumentID, known string) error {
	for _, doc := range docs {
		rows, err := visibleClaims(q, doc, known)
		if err != nil {
			return err
		}
		if err := putVisible(q, doc, rows); err != nil {
			return err
		}
	}
	if err := refoldAll(q, known); err != nil {
		return err
	}
	for _, doc := range docs {
		if err := rederiveMembers(q, doc, known); err != nil {
			return err
		}
	}
	return rebuildSummaries(q, "")
}

// refoldAll fills members and rivals from all judgements.
func refoldAll(q *queries, known string) error {
	c := &component{index: map[kith.EntityID]int32{}}
	var firsts []int64
	var documents []kith.DocumentID
	err := q.each(func(scan func(...any) error) error {
		var id kith.EntityID
		var doc kith.DocumentID
		var first int64
		if err := scan(&id, &doc, &first); err != nil {
			return err
		}
		c.add(id)
		firsts, documents = append(firsts, first), append(documents, doc)
		return nil
	}, `SELECT e.id, min(e.document), min(e.n) AS first FROM entities e LEFT JOIN readings r ON r.n = e.reading
		WHERE coalesce(r.at, (SELECT min(at) FROM readings WHERE document = e.document)) <= ? GROUP BY e.id ORDER BY first`, known)
	if err != nil {
		return err
	}
	err = q.each(func(scan func(...any) error) error {
		var a, b kith.EntityID
		var e edge
		var verdict string
		if err := scan(&e.n, &a, &b, &verdict, &e.human); err != nil {
			return err
		}
		c.add(a, b)
		e.a, e.b, e.verdict = c.index[a], c.index[b], verdict[0]
		c.edges = append(c.edges, e)
		return nil
	}, "SELECT n, a, b, verdict, decision <> '' FROM judgements j WHERE at <= ? AND "+judgementsInForce, known)
	if err != nil {
		return err
	}
	for len(firsts) < len(c.nodes) {
		firsts, documents = append(firsts, 0), append(documents, "")
	}
	labels, taken := fold(len(c.nodes), c.edges)
	names := clusterNames(c.nodes, firsts, labels)
	for i, id := range c.nodes {
		if err := q.exec("INSERT INTO members (entity, cluster, document, first, alive, claims) VALUES (?, ?, ?, ?, 0, 0)",
			id, names[labels[i]], documents[i], firsts[i]); err != nil {
			return err
		}
	}
	for i, e := range c.edges {
		a, b := names[labels[e.a]], names[labels[e.b]]
		if e.verdict != 'd' || !taken[i] || a == b {
			continue
		}
		if err := q.exec(`INSERT INTO rivals (cluster, other) SELECT ?1, ?2 WHERE NOT EXISTS
			(SELECT 1 FROM rivals WHERE cluster = ?1 AND other = ?2) UNION ALL SELECT ?2, ?1 WHERE NOT EXISTS
			(SELECT 1 FROM rivals WHERE cluster = ?2 AND other = ?1)`, a, b); err != nil {
			return err
		}
	}
	return nil
}

// rederiveMembers fills in what of a document's entities is alive, and their
// names.
func rederiveMembers(q *queries, doc kith.DocumentID, known string) error {
	alive, claims, err := liveliness(q, doc, known)
	if err != nil {
		return err
	}
	ids, err := column[kith.EntityID](q, "SELECT entity FROM members WHERE document = ? AND first > 0", doc)
	if err != nil {
		return err
	}
	for _, id := range ids {
		names, err := localNames(q, id, known)
		if err != nil {
			return err
		}
		for _, n := range names {
			if err := q.exec("INSERT INTO local_names (entity, folded, name, chosen, main) VALUES (?, ?, ?, ?, ?)", id, n.folded, n.name, n.chosen, n.main); err != nil {
				return err
			}
		}
		if !alive[id] && claims[id] == 0 {
			continue
		}
		if err := q.exec("UPDATE members SET alive = ?, claims = ? WHERE entity = ?", alive[id], claims[id], id); err != nil {
			return err
		}
	}
	return nil
}
