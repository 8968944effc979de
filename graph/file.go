package graph

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"kith"
)

// A snapshot file is its arrays end to end, as they lie in memory, so that
// opening one is mapping it: a header of fixed size, then each section at a
// multiple of 64 bytes. Numbers are little-endian; another machine's file is
// refused and made anew.
const (
	fileMagic   = "kithnet\x04"
	headerBytes = 512
	sectionMax  = (headerBytes - 24) / 16
	alignment   = 64
	// checkedBytes is up to what size the whole file's checksum is compared
	// on opening; of larger ones only the header's is.
	checkedBytes = 128 << 20
)

// ErrFile says that a file is no snapshot that this program can use. It is
// always safe to make it anew.
var ErrFile = errors.New("not a usable snapshot file")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// slot is one section: how many bytes, and where to put them.
type slot struct {
	bytes func() []byte
	set   func([]byte)
}

// column is a section that holds one array of fixed-size values.
func column[T any](array *[]T) slot {
	size := int(unsafe.Sizeof(*new(T)))
	return slot{
		bytes: func() []byte {
			if len(*array) == 0 {
				return nil
			}
			return unsafe.Slice((*byte)(unsafe.Pointer(&(*array)[0])), len(*array)*size)
		},
		set: func(b []byte) {
			if n := len(b) / size; n > 0 {
				*array = unsafe.Slice((*T)(unsafe.Pointer(&b[0])), n)
			}
		},
	}
}

// slots lists the sections of the file in order.
func (s *Snapshot) slots(sizes *[]uint64, words *[]byte) []slot {
	return []slot{
		column(sizes), column(words), column(&s.offset), column(&s.neighbour), column(&s.pairOf), column(&s.pairRow), column(&s.strength),
		column(&s.since), column(&s.until), column(&s.doc), column(&s.claim), column(&s.rowStrength), column(&s.predicate),
		column(&s.flags), column(&s.docs), column(&s.entityIDs.end), column(&s.entityIDs.text), column(&s.entityNames.end),
		column(&s.entityNames.text), column(&s.claimIDs.end), column(&s.claimIDs.text), column(&s.docIDs.end), column(&s.docIDs.text),
		column(&s.entityTypes), column(&s.byID), column(&s.docByID),
	}
}

// words are the mark and the predicates, which are few.
func (s *Snapshot) words() []byte {
	parts := []string{s.Mark}
	for _, p := range s.predicates {
		parts = append(parts, string(p))
	}
	return []byte(strings.Join(parts, "\x00"))
}

// Save writes the snapshot to a file, whole or not at all.
func (s *Snapshot) Save(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("save snapshot: %w", err)
	}
	err = s.write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("save snapshot %s: %w", path, err)
	}
	return nil
}

func (s *Snapshot) write(f *os.File) error {
	sizes, words := []uint64{uint64(s.n), uint64(math.Float32bits(s.weakest))}, s.words()
	header := make([]byte, headerBytes)
	copy(header, fileMagic)
	if _, err := f.Write(header); err != nil {
		return err
	}
	at, sum := uint64(headerBytes), uint32(0)
	out := io.Writer(f)
	for i, slot := range s.slots(&sizes, &words) {
		b := slot.bytes()
		binary.LittleEndian.PutUint64(header[24+16*i:], at)
		binary.LittleEndian.PutUint64(header[32+16*i:], uint64(len(b)))
		padding := make([]byte, (alignment-len(b)%alignment)%alignment)
		for _, part := range [][]byte{b, padding} {
			if _, err := out.Write(part); err != nil {
				return err
			}
			sum = crc32.Update(sum, castagnoli, part)
		}
		at += uint64(len(b) + len(padding))
	}
	binary.LittleEndian.PutUint32(header[12:], sum)
	binary.LittleEndian.PutUint64(header[16:], at)
	binary.LittleEndian.PutUint32(header[8:], crc32.Checksum(header[12:], castagnoli))
	_, err := f.WriteAt(header, 0)
	return err
}

// Open maps the snapshot file at path. Its pages are read as they are used.
// Errors wrap ErrFile where the file is damaged or of another format. Close
// gives the memory back.
func Open(path string) (*Snapshot, error) {
	data, release, err := mapFile(path)
	if err != nil {
		return nil, fmt.Errorf("open snapshot: %w", err)
	}
	s, err := parse(data)
	if err != nil {
		release()
		return nil, fmt.Errorf("open snapshot %s: %w", path, err)
	}
	s.release = release
	return s, nil
}

// Close gives mapped memory back. The snapshot must not be used any more.
func (s *Snapshot) Close() error {
	if s == nil || s.release == nil {
		return nil
	}
	release := s.release
	s.release = nil
	return release()
}

func parse(data []byte) (*Snapshot, error) {
	if len(data) < headerBytes || string(data[:8]) != fileMagic {
		return nil, fmt.Errorf("%w: it does not begin as one", ErrFile)
	}
	header := data[:headerBytes]
	if binary.LittleEndian.Uint32(header[8:]) != crc32.Checksum(header[12:], castagnoli) || binary.LittleEndian.Uint64(header[16:]) != uint64(len(data)) {
		return nil, fmt.Errorf("%w: its header or its length is wrong", ErrFile)
	}
	if len(data) <= checkedBytes && crc32.Checksum(data[headerBytes:], castagnoli) != binary.LittleEndian.Uint32(header[12:]) {
		return nil, fmt.Errorf("%w: its checksum is wrong", ErrFile)
	}
	s := &Snapshot{}
	var sizes []uint64
	var words []byte
	for i, slot := range s.slots(&sizes, &words) {
		at, n := binary.LittleEndian.Uint64(header[24+16*i:]), binary.LittleEndian.Uint64(header[32+16*i:])
		if at%alignment != 0 || at > uint64(len(data)) || n > uint64(len(data))-at {
			return nil, fmt.Errorf("%w: section %d lies outside of it", ErrFile, i)
		}
		slot.set(data[at : at+n : at+n])
	}
	if len(sizes) != 2 {
		return nil, fmt.Errorf("%w: it says no size", ErrFile)
	}
	s.n = int(sizes[0])
	s.readWords(string(words))
	if err := s.fits(); err != nil {
		return nil, err
	}
	s.weakest = math.Float32frombits(uint32(sizes[1]))
	return s, nil
}

func (s *Snapshot) readWords(text string) {
	parts := strings.Split(text, "\x00")
	s.Mark = parts[0]
	for _, p := range parts[1:] {
		s.predicates = append(s.predicates, kith.Predicate(p))
	}
	s.codes()
}

// fits checks that the arrays have the lengths that they must have to one
// another.
func (s *Snapshot) fits() error {
	rows, pairs := len(s.flags), len(s.strength)
	ok := len(s.offset) == s.n+1 && len(s.neighbour) == 2*pairs && len(s.pairOf) == 2*pairs && len(s.pairRow) == pairs+1 &&
		len(s.since) == rows && len(s.until) == rows && len(s.doc) == rows && len(s.claim) == rows && len(s.rowStrength) == rows &&
		len(s.predicate) == rows && len(s.entityNames.end) == len(s.entityIDs.end) && len(s.byID) == len(s.entityIDs.end) && len(s.docByID) == len(s.docIDs.end) &&
		len(s.predicates) <= maxPredicates
	if !ok {
		return fmt.Errorf("%w: its arrays do not fit together", ErrFile)
	}
	return nil
}
