package exchange

import (
	"strconv"
	"strings"

	"kith"
)

// Node is one value of a structured file: a scalar with its text, an object
// with named parts, or a list. Parts keep the order of the file.
type Node struct {
	Key  string
	Text string
	Kids []Node
	List bool
	span kith.Span // of the value in the record's text, once written
}

// Kid returns the part of that name, or nil.
func (n *Node) Kid(key string) *Node {
	for i := range n.Kids {
		if n.Kids[i].Key == key {
			return &n.Kids[i]
		}
	}
	return nil
}

// At follows a path of names apart by dots; a name that holds dots itself is
// found too. In lists a number picks an element, from 0.
func (n *Node) At(path string) *Node {
	for n != nil {
		if k := n.Kid(path); k != nil || path == "" {
			if path == "" {
				return n
			}
			return k
		}
		head, rest, found := strings.Cut(path, ".")
		if !found && !n.List {
			return nil
		}
		if n.List {
			if i, err := strconv.Atoi(head); err == nil && i >= 0 && i < len(n.Kids) {
				n, path = &n.Kids[i], rest
				continue
			}
			return nil
		}
		n, path = n.Kid(head), rest
	}
	return nil
}

// Value is the scalar at the path, "" where there is none. A list of scalars
// reads as its parts with commas between.
func (n *Node) Value(path string) string {
	at := n.At(path)
	if at == nil {
		return ""
	}
	return at.flat()
}

func (n *Node) flat() string {
	if len(n.Kids) == 0 {
		return n.Text
	}
	var parts []string
	for i := range n.Kids {
		if len(n.Kids[i].Kids) == 0 && n.Kids[i].Text != "" && n.List {
			parts = append(parts, n.Kids[i].Text)
		}
	}
	return strings.Join(parts, ", ")
}

// writeRecord writes a record as text: its scalars on one line, each object
// and each element of a list on a line of its own, which names whom the record
// is about, so that it can be quoted alone. It sets the spans of the top nodes
// and of list elements.
func writeRecord(n *Node, about string) string {
	var b strings.Builder
	scalars := false
	for i := range n.Kids {
		k := &n.Kids[i]
		if len(k.Kids) > 0 || k.Text == "" {
			continue
		}
		if scalars {
			b.WriteString("; ")
		}
		scalars = true
		start := b.Len()
		b.WriteString(oneLine(k.Key) + ": " + oneLine(k.Text))
		k.span = kith.Span{Start: start, End: b.Len()}
	}
	for i := range n.Kids {
		if k := &n.Kids[i]; len(k.Kids) > 0 {
			writeGroup(&b, k, about)
		}
	}
	return b.String()
}

func writeGroup(b *strings.Builder, k *Node, about string) {
	label := oneLine(k.Key)
	if about != "" {
		label += " of " + oneLine(about)
	}
	line := func() int {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		return b.Len()
	}
	if !k.List || !hasObjects(k) {
		start := line()
		b.WriteString(label + " — ")
		writeInline(b, k)
		k.span = kith.Span{Start: start, End: b.Len()}
		return
	}
	for i := range k.Kids {
		e := &k.Kids[i]
		start := line()
		b.WriteString(label + " — ")
		writeInline(b, e)
		e.span = kith.Span{Start: start, End: b.Len()}
		if i == 0 {
			k.span.Start = start
		}
		k.span.End = b.Len()
	}
}

func hasObjects(k *Node) bool {
	for i := range k.Kids {
		if len(k.Kids[i].Kids) > 0 {
			return true
		}
	}
	return false
}

// writeInline writes a value on the line: "type: rep; start: 1993-01-05".
func writeInline(b *strings.Builder, n *Node) {
	if len(n.Kids) == 0 {
		b.WriteString(oneLine(n.Text))
		return
	}
	first := true
	for i := range n.Kids {
		k := &n.Kids[i]
		if len(k.Kids) == 0 && k.Text == "" {
			continue
		}
		if !first {
			if n.List {
				b.WriteString(", ")
			} else {
				b.WriteString("; ")
			}
		}
		first = false
		if k.Key != "" {
			b.WriteString(oneLine(k.Key) + ": ")
		}
		if len(k.Kids) > 0 {
			b.WriteByte('(')
			writeInline(b, k)
			b.WriteByte(')')
			continue
		}
		b.WriteString(oneLine(k.Text))
	}
}

// oneLine keeps a value on its line and the stored text free of what cannot
// stand in it.
func oneLine(s string) string {
	if !needsCleaning(s) {
		return s
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(s, "�"), "\x00", "")), " ")
}

// needsCleaning reports whether oneLine would change the text: control
// characters, doubled or outer spaces, bytes beyond ASCII that may be invalid.
func needsCleaning(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c >= 0x80 || c == ' ' && last == ' ' {
			return true
		}
		last = c
	}
	return len(s) > 0 && last == ' '
}
