package store

import (
	"slices"
	"unicode/utf8"

	"kith"
)

// group is a cluster as a batch holds it in memory.
type group struct {
	id                         kith.EntityID
	name                       string
	kind                       kith.EntityType
	unnamed                    bool
	members, documents, claims int
	names                      []groupName
	traits                     []kith.Trait
	last                       kith.DocumentID // the last document of the batch that it is in
	named                      bool            // names are loaded
	changed, retold, gone      bool            // the row, the traits; it became part of another
}

// groupName is a name of a cluster, with how many members have it.
type groupName struct {
	localName
	uses    int
	changed bool
}

// addName adds a name's counts to those that the cluster has.
func (g *group) addName(n groupName) {
	for i := range g.names {
		if o := &g.names[i]; o.folded == n.folded {
			o.name, o.chosen = max(o.name, n.name), max(o.chosen, n.chosen)
			o.main, o.uses, o.changed = o.main+n.main, o.uses+n.uses, true
			return
		}
	}
	n.changed = true
	g.names = append(g.names, n)
}

// title chooses the name that the cluster is shown by, as tx.title does.
func (g *group) title() {
	var best *groupName
	for i := range g.names {
		if n := &g.names[i]; best == nil || n.before(best) {
			best = n
		}
	}
	if best != nil {
		g.name = best.name
	}
}

func (n *groupName) before(o *groupName) bool {
	switch {
	case n.chosen != o.chosen:
		return n.chosen > o.chosen
	case n.main != o.main:
		return n.main > o.main
	case n.uses != o.uses:
		return n.uses > o.uses
	}
	if a, b := utf8.RuneCountInString(n.name), utf8.RuneCountInString(o.name); a != b {
		return a > b
	}
	return n.folded < o.folded
}

// take makes the one entity of drop a member of g, as tx.union does.
func (g *group) take(drop *group) {
	g.members++
	if g.last != drop.last {
		g.documents++
	}
	g.last = drop.last
	g.claims += drop.claims
	for _, n := range drop.names {
		g.addName(n)
	}
	g.title()
	drop.gone = true
}

// group returns a cluster, or nil where there is none.
func (b *batch) group(id kith.EntityID) (*group, error) {
	err := b.loadGroups([]kith.EntityID{id})
	return b.groups[id], err
}

// loadGroups looks up, by one statement, the clusters that the batch does not
// hold yet.
func (b *batch) loadGroups(ids []kith.EntityID) error {
	var missing []kith.EntityID
	for _, id := range ids {
		if _, ok := b.groups[id]; !ok {
			b.groups[id] = nil
			missing = append(missing, id)
		}
	}
	if missing == nil {
		return nil
	}
	slices.Sort(missing) // neighbours in the table are read together
	return b.look.each(func(scan func(...any) error) error {
		g := &group{}
		var traits string
		err := scan(&g.id, &g.name, &g.kind, &g.unnamed, &g.members, &g.documents, &g.claims, &traits)
		g.traits = parseTraits(traits)
		b.groups[g.id] = g
		return err
	}, `SELECT c.id, c.name, c.type, c.unnamed, c.members, c.documents, c.claims, coalesce(p.traits, '')
		FROM json_each(?) j CROSS JOIN clusters c ON c.id = j.value LEFT JOIN profiles p ON p.cluster = c.id`, toJSON(missing))
}

// loadNames loads, by one statement, what clusters are called.
func (b *batch) loadNames(groups []*group) error {
	var missing []kith.EntityID
	for _, g := range groups {
		if !g.named {
			g.named = true
			missing = append(missing, g.id)
		}
	}
	if missing == nil {
		return nil
	}
	return b.look.each(func(scan func(...any) error) error {
		var id kith.EntityID
		var n groupName
		err := scan(&id, &n.folded, &n.name, &n.chosen, &n.main, &n.uses)
		g := b.groups[id]
		g.names = append(g.names, n)
		return err
	}, "SELECT n.cluster, n.folded, n.name, n.chosen, n.main, n.uses FROM json_each(?) j CROSS JOIN names n ON n.cluster = j.value", toJSON(missing))
}
