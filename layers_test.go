package kith_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rows is the layer table of ARCHITECTURE.md: a package imports only packages
// of a lower row, or packages below its own folder. This test is the diagram.
var rows = map[string]int{
	"kith":     0,
	"data":     0,
	"source":   1,
	"text":     1,
	"ontology": 1,
	"query":    1,
	"graph":    1,
	"store":    1,
	"extract":  2,
	"resolve":  2,
	"answer":   2,
	"pipeline": 3,
	"exchange": 3,
	"serve":    4,
	"cmd":      5,
	"internal": 0,
}

func TestEachPackageImportsOnlyWhatStandsBelowIt(t *testing.T) {
	for file, imports := range goFiles(t) {
		from := top(file)
		row, ok := rows[from]
		if !ok {
			t.Errorf("%s: package %q has no row in the layer table", file, from)
			continue
		}
		for _, imported := range imports {
			to := target(imported)
			if to == "" || to == from {
				continue
			}
			if below, ok := rows[to]; !ok || below >= row && to != "kith" && to != "data" {
				t.Errorf("%s (row %d) imports %s (row %d)", file, row, imported, below)
			}
		}
	}
}

func TestTheVocabularyImportsTheStandardLibraryOnly(t *testing.T) {
	for file, imports := range goFiles(t) {
		if top(file) != "kith" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, imported := range imports {
			if strings.Contains(strings.Split(imported, "/")[0], ".") || target(imported) != "" {
				t.Errorf("%s imports %s", file, imported)
			}
		}
	}
}

// top is the layer that a file belongs to: its first folder, or "kith".
func top(file string) string {
	if !strings.Contains(file, "/") {
		return "kith"
	}
	return strings.Split(file, "/")[0]
}

// target is the layer that an import path of this module names, or "".
func target(imported string) string {
	if imported == "kith" {
		return "kith"
	}
	rest, ok := strings.CutPrefix(imported, "kith/")
	if !ok {
		return ""
	}
	return strings.Split(rest, "/")[0]
}

// goFiles returns the imports of each Go file that ships. Tests of a package
// may look anywhere: they are not part of what stands above.
func goFiles(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "build"):
			return filepath.SkipDir
		case path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)] = nil
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			files[filepath.ToSlash(name)] = append(files[filepath.ToSlash(name)], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
