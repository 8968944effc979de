package source

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"

	"kith"
)

// readODT reads an OpenDocument text; notes come where they are anchored,
// tracked changes and annotations are left out.
func readODT(ctx context.Context, in input) ([]Item, error) {
	z, err := openZip(in.data)
	if err != nil {
		return nil, err
	}
	content, err := part(ctx, in, z, "content.xml")
	if err != nil {
		return nil, err
	}
	if content == nil {
		return nil, invalid("it has no content.xml")
	}
	r := &odtReader{}
	if err := xmlEvents(ctx, content, r.start, r.end, r.chars); err != nil {
		return nil, err
	}
	d, err := build(append(r.paras, r.notes...))
	if err != nil {
		return nil, err
	}
	if meta, err := part(ctx, in, z, "meta.xml"); err == nil && meta != nil {
		dublinCore(ctx, d, meta)
	}
	return []Item{{Document: d}}, nil
}

type odtReader struct {
	paras []para
	notes []para
	stack []*strings.Builder // paragraphs being written: the text's, and a note's within it
	lists int
	rows  int
	row   strings.Builder
	note  int // depth of note bodies
	off   int
}

var odtSkipped = map[string]bool{"tracked-changes": true, "annotation": true, "note-citation": true, "sequence-decls": true,
	"forms": true, "variable-decls": true, "bibliography-configuration": true, "styles": true, "automatic-styles": true, "font-face-decls": true, "scripts": true}

func (r *odtReader) start(e xml.StartElement) {
	name := e.Name.Local
	if r.off > 0 || odtSkipped[name] {
		r.off++
		return
	}
	switch name {
	case "p", "h":
		r.stack = append(r.stack, &strings.Builder{})
	case "note-body":
		r.note++
	case "list-item":
		r.lists++
	case "table-row":
		r.rows++
	case "table-cell":
		if r.row.Len() > 0 {
			r.row.WriteByte('\t')
		}
	case "s":
		n, err := strconv.Atoi(xmlAttr(e, "c"))
		if err != nil || n < 1 || n > 1000 {
			n = 1
		}
		r.chars(strings.Repeat(" ", n))
	case "tab":
		r.chars(" ")
	case "line-break":
		if n := len(r.stack); n > 0 {
			r.stack[n-1].WriteByte('\n')
		}
	}
}

func (r *odtReader) chars(s string) {
	if n := len(r.stack); n > 0 && r.off == 0 {
		r.stack[n-1].WriteString(strings.Map(func(c rune) rune {
			if c == '\n' || c == '\t' {
				return ' '
			}
			return c
		}, s))
	}
}

func (r *odtReader) end(name string) {
	if r.off > 0 {
		r.off--
		return
	}
	switch name {
	case "p", "h":
		if n := len(r.stack); n > 0 {
			text := r.stack[n-1].String()
			r.stack = r.stack[:n-1]
			r.put(text, name == "h")
		}
	case "note-body":
		r.note = max(0, r.note-1)
	case "list-item":
		r.lists = max(0, r.lists-1)
	case "table-row":
		if r.rows = max(0, r.rows-1); r.rows == 0 {
			r.paras = append(r.paras, para{r.row.String(), kith.Table})
			r.row.Reset()
		}
	}
}

func (r *odtReader) put(text string, heading bool) {
	switch {
	case r.note > 0:
		r.notes = append(r.notes, para{text, ""})
	case r.rows > 0:
		r.row.WriteString(strings.TrimSpace(text) + " ")
	case heading:
		r.paras = append(r.paras, para{text, kith.Heading})
	case r.lists > 0:
		r.paras = append(r.paras, para{text, kith.ListItem})
	default:
		r.paras = append(r.paras, para{text, ""})
	}
}
