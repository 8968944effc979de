package extract

import (
	"slices"
	"strings"

	"kith"
	"kith/ontology"
)

// candidate is a claim that a pattern proposes, with what is needed to judge
// it.
type candidate struct {
	predicate *ontology.Predicate
	pattern   *ontology.Pattern
	order     int
	trigger   int // token that set it off
	subject   party
	object    party
	hasObject bool
	value     string
	third     []party
	role      string
	topic     string
	place     string
	event     string
	amount    string
	currency  string
	status    string
	ordinal   string
	far       int // steps of inference from syntax to the ends
	score     float64
}

// keep adds a candidate, or lets it replace a weaker one that says the same in
// the same sentence.
func (r *reader) keep(c candidate) {
	c.score = r.prior(&c)
	for i := range r.found {
		old := &r.found[i]
		if !sameTie(old, &c) {
			continue
		}
		if c.score > old.score {
			c.fillFrom(old)
			*old = c
		} else {
			old.fillFrom(&c)
		}
		return
	}
	r.found = append(r.found, c)
}

// fillFrom takes what the other candidate knows and this one does not.
func (c *candidate) fillFrom(o *candidate) {
	take := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	take(&c.role, o.role)
	take(&c.topic, o.topic)
	take(&c.place, o.place)
	take(&c.event, o.event)
	take(&c.status, o.status)
	take(&c.amount, o.amount)
	take(&c.currency, o.currency)
	take(&c.ordinal, o.ordinal)
	if len(c.third) == 0 {
		c.third = o.third
	}
}

// sameTie reports whether two candidates of a sentence make one claim.
func sameTie(a, b *candidate) bool {
	if a.predicate != b.predicate || a.hasObject != b.hasObject || !a.hasObject && a.value != b.value {
		return false
	}
	if len(a.third) > 0 && len(b.third) > 0 && a.third[0].ref.Name != b.third[0].ref.Name && a.predicate.Name == "introduced" {
		return false
	}
	if a.subject.same(b.subject) && (!a.hasObject || a.object.same(b.object)) {
		return true
	}
	return a.predicate.Symmetric && a.subject.same(b.object) && a.object.same(b.subject)
}

func (p party) same(q party) bool {
	if p.entity >= 0 || q.entity >= 0 {
		return p.entity == q.entity
	}
	return p.ref.Name == q.ref.Name
}

// claim builds the claim that a candidate makes.
func (r *reader) claim(c *candidate, s kith.Sentence) kith.Claim {
	a := r.a
	out := kith.Claim{
		Subject: c.subject.ref, Predicate: c.predicate.Name, Value: c.value,
		Qualifiers: kith.Qualifiers{Role: c.role, Topic: c.topic, Place: c.place, Event: c.event, Amount: c.amount,
			Currency: c.currency, Status: c.status, Ordinal: c.ordinal},
		Time:       r.timeOf(c.trigger),
		Evidence:   kith.Evidence{Document: a.Document.ID, Start: s.Start, End: s.End, Quote: s.Cut(a.Document.Text)},
		Extractor:  extractor,
		Confidence: c.score,
		Review:     kith.Unreviewed,
	}
	if c.hasObject {
		object := c.object.ref
		out.Object = &object
	}
	if len(c.third) > 0 {
		third := c.third[0].ref
		out.Qualifiers.Third = &third
	}
	if out.Object != nil && out.Qualifiers.Topic != "" && kith.Fold(out.Qualifiers.Topic) == kith.Fold(out.Object.Name) {
		out.Qualifiers.Topic = ""
	}
	r.limit(&out, c.predicate)
	r.certainty(&out, c)
	return out
}

// certainty sets modality, polarity and speaker.
func (r *reader) certainty(out *kith.Claim, c *candidate) {
	if r.presupposed(c) {
		out.Modality = r.standing(c.trigger)
		if !strings.Contains(r.subtree(c.trigger), out.Time.Text) {
			out.Time = kith.Time{}
		}
		return
	}
	out.Modality, out.Negated = r.modality(c.trigger)
	if !out.Negated && strings.HasPrefix(out.Time.Text, "until ") && r.notUntil(c.trigger) {
		out.Time = kith.Time{} // "did not endorse her until May": in May, not up to it
	}
	if c.pattern != nil {
		if c.pattern.Hedged && out.Modality == kith.Asserted {
			out.Modality = kith.Hedged
		}
		if c.pattern.Planned && out.Modality == kith.Asserted {
			out.Modality = kith.Planned
		}
		out.Negated = out.Negated != c.pattern.Negated
	}
	if c.predicate.Lasts == ontology.State && c.subject.ref.Type == kith.Person {
		out.Time = edge(out.Time, r.turning(c.trigger))
	}
	if c.pattern != nil && c.pattern.Kind == ontology.Noun && c.predicate.Name == "located_in" && !strings.Contains(r.subtree(c.trigger), out.Time.Text) {
		out.Time = kith.Time{} // "met on Friday at her home in Lund": of the meeting
	}
	out.Attribution = r.attribution(c.trigger)
	if at := out.Attribution; at != nil && at.Kind == kith.ByEntity && kith.Fold(at.Name) == kith.Fold(out.Subject.Name) {
		out.Attribution = nil
	}
}

// notUntil reports whether "until" says when what the trigger's verb denies
// came about.
func (r *reader) notUntil(trigger int) bool {
	c, ok := r.clausesOf(trigger)
	if !ok {
		return false
	}
	f := force{clauses: c}
	return f.notUntil(trigger)
}

// contentDenied reports whether the denial of a contact denies only what was
// said: "she never told him what to do", "she asked him for nothing" leave open
// that they spoke.
func (r *reader) contentDenied(c *candidate) bool {
	return c.predicate.Name == "communicated_with" && r.tag(c.trigger) == kith.VERB &&
		(in(contentVerbs, r.lemma(c.trigger)) || r.child(c.trigger, kith.Ccomp, kith.Xcomp) >= 0)
}

// contentVerbs lists verbs of telling whose denial is of what was told.
var contentVerbs = words(`tell assure promise remind warn ask announce disclose reveal confess explain admit hint inform notify`)

// standing is the certainty that the adjectives of a post leave it: "the
// proposed directors" are none yet.
func (r *reader) standing(post int) kith.Modality {
	c, ok := r.clausesOf(post)
	if !ok {
		return kith.Asserted
	}
	f := force{clauses: c, level: kith.Asserted}
	for k := r.first[post]; k >= 0; k = r.next[k] {
		if rel := r.rel(int(k)); int(k) < post && (rel == kith.Amod || rel == kith.NmodDesc || rel == kith.Compound) && r.tag(int(k)) != kith.PROPN {
			f.adjective(int(k))
		}
	}
	return f.level
}

// turning is the verb by which a state begins or ends: the trigger itself, or
// the verb that gives the post it names.
func (r *reader) turning(trigger int) string {
	if h := r.head(trigger); r.tag(trigger) != kith.VERB && h >= 0 && r.tag(h) == kith.VERB {
		trigger = h
	}
	return r.lowLemma(trigger)
}

// presupposed reports whether a claim stands in a title, an apposition or a
// possessive: what the sentence takes for granted, whatever it says with it.
func (r *reader) presupposed(c *candidate) bool {
	if c.pattern == nil || c.pattern.Kind != ontology.Person {
		return false
	}
	t := c.trigger
	for n := 0; n < 3 && r.rel(t) == kith.Conj; n++ {
		t = r.head(t)
	}
	if r.child(t, kith.Cop) >= 0 {
		return false
	}
	h := r.head(t)
	if h < 0 || r.tag(h) != kith.VERB {
		return true
	}
	switch r.rel(t) {
	case kith.Obl, kith.Xcomp, kith.Obj, kith.Advcl, kith.Ccomp:
		l := r.lemma(h)
		if r.rel(t) == kith.Obj && in(servingVerbs, l) {
			return true // "succeeding his mentor"
		}
		return !in(namingVerbs, l) && !in(servingVerbs, l) && !in(becomingVerbs, l) && !in(havingVerbs, l)
	}
	return true
}

// subtree is the text below a token.
func (r *reader) subtree(i int) string {
	lo, hi := r.edges(i, func(int) bool { return true })
	return kith.Span{Start: r.a.Tokens[lo].Start, End: r.a.Tokens[hi].End}.Cut(r.a.Document.Text)
}

// limit drops qualifiers that the predicate does not have.
func (r *reader) limit(out *kith.Claim, p *ontology.Predicate) {
	q := &out.Qualifiers
	keep := func(name string, field *string) {
		if *field != "" && !slices.Contains(p.Qualifiers, name) {
			*field = ""
		}
	}
	keep("role", &q.Role)
	keep("topic", &q.Topic)
	keep("place", &q.Place)
	keep("event", &q.Event)
	keep("amount", &q.Amount)
	keep("currency", &q.Currency)
	keep("status", &q.Status)
	keep("ordinal", &q.Ordinal)
}
