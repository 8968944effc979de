package store

import (
	"kith"
)

// pastTables are the derived tables that a view of the past has of its own.
// SQLite looks a name up among temporary tables first, so that every query of
// a view serves the past as well.
var pastTables = []string{"undone", "visible", "members", "clusters", "names", "rivals"}

// matchTables are the derived tables by which entities are resolved; only
// Verify derives them anew.
var matchTables = []string{"keys", "profiles"}

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
		"names_folded ON names (folded)", "rivals_cluster ON rivals (cluster, other)",
	} {
		if err := v.exec("CREATE INDEX temp.past_" + index); err != nil {
			return err
		}
	}
	if err := pastUndone(&v.queries, v.known); err != nil {
		return err
	}
	_, err := deriveAll(&v.queries, v.known)
	return err
}

// isPast reports whether something was added to the store after a time.
func (q *queries) isPast(known string) (bool, error) {
	var one int
	return q.first([]any{&one}, `SELECT 1 WHERE EXISTS (SELECT 1 FROM documents WHERE at > ?1) OR EXISTS (SELECT 1 FROM readings WHERE at > ?1)
		OR EXISTS (SELECT 1 FROM judgements WHERE at > ?1) OR EXISTS (SELECT 1 FROM decisions WHERE at > ?1)
		OR EXISTS (SELECT 1 FROM versions WHERE at > ?1) OR EXISTS (SELECT 1 FROM carried WHERE at > ?1)
		OR EXISTS (SELECT 1 FROM copies WHERE at > ?1) OR EXISTS (SELECT 1 FROM appearances WHERE seen > ?1)`, known)
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
