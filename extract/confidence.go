package extract

import "kith"

// leastConfidence is the confidence below which a candidate is dropped.
const leastConfidence = 0.45

// prior is the confidence of a candidate from how it was found.
func (r *reader) prior(c *candidate) float64 {
	p := 0.93 - 0.04*float64(c.far)
	for _, e := range []party{c.subject, c.object} {
		switch {
		case e.kind == kith.PronounMention:
			p -= 0.05
		case e.unnamed:
			p -= 0.08
		}
		p -= 0.02 * float64(e.hops)
	}
	if c.pattern != nil && c.pattern.Weak {
		p -= 0.15
	}
	return max(p, 0.05)
}
