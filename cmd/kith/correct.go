package main

import (
	"errors"
	"fmt"
	"strings"

	"kith"
	"kith/ontology"
	"kith/store"
)

// correctCmd says what a claim should say. Flags not given leave a part as it
// is.
type correctCmd struct {
	signed
	correction
	Claim string `arg:"" help:"Id of the claim, or the start of one."`
}

// correction is what can be changed of a claim.
type correction struct {
	Subject   string   `help:"Whom it is about (name or id)." placeholder:"NAME"`
	Predicate string   `help:"The predicate." placeholder:"P"`
	Object    string   `help:"The other party (name or id); - for none." placeholder:"NAME"`
	Third     string   `help:"To whom, with whom or for whom; - for nobody." placeholder:"NAME"`
	Value     string   `help:"The literal object; - for none." placeholder:"TEXT"`
	Modality  string   `help:"asserted, planned or hedged." enum:",asserted,planned,hedged" default:""`
	Negated   string   `help:"yes or no." enum:",yes,no" default:""`
	From      string   `help:"When it began; - for unknown." placeholder:"DATE"`
	To        string   `help:"When it ended; - for unknown." placeholder:"DATE"`
	Says      string   `help:"Who says so; - for the document itself." placeholder:"NAME"`
	Set       []string `help:"A qualifier, as role=adviser; an empty one is taken away." placeholder:"NAME=TEXT"`
}

func (c *correctCmd) Run(e *env) error {
	return e.deciding(func(s *store.Store, v kith.View) error {
		claim, err := v.Claim(e.ctx, kith.ClaimID(c.Claim))
		if err != nil {
			return err
		}
		d, err := c.decide(e, s, v, claim, c.signed)
		if err != nil {
			return err
		}
		e.decided(d, "corrected to: "+claimLine(d.Correction))
		return nil
	})
}

// decide applies the correction to a claim and stores it.
func (c *correction) decide(e *env, s *store.Store, v kith.View, claim *kith.Claim, by signed) (*kith.Decision, error) {
	fixed, err := c.apply(e, v, *claim)
	if err != nil {
		return nil, err
	}
	d := by.decision(kith.Correct)
	d.ClaimID, d.Correction = claim.ID, fixed
	return d, s.Decide(e.ctx, d)
}

func (c *correction) apply(e *env, v kith.View, claim kith.Claim) (*kith.Claim, error) {
	before := claim.ComputeID()
	if c.Predicate != "" {
		if err := knownPredicate(e, c.Predicate); err != nil {
			return nil, err
		}
		claim.Predicate = kith.Predicate(c.Predicate)
	}
	if err := c.ends(e, v, &claim); err != nil {
		return nil, err
	}
	if err := c.plain(&claim); err != nil {
		return nil, err
	}
	for _, set := range c.Set {
		if err := setQualifier(&claim.Qualifiers, set); err != nil {
			return nil, err
		}
	}
	if claim.ComputeID() == before && len(c.ids()) == 0 {
		return nil, usage{errors.New("correct: nothing is changed; see kith correct --help for what can be")}
	}
	return &claim, nil
}

// ids are the parties that the correction names.
func (c *correction) ids() []string {
	var out []string
	for _, s := range []string{c.Subject, c.Object, c.Third} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// ends finds the parties that are named anew. A name that the store does not
// know becomes a new entity of the kind that the predicate asks for.
func (c *correction) ends(e *env, v kith.View, claim *kith.Claim) error {
	o, err := ontology.Load(e.knowledge())
	if err != nil {
		return err
	}
	kinds := o.Find(claim.Predicate)
	var subjects, objects []kith.EntityType
	if kinds != nil {
		subjects, objects = kinds.Subject, kinds.Object
	}
	if c.Subject != "" {
		ref, err := party(e, v, c.Subject, subjects)
		if err != nil {
			return err
		}
		claim.Subject = *ref
	}
	for _, end := range []struct {
		name  string
		kinds []kith.EntityType
		into  **kith.EntityRef
	}{{c.Object, objects, &claim.Object}, {c.Third, nil, &claim.Qualifiers.Third}} {
		switch end.name {
		case "":
		case "-":
			*end.into = nil
		default:
			if *end.into, err = party(e, v, end.name, end.kinds); err != nil {
				return err
			}
		}
	}
	return nil
}

func party(e *env, v kith.View, name string, kinds []kith.EntityType) (*kith.EntityRef, error) {
	entity, err := v.Find(e.ctx, name)
	if errors.Is(err, kith.ErrNotFound) {
		kind := kith.Person
		if len(kinds) > 0 {
			kind = kinds[0]
		}
		e.note("%s is new to the store and taken for a %s.", clean(name), kind)
		return &kith.EntityRef{Name: strings.TrimSpace(name), Type: kind}, nil
	}
	if err != nil {
		return nil, err
	}
	ref := entity.Ref()
	return &ref, nil
}

// plain sets the parts that are words.
func (c *correction) plain(claim *kith.Claim) error {
	switch c.Value {
	case "":
	case "-":
		claim.Value = ""
	default:
		claim.Value = c.Value
	}
	if c.Modality != "" {
		claim.Modality = kith.Modality(c.Modality)
	}
	if c.Negated != "" {
		claim.Negated = c.Negated == "yes"
	}
	for _, end := range []struct {
		flag string
		into *kith.Date
	}{{c.From, &claim.Time.From}, {c.To, &claim.Time.To}} {
		switch end.flag {
		case "":
		case "-":
			*end.into = ""
		default:
			date, err := kith.ParseDate(end.flag)
			if err != nil {
				return usage{err}
			}
			*end.into = date
		}
	}
	switch c.Says {
	case "":
	case "-":
		claim.Attribution = nil
	default:
		claim.Attribution = &kith.Attribution{Kind: kith.ByEntity, Name: c.Says}
	}
	return nil
}

// setQualifier takes one NAME=TEXT.
func setQualifier(q *kith.Qualifiers, set string) error {
	name, value, ok := strings.Cut(set, "=")
	fields := map[string]*string{"role": &q.Role, "office": &q.Office, "jurisdiction": &q.Jurisdiction, "ordinal": &q.Ordinal,
		"election": &q.Election, "outcome": &q.Outcome, "event": &q.Event, "place": &q.Place, "topic": &q.Topic,
		"distinction": &q.Distinction, "count": &q.Count, "amount": &q.Amount, "currency": &q.Currency, "status": &q.Status}
	field := fields[name]
	if !ok || field == nil {
		return usage{fmt.Errorf("--set %s: want NAME=TEXT with role, office, jurisdiction, ordinal, election, outcome, event, place, topic, distinction, count, amount, currency or status", set)}
	}
	*field = value
	return nil
}
