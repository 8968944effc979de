package linear

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sort"
)

// magic begins each model file; its last byte is the format's version.
const magic = "KITHKWM\x01"

// File is a model file: named sections, read in place.
type File struct{ sections map[string][]byte }

// Encode writes the sections as one file: magic, number of sections, for each
// its name's length, name, offset, length; then the sections, each aligned to
// eight bytes; a checksum (CRC-32C) of all before it at the end.
func Encode(sections map[string][]byte) []byte {
	names := make([]string, 0, len(sections))
	head := len(magic) + 4
	for name := range sections {
		names = append(names, name)
		head += 4 + len(name) + 16
	}
	sort.Strings(names)
	out := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(out[len(magic):], uint32(len(names)))
	at := align(head)
	for _, name := range names {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(name)))
		out = append(out, name...)
		out = binary.LittleEndian.AppendUint64(out, uint64(at))
		out = binary.LittleEndian.AppendUint64(out, uint64(len(sections[name])))
		at = align(at + len(sections[name]))
	}
	for _, name := range names {
		out = append(out, make([]byte, align(len(out))-len(out))...)
		out = append(out, sections[name]...)
	}
	out = append(out, make([]byte, align(len(out))-len(out))...)
	return binary.LittleEndian.AppendUint32(out, checksum(out))
}

func align(n int) int { return (n + 7) &^ 7 }

func checksum(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }

// Open reads a file's directory. It does not read the sections and does not
// verify the checksum; see Verify.
func Open(data []byte) (File, error) {
	if len(data) < len(magic)+8 || string(data[:len(magic)]) != magic {
		return File{}, fmt.Errorf("open model: not a model file of this version; train it again with kith-train")
	}
	f := File{map[string][]byte{}}
	n := int(binary.LittleEndian.Uint32(data[len(magic):]))
	at := len(magic) + 4
	for range min(n, 1000) {
		if at+4 > len(data) {
			return File{}, fmt.Errorf("open model: cut off in its directory")
		}
		size := int(binary.LittleEndian.Uint32(data[at:]))
		if size > 1000 || at+4+size+16 > len(data) {
			return File{}, fmt.Errorf("open model: cut off in its directory")
		}
		name := string(data[at+4 : at+4+size])
		at += 4 + size
		offset, length := binary.LittleEndian.Uint64(data[at:]), binary.LittleEndian.Uint64(data[at+8:])
		if offset > uint64(len(data)) || length > uint64(len(data))-offset {
			return File{}, fmt.Errorf("open model: section %s lies outside the file", name)
		}
		f.sections[name] = data[offset : offset+length]
		at += 16
	}
	return f, nil
}

// Verify reads the whole file and reports whether its checksum holds.
func Verify(data []byte) error {
	if len(data) < 4 || checksum(data[:len(data)-4]) != binary.LittleEndian.Uint32(data[len(data)-4:]) {
		return fmt.Errorf("verify model: its checksum is wrong; fetch or train it again")
	}
	return nil
}

// Section returns a section's bytes, and nil where there is none of that
// name.
func (f File) Section(name string) []byte { return f.sections[name] }

// Table opens the section of that name as a table.
func (f File) Table(name string) (Table, error) {
	t, err := OpenTable(f.sections[name])
	if err != nil {
		return Table{}, fmt.Errorf("section %s: %w", name, err)
	}
	return t, nil
}

// Strings is the inverse of EncodeStrings.
func (f File) Strings(name string) []string {
	data := string(f.sections[name])
	var out []string
	for len(data) > 0 {
		n := int(data[0])
		if n >= len(data) {
			break
		}
		out = append(out, data[1:1+n])
		data = data[1+n:]
	}
	return out
}

// EncodeStrings lays out strings of at most 255 bytes, each after its length.
func EncodeStrings(list []string) []byte {
	var out []byte
	for _, s := range list {
		out = append(append(out, byte(len(s))), s...)
	}
	return out
}

// Names lists the sections in order.
func (f File) Names() []string {
	names := make([]string, 0, len(f.sections))
	for name := range f.sections {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
