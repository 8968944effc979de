package exchange

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith/data"
	"kith/pipeline"
	"kith/source"
)

func TestMain(m *testing.M) {
	source.ServeChild() // pure Go reads PDF in a child of this program
	os.Exit(m.Run())
}

// TestFilesOfOtherProgramsGiveTheClaimsOfTheirText reads files that
// LibreOffice, pandoc and Chromium made of testdata/onetext/report.txt: with
// running heads and page numbers, a table, a footnote, columns, hyphens and
// ligatures.
func TestFilesOfOtherProgramsGiveTheClaimsOfTheirText(t *testing.T) {
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		t.Skipf("the models are not here: %v", err)
	}
	dir := filepath.Join("testdata", "onetext")
	want := claimsOf(t, reader, filepath.Join(dir, "report.txt"))
	if len(want) < 10 {
		t.Fatalf("the text gives %d claims", len(want))
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.*"))
	if err != nil || len(files) < 12 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	compare := func(t *testing.T, file string) {
		if got := claimsOf(t, reader, file); !slices.Equal(got, want) {
			t.Errorf("%s gives other claims (- text, + file):\n%s", file, lineDiff(want, got))
		}
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if _, err := exec.LookPath("pdftotext"); err != nil && filepath.Ext(file) == ".pdf" {
				t.Skip("pdftotext is not installed")
			}
			compare(t, file)
		})
		if filepath.Ext(file) == ".pdf" {
			t.Run("pure Go, "+filepath.Base(file), func(t *testing.T) {
				t.Setenv("PATH", t.TempDir())
				compare(t, file)
			})
		}
	}
}

// lineDiff lists the lines that only one of two sorted lists has.
func lineDiff(a, b []string) string {
	var out []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "+ "+l)
		}
	}
	return strings.Join(out, "\n")
}
