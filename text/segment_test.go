package text

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"kith"
)

func segmented(t *testing.T, text string, blocks ...kith.Block) *kith.Analysis {
	t.Helper()
	a := &kith.Analysis{Document: &kith.Document{Text: text, Blocks: blocks}}
	if err := Segment.Run(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	return a
}

// sentences renders tokens parted by spaces and sentences parted by " | ".
func sentences(a *kith.Analysis) string {
	var out []string
	for _, s := range a.Sentences {
		var words []string
		for i := s.First; i < s.Last; i++ {
			words = append(words, a.Word(i))
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, " | ")
}

func TestTokensFollowTheTreebanks(t *testing.T) {
	for text, want := range map[string]string{
		"They won't, can't and cannot.":             "They wo n't , ca n't and can not .",
		"Morris’ aide met Ortega's wife.":           "Morris ’ aide met Ortega 's wife .",
		"It’s the mayor’s 3,500-seat hall.":         "It ’s the mayor ’s 3,500 - seat hall .",
		"Dr. Abel Q. Moss Jr. left the U.S. today.": "Dr. Abel Q. Moss Jr. left the U.S. today .",
		"a long-time co-founder, re-elected":        "a long - time co-founder , re-elected",
		"She paid $2.5m (about £2,000,000).":        "She paid $ 2.5 m ( about £ 2,000,000 ) .",
		"“Go,” he said; ‘stay’ she heard.":          "“ Go , ” he said ; ‘ stay ’ she heard .",
		"Write to ann@example.org or @annb, now.":   "Write to ann@example.org or @annb , now .",
		"See https://example.org/a?b=c, please...":  "See https://example.org/a?b=c , please ...",
		"At 5:30pm on 9/11 in the '90s":             "At 5:30 pm on 9/11 in the '90s",
		"AT&T and and/or O'Neill's":                 "AT&T and and / or O'Neill 's",
		"Sen. Poe (R-Ohio), 61%":                    "Sen. Poe ( R - Ohio ) , 61 %",
	} {
		if got := sentences(segmented(t, text)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestSentencesSurviveAbbreviationsQuotesAndHeadlines(t *testing.T) {
	for text, want := range map[string]string{
		"She met Gov. Lamb. He left.":                          "She met Gov. Lamb . | He left .",
		"He lives in the U.S. The firm is at Moss Inc. now.":   "He lives in the U.S. | The firm is at Moss Inc. now .",
		"“We won.” Moss smiled. “Why?” Ann Poe asked.":         "“ We won . ” | Moss smiled . | “ Why ? ” Ann Poe asked .",
		"Mayor quits\nThe mayor of Orrin quit.\nShe is 61.":    "Mayor quits | The mayor of Orrin quit . | She is 61 .",
		"It cost 3.5 million. \"Too much,\" he said.":          "It cost 3.5 million . | \" Too much , \" he said .",
		"J. R. Moss won. What now? Nobody knows!":              "J. R. Moss won . | What now ? | Nobody knows !",
		"1. First item\n2. Second item":                        "1 . First item | 2 . Second item",
		"He said... nothing. (She agreed.) They left at 5 p.m": "He said ... nothing . | ( She agreed . ) | They left at 5 p.m",
	} {
		if got := sentences(segmented(t, text)); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestWrappedLinesAreOneParagraph(t *testing.T) {
	text := "The council of the town of Orrin met on Tuesday evening to hear\n" +
		"what the treasurer had to say about the bridge, which she had\n" +
		"promised to rebuild before the election that she lost in spring.\n\n" +
		"Nobody spoke."
	a := segmented(t, text)
	if len(a.Sentences) != 2 || a.Sentences[1].Paragraph != 1 {
		t.Errorf("got %d sentences: %s", len(a.Sentences), sentences(a))
	}
}

func TestBlocksPartSentencesAndNameTheirKind(t *testing.T) {
	text := "Mayor quits By Ann Poe The mayor quit."
	a := segmented(t, text, kith.Block{Span: kith.Span{Start: 12, End: 22}, Kind: kith.Byline},
		kith.Block{Span: kith.Span{Start: 0, End: 12}, Kind: kith.Heading})
	if got := sentences(a); got != "Mayor quits | By Ann Poe | The mayor quit ." {
		t.Error(got)
	}
	for i, want := range []kith.BlockKind{kith.Heading, kith.Byline, ""} {
		if a.Sentences[i].Kind != want {
			t.Errorf("sentence %d is %q, want %q", i, a.Sentences[i].Kind, want)
		}
	}
}

func TestEndlessSentenceIsCutAndSaid(t *testing.T) {
	a := segmented(t, strings.Repeat("word ", 1000000))
	if len(a.Tokens) != 1000000 || len(a.Sentences) != (1000000+MaxSentence-1)/MaxSentence {
		t.Errorf("%d tokens in %d sentences", len(a.Tokens), len(a.Sentences))
	}
	if len(a.Skips) != 1 || !strings.Contains(a.Skips[0].Why, "1000000 words") {
		t.Errorf("skips: %v", a.Skips)
	}
}

// checkLayers reports spans that are out of order, outside their sentence or
// off the boundaries of characters.
func checkLayers(t *testing.T, a *kith.Analysis) {
	t.Helper()
	starts, at, token := characterStarts(a.Document.Text), 0, 0
	for i, s := range a.Sentences {
		if s.First != token || s.Last <= s.First {
			t.Fatalf("sentence %d holds tokens %d to %d after token %d", i, s.First, s.Last, token)
		}
		for ; token < s.Last; token++ {
			tok := a.Tokens[token]
			if tok.Start < at || tok.End <= tok.Start || !s.Contains(tok.Span) {
				t.Fatalf("token %d %v lies before %d or outside %v", token, tok.Span, at, s.Span)
			}
			if !starts[tok.Start] || !starts[tok.End] {
				t.Fatalf("token %d %v cuts a character", token, tok.Span)
			}
			at = tok.End
		}
	}
	if token != len(a.Tokens) {
		t.Fatalf("%d of %d tokens are in sentences", token, len(a.Tokens))
	}
}

// characterStarts marks where the characters of text begin; a stray byte is
// a character of its own.
func characterStarts(text string) []bool {
	starts := make([]bool, len(text)+1)
	for i := range text {
		starts[i] = true
	}
	starts[len(text)] = true
	return starts
}

func FuzzSegment(f *testing.F) {
	for _, seed := range []string{"", "\x00\xff'", "Dr. O’Neill's '90s \"co-op\"...\n- a\n\n1) b", "a@b.c http://x #y @z", "\u200b’’‘'S N'T 1,000.5pm",
		"“Why?” Ann Poe asked… (R-Ohio)", "é\xcc\x81-\xe2\x80"} {
		f.Add(seed, 3, 5)
	}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		a := &kith.Analysis{Document: &kith.Document{Text: text, Blocks: []kith.Block{{Span: kith.Span{Start: start, End: end}, Kind: kith.Table}}}}
		if start < 0 || end > len(text) || start > end || !utf8.ValidString(text) {
			a.Document.Blocks = nil
		} else if !utf8.RuneStart(append([]byte(text), 0)[start]) || !utf8.RuneStart(append([]byte(text), 0)[end]) {
			a.Document.Blocks = nil
		}
		if err := Segment.Run(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		checkLayers(t, a)
	})
}
