package answer_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith"
	"kith/data"
	"kith/exchange"
	"kith/pipeline"
	"kith/resolve"
	"kith/source"
	"kith/store"
)

// world is a store filled through the import of claims made elsewhere.
type world struct {
	store    *store.Store
	resolver *resolve.Resolver
}

func newWorld(t testing.TB) *world {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "world.kith"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	model, err := resolve.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return &world{s, &resolve.Resolver{Model: model}}
}

// take imports lines of claims about a document.
func (w *world) take(t testing.TB, d *kith.Document, lines []byte) {
	t.Helper()
	v := w.view(t, kith.AsOf{})
	file, err := exchange.ReadClaims(bytes.NewReader(lines), d, exchange.TypesIn(t.Context(), v))
	v.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range file.Refused {
		t.Fatalf("%s: %s", d.Title, bad)
	}
	for _, r := range file.Readings {
		if _, err := w.store.Put(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.resolver.Resolve(t.Context(), w.store, d.ID); err != nil {
		t.Fatal(err)
	}
}

// view opens the store as it stands.
func (w *world) view(t testing.TB, at kith.AsOf) kith.View {
	t.Helper()
	v, err := w.store.View(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

// namesOnly has worlds filled with claims whose ends are names without types.
var namesOnly bool

// typed is an end of a claim.
func typed(name, kind string) any {
	if namesOnly {
		return name
	}
	return map[string]string{"name": name, "type": kind}
}

// shared returns a path under the folder of corpora beside the repository,
// or skips the test where that is absent.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	p := filepath.Join(append([]string{"..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("%s is absent: this test needs the corpora beside the repository", p)
	}
	return p
}

// gold fills the world with texts and the claims that people marked in them.
func (w *world) gold(t testing.TB, text, claims string) {
	t.Helper()
	f, err := os.Open(text)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := source.Read(t.Context(), text, f, source.Options{})
	if err != nil || len(docs) != 1 {
		t.Fatalf("read %s: %d documents, %v", text, len(docs), err)
	}
	raw, err := os.ReadFile(claims)
	if err != nil {
		t.Fatal(err)
	}
	w.take(t, docs[0], goldLines(t, raw))
}

// goldLines writes a file of marked claims as lines of the contract.
func goldLines(t testing.TB, raw []byte) []byte {
	t.Helper()
	var file struct {
		Entities []struct{ Name, Type string }
		Claims   []map[string]any
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	types := map[string]string{}
	for _, e := range file.Entities {
		types[e.Name] = e.Type
	}
	end := func(m map[string]any, field string) {
		if name, ok := m[field].(string); ok {
			m[field] = typed(name, types[name])
		}
	}
	var out bytes.Buffer
	for _, c := range file.Claims {
		end(c, "subject")
		end(c, "object")
		if q, ok := c["qualifiers"].(map[string]any); ok {
			end(q, "third")
		}
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	return out.Bytes()
}

func seedWorld(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.gold(t, shared(t, "seed", "article.txt"), shared(t, "gold", "seed", "article.json"))
	return w
}

func devWorld(t testing.TB) *world {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared(t, "gold", "dev"), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	for _, f := range files {
		w.gold(t, strings.TrimSuffix(f, ".json")+".txt", f)
	}
	return w
}

// demoWorld holds the example documents with the claims of demo.claims.
func demoWorld(t testing.TB) *world { return markedWorld(t, data.FS, "demo/*.md", demoClaims(t)) }

// harbourWorld holds documents of claims of unlike shapes: doubts and denials,
// ranges of time, two people of one surname, groups, money, unnamed sources.
func harbourWorld(t testing.TB) *world {
	return markedWorld(t, os.DirFS("testdata"), "harbour/*.md", markedClaims(t, "testdata/harbour/claims.txt"))
}

func markedWorld(t testing.TB, folder fs.FS, pattern string, claims map[string][][]string) *world {
	t.Helper()
	w := newWorld(t)
	names, err := fs.Glob(folder, pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no example documents: %v", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := source.Read(t.Context(), name, bytes.NewReader(text), source.Options{})
		if err != nil || len(docs) != 1 {
			t.Fatalf("read %s: %d documents, %v", name, len(docs), err)
		}
		w.take(t, docs[0], demoLines(t, docs[0], claims[filepath.Base(name)[:2]]))
	}
	return w
}

func demoClaims(t testing.TB) map[string][][]string { return markedClaims(t, "testdata/demo.claims") }

// markedClaims reads a file of claims by document number.
func markedClaims(t testing.TB, path string) map[string][][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	byDocument := map[string][][]string{}
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) < 5 {
			t.Fatalf("demo.claims: %q has too few fields", line)
		}
		byDocument[parts[0]] = append(byDocument[parts[0]], parts[1:])
	}
	return byDocument
}

// demoTypes are the types of the example world's names that are no persons.
var demoTypes = map[string]string{
	"Senate": "Organization", "Harbor University": "Organization", "Progress Party": "Organization", "Unity Party": "Organization",
	"Beacon Forum": "Organization", "Okafor Lines": "Organization", "Calloway campaign": "Organization", "Elena Marsh campaign": "Organization",
	"Dockworkers’ Union": "Organization", "Northlight": "Organization", "Valmora": "Place", "Northmark": "Place", "Port Selwyn": "Place",
	"Meridian Savings Bank": "Organization", "Lantern Institute": "Organization", "Orsini campaign": "Organization", "Krag Shipping": "Organization",
	"Dora Finch's campaign": "Organization", "Lowmark University": "Organization", "United Labour Union": "Organization", "Green Alliance": "Organization",
	"Northern Policy House": "Organization", "Tarvos": "Place", "Lowmark": "Place", "garden party": "Event", "farmers' leaders": "Group",
	"Fenwick": "Place", "private dinner": "Event", "Okafor fundraiser": "Event", "2026 Progress Party Convention": "Event",
}

func demoEnd(name string) any {
	kind := demoTypes[name]
	if kind == "" {
		kind = "Person"
	}
	return typed(name, kind)
}

// demoLines writes one document's claims as lines of the contract.
func demoLines(t testing.TB, d *kith.Document, claims [][]string) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, f := range claims {
		at := strings.Index(d.Text, f[0])
		if at < 0 {
			t.Fatalf("%s: no sentence with %q", d.Title, f[0])
		}
		start := strings.LastIndexAny(d.Text[:at], "\n.") + 1
		for d.Text[start] == ' ' {
			start++
		}
		end := at + strings.IndexAny(d.Text[at:]+"\n", ".\n")
		if end < len(d.Text) && d.Text[end] == '.' {
			end++
		}
		c := map[string]any{"subject": demoEnd(f[1]), "predicate": f[2], "evidence": map[string]any{"start": start, "end": end, "quote": d.Text[start:end]}}
		switch {
		case strings.HasPrefix(f[3], `"`):
			c["value"] = strings.Trim(f[3], `"`)
		case f[3] != "-":
			c["object"] = demoEnd(f[3])
		}
		if len(f) > 4 {
			demoMore(c, f[4])
		}
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s\n", line)
	}
	return out.Bytes()
}

// demoMore reads the last field of a line of demo.claims.
func demoMore(c map[string]any, text string) {
	qualifiers, time := map[string]any{}, map[string]string{}
	for _, part := range strings.Split(text, ", ") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "not":
			c["negated"] = true
		case "planned", "hedged":
			c["modality"] = name
		case "value":
			c["value"] = value
		case "from", "to":
			time[name] = value
		case "on":
			time["from"], time["to"] = value, value
		case "by":
			c["attribution"] = map[string]string{"kind": "entity", "name": value}
		case "group":
			c["attribution"] = map[string]string{"kind": "group", "name": value}
		case "anon", "source":
			c["attribution"] = map[string]string{"kind": "anonymous", "name": value}
		case "third":
			qualifiers[name] = demoEnd(value)
		default:
			qualifiers[name] = value
		}
	}
	c["qualifiers"], c["time"] = qualifiers, time
}

// ownDemoWorld holds the example documents as kith itself reads them.
func ownDemoWorld(t testing.TB) *world {
	t.Helper()
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		t.Skipf("the standard reader is not at hand: %v", err)
	}
	w := newWorld(t)
	names, err := fs.Glob(data.FS, "demo/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(data.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := source.Read(t.Context(), name, bytes.NewReader(text), source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		reading, err := pipeline.ReadingOf(t.Context(), reader, pipeline.Input{Document: docs[0]})
		if err != nil {
			t.Skipf("the standard reader does not read: %v", err)
		}
		if _, err := w.store.Put(t.Context(), reading); err != nil {
			t.Fatal(err)
		}
		if err := w.resolver.Resolve(t.Context(), w.store, docs[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	return w
}
