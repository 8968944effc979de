package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"kith"
)

// pages holds the parsed templates and the texts that they use.
type pages struct {
	texts     map[string]string
	templates map[string]*template.Template
}

// parsePages parses each page of templates/ together with the shared parts.
func parsePages(a *assets) (*pages, error) {
	p := &pages{texts: map[string]string{}, templates: map[string]*template.Template{}}
	raw, err := embedded.ReadFile("texts/en.json")
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	if err := json.Unmarshal(raw, &p.texts); err != nil {
		return nil, fmt.Errorf("parse texts/en.json: %w", err)
	}
	shared, err := template.New("").Funcs(p.funcs(a)).ParseFS(embedded, "templates/_*.html")
	if err != nil {
		return nil, fmt.Errorf("parse shared templates: %w", err)
	}
	names, err := fs.Glob(embedded, "templates/[a-z]*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		t, err := template.Must(shared.Clone()).ParseFS(embedded, name)
		if err != nil {
			return nil, fmt.Errorf("parse template %s: %w", name, err)
		}
		p.templates[strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")] = t
	}
	return p, nil
}

// text is the message of that key with its arguments filled in. A key that
// there is no text for shows itself; a test finds those.
func (p *pages) text(key string, args ...any) string {
	format, ok := p.texts[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// count is a number with its noun: the key's ".one" or ".many" text.
func (p *pages) count(key string, n int) string {
	if n == 1 {
		return p.text(key+".one", n)
	}
	return p.text(key+".many", n)
}

// group is the texts whose keys begin with the prefix, as JSON for scripts.
func (p *pages) group(prefix string) (string, error) {
	some := map[string]string{}
	for key, text := range p.texts {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			some[rest] = text
		}
	}
	out, err := json.Marshal(some)
	return string(out), err
}

func (p *pages) funcs(a *assets) template.FuncMap {
	return template.FuncMap{
		"t": p.text, "n": p.count, "texts": p.group, "asset": a.url,
		"day":     func(t time.Time) string { return t.Local().Format("2 January 2006, 15:04") },
		"iso":     func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"percent": func(f float64) string { return fmt.Sprintf("%.0f %%", f*100) },
		"type":    func(t kith.EntityType) string { return p.text("type." + string(t)) },
		"kind":    func(t kith.EntityType) string { return "kind-" + strings.ToLower(string(t)) },
		"dict":    dict,
		"add":     func(a, b int) int { return a + b },
		"lower":   strings.ToLower,
		"named":   func(d kith.DocumentInfo) string { return titleOf(&d.Document) },
		"leaf":    leaf,
	}
}

// leaf shortens a title that is a file's path to its last part.
func leaf(title string) string {
	if strings.HasPrefix(title, "/") && !strings.HasSuffix(title, "/") {
		return fileTitle(title)
	}
	return title
}

// dict makes a map of alternating keys and values, to hand several values to
// a shared template.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict wants pairs")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict wants strings as keys")
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}

// Frame is what every page shows around its content.
type Frame struct {
	Title   string // text of the title element, already in words
	Path    string // the request's path and query
	Section string // first part of the path, to mark the current entry of the menu
	At      kith.AsOf
	CanAdd  bool
	Wide    bool // the page uses the whole width
}

func (s *Server) frame(r *http.Request, title string, args ...any) Frame {
	section, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return Frame{Title: s.pages.text(title, args...), Path: r.URL.RequestURI(), Section: section, At: asOf(r),
		CanAdd: s.Read != nil}
}

// render writes a page, or an error where the template fails: never half a
// page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	var out bytes.Buffer
	if err := s.pages.templates[name].ExecuteTemplate(&out, "page", data); err != nil {
		s.Log.Error("render page", "template", name, "path", r.URL.Path, "error", err)
		http.Error(w, s.pages.text("error.inside"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	out, err := json.Marshal(value)
	if err != nil {
		http.Error(w, `{"error":"the answer could not be written"}`, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(out)
}
