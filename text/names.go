package text

import (
	"context"
	"io/fs"

	"kith"
)

// Names is the stage that finds proper names and types them: persons,
// organisations, places, events and groups.
type Names struct{ model *nameModel }

// NamesPath is where the weights of the name model lie in the data folder.
const NamesPath = "models/names.kwm"

// NewNames loads the weights of the name model from the data folder.
func NewNames(fsys fs.FS) (*Names, error) {
	m, err := loadNameModel(fsys, NamesPath)
	if err != nil {
		return nil, err
	}
	return &Names{m}, nil
}

// Name is the stage's name in messages.
func (*Names) Name() string { return "names" }

// Needs lists the layers that the stage reads.
func (*Names) Needs() []kith.Layer { return []kith.Layer{kith.LayerSentences, kith.LayerTokens} }

// Gives lists the layers that the stage fills.
func (*Names) Gives() []kith.Layer { return []kith.Layer{kith.LayerNames} }

// Run fills the names of the document. It stops between sentences where the
// context ends.
func (n *Names) Run(ctx context.Context, a *kith.Analysis) error {
	a.Names = a.Names[:0]
	t := newNameTagger(n.model)
	t.views = viewDocument(a, n.model.gaz, t.views)
	for s := range a.Sentences {
		if s%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		sentence := &a.Sentences[s]
		t.tag(t.views[sentence.First:sentence.Last])
		a.Names = t.names(a.Names, sentence.First)
	}
	return nil
}

// nameTagger holds the working space of one document.
type nameTagger struct {
	model    *nameModel
	views    []nameToken
	open     []bool
	features []uint32
	unary    [][labelWidth]float32
	labels   []uint8
	sure     []float32
	chain    nameChain
}

func newNameTagger(m *nameModel) *nameTagger {
	return &nameTagger{model: m, chain: newNameChain(&m.trans)}
}

// tag labels the tokens of one sentence: each run of candidates is a chain of
// its own.
func (t *nameTagger) tag(run []nameToken) {
	t.open = nameCandidates(run, t.open)
	t.labels, t.sure = resized(t.labels, len(run)), resized(t.sure, len(run))
	flags := sentenceFlags(run)
	for i := 0; i < len(run); {
		if !t.open[i] {
			t.labels[i], t.sure[i] = labelOut, 1
			i++
			continue
		}
		end := i
		t.unary = t.unary[:0]
		for ; end < len(run) && t.open[end]; end++ {
			t.features = nameFeatures(t.features[:0], run, end, flags)
			var u [labelWidth]float32
			t.model.potentials(t.features, &u)
			t.unary = append(t.unary, u)
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
