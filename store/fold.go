package store

import "sort"

// edge is one judgement in force between two nodes of a component.
type edge struct {
	a, b    int32
	n       int64 // order of addition
	human   bool  // caused by a person's decision
	verdict byte  // 's' same, 'd' different, 'u' unsure
}

// fold groups nodes into clusters. What people decided comes first, the
// newest decision before older ones; then what the resolver holds apart; then
// what it holds together, in order of addition. A judgement that contradicts
// what was taken before it is passed over. Of several machine judgements on
// one pair only the newest counts.
//
// It returns the cluster of each node (the index of one of its nodes) and
// whether each edge took part.
func fold(nodes int, edges []edge) (cluster []int32, taken []bool) {
	f := &folding{parent: make([]int32, nodes), rivals: map[int32]map[int32]bool{}}
	for i := range f.parent {
		f.parent[i] = int32(i)
	}
	order := foldOrder(edges)
	taken = make([]bool, len(edges))
	for _, i := range order {
		switch e := edges[i]; e.verdict {
		case 's':
			taken[i] = f.join(e.a, e.b)
		case 'd':
			taken[i] = f.part(e.a, e.b)
		}
	}
	for i := range f.parent {
		f.parent[i] = f.root(int32(i))
	}
	return f.parent, taken
}

// foldOrder sorts the edges that count into the order in which they do.
func foldOrder(edges []edge) []int {
	newest := map[[2]int32]int64{}
	for _, e := range edges {
		if p := (pair(e)); !e.human && newest[p] < e.n {
			newest[p] = e.n
		}
	}
	var order []int
	for i, e := range edges {
		if e.human || newest[pair(e)] == e.n {
			order = append(order, i)
		}
	}
	rank := func(e edge) int {
		switch {
		case e.human:
			return 0
		case e.verdict == 'd':
			return 1
		}
		return 2
	}
	sort.Slice(order, func(x, y int) bool {
		a, b := edges[order[x]], edges[order[y]]
		if ra, rb := rank(a), rank(b); ra != rb {
			return ra < rb
		} else if ra == 0 {
			return a.n > b.n
		}
		return a.n < b.n
	})
	return order
}

func pair(e edge) [2]int32 { return [2]int32{min(e.a, e.b), max(e.a, e.b)} }

// folding is a union-find forest with sets that must not join.
type folding struct {
	parent []int32
	rivals map[int32]map[int32]bool // by root, both ways
}

func (f *folding) root(i int32) int32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// join unites two sets unless they are rivals, and reports whether they are
// one afterwards.
func (f *folding) join(a, b int32) bool {
	a, b = f.root(a), f.root(b)
	if a == b {
		return true
	}
	if f.rivals[a][b] {
		return false
	}
	if len(f.rivals[a]) > len(f.rivals[b]) {
		a, b = b, a
	}
	f.parent[a] = b
	for r := range f.rivals[a] {
		delete(f.rivals[r], a)
		f.oppose(r, b)
	}
	delete(f.rivals, a)
	return true
}

// part makes two sets rivals unless they are one, and reports whether they
// are apart afterwards.
func (f *folding) part(a, b int32) bool {
	a, b = f.root(a), f.root(b)
	if a == b {
		return false
	}
	f.oppose(a, b)
	return true
}

func (f *folding) oppose(a, b int32) {
	for _, p := range [2][2]int32{{a, b}, {b, a}} {
		if f.rivals[p[0]] == nil {
			f.rivals[p[0]] = map[int32]bool{}
		}
		f.rivals[p[0]][p[1]] = true
	}
}
