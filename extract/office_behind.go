package extract

import (
	"strings"

	"kith"
)

// behind reads the words after the head noun: "elect", "pro tempore", a
// portfolio ("of State", "for Social Protection"), the body or place that the
// office belongs to. It returns the token after the office's own words.
func (r *reader) behind(o *office, h officeHead, s kith.Sentence) int {
	valueLast := o.head + 1
	k := o.head + 1
	if h.word == "teachta" && k < s.Last {
		k, valueLast = k+1, k+1
	}
	k = r.suffix(o, k, s)
	if next := r.acronym(k, s); next > k {
		k = next
	}
	for n := 0; n < 2 && k+1 < s.Last; n++ {
		prep := r.low(k)
		if !officePreposition(prep) {
			break
		}
		first, end := r.nounPhrase(k+1, s)
		if end == first {
			break
		}
		taken, own := r.belongs(o, h, prep, first, end)
		if !taken {
			break
		}
		if own {
			valueLast = end
		}
		o.qualified, o.last, k = true, end, end
		if r.acronym(k, s) > k {
			k = r.acronym(k, s)
		}
	}
	o.last = max(o.last, valueLast)
	return valueLast
}

func officePreposition(w string) bool {
	switch w {
	case "of", "for", "in", "at", "to", "from", "on":
		return true
	}
	return false
}

// suffix reads "-elect", "elect" and "pro tempore".
func (r *reader) suffix(o *office, k int, s kith.Sentence) int {
	at := k
	if at < s.Last && r.a.Word(at) == "-" {
		at++
	}
	if at < s.Last {
		switch w := r.low(at); w {
		case "elect", "designate":
			o.status, o.last = "elect", at+1
			return at + 1
		case "emeritus":
			o.status, o.last = "former", at+1
			return at + 1
		case "pro":
			if at+1 < s.Last && strings.HasPrefix(r.low(at+1), "tem") {
				o.last = at + 2
				return at + 2
			}
		}
	}
	return k
}

// acronym skips a short parenthesis without digits: "(TD)".
func (r *reader) acronym(k int, s kith.Sentence) int {
	if k >= s.Last || r.a.Word(k) != "(" {
		return k
	}
	for j := k + 1; j < min(k+5, s.Last); j++ {
		if r.a.Word(j) == ")" {
			return j + 1
		}
		if strings.ContainsAny(r.a.Word(j), "0123456789") {
			return k
		}
	}
	return k
}

// nounPhrase is the run of tokens from k on that can be a name or a noun
// phrase: without its article.
func (r *reader) nounPhrase(k int, s kith.Sentence) (first, end int) {
	if k < s.Last && r.tag(k) == kith.DET {
		k++
	}
	first = k
	for k < s.Last && k < first+9 {
		if k > first && r.isHead(k) {
			return first, k
		}
		switch w := r.a.Word(k); {
		case r.tag(k) == kith.PROPN, r.tag(k) == kith.NOUN, r.tag(k) == kith.ADJ, r.tag(k) == kith.NUM && k > first && r.name[k] >= 0:
			if r.personName(k) && (k == first || r.name[k] != r.name[k-1]) && k > first {
				return first, k
			}
			k++
		case (w == "and" || w == "&" || w == "of" || w == "'s" || w == "’s" || w == "'" || w == "’" || w == "-" || w == ",") && k > first && k+1 < s.Last && r.joins(k, first):
			k++
		default:
			return first, k
		}
	}
	return first, k
}

// joins reports whether the connecting word at k stands inside one name.
func (r *reader) joins(k, first int) bool {
	if r.name[k-1] >= 0 && r.name[k-1] == r.name[k+1] {
		return true
	}
	switch w := r.a.Word(k); w {
	case ",":
		return false
	case "-":
		return r.a.Tokens[k].Start == r.a.Tokens[k-1].End && r.a.Tokens[k+1].Start == r.a.Tokens[k].End
	case "and", "&":
		return r.capital(k+1) && r.capital(k-1) && !r.personName(k+1) && r.rel(k+1) == kith.Conj && r.head(k+1) >= first && r.head(k+1) < k && !r.isHead(k+1)
	case "of":
		return r.capital(k+1) && r.capital(k-1)
	case "'s", "’s", "'", "’": // "secretary of the transport workers' union"
		return !r.personName(k-1) && (r.tag(k+1) == kith.NOUN || r.tag(k+1) == kith.ADJ)
	}
	return false
}

// isHead reports whether token i may be the head noun of an office.
func (r *reader) isHead(i int) bool {
	_, ok := r.lex.offices.head(r.low(i))
	return ok
}

// belongs decides what a phrase after the head noun is: part of the office's
// name, its place, its body, or nothing of it.
func (r *reader) belongs(o *office, h officeHead, prep string, first, end int) (taken, own bool) {
	named := r.namedIn(first, end)
	text := kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[end-1].End}.Cut(r.a.Document.Text)
	if h.word == "member" && !like(text, legislatures) || h.word == "representative" && prep == "for" {
		return false, false
	}
	if (like(text, privateWords) || labour(text)) && !in(looseHeads, h.word) {
		o.bond, o.qualified, o.owner = bound, false, first
		return false, false
	}
	if h.word == "president" && prep == "of" && named < 0 && r.capital(first) && r.lex.offices.place(text) == "" && o.head > 0 && r.low(o.head-1) == "vice" {
		o.bond, o.qualified, o.owner = bound, false, first // of a company that no list knows
		return false, false
	}
	place := named >= 0 && r.a.Mentions[named].Type == kith.Place
	body := named >= 0 && r.a.Mentions[named].Type == kith.Organization
	switch prep {
	case "to":
		if h.word != "ambassador" && h.word != "commissioner" && h.word != "representative" && h.word != "envoy" {
			return false, false
		}
	case "from", "in", "on":
		if !place && !(prep == "in" && (body || like(text, publicWords))) {
			return false, false
		}
	case "at":
		if !body && !like(text, publicWords) {
			return false, false
		}
	case "of", "for":
		if r.portfolioPhrase(h, first, end, place) {
			return true, true
		}
	}
	switch {
	case named >= 0 && (place || body):
		if !o.hasObject || prep == "of" || prep == "to" {
			o.object, o.hasObject = r.known(named, r.a.Mentions[named].Head, 0), true
		}
		if body && !place && !public(o.object.ref.Name) && !in(looseHeads, h.word) {
			o.bond, o.qualified = bound, false
			o.owner = first
			return false, false
		}
	case like(text, publicWords) && r.ownedBody(end-1):
		return false, false
	case like(text, publicWords):
		o.object, o.hasObject = party{ref: kith.EntityRef{Name: text, Type: kith.Organization, ID: kith.NewEntityID(r.a.Document.ID, text, kith.Organization, 0)}, entity: -1, tok: end - 1}, true
	case r.capital(first) && prep != "for" && h.bond != bound && !strings.ContainsAny(text, "&") && !r.personName(first):
		o.object, o.hasObject = r.byPlace(text), true
	default:
		return false, false
	}
	return true, h.word == "member" || h.word == "leader" || h.word == "speaker"
}

// ownedBody reports whether a body was called somebody's before: "the council"
// of which the text said "the fund's advisory council".
func (r *reader) ownedBody(i int) bool {
	m := r.mention[i]
	if m < 0 || r.a.Mentions[m].Entity < 0 {
		return false
	}
	owner, rest, found := strings.Cut(strings.ReplaceAll(r.a.Entities[r.a.Mentions[m].Entity].Name, "’s ", "'s "), "'s ")
	return found && rest != "" && !public(owner)
}

// legislatures are words in the names of bodies whose members hold an office.
var legislatures = words(`assembly senate parliament congress council house duma knesset sejm bundestag bundesrat diet legislature rada
	majlis cortes folketing storting riksdag eduskunta oireachtas dáil seanad commons lords chamber cabinet riigikogu`)

// privateWords are words in the names of bodies whose posts are no public
// offices.
var privateWords = words(`club local association company corporation foundation institute society college university school inc llc ltd
	group museum orchestra hospital newspaper network studio church firm fund trust chapter fraternity sorority`)

// labour reports whether a name is that of a trade union.
func labour(name string) bool {
	return like(name, unionWord) && !like(name, stateUnions)
}

var (
	unionWord   = words("union")
	stateUnions = words("african customs economic european indian south soviet")
)

// looseHeads name public offices whatever organisation stands behind "of".
var looseHeads = words("governor mayor senator congressman congresswoman councilman councilwoman prosecutor sheriff judge ambassador minister premier")

// portfolioPhrase reports whether the words after "of" or "for" are the
// office's field of work: "of State", "for Social Protection".
func (r *reader) portfolioPhrase(h officeHead, first, end int, place bool) bool {
	switch h.word {
	case "minister", "secretary", "undersecretary", "under-secretary", "commissioner", "chancellor", "general", "leader", "superintendent":
	default:
		return false
	}
	w := r.low(first)
	if h.word == "leader" {
		return w == "opposition"
	}
	if place && !r.lex.offices.portfolio(w, "minister", "secretary") || strings.EqualFold(w, "northern") {
		return strings.EqualFold(w, "northern") && end-first > 1
	}
	if h.word == "general" {
		return false
	}
	return r.lex.offices.portfolio(w, "minister", "secretary", "commissioner") || w == "state" || w == "exchequer" || w == "war" || (r.capital(first) || h.word == "minister") && !like(r.cut(first, end), publicWords)
}

func (r *reader) cut(first, end int) string {
	return kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[end-1].End}.Cut(r.a.Document.Text)
}

// namedIn is a name mention of a place or an organisation among the tokens,
// the last one that begins there; -1 for none.
func (r *reader) namedIn(first, end int) int {
	for k := end - 1; k >= first; k-- {
		if m := r.mention[k]; m >= 0 && r.a.Mentions[m].Kind == kith.NameMention && (r.a.Mentions[m].Type == kith.Place || r.a.Mentions[m].Type == kith.Organization) {
			return int(m)
		}
	}
	return -1
}

// officeValue writes the office out: the text's own words, with abbreviations
// and plurals of the head noun resolved.
func (r *reader) officeValue(h officeHead, head, first, last int) string {
	var b strings.Builder
	for k := first; k < last; k++ {
		w := r.a.Word(k)
		switch lower := strings.ToLower(w); {
		case k == head && h.full != "":
			w = h.full
		case k == head && strings.ToLower(w) != h.word && len(h.word) > 3:
			w = matchCase(h.word, w)
		case lower == "lt." || lower == "lt":
			w = "Lieutenant"
		case lower == "u.s." && k == first:
			w = "U.S."
		}
		if k > first && r.a.Tokens[k].Start > r.a.Tokens[k-1].End {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// matchCase gives a word the first letter's case of a model.
func matchCase(word, model string) string {
	if model != "" && model[0] >= 'A' && model[0] <= 'Z' {
		return strings.ToUpper(word[:1]) + word[1:]
	}
	return word
}

// accepts decides whether the phrase names a public office.
func (r *reader) accepts(o *office, h officeHead) bool {
	switch {
	case h.word == "deputy" && !o.qualified && (o.owner >= 0 || o.last < len(r.a.Tokens) && r.tag(o.last) == kith.NOUN):
		return false // somebody's deputy, "deputy director"
	case h.word == "president" && r.companyTitle(o.last):
		return false
	case r.modifies(o), h.bond == bound && in(namelessHeads, h.word) && !strings.Contains(o.value, " "):
		return false
	case h.bond == titled && !o.qualified && o.first > 0 && r.xtag(o.first-1) == xPRPS:
		return false // "its president" is the president of something told of before
	case o.owner >= 0 && r.lexOwner(o), h.word == "president" && r.corporate(o):
		return false
	case o.bond == free || h.bond == free && o.bond != bound:
		return true
	case o.qualified:
		return !(h.word == "president" && strings.HasPrefix(strings.ToLower(o.value), "vice") && o.hasObject && o.object.ref.Type == kith.Organization && !public(o.object.ref.Name))
	}
	return o.bond == titled
}

// companyTitle reports whether a title of companies is joined to an office:
// "President and CEO".
func (r *reader) companyTitle(k int) bool {
	if k+1 >= len(r.a.Tokens) || r.low(k) != "and" && r.a.Word(k) != "&" && r.a.Word(k) != "/" {
		return false
	}
	if k+2 < len(r.a.Tokens) && r.low(k+1) == "chief" {
		return r.tag(k+2) == kith.ADJ || r.tag(k+2) == kith.NOUN
	}
	switch r.low(k + 1) {
	case "ceo", "coo", "cfo", "c.e.o.", "publisher", "founder", "co-founder", "owner":
		return true
	}
	return false
}

// corporate reports whether a president is one of many in a company: "a vice
// president", "vice president at Rask", "vice president for sales".
func (r *reader) corporate(o *office) bool {
	k := o.head + 1
	if k+1 < len(r.a.Tokens) && o.last == k {
		switch w := r.low(k); w {
		case "at":
			return true
		case "for", "of":
			return !r.capital(k+1) && r.tag(k+1) == kith.NOUN
		}
	}
	if !strings.HasPrefix(strings.ToLower(o.value), "vice") || o.first == 0 {
		return false
	}
	w := r.low(o.first - 1)
	return (w == "a" || w == "an" || w == "executive" || w == "senior") && !o.hasObject
}

// namelessHeads name no office without a word before them: "attorney" is a
// lawyer.
var namelessHeads = words("executive general attorney clerk leader supervisor recorder whip marshal provost vp")

// modifies reports whether the office only modifies the noun behind it: "the
// governor race".
func (r *reader) modifies(o *office) bool {
	k := o.head + 1
	if o.last == k && k < len(r.a.Tokens) && r.isHead(k) {
		return true
	}
	return o.last == k && k < len(r.a.Tokens) && r.tag(k) == kith.NOUN && r.rel(k) != kith.Appos && !r.personName(k) && r.a.Word(k) != "-"
}

// lexOwner reports whether the possessor or a company makes the post no public
// one: "the club's president".
func (r *reader) lexOwner(o *office) bool {
	w := r.low(o.owner)
	if in(notOffices, w) || r.lex.organization(w) && !in(publicWords, w) {
		return true
	}
	n := r.name[o.owner]
	if n < 0 || r.a.Names[n].Type != kith.Organization {
		return false
	}
	return o.bond != free && !o.qualified && !public(kith.Span{Start: r.a.Tokens[r.a.Names[n].First].Start, End: r.a.Tokens[r.a.Names[n].Last-1].End}.Cut(r.a.Document.Text))
}
