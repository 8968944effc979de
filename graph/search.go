package graph

import "sync"

// Path is a chain of nodes from one end to the other.
type Path struct {
	Nodes    []uint32
	Strength float32 // that of its weakest pair
}

// Hops is the number of pairs on the path.
func (p Path) Hops() int { return len(p.Nodes) - 1 }

// scratch is what a search needs for each node, kept between searches: a mark
// counts only where its epoch is the present one, so nothing is ever cleared.
type scratch struct {
	epoch   uint32
	mark    [2][]uint32 // epoch in which the side reached the node
	parent  [2][]uint32
	depth   [2][]uint16
	width   [2][]float32 // the weakest pair on the way there
	queue   [2][]uint32
	ends    [2][]uint32 // of quests: length of the queue after each expanded node
	reached []uint8     // of quests: two bits a node, which sides reached it
	banned  []uint32    // epoch in which the node may not be entered
	pairs   map[uint32]bool
}

var scratches sync.Pool

func (s *Snapshot) scratch() *scratch {
	w, _ := scratches.Get().(*scratch)
	if w == nil || len(w.banned) < s.n {
		w = &scratch{banned: make([]uint32, s.n), reached: make([]uint8, s.n/4+1)}
		for side := range 2 {
			w.mark[side], w.parent[side] = make([]uint32, s.n), make([]uint32, s.n)
			w.depth[side], w.width[side] = make([]uint16, s.n), make([]float32, s.n)
		}
	}
	w.advance()
	return w
}

func (w *scratch) advance() {
	w.epoch++
	if w.epoch == 0 { // after four thousand million searches marks of old ones would count again
		for side := range 2 {
			clear(w.mark[side])
		}
		clear(w.banned)
		w.epoch = 1
	}
	for side := range 2 {
		w.queue[side], w.ends[side] = w.queue[side][:0], w.ends[side][:0]
	}
}

// Shortest returns a path of fewest hops from a to b. It searches from both
// ends at once, a level at a time of the side with fewer nodes to expand
// (Pohl 1971), and stops where the two meet.
func (s *Snapshot) Shortest(a, b uint32, f *Filter) (Path, bool) { return s.shortest(a, b, f, 0) }

// shortest uses only pairs stronger than least.
func (s *Snapshot) shortest(a, b uint32, f *Filter, least float32) (Path, bool) {
	if a == b {
		return Path{Nodes: []uint32{a}, Strength: 1}, true
	}
	w := s.scratch()
	defer scratches.Put(w)
	q := quest{s: s, w: w, f: f, least: least, look: !f.plain() || f != nil && f.Avoid != nil || least >= s.weakest}
	q.begin(a, b)
	defer q.end()
	for q.open(0) > 0 && q.open(1) > 0 {
		side := 0
		if q.open(1) < q.open(0) {
			side = 1
		}
		if x, y, met := q.level(side); met {
			return q.path(side, x, y), true
		}
	}
	return Path{}, false
}

// bidirectional is shortest, but of several paths of fewest hops it returns
// one whose weakest pair is strong, and it keeps out of banned nodes and pairs.
func (s *Snapshot) bidirectional(w *scratch, a, b uint32, f *Filter, least float32) (Path, bool) {
	if a == b {
		return Path{Nodes: []uint32{a}, Strength: 1}, true
	}
	w.start(0, a)
	w.start(1, b)
	var head [2]int
	for head[0] < len(w.queue[0]) && head[1] < len(w.queue[1]) {
		side := 0
		if len(w.queue[1])-head[1] < len(w.queue[0])-head[0] {
			side = 1
		}
		meet, found := s.level(w, side, &head[side], f, least)
		if found {
			return w.path(meet), true
		}
	}
	return Path{}, false
}

func (w *scratch) start(side int, node uint32) {
	w.mark[side][node], w.parent[side][node] = w.epoch, node
	w.depth[side][node], w.width[side][node] = 0, 1
	w.queue[side] = append(w.queue[side], node)
}

// level expands all nodes of the side's present depth. Where the other side
// is met it returns the meeting node of the strongest such path.
func (s *Snapshot) level(w *scratch, side int, head *int, f *Filter, least float32) (meet uint32, found bool) {
	last := len(w.queue[side])
	var best float32
	plain := f.plain()
	depth := w.depth[side][w.queue[side][*head]] + 1
	for ; *head < last; *head++ {
		x := w.queue[side][*head]
		for i := s.offset[x]; i < s.offset[x+1]; i++ {
			y := s.neighbour[i]
			seen := w.mark[side][y] == w.epoch
			if seen && w.depth[side][y] < depth || w.banned[y] == w.epoch {
				continue
			}
			strength := s.strength[s.pairOf[i]]
			if !plain {
				strength = s.pairStrength(s.pairOf[i], f)
			}
			if strength <= least || len(w.pairs) > 0 && w.pairs[s.pairOf[i]] {
				continue
			}
			met := w.mark[1-side][y] == w.epoch
			if !met && f != nil && f.Avoid != nil && f.Avoid(y) {
				continue
			}
			width := min(w.width[side][x], strength)
			if !seen {
				w.mark[side][y], w.depth[side][y] = w.epoch, depth
				w.queue[side] = append(w.queue[side], y)
			} else if width <= w.width[side][y] {
				continue
			}
			w.parent[side][y], w.width[side][y] = x, width
			if both := min(width, w.width[1-side][y]); met && (!found || both > best) {
				meet, best, found = y, both, true
			}
		}
	}
	return meet, found
}

// path reads the parents off from the meeting node to both ends.
func (w *scratch) path(meet uint32) Path {
	var nodes []uint32
	for x := meet; ; x = w.parent[0][x] {
		nodes = append(nodes, x)
		if w.parent[0][x] == x {
			break
		}
	}
	for i, j := 0, len(nodes)-1; i < j; i, j = i+1, j-1 {
		nodes[i], nodes[j] = nodes[j], nodes[i]
	}
	for x := meet; w.parent[1][x] != x; {
		x = w.parent[1][x]
		nodes = append(nodes, x)
	}
	return Path{Nodes: nodes, Strength: min(w.width[0][meet], w.width[1][meet])}
}

// steps is how finely Strongest tells strengths apart.
const steps = 128

// Strongest returns the path whose weakest pair is the strongest (to one part
// in 128), and of those the shortest. It halves the range of strengths,
// asking each time whether a path of only stronger pairs exists.
func (s *Snapshot) Strongest(a, b uint32, f *Filter) (Path, bool) {
	best, ok := s.shortest(a, b, f, 0)
	if !ok {
		return Path{}, false
	}
	low, high := int(best.Strength*steps), steps
	for low < high {
		mid := (low + high + 1) / 2
		p, ok := s.shortest(a, b, f, (float32(mid)-0.5)/steps)
		if !ok {
			high = mid - 1
			continue
		}
		best, low = p, max(mid, int(p.Strength*steps))
	}
	return best, true
}
