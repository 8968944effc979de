package source

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"

	"kith"
)

// maxPart is how much one part of an office file may unpack to.
const maxPart = 256 << 20

// openZip opens a zip archive held in memory.
func openZip(data []byte) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, invalid("its archive is damaged: %v", err)
	}
	return z, nil
}

// part unpacks the member of that name; nil where there is none.
func part(ctx context.Context, in input, z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if f.Name == name {
			return unpack(ctx, in, f)
		}
	}
	return nil, nil
}

// unpack reads a member within the budget of its archive.
func unpack(ctx context.Context, in input, f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, invalid("%s is encrypted", quoteName(f.Name))
	}
	if f.UncompressedSize64 > maxPart { // it says so itself
		in.budget.members--
		return nil, tooLarge("%s unpacks to more than %d MB; the archive looks like a bomb", quoteName(f.Name), maxPart>>20)
	}
	r, err := f.Open()
	if err != nil {
		return nil, invalid("cannot unpack %s: %v", quoteName(f.Name), err)
	}
	defer r.Close()
	return in.budget.take(ctx, r, f.Name, int64(f.CompressedSize64))
}

// take reads a member, which may not exceed what is left of the budget nor
// grow more than 250-fold beyond its first 16 MB: tables and logs reach a
// hundred.
func (b *budget) take(ctx context.Context, r io.Reader, name string, packed int64) ([]byte, error) {
	if b.members--; b.members < 0 {
		return nil, tooLarge("the archive has more than %d members", maxMembers)
	}
	limit := min(b.left, maxPart)
	if bound := packed*250 + 16<<20; packed > 0 && bound < limit {
		limit = bound
	}
	data, err := readAll(ctx, r, limit)
	switch {
	case err != nil && isKind(err, kith.ErrTooLarge) && limit == b.left:
		b.left = 0
		return nil, tooLarge("the archive unpacks to more than %d MB: %s is left out", maxUnpacked>>20, quoteName(name))
	case err != nil && isKind(err, kith.ErrTooLarge):
		b.left -= limit // so much has been unpacked
		return nil, tooLarge("%s unpacks to more than %d MB; the archive looks like a bomb", quoteName(name), limit>>20)
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, invalid("cannot unpack %s: %v", quoteName(name), err)
	}
	b.left -= int64(len(data))
	return data, nil
}

// xmlEvents walks XML without building a tree. Unknown charsets and broken
// ends stop it with an error; what was seen before stays seen.
func xmlEvents(ctx context.Context, data []byte, start func(xml.StartElement), end func(string), chars func(string)) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	d.Strict = false
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return invalid("its XML is damaged: %v", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			start(t)
		case xml.EndElement:
			end(t.Name.Local)
		case xml.CharData:
			chars(string(t))
		}
	}
}

func xmlAttr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// readDOCX reads a Word document: body, tables and footnotes; text that was
// deleted under change tracking is left out.
func readDOCX(ctx context.Context, in input) ([]Item, error) {
	z, err := openZip(in.data)
	if err != nil {
		return nil, err
	}
	body, err := part(ctx, in, z, "word/document.xml")
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, invalid("it has no word/document.xml")
	}
	w := &wordReader{}
	if err := w.read(ctx, body); err != nil {
		return nil, err
	}
	for _, name := range []string{"word/footnotes.xml", "word/endnotes.xml"} {
		if notes, err := part(ctx, in, z, name); err == nil && notes != nil {
			if err := w.read(ctx, notes); err != nil {
				return nil, err
			}
		}
	}
	d, err := build(w.paras)
	if err != nil {
		return nil, err
	}
	if core, err := part(ctx, in, z, "docProps/core.xml"); err == nil && core != nil {
		dublinCore(ctx, d, core)
	}
	return []Item{{Document: d}}, nil
}

type wordReader struct {
	paras []para
	b     strings.Builder
	kind  kith.BlockKind
	rows  int // depth of table rows
	off   int // depth of elements to leave out
	inT   bool
}

var headingStyle = regexp.MustCompile(`(?i)^(?:heading|title|subtitle|berschrift|titel|titre)`)

var wordSkipped = map[string]bool{"del": true, "Fallback": true, "instrText": true, "moveFrom": true}

func (w *wordReader) read(ctx context.Context, data []byte) error {
	w.off, w.rows, w.inT = 0, 0, false
	return xmlEvents(ctx, data, w.start, w.end, func(s string) {
		if w.inT && w.off == 0 {
			w.b.WriteString(s)
		}
	})
}

func (w *wordReader) start(e xml.StartElement) {
	name := e.Name.Local
	if w.off > 0 || wordSkipped[name] {
		w.off++
		return
	}
	switch name {
	case "t":
		w.inT = true
	case "tab":
		w.b.WriteByte(' ')
	case "br", "cr":
		w.b.WriteByte('\n')
	case "noBreakHyphen":
		w.b.WriteByte('-')
	case "pStyle":
		if headingStyle.MatchString(xmlAttr(e, "val")) {
			w.kind = kith.Heading
		}
	case "numPr":
		w.kind = kith.ListItem
	case "tr":
		if w.rows++; w.rows == 1 {
			w.flush("")
		}
	case "tc":
		if strings.TrimSpace(w.b.String()) != "" {
			w.b.WriteByte('\t')
		}
	}
}

func (w *wordReader) end(name string) {
	if w.off > 0 {
		w.off--
		return
	}
	switch name {
	case "t":
		w.inT = false
	case "p":
		if w.rows == 0 {
			w.flush(w.kind)
		} else {
			w.b.WriteByte(' ')
		}
		w.kind = ""
	case "tr":
		if w.rows--; w.rows <= 0 {
			w.rows = 0
			w.flush(kith.Table)
		}
	}
}

func (w *wordReader) flush(kind kith.BlockKind) {
	w.paras = append(w.paras, para{w.b.String(), kind})
	w.b.Reset()
}

// dublinCore sets title, author, date and publisher from Dublin Core elements,
// where the text itself tells none.
func dublinCore(ctx context.Context, d *kith.Document, data []byte) {
	field, text := "", ""
	var creators []string
	_ = xmlEvents(ctx, data, func(e xml.StartElement) { field, text = e.Name.Local, "" }, func(name string) {
		value := squash(cleanText(text))
		if name != field || value == "" {
			return
		}
		switch name {
		case "title":
			d.Title = cmp.Or(d.Title, value)
		case "creator", "initial-creator":
			creators = append(creators, value)
		case "publisher":
			d.Outlet = cmp.Or(d.Outlet, value)
		case "created", "creation-date", "date":
			if d.Date == "" {
				d.Date, _ = FindDate(value)
				if d.Date == "" && len(value) == 4 {
					d.Date, _ = kith.ParseDate(value)
				}
			}
		}
		field = ""
	}, func(s string) {
		if field != "" {
			text += s
		}
	})
	if len(d.Authors) == 0 {
		d.Authors = creators
	}
}

// zipKind tells what a zip archive is by its members.
func zipKind(data []byte) string {
	z, err := openZip(data)
	if err != nil {
		return "zip"
	}
	for _, f := range z.File {
		switch {
		case f.Name == "word/document.xml":
			return "docx"
		case f.Name == "xl/workbook.xml":
			return "xlsx"
		case f.Name == "ppt/presentation.xml":
			return "pptx"
		case f.Name == "META-INF/container.xml":
			return "epub"
		case f.Name == "mimetype" && f.UncompressedSize64 < 100:
			if r, err := f.Open(); err == nil {
				kind, _ := io.ReadAll(io.LimitReader(r, 100))
				r.Close()
				switch {
				case bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.text")):
					return "odt"
				case bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.spreadsheet")):
					return "ods"
				case bytes.HasPrefix(kind, []byte("application/epub+zip")):
					return "epub"
				}
			}
		}
	}
	return "zip"
}

func join(base, name string) string { return path.Join(path.Dir(base), name) }
