package exchange

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"

	"kith"
	"kith/source"
)

func fecImporter() Importer {
	return Importer{Format: source.Format{Name: "fec", Label: "Filing to the US Federal Election Commission", Extensions: []string{".fec"}, MIME: []string{"application/x-fec"},
		In: true, Data: true, Limits: "2 GB; format versions 1 to 8.5 and paper filings", Page: "fec.md"},
		Sniff: func(f *File) bool {
			head := f.Data[:min(len(f.Data), 64)]
			return bytes.HasPrefix(head, []byte("HDR")) || bytes.HasPrefix(head, []byte(`"HDR"`)) || bytes.HasPrefix(head, []byte("/* Header"))
		},
		Rows: fecRows}
}

// fecContext is what the records of a filing share: who filed it.
type fecContext struct {
	committee, committeeID, form string
}

// fecRows turns the records of a filing into rows. Malformed records are
// reported and kept as documents without claims.
func fecRows(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r, err := NewFECReader(f.Data)
		if err != nil {
			yield(Row{}, fmt.Errorf("import %s: %w", f.Name, err))
			return
		}
		m, err := chooseMapping(o, func(m *Mapping) bool { return m.Format == "fec" }, f.Name, "fec")
		if err != nil {
			yield(Row{}, err)
			return
		}
		at := time.Now().UTC()
		filing := fecContext{committee: r.Header["Committee"], committeeID: r.Header["FEC_IDnum"]}
		for n := 1; ; n++ {
			raw := r.Next()
			if raw == nil {
				return
			}
			if ctx.Err() != nil {
				yield(Row{}, ctx.Err())
				return
			}
			filing.learn(raw)
			rec := record{number: raw.Line, node: fecNode(raw, filing)}
			if raw.Err != nil {
				rec.bad = raw.Err.Error()
			}
			row := m.row(rec, f.Name, o, at)
			if raw.Text != nil && raw.Err == nil {
				row = freeTextRow(rec, row)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// freeTextRow keeps the free text of a filing out of the claims: it is prose.
func freeTextRow(rec record, row Row) Row {
	return Row{Number: rec.number, Nothing: "free text of the filing (kith add reads prose)"}
}

// learn takes the filer from the filing's first record.
func (c *fecContext) learn(row *FECRow) {
	if c.form != "" || len(row.Fields) == 0 || row.Layout == nil {
		return
	}
	c.form = strings.ToUpper(string(row.Fields[0]))
	value := func(names ...string) string {
		for i, f := range row.Fields {
			for _, name := range names {
				if i < len(row.Layout.Columns) && row.Layout.Columns[i].Name == name && len(f) > 0 {
					return latin(f)
				}
			}
		}
		return ""
	}
	if name := value("committee_name", "organization_name"); name != "" {
		c.committee = name
	}
	if id := value("filer_committee_id_number"); id != "" {
		c.committeeID = id
	}
}

// fecNode is a record as the mapping sees it: its columns, and who filed it.
func fecNode(row *FECRow, filing fecContext) *Node {
	n := &Node{}
	add := func(key, value string) {
		if value != "" {
			n.Kids = append(n.Kids, Node{Key: key, Text: value})
		}
	}
	if row.Text != nil {
		add("text", latin(row.Text))
		return n
	}
	for i, f := range row.Fields {
		if len(f) == 0 {
			continue
		}
		key := fmt.Sprintf("field %d", i+1)
		if row.Layout != nil && i < len(row.Layout.Columns) {
			key = row.Layout.Columns[i].Name
		}
		add(key, latin(f))
	}
	if len(row.Fields) > 0 && !strings.EqualFold(filing.form, string(row.Fields[0])) {
		add("filing_form", filing.form)
		add("filing_committee", filing.committee)
	}
	return n
}

// latin decodes a field: UTF-8 where it is valid, else Windows-1252.
func latin(f []byte) string {
	text := string(f)
	if strings.ToValidUTF8(text, "") == text {
		return text
	}
	if decoded, err := charmap.Windows1252.NewDecoder().Bytes(f); err == nil {
		return string(decoded)
	}
	return strings.ToValidUTF8(text, "�")
}

var _ = kith.ErrInvalid
