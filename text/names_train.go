package text

import (
	"io"
	"math"
	"math/rand/v2"

	"kith"
)

// NameLabel is a label of the name model, for training.
type NameLabel = uint8

// NameSentence is one sentence of training: for each token, the set of labels
// (bit k is label k) that its corpus allows. Corpora that do not mark some
// kinds of names leave more than one.
type NameSentence struct {
	First, Last int // tokens in the analysis
	Allow       []uint16
	Weight      float32
}

// NameDocument is a document of training with its sentences.
type NameDocument struct {
	Analysis  *kith.Analysis
	Sentences []NameSentence
}

// NameTraining holds what training can be told.
type NameTraining struct {
	Epochs    int
	Rate      float64
	Ridge     float64 // L2 penalty
	MinCount  int     // features seen less often are left out
	Seed      uint64
	Drop      float64 // share of features left out at random at each step
	Gazetteer *GazetteerBuilder
	Log       func(format string, args ...any)
}

// nameExample is one chain: its features, flat, and its allowed labels.
type nameExample struct {
	features [][]uint32
	allow    []uint16
	weight   float32
}

// TrainNames trains a name model by stochastic gradient descent with adaptive
// steps (Duchi, Hazan and Singer 2011) on the likelihood of the allowed
// labellings.
func TrainNames(docs []NameDocument, opt NameTraining) *NameModel {
	gaz := opt.Gazetteer.build()
	examples := gatherExamples(docs, gaz)
	dropRareFeatures(examples, opt.MinCount)
	t := newNameTrainer(gaz, opt)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(opt.Seed, 1))
	for epoch := range opt.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss, rate := 0.0, opt.Rate/math.Sqrt(1+float64(epoch))
		for _, i := range order {
			loss += t.step(&examples[i], rate)
		}
		opt.Log("epoch %d: loss %.1f", epoch+1, loss)
	}
	return &NameModel{t.quantise()}
}

// NameModel is a trained name model.
type NameModel struct{ m *nameModel }

// Stage is the model as a stage of reading.
func (m *NameModel) Stage() *Namer { return newNamer(m.m) }

// WriteTo writes the model's weights.
func (m *NameModel) WriteTo(w io.Writer) (int64, error) {
	packed, err := m.m.encode()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(packed)
	return int64(n), err
}

func gatherExamples(docs []NameDocument, gaz *gazetteer) []nameExample {
	var examples []nameExample
	views := nameViews{gaz: gaz}
	var open []bool
	for d := range docs {
		doc := &docs[d]
		views.fill(doc.Analysis)
		for s := range doc.Sentences {
			sentence := &doc.Sentences[s]
			run := views.all[sentence.First:sentence.Last]
			open = nameCandidates(run, open)
			examples = gatherChains(examples, run, open, sentence)
		}
	}
	return examples
}

func gatherChains(examples []nameExample, run []nameToken, open []bool, sentence *NameSentence) []nameExample {
	flags := sentenceFlags(run)
	for i := 0; i < len(run); {
		if !open[i] {
			i++
			continue
		}
		ex := nameExample{weight: sentence.Weight}
		for ; i < len(run) && open[i]; i++ {
			features := nameFeatures(nil, run, i, flags)
			ex.features = append(ex.features, features)
			ex.allow = append(ex.allow, sentence.Allow[i])
		}
		if repairLabels(ex.allow) {
			examples = append(examples, ex)
		}
	}
	return examples
}

// repair frees the labels that no path can reach, which happens where a name
// runs into words that are no candidates. It reports whether a path is left.
func repairLabels(allow []uint16) bool {
	reach := uint16(1) << labelOut
	for i, mask := range allow {
		next := uint16(0)
		for k := 0; k < labelCount; k++ {
			if mask>>k&1 == 0 {
				continue
			}
			for j := 0; j < labelCount; j++ {
				if reach>>j&1 != 0 && labelFollows(j, k) {
					next |= 1 << k
				}
			}
		}
		if next == 0 { // inside without a beginning: begin here
			for k := 2; k < labelCount; k += 2 {
				if mask>>k&1 != 0 {
					allow[i] |= 1 << (k - 1)
					next |= 1 << (k - 1)
				}
			}
		}
		if next == 0 {
			return false
		}
		reach = next
	}
	return true
}

func dropRareFeatures(examples []nameExample, least int) {
	counts := make([]uint16, 1<<24)
	for e := range examples {
		for _, features := range examples[e].features {
			for _, f := range features {
				if c := &counts[f>>8]; *c < math.MaxUint16 {
					*c++
				}
			}
		}
	}
	for e := range examples {
		for i, features := range examples[e].features {
			kept := features[:0]
			for _, f := range features {
				if int(counts[f>>8]) >= least {
					kept = append(kept, f>>(32-nameBits))
				}
			}
			examples[e].features[i] = kept
		}
	}
}

// nameTrainer holds the weights while they are learnt.
type nameTrainer struct {
	model   *nameModel
	weights []float32
	squares []float32
	transSq [labelCount][labelCount]float32
	ridge   float32
	free    nameChain // all labels
	bound   nameChain // the allowed ones
	unary   [][labelWidth]float32
	drop    float64
	random  *rand.Rand
	kept    [][]uint32
}

func newNameTrainer(gaz *gazetteer, opt NameTraining) *nameTrainer {
	t := &nameTrainer{
		model:   &nameModel{gaz: gaz},
		weights: make([]float32, labelWidth<<nameBits),
		squares: make([]float32, labelWidth<<nameBits),
		ridge:   float32(opt.Ridge),
		drop:    opt.Drop,
		random:  rand.New(rand.NewPCG(opt.Seed, 3)),
	}
	for j := range labelCount {
		for k := range labelCount {
			if !labelFollows(j, k) {
				t.model.trans[j][k] = -1e4
			}
		}
	}
	t.free, t.bound = newNameChain(&t.model.trans), newNameChain(&t.model.trans)
	return t
}

// step learns from one chain and returns its loss.
func (t *nameTrainer) step(ex *nameExample, rate float64) float64 {
	n := len(ex.features)
	t.unary = resized(t.unary, n)
	features := t.thin(ex.features)
	for i, features := range features {
		t.unary[i] = t.potentials(features)
	}
	loss := t.free.sums(t.unary, nil) - t.bound.sums(t.unary, ex.allow)
	if loss < 1e-4 {
		return loss
	}
	for i, features := range features {
		var grad [labelWidth]float32
		free, bound := t.free.mass(i), t.bound.mass(i)
		for k := 0; k < labelCount; k++ {
			grad[k] = t.free.forward[i][k]*t.free.backward[i][k]/free - t.bound.forward[i][k]*t.bound.backward[i][k]/bound
			grad[k] *= ex.weight
		}
		t.update(features, &grad, float32(rate))
	}
	t.updateTransitions(n, ex.weight, float32(rate))
	return loss
}

// thin leaves features out at random, so that none relies on the others
// (Sutton, Sindelar and McCallum 2006; Srivastava and others 2014).
func (t *nameTrainer) thin(all [][]uint32) [][]uint32 {
	if t.drop == 0 {
		return all
	}
	t.kept = resized(t.kept, len(all))
	limit := uint32(t.drop * (1 << 16))
	for i, features := range all {
		t.kept[i] = t.kept[i][:0]
		var bits uint64
		for k, f := range features {
			if k%4 == 0 {
				bits = t.random.Uint64()
			}
			if uint32(bits&0xffff) >= limit {
				t.kept[i] = append(t.kept[i], f)
			}
			bits >>= 16
		}
	}
	return t.kept
}

func (t *nameTrainer) potentials(features []uint32) (out [labelWidth]float32) {
	for _, f := range features {
		row := t.weights[int(f)*labelWidth : int(f)*labelWidth+labelWidth]
		for k := range out {
			out[k] += row[k]
		}
	}
	return out
}

func (t *nameTrainer) update(features []uint32, grad *[labelWidth]float32, rate float32) {
	for _, f := range features {
		row := t.weights[int(f)*labelWidth : int(f)*labelWidth+labelWidth]
		square := t.squares[int(f)*labelWidth : int(f)*labelWidth+labelWidth]
		for k := 0; k < labelCount; k++ {
			g := grad[k]
			if g > -1e-4 && g < 1e-4 {
				continue
			}
			g += t.ridge * row[k]
			square[k] += g * g
			row[k] -= rate * g / sqrt32(square[k]+1e-2)
		}
	}
}

func (t *nameTrainer) updateTransitions(n int, weight, rate float32) {
	var grad [labelCount][labelCount]float32
	for i := 0; i < n; i++ {
		t.free.pairs(i, &grad, weight)
		t.bound.pairs(i, &grad, -weight)
	}
	for j := range grad {
		for k, g := range grad[j] {
			if g == 0 || !labelFollows(j, k) {
				continue
			}
			t.transSq[j][k] += g * g
			t.model.trans[j][k] -= rate * g / sqrt32(t.transSq[j][k]+1)
		}
	}
	t.free.refresh()
	t.bound.refresh()
}

// pairs adds the probabilities of the transitions into place i.
func (c *nameChain) pairs(i int, grad *[labelCount][labelCount]float32, weight float32) {
	if i == 0 {
		mass := c.mass(0)
		for k := range labelCount {
			grad[labelOut][k] += weight * c.forward[0][k] * c.backward[0][k] / mass
		}
		return
	}
	sum := float32(0)
	var p [labelCount][labelCount]float32
	for j := range labelCount {
		for k := range labelCount {
			p[j][k] = c.forward[i-1][j] * c.exp[j][k] * c.potent[i][k] * c.backward[i][k]
			sum += p[j][k]
		}
	}
	for j := range labelCount {
		for k := range labelCount {
			grad[j][k] += weight * p[j][k] / sum
		}
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// quantise rounds the weights to 8 bits; those near nothing become nothing.
func (t *nameTrainer) quantise() *nameModel {
	const limit = 4
	t.model.scale = limit / 127.0
	rows := make([]byte, len(t.weights))
	for i, w := range t.weights {
		rows[i] = byte(int8(math.Round(float64(max(-limit, min(limit, w))) / limit * 127)))
	}
	t.model.rows = packRows(rows)
	return t.model
}
