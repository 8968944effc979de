package serve

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"kith"
	"kith/store"
)

// told is a claim of a test document: its quote is found in the text.
type told struct {
	subject, predicate, object string
	quote                      string
	change                     func(*kith.Claim)
}

// reading makes what a reader would have made of a text.
func reading(t testing.TB, title, outlet string, date kith.Date, text string, claims ...told) *kith.Reading {
	t.Helper()
	doc := kith.Document{ID: kith.NewDocumentID(text), Text: text, Title: title, Outlet: outlet, Date: date, Format: "text"}
	r := &kith.Reading{Document: doc, Extractor: "test/1", Sentences: strings.Count(text, "."), Words: len(strings.Fields(text))}
	refs := map[string]kith.EntityRef{}
	ref := func(name string) kith.EntityRef {
		if known, ok := refs[name]; ok {
			return known
		}
		kind := kith.Person
		if strings.HasSuffix(name, "Party") || strings.HasSuffix(name, "Forum") || strings.HasSuffix(name, "University") {
			kind = kith.Organization
		}
		e := kith.EntityRef{ID: kith.NewEntityID(doc.ID, name, kind, 0), Name: name, Type: kind}
		refs[name] = e
		r.Entities = append(r.Entities, kith.Entity{ID: e.ID, Name: name, Type: kind})
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				return e
			}
			at += i
			r.Mentions = append(r.Mentions, kith.Mention{Span: kith.Span{Start: at, End: at + len(name)}, Kind: kith.NameMention, Type: kind, ID: e.ID, Text: name})
			at += len(name)
		}
	}
	for _, c := range claims {
		start := strings.Index(text, c.quote)
		if start < 0 {
			t.Fatalf("%q is not in the text of %s", c.quote, title)
		}
		claim := kith.Claim{Subject: ref(c.subject), Predicate: kith.Predicate(c.predicate), Modality: kith.Asserted, Confidence: .9,
			Evidence:  kith.Evidence{Document: doc.ID, Start: start, End: start + len(c.quote), Quote: c.quote},
			Extractor: "test/1", Review: kith.Unreviewed}
		if c.object != "" {
			object := ref(c.object)
			claim.Object = &object
		}
		if c.change != nil {
			c.change(&claim)
		}
		claim.Seal()
		r.Claims = append(r.Claims, claim)
	}
	return r
}

func value(s string) func(*kith.Claim) { return func(c *kith.Claim) { c.Value = s } }

func during(from, to kith.Date, more ...func(*kith.Claim)) func(*kith.Claim) {
	return func(c *kith.Claim) {
		c.Time = kith.Time{From: from, To: to}
		for _, f := range more {
			f(c)
		}
	}
}

func hedgedBy(who string, more ...func(*kith.Claim)) func(*kith.Claim) {
	return func(c *kith.Claim) {
		c.Modality, c.Confidence = kith.Hedged, .7
		if who != "" {
			c.Attribution = &kith.Attribution{Kind: kith.ByAnonymous, Name: who}
		}
		for _, f := range more {
			f(c)
		}
	}
}

const lighthouse = `Ada Quill took office as harbor master of Brackwater in 2012. She had studied at Saltmarsh University.
Mentor Bram Oster guided Ada Quill from her first day. In 2016 Oster introduced Quill to Cleo Farrow at a supper in the lamp room.
Farrow endorsed Quill on 3 May 2018, among the first to do so. “She keeps the light burning,” Farrow said.
Quill lost the 2019 mayoral election to Dunstan Pike. Later that year she founded the Lantern Forum.
According to two clerks, Quill may run for mayor again in 2027. Pike denied that he had met with Farrow.`

const breakwater = `Dunstan Pike was elected mayor of Brackwater in 2019. Pike studied at Saltmarsh University.
Bram Oster criticized Pike for the cost of the breakwater. Cleo Farrow announced that she will support Pike in 2026.
Edda Quill, the sister of Ada Quill, has worked for Cleo Farrow since 2020. Pike did meet with Farrow in March 2024, a steward wrote.`

// world fills a store with two documents about a town that does not exist.
func world(t testing.TB, s kith.Store) {
	t.Helper()
	no := func(c *kith.Claim) { c.Negated = true }
	readings := []*kith.Reading{
		reading(t, "The lamp room", "Brackwater Ledger", "2026-03-01", lighthouse,
			told{"Ada Quill", "held_office", "", "Ada Quill took office as harbor master of Brackwater in 2012.", during("2012", "", value("harbor master"))},
			told{"Ada Quill", "educated_at", "Saltmarsh University", "She had studied at Saltmarsh University.", nil},
			told{"Bram Oster", "mentored", "Ada Quill", "Mentor Bram Oster guided Ada Quill from her first day.", during("2012", "")},
			told{"Bram Oster", "introduced", "Ada Quill", "In 2016 Oster introduced Quill to Cleo Farrow at a supper in the lamp room.", during("2016", "2016")},
			told{"Cleo Farrow", "endorsed", "Ada Quill", "Farrow endorsed Quill on 3 May 2018, among the first to do so.", during("2018-05-03", "2018-05-03")},
			told{"Cleo Farrow", "said", "", "“She keeps the light burning,” Farrow said.", value("She keeps the light burning")},
			told{"Ada Quill", "lost_election", "Dunstan Pike", "Quill lost the 2019 mayoral election to Dunstan Pike.", during("2019", "2019", value("mayoral election"))},
			told{"Ada Quill", "founded", "Lantern Forum", "Later that year she founded the Lantern Forum.", during("2019", "2019")},
			told{"Ada Quill", "candidate_for", "", "According to two clerks, Quill may run for mayor again in 2027.", during("2027", "2027", value("mayor"), hedgedBy("two clerks"))},
			told{"Dunstan Pike", "met_with", "Cleo Farrow", "Pike denied that he had met with Farrow.", no},
		),
		reading(t, "Stone by stone", "Northern Echo", "2026-04-02", breakwater,
			told{"Dunstan Pike", "won_election", "", "Dunstan Pike was elected mayor of Brackwater in 2019.", during("2019", "2019", value("mayor"))},
			told{"Dunstan Pike", "held_office", "", "Dunstan Pike was elected mayor of Brackwater in 2019.", during("2019", "", value("mayor"))},
			told{"Dunstan Pike", "educated_at", "Saltmarsh University", "Pike studied at Saltmarsh University.", nil},
			told{"Bram Oster", "criticized", "Dunstan Pike", "Bram Oster criticized Pike for the cost of the breakwater.", nil},
			told{"Cleo Farrow", "supported", "Dunstan Pike", "Cleo Farrow announced that she will support Pike in 2026.", during("2026", "2026", func(c *kith.Claim) { c.Modality = kith.Planned })},
			told{"Edda Quill", "sibling_of", "Ada Quill", "Edda Quill, the sister of Ada Quill, has worked for Cleo Farrow since 2020.", nil},
			told{"Edda Quill", "employed_by", "Cleo Farrow", "Edda Quill, the sister of Ada Quill, has worked for Cleo Farrow since 2020.", during("2020", "")},
			told{"Dunstan Pike", "met_with", "Cleo Farrow", "Pike did meet with Farrow in March 2024, a steward wrote.", during("2024-03", "2024-03")},
		),
	}
	ctx := context.Background()
	first := map[string]kith.EntityID{}
	for _, r := range readings {
		if _, err := s.Put(ctx, r); err != nil {
			t.Fatal(err)
		}
		for _, e := range r.Entities {
			if known, ok := first[e.Name]; ok {
				judge(t, s, known, e.ID, kith.Same, 1)
			} else {
				first[e.Name] = e.ID
			}
		}
	}
	judge(t, s, first["Ada Quill"], first["Edda Quill"], kith.Unsure, .4)
}

func judge(t testing.TB, s kith.Store, a, b kith.EntityID, verdict kith.Verdict, score float64) {
	t.Helper()
	if b < a {
		a, b = b, a
	}
	j := kith.Judgement{A: a, B: b, Verdict: verdict, Score: score, By: "test", Reasons: []kith.Reason{
		{Feature: "surname", Note: "Quill", Weight: 1.2}, {Feature: "given name", Note: "Ada, Edda", Weight: -2}}}
	if err := s.Judge(context.Background(), []kith.Judgement{j}); err != nil {
		t.Fatal(err)
	}
}

// openStore opens an empty store in a folder of the test's own.
func openStore(t testing.TB) kith.Store {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "test.kith"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// site is a server over the world of tests.
type site struct {
	*Server
	web   *httptest.Server
	store kith.Store
}

func newSite(t testing.TB, change ...func(*Options)) *site {
	t.Helper()
	st := openStore(t)
	world(t, st)
	return siteOn(t, st, change...)
}

func siteOn(t testing.TB, st kith.Store, change ...func(*Options)) *site {
	t.Helper()
	o := Options{Store: st, By: "tester", Read: plainRead(st), Stories: t.TempDir()}
	for _, f := range change {
		f(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	t.Cleanup(func() { web.Close(); s.Close() })
	return &site{s, web, st}
}

// plainRead stores a text without any claim: reading itself is tested
// elsewhere.
func plainRead(st kith.Store) ReadFunc {
	return func(ctx context.Context, name string, content []byte) (ReadResult, error) {
		if len(content) == 0 {
			return ReadResult{}, fmt.Errorf("read %s: the file is empty: %w", name, kith.ErrInvalid)
		}
		text := string(content)
		doc := kith.Document{ID: kith.NewDocumentID(text), Text: text, Title: name, Path: name, Format: "text"}
		added, err := st.Put(ctx, &kith.Reading{Document: doc, Extractor: "test/1", Sentences: 1})
		return ReadResult{Document: doc.ID, Title: name, Known: !added.New, Sentences: 1}, err
	}
}

// get fetches a page of the site and fails the test where it is not answered.
func (s *site) get(t testing.TB, path string) string {
	t.Helper()
	status, body := s.fetch(t, path)
	if status != http.StatusOK {
		t.Fatalf("GET %s: status %d: %s", path, status, body)
	}
	return body
}

func (s *site) fetch(t testing.TB, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "127.0.0.1:8080"
	s.Server.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// post sends a form as a browser on the site itself would, and returns the
// status and where the answer leads.
func (s *site) post(t testing.TB, path string, form url.Values) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Host = "127.0.0.1:8080"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	s.Server.ServeHTTP(w, r)
	if w.Code >= 400 {
		return w.Code, w.Body.String()
	}
	return w.Code, w.Header().Get("Location")
}

// id is the entity of a name.
func (s *site) id(t testing.TB, name string) string {
	t.Helper()
	return string(s.named(t, name).ID)
}

func (s *site) named(t testing.TB, name string) *kith.Entity {
	t.Helper()
	v := s.look(t)
	e, err := v.Find(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (s *site) look(t testing.TB) kith.View {
	t.Helper()
	v, err := s.store.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

// claimOf is the first claim of a predicate about somebody.
func (s *site) claimOf(t testing.TB, name string, p kith.Predicate) kith.Claim {
	t.Helper()
	e := s.named(t, name)
	for c, err := range s.look(t).Claims(context.Background(), kith.ClaimFilter{About: e.ID, Predicates: []kith.Predicate{p}, Rejected: true}) {
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	t.Fatalf("no %s about %s", p, name)
	return kith.Claim{}
}
