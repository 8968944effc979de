// Package extract reads claims from the layers over a text. A pattern of
// data/predicates names words and which of their arguments are a claim's
// parts; the predicate–argument layer here makes one pattern cover many
// wordings (passives, relative clauses, coordination, apposition, titles,
// possessives, light verbs, control).
package extract

import (
	"context"
	"io/fs"
	"slices"
	"sync"

	"kith"
	"kith/extract/relation"
	"kith/ontology"
)

const extractor = "kith/" + kith.Version

// longest is the number of tokens beyond which a sentence is passed over: it
// is no sentence, or no parse of it can be trusted.
const longest = 160

// Stage finds claims. It keeps no state between documents and may be used by
// several goroutines at once.
type Stage struct {
	ontology *ontology.Ontology
	index    *index
	lex      *lexicon
	weights  *weights         // nil: claims keep the confidence of their rule
	scorer   *relation.Scorer // nil: nothing is judged by a model
}

// New compiles the patterns of an ontology. The lexicons of nouns are read
// from data.
func New(o *ontology.Ontology, data fs.FS) (*Stage, error) {
	lex, err := loadLexicon(data)
	if err != nil {
		return nil, err
	}
	w, err := loadWeights(data)
	if err != nil {
		return nil, err
	}
	scorer, err := relation.Embedded()
	if err != nil {
		return nil, err
	}
	return &Stage{o, compile(o), lex, w, scorer}, nil
}

// Name of the stage.
func (s *Stage) Name() string { return "claims" }

// Needs lists the layers that claims are read from.
func (s *Stage) Needs() []kith.Layer {
	return []kith.Layer{kith.LayerSentences, kith.LayerTokens, kith.LayerTags, kith.LayerTree, kith.LayerNames, kith.LayerQuotes, kith.LayerEntities}
}

// Gives is the layer of claims.
func (s *Stage) Gives() []kith.Layer { return []kith.Layer{kith.LayerClaims} }

// Run adds the claims of a document and notes what was passed over.
func (s *Stage) Run(ctx context.Context, a *kith.Analysis) error {
	r := spaces.Get().(*reader)
	defer r.release()
	r.begin(s)
	r.grow(a)
	r.dated.low = r.lowered
	r.locate()
	r.tidy()
	r.aliases()
	r.ordering = r.mayInstruct()
	before := len(a.Claims)
	a.Claims = slices.Grow(a.Claims, len(a.Tokens)/24+1)
	for i := range a.Sentences {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if why := r.pass(i); why != "" {
			a.Skips = append(a.Skips, kith.Skip{Span: a.Sentences[i].Span, Why: why})
			continue
		}
		r.sentence(i)
	}
	s.dropFakes(a, before)
	s.calibrate(a, before)
	for i := before; i < len(a.Claims); i++ {
		a.Claims[i].Seal()
	}
	return nil
}

// reader reads one document.
type reader struct {
	tree
	index    *index
	lex      *lexicon
	ontology *ontology.Ontology
	mention  []int32 // token → the mention that it heads, -1
	more     []int32 // mention → another mention of the same words, -1
	alias    []int32 // unnamed entity → the mention that names it, -1
	name     []int32 // token → name that holds it, -1
	frames   [4]frame
	bufs     [4][]arg
	args     []arg
	cases    []string
	scorer   *relation.Scorer
	ends     []int                // named mentions of the sentence at hand
	sure     []relation.Statement // what the scorer is sure of in it
	found    []candidate          // of the sentence at hand
	dated    dated
	contest  *string                // what onlyContest found
	ordering bool                   // some sentence may be an order to the machine; see instruction
	called   []sexes                // entity → the sexes of its pronouns; see calledBy
	entities map[kith.EntityRef]int // type and folded name → the first such entity; see byName
}

// spaces are readers without a document.
var spaces = sync.Pool{New: func() any { return new(reader) }}

// begin makes ready for a document. It keeps of the one before only the memory.
func (r *reader) begin(s *Stage) {
	old := *r
	*r = reader{index: s.index, lex: s.lex, ontology: s.ontology, scorer: s.scorer, tree: old.tree.emptied(),
		mention: old.mention, more: old.more, alias: old.alias, name: old.name, bufs: old.bufs, args: old.args[:0], cases: old.cases[:0],
		ends: old.ends[:0], sure: old.sure[:0], found: old.found[:0]}
}

// release gives the reader back. Nothing of it may be in use.
func (r *reader) release() {
	r.a = nil
	clear(r.found[:cap(r.found)])
	spaces.Put(r)
}

// sentence adds the claims of one sentence.
func (r *reader) sentence(i int) {
	s := r.a.Sentences[i]
	r.found = r.found[:0]
	r.scan(s)
	readNames(r, i)
	for k := range r.found {
		c := r.claim(&r.found[k], s)
		if c.Confidence < leastConfidence || c.Negated && r.contentDenied(&r.found[k]) {
			continue
		}
		r.a.Claims = append(r.a.Claims, c)
		if r.a.Trace != nil {
			r.a.Trace("claims", i, r.found[k].String())
		}
	}
	for _, read := range readers {
		read(r, i)
	}
	r.statements(i)
}

// readers are the parts of reading that no pattern file describes: offices,
// elections, speech. Each adds the claims that it finds in sentence i.
var readers []func(r *reader, i int)

// add keeps a claim, unless the sentence has it already.
func (r *reader) add(c kith.Claim) {
	for i := len(r.a.Claims) - 1; i >= 0 && r.a.Claims[i].Evidence.Start == c.Evidence.Start; i-- {
		if sayTheSame(&r.a.Claims[i], &c) {
			return
		}
	}
	r.a.Claims = append(r.a.Claims, c)
}

// sayTheSame reports whether two claims would have the same id.
func sayTheSame(a, b *kith.Claim) bool {
	return a.Predicate == b.Predicate && a.Subject.Name == b.Subject.Name && a.Subject.Type == b.Subject.Type && a.Value == b.Value &&
		a.Negated == b.Negated && a.Modality == b.Modality && a.Time == b.Time && a.Evidence == b.Evidence &&
		sameRef(a.Object, b.Object) && sameQualifiers(a.Qualifiers, b.Qualifiers) && sameSource(a.Attribution, b.Attribution)
}

func sameQualifiers(a, b kith.Qualifiers) bool {
	same := sameRef(a.Third, b.Third)
	a.Third, b.Third = nil, nil
	return same && a == b
}

func sameRef(a, b *kith.EntityRef) bool {
	return a == b || a != nil && b != nil && a.Name == b.Name && a.Type == b.Type
}

func sameSource(a, b *kith.Attribution) bool {
	return a == b || a != nil && b != nil && a.Kind == b.Kind && a.Name == b.Name
}

func (c *candidate) String() string {
	far := c.value
	if c.hasObject {
		far = c.object.ref.Name
	}
	id := ""
	if c.pattern != nil {
		id = c.pattern.ID
	}
	return c.subject.ref.Name + " | " + string(c.predicate.Name) + " | " + far + " (" + id + ")"
}
