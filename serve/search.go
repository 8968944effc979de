package serve

import (
	"context"
	"net/http"
	"strings"

	"kith"
)

// found is what a search gives, for the page and for the list under the
// search field.
type found struct {
	People        []kith.EntityInfo
	Organisations []kith.EntityInfo
	Others        []kith.EntityInfo
	Documents     []kith.DocumentInfo
	Sentences     []sentence
}

// sentence is a hit cut at its marks, so that the found words can be shown.
type sentence struct {
	Document kith.DocumentID `json:"document"`
	Title    string          `json:"title"`
	Start    int             `json:"start"`
	Parts    []part          `json:"parts"`
}

type part struct {
	Text string `json:"text"`
	Mark bool   `json:"mark,omitempty"`
}

func (s *Server) find(ctx context.Context, v kith.View, words string, limit int) (f found, err error) {
	if words = strings.TrimSpace(words); words == "" {
		return f, nil
	}
	if f.People, f.Organisations, f.Others, err = findEntities(ctx, v, words, limit); err != nil {
		return f, err
	}
	if f.Documents, err = collect(v.Documents(ctx, kith.DocumentFilter{Words: words, Limit: limit, Bare: true}), limit); err != nil {
		return f, err
	}
	hits, err := collect(v.Search(ctx, words, limit), limit)
	for _, h := range hits {
		f.Sentences = append(f.Sentences, cut(h))
	}
	return f, err
}

func findEntities(ctx context.Context, v kith.View, words string, limit int) (people, organisations, others []kith.EntityInfo, err error) {
	for e, err := range v.Entities(ctx, kith.EntityFilter{Word: words, Limit: 4 * limit, Bare: true}) {
		if err != nil {
			return nil, nil, nil, err
		}
		list := &others
		switch e.Type {
		case kith.Person:
			list = &people
		case kith.Organization:
			list = &organisations
		}
		if len(*list) < limit {
			*list = append(*list, e)
		}
	}
	return people, organisations, others, nil
}

// cut parts a hit's text at its marks.
func cut(h kith.Hit) sentence {
	out := sentence{Document: h.Document, Title: h.Title, Start: h.Start}
	at := h.Start
	for _, m := range h.Marks {
		if m.Start < at || m.End > h.Start+len(h.Text) {
			continue
		}
		if m.Start > at {
			out.Parts = append(out.Parts, part{Text: h.Text[at-h.Start : m.Start-h.Start]})
		}
		out.Parts = append(out.Parts, part{Text: h.Text[m.Start-h.Start : m.End-h.Start], Mark: true})
		at = m.End
	}
	if rest := h.Text[at-h.Start:]; rest != "" {
		out.Parts = append(out.Parts, part{Text: rest})
	}
	return out
}

func (s *Server) search(w http.ResponseWriter, r *http.Request, v kith.View) error {
	words := r.FormValue("q")
	f, err := s.find(r.Context(), v, words, 40)
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "search", struct {
		Frame
		Query string
		Found found
	}{s.frame(r, "search.title", words), words, f})
	return nil
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request, v kith.View) error {
	f, err := s.find(r.Context(), v, r.FormValue("q"), 6)
	if err != nil {
		return err
	}
	type hit struct {
		Kind  string `json:"kind"`
		Text  string `json:"text"`
		Note  string `json:"note"`
		Href  string `json:"href"`
		ID    string `json:"id,omitempty"`
		Parts []part `json:"parts,omitempty"`
	}
	hits := []hit{}
	for _, list := range [][]kith.EntityInfo{f.People, f.Organisations, f.Others} {
		for _, e := range list {
			hits = append(hits, hit{Kind: s.pages.text("type." + string(e.Type)), Text: e.Name, ID: string(e.ID),
				Note: s.pages.count("claims", e.Claims), Href: "/entities/" + string(e.ID)})
		}
	}
	for _, d := range f.Documents {
		hits = append(hits, hit{Kind: s.pages.text("kind.document"), Text: titleOf(&d.Document), Note: d.Outlet, Href: "/documents/" + string(d.ID)})
	}
	for _, h := range f.Sentences {
		hits = append(hits, hit{Kind: s.pages.text("kind.sentence"), Note: h.Title, Parts: h.Parts, Href: h.Href()})
	}
	writeJSON(w, http.StatusOK, hits)
	return nil
}

// Href opens the document at the sentence.
func (h sentence) Href() string { return sentenceHref(h.Document, h.Start) }
