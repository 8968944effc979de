package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the program prints into the README")

// shown is a block of the README that shows a command and what it prints.
var shown = regexp.MustCompile("(?m)^```\n\\$ kith ([^\n]*)\n((?s:.*?))^```\n")

// TestReadmeShowsWhatTheProgramPrints runs each "$ kith …" of the README on the
// store of the demo.
func TestReadmeShowsWhatTheProgramPrints(t *testing.T) {
	db := filepath.Join(t.TempDir(), "demo.kith")
	if _, errs, code := call(t, "demo", "--keep", db); code != exitOK {
		t.Fatalf("kith demo: exit code %d\n%s", code, errs)
	}
	const path = "../../README.md"
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	blocks := shown.FindAllStringSubmatchIndex(string(readme), -1)
	if len(blocks) == 0 {
		t.Fatal("the README shows no command with its output")
	}
	var written bytes.Buffer
	last := 0
	for _, b := range blocks {
		line, want := string(readme[b[2]:b[3]]), string(readme[b[4]:b[5]])
		got, errs, code := call(t, append([]string{"--db", db}, words(line)...)...)
		if code != exitOK {
			t.Fatalf("kith %s: exit code %d\n%s", line, code, errs)
		}
		if got != want && !*update {
			t.Errorf("kith %s prints\n%s\nbut the README shows\n%s\n(go test ./cmd/kith -run Readme -update writes it)", line, got, want)
		}
		written.Write(readme[last:b[4]])
		written.WriteString(got)
		last = b[5]
	}
	written.Write(readme[last:])
	if *update {
		if err := os.WriteFile(path, written.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// call runs the program in this process.
func call(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(""), &o, &e)
	return o.String(), e.String(), code
}

// words splits a command line at spaces outside double quotes.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
			continue
		}
		out = append(out, strings.Fields(part)...)
	}
	return out
}
