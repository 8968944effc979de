package graph

import (
	"math/rand/v2"
	"testing"
)

// The benchmarks run on the generated graph of 100k nodes and 1M rows.
// cmd/kith-bench runs the larger one, and the peers.
const benchNodes, benchRows = 100_000, 1_000_000

func BenchmarkPack(b *testing.B) {
	rows := Generate(benchNodes, benchRows, 1)
	for b.Loop() {
		Pack(benchNodes, rows)
	}
}

func BenchmarkShortest(b *testing.B) {
	s := Pack(benchNodes, Generate(benchNodes, benchRows, 1))
	draw := rand.New(rand.NewPCG(1, 1))
	f := &Filter{}
	for b.Loop() {
		s.Shortest(uint32(draw.IntN(benchNodes)), uint32(draw.IntN(benchNodes)), f)
	}
}

func BenchmarkPageRank(b *testing.B) {
	g := Pack(benchNodes, Generate(benchNodes, benchRows, 1)).Net(nil)
	for b.Loop() {
		g.PageRank(1e-6)
	}
}

func BenchmarkBetweennessOneSource(b *testing.B) {
	g := Pack(benchNodes, Generate(benchNodes, benchRows, 1)).Net(nil)
	score := make([]float64, benchNodes)
	w := newBrandes(benchNodes)
	for b.Loop() {
		w.sweep(g, 1, score, 1)
	}
}

func BenchmarkLeiden(b *testing.B) {
	g := Pack(benchNodes, Generate(benchNodes, benchRows, 1)).Net(nil)
	for b.Loop() {
		g.Leiden(1, 1)
	}
}
