package exchange

import (
	"context"
	"fmt"

	"kith"
)

// Change is what new documents changed about one tie.
type Change struct {
	Kind  string          `json:"kind"` // "new", "hardened", "contradicted", "supported"
	Tie   kith.Tie        `json:"tie"`
	From  kith.Modality   `json:"from,omitempty"` // hardened: how sure it was before
	Fresh []kith.ClaimID  `json:"fresh"`          // the claims that are new
	Quote []kith.Evidence `json:"quote,omitempty"`
	Text  string          `json:"text"`
}

// KnownClaims lists the ids of the claims that a view shows.
func KnownClaims(ctx context.Context, v kith.View) (map[kith.ClaimID]bool, error) {
	known := map[kith.ClaimID]bool{}
	for c, err := range v.Claims(ctx, kith.ClaimFilter{}) {
		if err != nil {
			return nil, fmt.Errorf("list known claims: %w", err)
		}
		known[c.ID] = true
	}
	return known, nil
}

// Changes says what the claims that were not known before change: ties that
// nothing spoke of, rumours that hardened, contradictions, and further
// support. Ties that only the known claims speak of are left out.
func (s *Selection) Changes(known map[kith.ClaimID]bool) []Change {
	var out []Change
	for i := range s.Ties {
		if c, ok := s.change(&s.Ties[i], known); ok {
			out = append(out, c)
		}
	}
	return out
}

func (s *Selection) change(t *kith.Tie, known map[kith.ClaimID]bool) (Change, bool) {
	c := Change{Tie: *t}
	saidBefore, deniedBefore, best := 0, 0, kith.Modality("")
	for _, id := range t.Claims {
		if !known[id] {
			c.Fresh = append(c.Fresh, id)
			continue
		}
		saidBefore++
		if claim := s.claim[id]; claim != nil && surer(claim.Modality, best) {
			best = claim.Modality
		}
	}
	freshDenial := false
	for _, id := range t.Dissent {
		if known[id] {
			deniedBefore++
		} else {
			freshDenial = true
			c.Fresh = append(c.Fresh, id)
		}
	}
	switch {
	case len(c.Fresh) == 0:
		return c, false
	case saidBefore+deniedBefore == 0 && !(len(t.Claims) > 0 && freshDenial):
		c.Kind = "new"
	case freshDenial && len(t.Claims) > 0 && deniedBefore == 0, saidBefore == 0 && deniedBefore > 0 && len(t.Claims) > 0:
		c.Kind = "contradicted"
	case surer(t.Modality, best) && best != "":
		c.Kind, c.From = "hardened", best
	default:
		c.Kind = "supported"
	}
	for _, id := range c.Fresh {
		if claim := s.claim[id]; claim != nil {
			c.Quote = append(c.Quote, claim.Evidence)
			if c.Text == "" {
				c.Text = s.sentence(claim)
			}
		}
	}
	return c, true
}

// surer reports whether modality a is more certain than b.
func surer(a, b kith.Modality) bool {
	rank := map[kith.Modality]int{"": 0, kith.Hedged: 1, kith.Planned: 2, kith.Asserted: 3}
	return rank[a] > rank[b]
}
