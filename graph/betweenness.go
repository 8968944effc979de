package graph

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// brandes holds what one source's sweep needs (Brandes 2001).
type brandes struct {
	order []uint32
	depth []int32
	paths []float64
	share []float64
}

func newBrandes(n int) *brandes {
	b := &brandes{order: make([]uint32, 0, n), depth: make([]int32, n), paths: make([]float64, n), share: make([]float64, n)}
	for i := range b.depth {
		b.depth[i] = -1
	}
	return b
}

// sweep counts shortest paths from one source and adds to score each node's
// share of them, times scale. It clears only what it touched.
func (b *brandes) sweep(g *Net, source uint32, score []float64, scale float64) {
	b.order = append(b.order[:0], source)
	b.depth[source], b.paths[source] = 0, 1
	for head := 0; head < len(b.order); head++ {
		x := b.order[head]
		next, paths := b.depth[x]+1, b.paths[x]
		for _, y := range g.Beside(x) {
			if b.depth[y] < 0 {
				b.depth[y] = next
				b.order = append(b.order, y)
			}
			if b.depth[y] == next {
				b.paths[y] += paths
			}
		}
	}
	for i := len(b.order) - 1; i > 0; i-- {
		x := b.order[i]
		up, per := b.depth[x]-1, (1+b.share[x])/b.paths[x]
		for _, y := range g.Beside(x) {
			if b.depth[y] == up {
				b.share[y] += b.paths[y] * per
			}
		}
		score[x] += b.share[x] * scale
	}
	for _, x := range b.order {
		b.depth[x], b.paths[x], b.share[x] = -1, 0, 0
	}
}

// Betweenness returns for each node the number of pairs of other nodes whose
// shortest paths run through it, several shortest paths sharing the pair. It
// is exact and takes time in proportion to nodes times edges.
func (g *Net) Betweenness() []float64 {
	sources := make([]uint32, g.Nodes())
	for i := range sources {
		sources[i] = uint32(i)
	}
	return g.sweeps(sources, 0.5)
}

// Sampled is an estimate of betweenness. With probability 95 %, every node's
// true figure lies within Bound of its estimate (Hoeffding's inequality with
// a union bound over the nodes, after Brandes and Pich 2007).
type Sampled struct {
	Score []float64
	Bound float64
}

// SampleBetweenness estimates betweenness from k sources drawn by the seed.
// Where k reaches the number of nodes it is exact and its bound is 0.
func (g *Net) SampleBetweenness(k int, seed uint64) Sampled {
	n := g.Nodes()
	if k >= n {
		return Sampled{Score: g.Betweenness()}
	}
	if k < 1 {
		k = 1
	}
	draw := rand.New(rand.NewPCG(seed, 1))
	sources := make([]uint32, k)
	for i := range sources { // with replacement, as the bound supposes
		sources[i] = uint32(draw.IntN(n))
	}
	score := g.sweeps(sources, 0.5*float64(n)/float64(k))
	reach := 0.5 * float64(n) * float64(n-2)
	return Sampled{Score: score, Bound: reach * math.Sqrt(math.Log(2*float64(n)/0.05)/(2*float64(k)))}
}

// sweeps runs one sweep for each source, spread over the processors. The sum
// is formed in a fixed order, so that it is the same on every run.
func (g *Net) sweeps(sources []uint32, scale float64) []float64 {
	workers := max(1, min(runtime.GOMAXPROCS(0), len(sources)))
	parts := make([][]float64, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			parts[w] = make([]float64, g.Nodes())
			b := newBrandes(g.Nodes())
			for i := w; i < len(sources); i += workers {
				b.sweep(g, sources[i], parts[w], scale)
			}
		})
	}
	group.Wait()
	for _, p := range parts[1:] {
		for x, v := range p {
			parts[0][x] += v
		}
	}
	return parts[0]
}
