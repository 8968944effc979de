package store

import (
	"slices"
	"sort"
	"strings"

	"kith"
)

// batchMatching is the store in the middle of resolving a document of a batch.
type batchMatching struct {
	b       *batch
	doc     kith.DocumentID
	reading *kith.Reading
}

// matching gives the reading as newestReading would load it.
func (b *batch) matching(r *kith.Reading) *batchMatching {
	reading := &kith.Reading{Document: r.Document, Entities: slices.Clone(r.Entities), Mentions: slices.Clone(r.Mentions), Claims: slices.Clone(r.Claims)}
	for i := range reading.Mentions {
		reading.Mentions[i].Entity = -1
	}
	sort.SliceStable(reading.Mentions, func(i, j int) bool { return reading.Mentions[i].Start < reading.Mentions[j].Start })
	return &batchMatching{b, r.Document.ID, reading}
}

func (m *batchMatching) Reading() *kith.Reading { return m.reading }

// Settled is "" for all: the document has just come.
func (m *batchMatching) Settled(kith.EntityID) (kith.EntityID, error) { return "", nil }

// Apart looks as matching.Apart does; nothing that a batch gathers holds any
// entities apart.
func (m *batchMatching) Apart(a, b kith.EntityID) (bool, error) {
	ca, err := m.b.clusterOf(a)
	if err != nil {
		return false, err
	}
	cb, err := m.b.clusterOf(b)
	if err != nil {
		return false, err
	}
	if m.b.isNew(ca) || m.b.isNew(cb) {
		return false, nil
	}
	return m.b.look.areRivals(ca, cb)
}

// isNew reports whether a cluster began in the batch.
func (b *batch) isNew(id kith.EntityID) bool { return b.members[id] != nil }

func (b *batch) clusterOf(id kith.EntityID) (kith.EntityID, error) {
	if m := b.members[id]; m != nil {
		return m.group.id, nil
	}
	if b.groups[id] != nil { // a cluster has the id of its first member
		return id, nil
	}
	return b.look.clusterOf(id)
}

// Foresee looks up, by two statements, what many calls of Candidates need.
func (m *batchMatching) Foresee(lists, later [][]string, most int) error {
	if err := m.b.loadKeys(slices.Concat(slices.Concat(lists...), slices.Concat(later...)), most+1); err != nil {
		return err
	}
	var ids []kith.EntityID
	for _, keys := range lists {
		ids = append(ids, m.under(keys, most)...)
	}
	return m.b.loadGroups(ids)
}

// Candidates looks clusters up by key, as matching.Candidates does.
func (m *batchMatching) Candidates(keys []string, most int) ([]kith.Profile, error) {
	if err := m.b.loadKeys(keys, most+1); err != nil {
		return nil, err
	}
	ids := m.under(keys, most)
	if err := m.b.loadGroups(ids); err != nil {
		return nil, err
	}
	var out []kith.Profile
	for _, id := range ids {
		if g := m.b.groups[id]; g != nil {
			out = append(out, kith.Profile{Entity: id, Name: g.name, Type: g.kind, Documents: g.documents, Traits: g.traits})
		}
	}
	return out, nil
}

// under are the clusters that have one of some keys, which are loaded.
func (m *batchMatching) under(keys []string, most int) []kith.EntityID {
	var ids []kith.EntityID
	for _, key := range keys {
		found := m.b.key(key).clusters
		if len(found) > most {
			continue
		}
		for _, id := range found {
			if len(ids) < most && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// keyed are the clusters that have a key.
type keyed struct {
	clusters []kith.EntityID // sorted; as many as were asked for
	loaded   int             // how many were asked for
	added    []kith.EntityID // those that the batch adds
}

func (b *batch) key(value string) *keyed {
	k := b.keys[value]
	if k == nil {
		k = &keyed{}
		b.keys[value] = k
	}
	return k
}

// loadKeys looks up, by one statement, which clusters have some keys: all of
// them where they are fewer than most, else at least that many, in order.
func (b *batch) loadKeys(keys []string, most int) error {
	var missing []string
	for _, value := range keys {
		if b.key(value).loaded < most {
			missing = append(missing, value)
		}
	}
	if missing == nil {
		return nil
	}
	if b.bare {
		for _, value := range missing {
			b.key(value).load("", most)
		}
		return nil
	}
	return b.look.each(func(scan func(...any) error) error {
		var value, clusters string
		if err := scan(&value, &clusters); err != nil {
			return err
		}
		b.key(value).load(clusters, most)
		return nil
	}, `SELECT j.value, coalesce((SELECT group_concat(cluster, ',') FROM (SELECT cluster FROM keys WHERE value = j.value LIMIT ?2)), '')
		FROM json_each(?1) j`, toJSON(missing), most)
}

// load takes the clusters that the store has under the key, with commas
// between, of which most were asked for.
func (k *keyed) load(clusters string, most int) {
	k.clusters, k.loaded = nil, most
	if clusters != "" {
		for id := range strings.SplitSeq(clusters, ",") {
			k.clusters = append(k.clusters, kith.EntityID(id))
		}
		slices.Sort(k.clusters)
	}
	for _, cluster := range k.added {
		k.include(cluster)
	}
}

// include reports whether the cluster is new among those known to have the key.
func (k *keyed) include(cluster kith.EntityID) bool {
	i, found := slices.BinarySearch(k.clusters, cluster)
	if !found {
		k.clusters = slices.Insert(k.clusters, i, cluster)
	}
	return !found
}

// add gives a cluster the key and reports whether it is new to it. Of a key
// that very many clusters have not all are known; the table leaves out then
// what it has.
func (k *keyed) add(cluster kith.EntityID) bool {
	if k.loaded > 0 && len(k.clusters) < k.loaded {
		if !k.include(cluster) {
			return false
		}
	} else if _, found := slices.BinarySearch(k.clusters, cluster); found || slices.Contains(k.added, cluster) {
		return false
	}
	k.added = append(k.added, cluster)
	return true
}

// resolve keeps what a match found. Judgements that do more than tie entities
// of the document to clusters are left to tx.judge, on the flushed batch.
func (b *batch) resolve(doc kith.DocumentID, found kith.Matched) error {
	simple, err := b.simple(doc, found)
	if err != nil {
		return err
	}
	if !simple {
		if err := b.flush(); err != nil {
			return err
		}
		if _, err := b.t.judge(found.Judgements); err != nil {
			return err
		}
		return b.t.putTraits(doc, found.Profiles)
	}
	if err := b.loadNames(b.joinedBy(doc, found.Judgements)); err != nil {
		return err
	}
	for i, j := range found.Judgements {
		if err := b.judge(doc, j, i); err != nil {
			return err
		}
	}
	for _, p := range found.Profiles {
		traits := plainTraits(p.Traits)
		b.localTraits.add(string(p.Entity), formatTraits(traits))
		b.tell(b.members[p.Entity].group, traits)
	}
	return nil
}

// tell adds a member's traits to those of its cluster, as tx.changeTraits does.
func (b *batch) tell(g *group, traits []kith.Trait) {
	rest := make([]kith.Trait, 0, len(traits))
	for _, t := range traits {
		if t.Kind == kith.TraitKey {
			if b.key(t.Value).add(g.id) {
				b.told.add(t.Value, string(g.id))
			}
		} else {
			rest = append(rest, t)
		}
	}
	g.traits = addUp(g.traits, rest)
	g.retold = true
	b.touch(g)
}

// joinedBy are the clusters that entities of the document join.
func (b *batch) joinedBy(doc kith.DocumentID, js []kith.Judgement) []*group {
	var out []*group
	for _, j := range js {
		if _, other := b.ends(doc, j); j.Verdict == kith.Same && b.groups[other] != nil {
			out = append(out, b.groups[other])
		}
	}
	return out
}

// judge takes a judgement that simple let through.
func (b *batch) judge(doc kith.DocumentID, j kith.Judgement, rank int) error {
	j, err := b.t.completed(j, rank)
	if err != nil {
		return err
	}
	b.judgements.add(j.ID, string(j.A), string(j.B), string(j.Verdict), j.Score, toJSON(j.Reasons), j.By, stamp(j.At), string(j.Decision))
	local, other := b.ends(doc, j)
	if j.Verdict == kith.Unsure {
		return nil
	}
	id, err := b.clusterOf(other)
	if err != nil {
		return err
	}
	g, err := b.group(id)
	if err != nil {
		return err
	}
	if err := b.loadNames([]*group{g}); err != nil {
		return err
	}
	m := b.members[local]
	g.take(m.group)
	b.touch(g)
	delete(b.groups, local)
	m.group = g
	return nil
}

// ends tells the end of a judgement that is of the document from the other;
// both are "" where not exactly one is.
func (b *batch) ends(doc kith.DocumentID, j kith.Judgement) (local, other kith.EntityID) {
	a, z := b.isLocal(doc, j.A), b.isLocal(doc, j.B)
	switch {
	case a && !z:
		return j.A, j.B
	case z && !a:
		return j.B, j.A
	}
	return "", ""
}

func (b *batch) isLocal(doc kith.DocumentID, id kith.EntityID) bool {
	m := b.members[id]
	return m != nil && m.document == doc
}

// simple reports whether the batch can keep what a match found: each
// judgement is on one entity of the document and a living cluster of others,
// no pair is judged twice and no entity is placed twice.
func (b *batch) simple(doc kith.DocumentID, found kith.Matched) (bool, error) {
	placed := map[kith.EntityID]bool{}
	judged := map[[2]kith.EntityID]bool{}
	for _, j := range found.Judgements {
		local, other := b.ends(doc, j)
		pair := [2]kith.EntityID{local, other}
		if local == "" || other == "" || judged[pair] || j.ID != "" || j.Decision != "" || j.Verdict != kith.Same && j.Verdict != kith.Unsure {
			return false, nil
		}
		judged[pair] = true
		if j.Verdict == kith.Same && placed[local] {
			return false, nil
		}
		placed[local] = placed[local] || j.Verdict == kith.Same
		if living, err := b.living(other); err != nil || !living {
			return false, err
		}
	}
	told := map[kith.EntityID]bool{}
	for _, p := range found.Profiles {
		if told[p.Entity] || !b.isLocal(doc, p.Entity) {
			return false, nil
		}
		told[p.Entity] = true
	}
	return true, nil
}

// living reports whether an entity stands in a cluster that has a member in the
// store: one of which nothing is left has no row.
func (b *batch) living(id kith.EntityID) (bool, error) {
	cluster, err := b.clusterOf(id)
	if err != nil || cluster == "" {
		return false, err
	}
	g, err := b.group(cluster)
	return g != nil, err
}
