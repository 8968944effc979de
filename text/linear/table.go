// Package linear holds what kith's linear models are made of: hashed
// features, flat tables that are read in place, and the averaged perceptron
// that fills them.
//
// A model file is read where it lies: opening it costs nothing.
package linear

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"sort"
)

// Table maps 64-bit hashes to 48-bit values without probing: hash and
// displace (Belazzougui, Botelho and Dietzfelbinger 2009). A hash that is not
// in the table is told apart by 16 bits, so one in 65,536 is mistaken.
type Table struct {
	displace []byte // one uint16 for each bucket
	slots    []byte // one uint64 each: value and 16 bits of the hash
	buckets  uint64
	size     uint64
}

const bucketSize = 4

// Get returns the value of a hash, and 0 where the table does not hold it.
func (t *Table) Get(h uint64) uint64 {
	b, _ := bits.Mul64(h, t.buckets)
	d := binary.LittleEndian.Uint16(t.displace[2*b:])
	v := binary.LittleEndian.Uint64(t.slots[8*t.slot(h, uint64(d)):])
	other := uint64(uint16(v) ^ uint16(h))
	return (v >> 16) & uint64(int64(other-1)>>63)
}

func (t *Table) slot(h, d uint64) uint64 {
	i, _ := bits.Mul64((h^d*0x9e3779b97f4a7c15)*0xd6e8feb86659fd93, t.size)
	return i
}

// batch is how many hashes are looked up together.
const batch = 128

// slotsOf fills out with the slots of hashes. Looking up many hashes in steps
// lets the processor fetch many of them at once.
func (t *Table) slotsOf(out *[batch]uint32, hashes []uint64) {
	for i, h := range hashes {
		b, _ := bits.Mul64(h, t.buckets)
		out[i&(batch-1)] = uint32(t.slot(h, uint64(binary.LittleEndian.Uint16(t.displace[2*b:]))))
	}
}

// at returns the value of a hash whose slot is known, as Get does.
func (t *Table) at(slot uint32, h uint64) uint64 {
	v := binary.LittleEndian.Uint64(t.slots[8*int(slot):])
	other := uint64(uint16(v) ^ uint16(h))
	return (v >> 16) & uint64(int64(other-1)>>63)
}

// Len is the number of bytes that the table takes.
func (t *Table) Len() int { return len(t.displace) + len(t.slots) }

// OpenTable reads a table in place.
func OpenTable(data []byte) (Table, error) {
	if len(data) < 16 {
		return Table{}, fmt.Errorf("open table: %d bytes are too few", len(data))
	}
	t := Table{buckets: binary.LittleEndian.Uint64(data), size: binary.LittleEndian.Uint64(data[8:])}
	pad := (2*t.buckets + 7) &^ 7
	if t.buckets == 0 || t.size == 0 || t.buckets > 1<<32 || t.size > 1<<32 || uint64(len(data)) != 16+pad+8*t.size {
		return Table{}, fmt.Errorf("open table: %d bytes do not hold %d buckets and %d slots", len(data), t.buckets, t.size)
	}
	t.displace, t.slots = data[16:16+2*t.buckets], data[16+pad:]
	return t, nil
}

// BuildTable lays out a table of keys and their values. Keys must differ;
// values must be below 1<<48.
func BuildTable(keys, values []uint64) []byte {
	for slack := uint64(len(keys)/32 + 1); ; slack *= 2 {
		if data := tryBuild(keys, values, uint64(len(keys))+slack); data != nil {
			return data
		}
	}
}

func tryBuild(keys, values []uint64, size uint64) []byte {
	t := Table{buckets: uint64(len(keys)/bucketSize + 1), size: size}
	pad := (2*t.buckets + 7) &^ 7
	data := make([]byte, 16+pad+8*size)
	binary.LittleEndian.PutUint64(data, t.buckets)
	binary.LittleEndian.PutUint64(data[8:], size)
	t.displace, t.slots = data[16:16+2*t.buckets], data[16+pad:]
	taken := make([]bool, size)
	for _, members := range t.byBucket(keys) {
		if !t.place(members, keys, values, taken) {
			return nil
		}
	}
	return data
}

// byBucket groups the keys' indices by bucket, the fullest buckets first.
func (t *Table) byBucket(keys []uint64) [][]int {
	groups := make([][]int, t.buckets)
	for i, h := range keys {
		b, _ := bits.Mul64(h, t.buckets)
		groups[b] = append(groups[b], i)
	}
	sort.SliceStable(groups, func(i, j int) bool { return len(groups[i]) > len(groups[j]) })
	return groups
}

// place finds a displacement that puts all members of a bucket into free
// slots.
func (t *Table) place(members []int, keys, values []uint64, taken []bool) bool {
	if len(members) == 0 {
		return true
	}
	slots := make([]uint64, 0, 32)
	for d := uint64(0); d < 1<<16; d++ {
		slots = slots[:0]
		for _, m := range members {
			i := t.slot(keys[m], d)
			if taken[i] {
				break
			}
			taken[i] = true
			slots = append(slots, i)
		}
		if len(slots) < len(members) {
			for _, i := range slots {
				taken[i] = false
			}
			continue
		}
		for k, m := range members {
			binary.LittleEndian.PutUint64(t.slots[8*slots[k]:], values[m]<<16|uint64(uint16(keys[m])))
		}
		b, _ := bits.Mul64(keys[members[0]], t.buckets)
		binary.LittleEndian.PutUint16(t.displace[2*b:], uint16(d))
		return true
	}
	return false
}

// Mix adds a value to a running hash.
func Mix(h, v uint64) uint64 {
	h = (h ^ v) * 0x9fb21c651e98df25
	return h ^ h>>32
}

// HashBytes hashes a string.
func HashBytes[T string | []byte](s T) uint64 {
	h := uint64(len(s)) * 0x9e3779b97f4a7c15
	for len(s) >= 8 {
		h = Mix(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
		s = s[8:]
	}
	var v uint64
	for i := 0; i < len(s); i++ {
		v |= uint64(s[i]) << (8 * i)
	}
	return Mix(h, v)
}
