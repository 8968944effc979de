package resolve

import (
	"kith"
)

// Two entities of one document are one only where the document says so, or the
// lexicon does.

// twin is an entity of a document that is another one of it.
type twin struct {
	of, id kith.EntityID
	name   string // by which
}

// twins are judgements that tie entities of the document to each other. The
// second end is the one that has no need to be looked for elsewhere.
func (r *Resolver) twins(m kith.Matching, records []*Record) ([]kith.Judgement, error) {
	var out []kith.Judgement
	tied := map[kith.EntityID]bool{}
	for _, t := range append(r.renamed(m.Reading(), records), r.sameKnown(records)...) {
		if tied[t.id] {
			continue
		}
		settled, err := m.Settled(t.id)
		if err != nil {
			return nil, err
		}
		apart, err := m.Apart(t.of, t.id)
		if err != nil {
			return nil, err
		}
		if settled == "" && !apart {
			tied[t.id] = true
			out = append(out, kith.Judgement{A: t.of, B: t.id, Verdict: kith.Same, Score: 0.99, By: By,
				Reasons: []kith.Reason{{Feature: nameSame.String(), Note: t.name}}})
		}
	}
	return out, nil
}

// sameKnown finds entities that bear names of one and the same country, party
// or public body: "America", "the U.S.".
func (r *Resolver) sameKnown(records []*Record) []twin {
	first := map[string]kith.EntityID{}
	var out []twin
	for _, own := range records {
		id, known := own.Profile.Entity, r.Model.lexicon.known(own.sort, own.Profile.Name)
		switch {
		case known == "" || own.misread():
		case first[known] == "":
			first[known] = id
		default:
			out = append(out, twin{first[known], id, known[2:]})
		}
	}
	return out
}

// renamed finds entities of which the document says that another one of it is
// also known by their name: "Harlow Transit, formerly known as the Harlow Tram
// Company". A name that is said of several stands for none of them.
func (r *Resolver) renamed(reading *kith.Reading, records []*Record) []twin {
	byName := map[string]*Record{}
	byID := map[kith.EntityID]*Record{}
	for _, own := range records {
		byName[kindFamily(own.sort)+plain(own.sort, own.Profile.Name)] = own
		byID[own.Profile.Entity] = own
	}
	of := map[kith.EntityID]kith.EntityID{}
	var out []twin
	for i := range reading.Claims {
		c := &reading.Claims[i]
		subject := byID[c.Subject.ID]
		if c.Predicate != "also_known_as" || c.Negated || c.Modality != kith.Asserted || subject == nil {
			continue
		}
		other := byName[kindFamily(subject.sort)+plain(subject.sort, c.Value)]
		if other == nil || other == subject || other.sort != subject.sort {
			continue
		}
		id := other.Profile.Entity
		if before, again := of[id]; again && before != subject.Profile.Entity {
			of[id] = ""
			continue
		}
		of[id] = subject.Profile.Entity
		out = append(out, twin{subject.Profile.Entity, id, c.Value})
	}
	kept := out[:0]
	for _, t := range out {
		if of[t.id] == t.of && of[t.of] == "" {
			kept = append(kept, t)
		}
	}
	return kept
}
