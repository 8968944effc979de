package extract_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/data"
	"kith/pipeline"
)

// wording is a text with the claims that must, must not, and cannot yet be
// read from it.
type wording struct {
	text               string
	want, never, later []string
}

// wordings reads a file of texts with their claims; its head describes the
// form.
func wordings(t *testing.T, path string) []wording {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []wording
	var w wording
	end := func() {
		if w.text != "" {
			all = append(all, w)
		}
		w = wording{}
	}
	scanner := bufio.NewScanner(f)
	for scanner.Scan() {
		switch line := scanner.Text(); {
		case line == "":
			end()
		case line[0] == '#':
		case strings.HasPrefix(line, "+ "):
			w.want = append(w.want, line[2:])
		case strings.HasPrefix(line, "- "):
			w.never = append(w.never, line[2:])
		case strings.HasPrefix(line, "? "):
			w.later = append(w.later, line[2:])
		case w.text == "":
			w.text = line
		default:
			w.text += "\n\n" + line
		}
	}
	end()
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWordingsOfNewsProse(t *testing.T) {
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		t.Skip(err)
	}
	for _, w := range slices.Concat(wordings(t, "testdata/wordings.txt"), wordings(t, "testdata/wordings_care.txt")) {
		t.Run(name(w.text), func(t *testing.T) {
			a, err := reader.Read(t.Context(), &kith.Document{ID: kith.NewDocumentID(w.text), Text: w.text, Date: "2026-03-10"})
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range w.want {
				if !found(a.Claims, want) {
					t.Errorf("missing %q in:\n%s", want, listed(a.Claims))
				}
			}
			for _, never := range w.never {
				if found(a.Claims, never) {
					t.Errorf("invented %q in:\n%s", never, listed(a.Claims))
				}
			}
			for _, later := range w.later {
				if found(a.Claims, later) {
					t.Logf("%q is read with these weights", later)
				}
			}
		})
	}
}

// Texts that break off anywhere are read: no stage looks behind their end.
func TestTextsThatBreakOffAreRead(t *testing.T) {
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		t.Skip(err)
	}
	texts := []string{"They had one child, future Florida", "Ben Cole spoke to the governor, Anita Flores"}
	for _, w := range slices.Concat(wordings(t, "testdata/wordings.txt"), wordings(t, "testdata/wordings_care.txt")) {
		for at := range w.text {
			if w.text[at] == ' ' && at%3 == 0 {
				texts = append(texts, w.text[:at])
			}
		}
	}
	for _, text := range texts {
		if _, err := reader.Read(t.Context(), &kith.Document{ID: kith.NewDocumentID(text), Text: text}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
