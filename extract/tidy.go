package extract

import "kith"

// tidy mends attachments that a parser often gets wrong and that words and
// names beside them decide. It reports whether it changed anything.
func (r *reader) tidy() {
	changed := false
	for _, s := range r.a.Sentences {
		for i := s.First; i < s.Last; i++ {
			changed = r.mend(i, s) || changed
		}
	}
	if changed {
		r.link()
	}
	r.moved = r.moved[:0]
	for _, s := range r.a.Sentences {
		for i := s.First + 1; i < s.Last; i++ {
			if (r.xtag(i) == xWP || r.xtag(i) == xWDT) && r.low(i) != "what" && r.rel(i) != kith.Mark && r.relate(i, s) || r.xtag(i) == xWPS && r.whose(i) {
				r.relink()
			}
		}
	}
}

// relate hangs a relative clause on the name right before its pronoun, and
// gives the name to the verb that goes on after it: "Bo Cruz, who led the
// union, has resigned".
func (r *reader) relate(pronoun int, s kith.Sentence) bool {
	k := pronoun - 1
	for k > s.First && (r.tag(k) == kith.ADP || r.a.Word(k) == ",") {
		k--
	}
	if k < s.First || r.name[k] < 0 || r.relative(k) {
		return false
	}
	n, v := r.headOf(k), r.clauseHead(pronoun)
	if r.excluded(n) { // "it was Lee, and not Cruz, who"
		n = r.head(n)
	}
	if v < 0 || v == n || r.rel(v) == kith.AclRelcl && r.head(v) == n {
		return false
	}
	impersonal := r.a.Names[r.name[k]].Type != kith.Person && r.low(pronoun) == "who"
	if p := r.head(n); (k == pronoun-1 || impersonal) && p >= 0 && r.rel(n) == kith.Nmod && r.lex.person(r.lemma(p)) {
		n = p // "an aide to Lee who now runs", "members of the Watch, who": the name takes no such clause
		if r.under(n, v) {
			return false
		}
	}
	h, rel := r.head(v), r.rel(v)
	if r.head(n) == v || r.head(n) < 0 && r.under(v, n) || r.under(n, v) {
		r.resume(n, v, h, rel)
	}
	r.move(v, n, kith.AclRelcl)
	return true
}

// whose reads "Ann Lee, whose father led the union, ran": the father led.
func (r *reader) whose(i int) bool {
	noun := r.head(i)
	if noun >= 0 && r.rel(noun) == kith.Nsubj && i > 1 && r.a.Word(i-1) == "," && r.name[i-2] >= 0 {
		// "Lee, whose party leads, will meet Cruz" with both for subjects
		name, v := r.headOf(i-2), r.head(noun)
		if r.head(name) != v || v < noun || r.child(name, kith.Case) >= 0 {
			return false
		}
		r.resume(name, v, r.head(v), r.rel(v))
		r.move(v, name, kith.AclRelcl)
		return true
	}
	if noun < 0 || r.rel(noun) != kith.Appos {
		return false
	}
	name := r.head(noun)
	if name < 0 || !r.isName(name) || name > i {
		return false
	}
	v := r.head(name)
	if v < noun || r.tag(v) != kith.VERB {
		return false
	}
	r.resume(name, v, r.head(v), r.rel(v))
	r.move(noun, v, kith.Nsubj)
	r.move(v, name, kith.AclRelcl)
	return true
}

// clauseHead is the verb or predicate noun of a relative pronoun's clause.
func (r *reader) clauseHead(pronoun int) int {
	v := r.head(pronoun)
	for n := 0; v >= 0 && n < 4; n++ {
		if r.clausal(v) && v > pronoun && (r.rel(v) != kith.Xcomp || r.head(v) < pronoun) {
			return v
		}
		v = r.head(v)
	}
	return -1
}

// resume finds the main verb behind a relative clause that was taken for it,
// and makes the name its subject.
func (r *reader) resume(n, v, h int, rel kith.Rel) {
	if h >= 0 && h > v && r.tag(h) == kith.VERB && r.child(h, kith.Nsubj, kith.NsubjPass) < 0 {
		r.move(n, h, kith.Nsubj)
		return
	}
	main := -1
	for c := r.first[v]; c >= 0; c = r.next[c] {
		c := int(c)
		if c > v && main < 0 && r.goesOn(c, v) {
			main = c
		}
	}
	for c := r.first[v]; main < 0 && c >= 0; c = r.next[c] { // "who hired and trained Lee, has …"
		for g := r.first[c]; g >= 0; g = r.next[g] {
			if r.rel(int(c)) == kith.Conj && main < 0 && r.goesOn(int(g), v) {
				main = int(g)
			}
		}
	}
	if main < 0 {
		r.move(n, h, rel)
		return
	}
	r.move(main, h, rel)
	r.move(n, main, kith.Nsubj)
}

// goesOn reports whether a clause below v can be the main one: finite, behind
// a comma without "and", and without a subject of its own.
func (r *reader) goesOn(c, v int) bool {
	switch r.rel(c) {
	case kith.Conj, kith.Parataxis, kith.Advcl, kith.Ccomp, kith.Xcomp, kith.Dep, kith.List:
	default:
		return false
	}
	if !r.finite(c) && r.tag(c) != kith.VERB || r.child(c, kith.Nsubj, kith.NsubjPass, kith.Mark, kith.CC) >= 0 {
		return false
	}
	lo, _ := r.edges(c, func(k int) bool { return k < c && r.rel(k) != kith.Punct })
	return lo > v && r.a.Word(lo-1) == ","
}

func (r *reader) mend(i int, s kith.Sentence) bool {
	h := r.head(i)
	if h < s.First || h >= s.Last {
		return false
	}
	if r.untitle(i, s) || r.fronted(i, s) || r.resumed(i, s) || r.afterSemicolon(i, s) || r.holderOf(i) {
		return true
	}
	if r.tag(h) == kith.PUNCT {
		return r.behindMark(i, h)
	}
	if r.rel(i) == kith.Punct && r.name[i] >= 0 { // a name is no mark
		if r.tag(h) == kith.ADP && h == i-1 && r.head(h) >= 0 { // "began as a teacher, like Lee"
			up := r.head(h)
			for n := 0; n < 8 && up >= 0 && !r.clausal(up); n++ {
				up = r.head(up)
			}
			return up >= 0 && r.attach(i, up, kith.Obl) && r.attach(h, i, kith.Case)
		}
		return r.attach(i, h, kith.Dep)
	}
	switch r.rel(i) {
	case kith.Obj:
		return r.lowerGap(i, h) || r.verbTaken(i, h) || r.recipient(i, h)
	case kith.Vocative, kith.Dislocated, kith.Discourse:
		if h > i && r.isName(i) && r.clausal(h) && r.child(h, kith.Nsubj, kith.NsubjPass) < 0 && !r.inQuotes(i) {
			return r.attach(i, h, kith.Nsubj)
		}
	case kith.Mark:
		return r.unmark(i, h)
	case kith.Acl:
		return r.rootedSubject(i)
	case kith.Flat:
		if r.tag(h) == kith.ADP && h == i-1 && r.isName(i) && !r.isName(h) && h > s.First {
			// "a pupil of Lee" with the preposition for the head of the name
			up, rel := h-1, kith.Nmod
			if !r.nounish(up) {
				up, rel = r.head(h), kith.Obl
			}
			if up >= 0 && r.attach(i, up, rel) {
				return r.attach(h, i, kith.Case)
			}
		}
	case kith.Nsubj, kith.NsubjPass:
		if r.frontedPronoun(i, h, s) {
			return true
		}
		if r.copular(i, h) || r.object(i, h) {
			return true
		}
		// "Her daughter, Ann Lee, runs …" with two subjects: the name stands
		// beside the noun.
		if first := r.child(h, kith.Nsubj, kith.NsubjPass); first >= 0 && first < i && r.comma(first, i) && r.isName(i) != r.isName(first) {
			return r.attach(i, first, kith.Appos)
		}
		if first := r.child(i, kith.Flat, kith.Compound, kith.Appos); first == i+1 && r.temporal(i) && r.isName(first) && !r.isName(i) {
			// "On Tuesday Ann Lee told …" with the day for a subject.
			r.attach(first, h, r.rel(i))
			return r.attach(i, h, kith.Obl)
		}
	case kith.Nmod, kith.NmodUnmarked, kith.Obl, kith.OblUnmarked:
		if r.throughAdverb(i, h) {
			return true
		}
		// "An adviser to both, Ann Lee, told …": a name without a preposition
		// behind a comma stands beside a noun.
		if n := r.namedObject(i, h); n >= 0 {
			return r.attach(i, n, kith.Appos) // "founded the Lantern Forum, a training institute"
		}
		if n := r.beforeComma(i); n >= 0 && r.isName(i) && r.child(i, kith.Case) < 0 && r.personal(i) {
			return r.attach(i, n, kith.Appos)
		}
		if c := r.child(i, kith.Case); c >= 0 && c < i && r.tag(c) == kith.ADP && r.lemma(c) != "like" && r.head(h) >= 0 && r.rel(i) == kith.Nsubj && r.child(h, kith.NsubjPass) < 0 {
			// "a party in the United States formed by": a phrase with its
			// preposition is no subject.
			if up := r.head(h); up < i && r.nounish(up) {
				return r.attach(i, up, kith.Nmod)
			}
		}
	case kith.Conj:
		if rv := r.relativeGoesOn(i, h); rv >= 0 {
			return r.attach(i, rv, kith.Conj)
		}
		if v := r.verbBehind(i); v >= 0 && r.isName(i) && r.child(i, kith.CC) < 0 && r.comma(h, i) {
			return r.attach(i, v, kith.Nsubj) // "Like her uncle, Ann Lee founded …"
		}
		if p := r.peopleListed(i, h); p >= 0 {
			return r.attach(i, p, kith.Conj)
		}
		if p := r.kinBefore(i, h); p >= 0 {
			return r.attach(i, p, kith.Conj) // "a sister of Lee and daughter of Cruz"
		}
		// "Bo Cruz, the chief executive, said": a list needs its "and".
		if r.isName(h) && h < i && !r.isName(i) && r.child(i, kith.CC) < 0 && r.comma(h, i) && (r.tag(i) == kith.NOUN || r.tag(i) == kith.ADJ) && !r.listed(h) {
			return r.attach(i, h, kith.Appos)
		}
	case kith.Appos:
		if r.backedBy(i, h) || r.secondPredicate(i, h) {
			return true
		}
		if v := r.verbBehind(i); v >= 0 && r.isName(i) && r.personal(i) && (r.temporal(h) || r.named(placeLike, h) || r.isPlace(h) || r.child(h, kith.Case) >= 0 && !r.lex.person(r.lemma(h))) {
			return r.attach(i, v, kith.Nsubj) // "At a dinner in Oslo, Ann Lee introduced …"
		}
		return r.coordinate(i, h) || r.prepositional(i, h)
	case kith.Orphan, kith.Dep, kith.List:
		return r.prepositional(i, h)
	}
	return false
}

// rootedSubject makes a verb the root whose subject was taken for it: "Ann Lee
// and her husband, the painter Bo Cruz, endorsed Ames" with the verb hung on
// the painter.
func (r *reader) rootedSubject(v int) bool {
	if x := r.xtag(v); x != xVBD && x.String() != "VBZ" && (x != xVBN || r.child(v, kith.Obj) < 0) || v < 2 || r.child(v, kith.Nsubj, kith.NsubjPass, kith.Mark, kith.Aux) >= 0 {
		return false
	}
	top := v
	for n := 0; r.head(top) >= 0 && n < 12; n++ {
		top = r.head(top)
	}
	if r.rel(top) != kith.Root || top >= v || r.child(top, kith.Cop, kith.Nsubj, kith.Case) >= 0 {
		return false
	}
	switch {
	case r.a.Word(v-1) == "," && r.isName(top):
	case r.name[v-1] >= 0 && r.head(v) == top && r.under(v-1, top) && (r.isName(top) || r.lex.person(r.lemma(top))): // "Fund manager Bo Cruz gave"
	default:
		return false
	}
	for k := top + 1; k < v; k++ {
		if r.tag(k) == kith.VERB || r.tag(k) == kith.AUX || r.relative(k) {
			return false
		}
	}
	r.heads[v], r.rels[v] = -1, kith.Root
	r.heads[top], r.rels[top], r.stale = int32(v), kith.Nsubj, true
	return true
}

// unmark mends a preposition that was taken for a conjunction: "sought advice
// from Lee following the vote", "a meeting between Lee and Cruz ended".
func (r *reader) unmark(i, v int) bool {
	if r.tag(i) != kith.ADP && r.tag(i) != kith.SCONJ || !in(pureAdpositions, r.lemma(i)) || i+1 >= len(r.a.Tokens) {
		return false
	}
	n := r.child(v, kith.Nsubj, kith.NsubjPass)
	if n < i || !r.isName(n) || r.headOf(n) != n {
		return false
	}
	for k := i + 1; k < n; k++ {
		if !r.under(k, n) {
			return false
		}
	}
	up := r.head(v)
	if up < 0 || up > i {
		return false
	}
	rel := kith.Nmod
	if r.tag(up) == kith.VERB {
		rel = kith.Obl
		if o := r.child(up, kith.Obj); o >= 0 && o < i && !r.isName(o) {
			up, rel = o, kith.Nmod // "sought counsel from"
		}
	}
	r.heads[n], r.rels[n] = int32(up), rel
	r.heads[i], r.rels[i], r.stale = int32(n), kith.Case, true
	return true
}

// pureAdpositions never begin a clause with a subject.
var pureAdpositions = words(`against among at behind between by from of on to toward towards`)

var placeLike = words(`dinner lunch rally meeting event convention conference speech interview statement`)

// namedObject finds the name of the same verb right before a comma that a noun
// with its article, and without a preposition, describes.
func (r *reader) namedObject(i, h int) int {
	d := r.child(i, kith.Det)
	if d < 0 || r.tag(i) != kith.NOUN || r.child(i, kith.Case) >= 0 || r.temporal(i) {
		return -1
	}
	lo, _ := r.edges(i, func(k int) bool { return k < i && r.rel(k) != kith.Punct })
	if lo < 2 || r.a.Word(lo-1) != "," || r.name[lo-2] < 0 {
		return -1
	}
	if n := r.headOf(lo - 2); r.head(n) == h && (r.rel(n) == kith.Obj || r.rel(n) == kith.Obl) {
		return n
	}
	return -1
}

// kinBefore finds the predicate noun with which a noun is coordinated that was
// hung on a name inside it; -1 for none.
func (r *reader) kinBefore(i, h int) int {
	if r.tag(i) != kith.NOUN || !r.isName(h) || !r.lex.person(r.lemma(i)) || r.child(i, kith.NmodPoss, kith.Appos) >= 0 || r.child(i, kith.Nmod) < 0 {
		return -1
	}
	for n := 0; n < 4 && h >= 0; n++ {
		h = r.head(h)
		if h >= 0 && r.tag(h) == kith.NOUN && r.lex.person(r.lemma(h)) && r.child(h, kith.Cop) >= 0 {
			return h
		}
	}
	return -1
}

// prepositional mends a phrase with its preposition that was taken for an apposition.
func (r *reader) prepositional(i, h int) bool {
	c := r.child(i, kith.Case)
	if c < 0 || c > i || r.tag(c) != kith.ADP && r.lemma(c) != "include" || r.lemma(c) == "like" || h > i {
		return false
	}
	rel := kith.Nmod
	if r.tag(h) == kith.VERB {
		rel = kith.Obl
	}
	return r.attach(i, h, rel)
}

// verbBehind finds the verb right behind a name that lacks a subject; -1
// where there is none.
func (r *reader) verbBehind(i int) int {
	if r.name[i] < 0 {
		return -1
	}
	for v := r.a.Names[r.name[i]].Last; v < len(r.a.Tokens); v++ {
		switch {
		case r.tag(v) == kith.AUX || r.tag(v) == kith.ADV || r.tag(v) == kith.PART:
		case r.tag(v) == kith.VERB && r.finite(v) && r.child(v, kith.Nsubj, kith.NsubjPass) < 0:
			return v
		default:
			return -1
		}
	}
	return -1
}

func (r *reader) isPlace(i int) bool {
	return r.name[i] >= 0 && r.a.Names[r.name[i]].Type == kith.Place
}

// beforeComma finds the person noun whose phrase ends right before the comma
// in front of token i.
func (r *reader) beforeComma(i int) int {
	k := i - 1
	for k > 0 && r.a.Word(k) != "," && (r.tag(k) == kith.ADJ || r.tag(k) == kith.NOUN || r.tag(k) == kith.PROPN || r.tag(k) == kith.DET) && r.under(k, i) {
		k--
	}
	if k < 1 || r.a.Word(k) != "," {
		return -1
	}
	for n := k - 1; n >= 0 && n > k-8; n-- {
		if r.tag(n) == kith.VERB || r.tag(n) == kith.PUNCT {
			return -1
		}
		if r.tag(n) == kith.NOUN && !r.isName(n) && r.lex.person(r.lemma(n)) && (n == k-1 || r.under(k-1, n)) {
			return n
		}
	}
	return -1
}

// attach hangs token i on another head, unless that stands below i.
func (r *reader) attach(i, head int, rel kith.Rel) bool {
	if head != r.head(i) && r.under(head, i) {
		return false
	}
	r.heads[i], r.rels[i], r.stale = int32(head), rel, true
	return true
}

// comma reports whether a comma, and no verb or "and", stands between the
// phrases of a and b.
func (r *reader) comma(a, b int) bool {
	found := false
	for k := a + 1; k < b; k++ {
		switch {
		case r.a.Word(k) == ",":
			found = true
		case r.tag(k) == kith.VERB || r.tag(k) == kith.AUX || r.tag(k) == kith.CCONJ:
			return false
		}
	}
	return found
}

// listed reports whether a token has a coordinated "and" phrase after it.
func (r *reader) listed(h int) bool {
	for c := r.first[h]; c >= 0; c = r.next[c] {
		if r.rel(int(c)) == kith.Conj && r.child(int(c), kith.CC) >= 0 {
			return true
		}
	}
	return false
}
