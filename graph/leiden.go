package graph

import (
	"math/rand/v2"
	"slices"
)

// level is the graph of one round of Leiden: nodes are what the round before
// merged; edges inside a node count in its strength only.
type level struct {
	offset    []uint32
	neighbour []uint32
	weight    []float32
	strength  []float64 // sum of a node's edge weights, loops twice
	total     float64   // sum of all strengths
}

// Leiden returns for each node the number of its community, numbered by size,
// largest first. It maximises modularity with a resolution of its own
// (1 is the usual) by local moves, refinement and aggregation (Traag, Waltman
// and van Eck 2019). The seed makes it repeatable. Every community is
// connected; nodes without ties are communities of their own.
func (g *Net) Leiden(resolution float64, seed uint64) []uint32 {
	l := firstLevel(g)
	draw := rand.New(rand.NewPCG(seed, 2))
	n := g.Nodes()
	member := identity(n) // of each original node, in the present level
	part := identity(n)   // community of each node of the present level
	for {
		moved := l.moveNodes(part, resolution, draw)
		communities := renumber(part)
		if !moved || communities == len(part) {
			break
		}
		refined := l.refine(part, resolution, draw)
		count := renumber(refined)
		if count == len(refined) { // nothing merges without harm: take the partition as it is
			copy(refined, part)
			count = communities
		}
		l, part = l.aggregate(refined, part, count)
		for x := range member {
			member[x] = refined[member[x]]
		}
	}
	result := make([]uint32, n)
	for x := range result {
		result[x] = part[member[x]]
	}
	bySize(result)
	return result
}

func identity(n int) []uint32 {
	ids := make([]uint32, n)
	for i := range ids {
		ids[i] = uint32(i)
	}
	return ids
}

func firstLevel(g *Net) *level {
	n := g.Nodes()
	l := &level{offset: g.offset, neighbour: g.neighbour, weight: g.weight, strength: make([]float64, n)}
	for x := range n {
		for i := g.offset[x]; i < g.offset[x+1]; i++ {
			l.strength[x] += float64(g.weight[i])
		}
		l.total += l.strength[x]
	}
	return l
}

// moveNodes moves nodes between communities while that raises modularity,
// looking again only at nodes whose neighbours have moved.
func (l *level) moveNodes(part []uint32, resolution float64, draw *rand.Rand) bool {
	n := len(part)
	sums := make([]float64, n)
	for x, c := range part {
		sums[c] += l.strength[x]
	}
	queue := identity(n)
	draw.Shuffle(n, func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })
	waiting := make([]bool, n)
	for i := range waiting {
		waiting[i] = true
	}
	to := make([]float32, n) // weight from the node at hand to each community
	var touched []uint32
	moved := false
	for head, length := 0, n; length > 0; length-- {
		x := queue[head]
		if head++; head == n {
			head = 0
		}
		waiting[x] = false
		own := part[x]
		touched = l.weights(x, part, to, touched[:0])
		best := l.best(x, own, touched, to, sums, resolution)
		for _, c := range touched {
			to[c] = 0
		}
		if best == own {
			continue
		}
		moved = true
		sums[own] -= l.strength[x]
		sums[best] += l.strength[x]
		part[x] = best
		for i := l.offset[x]; i < l.offset[x+1]; i++ {
			if y := l.neighbour[i]; !waiting[y] && part[y] != best {
				waiting[y] = true
				queue[(head+length-1)%n] = y
				length++
			}
		}
	}
	return moved
}

// weights adds up the weight from x to each community beside it.
func (l *level) weights(x uint32, part []uint32, to []float32, touched []uint32) []uint32 {
	for i := l.offset[x]; i < l.offset[x+1]; i++ {
		c := part[l.neighbour[i]]
		if to[c] == 0 {
			touched = append(touched, c)
		}
		to[c] += l.weight[i]
	}
	return touched
}

// best is the community in which x adds most to modularity; its own where no
// other adds more.
func (l *level) best(x, own uint32, touched []uint32, to []float32, sums []float64, resolution float64) uint32 {
	rate := resolution * l.strength[x] / l.total
	best, gain := own, float64(to[own])-rate*(sums[own]-l.strength[x])
	for _, c := range touched {
		if c == own {
			continue
		}
		if v := float64(to[c]) - rate*sums[c]; v > gain+1e-12 {
			best, gain = c, v
		}
	}
	return best
}

// refine splits each community into well connected parts: a node that is
// still alone joins a part of its community to which it adds most, if it is
// well connected within the community at all.
func (l *level) refine(part []uint32, resolution float64, draw *rand.Rand) []uint32 {
	n := len(part)
	refined := identity(n)
	sums := slices.Clone(l.strength) // strength of each refined part
	whole := make([]float64, n)      // strength of each community
	alone := make([]bool, n)         // the node is a part of its own
	outward := make([]float64, n)    // weight from each refined part to the rest of its community
	for x := range n {
		alone[x] = true
		whole[part[x]] += l.strength[x]
		for i := l.offset[x]; i < l.offset[x+1]; i++ {
			if part[l.neighbour[i]] == part[x] {
				outward[x] += float64(l.weight[i])
			}
		}
	}
	order := identity(n)
	draw.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
	to := make([]float32, n)
	var touched []uint32
	for _, x := range order {
		c := part[x]
		rate := resolution * l.strength[x] / l.total
		if !alone[x] || outward[x] < rate*(whole[c]-l.strength[x]) {
			continue
		}
		touched = touched[:0]
		for i := l.offset[x]; i < l.offset[x+1]; i++ {
			y := l.neighbour[i]
			if part[y] != c {
				continue
			}
			if to[refined[y]] == 0 {
				touched = append(touched, refined[y])
			}
			to[refined[y]] += l.weight[i]
		}
		target, gain := x, 0.0
		for _, r := range touched {
			well := outward[r] >= resolution/l.total*sums[r]*(whole[c]-sums[r])
			if v := float64(to[r]) - rate*sums[r]; r != x && well && v > gain {
				target, gain = r, v
			}
		}
		if target != x {
			alone[x], alone[target] = false, false
			refined[x] = target
			sums[target] += l.strength[x]
			outward[target] += outward[x] - 2*float64(to[target])
		}
		for _, r := range touched {
			to[r] = 0
		}
	}
	return refined
}

// aggregate makes each refined part one node; its community carries over.
func (l *level) aggregate(refined, part []uint32, count int) (*level, []uint32) {
	next := &level{strength: make([]float64, count), total: l.total, offset: make([]uint32, count+1)}
	community := make([]uint32, count)
	start := make([]uint32, count+1)
	for x, r := range refined {
		community[r] = part[x]
		start[r+1]++
		next.strength[r] += l.strength[x]
	}
	prefix(start)
	members := make([]uint32, len(refined))
	at := slices.Clone(start[:count])
	for x, r := range refined {
		members[at[r]] = uint32(x)
		at[r]++
	}
	to := make([]float32, count)
	var touched []uint32
	for r := range count {
		touched = touched[:0]
		for _, x := range members[start[r]:start[r+1]] {
			touched = l.weights(x, refined, to, touched)
		}
		for _, s := range touched {
			if int(s) != r {
				next.neighbour = append(next.neighbour, s)
				next.weight = append(next.weight, to[s])
			}
			to[s] = 0
		}
		next.offset[r+1] = uint32(len(next.neighbour))
	}
	// communities are named by one of their nodes
	first := map[uint32]uint32{}
	for r, c := range community {
		if _, ok := first[c]; !ok {
			first[c] = uint32(r)
		}
		community[r] = first[c]
	}
	return next, community
}

// renumber makes the numbers in part dense, in order of first use, and
// returns how many there are.
func renumber(part []uint32) int {
	const none = ^uint32(0)
	name := make([]uint32, len(part))
	for i := range name {
		name[i] = none
	}
	count := uint32(0)
	for i, c := range part {
		if name[c] == none {
			name[c] = count
			count++
		}
		part[i] = name[c]
	}
	return int(count)
}

// bySize numbers communities by size, largest first; of equal ones the one
// with the lower node first.
func bySize(part []uint32) {
	count := renumber(part)
	size := make([]int, count)
	for _, c := range part {
		size[c]++
	}
	order := identity(count)
	slices.SortStableFunc(order, func(a, b uint32) int { return size[b] - size[a] })
	name := make([]uint32, count)
	for i, c := range order {
		name[c] = uint32(i)
	}
	for i, c := range part {
		part[i] = name[c]
	}
}

// Modularity is the share of edge weight inside communities beyond what
// chance would put there (Newman and Girvan 2004).
func (g *Net) Modularity(part []uint32, resolution float64) float64 {
	l := firstLevel(g)
	if l.total == 0 {
		return 0
	}
	inside, sums := 0.0, make([]float64, len(part))
	for x, c := range part {
		sums[c] += l.strength[x]
		for i := g.offset[x]; i < g.offset[x+1]; i++ {
			if part[g.neighbour[i]] == c {
				inside += float64(g.weight[i])
			}
		}
	}
	q := inside / l.total
	for _, s := range sums {
		q -= resolution * (s / l.total) * (s / l.total)
	}
	return q
}
