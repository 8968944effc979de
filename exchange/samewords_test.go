package exchange

import (
	"bytes"
	"context"
	"encoding/base64"
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
