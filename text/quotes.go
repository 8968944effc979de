package text

import (
	"context"
	"unicode"
	"unicode/utf8"

	"kith"
)

// Quotes finds the runs of words in quotation marks: double, single, curly,
// straight and angled ones, runs over several sentences, and runs over several
// paragraphs that repeat the opening mark. A run inside another is part of it.
// It leaves the speakers to Speakers.
type Quotes struct{}

// Name is the stage's name.
func (Quotes) Name() string { return "quotes" }

// Needs lists the layers that must be there.
func (Quotes) Needs() []kith.Layer { return []kith.Layer{kith.LayerSentences} }

// Gives lists the layers that it fills.
func (Quotes) Gives() []kith.Layer { return []kith.Layer{kith.LayerQuotes} }

// Run fills a.Quotes, in order of Start.
func (Quotes) Run(ctx context.Context, a *kith.Analysis) error {
	a.Quotes = a.Quotes[:0]
	var open *mark // the mark that an earlier paragraph left open
	for first := 0; first < len(a.Sentences); {
		if err := ctx.Err(); err != nil {
			return err
		}
		last := paragraphEnd(a.Sentences, first)
		span := kith.Span{Start: a.Sentences[first].Start, End: a.Sentences[last-1].End}
		var found []kith.Span
		found, open = quoteSpans(a.Document.Text, span, open)
		for _, q := range found {
			a.Quotes = append(a.Quotes, kith.Quotation{Span: q, Sentence: sentenceAt(a.Sentences, first, q.Start), Speaker: -1, Cue: -1})
		}
		first = last
	}
	return nil
}

// paragraphEnd returns the index after the last sentence of the paragraph of
// sentence first.
func paragraphEnd(sentences []kith.Sentence, first int) int {
	last := first + 1
	for last < len(sentences) && sentences[last].Paragraph == sentences[first].Paragraph {
		last++
	}
	return last
}

// sentenceAt returns the last sentence from first on that begins at or before
// the offset.
func sentenceAt(sentences []kith.Sentence, first, offset int) int {
	for first+1 < len(sentences) && sentences[first+1].Start <= offset {
		first++
	}
	return first
}

// A mark is one opening quotation mark, with where its words begin.
type mark struct {
	close rune // the mark that ends it
	words int  // offset of the first byte after it
	end   int  // offset of the single mark that ends it; -1 for none and for double marks
	start bool // it opens its paragraph or follows a colon or comma, as speech does
}

// quoteSpans returns the outermost quoted runs of one paragraph. A mark still
// open at its end is returned: where the next paragraph opens with the same
// mark, it goes on there.
func quoteSpans(text string, paragraph kith.Span, open *mark) ([]kith.Span, *mark) {
	var spans []kith.Span
	open = goesOn(text, paragraph, open)
	i := paragraph.Start
	if open != nil {
		i = open.words
	}
	for i < paragraph.End {
		r, size := markAt(text, i, paragraph.End)
		switch {
		case r == 0:
		case open != nil && closes(text, paragraph, i, size, r, open):
			spans = appendWords(spans, text, open.words, i)
			open = nil
		case opens(text, paragraph, i, size, r) && (open == nil || open.close == closingOf(r) && !isSingle(r)):
			if m := openMark(text, paragraph, i, size, r); m != nil {
				open = m
			}
		}
		i += size
	}
	if open == nil {
		return spans, nil
	}
	if !open.start {
		return spans, nil
	}
	return appendWords(spans, text, open.words, paragraph.End), open
}

// goesOn returns the mark where the paragraph continues a quotation that an
// earlier one left open, which it shows by opening with a mark of that kind.
func goesOn(text string, paragraph kith.Span, open *mark) *mark {
	if open == nil {
		return nil
	}
	if r, size := markAt(text, paragraph.Start, paragraph.End); r != 0 && closingOf(r) == open.close {
		return openMark(text, paragraph, paragraph.Start, size, r)
	}
	return nil
}

// openMark begins a quotation with the mark at i. It is nil where a single
// mark has no end and does not open its paragraph: that is an apostrophe.
func openMark(text string, paragraph kith.Span, i, size int, r rune) *mark {
	m := &mark{close: closingOf(r), words: i + size, end: -1, start: introduced(text, paragraph, i)}
	if isSingle(r) {
		m.end = singleEnd(text, paragraph, m.words)
		if m.end < 0 && i > paragraph.Start {
			return nil
		}
	}
	return m
}

// appendWords adds the span without the white space at its ends, if words are
// left in it.
func appendWords(spans []kith.Span, text string, start, end int) []kith.Span {
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += size
	}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= size
	}
	if start == end {
		return spans
	}
	return append(spans, kith.Span{Start: start, End: end})
}
