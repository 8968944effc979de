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
		if n.First == ref.last+1 || r.commaBefore(n.First) != ref.last || !r.canBeOne(next, ref) || r.listGoesOn(n.Last) {
			return false
		}
		c := r.besideName(m, j)
		if c < 0 || conflictingSex(ref.sex, r.clusters[c].sex) {
			return false
		}
		k := r.clusters[c]
		r.add(m, c)
		again := &r.clusters[c]
		again.weight, again.last = k.weight, k.last // said once, in two forms
		again.subject, again.main, again.clause = k.subject, k.main, k.clause
		return true
	}
	return false
}

// besideName is the cluster of name j, which stands beside description m; -1
// where it is that of the description's own possessor. The possessor is
// resolved first, before whoever is near is known to be the one described.
func (r *resolver) besideName(m, j int) int {
	owner, next := r.refs[m].owner, &r.refs[j]
	if owner >= 0 && r.refs[owner].cluster < 0 {
		r.resolve(owner)
	}
	if next.cluster < 0 {
		r.resolveName(j)
	}
	if owner >= 0 && r.refs[owner].cluster == next.cluster {
		return -1
	}
	return next.cluster
}

// listGoesOn reports whether "and" stands at a token or behind a comma there:
// "her husband, Tom Reyes and …" is a list.
func (r *resolver) listGoesOn(i int) bool {
	if i < len(r.a.Tokens) && r.a.Word(i) == "," {
		i++
	}
	return i < len(r.a.Tokens) && r.a.Tokens[i].Tag == kith.CCONJ
}

// kinNoun knows the nouns for relatives whom a possessor tells apart.
func kinNoun(lower string) bool {
	switch lower {
	case "husband", "wife", "spouse", "fiancé", "fiancée", "father", "mother", "partner", "stepfather", "stepmother", "widow", "widower",
		"uncle", "aunt", "cousin", "nephew", "niece", "grandfather", "grandmother", "grandson", "granddaughter", "godfather", "godmother":
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

// resolveAhead joins a description of a person to the name that follows it in
// apposition ("The governor, Ana Reyes, …"), rather than to whoever was
// described so before.
func (r *resolver) resolveAhead(m int) bool {
	ref := &r.refs[m]
	if ref.kind != refNominal || ref.kinds != kith.Person || ref.number == numberMany {
		return false
	}
	for j := m + 1; j < min(len(r.refs), m+5) && r.refs[j].sentence == ref.sentence; j++ {
		next := &r.refs[j]
		if next.kind != refName || next.first < ref.last {
			continue
		}
		if next.kinds != kith.Person || r.appositive(j) != m && r.betweenCommas(j) != m || r.listGoesOn(r.a.Names[next.name].Last) {
			return false
		}
		c := r.besideName(m, j)
		if c >= 0 {
			r.add(m, c)
		}
		return c >= 0
	}
	return false
}

// otherPost reports whether two descriptions name different posts: "the finance
// minister" is not "the foreign minister".
func (r *resolver) otherPost(a, b *ref) bool {
	if a.kind != refNominal || b.kind != refNominal || a.lemma != b.lemma || !postHead(strings.ToLower(r.a.Word(a.head))) {
		return false
	}
	mods := r.modifiers(a, b)
	return mods&3 == 3 && r.modifiers(b, a)&3 == 3 && !r.shares(a, b)
}

// shares reports whether a word before the head of a stands in b.
func (r *resolver) shares(a, b *ref) bool {
	for i := a.first; i < a.head; i++ {
		if contentTag(r.a.Tokens[i].Tag) && r.hasWord(b, r.wordHash(i)) {
			return true
		}
	}
	return false
}

func postHead(lower string) bool {
	switch lower {
	case "officer", "minister", "secretary", "director", "adviser", "advisor", "manager", "editor", "attorney", "treasurer", "spokesman", "spokeswoman":
		return true
	}
	return false
}
