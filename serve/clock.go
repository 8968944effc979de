package serve

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kith"
)

// clockCookie holds the two clocks of a reader's session.
const clockCookie = "kith_clock"

// asOf reads both clocks: from the address where it names them, else from the
// session. What is not a date is left out.
func asOf(r *http.Request) kith.AsOf {
	values := r.URL.Query()
	if !values.Has("as_of") && !values.Has("known") {
		if cookie, err := r.Cookie(clockCookie); err == nil {
			if kept, err := url.ParseQuery(cookie.Value); err == nil {
				values = kept
			}
		}
	}
	var at kith.AsOf
	if day, err := kith.ParseDate(values.Get("as_of")); err == nil {
		at.World = day
	}
	if known, err := time.Parse(time.DateOnly, values.Get("known")); err == nil {
		at.Known = known.Add(24*time.Hour - time.Nanosecond)
	}
	return at
}

// setClock keeps both clocks for the session and goes back to where the
// reader was.
func (s *Server) setClock(w http.ResponseWriter, r *http.Request) error {
	kept := url.Values{}
	for _, name := range []string{"as_of", "known"} {
		if v := strings.TrimSpace(r.PostForm.Get(name)); v != "" {
			if _, err := kith.ParseDate(v); err != nil {
				return fmt.Errorf("set the clocks: %v: %w", err, kith.ErrInvalid)
			}
			kept.Set(name, v)
		}
	}
	cookie := &http.Cookie{Name: clockCookie, Value: kept.Encode(), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
	if len(kept) == 0 {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
	return back(w, r)
}

// back goes to the page named by the form's "back" field, or to the start. It
// goes to no other site.
func back(w http.ResponseWriter, r *http.Request) error {
	to := r.FormValue("back")
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.Contains(to, "\\") {
		to = "/"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
