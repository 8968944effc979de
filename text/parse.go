package text

import (
	"context"
	"fmt"
	"math/bits"
	"sync"

	"kith"
	"kith/text/linear"
)

// Parse gives each token its head and relation, with the embedded model.
var Parse kith.Stage = parseStage{}

type parseStage struct{}

func (parseStage) Name() string { return "parse" }
func (parseStage) Needs() []kith.Layer {
	return []kith.Layer{kith.LayerSentences, kith.LayerTokens, kith.LayerTags}
}
func (parseStage) Gives() []kith.Layer { return []kith.Layer{kith.LayerTree} }

func (parseStage) Run(ctx context.Context, a *kith.Analysis) error {
	p, err := embeddedParser()
	if err != nil {
		return err
	}
	return p.Run(ctx, a)
}

var embeddedParser = sync.OnceValues(func() (*Parser, error) {
	words, err := EmbeddedWords()
	if err != nil {
		return nil, err
	}
	data, err := model("parse")
	if err != nil {
		return nil, err
	}
	return OpenParser(data, words)
})

// Parser is a transition-based dependency parser: the arc-hybrid system
// (Kuhlmann, Gómez-Rodríguez and Satta 2011), trained with a dynamic oracle
// (Goldberg and Nivre 2013), on features after Zhang and Nivre (2011). It
// makes one projective tree of each sentence, with one root. It is safe for
// concurrent use.
type Parser struct {
	words  *Words
	moves  linear.Few
	labels linear.Many
	pool   sync.Pool
}

// OpenParser reads a parser from a model file.
func OpenParser(data []byte, words *Words) (*Parser, error) {
	f, err := linear.Open(data)
	if err != nil {
		return nil, fmt.Errorf("open parser: %w", err)
	}
	p := &Parser{words: words}
	if p.moves.Table, err = f.Table("moves"); err != nil {
		return nil, fmt.Errorf("open parser: %w", err)
	}
	if p.labels, err = linear.OpenMany(f, "labels"); err != nil {
		return nil, fmt.Errorf("open parser: %w", err)
	}
	p.pool.New = func() any { return new(parseScratch) }
	return p, nil
}

// parseScratch is what parsing one sentence needs besides the model.
type parseScratch struct {
	state    parseState
	lexemes  []lexeme
	buffer   []byte
	features [moveFeatures]uint64
	scores   [linear.MaxClasses]int32
}

// Run parses all sentences.
func (p *Parser) Run(ctx context.Context, a *kith.Analysis) error {
	s := p.pool.Get().(*parseScratch)
	defer p.pool.Put(s)
	for i := range a.Sentences {
		if i&255 == 0 && ctx.Err() != nil {
			return fmt.Errorf("parse sentences: %w", ctx.Err())
		}
		p.sentence(a, &a.Sentences[i], s)
	}
	return nil
}

func (p *Parser) sentence(a *kith.Analysis, sentence *kith.Sentence, s *parseScratch) {
	s.lexemes, s.buffer = bareLexemes(s.lexemes, a, sentence, p.words, s.buffer)
	s.state.reset(s.lexemes, a.Tokens[sentence.First:sentence.Last])
	for !s.state.done() {
		move := p.move(s)
		if head, child := s.state.arc(move); child >= 0 {
			s.state.rel[child] = p.label(s, head, child)
		}
		s.state.apply(move)
	}
	s.state.write(a.Tokens[sentence.First:sentence.Last], sentence.First)
}

// move chooses the next move; where only one is legal, nothing is scored.
func (p *Parser) move(s *parseScratch) int {
	legal := s.state.legal()
	if bits.OnesCount(uint(legal)) == 1 {
		return bits.TrailingZeros(uint(legal))
	}
	var scores [3]int32
	p.moves.Add(s.state.moveFeatures(&s.features), &scores)
	return bestMove(&scores, legal)
}

func (p *Parser) label(s *parseScratch, head, child int) kith.Rel {
	if head == s.state.n {
		return kith.Root
	}
	clear(s.scores[:kith.RelCount])
	p.labels.Add(s.state.labelFeatures(&s.features, head, child), &s.scores)
	return bestRel(s.scores[:kith.RelCount])
}

// bestRel is the best relation of a word that is not the root.
func bestRel[T int32 | float32](scores []T) kith.Rel {
	best := kith.Punct
	for r := kith.Punct; r < kith.RelCount; r++ {
		if scores[r] > scores[best] {
			best = r
		}
	}
	return best
}
