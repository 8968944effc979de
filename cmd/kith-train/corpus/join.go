package corpus

import (
	"strings"

	"kith"
)

// Joined is a text made of words, with the place of each.
type Joined struct {
	Text  string
	words []kith.Span
}

// Span is the text of the words [first, last); the empty span at the text's
// start where there are none such.
func (j *Joined) Span(first, last int) kith.Span {
	if first < 0 || last > len(j.words) || first >= last {
		return kith.Span{}
	}
	return kith.Span{Start: j.words[first].Start, End: j.words[last-1].End}
}

// Join writes words as people space them: none before a closing mark, none
// behind an opening one, quotation marks by turns.
func Join(words []string) Joined {
	var b strings.Builder
	var j Joined
	open, tight := false, true
	for _, w := range words {
		closes := strings.HasPrefix(w, "'") && len(w) > 1 || w == "n't" || w == "’s"
		switch w {
		case ",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "...", "'", "’":
			closes = true
		case `"`:
			closes, open = open, !open
		}
		if !closes && !tight {
			b.WriteByte(' ')
		}
		start := b.Len()
		b.WriteString(w)
		j.words = append(j.words, kith.Span{Start: start, End: b.Len()})
		tight = w == "(" || w == "[" || w == "{" || w == "$" || w == "£" || w == "€" || w == `"` && open
	}
	j.Text = b.String()
	return j
}
