package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"path"
	"strconv"
	"strings"
	"time"

	"kith"
	"kith/source"
)

// Limits of spreadsheets.
const (
	maxSheet = 512 << 20 // bytes of one sheet unpacked
	maxCells = 20_000_000
)

func xlsxImporter() Importer {
	return Importer{Format: source.Format{Name: "xlsx", Label: "Spreadsheet (XLSX)", Extensions: []string{".xlsx"}, MIME: []string{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		In: true, Data: true, Limits: "512 MB a sheet unpacked; formulas are read as their stored values; a mapping is needed", Page: "xlsx.md"},
		Sniff: func(f *File) bool { return bytes.HasPrefix(f.Data, []byte("PK")) && extension(f.Name) == ".xlsx" },
		Rows:  xlsxRows}
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// xlsxRows reads all sheets whose header fits a mapping.
func xlsxRows(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		book, err := openBook(f.Data)
		if err != nil {
			yield(Row{}, wrongFile(f, err.Error()))
			return
		}
		read := 0
		var missing error
		for _, sheet := range book.sheets {
			table, err := book.table(ctx, sheet.file)
			if err != nil {
				yield(Row{}, wrongFile(f, fmt.Sprintf("sheet %q: %v", sheet.name, err)))
				return
			}
			if len(table) == 0 {
				continue
			}
			header := cleanHeader(table[0])
			m, err := chooseMapping(o, func(m *Mapping) bool { return m.fitsColumns("xlsx", header) }, f.Name, "xlsx")
			if err != nil {
				missing = err
				continue
			}
			read++
			stopped := false
			applyAll(ctx, m, f.Name+"/"+sheet.name, tableRecords(header, table[1:]), o, func(r Row, err error) bool {
				stopped = !yield(r, err)
				return !stopped
			})
			if stopped {
				return
			}
		}
		if read == 0 && missing != nil {
			yield(Row{}, missing)
		}
	}
}

func tableRecords(header []string, rows [][]string) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for i, fields := range rows {
			rec := record{number: i + 1, node: rowNode(header, fields)}
			if len(rec.node.Kids) == 0 {
				rec.bad = "the row is empty"
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

type sheet struct{ name, file string }

// workbook is an XLSX file (ECMA-376) as far as its values go.
type workbook struct {
	zip    *zip.Reader
	sheets []sheet
	shared []string
	dates  []bool // styles that show a number as a date
	epoch  time.Time
}

func openBook(data []byte) (*workbook, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("its archive is damaged: %v", err)
	}
	b := &workbook{zip: z, epoch: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	targets := map[string]string{}
	if err := b.walk("xl/_rels/workbook.xml.rels", func(e xml.StartElement) {
		if e.Name.Local == "Relationship" {
			targets[attr(e, "Id")] = strings.TrimPrefix(attr(e, "Target"), "/xl/")
		}
	}, nil, nil); err != nil {
		return nil, err
	}
	err = b.walk("xl/workbook.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "sheet":
			if t := targets[attr(e, "id")]; t != "" && attr(e, "state") != "veryHidden" {
				b.sheets = append(b.sheets, sheet{attr(e, "name"), path.Join("xl", t)})
			}
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				b.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		}
	}, nil, nil)
	if err != nil || len(b.sheets) == 0 {
		return nil, fmt.Errorf("it holds no sheets")
	}
	if err := b.readShared(); err != nil {
		return nil, err
	}
	return b, b.readStyles()
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk reads a member's XML; a member that is not there is empty.
func (b *workbook) walk(name string, start func(xml.StartElement), end func(string), chars func(string)) error {
	for _, f := range b.zip.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("cannot unpack %s: %v", name, err)
		}
		defer r.Close()
		if f.UncompressedSize64 > maxSheet {
			return fmt.Errorf("%s unpacks to more than %d MB; save it as CSV", name, maxSheet>>20)
		}
		d := xml.NewDecoder(io.LimitReader(r, maxSheet))
		for {
			token, err := d.RawToken()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return fmt.Errorf("%s is damaged: %v", name, err)
			}
			switch t := token.(type) {
			case xml.StartElement:
				start(t)
			case xml.EndElement:
				if end != nil {
					end(t.Name.Local)
				}
			case xml.CharData:
				if chars != nil {
					chars(string(t))
				}
			}
		}
	}
	return nil
}

func (b *workbook) readShared() error {
	var text strings.Builder
	in, phonetic := false, false
	return b.walk("xl/sharedStrings.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "si":
			text.Reset()
		case "t":
			in = !phonetic
		case "rPh":
			phonetic = true
		}
	}, func(name string) {
		switch name {
		case "t":
			in = false
		case "rPh":
			phonetic = false
		case "si":
			b.shared = append(b.shared, text.String())
		}
	}, func(s string) {
		if in {
			text.WriteString(s)
		}
	})
}

// readStyles finds the styles that show numbers as dates.
func (b *workbook) readStyles() error {
	custom := map[string]bool{}
	inCells := false
	return b.walk("xl/styles.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmt":
			code := strings.ToLower(attr(e, "formatCode"))
			custom[attr(e, "numFmtId")] = strings.Contains(code, "yy") || strings.Contains(code, "d") && strings.Contains(code, "m")
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				id := attr(e, "numFmtId")
				n, _ := strconv.Atoi(id)
				b.dates = append(b.dates, n >= 14 && n <= 17 || n == 22 || custom[id])
			}
		}
	}, func(name string) {
		if name == "cellXfs" {
			inCells = false
		}
	}, nil)
}

// table reads a sheet's cells; empty rows and titles above the header are left
// out, merged cells are written in each of their rows.
func (b *workbook) table(ctx context.Context, file string) ([][]string, error) {
	var rows [][]string
	var row []string
	var text strings.Builder
	var numbers []int
	var ranges []merged
	kind, style, column, cells, number := "", 0, 0, 0, 0
	in := false
	var failed error
	err := b.walk(file, func(e xml.StartElement) {
		switch e.Name.Local {
		case "row":
			row = nil
			if number++; rowOf(attr(e, "r")) > 0 {
				number = rowOf(attr(e, "r"))
			}
		case "mergeCell":
			if m, ok := parseMerged(attr(e, "ref")); ok && len(ranges) < maxMerged {
				ranges = append(ranges, m)
			}
		case "c":
			kind = attr(e, "t")
			style, _ = strconv.Atoi(attr(e, "s"))
			if at := columnOf(attr(e, "r")); at >= 0 {
				column = at
			} else {
				column = len(row)
			}
			text.Reset()
			if cells++; cells > maxCells || column >= maxColumns {
				failed = fmt.Errorf("%w: it has more than %d cells or %d columns", kith.ErrTooLarge, maxCells, maxColumns)
			}
		case "v", "t":
			in = true
		}
	}, func(name string) {
		switch name {
		case "v", "t":
			in = false
		case "c":
			if failed == nil {
				for len(row) <= column {
					row = append(row, "")
				}
				row[column] = b.cell(kind, style, text.String())
			}
		case "row":
			if len(rows) > 0 || strings.TrimSpace(strings.Join(row, "")) != "" {
				rows, numbers = append(rows, row), append(numbers, number)
			}
		}
	}, func(s string) {
		if in && failed == nil {
			text.WriteString(s)
		}
	})
	if failed == nil {
		failed = ctx.Err()
	}
	if failed != nil {
		return nil, failed
	}
	for len(rows) > 0 && strings.TrimSpace(strings.Join(rows[len(rows)-1], "")) == "" {
		rows = rows[:len(rows)-1]
	}
	fill(rows, numbers[:len(rows)], ranges)
	return belowTitle(rows), err
}

// cell is a cell's value as text.
func (b *workbook) cell(kind string, style int, text string) string {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(text); err == nil && i >= 0 && i < len(b.shared) {
			return b.shared[i]
		}
		return ""
	case "b":
		if text == "1" {
			return "true"
		}
		return "false"
	case "e":
		return ""
	case "", "n":
		if style >= 0 && style < len(b.dates) && b.dates[style] {
			if days, err := strconv.ParseFloat(text, 64); err == nil && days > 0 && days < 3_000_000 {
				return b.epoch.AddDate(0, 0, int(days)).Format(time.DateOnly)
			}
		}
		if n, err := strconv.ParseFloat(text, 64); err == nil && strings.ContainsAny(text, "eE.") {
			return strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
	return text
}

// columnOf is the column of a cell's name, "C7" being 2; -1 for no name.
func columnOf(name string) int {
	n := 0
	for i := 0; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && i < 4; i++ {
		n = n*26 + int(name[i]-'A') + 1
	}
	return n - 1
}
