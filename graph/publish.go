package graph

import (
	"strings"

	"kith"
)

// Unprintable is the publication gate: it says what a statement lacks to be
// printed, or "". It must be told as a fact, stand on two independent sources
// and have been reviewed by a person.
func Unprintable(m kith.Modality, sources int, reviewed bool) string {
	var missing []string
	if m != kith.Asserted {
		missing = append(missing, "it is "+string(m))
	}
	if sources < 2 {
		missing = append(missing, "it needs a second independent source")
	}
	if !reviewed {
		missing = append(missing, "nobody has reviewed it")
	}
	return strings.Join(missing, ", ")
}
