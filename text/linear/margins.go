package linear

import (
	"encoding/binary"
	"fmt"
	"math"
)

// EncodeMargins lays out by how much the best score of each of two models
// must be ahead of the second, as a difference of log likelihoods, for a
// decision to be made on the first features alone.
func EncodeMargins(a, b float64) []byte {
	out := binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(a)))
	return binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(b)))
}

// Margins is the inverse of EncodeMargins.
func Margins(data []byte) (a, b float64, err error) {
	if len(data) != 8 {
		return 0, 0, fmt.Errorf("open margins: %d bytes are not two numbers", len(data))
	}
	a = float64(math.Float32frombits(binary.LittleEndian.Uint32(data)))
	b = float64(math.Float32frombits(binary.LittleEndian.Uint32(data[4:])))
	return a, b, nil
}
