package text

import (
	"kith"
)

// refKind is what sort of words a mention is.
type refKind uint8

const (
	refName refKind = iota
	refNominal
	refPronoun
)

// refForm is how a noun phrase is determined.
type refForm uint8

const (
	formBare refForm = iota
	formDefinite
	formIndefinite
	formDemonstrative
	formPossessive
	formQuantified // "both", "two", "several", "many"
)

// refSex and refNumber are grammatical features; unknown agrees with all.
type refSex uint8

const (
	sexUnknown refSex = iota
	sexMale
	sexFemale
	sexNone
)

type refNumber uint8

const (
	numberUnknown refNumber = iota
	numberOne
	numberMany
)

// refRole is the place of a mention in its clause.
type refRole uint8

const (
	roleOther refRole = iota
	roleSubject
	roleObject
	roleOblique
	rolePossessor
	roleModifier
	roleAppos
	rolePredicate
	roleConj
)

// ref is a mention as coreference works on it: people, things and notions
// alike, all by token index.
type ref struct {
	first, last int // tokens [first, last), without the possessive mark
	head        int
	sentence    int
	kind        refKind
	form        refForm
	role        refRole
	sex         refSex
	number      refNumber
	person      uint8 // grammatical person, for pronouns
	class       NounClass
	kinds       kith.EntityType
	name        int    // index into Analysis.Names, -1 for none
	lemma       uint32 // hash of the head's lemma
	word        uint32 // hash of the head in lower case
	owner       int    // mention of the possessor, -1 for none
	inside      int    // mention that this one lies directly inside of, -1 for none
	quote       int    // quotation that holds it, -1 for none
	governor    int    // token that governs the head
	reflexive   bool
	cluster     int
}

// mentionFinder finds the mentions of a document.
type mentionFinder struct {
	a       *kith.Analysis
	lex     *lexicon
	nameAt  []int32 // for each token the name that holds it, or -1
	low     []int32 // first and last token of what each token governs
	high    []int32
	refs    []ref
	refAt   []int32 // for each token the mention that it heads, or -1
	quoteAt int
}

// begin makes ready for a document, in the memory of the one before.
func (f *mentionFinder) begin(a *kith.Analysis, lex *lexicon) {
	n := len(a.Tokens)
	*f = mentionFinder{a: a, lex: lex, nameAt: nones(f.nameAt, n), refAt: nones(f.refAt, n), refs: f.refs[:0],
		low: resized(f.low, n), high: resized(f.high, n)}
	for i := range n {
		f.low[i], f.high[i] = int32(i), int32(i)
	}
	for i, name := range a.Names {
		for t := name.First; t < name.Last && t < n; t++ {
			f.nameAt[t] = int32(i)
		}
	}
}

// find fills refs in the order of their first tokens; of two that begin
// together the longer comes first.
func (f *mentionFinder) find() []ref {
	for s := range f.a.Sentences {
		f.sentence(s)
	}
	return f.refs
}

func (f *mentionFinder) sentence(s int) {
	sentence := f.a.Sentences[s]
	f.extents(sentence)
	from := len(f.refs)
	for i := sentence.First; i < sentence.Last; i++ {
		if r, ok := f.mention(i, s); ok {
			f.refs = append(f.refs, r)
		}
	}
	f.loneNames(s, from)
	sortRefs(f.refs[from:])
	for m := from; m < len(f.refs); m++ {
		f.refAt[f.refs[m].head] = int32(m)
	}
	for m := from; m < len(f.refs); m++ {
		f.relate(m, from)
	}
}

// sortRefs orders mentions by first token, longer before shorter; the runs are
// those of one sentence.
func sortRefs(refs []ref) {
	for i := 1; i < len(refs); i++ {
		for j := i; j > 0 && refBefore(&refs[j], &refs[j-1]); j-- {
			refs[j], refs[j-1] = refs[j-1], refs[j]
		}
	}
}

func refBefore(a, b *ref) bool {
	if a.first != b.first {
		return a.first < b.first
	}
	return a.last > b.last
}

// extents computes the noun phrase that each token heads: its subtree without
// what stands around a phrase rather than in it.
func (f *mentionFinder) extents(s kith.Sentence) {
	// A token's extent grows its governor's, unless the relation is outside.
	// Several passes over one sentence suffice: trees are shallow, and a
	// crossing or broken tree merely gives a shorter phrase.
	for range 12 {
		changed := false
		for i := s.First; i < s.Last; i++ {
			h := f.a.Tokens[i].Head
			if h < s.First || h >= s.Last || h == i || outsidePhrase(f.a, i) {
				continue
			}
			if f.low[i] < f.low[h] {
				f.low[h], changed = f.low[i], true
			}
			if f.high[i] > f.high[h] {
				f.high[h], changed = f.high[i], true
			}
		}
		if !changed {
			return
		}
	}
}

// outsidePhrase reports whether a token and what it governs stand outside of
// the noun phrase of its governor.
func outsidePhrase(a *kith.Analysis, i int) bool {
	switch a.Tokens[i].Rel {
	case kith.Case, kith.CC, kith.Mark, kith.Punct, kith.Conj, kith.Parataxis, kith.Appos, kith.Cop, kith.Nsubj,
		kith.NsubjOuter, kith.Discourse, kith.CCPreconj, kith.Vocative, kith.Advcl, kith.Aux, kith.AuxPass,
		kith.Dislocated, kith.List, kith.Orphan, kith.AdvclRelcl, kith.Expl, kith.Reparandum, kith.Dep, kith.Root, kith.NoRel:
		return true
	case kith.Advmod:
		return !nominalTag(a.Tokens[a.Tokens[i].Head].Tag) || i < a.Tokens[i].Head && false
	}
	return false
}

func nominalTag(t kith.Tag) bool {
	return t == kith.NOUN || t == kith.PROPN || t == kith.PRON
}

// mention makes the mention that token i heads, if it heads one.
func (f *mentionFinder) mention(i, s int) (ref, bool) {
	t := &f.a.Tokens[i]
	if name := f.nameAt[i]; name >= 0 && f.nameHead(int(name)) != i {
		return ref{}, false
	}
	switch {
	case t.Tag == kith.PRON:
		return f.pronoun(i, s)
	case t.Tag == kith.NOUN || t.Tag == kith.PROPN || f.nameAt[i] >= 0:
	case (t.Tag == kith.DET || t.Tag == kith.NUM || t.Tag == kith.ADJ) && argumentRel(t.Rel):
	default:
		return ref{}, false
	}
	if f.nameAt[i] < 0 && insideRel(t.Rel) {
		return ref{}, false
	}
	r := ref{head: i, sentence: s, name: int(f.nameAt[i]), owner: -1, inside: -1, quote: -1, cluster: -1}
	r.first, r.last = int(f.low[i]), int(f.high[i])+1
	f.coverName(&r)
	f.trim(&r)
	f.describe(&r)
	return r, true
}

// argumentRel reports whether a relation makes even a determiner or number
// ("both", "the two", "the poor") the head of a mention.
func argumentRel(r kith.Rel) bool {
	switch r {
	case kith.Nsubj, kith.Obj, kith.Iobj, kith.NsubjPass, kith.Obl, kith.OblAgent, kith.Nmod:
		return true
	}
	return false
}

// insideRel reports whether a relation makes a noun a part of another's name
// or compound.
func insideRel(r kith.Rel) bool {
	switch r {
	case kith.Compound, kith.Flat, kith.Fixed, kith.Goeswith, kith.NmodDesc, kith.Amod:
		return true
	}
	return false
}

// nameHead is the token of a name whose governor lies outside of the name.
func (f *mentionFinder) nameHead(name int) int {
	n := f.a.Names[name]
	for t := n.First; t < n.Last; t++ {
		h := f.a.Tokens[t].Head
		if f.a.Tokens[t].Tag != kith.PUNCT && (h < n.First || h >= n.Last) {
			return t
		}
	}
	return n.Last - 1
}

// coverName makes a mention headed by a name cover all of the name.
func (f *mentionFinder) coverName(r *ref) {
	if r.name < 0 {
		return
	}
	n := f.a.Names[r.name]
	start := n.First
	for start > r.first && f.before(start-1) {
		start--
	}
	r.first, r.last = start, max(r.last, n.Last)
	if n.Last < r.last && f.a.Tokens[n.Last].Tag == kith.CCONJ {
		r.last = n.Last // a joint that the tree misread
	}
	if insideRel(f.a.Tokens[r.head].Rel) && f.a.Tokens[r.head].Head > r.head {
		r.first, r.last = n.First, n.Last
	}
}

// before reports whether a token can stand before a name within its phrase:
// articles, adjectives and titles, but no marks, joints or other names.
func (f *mentionFinder) before(i int) bool {
	if f.nameAt[i] >= 0 {
		return false
	}
	switch f.a.Tokens[i].Tag {
	case kith.DET, kith.ADJ, kith.NOUN, kith.PROPN, kith.NUM:
		return true
	}
	return f.a.Word(i) == "-"
}

// trim takes marks and joints off both ends.
func (f *mentionFinder) trim(r *ref) {
	for r.last > r.first+1 && f.edge(r.last-1) && r.last-1 > r.head {
		r.last--
	}
	for r.first < r.head && f.edge(r.first) {
		r.first++
	}
}

func (f *mentionFinder) edge(i int) bool {
	switch f.a.Tokens[i].Tag {
	case kith.PUNCT:
		w := f.a.Word(i)
		return w != ")" && w != "”" && w != "\"" || i == 0
	case kith.CCONJ, kith.ADP:
		return true
	}
	return false
}

// loneNames adds names that no mention covers, where tags and tree do not
// show them.
func (f *mentionFinder) loneNames(s, from int) {
	sentence := f.a.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		name := int(f.nameAt[i])
		if name < 0 {
			continue
		}
		if f.a.Names[name].First == i && !f.hasName(from, name) {
			n := f.a.Names[name]
			r := ref{first: n.First, last: n.Last, head: f.nameHead(name), sentence: s, name: name, owner: -1, inside: -1, quote: -1, cluster: -1}
			f.describe(&r)
			f.refs = append(f.refs, r)
		}
	}
}

func (f *mentionFinder) hasName(from, name int) bool {
	for i := from; i < len(f.refs); i++ {
		if f.refs[i].name == name {
			return true
		}
	}
	return false
}

// relate finds the possessor, the surrounding mention and the quotation of a
// mention.
func (f *mentionFinder) relate(m, from int) {
	r := &f.refs[m]
	for k := m - 1; k >= from; k-- {
		if f.refs[k].first <= r.first && f.refs[k].last >= r.last {
			r.inside = k
			break
		}
	}
	t := &f.a.Tokens[r.head]
	r.governor = t.Head
	if r.role == rolePossessor && t.Head >= 0 {
		if owned := f.refAt[t.Head]; owned >= 0 {
			f.refs[owned].owner = m
		}
	}
	for f.quoteAt < len(f.a.Quotes) && f.a.Quotes[f.quoteAt].End <= f.a.Tokens[r.first].Start {
		f.quoteAt++
	}
	if f.quoteAt < len(f.a.Quotes) && f.a.Quotes[f.quoteAt].Start <= f.a.Tokens[r.head].Start && !f.a.Quotes[f.quoteAt].Scare {
		r.quote = f.quoteAt
	}
}
