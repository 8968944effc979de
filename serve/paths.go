package serve

import (
	"container/heap"
	"math"
	"slices"

	"kith"
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

// parallels lists who shares the most ties with an entity.
func (c *chart) parallels(id kith.EntityID, limit int) []parallel {
	self, ok := c.index[id]
	if !ok {
		return nil
	}
	shared := map[int32][]sharedTie{}
	for _, i := range c.tiesOf(self) {
		t := &c.ties[i]
		hub := t.other(self)
		if c.nodes[hub].kind == kith.Place || c.first[hub+1]-c.first[hub] > 2000 {
			continue
		}
		for _, j := range c.tiesOf(hub) {
			u := &c.ties[j]
			n := u.other(hub)
			if n != self && u.predicate == t.predicate && (u.to == hub) == (t.to == hub) && c.nodes[n].kind == c.nodes[self].kind {
				shared[n] = append(shared[n], sharedTie{c.predicates[t.predicate], c.nodes[hub].name, c.nodes[hub].id})
			}
		}
	}
	return c.rankParallels(shared, limit)
}

func (c *chart) rankParallels(shared map[int32][]sharedTie, limit int) []parallel {
	nodes := make([]int32, 0, len(shared))
	for n := range shared {
		nodes = append(nodes, n)
	}
	slices.SortFunc(nodes, func(a, b int32) int {
		if len(shared[a]) != len(shared[b]) {
			return len(shared[b]) - len(shared[a])
		}
		return int(a - b)
	})
	var out []parallel
	for _, n := range nodes[:min(limit, len(nodes))] {
		out = append(out, parallel{c.nodes[n].id, c.nodes[n].name, c.nodes[n].kind, shared[n]})
	}
	return out
}

// groups parts the nodes of a selection by label propagation (Raghavan and
// others, 2007), in a fixed order so that the same map has the same groups.
func (c *chart) groups(nodes, ties []int32) []int32 {
	at := place(nodes)
	near := make([][]int32, len(nodes))
	for _, i := range ties {
		t := &c.ties[i]
		if classes[t.class] == "negated" {
			continue
		}
		a, b := at[t.from], at[t.to]
		near[a], near[b] = append(near[a], b), append(near[b], a)
	}
	label := make([]int32, len(nodes))
	for i := range label {
		label[i] = int32(i)
	}
	for range 12 {
		if !propagate(near, label) {
			break
		}
	}
	return bySize(label)
}

func propagate(near [][]int32, label []int32) (changed bool) {
	count := map[int32]int{}
	for i := range near {
		clear(count)
		for _, n := range near[i] {
			count[label[n]]++
		}
		best := label[i]
		for l, k := range count {
			if k > count[best] || k == count[best] && l < best {
				best = l
			}
		}
		if best != label[i] {
			label[i], changed = best, true
		}
	}
	return changed
}

// bySize renumbers labels, the largest group first.
func bySize(label []int32) []int32 {
	size := map[int32]int{}
	for _, l := range label {
		size[l]++
	}
	order := make([]int32, 0, len(size))
	for l := range size {
		order = append(order, l)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if size[a] != size[b] {
			return size[b] - size[a]
		}
		return int(a - b)
	})
	rank := place(order)
	out := make([]int32, len(label))
	for i, l := range label {
		out[i] = rank[l]
	}
	return out
}
