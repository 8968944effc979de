package store

// flush writes what the batch gathered and forgets it.
func (b *batch) flush() error {
	list, err := b.finalRows()
	if err != nil {
		return err
	}
	if err := b.settle(); err != nil {
		return err
	}
	if err := b.t.insertAll(append(list, b.groupRows()...)); err != nil {
		return err
	}
	for _, r := range []*rows{b.texts, b.near} {
		if err := r.each(b.t.afterwards); err != nil {
			return err
		}
	}
	b.reset()
	return nil
}

// finalRows are the rows that nothing of what comes later in the batch changes.
func (b *batch) finalRows() ([]*rows, error) {
	words, err := b.wordRows()
	return []*rows{b.documents, b.originals, b.appearances, b.readings, b.skips, b.entities, b.mentions, b.claims, b.visible,
		b.passages, b.localNames, b.localTraits, b.judgements, b.pending, b.told, b.memberRows(), words}, err
}

// afterwards is later for those who hand statements out.
func (t *tx) afterwards(query string, args ...any) error {
	t.later(query, args...)
	return nil
}

// wordRows are new names for suggestions, as addToDictionary keeps them.
func (b *batch) wordRows() (*rows, error) {
	words := counted("dictionary", "folded", 1)
	if len(b.words) == 0 {
		return words, nil
	}
	had, err := column[string](b.look, "SELECT folded FROM dictionary WHERE folded IN (SELECT value FROM json_each(?))", toJSON(b.words))
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, w := range had {
		known[w] = true
	}
	for _, w := range b.words {
		if known[w] {
			continue
		}
		n, err := b.number("dictionary")
		if err != nil {
			return nil, err
		}
		words.addCounted(n, w)
		b.near.add(n, w)
	}
	return words, nil
}

func (b *batch) memberRows() *rows {
	members := &rows{into: "INSERT OR FAIL INTO members (entity, cluster, document, first, alive, claims)", columns: 6, sorted: 1}
	for _, m := range b.joined {
		members.add(string(m.entity), string(m.group.id), string(m.document), m.first, true, m.claims)
	}
	return members
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

// changedGroupTables leave the indexes of a row alone where what they hold
// stays: a cluster is renamed less often than it is named.
func changedGroupTables() groupTables {
	return groupTables{
		clusters: &rows{into: "INSERT OR FAIL INTO clusters (id, name, type, unnamed, members, documents, claims)", columns: 7, sorted: 1,
			after: ` ON CONFLICT (id) DO UPDATE SET name = excluded.name, members = excluded.members, documents = excluded.documents,
				claims = excluded.claims`},
		names: &rows{into: "INSERT OR FAIL INTO names (cluster, folded, name, chosen, main, uses)", columns: 6, sorted: 2,
			after: ` ON CONFLICT (cluster, folded) DO UPDATE SET name = excluded.name, chosen = excluded.chosen, main = excluded.main,
				uses = excluded.uses`},
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
