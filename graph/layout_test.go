package graph

import (
	"math"
	"math/rand/v2"
	"testing"
)

// clusters makes k rings of size nodes each, joined in a chain by one link.
func clusters(k, size int) (int, []Link) {
	var links []Link
	for c := range k {
		for i := range size {
			for j := range 3 {
				links = append(links, Link{int32(c*size + i), int32(c*size + (i+j+1)%size), 1})
			}
		}
		if c > 0 {
			links = append(links, Link{int32((c - 1) * size), int32(c * size), 1})
		}
	}
	return k * size, links
}

func distance(a, b Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

func TestLinkedNodesLieCloserThanOthers(t *testing.T) {
	n, links := clusters(6, 12)
	at := Layout(n, links, LayoutOptions{})
	linked, all, pairs := 0.0, 0.0, 0
	for _, e := range links {
		linked += distance(at[e.A], at[e.B]) / float64(len(links))
	}
	for i := range n {
		for j := range i {
			all += distance(at[i], at[j])
			pairs++
		}
	}
	if mean := all / float64(pairs); linked > mean/2 {
		t.Fatalf("linked nodes lie %.2f apart on average, any two %.2f", linked, mean)
	}
}

func TestNoTwoNodesFallTogetherAndNoneIsLost(t *testing.T) {
	n, links := clusters(10, 20)
	at := Layout(n+5, links, LayoutOptions{})
	for i, p := range at {
		if math.IsNaN(p.X) || math.IsNaN(p.Y) || math.Abs(p.X) > 1e4 || math.Abs(p.Y) > 1e4 {
			t.Fatalf("node %d lies at %v", i, p)
		}
		for j := range i {
			if distance(p, at[j]) < 1e-3 {
				t.Fatalf("nodes %d and %d fall together", i, j)
			}
		}
	}
}

func TestTheSameGraphIsLaidOutAlike(t *testing.T) {
	n, links := clusters(4, 9)
	a, b := Layout(n, links, LayoutOptions{}), Layout(n, links, LayoutOptions{})
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("node %d lies at %v and at %v", i, a[i], b[i])
		}
	}
}

func TestFixedNodesStay(t *testing.T) {
	n, links := clusters(3, 7)
	start := []Point{{5, -3}}
	at := Layout(n, links, LayoutOptions{Start: start, Fixed: []bool{true}})
	if at[0] != start[0] {
		t.Fatalf("the fixed node moved to %v", at[0])
	}
}

func TestNodesThatStartInOnePlaceDoNotHang(t *testing.T) {
	start := make([]Point, 50)
	if at := Layout(50, nil, LayoutOptions{Start: start, Rounds: 5}); len(at) != 50 {
		t.Fatalf("got %d places", len(at))
	}
	if at := Layout(0, nil, LayoutOptions{}); len(at) != 0 {
		t.Fatalf("got %d places for no nodes", len(at))
	}
}

func BenchmarkLayout2000(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	links := make([]Link, 8000)
	for i := range links {
		a := int32(r.IntN(2000))
		links[i] = Link{a, int32((int(a) + 1 + r.IntN(1+r.IntN(1999))) % 2000), 1}
	}
	for b.Loop() {
		Layout(2000, links, LayoutOptions{})
	}
}
