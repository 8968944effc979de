package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// markAt returns the quotation mark at offset i as one rune, and its size in
// bytes. Doubled back quotes and doubled apostrophes count as “ and ”. Where
// there is no mark the rune is 0.
func markAt(text string, i, end int) (rune, int) {
	r, size := utf8.DecodeRuneInString(text[i:end])
	if r == '`' || r == '\'' {
		if i+1 < end && text[i+1] == byte(r) {
			if r == '`' {
				return '“', 2
			}
			return '”', 2
		}
	}
	switch r {
	case '"', '“', '”', '„', '«', '»', '\'', '‘', '’', '‚', '‹', '›', '＂':
		return r, size
	}
	return 0, max(size, 1)
}

// closingOf returns the mark that ends what r begins, in its straight form
// where several do.
func closingOf(r rune) rune {
	switch r {
	case '«':
		return '»'
	case '‹':
		return '›'
	case '\'', '‘', '‚', '’':
		return '\''
	}
	return '"'
}

func isSingle(r rune) bool { return closingOf(r) == '\'' }

// around returns the runes before and after the mark; 0 at the edges of the
// paragraph.
func around(text string, paragraph kith.Span, i, size int) (before, after rune) {
	if i > paragraph.Start {
		before, _ = utf8.DecodeLastRuneInString(text[paragraph.Start:i])
	}
	if i+size < paragraph.End {
		after, _ = utf8.DecodeRuneInString(text[i+size : paragraph.End])
	}
	return before, after
}

func blank(r rune) bool { return r == 0 || unicode.IsSpace(r) }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// opens reports whether the mark can begin a quotation. Curly marks say so
// themselves; a straight one must follow a space, a bracket, a dash or another
// mark and stand before a word, or stand free as in tokenised text.
func opens(text string, paragraph kith.Span, i, size int, r rune) bool {
	before, after := around(text, paragraph, i, size)
	switch r {
	case '“', '„', '«', '‹', '‚':
		return true
	case '”', '»', '›', '’':
		return false
	case '‘':
		return !wordRune(before) && !elided(text[i+size:paragraph.End])
	}
	if wordRune(before) || strings.ContainsRune(".,!?;…%", before) {
		return false
	}
	if isSingle(r) && elided(text[i+size:paragraph.End]) {
		return false
	}
	return !blank(after) || blank(before) && after != 0
}

// closes reports whether the mark ends the open quotation.
func closes(text string, paragraph kith.Span, i, size int, r rune, open *mark) bool {
	if r == '’' || r == '\'' || r == '‘' {
		return open.end == i
	}
	before, after := around(text, paragraph, i, size)
	switch r {
	case '“':
		return open.close == '"' && wordRune(before) && !wordRune(after)
	case '„', '‚', '«', '‹':
		return false
	case '"', '＂':
		return open.close == '"' && !(blank(before) && wordRune(after) && i > open.words)
	case '”':
		return open.close == '"'
	}
	return open.close == r
}

// introduced reports whether the mark at i stands where speech begins: at the
// paragraph's start or after a colon, a comma, a dash or the end of a
// sentence.
func introduced(text string, paragraph kith.Span, i int) bool {
	before := strings.TrimRightFunc(text[paragraph.Start:i], unicode.IsSpace)
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(":,.?!—–", r)
}

// elisions are words that lose their first letters to an apostrophe.
var elisions = map[string]bool{"tis": true, "twas": true, "twere": true, "twill": true, "em": true, "til": true, "till": true,
	"cause": true, "cos": true, "bout": true, "n": true, "round": true, "nuff": true, "neath": true, "gainst": true, "s": true,
	"d": true, "ll": true, "re": true, "ve": true, "im": true, "er": true}

// elided reports whether the words begin with a clipped word or decade
// ("'em", "'90s"), so that the mark before them is an apostrophe.
func elided(words string) bool {
	end := strings.IndexFunc(words, func(r rune) bool { return !wordRune(r) })
	if end < 0 {
		end = len(words)
	}
	word := strings.ToLower(words[:end])
	if elisions[word] {
		return true
	}
	return len(word) >= 2 && word[0] >= '0' && word[0] <= '9' && word[1] >= '0' && word[1] <= '9' && (len(word) == 2 || len(word) == 3 && word[2] == 's')
}

// longestSingle is how many bytes a quotation in single marks may have. It
// bounds the search for an end among a text's apostrophes.
const longestSingle = 4000

// singleEnd finds the single mark that ends the words from start on, and -1
// where there is none. A mark after punctuation or after a letter other than s
// ends them; one after an s may be a possessive and ends them only where no
// better one comes before the next opening mark.
func singleEnd(text string, paragraph kith.Span, start int) int {
	possessive := -1
	for i, limit := start, min(paragraph.End, start+longestSingle); i < limit; {
		r, size := markAt(text, i, paragraph.End)
		if r != '\'' && r != '’' && r != '‘' {
			i += size
			continue
		}
		before, after := around(text, paragraph, i, size)
		switch {
		case wordRune(after):
			if possessive >= 0 && blank(before) && !elided(text[i+size:paragraph.End]) {
				return possessive
			}
		case r == '‘':
		case before == 's' || before == 'S' || strings.HasSuffix(text[start:i], "in"):
			if possessive < 0 {
				possessive = i
			}
			if !blank(after) {
				return i
			}
		case blank(before) && !blank(after):
		default:
			return i
		}
		i += size
	}
	return possessive
}
