package graph

import (
	"slices"

	"kith"
)

// Learned says when kith learned what a document says, as Unix seconds. A nil
// Learned says 0: always known.
type Learned func(kith.DocumentID) uint32

// Builder numbers entities, claims and sources and collects rows.
type Builder struct {
	Source  SourceOf
	Learned Learned

	nodes      map[kith.EntityID]uint32
	predicates map[kith.Predicate]uint8
	sources    map[kith.DocumentID]uint32
	names      Names
	rows       []Row
}

// Names are the identities behind a snapshot's numbers.
type Names struct {
	Entities   []kith.EntityRef
	Claims     []kith.ClaimID
	Predicates []kith.Predicate
	Sources    []kith.DocumentID
}

// NewBuilder returns an empty builder.
func NewBuilder(source SourceOf, learned Learned) *Builder {
	return &Builder{Source: source, Learned: learned, nodes: map[kith.EntityID]uint32{},
		predicates: map[kith.Predicate]uint8{}, sources: map[kith.DocumentID]uint32{}}
}

// maxPredicates is how many predicates a snapshot tells apart; a filter is a
// set of so many bits.
const maxPredicates = 64

// Add adds one claim. A claim with one end only gives a node and no row; one
// with a third party gives further rows: subject to third, and for an
// introduction object to third.
func (b *Builder) Add(c *kith.Claim) {
	from := b.node(c.Subject)
	third := c.Qualifiers.Third
	if c.Object == nil && third == nil {
		return
	}
	claim := uint32(len(b.names.Claims))
	b.names.Claims = append(b.names.Claims, c.ID)
	row := b.row(c, claim)
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

func (b *Builder) row(c *kith.Claim, claim uint32) Row {
	r := Row{Claim: claim, Source: b.source(c.Evidence.Document), Predicate: b.predicate(c.Predicate), Flags: flagsOf(c),
		Since: Day(c.Time.From.First(), NoBegin), Until: Day(c.Time.To.Last(), NoEnd),
		Strength: float32(c.Confidence * Weight(c.Modality))}
	if b.Learned != nil {
		r.Known = b.Learned(c.Evidence.Document)
	}
	return r
}

func (b *Builder) node(ref kith.EntityRef) uint32 {
	n, ok := b.nodes[ref.ID]
	if !ok {
		n = uint32(len(b.names.Entities))
		b.nodes[ref.ID] = n
		b.names.Entities = append(b.names.Entities, ref)
	}
	return n
}

func (b *Builder) predicate(p kith.Predicate) uint8 {
	n, ok := b.predicates[p]
	if !ok {
		n = uint8(min(len(b.names.Predicates), maxPredicates-1))
		b.predicates[p] = n
		if len(b.names.Predicates) < maxPredicates {
			b.names.Predicates = append(b.names.Predicates, p)
		}
	}
	return n
}

func (b *Builder) source(d kith.DocumentID) uint32 {
	d = b.Source.of(d)
	n, ok := b.sources[d]
	if !ok {
		n = uint32(len(b.names.Sources))
		b.sources[d] = n
		b.names.Sources = append(b.names.Sources, d)
	}
	return n
}

// Snapshot packs what was added.
func (b *Builder) Snapshot() *Snapshot {
	s := Pack(len(b.names.Entities), b.rows)
	s.Names = b.names
	s.index()
	return s
}

// Snapshot is a graph in compact arrays. It is immutable and safe for
// concurrent use.
type Snapshot struct {
	Names Names

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
	// columns of the rows
	since, until  []int32
	known         []uint32
	source        []uint32
	claim         []uint32
	rowStrength   []float32
	predicate     []uint8
	flags         []uint8
	entity        map[kith.EntityID]uint32
	unmap         func() error
	predicateCode map[kith.Predicate]uint8
}

// Nodes is the number of nodes.
func (s *Snapshot) Nodes() int { return s.n }

// Pairs is the number of pairs of nodes that have at least one row.
func (s *Snapshot) Pairs() int { return len(s.pairRow) - 1 }

// Rows is the number of rows.
func (s *Snapshot) Rows() int { return len(s.flags) }

// Node returns the number of an entity.
func (s *Snapshot) Node(id kith.EntityID) (uint32, bool) {
	n, ok := s.entity[id]
	return n, ok
}

func (s *Snapshot) index() {
	s.entity = make(map[kith.EntityID]uint32, len(s.Names.Entities))
	for i, e := range s.Names.Entities {
		s.entity[e.ID] = uint32(i)
	}
	s.predicateCode = map[kith.Predicate]uint8{}
	for i, p := range s.Names.Predicates {
		s.predicateCode[p] = uint8(i)
	}
}

// Pack sorts rows into pairs and pairs into neighbours, by counting: two
// passes over the rows, then one over the pairs. It takes time in proportion
// to nodes and rows.
func Pack(n int, rows []Row) *Snapshot {
	order := sortRows(n, rows)
	s := &Snapshot{n: n}
	s.allocate(len(rows))
	lastLow, lastHigh := ^uint32(0), ^uint32(0)
	lows, highs := make([]uint32, 0, len(rows)), make([]uint32, 0, len(rows))
	for at, i := range order {
		r := &rows[i]
		low, high := min(r.From, r.To), max(r.From, r.To)
		if low != lastLow || high != lastHigh {
			s.pairRow = append(s.pairRow, uint32(at))
			lows, highs = append(lows, low), append(highs, high)
			lastLow, lastHigh = low, high
		}
		s.setRow(at, r)
	}
	s.pairRow = append(s.pairRow, uint32(len(rows)))
	s.fillNeighbours(lows, highs)
	s.fillStrengths()
	return s
}

func (s *Snapshot) allocate(rows int) {
	s.since, s.until = make([]int32, rows), make([]int32, rows)
	s.known, s.source, s.claim = make([]uint32, rows), make([]uint32, rows), make([]uint32, rows)
	s.rowStrength = make([]float32, rows)
	s.predicate, s.flags = make([]uint8, rows), make([]uint8, rows)
	s.pairRow = make([]uint32, 0, rows+1)
}

func (s *Snapshot) setRow(at int, r *Row) {
	s.since[at], s.until[at] = r.Since, r.Until
	s.known[at], s.source[at], s.claim[at] = r.Known, r.Source, r.Claim
	s.rowStrength[at], s.predicate[at], s.flags[at] = r.Strength, r.Predicate, r.Flags
	if r.From > r.To {
		s.flags[at] |= FlagReversed
	}
}

// sortRows orders rows by their lower and then their higher node, with two
// stable counting passes; within a pair the order of addition stays.
func sortRows(n int, rows []Row) []uint32 {
	first, second := make([]uint32, len(rows)), make([]uint32, len(rows))
	count := make([]uint32, n+1)
	for i := range rows {
		count[max(rows[i].From, rows[i].To)+1]++
	}
	prefix(count)
	for i := range rows {
		k := max(rows[i].From, rows[i].To)
		first[count[k]] = uint32(i)
		count[k]++
	}
	clear(count)
	for i := range rows {
		count[min(rows[i].From, rows[i].To)+1]++
	}
	prefix(count)
	for _, i := range first {
		k := min(rows[i].From, rows[i].To)
		second[count[k]] = i
		count[k]++
	}
	return second
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
	for p := range s.strength {
		s.strength[p] = s.pairStrength(uint32(p), &all)
	}
}
