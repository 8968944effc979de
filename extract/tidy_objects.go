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
