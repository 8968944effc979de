package answer_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/answer"
	"kith/data"
	"kith/pipeline"
	"kith/source"
)

// row is one row of the users' table: a part of the support system, the
// question that a user asks of it, and lines that the answer must hold, each
// with the byte at which its sentence begins in the first document.
type row struct {
	part, question string
	lines          []cited
	exact          bool // no other lines
}

type cited struct {
	line  string
	start int
}

var rowsOfUsers = []row{
	{"counsel", "Who advises whom?", []cited{
		{"Kamala Harris | consulted | Hillary Clinton", 0}, {"Hillary Clinton | mentored | Kamala Harris", 543},
		{"planned Hillary Clinton | advised | Kamala Harris", 1953}, {"Hillary Clinton | advised | Kamala Harris", 2168}}, true},
	{"mentorship", "Who mentored Harris?", []cited{{"Hillary Clinton | mentored | Kamala Harris", 543}}, true},
	{"introductions", "Who introduced whom to whom?", []cited{
		{"Hillary Clinton | introduced | Kamala Harris | key Democratic figures", 890},
		{"Hillary Clinton | introduced | Kamala Harris | trusted advisers", 890}}, true},
	{"endorsements", "Who endorsed Harris, and in which order?", []cited{
		{"Hillary Clinton | endorsed | Kamala Harris", 1326}, {"Bill Clinton | endorsed | Kamala Harris", 1326}}, true},
	{"donors and fundraisers", "Who raised or gave what for Harris?", []cited{{"Hillary Clinton | raised_funds_for | Kamala Harris", 2327}}, true},
	{"surrogates", "Who campaigned for Harris?", []cited{{"Hillary Clinton | campaigned_for | Kamala Harris", 2452}}, true},
	{"advice from experience", "What did Clinton advise Harris on?", []cited{
		{"Hillary Clinton | advised | Kamala Harris", 2168}, {"planned Hillary Clinton | advised | Kamala Harris", 1953}}, true},
	{"the vehicle", "What was founded after which defeat, and what is it modelled on?", []cited{
		{"Kamala Harris | founded | Pioneer49", 2632}, {"Kamala Harris | lost_election | Donald Trump", 0},
		{"Pioneer49 | compared_to | Clinton's post-2016 organizational structure", 2941}}, true},
	{"shared staff", "Who worked for both Harris and Clinton?", []cited{
		{"Maya Harris | led | Harris 2020 presidential campaign", 3077}, {"Maya Harris | employed_by | Hillary Clinton", 3077}}, true},
	{"parallel careers", "Compare the careers of Harris and Clinton", []cited{
		{"Kamala Harris | held_office | Vice President", 0}, {"Kamala Harris | held_office | San Francisco", 543},
		{"Kamala Harris | lost_election | Donald Trump", 0}, {"Hillary Clinton | lost_election | Electoral College", 3927},
		{"Hillary Clinton | won_election | popular vote", 3927}, {"Kamala Harris | nominated_by | Democratic Party", 3927},
		{"Hillary Clinton | nominated_by | Democratic Party", 3927}, {"Kamala Harris | founded | Pioneer49", 2632},
		{"Hillary Clinton | employed_by | Columbia University", 3414}}, false},
	{"succession", "Who named whom as heir?", []cited{{"Hillary Clinton | named_successor | Kamala Harris", 3562}}, true},
	{"open plans", "What is rumoured about Kamala Harris?", []cited{
		{"hedged Kamala Harris | candidate_for | California", 2821}, {"hedged Kamala Harris | candidate_for | presidential", 2821},
		{"planned Kamala Harris | candidate_for | President", 1202}, {"Kamala Harris | candidate_for | presidential", 4178}}, false},
	{"voices", "Who said what about Kamala Harris?", []cited{
		{"Hillary Clinton | praised | Kamala Harris", 737}, {"Hillary Clinton | said | a long relay race.", 3562}}, false},
}

// wrong lists what an answer lacks of a row, or has beyond it.
func (r *row) wrong(a *answer.Answer) []string {
	var out []string
	starts := map[kith.ClaimID]int{}
	for _, e := range a.Evidence {
		starts[e.Claim] = e.Start
	}
	used := make([]bool, len(a.Lines))
	for _, want := range r.lines {
		at := slices.IndexFunc(a.Lines, func(l answer.Line) bool { return matches(&l, want.line) })
		for at >= 0 && used[at] {
			next := slices.IndexFunc(a.Lines[at+1:], func(l answer.Line) bool { return matches(&l, want.line) })
			if next < 0 {
				break
			}
			at += 1 + next
		}
		switch {
		case at < 0:
			out = append(out, "missing "+want.line)
		case !slices.ContainsFunc(a.Lines[at].Claims, func(id kith.ClaimID) bool { return starts[id] == want.start }):
			out = append(out, "another sentence for "+want.line)
		default:
			used[at] = true
		}
	}
	for i := range a.Lines {
		if r.exact && !used[i] {
			out = append(out, "too much "+short(&a.Lines[i]))
		}
	}
	return out
}

func TestEachRowOfTheUsersTableIsAnsweredWithItsSentences(t *testing.T) {
	v := seedWorld(t).view(t, kith.AsOf{})
	for _, r := range rowsOfUsers {
		t.Run(r.part, func(t *testing.T) {
			for _, w := range r.wrong(askWorld(t, v, r.question)) {
				t.Errorf("%s: %s", r.question, w)
			}
		})
	}
}

func TestARumourIsNeverToldAsFact(t *testing.T) {
	v := seedWorld(t).view(t, kith.AsOf{})
	a := askWorld(t, v, "who Kamala Harris")
	for _, l := range a.Lines {
		if year := l.Qualifiers["election"]; (year == "2026" || year == "2028") && l.Certainty() != "rumoured" {
			t.Errorf("%s is not marked as a rumour", l.Sentence())
		}
	}
}

// TestOwnReadingOfTheFirstDocument reports how many rows kith's own reading
// answers, and holds that it invents no quote and turns no rumour into a fact.
func TestOwnReadingOfTheFirstDocument(t *testing.T) {
	path := shared(t, "seed", "article.txt")
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		t.Skipf("the standard reader is not at hand: %v", err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := source.Read(t.Context(), path, f, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reading, err := pipeline.ReadingOf(t.Context(), reader, pipeline.Input{Document: docs[0]})
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	if _, err := w.store.Put(t.Context(), reading); err != nil {
		t.Fatal(err)
	}
	v := w.view(t, kith.AsOf{})
	whole := 0
	for _, r := range rowsOfUsers {
		a, err := answer.AskText(t.Context(), v, r.question, answer.Options{})
		if err != nil {
			t.Logf("%s: %v", r.part, err)
			continue
		}
		for _, e := range a.Evidence {
			if docs[0].Text[e.Start:e.End] != e.Quote {
				t.Errorf("%s: quote %q is not its slice", r.part, e.Quote)
			}
		}
		for _, l := range a.Lines {
			if year := l.Qualifiers["election"]; (year == "2026" || year == "2028") && l.Modality == kith.Asserted {
				t.Errorf("%s: %s is told as fact", r.part, l.Sentence())
			}
		}
		missing := r.wrong(a)
		if len(missing) == 0 {
			whole++
		}
		t.Logf("%s: %d lines; %s", r.part, len(a.Lines), strings.Join(missing, "; "))
	}
	t.Logf("own reading answers %d of %d rows whole", whole, len(rowsOfUsers))
}
