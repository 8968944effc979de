package exchange

import (
	"context"
	"fmt"
	"iter"

	"kith"
	"kith/source"
)

func jsonImporter() Importer {
	return Importer{Format: source.Format{Name: "json", Label: "Records (JSON, JSON lines) with a mapping", Extensions: []string{".json", ".jsonl"}, MIME: []string{"application/json"},
		In: true, Data: true, Limits: "2 GB; values 100 deep; a mapping is needed", Page: "json.md"},
		Sniff: func(f *File) bool { return looksJSON(f.Data) },
		Rows: func(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
			return treeRows(ctx, f, o, "json", jsonValues(f.Data))
		}}
}

func yamlImporter() Importer {
	return Importer{Format: source.Format{Name: "yaml", Label: "Records (YAML) with a mapping", Extensions: []string{".yaml", ".yml"}, MIME: []string{"application/yaml"},
		In: true, Data: true, Limits: "64 MB; values 100 deep; no aliases; a mapping is needed", Page: "yaml.md"},
		Sniff: func(f *File) bool {
			ext := extension(f.Name)
			return ext == ".yaml" || ext == ".yml"
		},
		Rows: func(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
			return treeRows(ctx, f, o, "yaml", yamlValues(f.Data))
		}}
}

// treeRows reads records with the mapping that fits the first of them.
func treeRows(ctx context.Context, f *File, o Options, format string, values iter.Seq2[Node, error]) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		m, err := chooseMapping(o, func(m *Mapping) bool { return m.fitsFirst(format, values) }, f.Name, format)
		for _, broken := range values { // of what cannot be read no mapping can be found
			if err != nil && broken != nil {
				err = fmt.Errorf("import %s: %w", f.Name, broken)
			}
			break
		}
		if err != nil {
			yield(Row{}, err)
			return
		}
		applyAll(ctx, m, f.Name, records(values, m.Records), o, yield)
	}
}

// fitsFirst reports whether the first record, picked as the mapping says,
// is one of the mapping's.
func (m *Mapping) fitsFirst(format string, values iter.Seq2[Node, error]) bool {
	if m.Format != format && (m.Format != "json" && m.Format != "yaml") || len(m.Match.Fields) == 0 {
		return false
	}
	for rec, err := range records(values, m.Records) {
		return err == nil && m.fitsRecord(format, rec.node)
	}
	return false
}

func wrongFile(f *File, why string) error {
	return fmt.Errorf("import %s: %w: %s", f.Name, kith.ErrInvalid, why)
}
