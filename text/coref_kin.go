package text

import (
	"strings"

	"kith"
)

// resolveKin joins "her husband" to the name that follows it behind a comma
// and a title ("her husband, the painter Tom Reyes, …"), where the sexes
// agree. Where no name follows so it reports false.
func (r *resolver) resolveKin(m int) bool {
	ref := &r.refs[m]
	if ref.kind != refNominal || ref.form != formPossessive || !kinNoun(strings.ToLower(r.a.Word(ref.head))) || ref.number == numberMany {
		return false
	}
	for j := m + 1; j < min(len(r.refs), m+5) && r.refs[j].sentence == ref.sentence; j++ {
		next := &r.refs[j]
		if next.kind != refName || next.kinds != kith.Person || next.first < ref.last {
			continue
		}
		n := r.a.Names[next.name]
		if n.First == ref.last+1 || r.commaBefore(n.First) != ref.last || !r.canBeOne(next, ref) || n.Last < len(r.a.Tokens) && r.listGoesOn(n.Last) {
			return false
		}
		if ref.owner >= 0 && r.refs[ref.owner].cluster < 0 {
			r.resolve(ref.owner) // before whoever is near is known to be the kin
		}
		if next.cluster < 0 {
			r.resolveName(j)
		}
		if ref.owner >= 0 && r.refs[ref.owner].cluster == next.cluster {
			return false
		}
		if conflictingSex(ref.sex, r.clusters[next.cluster].sex) {
			return false
		}
		k := r.clusters[next.cluster]
		r.add(m, next.cluster)
		again := &r.clusters[next.cluster]
		again.weight, again.last = k.weight, k.last // said once, in two forms
		again.subject, again.main, again.clause = k.subject, k.main, k.clause
		return true
	}
	return false
}

// listGoesOn reports whether "and" stands at a token or behind a comma there:
// "her husband, Tom Reyes and …" is a list.
func (r *resolver) listGoesOn(i int) bool {
	if r.a.Word(i) == "," {
		i++
	}
	return i < len(r.a.Tokens) && r.a.Tokens[i].Tag == kith.CCONJ
}

// kinNoun knows the nouns for relatives whom a possessor tells apart.
func kinNoun(lower string) bool {
	switch lower {
	case "husband", "wife", "spouse", "fiancé", "fiancée", "father", "mother", "partner", "stepfather", "stepmother", "widow", "widower":
		return true
	}
	return bloodKin(lower)
}

// kinFits reports whether a possessive description of kin may join a named
// cluster: only where that was called so before, since a stranger named
// somewhere near is nobody's husband. Brothers, sisters and children are often
// named first and told of later.
func (r *resolver) kinFits(ref *ref, k *cluster) bool {
	if ref.form != formPossessive || !k.named || k.kinds != kith.Person || k.hasHead(ref.lemma) {
		return true
	}
	w := strings.ToLower(r.a.Word(ref.head))
	return !kinNoun(w) || bloodKin(w)
}
