package text

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith"
)

// paragraphs lays one sentence over each line.
func paragraphs(text string) *kith.Analysis {
	a := &kith.Analysis{Document: &kith.Document{Text: text}}
	start := 0
	for n, line := range strings.SplitAfter(text, "\n") {
		end := start + len(strings.TrimRight(line, "\n"))
		if end > start {
			a.Sentences = append(a.Sentences, kith.Sentence{Span: kith.Span{Start: start, End: end}, Paragraph: n})
		}
		start += len(line)
	}
	return a
}

func quoted(t testing.TB, text string) []string {
	t.Helper()
	a := paragraphs(text)
	if err := (Quotes{}).Run(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, q := range a.Quotes {
		words = append(words, q.Cut(text))
	}
	return words
}

func TestQuotedRunsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"curly double marks":               {"“We sail at noon,” Brandt said.", []string{"We sail at noon,"}},
		"straight double marks":            {`She said "we sail at noon" and left.`, []string{"we sail at noon"}},
		"a split quotation gives two runs": {`"Not now," Ames said, "and not ever."`, []string{"Not now,", "and not ever."}},
		"curly single marks":               {"‘We sail at noon,’ Brandt said.", []string{"We sail at noon,"}},
		"straight single marks":            {"'We sail at noon,' Brandt said.", []string{"We sail at noon,"}},
		"an apostrophe inside single marks": {"‘It’s the sailors’ ship and we don’t sell,’ he said.",
			[]string{"It’s the sailors’ ship and we don’t sell,"}},
		"single inside double is one run":         {"“She called it ‘a gift’ once,” he said.", []string{"She called it ‘a gift’ once,"}},
		"double inside single is one run":         {"‘She called it “a gift” once,’ he said.", []string{"She called it “a gift” once,"}},
		"possessives are not quotations":          {"The sailors' ship and the captain's dog's collar.", nil},
		"curly possessives are not quotations":    {"The sailors’ ship and the captain’s dog.", nil},
		"clipped words are not quotations":        {"Back in the '90s we told 'em to wait 'til dawn.", nil},
		"a scare quote is a run":                  {"The 'reform' cost millions.", []string{"reform"}},
		"single run that ends in s":               {"He spoke of 'wild horses' and left.", []string{"wild horses"}},
		"several sentences are one run":           {`"It is over. Go home. Sleep." He left.`, []string{"It is over. Go home. Sleep."}},
		"an inch mark is not a quotation":         {`A 6" pipe burst and flooded the hall.`, nil},
		"guillemets":                              {"«We stay», said Roux.", []string{"We stay"}},
		"low opening marks":                       {"„We stay“, said Roux.", []string{"We stay"}},
		"doubled back quotes":                     {"``We stay,'' said Roux.", []string{"We stay,"}},
		"marks that stand free":                   {`" We stay , " said Roux .`, []string{"We stay ,"}},
		"brackets around a quotation":             {`He waited ("just in case") for her.`, []string{"just in case"}},
		"after a dash":                            {`One word—"never"—was all.`, []string{"never"}},
		"empty marks are nothing":                 {`He wrote "" and " ".`, nil},
		"a lost closing mark spoils nothing":      {"He had a “strange idea of it.\nThe “last word” was hers.", []string{"last word"}},
		"a lost opening mark spoils nothing":      {`It is late," he said. "Go home," she said.`, []string{"Go home,"}},
		"unclosed speech ends with its paragraph": {"“We stay.\nHe left.", []string{"We stay."}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, quoted(t, c.text)); diff != "" {
				t.Errorf("quotations of %q differ (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func TestAQuotationGoesOnOverParagraphsThatRepeatTheMark(t *testing.T) {
	got := quoted(t, "“We stay.\n“We do not sell.\n“We never will,” she said.\n“Good,” he said.")
	want := []string{"We stay.", "We do not sell.", "We never will,", "Good,"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("quotations differ (-want +got):\n%s", diff)
	}
}

func FuzzQuotationsLieInOrderInsideTheText(f *testing.F) {
	f.Add("“a ‘b’ c” 'd' \"e\n\"f\" «g» ``h''")
	f.Add("\"0\n\"0")
	f.Add("'tis \xff' \"")
	f.Fuzz(func(t *testing.T, text string) {
		a := paragraphs(text)
		if err := (Quotes{}).Run(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		end := 0
		for _, q := range a.Quotes {
			if q.Start < end || q.End <= q.Start || q.End > len(text) {
				t.Fatalf("quotation %v of %q is out of order or out of bounds", q.Span, text)
			}
			end = q.End
		}
	})
}
