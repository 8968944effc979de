package serve

import (
	"strings"

	"kith"
)

// phrasePart is a stretch of a claim in words: plain words, a value, or a name
// with its entity.
type phrasePart struct {
	Text  string
	Value bool
	Ref   *kith.EntityRef
}

// ends are what a pattern may name.
type phraseFields struct {
	value  string
	object *kith.EntityRef
	third  *kith.EntityRef
}

// phrase fills a pattern of the texts: {value}, {object} and {third} stand for
// what the claim says, and a part in [brackets] is dropped where what it names
// is not known. Without a pattern of its own a predicate is told by its verb.
func (p *pages) phrase(kind string, predicate kith.Predicate, f phraseFields) (parts []phrasePart, usesThird bool) {
	pattern, ok := p.texts[kind+"."+string(predicate)]
	if !ok {
		verb := p.verb(predicate)
		if kind != "says" {
			verb = p.inverse(predicate)
		}
		pattern = verb + "[ {value}][ {object}]"
	}
	for pattern != "" {
		before, rest, _ := strings.Cut(pattern, "[")
		parts = f.fill(parts, before)
		inside, after, _ := strings.Cut(rest, "]")
		if f.knows(inside) {
			parts = f.fill(parts, inside)
			usesThird = usesThird || strings.Contains(inside, "{third}")
		}
		usesThird = usesThird || strings.Contains(before, "{third}")
		pattern = after
	}
	return parts, usesThird
}

// knows reports whether everything that a pattern names is known.
func (f phraseFields) knows(pattern string) bool {
	return !(strings.Contains(pattern, "{value}") && f.value == "" || strings.Contains(pattern, "{object}") && f.object == nil ||
		strings.Contains(pattern, "{third}") && f.third == nil)
}

// fill adds the parts of a pattern without brackets.
func (f phraseFields) fill(parts []phrasePart, pattern string) []phrasePart {
	for pattern != "" {
		words, rest, found := strings.Cut(pattern, "{")
		if words != "" {
			parts = append(parts, phrasePart{Text: words})
		}
		if !found {
			return parts
		}
		name, after, _ := strings.Cut(rest, "}")
		switch {
		case name == "value":
			parts = append(parts, phrasePart{Text: f.value, Value: true})
		case name == "object" && f.object != nil:
			parts = append(parts, phrasePart{Text: f.object.Name, Ref: f.object})
		case name == "third" && f.third != nil:
			parts = append(parts, phrasePart{Text: f.third.Name, Ref: f.third})
		}
		pattern = after
	}
	return parts
}

// plainText is a phrase without its links.
func plainText(parts []phrasePart) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}
