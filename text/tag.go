package text

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync"

	"kith"
	"kith/text/linear"
)

// Tag gives each token its universal and Penn part of speech and its lemma,
// with the embedded model.
var Tag kith.Stage = tagStage{}

type tagStage struct{}

func (tagStage) Name() string { return "tag" }
func (tagStage) Needs() []kith.Layer {
	return []kith.Layer{kith.LayerSentences, kith.LayerTokens}
}
func (tagStage) Gives() []kith.Layer { return []kith.Layer{kith.LayerTags} }

func (tagStage) Run(ctx context.Context, a *kith.Analysis) error {
	t, err := embeddedTagger()
	if err != nil {
		return err
	}
	return t.Run(ctx, a)
}

var embeddedTagger = embedded("tag", withWords(OpenTagger))

// Tagger is an averaged perceptron that goes from left to right and chooses
// both tags of a word at once. It is safe for concurrent use.
type Tagger struct {
	words  *Words
	labels []label
	dict   linear.Table
	model  linear.Many
	clear  int32 // what the best score must be ahead of the second to be taken on the first features
	lemmas lemmatizer
	pool   sync.Pool
}

// label is a pair of tags.
type label struct {
	tag  kith.Tag
	xtag kith.XTag
}

func (l label) String() string { return l.tag.String() + " " + l.xtag.String() }

func parseLabel(s string) label {
	tag, xtag, _ := strings.Cut(s, " ")
	return label{kith.ParseTag(tag), kith.ParseXTag(xtag)}
}

// OpenTagger reads a tagger from a model file.
func OpenTagger(data []byte, words *Words) (*Tagger, error) {
	f, err := linear.Open(data)
	if err != nil {
		return nil, fmt.Errorf("open tagger: %w", err)
	}
	t := &Tagger{words: words}
	for _, s := range f.Strings("labels") {
		t.labels = append(t.labels, parseLabel(s))
	}
	if t.dict, err = f.Table("dict"); err != nil {
		return nil, fmt.Errorf("open tagger: %w", err)
	}
	if t.model, err = linear.OpenMany(f, "tag"); err != nil {
		return nil, fmt.Errorf("open tagger: %w", err)
	}
	margin, _, err := linear.Margins(f.Section("margins"))
	if err != nil {
		return nil, fmt.Errorf("open tagger: %w", err)
	}
	t.clear = int32(margin * t.model.Scale())
	if t.lemmas, err = openLemmatizer(f); err != nil {
		return nil, fmt.Errorf("open tagger: %w", err)
	}
	t.pool.New = func() any { return new(tagScratch) }
	return t, nil
}

// tagScratch is what tagging one sentence needs besides the model.
type tagScratch struct {
	lexemes  []lexeme
	tags     []uint64 // chosen labels, with two of padding before
	buffer   []byte
	features [tagFeatures]uint64
	scores   [linear.MaxClasses]int32
}

// Run tags all sentences.
func (t *Tagger) Run(ctx context.Context, a *kith.Analysis) error {
	s := t.pool.Get().(*tagScratch)
	defer t.pool.Put(s)
	for i := range a.Sentences {
		if i&255 == 0 && ctx.Err() != nil {
			return fmt.Errorf("tag words: %w", ctx.Err())
		}
		t.sentence(a, &a.Sentences[i], s)
	}
	return nil
}

func (t *Tagger) sentence(a *kith.Analysis, sentence *kith.Sentence, s *tagScratch) {
	s.lexemes, s.buffer = lexemes(s.lexemes, a, sentence, t.words, s.buffer)
	for i := range s.lexemes {
		s.lexemes[i].dict = t.dict.Get(s.lexemes[i].word)
	}
	context := tagContext{lexemes: s.lexemes, caps: allCaps(s.lexemes)}
	s.tags = append(s.tags[:0], noLabel, noLabel)
	for i := range s.lexemes {
		best := t.label(&context, s, i)
		s.tags = append(s.tags, uint64(best))
		token := &a.Tokens[sentence.First+i]
		token.Tag, token.XTag = t.labels[best].tag, t.labels[best].xtag
		token.Lemma = t.lemmas.lemma(token.Cut(a.Document.Text), *token, s.lexemes[i].word)
	}
}

// label chooses the tags of word i; the second features are asked only where
// the first leave a doubt.
func (t *Tagger) label(context *tagContext, s *tagScratch, i int) int {
	scores := s.scores[:len(t.labels)]
	clear(scores)
	t.model.Add(context.features(&s.features, i, s.tags, 0), &s.scores)
	best, second := argmaxes(scores)
	if scores[best]-second > t.clear {
		return best
	}
	t.model.Add(context.features(&s.features, i, s.tags, 1), &s.scores)
	return argmax(scores)
}

// argmaxes returns the place of the greatest score, and the second greatest
// score.
func argmaxes(scores []int32) (best int, second int32) {
	second = math.MinInt32 / 2
	for i, v := range scores {
		switch {
		case i == 0:
		case v > scores[best]:
			best, second = i, scores[best]
		case v > second:
			second = v
		}
	}
	return best, second
}

func argmax[T int32 | float32](scores []T) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// allCaps reports whether a sentence is a headline in capitals, whose case
// says nothing.
func allCaps(lexemes []lexeme) bool {
	letters, upper := 0, 0
	for i := range lexemes {
		if lexemes[i].shape&(shapeLetter|shapeLong) == shapeLetter|shapeLong {
			letters++
			if lexemes[i].shape&shapeAllUpper != 0 {
				upper++
			}
		}
	}
	return letters >= 2 && upper*4 >= letters*3
}
