package graph

import (
	"math"
	"math/rand/v2"
)

// Generate makes rows between n nodes for benchmarks and tests: groups of
// about fifty in which most ties lie, partners drawn with a heavy tail, as ties
// of public people are, and times, sources and doubts spread over them. The
// same seed gives the same rows.
func Generate(n, rows int, seed uint64) []Row {
	draw := rand.New(rand.NewPCG(seed, 3))
	out := make([]Row, rows)
	const group = 50
	for i := range out {
		from := heavy(draw, n)
		to := heavy(draw, n)
		if draw.IntN(10) < 7 { // inside the group
			to = from/group*group + uint32(draw.IntN(group))
		}
		if int(to) >= n || to == from {
			to = (from + 1) % uint32(n)
		}
		since := int32(10000 + draw.IntN(9000))
		out[i] = Row{From: from, To: to, Claim: uint32(i), Doc: uint32(draw.IntN(rows/10 + 1)), Since: since, Until: since + int32(draw.IntN(2000)),
			Strength: 0.5 + float32(draw.IntN(50))/100, Predicate: uint8(draw.IntN(40))}
		if draw.IntN(20) == 0 {
			out[i].Flags = FlagHedged
		}
	}
	return out
}

// heavy draws a node, low numbers more often than high ones.
func heavy(draw *rand.Rand, n int) uint32 {
	u := draw.Float64()
	x := uint32(float64(n) * math.Pow(u, 1.6))
	return min(x*7919%uint32(n), uint32(n-1)) // spread the well connected over all groups
}
