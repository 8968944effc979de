package graph

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
)

// oracle is the same graph in gonum.
func oracle(g *Net) *simple.WeightedUndirectedGraph {
	o := simple.NewWeightedUndirectedGraph(0, math.Inf(1))
	for x := range g.Nodes() {
		o.AddNode(simple.Node(x))
	}
	for x := range uint32(g.Nodes()) {
		for i, y := range g.Beside(x) {
			if x < y {
				o.SetWeightedEdge(o.NewWeightedEdge(simple.Node(x), simple.Node(y), float64(g.weight[int(g.offset[x])+i])))
			}
		}
	}
	return o
}

func sample(t testing.TB, n, rows int, seed uint64) (*Snapshot, *Net) {
	t.Helper()
	s := Pack(n, Generate(n, rows, seed))
	return s, s.Net(&Filter{})
}

func TestPackedGraphHoldsExactlyTheTiesGiven(t *testing.T) {
	rows := Generate(300, 1500, 1)
	s := Pack(300, rows)
	want := map[[2]uint32]int{}
	for _, r := range rows {
		want[[2]uint32{min(r.From, r.To), max(r.From, r.To)}]++
	}
	if s.Pairs() != len(want) || s.Rows() != len(rows) {
		t.Fatalf("got %d pairs of %d rows, want %d of %d", s.Pairs(), s.Rows(), len(want), len(rows))
	}
	for x := range uint32(300) {
		for i := s.offset[x]; i < s.offset[x+1]; i++ {
			y, p := s.neighbour[i], s.pairOf[i]
			if i > s.offset[x] && s.neighbour[i-1] >= y {
				t.Fatalf("neighbours of %d are out of order", x)
			}
			if got := int(s.pairRow[p+1] - s.pairRow[p]); got != want[[2]uint32{min(x, y), max(x, y)}] {
				t.Fatalf("pair %d-%d has %d rows, want %d", x, y, got, want[[2]uint32{min(x, y), max(x, y)}])
			}
		}
	}
}

func TestShortestPathsAreAsShortAsGonumsDijkstra(t *testing.T) {
	s, g := sample(t, 400, 700, 2)
	o := simple.NewUndirectedGraph()
	for x := range uint32(400) {
		if o.Node(int64(x)) == nil {
			o.AddNode(simple.Node(x))
		}
		for _, y := range g.Beside(x) {
			o.SetEdge(o.NewEdge(simple.Node(x), simple.Node(y)))
		}
	}
	draw := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		a, b := uint32(draw.IntN(400)), uint32(draw.IntN(400))
		want := path.DijkstraFrom(o.Node(int64(a)), o).WeightTo(int64(b))
		p, ok := s.Shortest(a, b, &Filter{})
		if ok != !math.IsInf(want, 1) || ok && p.Hops() != int(want) {
			t.Fatalf("path %d-%d has %d hops (%v), want %v", a, b, p.Hops(), ok, want)
		}
		checkPath(t, s, p, a, b)
	}
}

func checkPath(t *testing.T, s *Snapshot, p Path, a, b uint32) {
	t.Helper()
	if len(p.Nodes) == 0 {
		return
	}
	if p.Nodes[0] != a || p.Nodes[len(p.Nodes)-1] != b {
		t.Fatalf("path %v does not run from %d to %d", p.Nodes, a, b)
	}
	weakest := float32(1)
	for i := range p.Hops() {
		pair, ok := s.pair(p.Nodes[i], p.Nodes[i+1])
		if !ok {
			t.Fatalf("path %v steps where there is no tie", p.Nodes)
		}
		weakest = min(weakest, s.strength[pair])
	}
	if weakest != p.Strength {
		t.Fatalf("path %v claims strength %v, its weakest pair has %v", p.Nodes, p.Strength, weakest)
	}
}

// widest is the strength of the best path by brute force: a maximum spanning
// tree grown from a (Prim), whose paths are widest.
func widest(s *Snapshot, a, b uint32) float32 {
	width := make([]float32, s.n)
	done := make([]bool, s.n)
	width[a] = 1
	for {
		best := -1
		for x := range width {
			if !done[x] && width[x] > 0 && (best < 0 || width[x] > width[best]) {
				best = x
			}
		}
		if best < 0 {
			return width[b]
		}
		done[best] = true
		for i := s.offset[best]; i < s.offset[best+1]; i++ {
			y := s.neighbour[i]
			width[y] = max(width[y], min(width[best], s.strength[s.pairOf[i]]))
		}
	}
}

func TestStrongestPathHasTheStrongestWeakestTie(t *testing.T) {
	s, _ := sample(t, 200, 500, 3)
	draw := rand.New(rand.NewPCG(2, 1))
	for range 100 {
		a, b := uint32(draw.IntN(200)), uint32(draw.IntN(200))
		p, ok := s.Strongest(a, b, &Filter{})
		want := widest(s, a, b)
		if ok != (want > 0) || a != b && ok && want-p.Strength > 1.5/steps {
			t.Fatalf("strongest path %d-%d has %v (%v), want %v", a, b, p.Strength, ok, want)
		}
		checkPath(t, s, p, a, b)
	}
}

func TestAlternativesAreThoseOfYenInGonum(t *testing.T) {
	s, g := sample(t, 60, 110, 4)
	o := simple.NewUndirectedGraph()
	for x := range uint32(60) {
		if o.Node(int64(x)) == nil {
			o.AddNode(simple.Node(x))
		}
		for _, y := range g.Beside(x) {
			o.SetEdge(o.NewEdge(simple.Node(x), simple.Node(y)))
		}
	}
	for b := uint32(1); b < 30; b++ {
		got := s.Alternatives(0, b, 6, &Filter{})
		want := path.YenKShortestPaths(o, 6, math.Inf(1), o.Node(0), o.Node(int64(b)))
		if len(got) != len(want) {
			t.Fatalf("to %d: %d paths, want %d", b, len(got), len(want))
		}
		for i := range got {
			if got[i].Hops() != len(want[i])-1 {
				t.Errorf("to %d: path %d has %d hops, want %d", b, i, got[i].Hops(), len(want[i])-1)
			}
			checkPath(t, s, got[i], 0, b)
			nodes := slices.Clone(got[i].Nodes)
			slices.Sort(nodes)
			if len(slices.Compact(nodes)) != len(got[i].Nodes) {
				t.Errorf("path %v has a loop", got[i].Nodes)
			}
		}
	}
}

func TestCommonAndSurroundingsAreWhatSetsGive(t *testing.T) {
	s, g := sample(t, 200, 900, 5)
	for a := range uint32(40) {
		for b := a + 1; b < 40; b++ {
			var want []uint32
			for _, x := range g.Beside(a) {
				if slices.Contains(g.Beside(b), x) {
					want = append(want, x)
				}
			}
			if got := s.Common(a, b, &Filter{}, nil); !slices.Equal(got, want) {
				t.Fatalf("common of %d and %d: %v, want %v", a, b, got, want)
			}
		}
		near := map[uint32]bool{}
		for _, x := range g.Beside(a) {
			near[x] = true
			for _, y := range g.Beside(x) {
				near[y] = true
			}
		}
		delete(near, a)
		if got := s.Around(a, &Filter{}); len(got) != len(near) {
			t.Fatalf("around %d: %d nodes, want %d", a, len(got), len(near))
		}
	}
}

func TestPageRankIsGonumsOnTheSameGraph(t *testing.T) {
	_, g := sample(t, 300, 1200, 6)
	o := simple.NewDirectedGraph()
	for x := range uint32(300) {
		if o.Node(int64(x)) == nil {
			o.AddNode(simple.Node(x))
		}
		for _, y := range g.Beside(x) {
			o.SetEdge(o.NewEdge(simple.Node(x), simple.Node(y)))
		}
	}
	want := network.PageRank(o, Damping, 1e-10)
	for x, got := range g.PageRank(1e-9) {
		if math.Abs(got-want[int64(x)]) > 1e-5 {
			t.Fatalf("PageRank of %d is %v, want %v", x, got, want[int64(x)])
		}
	}
}

func TestBetweennessIsGonumsAndSamplesKeepTheirBound(t *testing.T) {
	_, g := sample(t, 200, 500, 7)
	want := network.Betweenness(oracleUnweighted(g))
	exact := g.Betweenness()
	for x, got := range exact {
		if math.Abs(2*got-want[int64(x)]) > 1e-6*(1+want[int64(x)]) { // gonum counts each pair twice
			t.Fatalf("betweenness of %d is %v, want %v", x, got, want[int64(x)]/2)
		}
	}
	s := g.SampleBetweenness(60, 1)
	for x := range exact {
		if math.Abs(s.Score[x]-exact[x]) > s.Bound {
			t.Errorf("sampled betweenness of %d is %v, exact %v, beyond the bound %v", x, s.Score[x], exact[x], s.Bound)
		}
	}
}

func oracleUnweighted(g *Net) *simple.UndirectedGraph {
	o := simple.NewUndirectedGraph()
	for x := range uint32(g.Nodes()) {
		if o.Node(int64(x)) == nil {
			o.AddNode(simple.Node(x))
		}
		for _, y := range g.Beside(x) {
			o.SetEdge(o.NewEdge(simple.Node(x), simple.Node(y)))
		}
	}
	return o
}

func TestBrokersAreTheNodesWhoseRemovalLeavesMoreParts(t *testing.T) {
	_, g := sample(t, 150, 160, 8)
	o := oracleUnweighted(g)
	before := len(topo.ConnectedComponents(o))
	parted := map[uint32]Broker{}
	for _, b := range g.Brokers() {
		parted[b.Node] = b
	}
	for x := range uint32(150) {
		if g.Degree(x) == 0 {
			continue
		}
		less := oracleUnweighted(g)
		less.RemoveNode(int64(x))
		after := len(topo.ConnectedComponents(less))
		b, found := parted[x]
		if found != (after > before) || found && len(b.Parts) != after-before+1 {
			t.Errorf("removing %d leaves %d components of %d; brokers say %v", x, after, before, b.Parts)
		}
	}
}

func TestLeidenFindsConnectedGroupsOfGonumsQuality(t *testing.T) {
	_, g := sample(t, 1000, 5000, 9)
	part := g.Leiden(1, 1)
	ours := g.Modularity(part, 1)
	o := oracle(g)
	theirs := community.Q(o, community.Modularize(o, 1, rand.NewPCG(1, 1)).Communities(), 1)
	if ours < theirs-0.01 {
		t.Errorf("modularity %.4f, gonum's Louvain %.4f", ours, theirs)
	}
	groups := map[uint32][]uint32{}
	for x, c := range part {
		groups[c] = append(groups[c], uint32(x))
	}
	for c, members := range groups {
		if !connected(g, members) {
			t.Errorf("group %d of %d members is not connected", c, len(members))
		}
	}
	if !slices.Equal(part, g.Leiden(1, 1)) {
		t.Error("the same seed gives other groups")
	}
}

func connected(g *Net, members []uint32) bool {
	seen := map[uint32]bool{members[0]: true}
	queue := []uint32{members[0]}
	for len(queue) > 0 {
		x := queue[0]
		queue = queue[1:]
		for _, y := range g.Beside(x) {
			if !seen[y] && slices.Contains(members, y) {
				seen[y] = true
				queue = append(queue, y)
			}
		}
	}
	return len(seen) == len(members)
}

func TestFiltersApplyWhenAskedAndEqualAGraphPackedWithoutTheRest(t *testing.T) {
	rows := Generate(120, 900, 10)
	docs := make([]Doc, 91)
	for i := range docs {
		docs[i] = Doc{Source: uint32(i / 2), Learned: 1.7e9 + uint32(i)*1e5}
	}
	s := PackDocs(120, rows, docs)
	f := Filter{NoHedged: true, From: 12000, To: 15000, Known: 1.7e9 + 6e6, Without: 1<<3 | 1<<7}
	var kept []Row
	for _, r := range rows {
		if r.Flags&FlagHedged == 0 && r.Until >= f.From && r.Since <= f.To && docs[r.Doc].Learned <= f.Known && r.Predicate != 3 && r.Predicate != 7 {
			kept = append(kept, r)
		}
	}
	want := PackDocs(120, kept, docs).Net(&Filter{})
	got := s.Net(&f)
	if !slices.Equal(got.neighbour, want.neighbour) || !slices.Equal(got.weight, want.weight) {
		t.Error("the filtered graph differs from the one packed from the rows that pass")
	}
}
