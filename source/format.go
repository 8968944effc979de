package source

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// Format is one entry of the registry of formats, which the command line, the
// pages and the docs read. Package exchange adds the formats of data.
type Format struct {
	Name       string   // "html": what users write, and Document.Format
	Label      string   // "Web page"
	Extensions []string // with the dot, the usual one first
	MIME       []string // media types, the usual one first
	In         bool     // kith reads it
	Out        bool     // kith writes it
	Data       bool     // rows or records rather than prose
	Limits     string   // what is refused or cut
	Page       string   // its page under docs/formats
	Loses      []string // out: what of kith's the format cannot hold

	read func(context.Context, input) ([]Item, error)
}

// Formats lists the formats of documents, in the order in which they are shown.
func Formats() []Format {
	return []Format{
		{Name: "text", Label: "Plain text", Extensions: []string{".txt", ".text"}, MIME: []string{"text/plain"},
			Limits: "200 MB; no NUL bytes", read: readText},
		{Name: "markdown", Label: "Markdown", Extensions: []string{".md", ".markdown"}, MIME: []string{"text/markdown"},
			Limits: "200 MB; no NUL bytes", read: readMarkdown},
		{Name: "html", Label: "Web page", Extensions: []string{".html", ".htm", ".xhtml"}, MIME: []string{"text/html", "application/xhtml+xml"},
			Limits: "20 MB and 1,000,000 tags; 20 s", read: readHTML},
	}
}

func init() {
	for _, f := range Formats() {
		if f.Name == "" || f.read == nil {
			panic("format without name or reader: " + f.Name)
		}
	}
}

// Lookup returns the format of documents of that name.
func Lookup(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// dataExtensions are the extensions of structured files, which `kith import`
// reads, with the import format that usually fits.
var dataExtensions = map[string]string{
	".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "json", ".ijson": "ftm",
	".yaml": "yaml", ".yml": "yaml", ".fec": "fec",
}

// detect finds the format of the bytes: by the given name, by magic bytes, by
// extension, by looking at the first kilobytes.
func detect(name string, data []byte, asked string) (Format, error) {
	if asked != "" {
		if f, ok := Lookup(asked); ok {
			return f, nil
		}
		return Format{}, invalid("there is no document format %q; see: kith formats", asked)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Format{}, invalid("it is empty")
	}
	extension := strings.ToLower(filepath.Ext(name))
	if f, ok := bySignature(data, extension); ok {
		return f, nil
	}
	if data, ok := dataExtensions[extension]; ok {
		return Format{}, invalid("it holds data rather than prose; use: kith import %s", data)
	}
	for _, f := range Formats() {
		if slices.Contains(f.Extensions, extension) {
			return f, nil
		}
	}
	return byContent(data)
}

// byContent decides by the bytes alone.
func byContent(data []byte) (Format, error) {
	mime := mimetype.Detect(data[:min(len(data), 4096)])
	for m := mime; m != nil; m = m.Parent() {
		for _, f := range Formats() {
			if slices.ContainsFunc(f.MIME, m.Is) {
				return f, nil
			}
		}
	}
	if f, ok := Lookup("text"); ok && isText(data) {
		return f, nil
	}
	return Format{}, invalid("it is binary (%s), which is not a format that kith reads; see: kith formats", mime)
}

// bySignature knows formats by their first bytes, whatever the extension.
func bySignature(data []byte, extension string) (Format, bool) {
	head := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 512)]))
	if bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) {
		return Lookup("html")
	}
	return Format{}, false
}

// String is the format as a line of a list shows it.
func (f Format) String() string { return fmt.Sprintf("%s (%s)", f.Name, f.Label) }
