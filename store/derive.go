package store

import (
	"cmp"
	"maps"
	"slices"

	"kith"
)

// derivation derives everything anew, as known at a time. It goes over each
// table once; only documents that were decided on, read again or changed are
// looked at one by one.
type derivation struct {
	q       *queries
	known   string
	touched map[kith.DocumentID]bool
	members component // nodes, and the judgements in force between them
	of      []derivedMember
}

// derivedMember is what is derived of one local entity, beside its id.
type derivedMember struct {
	document kith.DocumentID
	first    int64 // smallest entities.n, or 0
	last     int64 // largest
	name     string
	kind     kith.EntityType
	unnamed  bool
	names    nameList
	alive    bool
	claims   int
}

// deriveAll fills the derived tables visible, members, clusters, names and
// rivals, which must be empty; undone must be filled.
func deriveAll(q *queries, known string) (*derivation, error) {
	d := &derivation{q: q, known: known, touched: map[kith.DocumentID]bool{}, members: component{index: map[kith.EntityID]int32{}}}
	for _, step := range []func() error{d.touch, d.visible, d.entities, d.renamings, d.judgements, d.liveliness, d.write} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// touch finds the documents whose claims and entities do not follow from one
// reading alone.
func (d *derivation) touch() error {
	docs, err := column[kith.DocumentID](d.q, `SELECT document FROM decisions WHERE document <> '' UNION SELECT document FROM carried
		UNION SELECT document FROM versions UNION SELECT replaces FROM versions UNION SELECT document FROM claims WHERE reading = 0
		UNION SELECT document FROM readings GROUP BY document HAVING count(*) > 1`)
	for _, doc := range docs {
		d.touched[doc] = true
	}
	return err
}

func (d *derivation) visible() error {
	touched := toJSON(slices.Sorted(maps.Keys(d.touched)))
	if err := d.q.exec(`INSERT INTO visible (claim, id, document, review, superseded, shown)
		SELECT c.n, c.id, c.document, 'unreviewed', 0, 1 FROM readings r CROSS JOIN claims c ON c.document = r.document AND c.reading = r.n
		WHERE r.at <= ?1 AND r.document NOT IN (SELECT value FROM json_each(?2))`, d.known, touched); err != nil {
		return err
	}
	docs, err := column[kith.DocumentID](d.q, "SELECT id FROM documents WHERE at <= ?1 AND id IN (SELECT value FROM json_each(?2))", d.known, touched)
	if err != nil {
		return err
	}
	for _, doc := range docs {
		rows, err := visibleClaims(d.q, doc, d.known)
		if err != nil {
			return err
		}
		if err := putVisible(d.q, doc, rows); err != nil {
			return err
		}
	}
	return nil
}

// entities lists the local entities in the order in which they came, with the
// names that their newest reading gives them.
func (d *derivation) entities() error {
	return d.q.each(func(scan func(...any) error) error {
		var n int64
		var id kith.EntityID
		var m derivedMember
		var aliases string
		var reading int64
		if err := scan(&n, &id, &m.document, &m.name, &m.kind, &m.unnamed, &aliases, &reading); err != nil {
			return err
		}
		i, known := d.members.index[id]
		if !known {
			i = int32(len(d.of))
			d.members.add(id)
			m.first = n
			d.of = append(d.of, m)
		}
		of := &d.of[i]
		of.last = n
		of.names = namesIn(m.name, fromJSON[[]string](aliases))
		of.alive = reading > 0 && !d.touched[m.document]
		return nil
	}, `SELECT e.n, e.id, e.document, e.name, e.type, e.unnamed, e.aliases, e.reading FROM entities e LEFT JOIN readings r ON r.n = e.reading
		WHERE coalesce(r.at, (SELECT min(at) FROM readings WHERE document = e.document)) <= ? ORDER BY e.n`, d.known)
}

// renamings adds the names that people gave.
func (d *derivation) renamings() error {
	ids, err := column[kith.EntityID](d.q, `SELECT DISTINCT de.entity FROM decision_entities de JOIN decisions d ON d.id = de.decision
		WHERE d.action IN ('alias', 'rename')`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		i, ok := d.members.index[id]
		if !ok {
			continue
		}
		if d.of[i].names, err = localNames(d.q, id, d.known); err != nil {
			return err
		}
	}
	return nil
}

// judgements loads the judgements in force. They may name entities that are
// not there.
func (d *derivation) judgements() error {
	c := &d.members
	err := d.q.each(func(scan func(...any) error) error {
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
	}, "SELECT n, a, b, verdict, decision <> '' FROM judgements j WHERE at <= ? AND "+judgementsInForce, d.known)
	d.of = append(d.of, make([]derivedMember, len(c.nodes)-len(d.of))...)
	return err
}

// liveliness says which entities are alive, and counts their claims.
func (d *derivation) liveliness() error {
	for doc := range d.touched {
		alive, _, err := liveliness(d.q, doc, d.known)
		if err != nil {
			return err
		}
		for id := range alive {
			if i, ok := d.members.index[id]; ok && d.of[i].first > 0 {
				d.of[i].alive = true
			}
		}
	}
	return d.q.each(func(scan func(...any) error) error {
		var ends [3]kith.EntityID
		if err := scan(&ends[0], &ends[1], &ends[2]); err != nil {
			return err
		}
		for k, id := range ends {
			if i, ok := d.members.index[id]; ok && !slices.Contains(ends[:k], id) && d.of[i].first > 0 {
				d.of[i].claims++
				d.of[i].alive = true
			}
		}
		return nil
	}, "SELECT c.subject, c.object, c.third FROM visible v JOIN claims c ON c.n = v.claim WHERE v.shown = 1")
}

// write folds the judgements and fills the tables.
func (d *derivation) write() error {
	labels, taken := fold(len(d.members.nodes), d.members.edges)
	firsts := make([]int64, len(d.of))
	for i, m := range d.of {
		firsts[i] = m.first
	}
	ids := clusterNames(d.members.nodes, firsts, labels)
	members := &rows{into: "INSERT INTO members (entity, cluster, document, first, alive, claims)", columns: 6}
	for i, m := range d.of {
		members.add(string(d.members.nodes[i]), string(ids[labels[i]]), string(m.document), m.first, m.alive, m.claims)
	}
	if err := members.each(d.q.exec); err != nil {
		return err
	}
	if err := d.writeGroups(labels, ids); err != nil {
		return err
	}
	return d.writeRivals(labels, taken, ids)
}

// writeGroups sums up the clusters that have a member in the store.
func (d *derivation) writeGroups(labels []int32, ids map[int32]kith.EntityID) error {
	tables := newGroupTables()
	for part := range d.clusters(labels) {
		if g := d.group(part, ids[labels[part[0]]]); g != nil {
			tables.add(g)
		}
	}
	for _, r := range []*rows{tables.clusters, tables.names} {
		if err := r.each(d.q.exec); err != nil {
			return err
		}
	}
	return nil
}

// clusters yields the members of each cluster, in the order in which they came.
func (d *derivation) clusters(labels []int32) func(func([]int32) bool) {
	order := make([]int32, len(labels))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(labels[a], labels[b]), cmp.Compare(a, b)) })
	return func(yield func([]int32) bool) {
		for from, to := 0, 0; from < len(order); from = to {
			for to = from; to < len(order) && labels[order[to]] == labels[order[from]]; to++ {
			}
			if !yield(order[from:to]) {
				return
			}
		}
	}
}

// group adds up the members of one cluster, or returns nil where none of them
// is in the store.
func (d *derivation) group(part []int32, id kith.EntityID) *group {
	var g *group
	documents := map[kith.DocumentID]bool{}
	for _, i := range part {
		m := &d.of[i]
		if m.first == 0 {
			continue
		}
		if g == nil {
			g = &group{id: id, name: m.name, kind: m.kind, unnamed: m.unnamed}
		}
		g.claims += m.claims
		if !m.alive {
			continue
		}
		g.members++
		documents[m.document] = true
		for _, n := range m.names {
			g.addName(groupName{localName: n, uses: 1})
		}
	}
	if g != nil {
		g.documents = len(documents)
		g.title()
	}
	return g
}

func (d *derivation) writeRivals(labels []int32, taken []bool, ids map[int32]kith.EntityID) error {
	table := &rows{into: "INSERT INTO rivals (cluster, other)", columns: 2}
	seen := map[[2]int32]bool{}
	for i, e := range d.members.edges {
		a, b := labels[e.a], labels[e.b]
		if e.verdict != 'd' || !taken[i] || a == b || seen[[2]int32{a, b}] {
			continue
		}
		seen[[2]int32{a, b}], seen[[2]int32{b, a}] = true, true
		table.add(string(ids[a]), string(ids[b]))
		table.add(string(ids[b]), string(ids[a]))
	}
	return table.each(d.q.exec)
}
