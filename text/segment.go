package text

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"kith"
)

// MaxSentence is the number of tokens at which a sentence is cut. Prose has
// none so long; lists without punctuation and hostile input do.
const MaxSentence = 256

// Segment finds paragraphs, sentences and tokens. A line is a paragraph,
// unless the text is wrapped by hand at some width; blank lines always part
// paragraphs, and so do the edges of the document's blocks. Sentences longer
// than MaxSentence tokens are cut, and a Skip says so.
var Segment kith.Stage = segment{}

type segment struct{}

func (segment) Name() string        { return "segment" }
func (segment) Needs() []kith.Layer { return nil }
func (segment) Gives() []kith.Layer { return []kith.Layer{kith.LayerSentences, kith.LayerTokens} }

func (segment) Run(ctx context.Context, a *kith.Analysis) error {
	text := a.Document.Text
	a.Tokens = make([]kith.Token, 0, len(text)/4+8)
	a.Sentences = make([]kith.Sentence, 0, len(text)/100+4)
	for i, p := range paragraphsOf(text, a.Document.Blocks) {
		if i&255 == 0 && ctx.Err() != nil {
			return fmt.Errorf("find sentences: %w", ctx.Err())
		}
		if n := dateline(text[p.Start:p.End]); n > 0 && p.kind == "" {
			first := len(a.Tokens)
			a.Tokens = tokenize(text, kith.Span{Start: p.Start, End: p.Start + n}, a.Tokens)
			split(a, first, i, kith.Byline)
			p.Start += n
		}
		first := len(a.Tokens)
		a.Tokens = tokenize(text, p.Span, a.Tokens)
		split(a, first, i, p.kind)
	}
	return nil
}

// paragraph is a run of text that no sentence crosses.
type paragraph struct {
	kith.Span
	kind kith.BlockKind
}

// paragraphsOf cuts text at line ends and at the edges of blocks.
func paragraphsOf(text string, blocks []kith.Block) []paragraph {
	var out []paragraph
	wrapped := isWrapped(text)
	at := 0
	for _, b := range inOrder(blocks) {
		start, end := max(b.Start, at), min(b.End, len(text))
		if start >= end {
			continue
		}
		out = appendLines(out, text, kith.Span{Start: at, End: start}, "", wrapped)
		out = appendLines(out, text, kith.Span{Start: start, End: end}, b.Kind, wrapped)
		at = end
	}
	return appendLines(out, text, kith.Span{Start: at, End: len(text)}, "", wrapped)
}

func inOrder(blocks []kith.Block) []kith.Block {
	less := func(i, j int) bool { return blocks[i].Start < blocks[j].Start }
	if sort.SliceIsSorted(blocks, less) {
		return blocks
	}
	blocks = append([]kith.Block(nil), blocks...)
	sort.SliceStable(blocks, func(i, j int) bool { return blocks[i].Start < blocks[j].Start })
	return blocks
}

// appendLines adds the paragraphs of one span to out. Where the text is
// wrapped, a line goes on in the next one unless a blank line, a list item or
// a line much shorter than the others parts them.
func appendLines(out []paragraph, text string, span kith.Span, kind kith.BlockKind, wrapped bool) []paragraph {
	start := span.Start
	for start < span.End {
		end := lineEnd(text, start, span.End)
		for wrapped && joinsNext(text, start, end, span.End) {
			end = lineEnd(text, end+1, span.End)
		}
		if strings.TrimSpace(text[start:end]) != "" {
			out = append(out, paragraph{kith.Span{Start: start, End: end}, kind})
		}
		start = end + 1
	}
	return out
}

func lineEnd(text string, from, limit int) int {
	if i := strings.IndexByte(text[from:limit], '\n'); i >= 0 {
		return from + i
	}
	return limit
}

// A line is taken as wrapped by hand between these lengths in bytes.
const minWrap, maxWrap = 45, 100

// joinsNext reports whether the paragraph that begins at start and has a line
// end at end continues on the next line.
func joinsNext(text string, start, end, limit int) bool {
	if end >= limit || end+1 >= limit {
		return false
	}
	last := strings.TrimSpace(text[strings.LastIndexByte(text[:end], '\n')+1 : end])
	next := strings.TrimSpace(text[end+1 : lineEnd(text, end+1, limit)])
	return next != "" && len(last) >= minWrap && !isListItem(next)
}

// isListItem reports whether a line begins like an item of a list.
func isListItem(line string) bool {
	for _, mark := range []string{"- ", "* ", "• ", "– ", "> ", "#"} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	i := 0
	for i < len(line) && line[i] >= '0' && line[i] <= '9' {
		i++
	}
	return i > 0 && i < 4 && i+1 < len(line) && (line[i] == '.' || line[i] == ')') && line[i+1] == ' '
}

// isWrapped guesses from the text's first lines whether its lines are
// wrapped by hand: where most line ends of full-looking lines fall before a
// lower-case word, they are.
func isWrapped(text string) bool {
	full, inside := 0, 0
	for line, n := 0, 0; n < 2000 && line < len(text); n++ {
		end := lineEnd(text, line, len(text))
		if end+1 >= len(text) {
			break
		}
		width := end - line
		if width >= minWrap && width <= maxWrap && text[end+1] != '\n' {
			full++
			if c := text[end+1]; c >= 'a' && c <= 'z' {
				inside++
			}
		}
		line = end + 1
	}
	return inside >= 2 && inside*5 >= full*2
}
