package linear

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// Count makes further look-ups count, for Arranged.
func (m *Many) Count() { m.asked = make([]uint32, m.table.size) }

func (m *Many) count(slots []uint32) {
	for _, s := range slots {
		m.asked[s]++
	}
}

// Arranged returns the two sections of a model that counted its look-ups,
// with the rows that were asked for most at the start, where they share lines
// of the processor's cache. What Add makes stays the same.
func (m *Many) Arranged() (table, rows []byte) {
	slots := m.longRows()
	sort.SliceStable(slots, func(i, j int) bool { return m.asked[slots[i]] > m.asked[slots[j]] })
	table, rows = m.table.bytes(), append([]byte(nil), m.rows[:2]...)
	at := len(table) - len(m.table.slots)
	for _, s := range slots {
		place := table[at+8*s:]
		slot := binary.LittleEndian.Uint64(place)
		start, n := 2*(slot>>24), slot>>16&0xff
		slot = slot&0xffffff | uint64(len(rows)/2)<<24
		binary.LittleEndian.PutUint64(place, slot)
		rows = append(rows, m.rows[start:start+2*n]...)
	}
	return table, rows
}

// longRows lists the slots whose pairs lie in rows.
func (m *Many) longRows() []int {
	var slots []int
	for s := range int(m.table.size) {
		v := binary.LittleEndian.Uint64(m.table.slots[8*s:]) >> 16
		if n := v & 0xff; n > within && 2*(v>>8)+2*n <= uint64(len(m.rows)) {
			slots = append(slots, s)
		}
	}
	return slots
}

// bytes is the section that the table was opened from.
func (t *Table) bytes() []byte {
	head := binary.LittleEndian.AppendUint64(nil, t.buckets)
	head = binary.LittleEndian.AppendUint64(head, t.size)
	pad := make([]byte, -len(t.displace)&7)
	return bytes.Join([][]byte{head, t.displace, pad, t.slots}, nil)
}
