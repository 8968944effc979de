package relation

import "kith"

// Speaks reports whether any property bears out a predicate.
func (s *Scorer) Speaks(predicate kith.Predicate) bool {
	for i := range s.properties {
		if _, ok := s.properties[i].Says(predicate); ok {
			return true
		}
	}
	return false
}

// Judge returns the probability that a sentence states a predicate of two of
// its mentions. It is that of the likeliest property that bears the predicate
// out; ok is false where none does between mentions of these types.
func (s *Scorer) Judge(a *kith.Analysis, predicate kith.Predicate, subject, object int) (p float64, ok bool) {
	x, y := nodeOf(a.Mentions[subject]), nodeOf(a.Mentions[object])
	sentence := a.SentenceOf(x.Head)
	if sentence < 0 || sentence != a.SentenceOf(y.Head) || !related(x, y) {
		return 0, false
	}
	w := s.scratch(a, sentence)
	defer s.release(w)
	for _, swapped := range []bool{false, true} {
		if s.asked(predicate, swapped, x, y) {
			for i, q := range s.probabilities(w, x, y) {
				if s.properties[i].says(predicate, swapped) {
					p, ok = max(p, q), true
				}
			}
		}
		x, y = y, x
	}
	return p, ok
}

// says reports whether the property bears out a predicate with its ends as
// they are, or swapped.
func (p *property) says(predicate kith.Predicate, swapped bool) bool {
	way, ok := p.Says(predicate)
	return ok && (way == swapped || p.Symmetric)
}

// asked reports whether a property that bears out a predicate can hold
// between two nodes.
func (s *Scorer) asked(predicate kith.Predicate, swapped bool, x, y Node) bool {
	for i := range s.properties {
		if p := &s.properties[i]; p.takes(x, y) && p.says(predicate, swapped) {
			return true
		}
	}
	return false
}

// Statement is a predicate that a sentence surely states of two mentions.
type Statement struct {
	*Mapping
	Property        string
	Subject, Object int // mentions, subject first as the predicate has it
	P               float64
}

// farthest is the number of tokens between two mentions beyond which no
// statement is looked for: there, hardly any is sure.
const farthest = 16

// Sure appends to out what a sentence surely states of two of its mentions,
// given in order: each property whose probability reaches the bar from which
// on nearly all were right in documents unseen. Pairs that open refuses are
// not looked at.
func (s *Scorer) Sure(out []Statement, a *kith.Analysis, sentence int, mentions []int, open func(i, j int) bool) []Statement {
	var w *scratch // none as long as there is nothing to score
	for n, i := range mentions {
		for _, j := range mentions[n+1:] {
			x, y := nodeOf(a.Mentions[i]), nodeOf(a.Mentions[j])
			there, back := s.proposes(x, y), s.proposes(y, x)
			if !there && !back || a.Mentions[i].Entity == a.Mentions[j].Entity || y.First-x.Last > farthest || !related(x, y) || !open(i, j) {
				continue
			}
			if w == nil {
				w = s.scratch(a, sentence)
				defer s.release(w)
			}
			if there {
				out = s.sure(w, out, a, i, j)
			}
			if back && (!there || x.Type != y.Type || s.oneWay(x, y)) {
				out = s.sure(w, out, a, j, i)
			}
		}
	}
	return out
}

// sure appends what is sure of an ordered pair.
func (s *Scorer) sure(w *scratch, out []Statement, a *kith.Analysis, i, j int) []Statement {
	for n, p := range s.probabilities(w, nodeOf(a.Mentions[i]), nodeOf(a.Mentions[j])) {
		q := &s.properties[n]
		if p < q.sure || q.Predicate == "" {
			continue
		}
		st := Statement{&q.Mapping, q.name, i, j, p}
		if q.Swapped {
			st.Subject, st.Object = j, i
		}
		out = append(out, st)
	}
	return out
}

// oneWay reports whether a property that is not symmetric may be proposed
// between two nodes.
func (s *Scorer) oneWay(x, y Node) bool {
	for i := range s.properties {
		if p := &s.properties[i]; !p.Symmetric && p.proposed() && p.takes(x, y) {
			return true
		}
	}
	return false
}

func (p *property) proposed() bool { return p.sure < never && p.Predicate != "" }

// proposes reports whether any property can surely hold between two nodes.
func (s *Scorer) proposes(x, y Node) bool {
	for i := range s.properties {
		if p := &s.properties[i]; p.proposed() && p.takes(x, y) {
			return true
		}
	}
	return false
}
