package answer

import (
	"slices"
	"strings"
	"unicode"

	"kith"
	"kith/query"
)

// end is one end of a pattern: anybody, an entity, or words.
type end struct {
	any    bool
	entity *kith.Entity
	own    []kith.EntityID // campaigns and the like that stand for the entity
	words  []string
}

// end reads an end that a question names. A name of no entity, or of several,
// that begins with a small letter or a digit is taken as words to look for; any
// other unknown name is an error.
func (a *asker) end(name string) (end, error) {
	if name == query.Any {
		return end{any: true}, nil
	}
	e, err := a.entity(name)
	if err == nil {
		return end{entity: e}, nil
	}
	if !wordsLike(name) { // a description may fit several, or none but words of claims
		return end{}, err
	}
	return end{words: contentWords(name)}, nil
}

// wordsLike reports whether a name reads as a description.
func wordsLike(name string) bool {
	for _, article := range []string{"the ", "a ", "an "} {
		name = strings.TrimPrefix(name, article)
	}
	r := []rune(name)
	return len(r) > 0 && (unicode.IsLower(r[0]) || unicode.IsDigit(r[0]))
}

// plainWords are passed over when words are looked for.
var plainWords = []string{"the", "a", "an", "of", "in", "at", "for", "to", "and", "his", "her", "their", "its"}

// contentWords are the words by which descriptions are compared, singular.
func contentWords(text string) []string {
	var words []string
	for _, w := range strings.Fields(kith.Fold(text)) {
		w = strings.Trim(w, `.,;:"'()`)
		if w != "" && !slices.Contains(plainWords, w) {
			words = append(words, singular(w))
		}
	}
	return words
}

func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// inText reports whether all words stand in the text.
func inText(words []string, text string) bool {
	have := contentWords(text)
	for _, w := range words {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return len(words) > 0
}

// isRef reports whether the end is the reference.
func (e end) isRef(ref *kith.EntityRef) bool {
	switch {
	case e.any:
		return true
	case ref == nil:
		return false
	case e.entity != nil:
		return ref.ID == e.entity.ID || slices.Contains(e.own, ref.ID)
	}
	return inText(e.words, ref.Name)
}

// far reports whether the end is what the claim has beside its subject: its
// object, its value, the place or post that its qualifiers name.
func (e end) far(c *kith.Claim) bool {
	if e.isRef(c.Object) || e.any {
		return true
	}
	texts := []string{c.Value, c.Qualifiers.Jurisdiction, c.Qualifiers.Office, c.Qualifiers.Event, c.Qualifiers.Place}
	if e.entity != nil {
		name := kith.Fold(e.entity.Name)
		return slices.ContainsFunc(texts, func(t string) bool { return kith.Fold(t) == name }) ||
			c.Predicate == "hosted" && e.isRef(c.Qualifiers.Third)
	}
	return slices.ContainsFunc(texts, func(t string) bool { return inText(e.words, t) })
}

// campaignWords say that an organisation called after somebody is theirs.
var campaignWords = []string{"campaign", "campaigns", "committee", "candidacy", "bid", "pac", "team", "administration", "government", "office", "ticket", "staff"}

// own finds the organisations that stand for a person: those called after
// them by a name like "Adair's campaigns" or "Harris 2020 presidential
// campaign". Where two people of the name could be meant, the one who ran for
// something is.
func (a *asker) own(e *kith.Entity) ([]kith.Entity, error) {
	if e.Type != kith.Person {
		return nil, nil
	}
	full := kith.Fold(e.Name)
	prefixes := []string{full}
	if at := strings.LastIndexByte(full, ' '); at > 0 {
		prefixes = append(prefixes, full[at+1:])
	}
	var found []kith.Entity
	for i, prefix := range prefixes {
		for org, err := range a.view.Entities(a.ctx, kith.EntityFilter{Type: kith.Organization, Prefix: prefix}) {
			if err != nil {
				return nil, err
			}
			if !calledAfter(kith.Fold(org.Name), prefix) || slices.ContainsFunc(found, func(f kith.Entity) bool { return f.ID == org.ID }) {
				continue
			}
			if i > 0 {
				ok, err := a.ran(e)
				if err != nil {
					return nil, err
				}
				if !ok {
					continue
				}
			}
			found = append(found, org.Entity)
		}
	}
	return found, nil
}

func lastWord(name string) string {
	f := strings.Fields(kith.Fold(name))
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}

func calledAfter(org, name string) bool {
	rest, ok := strings.CutPrefix(org, name)
	if !ok || rest == "" || unicode.IsLetter([]rune(rest)[0]) || rest[0] == '-' {
		return false
	}
	return slices.ContainsFunc(strings.Fields(rest), func(w string) bool { return slices.Contains(campaignWords, w) })
}

// ran reports whether some claim says that the person stood for election, or
// holds an office.
func (a *asker) ran(e *kith.Entity) (bool, error) {
	claims, err := a.about(e.ID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(claims, func(c kith.Claim) bool {
		return c.Subject.ID == e.ID && one([]kith.Predicate{"candidate_for", "won_election", "lost_election", "nominated_by"}, c.Predicate) ||
			c.Predicate == "endorsed" && is(c.Object, e.ID)
	}), nil
}

// withOwn returns the claims about an entity and about what stands for it,
// each once, and marks what it took so.
func (a *asker) withOwn(e *kith.Entity) ([]kith.Claim, []kith.EntityID, error) {
	claims, err := a.about(e.ID)
	if err != nil {
		return nil, nil, err
	}
	orgs, err := a.own(e)
	if err != nil {
		return nil, nil, err
	}
	claims = slices.Clone(claims)
	var ids []kith.EntityID
	for _, org := range orgs {
		ids = append(ids, org.ID)
		more, err := a.about(org.ID)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range more {
			if !touches(&c, e.ID) {
				claims = append(claims, c)
			}
		}
	}
	return claims, ids, nil
}

// noteOwn says of lines that run to a campaign whose it is taken to be.
func noteOwn(lines []Line, e *kith.Entity, own []kith.EntityID) {
	for i := range lines {
		l := &lines[i]
		for _, ref := range []*kith.EntityRef{l.Object, l.Third, &l.Subject} {
			if ref != nil && slices.Contains(own, ref.ID) {
				if why := "is taken as " + e.Name + "’s by its name"; calledAfter(kith.Fold(ref.Name), kith.Fold(e.Name)) || calledAfter(kith.Fold(ref.Name), lastWord(e.Name)) {
					l.addNote(ref.Name + " " + why)
				} else {
					l.addNote(e.Name + " founded " + ref.Name)
				}
				break
			}
		}
	}
}
