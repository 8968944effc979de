package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"kith"
	"kith/data"
)

// FECKind is the type of a column of an electronic filing.
type FECKind uint8

// The types of columns.
const (
	FECText FECKind = iota
	FECDate         // YYYYMMDD
	FECNumber
)

// FECColumn is one column of a record type in one version of the format.
type FECColumn struct {
	Name string
	Kind FECKind
}

// FECLayout is the columns of a record type in one version of the format.
type FECLayout struct {
	Columns []FECColumn
}

// FECRow is one typed record of a filing. Its slices are reused for the next
// record.
type FECRow struct {
	Line   int        // in the file, from 1
	Layout *FECLayout // nil for a record type that the version does not know
	Fields [][]byte   // without quotes and outer spaces, in the file's charset
	// Numbers holds, for number columns, the value in hundredths, and for date
	// columns, the day as the number YYYYMMDD; 0 where the field is empty.
	Numbers []int64
	Text    []byte // free text between [BEGINTEXT] and [ENDTEXT]; Fields is empty
	Err     error  // what is wrong with the record; Fields holds what could be read
}

// fecTable is one line of the table of columns.
type fecTable struct {
	form, version *regexp.Regexp
	layout        *FECLayout
}

// fecTables loads the table of columns once.
var fecTables = sync.OnceValues(func() ([]fecTable, error) {
	text, err := fs.ReadFile(data.FS, "mappings/fec/columns.tsv")
	if err != nil {
		return nil, fmt.Errorf("read the columns of filings: %w", err)
	}
	var out []fecTable
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, "\t")
		if len(parts) != 3 {
			return nil, fmt.Errorf("read the columns of filings: %q has no three parts", line)
		}
		form, err1 := regexp.Compile("(?i)" + parts[0])
		version, err2 := regexp.Compile(parts[1])
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("read the columns of filings: %w", err)
		}
		out = append(out, fecTable{form, version, parseLayout(parts[2])})
	}
	return out, nil
})

func parseLayout(text string) *FECLayout {
	l := &FECLayout{}
	for _, column := range strings.Split(text, ",") {
		name, kind, _ := strings.Cut(column, ":")
		c := FECColumn{Name: name}
		switch kind {
		case "d":
			c.Kind = FECDate
		case "n":
			c.Kind = FECNumber
		}
		l.Columns = append(l.Columns, c)
	}
	return l
}

// FECReader reads an electronic filing to the US Federal Election Commission
// (.fec), format versions 1 to 8.5 and those of paper filings, record by
// record. A record that is malformed comes with its error; reading goes on.
type FECReader struct {
	Version string // "8.3", "P3.4"
	Unknown bool   // the version is none that exists; the newest layouts are tried
	Header  map[string]string
	data    []byte
	at      int
	line    int
	comma   bool
	layouts map[string]*FECLayout
	row     FECRow
	tables  []fecTable
}

const fieldSeparator = 0x1c

var fecVersion = regexp.MustCompile(`^(?:P?[1-8]\.\d{1,2}|[1-8])$`)

// NewFECReader reads the header of a filing.
func NewFECReader(data []byte) (*FECReader, error) {
	tables, err := fecTables()
	if err != nil {
		return nil, err
	}
	r := &FECReader{data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), layouts: map[string]*FECLayout{}, Header: map[string]string{}, tables: tables}
	line := r.nextLine()
	switch {
	case bytes.HasPrefix(line, []byte("/*")):
		err = r.oldHeader()
	case len(line) > 4 && (bytes.HasPrefix(line, []byte("HDR")) || bytes.HasPrefix(line, []byte(`"HDR"`))):
		r.comma = bytes.IndexByte(line, fieldSeparator) < 0
		r.readHeader(line)
	default:
		return nil, fmt.Errorf("%w: it is no electronic filing (it does not begin with HDR or /* Header)", kith.ErrInvalid)
	}
	if err != nil {
		return nil, err
	}
	if !fecVersion.MatchString(r.Version) {
		r.Unknown = true
	}
	return r, nil
}

// readHeader reads the HDR record of versions 3 and later and of paper
// filings.
func (r *FECReader) readHeader(line []byte) {
	fields := r.split(line, nil)
	names := []string{"record_type", "ef_type", "fec_version", "soft_name", "soft_ver", "report_id", "report_number", "comment"}
	if len(fields) > 1 && len(fields[1]) > 0 && fields[1][0] == 'P' {
		names = []string{"record_type", "fec_version", "soft_name", "batch_number", "received_date", "report_id"}
	}
	for i, f := range fields {
		if i < len(names) && len(f) > 0 {
			r.Header[names[i]] = string(f)
		}
	}
	r.Version = r.Header["fec_version"]
}

// oldHeader reads the lines of a header of version 1 or 2.
func (r *FECReader) oldHeader() error {
	r.comma = true
	for n := 0; n < 200 && r.at < len(r.data); n++ {
		line := string(r.nextLine())
		if strings.HasPrefix(line, "/*") {
			r.Version = r.Header["FEC_Ver_#"]
			return nil
		}
		if key, value, ok := strings.Cut(line, "="); ok {
			r.Header[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return fmt.Errorf("%w: its header does not end", kith.ErrInvalid)
}

// nextLine is the next line without its end.
func (r *FECReader) nextLine() []byte {
	rest := r.data[r.at:]
	r.line++
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		r.at = len(r.data)
		return bytes.TrimSuffix(rest, []byte("\r"))
	}
	r.at += end + 1
	if end > 0 && rest[end-1] == '\r' {
		end--
	}
	return rest[:end]
}

// Next reads the next record, nil at the end. Lines without anything in them
// are passed over. The row is valid until the next call.
func (r *FECReader) Next() *FECRow {
	for r.at < len(r.data) {
		line := r.nextLine()
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		r.row = FECRow{Line: r.line, Fields: r.row.Fields[:0], Numbers: r.row.Numbers[:0]}
		if len(line) > 10 && bytes.EqualFold(bytes.TrimSpace(line), []byte("[BEGINTEXT]")) {
			r.freeText()
			return &r.row
		}
		r.row.Fields = r.split(line, r.row.Fields)
		r.typed()
		return &r.row
	}
	return nil
}

// freeText reads the lines up to [ENDTEXT].
func (r *FECReader) freeText() {
	start := r.at
	for r.at < len(r.data) {
		end := r.at
		if bytes.EqualFold(bytes.TrimSpace(r.nextLine()), []byte("[ENDTEXT]")) {
			r.row.Text = r.data[start:end]
			return
		}
	}
	r.row.Text = r.data[start:]
	r.row.Err = errors.New("its free text has no [ENDTEXT]")
}

// split cuts a line into fields, trimmed and without quotes.
func (r *FECReader) split(line []byte, fields [][]byte) [][]byte {
	if r.comma {
		return r.splitComma(line, fields)
	}
	for {
		end := bytes.IndexByte(line, fieldSeparator)
		if end < 0 {
			return append(fields, trimField(line))
		}
		fields = append(fields, trimField(line[:end]))
		line = line[end+1:]
	}
}

// trimField drops outer spaces and one pair of quotes.
func trimField(f []byte) []byte {
	for len(f) > 0 && f[0] == ' ' {
		f = f[1:]
	}
	for len(f) > 0 && f[len(f)-1] == ' ' {
		f = f[:len(f)-1]
	}
	if len(f) > 1 && f[0] == '"' && f[len(f)-1] == '"' {
		return trimField(f[1 : len(f)-1])
	}
	return f
}

// splitComma cuts a line of comma-separated fields. A field that is quoted
// ends at a quote before a comma or the line's end, so that stray quotes
// within fields do no harm.
func (r *FECReader) splitComma(line []byte, fields [][]byte) [][]byte {
	for at := 0; at <= len(line); {
		rest := line[at:]
		if len(rest) == 1 && rest[0] == '"' { // a lone mark at the end stands for nothing
			return fields
		}
		if len(rest) > 0 && rest[0] == '"' {
			if end := closingQuote(rest); end >= 0 {
				fields = append(fields, trimField(rest[1:end]))
				at += end + 2
				continue
			}
			if r.row.Err == nil {
				r.row.Err = errors.New("a quotation mark is not closed")
			}
			rest = rest[1:]
			at++
		}
		end := bytes.IndexByte(rest, ',')
		if end < 0 {
			return append(fields, trimField(rest))
		}
		fields = append(fields, trimField(rest[:end]))
		at += end + 1
	}
	return fields
}

// closingQuote finds the quote that ends a field which begins with one.
func closingQuote(rest []byte) int {
	for i := 1; i < len(rest); i++ {
		if rest[i] == '"' && (i+1 == len(rest) || rest[i+1] == ',') {
			return i
		}
	}
	return -1
}

// typed finds the record's layout and reads its numbers and dates.
func (r *FECReader) typed() {
	row := &r.row
	if len(row.Fields) == 0 || len(row.Fields[0]) == 0 {
		row.Err = errors.New("the record has no type")
		return
	}
	layout, known := r.layouts[string(row.Fields[0])]
	if !known {
		layout = r.findLayout(string(row.Fields[0]))
		r.layouts[string(row.Fields[0])] = layout
	}
	if layout == nil {
		row.Err = fmt.Errorf("record type %q does not exist in version %s", clip(string(row.Fields[0]), 30), clip(r.Version, 12))
		return
	}
	row.Layout = layout
	n := len(row.Fields)
	for n > len(layout.Columns) && len(row.Fields[n-1]) == 0 {
		n--
	}
	row.Fields = row.Fields[:n]
	if n > len(layout.Columns) {
		row.Err = fmt.Errorf("the record has %d fields, its type %d", n, len(layout.Columns))
		return
	}
	for i, f := range row.Fields {
		var value int64
		if kind := layout.Columns[i].Kind; kind != FECText && len(f) > 0 {
			ok := false
			if kind == FECNumber {
				value, ok = hundredths(f)
			} else {
				value, ok = dayNumber(f)
			}
			if !ok && row.Err == nil {
				row.Err = fmt.Errorf("%s is %q", layout.Columns[i].Name, clip(string(f), 30))
			}
		}
		row.Numbers = append(row.Numbers, value)
	}
}

func clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "?")
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// findLayout looks a record type up. Types end in a variable part: SA11AI.
func (r *FECReader) findLayout(kind string) *FECLayout {
	version := r.Version
	if r.Unknown {
		version = "8.5"
	}
	for _, t := range r.tables {
		if t.form.MatchString(kind) && t.version.MatchString(version) {
			return t.layout
		}
	}
	return nil
}

// hundredths reads a decimal number as hundredths: "-12.5" is -1250. Further
// digits are cut off.
func hundredths(f []byte) (int64, bool) {
	negative := f[0] == '-'
	if negative || f[0] == '+' || f[0] == '$' {
		f = f[1:]
	}
	var n int64
	decimals, any := -1, false
	for _, c := range f {
		switch {
		case c >= '0' && c <= '9':
			any = true
			if decimals >= 2 {
				continue
			}
			if decimals >= 0 {
				decimals++
			}
			if n > 1<<58 {
				return 0, false
			}
			n = n*10 + int64(c-'0')
		case c == '.' && decimals < 0:
			decimals = 0
		case c == ',':
		default:
			return 0, false
		}
	}
	for d := max(decimals, 0); d < 2; d++ {
		n *= 10
	}
	if negative {
		n = -n
	}
	return n, any
}

// dayNumber reads YYYYMMDD, or MM/DD/YYYY as some programs write it.
func dayNumber(f []byte) (int64, bool) {
	if len(f) == 10 && (f[2] == '/' || f[2] == '-') && f[2] == f[5] {
		f = []byte{f[6], f[7], f[8], f[9], f[0], f[1], f[3], f[4]}
	}
	if len(f) != 8 {
		return 0, false
	}
	var n int64
	for _, c := range f {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	month, day := n/100%100, n%100
	return n, n >= 1900_00_00 && n < 2100_00_00 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}
