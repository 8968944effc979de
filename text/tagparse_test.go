package text

import (
	"context"
	"strings"
	"sync"
	"testing"

	"kith"
)

// analysed runs segmentation, tagging and parsing with the embedded models.
func analysed(t testing.TB, text string) *kith.Analysis {
	t.Helper()
	a := &kith.Analysis{Document: &kith.Document{Text: text}}
	for _, s := range []kith.Stage{Segment, Tag, Parse} {
		if err := s.Run(context.Background(), a); err != nil {
			if strings.Contains(err.Error(), "was not there when the program was built") {
				t.Skip(err)
			}
			t.Fatal(err)
		}
	}
	return a
}

func find(t *testing.T, a *kith.Analysis, word string) int {
	t.Helper()
	for i := range a.Tokens {
		if a.Word(i) == word {
			return i
		}
	}
	t.Fatalf("no token %q", word)
	return 0
}

func TestTagsOfPlainSentences(t *testing.T) {
	a := analysed(t, "The mayor of Orrin quickly introduced her sister to three donors in 2019.")
	for word, want := range map[string]string{"The": "DET DT", "mayor": "NOUN NN", "Orrin": "PROPN NNP", "quickly": "ADV RB",
		"introduced": "VERB VBD", "her": "PRON PRP$", "to": "ADP IN", "three": "NUM CD", "donors": "NOUN NNS", "2019": "NUM CD"} {
		i := find(t, a, word)
		if got := a.Tokens[i].Tag.String() + " " + a.Tokens[i].XTag.String(); got != want {
			t.Errorf("%s is %s, want %s", word, got, want)
		}
	}
}

func TestLemmas(t *testing.T) {
	a := analysed(t, "The women had been running companies; their wives advised Harris's bigger committees and she was planning parties, stopped and carried on.")
	for word, want := range map[string]string{"women": "woman", "had": "have", "been": "be", "running": "run", "companies": "company",
		"wives": "wife", "advised": "advise", "Harris": "Harris", "bigger": "big", "committees": "committee", "planning": "plan",
		"parties": "party", "stopped": "stop", "carried": "carry", "was": "be"} {
		if got := a.Tokens[find(t, a, word)].Lemma; got != want {
			t.Errorf("lemma of %s is %s, want %s", word, got, want)
		}
	}
}

func TestArcsOfPlainSentences(t *testing.T) {
	a := analysed(t, "Moss endorsed Alice Poe, and the senator was advised by her brother.")
	for _, arc := range [][3]string{{"Moss", "nsubj", "endorsed"}, {"Alice", "obj", "endorsed"}, {"Poe", "flat", "Alice"},
		{"advised", "conj", "endorsed"}, {"senator", "nsubj:pass", "advised"}, {"was", "aux:pass", "advised"},
		{"brother", "obl:agent", "advised"}, {"her", "nmod:poss", "brother"}} {
		token := a.Tokens[find(t, a, arc[0])]
		if token.Rel.String() != arc[1] || token.Head < 0 || a.Word(token.Head) != arc[2] {
			t.Errorf("%s is %s of token %d, want %s of %s", arc[0], token.Rel, token.Head, arc[1], arc[2])
		}
	}
}

// checkTrees reports sentences whose arcs are not one tree with one root.
func checkTrees(t *testing.T, a *kith.Analysis) {
	t.Helper()
	for _, s := range a.Sentences {
		roots := 0
		for i := s.First; i < s.Last; i++ {
			if a.Tokens[i].Head < 0 {
				roots++
			}
			steps := 0
			for h := i; h >= 0; h = a.Tokens[h].Head {
				if h >= s.Last || h < s.First || steps > s.Last-s.First {
					t.Fatalf("token %d: its heads leave the sentence or go in a circle", i)
				}
				steps++
			}
		}
		if roots != 1 {
			t.Fatalf("a sentence of %d tokens has %d roots", s.Last-s.First, roots)
		}
	}
}

func TestLongSentenceIsOneTree(t *testing.T) {
	checkTrees(t, analysed(t, strings.Repeat("and the man who saw ( the dog ", 200)+"."))
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "a", "Moss said: “We won.”", "\x00 ' ' ’s 's", "((((", "é x\nNot HERE 5pm"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := analysed(t, text)
		checkLayers(t, a)
		checkTrees(t, a)
		for i := range a.Tokens {
			if a.Tokens[i].Tag == kith.NoTag || a.Tokens[i].Lemma == "" || a.Tokens[i].Rel == kith.NoRel {
				t.Fatalf("token %d %q lacks a layer: %+v", i, a.Word(i), a.Tokens[i])
			}
		}
	})
}

func TestStagesRunAtOnceOnManyDocuments(t *testing.T) {
	want := analysed(t, benchmarkText)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			a := &kith.Analysis{Document: &kith.Document{Text: benchmarkText}}
			for _, s := range []kith.Stage{Segment, Tag, Parse} {
				if err := s.Run(context.Background(), a); err != nil {
					t.Error(err)
				}
			}
			for i := range a.Tokens {
				if a.Tokens[i] != want.Tokens[i] {
					t.Errorf("token %d differs: %v, %v", i, a.Tokens[i], want.Tokens[i])
					return
				}
			}
		})
	}
	group.Wait()
}

const benchmarkText = `The treasurer of the coastal town of Orrin, Alice Moss, said on Tuesday that she would not seek a third term.
Her brother, the former senator David Moss, had introduced her to donors at a series of private dinners in 2019, and several of them
later gave money to the campaign, which was run by a longtime adviser to the governor. "I never asked anybody for a favour," she told
reporters outside the courthouse. Two aides, who spoke on condition of anonymity because they were not allowed to discuss the matter,
said that she was considering a run for the state legislature, where her party holds a narrow majority. Mr. Moss, who founded the
Harbour Company after his defeat, did not respond to a request for comment, but people close to him said he would back his sister.
`

func benchmarkStages(b *testing.B, stages ...kith.Stage) {
	a := analysed(b, strings.Repeat(benchmarkText, 20))
	words := len(a.Tokens)
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range stages {
			if err := s.Run(context.Background(), a); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkSegment(b *testing.B)  { benchmarkStages(b, Segment) }
func BenchmarkTag(b *testing.B)      { benchmarkStages(b, Tag) }
func BenchmarkParse(b *testing.B)    { benchmarkStages(b, Parse) }
func BenchmarkTagParse(b *testing.B) { benchmarkStages(b, Tag, Parse) }

func TestLemmasOfIrregularVerbs(t *testing.T) {
	for form, want := range map[string]string{"beaten": "beat", "overthrown": "overthrow", "outspent": "outspend", "forgiven": "forgive", "wept": "weep", "withdrawn": "withdraw", "rewritten": "rewrite", "taken": "take"} {
		a := analysed(t, "Ann Lee was "+form+" by Bo Cruz.")
		if got := a.Tokens[3].Lemma; got != want {
			t.Errorf("lemma of %q is %q, want %q", form, got, want)
		}
	}
}
