package serve

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kith"
)

// claimForm is a claim as the form for corrections shows it.
type claimForm struct {
	Subject, Object, Third             string
	SubjectType, ObjectType, ThirdType kith.EntityType
	Predicate                          kith.Predicate
	Value, From, To                    string
	Modality                           kith.Modality
	Negated                            bool
	Voice                              string
	Qualifiers                         []qualifierField
}

type qualifierField struct{ Name, Value string }

// qualifierNames are the qualifiers that a form shows, with where each lies.
var qualifierNames = []string{"role", "jurisdiction", "election", "place", "topic", "event", "amount", "currency", "status"}

func qualifier(q *kith.Qualifiers, name string) *string {
	switch name {
	case "role":
		return &q.Role
	case "jurisdiction":
		return &q.Jurisdiction
	case "election":
		return &q.Election
	case "place":
		return &q.Place
	case "topic":
		return &q.Topic
	case "event":
		return &q.Event
	case "amount":
		return &q.Amount
	case "currency":
		return &q.Currency
	}
	return &q.Status
}

func formOf(c *kith.Claim) claimForm {
	f := claimForm{Subject: c.Subject.Name, SubjectType: c.Subject.Type, Predicate: c.Predicate, Value: c.Value,
		From: string(c.Time.From), To: string(c.Time.To), Modality: c.Modality, Negated: c.Negated, Voice: voice(*c)}
	if c.Object != nil {
		f.Object, f.ObjectType = c.Object.Name, c.Object.Type
	}
	if third := c.Qualifiers.Third; third != nil {
		f.Third, f.ThirdType = third.Name, third.Type
	}
	for _, name := range qualifierNames {
		f.Qualifiers = append(f.Qualifiers, qualifierField{name, *qualifier(&c.Qualifiers, name)})
	}
	return f
}

// fillClaim sets what a claim says from a form. Fields that the form does not
// have stay as they are.
func fillClaim(c *kith.Claim, form url.Values) error {
	get := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	c.Predicate = kith.Predicate(get("predicate"))
	c.Subject = end(get("subject"), get("subject_type"), &c.Subject)
	c.Object = endOrNone(get("object"), get("object_type"), c.Object)
	c.Qualifiers.Third = endOrNone(get("third"), get("third_type"), c.Qualifiers.Third)
	c.Value, c.Negated = get("value"), get("negated") != ""
	c.Modality = kith.Modality(get("modality"))
	for _, name := range qualifierNames {
		if form.Has("q_" + name) {
			*qualifier(&c.Qualifiers, name) = get("q_" + name)
		}
	}
	fillVoice(c, get("voice"))
	if err := fillTime(c, get("from"), get("to")); err != nil {
		return err
	}
	return sayable(c)
}

// fillVoice keeps the attribution where the name is still the same.
func fillVoice(c *kith.Claim, name string) {
	switch {
	case name == "":
		c.Attribution = nil
	case c.Attribution == nil || c.Attribution.Name != name:
		c.Attribution = &kith.Attribution{Kind: kith.ByEntity, Name: name}
	}
}

func fillTime(c *kith.Claim, from, to string) error {
	for _, pair := range []struct {
		text string
		into *kith.Date
	}{{from, &c.Time.From}, {to, &c.Time.To}} {
		if pair.text == "" {
			*pair.into = ""
			continue
		}
		d, err := kith.ParseDate(pair.text)
		if err != nil {
			return fmt.Errorf("%v: %w", err, kith.ErrInvalid)
		}
		*pair.into = d
	}
	return nil
}

// sayable refuses a claim that says nothing.
func sayable(c *kith.Claim) error {
	switch {
	case c.Subject.Name == "":
		return fmt.Errorf("the claim needs a subject: %w", kith.ErrInvalid)
	case c.Predicate == "":
		return fmt.Errorf("the claim needs a predicate: %w", kith.ErrInvalid)
	case c.Object == nil && c.Value == "":
		return fmt.Errorf("the claim needs an object or a value: %w", kith.ErrInvalid)
	case c.Modality != kith.Asserted && c.Modality != kith.Planned && c.Modality != kith.Hedged:
		return fmt.Errorf("the claim needs a certainty: asserted, planned or hedged: %w", kith.ErrInvalid)
	}
	return nil
}

func end(name, kind string, old *kith.EntityRef) kith.EntityRef {
	if old != nil && old.Name == name && (kind == "" || kind == string(old.Type)) {
		return *old
	}
	return kith.EntityRef{Name: name, Type: kith.EntityType(kind)}
}

func endOrNone(name, kind string, old *kith.EntityRef) *kith.EntityRef {
	if name == "" {
		return nil
	}
	e := end(name, kind, old)
	return &e
}

// evidence is the run of whole sentences that holds the bytes from start to
// end of a document.
func evidence(doc *kith.Document, start, end string) (kith.Evidence, error) {
	from, err := strconv.Atoi(start)
	to, err2 := strconv.Atoi(end)
	if err != nil || err2 != nil || from < 0 || to > len(doc.Text) || from >= to {
		return kith.Evidence{}, fmt.Errorf("add a claim: bytes %q to %q are not in the document: %w", start, end, kith.ErrInvalid)
	}
	for from < to && (doc.Text[from] == ' ' || doc.Text[from] == '\n') {
		from++
	}
	for to > from && (doc.Text[to-1] == ' ' || doc.Text[to-1] == '\n') {
		to--
	}
	for from > 0 && !sentenceEnds(doc.Text, from) {
		from--
	}
	for to < len(doc.Text) && !sentenceEnds(doc.Text, to) {
		to++
	}
	span := kith.Span{Start: from, End: to}
	quote := strings.TrimSpace(span.Cut(doc.Text))
	span.Start += strings.Index(span.Cut(doc.Text), quote)
	span.End = span.Start + len(quote)
	if quote == "" || !utf8.ValidString(quote) {
		return kith.Evidence{}, fmt.Errorf("add a claim: no words are selected: %w", kith.ErrInvalid)
	}
	return kith.Evidence{Document: doc.ID, Start: span.Start, End: span.End, Quote: quote}, nil
}

// sentenceEnds reports whether a sentence may end just before byte i: after a
// full stop with its quotation marks, before white space, or at a line's end.
func sentenceEnds(text string, i int) bool {
	if text[i] == '\n' || text[i-1] == '\n' {
		return true
	}
	if text[i] != ' ' {
		return false
	}
	before := strings.TrimRight(text[max(0, i-8):i], "”’\"')]")
	if before == "" || !strings.ContainsRune(".!?", rune(before[len(before)-1])) {
		return false
	}
	next := strings.TrimLeft(text[i:min(len(text), i+8)], " “‘\"'([")
	return next == "" || !(next[0] >= 'a' && next[0] <= 'z')
}

// ends gives a reading by hand its entities: those that the document has under
// the same names, else new ones of its own.
func (s *Server) ends(ctx context.Context, v kith.View, doc *kith.Document, r *kith.Reading) error {
	known, err := localNames(ctx, v, doc.ID)
	if err != nil {
		return err
	}
	c := &r.Claims[0]
	for _, e := range []*kith.EntityRef{&c.Subject, c.Object, c.Qualifiers.Third} {
		if e == nil {
			continue
		}
		local, ok := known[kith.Fold(e.Name)]
		if !ok || e.Type != "" && e.Type != local.Type {
			local = kith.EntityRef{ID: kith.NewEntityID(doc.ID, e.Name, e.Type, 0), Name: e.Name, Type: e.Type}
		}
		*e = local
		if !slices.ContainsFunc(r.Entities, func(x kith.Entity) bool { return x.ID == e.ID }) {
			r.Entities = append(r.Entities, kith.Entity{ID: e.ID, Name: e.Name, Type: e.Type})
		}
	}
	return nil
}

// localNames maps each name that a document has for somebody to the local
// entity that the name means there.
func localNames(ctx context.Context, v kith.View, doc kith.DocumentID) (map[string]kith.EntityRef, error) {
	mentions, err := v.Mentions(ctx, doc)
	if err != nil {
		return nil, err
	}
	known := map[string]kith.EntityRef{}
	for _, m := range mentions {
		key := kith.Fold(m.Text)
		if _, ok := known[key]; ok || m.Kind != kith.NameMention {
			continue
		}
		e, err := v.Entity(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		if local, ok := localOf(doc, e); ok {
			known[key] = local
		}
	}
	return known, nil
}

// localOf finds an entity's member of one document. A local id is a digest of
// document, name, type and rank, so it is found by trying the names that the
// entity goes by.
func localOf(doc kith.DocumentID, e *kith.Entity) (kith.EntityRef, bool) {
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		for rank := range maxRank {
			id := kith.NewEntityID(doc, name, e.Type, rank)
			if slices.Contains(e.Members, id) {
				return kith.EntityRef{ID: id, Name: name, Type: e.Type}, true
			}
		}
	}
	return kith.EntityRef{}, false
}

// maxRank is how many entities of one name and type are looked for in one
// document.
const maxRank = 4
