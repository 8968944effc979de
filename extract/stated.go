package extract

import (
	"fmt"

	"kith"
	"kith/extract/relation"
)

// mostMentions is the number of mentions of each end that are looked at to
// judge a claim.
const mostMentions = 2

// statedIn returns the probability that the quoted sentences state the claim
// of some two mentions of its ends, by the relation scorer; ok is false where
// it cannot judge them.
func (s *Stage) statedIn(a *kith.Analysis, c *kith.Claim) (p float64, ok bool) {
	subjects, objects := mentionsOf(a, c.Subject.ID, c.Evidence), mentionsOf(a, c.Object.ID, c.Evidence)
	for _, x := range subjects {
		for _, y := range objects {
			if q, can := s.scorer.Judge(a, c.Predicate, x, y); can {
				p, ok = max(p, q), true
			}
		}
	}
	return p, ok
}

// mentionsOf lists the first mentions of an entity within a quote.
func mentionsOf(a *kith.Analysis, id kith.EntityID, e kith.Evidence) []int {
	var out []int
	for i := mentionFrom(a, e.Start); i < len(a.Mentions) && a.Mentions[i].Start < e.End && len(out) < mostMentions; i++ {
		if a.Mentions[i].ID == id && a.Mentions[i].End <= e.End {
			out = append(out, i)
		}
	}
	return out
}

// statements adds what the relation scorer is sure that sentence i states and no
// pattern found, of two that are named.
func (r *reader) statements(i int) {
	if r.scorer == nil {
		return
	}
	r.ends = r.ends[:0]
	s := r.a.Sentences[i]
	for k := mentionFrom(r.a, s.Start); k < len(r.a.Mentions) && r.a.Mentions[k].Start < s.End; k++ {
		if m := &r.a.Mentions[k]; m.Entity >= 0 && m.First >= s.First && m.Last <= s.Last && !r.a.Entities[m.Entity].Unnamed && len(m.Also) == 0 {
			r.ends = append(r.ends, k)
		}
	}
	if len(r.ends) < 2 {
		return
	}
	r.sure = r.scorer.Sure(r.sure[:0], r.a, i, r.ends, func(i, j int) bool {
		x, y := &r.a.Mentions[i], &r.a.Mentions[j]
		return !r.tied(x.ID, y.ID, s) && !r.apart(x.Head, y.Head)
	})
	for k := range r.sure {
		r.proposal(&r.sure[k], s)
	}
}

// proposal adds one statement as a claim, unless a claim of the sentence says
// it already.
func (r *reader) proposal(st *relation.Statement, s kith.Sentence) {
	p := r.ontology.Find(st.Predicate)
	if p == nil {
		return
	}
	subject, ok := r.admit(r.known(st.Subject, r.a.Mentions[st.Subject].Head, 0), p.Subject, p.PlacesAct)
	object, good := r.admit(r.known(st.Object, r.a.Mentions[st.Object].Head, 0), p.Object, p.PlacesAct)
	if !ok || !good || subject.same(object) || r.told(st, subject, s) {
		return
	}
	if p.Symmetric && (r.spokenFor(p.Name, subject, s) || r.spokenFor(p.Name, object, s)) {
		return
	}
	c := candidate{predicate: p, trigger: r.topOf(subject.tok, object.tok), subject: subject, object: object, hasObject: true,
		role: st.Role, score: proposed}
	claim := r.claim(&c, s)
	if in(kinships, string(p.Name)) && r.lemma(c.trigger) != "marry" { // the date beside them is of a birth or a death
		claim.Time = kith.Time{}
	}
	r.add(claim)
	if r.a.Trace != nil {
		r.a.Trace("claims", r.a.SentenceOf(s.First), fmt.Sprintf("%s by %s %.2f", c.String(), st.Property, st.P))
	}
}

// spokenFor reports whether a claim of the sentence gives somebody a tie of that
// kind already: of two spouses one is wrong.
func (r *reader) spokenFor(predicate kith.Predicate, x party, s kith.Sentence) bool {
	if predicate != "spouse_of" {
		return false
	}
	for i := len(r.a.Claims) - 1; i >= 0 && r.a.Claims[i].Evidence.End > s.Start; i-- {
		c := &r.a.Claims[i]
		if c.Predicate == predicate && c.Object != nil && c.Evidence.Start <= s.Start && (c.Subject.ID == x.ref.ID || c.Object.ID == x.ref.ID) {
			return true
		}
	}
	return false
}

var kinships = words("parent_of sibling_of spouse_of relative_of")

// proposed is the prior of a claim that the scorer alone proposes.
const proposed = 0.7

// tied reports whether a claim of the sentence already says how two are
// related, either way round.
func (r *reader) tied(x, y kith.EntityID, s kith.Sentence) bool {
	for i := len(r.a.Claims) - 1; i >= 0 && r.a.Claims[i].Evidence.End > s.Start; i-- {
		c := &r.a.Claims[i]
		if c.Object != nil && c.Evidence.Start <= s.Start && (c.Subject.ID == x && c.Object.ID == y || c.Subject.ID == y && c.Object.ID == x) {
			return true
		}
	}
	return false
}

// told reports whether a claim of the sentence gives somebody the post that a
// statement may mean.
func (r *reader) told(st *relation.Statement, x party, s kith.Sentence) bool {
	for i := len(r.a.Claims) - 1; i >= 0 && r.a.Claims[i].Evidence.End > s.Start; i-- {
		c := &r.a.Claims[i]
		if _, says := st.Says(c.Predicate); says && c.Object == nil && c.Evidence.Start <= s.Start && c.Subject.ID == x.ref.ID {
			return true
		}
	}
	return false
}

// apart reports whether a clause that is said or thought, or stands for
// itself, parts two tokens.
func (r *reader) apart(x, y int) bool {
	for _, end := range [][2]int{{x, y}, {y, x}} {
		for i, n := end[0], 0; i >= 0 && n < 40 && !r.under(end[1], i); i, n = r.head(i), n+1 {
			if r.rel(i) == kith.Ccomp || r.rel(i) == kith.Parataxis {
				return true
			}
		}
	}
	return false
}

// topOf is the verb or noun that joins two tokens in the tree: the nearest
// that both hang below, or the first on the way where that is one of them.
func (r *reader) topOf(x, y int) int {
	for up, n := x, 0; up >= 0 && n < 40; up, n = r.head(up), n+1 {
		if up == y || r.under(y, up) {
			if up == x && r.head(y) >= 0 {
				return r.rightBelow(x, y)
			}
			return up
		}
	}
	return x
}

// rightBelow is the token right below x on the way down to y, or y itself.
func (r *reader) rightBelow(x, y int) int {
	for n := 0; r.head(y) >= 0 && r.head(y) != x && n < 40; n++ {
		y = r.head(y)
	}
	return y
}
