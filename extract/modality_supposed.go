package extract

import "kith"

// supposed reports whether the words before a verb, back to the edge of its
// clause, make it a condition: "unless he cooperates", "in case she runs",
// "had she run", "should he win", "were they to meet". It reads words, since
// these clauses are rare and trees of them poor.
func (f *force) supposed(i int) bool {
	if f.tag(i) != kith.VERB && f.tag(i) != kith.AUX && f.child(i, kith.Cop) < 0 {
		return false
	}
	for k := i - 1; k >= f.first && i-k < 14; k-- {
		switch w := f.form(k); {
		case w == "that" && k > f.first && (f.form(k-1) == "provided" || f.form(k-1) == "assuming" || f.form(k-1) == "condition"):
			return true
		case w == "," || w == ";" || w == ":" || w == "—" || w == "–" || w == "that" || w == "who" || w == "which" || f.tag(k) == kith.CCONJ:
			return false
		case conditions[w] && f.tag(k) != kith.VERB:
			return true
		case w == "case" && k > f.first && f.form(k-1) == "in":
			return f.form(k+1) != "of"
		case w == "condition" && k > f.first && f.form(k-1) == "on":
			return true
		case w == "long" && k > f.first && f.form(k-1) == "as" && f.form(k+1) == "as":
			return k-2 < f.first || f.form(k-2) != "for"
		case (w == "should" || w == "had" || w == "were") && f.inverted(k, i):
			return true
		case f.tag(k) == kith.VERB && f.xtag(k) != xGerund && f.xtag(k).String() != "VBN":
			return false
		}
	}
	return false
}

// inverted reports whether the auxiliary k opens the clause of i, before its
// subject, as in "had she run", and asks nothing.
func (f *force) inverted(k, i int) bool {
	if f.form(f.last-1) == "?" || k+1 >= i {
		return false
	}
	switch f.tag(k + 1) {
	case kith.PROPN, kith.PRON, kith.DET, kith.NOUN, kith.ADJ:
	default:
		return false
	}
	if w := f.form(k + 1); w == "her" || w == "him" || w == "them" {
		return false
	}
	if k > f.first {
		switch w := f.form(k - 1); {
		case f.tag(k-1) == kith.PUNCT && w != "-", f.tag(k-1) == kith.CCONJ, f.tag(k-1) == kith.SCONJ:
		case f.tag(k-1) == kith.NOUN || f.tag(k-1) == kith.PROPN || f.tag(k-1) == kith.ADV || f.tag(k-1) == kith.VERB:
			if f.form(k) != "should" || f.tag(k+1) != kith.PRON && f.tag(k+1) != kith.PROPN {
				return false
			}
		default:
			return false
		}
	}
	switch f.form(k) {
	case "should":
		return f.base(i)
	case "had":
		return f.xtag(i).String() == "VBN" || f.xtag(i).String() == "VBD" || f.child(i, kith.Cop) >= 0
	}
	return f.form(i-1) == "to" || f.infinitive(i)
}

// base reports whether a verb stands without an ending, or a predicate with
// "be".
func (f *force) base(i int) bool {
	return f.xtag(i).String() == "VB" || f.xtag(i).String() == "VBP" || f.form(i-1) == "be"
}
