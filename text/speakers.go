package text

import (
	"context"

	"kith"
)

// Speakers finds who speaks each quotation: by the words that report it, by
// the words beside it, by going on from what stands before, and in dialogue by
// turns. It comes after Quotes, the tree and the mentions.
type Speakers struct{}

// Name is the stage's name.
func (Speakers) Name() string { return "speakers" }

// Needs lists the layers that must be there.
func (Speakers) Needs() []kith.Layer {
	return []kith.Layer{kith.LayerQuotes, kith.LayerTree, kith.LayerEntities}
}

// Gives lists the layers that it fills: it completes the quotations.
func (Speakers) Gives() []kith.Layer { return []kith.Layer{kith.LayerQuotes} }

// Run sets Speaker, Source, Cue and Scare of each quotation.
func (Speakers) Run(ctx context.Context, a *kith.Analysis) error {
	takeTurns(a)
	f := newSpeakerFinder(a)
	for i := range a.Quotes {
		if a.Quotes[i].Turn {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		f.assign(i)
	}
	return nil
}

// speakerFinder holds what is known while the quotations of one document are
// gone through in order.
type speakerFinder struct {
	a         *kith.Analysis
	quotes    []quoteContext
	heads     []int32    // mention that each token heads, -1 for none
	inside    []bool     // tokens inside quotation marks
	portraits []portrait // of each entity, made where they are needed
	dialogue  bool       // paragraphs of the text are mostly turns of a conversation
}

// quoteContext is a quotation with where it stands.
type quoteContext struct {
	first, last         int // tokens inside the marks
	paraFirst, paraLast int // tokens of its paragraph
	before, after       int // the narrative beside it is [before, first) and [last, after)
	paragraph           int
	opens               bool // it opens its paragraph
	whole               bool // nothing but quotations stands in its paragraph
	goesOn              bool // its paragraph repeats the opening mark of the one before
	complete            bool // it holds whole sentences
	how                 speakerRule
}

// speakerRule says by which rule a quotation got its speaker.
type speakerRule uint8

const (
	byNothing speakerRule = iota
	byTree
	byWords
	byLeadIn // the words before a colon
	byContinuation
	byTurns
)

func newSpeakerFinder(a *kith.Analysis) *speakerFinder {
	f := &speakerFinder{a: a, quotes: make([]quoteContext, len(a.Quotes)), heads: make([]int32, len(a.Tokens)), inside: make([]bool, len(a.Tokens))}
	for i := range f.heads {
		f.heads[i] = -1
	}
	for i := len(a.Mentions) - 1; i >= 0; i-- {
		if h := a.Mentions[i].Head; h >= 0 && h < len(f.heads) && a.Mentions[i].Entity >= 0 {
			f.heads[h] = int32(i)
		}
	}
	for i := range a.Quotes {
		f.locate(i)
	}
	opening := 0
	for i := range f.quotes {
		f.surround(i)
		if f.quotes[i].opens && f.quotes[i].complete {
			opening++
		}
	}
	paragraphs := 0
	if n := len(a.Sentences); n > 0 {
		paragraphs = a.Sentences[n-1].Paragraph + 1
	}
	f.dialogue = opening >= 6 && 3*opening > paragraphs
	return f
}

// locate finds the tokens of quotation i and of its paragraph.
func (f *speakerFinder) locate(i int) {
	a, q := f.a, &f.quotes[i]
	s := a.Quotes[i].Sentence
	q.paragraph = a.Sentences[s].Paragraph
	if i > 0 && f.quotes[i-1].paragraph == q.paragraph {
		q.paraFirst, q.paraLast = f.quotes[i-1].paraFirst, f.quotes[i-1].paraLast
	} else {
		lo, hi := s, s
		for lo > 0 && a.Sentences[lo-1].Paragraph == q.paragraph {
			lo--
		}
		for hi+1 < len(a.Sentences) && a.Sentences[hi+1].Paragraph == q.paragraph {
			hi++
		}
		q.paraFirst, q.paraLast = a.Sentences[lo].First, a.Sentences[hi].Last
	}
	q.first = tokenFrom(a, q.paraFirst, q.paraLast, a.Quotes[i].Start)
	q.last = tokenFrom(a, q.first, q.paraLast, a.Quotes[i].End)
	for t := q.first; t < q.last; t++ {
		f.inside[t] = true
	}
}

// surround finds the narrative beside quotation i, once all are located.
func (f *speakerFinder) surround(i int) {
	q := &f.quotes[i]
	q.before, q.after = q.paraFirst, q.paraLast
	sameBefore := i > 0 && f.quotes[i-1].paragraph == q.paragraph
	if sameBefore {
		q.before = f.quotes[i-1].last
	}
	if i+1 < len(f.quotes) && f.quotes[i+1].paragraph == q.paragraph {
		q.after = f.quotes[i+1].first
	}
	q.opens = !f.hasWords(q.paraFirst, q.first)
	q.complete = f.completeSpeech(*q)
	q.goesOn = q.opens && i > 0 && f.quotes[i-1].paragraph == q.paragraph-1 && f.open(i-1)
	if sameBefore {
		q.opens, q.whole = false, f.quotes[i-1].whole
		return
	}
	q.whole = !f.hasWords(q.paraFirst, q.paraLast)
}

// tokenFrom is the first token from lo on that begins at or after the offset.
func tokenFrom(a *kith.Analysis, lo, hi, offset int) int {
	for lo < hi {
		mid := (lo + hi) / 2
		if a.Tokens[mid].Start < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// hasWords reports whether tokens [lo, hi) hold words outside quotations.
func (f *speakerFinder) hasWords(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if !f.inside[i] && isWordToken(f.a.Word(i)) {
			return true
		}
	}
	return false
}

func isWordToken(w string) bool {
	for _, r := range w {
		if wordRune(r) {
			return true
		}
	}
	return false
}

// completeSpeech reports whether the words in the marks are speech by
// themselves: they begin with a capital and end with punctuation.
func (f *speakerFinder) completeSpeech(q quoteContext) bool {
	if q.first >= q.last {
		return false
	}
	first, end := f.a.Word(q.first), f.a.Word(q.last-1)
	return first[0] >= 'A' && first[0] <= 'Z' && !isWordToken(end)
}

// open reports whether the quotation ends without a closing mark.
func (f *speakerFinder) open(i int) bool {
	end := f.a.Quotes[i].End
	text := f.a.Document.Text
	if end >= len(text) {
		return true
	}
	r, _ := markAt(text, end, len(text))
	return r == 0
}
