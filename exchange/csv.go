package exchange

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"kith"
	"kith/source"
)

// maxColumns bounds the width of a table.
const maxColumns = 2000

func csvImporter() Importer {
	return Importer{Format: source.Format{Name: "csv", Label: "Table (CSV, TSV)", Extensions: []string{".csv", ".tsv"}, MIME: []string{"text/csv", "text/tab-separated-values"},
		In: true, Data: true, Limits: "2 GB; 2,000 columns; a mapping is needed (--map, --propose)", Page: "csv.md"},
		Sniff: func(f *File) bool {
			switch extension(f.Name) {
			case ".md", ".markdown", ".html", ".htm", ".pdf": // prose, however many commas it has
				return false
			}
			if bare, _ := headerless(f, Options{}); bare != nil {
				return true
			}
			header, _, err := csvHeader(f.Data)
			return err == nil && len(header) > 1
		},
		Rows: csvRows}
}

// csvRows reads a table with the mapping that fits its header.
func csvRows(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		bare, err := headerless(f, o)
		if bare != nil || err != nil {
			if err != nil {
				yield(Row{}, err)
				return
			}
			applyAll(ctx, bare, f.Name, tableOf(f.Data, bare.Columns, []rune(bare.Separator + ",")[0], false), o, yield)
			return
		}
		header, _, err := csvHeader(f.Data)
		if err != nil {
			yield(Row{}, err)
			return
		}
		m, err := chooseMapping(o, func(m *Mapping) bool { return m.fitsColumns("csv", header) }, f.Name, "csv")
		if err != nil {
			yield(Row{}, err)
			return
		}
		applyAll(ctx, m, f.Name, csvRecords(f.Data), o, yield)
	}
}

// headerless returns the mapping of a table without a header, which is known
// by the file's name, or nil.
func headerless(f *File, o Options) (*Mapping, error) {
	if o.Mapping != nil {
		if len(o.Mapping.Columns) > 0 {
			return o.Mapping, nil
		}
		return nil, nil
	}
	all, err := Mappings(o.DataDir)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if ok, _ := path.Match(m.Match.File, baseName(f.Name)); ok && len(m.Columns) > 0 {
			return m, nil
		}
	}
	return nil, nil
}

// csvHeader reads the first line of a table and its separator.
func csvHeader(data []byte) ([]string, rune, error) {
	text, err := source.Decode(data[:min(len(data), 64<<10)])
	if err != nil {
		return nil, 0, err
	}
	text = afterSep(text)
	line, _, _ := strings.Cut(text, "\n")
	if strings.ContainsAny(line, "{<") || strings.HasPrefix(line, "---") {
		return nil, 0, fmt.Errorf("%w: its first line is no header of a table", kith.ErrInvalid)
	}
	separator := ','
	for _, s := range []rune{'\t', ';', '|'} {
		if strings.Count(line, string(s)) > strings.Count(line, string(separator)) {
			separator = s
		}
	}
	r := newCSV(strings.NewReader(text), separator)
	header, err := r.Read()
	if err != nil || len(header) > maxColumns {
		return nil, 0, fmt.Errorf("%w: its first line is no header of a table", kith.ErrInvalid)
	}
	return cleanHeader(header), separator, nil
}

// afterSep passes over the line by which spreadsheets name the separator,
// "sep=;".
func afterSep(text string) string {
	line, rest, found := strings.Cut(text, "\n")
	if line = strings.TrimSpace(line); found && len(line) == len("sep=;") && strings.EqualFold(line[:4], "sep=") {
		return rest
	}
	return text
}

func cleanHeader(header []string) []string {
	seen := map[string]int{}
	out := make([]string, len(header))
	for i, h := range header {
		h = oneLine(h)
		if h == "" {
			h = fmt.Sprintf("column %d", i+1)
		}
		if seen[h]++; seen[h] > 1 {
			h = fmt.Sprintf("%s %d", h, seen[h])
		}
		out[i] = h
	}
	return out
}

func newCSV(r io.Reader, separator rune) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = separator, -1, true, true
	return c
}

// record is one row or record of a file on its way to a mapping.
type record struct {
	number int
	node   *Node
	bad    string // what is wrong with the row
}

// csvRecords reads the rows below the header. A row that has other columns
// than the header is reported, with what it holds.
func csvRecords(data []byte) iter.Seq2[record, error] {
	header, separator, err := csvHeader(data)
	if err != nil {
		return func(yield func(record, error) bool) { yield(record{}, err) }
	}
	return tableOf(data, header, separator, true)
}

// tableOf reads the rows of a table whose columns are known; skip passes over
// the header's line.
func tableOf(data []byte, header []string, separator rune, skip bool) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		text, err := source.Decode(data)
		if err != nil {
			yield(record{}, err)
			return
		}
		r := newCSV(strings.NewReader(afterSep(text)), separator)
		if skip {
			if _, err := r.Read(); err != nil {
				yield(record{}, fmt.Errorf("%w: its header is damaged: %v", kith.ErrInvalid, err))
				return
			}
		}
		for n := 1; ; n++ {
			fields, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			rec := record{number: n, node: rowNode(header, fields)}
			switch {
			case err != nil:
				rec.bad = "the row is damaged: " + err.Error()
			case len(fields) > len(header) && strings.TrimSpace(strings.Join(fields[len(header):], "")) != "",
				len(fields) < len(header) && len(fields) > 1 && len(header)-len(fields) > len(header)/2:
				rec.bad = fmt.Sprintf("the row has %d columns, the header %d", len(fields), len(header))
			}
			if len(rec.node.Kids) == 0 && rec.bad == "" {
				rec.bad = "the row is empty"
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

func rowNode(header, fields []string) *Node {
	n := &Node{Kids: make([]Node, 0, len(fields))}
	for i, f := range fields {
		if f = strings.TrimSpace(f); f != "" {
			key := fmt.Sprintf("column %d", i+1)
			if i < len(header) {
				key = header[i]
			}
			n.Kids = append(n.Kids, Node{Key: key, Text: f})
		}
	}
	return n
}

// looksJSON reports whether the data begins as JSON does.
func looksJSON(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(data) > 0 && (data[0] == '{' || data[0] == '[')
}
