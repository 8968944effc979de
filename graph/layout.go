package graph

import (
	"math"
	"runtime"
	"sync"
)

// Point is a place in the plane.
type Point struct{ X, Y float64 }

// Link joins two nodes of a layout by their numbers.
type Link struct {
	A, B   int32
	Weight float64 // 1 for an ordinary link; more draws the ends closer
}

// LayoutOptions steer Layout. The zero value is a good start.
type LayoutOptions struct {
	Rounds int     // 0 chooses by the number of nodes
	Start  []Point // where nodes begin; nil, or shorter than the nodes, spreads the rest
	Fixed  []bool  // nodes that stay where they start; may be nil
}

// Layout places n nodes so that linked ones lie close and others apart. The
// same input gives the same places. Distances are in units of which about one
// lies between neighbours.
//
// The forces are those of ForceAtlas2 (Jacomy and others, PLoS ONE 2014):
// repulsion by degree over distance, attraction along links, gravity to the
// middle, and a speed that falls for nodes that swing. Repulsion is summed
// over a quadtree (Barnes and Hut, Nature 1986) with an opening angle of 1.
func Layout(n int, links []Link, o LayoutOptions) []Point {
	l := newLayout(n, links, o)
	rounds := o.Rounds
	if rounds == 0 {
		rounds = max(60, min(300, 180000/max(n, 1)))
	}
	for range rounds {
		l.step()
	}
	return l.at
}

type layout struct {
	links []Link
	fixed []bool
	mass  []float64
	at    []Point
	force []Point
	last  []Point
	tree  quadtree
	speed float64
}

func newLayout(n int, links []Link, o LayoutOptions) *layout {
	l := &layout{links: links, fixed: o.Fixed, mass: make([]float64, n), at: make([]Point, n),
		force: make([]Point, n), last: make([]Point, n), speed: 1}
	for i := range l.mass {
		l.mass[i] = 1
	}
	for _, e := range links {
		l.mass[e.A]++
		l.mass[e.B]++
	}
	for i := range l.at {
		if i < len(o.Start) {
			l.at[i] = o.Start[i]
			continue
		}
		l.at[i] = sunflower(i)
	}
	return l
}

// sunflower spreads points evenly over a disc, the first in its middle.
func sunflower(i int) Point {
	const golden = 2.39996322972865332
	r, a := math.Sqrt(float64(i)+.5), float64(i)*golden
	return Point{r * math.Cos(a) * 1.5, r * math.Sin(a) * 1.5}
}

// step moves all nodes once.
func (l *layout) step() {
	l.force, l.last = l.last, l.force
	clear(l.force)
	l.repel()
	l.attract()
	l.gravitate()
	l.move()
}

const (
	repulsion = 2.0
	gravity   = .25
)

func (l *layout) repel() {
	l.tree.build(l.at, l.mass)
	parts := min(runtime.GOMAXPROCS(0), 1+len(l.at)/256)
	var done sync.WaitGroup
	for part := range parts {
		done.Go(func() { l.repelRange(part*len(l.at)/parts, (part+1)*len(l.at)/parts) })
	}
	done.Wait()
}

func (l *layout) repelRange(from, to int) {
	for i := from; i < to; i++ {
		f := l.tree.push(l.at[i], int32(i))
		k := repulsion * l.mass[i]
		l.force[i].X += k * f.X
		l.force[i].Y += k * f.Y
	}
}

func (l *layout) attract() {
	for _, e := range l.links {
		dx, dy := l.at[e.B].X-l.at[e.A].X, l.at[e.B].Y-l.at[e.A].Y
		l.force[e.A].X += e.Weight * dx
		l.force[e.A].Y += e.Weight * dy
		l.force[e.B].X -= e.Weight * dx
		l.force[e.B].Y -= e.Weight * dy
	}
}

func (l *layout) gravitate() {
	for i, p := range l.at {
		d := math.Hypot(p.X, p.Y) + 1e-9
		k := gravity * l.mass[i]
		l.force[i].X -= k * p.X / d * math.Sqrt(d)
		l.force[i].Y -= k * p.Y / d * math.Sqrt(d)
	}
}

// move follows the forces, more slowly where a node swings to and fro.
func (l *layout) move() {
	swing, travel := 1e-9, 1e-9
	for i, f := range l.force {
		swing += l.mass[i] * math.Hypot(f.X-l.last[i].X, f.Y-l.last[i].Y)
		travel += l.mass[i] * math.Hypot(f.X+l.last[i].X, f.Y+l.last[i].Y) / 2
	}
	l.speed = min(travel/swing, l.speed*1.5)
	for i, f := range l.force {
		if l.fixed != nil && i < len(l.fixed) && l.fixed[i] {
			continue
		}
		own := l.mass[i] * math.Hypot(f.X-l.last[i].X, f.Y-l.last[i].Y)
		k := .1 * l.speed / (1 + l.speed*math.Sqrt(own))
		if d := math.Hypot(f.X, f.Y); k*d > 10 {
			k = 10 / d
		}
		l.at[i].X += k * f.X
		l.at[i].Y += k * f.Y
	}
}
