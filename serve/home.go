package serve

import (
	"context"
	"iter"
	"net/http"
	"slices"
	"time"

	"kith"
)

// collect gathers what a sequence gives, up to limit (0 for all), and stops at
// its first error.
func collect[T any](seq iter.Seq2[T, error], limit int) ([]T, error) {
	var all []T
	for item, err := range seq {
		if err != nil {
			return nil, err
		}
		all = append(all, item)
		if limit > 0 && len(all) == limit {
			break
		}
	}
	return all, nil
}

// front is what the start page shows.
type front struct {
	Counted       time.Time
	Counts        kith.Counts
	Newest        []kith.DocumentInfo
	People        []kith.EntityInfo
	Organisations []kith.EntityInfo
	Doubts        []shownClaim
}

// patience is how long the start page waits for the store to be counted anew
// after a change; then it shows what was counted before, and says so.
const patience = 15 * time.Millisecond

// front returns what the start page shows of a view.
func (s *Server) front(ctx context.Context, v kith.View) (*front, error) {
	return s.fronts.get(ctx, s, v, s.newFront)
}

func (s *Server) newFront(ctx context.Context, v kith.View) (f *front, err error) {
	f = &front{Counted: time.Now()}
	if f.Counts, err = v.Counts(ctx); err != nil {
		return nil, err
	}
	if f.Newest, err = collect(v.Documents(ctx, kith.DocumentFilter{Newest: true, Limit: 8}), 8); err != nil {
		return nil, err
	}
	if f.People, err = collect(v.Entities(ctx, kith.EntityFilter{Type: kith.Person, Limit: 12, Bare: true}), 12); err != nil {
		return nil, err
	}
	if f.Organisations, err = collect(v.Entities(ctx, kith.EntityFilter{Type: kith.Organization, Limit: 8, Bare: true}), 8); err != nil {
		return nil, err
	}
	silent := func(e kith.EntityInfo) bool { return e.Claims == 0 } // named, and nothing said of
	f.People, f.Organisations = slices.DeleteFunc(f.People, silent), slices.DeleteFunc(f.Organisations, silent)
	f.Doubts, err = s.doubts(ctx, v)
	return f, err
}

// home is the start page: what the store holds, what came in last, what needs
// review, and the form to add more.
func (s *Server) home(w http.ResponseWriter, r *http.Request, v kith.View) error {
	f, found, fresh := s.fronts.soon(r.Context(), s, v, patience, s.newFront)
	if !found {
		var err error
		if f, err = s.front(r.Context(), v); err != nil {
			return err
		}
		fresh = true
	}
	frame := s.frame(r, "home.title")
	frame.Section = "start"
	s.render(w, r, http.StatusOK, "home", struct {
		Frame
		*front
		Stale bool  // it is being counted anew
		Limit int64 // of one upload, in bytes
	}{frame, f, !fresh, s.MaxUpload})
	return nil
}

// doubts are some unreviewed claims that are not told as fact: the ones to
// look at first.
func (s *Server) doubts(ctx context.Context, v kith.View) ([]shownClaim, error) {
	show := s.shower(v)
	var out []shownClaim
	for c, err := range v.Claims(ctx, kith.ClaimFilter{Modality: kith.Hedged, Review: kith.Unreviewed, Limit: 5}) {
		if err != nil {
			return nil, err
		}
		shown, err := show.show(ctx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, shown)
	}
	return out, nil
}

// documents lists the documents, newest first.
func (s *Server) documents(w http.ResponseWriter, r *http.Request, v kith.View) error {
	words := r.FormValue("q")
	list, err := collect(v.Documents(r.Context(), kith.DocumentFilter{Words: words, Newest: true, Limit: listLimit}), listLimit)
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "documents", struct {
		Frame
		Query string
		List  []kith.DocumentInfo
		Limit int
	}{s.frame(r, "documents.title"), words, list, listLimit})
	return nil
}

// How many rows a list shows; the page says so where it is cut.
const (
	listLimit   = 300
	entityLimit = 150
)

// entities lists people, organisations and the rest, most talked about first.
func (s *Server) entities(w http.ResponseWriter, r *http.Request, v kith.View) error {
	filter := kith.EntityFilter{Type: kith.EntityType(r.FormValue("type")), Word: r.FormValue("q"), Limit: entityLimit, Bare: true}
	list, err := collect(v.Entities(r.Context(), filter), entityLimit)
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "entities", struct {
		Frame
		Filter kith.EntityFilter
		Types  []kith.EntityType
		List   []kith.EntityInfo
	}{s.frame(r, "entities.title"), filter, entityTypes, list})
	return nil
}

var entityTypes = []kith.EntityType{kith.Person, kith.Organization, kith.Place, kith.EventType, kith.Group}
