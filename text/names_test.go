package text

import (
	"context"
	"strings"
	"testing"

	"kith"
)

// analyse reads a text up to and with the stages given, or skips where the
// models are not there.
func analyse(t testing.TB, content string, stages ...kith.Stage) *kith.Analysis {
	t.Helper()
	a := &kith.Analysis{Document: &kith.Document{ID: kith.NewDocumentID(content), Text: content}}
	for _, stage := range append([]kith.Stage{Segment}, stages...) {
		if err := stage.Run(context.Background(), a); err != nil {
			if strings.Contains(err.Error(), "load model") {
				t.Skipf("no trained models in data/models: %v", err)
			}
			t.Fatalf("%s: %v", stage.Name(), err)
		}
	}
	return a
}

// namesOf lists the names of a text as "Type:Name".
func namesOf(a *kith.Analysis) []string {
	var out []string
	for _, n := range a.Names {
		out = append(out, string(n.Type)+":"+a.Document.Text[a.Tokens[n.First].Start:a.Tokens[n.Last-1].End])
	}
	return out
}

func has(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

func TestNames(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
		not        []string
	}{
		{"a title is no part of a person's name", "Vice President Laura Benning met Senator Paul Okafor on Tuesday.",
			[]string{"Person:Laura Benning", "Person:Paul Okafor"}, []string{"Person:Vice President Laura Benning", "Person:Senator Paul Okafor"}},
		{"an honorific is no part of a person's name", "Mrs. Benning thanked Mr. Okafor.",
			[]string{"Person:Benning", "Person:Okafor"}, nil},
		{"a rank is no part of a person's name", "Gen. Martin Hale briefed reporters.",
			[]string{"Person:Martin Hale"}, nil},
		{"a bare possessive mark is no part of a name", "Laura Benning said that Benning' campaign had ended.",
			nil, []string{"Person:Benning'"}},
		{"particles and hyphens belong to a name", "Anna van der Berg and Haider al-Rashid spoke with Mary-Ann O'Malley.",
			[]string{"Person:Anna van der Berg", "Person:Haider al-Rashid", "Person:Mary-Ann O'Malley"}, nil},
		{"an organisation is whole", "She studied at the University of North Elmstead and joined the Budget Committee.",
			[]string{"Organization:University of North Elmstead"}, nil},
		{"a company form belongs to the company", "He founded Harbor Ridge Holdings LLC in 2019.",
			[]string{"Organization:Harbor Ridge Holdings LLC"}, nil},
		{"a quoted name after named is a company's", "She set up an LLC named “Lantern77,” her aides said.",
			[]string{"Organization:Lantern77"}, nil},
		{"quoted words after said are no name", "She said “Lantern” twice.", nil, []string{"Organization:Lantern"}},
		{"a convention takes its year in", "He spoke at the 2016 Progressive National Convention in Denver.",
			[]string{"Event:2016 Progressive National Convention", "Place:Denver"}, nil},
		{"an election is an event", "She lost the 2019 Senate election.", []string{"Event:2019 Senate election"}, nil},
		{"a surname is a name where the document names its bearer in full", "Okafor gave nothing. Later Daniel Okafor gave $100. Okafor said so.",
			[]string{"Person:Okafor", "Person:Daniel Okafor"}, nil},
		{"months and days are no names", "On Monday in March they met.", nil, []string{"Person:March", "Place:March", "Person:Monday"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := namesOf(analyse(t, test.text, Names))
			for _, w := range test.want {
				if !has(got, w) {
					t.Errorf("no %q among %q", w, got)
				}
			}
			for _, w := range test.not {
				if has(got, w) {
					t.Errorf("%q among %q", w, got)
				}
			}
		})
	}
}

func TestNamesNeverOverlapAndLieInSentences(t *testing.T) {
	a := analyse(t, strings.Repeat("Ana Reyes of the Harbor Trust (HT) met Tom and Ida Lindqvist; “HT” won the 2020 Ohio primary. ", 20), Names)
	end := 0
	for _, n := range a.Names {
		if n.First < end || n.First >= n.Last || a.SentenceOf(n.First) != a.SentenceOf(n.Last-1) {
			t.Fatalf("name %+v after token %d", n, end)
		}
		if n.Score < 0 || n.Score > 1.0001 {
			t.Fatalf("score %v", n.Score)
		}
		end = n.Last
	}
	if len(a.Names) == 0 {
		t.Fatal("no names")
	}
}

func TestNameModelSurvivesPackingAndRefusesDamage(t *testing.T) {
	b := NewGazetteerBuilder(nil)
	b.Add("Elmstead", ClassCity)
	b.Phrase([]string{"North", "Elmstead"}, PhrasePlace)
	rows := make([]byte, labelWidth<<nameBits)
	rows[labelWidth*12345+3] = 256 - 7
	m := &nameModel{rows: packRows(rows), scale: .5, gaz: b.build()}
	packed, err := m.encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := decodeNameModel(packed)
	if err != nil {
		t.Fatal(err)
	}
	var there, elsewhere laneSum
	back.rows.sum([]uint32{12345 << (32 - nameBits)}, &there)
	back.rows.sum([]uint32{12344 << (32 - nameBits), 12346 << (32 - nameBits)}, &elsewhere)
	if there.weights() != ([labelWidth]int32{3: -7}) || elsewhere.weights() != ([labelWidth]int32{}) || back.gaz.class(hashWord("elmstead")) != ClassCity || len(back.gaz.phrases) != 1 {
		t.Fatal("the model came back different")
	}
	for _, bad := range [][]byte{nil, []byte(nameMagic), []byte(oldNameMagic), packed[:len(packed)/2], append([]byte("other"), packed...)} {
		if _, err := decodeNameModel(bad); err == nil {
			t.Errorf("%d damaged bytes were taken for a model", len(bad))
		}
	}
}

func TestRememberedSumsAreThoseOfAllFeatures(t *testing.T) {
	n, err := embeddedNamer()
	if err != nil {
		t.Skip(err)
	}
	text := "Ana Reyes, a former vice president of the University of Elmstead, met Sen. O’Neil in New York on May 5.\n\n" +
		"“REYES WINS AGAIN,” said iTunes chief J. D. de la Cruz-Ortiz; reyes, Élan and NATO were 3 of the Élan.\n\n" +
		"Bank of the West and Mark “Buzz” Lee's bank at Lee, Lee & Lee Inc. of Ohio"
	a := &kith.Analysis{Document: &kith.Document{Text: text}}
	if err := Segment.Run(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	views := nameViews{gaz: n.model.gaz}
	views.fill(a)
	sums := newNameSums(n.model.rows)
	for range 2 { // learns the sums, then knows them
		for _, s := range a.Sentences {
			run := views.all[s.First:s.Last]
			sums.begin()
			for i := range run {
				var want laneSum
				n.model.rows.sum(nameFeatures(nil, run, i, sentenceFlags(run)), &want)
				if got := sums.token(run, i, sentenceFlags(run)); got != want {
					t.Errorf("the features of %q add up to %v, not %v", a.Word(s.First+i), got.weights(), want.weights())
				}
			}
		}
	}
}

func FuzzNamesAndCoreference(f *testing.F) {
	for _, seed := range []string{"", "Ana Reyes met “her”.", "\xff\x00'’“”", "A B C and D, E's F (G) named “H”", "He He He, the the The",
		"Mr. . Jr.", "( DNC )", "both two women they their"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if len(content) > 1<<14 {
			t.Skip()
		}
		a := analyse(t, strings.ToValidUTF8(content, "?"), Tag, Parse, Names, Quotes{}, Coreference)
		for _, m := range a.Mentions {
			if m.Entity >= len(a.Entities) || m.Cut(a.Document.Text) != m.Text {
				t.Fatalf("mention %+v", m)
			}
		}
	})
}

func BenchmarkNames(b *testing.B) {
	sentence := "Former Vice President Laura Benning told reporters in Denver on Tuesday that the Harbor Trust, a charity that she and Tom Lindqvist had founded after her defeat, would not pay for it. "
	a := analyse(b, strings.Repeat(sentence, 300))
	stage, err := embeddedNamer()
	if err != nil {
		b.Skip(err)
	}
	for b.Loop() {
		if err := stage.Run(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(a.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func TestASurnameThatIsAPlaceOrAThingIsItsOwner(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Daniel Okafor held a dinner for Elena Marsh on Saturday. The Dockworkers’ Union gave $75,000 to Marsh.", "Person:Marsh"},
		{"Elena Vale moved to Vale in 2010. The town of Vale, in the county of Vale, is small.", "Place:Vale"},
	} {
		a := analyse(t, test.text, Tag, Parse, Names)
		if got := namesOf(a); got[len(got)-1] != test.want {
			t.Errorf("%q: names %q, want %q last", test.text, got, test.want)
		}
	}
}
