package store

import (
	"slices"

	"kith"
)

// batch stores readings that the store knows nothing of yet. What they change
// is folded in memory, so that a party that thousands of rows name is written
// once; flush writes it by few statements. The outcome equals that of putOne.
type batch struct {
	t      *tx
	look   *queries        // where what the store held before is looked up
	before *view           // the store before the batch, where it is written meanwhile
	writer *writer         // writes meanwhile; nil: flush writes
	known  map[string]bool // documents, entities and keys of claims that the store has met
	bare   bool            // the store had no keys yet

	documents, originals, appearances, readings, skips *rows
	entities, mentions, claims, visible, passages      *rows
	localNames, localTraits, told, judgements, pending *rows

	texts    *rows // what search indexes
	near     *rows // and for suggestions
	numbers  map[string]int64
	members  map[kith.EntityID]*member
	joined   []*member // those to be written, in order
	groups   map[kith.EntityID]*group
	changed  []*group
	keys     map[string]*keyed
	words    []string // folded names, for suggestions
	hasWords map[string]bool
}

// member is a local entity of the batch.
type member struct {
	entity   kith.EntityID
	group    *group
	document kith.DocumentID
	first    int64
	claims   int
}

// batch makes an empty batch.
func (t *tx) batch() *batch {
	b := &batch{t: t, look: &t.queries, known: map[string]bool{}}
	b.reset()
	return b
}

// meet asks what the store has met of some readings.
func (b *batch) meet(readings []*prepared) error {
	var docs, entities, keys []string
	for _, p := range readings {
		docs = append(docs, string(p.reading.Document.ID))
		for _, e := range p.reading.Entities {
			entities = append(entities, string(e.ID))
		}
		keys = append(keys, p.keys...)
	}
	for _, ask := range []struct { // decisions have a column value of their own
		ids   []string
		query string
	}{
		{docs, `SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM documents WHERE id = j.value)
			OR EXISTS (SELECT 1 FROM readings WHERE document = j.value) OR EXISTS (SELECT 1 FROM appearances WHERE document = j.value)
			OR EXISTS (SELECT 1 FROM versions WHERE document = j.value) OR EXISTS (SELECT 1 FROM versions WHERE replaces = j.value)
			OR EXISTS (SELECT 1 FROM decisions WHERE document = j.value AND document <> '') OR EXISTS (SELECT 1 FROM carried WHERE document = j.value)`},
		{entities, `SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM members WHERE entity = j.value)
			OR EXISTS (SELECT 1 FROM decision_entities WHERE entity = j.value)`},
		{keys, `SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM decisions WHERE claim_key = j.value AND claim_key <> '')
			OR EXISTS (SELECT 1 FROM carried WHERE key = j.value) OR EXISTS (SELECT 1 FROM carried WHERE from_key = j.value)`},
	} {
		found, err := column[string](b.look, ask.query, toJSON(ask.ids))
		if err != nil {
			return err
		}
		for _, id := range found {
			b.known[id] = true
		}
	}
	return nil
}

// reset forgets what was gathered and what was looked up.
func (b *batch) reset() {
	b.resetRows()
	b.texts = &rows{into: "INSERT INTO search (rowid, text)", columns: 2}
	b.near = &rows{into: "INSERT INTO near_names (rowid, folded)", columns: 2}
	b.numbers = map[string]int64{}
	b.members = map[kith.EntityID]*member{}
	b.groups, b.changed = map[kith.EntityID]*group{}, nil
	b.keys = map[string]*keyed{}
	b.hasWords = map[string]bool{}
}

// resetRows forgets the rows that are final.
func (b *batch) resetRows() {
	table := func(into string, columns int) *rows { return &rows{into: into, columns: columns} }
	sorted := func(into string, columns, key int) *rows { return &rows{into: into, columns: columns, sorted: key} }
	// OR FAIL spares the copies of pages that SQLite keeps to take one
	// statement back: where a row fails, the whole transaction does.
	b.documents = sorted(`INSERT OR FAIL INTO documents (id, title, authors, outlet, date, address, path, format, language, original,
		pages, blocks, meta, at, text)`, 15, 1)
	b.originals = table("INSERT OR FAIL INTO originals (document, bytes)", 2)
	b.appearances = sorted("INSERT OR FAIL INTO appearances (document, address, path, outlet, date, seen)", 6, 1)
	b.readings = counted("readings", "document, extractor, reader, digest, sentences, words, at", 7)
	b.skips = table("INSERT OR FAIL INTO skips (document, reading, start_byte, end_byte, why)", 5)
	b.entities = counted("entities", "document, reading, id, name, type, unnamed, aliases, identifiers", 8)
	b.mentions = table("INSERT OR FAIL INTO mentions (document, reading, start_byte, end_byte, kind, type, entity, text)", 8)
	b.claims = counted("claims", claimTable, 31)
	b.visible = table("INSERT OR FAIL INTO visible (claim, id, document, review, superseded, shown)", 6)
	b.passages = counted("passages", "document, start_byte, end_byte", 3)
	b.localNames = sorted("INSERT OR FAIL INTO local_names (entity, folded, name, chosen, main)", 5, 1)
	b.localTraits = sorted("INSERT OR FAIL INTO local_traits (entity, traits)", 2, 1)
	b.told = sorted("INSERT OR IGNORE INTO keys (value, cluster)", 2, 2)
	b.judgements = table("INSERT OR FAIL INTO judgements (id, a, b, verdict, score, reasons, by, at, decision)", 9)
	b.pending = table("INSERT OR FAIL INTO pending (document, n)", 2)
	b.joined, b.words = nil, nil
}

// takes reports whether the batch can store the reading. It says so once of
// each document.
func (b *batch) takes(p *prepared) bool {
	r := p.reading
	doc := string(r.Document.ID)
	if b.known[doc] {
		return false
	}
	b.known[doc] = true
	for _, e := range r.Entities {
		if b.known[string(e.ID)] {
			return false
		}
	}
	return !slices.ContainsFunc(p.keys, func(key string) bool { return b.known[key] })
}

// number is the next number of a table's rows.
func (b *batch) number(table string) (int64, error) {
	n, ok := b.numbers[table]
	if !ok {
		if _, err := b.look.first([]any{&n}, "SELECT coalesce(max(n), 0) FROM "+table); err != nil {
			return 0, err
		}
	}
	b.numbers[table] = n + 1
	return n + 1, nil
}

// put does what putOne does for a reading that the batch takes.
func (b *batch) put(p *prepared, match func(kith.Matching) (kith.Matched, error), added *kith.Added) error {
	r := p.reading
	added.New, added.NewReading, added.Claims = true, true, len(r.Claims)
	at := stampOr(r.At, b.t.at)
	if err := b.document(p, at, added); err != nil {
		return err
	}
	if added.Replaces != "" { // what was decided on the earlier version may hold on
		return b.putVersion(r, at, match, added)
	}
	n, err := b.number("readings")
	if err != nil {
		return err
	}
	b.readings.addCounted(n, string(r.Document.ID), r.Extractor, reader(r.Extractor), p.digest, r.Sentences, r.Words, at)
	if err := b.parts(p, n); err != nil {
		return err
	}
	if match == nil {
		b.pending.add(string(r.Document.ID), n)
		return nil
	}
	found, err := match(b.matching(r))
	if err != nil {
		return err
	}
	return b.resolve(r.Document.ID, found)
}

// putVersion stores the reading of a document that replaces another, the
// document itself being stored.
func (b *batch) putVersion(r *kith.Reading, at string, match func(kith.Matching) (kith.Matched, error), added *kith.Added) error {
	if err := b.flush(); err != nil {
		return err
	}
	added.NewReading, added.Claims = false, 0
	if err := b.t.putContent(r, at, added); err != nil || match == nil {
		return err
	}
	return b.t.resolve(r.Document.ID, match)
}

// document takes the document, where it was seen, and its passages. Kin are
// looked for in the store, so that a text is written at once.
func (b *batch) document(p *prepared, at string, added *kith.Added) error {
	r, d := p.reading, &p.reading.Document
	p.document[documentAt] = at
	b.documents.add(p.document...)
	b.appearances.add(string(d.ID), d.Address, d.Path, d.Outlet, string(d.Date), at)
	if r.Bytes != nil {
		b.originals.add(string(d.ID), r.Bytes)
	}
	for _, span := range p.passages {
		n, err := b.number("passages")
		if err != nil {
			return err
		}
		b.passages.addCounted(n, string(d.ID), span.Start, span.End)
		b.texts.add(n, span.Cut(d.Text))
	}
	if isRow(d) {
		return nil
	}
	if err := b.stopWriting(); err != nil {
		return err
	}
	for _, r := range []*rows{b.documents, b.originals, b.appearances} {
		if err := r.each(b.t.exec); err != nil {
			return err
		}
	}
	return b.t.putKin(d, at, added)
}

// parts takes all that was read. Nothing was decided on any of it, so all its
// claims are shown, and all its entities are alive.
func (b *batch) parts(p *prepared, reading int64) error {
	r := p.reading
	doc := string(r.Document.ID)
	for _, s := range r.Skips {
		b.skips.add(doc, reading, s.Start, s.End, s.Why)
	}
	for _, m := range r.Mentions {
		b.mentions.add(doc, reading, m.Start, m.End, string(m.Kind), string(m.Type), string(m.ID), m.Text)
	}
	counts := map[kith.EntityID]int{}
	alive := map[kith.EntityID]bool{}
	for i := range r.Claims {
		c := &r.Claims[i]
		n, err := b.number("claims")
		if err != nil {
			return err
		}
		p.claims[i][claimReading] = reading
		b.claims.addCounted(n, p.claims[i]...)
		b.visible.add(n, string(c.ID), doc, string(kith.Unreviewed), false, true)
		object, third := kith.EntityID(""), kith.EntityID("")
		if c.Object != nil {
			object = c.Object.ID
		}
		if c.Qualifiers.Third != nil {
			third = c.Qualifiers.Third.ID
		}
		count(counts, alive, c.Subject.ID, object, third)
	}
	for i, e := range r.Entities {
		if err := b.entity(p, i, reading, counts[e.ID]); err != nil {
			return err
		}
	}
	return nil
}

// entity takes a reading's entity, which becomes a cluster of its own.
func (b *batch) entity(p *prepared, i int, reading int64, claims int) error {
	doc, e := p.reading.Document.ID, &p.reading.Entities[i]
	n, err := b.number("entities")
	if err != nil {
		return err
	}
	b.entities.addCounted(n, string(doc), reading, string(e.ID), e.Name, string(e.Type), e.Unnamed, p.lists[i][0], p.lists[i][1])
	g := &group{id: e.ID, name: e.Name, kind: e.Type, unnamed: e.Unnamed, members: 1, documents: 1, claims: claims, named: true, last: doc}
	m := &member{entity: e.ID, group: g, document: doc, first: n, claims: claims}
	b.members[e.ID] = m
	b.joined = append(b.joined, m)
	b.groups[e.ID] = g
	b.touch(g)
	for _, name := range p.names[i] {
		b.localNames.add(string(e.ID), name.folded, name.name, name.chosen, name.main)
		b.word(name.folded)
		g.addName(groupName{localName: name, uses: 1})
	}
	g.title()
	return nil
}

func (b *batch) word(folded string) {
	if !b.hasWords[folded] {
		b.hasWords[folded] = true
		b.words = append(b.words, folded)
	}
}

func (b *batch) touch(g *group) {
	if !g.changed {
		g.changed = true
		b.changed = append(b.changed, g)
	}
}
