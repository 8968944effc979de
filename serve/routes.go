package serve

import (
	"errors"
	"fmt"
	"net/http"

	"kith"
)

// page answers one request with a page of HTML or an error that is shown as
// one.
type page func(w http.ResponseWriter, r *http.Request) error

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.Handle("GET /assets/{name...}", s.assets)
	for pattern, answer := range map[string]page{
		"GET /{$}":                      s.looking(s.home),
		"POST /add":                     s.add,
		"GET /jobs/{id}":                s.job,
		"GET /search":                   s.looking(s.search),
		"GET /entities":                 s.looking(s.entities),
		"GET /entities/{id}":            s.looking(s.entity),
		"GET /documents":                s.looking(s.documents),
		"GET /documents/{id}":           s.looking(s.reader),
		"GET /documents/{id}/original":  s.looking(s.original),
		"POST /documents/{id}/claims":   formed(s.looking(s.addByHand)),
		"GET /claims/{id}":              s.looking(s.claim),
		"GET /claims/{id}/correct":      s.looking(s.correctForm),
		"POST /claims/{id}/{action}":    formed(s.looking(s.decide)),
		"GET /map":                      s.looking(s.mapPage),
		"GET /tie":                      s.looking(s.tie),
		"GET /timeline":                 s.looking(s.timeline),
		"GET /compare":                  s.looking(s.compare),
		"GET /ask":                      s.looking(s.ask),
		"GET /review":                   s.looking(s.review),
		"POST /review/{action}":         formed(s.looking(s.judge)),
		"GET /history":                  s.looking(s.history),
		"POST /undo":                    formed(s.undo),
		"POST /clock":                   formed(s.setClock),
		"GET /stories":                  s.listStories,
		"POST /stories":                 formed(s.saveStory),
		"GET /stories/{id}":             s.looking(s.story),
		"POST /stories/{id}/delete":     formed(s.deleteStory),
		"GET /stories/{id}/export.html": s.looking(s.exportStory),
		"GET /take-away":                s.looking(s.takeAway),
		"GET /help":                     s.help,
		"GET /":                         func(http.ResponseWriter, *http.Request) error { return kith.ErrNotFound },
	} {
		mux.HandleFunc(pattern, s.html(answer))
	}
	for pattern, answer := range map[string]page{
		"GET /api/search": s.looking(s.apiSearch),
		"GET /api/map":    s.looking(s.apiMap),
		"GET /api/path":   s.looking(s.apiPath),
		"GET /api/next":   s.looking(s.apiNext),
	} {
		mux.HandleFunc(pattern, s.api(answer))
	}
	mux.HandleFunc("GET /jobs/{id}/events", s.jobEvents)
	return mux
}

// look is a page made of a view of the store.
type look func(w http.ResponseWriter, r *http.Request, v kith.View) error

// looking opens the store at the request's clocks for a page and closes it
// afterwards.
func (s *Server) looking(answer look) page {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := s.open(r.Context(), asOf(r))
		if err != nil {
			return fmt.Errorf("open the store: %w", err)
		}
		defer v.Close()
		return answer(w, r, v)
	}
}

// maxForm limits a form without files, in bytes.
const maxForm = 1 << 20

// formed reads the form that a page is sent.
func formed(answer page) page {
	return func(w http.ResponseWriter, r *http.Request) error {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			return fmt.Errorf("read the form: %w", badForm(err))
		}
		return answer(w, r)
	}
}

// badForm calls a form that cannot be read invalid, unless it is too long.
func badForm(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return fmt.Errorf("%v: %w", err, kith.ErrInvalid)
}

// html turns a page into a handler that shows its error as a page.
func (s *Server) html(answer page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := answer(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}

// api is like html, for answers that scripts read.
func (s *Server) api(answer page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := answer(w, r); err != nil {
			status, message := s.explain(r, err)
			writeJSON(w, status, map[string]string{"error": message})
		}
	}
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, message := s.explain(r, err)
	var unclear *kith.NameError
	errors.As(err, &unclear)
	data := struct {
		Frame
		Status  int
		Message string
		Name    *kith.NameError
	}{s.frame(r, "error.title"), status, message, unclear}
	s.render(w, r, status, "error", data)
}

// explain gives an error's status and what to tell the reader. Faults of the
// program are logged and not shown.
func (s *Server) explain(r *http.Request, err error) (int, string) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, s.pages.text("error.large", tooLarge.Limit>>20)
	case errors.Is(err, kith.ErrTooLarge):
		return http.StatusRequestEntityTooLarge, s.pages.text("error.large", s.MaxUpload>>20)
	case errors.Is(err, kith.ErrNotFound):
		return http.StatusNotFound, s.pages.text("error.missing")
	case errors.Is(err, kith.ErrAmbiguous):
		return http.StatusConflict, err.Error()
	case errors.Is(err, kith.ErrInvalid):
		return http.StatusBadRequest, err.Error()
	case errors.Is(err, kith.ErrLocked):
		return http.StatusServiceUnavailable, s.pages.text("error.locked")
	}
	s.Log.Error("answer request", "path", r.URL.Path, "error", err)
	return http.StatusInternalServerError, s.pages.text("error.inside")
}
