package serve

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kith"
)

func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.168.1.2:0", "[::]:0", "example.org:80", "127.0.0.1"} {
		if l, err := Listen(address); !errors.Is(err, kith.ErrInvalid) {
			if l != nil {
				l.Close()
			}
			t.Errorf("Listen(%q) = %v, want it refused", address, err)
		}
	}
	for _, address := range []string{"127.0.0.1:0", "localhost:0"} {
		l, err := Listen(address)
		if err != nil {
			t.Errorf("Listen(%q): %v", address, err)
			continue
		}
		l.Close()
	}
}

// call sends a request with some headers and returns the answer.
func call(s *site, method, target string, body []byte, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, bytes.NewReader(body))
	r.Host = "127.0.0.1:8080"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Server.ServeHTTP(w, r)
	return w
}

func TestOtherOriginsAndOtherHostNamesAreRefused(t *testing.T) {
	s := newSite(t)
	form := []string{"Content-Type", "application/x-www-form-urlencoded"}
	for name, headers := range map[string][]string{
		"a form on another site":      append(form, "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"),
		"another origin, old browser": append(form, "Origin", "https://elsewhere.example"),
	} {
		if got := call(s, "POST", "/undo", []byte("decision=x"), headers...).Code; got != http.StatusForbidden {
			t.Errorf("%s was answered with %d", name, got)
		}
	}
	if got := call(s, "GET", "/", nil, "Host", "rebound.example:8080").Code; got != http.StatusMisdirectedRequest {
		t.Errorf("another host name was answered with %d", got)
	}
	for _, host := range []string{"localhost:7", "[::1]:7", "127.0.0.1"} {
		if got := call(s, "GET", "/healthz", nil, "Host", host); got.Code != http.StatusOK || got.Body.String() != "ok\n" {
			t.Errorf("%s was answered with %d %q", host, got.Code, got.Body)
		}
	}
}

func TestEveryAnswerCarriesTheStrictPolicy(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/nowhere", "/assets/app.js", "/api/map", "/healthz"} {
		h := call(s, "GET", path, nil).Header()
		got := h.Get("Content-Security-Policy")
		if !strings.Contains(got, "default-src 'none'") || strings.Contains(got, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("GET %s: policy %q", path, got)
		}
	}
}

func TestNoPageHoldsInlineScriptOrStyle(t *testing.T) {
	s := newSite(t)
	for name, path := range everyPage(t, s) {
		page := s.get(t, path)
		for _, bad := range []string{"<style", " style=", "javascript:", " onclick=", " onload="} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		for _, part := range strings.Split(page, "<script")[1:] {
			if !strings.HasPrefix(part, " src=") {
				t.Errorf("%s holds a script of its own: %.60q", name, part)
			}
		}
	}
}

func TestUploadsBeyondTheLimitAreRefused(t *testing.T) {
	s := newSite(t, func(o *Options) { o.MaxUpload = 1 << 20 })
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("files", "big.txt")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(bytes.Repeat([]byte("word "), 1<<19))
	form.Close()
	w := call(s, "POST", "/add", body.Bytes(), "Content-Type", form.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
	if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(w.Body.String(), "1 MB") {
		t.Fatalf("answered %d: %s", w.Code, plain(w.Body.String()))
	}
}

func TestFilesAreAddedWithoutScriptAndEachFailsAlone(t *testing.T) {
	s := newSite(t)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, text := range map[string]string{"good.txt": "Vera Lund met Otto Beck.", "empty.txt": ""} {
		part, err := form.CreateFormFile("files", name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(text))
	}
	form.Close()
	w := call(s, "POST", "/add", body.Bytes(), "Content-Type", form.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("answered %d", w.Code)
	}
	page := plain(s.get(t, w.Header().Get("Location")))
	for _, words := range []string{"good.txt", "added", "empty.txt", "not added", "the file is empty"} {
		if !strings.Contains(page, words) {
			t.Errorf("the report lacks %q", words)
		}
	}
}

func TestBackLeadsToThisSiteOnly(t *testing.T) {
	s := newSite(t)
	for _, bad := range []string{"https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"} {
		w := call(s, "POST", "/clock", []byte("as_of=2020&back="+bad), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
		if got := w.Header().Get("Location"); got != "/" {
			t.Errorf("back=%s leads to %s", bad, got)
		}
	}
}

func TestBothClocksHoldForTheSession(t *testing.T) {
	s := newSite(t)
	w := call(s, "POST", "/clock", []byte("as_of=2013&back=/"), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	cookie := strings.Split(w.Header().Get("Set-Cookie"), ";")[0]
	page := call(s, "GET", "/entities/"+s.id(t, "Ada Quill"), nil, "Cookie", cookie).Body.String()
	if !strings.Contains(page, "The world as of 2013") || !strings.Contains(page, "harbor master") || strings.Contains(page, "Lantern Forum") {
		t.Fatal("the page does not stand in 2013")
	}
}

func TestUnknownThingsAreSaidToBeMissing(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/nowhere", "/entities/enone", "/documents/dnone", "/claims/cnone", "/stories/none", "/stories/..%2f..%2fetc", "/jobs/99", "/assets/none.js"} {
		if status, _ := s.fetch(t, path); status != http.StatusNotFound {
			t.Errorf("GET %s was answered with %d", path, status)
		}
	}
}
