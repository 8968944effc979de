package serve

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"kith/serve/internal/bundle/build"
)

func TestBundlesAreThoseOfTheirSources(t *testing.T) {
	files, err := build.Files("assets/src")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile("assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("assets/%s is not what assets/src gives: run go generate ./serve", name)
		}
	}
}

func TestEveryTextIsThereAndUsed(t *testing.T) {
	raw, err := embedded.ReadFile("texts/en.json")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	source := sources(t)
	for _, m := range regexp.MustCompile(`(?:\bt "|\.text\("|s\.frame\(r, ")([a-z][a-zA-Z.]*)"`).FindAllStringSubmatch(source, -1) {
		if _, ok := texts[m[1]]; !ok && !strings.HasSuffix(m[1], ".") {
			t.Errorf("there is no text %q", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`\bn "([a-z]+)"|\.count\("([a-z]+)"`).FindAllStringSubmatch(source, -1) {
		for _, form := range []string{".one", ".many"} {
			if _, ok := texts[m[1]+m[2]+form]; !ok {
				t.Errorf("there is no text %q", m[1]+m[2]+form)
			}
		}
	}
	// Keys that are put together where they are used, by their beginnings.
	built := regexp.MustCompile(`^(verb|inverse|says|heard|third|qualifier|type|types|standing|review|state|section|station|form|field|action|js)\.|\.(one|many)$`)
	for key := range texts {
		if !built.MatchString(key) && !strings.Contains(source, `"`+key+`"`) {
			t.Errorf("nothing uses the text %q", key)
		}
	}
}

// sources is all templates and program text of the package in one string.
func sources(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, pattern := range []string{"templates/*.html", "*.go"} {
		names, err := fs.Glob(os.DirFS("."), pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(content)
		}
	}
	return b.String()
}

func TestScriptTextsAreThere(t *testing.T) {
	p := &pages{texts: map[string]string{}}
	raw, err := embedded.ReadFile("texts/en.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &p.texts); err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(os.DirFS("."), "assets/src/*.js")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\btext\(([^()]+)\)`).FindAllStringSubmatch(string(content), -1) {
			for _, key := range regexp.MustCompile(`"([a-z.]+)"`).FindAllStringSubmatch(m[1], -1) {
				used["js."+key[1]] = true
				if _, ok := p.texts["js."+key[1]]; !ok {
					t.Errorf("%s uses the text js.%s, which is not there", name, key[1])
				}
			}
		}
	}
	for key := range p.texts {
		if strings.HasPrefix(key, "js.") && !used[key] && key != "js.accept" && key != "js.reject" && key != "js.correct" {
			t.Errorf("no script uses the text %s", key)
		}
	}
}
