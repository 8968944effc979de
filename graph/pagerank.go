package graph

import "math"

// Damping is the probability of following a tie rather than jumping (Brin and
// Page 1998).
const Damping = 0.85

// PageRank returns the share of a random walk's time that each node gets, a
// node's ties being followed with equal probability. It stops where one round
// changes the sum of all shares by less than tolerance. The shares sum to 1.
//
// Rounds are Gauss-Seidel: a node's new share is used at once by the nodes
// that come after it, which takes about half the rounds of power iteration.
func (g *Net) PageRank(tolerance float64) []float64 {
	n := g.Nodes()
	if n == 0 {
		return nil
	}
	// give[x] is x's score divided by its degree: what each neighbour gets.
	give, inverse := make([]float32, n), make([]float32, n)
	for x := range n {
		if d := g.Degree(uint32(x)); d > 0 {
			inverse[x] = 1 / float32(d)
			give[x] = inverse[x]
		}
	}
	const rounds = 1000
	for range rounds {
		if change := g.rankRound(give, inverse); change < tolerance*float64(n) {
			break
		}
	}
	return g.shares(give)
}

// rankRound updates every node once and returns how much the scores moved.
func (g *Net) rankRound(give, inverse []float32) float64 {
	change := 0.0
	low := g.offset[0]
	for x := range inverse {
		high := g.offset[x+1]
		if high == low {
			continue
		}
		sum := float32(0)
		for _, y := range g.neighbour[low:high] {
			sum += give[y]
		}
		low = high
		score := (1 - Damping) + Damping*sum
		next := score * inverse[x]
		change += math.Abs(float64(score - give[x]*float32(high-g.offset[x])))
		give[x] = next
	}
	return change
}

// shares turns scores into shares that sum to 1. A node without ties keeps
// what jumps bring it.
func (g *Net) shares(give []float32) []float64 {
	rank := make([]float64, len(give))
	sum := 0.0
	for x := range rank {
		rank[x] = 1 - Damping
		if d := g.Degree(uint32(x)); d > 0 {
			rank[x] = float64(give[x]) * float64(d)
		}
		sum += rank[x]
	}
	for x := range rank {
		rank[x] /= sum
	}
	return rank
}
