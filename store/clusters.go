package store

import (
	"kith"
)

// union makes two clusters one. The id of the older stays.
func (t *tx) union(a, b kith.EntityID) error {
	keep, drop, err := t.older(a, b)
	if err != nil {
		return err
	}
	if err := t.mergeProfiles(keep, drop); err != nil {
		return err
	}
	var both int
	if _, err := t.first([]any{&both}, `SELECT count(DISTINCT d.document) FROM members d WHERE d.cluster = ?2 AND d.alive = 1
		AND EXISTS (SELECT 1 FROM members k WHERE k.cluster = ?1 AND k.document = d.document AND k.alive = 1)`, keep, drop); err != nil {
		return err
	}
	if err := t.moveRest(keep, drop); err != nil {
		return err
	}
	for _, step := range []string{
		`UPDATE clusters SET members = clusters.members + o.members, documents = clusters.documents + o.documents,
			claims = clusters.claims + o.claims FROM clusters o WHERE clusters.id = ?1 AND o.id = ?2`,
		`INSERT INTO names (cluster, folded, name, chosen, main, uses)
			SELECT ?1, folded, name, chosen, main, uses FROM names WHERE cluster = ?2
			ON CONFLICT (cluster, folded) DO UPDATE SET name = max(name, excluded.name), chosen = max(chosen, excluded.chosen),
			main = main + excluded.main, uses = uses + excluded.uses`,
		`DELETE FROM names WHERE cluster = ?2 AND ?1 <> ''`,
		`DELETE FROM clusters WHERE id = ?2 AND ?1 <> ''`,
		`UPDATE members SET cluster = ?1 WHERE cluster = ?2`,
	} {
		if err := t.exec(step, keep, drop); err != nil {
			return err
		}
	}
	if both > 0 {
		if err := t.exec("UPDATE clusters SET documents = documents - ? WHERE id = ?", both, keep); err != nil {
			return err
		}
	}
	return t.title(keep)
}

// moveRest makes the keys and rivals of a cluster those of another. One that
// has just come has neither.
func (t *tx) moveRest(keep, drop kith.EntityID) error {
	var one int
	found, err := t.first([]any{&one}, "SELECT 1 FROM keys WHERE cluster = ?1 UNION ALL SELECT 1 FROM rivals WHERE cluster = ?1 LIMIT 1", drop)
	if err != nil || !found {
		return err
	}
	for _, step := range []string{
		`INSERT OR IGNORE INTO keys (value, cluster) SELECT value, ?1 FROM keys WHERE cluster = ?2`,
		`DELETE FROM keys WHERE cluster = ?2 AND ?1 <> ''`,
		`INSERT OR IGNORE INTO rivals (cluster, other) SELECT ?1, other FROM rivals WHERE cluster = ?2`,
		`INSERT OR IGNORE INTO rivals (cluster, other) SELECT other, ?1 FROM rivals WHERE cluster = ?2`,
		`DELETE FROM rivals WHERE other = ?2 AND cluster IN (SELECT other FROM rivals WHERE cluster = ?2) AND ?1 <> ''`,
		`DELETE FROM rivals WHERE cluster = ?2 AND ?1 <> ''`,
	} {
		if err := t.exec(step, keep, drop); err != nil {
			return err
		}
	}
	return nil
}

// older orders two cluster ids by the age of their first member.
func (t *tx) older(a, b kith.EntityID) (kith.EntityID, kith.EntityID, error) {
	var firstA, firstB int64
	for id, first := range map[kith.EntityID]*int64{a: &firstA, b: &firstB} {
		if _, err := t.first([]any{first}, "SELECT first FROM members WHERE entity = ?", id); err != nil {
			return "", "", err
		}
	}
	if firstA == 0 || firstB > 0 && firstB < firstA {
		a, b = b, a
	}
	return a, b, nil
}

// clusterOf returns the cluster of an entity, or "" for an unknown one.
func (q *queries) clusterOf(id kith.EntityID) (kith.EntityID, error) {
	var cluster kith.EntityID
	_, err := q.first([]any{&cluster}, "SELECT cluster FROM members WHERE entity = ?", id)
	return cluster, err
}

// component is what hangs together with some entities by judgements in force.
type component struct {
	index map[kith.EntityID]int32
	nodes []kith.EntityID
	edges []edge
	outer []edge // "different" judgements that lead out: b indexes far
	far   []kith.EntityID
}

// refold derives again the clusters of everything that hangs together with
// the seeds.
func (t *tx) refold(seeds []kith.EntityID) error {
	c, err := t.component(seeds)
	if err != nil {
		return err
	}
	labels, taken := fold(len(c.nodes), c.edges)
	touched, err := t.relabel(c, labels)
	if err != nil {
		return err
	}
	list := toJSON(touched)
	if err := rebuildSummaries(&t.queries, list); err != nil {
		return err
	}
	return t.rebuildRivals(c, taken, list)
}

// component walks the "same" judgements in force outwards from the seeds.
func (t *tx) component(seeds []kith.EntityID) (*component, error) {
	c := &component{index: map[kith.EntityID]int32{}}
	c.add(seeds...)
	seen := map[int64]bool{}
	var found []loaded
	for i := 0; i < len(c.nodes); i++ {
		js, err := t.judgementsOn(c.nodes[i])
		if err != nil {
			return nil, err
		}
		for _, j := range js {
			if seen[j.n] {
				continue
			}
			seen[j.n] = true
			if j.verdict == 's' {
				c.add(j.a, j.b)
			}
			found = append(found, j)
		}
	}
	for _, j := range newestOfPairs(found) {
		a, inA := c.index[j.a]
		b, inB := c.index[j.b]
		e := edge{a: a, b: b, n: j.n, human: j.human, verdict: j.verdict}
		switch {
		case inA && inB:
			c.edges = append(c.edges, e)
		case j.verdict == 'd':
			far := j.b
			if !inA {
				e.a, far = b, j.a
			}
			e.b = int32(len(c.far))
			c.far = append(c.far, far)
			c.outer = append(c.outer, e)
		}
	}
	return c, nil
}

// newestOfPairs keeps, of the machine judgements on one pair, the newest.
func newestOfPairs(js []loaded) []loaded {
	type pair struct{ a, b kith.EntityID }
	newest := map[pair]int64{}
	for _, j := range js {
		if !j.human {
			newest[pair{j.a, j.b}] = max(newest[pair{j.a, j.b}], j.n)
		}
	}
	out := js[:0]
	for _, j := range js {
		if j.human || newest[pair{j.a, j.b}] == j.n {
			out = append(out, j)
		}
	}
	return out
}

func (c *component) add(ids ...kith.EntityID) {
	for _, id := range ids {
		if _, ok := c.index[id]; !ok {
			c.index[id] = int32(len(c.nodes))
			c.nodes = append(c.nodes, id)
		}
	}
}

// loaded is a judgement in force as the fold needs it.
type loaded struct {
	a, b    kith.EntityID
	n       int64
	human   bool
	verdict byte
}

const judgementsInForce = `(j.decision = '' OR j.decision NOT IN (SELECT decision FROM undone))`

func (t *tx) judgementsOn(id kith.EntityID) ([]loaded, error) {
	var out []loaded
	err := t.each(func(scan func(...any) error) error {
		var j loaded
		var verdict string
		if err := scan(&j.n, &j.a, &j.b, &verdict, &j.human); err != nil {
			return err
		}
		j.verdict = verdict[0]
		out = append(out, j)
		return nil
	}, `SELECT n, a, b, verdict, decision <> '' FROM judgements j WHERE a = ?1 AND `+judgementsInForce+`
		UNION ALL SELECT n, a, b, verdict, decision <> '' FROM judgements j WHERE b = ?1 AND a <> ?1 AND `+judgementsInForce, id)
	return out, err
}

// relabel writes the clusters that a fold gave and returns those touched.
func (t *tx) relabel(c *component, labels []int32) ([]kith.EntityID, error) {
	firsts := make([]int64, len(c.nodes))
	before := make([]kith.EntityID, len(c.nodes))
	for i, id := range c.nodes {
		found, err := t.first([]any{&before[i], &firsts[i]}, "SELECT cluster, first FROM members WHERE entity = ?", id)
		if err != nil {
			return nil, err
		}
		if !found { // judged before, or after, its document was here
			if err := t.exec("INSERT INTO members (entity, cluster, document, first, alive, claims) VALUES (?, ?, '', 0, 0, 0)", id, id); err != nil {
				return nil, err
			}
			before[i] = id
		}
	}
	names := clusterNames(c.nodes, firsts, labels)
	touched := map[kith.EntityID]bool{}
	var list []kith.EntityID
	touch := func(id kith.EntityID) {
		if !touched[id] {
			touched[id] = true
			list = append(list, id)
		}
	}
	for i, id := range c.nodes {
		now := names[labels[i]]
		touch(before[i])
		touch(now)
		if now != before[i] {
			if err := t.exec("UPDATE members SET cluster = ? WHERE entity = ?", now, id); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// clusterNames names each cluster by its first member; members of forgotten
// documents (first 0) come last.
func clusterNames(nodes []kith.EntityID, firsts []int64, labels []int32) map[int32]kith.EntityID {
	best := map[int32]int{}
	for i, label := range labels {
		b, ok := best[label]
		better := !ok || firsts[i] > 0 && (firsts[b] == 0 || firsts[i] < firsts[b]) ||
			firsts[i] == 0 && firsts[b] == 0 && nodes[i] < nodes[b]
		if better {
			best[label] = i
		}
	}
	names := make(map[int32]kith.EntityID, len(best))
	for label, i := range best {
		names[label] = nodes[i]
	}
	return names
}

// rebuildSummaries derives clusters, names and traits again for the clusters
// in a JSON list.
func rebuildSummaries(q *queries, list string) error {
	in := func(column string) string { return column + " IN (SELECT value FROM json_each(?1))" }
	for _, step := range []string{
		"DELETE FROM clusters WHERE " + in("id"),
		"DELETE FROM names WHERE " + in("cluster"),
		"DELETE FROM keys WHERE " + in("cluster"),
		"DELETE FROM profiles WHERE " + in("cluster"),
		`INSERT INTO clusters (id, name, type, unnamed, members, documents, claims)
			SELECT s.cluster, e.name, e.type, e.unnamed, s.members, s.documents, s.claims FROM (
				SELECT m.cluster, min(CASE WHEN m.first > 0 THEN m.first END) AS first, sum(m.alive) AS members,
					count(DISTINCT CASE WHEN m.alive = 1 THEN m.document END) AS documents, sum(m.claims) AS claims
				FROM members m WHERE ` + in("m.cluster") + ` GROUP BY m.cluster) s
			JOIN entities e ON e.n = s.first`,
		`INSERT INTO names (cluster, folded, name, chosen, main, uses)
			SELECT m.cluster, l.folded, max(l.name), max(l.chosen), sum(l.main), count(*)
			FROM members m JOIN local_names l ON l.entity = m.entity
			WHERE m.alive = 1 AND ` + in("m.cluster") + ` GROUP BY m.cluster, l.folded`,
		`UPDATE clusters SET name = coalesce((SELECT name FROM names WHERE cluster = id
			ORDER BY chosen DESC, main DESC, uses DESC, length(name) DESC, folded LIMIT 1), name) WHERE ` + in("id"),
	} {
		if err := q.exec(step, list); err != nil {
			return err
		}
	}
	return rebuildTraits(q, list)
}

// rebuildRivals writes again which clusters are held apart.
func (t *tx) rebuildRivals(c *component, taken []bool, list string) error {
	for _, step := range []string{
		`DELETE FROM rivals WHERE other IN (SELECT value FROM json_each(?1)) AND cluster IN
			(SELECT other FROM rivals WHERE cluster IN (SELECT value FROM json_each(?1)))`,
		`DELETE FROM rivals WHERE cluster IN (SELECT value FROM json_each(?1))`,
	} {
		if err := t.exec(step, list); err != nil {
			return err
		}
	}
	for i, e := range c.edges {
		if e.verdict == 'd' && taken[i] {
			if err := t.rival(c.nodes[e.a], c.nodes[e.b]); err != nil {
				return err
			}
		}
	}
	for _, e := range c.outer {
		if err := t.rival(c.nodes[e.a], c.far[e.b]); err != nil {
			return err
		}
	}
	return nil
}

// rival notes that the clusters of two entities are held apart.
func (t *tx) rival(a, b kith.EntityID) error {
	ca, err := t.clusterOf(a)
	if err != nil {
		return err
	}
	cb, err := t.clusterOf(b)
	if err != nil || ca == cb || ca == "" || cb == "" {
		return err
	}
	return t.exec("INSERT OR IGNORE INTO rivals (cluster, other) VALUES (?1, ?2), (?2, ?1)", ca, cb)
}
