package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// tokenize appends the tokens of one span of text to tokens.
func tokenize(text string, span kith.Span, tokens []kith.Token) []kith.Token {
	s := scanner{text: text, end: span.End, tokens: tokens}
	for i := span.Start; i < span.End; {
		r, size := s.rune(i)
		if isBlank(r) {
			i += size
			s.fresh = true
			continue
		}
		if s.fresh || i == span.Start {
			s.chunk = s.chunkEnd(i)
			s.fresh = false
			if end := s.address(i); end > i {
				s.emit(i, end)
				i = end
				continue
			}
		}
		i = s.next(i, r, size)
	}
	return s.tokens
}

// scanner reads one paragraph from left to right.
type scanner struct {
	text   string
	end    int // of the paragraph
	chunk  int // end of the run of visible characters
	fresh  bool
	tokens []kith.Token
}

func (s *scanner) emit(start, end int) {
	s.tokens = append(s.tokens, kith.Token{Span: kith.Span{Start: start, End: end}, Head: -1})
}

// rune decodes the character at i; past the end it is 0 with size 0.
func (s *scanner) rune(i int) (rune, int) {
	if i >= s.end {
		return 0, 0
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:s.end])
}

// isBlank reports whether r parts tokens and belongs to none: spaces,
// controls, marks without width.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '`' || r == 'ʼ' }

func (s *scanner) chunkEnd(i int) int {
	for i < s.end {
		r, size := s.rune(i)
		if isBlank(r) {
			break
		}
		i += size
	}
	return i
}

// next emits what begins at i and returns where to go on.
func (s *scanner) next(i int, r rune, size int) int {
	switch {
	case isWord(r):
		return s.word(i)
	case (r == '\'' || r == '’' || r == '‘') && s.elision(i, size):
		return s.word(i)
	case r == '.' && s.digitAt(i+1) && (i == 0 || !isWord(rune(s.text[i-1]))):
		return s.word(i)
	}
	return s.mark(i, r, size)
}

func (s *scanner) digitAt(i int) bool { return i < s.end && isDigit(rune(s.text[i])) }

// elision reports whether the apostrophe at i begins a word: '90s, 'em.
func (s *scanner) elision(i, size int) bool {
	if i > 0 {
		if before, _ := utf8.DecodeLastRuneInString(s.text[:i]); isWord(before) {
			return false
		}
	}
	rest := s.text[i+size : s.chunk]
	if len(rest) >= 2 && s.digitAt(i+size) && s.digitAt(i+size+1) {
		return len(rest) == 2 || !isDigit(rune(rest[2]))
	}
	n := 0
	for n < len(rest) && isWord(rune(rest[n])) {
		n++
	}
	switch strings.ToLower(rest[:n]) {
	case "em", "til", "cause", "cuz", "bout", "round", "tis", "twas":
		return true
	}
	return false
}

// mark emits a run of punctuation: one character, a run of the same one, a
// mixed run of ? and !, a face.
func (s *scanner) mark(i int, r rune, size int) int {
	end := i + size
	if n := face(s.text[i:s.chunk]); n > 0 {
		end = i + n
	} else if strings.ContainsRune(".-!?*=_~#+", r) {
		for end < s.chunk {
			c := rune(s.text[end])
			if c != r && !(strings.ContainsRune("!?", r) && strings.ContainsRune("!?", c)) {
				break
			}
			end++
		}
	} else if twice := s.text[i:end]; strings.ContainsRune("'`<>‘’", r) && strings.HasPrefix(s.text[end:s.chunk], twice) {
		end += size
	}
	s.emit(i, end)
	return end
}

// face returns the length of an emoticon that fills s but for closing
// punctuation, and 0 where there is none.
func face(s string) int {
	if len(s) < 2 || len(s) > 4 || !strings.ContainsRune(":;=", rune(s[0])) {
		return 0
	}
	for _, f := range []string{":-)", ":-(", ";-)", ":-D", ":)", ":(", ";)", ":D", ":P", "=)", ":/"} {
		if strings.HasPrefix(s, f) {
			return len(f)
		}
	}
	return 0
}

// address returns the end of a web or mail address, a handle or a file name
// that begins at i, and i where there is none.
func (s *scanner) address(i int) int {
	chunk := s.text[i:s.chunk]
	if !strings.ContainsAny(chunk, "@:./#") || len(chunk) < 2 {
		return i
	}
	word := strings.TrimRight(chunk, ".,;:!?\"'”’)]}>")
	if (chunk[0] == '@' || chunk[0] == '#') && len(word) > 1 && isName(word[1:]) {
		return i + len(word)
	}
	for _, p := range []string{"http://", "https://", "www.", "ftp://", "mailto:"} {
		if len(word) > len(p) && strings.EqualFold(word[:len(p)], p) {
			return i + len(word)
		}
	}
	if !isWord(rune(chunk[0])) {
		return i
	}
	if at := strings.IndexByte(word, '@'); at > 0 && at+1 < len(word) && isHost(word[at+1:]) && isHost(word[:at]) {
		return i + len(word)
	}
	if isSite(word) {
		return i + len(word)
	}
	return i
}

func isName(s string) bool {
	for _, r := range s {
		if !isWord(r) {
			return false
		}
	}
	return !isDigit(rune(s[0]))
}

func isHost(s string) bool {
	for _, r := range s {
		if !isWord(r) && r != '.' && r != '-' && r != '+' {
			return false
		}
	}
	return true
}

// isSite reports whether a word is a bare host name, with or without a path:
// whitehouse.gov, example.com/news.
func isSite(word string) bool {
	host, _, _ := strings.Cut(word, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 || !isHost(host) {
		return false
	}
	switch strings.ToLower(host[dot+1:]) {
	case "com", "org", "net", "gov", "edu", "info", "eu", "uk", "mil":
		return !strings.Contains(host, "..")
	}
	return false
}
