package score

// Chains are clusters of mentions; a mention is any comparable key.
type Chains[M comparable] [][]M

// MUC counts links (Vilain and others 1995): the recall of key against
// response in Right over Gold, the precision in a second tally.
func MUC[M comparable](key, response Chains[M]) (recall, precision Tally) {
	return mucSide(key, response), mucSide(response, key)
}

func mucSide[M comparable](key, response Chains[M]) Tally {
	of := index(response)
	var t Tally
	for _, chain := range key {
		parts, alone := map[int]bool{}, 0
		for _, m := range chain {
			if c, ok := of[m]; ok {
				parts[c] = true
			} else {
				alone++
			}
		}
		t.Right += float64(len(chain) - len(parts) - alone)
		t.Gold += float64(len(chain) - 1)
	}
	return t
}

func index[M comparable](chains Chains[M]) map[M]int {
	of := map[M]int{}
	for c, chain := range chains {
		for _, m := range chain {
			of[m] = c
		}
	}
	return of
}

// BCubed counts overlaps by mention (Bagga and Baldwin 1998).
func BCubed[M comparable](key, response Chains[M]) (recall, precision Tally) {
	return cubedSide(key, response), cubedSide(response, key)
}

func cubedSide[M comparable](key, response Chains[M]) Tally {
	of := index(response)
	var t Tally
	for _, chain := range key {
		overlap := map[int]int{}
		for _, m := range chain {
			if c, ok := of[m]; ok {
				overlap[c]++
			}
		}
		for _, n := range overlap {
			t.Right += float64(n*n) / float64(len(chain))
		}
		t.Gold += float64(len(chain))
	}
	return t
}

// CEAFe aligns chains one to one so that the sum of their similarities is
// greatest (Luo 2005, entity-based: twice the overlap by the sum of sizes).
func CEAFe[M comparable](key, response Chains[M]) (recall, precision Tally) {
	of := index(response)
	gain := make([][]float64, len(key))
	for k, chain := range key {
		gain[k] = make([]float64, len(response))
		for _, m := range chain {
			if c, ok := of[m]; ok {
				gain[k][c]++
			}
		}
		for c := range gain[k] {
			if gain[k][c] > 0 {
				gain[k][c] *= 2 / float64(len(chain)+len(response[c]))
			}
		}
	}
	best := assign(gain)
	return Tally{Right: best, Gold: float64(len(key))}, Tally{Right: best, Gold: float64(len(response))}
}

// assign returns the greatest sum of gains of a one-to-one assignment, by the
// Hungarian method in its O(n³) form.
func assign(gain [][]float64) float64 {
	n := len(gain)
	if n == 0 || len(gain[0]) == 0 {
		return 0
	}
	m := len(gain[0])
	if n > m {
		return assign(transpose(gain))
	}
	u, v := make([]float64, n+1), make([]float64, m+1)
	match := make([]int, m+1)
	way := make([]int, m+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		at := 0
		least := make([]float64, m+1)
		used := make([]bool, m+1)
		for j := range least {
			least[j] = 1e18
		}
		for {
			used[at] = true
			row, step, next := match[at], 1e18, 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if cost := -gain[row-1][j-1] - u[row] - v[j]; cost < least[j] {
					least[j], way[j] = cost, at
				}
				if least[j] < step {
					step, next = least[j], j
				}
			}
			for j := 0; j <= m; j++ {
				if used[j] {
					u[match[j]] += step
					v[j] -= step
				} else {
					least[j] -= step
				}
			}
			at = next
			if match[at] == 0 {
				break
			}
		}
		for at != 0 {
			match[at] = match[way[at]]
			at = way[at]
		}
	}
	sum := 0.0
	for j := 1; j <= m; j++ {
		if match[j] > 0 {
			sum += gain[match[j]-1][j-1]
		}
	}
	return sum
}

func transpose(a [][]float64) [][]float64 {
	out := make([][]float64, len(a[0]))
	for j := range out {
		out[j] = make([]float64, len(a))
		for i := range a {
			out[j][i] = a[i][j]
		}
	}
	return out
}

// Harmonic is the harmonic mean of a recall and a precision.
func Harmonic(recall, precision Tally) float64 {
	r, p := recall.Recall(), precision.Recall()
	if r+p == 0 {
		return 0
	}
	return 2 * r * p / (r + p)
}
