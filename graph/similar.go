package graph

import (
	"math"
	"slices"
)

// Role is one side of one predicate: who endorsed, or who was endorsed.
type Role struct {
	Predicate uint8
	Object    bool
}

func (r Role) index() int {
	if r.Object {
		return int(r.Predicate) + maxPredicates
	}
	return int(r.Predicate)
}

// Alike is a node that plays a part like another's, with the roles that weigh
// most in that.
type Alike struct {
	Node   uint32
	Score  float64 // 0 to 1
	Shared []Role
}

// roles counts in which roles a node stands, each neighbour once a role.
func (s *Snapshot) roles(x uint32, f *Filter, counts *[2 * maxPredicates]float64) {
	clear(counts[:])
	for i := s.offset[x]; i < s.offset[x+1]; i++ {
		y, p := s.neighbour[i], s.pairOf[i]
		var seen [2]uint64
		for r := s.pairRow[p]; r < s.pairRow[p+1]; r++ {
			if !f.takes(s, r) {
				continue
			}
			object := (s.flags[r]&FlagReversed != 0) == (x < y) // reversed: the higher node is the subject
			side := 0
			if object {
				side = 1
			}
			if bit := uint64(1) << s.predicate[r]; seen[side]&bit == 0 {
				seen[side] |= bit
				counts[Role{s.predicate[r], object}.index()]++
			}
		}
	}
}

// Similar returns the k nodes whose roles are most like those of x: the
// cosine of their role counts (logarithms taken, rare roles weighing more),
// among the nodes that keep takes.
func (s *Snapshot) Similar(x uint32, k int, f *Filter, keep func(uint32) bool) []Alike {
	var counts, own [2 * maxPredicates]float64
	var having [2 * maxPredicates]float64
	nodes := 0.0
	for y := range uint32(s.n) {
		if !keep(y) {
			continue
		}
		nodes++
		s.roles(y, f, &counts)
		for i, c := range counts {
			if c > 0 {
				having[i]++
			}
		}
	}
	weigh := func(counts *[2 * maxPredicates]float64) {
		for i, c := range counts {
			if c > 0 {
				counts[i] = math.Log1p(c) * math.Log1p(nodes/having[i])
			}
		}
	}
	s.roles(x, f, &own)
	weigh(&own)
	var found []Alike
	for y := range uint32(s.n) {
		if y == x || !keep(y) {
			continue
		}
		s.roles(y, f, &counts)
		weigh(&counts)
		if score := cosine(&own, &counts); score > 0 {
			found = append(found, Alike{y, score, sharedRoles(&own, &counts)})
		}
	}
	slices.SortStableFunc(found, func(a, b Alike) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return int(a.Node) - int(b.Node)
	})
	return found[:min(len(found), k)]
}

func cosine(a, b *[2 * maxPredicates]float64) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	if ab == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// sharedRoles are the four roles that add most to the likeness.
func sharedRoles(a, b *[2 * maxPredicates]float64) []Role {
	var roles []Role
	for i := range a {
		if a[i]*b[i] > 0 {
			roles = append(roles, Role{uint8(i % maxPredicates), i >= maxPredicates})
		}
	}
	slices.SortStableFunc(roles, func(r, q Role) int {
		switch x, y := a[r.index()]*b[r.index()], a[q.index()]*b[q.index()]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return roles[:min(len(roles), 4)]
}
