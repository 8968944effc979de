package text

import (
	"strings"

	"kith"
)

// emit writes mentions and entities into the analysis.
func (r *resolver) emit() {
	a := r.a
	a.Mentions, a.Entities = a.Mentions[:0], a.Entities[:0]
	entityOf := make([]int, len(r.clusters))
	names := r.displayNames()
	ranks := make(map[kith.EntityRef]int, len(r.clusters))
	for c := range r.clusters {
		entityOf[c] = -1
		k := &r.clusters[c]
		if !r.shows(k) || names[c].name == "" || r.split[c] {
			continue
		}
		e := kith.Entity{Name: names[c].name, Type: k.kinds, Aliases: names[c].aliases, Unnamed: !k.named && !names[c].proper}
		key := kith.EntityRef{Name: e.Name, Type: e.Type}
		e.ID = kith.NewEntityID(a.Document.ID, e.Name, e.Type, ranks[key])
		ranks[key]++
		entityOf[c] = len(a.Entities)
		a.Entities = append(a.Entities, e)
	}
	for m := range r.refs {
		r.emitMention(m, entityOf)
	}
	r.emitParties(ranks)
}

// shows reports whether a cluster is a party or an event that claims can be
// about: named, or described as one.
func (r *resolver) shows(k *cluster) bool {
	if k.kinds == "" {
		return false
	}
	if k.named {
		return true
	}
	for m := k.first; m <= k.last; m = r.nextOf(m) {
		if ref := &r.refs[m]; ref.kind == refNominal && r.describes(ref) {
			return true
		}
	}
	return false
}

// nextOf is the next mention of the same cluster, or one past all.
func (r *resolver) nextOf(m int) int {
	if n := r.next[m]; n >= 0 {
		return int(n)
	}
	return len(r.refs)
}

// describes reports whether a description introduces a party or an event: its
// noun is known as such, and it is not a mere role ("as an adviser", "is a
// lawyer") or a notion without an article ("sought counsel").
func (r *resolver) describes(ref *ref) bool {
	if ref.class == 0 { // an unknown proper noun
		return true
	}
	if ref.kinds == kith.Place && ref.class&NounOwn == 0 {
		return false
	}
	if ref.kinds == kith.Group && ref.class&(NounOwn|NounPerson) == 0 {
		return false
	}
	if ref.kinds == kith.Organization && ref.class&(NounOwn|NounOrganization) == 0 {
		return false
	}
	if ref.number == numberOne && ref.form == formBare && ref.last-ref.first == 1 {
		return false
	}
	return !r.roleOnly(ref)
}

// roleOnly reports whether a description of one person says what somebody is
// rather than refers to somebody.
func (r *resolver) roleOnly(ref *ref) bool {
	if ref.kinds != kith.Person {
		return false
	}
	head := &r.a.Tokens[ref.head]
	if ref.form == formBare && head.Rel != kith.Nsubj && head.Rel != kith.NsubjPass {
		return true
	}
	s := r.a.Sentences[ref.sentence]
	for i := max(s.First, ref.first-6); i < min(s.Last, ref.last+1); i++ {
		t := &r.a.Tokens[i]
		if t.Head != ref.head {
			continue
		}
		if t.Rel == kith.Cop || t.Rel == kith.Case && strings.EqualFold(r.a.Word(i), "as") {
			return true
		}
	}
	return head.Rel == kith.Xcomp
}

func (r *resolver) emitMention(m int, entityOf []int) {
	ref := &r.refs[m]
	entity := entityOf[ref.cluster]
	also := r.also[m]
	if len(also) > 0 {
		entity = entityOf[also[0]]
		also = also[1:]
	}
	if entity < 0 && (ref.kind != refPronoun || ref.class&NounPerson == 0) {
		return
	}
	first, last := r.shownSpan(ref)
	span := kith.Span{Start: r.a.Tokens[first].Start, End: r.a.Tokens[last-1].End}
	out := kith.Mention{Span: span, Kind: mentionKind(ref.kind), Type: ref.kinds, Entity: entity, First: first, Last: last,
		Head: ref.head, Text: span.Cut(r.a.Document.Text)}
	for _, c := range also {
		if e := entityOf[c]; e >= 0 {
			out.Also = append(out.Also, e)
		}
	}
	if entity >= 0 {
		out.Type, out.ID = r.a.Entities[entity].Type, r.a.Entities[entity].ID
	}
	r.a.Mentions = append(r.a.Mentions, out)
}

func mentionKind(k refKind) kith.MentionKind {
	switch k {
	case refName:
		return kith.NameMention
	case refPronoun:
		return kith.PronounMention
	}
	return kith.NominalMention
}

// shownSpan is the mention without clauses that hang on it: a name with the
// titles before it, a description up to its relative clause.
func (r *resolver) shownSpan(ref *ref) (int, int) {
	if ref.kind == refName {
		n := r.a.Names[ref.name]
		first := n.First
		for first > ref.first && r.finder.isTitle(first-1) {
			first--
		}
		return first, n.Last
	}
	return r.phraseStart(ref), r.clauseStart(ref)
}

// phraseStart skips what cannot begin a description: verbs that the tree put
// below its noun.
func (r *resolver) phraseStart(ref *ref) int {
	for i := ref.head - 1; i >= ref.first; i-- {
		if t := &r.a.Tokens[i]; t.Tag == kith.VERB && t.Rel != kith.Amod && t.Rel != kith.Compound {
			return i + 1
		}
	}
	return ref.first
}

// clauseStart is the token after the last of a description without its
// relative clause or participle.
func (r *resolver) clauseStart(ref *ref) int {
	for i := ref.head + 1; i < ref.last; i++ {
		t := &r.a.Tokens[i]
		if (t.Rel == kith.AclRelcl || t.Rel == kith.Acl && t.Tag == kith.VERB || t.Rel == kith.Advcl || t.Rel == kith.Ccomp) && t.Head == ref.head {
			at := ref.head + 1
			for at < i && !r.above(i, at) {
				at++
			}
			for at > ref.head+1 && (r.a.Tokens[at-1].Tag == kith.PUNCT || r.a.Tokens[at-1].Tag == kith.SCONJ) {
				at--
			}
			return at
		}
	}
	return ref.last
}
