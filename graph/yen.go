package graph

import (
	"slices"
)

// Alternatives returns up to k loopless paths from a to b, shortest first and
// of equal length the strongest first (Yen 1971).
func (s *Snapshot) Alternatives(a, b uint32, k int, f *Filter) []Path {
	w := s.scratch()
	first, ok := s.bidirectional(w, a, b, f, 0)
	if !ok || k < 1 {
		scratches.Put(w)
		return nil
	}
	found := []Path{first}
	var candidates []Path
	defer func() {
		w.pairs = nil
		scratches.Put(w)
	}()
	for len(found) < k {
		last := found[len(found)-1]
		for i := range last.Hops() {
			if p, ok := s.spur(w, last.Nodes[:i+1], b, found, f); ok && !holds(candidates, p) && !holds(found, p) {
				candidates = append(candidates, p)
			}
		}
		if len(candidates) == 0 {
			break
		}
		slices.SortStableFunc(candidates, comparePaths)
		found, candidates = append(found, candidates[0]), candidates[1:]
	}
	slices.SortStableFunc(found, comparePaths)
	return found
}

func comparePaths(p, q Path) int {
	switch {
	case p.Hops() != q.Hops():
		return p.Hops() - q.Hops()
	case p.Strength > q.Strength:
		return -1
	case p.Strength < q.Strength:
		return 1
	}
	return slices.Compare(p.Nodes, q.Nodes)
}

func holds(paths []Path, p Path) bool {
	return slices.ContainsFunc(paths, func(q Path) bool { return slices.Equal(p.Nodes, q.Nodes) })
}

// spur searches on from the end of root, by another pair than the found
// paths with that root take, and without entering root again.
func (s *Snapshot) spur(w *scratch, root []uint32, b uint32, found []Path, f *Filter) (Path, bool) {
	w.advance()
	w.pairs = map[uint32]bool{}
	end := len(root) - 1
	for _, p := range found {
		if len(p.Nodes) > len(root) && slices.Equal(p.Nodes[:len(root)], root) {
			if pair, ok := s.pair(p.Nodes[end], p.Nodes[end+1]); ok {
				w.pairs[pair] = true
			}
		}
	}
	for _, x := range root[:end] {
		w.banned[x] = w.epoch
	}
	rest, ok := s.bidirectional(w, root[end], b, f, 0)
	if !ok {
		return Path{}, false
	}
	p := Path{Nodes: append(slices.Clone(root), rest.Nodes[1:]...), Strength: rest.Strength}
	for i := range end {
		pair, _ := s.pair(root[i], root[i+1])
		p.Strength = min(p.Strength, s.weight(pair, f))
	}
	return p, true
}
