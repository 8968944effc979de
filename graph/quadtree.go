package graph

// quadtree sums the repulsion of far nodes by their common centre. Cells live
// in one slice that is used again in each round.
type quadtree struct {
	cells []cell
	at    []Point
	mass  []float64
}

type cell struct {
	mid   Point   // middle of its square
	half  float64 // half the square's side
	sum   Point   // mass-weighted sum of places
	mass  float64
	child [4]int32 // 0 for none: the root is nobody's child
	node  int32    // the only node in a leaf, -1 in inner cells
}

const maxDepth = 24

func (t *quadtree) build(at []Point, mass []float64) {
	t.at, t.mass, t.cells = at, mass, t.cells[:0]
	if len(at) == 0 {
		return
	}
	low, high := at[0], at[0]
	for _, p := range at {
		low = Point{min(low.X, p.X), min(low.Y, p.Y)}
		high = Point{max(high.X, p.X), max(high.Y, p.Y)}
	}
	half := max(high.X-low.X, high.Y-low.Y)/2 + 1e-6
	t.cells = append(t.cells, cell{mid: Point{(low.X + high.X) / 2, (low.Y + high.Y) / 2}, half: half, node: -1})
	for i := range at {
		t.insert(int32(i))
	}
}

// insert puts a node into the tree. Nodes that share a place share a leaf.
func (t *quadtree) insert(node int32) {
	p, m := t.at[node], t.mass[node]
	at := int32(0)
	for depth := 0; ; depth++ {
		c := &t.cells[at]
		c.sum.X += m * p.X
		c.sum.Y += m * p.Y
		c.mass += m
		if c.node >= 0 && depth < maxDepth {
			t.pushDown(at)
		} else if c.node >= 0 {
			return
		}
		q := t.cells[at].quarter(p)
		next := t.cells[at].child[q]
		if next == 0 {
			t.leaf(at, q, node)
			return
		}
		at = next
	}
}

// pushDown moves a leaf's node into a child of its own.
func (t *quadtree) pushDown(at int32) {
	node := t.cells[at].node
	t.cells[at].node = -1
	t.leaf(at, t.cells[at].quarter(t.at[node]), node)
}

func (t *quadtree) leaf(parent int32, q int, node int32) {
	p, m := t.at[node], t.mass[node]
	half := t.cells[parent].half / 2
	mid := t.cells[parent].mid
	mid.X += half * float64(2*(q&1)-1)
	mid.Y += half * float64(q&2-1)
	t.cells[parent].child[q] = int32(len(t.cells))
	t.cells = append(t.cells, cell{mid: mid, half: half, sum: Point{m * p.X, m * p.Y}, mass: m, node: node})
}

func (c *cell) quarter(p Point) int {
	q := 0
	if p.X > c.mid.X {
		q = 1
	}
	if p.Y > c.mid.Y {
		q |= 2
	}
	return q
}

// push is the repulsion of all other nodes on a place, for mass 1.
func (t *quadtree) push(p Point, self int32) Point {
	var f Point
	var stack [128]int32
	top := 1
	for top > 0 {
		top--
		c := &t.cells[stack[top]]
		dx, dy := p.X-c.sum.X/c.mass, p.Y-c.sum.Y/c.mass
		d2 := dx*dx + dy*dy + 1e-3
		if c.node >= 0 || 4*c.half*c.half < d2 {
			if c.node != self {
				f.X += c.mass * dx / d2
				f.Y += c.mass * dy / d2
			}
			continue
		}
		for _, child := range c.child {
			if child != 0 {
				stack[top] = child
				top++
			}
		}
	}
	return f
}
