package extract

import (
	"strings"

	"kith"
)

// rebind mends an object pronoun that was taken for a subject of its own
// clause, which English does not allow ("Cruz accused her" is never Cruz): it
// takes the nearest other person before who fits the pronoun, or nobody.
func (r *reader) rebind(subjects, objects *filled) {
	if len(objects.parties) != 1 || objects.parties[0].kind != kith.PronounMention {
		return
	}
	o := objects.parties[0]
	sex := sexOf(r.a.Word(o.tok))
	if sex == 0 || !holds(subjects.parties, o.entity) {
		return
	}
	other := r.nearestSubject(o.tok, sex, subjects.parties)
	if other < 0 {
		objects.parties = nil
		return
	}
	e := r.a.Entities[other]
	objects.parties[0].ref, objects.parties[0].entity = e.Ref(), other
	objects.arg.far += 2
}

// sexOf tells a pronoun's: 'm', 'f', or 0 for one that tells none.
func sexOf(w string) byte {
	switch strings.ToLower(w) {
	case "he", "him", "his":
		return 'm'
	case "she", "her", "hers":
		return 'f'
	}
	return 0
}

func holds(parties []party, entity int) bool {
	for _, p := range parties {
		if p.entity == entity {
			return true
		}
	}
	return false
}

// nearestSubject finds the nearest person before a token who was a subject and is
// called by no pronoun of the other sex; -1 for none within three sentences.
func (r *reader) nearestSubject(tok int, sex byte, not []party) int {
	s := r.a.SentenceOf(tok)
	here, first := r.a.Sentences[s].First, r.a.Sentences[max(s-2, 0)].First
	for t := tok - 1; t >= first; t-- {
		m := r.mention[t]
		if m < 0 || r.a.Mentions[m].Head != t || !r.prominent(t, here) {
			continue
		}
		e := r.a.Mentions[m].Entity
		if x := r.a.Entities[e]; x.Type == kith.Person && !x.Unnamed && !holds(not, e) && !r.calledBy(e, opposite(sex)) {
			return e
		}
	}
	return -1
}

// prominent reports whether a token is a subject or, in the sentence that begins
// at token here, an object.
func (r *reader) prominent(t, here int) bool {
	switch r.rel(t) {
	case kith.Nsubj, kith.NsubjPass:
		return true
	case kith.Obj, kith.Iobj:
		return t >= here
	}
	return false
}

func opposite(sex byte) byte {
	if sex == 'm' {
		return 'f'
	}
	return 'm'
}

// calledBy reports whether an entity is somewhere called by a pronoun of that
// sex.
func (r *reader) calledBy(entity int, sex byte) bool {
	if r.called == nil {
		r.called = make([]sexes, len(r.a.Entities))
		for _, m := range r.a.Mentions {
			if m.Kind == kith.PronounMention && m.Entity >= 0 {
				r.called[m.Entity].add(sexOf(m.Text))
			}
		}
	}
	return sex == 'm' && r.called[entity].male || sex == 'f' && r.called[entity].female
}

// sexes are those of the pronouns for an entity.
type sexes struct{ male, female bool }

func (s *sexes) add(sex byte) {
	s.male = s.male || sex == 'm'
	s.female = s.female || sex == 'f'
}

// reown mends a possessor that was taken for the subject where nobody does
// such a thing to what is theirs: "Cruz gave money to his campaign" is
// somebody else's.
func (r *reader) reown(o party, subjects []party) party {
	if o.tok < 0 {
		return o
	}
	c := r.child(o.tok, kith.NmodPoss)
	if c < 0 || sexOf(r.a.Word(c)) == 0 || !strings.Contains(o.ref.Name, "'s ") {
		return o
	}
	e := r.nearestSubject(c, sexOf(r.a.Word(c)), subjects)
	if e < 0 {
		return o
	}
	_, rest, _ := strings.Cut(o.ref.Name, "'s ")
	o.ref.Name, o.owner = r.a.Entities[e].Name+"'s "+rest, e
	o.hops += 2
	return o
}
