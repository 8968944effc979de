package pipeline

import (
	"context"
	"fmt"
	"slices"
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
	for i := range a.Sentences {
		if text := describe(a, a.Sentences[i], i, layer); text != "" {
			t.note(stage, i, text)
		}
	}
}

// describe renders what one layer holds for one sentence in a line.
func describe(a *kith.Analysis, s kith.Sentence, i int, layer kith.Layer) string {
	switch layer {
	case kith.LayerTokens:
		return perToken(a, s, func(k int) string { return a.Word(k) })
	case kith.LayerTags:
		return perToken(a, s, func(k int) string { return a.Word(k) + "/" + a.Tokens[k].Tag.String() })
	case kith.LayerTree:
		return perToken(a, s, func(k int) string { return arc(a, k) })
	case kith.LayerNames:
		return names(a, s)
	case kith.LayerQuotes:
		return quotes(a, i)
	case kith.LayerEntities:
		return mentions(a, s)
	case kith.LayerClaims:
		return claims(a, s)
	}
	return ""
}

func perToken(a *kith.Analysis, s kith.Sentence, show func(int) string) string {
	words := make([]string, 0, s.Last-s.First)
	for k := s.First; k < s.Last; k++ {
		words = append(words, show(k))
	}
	return strings.Join(words, " ")
}

func arc(a *kith.Analysis, k int) string {
	tok := a.Tokens[k]
	if tok.Head < 0 {
		return a.Word(k) + "←root"
	}
	return a.Word(k) + "←" + tok.Rel.String() + "←" + a.Word(tok.Head)
}

func names(a *kith.Analysis, s kith.Sentence) string {
	var out []string
	for _, n := range a.Names {
		if n.First >= s.First && n.First < s.Last {
			span := kith.Span{Start: a.Tokens[n.First].Start, End: a.Tokens[n.Last-1].End}
			out = append(out, fmt.Sprintf("%s (%s)", span.Cut(a.Document.Text), n.Type))
		}
	}
	return strings.Join(out, ", ")
}

func quotes(a *kith.Analysis, sentence int) string {
	var out []string
	for _, q := range a.Quotes {
		if q.Sentence != sentence {
			continue
		}
		speaker := q.Source
		if q.Speaker >= 0 && q.Speaker < len(a.Mentions) {
			speaker = a.Mentions[q.Speaker].Text
		}
		out = append(out, fmt.Sprintf("“%s” by %q", q.Cut(a.Document.Text), speaker))
	}
	return strings.Join(out, ", ")
}

func mentions(a *kith.Analysis, s kith.Sentence) string {
	var out []string
	for _, m := range a.Mentions {
		if s.Contains(m.Span) && m.Entity >= 0 {
			out = append(out, fmt.Sprintf("%s = %s (%s)", m.Text, a.Entities[m.Entity].Name, m.Type))
		}
	}
	return strings.Join(out, ", ")
}

func claims(a *kith.Analysis, s kith.Sentence) string {
	var out []string
	for i := range a.Claims {
		if c := &a.Claims[i]; s.Overlaps(c.Evidence.Span()) {
			out = append(out, summary(c))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func summary(c *kith.Claim) string {
	object := c.Value
	if c.Object != nil {
		object = c.Object.Name
	}
	return fmt.Sprintf("%s %s %s [negated %t, %s, confidence %.2f]", c.Subject.Name, c.Predicate, object, c.Negated, c.Modality, c.Confidence)
}
