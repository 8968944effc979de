package text

import (
	"strings"

	"kith"
)

// shownName is how an entity is called.
type shownName struct {
	name    string
	aliases []string
	proper  bool // a proper noun, though no name of the model's
	mention int  // where the name comes from
}

// displayNames finds for each cluster its fullest name and its other forms.
func (r *resolver) displayNames() []shownName {
	names := make([]shownName, len(r.clusters))
	for m := range r.refs {
		ref := &r.refs[m]
		k := &r.clusters[ref.cluster]
		if ref.kind == refPronoun || k.named != (ref.kind == refName) {
			continue
		}
		form := r.formShown(ref)
		shown := &names[ref.cluster]
		switch {
		case form == "":
		case shown.name == "":
			shown.name, shown.mention = form, m
			shown.proper = ref.class == 0 && r.a.Tokens[ref.head].Tag == kith.PROPN
		case r.fuller(ref, form, shown.name):
			shown.aliases = addForm(shown.aliases, shown.name, form)
			shown.name, shown.mention = form, m
		default:
			shown.aliases = addForm(shown.aliases, form, shown.name)
		}
	}
	r.kinNames(names)
	for c := range names {
		r.owned(names, c)
	}
	return names
}

const maxAliases = 12

func addForm(forms []string, form, name string) []string {
	if form == name || len(forms) >= maxAliases {
		return forms
	}
	for _, have := range forms {
		if have == form {
			return forms
		}
	}
	return append(forms, form)
}

// fuller reports whether a form of a name says more than another.
func (r *resolver) fuller(ref *ref, form, than string) bool {
	if ref.kind != refName {
		return false // a description is called as it was first
	}
	a, b := strings.Count(form, " ")+1, strings.Count(than, " ")+1
	if a == 1 && b == 1 {
		return acronymWord(than) && !acronymWord(form)
	}
	return a > b && a <= 8
}

// formShown is a mention as a name to show: no article, no possessive mark.
func (r *resolver) formShown(ref *ref) string {
	first, last := r.shownSpan(ref)
	if ref.kind == refName {
		n := r.a.Names[ref.name]
		first, last = n.First, n.Last
	} else {
		last = r.nounEnd(ref, last)
	}
	for first < ref.head && (articleWord(r.a.Word(first)) || r.a.Tokens[first].Tag == kith.PUNCT) {
		first++
	}
	for last-1 > first && (r.a.Tokens[last-1].Tag == kith.PUNCT || possessiveMark(r.a.Word(last-1))) {
		last--
	}
	return r.textOf(first, last)
}

// nounEnd is the token after the last of a description's core: its head and,
// where one follows at once, its "of" phrase.
func (r *resolver) nounEnd(ref *ref, last int) int {
	end := ref.head + 1
	if end >= last || !strings.EqualFold(r.a.Word(end), "of") {
		return end
	}
	for i := end + 1; i < last && r.a.Tokens[i].Tag != kith.PUNCT && r.a.Tokens[i].Tag != kith.VERB && r.a.Tokens[i].Tag != kith.PRON; i++ {
		end = i + 1
	}
	return end
}

func possessiveMark(w string) bool { return w == "'s" || w == "’s" || w == "'" || w == "’" }

// articleWord knows the determiners that no name keeps.
func articleWord(w string) bool {
	switch strings.ToLower(w) {
	case "the", "a", "an", "this", "that", "these", "those", "some", "any", "another", "each", "every", "both", "all":
		return true
	}
	return false
}

// textOf is the text of the tokens [first, last), line breaks and runs of
// spaces as single spaces.
func (r *resolver) textOf(first, last int) string {
	if first >= last {
		return ""
	}
	span := kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[last-1].End}
	text := span.Cut(r.a.Document.Text)
	if evenlySpaced(text) {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// evenlySpaced reports whether single spaces alone part the words of a text
// of English letters and marks.
func evenlySpaced(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == ' ' && (i == 0 || i+1 == len(text) || text[i-1] == ' ') {
			return false
		}
	}
	return true
}

// owned names a description after its owner: "her campaign" becomes
// "Reyes's campaign" where she is called Ana Reyes.
func (r *resolver) owned(names []shownName, c int) {
	k, shown := &r.clusters[c], &names[c]
	if k.named || shown.name == "" {
		return
	}
	ref := &r.refs[shown.mention]
	if ref.form != formPossessive || ref.owner < 0 {
		return
	}
	owner := &r.refs[ref.owner]
	o := owner.cluster
	if o == c || owner.last >= ref.head+1 || owner.kind == refName {
		return
	}
	first, last := owner.last, r.nounEnd(ref, r.clauseStart(ref))
	for first < ref.head && (possessiveMark(r.a.Word(first)) || strings.EqualFold(r.a.Word(first), "own")) {
		first++
	}
	rest := r.textOf(first, last)
	if !r.clusters[o].named || rest == "" {
		return
	}
	full := r.textOf(ref.first, last)
	name := r.ownerName(names, o)
	if name == "" {
		return
	}
	if r.clusters[o].kinds == kith.Person {
		name += "'s"
	}
	shown.aliases = addForm(addForm(shown.aliases, full, ""), rest, "")
	shown.name = name + " " + rest
}

// ownerName is the last name of a person, or the name of another owner.
func (r *resolver) ownerName(names []shownName, c int) string {
	if r.clusters[c].kinds != kith.Person {
		return names[c].name
	}
	if who := r.clusters[c].person; who >= 0 && r.namesake(who) {
		return names[c].name
	}
	return r.familyName(names, c)
}

// namesake reports whether the document names another person of the same last
// name.
func (r *resolver) namesake(who int32) bool {
	i := r.byFamily.first(r.persons[who].short)
	return i >= 0 && r.byFamily.next(i) >= 0
}

// familyName is the last name of a person who is known by a full name; where
// there is none, the name as it is.
func (r *resolver) familyName(names []shownName, c int) string {
	m := names[c].mention
	if names[c].name == "" || r.parsedAt[m] < 0 {
		return names[c].name
	}
	p := &r.parsed[r.parsedAt[m]]
	return r.textOf(p.family, p.familyEnd)
}

// kinNames completes the names of brothers, sisters and unmarried children
// who are called by their first name beside somebody of a full name: "Reyes's
// sister Lena" is Lena Reyes. Spouses, in-laws and cousins keep the name that
// the text gives, and so do children of whom the sentence says that they are
// married.
func (r *resolver) kinNames(names []shownName) {
	for m := range r.refs {
		ref := &r.refs[m]
		if ref.kind != refName || ref.kinds != kith.Person {
			continue
		}
		n := r.a.Names[ref.name]
		shown := &names[ref.cluster]
		if n.Last-n.First != 1 || strings.Contains(shown.name, " ") || n.First == 0 {
			continue
		}
		owner := r.kinOwner(n)
		if owner < 0 || owner == ref.cluster || r.clusters[owner].kinds != kith.Person {
			continue
		}
		family := r.familyName(names, owner)
		if family == "" || family == names[owner].name || family == shown.name || r.taken(ref.cluster) {
			continue
		}
		shown.aliases = addForm(shown.aliases, shown.name, "")
		shown.name += " " + family
	}
}

// taken reports whether the text itself gives a person a last name.
func (r *resolver) taken(c int) bool {
	who := r.clusters[c].person
	return who >= 0 && len(r.persons[who].givens) > 0
}

// kinOwner finds the cluster of the person whose brother, sister or child a
// name right after the noun of kin is: "her sister Lena", "Reyes's daughter,
// Ida"; -1 for none.
func (r *resolver) kinOwner(n kith.Name) int {
	at := n.First - 1
	if at > 0 && r.a.Word(at) == "," {
		at--
	}
	lower := strings.ToLower(r.a.Word(at))
	if !bloodKin(lower) || childWord(lower) && r.married(at) {
		return -1
	}
	for i := at - 1; i >= max(0, at-6); i-- {
		if o := r.finder.refAt[i]; o >= 0 && r.refs[o].role == rolePossessor {
			if w := strings.ToLower(r.a.Word(i)); w == "my" || w == "our" {
				return -1 // whose words these are is not settled yet
			}
			return r.refs[o].cluster
		}
	}
	return -1
}

func bloodKin(w string) bool {
	switch w {
	case "brother", "sister", "sibling", "twin":
		return true
	}
	return childWord(w)
}

func childWord(w string) bool { return w == "son" || w == "daughter" || w == "child" }

// married reports whether the sentence speaks of a marriage.
func (r *resolver) married(token int) bool {
	s := r.a.SentenceOf(token)
	if s < 0 {
		return false
	}
	for i := r.a.Sentences[s].First; i < r.a.Sentences[s].Last; i++ {
		switch strings.ToLower(r.a.Word(i)) {
		case "married", "husband", "wife", "wed", "wedding", "marriage", "née", "nee":
			return true
		}
	}
	return false
}
