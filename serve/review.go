package serve

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"kith"
)

// pair is a question of identity: are two entities one?
type pair struct {
	kith.QueueItem
	Left, Right portrait
}

// portrait is what a reader needs to tell whether an entity is another.
type portrait struct {
	*kith.Entity
	Claims []shownClaim
	More   int // claims that are not shown
}

// review is the queue: unsure identities side by side with the reasons, and
// claims that nobody has looked at.
func (s *Server) review(w http.ResponseWriter, r *http.Request, v kith.View) error {
	ctx := r.Context()
	counts, err := v.Counts(ctx)
	if err != nil {
		return err
	}
	pairs, err := s.pairs(ctx, v, kith.EntityID(r.FormValue("about")))
	if err != nil {
		return err
	}
	claims, err := s.waiting(ctx, v, kith.EntityID(r.FormValue("about")))
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "review", struct {
		Frame
		Counts kith.Counts
		Pairs  []pair
		Claims []shownClaim
	}{s.frame(r, "review.title"), counts, pairs, claims})
	return nil
}

func (s *Server) pairs(ctx context.Context, v kith.View, about kith.EntityID) (out []pair, err error) {
	for item, err := range v.Queue(ctx, kith.QueueFilter{Identity: true, Entity: about, Limit: 12}) {
		if err != nil {
			return nil, err
		}
		p := pair{QueueItem: item}
		if item.A == nil || item.B == nil {
			continue
		}
		if p.Left, err = s.portrait(ctx, v, item.A); err != nil {
			return nil, err
		}
		if p.Right, err = s.portrait(ctx, v, item.B); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (s *Server) portrait(ctx context.Context, v kith.View, e *kith.Entity) (portrait, error) {
	p := portrait{Entity: e}
	show := s.shower(v)
	for c, err := range v.Claims(ctx, kith.ClaimFilter{About: e.ID, Limit: 40}) {
		if err != nil {
			return p, err
		}
		if len(p.Claims) == 5 {
			p.More++
			continue
		}
		shown, err := show.show(ctx, c)
		if err != nil {
			return p, err
		}
		p.Claims = append(p.Claims, shown)
	}
	return p, nil
}

func (s *Server) waiting(ctx context.Context, v kith.View, about kith.EntityID) (out []shownClaim, err error) {
	show := s.shower(v)
	for item, err := range v.Queue(ctx, kith.QueueFilter{Claims: true, Entity: about, Limit: 25}) {
		if err != nil {
			return nil, err
		}
		if item.Claim == nil {
			continue
		}
		shown, err := show.show(ctx, *item.Claim)
		if err != nil {
			return nil, err
		}
		out = append(out, shown)
	}
	return out, nil
}

// apiNext is the address of the next claim in the queue, in another document
// than the one named.
func (s *Server) apiNext(w http.ResponseWriter, r *http.Request, v kith.View) error {
	not := kith.DocumentID(r.FormValue("not"))
	for item, err := range v.Queue(r.Context(), kith.QueueFilter{Claims: true}) {
		if err != nil {
			return err
		}
		if c := item.Claim; c != nil && c.Evidence.Document != not {
			writeJSON(w, http.StatusOK, map[string]string{"href": claimHref(c.Evidence.Document, c.ID)})
			return nil
		}
	}
	writeJSON(w, http.StatusOK, map[string]string{"href": ""})
	return nil
}

// judge merges entities, keeps them apart, splits some off, or names one.
func (s *Server) judge(w http.ResponseWriter, r *http.Request, v kith.View) error {
	actions := map[string]kith.Action{"merge": kith.Merge, "apart": kith.Apart, "split": kith.Split, "alias": kith.Alias, "rename": kith.Rename}
	action, ok := actions[r.PathValue("action")]
	if !ok {
		return fmt.Errorf("decide on identity: no such action: %w", kith.ErrNotFound)
	}
	d := &kith.Decision{By: s.By, Action: action, Why: strings.TrimSpace(r.PostForm.Get("why")), Value: strings.TrimSpace(r.PostForm.Get("value"))}
	for _, id := range r.PostForm["entity"] {
		if id != "" {
			d.Entities = append(d.Entities, kith.EntityID(id))
		}
	}
	if name := strings.TrimSpace(r.PostForm.Get("with")); name != "" {
		other, err := v.Find(r.Context(), name)
		if err != nil {
			return err
		}
		d.Entities = append(d.Entities, other.ID)
	}
	return s.settle(w, r, d, "/review")
}

// shownDecision is a decision in words.
type shownDecision struct {
	kith.Decision
	What   string // what was decided on, in words
	Href   string
	Undone bool
	Names  []kith.EntityRef
}

// history lists all decisions, newest first; each can be undone.
func (s *Server) history(w http.ResponseWriter, r *http.Request, v kith.View) error {
	ctx := r.Context()
	filter := kith.DecisionFilter{Entity: kith.EntityID(r.FormValue("about")), Claim: kith.ClaimKey(r.FormValue("claim")), Limit: listLimit}
	all, err := collect(v.Decisions(ctx, filter), listLimit)
	if err != nil {
		return err
	}
	undone := map[kith.DecisionID]bool{}
	var list []shownDecision
	for _, d := range all { // newest first, so that an undo comes before what it undoes
		if d.Action == kith.Undo && !undone[d.ID] {
			undone[d.Undoes] = true
		}
		list = append(list, s.tell(ctx, v, d, undone[d.ID]))
	}
	s.render(w, r, http.StatusOK, "history", struct {
		Frame
		List []shownDecision
	}{s.frame(r, "history.title"), list})
	return nil
}

// tell says what a decision was about. What is no longer there is left
// unnamed.
func (s *Server) tell(ctx context.Context, v kith.View, d kith.Decision, undone bool) shownDecision {
	out := shownDecision{Decision: d, Undone: undone}
	if d.ClaimID != "" {
		if c, err := v.Claim(ctx, d.ClaimID); err == nil {
			out.What, out.Href = s.pages.sentence(*c), claimHref(c.Evidence.Document, c.ID)
		}
	}
	for _, id := range d.Entities {
		if e, err := v.Entity(ctx, id); err == nil {
			out.Names = append(out.Names, e.Ref())
		}
	}
	if d.Outlet != "" {
		out.What = d.Outlet
	}
	return out
}

// sentence says a claim in a few words.
func (p *pages) sentence(c kith.Claim) string {
	says, third := p.says(c)
	text := c.Subject.Name + " " + plainText(says)
	if third != nil {
		text += " " + p.text("third.to", third.Name)
	}
	return text
}

// undo takes a decision back.
func (s *Server) undo(w http.ResponseWriter, r *http.Request) error {
	id := kith.DecisionID(r.PostForm.Get("decision"))
	if id == "" {
		return fmt.Errorf("undo: no decision named: %w", kith.ErrInvalid)
	}
	return s.settle(w, r, &kith.Decision{By: s.By, Action: kith.Undo, Undoes: id}, "/history")
}
