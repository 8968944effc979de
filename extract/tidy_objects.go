package extract

import "kith"

// object mends a second subject behind its verb, which is an object: "Reed
// endorsed Hart on Tuesday" with Hart for another subject.
func (r *reader) object(i, v int) bool {
	first := r.child(v, kith.Nsubj)
	if i < v || first < 0 || first >= v || r.tag(v) != kith.VERB || r.child(v, kith.Obj, kith.Ccomp, kith.Cop, kith.Expl) >= 0 || r.relative(first) {
		return false
	}
	r.rels[i], r.stale = kith.Obj, true
	return true
}

// throughAdverb hangs a phrase on the verb whose adverb was taken for its
// head: "hired Finch away from the Trust".
func (r *reader) throughAdverb(i, adverb int) bool {
	v := r.head(adverb)
	if r.tag(adverb) != kith.ADV || v < 0 || r.tag(v) != kith.VERB || r.child(i, kith.Case) < adverb {
		return false
	}
	switch r.low(adverb) {
	case "away", "out", "back", "off", "over", "up", "down", "on", "along":
		return r.attach(i, v, kith.Obl)
	}
	return false
}

// coordinate gives a clause behind "and" its subject back that was taken for
// an apposition, which has no "and": "Reed endorsed Hart, and former Governor
// Brand endorsed her".
func (r *reader) coordinate(i, h int) bool {
	and := r.child(i, kith.CC)
	if and < 0 || and > i || r.a.Word(max(0, and-1)) != "," {
		return false
	}
	_, last := r.edges(i, func(int) bool { return true })
	for v := last + 1; v < len(r.a.Tokens); v++ {
		switch {
		case r.tag(v) == kith.AUX || r.tag(v) == kith.ADV:
		case r.tag(v) != kith.VERB || !r.finite(v) || r.rel(v) != kith.Conj:
			return false
		case r.child(v, kith.Nsubj, kith.NsubjPass) < 0:
			return r.attach(i, v, kith.Nsubj)
		case r.child(v, kith.Nsubj) == h && r.head(v) < h && r.child(r.head(v), kith.Obj) < 0:
			return r.attach(i, v, kith.Nsubj) && r.attach(h, r.head(v), kith.Obj)
		default:
			return false
		}
	}
	return false
}

// behindMark mends a phrase that was hung on a punctuation mark, which governs
// nothing: "began as a teacher, like Blum".
func (r *reader) behindMark(i, mark int) bool {
	v := r.head(mark)
	if r.tag(i) != kith.ADP || i+1 >= len(r.a.Tokens) || r.name[i+1] < 0 || v < 0 {
		return false
	}
	for n := 0; n < 8 && r.tag(v) != kith.VERB && r.head(v) >= 0; n++ {
		v = r.head(v)
	}
	return v != i && r.attach(i+1, v, kith.Obl) && r.attach(i, i+1, kith.Case)
}

// lowerGap hangs a relative pronoun on the verb whose object it is, below the
// one that it was hung on: "Lee, whom Cruz helped to push out", "whom she tried
// to hire".
func (r *reader) lowerGap(i, h int) bool {
	if i > h || !r.relative(i) {
		return false
	}
	v := r.child(h, kith.Xcomp)
	if v < h || r.tag(v) != kith.VERB || r.child(v, kith.Obj, kith.Iobj, kith.Obl, kith.Xcomp, kith.Ccomp) >= 0 {
		return false
	}
	if in(objectControl, r.lemma(h)) && (r.lemma(h) != "help" || in(objectless, r.lemma(v))) {
		return false
	}
	return r.attach(i, v, kith.Obj)
}

// objectless lists verbs that stand without an object as often as not.
var objectless = words(`win run rise succeed get become go come escape move grow learn survive recover prevail serve stand study read write act`)

// verbTaken mends a clause whose verb was taken for a plural noun, which the
// object behind it shows: "The structure of Rask mirrors that of Brill".
func (r *reader) verbTaken(i, v int) bool {
	if i != v+1 || r.xtag(v) != xNNS || r.tag(v) != kith.NOUN || r.child(v, kith.Nsubj, kith.Cop, kith.Det, kith.Amod) >= 0 {
		return false
	}
	if n := v - 1; n >= 0 && r.rel(v) == kith.Root && r.head(n) == v && r.rel(n) == kith.Compound { // "her career mirrors that of"
		if p := r.child(v, kith.NmodPoss); p >= 0 {
			r.attach(p, n, kith.NmodPoss)
		}
		return r.attach(n, v, kith.Nsubj)
	}
	top := v
	for n := 0; r.head(top) >= 0 && n < 12; n++ {
		top = r.head(top)
	}
	if top >= v || r.rel(top) != kith.Root || !r.nounish(top) || r.child(top, kith.Cop, kith.Nsubj) >= 0 {
		return false
	}
	r.heads[v], r.rels[v] = -1, kith.Root
	r.heads[top], r.rels[top], r.stale = int32(v), kith.Nsubj, true
	return true
}

// peopleListed finds the person with whom a person's name is listed that the
// tree hung on a body named in the first one's description: "Ann Lee, a
// treasurer of the Harbor Bank, and Bo Cruz". It is -1 for none.
func (r *reader) peopleListed(i, h int) int {
	if !r.personName(i) || !r.isName(h) || r.personName(h) || h > i {
		return -1
	}
	first := r.a.Names[r.name[i]].First
	for first > 0 && r.tag(first-1) != kith.CCONJ && r.tag(first-1) != kith.PUNCT && i-first < 8 {
		first--
	}
	if first < 2 || r.a.Word(first-1) != "," && r.a.Word(first-2) != "," {
		return -1
	}
	for n, up := 0, h; n < 4 && up >= 0; n, up = n+1, r.head(up) {
		if p := r.head(up); r.rel(up) == kith.Appos && p >= 0 && p < up && r.personName(p) {
			return p
		}
	}
	return -1
}

// backedBy mends a participle that was taken for the noun of the phrase before
// it: "gave to a committee backing Lee".
func (r *reader) backedBy(i, v int) bool {
	if !r.isName(i) || v < 1 || r.name[v] >= 0 || !in(supporting, r.low(v)) || r.a.Names[max(r.name[i], 0)].First != v+1 {
		return false
	}
	n := v - 1
	if r.head(n) != v || r.rel(n) != kith.Compound || !r.nounish(n) {
		return false
	}
	head, rel := r.head(v), r.rel(v)
	for c := r.first[v]; c >= 0; c = r.next[c] {
		if int(c) < n {
			r.heads[c] = int32(n)
		}
	}
	r.heads[n], r.rels[n] = int32(head), rel
	r.heads[v], r.rels[v] = int32(n), kith.Acl
	r.rels[i], r.stale = kith.Obj, true
	return true
}

// supporting lists participles that tell of a group whom it is for.
var supporting = words("backing supporting opposing representing aiding boosting promoting favoring favouring attacking targeting")

// recipient mends the first of two objects, who gets the second: "has given Lee
// $50,000".
func (r *reader) recipient(i, v int) bool {
	if !in(givingVerbs, r.lemma(v)) || !r.personal(i) || r.child(v, kith.Iobj) >= 0 || r.relative(i) || i < v {
		return false
	}
	for c := r.first[v]; c >= 0; c = r.next[c] {
		if int(c) > i && r.rel(int(c)) == kith.Obj && !r.comma(i, int(c)) && !r.personal(int(c)) {
			r.rels[i], r.stale = kith.Iobj, true
			return true
		}
	}
	return false
}

// secondPredicate hangs a noun with its copula on the clause whose subject it
// shares: "Lee is married to Cruz, and is a director of Rask" with the director
// for a description of Cruz.
func (r *reader) secondPredicate(i, h int) bool {
	if r.child(i, kith.Cop) < 0 || r.child(i, kith.CC) < 0 || r.child(i, kith.Nsubj, kith.NsubjPass, kith.Mark) >= 0 {
		return false
	}
	v := h
	for n := 0; n < 8 && v >= 0 && !r.clausal(v); n++ {
		v = r.head(v)
	}
	return v >= 0 && v < i && r.attach(i, v, kith.Conj)
}
