package graph

import (
	"runtime"
	"slices"
	"sync"

	"kith"
)

// Days says when kith learned what a document says, as Unix seconds, and the
// day of the document, NoBegin for an unknown one. A nil Days says that it was
// always known and has no day.
type Days func(kith.DocumentID) (learned uint32, told int32)

// Builder numbers entities, claims and documents and collects rows. It may
// stand on a snapshot, whose numbers it goes on from.
type Builder struct {
	Source SourceOf
	Days   Days

	base       *Snapshot // nil for none
	nodes      map[kith.EntityID]uint32
	renamed    map[uint32]kith.EntityRef // nodes of base that have another name now
	predicates map[kith.Predicate]uint8
	docs       map[kith.DocumentID]uint32

	entities  []kith.EntityRef // beyond those of base
	claims    []kith.ClaimID
	documents []kith.DocumentID
	docInfo   []Doc
	known     []kith.Predicate
	rows      []Row
}

// NewBuilder returns an empty builder.
func NewBuilder(source SourceOf, days Days) *Builder { return Extend(nil, source, days) }

// Extend returns a builder that adds to a snapshot. The snapshot stays as it
// is.
func Extend(base *Snapshot, source SourceOf, days Days) *Builder {
	b := &Builder{Source: source, Days: days, base: base, nodes: map[kith.EntityID]uint32{}, renamed: map[uint32]kith.EntityRef{},
		predicates: map[kith.Predicate]uint8{}, docs: map[kith.DocumentID]uint32{}}
	if base != nil {
		b.known = slices.Clone(base.predicates)
		for i, p := range b.known {
			b.predicates[p] = uint8(i)
		}
	}
	return b
}

// maxPredicates is how many predicates a snapshot tells apart; a filter is a
// set of so many bits.
const maxPredicates = 64

// Add adds one claim. A claim with one end only gives a node and no row; one
// with a third party gives further rows: subject to third, and for an
// introduction object to third.
func (b *Builder) Add(c *kith.Claim) {
	from := b.node(c.Subject)
	b.doc(c.Evidence.Document)
	third := c.Qualifiers.Third
	if c.Object == nil && third == nil {
		return
	}
	row := b.row(c)
	if c.Object != nil {
		row.From, row.To = from, b.node(*c.Object)
		b.push(row)
	}
	if third == nil || third.ID == "" {
		return
	}
	row.Flags |= FlagThird
	row.From, row.To = from, b.node(*third)
	b.push(row)
	if c.Predicate == "introduced" && c.Object != nil {
		row.From = b.node(*c.Object)
		b.push(row)
	}
}

func (b *Builder) push(r Row) {
	if r.From != r.To {
		b.rows = append(b.rows, r)
	}
}

func (b *Builder) row(c *kith.Claim) Row {
	claim := b.base.count(func(s *Snapshot) int { return s.claimIDs.len() }) + uint32(len(b.claims))
	b.claims = append(b.claims, c.ID)
	t := When(c)
	return Row{Claim: claim, Doc: b.doc(c.Evidence.Document), Predicate: b.predicate(c.Predicate), Flags: flagsOf(c),
		Since: Day(t.From.First(), NoBegin), Until: Day(t.To.Last(), NoEnd),
		Strength: float32(c.Confidence * Weight(c.Modality))}
}

// count is a size of a snapshot, 0 for none.
func (s *Snapshot) count(size func(*Snapshot) int) uint32 {
	if s == nil {
		return 0
	}
	return uint32(size(s))
}

func (b *Builder) node(ref kith.EntityRef) uint32 {
	if n, ok := b.nodes[ref.ID]; ok {
		return n
	}
	if b.base != nil {
		if n, ok := b.base.Node(ref.ID); ok {
			b.nodes[ref.ID] = n
			if old := b.base.Entity(n); old.Name != ref.Name || old.Type != ref.Type {
				b.renamed[n] = ref
			}
			return n
		}
	}
	n := b.base.count((*Snapshot).Nodes) + uint32(len(b.entities))
	b.nodes[ref.ID] = n
	b.entities = append(b.entities, ref)
	return n
}

// Rename gives an entity that the builder knows the name that it has now.
func (b *Builder) Rename(ref kith.EntityRef) {
	if _, ok := b.base.Node(ref.ID); ok {
		b.node(ref)
	}
}

func (b *Builder) predicate(p kith.Predicate) uint8 {
	n, ok := b.predicates[p]
	if !ok {
		n = uint8(min(len(b.known), maxPredicates-1))
		b.predicates[p] = n
		if len(b.known) < maxPredicates {
			b.known = append(b.known, p)
		}
	}
	return n
}

// doc numbers a document and the source that it counts as.
func (b *Builder) doc(id kith.DocumentID) uint32 {
	if n, ok := b.docs[id]; ok {
		return n
	}
	before := b.base.count(func(s *Snapshot) int { return s.docIDs.len() })
	n := before + uint32(len(b.documents))
	b.docs[id] = n
	b.documents = append(b.documents, id)
	info := Doc{Source: n, Told: NoBegin}
	if at, again := b.base.findDoc(id); again {
		info.Learned, info.Told = b.base.DocOf(at).Learned, b.base.DocOf(at).Told
	} else if b.Days != nil {
		info.Learned, info.Told = b.Days(id)
	}
	b.docInfo = append(b.docInfo, info)
	source := b.Source.of(id)
	if at, ok := b.base.findDoc(source); ok {
		b.docInfo[n-before].Source = at
	} else if source != id {
		b.docInfo[n-before].Source = b.doc(source)
	}
	return n
}

// Snapshot packs what was added to what the base holds.
func (b *Builder) Snapshot() *Snapshot { return b.Without(nil, nil) }

// Without is Snapshot, less the rows of the documents that drop names, and
// with each node of move taken for another one: what an addition changes in
// what was there before.
func (b *Builder) Without(drop map[kith.DocumentID]bool, move map[kith.EntityID]kith.EntityRef) *Snapshot {
	docs := b.docInfo
	rows := b.rows
	if b.base != nil {
		rows = slices.Concat(b.base.rows(drop, b.moves(move)), rows)
		docs = slices.Concat(b.base.docs, docs)
	}
	s := PackDocs(int(b.base.count((*Snapshot).Nodes))+len(b.entities), rows, docs)
	s.predicates = b.known
	b.names(s)
	s.index()
	return s
}

// moves numbers what is taken for what.
func (b *Builder) moves(move map[kith.EntityID]kith.EntityRef) map[uint32]uint32 {
	to := map[uint32]uint32{}
	for old, ref := range move {
		if n, ok := b.base.Node(old); ok && old != ref.ID {
			to[n] = b.node(ref)
		}
	}
	return to
}

// names writes the tables of names: those of base, then the new ones.
func (b *Builder) names(s *Snapshot) {
	var ids, entityNames, claims, docs tableWriter
	if b.base != nil {
		ids.copy(&b.base.entityIDs)
		entityNames.copyBut(&b.base.entityNames, b.renamed)
		claims.copy(&b.base.claimIDs)
		docs.copy(&b.base.docIDs)
		s.entityTypes = slices.Clone(b.base.entityTypes)
		for n, ref := range b.renamed {
			s.entityTypes[n] = typeCode(ref.Type)
		}
	}
	for _, e := range b.entities {
		ids.add(string(e.ID))
		entityNames.add(e.Name)
		s.entityTypes = append(s.entityTypes, typeCode(e.Type))
	}
	for _, c := range b.claims {
		claims.add(string(c))
	}
	for _, d := range b.documents {
		docs.add(string(d))
	}
	s.entityIDs, s.entityNames, s.claimIDs, s.docIDs = ids.table, entityNames.table, claims.table, docs.table
}

// Snapshot is a graph in compact arrays. It is immutable and safe for
// concurrent use.
type Snapshot struct {
	n int
	// offset[x] to offset[x+1] are the places of node x in neighbour and
	// pairOf; a node's neighbours are in rising order.
	offset    []uint32
	neighbour []uint32
	pairOf    []uint32
	// pairRow[p] to pairRow[p+1] are the rows of pair p.
	pairRow []uint32
	// strength of each pair, all its rows counted that are not denials.
	strength []float32
	weakest  float32
	// columns of the rows
	since, until     []int32
	doc, claim       []uint32
	rowStrength      []float32
	predicate, flags []uint8
	docs             []Doc // nil: every document is its own source, always known

	// names behind the numbers
	entityIDs, entityNames, claimIDs, docIDs table
	entityTypes                              []uint8
	byID, docByID                            []uint32 // nodes and documents in the order of their ids
	predicates                               []kith.Predicate
	predicateCode                            map[kith.Predicate]uint8

	// Mark says up to where of a store the snapshot goes; its maker sets it.
	Mark string

	release func() error // gives mapped memory back
}

// Nodes is the number of nodes.
func (s *Snapshot) Nodes() int { return s.n }

// Pairs is the number of pairs of nodes that have at least one row.
func (s *Snapshot) Pairs() int { return len(s.pairRow) - 1 }

// Rows is the number of rows.
func (s *Snapshot) Rows() int { return len(s.flags) }

// sourceOf is the independent source of row r.
func (s *Snapshot) sourceOf(r uint32) uint32 {
	if s.docs == nil {
		return s.doc[r]
	}
	return s.docs[s.doc[r]].Source
}

// document is what is known of the document of row r.
func (s *Snapshot) document(r uint32) Doc { return s.DocOf(s.doc[r]) }

// rows gives the rows back that were packed, less those of dropped documents.
func (s *Snapshot) rows(drop map[kith.DocumentID]bool, move map[uint32]uint32) []Row {
	dead := make([]bool, s.docIDs.len())
	for i := range dead {
		dead[i] = len(drop) > 0 && drop[kith.DocumentID(s.docIDs.at(uint32(i)))]
	}
	moved := func(x uint32) uint32 {
		if to, ok := move[x]; ok {
			return to
		}
		return x
	}
	out := make([]Row, 0, s.Rows())
	for x := range uint32(s.n) {
		for i := s.offset[x]; i < s.offset[x+1]; i++ {
			y, p := s.neighbour[i], s.pairOf[i]
			if y < x {
				continue
			}
			for r := s.pairRow[p]; r < s.pairRow[p+1]; r++ {
				if dead[s.doc[r]] {
					continue
				}
				row := Row{From: x, To: y, Claim: s.claim[r], Doc: s.doc[r], Since: s.since[r], Until: s.until[r],
					Strength: s.rowStrength[r], Predicate: s.predicate[r], Flags: s.flags[r] &^ FlagReversed}
				if s.flags[r]&FlagReversed != 0 {
					row.From, row.To = y, x
				}
				if len(move) > 0 {
					if row.From, row.To = moved(row.From), moved(row.To); row.From == row.To {
						continue
					}
				}
				out = append(out, row)
			}
		}
	}
	return out
}

// Pack sorts rows of documents that are each a source of their own.
func Pack(n int, rows []Row) *Snapshot { return PackDocs(n, rows, nil) }

// PackDocs sorts rows into pairs and pairs into neighbours, by counting: two
// passes over the rows, then one over the pairs. It takes time in proportion
// to nodes and rows.
func PackDocs(n int, rows []Row, docs []Doc) *Snapshot {
	order, ends := sortRows(n, rows)
	s := &Snapshot{n: n, docs: docs}
	s.allocate(len(rows))
	lows, highs := make([]uint32, 0, len(rows)), make([]uint32, 0, len(rows))
	at := uint32(0)
	for low, end := range ends {
		last := ^uint32(0)
		for ; at < end; at++ {
			if high := order[at].node; high != last {
				s.pairRow = append(s.pairRow, at)
				lows, highs = append(lows, uint32(low)), append(highs, high)
				last = high
			}
		}
	}
	s.pairRow = append(s.pairRow, uint32(len(rows)))
	var group sync.WaitGroup
	group.Go(func() { s.fillNeighbours(lows, highs) })
	inParts(len(rows), func(from, to int) {
		for at := from; at < to; at++ {
			s.setRow(at, &rows[order[at].row])
		}
	})
	s.fillStrengths()
	group.Wait()
	return s
}

// inParts runs f over the parts of a range, one a processor, at once.
func inParts(n int, f func(from, to int)) {
	workers := runtime.GOMAXPROCS(0)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() { f(n*w/workers, n*(w+1)/workers) })
	}
	group.Wait()
}

func (s *Snapshot) allocate(rows int) {
	s.since, s.until = make([]int32, rows), make([]int32, rows)
	s.doc, s.claim = make([]uint32, rows), make([]uint32, rows)
	s.rowStrength = make([]float32, rows)
	s.predicate, s.flags = make([]uint8, rows), make([]uint8, rows)
	s.pairRow = make([]uint32, 0, rows+1)
}

func (s *Snapshot) setRow(at int, r *Row) {
	s.since[at], s.until[at] = r.Since, r.Until
	s.doc[at], s.claim[at] = r.Doc, r.Claim
	s.rowStrength[at], s.predicate[at], s.flags[at] = r.Strength, r.Predicate, r.Flags
	if r.From > r.To {
		s.flags[at] |= FlagReversed
	}
}

// key is a row on its way through the sort: the node by which it is placed
// next, and its number.
type key struct{ node, row uint32 }

// sortRows orders rows by their lower and then their higher node, with two
// stable counting passes; within a pair the order of addition stays. It
// returns, for each row in order, its higher node and number, and where the
// rows of each lower node end. Keys travel with the numbers, so that each pass
// reads memory in order.
func sortRows(n int, rows []Row) (order []key, ends []uint32) {
	count := make([]uint32, n+1)
	low := make([]uint32, n+1)
	for i := range rows {
		a, b := rows[i].From, rows[i].To
		count[max(a, b)+1]++
		low[min(a, b)+1]++
	}
	prefix(count)
	prefix(low)
	byHigh := make([]key, len(rows))
	for i := range rows {
		a, b := rows[i].From, rows[i].To
		high := max(a, b)
		byHigh[count[high]] = key{min(a, b), uint32(i)}
		count[high]++
	}
	order = make([]key, len(rows))
	high, end := uint32(0), uint32(0)
	for high < uint32(n) && count[high] == 0 {
		high++
	}
	if high < uint32(n) {
		end = count[high]
	}
	for at, k := range byHigh {
		for uint32(at) >= end { // count now holds where each higher node's rows end
			high++
			end = count[high]
		}
		order[low[k.node]] = key{high, k.row}
		low[k.node]++
	}
	return order, low[:n]
}

func prefix(count []uint32) {
	for i := 1; i < len(count); i++ {
		count[i] += count[i-1]
	}
}

// fillNeighbours lays out both directions of each pair. Since pairs come in
// order, each node's neighbours come out in order too.
func (s *Snapshot) fillNeighbours(lows, highs []uint32) {
	s.offset = make([]uint32, s.n+1)
	for i := range lows {
		s.offset[lows[i]+1]++
		s.offset[highs[i]+1]++
	}
	prefix(s.offset)
	s.neighbour, s.pairOf = make([]uint32, 2*len(lows)), make([]uint32, 2*len(lows))
	next := slices.Clone(s.offset[:s.n])
	for i := range lows {
		low, high := lows[i], highs[i]
		s.neighbour[next[low]], s.pairOf[next[low]] = high, uint32(i)
		s.neighbour[next[high]], s.pairOf[next[high]] = low, uint32(i)
		next[low]++
		next[high]++
	}
}

func (s *Snapshot) fillStrengths() {
	s.strength = make([]float32, s.Pairs())
	all := Filter{}
	inParts(len(s.strength), func(from, to int) {
		for p := from; p < to; p++ {
			s.strength[p] = s.pairStrength(uint32(p), &all)
		}
	})
	s.weigh()
}

// weigh notes the weakest pair: a search that asks for no more need not look.
func (s *Snapshot) weigh() {
	s.weakest = 1
	for _, w := range s.strength {
		s.weakest = min(s.weakest, w)
	}
}
