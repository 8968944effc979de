package answer

import (
	"slices"
	"strings"

	"kith"
	"kith/query"
)

// said lists who said what about whom: quotations, praise, criticism and
// accusations, and what is attributed to the speaker.
func said(a *asker) error {
	var speaker, about *kith.Entity
	var err error
	if a.q.Names[0] != query.Any {
		if speaker, err = a.entity(a.q.Names[0]); err != nil {
			return err
		}
	}
	if a.q.Third != "" {
		if about, err = a.entity(a.q.Third); err != nil {
			return err
		}
	}
	claims, err := a.spoken(speaker, about)
	if err != nil {
		return err
	}
	denials := a.q.Part == "denials"
	kept := pointers(claims, func(c *kith.Claim) bool {
		if denials && !c.Negated {
			return false
		}
		return speaks(c, speaker) && (about == nil || a.concerns(c, about, claims))
	})
	a.add(a.window(a.fold("", kept), true))
	return nil
}

// spoken reads the claims among which what was said can be found.
func (a *asker) spoken(speaker, about *kith.Entity) ([]kith.Claim, error) {
	if speaker == nil && about == nil && a.q.Part == "denials" {
		return a.collect(kith.ClaimFilter{})
	}
	if speaker == nil && about == nil {
		return a.collect(kith.ClaimFilter{Predicates: speech})
	}
	var claims []kith.Claim
	if about != nil {
		own, err := a.about(about.ID)
		if err != nil {
			return nil, err
		}
		claims = own
	}
	if speaker != nil {
		own, err := a.about(speaker.ID)
		if err != nil {
			return nil, err
		}
		claims = merge(own, claims)
		documents := map[kith.DocumentID]bool{}
		for _, c := range own {
			documents[c.Evidence.Document] = true
		}
		return a.attributed(claims, documents)
	}
	quotes, err := a.collect(kith.ClaimFilter{Predicates: []kith.Predicate{"said"}})
	return merge(claims, quotes), err
}

// attributed adds all claims of the documents in which the speaker speaks:
// what a text gives in the speaker's words may be about others.
func (a *asker) attributed(claims []kith.Claim, documents map[kith.DocumentID]bool) ([]kith.Claim, error) {
	const most = 50 // documents; beyond it only the speaker's own claims count
	if len(documents) > most {
		a.leaveMany("documents that quote the speaker, of which only the speaker's own claims were read", len(documents))
		return claims, nil
	}
	for id := range documents {
		more, err := a.collect(kith.ClaimFilter{Document: id})
		if err != nil {
			return nil, err
		}
		claims = merge(claims, more)
	}
	return claims, nil
}

// speaks reports whether the claim is something that the speaker (or, without
// one, anybody) said.
func speaks(c *kith.Claim, speaker *kith.Entity) bool {
	if speaker == nil {
		return one(speech, c.Predicate) || c.Attribution != nil
	}
	if c.Subject.ID == speaker.ID && one(speech, c.Predicate) {
		return true
	}
	return c.Attribution != nil && (c.Attribution.ID == speaker.ID || c.Attribution.ID == "" && kith.Fold(c.Attribution.Name) == kith.Fold(speaker.Name))
}

// concerns reports whether what was said is about the entity: the entity is
// an end of it, the quotation names it, or the same sentence has the speaker
// do or say something to it.
func (a *asker) concerns(c *kith.Claim, about *kith.Entity, claims []kith.Claim) bool {
	if c.Predicate != "said" {
		return touches(c, about.ID) && (c.Subject.ID != about.ID || c.Attribution != nil && c.Attribution.ID != about.ID)
	}
	if c.Subject.ID == about.ID {
		return false
	}
	if names(c.Value, about) {
		return true
	}
	return slices.ContainsFunc(claims, func(d kith.Claim) bool {
		return d.Predicate != "said" && d.Subject.ID == c.Subject.ID && touches(&d, about.ID) &&
			d.Evidence.Document == c.Evidence.Document && d.Evidence.Span().Overlaps(c.Evidence.Span())
	})
}

// names reports whether a text holds a name of the entity as whole words.
func names(text string, e *kith.Entity) bool {
	padded := " " + strings.Join(strings.FieldsFunc(kith.Fold(text), notName), " ") + " "
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		if f := kith.Fold(n); len(f) > 2 && strings.Contains(padded, " "+strings.Join(strings.FieldsFunc(f, notName), " ")+" ") {
			return true
		}
	}
	return false
}

func notName(r rune) bool { return strings.ContainsRune(" .,;:!?\"'()“”’-", r) }
