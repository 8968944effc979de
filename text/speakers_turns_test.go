package text

import (
	"strings"
	"testing"

	"kith"
)

// withPeople lays paragraphs over a text, with a mention for each place where
// one of the names stands.
func withPeople(text string, names ...string) *kith.Analysis {
	a := paragraphs(text)
	for e, name := range names {
		a.Entities = append(a.Entities, kith.Entity{Name: name, Type: kith.Person})
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				break
			}
			span := kith.Span{Start: at + i, End: at + i + len(name)}
			a.Mentions = append(a.Mentions, kith.Mention{Span: span, Kind: kith.NameMention, Type: kith.Person, Entity: e, Head: -1, Text: name})
			at = span.End
		}
	}
	return a
}

// spoken lists the turns as "NAME: first word".
func spoken(a *kith.Analysis) []string {
	takeTurns(a)
	var out []string
	for _, q := range a.Quotes {
		first, _, _ := strings.Cut(q.Cut(a.Document.Text), " ")
		out = append(out, a.Entities[a.Mentions[q.Speaker].Entity].Name+": "+first)
	}
	return out
}

func TestAnswersOfAnInterviewAreSpokenByItsGuest(t *testing.T) {
	a := withPeople("The Courier interviewed Nadia Orlov in May.\nWhy did you run?\nBecause nobody else would.\nAnd now?\nNow we count.\nAnd wait.", "Nadia Orlov")
	got := strings.Join(spoken(a), " | ")
	if want := "Nadia Orlov: Because | Nadia Orlov: Now | Nadia Orlov: And"; got != want {
		t.Errorf("turns are %q, want %q", got, want)
	}
}

func TestLabelsNameTheSpeakersOfATranscript(t *testing.T) {
	a := withPeople("Nadia Orlov met Piet Maas.\nORLOV: Good evening.\nMAAS: Good evening to you.\nORLOV: Let us begin.\nMAAS: Yes.", "Nadia Orlov", "Piet Maas")
	got := strings.Join(spoken(a), " | ")
	if want := "Nadia Orlov: Good | Piet Maas: Good | Nadia Orlov: Let | Piet Maas: Yes."; got != want {
		t.Errorf("turns are %q, want %q", got, want)
	}
}

func TestQuestionAndAnswerLabels(t *testing.T) {
	a := withPeople("An interview with Nadia Orlov.\nQ: Why?\nA: Because.\nQ: When?\nA: Soon.", "Nadia Orlov")
	got := strings.Join(spoken(a), " | ")
	if want := "Nadia Orlov: Because. | Nadia Orlov: Soon."; got != want {
		t.Errorf("turns are %q, want %q", got, want)
	}
}

func TestQuestionsInAnArticleMakeNoInterview(t *testing.T) {
	a := withPeople("Nadia Orlov ran again.\nWho would vote for her?\nFew did.\nWhy?\nNobody knew.\nWhat now?\nShe went home.", "Nadia Orlov")
	if got := spoken(a); len(got) != 0 {
		t.Errorf("turns %q in a text that speaks of no interview", got)
	}
}
