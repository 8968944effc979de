package serve

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"kith"
	"kith/graph"
)

// strongest is the path between two nodes whose ties are most likely all
// right (Dijkstra on the negative logarithm of each tie's strength). Denied
// ties lead nowhere. It lists the ties in order, or is nil where there is no
// path.
func (c *chart) strongest(from, to int32) []int32 {
	best := make([]float64, len(c.nodes))
	via := make([]int32, len(c.nodes))
	for i := range best {
		best[i], via[i] = math.Inf(1), -1
	}
	best[from] = 0
	queue := &frontier{{0, from}}
	for queue.Len() > 0 {
		next := heap.Pop(queue).(reached)
		if next.node == to {
			return c.walkBack(from, to, via)
		}
		if next.cost > best[next.node] {
			continue
		}
		for _, i := range c.tiesOf(next.node) {
			t := &c.ties[i]
			cost := next.cost + t.cost()
			if n := t.other(next.node); cost < best[n] {
				best[n], via[n] = cost, i
				heap.Push(queue, reached{cost, n})
			}
		}
	}
	return nil
}

// cost is small for strong ties and infinite for denied ones. The constant
// makes a short path win over a long one of nearly the same strength.
func (t *chartTie) cost() float64 {
	if classes[t.class] == "negated" {
		return math.Inf(1)
	}
	doubt := 0.0
	if classes[t.class] != "asserted" {
		doubt = .7
	}
	return .1 + doubt - math.Log(max(1e-3, float64(1-t.wrong)))
}

func (c *chart) walkBack(from, to int32, via []int32) []int32 {
	var out []int32
	for node := to; node != from; {
		tie := via[node]
		out = append(out, tie)
		node = c.ties[tie].other(node)
	}
	slices.Reverse(out)
	return out
}

type reached struct {
	cost float64
	node int32
}

// frontier is a heap of nodes, the cheapest first.
type frontier []reached

func (f frontier) Len() int           { return len(f) }
func (f frontier) Less(i, j int) bool { return f[i].cost < f[j].cost }
func (f frontier) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)        { *f = append(*f, x.(reached)) }
func (f *frontier) Pop() any {
	old := *f
	last := old[len(old)-1]
	*f = old[:len(old)-1]
	return last
}

// parallel is somebody who stands where an entity stands: tied in the same
// ways to the same others.
type parallel struct {
	ID     kith.EntityID
	Name   string
	Kind   kith.EntityType
	Shared []sharedTie
}

type sharedTie struct {
	Predicate kith.Predicate
	Name      string
	ID        kith.EntityID
}

// maxHub is up to how many ties somebody may have for it to tell anything that
// two others are both tied to them.
const maxHub = 400

// parallels lists who shares the most ties with an entity.
func (c *chart) parallels(id kith.EntityID, limit int) (out []parallel) {
	self, ok := c.node(id)
	if !ok {
		return nil
	}
	count := make([]int32, len(c.nodes))
	var met []int32
	c.alike(self, func(n int32, _ *chartTie, _ int32) {
		if count[n]++; count[n] == 1 {
			met = append(met, n)
		}
	})
	slices.SortFunc(met, func(a, b int32) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	for _, n := range met[:min(limit, len(met))] {
		p := parallel{c.nodes[n].id, c.nodes[n].name, c.nodes[n].kind, nil}
		c.alike(self, func(other int32, t *chartTie, hub int32) {
			if other == n {
				p.Shared = append(p.Shared, sharedTie{c.predicates[t.predicate], c.nodes[hub].name, c.nodes[hub].id})
			}
		})
		out = append(out, p)
	}
	return out
}

// alike calls found for everybody tied to somebody in the way in which self is.
func (c *chart) alike(self int32, found func(n int32, t *chartTie, hub int32)) {
	for _, i := range c.tiesOf(self) {
		t := &c.ties[i]
		hub := t.other(self)
		if c.nodes[hub].kind == kith.Place || c.first[hub+1]-c.first[hub] > maxHub {
			continue
		}
		for _, j := range c.tiesOf(hub) {
			u := &c.ties[j]
			n := u.other(hub)
			if n != self && u.predicate == t.predicate && (u.to == hub) == (t.to == hub) && c.nodes[n].kind == c.nodes[self].kind {
				found(n, t, hub)
			}
		}
	}
}

// groups parts the nodes of a selection by the ties among them that nobody
// only denies; see graph.Net.Leiden.
func (c *chart) groups(nodes, ties []int32) []int32 {
	at := place(nodes)
	rows := make([]graph.Row, 0, len(ties))
	for _, i := range ties {
		if t := &c.ties[i]; classes[t.class] != "negated" {
			rows = append(rows, graph.Row{From: uint32(at[t.from]), To: uint32(at[t.to]), Claim: uint32(i), Doc: uint32(i), Strength: 1 - t.wrong})
		}
	}
	out := make([]int32, len(nodes))
	for i, group := range graph.Pack(len(nodes), rows).Net(nil).Leiden(1, 1) {
		out[i] = int32(group)
	}
	return out
}
