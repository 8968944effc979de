package graph

import "slices"

// quest is one search from both ends. What it must look up for each tie is
// two bits a node, one for each side that reached it, so that the marks of a
// million nodes stay in the processor's cache; it clears those that it set.
type quest struct {
	s     *Snapshot
	w     *scratch
	f     *Filter
	least float32
	look  bool // pairs must be looked at: a filter or a least strength may rule them out
	head  [2]int
	sink  uint32 // keeps reads that only fetch memory from being left out
}

// begin marks the two ends.
func (q *quest) begin(a, b uint32) {
	q.enter(0, a)
	q.enter(1, b)
}

// end clears the marks.
func (q *quest) end() {
	for side := range 2 {
		for _, x := range q.w.queue[side] {
			q.w.reached[x>>2] = 0
		}
	}
}

// open is how many nodes a side has still to expand.
func (q *quest) open(side int) int { return len(q.w.queue[side]) - q.head[side] }

// enter notes that a side reached x.
func (q *quest) enter(side int, x uint32) {
	q.w.reached[x>>2] |= 1 << side << (x & 3 * 2)
	q.w.queue[side] = append(q.w.queue[side], x)
}

// ahead is for how many nodes the beginning of their neighbours is fetched
// before the first of them is looked at: misses of the cache that do not wait
// for each other.
const ahead = 32

// level expands one level of a side. Where it meets the other side it returns
// the place of the near node in this side's queue and the far node.
func (q *quest) level(side int) (place uint32, y uint32, met bool) {
	for last := len(q.w.queue[side]); q.head[side] < last; {
		to := min(q.head[side]+ahead, last)
		var lows, highs [ahead]uint32
		for i, x := range q.w.queue[side][q.head[side]:to] {
			lows[i], highs[i] = q.s.offset[x], q.s.offset[x+1]
		}
		for i := range to - q.head[side] {
			if lows[i] < highs[i] {
				q.sink += q.s.neighbour[lows[i]]
			}
		}
		for i := 0; q.head[side] < to; i++ {
			place = uint32(q.head[side])
			if y, met := q.expand(side, lows[i], highs[i]); met {
				return place, y, true
			}
			q.w.ends[side] = append(q.w.ends[side], uint32(len(q.w.queue[side])))
			q.head[side]++
		}
	}
	return 0, 0, false
}

// expand enters what lies beside one node. Where the other side has been
// there it returns that node.
func (q *quest) expand(side int, low, high uint32) (y uint32, met bool) {
	if q.look {
		return q.expandLooking(side, low, high)
	}
	neighbours, mark := q.s.neighbour[low:high], q.w.reached
	n := len(q.w.queue[side])
	queue := slices.Grow(q.w.queue[side], len(neighbours))
	room := queue[n:cap(queue)][:len(neighbours)]
	mine, other := uint8(1)<<side, uint8(2)>>side
	n = 0
	for _, y := range neighbours {
		at, shift := y>>2, y&3*2
		m := mark[at]
		if m>>shift&other != 0 {
			q.w.queue[side] = queue[:len(queue)+n]
			return y, true
		}
		mark[at] = m | mine<<shift
		room[n] = y
		n += int(m>>shift>>side&1 ^ 1) // a node that was reached before is overwritten
	}
	q.w.queue[side] = queue[:len(queue)+n]
	return 0, false
}

// expandLooking is expand where pairs must be looked at.
func (q *quest) expandLooking(side int, low, high uint32) (y uint32, met bool) {
	mine, other := uint8(1)<<side, uint8(2)>>side
	for i, y := range q.s.neighbour[low:high] {
		m := q.w.reached[y>>2] >> (y & 3 * 2)
		if m&mine != 0 || q.s.weight(q.s.pairOf[int(low)+i], q.f) <= q.least {
			continue
		}
		if m&other != 0 {
			return y, true
		}
		if q.f != nil && q.f.Avoid != nil && q.f.Avoid(y) {
			continue
		}
		q.enter(side, y)
	}
	return 0, false
}

// path joins the two halves at the nodes that touched.
func (q *quest) path(side int, place, y uint32) Path {
	there := uint32(slices.Index(q.w.queue[1-side], y))
	halves := [2][]uint32{}
	halves[side], halves[1-side] = q.back(side, place), q.back(1-side, there)
	slices.Reverse(halves[0])
	nodes := slices.Concat(halves[0], halves[1])
	p := Path{Nodes: nodes, Strength: 1}
	for i := range p.Hops() {
		pair, _ := q.s.pair(nodes[i], nodes[i+1])
		p.Strength = min(p.Strength, q.s.weight(pair, q.f))
	}
	return p
}

// back lists the nodes from a place of a side's queue to that side's end.
func (q *quest) back(side int, place uint32) []uint32 {
	var nodes []uint32
	for {
		nodes = append(nodes, q.w.queue[side][place])
		if place == 0 {
			return nodes
		}
		at, _ := slices.BinarySearch(q.w.ends[side], place+1)
		place = uint32(at)
	}
}
