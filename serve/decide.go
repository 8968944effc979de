package serve

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"kith"
)

func sortChoices(list []choice) {
	slices.SortFunc(list, func(a, b choice) int { return cmp.Compare(a.Label, b.Label) })
}

// decide accepts, rejects or corrects a claim.
func (s *Server) decide(w http.ResponseWriter, r *http.Request, v kith.View) error {
	c, err := v.Claim(r.Context(), kith.ClaimID(r.PathValue("id")))
	if err != nil {
		return err
	}
	d := &kith.Decision{By: s.By, ClaimID: c.ID, Why: strings.TrimSpace(r.PostForm.Get("why"))}
	switch action := r.PathValue("action"); action {
	case "accept", "reject":
		d.Action = kith.Action(action)
	case "correct":
		d.Action = kith.Correct
		if d.Correction, err = correction(r, c); err != nil {
			return err
		}
	default:
		return fmt.Errorf("decide on claim %s: no such action %q: %w", c.ID, action, kith.ErrNotFound)
	}
	return s.settle(w, r, d, claimHref(c.Evidence.Document, c.ID))
}

// settle records a decision and goes on: to the address named by the form, or
// to the one given, or with the decision's id for scripts.
func (s *Server) settle(w http.ResponseWriter, r *http.Request, d *kith.Decision, next string) error {
	if err := s.Store.Decide(r.Context(), d); err != nil {
		return fmt.Errorf("record the decision: %w", err)
	}
	s.freshen()
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		writeJSON(w, http.StatusOK, map[string]string{"decision": string(d.ID), "action": string(d.Action)})
		return nil
	}
	if r.PostForm.Get("back") != "" {
		return back(w, r)
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// correction reads what a claim should say. The quote stays: it is what the
// document says.
func correction(r *http.Request, c *kith.Claim) (*kith.Claim, error) {
	fixed := *c
	fixed.Superseded = false
	if err := fillClaim(&fixed, r.PostForm); err != nil {
		return nil, err
	}
	fixed.Review = kith.Corrected
	fixed.Seal()
	return &fixed, nil
}

// correctForm is the form to correct a claim, for readers without script.
func (s *Server) correctForm(w http.ResponseWriter, r *http.Request, v kith.View) error {
	c, err := v.Claim(r.Context(), kith.ClaimID(r.PathValue("id")))
	if err != nil {
		return err
	}
	shown, err := s.shower(v).show(r.Context(), *c)
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "correct", struct {
		Frame
		Claim      shownClaim
		Form       claimForm
		Predicates []choice
		Types      []kith.EntityType
	}{s.frame(r, "correct.title"), shown, formOf(c), s.pages.predicates(), entityTypes})
	return nil
}

// addByHand makes a claim of selected words. The quote grows to the whole
// sentences that hold the words.
func (s *Server) addByHand(w http.ResponseWriter, r *http.Request, v kith.View) error {
	doc, err := v.Document(r.Context(), kith.DocumentID(r.PathValue("id")))
	if err != nil {
		return err
	}
	c := kith.Claim{Modality: kith.Asserted, Confidence: 1, Review: kith.Unreviewed}
	if c.Evidence, err = evidence(doc, r.PostForm.Get("start"), r.PostForm.Get("end")); err != nil {
		return err
	}
	if err := fillClaim(&c, r.PostForm); err != nil {
		return err
	}
	id, err := s.putByHand(r.Context(), v, doc, c)
	if err != nil {
		return err
	}
	d := &kith.Decision{By: s.By, Action: kith.Accept, ClaimID: id, Why: s.pages.text("hand.why")}
	return s.settle(w, r, d, claimHref(doc.ID, id))
}

// putByHand stores a claim as a reading by a reader of its own, so that no
// later reading supersedes it.
func (s *Server) putByHand(ctx context.Context, v kith.View, doc *kith.Document, c kith.Claim) (kith.ClaimID, error) {
	reading := &kith.Reading{Document: *doc, Claims: []kith.Claim{c}}
	if err := s.ends(ctx, v, doc, reading); err != nil {
		return "", err
	}
	made := &reading.Claims[0]
	made.Seal()
	made.Extractor = fmt.Sprintf("hand-%s-%s/1", strings.ReplaceAll(s.By, "/", "-"), made.ID[1:7])
	reading.Extractor = made.Extractor
	if _, err := s.Store.Put(ctx, reading); err != nil {
		return "", fmt.Errorf("store the claim: %w", err)
	}
	return made.ID, nil
}
