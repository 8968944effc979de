package store

import (
	"cmp"
	"maps"
	"slices"
)

// flush writes what the batch gathered and forgets it.
func (b *batch) flush() error {
	if err := b.flushWords(); err != nil {
		return err
	}
	written := append([]*rows{b.documents, b.originals, b.appearances, b.readings, b.skips, b.entities, b.mentions, b.claims, b.visible,
		b.passages, b.localNames, b.localTraits, b.judgements, b.pending, b.memberRows()}, append(b.keyRows(), b.groupRows()...)...)
	for _, r := range written {
		if err := r.each(b.t.exec); err != nil {
			return err
		}
	}
	err := b.texts.each(b.t.afterwards)
	b.reset()
	return err
}

// afterwards is later for those who hand statements out.
func (t *tx) afterwards(query string, args ...any) error {
	t.later(query, args...)
	return nil
}

// flushWords keeps new names for suggestions, as addToDictionary does.
func (b *batch) flushWords() error {
	if len(b.words) == 0 {
		return nil
	}
	had, err := column[string](&b.t.queries, "SELECT folded FROM dictionary WHERE folded IN (SELECT value FROM json_each(?))", toJSON(b.words))
	if err != nil {
		return err
	}
	for _, w := range had {
		b.hasWords[w] = false
	}
	words := &rows{into: "INSERT OR FAIL INTO dictionary (n, folded)", columns: 2}
	near := &rows{into: "INSERT INTO near_names (rowid, folded)", columns: 2}
	for _, w := range b.words {
		if !b.hasWords[w] {
			continue
		}
		n, err := b.number("dictionary")
		if err != nil {
			return err
		}
		words.add(n, w)
		near.add(n, w)
	}
	if err := words.each(b.t.exec); err != nil {
		return err
	}
	return near.each(b.t.afterwards)
}

func (b *batch) memberRows() *rows {
	members := &rows{into: "INSERT OR FAIL INTO members (entity, cluster, document, first, alive, claims)", columns: 6, sorted: 1}
	for _, m := range b.joined {
		members.add(string(m.entity), string(m.group.id), string(m.document), m.first, true, m.claims)
	}
	return members
}

// keyRows are the keys that the batch adds. For a cluster that began in it
// there is nothing to look up, which spares SQLite copies of pages.
func (b *batch) keyRows() []*rows {
	fresh := &rows{into: "INSERT OR FAIL INTO keys (value, cluster, uses)", columns: 3}
	more := &rows{into: "INSERT INTO keys (value, cluster, uses)", columns: 3,
		after: " ON CONFLICT (value, cluster) DO UPDATE SET uses = uses + excluded.uses"}
	for _, value := range slices.Sorted(maps.Keys(b.keys)) { // neighbours in the table are written together
		added := b.keys[value].added
		slices.SortFunc(added, func(x, y addedKey) int { return cmp.Compare(x.cluster, y.cluster) })
		for _, a := range added {
			to := more
			if b.isNew(a.cluster) {
				to = fresh
			}
			to.add(value, string(a.cluster), a.uses)
		}
	}
	return []*rows{fresh, more}
}

// groupTables are the tables of clusters.
type groupTables struct{ clusters, names, profiles *rows }

func newGroupTables() groupTables {
	return groupTables{
		clusters: &rows{into: "INSERT OR FAIL INTO clusters (id, name, type, unnamed, members, documents, claims)", columns: 7, sorted: 1},
		names:    &rows{into: "INSERT OR FAIL INTO names (cluster, folded, name, chosen, main, uses)", columns: 6, sorted: 2},
		profiles: &rows{into: "INSERT OR FAIL INTO profiles (cluster, traits)", columns: 2, sorted: 1},
	}
}

func changedGroupTables() groupTables {
	return groupTables{
		clusters: &rows{into: "INSERT OR REPLACE INTO clusters (id, name, type, unnamed, members, documents, claims)", columns: 7, sorted: 1},
		names:    &rows{into: "INSERT OR REPLACE INTO names (cluster, folded, name, chosen, main, uses)", columns: 6, sorted: 2},
		profiles: &rows{into: "INSERT OR REPLACE INTO profiles (cluster, traits)", columns: 2, sorted: 1},
	}
}

// add takes a cluster and those of its names that are new or changed.
func (t *groupTables) add(g *group) {
	t.clusters.add(string(g.id), g.name, string(g.kind), g.unnamed, g.members, g.documents, g.claims)
	for _, n := range g.names {
		if n.changed {
			t.names.add(string(g.id), n.folded, n.name, n.chosen, n.main, n.uses)
		}
	}
}

// groupRows are the clusters that the batch made or changed.
func (b *batch) groupRows() []*rows {
	fresh, changed := newGroupTables(), changedGroupTables()
	for _, g := range b.changed {
		if g.gone {
			continue
		}
		to := changed
		if b.isNew(g.id) {
			to = fresh
		}
		to.add(g)
		if g.retold && len(g.traits) > 0 {
			to.profiles.add(string(g.id), formatTraits(g.traits))
		}
	}
	return []*rows{fresh.clusters, fresh.names, fresh.profiles, changed.clusters, changed.names, changed.profiles}
}
