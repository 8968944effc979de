package text

import (
	"context"
	"fmt"
	"sync"

	"kith"
)

// Coreference finds mentions and joins them into entities, with the embedded
// model.
var Coreference kith.Stage = coreferenceStage{}

type coreferenceStage struct{}

func (coreferenceStage) Name() string { return "coreference" }
func (coreferenceStage) Needs() []kith.Layer {
	return []kith.Layer{kith.LayerSentences, kith.LayerTokens, kith.LayerTags, kith.LayerTree, kith.LayerNames, kith.LayerQuotes}
}
func (coreferenceStage) Gives() []kith.Layer { return []kith.Layer{kith.LayerEntities} }

func (coreferenceStage) Run(ctx context.Context, a *kith.Analysis) error {
	l, err := embeddedLinker()
	if err != nil {
		return err
	}
	return l.Run(ctx, a)
}

var embeddedLinker = embedded("coref", OpenLinker)

// Linker finds mentions — names, descriptions and pronouns — and joins those
// of one person, organisation, place, event or group into entities.
//
// Names are joined by rules that never merge two people of one last name.
// Descriptions and pronouns are joined by a model that ranks the clusters
// read so far. It is safe for concurrent use.
type Linker struct {
	model *corefModel
	pool  sync.Pool // of working spaces
}

// resolver is a working space that has found the mentions of a document.
func (c *Linker) resolver(a *kith.Analysis) *resolver {
	r, ok := c.pool.Get().(*resolver)
	if !ok {
		r = &resolver{}
	}
	r.begin(a, c.model.lex, c.model)
	return r
}

// release takes a working space back. Nothing of it may be in use.
func (c *Linker) release(r *resolver) {
	r.a, r.finder.a = nil, nil
	c.pool.Put(r)
}

// OpenLinker reads a linker from a model file.
func OpenLinker(data []byte) (*Linker, error) {
	m, err := decodeCorefModel(data)
	if err != nil {
		return nil, fmt.Errorf("open linker: %w", err)
	}
	return &Linker{model: m}, nil
}

// Name is the stage's name in messages.
func (*Linker) Name() string { return Coreference.Name() }

// Needs lists the layers that the stage reads.
func (*Linker) Needs() []kith.Layer { return Coreference.Needs() }

// Gives lists the layers that the stage fills.
func (*Linker) Gives() []kith.Layer { return Coreference.Gives() }

// Run fills the mentions and entities of the document.
func (c *Linker) Run(ctx context.Context, a *kith.Analysis) error {
	r := c.resolver(a)
	defer c.release(r)
	if err := r.run(ctx); err != nil {
		return err
	}
	r.emit()
	return nil
}

// Chains resolves the document and returns all clusters of two mentions and
// more as runs of tokens, things and notions included, in the manner of
// OntoNotes: with the possessive mark, and with what stands in apposition.
func (c *Linker) Chains(ctx context.Context, a *kith.Analysis) ([]CorefChain, error) {
	r := c.resolver(a)
	defer c.release(r)
	if err := r.run(ctx); err != nil {
		return nil, err
	}
	chains := make([]CorefChain, len(r.clusters))
	for m := range r.refs {
		ref := &r.refs[m]
		if r.a.Tokens[ref.head].Rel == kith.Appos && r.appositive(m) >= 0 {
			continue
		}
		chains[ref.cluster] = append(chains[ref.cluster], r.treebankSpan(ref))
	}
	var out []CorefChain
	for _, chain := range chains {
		if len(chain) > 1 {
			out = append(out, chain)
		}
	}
	return out, nil
}

// Choose resolves the document with one pronoun narrowed to a few names, all
// given by the tokens that head them, and fills mentions and entities. It is
// how GAP asks (Webster and others 2018: the names are given).
func (c *Linker) Choose(ctx context.Context, a *kith.Analysis, pronoun int, among []int) error {
	r := c.resolver(a)
	defer c.release(r)
	r.choice = &pronounChoice{pronoun, among}
	if err := r.run(ctx); err != nil {
		return err
	}
	r.emit()
	return nil
}

// treebankSpan is the mention as OntoNotes would mark it.
func (r *resolver) treebankSpan(ref *ref) [2]int {
	last := ref.last
	if last < len(r.a.Tokens) && r.a.Tokens[last].Rel == kith.Case && r.a.Tokens[last].Head == ref.head && ref.kind != refPronoun {
		last++
	}
	return [2]int{ref.first, last}
}
