package exchange

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"kith"
	"kith/data"
	"kith/resolve"
	"kith/store"
)

// newStore opens an empty store and the resolver's matcher.
func newStore(t testing.TB) (*store.Store, Match) {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "store.kith"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	model, err := resolve.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return s, (&resolve.Resolver{Model: model}).Match
}

// importInto imports a file and fails where its counts do not add up.
func importInto(t testing.TB, s kith.Store, match Match, f *File, o Options) *Report {
	t.Helper()
	i, err := FindImporter("", f)
	if err != nil {
		t.Fatal(err)
	}
	report, err := Run(context.Background(), s, match, i, f, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !report.Balanced() {
		t.Fatalf("the counts do not add up: %+v", report)
	}
	return report
}

// TestHistoricalLegislatorsAreImportedResolved imports all 12,230 where
// KITH_ROWS=all, else the first thousand, and prints the speed.
func TestHistoricalLegislatorsAreImportedResolved(t *testing.T) {
	text, err := os.ReadFile(shared(t, "congress-legislators", "legislators-historical.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 1000
	switch n, err := strconv.Atoi(os.Getenv("KITH_ROWS")); {
	case os.Getenv("KITH_ROWS") == "all":
		rows = 12230
	case err == nil:
		rows = n
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	text = bytes.Join(lines[:rows+1], nil)
	s, match := newStore(t)
	start := time.Now()
	report := importInto(t, s, match, &File{Name: "legislators-historical.csv", Data: text}, Options{})
	took := time.Since(start)
	if report.Rows != rows || report.Made != rows {
		t.Errorf("got %+v", report)
	}
	t.Logf("%d rows, %d claims in %s: %.0f rows/s", report.Rows, report.Claims, took.Round(time.Millisecond), float64(rows)/took.Seconds())
}
