package text

import (
	"context"
	"fmt"
	"sync"

	"kith"
)

// Names finds proper names and types them, with the embedded model.
var Names kith.Stage = namesStage{}

type namesStage struct{}

func (namesStage) Name() string { return "names" }
func (namesStage) Needs() []kith.Layer {
	return []kith.Layer{kith.LayerSentences, kith.LayerTokens}
}
func (namesStage) Gives() []kith.Layer { return []kith.Layer{kith.LayerNames} }

func (namesStage) Run(ctx context.Context, a *kith.Analysis) error {
	n, err := embeddedNamer()
	if err != nil {
		return err
	}
	return n.Run(ctx, a)
}

var embeddedNamer = embedded("names", OpenNamer)

// Namer finds proper names: persons, organisations, places, events and
// groups. It is safe for concurrent use.
type Namer struct {
	model *nameModel
	pool  sync.Pool // of working spaces
}

func newNamer(m *nameModel) *Namer {
	n := &Namer{model: m}
	n.pool.New = func() any { return newNameTagger(m) }
	return n
}

// OpenNamer reads a namer from a model file.
func OpenNamer(data []byte) (*Namer, error) {
	m, err := decodeNameModel(data)
	if err != nil {
		return nil, fmt.Errorf("open namer: %w", err)
	}
	return newNamer(m), nil
}

// Name is the stage's name in messages.
func (*Namer) Name() string { return Names.Name() }

// Needs lists the layers that the stage reads.
func (*Namer) Needs() []kith.Layer { return Names.Needs() }

// Gives lists the layers that the stage fills.
func (*Namer) Gives() []kith.Layer { return Names.Gives() }

// Run fills the names of the document. It stops between sentences where the
// context ends.
func (n *Namer) Run(ctx context.Context, a *kith.Analysis) error {
	a.Names = a.Names[:0]
	t := n.pool.Get().(*nameTagger)
	defer n.pool.Put(t)
	t.views.fill(a)
	for s := range a.Sentences {
		if s%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		sentence := &a.Sentences[s]
		t.tag(t.views.all[sentence.First:sentence.Last])
		a.Names = t.names(a.Names, sentence.First)
	}
	a.Names = settleNames(a, fillNames(a, t.views.all, a.Names))
	return nil
}

// nameTagger holds the working space of reading one document after another.
type nameTagger struct {
	model  *nameModel
	views  nameViews
	sums   nameSums
	open   []bool
	unary  [][labelWidth]float32
	labels []uint8
	sure   []float32
	chain  nameChain
}

func newNameTagger(m *nameModel) *nameTagger {
	return &nameTagger{model: m, views: nameViews{gaz: m.gaz}, sums: newNameSums(m.rows), chain: newNameChain(&m.trans)}
}

// tag labels the tokens of one sentence: each run of candidates is a chain of
// its own.
func (t *nameTagger) tag(run []nameToken) {
	t.open = nameCandidates(run, t.open)
	t.labels, t.sure = resized(t.labels, len(run)), resized(t.sure, len(run))
	flags := sentenceFlags(run)
	t.sums.begin()
	for i := 0; i < len(run); {
		if !t.open[i] {
			t.labels[i], t.sure[i] = labelOut, 1
			i++
			continue
		}
		end := i
		t.unary = t.unary[:0]
		for ; end < len(run) && t.open[end]; end++ {
			sum := t.sums.token(run, end, flags)
			t.unary = append(t.unary, t.model.potentials(&sum))
		}
		t.chain.solve(t.unary, t.labels[i:end], t.sure[i:end])
		i = end
	}
}

func sentenceFlags(run []nameToken) uint32 {
	if allCapsRun(run) {
		return shoutFlag
	}
	return 0
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

var labelTypes = [labelCount]kith.EntityType{"", kith.Person, kith.Person, kith.Organization, kith.Organization,
	kith.Place, kith.Place, kith.EventType, kith.EventType, "", ""}

// names turns the labels of a sentence, whose first token is first, into
// names.
func (t *nameTagger) names(out []kith.Name, first int) []kith.Name {
	for i := 0; i < len(t.labels); {
		label := int(t.labels[i])
		end := i + 1
		if label == labelOut {
			i = end
			continue
		}
		score := t.sure[i]
		for end < len(t.labels) && int(t.labels[end]) == label+1 && label%2 == 1 {
			score = min(score, t.sure[end])
			end++
		}
		if kind := labelTypes[label]; kind != "" {
			out = append(out, kith.Name{First: first + i, Last: first + end, Type: kind, Score: score})
		}
		i = end
	}
	return out
}
