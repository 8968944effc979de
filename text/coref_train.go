package text

import (
	"context"
	"io"
	"math"
	"math/rand/v2"

	"kith"
)

// CorefChain is one chain of a corpus: runs of tokens [First, Last).
type CorefChain [][2]int

// CorefDocument is a document of training: an analysis with names, tags and
// tree, and its chains.
type CorefDocument struct {
	Analysis *kith.Analysis
	Chains   []CorefChain
	Weight   float32
	// Only lists the tokens of the pronouns that the corpus speaks of; nil
	// means that it marks all mentions.
	Only []int
	// Among narrows the first pronoun of Only to mentions with these heads.
	Among []int
	// Persons says that the corpus marks people and places alone.
	Persons bool
}

// CorefTraining holds what training can be told.
type CorefTraining struct {
	Epochs  int
	Rate    float64
	Seed    uint64
	Voices  int // how many models are averaged, each with its own order
	Lexicon *LexiconBuilder
	Log     func(format string, args ...any)
}

// corefLearner updates the weights while the resolver runs over a document of
// training: at each choice the likelihood of the right clusters rises.
type corefLearner struct {
	weights []float32
	squares []float32
	rate    float32
	gold    []int32 // chain of each mention, -1 for none
	known   []bool  // mentions that the corpus speaks of
	weight  float32
	loss    float64
	right   int
	choices int
	probs   []float32
	random  *rand.Rand
	alone   bool    // the corpus speaks of single pronouns, each of which has an antecedent
	guided  float64 // share of choices that follow the corpus
}

// CorefModel is a trained coreference model.
type CorefModel struct{ m *corefModel }

// Stage is the model as a stage of reading.
func (m *CorefModel) Stage() *Linker { return &Linker{model: m.m} }

// WriteTo writes the model's weights.
func (m *CorefModel) WriteTo(w io.Writer) (int64, error) {
	packed, err := m.m.encode()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(packed)
	return int64(n), err
}

// TrainCoref trains the ranking of antecedents on its own choices: each
// document is read as at run time, with the clusters that the model makes.
// The weights are averaged over the second half of the steps and over
// several orders of the documents: one wrong join early in a document draws
// others after it, so that single runs differ by points.
func TrainCoref(docs []CorefDocument, opt CorefTraining) *CorefModel {
	lex := opt.Lexicon.build()
	sums := make([]float64, 1<<corefBits)
	for voice := range opt.Voices {
		trainVoice(docs, lex, opt, opt.Seed+uint64(voice), sums)
	}
	weights := make([]float32, len(sums))
	for i := range weights {
		weights[i] = float32(sums[i] / float64(opt.Voices))
	}
	return &CorefModel{quantiseCoref(weights, lex)}
}

// trainVoice trains one model and adds its averaged weights to sums.
func trainVoice(docs []CorefDocument, lex *lexicon, opt CorefTraining, seed uint64, sums []float64) {
	t := &corefLearner{weights: make([]float32, len(sums)), squares: make([]float32, len(sums)), random: rand.New(rand.NewPCG(seed, 2))}
	order := make([]int, len(docs))
	for i := range order {
		order[i] = i
	}
	first := opt.Epochs / 2
	share := 1 / float64((opt.Epochs-first)*len(docs))
	for epoch := range opt.Epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.rate = float32(opt.Rate / math.Sqrt(1+float64(epoch)))
		t.guided = math.Pow(.5, float64(epoch))
		t.loss, t.right, t.choices = 0, 0, 0
		for _, d := range order {
			t.document(&docs[d], lex)
			if epoch >= first {
				for i, w := range t.weights {
					sums[i] += share * float64(w)
				}
			}
		}
		opt.Log("epoch %d: loss %.0f, right %.2f%%", epoch+1, t.loss, 100*float64(t.right)/float64(max(1, t.choices)))
	}
}

func (t *corefLearner) document(d *CorefDocument, lex *lexicon) {
	r := newResolver(d.Analysis, lex, &corefModel{lex: lex})
	r.model = nil
	t.mark(r, d)
	t.weight, t.alone = d.Weight, d.Only != nil
	r.learn = t
	if d.Among != nil {
		r.choice = &pronounChoice{d.Only[0], d.Among}
	}
	_ = r.run(context.Background())
}

// mark finds the chain of each mention: that of the same span, else that of a
// span with the same head.
func (t *corefLearner) mark(r *resolver, d *CorefDocument) {
	n := len(r.refs)
	t.gold, t.known = resized(t.gold, n), resized(t.known, n)
	spans := map[[2]int]int32{}
	heads := map[int]int32{}
	for c, chain := range d.Chains {
		for _, span := range chain {
			spans[span] = int32(c)
			heads[spanHead(r.a, span)] = int32(c)
		}
	}
	only := map[int]bool{}
	for _, token := range d.Only {
		only[token] = true
	}
	for m := range r.refs {
		ref := &r.refs[m]
		t.gold[m] = -1
		if c, ok := spans[[2]int{ref.first, ref.last}]; ok {
			t.gold[m] = c
		} else if c, ok := heads[ref.head]; ok {
			t.gold[m] = c
		}
		t.known[m] = d.Only == nil || only[ref.head]
		if d.Persons && t.gold[m] < 0 && (ref.kinds == "" || ref.kind == refPronoun) {
			t.known[m] = false
		}
	}
}

// spanHead is the token of a span whose governor lies outside.
func spanHead(a *kith.Analysis, span [2]int) int {
	for i := span[0]; i < span[1]; i++ {
		if h := a.Tokens[i].Head; (h < span[0] || h >= span[1]) && a.Tokens[i].Tag != kith.PUNCT {
			return i
		}
	}
	return span[1] - 1
}

// joined keeps the chain of a cluster: that of its first mention that has one.
func (t *corefLearner) joined(_ *resolver, m int, k *cluster) {
	if k.gold < 0 {
		k.gold = t.gold[m]
	}
}

// choose learns from one choice and returns the candidate to take.
func (t *corefLearner) choose(r *resolver, m, _ int) int {
	best := 0
	for i := range r.cands {
		c := &r.cands[i]
		c.score = t.score(c.features)
		if c.score > r.cands[best].score {
			best = i
		}
	}
	if !t.known[m] || t.hidden(r, m) {
		return best
	}
	t.probs = resized(t.probs, 2*len(r.cands))
	all, good := t.probs[:len(r.cands)], t.probs[len(r.cands):]
	right := t.shares(r, m, best, all, good)
	t.choices++
	if good[best] > 0 {
		t.right++
	}
	for i := range r.cands {
		if g := (all[i] - good[i]) * t.weight; g > 1e-4 || g < -1e-4 {
			t.update(r.cands[i].features, g)
		}
	}
	if good[best] == 0 && t.random.Float64() < t.guided {
		return right
	}
	return best
}

// hidden reports whether the corpus joins a mention to an earlier one, none of
// whose clusters is a candidate: such a choice teaches nothing.
func (t *corefLearner) hidden(r *resolver, m int) bool {
	if t.gold[m] < 0 {
		return false
	}
	for i := range r.cands {
		if t.correct(r, m, i) {
			return false
		}
	}
	return t.alone || t.earlier(m)
}

// earlier reports whether a mention before m is in its chain.
func (t *corefLearner) earlier(m int) bool {
	for j := m - 1; j >= 0; j-- {
		if t.gold[j] == t.gold[m] {
			return true
		}
	}
	return false
}

// shares fills the probabilities of the candidates, and those among the right
// ones alone. It returns the likeliest right one.
func (t *corefLearner) shares(r *resolver, m, best int, all, good []float32) int {
	any := false
	for i := range r.cands {
		any = any || t.correct(r, m, i)
	}
	top, sum, goodSum, right := r.cands[best].score, float32(0), float32(0), 0
	for i := range r.cands {
		all[i], good[i] = exp32(r.cands[i].score-top), 0
		sum += all[i]
		if r.cands[i].cluster < 0 && !any || any && t.correct(r, m, i) {
			good[i] = max(all[i], 1e-30)
			goodSum += good[i]
			if good[i] > good[right] || good[right] == 0 {
				right = i
			}
		}
	}
	for i := range all {
		all[i] /= sum
		good[i] /= goodSum
	}
	t.loss += math.Log(float64(sum)) - math.Log(float64(goodSum))
	return right
}

func (t *corefLearner) correct(r *resolver, m, i int) bool {
	c := &r.cands[i]
	return c.cluster >= 0 && t.gold[m] >= 0 && (t.gold[c.mention] == t.gold[m] || r.clusters[c.cluster].gold == t.gold[m])
}

func (t *corefLearner) score(features []uint32) float32 {
	sum := float32(0)
	for _, f := range features {
		sum += t.weights[f>>(32-corefBits)]
	}
	return sum
}

func (t *corefLearner) update(features []uint32, g float32) {
	for _, f := range features {
		i := f >> (32 - corefBits)
		step := g + 1e-5*t.weights[i]
		t.squares[i] += step * step
		t.weights[i] -= t.rate * step / sqrt32(t.squares[i]+.01)
	}
}
