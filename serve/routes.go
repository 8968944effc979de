package serve

import (
	"errors"
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
		"GET /{$}":                      s.home,
		"POST /add":                     s.add,
		"GET /jobs/{id}":                s.job,
		"GET /search":                   s.search,
		"GET /entities":                 s.entities,
		"GET /entities/{id}":            s.entity,
		"GET /documents":                s.documents,
		"GET /documents/{id}":           s.reader,
		"GET /documents/{id}/original":  s.original,
		"POST /documents/{id}/claims":   s.addByHand,
		"GET /claims/{id}":              s.claim,
		"GET /claims/{id}/correct":      s.correctForm,
		"POST /claims/{id}/{action}":    s.decide,
		"GET /map":                      s.mapPage,
		"GET /tie":                      s.tie,
		"GET /timeline":                 s.timeline,
		"GET /compare":                  s.compare,
		"GET /ask":                      s.ask,
		"GET /review":                   s.review,
		"POST /review/{action}":         s.judge,
		"GET /history":                  s.history,
		"POST /undo":                    s.undo,
		"POST /clock":                   s.setClock,
		"GET /stories":                  s.listStories,
		"POST /stories":                 s.saveStory,
		"GET /stories/{id}":             s.story,
		"POST /stories/{id}/delete":     s.deleteStory,
		"GET /stories/{id}/export.html": s.exportStory,
		"GET /take-away":                s.takeAway,
		"GET /help":                     s.help,
		"GET /":                         func(http.ResponseWriter, *http.Request) error { return kith.ErrNotFound },
	} {
		mux.HandleFunc(pattern, s.html(answer))
	}
	for pattern, answer := range map[string]page{
		"GET /api/search": s.apiSearch,
		"GET /api/map":    s.apiMap,
		"GET /api/path":   s.apiPath,
		"GET /api/next":   s.apiNext,
	} {
		mux.HandleFunc(pattern, s.api(answer))
	}
	mux.HandleFunc("GET /jobs/{id}/events", s.jobEvents)
	return mux
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
	case errors.As(err, &tooLarge), errors.Is(err, kith.ErrTooLarge):
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
