package exchange

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kith"
)

// TestEveryFormatHasLimitsAndIsFuzzed goes through the registry: each format
// that is read says what is refused, and stands among the seeds of a fuzz test.
func TestEveryFormatHasLimitsAndIsFuzzed(t *testing.T) {
	seeds := map[string]bool{}
	for _, file := range []string{"formats_test.go", "claims_test.go", "../source/formats_test.go", "../source/source_test.go", "../source/pdf_fuzz_test.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, fuzz := range strings.Split(string(text), "\nfunc Fuzz")[1:] {
			for _, m := range regexp.MustCompile(`"[\w.]*(\.\w+)"`).FindAllStringSubmatch(fuzz, -1) {
				seeds[m[1]] = true
			}
		}
	}
	// Read by other names than their own: archives and claims have fuzz tests
	// of their own, PDF pages come from a child process.
	elsewhere := map[string]string{"kith": "FuzzOpenReadsAnyFile", "claims": "FuzzReadClaims", "pdf": "FuzzPageLayout", "text": "FuzzRead", "html": "FuzzRead", "wikidata": "FuzzImporters", "popolo": "FuzzImporters"}
	for _, f := range Formats() {
		if !f.In {
			continue
		}
		if f.Limits == "" {
			t.Errorf("%s says no limits", f.Name)
		}
		fuzzed := elsewhere[f.Name] != ""
		for _, e := range f.Extensions {
			fuzzed = fuzzed || seeds[e]
		}
		if !fuzzed {
			t.Errorf("%s (%v) is among the seeds of no fuzz test", f.Name, f.Extensions)
		}
	}
}

// TestImportersRefuseWhatIsTooLargeOrNestedTooDeep gives each importer what
// would grow without bounds.
func TestImportersRefuseWhatIsTooLargeOrNestedTooDeep(t *testing.T) {
	deep := strings.Repeat(`{"persons":[`, 5000)
	for name, text := range map[string]string{"a.json": deep, "a.ijson": deep, "Q1.json": `{"entities":` + strings.Repeat(`{"Q1":`, 5000),
		"a.yaml": "a: " + strings.Repeat("[", 5000), "b.yaml": "a: &a [x]\nb: [" + strings.Repeat("*a,", 1000) + "]\n",
		"a.csv": "a,b\n" + strings.Repeat("x,", 100_000) + "\n", "a.kith-archive": archiveMagic + "no zstd"} {
		f := &File{Name: name, Data: []byte(text)}
		i, err := FindImporter("", f)
		if err != nil {
			continue // it is refused at once
		}
		report, err := Count(context.Background(), i, f, Options{}, func(r *kith.Reading) { checkReading(t, r) })
		if err == nil && len(report.Refused) == 0 {
			t.Errorf("%s is taken by %s: %+v", name, i.Name, report)
		}
	}
	dir := t.TempDir()
	big := filepath.Join(dir, "big.csv")
	if err := os.WriteFile(big, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, MaxBytes+1); err != nil {
		t.Skip("no sparse files here")
	}
	if _, err := Open(big, nil); err == nil {
		t.Error("a file beyond the limit is read")
	}
}
