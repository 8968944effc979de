package exchange

import "kith/source"

// Format is one entry of the registry.
type Format struct {
	source.Format
}

// Verbs says by which commands a format goes in and out: "add", "import",
// "export".
func (f Format) Verbs() string {
	out := ""
	add := func(verb string) {
		if out != "" {
			out += ", "
		}
		out += verb
	}
	if f.In && !f.Data {
		add("add")
	}
	if f.In && f.Data {
		add("import")
	}
	if f.Out {
		add("export")
	}
	return out
}

// Formats lists all formats that kith knows, once each: documents, data in,
// data out. The command line, the pages and the docs read this list.
func Formats() []Format {
	var out []Format
	at := map[string]int{}
	add := func(f source.Format) {
		if i, ok := at[f.Name]; ok {
			out[i].In, out[i].Out = out[i].In || f.In, out[i].Out || f.Out
			out[i].Data = out[i].Data || f.Data
			out[i].Loses = append(out[i].Loses, f.Loses...)
			return
		}
		at[f.Name] = len(out)
		out = append(out, Format{f})
	}
	for _, f := range source.Formats() {
		add(f)
	}
	for _, i := range Importers() {
		if i.Name != "" {
			add(i.Format)
		}
	}
	for _, e := range Exporters() {
		add(e.Format)
	}
	return out
}
