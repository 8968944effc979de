package kith

import "context"

// Layer names one layer that reading lays over a document's text. Stages
// declare which layers they need and give.
type Layer string

// The layers, in the order in which the standard chain gives them.
const (
	LayerSentences Layer = "sentences"
	LayerTokens    Layer = "tokens"
	LayerTags      Layer = "tags"
	LayerTree      Layer = "dependencies"
	LayerNames     Layer = "names"
	LayerQuotes    Layer = "quotations"
	LayerEntities  Layer = "entities" // mentions and the entities that they refer to
	LayerClaims    Layer = "claims"
)

// Analysis is one document and the layers laid over it. Each stage reads the
// layers that it needs and fills those that it gives; none changes the text.
type Analysis struct {
	Document  *Document
	Sentences []Sentence
	Tokens    []Token
	Names     []Name
	Quotes    []Quotation
	Mentions  []Mention // in order of Start
	Entities  []Entity  // local entities; Mention.Entity indexes them
	Claims    []Claim
	Skips     []Skip
	// Trace, where it is set, is called by stages with what they made of a
	// sentence. It is nil outside of `kith trace`.
	Trace func(stage string, sentence int, note string)
}

// Sentence is a run of tokens [First, Last) with its span, which runs from
// its first token's start to its last token's end.
type Sentence struct {
	Span
	First, Last int
	Paragraph   int       // index of the paragraph, from 0
	Kind        BlockKind // "" for prose
}

// Token is one syntactic word of the text (Universal Dependencies
// tokenisation: "won't" is "wo" and "n't", "Harris'" is "Harris" and "'").
type Token struct {
	Span
	Tag   Tag    // universal part of speech
	XTag  XTag   // Penn Treebank tag
	Rel   Rel    // relation to the head
	Head  int    // index of the head in Analysis.Tokens, -1 for a root
	Lemma string // lower-cased dictionary form; names keep their case
}

// Name is a typed proper name, of tokens [First, Last). Names never overlap.
type Name struct {
	First, Last int
	Type        EntityType
	Score       float32 // 0 to 1
}

// Quotation is a run of words in quotation marks. Span covers the words
// without the marks.
type Quotation struct {
	Span
	Sentence int // sentence in which it begins
	// Speaker is the index of the speaker's mention in Analysis.Mentions, or
	// -1 where the speaker is unknown or unnamed.
	Speaker int
	// Source describes an unnamed speaker ("a senior aide").
	Source string
	Cue    int // token of the reporting verb, -1 for none
	// Turn marks a turn of an interview or transcript, which stands without
	// quotation marks.
	Turn bool
	// Scare marks words in quotation marks that nobody is said to have
	// spoken: titles, nicknames, irony.
	Scare bool
}

// Skip says why a stretch of the document gave no claims.
type Skip struct {
	Span
	Why string `json:"why"`
}

// Word is the text of token i, as it stands in the document.
func (a *Analysis) Word(i int) string { return a.Tokens[i].Cut(a.Document.Text) }

// SentenceOf returns the index of the sentence that holds token i, or -1.
func (a *Analysis) SentenceOf(token int) int {
	lo, hi := 0, len(a.Sentences)
	for lo < hi {
		mid := (lo + hi) / 2
		switch s := a.Sentences[mid]; {
		case token < s.First:
			hi = mid
		case token >= s.Last:
			lo = mid + 1
		default:
			return mid
		}
	}
	return -1
}

// Stage is one step of reading. pipeline.New refuses a chain in which a stage
// needs a layer that no earlier stage gives.
type Stage interface {
	Name() string
	Needs() []Layer
	Gives() []Layer
	// Run fills the layers that the stage gives. It returns an error only
	// where the context ended or the analysis is not what Needs promises;
	// text that it cannot make sense of is skipped, with a Skip.
	Run(ctx context.Context, a *Analysis) error
}
