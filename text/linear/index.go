package linear

import "math/rand/v2"

// index numbers hashes in the order in which they are admitted: at
// appearance number Admission. A trainer closes it after
// two passes over the examples, so that what stands only once in them gets no
// row: such features are most of all, and teach little that holds elsewhere.
type index struct {
	Admission uint8
	keys      []uint64 // open addressing; 0 is a free slot
	rows      []int32
	n         int
	seen      []uint8 // by hash, how often it came; others may share a place
	closed    bool
}

// Close admits no further features.
func (x *index) Close() { x.closed, x.seen = true, nil }

const seenBits = 25

// row returns the number of a hash, and -1 where it is not admitted.
func (x *index) row(h uint64) (row int32, fresh bool) {
	if 3*x.n >= 2*len(x.keys) {
		x.grow()
	}
	mask := uint64(len(x.keys) - 1)
	i := (h >> 20) & mask
	for x.keys[i] != h {
		if x.keys[i] != 0 {
			i = (i + 1) & mask
			continue
		}
		if !x.admits(h) {
			return -1, false
		}
		x.keys[i], x.rows[i] = h, int32(x.n)
		x.n++
		return x.rows[i], true
	}
	return x.rows[i], false
}

func (x *index) admits(h uint64) bool {
	if x.closed {
		return false
	}
	if x.seen == nil {
		x.seen = make([]uint8, 1<<seenBits)
	}
	n := &x.seen[h>>(64-seenBits)]
	*n++
	return *n >= max(1, x.Admission)
}

func (x *index) grow() {
	keys, rows := x.keys, x.rows
	size := max(1<<20, 2*len(keys))
	x.keys, x.rows, x.n = make([]uint64, size), make([]int32, size), 0
	mask := uint64(size - 1)
	for i, h := range keys {
		if h == 0 {
			continue
		}
		j := (h >> 20) & mask
		for x.keys[j] != 0 {
			j = (j + 1) & mask
		}
		x.keys[j], x.rows[j] = h, rows[i]
		x.n++
	}
}

// Drop thins features out in place, each with a chance of share: what is left
// must decide alone, so that no rare feature carries a decision by itself
// (dropout; Srivastava and others 2014).
func Drop(features []uint64, random *rand.Rand, share float64) []uint64 {
	limit := uint32(share * (1 << 16))
	kept := features[:0]
	var bits uint64
	for i, h := range features {
		if i&3 == 0 {
			bits = random.Uint64()
		}
		if uint32(bits&0xffff) >= limit {
			kept = append(kept, h)
		}
		bits >>= 16
	}
	return kept
}

// find returns the number of a hash, and -1 where it has none.
func (x *index) find(h uint64) int32 {
	if len(x.keys) == 0 {
		return -1
	}
	mask := uint64(len(x.keys) - 1)
	i := (h >> 20) & mask
	for x.keys[i] != h {
		if x.keys[i] == 0 {
			return -1
		}
		i = (i + 1) & mask
	}
	return x.rows[i]
}
