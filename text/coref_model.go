package text

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"

	"github.com/klauspost/compress/zstd"
)

const corefBits = 18

// corefModel ranks antecedents: a linear model over hashed features.
type corefModel struct {
	weights []int16 // 2^corefBits
	scale   float32
	lex     *lexicon
}

func (m *corefModel) score(features []uint32) float32 {
	sum := int32(0)
	for _, f := range features {
		sum += int32(m.weights[f>>(32-corefBits)])
	}
	return float32(sum) * m.scale
}

const corefMagic = "kithcoref1"

func decodeCorefModel(packed []byte) (*corefModel, error) {
	if len(packed) < len(corefMagic) || string(packed[:len(corefMagic)]) != corefMagic {
		return nil, errors.New("it is not a coreference model of this version")
	}
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	raw, err := reader.DecodeAll(packed[len(corefMagic):], nil)
	if err != nil {
		return nil, err
	}
	return parseCorefModel(raw)
}

func parseCorefModel(raw []byte) (*corefModel, error) {
	m := &corefModel{weights: make([]int16, 1<<corefBits), lex: &lexicon{}}
	r := bytes.NewReader(raw)
	var words, pairs uint32
	err := readAll(r, m.weights, &m.scale, &words, &pairs)
	if err != nil || int64(words)*6+int64(pairs)*4 != int64(r.Len()) {
		return nil, errShort
	}
	m.lex.words, m.lex.classes, m.lex.pairs = make([]uint32, words), make([]NounClass, words), make([]uint32, pairs)
	if err := readAll(r, m.lex.words, m.lex.classes, m.lex.pairs); err != nil {
		return nil, errShort
	}
	undeltaCode(m.lex.words)
	undeltaCode(m.lex.pairs)
	m.lex.build()
	return m, nil
}

func (m *corefModel) encode() ([]byte, error) {
	var raw bytes.Buffer
	values := []any{m.weights, m.scale, uint32(len(m.lex.words)), uint32(len(m.lex.pairs)),
		deltaCode(m.lex.words), m.lex.classes, deltaCode(m.lex.pairs)}
	for _, v := range values {
		if err := binary.Write(&raw, binary.LittleEndian, v); err != nil {
			return nil, err
		}
	}
	writer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return writer.EncodeAll(raw.Bytes(), []byte(corefMagic)), nil
}

// quantiseCoref rounds learnt weights to 16 bits.
func quantiseCoref(weights []float32, lex *lexicon) *corefModel {
	top := float32(1e-6)
	for _, w := range weights {
		top = max(top, w, -w)
	}
	m := &corefModel{weights: make([]int16, len(weights)), scale: top / 32767, lex: lex}
	for i, w := range weights {
		m.weights[i] = int16(math.Round(float64(w / m.scale)))
		if m.weights[i] > -40 && m.weights[i] < 40 {
			m.weights[i] = 0
		}
	}
	return m
}
