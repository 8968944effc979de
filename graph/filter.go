package graph

import "kith"

// Filter narrows a question to some of the rows. The zero Filter takes all
// that are not denials.
type Filter struct {
	Predicates uint64 // set of predicate codes; 0 means all
	Without    uint64 // set of predicate codes left out
	NoHedged   bool
	Reviewed   bool
	MinSources int
	From, To   int32  // days: rows that cannot have held between are left out; both 0 means any
	On         int32  // rows of States that had ended on that day are left out; 0 means none
	States     uint64 // set of predicate codes that last
	Known      uint32 // rows learned later are left out; 0 means any
	// Avoid marks nodes through which no path may run; nil means none.
	Avoid func(node uint32) bool
}

// Codes is the set of the given predicates in this snapshot.
func (s *Snapshot) Codes(predicates ...kith.Predicate) uint64 {
	var set uint64
	for _, p := range predicates {
		if code, ok := s.predicateCode[p]; ok {
			set |= 1 << code
		}
	}
	return set
}

// plain reports whether the filter takes every row, so that the strengths
// computed at packing hold.
func (f *Filter) plain() bool {
	return f == nil || f.Predicates == 0 && f.Without == 0 && !f.NoHedged && !f.Reviewed && f.MinSources < 2 &&
		f.From == 0 && f.To == 0 && f.Known == 0 && f.On == 0
}

// takes reports whether row r passes the filter.
func (f *Filter) takes(s *Snapshot, r uint32) bool {
	flags := s.flags[r]
	switch code := uint64(1) << s.predicate[r]; {
	case flags&FlagNegated != 0,
		f.Predicates != 0 && f.Predicates&code == 0,
		f.Without&code != 0,
		f.NoHedged && flags&FlagHedged != 0,
		f.Reviewed && flags&FlagReviewed == 0,
		f.Known != 0 && s.learned(r) > f.Known,
		f.From != 0 && s.until[r] < f.From,
		f.To != 0 && s.since[r] > f.To,
		f.On != 0 && f.States&code != 0 && s.until[r] < f.On && s.since[r] != s.until[r]:
		return false
	}
	return true
}

// pairStrength is the probability that at least one independent source of the
// pair's rows is right (noisy or over the best row of each source), and 0
// where no row passes the filter.
func (s *Snapshot) pairStrength(p uint32, f *Filter) float32 {
	first, last := s.pairRow[p], s.pairRow[p+1]
	if last == first+1 {
		if !f.takes(s, first) || f.MinSources > 1 {
			return 0
		}
		return s.rowStrength[first]
	}
	miss, sources := float32(1), 0
	for r := first; r < last; r++ {
		if !f.takes(s, r) {
			continue
		}
		best, repeated := s.rowStrength[r], false
		for q := first; q < last; q++ {
			if s.sourceOf(q) != s.sourceOf(r) || !f.takes(s, q) {
				continue
			}
			if q < r {
				repeated = true
				break
			}
			best = max(best, s.rowStrength[q])
		}
		if !repeated {
			sources++
			miss *= 1 - best
		}
	}
	if sources < f.MinSources {
		return 0
	}
	return 1 - miss
}

// weight is the strength of a pair under the filter.
func (s *Snapshot) weight(p uint32, f *Filter) float32 {
	if f.plain() {
		return s.strength[p]
	}
	return s.pairStrength(p, f)
}

// Claims returns the claims of the rows between two nodes that pass the
// filter, in order of addition.
func (s *Snapshot) Claims(a, b uint32, f *Filter) []kith.ClaimID {
	if f == nil {
		f = &Filter{}
	}
	p, ok := s.pair(a, b)
	if !ok {
		return nil
	}
	var ids []kith.ClaimID
	for r := s.pairRow[p]; r < s.pairRow[p+1]; r++ {
		if f.takes(s, r) {
			ids = append(ids, kith.ClaimID(s.claimIDs.at(s.claim[r])))
		}
	}
	return ids
}

// pair finds the pair of two nodes by binary search.
func (s *Snapshot) pair(a, b uint32) (uint32, bool) {
	low, high := s.offset[a], s.offset[a+1]
	for low < high {
		mid := (low + high) / 2
		switch x := s.neighbour[mid]; {
		case x == b:
			return s.pairOf[mid], true
		case x < b:
			low = mid + 1
		default:
			high = mid
		}
	}
	return 0, false
}
