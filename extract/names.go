package extract

import (
	"strings"

	"kith"
)

// readNames finds claims that the form of names makes, without a trigger:
// acronyms in brackets, nicknames in quotation marks, "Ann Lee of the Green
// Party", "Bo Cruz, a baker from Lund".
func readNames(r *reader, i int) {
	s := r.a.Sentences[i]
	for t := s.First; t < s.Last; t++ {
		k := r.name[t]
		if k < 0 || r.a.Names[k].First != t {
			continue
		}
		n := r.a.Names[k]
		m := r.mention[r.headOf(t)]
		if m < 0 || r.a.Mentions[m].Kind != kith.NameMention {
			continue
		}
		p := r.known(int(m), r.headOf(t), 0)
		r.acronymOf(p, n, s)
		r.nickname(p, n, s)
		if p.ref.Type == kith.Person {
			r.affiliated(p)
			r.partyCode(p, n, s)
		} else {
			r.venue(p)
		}
	}
}

// acronymOf reads "Green Farmers League (GFL)".
func (r *reader) acronymOf(p party, n kith.Name, s kith.Sentence) {
	at := n.Last
	if at+2 >= s.Last || p.ref.Type != kith.Organization && p.ref.Type != kith.EventType || !strings.HasPrefix(r.a.Word(at), "(") {
		return
	}
	end := at + 1
	for end < s.Last && end < at+6 && r.a.Word(end) != ")" {
		end++
	}
	if end >= s.Last || r.a.Word(end) != ")" {
		return
	}
	text := kith.Span{Start: r.a.Tokens[at+1].Start, End: r.a.Tokens[end-1].End}.Cut(r.a.Document.Text)
	if _, whose, ok := strings.Cut(p.ref.Name, " of "); ok && initials(text, whose) && len(strings.Fields(whose)) == len(text) {
		return // "the Red Sox of Major League Baseball (MLB)"
	}
	if initials(text, p.ref.Name) {
		r.propose("also_known_as", p, nil, text, at+1)
	}
}

// initials reports whether a text in capitals abbreviates a name: most of its
// letters begin words of the name, in order.
func initials(short, name string) bool {
	if len(short) < 2 || len(short) > 14 || strings.ToUpper(short) != short || strings.EqualFold(short, name) {
		return false
	}
	first := ""
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '/' || r == '-' }) {
		first += strings.ToUpper(w[:1])
	}
	hits, letters, k := 0, 0, 0
	for i := 0; i < len(short); i++ {
		if short[i] < 'A' || short[i] > 'Z' {
			continue
		}
		letters++
		if at := strings.IndexByte(first[k:], short[i]); at >= 0 {
			hits++
			k += at + 1
		}
	}
	return letters >= 2 && hits*3 >= letters*2
}

// nickname reads `Ernest "Cap" Graham`.
func (r *reader) nickname(p party, n kith.Name, s kith.Sentence) {
	if p.ref.Type != kith.Person {
		return
	}
	for t := n.First; t < n.Last && t+2 < s.Last; t++ {
		if !openingQuote(r.a.Word(t)) || t == n.First {
			continue
		}
		for end := t + 1; end < s.Last && end <= t+3; end++ {
			if closingQuote(r.a.Word(end)) && end < n.Last-1 && end > t+1 {
				text := kith.Span{Start: r.a.Tokens[t+1].Start, End: r.a.Tokens[end-1].End}.Cut(r.a.Document.Text)
				r.propose("also_known_as", p, nil, text, t+1)
				return
			}
		}
	}
}

func openingQuote(w string) bool { return w == `"` || w == "“" || w == "``" || w == "‘" }
func closingQuote(w string) bool { return w == `"` || w == "”" || w == "''" || w == "’" }

// affiliated reads what hangs on a person's name: "of" a political party is
// membership, "from" a place is home.
func (r *reader) affiliated(p party) {
	r.affiliation(p, p.tok)
	for c := r.first[p.tok]; c >= 0; c = r.next[c] {
		if r.rel(int(c)) == kith.Appos && r.tag(int(c)) == kith.NOUN {
			r.affiliation(p, int(c))
		}
	}
}

// venue reads "the Halden Forum in Lund" and "Rask & Sons on Mill Street".
func (r *reader) venue(p party) {
	event := p.ref.Type == kith.EventType || r.otherKind(p) == kith.EventType
	for c := r.first[p.tok]; c >= 0; c = r.next[c] {
		c := int(c)
		if c < p.tok || r.mention[c] < 0 || !r.isName(c) {
			continue
		}
		object := r.known(int(r.mention[c]), c, 0)
		if object.ref.Type != kith.Place {
			continue
		}
		for _, prep := range r.caseOf(c) {
			if event && (prep == "in" || prep == "at") || prep == "on" && like(object.ref.Name, streetWords) {
				r.propose("located_in", p, &object, "", c)
			}
		}
	}
}

func (r *reader) affiliation(p party, head int) {
	for c := r.first[head]; c >= 0; c = r.next[c] {
		c := int(c)
		if r.rel(c) != kith.Nmod || r.mention[c] < 0 || !r.isName(c) || c < head {
			continue
		}
		object := r.known(int(r.mention[c]), c, 0)
		for _, prep := range r.caseOf(c) {
			switch {
			case prep == "of" && head == p.tok && object.ref.Type == kith.Organization && like(object.ref.Name, partyWords):
				r.propose("member_of", p, &object, "", c)
			case prep == "from" && object.ref.Type == kith.Place:
				r.propose("located_in", p, &object, "", c)
			}
		}
	}
}

// propose adds a candidate that no pattern file describes.
func (r *reader) propose(name kith.Predicate, subject party, object *party, value string, trigger int) {
	p := r.ontology.Find(name)
	if p == nil {
		return
	}
	c := candidate{predicate: p, trigger: trigger, subject: subject, value: value, order: -1}
	if object != nil {
		c.object, c.hasObject = *object, true
	}
	r.keep(c)
}

// partyCode reads the party in "Ann Lee (D-Ohio)", "Bo Cruz, R-Texas," and
// "Bo Cruz (R)" behind a person's name.
func (r *reader) partyCode(p party, n kith.Name, s kith.Sentence) {
	rest := strings.TrimLeft(r.a.Document.Text[r.a.Tokens[n.Last-1].End:s.End], " ,")
	rest, bracketed := strings.CutPrefix(rest, "(")
	if len(rest) < 3 || !bracketed && r.a.Document.Text[r.a.Tokens[n.Last-1].End] != ',' {
		return
	}
	name := ""
	switch rest[0] {
	case 'D':
		name = "Democratic Party"
	case 'R':
		name = "Republican Party"
	default:
		return
	}
	switch after := rest[1:]; {
	case bracketed && after[0] == ')':
	case (after[0] == '-' || strings.HasPrefix(after, "–")) && capitalised(strings.TrimLeft(after, "-–")):
	default:
		return
	}
	object := r.byName(kith.EntityRef{Name: name, Type: kith.Organization, ID: kith.NewEntityID(r.a.Document.ID, name, kith.Organization, 0)})
	r.propose("member_of", p, &object, "", n.Last-1)
}

func capitalised(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }
