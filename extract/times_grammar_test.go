package extract

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith"
)

var simpleTokens = regexp.MustCompile(`[A-Z][a-z]{2,3}\.|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]`)

// untagged lays tokens without tags or trees over one sentence.
func untagged(text string, date kith.Date) *kith.Analysis {
	a := &kith.Analysis{Document: &kith.Document{Text: text, Date: date}}
	for _, m := range simpleTokens.FindAllStringIndex(text, -1) {
		a.Tokens = append(a.Tokens, kith.Token{Span: kith.Span{Start: m[0], End: m[1]}, Head: -1})
	}
	a.Sentences = []kith.Sentence{{Span: kith.Span{End: len(text)}, Last: len(a.Tokens)}}
	return a
}

func wordsInLower(a *kith.Analysis) []string {
	_, words := lowerWords(a, nil)
	return words
}

// moments finds the expressions of time among tokens [first, last).
func moments(a *kith.Analysis, first, last int, future bool) []moment {
	return appendMoments(nil, a, first, timeWords(nil, a, wordsInLower(a), first, last), future)
}

func TestNoExpressionBeginsWithAWordThatMayNotBeginOne(t *testing.T) {
	words := strings.Fields(`March march Tuesday sun 2016 '80s ' ’ 1990s early- mid-1990s late- - – Q3 3rd 17 , of and / [ x quarter century half
		spring year weeks ago earlier ever present season night`)
	for w := range timeParts {
		words = append(words, w, strings.ToUpper(w[:1])+w[1:])
	}
	slices.Sort(words)
	random := rand.New(rand.NewPCG(7, 11))
	read := 0
	for range 30_000 {
		a := &kith.Analysis{Document: &kith.Document{Date: "2024-05-15"}}
		for range 6 {
			w := words[random.IntN(len(words))]
			start := len(a.Document.Text)
			a.Tokens = append(a.Tokens, kith.Token{Span: kith.Span{Start: start, End: start + len(w)}, Head: -1})
			a.Document.Text += w + " "
		}
		c := calendar{a: a, end: len(a.Tokens), words: timeWords(nil, a, wordsInLower(a), 0, len(a.Tokens)), known: true}
		for i := range a.Tokens {
			if s, ok := c.anyDate(i); ok && !c.mayBeDate(i) {
				t.Fatalf("%q is a date, but %q may not begin one", momentText(a, moment{first: i, last: s.next}), a.Word(i))
			}
			if m, ok := c.expression(i); ok {
				read++
				if !c.mayBegin(i) {
					t.Fatalf("%q is an expression of time, but %q may not begin one", momentText(a, m), a.Word(i))
				}
			}
		}
	}
	if read < 10_000 {
		t.Errorf("read %d expressions only", read)
	}
}

func momentText(a *kith.Analysis, m moment) string {
	return kith.Span{Start: a.Tokens[m.first].Start, End: a.Tokens[m.last-1].End}.Cut(a.Document.Text)
}

func TestExpressionsOfTimeAreRead(t *testing.T) {
	const wednesday = kith.Date("2024-05-15")
	for _, c := range []struct {
		text, words string
		from, to    kith.Date
		future      bool
		date        kith.Date
	}{
		{text: "She moved in 2016 to Lyon", words: "in 2016", from: "2016", to: "2016"},
		{text: "He has led the town since 2009", words: "since 2009", from: "2009"},
		{text: "head from 1998 to 2019", words: "from 1998 to 2019", from: "1998", to: "2019"},
		{text: "head between 2007 and 2014", words: "between 2007 and 2014", from: "2007", to: "2014"},
		{text: "Secretary (1998–2019)", words: "1998–2019", from: "1998", to: "2019"},
		{text: "Secretary (1998-present)", words: "1998-present", from: "1998"},
		{text: "ran in 1943-44 for", words: "in 1943-44", from: "1943", to: "1944"},
		{text: "began in 1980 / 1981 as", words: "in 1980 / 1981", from: "1980", to: "1981"},
		{text: "in the early 1990s she", words: "in the early 1990s", from: "1990", to: "1993"},
		{text: "by the mid-1990s she", words: "by the mid-1990s", to: "1996"},
		{text: "during the late '80s", words: "during the late '80s", from: "1987", to: "1989"},
		{text: "in the third quarter of 2021", words: "in the third quarter of 2021", from: "2021-07", to: "2021-09"},
		{text: "in the first half of 2012", words: "in the first half of 2012", from: "2012-01", to: "2012-06"},
		{text: "in the spring of 2011", words: "in the spring of 2011", from: "2011", to: "2011"},
		{text: "until March 2019", words: "until March 2019", to: "2019-03"},
		{text: "until at least April 2009", words: "until at least April 2009", to: "2009-04"},
		{text: "by 2018", words: "by 2018", to: "2018"},
		{text: "resigned in May 2016", words: "in May 2016", from: "2016-05", to: "2016-05"},
		{text: "On 17 March 2009, the", words: "On 17 March 2009", from: "2009-03-17", to: "2009-03-17"},
		{text: "on March 17th, 2009", words: "on March 17th, 2009", from: "2009-03-17", to: "2009-03-17"},
		{text: "on the 4th of July 1999", words: "on the 4th of July 1999", from: "1999-07-04", to: "1999-07-04"},
		{text: "from February till May 2014", words: "from February till May 2014", from: "2014-02", to: "2014-05"},
		{text: "from August 1990 to July 1996", words: "from August 1990 to July 1996", from: "1990-08", to: "1996-07"},
		{text: "in the 19th century", words: "in the 19th century", from: "1801", to: "1900"},
		{text: "met on Tuesday", words: "on Tuesday", from: "2024-05-14", to: "2024-05-14", date: wednesday},
		{text: "met on Wednesday", words: "on Wednesday", from: "2024-05-15", to: "2024-05-15", date: wednesday},
		{text: "will meet on Tuesday", words: "on Tuesday", from: "2024-05-21", to: "2024-05-21", date: wednesday, future: true},
		{text: "met on Tuesday", words: "on Tuesday"},
		{text: "met last month", words: "last month", from: "2024-04", to: "2024-04", date: wednesday},
		{text: "met last week", words: "last week", from: "2024-05-06", to: "2024-05-12", date: wednesday},
		{text: "met yesterday", words: "yesterday", from: "2024-05-14", to: "2024-05-14", date: wednesday},
		{text: "met yesterday", words: "yesterday"},
		{text: "lost last year", words: "last year", from: "2023", to: "2023", date: "2024"},
		{text: "in March the board", words: "in March", from: "2024-03", to: "2024-03", date: wednesday},
		{text: "in November he quit", words: "in November", from: "2023-11", to: "2023-11", date: wednesday},
		{text: "in November he will quit", words: "in November", from: "2024-11", to: "2024-11", date: wednesday, future: true},
		{text: "last March the board", words: "last March", from: "2024-03", to: "2024-03", date: wednesday},
		{text: "in March the board", words: "in March"},
		{text: "on Oct. 3 they", words: "on Oct. 3"},
		{text: "on Jan. 8 they", words: "on Jan. 8", from: "2024-01-08", to: "2024-01-08", date: wednesday},
		{text: "two years ago", words: "two years ago", from: "2022", to: "2022", date: wednesday},
		{text: "Three days earlier, he", words: "Three days earlier", date: wednesday},
		{text: "the same night he", words: "the same night", date: wednesday},
		{text: "that November he", words: "that November", date: wednesday},
		{text: "since January she", words: "since January", from: "2024-01", date: wednesday},
		{text: "until May she", words: "until May", to: "2024-05", date: wednesday},
		{text: "Tuesday, September 22, 2015", words: "Tuesday, September 22, 2015", from: "2015-09-22", to: "2015-09-22", date: wednesday},
	} {
		t.Run(c.text+" in "+string(c.date), func(t *testing.T) {
			a := untagged(c.text, c.date)
			found := moments(a, 0, len(a.Tokens), c.future)
			if len(found) != 1 {
				t.Fatalf("found %d expressions, want one", len(found))
			}
			if got := momentText(a, found[0]); got != c.words {
				t.Errorf("read the words %q, want %q", got, c.words)
			}
			if found[0].from != c.from || found[0].to != c.to {
				t.Errorf("read %q to %q, want %q to %q", found[0].from, found[0].to, c.from, c.to)
			}
		})
	}
}

func TestWhatIsNoTimeIsNotRead(t *testing.T) {
	for _, text := range []string{"March on, she said", "They may march", "She paid $ 2000 for it", "room 1204 was locked", "April Ryan asked",
		"He is the 49th vice president", "2019 people came", "He sat there", "a second term", "on the 31st", "between them and us"} {
		a := untagged(text, "2024-05-15")
		if text == "April Ryan asked" {
			a.Tokens[1].Tag = kith.PROPN
		}
		for _, m := range moments(a, 0, len(a.Tokens), false) {
			t.Errorf("%q: read %q as %q to %q", text, momentText(a, m), m.from, m.to)
		}
	}
}

func FuzzExpressionsOfTimeAreDates(f *testing.F) {
	f.Add("from 31 February 2010 to May 1900-99 in the mid - 1990s", "2024-05-15")
	f.Add("last next this 99th of the third quarter of 0000", "2020")
	f.Fuzz(func(t *testing.T, text, date string) {
		if _, err := kith.ParseDate(date); err != nil {
			date = ""
		}
		a := untagged(text, kith.Date(date))
		for _, future := range []bool{false, true} {
			end := 0
			for _, m := range moments(a, 0, len(a.Tokens), future) {
				if m.first < end || m.last <= m.first || m.last > len(a.Tokens) {
					t.Fatalf("tokens %d to %d are out of order in %q", m.first, m.last, text)
				}
				end = m.last
				for _, d := range []kith.Date{m.from, m.to} {
					if _, err := kith.ParseDate(string(d)); d != "" && err != nil {
						t.Fatalf("%q read as %q: %v", momentText(a, m), d, err)
					}
				}
			}
		}
	})
}
