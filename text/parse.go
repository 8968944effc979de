package text

import (
	"context"
	"fmt"
	"math"
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

var embeddedParser = embedded("parse", withWords(OpenParser))

// Parser is a transition-based dependency parser: the arc-hybrid system
// (Kuhlmann, Gómez-Rodríguez and Satta 2011), trained with a dynamic oracle
// (Goldberg and Nivre 2013), on features after Zhang and Nivre (2011). It
// makes one projective tree of each sentence, with one root. It is safe for
// concurrent use.
type Parser struct {
	words  *Words
	moves  linear.Few
	labels linear.Many
	// what the best score must be ahead of the second for the rest of the
	// features to be left out, after each stage but the last
	clearMove  [moveStages - 1]int32
	clearLabel int32
	pool       sync.Pool
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
	if err := p.readMargins(f.Section("margins")); err != nil {
		return nil, fmt.Errorf("open parser: %w", err)
	}
	p.pool.New = func() any { return new(parseScratch) }
	return p, nil
}

// readMargins reads the margins of moves and of relations.
func (p *Parser) readMargins(data []byte) error {
	moves, labels, err := linear.Margins(data)
	if err != nil {
		return err
	}
	for k := range p.clearMove {
		p.clearMove[k] = int32(moves * linear.FewScale)
	}
	p.clearLabel = int32(labels * p.labels.Scale())
	return nil
}

// parseScratch is what parsing one sentence needs besides the model.
type parseScratch struct {
	state    parseState
	view     moveView
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
	s.state.view(&s.view)
	for stage := 0; ; stage++ {
		p.moves.Add(s.state.moveFeatures(&s.features, &s.view, stage), &scores)
		best := bestMove(&scores, legal)
		if stage == moveStages-1 || ahead(&scores, best, legal) > p.clearMove[stage] {
			return best
		}
	}
}

// ahead is by how much a legal move is ahead of the other legal ones.
func ahead(scores *[3]int32, best, legal int) int32 {
	margin := int32(math.MaxInt32)
	for m, v := range scores {
		if m != best && legal&(1<<m) != 0 {
			margin = min(margin, scores[best]-v)
		}
	}
	return margin
}

func (p *Parser) label(s *parseScratch, head, child int) kith.Rel {
	if head == s.state.n {
		return kith.Root
	}
	if s.state.tag(child) == kith.PUNCT {
		return kith.Punct
	}
	scores := s.scores[:kith.RelCount]
	clear(scores)
	scores[kith.Punct] = -1 << 20 // a mark's alone
	p.labels.Add(s.state.labelFeatures(&s.features, head, child, 0), &s.scores)
	best := bestRel(scores)
	for r, v := range scores {
		if kith.Rel(r) != best && r > int(kith.Root) && scores[best]-v <= p.clearLabel {
			p.labels.Add(s.state.labelFeatures(&s.features, head, child, 1), &s.scores)
			return bestRel(scores)
		}
	}
	return best
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
