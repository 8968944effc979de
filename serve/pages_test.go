package serve

import (
	"net/url"
	"strings"
	"testing"
)

func TestEveryPageIsAnsweredWithoutScript(t *testing.T) {
	s := newSite(t)
	ada := s.id(t, "Ada Quill")
	c := s.claimOf(t, "Ada Quill", "mentored")
	for path, words := range map[string][]string{
		"/":                           {"Ada Quill", "The lamp room", "Needs your eye"},
		"/entities":                   {"Cleo Farrow", "Lantern Forum"},
		"/entities?type=Organization": {"Saltmarsh University"},
		"/entities/" + ada:            {"harbor master", "mentored by", "Bram Oster", "hedged", "founded"},
		"/documents":                  {"Brackwater Ledger"},
		"/documents?q=stone":          {"Stone by stone"},
		"/map":                        {"The ties as a table", "<svg"},
		"/map?around=" + ada:          {"Ada Quill"},
		"/timeline?about=" + ada:      {"No date known", "harbor master"},
		"/compare?a=Ada+Quill&b=" + s.id(t, "Dunstan Pike"): {"Saltmarsh University", "nothing written"},
		"/search?q=breakwater":                              {"<mark>breakwater</mark>"},
		"/review":                                           {"Edda Quill", "surname"},
		"/history":                                          {"Nobody has decided"},
		"/stories":                                          {"No map is saved"},
		"/help":                                             {"weakest tie"},
		"/ask":                                              {"Or choose a form"},
		"/ask?q=who+Ada+Quill":                              {"What this rests on", "Bram Oster"},
		"/tie?a=" + ada + "&b=" + s.id(t, "Bram Oster"):                        {"mentored", "introduced"},
		"/claims/" + string(c.ID) + "/correct":                                 {"The document says", "Mentor Bram Oster guided"},
		"/documents/" + string(c.Evidence.Document) + "?claim=" + string(c.ID): {"run claim asserted lit", "cue-hedge", "cue-voice"},
		"/take-away?around=" + ada:                                             {"Content-Security-Policy", "Mentor Bram Oster guided"},
	} {
		body := s.get(t, path)
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("GET %s: %q is missing", path, w)
			}
		}
		if strings.Contains(body, "ZgotmplZ") {
			t.Errorf("GET %s: a value was refused by the template", path)
		}
	}
}

func TestReaderShowsTheTextAsItWas(t *testing.T) {
	s := newSite(t)
	c := s.claimOf(t, "Ada Quill", "mentored")
	body := s.get(t, "/documents/"+string(c.Evidence.Document))
	for _, sentence := range []string{"by brackwater"} {
		_ = sentence
	}
	from := strings.Index(body, "data-text>")
	shown := plain(body[from:strings.Index(body, "</article>")])
	for _, line := range strings.Split(lighthouse, "\n") {
		if !strings.Contains(shown, line) {
			t.Errorf("the reader does not show %q", line)
		}
	}
}

// plain drops the tags of a page.
func plain(page string) string {
	var b strings.Builder
	for page != "" {
		text, rest, _ := strings.Cut(page, "<")
		b.WriteString(text)
		_, page, _ = strings.Cut(rest, ">")
	}
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'").Replace(b.String())
}

func TestClaimIsAcceptedRejectedCorrectedAndUndone(t *testing.T) {
	s := newSite(t)
	c := s.claimOf(t, "Ada Quill", "mentored")
	path := "/claims/" + string(c.ID)
	for _, step := range []struct{ action, state string }{{"accept", "accepted"}, {"reject", "rejected"}} {
		if status, next := s.post(t, path+"/"+step.action, url.Values{}); status != 303 {
			t.Fatalf("%s: status %d %s", step.action, status, next)
		}
		if got := s.claimOf(t, "Ada Quill", "mentored").Review; string(got) != step.state {
			t.Fatalf("after %s the claim is %q", step.action, got)
		}
	}
}
