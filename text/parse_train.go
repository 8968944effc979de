package text

import (
	"context"
	"math/rand/v2"

	"kith"
	"kith/text/linear"
)

// ParseTraining says how to train a parser.
type ParseTraining struct {
	Epochs     int
	Seed       uint64
	Admission  uint8   // a feature gets weights at its so-manieth appearance
	MoveRate   float32 // of the steps, before AdaGrad shortens them
	LabelRate  float32
	Dropout    float64 // share of features that each decision goes without
	Words      *Words
	Least      float64 // weights of moves below it are dropped
	LeastLabel float64 // weights of relations below it are dropped
	Sample     int     // sentences, about, that say which weights are asked for most
	ClearMove  float64 // how clear a move must be to be made on the first features alone; see linear.EncodeMargins
	ClearLabel float64 // the same for relations
	Log        func(format string, args ...any)
}

// explore is the share of wrong moves that training follows after its first
// pass, so that the parser learns to go on after its own mistakes.
const explore = 0.9

// TrainParser learns a parser from documents whose tokens carry gold heads
// and relations, and tags as the tagger gives them on unseen text. The same
// documents and options give the same bytes.
func TrainParser(documents []*kith.Analysis, o ParseTraining) []byte {
	var examples []*parseExample
	for _, a := range documents {
		for i := range a.Sentences {
			examples = append(examples, newParseExample(a, &a.Sentences[i], o.Words))
		}
	}
	t := parseTrainer{ParseTraining: o, random: rand.New(rand.NewPCG(o.Seed, 2))}
	t.moves.Admission, t.labels.Admission = o.Admission, o.Admission
	for epoch := range o.Epochs {
		t.random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		t.right, t.labelled, t.words = 0, 0, 0
		t.explore = epoch > 0
		if epoch == 2 {
			t.moves.Close()
			t.labels.Close()
		}
		for _, e := range examples {
			t.learn(e)
		}
		o.Log("epoch %d: UAS %.2f %%, LAS %.2f %%", epoch+1, 100*float64(t.right)/float64(t.words), 100*float64(t.labelled)/float64(t.words))
	}
	sections := map[string][]byte{"moves": t.moves.Encode(o.Least)}
	t.labels.Encode(sections, "labels", o.LeastLabel)
	sections["margins"] = linear.EncodeMargins(o.ClearMove, o.ClearLabel)
	arrangeParser(sections, o.Words, sampleOf(documents, o.Sample))
	return linear.Encode(sections)
}

// arrangeParser puts the rows that parsing the documents asks for most
// together; see linear.Many.Arranged.
func arrangeParser(sections map[string][]byte, words *Words, documents []*kith.Analysis) {
	p, err := OpenParser(linear.Encode(sections), words)
	if err != nil {
		panic(err) // it was encoded a moment ago
	}
	p.labels.Count()
	for _, a := range documents {
		_ = p.Run(context.Background(), a) // fails only where it is cancelled
	}
	sections["labels"], sections["labels.rows"] = p.labels.Arranged()
}

// parseExample is one sentence to learn from.
type parseExample struct {
	lexemes []lexeme
	tokens  []kith.Token
	gold    []int32 // heads; n is the root
}

func newParseExample(a *kith.Analysis, s *kith.Sentence, words *Words) *parseExample {
	e := &parseExample{tokens: a.Tokens[s.First:s.Last]}
	e.lexemes, _ = lexemes(nil, a, s, words, nil)
	for _, t := range e.tokens {
		head := len(e.tokens)
		if t.Head >= 0 {
			head = t.Head - s.First
		}
		e.gold = append(e.gold, int32(head))
	}
	return e
}

type parseTrainer struct {
	ParseTraining
	moves                  linear.FewTrainer
	labels                 linear.ManyTrainer
	state                  parseState
	view                   moveView
	random                 *rand.Rand
	explore                bool
	right, labelled, words int
	features               [moveFeatures]uint64
	rows                   [moveFeatures]int32
	labelScores            [labelStages][linear.MaxClasses]float32
}

// earlyShare is how much the decisions on the first features alone count in
// training, beside the one on all features.
const earlyShare = 0.5

// learn parses a sentence, correcting the weights on the way.
func (t *parseTrainer) learn(e *parseExample) {
	t.state.reset(e.lexemes, e.tokens)
	for !t.state.done() {
		move := t.move(e)
		if head, child := t.state.arc(move); child >= 0 {
			t.state.rel[child] = t.label(e, head, child)
			t.words++
			if int32(head) == e.gold[child] {
				t.right++
				if t.state.rel[child] == e.tokens[child].Rel {
					t.labelled++
				}
			}
		}
		t.state.apply(move)
	}
}

// move chooses the next move, after a step towards the moves that cost no arc
// of the gold tree which another move would have kept.
func (t *parseTrainer) move(e *parseExample) int {
	var ends [moveStages]int
	var scores [moveStages][3]float32
	rows := t.rows[:0]
	t.state.view(&t.view)
	for k := range moveStages {
		list := linear.Drop(t.state.moveFeatures(&t.features, &t.view, k), t.random, t.Dropout)
		from := len(rows)
		rows = t.moves.Rows(rows, list)
		if ends[k] = len(rows); k > 0 {
			scores[k] = scores[k-1]
		}
		for _, row := range rows[from:] {
			t.moves.Add(row, &scores[k])
		}
	}
	t.moves.Step++
	legal := t.state.legal()
	best := bestMove(&scores[moveStages-1], legal)
	good := t.state.cheapest(legal, e.gold)
	want := bestMove(&scores[moveStages-1], good)
	t.stepMoves(rows, &ends, &scores, legal, good)
	if best != want && t.explore && t.random.Float64() < explore {
		return best
	}
	return want
}

// stepMoves moves the weights of each stage along the gradients of the
// decisions that it takes part in: its own and those after it.
func (t *parseTrainer) stepMoves(rows []int32, ends *[moveStages]int, scores *[moveStages][3]float32, legal, good int) {
	var sum [3]float32
	end := len(rows)
	for k := moveStages - 1; k >= 0; k-- {
		from, share := 0, float32(earlyShare)
		if k > 0 {
			from = ends[k-1]
		}
		if k == moveStages-1 {
			share = 1
		}
		gradient, small := moveGradient(scores[k], legal, good)
		for m := range sum {
			if !small {
				sum[m] += share * gradient[m]
			}
		}
		if sum != [3]float32{} {
			for _, row := range rows[from:end] {
				t.moves.Descend(row, &sum, t.MoveRate)
			}
		}
		end = from
	}
}

// moveGradient is the gradient of the negative log of the good moves' share
// of probability.
func moveGradient(scores [3]float32, legal, good int) (g [3]float32, small bool) {
	for m := range scores {
		if legal&(1<<m) == 0 {
			scores[m] = -1e4
		}
	}
	all := scores
	for m := range scores {
		if good&(1<<m) == 0 {
			scores[m] = -1e4
		}
	}
	linear.Softmax(all[:])
	linear.Softmax(scores[:])
	small = true
	for m := range g {
		g[m] = all[m] - scores[m]
		small = small && g[m] > -linear.Negligible && g[m] < linear.Negligible
	}
	return g, small
}

// label chooses a relation, after a step towards the gold one where the arc
// is right.
func (t *parseTrainer) label(e *parseExample, head, child int) kith.Rel {
	if head == t.state.n {
		return kith.Root
	}
	var middle int
	rows := t.rows[:0]
	scores := &t.labelScores
	*scores = [labelStages][linear.MaxClasses]float32{}
	for k := range labelStages {
		middle = len(rows)
		rows = t.labels.Rows(rows, linear.Drop(t.state.labelFeatures(&t.features, head, child, k), t.random, t.Dropout))
		for _, row := range rows[middle:] {
			t.labels.Add(row, &scores[k])
		}
		if k == 0 {
			scores[1] = scores[0]
		}
	}
	t.labels.Step++
	best := bestRel(scores[1][:kith.RelCount])
	if int32(head) != e.gold[child] {
		return best
	}
	linear.StepStages(&t.labels, rows, middle, scores, int(kith.RelCount), int(e.tokens[child].Rel), earlyShare, t.LabelRate)
	return best
}

// cheapest returns those legal moves that cost the fewest arcs of the gold
// tree, as bits.
func (s *parseState) cheapest(legal int, gold []int32) int {
	set, least := 0, 1<<30
	for m := shift; m <= right; m++ {
		if legal&(1<<m) == 0 {
			continue
		}
		switch c := s.cost(m, gold); {
		case c < least:
			set, least = 1<<m, c
		case c == least:
			set |= 1 << m
		}
	}
	return set
}

// cost counts the arcs of the gold tree that can be reached before a move and
// not after it (Goldberg and Nivre 2013, section 4).
func (s *parseState) cost(move int, gold []int32) int {
	if move == shift {
		return s.shiftCost(gold)
	}
	k := len(s.stack)
	top, next := s.stack[k-1], int32(s.next)
	cost := 0
	for i := s.next; i < s.n; i++ {
		if gold[i] == top {
			cost++ // a child ahead is lost
		}
	}
	switch head := gold[top]; {
	case move == left && (head > next || k > 1 && head == s.stack[k-2]):
		cost++
	case move == right && head >= next:
		cost++
	}
	return cost
}

func (s *parseState) shiftCost(gold []int32) int {
	cost := 0
	for i, w := range s.stack {
		if gold[s.next] == w && i < len(s.stack)-1 {
			cost++ // its head lies below the top
		}
		if gold[w] == int32(s.next) {
			cost++ // a child on the stack
		}
	}
	return cost
}
