package pipeline

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"kith"
)

// Trace is what each stage made of each sentence of one document.
type Trace struct {
	Sentences []TracedSentence
}

// TracedSentence is one sentence and the notes of the stages on it, in the
// order of the chain.
type TracedSentence struct {
	Text  string
	Notes []TraceNote
}

// TraceNote is one line: a stage's name and what it found or decided.
type TraceNote struct {
	Stage string
	Text  string
}

// Trace reads a document and notes, after each stage, what the layers that it
// gives hold for each sentence, and what the stage itself told.
func (r *Reader) Trace(ctx context.Context, doc *kith.Document) (*Trace, error) {
	if err := readable(doc); err != nil {
		return nil, err
	}
	t := &Trace{}
	a := &kith.Analysis{Document: doc, Trace: t.note}
	for _, s := range r.stages {
		if err := run(ctx, s, a); err != nil {
			return nil, fmt.Errorf("read %s: stage %q: %w", label(doc), s.Name(), err)
		}
		t.grow(a)
		for _, layer := range s.Gives() {
			t.layer(a, s.Name(), layer)
		}
	}
	return t, nil
}

func (t *Trace) note(stage string, sentence int, text string) {
	if sentence < 0 {
		return
	}
	for len(t.Sentences) <= sentence {
		t.Sentences = append(t.Sentences, TracedSentence{})
	}
	s := &t.Sentences[sentence]
	s.Notes = append(s.Notes, TraceNote{Stage: stage, Text: text})
}

// grow gives every sentence of the analysis its place and text.
func (t *Trace) grow(a *kith.Analysis) {
	for i, s := range a.Sentences {
		if len(t.Sentences) <= i {
			t.Sentences = append(t.Sentences, TracedSentence{})
		}
		t.Sentences[i].Text = s.Cut(a.Document.Text)
	}
}

func (t *Trace) layer(a *kith.Analysis, stage string, layer kith.Layer) {
	for i, text := range describe(a, layer) {
		if text != "" {
			t.note(stage, i, text)
		}
	}
}

// describe renders what one layer holds, a line for each sentence. It goes
// over the layer once, however many sentences there are.
func describe(a *kith.Analysis, layer kith.Layer) []string {
	switch layer {
	case kith.LayerTokens:
		return perToken(a, func(k int) string { return a.Word(k) })
	case kith.LayerTags:
		return perToken(a, func(k int) string { return a.Word(k) + "/" + a.Tokens[k].Tag.String() })
	case kith.LayerTree:
		return perToken(a, func(k int) string { return arc(a, k) })
	case kith.LayerNames:
		return names(a)
	case kith.LayerQuotes:
		return quotes(a)
	case kith.LayerEntities:
		return mentions(a)
	case kith.LayerClaims:
		return claims(a)
	}
	return nil
}

// lists are what a layer holds, by the sentence that it stands in.
type lists [][]string

func listsOf(a *kith.Analysis) lists { return make(lists, len(a.Sentences)) }

func (l lists) add(sentence int, text string) {
	if sentence >= 0 && sentence < len(l) {
		l[sentence] = append(l[sentence], text)
	}
}

func (l lists) join(separator string) []string {
	out := make([]string, len(l))
	for i, list := range l {
		out[i] = strings.Join(list, separator)
	}
	return out
}

// sentenceAt is the index of the first sentence that ends behind an offset.
func sentenceAt(a *kith.Analysis, offset int) int {
	return sort.Search(len(a.Sentences), func(i int) bool { return a.Sentences[i].End > offset })
}

func perToken(a *kith.Analysis, show func(int) string) []string {
	out := listsOf(a)
	for i, s := range a.Sentences {
		for k := s.First; k < s.Last; k++ {
			out.add(i, show(k))
		}
	}
	return out.join(" ")
}

func arc(a *kith.Analysis, k int) string {
	tok := a.Tokens[k]
	if tok.Head < 0 {
		return a.Word(k) + "←root"
	}
	return a.Word(k) + "←" + tok.Rel.String() + "←" + a.Word(tok.Head)
}

func names(a *kith.Analysis) []string {
	out := listsOf(a)
	for _, n := range a.Names {
		span := kith.Span{Start: a.Tokens[n.First].Start, End: a.Tokens[n.Last-1].End}
		out.add(a.SentenceOf(n.First), fmt.Sprintf("%s (%s)", span.Cut(a.Document.Text), n.Type))
	}
	return out.join(", ")
}

func quotes(a *kith.Analysis) []string {
	out := listsOf(a)
	for _, q := range a.Quotes {
		speaker := q.Source
		if q.Speaker >= 0 && q.Speaker < len(a.Mentions) {
			speaker = a.Mentions[q.Speaker].Text
		}
		out.add(q.Sentence, fmt.Sprintf("“%s” by %q", q.Cut(a.Document.Text), speaker))
	}
	return out.join(", ")
}

func mentions(a *kith.Analysis) []string {
	out := listsOf(a)
	for _, m := range a.Mentions {
		if i := sentenceAt(a, m.Start); m.Entity >= 0 && i < len(a.Sentences) && a.Sentences[i].Contains(m.Span) {
			out.add(i, fmt.Sprintf("%s = %s (%s)", m.Text, a.Entities[m.Entity].Name, m.Type))
		}
	}
	return out.join(", ")
}

// claims stand under each sentence of their evidence.
func claims(a *kith.Analysis) []string {
	out := listsOf(a)
	for i := range a.Claims {
		c := &a.Claims[i]
		for k := sentenceAt(a, c.Evidence.Start); k < len(a.Sentences) && a.Sentences[k].Start < c.Evidence.End; k++ {
			out.add(k, summary(c))
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out.join("; ")
}

func summary(c *kith.Claim) string {
	object := c.Value
	if c.Object != nil {
		object = c.Object.Name
	}
	return fmt.Sprintf("%s %s %s [negated %t, %s, confidence %.2f]", c.Subject.Name, c.Predicate, object, c.Negated, c.Modality, c.Confidence)
}
