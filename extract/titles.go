package extract

import (
	"strings"

	"kith"
)

// titleOnly reports whether what was taken for a person's name holds nothing
// but titles and party words: "Shadow Home Secretary", "Democrats". It names
// nobody.
func (l *lexicon) titleOnly(name string) bool {
	some := false
	for w := range strings.FieldsSeq(name) {
		some = true
		w = strings.Trim(strings.ToLower(w), ".,'’\"()")
		if !in(titleWords, w) && !l.person(w) && !l.person(strings.TrimSuffix(w, "s")) {
			return false
		}
	}
	return some
}

// houseWords end names of bodies rather than of occasions.
var houseWords = words(`forum fund foundation institute league network project trust union watch`)

var titleWords = words(`acting and assistant attorney chief council democrat democrats deputy ex ex- exchequer finance first foreign former
	general home house incumbent interior junior labor labour lady late mr mrs ms new of opposition prime republican republicans
	retired senate senior shadow state states the tories tory trade treasury u.s uk under united us vice white`)

// fake lists the entities that are no persons but titles.
func (l *lexicon) fake(a *kith.Analysis) []bool {
	var out []bool
	for i, e := range a.Entities {
		if e.Type == kith.Person && !e.Unnamed && l.titleOnly(e.Name) {
			if out == nil {
				out = make([]bool, len(a.Entities))
			}
			out[i] = true
		}
	}
	return out
}

// dropFakes removes the claims whose ends are titles taken for names.
func (s *Stage) dropFakes(a *kith.Analysis, from int) {
	kept := a.Claims[:from]
	for _, c := range a.Claims[from:] {
		if c.Subject.Type == kith.Person && s.lex.titleOnly(c.Subject.Name) ||
			c.Object != nil && c.Object.Type == kith.Person && s.lex.titleOnly(c.Object.Name) {
			continue
		}
		kept = append(kept, c)
	}
	a.Claims = kept
}
