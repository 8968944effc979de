package graph

import "kith"

// When is the time of a claim: its own, or its election's year.
func When(c *kith.Claim) kith.Time {
	if c.Time.From != "" || c.Time.To != "" {
		return c.Time
	}
	if y := YearIn(c.Qualifiers.Election); y != "" {
		return kith.Time{From: y, To: y, Text: c.Qualifiers.Election}
	}
	return c.Time
}

// YearIn returns the first run of exactly four digits that reads as a year.
func YearIn(text string) kith.Date {
	for i := 0; i+4 <= len(text); i++ {
		if (i == 0 || !digit(text[i-1])) && (i+4 == len(text) || !digit(text[i+4])) {
			if d, err := kith.ParseDate(text[i : i+4]); err == nil && d > "1000" {
				return d
			}
		}
	}
	return ""
}

func digit(b byte) bool { return '0' <= b && b <= '9' }
