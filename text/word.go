package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word emits the word that begins at i, cut into its syntactic words, and
// returns where to go on.
func (s *scanner) word(start int) int {
	end := s.wordEnd(start)
	s.syntactic(start, end)
	return end
}

// wordEnd finds the end of the word that begins at start: letters and digits,
// and the marks between them that do not part words.
func (s *scanner) wordEnd(start int) int {
	_, size := s.rune(start)
	i := start + size
	for i < s.chunk {
		r, size := s.rune(i)
		if !isWord(r) {
			size = s.inner(start, i, r, size)
			if size == 0 {
				break
			}
		}
		i += size
	}
	return i
}

// inner returns how many bytes of the mark r at i belong to the word that
// began at start; 0 ends the word.
func (s *scanner) inner(start, i int, r rune, size int) int {
	before, _ := utf8.DecodeLastRuneInString(s.text[start:i])
	after, _ := s.rune(i + size)
	digits := isDigit(before) && isDigit(after)
	switch r {
	case '.':
		if s.dot(start, i, before, after) {
			return 1
		}
	case ',':
		if digits && s.thousands(i+1) {
			return 1
		}
	case ':', '/':
		if digits {
			return 1
		}
	case '-':
		if isWord(after) && s.hyphen(start, i) {
			return 1
		}
	case '&':
		if unicode.IsUpper(before) && unicode.IsUpper(after) && i-start <= 3 {
			return 1
		}
	case '\'', '’', '`', 'ʼ':
		if isWord(before) && isWord(after) {
			return size
		}
	}
	return 0
}

// dot reports whether the full stop at i belongs to the word: inside numbers,
// initials and abbreviations, and after the latter.
func (s *scanner) dot(start, i int, before, after rune) bool {
	word := s.text[start:i]
	if isWord(after) {
		switch {
		case isDigit(before) && isDigit(after):
			return true
		case len(word) == 1 || strings.LastIndexByte(word, '.') == len(word)-2:
			return unicode.IsLetter(before) // U.S, a.m
		case isAbbreviation(word):
			return false // Dr.Smith
		}
		return unicode.IsLower(before) && unicode.IsLower(after) && isFile(s.text[i+1:s.chunk])
	}
	if after == '.' {
		return false
	}
	if len(word) == 1 {
		return unicode.IsUpper(before) && (word != "I" || s.nextIsUpper(i+1))
	}
	if strings.Contains(word, ".") {
		return unicode.IsLetter(before) && strings.LastIndexByte(word, '.') == len(word)-2
	}
	if strings.EqualFold(word, "no") {
		return word == "No" && s.nextIsDigit(i+1)
	}
	return isAbbreviation(word)
}

func isFile(rest string) bool {
	n := 0
	for n < len(rest) && rest[n] >= 'a' && rest[n] <= 'z' {
		n++
	}
	switch rest[:n] {
	case "doc", "pdf", "xls", "txt", "html", "jpg", "csv", "exe", "htm":
		return true
	}
	return false
}

func (s *scanner) afterBlanks(i int) rune {
	for i < s.end {
		r, size := s.rune(i)
		if !isBlank(r) {
			return r
		}
		i += size
	}
	return 0
}

func (s *scanner) nextIsUpper(i int) bool { return unicode.IsUpper(s.afterBlanks(i)) }
func (s *scanner) nextIsDigit(i int) bool { return isDigit(s.afterBlanks(i)) }

// thousands reports whether exactly three digits stand at i.
func (s *scanner) thousands(i int) bool {
	return s.digitAt(i) && s.digitAt(i+1) && s.digitAt(i+2) && !s.digitAt(i+3)
}

// hyphen reports whether the hyphen at i joins one word, as the treebanks
// have it: after a prefix ("co-founder") and in telephone numbers.
func (s *scanner) hyphen(start, i int) bool {
	first := s.text[start:i]
	if isDigit(rune(first[0])) {
		return len(first) >= 3 && s.phone(start)
	}
	return isPrefix(first)
}

// phone reports whether 646-8420 or 713-853-3989 begins at i.
func (s *scanner) phone(i int) bool {
	groups, digits := 1, 0
	for ; i < s.chunk; i++ {
		switch c := s.text[i]; {
		case isDigit(rune(c)):
			digits++
		case c == '-':
			groups, digits = groups+1, 0
		default:
			return false
		}
	}
	return groups > 1 && groups < 5 && digits == 4
}

// syntactic emits text[start:end] as one token, or as the words that are
// written together in it: clitics, possessives, contractions, units.
func (s *scanner) syntactic(start, end int) {
	word := s.text[start:end]
	if cut := number(word); cut > 0 {
		s.emit(start, start+cut)
		s.emit(start+cut, end)
		return
	}
	if cut := contraction(word); cut > 0 {
		s.emit(start, start+cut)
		s.emit(start+cut, end)
		return
	}
	cut := clitic(word)
	if cut <= 0 {
		s.emit(start, end)
		return
	}
	s.syntactic(start, start+cut)
	s.emit(start+cut, end)
}

// number returns where a number's unit begins in "5pm", "35mm", and 0 where
// the word is something else.
func number(word string) int {
	if !isDigit(rune(word[0])) {
		return 0
	}
	i := 0
	for i < len(word) && (isDigit(rune(word[i])) || word[i] == '.' || word[i] == ',' || word[i] == ':') {
		i++
	}
	switch strings.ToLower(word[i:]) {
	case "am", "pm", "a.m.", "p.m.", "a.m", "p.m", "km", "kg", "mm", "cm", "ft", "lb", "lbs", "mph", "k", "m", "bn", "mins", "hrs", "min", "hr":
		return i
	}
	return 0
}

// contraction returns where to cut words written together without an
// apostrophe, and 0 where there is nothing to cut.
func contraction(word string) int {
	if len(word) < 4 || len(word) > 8 {
		return 0
	}
	switch strings.ToLower(word) {
	case "cannot", "gonna", "gotta":
		return 3
	case "wanna", "lemme", "gimme":
		return len(word) - 2
	case "dont", "didnt", "doesnt", "isnt", "wasnt", "werent", "arent", "havent", "hasnt", "hadnt", "couldnt", "wouldnt", "shouldnt", "aint":
		return len(word) - 2
	}
	return 0
}

// clitic returns where the last clitic of the word begins, and 0 where it has
// none.
func clitic(word string) int {
	for i := len(word) - 1; i > 0 && i >= len(word)-5; i-- {
		r, size := utf8.DecodeRuneInString(word[i:])
		if !isApostrophe(r) {
			continue
		}
		switch tail := strings.ToLower(word[i+size:]); tail {
		case "s", "re", "ve", "ll", "d", "m":
			return keepName(word, i)
		case "t":
			if word[i-1] == 'n' || word[i-1] == 'N' {
				return i - 1
			}
		}
		return 0
	}
	return 0
}

// keepName returns i, but 0 for o'clock's kin such as "d's": a clitic needs a
// word of letters or digits before it.
func keepName(word string, i int) int {
	if r, _ := utf8.DecodeLastRuneInString(word[:i]); !isWord(r) && r != '.' {
		return 0
	}
	return i
}
