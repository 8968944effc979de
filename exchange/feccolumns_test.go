package exchange

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/data"
)

// fecOfFecfile are the columns and types of filings as fecfile publishes them:
// by pattern of the record type and of the version.
func fecOfFecfile[T any](t *testing.T, file string) map[string]map[string]T {
	t.Helper()
	text, err := os.ReadFile(shared(t, "fec-filings", file))
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]map[string]T
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestColumnsOfFilingsAreThoseThatFecfilePublishes compares each record type in
// each version, by name and in order.
func TestColumnsOfFilingsAreThoseThatFecfilePublishes(t *testing.T) {
	want := map[string][]string{}
	for form, versions := range fecOfFecfile[[]string](t, "column-mappings.json") {
		for version, columns := range versions {
			want[form+" in "+version] = columns
		}
	}
	text, err := fs.ReadFile(data.FS, "mappings/fec/columns.tsv")
	if err != nil {
		t.Fatal(err)
	}
	kind := regexp.MustCompile(`:[dn]`)
	found := 0
	for line := range strings.Lines(string(text)) {
		parts := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		name := parts[0] + " in " + parts[1]
		columns := strings.Split(kind.ReplaceAllString(parts[2], ""), ",")
		if parts[2] == "" {
			columns = nil
		}
		if _, ok := want[name]; !ok || !slices.Equal(columns, want[name]) {
			t.Errorf("%s: got %v, want %v", name, columns, want[name])
		}
		found++
	}
	if found != len(want) {
		t.Errorf("%d layouts, want %d", found, len(want))
	}
	t.Logf("%d layouts are the same", found)
}

// TestTypesOfColumnsAreThoseThatFecfilePublishes compares the types of all
// columns of the record types that the filings have.
func TestTypesOfColumnsAreThoseThatFecfilePublishes(t *testing.T) {
	types := fecOfFecfile[map[string]struct{ Type string }](t, "column-types.json")
	kindOf := func(form, version, column string) FECKind {
		for pattern, versions := range types {
			if !regexp.MustCompile("(?i)" + pattern).MatchString(form) {
				continue
			}
			for pattern, columns := range versions {
				if !regexp.MustCompile("^(?:" + pattern + ")").MatchString(version) {
					continue
				}
				for pattern, is := range columns {
					if regexp.MustCompile("^(?:" + pattern + ")").MatchString(column) {
						return map[string]FECKind{"date": FECDate, "float": FECNumber}[is.Type]
					}
				}
			}
		}
		return FECText
	}
	files, err := filepath.Glob(filepath.Join(shared(t, "fec-filings"), "*", "*.fec"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		f, err := Open(file, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := NewFECReader(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		for row := r.Next(); row != nil; row = r.Next() {
			if row.Layout == nil || len(row.Fields) == 0 {
				continue
			}
			form := string(row.Fields[0])
			if name := form + " in " + r.Version; seen[name] || r.Unknown {
				continue
			} else {
				seen[name] = true
			}
			for _, c := range row.Layout.Columns {
				if want := kindOf(form, r.Version, c.Name); c.Kind != want {
					t.Errorf("%s of version %s: column %s has kind %d, want %d", form, r.Version, c.Name, c.Kind, want)
				}
			}
		}
	}
	t.Logf("%d record types of the filings' versions compared", len(seen))
}
