package exchange

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// shared is the folder of the public corpora, "" where it is absent.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the public corpora are not here (%s)", path)
	}
	return path
}

func TestAllFilingsAreReadWithoutLoss(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "fec-filings"), "*", "*.fec"))
	if err != nil || len(files) != 41 {
		t.Fatalf("got %d filings and %v, want 41", len(files), err)
	}
	total, claims := 0, 0
	for _, file := range files {
		f, err := Open(file, nil)
		if err != nil {
			t.Fatal(err)
		}
		report, err := Count(context.Background(), fecImporter(), f, Options{}, nil)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if !report.Balanced() {
			t.Errorf("%s: the counts do not add up: %+v", file, report)
		}
		if want := countRecords(f.Data); report.Rows != want {
			t.Errorf("%s: %d rows read, the file has %d records", file, report.Rows, want)
		}
		total += report.Rows
		claims += report.Claims
		t.Log(report)
		for i, r := range report.Refused {
			if i < 5 {
				t.Logf("    line %d: %s", r.Row, r.Reason)
			}
		}
	}
	t.Logf("%d rows, %d claims", total, claims)
}

// countRecords counts a filing's records independently of its reader: lines
// that are not blank and not of the header, a free text as one.
func countRecords(data []byte) int {
	n, inText, inHeader := 0, false, false
	for i, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSpace(line)
		switch {
		case i == 0 && bytes.HasPrefix(line, []byte("/*")):
			inHeader = true
		case inHeader:
			inHeader = !bytes.HasPrefix(line, []byte("/*"))
		case i == 0 || len(line) == 0 && !inText:
		case bytes.EqualFold(line, []byte("[BEGINTEXT]")):
			inText = true
			n++
		case bytes.EqualFold(line, []byte("[ENDTEXT]")):
			inText = false
		case !inText:
			n++
		}
	}
	return n
}

// TestFilingsAreReadFast holds the typed reading against a bare split of the
// same bytes in the same run.
func TestFilingsAreReadFast(t *testing.T) {
	if testing.Short() {
		t.Skip("measures speed")
	}
	data, err := os.ReadFile(shared(t, "fec-filings", "fastfec", "1544132.fec"))
	if err != nil {
		t.Fatal(err)
	}
	head := bytes.IndexByte(data, '\n') + 1
	big := append([]byte(nil), data...)
	for len(big) < 40<<20 {
		big = append(big, data[head:]...)
	}
	start := time.Now()
	r, err := NewFECReader(big)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for r.Next() != nil {
		rows++
	}
	typed := time.Since(start)
	start = time.Now()
	fields := 0
	for _, line := range bytes.Split(big, []byte("\n")) {
		fields += len(bytes.Split(line, []byte{fieldSeparator}))
	}
	bare := time.Since(start)
	if ratio := bare.Seconds() / typed.Seconds(); ratio < 0.35 {
		t.Errorf("typed reading takes %.1f times as long as a bare split", 1/ratio)
	}
	mb := float64(len(big)) / (1 << 20)
	t.Logf("%d rows of %.0f MB: typed %.0f MB/s, bare split %.0f MB/s (%d fields), ratio %.2f", rows, mb, mb/typed.Seconds(), mb/bare.Seconds(), fields, bare.Seconds()/typed.Seconds())
}
