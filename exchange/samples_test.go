package exchange

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"kith"
)

// sampleFiles lists the files of data in the public corpora that people
// import: all of the folders that issue them, but for readmes, schemata and
// files of pointers.
func sampleFiles(t *testing.T) []string {
	var files []string
	for _, dir := range []string{"congress-legislators", "openstates-people", "popolo-samples", "followthemoney/fixtures", "wikidata-samples", "fivethirtyeight-politics", "fec-filings"} {
		err := filepath.WalkDir(shared(t, dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			switch filepath.Ext(name) {
			case ".md", ".tsv", "":
				return nil
			}
			if strings.Contains(name, "column-") || strings.Contains(filepath.ToSlash(name), "fixtures/kek.yml") || strings.Contains(filepath.ToSlash(name), "fixtures/donations.yml") {
				return nil // descriptions of other files
			}
			files = append(files, name)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestEverySampleFileIsImportedWithoutLoss(t *testing.T) {
	rows, claims, refused, files := 0, 0, 0, 0
	without := map[string]int{}
	for _, file := range sampleFiles(t) {
		f, err := Open(file, nil)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		i, err := FindImporter("", f)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		report, err := Count(context.Background(), i, f, Options{}, func(r *kith.Reading) { checkReading(t, r) })
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if !report.Balanced() {
			t.Errorf("%s: the counts do not add up: %+v", file, report)
		}
		files++
		rows += report.Rows
		claims += report.Claims
		refused += len(report.Refused)
		for why, n := range report.Nothing {
			without[why] += n
		}
		if report.Rows > 100 {
			t.Log(report)
		}
		for n, r := range report.Refused {
			if n < 3 {
				t.Logf("    %s row %d: %s", file, r.Row, r.Reason)
			}
		}
	}
	t.Logf("%d files, %d rows, %d claims, %d refused, without claims %v", files, rows, claims, refused, without)
}

// checkReading fails where a claim's quote is not its slice, an id does not
// recompute or an end is no entity of the reading.
func checkReading(t *testing.T, r *kith.Reading) {
	t.Helper()
	ids := map[kith.EntityID]bool{}
	for _, e := range r.Entities {
		ids[e.ID] = true
	}
	for _, c := range r.Claims {
		if err := c.Check(r.Document.Text); err != nil {
			t.Fatal(err)
		}
		if c.ID != c.ComputeID() || !ids[c.Subject.ID] || c.Object != nil && !ids[c.Object.ID] {
			t.Fatalf("claim %+v of %s is not whole", c, r.Document.Path)
		}
	}
}
