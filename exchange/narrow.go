package exchange

import (
	"cmp"
	"fmt"
	"slices"

	"kith"
	"kith/graph"
)

// narrow applies the filters that look at whole ties, and drops the claims of
// the ties that do not pass.
func (s *Selection) narrow(f Filter, source func(kith.DocumentID) kith.DocumentID) {
	s.index()
	if f.MinSources > 0 {
		s.keepTies(func(t *kith.Tie) string {
			if n := s.sources(t, source); n < f.MinSources {
				return fmt.Sprintf("on fewer than %d independent sources", f.MinSources)
			}
			return ""
		})
	}
	if f.Publishable {
		s.keepTies(func(t *kith.Tie) string {
			if lacks := graph.Unprintable(s.modality(t), s.sources(t, source), s.reviewed(t)); lacks != "" {
				return "not publishable: " + lacks
			}
			return ""
		})
	}
	if f.Limit > 0 && len(s.Ties) > f.Limit {
		strongest := s.strongest(f.Limit, source)
		s.keepTies(func(t *kith.Tie) string {
			if !strongest[t] {
				return fmt.Sprintf("beyond the first %d", f.Limit)
			}
			return ""
		})
	}
}

// keepTies drops the ties for which why gives a reason, and their claims.
func (s *Selection) keepTies(why func(*kith.Tie) string) {
	dropped := map[kith.ClaimID]bool{}
	var kept []kith.Tie
	for i := range s.Ties {
		t := &s.Ties[i]
		reason := why(t)
		if reason == "" {
			kept = append(kept, *t)
			continue
		}
		s.LeftOut[reason]++
		for _, id := range claimIDs(t) {
			dropped[id] = true
		}
	}
	s.Ties = kept
	s.Claims = slices.DeleteFunc(s.Claims, func(c kith.Claim) bool { return dropped[c.ID] })
	clear(s.claim)
	s.index()
}

// claimIDs are the claims of a tie: those that say so, then those that deny it.
func claimIDs(t *kith.Tie) []kith.ClaimID { return append(slices.Clone(t.Claims), t.Dissent...) }

// voices are the claims that carry a tie: those that say so, or, where there
// are none, those that deny it.
func (s *Selection) voices(t *kith.Tie) []*kith.Claim {
	ids := t.Claims
	if len(ids) == 0 {
		ids = t.Dissent
	}
	var out []*kith.Claim
	for _, id := range ids {
		if c := s.claim[id]; c != nil {
			out = append(out, c)
		}
	}
	return out
}

// sources counts the independent sources of a tie, or of a denial.
func (s *Selection) sources(t *kith.Tie, source func(kith.DocumentID) kith.DocumentID) int {
	if len(t.Claims) > 0 {
		return t.Sources
	}
	seen := map[kith.DocumentID]bool{}
	for _, c := range s.voices(t) {
		seen[cmp.Or(source(c.Evidence.Document), c.Evidence.Document)] = true
	}
	return len(seen)
}

// modality is the most certain of a tie, or of a denial.
func (s *Selection) modality(t *kith.Tie) kith.Modality {
	if t.Modality != "" && len(t.Claims) > 0 {
		return t.Modality
	}
	best := kith.Hedged
	for _, c := range s.voices(t) {
		if c.Modality == kith.Asserted || c.Modality == kith.Planned && best == kith.Hedged {
			best = c.Modality
		}
	}
	return best
}

func (s *Selection) reviewed(t *kith.Tie) bool {
	return slices.ContainsFunc(s.voices(t), func(c *kith.Claim) bool {
		return c.Review == kith.Accepted || c.Review == kith.Corrected
	})
}

// strongest are the n ties on the most sources, then of the most strength.
func (s *Selection) strongest(n int, source func(kith.DocumentID) kith.DocumentID) map[*kith.Tie]bool {
	order := make([]*kith.Tie, len(s.Ties))
	for i := range s.Ties {
		order[i] = &s.Ties[i]
	}
	slices.SortStableFunc(order, func(a, b *kith.Tie) int {
		return cmp.Or(cmp.Compare(s.sources(b, source), s.sources(a, source)), cmp.Compare(b.Strength, a.Strength))
	})
	out := map[*kith.Tie]bool{}
	for _, t := range order[:n] {
		out[t] = true
	}
	return out
}
