package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// split groups the tokens from first on, which are one paragraph, into
// sentences.
func split(a *kith.Analysis, first, paragraph int, kind kith.BlockKind) {
	text, tokens := a.Document.Text, a.Tokens
	start := first
	for i := first; i < len(tokens); i++ {
		end := boundary(text, tokens, start, i)
		if end == 0 {
			continue
		}
		addSentence(a, start, end, paragraph, kind)
		start, i = end, end-1
	}
	if start < len(tokens) {
		addSentence(a, start, len(tokens), paragraph, kind)
	}
}

// addSentence adds the tokens [first, end) as a sentence, or as several where
// they are too many for one.
func addSentence(a *kith.Analysis, first, end, paragraph int, kind kith.BlockKind) {
	if n := end - first; n > MaxSentence {
		a.Skips = append(a.Skips, kith.Skip{
			Span: kith.Span{Start: a.Tokens[first].Start, End: a.Tokens[end-1].End},
			Why:  fmt.Sprintf("a sentence of %d words was cut into pieces of at most %d", n, MaxSentence),
		})
	}
	for first < end {
		last := min(first+MaxSentence, end)
		a.Sentences = append(a.Sentences, kith.Sentence{
			Span:  kith.Span{Start: a.Tokens[first].Start, End: a.Tokens[last-1].End},
			First: first, Last: last, Paragraph: paragraph, Kind: kind,
		})
		first = last
	}
}

// boundary returns the end of the sentence that ends with token i and the
// closing marks after it, and 0 where no sentence ends there.
func boundary(text string, tokens []kith.Token, start, i int) int {
	word := tokens[i].Cut(text)
	stop := word[len(word)-1]
	if stop != '.' && stop != '!' && stop != '?' && !strings.HasSuffix(word, "…") {
		return 0
	}
	bare := word[0] == stop || !isWord(rune(word[0])) // not an abbreviation
	end := i + 1
	for end < len(tokens) && tokens[end].Start == tokens[end-1].End && isCloser(tokens[end].Cut(text)) {
		end++
	}
	for isFootnote(text, tokens, end) {
		end += 3
	}
	if end >= len(tokens) {
		return 0 // the paragraph ends anyway
	}
	if bare && word != "." && stop == '.' || strings.HasSuffix(word, "…") {
		bare = false // an ellipsis ends a sentence only before a clear start
	}
	if bare && (i == start || i == start+1 && isNumber(tokens[start].Cut(text))) {
		return 0 // a stray mark; the number of a list's item
	}
	if begins(text, tokens, i, end, bare) {
		return end
	}
	return 0
}

// isFootnote reports whether the three tokens from i on are a footnote's mark:
// [12].
func isFootnote(text string, tokens []kith.Token, i int) bool {
	return i+2 < len(tokens) && tokens[i].Cut(text) == "[" && tokens[i+2].Cut(text) == "]" && isNumber(tokens[i+1].Cut(text))
}

func isNumber(word string) bool {
	for i := 0; i < len(word); i++ {
		if !isDigit(rune(word[i])) {
			return false
		}
	}
	return len(word) < 4
}

// isCloser reports whether a token can only close what the sentence opened.
func isCloser(word string) bool {
	switch word {
	case "\"", "”", "’", "''", "'", ")", "]", "’’", "»":
		return true
	}
	return false
}

// begins reports whether a sentence can begin with token next, after a stop
// at token i. bare is true for a plain full stop, ! or ?, false for an
// abbreviation's stop or an ellipsis.
func begins(text string, tokens []kith.Token, i, next int, bare bool) bool {
	at := next
	for at < len(tokens)-1 && isOpener(tokens[at].Cut(text)) {
		at++
	}
	word := tokens[at].Cut(text)
	r, _ := utf8.DecodeRuneInString(word)
	if unicode.IsLower(r) {
		return false
	}
	if !bare {
		return afterAbbreviation(text, tokens, i, at, word, r)
	}
	stop := tokens[i].Cut(text)
	if next > i+1 && stop != "." && reported(text, tokens, at) {
		return false // "Why?" Alice Moore asked.
	}
	return isWord(r) || at > next || stop == "." || r == '-' || r == '—' || r == '*' || r == '$'
}

func afterAbbreviation(text string, tokens []kith.Token, i, at int, word string, r rune) bool {
	stop := tokens[i].Cut(text)
	if strings.Trim(stop, ".…") == "" {
		return unicode.IsUpper(r) && (startsSentence(word) || at > i+1)
	}
	if isTitle(strings.TrimSuffix(stop, ".")) || utf8.RuneCountInString(stop) == 2 && stop != "I." {
		return false
	}
	return startsSentence(word) || at > i+1 && unicode.IsUpper(r)
}

func isOpener(word string) bool {
	switch word {
	case "\"", "“", "‘", "``", "'", "(", "[", "«":
		return true
	}
	return false
}

// reported reports whether a name of up to three words and a verb of
// reporting begin at token at.
func reported(text string, tokens []kith.Token, at int) bool {
	for k := at; k < len(tokens) && k < at+4; k++ {
		word := tokens[k].Cut(text)
		if isReporting(word) {
			return true
		}
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
			return false
		}
	}
	return false
}
