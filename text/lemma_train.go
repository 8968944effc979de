package text

import (
	"sort"
	"strings"

	"kith"
	"kith/text/linear"
)

// encodeLemmas adds the sections of a lemmatiser to a model file: the stems
// by which the rules decide, and each form whose lemma the rules do not give.
// extra lists further stems by class: v, n, a.
func encodeLemmas(sections map[string][]byte, documents []*kith.Analysis, extra map[byte][]string) {
	sections["stems"] = encodeStems(documents, extra)
	var rules lemmatizer
	rules.stems, _ = linear.OpenTable(sections["stems"])
	rules.forms, _ = linear.OpenTable(linear.BuildTable(nil, nil))
	var keys, values []uint64
	text, at := []byte{' '}, map[string]int{}
	for _, f := range countForms(documents) {
		if f.count < 3 && rules.lemma(f.form, f.token, f.word) == f.token.Lemma {
			continue
		}
		start, ok := at[f.token.Lemma]
		if !ok {
			start = len(text)
			at[f.token.Lemma] = start
			text = append(text, f.token.Lemma...)
		}
		keys = append(keys, lemmaKey(f.word, f.token.XTag))
		values = append(values, uint64(start)<<8|uint64(len(f.token.Lemma)))
	}
	sections["lemma"], sections["lemma.text"] = linear.BuildTable(keys, values), text
}

func encodeStems(documents []*kith.Analysis, extra map[byte][]string) []byte {
	known := map[uint64]bool{}
	add := func(stem string, class byte) { known[linear.Mix(linear.HashBytes(stem), uint64(class))] = true }
	for class, list := range extra {
		for _, stem := range list {
			add(stem, class)
		}
	}
	for _, a := range documents {
		for i := range a.Tokens {
			switch t := &a.Tokens[i]; t.Tag {
			case kith.VERB, kith.AUX:
				add(t.Lemma, 'v')
			case kith.NOUN:
				add(t.Lemma, 'n')
			case kith.ADJ, kith.ADV:
				add(t.Lemma, 'a')
			}
		}
	}
	keys := make([]uint64, 0, len(known))
	for h := range known {
		keys = append(keys, h)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	values := make([]uint64, len(keys))
	for i := range values {
		values[i] = 1
	}
	return linear.BuildTable(keys, values)
}

// formCount is a form with a tag, its most frequent lemma and how often that
// was seen.
type formCount struct {
	form  string
	word  uint64
	token kith.Token
	count int
}

// countForms lists the forms of all documents whose lemma can be looked up,
// each with its most frequent lemma, in a fixed order.
func countForms(documents []*kith.Analysis) []formCount {
	counts := map[uint64]map[string]*formCount{}
	for _, a := range documents {
		for i := range a.Tokens {
			t, form := a.Tokens[i], a.Word(i)
			if !inLemmaTable(form, t) {
				continue
			}
			word := wordHash(form)
			key := lemmaKey(word, t.XTag)
			if counts[key] == nil {
				counts[key] = map[string]*formCount{}
			}
			if counts[key][t.Lemma] == nil {
				counts[key][t.Lemma] = &formCount{strings.ToLower(form), word, t, 0}
			}
			counts[key][t.Lemma].count++
		}
	}
	var out []formCount
	for _, lemmas := range counts {
		best := formCount{}
		for _, c := range lemmas {
			if c.count > best.count || c.count == best.count && c.token.Lemma < best.token.Lemma {
				best = *c
			}
		}
		out = append(out, best)
	}
	sort.Slice(out, func(i, j int) bool {
		return lemmaKey(out[i].word, out[i].token.XTag) < lemmaKey(out[j].word, out[j].token.XTag)
	})
	return out
}

func inLemmaTable(form string, t kith.Token) bool {
	switch t.Tag {
	case kith.PROPN:
		return t.XTag.String() == "NNPS" && t.Lemma != form && len(t.Lemma) < 256
	case kith.X, kith.SYM, kith.PUNCT, kith.NUM:
		return false
	}
	return t.Lemma != "_" && t.Lemma != "" && len(t.Lemma) < 256 && !hasDigit(form)
}
