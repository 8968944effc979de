package text

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// nameRows are the weights of the name model by hash. Two in three hashes have
// none, so that only rows that hold a weight are kept; a bit says which.
type nameRows struct {
	present [1 << (nameBits - 6)]presence
	weights []byte // labelWidth for each row, each 128 too great
}

// presence tells of 64 hashes which of them have a row.
type presence struct {
	bits   uint64
	before uint32 // rows of the hashes before
}

// packRows keeps what is not zero of labelWidth weights, signed bytes, for
// each of 2^nameBits hashes.
func packRows(all []byte) *nameRows {
	r := &nameRows{weights: make([]byte, 0, len(all)/2)}
	for h := range 1 << nameBits {
		row := all[h*labelWidth : (h+1)*labelWidth]
		x, y := binary.LittleEndian.Uint64(row), binary.LittleEndian.Uint32(row[8:])
		if x == 0 && y == 0 {
			continue
		}
		r.present[h>>6].bits |= 1 << (h & 63)
		r.weights = binary.LittleEndian.AppendUint64(r.weights, x^0x8080808080808080)
		r.weights = binary.LittleEndian.AppendUint32(r.weights, y^0x80808080)
	}
	r.count()
	return r
}

// count fills in before and returns the number of rows.
func (r *nameRows) count() int {
	n := 0
	for i := range r.present {
		r.present[i].before = uint32(n)
		n += bits.OnesCount64(r.present[i].bits)
	}
	return n
}

// cutRows reads rows as writeTo writes them and returns what follows them.
func cutRows(raw []byte) (*nameRows, []byte, error) {
	r := &nameRows{}
	if len(raw) < 8*len(r.present) {
		return nil, nil, errShort
	}
	for i := range r.present {
		r.present[i].bits = binary.LittleEndian.Uint64(raw[8*i:])
	}
	raw = raw[8*len(r.present):]
	size := labelWidth * r.count()
	if len(raw) < size {
		return nil, nil, errShort
	}
	r.weights = raw[:size:size]
	return r, raw[size:], nil
}

// cutAllRows reads the weights of all hashes and returns what follows them.
func cutAllRows(raw []byte) (*nameRows, []byte, error) {
	size := labelWidth << nameBits
	if len(raw) < size {
		return nil, nil, errShort
	}
	return packRows(raw[:size]), raw[size:], nil
}

// writeTo writes a bit for each hash, then the present rows.
func (r *nameRows) writeTo(b *bytes.Buffer) {
	for i := range r.present {
		b.Write(binary.LittleEndian.AppendUint64(nil, r.present[i].bits))
	}
	b.Write(r.weights)
}

// find writes to rows the rows of those features that have one and returns
// how many there are. Rows must have a place for each feature.
func (r *nameRows) find(features, rows []uint32) int {
	n := 0
	for _, f := range features {
		h := f >> (32 - nameBits)
		p := &r.present[h>>6]
		rows[n] = p.before + uint32(bits.OnesCount64(p.bits&(1<<(h&63)-1)))
		n += int(p.bits >> (h & 63) & 1)
	}
	return n
}

// maxRows is the most rows whose weights add up to 16 bits; the features of a
// token are fewer.
const maxRows = 256

// sum adds the weights of at most maxRows features.
func (r *nameRows) sum(features []uint32, to *laneSum) {
	const even = 0x00ff00ff00ff00ff
	var rows [maxRows]uint32
	n := r.find(features[:min(len(features), maxRows)], rows[:])
	a, b, c := to.a, to.b, to.c
	for _, i := range rows[:n] {
		at := int(i) * labelWidth
		row := r.weights[at : at+labelWidth : at+labelWidth]
		x := binary.LittleEndian.Uint64(row)
		y := uint64(binary.LittleEndian.Uint32(row[8:]))
		a += x & even
		b += x >> 8 & even
		c += (y | y<<24) & even
	}
	to.a, to.b, to.c, to.rows = a, b, c, to.rows+uint32(n)
}
