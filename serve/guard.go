package serve

import (
	"net"
	"net/http"
	"runtime/debug"
)

// policy is the content security policy of every page: what is not ours does
// not load, and nothing inline runs.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard refuses requests from other origins and under other host names (which
// is how a page elsewhere would reach a loopback server by rebinding its
// name), limits bodies, and sets the headers that keep a page by itself.
func (s *Server) guard(next http.Handler) http.Handler {
	inner := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if !isLoopback(hostOf(r)) {
			http.Error(w, "kith answers under 127.0.0.1, ::1 and localhost only", http.StatusMisdirectedRequest)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, s.MaxUpload)
		defer s.rescue(w, r)
		inner.ServeHTTP(w, r)
	})
}

// rescue answers a request whose handler has panicked with the page for faults
// of the program. Pages are written in one piece, so that none is half there.
func (s *Server) rescue(w http.ResponseWriter, r *http.Request) {
	p := recover()
	switch p {
	case nil:
		return
	case http.ErrAbortHandler:
		panic(p)
	}
	s.Log.Error("answer request", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
	s.fail(w, r, errPanicked)
}

func hostOf(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		return host
	}
	return r.Host
}
