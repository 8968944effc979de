package corpus

import (
	"strings"

	"kith"
)

// gumKinds maps the entity types of GUM to labels of names.
var gumKinds = map[string]string{"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVT",
	"object": "MISC", "abstract": "MISC", "animal": "MISC", "plant": "MISC", "substance": "MISC"}

// gumSpan is an entity of GUM in one sentence.
type gumSpan struct {
	first, last int
	kind        string
}

// GUMNames gives the proper names of a document of GUM as IOB2 labels. GUM
// marks whole noun phrases; a name is the run of proper nouns in one that a
// proper noun heads. "?" labels words of which this does not tell.
func GUMNames(document []Sentence) Tagged {
	out := Tagged{ID: document[0].Document}
	for _, s := range document {
		var t TaggedSentence
		for _, w := range s.Words {
			label := "O"
			if w.Tag == kith.PROPN {
				label = "?"
			}
			t.Words, t.Labels = append(t.Words, w.Form), append(t.Labels, label)
		}
		for _, span := range gumSpans(s) {
			s.markName(t.Labels, span)
		}
		out.Sentences = append(out.Sentences, t)
	}
	return out
}

// gumSpans reads the bracketed entities of a sentence, outer ones first.
func gumSpans(s Sentence) []gumSpan {
	var spans []gumSpan
	open := map[string][]int{}
	for i, w := range s.Words {
		for _, field := range strings.Split(w.Misc, "|") {
			if cell, ok := strings.CutPrefix(field, "Entity="); ok {
				spans = gumBrackets(spans, open, cell, i)
			}
		}
	}
	for i := 1; i < len(spans); i++ {
		for j := i; j > 0 && spans[j].last-spans[j].first > spans[j-1].last-spans[j-1].first; j-- {
			spans[j], spans[j-1] = spans[j-1], spans[j]
		}
	}
	return spans
}

// gumBrackets reads "(12-person-new-…" that opens and "12)" that closes.
func gumBrackets(spans []gumSpan, open map[string][]int, cell string, at int) []gumSpan {
	for len(cell) > 0 {
		if cell[0] == '(' {
			end := 1
			for end < len(cell) && cell[end] != '(' && cell[end] != ')' {
				end++
			}
			parts := strings.Split(cell[1:end], "-")
			if len(parts) > 1 {
				spans = append(spans, gumSpan{at, at + 1, parts[1]})
				if end < len(cell) && cell[end] == ')' {
					end++
				} else {
					open[parts[0]] = append(open[parts[0]], len(spans)-1)
				}
			}
			cell = cell[end:]
			continue
		}
		id, rest, ok := strings.Cut(cell, ")")
		if !ok {
			return spans
		}
		if stack := open[id]; len(stack) > 0 {
			spans[stack[len(stack)-1]].last = at + 1
			open[id] = stack[:len(stack)-1]
		}
		cell = rest
	}
	return spans
}

// markName labels the name in an entity's noun phrase, if it is one.
func (s Sentence) markName(labels []string, span gumSpan) {
	kind := gumKinds[span.kind]
	head := s.headOf(span.first, span.last)
	if kind == "" || head < 0 || s.Words[head].Tag != kith.PROPN {
		return
	}
	first, last := head, head+1
	for first > span.first && s.inName(first-1, kind) {
		first--
	}
	for last < span.last && s.inName(last, kind) {
		last++
	}
	for first < head && s.Words[first].Tag != kith.PROPN && s.Words[first].Tag != kith.NUM && s.Words[first].Tag != kith.ADJ {
		first++
	}
	for last-1 > head && s.Words[last-1].Tag != kith.PROPN && s.Words[last-1].Tag != kith.NUM {
		last--
	}
	for i := first; i < last; i++ {
		if labels[i] != "O" && labels[i] != "?" {
			return
		}
	}
	for i := first; i < last; i++ {
		labels[i] = "I-" + kind
	}
	labels[first] = "B-" + kind
}

// inName reports whether a word can belong to a name of that kind.
func (s Sentence) inName(i int, kind string) bool {
	w := s.Words[i]
	capital := strings.ToLower(w.Form) != w.Form
	if kind == "PER" {
		return (w.Tag == kith.PROPN && w.Rel != kith.NmodDesc || w.Form == "-") && w.Rel != kith.Appos
	}
	switch w.Tag {
	case kith.PROPN, kith.NUM:
		return w.Rel != kith.Appos
	case kith.ADJ, kith.NOUN:
		return capital
	case kith.ADP, kith.CCONJ, kith.DET:
		return w.Form == "of" || w.Form == "the" || w.Form == "and" || w.Form == "for" || w.Form == "&"
	}
	return w.Form == "-" || w.Form == "'s"
}

func (s Sentence) headOf(first, last int) int {
	for i := first; i < last; i++ {
		if h := s.Words[i].Head; h < first || h >= last {
			return i
		}
	}
	return -1
}
