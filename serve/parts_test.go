package serve

import (
	"net/url"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"kith"
)

func TestTimesAreDrawnAsFarAsTheyAreKnown(t *testing.T) {
	a, ok := newAxis([]kith.Time{{From: "2010", To: "2020"}})
	if !ok {
		t.Fatal("no axis")
	}
	whole, since, until := a.bar(kith.Time{From: "2010", To: "2012"}), a.bar(kith.Time{From: "2010"}), a.bar(kith.Time{To: "2012"})
	if whole.Left || whole.Right || !since.Right || since.Left || !until.Left || until.Right {
		t.Fatalf("got %+v, %+v, %+v", whole, since, until)
	}
	if whole.Width <= since.Width {
		t.Fatal("an open end is drawn as if it were known")
	}
	if a.bar(kith.Time{Text: "after her defeat"}) != nil {
		t.Fatal("an unknown time has a place on the axis")
	}
	if _, ok := newAxis([]kith.Time{{Text: "once"}}); ok {
		t.Fatal("there is an axis without a date")
	}
}

func TestEvidenceByHandIsWholeSentences(t *testing.T) {
	text := "Dr. Ada Quill spoke. She left! “We go on,” she said.\nA new line begins"
	doc := &kith.Document{ID: "d1", Text: text}
	for words, want := range map[string]string{
		"She": "She left!", "go on": "“We go on,” she said.", "new line": "A new line begins", "spoke. She": "Dr. Ada Quill spoke. She left!",
	} {
		start := strings.Index(text, words)
		e, err := evidence(doc, itoa(start), itoa(start+len(words)))
		if err != nil || !strings.HasSuffix(want, e.Quote) || text[e.Start:e.End] != e.Quote {
			t.Errorf("%q gives %q, want %q (%v)", words, e.Quote, want, err)
		}
	}
	for _, bad := range [][2]string{{"-1", "4"}, {"4", "4"}, {"0", "999"}, {"x", "2"}, {"9", "3"}} {
		if _, err := evidence(doc, bad[0], bad[1]); err == nil {
			t.Errorf("bytes %v were taken", bad)
		}
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func FuzzTypesettingKeepsTheText(f *testing.F) {
	f.Add("Ada met Bo. Cy said so.\n\nDi may run.", 0, 11, 12, 23, 4, 7)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d, e, g int) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		claim := func(from, to int) kith.Claim {
			s := kith.Span{Start: from, End: to}
			return kith.Claim{ID: kith.ClaimID(itoa(abs2(from) % 90)), Modality: kith.Hedged, Attribution: &kith.Attribution{Name: "Cy"},
				Evidence: kith.Evidence{Start: from, End: to, Quote: s.Cut(text)}}
		}
		mentions := []kith.Mention{{Span: kith.Span{Start: e, End: g}, Kind: kith.NameMention, ID: "e1"}}
		var shown strings.Builder
		for _, p := range typeset(&kith.Document{Text: text}, []kith.Claim{claim(a, b), claim(c, d)}, mentions, "", 3) {
			for _, r := range p.Runs {
				at := r.Start
				for _, x := range r.Pieces {
					if !strings.HasPrefix(text[at:], x.Text) {
						t.Fatalf("piece %q does not stand at byte %d of %q", x.Text, at, text)
					}
					at += len(x.Text)
					shown.WriteString(x.Text)
				}
			}
		}
		if got, want := squeeze(shown.String()), squeeze(text); got != want {
			t.Fatalf("got %q of %q", got, want)
		}
	})
}

func abs2(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

// squeeze drops white space, which paragraphs may lose.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func FuzzMapAddress(f *testing.F) {
	f.Add("around=e1&pin=e1:1,2&limit=50&from=2010&hide=a,b")
	f.Fuzz(func(t *testing.T, raw string) {
		values, err := url.ParseQuery(raw)
		if err != nil {
			t.Skip()
		}
		q := readMapQuery(values)
		if q.Limit < 1 || q.Limit > maxNodes || len(q.Around) > 200 || len(q.Pins) > maxNodes {
			t.Fatalf("%q gives %+v", raw, q)
		}
		readSieve(values)
	})
}

func TestFileNamesOfStoriesAreSafe(t *testing.T) {
	safe := func(title string) bool {
		name := fileName(title)
		return name != "" && len(name) <= 60 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
	}
	if err := quick.Check(safe, nil); err != nil {
		t.Fatal(err)
	}
}

func TestPhrasesReadWell(t *testing.T) {
	s := newSite(t)
	third := &kith.EntityRef{Name: "Cleo"}
	ada := &kith.EntityRef{Name: "Ada"}
	for want, c := range map[string]kith.Claim{
		"Bo introduced Ada to Cleo":       {Predicate: "introduced", Object: ada, Qualifiers: kith.Qualifiers{Third: third}},
		"Bo introduced Ada":               {Predicate: "introduced", Object: ada},
		"Bo lost mayor to Ada":            {Predicate: "lost_election", Value: "mayor", Object: ada},
		"Bo lost":                         {Predicate: "lost_election"},
		"Bo held office as mayor":         {Predicate: "held_office", Value: "mayor"},
		"Bo said “Enough”":                {Predicate: "said", Value: "Enough"},
		"Bo donated to Ada (third: Cleo)": {Predicate: "donated_to", Object: ada, Qualifiers: kith.Qualifiers{Third: third}},
		"Bo never heard of Ada":           {Predicate: "never_heard_of", Object: ada},
	} {
		c.Subject = kith.EntityRef{Name: "Bo"}
		if got := s.pages.sentence(c); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestARumouredCandidacyIsNotOneOfYearsBefore(t *testing.T) {
	s := newSite(t)
	who := kith.EntityRef{ID: "e1", Name: "Ada Quill", Type: kith.Person}
	run := func(year string, m kith.Modality) kith.Claim {
		return kith.Claim{Predicate: "candidate_for", Subject: who, Value: "governor", Modality: m, Confidence: .9,
			Time: kith.Time{From: kith.Date(year), To: kith.Date(year)}, Qualifiers: kith.Qualifiers{Election: year}}
	}
	rows := s.shower(nil).rows(who.ID, []kith.Claim{run("2018", kith.Asserted), run("2028", kith.Hedged)}, func(d kith.DocumentID) kith.DocumentID { return d })
	if len(rows) != 2 || rows[0].Class == rows[1].Class {
		t.Fatalf("got %d rows: %+v", len(rows), rows)
	}
}
