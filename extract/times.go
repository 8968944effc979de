package extract

import "kith"

// timeOf reads when that which the word at trigger tells was so: the time
// expression that hangs on the trigger's own clause, not any date of the
// sentence.
func timeOf(a *kith.Analysis, trigger int) kith.Time {
	return kith.Time{}
}
