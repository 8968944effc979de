package answer_test

import (
	"strings"
	"testing"
	"time"

	"kith"
	"kith/answer"
	"kith/query"
)

// count adds up what an answer says that it leaves out for a reason.
func count(a *answer.Answer, why string) int {
	n := 0
	for _, l := range a.LeftOut {
		if strings.Contains(l.Why, why) {
			n += l.Count
		}
	}
	return n
}

// cut lists the lines of one answer that the other lacks, by their claims.
func cut(all, some *answer.Answer) int {
	have := map[kith.ClaimID]bool{}
	for _, l := range some.Lines {
		for _, c := range l.Claims {
			have[c] = true
		}
	}
	n := 0
	for _, l := range all.Lines {
		for _, c := range l.Claims {
			if !have[c] {
				n++
				break
			}
		}
	}
	return n
}

func TestEachFilterSaysOfEachQuestionWhatItLeavesOut(t *testing.T) {
	w := demoWorld(t)
	day := time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)
	now := w.view(t, kith.AsOf{})
	then := w.view(t, kith.AsOf{World: "2016"})
	filters := []struct {
		name, why string
		view      kith.View
		o         answer.Options
	}{
		{"--as-of", "cannot have held on 2016", then, answer.Options{}},
		{"--no-hedged", "hedged claims", now, answer.Options{NoHedged: true}},
		{"--reviewed", "nobody has reviewed", now, answer.Options{Reviewed: true}},
		{"--min-sources", "fewer than 2 independent sources", now, answer.Options{MinSources: 2}},
		{"--publishable", "not publishable", now, answer.Options{Publishable: true}},
		{"--limit", "beyond the limit of 1", now, answer.Options{Limit: 1}},
	}
	for _, text := range everyKind {
		all := askWith(t, now, text, answer.Options{Now: day})
		for _, f := range filters {
			f.o.Now = day
			a := askWith(t, f.view, text, f.o)
			missing := cut(all, a)
			if missing > 0 && len(a.Lines) < len(all.Lines) && count(a, f.why) == 0 {
				t.Errorf("%s %s: %d lines are gone and left_out says only %v", text, f.name, missing, a.LeftOut)
			}
			if f.name == "--reviewed" && len(a.Lines) > 0 {
				t.Errorf("%s --reviewed: nothing is reviewed, and %d lines are shown", text, len(a.Lines))
			}
			if f.name == "--no-hedged" || f.name == "--min-sources" {
				for _, l := range a.Lines {
					if f.o.NoHedged && l.Modality == kith.Hedged || l.Sources < f.o.MinSources {
						t.Errorf("%s %s shows %s", text, f.name, l.Sentence())
					}
				}
			}
		}
	}
	for _, f := range query.Forms {
		if everyKind[f.Kind] == "" {
			t.Errorf("no question of the kind %s", f.Kind)
		}
	}
}

func askWith(t *testing.T, v kith.View, text string, o answer.Options) *answer.Answer {
	t.Helper()
	a, err := answer.AskText(t.Context(), v, text, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
