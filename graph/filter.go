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
	From, To   int32 // days: rows that cannot have held between are left out; 0 means any
	// As rules out what did not stand on those days, which are one day or the
	// first and last of a month or a year: what began later, what lasted (a
	// predicate of States) and had ended, and plans and rumours told later.
	// Both 0 means any.
	As     [2]int32
	States uint64 // set of predicate codes that last
	Known  uint32 // rows learned later are left out; 0 means any
	// Refused marks pairs that are left out; nil means none.
	Refused map[uint32]bool
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
		f.From == 0 && f.To == 0 && f.Known == 0 && f.As[1] == 0 && len(f.Refused) == 0
}

// Reason says why a filter leaves a row out.
type Reason int

// The reasons, in the order in which they are looked for. A denial, and a
// predicate that the question is not about, are no matter of choice and are
// not counted by LeftOut.
const (
	Taken Reason = iota
	Denied
	OtherPredicate
	NotReviewed
	IsHedged
	NotThen   // it did not stand on the day As
	OtherTime // it cannot have held between From and To
	LaterKnown
	reasons
)

// takes reports whether row r passes the filter.
func (f *Filter) takes(s *Snapshot, r uint32) bool { return f.refuses(s, r) == Taken }

// refuses says why row r does not pass the filter, or Taken.
func (f *Filter) refuses(s *Snapshot, r uint32) Reason {
	flags := s.flags[r]
	switch code := uint64(1) << s.predicate[r]; {
	case flags&FlagNegated != 0:
		return Denied
	case f.Predicates != 0 && f.Predicates&code == 0, f.Without&code != 0:
		return OtherPredicate
	case f.Reviewed && flags&FlagReviewed == 0:
		return NotReviewed
	case f.NoHedged && flags&FlagHedged != 0:
		return IsHedged
	case f.As[1] != 0 && !f.stood(s, r, code):
		return NotThen
	case f.From != 0 && s.until[r] < f.From, f.To != 0 && s.since[r] > f.To:
		return OtherTime
	case f.Known != 0 && s.document(r).Learned > f.Known:
		return LaterKnown
	}
	return Taken
}

// stood reports whether row r can be true of the world on the days As: acts
// that happened before stay true, states must not have ended, and plans and
// rumours stand from the day of the document that tells of them.
func (f *Filter) stood(s *Snapshot, r uint32, code uint64) bool {
	if s.flags[r]&(FlagHedged|FlagPlanned) != 0 {
		return s.document(r).Told <= f.As[1]
	}
	return s.since[r] <= f.As[1] && (f.States&code == 0 || s.flags[r]&FlagMoment != 0 || s.until[r] >= f.As[0])
}

// LeftOut counts, for each reason, the claims that the filter leaves out.
func (s *Snapshot) LeftOut(f *Filter) [reasons]int {
	var count [reasons]int
	if f.plain() {
		return count
	}
	seen := make([]bool, s.claimIDs.len())
	for r := range uint32(s.Rows()) {
		if why := f.refuses(s, r); why > OtherPredicate && (int(s.claim[r]) >= len(seen) || !seen[s.claim[r]]) {
			count[why]++
			if int(s.claim[r]) < len(seen) {
				seen[s.claim[r]] = true
			}
		}
	}
	return count
}

// Refuse makes the filter leave out the pair of two nodes.
func (s *Snapshot) Refuse(a, b uint32, f *Filter) {
	if p, ok := s.pair(a, b); ok {
		if f.Refused == nil {
			f.Refused = map[uint32]bool{}
		}
		f.Refused[p] = true
	}
}

// Thin counts the pairs that only the least number of sources leaves out.
func (s *Snapshot) Thin(f *Filter) int {
	if f.MinSources < 2 {
		return 0
	}
	any, n := *f, 0
	any.MinSources = 0
	for p := range uint32(s.Pairs()) {
		if s.pairStrength(p, f) <= 0 && s.pairStrength(p, &any) > 0 {
			n++
		}
	}
	return n
}

// pairStrength is the probability that at least one independent source of the
// pair's rows is right (noisy or over the best row of each source), and 0
// where no row passes the filter.
func (s *Snapshot) pairStrength(p uint32, f *Filter) float32 {
	first, last := s.pairRow[p], s.pairRow[p+1]
	if f.Refused[p] {
		return 0
	}
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
