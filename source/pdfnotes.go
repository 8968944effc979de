package source

import (
	"regexp"
	"slices"
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
			if note := noteOf(words, w, size); note >= 0 {
				notes[note] = true
				w.text = ""
			}
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

// isNoteMark reports whether a word is raised and small and clings to a word
// that is no number.
func isNoteMark(w, before box, size float64) bool {
	last, _ := utf8.DecodeLastRuneInString(before.text)
	return noteMark.MatchString(w.text) && w.foot-w.top < 0.8*size && w.foot < before.foot-0.15*size && w.left-before.right < 0.3*size &&
		w.left >= before.left && w.middle() > before.top && !unicode.IsDigit(last)
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
