package graph

// Net is a snapshot under one filter, as an undirected weighted graph: what
// algorithms over the whole graph run on.
type Net struct {
	offset    []uint32
	neighbour []uint32
	weight    []float32
}

// Nodes is the number of nodes.
func (g *Net) Nodes() int { return len(g.offset) - 1 }

// Edges is the number of undirected edges.
func (g *Net) Edges() int { return len(g.neighbour) / 2 }

// Degree is the number of neighbours of a node.
func (g *Net) Degree(x uint32) int { return int(g.offset[x+1] - g.offset[x]) }

// Beside returns the neighbours of a node in rising order. It must not be
// changed.
func (g *Net) Beside(x uint32) []uint32 { return g.neighbour[g.offset[x]:g.offset[x+1]] }

// Net applies a filter once. Pairs that it leaves nothing of are no edges.
func (s *Snapshot) Net(f *Filter) *Net {
	g := &Net{offset: make([]uint32, s.n+1)}
	g.neighbour, g.weight = make([]uint32, 0, len(s.neighbour)), make([]float32, 0, len(s.neighbour))
	strength := s.strength
	if !f.plain() {
		strength = make([]float32, s.Pairs())
		for p := range strength {
			strength[p] = s.pairStrength(uint32(p), f)
		}
	}
	for x := range s.n {
		for i := s.offset[x]; i < s.offset[x+1]; i++ {
			y := s.neighbour[i]
			w := strength[s.pairOf[i]]
			if w <= 0 || f != nil && f.Avoid != nil && (f.Avoid(uint32(x)) || f.Avoid(y)) {
				continue
			}
			g.neighbour, g.weight = append(g.neighbour, y), append(g.weight, w)
		}
		g.offset[x+1] = uint32(len(g.neighbour))
	}
	return g
}
