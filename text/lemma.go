package text

import (
	"fmt"
	"strings"

	"kith"
	"kith/text/linear"
)

// lemmatizer finds dictionary forms: first in a table of forms, then by
// rules of English inflection that ask which stems are known.
type lemmatizer struct {
	forms linear.Table // form and tag → where the lemma stands in text
	stems linear.Table // lemma and part of speech → 1
	text  string
}

func openLemmatizer(f linear.File) (lemmatizer, error) {
	var l lemmatizer
	var err error
	if l.forms, err = f.Table("lemma"); err != nil {
		return l, err
	}
	if l.stems, err = f.Table("stems"); err != nil {
		return l, err
	}
	if l.text = string(f.Section("lemma.text")); l.text == "" {
		return l, fmt.Errorf("section lemma.text is missing")
	}
	return l, nil
}

func lemmaKey(word uint64, tag kith.XTag) uint64 { return linear.Mix(word, uint64(tag)+1) }

// class groups tags that inflect alike.
func inflection(t kith.Token) byte {
	switch x := t.XTag.String(); {
	case t.Tag == kith.VERB || t.Tag == kith.AUX:
		return 'v'
	case x == "NNS" || x == "NNPS":
		return 'n'
	case x == "JJR" || x == "JJS" || x == "RBR" || x == "RBS":
		return 'a'
	}
	return 0
}

// lemma returns the dictionary form of a token. Names keep their case.
func (l *lemmatizer) lemma(form string, t kith.Token, word uint64) string {
	if v := l.forms.Get(lemmaKey(word, t.XTag)); v != 0 {
		start, n := int(v>>8), int(v&0xff)
		if start+n <= len(l.text) && !hasDigit(form) {
			return l.text[start : start+n]
		}
	}
	if t.Tag == kith.PROPN || t.Tag == kith.X || t.Tag == kith.SYM || t.Tag == kith.PUNCT || t.Tag == kith.NUM {
		return form
	}
	lower := strings.ToLower(form)
	switch inflection(t) {
	case 'v':
		return l.verb(lower, t.XTag.String())
	case 'n':
		return l.noun(lower)
	case 'a':
		return l.degree(lower)
	}
	return lower
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if isDigit(rune(s[i])) {
			return true
		}
	}
	return false
}

func (l *lemmatizer) known(stem string, class byte) bool {
	return l.stems.Get(linear.Mix(linear.HashBytes(stem), uint64(class))) != 0
}

// verb strips the ending of a verb's form.
func (l *lemmatizer) verb(form, xtag string) string {
	ending := ""
	switch xtag {
	case "VBZ":
		return l.strippedS(form, 'v')
	case "VBG":
		ending = "ing"
	case "VBD", "VBN":
		ending = "ed"
		if verb, ok := strong(form); ok {
			return verb
		}
	}
	stem, ok := strings.CutSuffix(form, ending)
	if ending == "" || !ok || len(stem) < 2 {
		return form
	}
	if y, ok := strings.CutSuffix(stem, "i"); ok && ending == "ed" {
		return y + "y"
	}
	return l.restored(stem, 'v')
}

// restored undoes what an ending did to a stem: a doubled consonant, a
// dropped e.
func (l *lemmatizer) restored(stem string, class byte) string {
	n := len(stem)
	double := n > 2 && stem[n-1] == stem[n-2]
	switch {
	case l.known(stem, class):
		return stem
	case l.known(stem+"e", class):
		return stem + "e"
	case double && (l.known(stem[:n-1], class) || !strings.ContainsRune("lsfz", rune(stem[n-1]))):
		return stem[:n-1]
	case wantsE(stem):
		return stem + "e"
	}
	return stem
}

// wantsE guesses whether an unknown stem lost an e: it ends in one consonant
// after one vowel ("escalat"), or as no English verb does ("involv").
func wantsE(stem string) bool {
	n := len(stem)
	for _, end := range []string{"at", "iz", "is", "v", "c", "u", "rg", "dg", "ng", "bl", "tl", "dl", "pl", "gl", "ur", "ut", "in", "as", "uc", "ar"} {
		if strings.HasSuffix(stem, end) {
			return end != "ng" && end != "in" && end != "ar" || n < 5
		}
	}
	return false
}

// strippedS strips the s of a third person or a plural.
func (l *lemmatizer) strippedS(form string, class byte) string {
	stem, ok := strings.CutSuffix(form, "s")
	if !ok || len(stem) < 2 || strings.HasSuffix(stem, "s") {
		return form
	}
	switch {
	case strings.HasSuffix(stem, "ie") && len(stem) > 3 && !l.known(stem, class):
		return stem[:len(stem)-2] + "y"
	case l.known(stem, class):
		return stem
	case hasEnd(stem, "she", "che", "xe", "sse", "zze", "oe"):
		return stem[:len(stem)-1]
	}
	return stem
}

func hasEnd(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// noun strips a plural.
func (l *lemmatizer) noun(form string) string {
	if stem, ok := strings.CutSuffix(form, "men"); ok && len(stem) > 1 {
		return stem + "man"
	}
	if strings.HasSuffix(form, "sses") {
		return form[:len(form)-2]
	}
	return l.strippedS(form, 'n')
}

// degree strips comparative and superlative.
func (l *lemmatizer) degree(form string) string {
	stem, ok := strings.CutSuffix(form, "er")
	if !ok {
		stem, ok = strings.CutSuffix(form, "est")
	}
	if !ok || len(stem) < 2 {
		return form
	}
	if y, ok := strings.CutSuffix(stem, "i"); ok {
		return y + "y"
	}
	return l.restored(stem, 'a')
}
