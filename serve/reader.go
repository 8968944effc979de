package serve

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"kith"
)

// reader shows a document as it was, with its claims lit in the text.
func (s *Server) reader(w http.ResponseWriter, r *http.Request, v kith.View) error {
	ctx := r.Context()
	doc, err := v.Document(ctx, kith.DocumentID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page := readerPage{Frame: s.frame(r, "reader.title", titleOf(doc)), Document: doc, Lit: kith.ClaimID(r.FormValue("claim"))}
	page.Wide = true
	claims, err := collect(v.Claims(ctx, kith.ClaimFilter{Document: doc.ID, Rejected: true}), 0)
	if err != nil {
		return err
	}
	mentions, err := v.Mentions(ctx, doc.ID)
	if err != nil {
		return err
	}
	if page.Appearances, err = v.Appearances(ctx, doc.ID); err != nil {
		return err
	}
	if page.Skips, err = v.Skips(ctx, doc.ID); err != nil {
		return err
	}
	if err := s.fillReader(r, v, &page, claims); err != nil {
		return err
	}
	at, _ := strconv.Atoi(r.FormValue("at"))
	if !r.URL.Query().Has("at") {
		at = -1
	}
	page.Paragraphs = typeset(doc, claims, mentions, page.Lit, at)
	s.render(w, r, http.StatusOK, "reader", page)
	return nil
}

// readerPage is what the reader's template shows.
type readerPage struct {
	Frame
	Document    *kith.Document
	Lit         kith.ClaimID
	Claims      []shownClaim
	Paragraphs  []paragraph
	Appearances []kith.Appearance
	Skips       []kith.Skip
	Lost        []kith.Anchor
	Unreviewed  int
	Hedged      int
	Predicates  []choice
	Types       []kith.EntityType
	Blank       claimForm
}

// choice is one entry of a list to choose from.
type choice struct{ Value, Label string }

func (s *Server) fillReader(r *http.Request, v kith.View, page *readerPage, claims []kith.Claim) error {
	show := s.shower(v)
	for _, c := range claims {
		shown, err := show.show(r.Context(), c)
		if err != nil {
			return err
		}
		page.Claims = append(page.Claims, shown)
		if c.Review == kith.Unreviewed || c.Review == "" {
			page.Unreviewed++
		}
		if c.Modality == kith.Hedged {
			page.Hedged++
		}
	}
	anchors, err := v.Anchors(r.Context(), page.Document.ID)
	if err != nil {
		return err
	}
	for _, a := range anchors {
		if a.Lost {
			page.Lost = append(page.Lost, a)
		}
	}
	page.Predicates, page.Types = s.pages.predicates(), entityTypes
	page.Blank = formOf(&kith.Claim{Modality: kith.Asserted, Subject: kith.EntityRef{Type: kith.Person}})
	return nil
}

// predicates lists all predicates that there are words for, by their words.
func (p *pages) predicates() []choice {
	var out []choice
	for key, label := range p.texts {
		if name, ok := strings.CutPrefix(key, "verb."); ok {
			out = append(out, choice{name, label})
		}
	}
	sortChoices(out)
	return out
}

// original gives back the bytes that a document was made from, always as a
// file to save: they are never shown inside our pages.
func (s *Server) original(w http.ResponseWriter, r *http.Request, v kith.View) error {
	doc, err := v.Document(r.Context(), kith.DocumentID(r.PathValue("id")))
	if err != nil {
		return err
	}
	content, err := v.Original(r.Context(), doc.ID)
	if err != nil {
		return err
	}
	if content == nil {
		content = []byte(doc.Text)
	}
	name := filepath.Base(doc.Path)
	if doc.Path == "" {
		name = string(doc.ID) + ".txt"
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = w.Write(content)
	return nil
}

// claim opens a claim's sentence in its document.
func (s *Server) claim(w http.ResponseWriter, r *http.Request, v kith.View) error {
	c, err := v.Claim(r.Context(), kith.ClaimID(r.PathValue("id")))
	if err != nil {
		return err
	}
	http.Redirect(w, r, claimHref(c.Evidence.Document, c.ID), http.StatusSeeOther)
	return nil
}

func sentenceHref(doc kith.DocumentID, start int) string {
	return fmt.Sprintf("/documents/%s?at=%d#here", url.PathEscape(string(doc)), start)
}
