package extract

import "kith"

// modality says how certain the text is of what the word at trigger tells,
// and whether the text says that it is not so.
func modality(a *kith.Analysis, trigger int) (kith.Modality, bool) {
	return kith.Asserted, false
}
