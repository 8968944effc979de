package graph

import "slices"

// Broker is a node whose removal parts others, and the sizes of the parts
// into which its own component falls, largest first.
type Broker struct {
	Node  uint32
	Parts []int
}

// Parted is the number of nodes that lose touch with the largest part.
func (b Broker) Parted() int {
	sum := 0
	for _, p := range b.Parts[1:] {
		sum += p
	}
	return sum
}

// lowpoint is the state of Tarjan's search for cut vertices (Hopcroft and
// Tarjan 1973), without recursion.
type lowpoint struct {
	seen, low, parent, size []int32
	next                    []uint32
	parts                   map[uint32][]int
}

// Brokers returns the nodes whose removal parts others, those that part most
// first.
func (g *Net) Brokers() []Broker {
	n := g.Nodes()
	s := &lowpoint{seen: make([]int32, n), low: make([]int32, n), parent: make([]int32, n), size: make([]int32, n),
		next: slices.Clone(g.offset[:n]), parts: map[uint32][]int{}}
	var found []Broker
	clock := int32(0)
	for root := range n {
		if s.seen[root] != 0 || g.Degree(uint32(root)) == 0 {
			continue
		}
		total := s.search(g, uint32(root), &clock)
		for x, parts := range s.parts {
			rest := int(total) - 1
			for _, p := range parts {
				rest -= p
			}
			if rest > 0 {
				parts = append(parts, rest)
			}
			if len(parts) < 2 {
				continue
			}
			slices.SortFunc(parts, func(a, b int) int { return b - a })
			found = append(found, Broker{x, parts})
		}
		clear(s.parts)
	}
	slices.SortFunc(found, func(a, b Broker) int {
		if a.Parted() != b.Parted() {
			return b.Parted() - a.Parted()
		}
		return int(a.Node) - int(b.Node)
	})
	return found
}

// search walks one component and collects, for each node, the sizes of the
// subtrees that hang on it alone. It returns the component's size.
func (s *lowpoint) search(g *Net, root uint32, clock *int32) int32 {
	stack := []uint32{root}
	s.enter(root, -1, clock)
	for len(stack) > 0 {
		x := stack[len(stack)-1]
		if s.next[x] < g.offset[x+1] {
			y := g.neighbour[s.next[x]]
			s.next[x]++
			switch {
			case s.seen[y] == 0:
				s.enter(y, int32(x), clock)
				stack = append(stack, y)
			case int32(y) != s.parent[x]:
				s.low[x] = min(s.low[x], s.seen[y])
			}
			continue
		}
		stack = stack[:len(stack)-1]
		if s.parent[x] < 0 {
			break
		}
		p := uint32(s.parent[x])
		s.low[p] = min(s.low[p], s.low[x])
		s.size[p] += s.size[x]
		if s.low[x] >= s.seen[p] {
			s.parts[p] = append(s.parts[p], int(s.size[x]))
		}
	}
	return s.size[root]
}

func (s *lowpoint) enter(x uint32, parent int32, clock *int32) {
	*clock++
	s.seen[x], s.low[x], s.parent[x], s.size[x] = *clock, *clock, parent, 1
}
