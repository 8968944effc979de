package extract

import "kith"

// copular makes a noun with its copula the head where an infinitive that
// describes it was: "Lee and Cruz were among the first members to endorse
// Ames" with "to endorse" for the main verb. An infinitive with "to" has no
// subject before it without "for".
func (r *reader) copular(noun, verb int) bool {
	cop, to := r.child(noun, kith.Cop), r.child(verb, kith.Mark)
	if cop < 0 || cop > noun || to <= noun || r.lemma(to) != "to" || to > verb {
		return false
	}
	head, rel := r.heads[verb], r.rels[verb]
	r.heads[noun], r.rels[noun] = head, rel
	r.heads[verb], r.rels[verb], r.stale = int32(noun), kith.Acl, true
	for k := cop - 1; k >= 0 && r.under(k, noun); k-- {
		if r.head(k) == noun && (r.rel(k) == kith.Compound || r.rel(k) == kith.Nmod || r.rel(k) == kith.NmodUnmarked) {
			r.attach(k, noun, kith.Nsubj)
		}
	}
	return true
}
