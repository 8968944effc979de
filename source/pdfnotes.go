package source

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var noteMark = regexp.MustCompile(`^(?:\d{1,3}|[*†‡§]{1,3})$`)

// withoutNoteMarks takes the numbers of footnotes out of a page's words: small
// raised ones that cling to a word, where the page has the note too, and the
// number before the note.
func withoutNoteMarks(words []box) []box {
	if len(words) == 0 {
		return words
	}
	size := medianHeight(words)
	var out []box
	notes := map[int]bool{} // words that begin a note
	for i, w := range words {
		if i > 0 && isNoteMark(w, words[i-1], size) {
			if note := noteOf(words, w, size); note >= 0 && (!endsInDigit(words[i-1]) || words[note].foot-words[note].top < 0.95*size) {
				notes[note] = true
				w.text = ""
			}
		}
		if i > 1 && out[i-1].text == "" && closes(w, words[i-1], size) {
			out[i-2].text, out[i-2].right, w.text = out[i-2].text+w.text, w.right, ""
		}
		out = append(out, w)
	}
	for i := range notes {
		if out[i].text == "" || i+1 < len(out) && noteMark.MatchString(out[i].text) {
			out[i].text = ""
			out[min(i+1, len(out)-1)].note = true
			continue
		}
		out[i].note = true
		for out[i].text != "" && !beginsNote(out[i].text) {
			_, n := utf8.DecodeRuneInString(out[i].text)
			out[i].text = out[i].text[n:]
		}
	}
	return slices.DeleteFunc(out, func(w box) bool { return w.text == "" })
}

// endsInDigit reports whether a mark behind a word may be an exponent. It is
// none where a note of its number is set in smaller letters.
func endsInDigit(w box) bool {
	last, _ := utf8.DecodeLastRuneInString(w.text)
	return unicode.IsDigit(last)
}

// closes reports whether a word is punctuation that clings to the mark before
// it, and thus to the word that bore the mark.
func closes(w, mark box, size float64) bool {
	first, _ := utf8.DecodeRuneInString(w.text)
	return w.line == mark.line && math.Abs(w.left-mark.right) < 0.15*size && strings.ContainsRune(".,;:!?)]”’\"", first)
}

// isNoteMark reports whether a word is raised and small and clings to a word.
func isNoteMark(w, before box, size float64) bool {
	return noteMark.MatchString(w.text) && w.foot-w.top < 0.8*size && w.foot < before.foot-0.15*size && w.left-before.right < 0.3*size &&
		w.left >= before.left && w.middle() > before.top
}

// noteOf finds the word that begins the mark's note: the mark itself, alone or
// before a capital, at the beginning of a line further down.
func noteOf(words []box, mark box, size float64) int {
	for i, w := range words {
		first := i == 0 || words[i-1].line != w.line
		if !first || w.top < mark.foot+size/2 && w.left < mark.right+size || len(w.text) < len(mark.text) || w.text[:len(mark.text)] != mark.text {
			continue
		}
		if rest := w.text[len(mark.text):]; rest == "" || beginsNote(rest) {
			return i
		}
	}
	return -1
}

func beginsNote(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r) || r == '“' || r == '"' || r == '‘'
}
