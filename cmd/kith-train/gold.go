package main

import (
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
)

// documents groups sentences into their documents, in order.
func documents(sentences []corpus.Sentence) [][]corpus.Sentence {
	var out [][]corpus.Sentence
	for i, s := range sentences {
		if i == 0 || s.Document != sentences[i-1].Document {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s)
	}
	return out
}

// goldAnalysis lays the sentences and tokens of a treebank's document over
// its text, without tags or heads. Each paragraph is a line.
func goldAnalysis(document []corpus.Sentence) *kith.Analysis {
	var text strings.Builder
	a := &kith.Analysis{}
	paragraph := -1
	for i, s := range document {
		if s.Paragraph || i == 0 {
			paragraph++
			if i > 0 {
				text.WriteByte('\n')
			}
		}
		first := len(a.Tokens)
		for _, w := range s.Words {
			start := text.Len()
			text.WriteString(w.Form)
			a.Tokens = append(a.Tokens, kith.Token{Span: kith.Span{Start: start, End: text.Len()}, Head: -1})
			if w.Space {
				text.WriteByte(' ')
			}
		}
		a.Sentences = append(a.Sentences, kith.Sentence{
			Span:  kith.Span{Start: a.Tokens[first].Start, End: a.Tokens[len(a.Tokens)-1].End},
			First: first, Last: len(a.Tokens), Paragraph: paragraph,
		})
	}
	a.Document = &kith.Document{Text: text.String()}
	return a
}

// words returns the words of all sentences of a document, in the order of
// the tokens of its analysis.
func words(document []corpus.Sentence) []corpus.Word {
	var out []corpus.Word
	for _, s := range document {
		out = append(out, s.Words...)
	}
	return out
}
