package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/source"
)

// Exporter writes one format. Formats of several files are written into a
// folder, or into a ZIP archive where one stream is asked for.
type Exporter struct {
	source.Format
	// Files writes the export as named files; a format of one file has one.
	Files func(ctx context.Context, s *Selection) ([]OutFile, error)
	// Whole marks formats that hold everything and know no filter.
	Whole bool
}

// OutFile is one file of an export.
type OutFile struct {
	Name string
	Data []byte
}

// Exporters lists the formats that kith writes.
func Exporters() []Exporter {
	return []Exporter{gexfExporter(), graphmlExporter(), ftmExporter(), csvExporter(), jsonldExporter(), quickstatementsExporter(),
		vaultExporter(), sqliteExporter(), cslExporter(), claimsExporter(), archiveExporter()}
}

// FindExporter returns the exporter of that name.
func FindExporter(name string) (Exporter, error) {
	var names []string
	for _, e := range Exporters() {
		if e.Name == name {
			return e, nil
		}
		names = append(names, e.Name)
	}
	return Exporter{}, fmt.Errorf("export: there is no format %q; one of: %s", name, strings.Join(names, ", "))
}

// several reports whether the format is made of several files.
func (e Exporter) several(files []OutFile) bool { return len(files) != 1 }

// Write writes an export to a stream: the one file, or a ZIP of all.
func (e Exporter) Write(ctx context.Context, w io.Writer, s *Selection) error {
	files, err := e.Files(ctx, s)
	if err != nil {
		return fmt.Errorf("export %s: %w", e.Name, err)
	}
	if !e.several(files) {
		if _, err := w.Write(files[0].Data); err != nil {
			return fmt.Errorf("export %s: %w", e.Name, err)
		}
		return nil
	}
	data, err := zipFiles(files)
	if err == nil {
		_, err = w.Write(data)
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", e.Name, err)
	}
	return nil
}

// Save writes an export to a path: a file, or for several files a folder,
// unless the path ends in .zip. A file appears whole or not at all.
func (e Exporter) Save(ctx context.Context, path string, s *Selection) error {
	files, err := e.Files(ctx, s)
	if err != nil {
		return fmt.Errorf("export %s: %w", e.Name, err)
	}
	switch {
	case !e.several(files):
		return writeWhole(path, files[0].Data)
	case strings.EqualFold(filepath.Ext(path), ".zip"):
		data, err := zipFiles(files)
		if err != nil {
			return fmt.Errorf("export %s: %w", e.Name, err)
		}
		return writeWhole(path, data)
	}
	for _, f := range files {
		name := filepath.Join(path, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("export %s: %w", e.Name, err)
		}
		if err := writeWhole(name, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// writeWhole writes a file beside its place and then moves it there.
func writeWhole(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".kith-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("export: write %s: %w", path, err)
	}
	return nil
}

// zipFiles packs files with fixed times, so that equal files give equal bytes.
func zipFiles(files []OutFile) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// one wraps a writer of a single file.
func one(name string, write func(*bytes.Buffer, *Selection) error) func(context.Context, *Selection) ([]OutFile, error) {
	return func(_ context.Context, s *Selection) ([]OutFile, error) {
		var b bytes.Buffer
		if err := write(&b, s); err != nil {
			return nil, err
		}
		return []OutFile{{name, b.Bytes()}}, nil
	}
}

// format describes an exported format.
func format(name, label, ext, mime string, loses ...string) source.Format {
	return source.Format{Name: name, Label: label, Extensions: []string{ext}, MIME: []string{mime}, Out: true, Data: true, Loses: loses, Page: name + ".md"}
}

// xmlText escapes text for XML and drops characters that XML cannot hold.
func xmlText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"':
			b.WriteString("&#34;")
		case r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff || r == '\ufffd':
			b.WriteByte(' ')
		case r == '\n':
			b.WriteString("&#10;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// graphEdges are the ties between two entities; facts the others, which have
// a value but no second party, by subject.
func (s *Selection) graphEdges() (edges []kith.Tie, facts map[kith.EntityID][]string) {
	facts = map[kith.EntityID][]string{}
	for _, t := range s.Ties {
		if t.Object != nil {
			edges = append(edges, t)
			continue
		}
		text := s.label(t.Predicate) + " " + t.Value
		if c := s.claim[s.example(&t)]; c != nil && standing(c) != string(kith.Asserted) {
			text += " (" + standing(c) + ")"
		}
		facts[t.Subject.ID] = append(facts[t.Subject.ID], text)
	}
	return edges, facts
}

// example is a claim of the tie: the first that says so, else that denies it.
func (s *Selection) example(t *kith.Tie) kith.ClaimID {
	if len(t.Claims) > 0 {
		return t.Claims[0]
	}
	if len(t.Dissent) > 0 {
		return t.Dissent[0]
	}
	return ""
}

// edgeFacts is what graph formats keep of a tie as attributes.
type edgeFacts struct {
	Predicate, Label, Modality, Value, Speakers, Quote, Claims, Documents, Reported string
	Sources                                                                         int
	Strength                                                                        float64
	Negated, Disputed                                                               bool
}

func (s *Selection) factsOf(t *kith.Tie) edgeFacts {
	f := edgeFacts{Predicate: string(t.Predicate), Label: s.label(t.Predicate), Modality: string(t.Modality), Value: t.Value, Sources: t.Sources,
		Strength: t.Strength, Negated: len(t.Claims) == 0, Disputed: len(t.Claims) > 0 && len(t.Dissent) > 0}
	var ids, docs, speakers []string
	for _, id := range append(slices.Clone(t.Claims), t.Dissent...) {
		c := s.claim[id]
		if c == nil {
			continue
		}
		ids = append(ids, string(id))
		if d := string(c.Evidence.Document); !slices.Contains(docs, d) {
			docs = append(docs, d)
		}
		if who := says(c); who != "" && !slices.Contains(speakers, who) {
			speakers = append(speakers, who)
		}
		if f.Quote == "" {
			f.Quote = c.Evidence.Quote
		}
		if d := s.document[c.Evidence.Document]; d != nil && d.Date != "" && (f.Reported == "" || string(d.Date) < f.Reported) {
			f.Reported = string(d.Date)
		}
		if f.Modality == "" {
			f.Modality = string(c.Modality)
		}
	}
	f.Claims, f.Documents, f.Speakers = strings.Join(ids, " "), strings.Join(docs, " "), strings.Join(speakers, "; ")
	return f
}
