package extract

import (
	"slices"
	"strings"

	"kith"
)

// party is what stands at an end of a claim: an entity and the words that
// refer to it.
type party struct {
	ref     kith.EntityRef
	entity  int // index into Analysis.Entities, -1 for a described one
	tok     int // head token of the words
	kind    kith.MentionKind
	unnamed bool
	bare    bool // a described party without any modifier
	owner   int  // entity that a description's possessor means, -1
	hops    int  // coordination and apposition steps from the argument's head
}

// locate notes, for each token, the mention that it heads and the name that
// it stands in.
func (r *reader) locate() {
	a := r.a
	r.mention, r.name, r.more = resize(r.mention, len(a.Tokens)), resize(r.name, len(a.Tokens)), resize(r.more, len(a.Mentions))
	fake := r.lex.fake(a)
	for i, n := range a.Names {
		if fake != nil && n.Type == kith.Person && r.lex.titleOnly(kith.Span{Start: a.Tokens[n.First].Start, End: a.Tokens[n.Last-1].End}.Cut(a.Document.Text)) {
			continue
		}
		for t := n.First; t < n.Last && t < len(a.Tokens); t++ {
			r.name[t] = int32(i)
		}
	}
	for i := len(a.Mentions) - 1; i >= 0; i-- {
		m := a.Mentions[i]
		if m.Head < 0 || m.Head >= len(a.Tokens) || m.Entity < 0 || fake != nil && fake[m.Entity] {
			continue
		}
		old := r.mention[m.Head]
		switch {
		case old < 0, better(m, a.Mentions[old]):
			r.mention[m.Head] = int32(i)
			r.more[i] = -1
		case same(m, a.Mentions[old]):
			r.more[i] = old
			r.mention[m.Head] = int32(i)
		}
		if old >= 0 && better(m, a.Mentions[old]) {
			continue
		}
	}
	for _, m := range a.Mentions {
		if m.Kind == kith.PronounMention && m.Head >= 0 && m.Head < len(a.Tokens) && r.misplaced(m.Head) {
			r.mention[m.Head] = -1
		}
	}
	for i, m := range a.Mentions {
		if m.Kind != kith.NameMention || m.Entity < 0 || fake != nil && fake[m.Entity] {
			continue
		}
		for t := m.First; t < m.Last && t < len(a.Tokens); t++ {
			if r.mention[t] < 0 && !r.inner(t, m) {
				r.mention[t] = int32(i)
			}
		}
	}
}

// inner reports whether token t of a name mention is syntactically dominated
// by another of its tokens, so that it never stands for the whole.
func (r *reader) inner(t int, m kith.Mention) bool {
	h := r.head(t)
	return h >= m.First && h < m.Last
}

// better prefers names over descriptions over pronouns.
func better(a, b kith.Mention) bool { return rank(a.Kind) > rank(b.Kind) }

func same(a, b kith.Mention) bool {
	return a.First == b.First && a.Last == b.Last && a.Entity != b.Entity && a.Kind == b.Kind
}

func rank(k kith.MentionKind) int {
	switch k {
	case kith.NameMention:
		return 2
	case kith.NominalMention:
		return 1
	}
	return 0
}

// isName reports whether token i stands in a proper name.
func (r *reader) isName(i int) bool {
	if i < 0 {
		return false
	}
	return r.name[i] >= 0 || r.mention[i] >= 0 && r.a.Mentions[r.mention[i]].Kind == kith.NameMention
}

// personal reports whether token i refers to people.
func (r *reader) personal(i int) bool {
	if m := r.mention[i]; m >= 0 {
		t := r.a.Mentions[m].Type
		return t == kith.Person || t == kith.Group
	}
	return r.lex.person(r.lemma(i))
}

// parties lists the entities that the phrase headed by token i refers to,
// coordination included; nil where it refers to none.
func (r *reader) parties(i int) []party {
	out := r.party(nil, i, 0)
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if r.rel(int(c)) == kith.Conj && r.nounish(int(c)) && r.child(int(c), kith.Nsubj, kith.Cop, kith.Mark) < 0 && !r.thatClause(int(c)) && !r.excluded(int(c)) {
			out = r.party(out, int(c), 1)
		}
	}
	return out
}

// excluded reports whether a conjunct is set against the one before it: "Lee,
// not Cruz", "Lee rather than Cruz".
func (r *reader) excluded(i int) bool {
	if r.rel(i) != kith.Conj && r.rel(i) != kith.Appos {
		return false
	}
	for c := r.first[i]; c >= 0 && int(c) < i; c = r.next[c] {
		switch r.low(int(c)) {
		case "not", "never":
			return true
		case "rather", "instead":
			return r.rel(int(c)) == kith.CC
		}
	}
	return false
}

// thatClause reports whether what looks coordinated begins another clause:
// "to Lee and that developer Bo Cruz gave …".
func (r *reader) thatClause(i int) bool {
	lo, _ := r.edges(i, func(k int) bool { return k < i && r.rel(k) != kith.CC && r.rel(k) != kith.Punct })
	return strings.EqualFold(r.a.Word(lo), "that")
}

// party adds the entities that token i itself refers to.
func (r *reader) party(out []party, i, hops int) []party {
	if r.relative(i) {
		if v := r.clauseOf(i); v >= 0 && r.head(v) >= 0 && r.head(v) != i && hops < 3 {
			return r.antecedent(out, r.head(v), hops)
		}
		return out
	}
	if m := r.mention[i]; m >= 0 && len(r.a.Mentions[m].Also) > 0 {
		return r.several(out, int(m), i, hops)
	}
	if m := r.firstPerson(i); m >= 0 {
		return append(out, r.known(m, i, hops))
	}
	if r.tag(i) == kith.PRON {
		if r.namedWithin(i) {
			return r.topicBefore(out, i, hops)
		}
		if s := r.undecided(i); s >= 0 {
			return r.party(out, s, hops+1)
		}
		if s := r.cataphor(i); s >= 0 {
			return r.party(out, s, hops+1)
		}
	}
	if owner := r.nearOwner(i); owner >= 0 {
		return r.party(out, owner, hops)
	}
	if p, ok := r.entitled(i, hops); ok {
		return append(out, p)
	}
	if ps := r.pair(i, hops); ps != nil {
		return append(out, ps...)
	}
	if r.mine(i) {
		return out
	}
	if m := r.mention[i]; m >= 0 && !r.generic(i) {
		nominal := r.a.Mentions[m].Kind == kith.NominalMention
		if nominal {
			if p, ok := r.apposed(i, hops); ok {
				return append(out, p)
			}
		}
		if nominal && r.a.Entities[r.a.Mentions[m].Entity].Unnamed {
			if up := r.renamed(i); up >= 0 && hops < 4 {
				return r.party(out, up, hops+1)
			}
		}
		for ; m >= 0; m = r.more[m] {
			out = append(out, r.known(int(m), i, hops))
		}
		return out
	}
	if p, ok := r.apposed(i, hops); ok {
		return append(out, p)
	}
	if up := r.renamed(i); up >= 0 && hops < 4 {
		return r.party(out, up, hops+1)
	}
	if p, ok := r.described(i); ok {
		p.hops = hops
		return append(out, p)
	}
	return out
}

// nearOwner finds whose a coordinated possession is: in "Clinton and her
// husband" the pronoun means the name before it.
func (r *reader) nearOwner(i int) int {
	if r.xtag(i) != xPRPS {
		return -1
	}
	n := r.head(i)
	if n < 0 || r.rel(n) != kith.Conj {
		return -1
	}
	h := r.head(n)
	if h >= 0 && h < n && n-h < 8 && r.isName(h) && r.personal(h) && r.tag(h) == kith.PROPN {
		return h
	}
	return -1
}

// entitled finds the name that a clause gives to a noun: "a company named
// Rask Media", "a group called the Watch".
func (r *reader) entitled(i, hops int) (party, bool) {
	if r.tag(i) != kith.NOUN {
		return party{}, false
	}
	v := -1
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if r.rel(int(c)) == kith.Acl && in(entitling, r.lemma(int(c))) {
			v = int(c)
		}
	}
	if v < 0 {
		return party{}, false
	}
	name := r.child(v, kith.Xcomp, kith.Obj, kith.Obl, kith.OblUnmarked)
	if name < 0 || name-v > 4 {
		return party{}, false
	}
	if m := r.mention[name]; m >= 0 && r.isName(name) {
		return r.known(int(m), name, hops), true
	}
	kind := r.lex.kind(r.lemma(i), false)
	if kind == "" || r.tag(name) != kith.PROPN && r.tag(name) != kith.NOUN {
		return party{}, false
	}
	ref := kith.EntityRef{Name: r.phrase(name), Type: kind}
	ref.ID = kith.NewEntityID(r.a.Document.ID, ref.Name, kind, 0)
	return party{ref: ref, entity: -1, owner: -1, tok: name, kind: kith.NameMention, hops: hops}, ref.Name != ""
}

// antecedent resolves a relative pronoun: what its clause hangs on, and that
// alone.
func (r *reader) antecedent(out []party, i, hops int) []party {
	return r.party(out, i, hops+1)
}

// several makes parties of a plural mention whose members are known: "both
// women".
func (r *reader) several(out []party, m, tok, hops int) []party {
	mention := r.a.Mentions[m]
	for _, e := range append([]int{mention.Entity}, mention.Also...) {
		if e < 0 || e >= len(r.a.Entities) {
			continue
		}
		entity := r.a.Entities[e]
		out = append(out, party{ref: entity.Ref(), entity: e, owner: -1, tok: tok, kind: mention.Kind, unnamed: entity.Unnamed, hops: hops})
	}
	return out
}

// known makes a party of a mention.
func (r *reader) known(m, tok, hops int) party {
	mention := r.a.Mentions[m]
	e := r.a.Entities[mention.Entity]
	owner := -1
	if a := r.alias[mention.Entity]; a >= 0 && e.Unnamed {
		mention = r.a.Mentions[a]
		e = r.a.Entities[mention.Entity]
	}
	if e.Unnamed {
		e.Name = strings.TrimPrefix(e.Name, "of ")
		e.Name, owner = r.owned(e.Name, mention)
	}
	return party{owner: owner, ref: e.Ref(), entity: mention.Entity, tok: tok, kind: mention.Kind, unnamed: e.Unnamed, hops: hops}
}

// fits reports whether a name can be what a noun says: a wife is no
// organisation.
func (r *reader) fits(noun, m int) bool {
	switch t := r.a.Mentions[m].Type; r.lex.kind(r.lemma(noun), false) {
	case kith.Person:
		return t == kith.Person
	case kith.Organization:
		return t != kith.Person
	}
	return true
}

// owned spells out whose a described party is: "his campaign" is "Bo Cruz's
// campaign".
func (r *reader) owned(name string, m kith.Mention) (string, int) {
	c := r.child(m.Head, kith.NmodPoss)
	if c < 0 || r.xtag(c) == xPRPS && r.mention[c] < 0 && r.nearOwner(c) < 0 {
		return name, -1
	}
	ps := r.party(nil, c, 2)
	if len(ps) != 1 || ps[0].unnamed {
		return name, -1
	}
	first, rest, ok := strings.Cut(name, " ")
	if !ok || r.xtag(c) != xPRPS && r.xtag(c) != xWPS || !strings.EqualFold(first, r.a.Word(c)) {
		return name, ps[0].entity
	}
	if m.Type == kith.EventType {
		return rest, ps[0].entity
	}
	if r.lemma(m.Head) == "campaign" { // "her campaigns for governor"
		for g := r.first[m.Head]; g >= 0; g = r.next[g] {
			if r.rel(int(g)) == kith.Nmod && slices.Contains(r.caseOf(int(g)), "for") && !r.isName(int(g)) {
				rest += " for " + r.phrase(int(g))
				break
			}
		}
	}
	return ps[0].ref.Name + "'s " + rest, ps[0].entity
}

// apposed finds the name beside a description: "her sister, Maya Lee", "union
// leader Bo Cruz".
func (r *reader) apposed(i, hops int) (party, bool) {
	for c := r.first[i]; c >= 0; c = r.next[c] {
		switch r.rel(int(c)) {
		case kith.Appos, kith.Flat, kith.NmodUnmarked:
			if m := r.mention[c]; m >= 0 && r.isName(int(c)) && r.fits(i, int(m)) && !r.excluded(int(c)) {
				return r.known(int(m), int(c), hops+1), true
			}
			if r.rel(int(c)) == kith.Appos && int(c) > i && hops < 3 {
				if p, ok := r.apposed(int(c), hops+1); ok {
					return p, true
				}
			}
		}
	}
	if n := r.titled(i); n >= 0 && r.tag(i) == kith.NOUN && r.lex.kind(r.lemma(i), false) != "" {
		if m := r.mention[n]; m >= 0 && r.fits(i, int(m)) {
			return r.known(int(m), n, hops+1), true
		}
		if m := r.mention[n]; m >= 0 && r.lex.organization(r.lemma(i)) { // "the lobbying firm Baird Locke"
			p := r.known(int(m), n, hops+1)
			p.ref.Type = kith.Organization
			return p, !p.unnamed
		}
	}
	return party{}, false
}

// renamed finds what a noun in predicate or apposition is said of: "Rask
// Media, a company founded by …", "Rask is a company founded by …".
func (r *reader) renamed(i int) int {
	if r.tag(i) != kith.NOUN {
		return -1
	}
	if h := r.head(i); r.rel(i) == kith.Appos && h >= 0 && r.isName(h) {
		return h
	}
	if r.child(i, kith.Cop) >= 0 {
		return r.child(i, kith.Nsubj)
	}
	return -1
}

// generic reports whether a phrase is a number or share of something rather
// than a party.
func (r *reader) generic(i int) bool {
	return r.tag(i) == kith.NUM || in(quantityNouns, r.lemma(i))
}

// described makes a party of a noun phrase that no mention covers: "key
// party figures", "a private dinner", "his campaign".
func (r *reader) described(i int) (party, bool) {
	if r.tag(i) != kith.NOUN || r.generic(i) || r.childLemma(i, "no") >= 0 {
		return party{}, false
	}
	kind := r.lex.kind(r.lemma(i), r.xtag(i) == xNNS || r.xtag(i) == xNNPS)
	if kind == "" {
		return party{}, false
	}
	name, bare := r.describe(i)
	if name == "" {
		return party{}, false
	}
	p := party{ref: kith.EntityRef{Name: name, Type: kind}, entity: -1, owner: -1, tok: i, kind: kith.NominalMention, unnamed: true, bare: bare}
	p.ref.ID = kith.NewEntityID(r.a.Document.ID, name, kind, 0)
	return p, true
}

// describe names a party by its own words, without article: a possessor that
// is known is spelled out ("his campaign" is "Bo Cruz's campaign").
func (r *reader) describe(i int) (name string, bare bool) {
	lo, hi := i, i
	owner := ""
	bare = true
	for c := r.first[i]; c >= 0; c = r.next[c] {
		c := int(c)
		switch r.rel(c) {
		case kith.Amod, kith.Compound, kith.NmodDesc, kith.NmodUnmarked, kith.Flat:
			if c < i && r.rel(c) != kith.Flat || c > i && r.rel(c) == kith.Flat {
				l, h := r.edges(c, func(k int) bool { return r.rel(k) != kith.Conj || true })
				lo, hi, bare = min(lo, l), max(hi, h), false
			}
		case kith.NmodPoss:
			if ps := r.party(nil, c, 0); len(ps) == 1 && !ps[0].unnamed {
				owner = ps[0].ref.Name + "'s "
				bare = false
			} else if r.xtag(c) != xPRPS {
				l, _ := r.edges(c, func(int) bool { return true })
				lo, bare = min(lo, l), false
			}
		case kith.Nmod:
			if c > i {
				bare = false
			}
		}
	}
	lo = r.leftwards(lo, i, &bare)
	if lo < i && r.a.Tokens[lo].Rel == kith.Det {
		lo++
	}
	span := kith.Span{Start: r.a.Tokens[lo].Start, End: r.a.Tokens[hi].End}
	text := strings.Join(strings.Fields(span.Cut(r.a.Document.Text)), " ")
	if len(text) > 120 {
		return "", bare
	}
	return owner + strings.Trim(text, ` "'“”‘’,;:()`), bare
}

// leftwards extends a noun that is part of a longer title over the words
// before it: the "caucus" of "ANC parliamentary caucus spokesman".
func (r *reader) leftwards(lo, i int, bare *bool) int {
	if r.rel(i) != kith.Compound && r.rel(i) != kith.NmodDesc {
		return lo
	}
	for lo > 0 && (r.name[lo-1] >= 0 || r.tag(lo-1) == kith.ADJ || r.tag(lo-1) == kith.PROPN) && r.a.SentenceOf(lo-1) == r.a.SentenceOf(i) {
		lo--
		*bare = false
	}
	return lo
}

// phrase is the text of the phrase that token i heads, without its
// preposition, article and relative clauses.
func (r *reader) phrase(i int) string {
	lo, hi := r.edges(i, func(c int) bool {
		switch r.rel(c) {
		case kith.Case, kith.Det, kith.AclRelcl, kith.Punct, kith.Mark, kith.CC, kith.Parataxis, kith.Appos, kith.Cop, kith.Nsubj, kith.Advcl:
			return r.head(c) != i
		case kith.Conj:
			return c-i < 8
		}
		return true
	})
	if hi-lo > 18 {
		hi = lo + 18
	}
	for lo < hi && (r.rel(lo) == kith.Det || r.rel(lo) == kith.Case || r.rel(lo) == kith.Punct) && r.xtag(lo) != xPRPS {
		lo++
	}
	span := kith.Span{Start: r.a.Tokens[lo].Start, End: r.a.Tokens[hi].End}
	return strings.Trim(strings.Join(strings.Fields(span.Cut(r.a.Document.Text)), " "), ` "“”,;:.`)
}

// otherKind is the kind that a party's own words tell where its layer has
// another: a convention is an event, a college an organisation.
func (r *reader) otherKind(p party) kith.EntityType {
	if p.unnamed && p.tok >= 0 {
		return r.lex.kind(r.lemma(p.tok), r.xtag(p.tok) == xNNS)
	}
	last := strings.ToLower(p.ref.Name[strings.LastIndexByte(p.ref.Name, ' ')+1:])
	switch {
	case p.ref.Type == kith.Person || p.ref.Type == "":
		return ""
	case p.ref.Type == kith.EventType && in(houseWords, last):
		return kith.Organization
	case r.lex.event(last) || last == "election" || last == "elections" || last == "primaries":
		return kith.EventType
	case like(p.ref.Name, organizationWords), strings.Contains(p.ref.Name, " & "):
		return kith.Organization
	}
	return ""
}

// admit checks a party against the kinds that an end allows. A country or
// city that acts is an organisation there.
func (r *reader) admit(p party, kinds []kith.EntityType, placesAct bool) (party, bool) {
	if p.unnamed && p.tok >= 0 {
		if kind := r.otherKind(p); kind != "" {
			p.ref.Type = kind
		}
	}
	if p.unnamed && p.tok >= 0 && r.lemma(p.tok) == "party" && slices.Contains(kinds, kith.EventType) {
		p.ref.Type = kith.EventType // one that is given, not joined
	}
	for _, k := range kinds {
		if p.ref.Type == k {
			return p, true
		}
	}
	if other := r.otherKind(p); other != "" && slices.Contains(kinds, other) {
		p.ref.Type = other
		return p, true
	}
	if p.ref.Type == kith.Place && placesAct && !p.unnamed {
		for _, k := range kinds {
			if k == kith.Organization {
				p.ref.Type = kith.Organization
				return p, true
			}
		}
	}
	return p, false
}
