package text

import (
	"strings"

	"kith"
)

// emit writes mentions and entities into the analysis.
func (r *resolver) emit() {
	r.a.Mentions, r.a.Entities = r.a.Mentions[:0], r.a.Entities[:0]
	entityOf := make([]int, len(r.clusters))
	names := r.displayNames()
	ranks := map[string]int{}
	for c := range r.clusters {
		entityOf[c] = -1
		k := &r.clusters[c]
		if k.kinds == "" || names[c].name == "" {
			continue
		}
		e := kith.Entity{Name: names[c].name, Type: k.kinds, Aliases: names[c].aliases, Unnamed: !k.named && !names[c].proper}
		key := e.Name + "\x00" + string(e.Type)
		e.ID = kith.NewEntityID(r.a.Document.ID, e.Name, e.Type, ranks[key])
		ranks[key]++
		entityOf[c] = len(r.a.Entities)
		r.a.Entities = append(r.a.Entities, e)
	}
	for m := range r.refs {
		r.emitMention(m, entityOf)
	}
}

func (r *resolver) emitMention(m int, entityOf []int) {
	ref := &r.refs[m]
	entity := entityOf[ref.cluster]
	if entity < 0 && (ref.kind != refPronoun || ref.class&NounPerson == 0) {
		return
	}
	first, last := r.shownSpan(ref)
	span := kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[last-1].End}
	out := kith.Mention{Span: span, Entity: entity, First: first, Last: last, Head: ref.head, Text: span.Cut(r.a.Document.Text)}
	switch ref.kind {
	case refName:
		out.Kind = kith.NameMention
	case refPronoun:
		out.Kind = kith.PronounMention
	default:
		out.Kind = kith.NominalMention
	}
	if entity >= 0 {
		out.Type, out.ID = r.a.Entities[entity].Type, r.a.Entities[entity].ID
	} else {
		out.Type = ref.kinds
	}
	r.a.Mentions = append(r.a.Mentions, out)
}

// shownSpan is the mention without clauses that hang on it: a name with the
// honorific before it, a description up to its relative clause.
func (r *resolver) shownSpan(ref *ref) (int, int) {
	if ref.kind == refName {
		n := r.a.Names[ref.name]
		first := n.First
		for first > ref.first && r.finder.isTitle(first-1) {
			first--
		}
		return first, n.Last
	}
	return ref.first, r.clauseStart(ref)
}

// clauseStart is the token after the last of a description without its
// relative clause.
func (r *resolver) clauseStart(ref *ref) int {
	for i := ref.head + 1; i < ref.last; i++ {
		t := &r.a.Tokens[i]
		if t.Rel == kith.AclRelcl && t.Head == ref.head {
			at := i
			for at > ref.head+1 && int(r.finder.low[i]) < at {
				at--
			}
			for at > ref.head+1 && r.a.Tokens[at-1].Tag == kith.PUNCT {
				at--
			}
			return at
		}
	}
	return ref.last
}

// shownName is how an entity is called.
type shownName struct {
	name    string
	aliases []string
	proper  bool
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
			shown.name = form
		case r.fuller(ref, k, form, shown.name):
			shown.aliases = addForm(shown.aliases, shown.name, form)
			shown.name = form
		default:
			shown.aliases = addForm(shown.aliases, form, shown.name)
		}
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
func (r *resolver) fuller(ref *ref, k *cluster, form, than string) bool {
	if ref.kind != refName {
		return false // a description is called as it was first
	}
	a, b := len(strings.Fields(form)), len(strings.Fields(than))
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
	for first < ref.head && (r.a.Tokens[first].Tag == kith.DET || r.a.Tokens[first].Tag == kith.PUNCT) {
		first++
	}
	for last-1 > first && (r.a.Tokens[last-1].Tag == kith.PUNCT || r.a.Tokens[last-1].Tag == kith.PART) {
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

// textOf is the text of the tokens [first, last), line breaks and runs of
// spaces as single spaces.
func (r *resolver) textOf(first, last int) string {
	if first >= last {
		return ""
	}
	span := kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[last-1].End}
	return strings.Join(strings.Fields(span.Cut(r.a.Document.Text)), " ")
}
