package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

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
	about := kith.EntityID(r.FormValue("about"))
	f, err := s.front(ctx, v)
	if err != nil {
		return err
	}
	pairs, err := s.pairs(ctx, v, about)
	if err != nil {
		return err
	}
	var claims []kith.Claim
	if about != "" {
		claims, err = waitingOn(ctx, v, about, queueLength)
	} else {
		claims, err = s.waiting(ctx, v, queueLength, func(*kith.Claim) bool { return true })
	}
	if err != nil {
		return err
	}
	shown, err := s.shower(v).showAll(ctx, claims)
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "review", struct {
		Frame
		Counts kith.Counts
		Pairs  []pair
		Claims []shownClaim
	}{s.frame(r, "review.title"), f.Counts, pairs, shown})
	return nil
}

// queueLength is how many claims the review page shows at once.
const queueLength = 25

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

// queue is the order in which claims wait for a person, at most mostQueued.
type queue struct {
	claims []kith.ClaimID
	whole  bool // no more wait
	made   time.Time
}

// old reports whether the order is worth making again. That costs more than all
// else on a large store, and the order hardly changes by one decision.
func (q *queue) old() bool { return time.Since(q.made) > time.Minute }

const mostQueued = 400

func newQueue(ctx context.Context, v kith.View) (*queue, error) {
	q := &queue{made: time.Now()}
	for item, err := range v.Queue(ctx, kith.QueueFilter{Claims: true, Limit: mostQueued}) {
		if err != nil {
			return nil, err
		}
		q.claims = append(q.claims, item.Claim.ID)
	}
	q.whole = len(q.claims) < mostQueued
	return q, nil
}

// waiting are the first claims of the queue that take accepts, up to limit. The
// order may be from before the last changes; whether a claim still waits is
// looked up.
func (s *Server) waiting(ctx context.Context, v kith.View, limit int, take func(*kith.Claim) bool) ([]kith.Claim, error) {
	q, found, fresh := s.queues.last(ctx, s, v)
	if found {
		out, err := q.open(ctx, v, limit, take)
		if err != nil || len(out) == limit || fresh && q.whole {
			if !fresh && q.old() {
				s.freshen()
			}
			return out, err
		}
	}
	q, err := s.queues.get(ctx, s, v, newQueue)
	if err != nil {
		return nil, err
	}
	return q.open(ctx, v, limit, take)
}

// open looks up which claims of the queue still wait.
func (q *queue) open(ctx context.Context, v kith.View, limit int, take func(*kith.Claim) bool) (out []kith.Claim, err error) {
	for _, id := range q.claims {
		c, err := v.Claim(ctx, id)
		if errors.Is(err, kith.ErrNotFound) {
			continue // its document was forgotten
		}
		if err != nil {
			return nil, err
		}
		if c.Review != kith.Unreviewed || c.Superseded || !take(c) {
			continue
		}
		if out = append(out, *c); len(out) == limit {
			break
		}
	}
	return out, nil
}

// waitingOn are the claims about one entity that wait for a person.
func waitingOn(ctx context.Context, v kith.View, about kith.EntityID, limit int) (out []kith.Claim, err error) {
	for item, err := range v.Queue(ctx, kith.QueueFilter{Claims: true, Entity: about, Limit: limit}) {
		if err != nil {
			return nil, err
		}
		out = append(out, *item.Claim)
	}
	return out, nil
}

// apiNext is the address of the next claim in the queue, in another document
// than the one named.
func (s *Server) apiNext(w http.ResponseWriter, r *http.Request, v kith.View) error {
	not := kith.DocumentID(r.FormValue("not"))
	next, err := s.waiting(r.Context(), v, 1, func(c *kith.Claim) bool { return c.Evidence.Document != not })
	if err != nil {
		return err
	}
	href := ""
	if len(next) > 0 {
		href = claimHref(next[0].Evidence.Document, next[0].ID)
	}
	writeJSON(w, http.StatusOK, map[string]string{"href": href})
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
	Of     string // of an undo: what it took back, in words
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
	s.nameUndone(list)
	s.render(w, r, http.StatusOK, "history", struct {
		Frame
		List []shownDecision
	}{s.frame(r, "history.title"), list})
	return nil
}

// nameUndone says of each undo what it took back, where that is in the list.
func (s *Server) nameUndone(list []shownDecision) {
	for i := len(list) - 1; i >= 0; i-- { // the oldest first: an undo may take back another
		undo := &list[i]
		at := slices.IndexFunc(list, func(d shownDecision) bool { return undo.Undoes != "" && d.ID == undo.Undoes })
		if at < 0 {
			continue
		}
		of := &list[at]
		undo.Of = strings.TrimSpace(s.pages.text("action."+string(of.Action)) + ": " + cmp.Or(of.Of, of.What))
		undo.Href, undo.Names, undo.Value = of.Href, of.Names, of.Value
	}
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
