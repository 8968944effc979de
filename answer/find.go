package answer

import (
	"errors"
	"slices"
	"strings"

	"kith"
	"kith/query"
)

// moneyLike are predicates whose object may be a campaign where the person is
// asked for.
var moneyLike = []kith.Predicate{"donated_to", "raised_funds_for", "supported", "endorsed", "campaigned_for", "led", "employed_by", "hosted"}

// find lists the claims of a pattern: subject, predicates, object. With two
// objects it keeps subjects that have both.
func find(a *asker) error {
	a.divide()
	subject, err := a.end(a.q.Names[0])
	if err != nil {
		return err
	}
	var parts [][]Line
	var asked []kith.EntityID
	for _, name := range a.q.Names[1:] {
		object, err := a.end(name)
		if err != nil {
			return err
		}
		if object.entity != nil {
			asked = append(asked, object.entity.ID)
			if object, err = a.widen(object); err != nil {
				return err
			}
		}
		lines, err := a.pattern(subject, object)
		if err != nil {
			return err
		}
		parts = append(parts, lines)
	}
	if len(parts) == 2 {
		parts = both(parts[0], parts[1], asked)
	}
	for _, lines := range parts {
		a.add(a.window(lines, true))
	}
	return nil
}

// divide takes apart what a question gives as one name and what no entity
// bears: "A and B" are two who are both meant, and "A on pensions" is A and
// words that the claim must hold.
func (a *asker) divide() {
	q := &a.q
	if x, y, ok := a.pair(q.Names[1]); ok && len(q.Names) == 2 {
		q.Names = []string{q.Names[0], x, y}
	} else if x, y, ok := a.pair(q.Names[0]); ok && len(q.Names) == 2 && q.Names[1] == query.Any {
		q.Names = []string{query.Any, x, y} // whom or what both have: read from the far end
		for i := range q.Terms {
			q.Terms[i].Reversed = !q.Terms[i].Reversed
		}
	}
	for i, name := range q.Names[1:] {
		for _, link := range []string{" together with ", " along with "} {
			if x, y, ok := strings.Cut(name, link); ok && a.isName(x) && a.isName(y) {
				q.Names[i+1], name = x, x
			}
		}
		if a.isName(name) {
			continue
		}
		if x, y, ok := strings.Cut(name, " of "); ok && q.Value != "" && a.isName(y) { // "chief of staff" of Y
			q.Names[i+1], q.Value = y, q.Value+" of "+x
			continue
		}
		if q.Value != "" {
			continue
		}
		for _, link := range []string{" on ", " about ", " over ", " for ", " as ", " with "} {
			if x, words, ok := strings.Cut(name, link); ok && a.isName(x) {
				q.Names[i+1], q.Value = x, words
				break
			}
		}
	}
	a.question = q.String()
}

// pair divides a name that is none at its "and".
func (a *asker) pair(name string) (x, y string, ok bool) {
	for at := 0; ; {
		i := strings.Index(name[at:], " and ")
		if i < 0 || a.isName(name) {
			return "", "", false
		}
		x, y = strings.TrimPrefix(name[:at+i], "both "), strings.TrimPrefix(name[at+i+len(" and "):], "for ")
		if a.isName(x) && a.isName(y) {
			return x, y, true
		}
		at += i + len(" and ")
	}
}

func (a *asker) isName(name string) bool {
	_, err := a.entity(name)
	return err == nil || errors.Is(err, kith.ErrAmbiguous)
}

// widen lets a person's campaign stand for the person where the question is
// about money, work and backing.
func (a *asker) widen(e end) (end, error) {
	if !slices.ContainsFunc(a.q.Terms, func(t query.Term) bool { return one(moneyLike, t.Predicate) && !t.Reversed }) {
		return e, nil
	}
	orgs, err := a.own(e.entity)
	for _, org := range orgs {
		e.own = append(e.own, org.ID)
	}
	return e, err
}

// pattern lists the lines of all terms between two ends.
func (a *asker) pattern(subject, object end) ([]Line, error) {
	var kept []*kith.Claim
	seen := map[kith.ClaimID]bool{}
	for _, t := range a.terms() {
		near, far := subject, object
		if t.Reversed {
			near, far = object, subject
		}
		claims, err := a.candidates(t.Predicate, near, far)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			if !seen[c.ID] && a.fits(c, near, far) {
				seen[c.ID] = true
				kept = append(kept, c)
			}
		}
	}
	lines := a.fold("", kept)
	if object.entity != nil {
		noteOwn(lines, object.entity, object.own)
	}
	return lines, nil
}

// terms are those of the question; none means every predicate.
func (a *asker) terms() []query.Term {
	if len(a.q.Terms) == 0 {
		return []query.Term{{}}
	}
	return a.q.Terms
}

// candidates reads the claims that a pattern can be found among: those of an end
// that is an entity, else all of the predicate.
func (a *asker) candidates(p kith.Predicate, near, far end) ([]*kith.Claim, error) {
	keep := func(c *kith.Claim) bool { return p == "" || c.Predicate == p }
	for _, e := range []end{near, far} {
		if e.entity == nil {
			continue
		}
		claims, _, err := a.withOwn(e.entity)
		if err != nil {
			return nil, err
		}
		if e.entity.ID == near.entityID() || !valued(p) {
			return pointers(claims, keep), nil
		}
	}
	f := kith.ClaimFilter{}
	if p != "" {
		f.Predicates = []kith.Predicate{p}
	}
	claims, err := a.collect(f)
	return pointers(claims, nil), err
}

func (e end) entityID() kith.EntityID {
	if e.entity == nil {
		return ""
	}
	return e.entity.ID
}

// valued reports whether claims of the predicate may name their far end by
// words only, so that they cannot be found by an entity's id.
func valued(p kith.Predicate) bool {
	return one([]kith.Predicate{"held_office", "candidate_for", "won_election", "lost_election", "hosted", "attended", "spoke_at"}, p)
}

// fits reports whether a claim has these ends, and the words asked for.
func (a *asker) fits(c *kith.Claim, near, far end) bool {
	forward := near.isRef(&c.Subject) && far.far(c)
	backward := symmetricHere(c.Predicate) && c.Object != nil && near.isRef(c.Object) && far.isRef(&c.Subject)
	if !forward && !backward {
		return false
	}
	if a.q.Third != "" && (c.Qualifiers.Third == nil || !a.isNamed(c.Qualifiers.Third, a.q.Third)) {
		return false
	}
	if a.q.Value == "" {
		return true
	}
	words := officeWords(a.q.Value)
	for _, text := range []string{c.Value, c.Qualifiers.Role, c.Qualifiers.Office, c.Qualifiers.Election, c.Qualifiers.Topic} {
		if text == "" {
			continue
		}
		if have := officeWords(text); subset(words, have) || subset(have, words) && c.Predicate == "won_election" {
			return true
		}
		if inText(contentWords(a.q.Value), text) {
			return true
		}
	}
	return c.Predicate == "hosted" && (inText(contentWords(a.q.Value), nameOf(c.Object)) || inText(contentWords(a.q.Value), c.Value))
}

// symmetricHere reports whether a question may read the predicate both ways:
// the symmetric ones, and talk, which takes two.
func symmetricHere(p kith.Predicate) bool {
	return one([]kith.Predicate{"ally_of", "compared_to", "met_with", "relative_of", "sibling_of", "spouse_of", "communicated_with"}, p)
}

// subset reports whether all of some words stand among others. "president"
// is not taken to stand in "vice president".
func subset(some, all []string) bool {
	for _, rank := range []string{"vice", "deputy", "lieutenant", "shadow", "assistant"} {
		if slices.Contains(all, rank) != slices.Contains(some, rank) {
			return false
		}
	}
	for _, w := range some {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return len(some) > 0
}

// isNamed reports whether a reference is to the entity that a name means, or
// is described by its words.
func (a *asker) isNamed(ref *kith.EntityRef, name string) bool {
	if e, err := a.entity(name); err == nil {
		return e.ID == ref.ID
	}
	return inText(contentWords(name), ref.Name)
}

// both keeps the lines of third parties that stand in both lists; the two who
// are asked for are no third parties.
func both(first, second []Line, asked []kith.EntityID) [][]Line {
	ends := func(l *Line) []kith.EntityID {
		ids := []kith.EntityID{l.Subject.ID}
		if l.Object != nil {
			ids = append(ids, l.Object.ID)
		}
		return slices.DeleteFunc(ids, func(id kith.EntityID) bool { return slices.Contains(asked, id) })
	}
	keep := func(lines, other []Line, link int) []Line {
		var kept []Line
		for _, l := range lines {
			shared := slices.IndexFunc(ends(&l), func(id kith.EntityID) bool {
				return slices.ContainsFunc(other, func(m Line) bool { return slices.Contains(ends(&m), id) })
			})
			if shared >= 0 {
				l.chain, l.link = string(ends(&l)[shared]), link
				kept = append(kept, l)
			}
		}
		return kept
	}
	return [][]Line{keep(first, second, 0), keep(second, first, 1)}
}
