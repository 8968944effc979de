package cluster

import "math"

// merger joins classes greedily.
type merger struct {
	n      [][]float64 // class bigrams, both directions kept
	total  []float64
	joined []int32 // the class that a class went into, itself while it stands
	alive  []bool
}

func newMerger(t *Text, class []int32, classes int) *merger {
	m := &merger{total: make([]float64, classes), joined: make([]int32, classes), alive: make([]bool, classes)}
	for c := range classes {
		m.n = append(m.n, make([]float64, classes))
		m.joined[c], m.alive[c] = int32(c), true
	}
	for w, c := range class {
		m.total[c] += float64(t.count[w])
		for _, p := range t.after[w] {
			m.n[c][class[p.word]] += float64(p.count)
		}
		m.n[c][c] += float64(t.self[w])
	}
	return m
}

func xlogx(x float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(x)
}

// mergeBest joins the smallest class with the one that suits it best: the
// smallest first keeps the joint classes of like size.
func (m *merger) mergeBest() {
	a := -1
	for c := range m.total {
		if m.alive[c] && c > 1 && (a < 0 || m.total[c] < m.total[a]) {
			a = c
		}
	}
	best, least := -1, math.Inf(1)
	for b := range m.total {
		if b == a || b < 2 || !m.alive[b] {
			continue
		}
		if l := m.loss(a, b); l < least {
			best, least = b, l
		}
	}
	m.join(a, best)
}

// loss is how much likelihood a union costs.
func (m *merger) loss(a, b int) float64 {
	l := 2 * (xlogx(m.total[a]+m.total[b]) - xlogx(m.total[a]) - xlogx(m.total[b]))
	for d := range m.total {
		if !m.alive[d] || d == a || d == b {
			continue
		}
		l += xlogx(m.n[a][d]) + xlogx(m.n[b][d]) - xlogx(m.n[a][d]+m.n[b][d])
		l += xlogx(m.n[d][a]) + xlogx(m.n[d][b]) - xlogx(m.n[d][a]+m.n[d][b])
	}
	return l + xlogx(m.n[a][a]) + xlogx(m.n[a][b]) + xlogx(m.n[b][a]) + xlogx(m.n[b][b]) -
		xlogx(m.n[a][a]+m.n[a][b]+m.n[b][a]+m.n[b][b])
}

func (m *merger) join(a, b int) {
	for d := range m.total {
		m.n[b][d] += m.n[a][d]
	}
	for d := range m.total {
		m.n[d][b] += m.n[d][a]
	}
	m.total[b] += m.total[a]
	m.alive[a], m.joined[a] = false, int32(b)
}

// numbers returns the joint class of each class.
func (m *merger) numbers() []int32 {
	number, next := map[int32]int32{}, int32(0)
	out := make([]int32, len(m.joined))
	for c := range m.joined {
		root := int32(c)
		for m.joined[root] != root {
			root = m.joined[root]
		}
		if _, ok := number[root]; !ok {
			number[root] = next
			next++
		}
		out[c] = number[root]
	}
	return out
}
