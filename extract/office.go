package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// office is the name of a public office as the text has it, taken apart.
type office struct {
	head        int // token of its head noun
	first, last int // tokens of the whole phrase, what belongs to no value included
	value       string
	object      party // the body or place that it belongs to
	hasObject   bool
	ordinal     string
	distinction string
	status      string
	qualified   bool // a word says of what
	owner       int  // token of a possessor that is no place, -1
	plural      bool
	bond        bond
	titleOnly   bool // the tagger took the head for no noun: only a name behind it makes it an office
}

// office reads the name of an office whose head noun is token i.
func (r *reader) office(i int) (office, bool) {
	word := r.low(i)
	if k := r.name[i]; k >= 0 && i > r.a.Names[k].First && i == r.a.Names[k].Last-1 && r.a.Names[k].Type == kith.Person && r.tag(i) == kith.PROPN {
		return office{}, false // a surname: "Paula Reeves"
	}
	h, ok := r.lex.offices.head(word)
	plural := false
	if !ok {
		if h, ok = r.lex.offices.head(singular(word)); !ok {
			return office{}, false
		}
		plural = true
	}
	if (word == "king" || word == "queen" || word == "general" || word == "justice" || word == "rep" || word == "sen") && !r.capital(i) && word != "general" {
		return office{}, false
	}
	noun := r.tag(i) == kith.NOUN || r.tag(i) == kith.PROPN || r.tag(i) == kith.ADJ || r.tag(i) == kith.X
	if (r.tag(i) == kith.VERB || r.tag(i) == kith.PRON) && !r.capital(i) && (i+1 >= len(r.a.Tokens) || !r.personName(i+1)) {
		return office{}, false
	}
	if word == "deputy" && r.deputyOf(i) {
		return office{}, false
	}
	o := office{titleOnly: !noun, head: i, first: i, last: i + 1, owner: -1, plural: plural || r.xtag(i) == xNNS || r.xtag(i) == xNNPS, bond: h.bond}
	s := r.a.Sentences[r.a.SentenceOf(i)]
	valueFirst := r.ahead(&o, h, s)
	valueLast := r.behind(&o, h, s)
	o.value = r.officeValue(h, i, valueFirst, valueLast)
	return o, r.accepts(&o, h)
}

// deputyOf reports whether "deputy" only begins the name of another office:
// "deputy interior minister", "deputy prime minister".
func (r *reader) deputyOf(i int) bool {
	for k := i + 1; k < len(r.a.Tokens) && k < i+5; k++ {
		if _, ok := r.lex.offices.head(r.low(k)); ok && r.tag(k) == kith.NOUN {
			return true
		}
		if r.tag(k) != kith.NOUN && r.tag(k) != kith.ADJ {
			return false
		}
	}
	return false
}

func (r *reader) capital(i int) bool { return startsUpper(r.a.Word(i)) }

func startsUpper(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(first)
}

// singular undoes the plural of an office's head noun.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return strings.TrimSuffix(w, "men") + "man"
	case strings.HasSuffix(w, "ies"):
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s"):
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// ahead reads the words before the head noun, from right to left: those that
// belong to the office, its place, and what is said of its holder. It returns
// the first token of the office's own words.
func (r *reader) ahead(o *office, h officeHead, s kith.Sentence) int {
	valueFirst := o.head
	heads := []string{h.word}
	open := h.word == "minister" || h.word == "secretary"
	for j := o.head - 1; j >= s.First; j-- {
		w := r.low(j)
		switch {
		case w == "-" && j > s.First && (valueFirst == j+1):
			if p := r.low(j - 1); r.lex.offices.portfolio(p, heads...) || p == "ex" || p == "co" {
				continue
			}
			return valueFirst
		case r.lex.offices.portfolio(w, heads...):
			valueFirst, o.first = j, j
			o.qualified = o.qualified || w != "deputy" && w != "assistant" && w != "senior"
			heads = append(heads, w)
		case (w == "and" || w == "&" || w == ",") && open && valueFirst == j+1 && j > s.First && (r.lex.offices.portfolio(r.low(j-1), heads...) && r.rel(j-1) != kith.Conj || r.head(j-1) == o.head && r.tag(j-1) == kith.NOUN):
			continue
		case statusWord(w) != "" || w == "then" || w == "longtime" || w == "newly" || w == "new":
			if st := statusWord(w); st != "" {
				o.status = st
			}
			o.first = j
		case r.ordinalWord(w) != "":
			r.ordinal(o, j, valueFirst, w)
			o.first = j
		case in(superlatives, w):
			r.distinct(o, j, valueFirst)
			o.first = j
		case w == "'s" || w == "’s" || w == "'" || w == "’":
			return r.possessor(o, j, s, valueFirst)
		case r.placeBefore(o, &j, s):
			o.qualified, o.first = true, j
		case in(notOffices, w):
			o.bond, o.qualified = bound, false
			if o.owner < 0 {
				o.owner = j
			}
			return valueFirst
		case in(demographic, w) || r.tag(j) == kith.ADJ && r.head(j) == o.head:
			o.first = j
			if open && r.tag(j) == kith.ADJ && !in(demographic, w) && valueFirst == j+1 && o.qualified && r.capital(j) {
				valueFirst = j
			}
		case open && (r.tag(j) == kith.NOUN || r.tag(j) == kith.PROPN) && !r.personName(j) && (r.rel(j) == kith.Compound || r.rel(j) == kith.Flat || r.capital(j)) && valueFirst == j+1:
			valueFirst, o.qualified, o.first = j, true, j
			heads = append(heads, w)
		default:
			return valueFirst
		}
	}
	return valueFirst
}

// personName reports whether token i stands in the name of a person.
func (r *reader) personName(i int) bool {
	return r.name[i] >= 0 && r.a.Names[r.name[i]].Type == kith.Person
}

// ordinalWord reads "49th" and "forty-ninth" as "49"; "first" is left to
// distinctions.
func (r *reader) ordinalWord(w string) string {
	if w == "" || w[0] < '1' || w[0] > '9' {
		return ""
	}
	digits := strings.TrimRight(w, "stndrh")
	if digits == w || len(digits) > 3 {
		return ""
	}
	return digits
}

func (r *reader) ordinal(o *office, _, _ int, w string) { o.ordinal = r.ordinalWord(w) }

// distinct reads "first female", "youngest" and "first woman to serve as".
func (r *reader) distinct(o *office, j, valueFirst int) {
	end := j + 1
	for end < valueFirst && (in(demographic, r.low(end)) || r.a.Word(end) == "-" || strings.EqualFold(r.a.Word(end), "and")) {
		end++
	}
	if end == j+1 && (strings.EqualFold(r.a.Word(j), "second") || strings.EqualFold(r.a.Word(j), "third") || strings.EqualFold(r.a.Word(j), "last")) {
		return
	}
	if end == j+1 && strings.EqualFold(r.a.Word(j), "first") {
		o.ordinal = "first"
		return
	}
	o.distinction = kith.Span{Start: r.a.Tokens[j].Start, End: r.a.Tokens[end-1].End}.Cut(r.a.Document.Text)
}

// possessor reads who or what stands before "'s": a place is the office's own.
func (r *reader) possessor(o *office, mark int, s kith.Sentence, valueFirst int) int {
	j := mark - 1
	if j < s.First {
		return valueFirst
	}
	if r.placeBefore(o, &j, s) {
		o.qualified, o.first = true, j
		return valueFirst
	}
	o.owner = j
	return valueFirst
}

// placeBefore takes the place that ends at token *j and moves *j to its first
// token.
func (r *reader) placeBefore(o *office, j *int, s kith.Sentence) bool {
	if n := r.name[*j]; n >= 0 && r.a.Names[n].Type == kith.Place {
		first := max(r.a.Names[n].First, s.First)
		if first > s.First && r.tag(first-1) == kith.ADP && first-1 == s.First { // "In Turkey Minister Lee met"
			return false
		}
		r.setPlace(o, *j, kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[*j].End}.Cut(r.a.Document.Text))
		*j = first
		return true
	}
	for width := 2; width >= 1; width-- {
		first := *j - width + 1
		if first < s.First {
			continue
		}
		words := kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[*j].End}.Cut(r.a.Document.Text)
		if place := r.lex.offices.place(words); place != "" && r.capital(first) {
			r.setPlace(o, *j, place)
			*j = first
			return true
		}
	}
	return false
}

// setPlace makes a place the office's own, by its mention where it has one.
func (r *reader) setPlace(o *office, token int, name string) {
	if o.hasObject {
		return
	}
	o.hasObject = true
	if place := r.lex.offices.place(name); place != "" {
		o.object = r.byPlace(place)
		return
	}
	if m := r.mention[token]; m >= 0 && r.a.Mentions[m].Type == kith.Place && r.a.Mentions[m].Kind == kith.NameMention {
		o.object = r.known(int(m), token, 0)
		return
	}
	o.object = r.byPlace(name)
}
