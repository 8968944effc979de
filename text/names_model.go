package text

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"

	"kith"

	"github.com/klauspost/compress/zstd"
)

// The labels of the name model: outside, and begin and inside of each kind.
// Misc stands for works, products, peoples and languages; it keeps them from
// being taken for something else and is not shown.
const (
	labelOut = iota
	labelPerson
	labelPersonIn
	labelOrg
	labelOrgIn
	labelPlace
	labelPlaceIn
	labelEvent
	labelEventIn
	labelMisc
	labelMiscIn
	labelCount
	labelWidth = 12 // labelCount rounded up
)

const nameBits = 20

// nameModel is a linear-chain conditional random field over hashed features
// (Lafferty, McCallum and Pereira 2001), its weights in 8 bits.
type nameModel struct {
	rows  *nameRows
	scale float32
	trans [labelCount][labelCount]float32 // [from][to]; a start counts as from labelOut
	gaz   *gazetteer
}

// nameMagic begins a model file; oldNameMagic begins one that holds the rows of
// all hashes, those without weights too.
const nameMagic, oldNameMagic = "kithnames3", "kithnames2"

var errShort = errors.New("the file is cut short")

func decodeNameModel(packed []byte) (*nameModel, error) {
	magic := string(packed[:min(len(packed), len(nameMagic))])
	if magic != nameMagic && magic != oldNameMagic {
		return nil, errors.New("it is not a name model of this version")
	}
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	raw, err := reader.DecodeAll(packed[len(nameMagic):], nil)
	if err != nil {
		return nil, err
	}
	m := &nameModel{gaz: &gazetteer{}}
	if magic == oldNameMagic {
		m.rows, raw, err = cutAllRows(raw)
	} else {
		m.rows, raw, err = cutRows(raw)
	}
	if err != nil {
		return nil, err
	}
	return m, m.parse(raw)
}

// parse reads what follows the rows in a model file.
func (m *nameModel) parse(raw []byte) error {
	r := bytes.NewReader(raw)
	var words, phrases uint32
	err := readAll(r, &m.scale, &m.trans, &words, &phrases)
	if err != nil || int64(words)*14+int64(phrases)*5 != int64(r.Len()) {
		return errShort
	}
	rest := raw[len(raw)-r.Len():]
	m.gaz.words, rest = cutUint32s[uint32](rest, words)
	m.gaz.classes, rest = cutUint32s[Class](rest, words)
	m.gaz.clusters, rest = cutClusters(rest, words)
	m.gaz.phrases, rest = cutUint32s[uint32](rest, phrases)
	m.gaz.kinds = make([]PhraseKind, phrases)
	for i := range m.gaz.kinds {
		m.gaz.kinds[i] = PhraseKind(rest[i])
	}
	undeltaCode(m.gaz.words)
	undeltaCode(m.gaz.phrases)
	m.gaz.build()
	return nil
}

// cutUint32s decodes n numbers from the beginning of raw, which must hold
// them, and returns what follows.
func cutUint32s[T ~uint32](raw []byte, n uint32) ([]T, []byte) {
	out := make([]T, n)
	for i := range out {
		out[i] = T(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return out, raw[4*len(out):]
}

func cutClusters(raw []byte, n uint32) ([]WordClass, []byte) {
	out := make([]WordClass, n)
	for i := range out {
		at := raw[6*i : 6*i+6]
		out[i] = WordClass{binary.LittleEndian.Uint16(at), binary.LittleEndian.Uint16(at[2:]), binary.LittleEndian.Uint16(at[4:])}
	}
	return out, raw[6*len(out):]
}

func readAll(r io.Reader, values ...any) error {
	for _, v := range values {
		if err := binary.Read(r, binary.LittleEndian, v); err != nil {
			return err
		}
	}
	return nil
}

// encode writes the model in the form that decodeNameModel reads.
func (m *nameModel) encode() ([]byte, error) {
	var raw bytes.Buffer
	m.rows.writeTo(&raw)
	values := []any{m.scale, m.trans, uint32(len(m.gaz.words)), uint32(len(m.gaz.phrases)),
		deltaCode(m.gaz.words), m.gaz.classes, m.gaz.clusters, deltaCode(m.gaz.phrases), m.gaz.kinds}
	for _, v := range values {
		if err := binary.Write(&raw, binary.LittleEndian, v); err != nil {
			return nil, err
		}
	}
	writer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return writer.EncodeAll(raw.Bytes(), []byte(nameMagic)), nil
}

func deltaCode(sorted []uint32) []uint32 {
	out := make([]uint32, len(sorted))
	last := uint32(0)
	for i, v := range sorted {
		out[i], last = v-last, v
	}
	return out
}

func undeltaCode(values []uint32) {
	last := uint32(0)
	for i := range values {
		last += values[i]
		values[i] = last
	}
}

// potentials are what the weights of a token's features add up to.
func (m *nameModel) potentials(sum *laneSum) (out [labelWidth]float32) {
	weights := sum.weights()
	for k := range out {
		out[k] = float32(weights[k]) * m.scale
	}
	return out
}

// labelFollows reports whether one label may follow another.
func labelFollows(from, to int) bool {
	if to == labelOut || to%2 == 1 {
		return true
	}
	return from == to || from == to-1
}

// NameKind is a kind of name that the model knows, by its begin label.
type NameKind uint8

// The kinds of name of the model.
const (
	KindPerson       NameKind = labelPerson
	KindOrganization NameKind = labelOrg
	KindPlace        NameKind = labelPlace
	KindEvent        NameKind = labelEvent
	KindMisc         NameKind = labelMisc // works, products, peoples, languages
)

// Outside is the set of labels of a word outside of names.
const Outside uint16 = 1 << labelOut

// AnyLabel is the set of all labels.
const AnyLabel uint16 = 1<<labelCount - 1

// Begin is the set that holds the label of the first word of such a name.
func (k NameKind) Begin() uint16 { return 1 << k }

// Inside is the set that holds the label of its other words.
func (k NameKind) Inside() uint16 { return 2 << k }

// LabelType reads a set of one label: the type of the name, "" for none, and
// whether the name begins here.
func LabelType(allow uint16) (kith.EntityType, bool) {
	if allow&Outside != 0 || allow == 0 {
		return "", false
	}
	label := bits.TrailingZeros16(allow)
	return labelTypes[min(label, labelCount-1)], label%2 == 1
}
