package exchange

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
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

// memoir is a text of our own that other programs turn into other formats.
const memoir = `The harbour and the hill

By Ada Quill, The Harbour Post, March 4, 2021

Lena Marsh, the mayor of Port Sorrel, met Cyrus Vane at a dinner in his house on Quay Street in May 2015. Vane, who owns the Harbour Mills, introduced her to the union leader Tomas Okafor, and Okafor endorsed her two years later.

“She listens before she speaks,” Okafor said of her. Marsh’s sister Ida Marsh ran the campaign office and later worked for Vane; the two women are said to have fallen out over money, which Ida Marsh denies.

Marsh is considering a run for governor in 2026, two aides said. Her predecessor, Wilhelmina Brandt-Osei, has not endorsed anyone, but she gave €2,500 to Marsh’s committee in 2019.
`

// claimsOf reads a file with the standard reader and lists what it claims.
func claimsOf(t *testing.T, reader *pipeline.Reader, path string) []string {
	t.Helper()
	items, err := source.File(context.Background(), path, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := reader.Read(context.Background(), items[0].Document)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range a.Claims {
		object := ""
		if c.Object != nil {
			object = c.Object.Name
		}
		out = append(out, strings.Join([]string{c.Subject.Name, string(c.Predicate), object, c.Value, standing(&c), says(&c), string(c.Time.From), strings.Join(strings.Fields(c.Evidence.Quote), " ")}, " | "))
	}
	slices.Sort(out)
	return out
}

func TestOneTextGivesTheSameClaimsInEveryFormat(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		t.Skipf("the models are not here: %v", err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "memoir.txt")
	if err := os.WriteFile(file, []byte(memoir), 0o644); err != nil {
		t.Fatal(err)
	}
	want := claimsOf(t, reader, file)
	if len(want) < 3 {
		t.Fatalf("the text gives %d claims", len(want))
	}
	mail := filepath.Join(dir, "memoir.eml")
	if err := os.WriteFile(mail, []byte("From: Ada Quill <ada@post.example>\nSubject: The harbour and the hill\nDate: Thu, 04 Mar 2021 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"+wrapped(base64.StdEncoding.EncodeToString([]byte(memoir)))), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"docx", "odt", "rtf", "pdf", "epub", "html"} {
		cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--infilter=Text (encoded):UTF8", "--convert-to", format, "--outdir", dir, file)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	for _, format := range []string{"docx", "odt", "rtf", "pdf", "epub", "html", "eml"} {
		if got := claimsOf(t, reader, filepath.Join(dir, "memoir."+format)); !slices.Equal(got, want) {
			t.Errorf("%s gives other claims:\n%s\nthe text gives:\n%s", format, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	t.Logf("%d claims in each of 8 formats", len(want))
}

func wrapped(s string) string {
	var b bytes.Buffer
	for len(s) > 76 {
		b.WriteString(s[:76] + "\n")
		s = s[76:]
	}
	return b.String() + s + "\n"
}

// TestFootnotesOfManyPagesPartNoSentence sets a text of our own with a note in
// every other sentence, so that notes stand at the foot of each page, and reads
// it as PDF, with and without pdftotext.
func TestFootnotesOfManyPagesPartNoSentence(t *testing.T) {
	pandoc, err1 := exec.LookPath("pandoc")
	office, err2 := exec.LookPath("soffice")
	reader, err3 := pipeline.Standard(data.FS)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Skipf("pandoc, LibreOffice or the models are not here: %v", err)
	}
	names := []string{"Lena Marsh", "Cyrus Vane", "Tomas Okafor", "Ida Brandt", "Otto Reyes", "Greta Lind", "Pavel Horn"}
	acts := []string{"met %s at a dinner on Quay Street in May 2015", "endorsed %s for mayor two years later", "advised %s on the harbour budget",
		"criticized %s in a speech before the council", "worked for %s as a press officer until the autumn of 2018"}
	var noted, plain, notes strings.Builder
	for i := range 60 {
		sentence := names[i%7] + ", who had come to Port Sorrel long before the new mole was built, " + fmt.Sprintf(acts[i%5], names[(i*3+1)%7])
		if names[i%7] == names[(i*3+1)%7] {
			sentence = names[i%7] + " left the town in the summer"
		}
		noted.WriteString(sentence)
		plain.WriteString(sentence)
		if i%2 == 1 {
			fmt.Fprintf(&noted, "[^%d]", i)
			fmt.Fprintf(&notes, "[^%d]: Harbour Post, page %d; see the minutes, volume %d.\n\n", i, i+10, i+3)
		}
		for _, b := range []*strings.Builder{&noted, &plain} {
			b.WriteString([]string{". ", ". ", ". ", ". ", ".\n\n"}[i%5])
		}
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"plain.md": plain.String(), "noted.md": noted.String() + "\n\n" + notes.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, cmd := range []*exec.Cmd{exec.Command(pandoc, filepath.Join(dir, "noted.md"), "-o", filepath.Join(dir, "noted.odt")),
		exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "noted.odt"))} {
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	want := claimsOf(t, reader, filepath.Join(dir, "plain.md"))
	if len(want) < 20 {
		t.Fatalf("the text gives %d claims", len(want))
	}
	file := filepath.Join(dir, "noted.pdf")
	if got := claimsOf(t, reader, file); !slices.Equal(got, want) {
		t.Errorf("with pdftotext %d claims, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	t.Setenv("PATH", dir)
	if got := claimsOf(t, reader, file); !slices.Equal(got, want) {
		t.Errorf("in pure Go %d claims, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
}
