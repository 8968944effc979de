package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kith"
	"kith/cmd/kith-train/score"
	"kith/data"
	"kith/pipeline"
	"kith/resolve"
	"kith/store"
)

// scoreArticles reads the gold texts with kith's own reader, resolves them all
// in one store and judges who is taken for whom. A unit is a place where a
// text has a name that the gold file gives to one of its entities; B-cubed
// compares the gold entity of each with the store's. A name that is not found
// at its place is a unit of its own.
type scoreArticles struct {
	Errors bool `help:"Show entities in several parts and parts of several entities."`
}

func (c scoreArticles) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	sets := goldSets(string(s))
	var articles []article
	for _, set := range sets {
		found, err := readArticles(set)
		if err != nil {
			return err
		}
		articles = append(articles, found...)
	}
	if err := resolveArticles(articles); err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score articles")
	fmt.Printf("# All %d texts are read by kith and resolved together in one store. Names at their places, 95 %% bootstrap over texts.\n", len(articles))
	shareNames(articles)
	for _, set := range sets {
		var part []article
		for _, a := range articles {
			if a.set == set.name {
				part = append(part, a)
			}
		}
		printArticles(os.Stdout, set.name, part)
	}
	printArticles(os.Stdout, "all texts, across", joined(articles))
	if c.Errors {
		for _, a := range append(articles, joined(articles)...) {
			a.showErrors(os.Stdout)
		}
	}
	return nil
}

// article is a text with its gold entities and the places of their names.
type article struct {
	set, name string
	text      string
	entities  []goldEntity
	units     []unit
}

// goldEntity is an entity as the gold file lists it.
type goldEntity struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Aliases []string `json:"aliases"`
	key     string   // what it is called among all texts
}

// unit is one place where a gold entity is named.
type unit struct {
	kith.Span
	document kith.DocumentID
	gold     string // key of the gold entity
	kind     string
	found    string // id of the store's entity, or a name of its own
}

func readArticles(set goldSet) ([]article, error) {
	docs, err := claimTexts(set, "")
	if err != nil {
		return nil, err
	}
	var out []article
	for _, d := range docs {
		a := article{set: set.name, name: d.name, text: d.text}
		content, err := os.ReadFile(filepath.Join(set.answers, d.name+".json"))
		if err != nil {
			return nil, fmt.Errorf("read gold entities: %w", err)
		}
		var file struct {
			Entities []goldEntity `json:"entities"`
		}
		if err := json.Unmarshal(content, &file); err != nil {
			return nil, fmt.Errorf("read gold entities of %s: %w", d.name, err)
		}
		a.entities = file.Entities
		out = append(out, a)
	}
	return out, nil
}

// resolveArticles reads all texts into one new store and looks up to which of
// its entities each unit belongs.
func resolveArticles(articles []article) error {
	folder, err := os.MkdirTemp("", "kith-articles")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	s, err := store.Open(filepath.Join(folder, "articles.kith"), store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	reader, err := newReader()
	if err != nil {
		return err
	}
	model, err := resolve.Load(data.FS)
	if err != nil {
		return err
	}
	inputs := func(yield func(pipeline.Input) bool) {
		for _, a := range articles {
			doc := &kith.Document{ID: kith.NewDocumentID(a.text), Text: a.text, Title: a.name, Path: a.set + "/" + a.name}
			if !yield(pipeline.Input{Document: doc, Name: a.name}) {
				return
			}
		}
	}
	var failed error
	ctx := context.Background()
	err = pipeline.Ingest(ctx, s, reader, &resolve.Resolver{Model: model}, inputs, func(r pipeline.Report) {
		if r.Err != nil {
			failed = r.Err
		}
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	v, err := s.View(ctx, kith.AsOf{})
	if err != nil {
		return err
	}
	defer v.Close()
	for i := range articles {
		if err := articles[i].find(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// find fills in the article's units.
func (a *article) find(ctx context.Context, v kith.View) error {
	doc := kith.NewDocumentID(a.text)
	mentions, err := v.Mentions(ctx, doc)
	if err != nil {
		return err
	}
	a.units = namedPlaces(a.text, a.entities)
	for i := range a.units {
		u := &a.units[i]
		u.document = doc
		u.found = fmt.Sprintf("unfound %s %d", a.name, u.Start)
		most := 0.0
		for _, m := range mentions {
			if m.Kind == kith.NameMention && likeSpans(m.Span, u.Span) > most {
				most, u.found = likeSpans(m.Span, u.Span), string(m.ID)
			}
		}
	}
	return nil
}

// likeSpans is how much of what two spans cover both do, 0 to 1.
func likeSpans(a, b kith.Span) float64 {
	both := min(a.End, b.End) - max(a.Start, b.Start)
	if both <= 0 {
		return 0
	}
	return float64(both) / float64(max(a.End, b.End)-min(a.Start, b.Start))
}

// shareNames gives gold entities of different texts one key where they are of
// one type and one has the other's full name.
func shareNames(articles []article) {
	owner := map[string]string{}
	for i := range articles {
		a := &articles[i]
		keys := map[string]string{}
		for k := range a.entities {
			e := &a.entities[k]
			forms := e.telling()
			e.key = a.name + ": " + e.Name
			for _, f := range forms {
				if owner[f] != "" {
					e.key = owner[f]
					break
				}
			}
			for _, f := range forms {
				if owner[f] == "" {
					owner[f] = e.key
				}
			}
			keys[e.Name] = e.key
		}
		for k := range a.units {
			a.units[k].gold = keys[a.units[k].gold]
		}
	}
}

// telling are the forms by which an entity is known outside of its text: a
// person's by two words or more.
func (e *goldEntity) telling() []string {
	if e.Type == string(kith.Group) || e.Type == string(kith.EventType) {
		return nil
	}
	forms := []string{e.Type + " " + kith.Fold(e.Name)}
	for _, alias := range e.Aliases {
		if e.Type != string(kith.Person) && isProper(alias) {
			forms = append(forms, e.Type+" "+kith.Fold(alias))
		}
	}
	if e.Type == string(kith.Person) && !strings.Contains(e.Name, " ") {
		return nil
	}
	return forms
}

// joined makes one article of all.
func joined(articles []article) []article {
	all := article{set: "all", name: "all texts"}
	for _, a := range articles {
		all.units = append(all.units, a.units...)
	}
	return []article{all}
}

// chains groups the article's units by a label.
func (a *article) chains(label func(unit) string) score.Chains[int] {
	at := map[string]int{}
	var out score.Chains[int]
	for i, u := range a.units {
		l := label(u)
		if _, ok := at[l]; !ok {
			at[l] = len(out)
			out = append(out, nil)
		}
		out[at[l]] = append(out[at[l]], i)
	}
	return out
}

func byGold(u unit) string  { return u.gold }
func byFound(u unit) string { return u.found }

func printArticles(w io.Writer, name string, articles []article) {
	var recalls, precisions []score.Tally
	var all, people int
	merged := 0
	for _, a := range articles {
		recall, precision := score.BCubed(a.chains(byGold), a.chains(byFound))
		recalls, precisions = append(recalls, recall), append(precisions, precision)
		all += len(a.units)
		pairs, wrong := a.people()
		people += pairs
		merged += len(wrong)
	}
	r, p := score.Sum(recalls), score.Sum(precisions)
	fmt.Fprintf(w, "%-34s %2d texts %5d names  B-cubed P %.3f  R %.3f  F1 %.3f", name, len(articles), all, ratioOf(p), ratioOf(r), score.Harmonic(r, p))
	if len(articles) > 1 {
		both := make([]score.Tally, len(recalls)) // F1 of summed tallies, for the interval
		for i := range recalls {
			both[i] = score.Tally{Right: (recalls[i].Right + precisions[i].Right) / 2, Given: precisions[i].Gold, Gold: recalls[i].Gold}
		}
		lo, hi := score.Interval(both, nil)
		fmt.Fprintf(w, " [%.3f %.3f]", lo, hi)
	}
	fmt.Fprintf(w, "  people merged %d of %d pairs\n", merged, people)
}

func ratioOf(t score.Tally) float64 { return t.Right / max(t.Gold, 1) }

// people counts the pairs of the article's people and lists those that the
// store takes for one.
func (a *article) people() (pairs int, wrong []string) {
	found := map[string]map[string]bool{}
	var names []string
	for _, u := range a.units {
		if u.kind != string(kith.Person) {
			continue
		}
		if found[u.gold] == nil {
			found[u.gold] = map[string]bool{}
			names = append(names, u.gold)
		}
		found[u.gold][u.found] = true
	}
	for i, x := range names {
		for _, y := range names[:i] {
			pairs++
			for id := range found[x] {
				if found[y][id] {
					wrong = append(wrong, x+" = "+y)
					break
				}
			}
		}
	}
	return pairs, wrong
}

func (a *article) showErrors(w io.Writer) {
	fmt.Fprintf(w, "== %s\n", a.name)
	for _, side := range []struct {
		what     string
		by, with func(unit) string
	}{{"in parts", byGold, byFound}, {"as one", byFound, byGold}} {
		for _, chain := range a.chains(side.by) {
			parts := map[string][]string{}
			for _, i := range chain {
				u := a.units[i]
				parts[side.with(u)] = append(parts[side.with(u)], fmt.Sprintf("%s@%d", u.gold, u.Start))
			}
			if len(parts) < 2 {
				continue
			}
			fmt.Fprintf(w, "  %s:", side.what)
			for _, l := range score.Keys(parts) {
				fmt.Fprintf(w, "\n      %s %v", l, parts[l])
			}
			fmt.Fprintln(w)
		}
	}
}
