package serve

import (
	"cmp"
	"math"
	"slices"
	"time"

	"kith"
	"kith/graph"
)

// chart is all ties between entities at one setting of the clocks, folded from
// a snapshot of the claims: what maps, paths and groups are drawn from.
type chart struct {
	net        *graph.Snapshot
	nodes      []chartNode
	ties       []chartTie
	predicates []kith.Predicate
	first      []int32 // ties of node i are list[first[i]:first[i+1]]
	list       []int32
	byTies     []int32  // nodes that have ties, those with the most first
	claims     []uint32 // numbers of claims, tie by tie
	kept       pictures
}

type chartNode struct {
	id   kith.EntityID
	name string
	kind kith.EntityType
}

// chartTie is one tie. Its times are years with fractions; NaN is an unknown
// end.
type chartTie struct {
	from, to  int32 // nodes
	predicate uint16
	class     uint8 // index into classes
	reviewed  bool  // at least one claim was accepted or corrected
	sources   uint16
	wrong     float32 // probability that all claims are wrong
	start     float32
	end       float32
	firstRow  int32 // its claims are claims[firstRow:lastRow]
	lastRow   int32
}

// classes are the standings of a tie, the surest first.
var classes = [...]string{"asserted", "planned", "hedged", "disputed", "negated"}

// newChart folds the rows of a snapshot that can be so on a day of the world;
// an empty day takes all.
func newChart(net *graph.Snapshot, world kith.Date) *chart {
	c := &chart{net: net, nodes: make([]chartNode, net.Nodes())}
	for i := range c.nodes {
		e := net.Entity(uint32(i))
		c.nodes[i] = chartNode{id: e.ID, name: e.Name, kind: e.Type}
	}
	d := drafter{chart: c, codes: map[uint8]uint16{}, symmetric: map[uint8]bool{}}
	rows := slices.DeleteFunc(net.Unpack(), func(r graph.Row) bool { return r.Flags&graph.FlagThird != 0 || !stood(net, &r, world) })
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && samePair(&rows[start], &rows[end]) {
			end++
		}
		d.pair(rows[start:end])
		start = end
	}
	c.listByNode()
	c.rank()
	return c
}

func samePair(a, b *graph.Row) bool {
	return min(a.From, a.To) == min(b.From, b.To) && max(a.From, a.To) == max(b.From, b.To)
}

// stood reports whether a row may hold on a day, as views of the store do: it
// began by then and had not ended, or was a moment; plans and rumours stand
// from the day of the document that tells of them.
func stood(net *graph.Snapshot, r *graph.Row, world kith.Date) bool {
	if world == "" {
		return true
	}
	first, last := graph.Day(world.First(), 0), graph.Day(world.Last(), 0)
	if r.Flags&(graph.FlagHedged|graph.FlagPlanned) != 0 {
		return net.DocOf(r.Doc).Told <= last
	}
	return r.Since <= last && (r.Flags&graph.FlagMoment != 0 || r.Until >= first)
}

// drafter folds the rows of a snapshot, pair by pair.
type drafter struct {
	*chart
	codes     map[uint8]uint16 // of the snapshot's predicates, in order of use
	symmetric map[uint8]bool
}

// pair folds the rows between two nodes into ties: one for each predicate and
// direction.
func (d *drafter) pair(rows []graph.Row) {
	first := len(d.ties)
	for i := range rows {
		r := &rows[i]
		code := d.code(r.Predicate)
		if d.symmetric[r.Predicate] && r.To < r.From {
			r.From, r.To = r.To, r.From
		}
		same := func(t chartTie) bool { return t.predicate == code && t.from == int32(r.From) }
		if slices.ContainsFunc(d.ties[first:], same) {
			continue
		}
		d.ties = append(d.ties, chartTie{from: int32(r.From), to: int32(r.To), predicate: code, firstRow: int32(len(d.claims))})
		d.fold(&d.ties[len(d.ties)-1], rows[i:], r.Predicate)
	}
}

func (d *drafter) code(p uint8) uint16 {
	code, ok := d.codes[p]
	if !ok {
		code = uint16(len(d.predicates))
		d.codes[p], d.symmetric[p] = code, graph.Symmetric(d.net.Predicate(p))
		d.predicates = append(d.predicates, d.net.Predicate(p))
	}
	return code
}

// fold sums up the rows of one tie.
func (d *drafter) fold(t *chartTie, rows []graph.Row, predicate uint8) {
	var sources []uint32
	rank, denied, since, until := len(classes), false, int32(graph.NoEnd), int32(graph.NoBegin)
	t.wrong = 1
	for i := range rows {
		r := &rows[i]
		if r.Predicate != predicate || int32(r.From) != t.from && !d.symmetric[predicate] {
			continue
		}
		d.claims = append(d.claims, r.Claim)
		modality := modalityOf(r.Flags)
		t.wrong *= 1 - r.Strength/float32(graph.Weight(modality))
		t.reviewed = t.reviewed || r.Flags&graph.FlagReviewed != 0
		if r.Since != graph.NoBegin {
			since = min(since, r.Since)
		}
		if r.Until != graph.NoEnd {
			until = max(until, r.Until)
		}
		if s := d.net.DocOf(r.Doc).Source; !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
		if r.Flags&graph.FlagNegated != 0 {
			denied = true
		} else {
			rank = min(rank, modalityRank(modality))
		}
	}
	t.lastRow, t.sources = int32(len(d.claims)), uint16(min(len(sources), math.MaxUint16))
	t.class, t.start, t.end = classOf(rank, denied), float32(math.NaN()), float32(math.NaN())
	if since != graph.NoEnd {
		t.start = yearOfDay(since)
	}
	if until != graph.NoBegin {
		t.end = yearOfDay(until + 1) // the day after: there the last one ends
	}
}

func modalityOf(flags uint8) kith.Modality {
	switch {
	case flags&graph.FlagHedged != 0:
		return kith.Hedged
	case flags&graph.FlagPlanned != 0:
		return kith.Planned
	}
	return kith.Asserted
}

// classOf is the standing of a tie by the surest modality of those who say so
// and whether somebody denies it.
func classOf(rank int, denied bool) uint8 {
	switch {
	case rank == len(classes):
		return 4
	case denied:
		return 3
	}
	return uint8(rank)
}

func yearOfDay(day int32) float32 {
	return float32(yearOf(time.Unix(int64(day)*86400, 0).UTC()))
}

// listByNode lists ties by node.
func (c *chart) listByNode() {
	c.first = make([]int32, len(c.nodes)+1)
	for i := range c.ties {
		c.first[c.ties[i].from+1]++
		c.first[c.ties[i].to+1]++
	}
	for i := range c.nodes {
		c.first[i+1] += c.first[i]
	}
	c.list = make([]int32, 2*len(c.ties))
	next := slices.Clone(c.first)
	for i := range c.ties {
		for _, end := range [...]int32{c.ties[i].from, c.ties[i].to} {
			c.list[next[end]] = int32(i)
			next[end]++
		}
	}
}

// node is the number of an entity.
func (c *chart) node(id kith.EntityID) (int32, bool) {
	n, ok := c.net.Node(id)
	return int32(n), ok
}

// claimsOf lists the claims behind a tie.
func (c *chart) claimsOf(tie int32) []kith.ClaimID {
	rows := c.claims[c.ties[tie].firstRow:c.ties[tie].lastRow]
	ids := make([]kith.ClaimID, len(rows))
	for i, claim := range rows {
		ids[i] = c.net.ClaimID(claim)
	}
	return ids
}

func (c *chart) tiesOf(node int32) []int32 { return c.list[c.first[node]:c.first[node+1]] }

func (t *chartTie) other(node int32) int32 {
	if t.from == node {
		return t.to
	}
	return t.from
}

// around lists a node and its neighbours, those with most sources first, up to
// limit nodes.
func (c *chart) around(node int32, limit int) []int32 {
	weight := map[int32]int{}
	for _, i := range c.tiesOf(node) {
		weight[c.ties[i].other(node)] += int(c.ties[i].sources)
	}
	near := make([]int32, 0, len(weight))
	for n := range weight {
		near = append(near, n)
	}
	slices.SortFunc(near, func(a, b int32) int {
		if weight[a] != weight[b] {
			return weight[b] - weight[a]
		}
		return int(a - b)
	})
	return append([]int32{node}, near[:min(len(near), max(0, limit-1))]...)
}

// busiest lists the nodes with the most ties, up to limit, without loners. It
// must not be changed.
func (c *chart) busiest(limit int) []int32 { return c.byTies[:min(len(c.byTies), limit)] }

// rank orders the nodes by their ties.
func (c *chart) rank() {
	for i := range c.nodes {
		if c.first[i+1] > c.first[i] {
			c.byTies = append(c.byTies, int32(i))
		}
	}
	degree := func(n int32) int32 { return c.first[n+1] - c.first[n] }
	slices.SortFunc(c.byTies, func(a, b int32) int { return cmp.Or(cmp.Compare(degree(b), degree(a)), cmp.Compare(a, b)) })
}

// among lists the ties whose both ends are in the set, which maps nodes to
// their place in it.
func (c *chart) among(place map[int32]int32) []int32 {
	var out []int32
	for n := range place {
		for _, i := range c.tiesOf(n) {
			if t := &c.ties[i]; t.from == n {
				if _, ok := place[t.to]; ok {
					out = append(out, i)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// place numbers the nodes of a selection.
func place(nodes []int32) map[int32]int32 {
	m := make(map[int32]int32, len(nodes))
	for i, n := range nodes {
		m[n] = int32(i)
	}
	return m
}

// layout places the nodes of a selection by the ties among them.
func (c *chart) layout(nodes []int32, ties []int32, start []graph.Point, fixed []bool) []graph.Point {
	at := place(nodes)
	links := make([]graph.Link, len(ties))
	for i, tie := range ties {
		t := &c.ties[tie]
		links[i] = graph.Link{A: at[t.from], B: at[t.to], Weight: 1}
	}
	return graph.Layout(len(nodes), links, graph.LayoutOptions{Start: start, Fixed: fixed})
}
