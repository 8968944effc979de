package main

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// namedPlaces finds where a text has the proper names of gold entities, the
// longest first. A name that two entities share is passed over, and so is one
// that stands inside a longer name.
func namedPlaces(text string, entities []goldEntity) []unit {
	var units []unit
	taken := make([]bool, len(text))
	for _, f := range properForms(entities) {
		for from := 0; ; {
			i := strings.Index(text[from:], f.form)
			if i < 0 {
				break
			}
			s := kith.Span{Start: from + i, End: from + i + len(f.form)}
			from = s.End
			if taken[s.Start] || taken[s.End-1] || !wholeWords(text, s) {
				continue
			}
			for k := s.Start; k < s.End; k++ {
				taken[k] = true
			}
			if f.entity != nil && !insideName(text, s) {
				units = append(units, unit{Span: s, gold: f.entity.Name, kind: f.entity.Type})
			}
		}
	}
	sort.Slice(units, func(i, j int) bool { return units[i].Start < units[j].Start })
	return units
}

// properForm is a name; entity is nil where several have it, or where it is a
// description rather than a name.
type properForm struct {
	form   string
	entity *goldEntity
}

func properForms(entities []goldEntity) []properForm {
	at := map[string]int{}
	var out []properForm
	for i := range entities {
		e := &entities[i]
		for _, form := range append([]string{e.Name}, e.Aliases...) {
			if !isProper(form) {
				continue
			}
			bearer := e
			if !isName(form, e.Type) {
				bearer = nil
			}
			k, ok := at[form]
			if !ok {
				at[form] = len(out)
				out = append(out, properForm{form, bearer})
			} else if out[k].entity != bearer {
				out[k].entity = nil
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].form) > len(out[j].form) })
	return out
}

// isProper reports whether a form begins with a capital and names by itself.
func isProper(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r)
}

// isName reports whether a form names rather than describes: no group of
// people, no pronoun, no bare office, no common noun in small letters.
func isName(form, kind string) bool {
	if kind == string(kith.Group) || len(form) < 2 {
		return false
	}
	words := strings.Fields(form)
	told := false
	for _, w := range words {
		if !isProper(w) && !smallWords[strings.ToLower(w)] && !unicode.IsDigit(rune(w[0])) && w != "&" {
			return false
		}
		told = told || !beforeNames[strings.ToLower(strings.Trim(w, "."))]
	}
	return told || kind != string(kith.Person)
}

var smallWords = wordSet("of the and for in on at to de la al von van bin bint ’s 's")

func wholeWords(text string, s kith.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	after, _ := utf8.DecodeRuneInString(text[s.End:])
	return !wordRune(before) && !wordRune(after)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' }

// insideName reports whether the words around a name go on with capitals, as
// those of a longer name do. A title before it is no part of it.
func insideName(text string, s kith.Span) bool {
	if rest := text[s.End:]; strings.HasPrefix(rest, " ") && isProper(rest[1:]) {
		return true
	}
	before := text[:s.Start]
	if !strings.HasSuffix(before, " ") {
		return false
	}
	words := strings.Fields(before[max(0, len(before)-60):])
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	if !isProper(last) || strings.ContainsAny(last[len(last)-1:], ".,:;!?\"") {
		return false
	}
	return !beforeNames[strings.ToLower(last)]
}

// beforeNames are words with a capital that may stand before a name without
// being part of it.
var beforeNames = wordSet(`the a an and but when after before in on at by for with from to of if as while since he she i my we
	president vice-president senator governor mayor representative secretary minister premier chancellor justice judge king queen
	prince princess sir dame lord lady mr mrs ms dr gov sen rep former republican democrat democratic general colonel chairman
	chairwoman congressman congresswoman ambassador chief captain foreign prime vice deputy state`)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
