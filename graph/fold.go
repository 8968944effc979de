package graph

import (
	"slices"

	"kith"
)

// symmetric lists the predicates whose two ends may change places
// (design: the claim contract).
var symmetric = []kith.Predicate{"ally_of", "compared_to", "met_with", "relative_of", "sibling_of", "spouse_of"}

// Symmetric reports whether a predicate's two ends may change places.
func Symmetric(p kith.Predicate) bool { return slices.Contains(symmetric, p) }

// SourceOf names the independent source that a document counts as. A nil
// SourceOf counts every document as a source of its own.
type SourceOf func(kith.DocumentID) kith.DocumentID

func (s SourceOf) of(d kith.DocumentID) kith.DocumentID {
	if s == nil {
		return d
	}
	if source := s(d); source != "" {
		return source
	}
	return d
}

// KeyOf is what a claim shares with the others of its tie. Of a symmetric
// predicate the end with the smaller id stands first.
func KeyOf(c *kith.Claim) kith.TieKey {
	k := kith.TieKey{Subject: c.Subject.ID, Predicate: c.Predicate, Value: kith.Fold(c.Value)}
	if c.Object != nil {
		k.Object = c.Object.ID
		if Symmetric(c.Predicate) && k.Object < k.Subject {
			k.Subject, k.Object = k.Object, k.Subject
		}
	}
	return k
}

// Fold groups claims into ties, keeping every dissent. Ties come in the order
// of their first claims. A tie that is only ever denied has no Claims and
// strength 0.
func Fold(claims []kith.Claim, source SourceOf) []kith.Tie {
	var ties []kith.Tie
	place := map[kith.TieKey]int{}
	weights := []map[kith.DocumentID]float64{}
	for i := range claims {
		c := &claims[i]
		key := KeyOf(c)
		at, ok := place[key]
		if !ok {
			at = len(ties)
			place[key] = at
			ties = append(ties, kith.Tie{Subject: c.Subject, Predicate: c.Predicate, Object: c.Object, Value: c.Value})
			weights = append(weights, map[kith.DocumentID]float64{})
		}
		addClaim(&ties[at], c, weights[at], source.of(c.Evidence.Document))
	}
	for i := range ties {
		ties[i].Sources, ties[i].Strength = len(weights[i]), Combine(weights[i])
	}
	return ties
}

func addClaim(t *kith.Tie, c *kith.Claim, weights map[kith.DocumentID]float64, source kith.DocumentID) {
	if c.Negated {
		t.Dissent = append(t.Dissent, c.ID)
		return
	}
	t.Claims = append(t.Claims, c.ID)
	weights[source] = max(weights[source], c.Confidence)
	if t.Modality == "" || Certainty(c.Modality) > Certainty(t.Modality) {
		t.Modality = c.Modality
	}
	t.Time = Hull(t.Time, c.Time)
}

// Combine is the probability that at least one of several independent
// sources is right, from the best confidence that each has (noisy or). Claims
// of one source are not independent and count once.
func Combine(weights map[kith.DocumentID]float64) float64 {
	miss := 1.0
	for _, w := range weights {
		miss *= 1 - w
	}
	return 1 - miss
}

// Certainty ranks the modalities: asserted over planned over hedged.
func Certainty(m kith.Modality) int {
	switch m {
	case kith.Asserted:
		return 3
	case kith.Planned:
		return 2
	case kith.Hedged:
		return 1
	}
	return 0
}

// Hull is the shortest range that holds both times. Unknown ends stay open
// only where both are unknown, and the words are those of the first that has
// some.
func Hull(a, b kith.Time) kith.Time {
	if a.IsZero() {
		return b
	}
	if b.IsZero() {
		return a
	}
	if b.From != "" && (a.From == "" || b.From.First() < a.From.First()) {
		a.From = b.From
	}
	if b.To != "" && (a.To == "" || b.To.Last() > a.To.Last()) {
		a.To = b.To
	}
	if a.Text == "" {
		a.Text = b.Text
	}
	return a
}
