package text

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"kith/internal/weights"
)

// nameRows are the weights of the name model by hash: labelWidth signed bytes,
// and nothing in the rest of rowSize, for each of 2^nameBits hashes. Nearly
// all features of a text have weights, so that asking first which have any
// would cost more than the room of those that have none.
type nameRows struct{ weights []byte }

// rowSize lets no row lie across two lines of the processor's cache.
const rowSize = 16

func newNameRows() *nameRows { return &nameRows{weights.Room(rowSize << nameBits)} }

func (r *nameRows) row(hash int) []byte { return r.weights[rowSize*hash:][:labelWidth] }

// packRows takes labelWidth weights, signed bytes, for each of 2^nameBits hashes.
func packRows(all []byte) *nameRows {
	r := newNameRows()
	for h := range 1 << nameBits {
		copy(r.row(h), all[h*labelWidth:])
	}
	return r
}

// presence is, in a file, a bit for each of 64 hashes that have a row.
const presence = 1 << (nameBits - 6)

// The weights in a file are each 128 too great.
const (
	bias8 = 0x8080808080808080
	bias4 = 0x80808080
)

// cutRows reads rows as writeTo writes them and returns what follows them.
func cutRows(raw []byte) (*nameRows, []byte, error) {
	if len(raw) < 8*presence {
		return nil, nil, errShort
	}
	present, raw := raw[:8*presence], raw[8*presence:]
	r := newNameRows()
	for i := range presence {
		for set := binary.LittleEndian.Uint64(present[8*i:]); set != 0; set &= set - 1 {
			if len(raw) < labelWidth {
				return nil, nil, errShort
			}
			row := r.row(i<<6 | bits.TrailingZeros64(set))
			binary.LittleEndian.PutUint64(row, binary.LittleEndian.Uint64(raw)^bias8)
			binary.LittleEndian.PutUint32(row[8:], binary.LittleEndian.Uint32(raw[8:])^bias4)
			raw = raw[labelWidth:]
		}
	}
	return r, raw, nil
}

// cutAllRows reads the weights of all hashes and returns what follows them.
func cutAllRows(raw []byte) (*nameRows, []byte, error) {
	size := labelWidth << nameBits
	if len(raw) < size {
		return nil, nil, errShort
	}
	return packRows(raw[:size]), raw[size:], nil
}

// writeTo writes a bit for each hash, then the rows that hold any weight.
func (r *nameRows) writeTo(b *bytes.Buffer) {
	var none [labelWidth]byte
	var rows []byte
	for i := range presence {
		set := uint64(0)
		for k := range 64 {
			row := r.row(i<<6 | k)
			if bytes.Equal(row, none[:]) {
				continue
			}
			set |= 1 << k
			rows = binary.LittleEndian.AppendUint64(rows, binary.LittleEndian.Uint64(row)^bias8)
			rows = binary.LittleEndian.AppendUint32(rows, binary.LittleEndian.Uint32(row[8:])^bias4)
		}
		b.Write(binary.LittleEndian.AppendUint64(nil, set))
	}
	b.Write(rows)
}

// maxRows is the most rows whose weights add up to 16 bits; the features of a
// token are fewer.
const maxRows = 256

// sum adds the weights of features.
func (r *nameRows) sum(features []uint32, to *laneSum) {
	const even = 0x00ff00ff00ff00ff
	a, b, c := to.a, to.b, to.c
	for _, f := range features {
		at := int(f>>(32-nameBits)) * rowSize
		row := r.weights[at : at+rowSize : at+rowSize]
		x := binary.LittleEndian.Uint64(row) ^ bias8
		y := uint64(binary.LittleEndian.Uint32(row[8:]) ^ bias4)
		a += x & even
		b += x >> 8 & even
		c += (y | y<<24) & even
	}
	to.a, to.b, to.c, to.rows = a, b, c, to.rows+uint32(len(features))
}
