package graph

// Neighbour is a node beside another and the strength of their pair.
type Neighbour struct {
	Node     uint32
	Strength float32
}

// Neighbours returns the nodes beside x under the filter, in rising order.
func (s *Snapshot) Neighbours(x uint32, f *Filter) []Neighbour {
	var found []Neighbour
	for i := s.offset[x]; i < s.offset[x+1]; i++ {
		if w := s.weight(s.pairOf[i], f); w > 0 {
			found = append(found, Neighbour{s.neighbour[i], w})
		}
	}
	return found
}

// Common appends to out the nodes that are beside both a and b, in rising
// order.
func (s *Snapshot) Common(a, b uint32, f *Filter, out []uint32) []uint32 {
	i, last := s.offset[a], s.offset[a+1]
	j, end := s.offset[b], s.offset[b+1]
	plain := f.plain()
	for i < last && j < end {
		switch x, y := s.neighbour[i], s.neighbour[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			if plain && s.strength[s.pairOf[i]] > 0 && s.strength[s.pairOf[j]] > 0 ||
				!plain && s.pairStrength(s.pairOf[i], f) > 0 && s.pairStrength(s.pairOf[j], f) > 0 {
				out = append(out, x)
			}
			i++
			j++
		}
	}
	return out
}

// Around returns the nodes at most two steps from x, x itself left out: first
// those beside it, then those beside them.
func (s *Snapshot) Around(x uint32, f *Filter) []uint32 {
	w := s.scratch()
	defer scratches.Put(w)
	w.mark[0][x] = w.epoch
	out := s.expand(w, x, f, nil)
	for _, y := range out[:len(out):len(out)] {
		out = s.expand(w, y, f, out)
	}
	return out
}

func (s *Snapshot) expand(w *scratch, x uint32, f *Filter, out []uint32) []uint32 {
	plain := f.plain()
	mark, epoch := w.mark[0], w.epoch
	for i := s.offset[x]; i < s.offset[x+1]; i++ {
		y := s.neighbour[i]
		if mark[y] == epoch || plain && s.strength[s.pairOf[i]] <= 0 || !plain && s.pairStrength(s.pairOf[i], f) <= 0 {
			continue
		}
		mark[y] = epoch
		out = append(out, y)
	}
	return out
}
