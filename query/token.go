package query

import (
	"strings"
	"unicode"
)

// token is one word, one comma or one quoted name of a question.
type token struct {
	text   string
	quoted bool
	raw    string // of a possessive ending: how it stood in the question
}

// tokenise cuts a question into tokens. Quotation marks hold a name together;
// a possessive ending is a token of its own; marks at the end are dropped.
func tokenise(text string) []token {
	text = strings.TrimSpace(text)
	if !strings.HasSuffix(text, " ?") { // an open end of a form stands alone
		text = strings.TrimRight(text, "?!. \t\n")
	}
	var tokens []token
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		if name, rest, ok := cutQuoted(text); ok {
			if name != "" {
				tokens = append(tokens, token{text: name, quoted: true})
			}
			text = rest
			continue
		}
		if text[0] == ',' {
			tokens, text = append(tokens, token{text: ","}), text[1:]
			continue
		}
		word := text
		if end := strings.IndexFunc(text, wordEnds); end > 0 {
			word = text[:end]
		}
		text = text[len(word):]
		if isPredicateList(word, text) {
			word, text = growList(word, text)
		}
		tokens = appendWord(tokens, word)
	}
	return tokens
}

func wordEnds(r rune) bool {
	return unicode.IsSpace(r) || r == ',' || r == '"' || r == '“' || r == '”'
}

// isPredicateList reports whether a comma binds two predicates: "owns,led".
func isPredicateList(word, rest string) bool {
	if !strings.HasPrefix(rest, ",") || len(rest) < 2 || unicode.IsSpace(rune(rest[1])) {
		return false
	}
	return isTerms(word)
}

func growList(word, rest string) (string, string) {
	end := strings.IndexFunc(rest, unicode.IsSpace)
	if end < 0 {
		end = len(rest)
	}
	return word + rest[:end], rest[end:]
}

// cutQuoted cuts a quoted name from the front of the text.
func cutQuoted(text string) (name, rest string, ok bool) {
	for _, marks := range [][2]string{{`"`, `"`}, {"“", "”"}} {
		inner, found := strings.CutPrefix(text, marks[0])
		if !found {
			continue
		}
		name, rest, closed := strings.Cut(inner, marks[1])
		if !closed {
			return strings.TrimSpace(inner), "", true
		}
		return strings.TrimSpace(name), rest, true
	}
	return "", "", false
}

// appendWord adds a word, its possessive ending as a token of its own.
func appendWord(tokens []token, word string) []token {
	straight := strings.ReplaceAll(word, "’", "'")
	if stem, ok := strings.CutSuffix(straight, "'s"); ok && stem != "" {
		return append(tokens, token{text: stem}, token{text: "'s", raw: "'s"})
	}
	if stem, ok := strings.CutSuffix(straight, "s'"); ok && stem != "" {
		return append(tokens, token{text: stem + "s"}, token{text: "'s", raw: "'"})
	}
	if word == "”" || word == "“" {
		return tokens
	}
	return append(tokens, token{text: word})
}

// joinTokens puts a name back together.
func joinTokens(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && t.raw == "" && t.text != "," {
			b.WriteByte(' ')
		}
		if t.raw != "" {
			b.WriteString(t.raw)
			continue
		}
		b.WriteString(t.text)
	}
	return b.String()
}
