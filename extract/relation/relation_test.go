package relation

import (
	"bytes"
	"context"
	"testing"

	"kith"
	"kith/text"
	"kith/text/linear"
)

func read(t testing.TB, passage string) *kith.Analysis {
	t.Helper()
	a := &kith.Analysis{Document: &kith.Document{Text: passage}}
	for _, s := range []kith.Stage{text.Segment, text.Tag, text.Parse, text.Names, text.Quotes{}, text.Coreference} {
		if err := s.Run(context.Background(), a); err != nil {
			t.Skip(err)
		}
	}
	return a
}

func scorer(t testing.TB) *Scorer {
	s, err := Embedded()
	if err != nil {
		t.Skip(err)
	}
	return s
}

func mention(t *testing.T, a *kith.Analysis, words string) int {
	t.Helper()
	for i, m := range a.Mentions {
		if m.Text == words {
			return i
		}
	}
	t.Skipf("%q is no mention here: %v", words, a.Mentions)
	return 0
}

func TestStatedRelationsScoreAboveOthers(t *testing.T) {
	s := scorer(t)
	for _, c := range []struct {
		text, subject, object string
		says, not             kith.Predicate
	}{
		{"In 1998 Daniel Hart married the actress Clara Bennett.", "Daniel Hart", "Clara Bennett", "spouse_of", "parent_of"},
		{"Daniel Hart studied law at Boston University.", "Daniel Hart", "Boston University", "educated_at", "founded"},
	} {
		a := read(t, c.text)
		x, y := mention(t, a, c.subject), mention(t, a, c.object)
		p, ok := s.Judge(a, c.says, x, y)
		if q, _ := s.Judge(a, c.not, x, y); !ok || p < 0.3 || q > p {
			t.Errorf("%s: %s %.2f, %s %.2f", c.text, c.says, p, c.not, q)
		}
	}
}

func TestDenseListOfNamesStatesNoMarriage(t *testing.T) {
	s := scorer(t)
	a := read(t, "Guests at the dinner included Daniel Hart, Clara Bennett and Paul Winter.")
	if p, _ := s.Judge(a, "spouse_of", mention(t, a, "Daniel Hart"), mention(t, a, "Paul Winter")); p > 0.4 {
		t.Errorf("two guests are married with %.2f", p)
	}
	if sure := s.Sure(nil, a, 0, []int{0, 1, 2}, func(i, j int) bool { return true }); len(sure) > 0 {
		t.Errorf("surely %+v", sure)
	}
}

func TestNoPropertySpeaksOfEndorsing(t *testing.T) {
	s := scorer(t)
	a := read(t, "Daniel Hart endorsed Clara Bennett.")
	if _, ok := s.Judge(a, "endorsed", mention(t, a, "Daniel Hart"), mention(t, a, "Clara Bennett")); ok || s.Speaks("endorsed") || !s.Speaks("spouse_of") {
		t.Error("the scorer judges what it never learned")
	}
}

func TestDatesAreFoundInUsualOrders(t *testing.T) {
	a := &kith.Analysis{Document: &kith.Document{Text: "Born 3 May 1961 or May 3, 1961, died in 2001; 17 men and 2 more in June"}}
	if err := text.Segment.Run(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range Nodes(a, 0) {
		got = append(got, kith.Span{Start: a.Tokens[n.First].Start, End: a.Tokens[n.Last-1].End}.Cut(a.Document.Text))
	}
	want := []string{"3 May 1961", "May 3, 1961", "2001", "June"}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestMappingsNameKnownProperties(t *testing.T) {
	m, err := Mappings("knowledgenet")
	if err != nil {
		t.Fatal(err)
	}
	if c := m["CHILD_OF"]; c.Predicate != "parent_of" || !c.Swapped || len(m) != 15 {
		t.Errorf("mapping: %v", m)
	}
}

func TestTwoTrainingsGiveTheSameBytes(t *testing.T) {
	train := func() []byte {
		var examples []Example
		for i := range 600 {
			e := Example{Group: i % 7, Ends: "Person Place", Features: []uint64{linear.Mix(1000, uint64(i%5)), linear.Mix(2000, uint64(i%3)), linear.Mix(3000, uint64(i%11))}, Known: []int{0, 1}}
			if i%5 == 0 {
				e.Holds = []int{i % 2}
			}
			examples = append(examples, e)
		}
		return Train(examples, Training{Properties: []string{"A", "B"}, Epochs: 3, Seed: 1, Rate: 0.3, Dropout: 0.3, Least: 0.01, Folds: 3, Log: func(string, ...any) {}})
	}
	if !bytes.Equal(train(), train()) {
		t.Error("two trainings on the same examples differ")
	}
}

func TestPlattScalingFindsTheLogisticThatMadeTheLabels(t *testing.T) {
	var examples []Example
	var scores [][]float64
	for i := range 4000 {
		x := float64(i%41)/10 - 2
		e := Example{Known: []int{0}}
		if float64(i/41%97)/97 < sigmoid(2*x-1) {
			e.Holds = []int{0}
		}
		examples, scores = append(examples, e), append(scores, []float64{x})
	}
	scale, offset := platt(examples, scores, 0)
	if scale < 1.8 || scale > 2.2 || offset < -1.2 || offset > -0.8 {
		t.Errorf("scale %.2f, offset %.2f, want 2 and -1", scale, offset)
	}
}

func TestRememberedGroupsScoreAsAllFeaturesDo(t *testing.T) {
	s := scorer(t)
	a := read(t, "In 1998 Daniel Hart, who had founded the Harbour Company with Paul Winter in Boston, married the actress Clara Bennett of Boston University.")
	w := s.scratch(a, 0)
	defer s.release(w)
	nodes := Nodes(a, 0)
	for _, x := range nodes {
		for _, y := range nodes {
			var want [linear.MaxClasses]int32
			s.model.Add(features(nil, a, &a.Sentences[0], x, y), &want)
			if w.score(&s.model, len(s.properties), x, y); w.scores != want {
				t.Errorf("%v and %v score %v, not %v", x, y, w.scores[:len(s.properties)], want[:len(s.properties)])
			}
		}
	}
}

func BenchmarkScore(b *testing.B) {
	a, s := read(b, "In 1998 Daniel Hart, who had founded the Harbour Company, married the actress Clara Bennett of Boston."), scorer(b)
	if len(a.Mentions) < 2 {
		b.Skip("too few mentions")
	}
	for b.Loop() {
		s.Judge(a, "spouse_of", 0, 1)
	}
}
