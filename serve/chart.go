package serve

import (
	"context"
	"math"
	"slices"

	"kith"
	"kith/graph"
)

// chart is all ties between entities at one setting of the clocks, in compact
// arrays: what maps, paths and groups are drawn from. Claims are not kept; a
// tie's are read from the store when somebody opens it.
type chart struct {
	nodes      []chartNode
	index      map[kith.EntityID]int32
	ties       []chartTie
	predicates []kith.Predicate
	first      []int32 // ties of node i are list[first[i]:first[i+1]]
	list       []int32
	kept       pictures
	sources    map[kith.DocumentID]kith.DocumentID
}

type chartNode struct {
	id     kith.EntityID
	name   string
	kind   kith.EntityType
	claims int32
}

// chartTie is one tie. Its times are years with fractions; NaN is an unknown
// end.
type chartTie struct {
	from, to  int32 // nodes
	predicate uint16
	class     uint8 // index into classes
	reviewed  bool  // at least one claim was accepted or corrected
	sources   uint16
	claims    uint16
	wrong     float32 // probability that all claims are wrong
	start     float32
	end       float32
}

// classes are the standings of a tie, the surest first.
var classes = [...]string{"asserted", "planned", "hedged", "disputed", "negated"}

// drafter builds a chart from claims as they stream by.
type drafter struct {
	*chart
	ties       map[tieKey]int32
	predicates map[kith.Predicate]uint16
	seen       map[sourceKey]struct{}
	said       []uint8 // per tie: 1 somebody says so, 2 somebody denies it
}

type tieKey struct {
	from, to  int32
	predicate uint16
}

type sourceKey struct {
	tie    int32
	source kith.DocumentID
}

func newChart(ctx context.Context, v kith.View) (*chart, error) {
	sources, err := v.Sources(ctx)
	if err != nil {
		return nil, err
	}
	d := &drafter{chart: &chart{index: map[kith.EntityID]int32{}, sources: sources}, ties: map[tieKey]int32{},
		predicates: map[kith.Predicate]uint16{}, seen: map[sourceKey]struct{}{}}
	for claim, err := range v.Claims(ctx, kith.ClaimFilter{}) {
		if err != nil {
			return nil, err
		}
		d.take(&claim)
	}
	d.finish()
	return d.chart, nil
}

func (d *drafter) take(c *kith.Claim) {
	from := d.node(c.Subject)
	d.nodes[from].claims++
	if c.Object == nil || c.Object.ID == "" {
		return
	}
	to := d.node(*c.Object)
	d.nodes[to].claims++
	if graph.Symmetric(c.Predicate) && to < from {
		from, to = to, from
	}
	if from != to {
		d.add(tieKey{from, to, d.predicate(c.Predicate)}, c)
	}
}

func (d *drafter) node(e kith.EntityRef) int32 {
	if i, ok := d.index[e.ID]; ok {
		return i
	}
	i := int32(len(d.nodes))
	d.index[e.ID] = i
	d.nodes = append(d.nodes, chartNode{id: e.ID, name: e.Name, kind: e.Type})
	return i
}

func (d *drafter) predicate(p kith.Predicate) uint16 {
	if i, ok := d.predicates[p]; ok {
		return i
	}
	i := uint16(len(d.chart.predicates))
	d.predicates[p] = i
	d.chart.predicates = append(d.chart.predicates, p)
	return i
}

func (d *drafter) add(key tieKey, c *kith.Claim) {
	i, ok := d.ties[key]
	if !ok {
		i = int32(len(d.chart.ties))
		d.ties[key] = i
		nan := float32(math.NaN())
		d.chart.ties = append(d.chart.ties, chartTie{from: key.from, to: key.to, predicate: key.predicate,
			class: uint8(len(classes)), wrong: 1, start: nan, end: nan})
		d.said = append(d.said, 0)
	}
	t := &d.chart.ties[i]
	t.claims++
	t.wrong *= float32(1 - c.Confidence)
	t.reviewed = t.reviewed || c.Review == kith.Accepted || c.Review == kith.Corrected
	t.widen(c.Time)
	d.countSource(i, c.Evidence.Document)
	if c.Negated {
		d.said[i] |= 2
		return
	}
	d.said[i] |= 1
	t.class = min(t.class, uint8(modalityRank(c.Modality)))
}

func (d *drafter) countSource(tie int32, doc kith.DocumentID) {
	if folded, ok := d.sources[doc]; ok {
		doc = folded
	}
	key := sourceKey{tie, doc}
	if _, ok := d.seen[key]; !ok {
		d.seen[key] = struct{}{}
		d.chart.ties[tie].sources++
	}
}

// widen stretches a tie's time over a claim's.
func (t *chartTie) widen(time kith.Time) {
	if from, _, known := years(time.From); known && !(float32(from) > t.start) {
		t.start = float32(from)
	}
	if _, to, known := years(time.To); known && !(float32(to) < t.end) {
		t.end = float32(to)
	}
}

// finish settles the standing of each tie and lists ties by node.
func (d *drafter) finish() {
	c := d.chart
	c.first = make([]int32, len(c.nodes)+1)
	for i := range c.ties {
		t := &c.ties[i]
		switch d.said[i] {
		case 2:
			t.class = 4
		case 3:
			t.class = 3
		}
		c.first[t.from+1]++
		c.first[t.to+1]++
	}
	for i := range c.nodes {
		c.first[i+1] += c.first[i]
	}
	c.list = make([]int32, 2*len(c.ties))
	next := slices.Clone(c.first)
	for i, t := range c.ties {
		for _, end := range [...]int32{t.from, t.to} {
			c.list[next[end]] = int32(i)
			next[end]++
		}
	}
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

// busiest lists the nodes with the most ties, up to limit, without loners.
func (c *chart) busiest(limit int) []int32 {
	var all []int32
	for i := range c.nodes {
		if c.first[i+1] > c.first[i] {
			all = append(all, int32(i))
		}
	}
	degree := func(n int32) int32 { return c.first[n+1] - c.first[n] }
	slices.SortFunc(all, func(a, b int32) int {
		if degree(a) != degree(b) {
			return int(degree(b) - degree(a))
		}
		return int(a - b)
	})
	return all[:min(len(all), limit)]
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
