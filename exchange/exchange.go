// Package exchange takes structured data in and gives what kith holds out, one
// file for each format.
//
// In: each row or record becomes a document whose text is the row, and the
// claims that a mapping finds in it quote that text. Mappings are files under
// data/mappings, which users can copy and change. Counts always add up: every
// row read made claims, was seen before, held no relationship or was refused,
// and the report says which and why.
//
// Out: each exporter writes what it can hold and lists what it cannot.
package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"kith"
	"kith/source"
)

// MaxBytes is the most that one imported file may have.
const MaxBytes = 2 << 30

// File is one file to import.
type File struct {
	Name string
	Data []byte
}

// Row is what one row or record of a file gave. Exactly one of Reading,
// Nothing and Refused is set.
type Row struct {
	Number  int // from 1
	Reading *kith.Reading
	Nothing string // why a sound row made no claim
	Refused string // what is wrong with the row
}

// Importer reads one structured format into rows.
type Importer struct {
	source.Format
	// Sniff reports whether the file looks like this format.
	Sniff func(f *File) bool
	// Rows reads the file. A non-nil error says that the file as a whole
	// cannot be read (any more); rows before it count.
	Rows func(ctx context.Context, f *File, o Options) iter.Seq2[Row, error]
}

// Options say how to import.
type Options struct {
	Mapping *Mapping // for csv, xlsx, json and yaml; nil finds one that fits
	Outlet  string   // the source's name, where the mapping's is not wanted
	DataDir string   // folder laid over the built-in mappings, or ""
}

// Refusal is a row that was refused, with its reason.
type Refusal struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

// Report counts what an import did. Rows = Made + Repeated + the sum of
// Nothing + the number of refusals.
type Report struct {
	File     string         `json:"file"`
	Format   string         `json:"format"`
	Mapping  string         `json:"mapping,omitempty"`
	Rows     int            `json:"rows"`
	Made     int            `json:"made"`     // rows that made claims
	Repeated int            `json:"repeated"` // rows with the very text of an earlier row of the file
	Nothing  map[string]int `json:"nothing,omitempty"`
	Claims   int            `json:"claims"`    // claims made
	New      int            `json:"new"`       // documents that the store did not have
	NewClaim int            `json:"new_claim"` // claims that the store did not have
	Entities int            `json:"entities"`  // named in the rows, each row's counted
	Refused  []Refusal      `json:"refused,omitempty"`
	Err      error          `json:"-"`
}

// Balanced reports whether the counts add up.
func (r *Report) Balanced() bool {
	n := r.Made + r.Repeated + len(r.Refused)
	for _, k := range r.Nothing {
		n += k
	}
	return n == r.Rows
}

// String is the report as one line and its reasons.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %d rows, %d claims from %d rows", r.File, r.Format, r.Rows, r.Claims, r.Made)
	if r.Repeated > 0 {
		fmt.Fprintf(&b, ", %d repeated", r.Repeated)
	}
	for _, why := range slices.Sorted(maps.Keys(r.Nothing)) {
		fmt.Fprintf(&b, ", %d without: %s", r.Nothing[why], why)
	}
	if len(r.Refused) > 0 {
		fmt.Fprintf(&b, ", %d refused", len(r.Refused))
	}
	return b.String()
}

// Importers lists the structured formats that kith reads, those that are
// recognised most surely first.
func Importers() []Importer {
	return []Importer{kithImporter(), fecImporter(), ftmImporter(), popoloImporter(), wikidataImporter(),
		jsonImporter(), yamlImporter(), xlsxImporter(), csvImporter()}
}

// ErrNoData says that a file is in no structured format. It is a kith.ErrInvalid.
var ErrNoData = fmt.Errorf("%w: it is no structured format that kith knows; see: kith formats", kith.ErrInvalid)

// FindImporter returns the importer of that name, or, for "", the one that
// recognises the file.
func FindImporter(name string, f *File) (Importer, error) {
	for _, i := range Importers() {
		if name != "" && name == i.Name || name == "" && i.Sniff(f) {
			return i, nil
		}
	}
	if name == "" {
		return Importer{}, fmt.Errorf("import %s: %w", f.Name, ErrNoData)
	}
	return Importer{}, fmt.Errorf("import %s: there is no import format %q; see: kith formats", f.Name, name)
}

// Open reads a file to import, whole.
func Open(path string, stdin io.Reader) (*File, error) {
	r, name := stdin, "standard input"
	if path != source.Stdin {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && !info.Mode().IsRegular() {
			return nil, fmt.Errorf("import %s: %w: it is not a regular file", path, kith.ErrInvalid)
		} else if err == nil && info.Size() > MaxBytes {
			return nil, fmt.Errorf("import %s: %w: it has more than %d GB", path, kith.ErrTooLarge, MaxBytes>>30)
		}
		r, name = f, path
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("import %s: %w", name, err)
	case len(data) > MaxBytes:
		return nil, fmt.Errorf("import %s: %w: it has more than %d GB", name, kith.ErrTooLarge, MaxBytes>>30)
	case len(strings.TrimSpace(string(data[:min(len(data), 1024)]))) == 0 && len(data) < 1024:
		return nil, fmt.Errorf("import %s: %w: it is empty", name, kith.ErrInvalid)
	}
	return &File{Name: name, Data: data}, nil
}

// A transaction of the store takes as many readings as this, or as come to so
// many bytes of text. A store that waits takes what there is, if it is enough
// to be worth a transaction.
const (
	batch      = 6000
	batchBytes = 8 << 20
	leastBatch = 1000
)

// Match matches the entities of a document that is being stored with those of
// others; resolve.Match is one.
type Match func(kith.Matching) (kith.Matched, error)

// Run imports a file into a store. Rows are read while those before them are
// stored. progress, where it is not nil, is called now and then, by one
// goroutine at a time, with the number of rows read.
func Run(ctx context.Context, store kith.Store, match Match, i Importer, f *File, o Options, progress func(int)) (*Report, error) {
	report := &Report{File: f.Name, Format: i.Name, Nothing: map[string]int{}}
	if o.Mapping != nil {
		report.Mapping = o.Mapping.Name
	}
	batches := make(chan []*kith.Reading)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(batches)
		return report.read(ctx, i.Rows(ctx, f, o), batches, progress)
	})
	stored := &Report{File: f.Name}
	g.Go(func() error {
		for readings := range batches {
			if err := put(ctx, store, match, readings, stored); err != nil {
				return err
			}
		}
		return nil
	})
	err := g.Wait()
	report.New, report.NewClaim = stored.New, stored.NewClaim
	if err != nil {
		return report, err
	}
	return report, report.Err
}

// read counts rows and hands on their readings, in batches. A file that cannot
// be read any more is the report's error: the rows before it are stored.
func (r *Report) read(ctx context.Context, rows iter.Seq2[Row, error], batches chan<- []*kith.Reading, progress func(int)) error {
	seen := map[kith.DocumentID]bool{}
	var pending []*kith.Reading
	size := 0
	for row, err := range rows {
		if err != nil {
			r.Err = err
			break
		}
		if reading := r.count(row, seen); reading != nil {
			pending = append(pending, reading)
			size += len(reading.Document.Text)
		}
		switch {
		case len(pending) == batch || size >= batchBytes:
			if !hand(ctx, batches, pending) {
				return ctx.Err()
			}
			pending, size = nil, 0
		case len(pending) >= leastBatch && len(pending)%leastBatch == 0 && waits(batches, pending):
			pending, size = nil, 0
		}
		if progress != nil && r.Rows%500 == 0 {
			progress(r.Rows)
		}
	}
	if !hand(ctx, batches, pending) {
		return ctx.Err()
	}
	return nil
}

func hand(ctx context.Context, to chan<- []*kith.Reading, readings []*kith.Reading) bool {
	select {
	case to <- readings:
		return true
	case <-ctx.Done():
		return false
	}
}

// waits hands readings on to a store that waits for them, if it does.
func waits(to chan<- []*kith.Reading, readings []*kith.Reading) bool {
	select {
	case to <- readings:
		return true
	default:
		return false
	}
}

// Count reads a file without storing it.
func Count(ctx context.Context, i Importer, f *File, o Options, each func(*kith.Reading)) (*Report, error) {
	report := &Report{File: f.Name, Format: i.Name, Nothing: map[string]int{}}
	seen := map[kith.DocumentID]bool{}
	for row, err := range i.Rows(ctx, f, o) {
		if err != nil {
			report.Err = err
			break
		}
		if r := report.count(row, seen); r != nil && each != nil {
			each(r)
		}
	}
	return report, report.Err
}

// count takes a row into the report and returns the reading to store, if any.
func (r *Report) count(row Row, seen map[kith.DocumentID]bool) *kith.Reading {
	r.Rows++
	if row.Refused != "" {
		r.Refused = append(r.Refused, Refusal{row.Number, row.Refused})
	}
	switch {
	case row.Reading == nil && row.Refused == "":
		r.Nothing[row.Nothing]++
		return nil
	case row.Reading == nil:
		return nil
	case seen[row.Reading.Document.ID]:
		if row.Refused == "" {
			r.Repeated++
		}
		return nil
	}
	seen[row.Reading.Document.ID] = true
	if row.Refused == "" {
		r.Made++
	}
	r.Claims += len(row.Reading.Claims)
	r.Entities += len(row.Reading.Entities)
	return row.Reading
}

// put stores readings, in one transaction where the store can.
func put(ctx context.Context, store kith.Store, match Match, readings []*kith.Reading, report *Report) error {
	if len(readings) == 0 {
		return nil
	}
	if bulk, ok := store.(kith.Bulk); ok {
		added, err := bulk.PutAll(ctx, readings, match)
		if err != nil {
			return fmt.Errorf("store the rows of %s: %w", report.File, err)
		}
		for _, a := range added {
			report.add(a)
		}
		return nil
	}
	for _, r := range readings {
		added, err := store.Put(ctx, r)
		if err == nil && match != nil {
			err = store.Resolve(ctx, r.Document.ID, match)
		}
		if err != nil {
			return fmt.Errorf("store a row of %s: %w", report.File, err)
		}
		report.add(added)
	}
	return nil
}

func (r *Report) add(a kith.Added) {
	if a.New {
		r.New++
	}
	r.NewClaim += a.Claims
}

// errStop ends a walk early.
var errStop = errors.New("stop")
