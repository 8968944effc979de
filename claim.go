package kith

import (
	"fmt"
	"strconv"
)

// ClaimID names a claim: the same document text and the same claim give the
// same id on every machine.
type ClaimID string

// ClaimKey names what was read rather than how: document, span, predicate and
// ends. Decisions are keyed by it, so that they survive another reading that
// differs in qualifiers, times or certainty.
type ClaimKey string

// Predicate is the name of a relationship; data/predicates defines them.
type Predicate string

// Modality says how certain the text is that something is so.
type Modality string

// The modalities of the claim contract.
const (
	Asserted Modality = "asserted" // told as having happened or being so
	Planned  Modality = "planned"  // announced, pledged, decided, scheduled
	Hedged   Modality = "hedged"   // possible, rumoured, considered, said to be
)

// Review says what people have decided about a claim.
type Review string

// The states of review.
const (
	Unreviewed Review = "unreviewed"
	Accepted   Review = "accepted"
	Corrected  Review = "corrected"
	Rejected   Review = "rejected"
)

// Claim is one thing that one document says about one relationship. It is
// never a fact by itself: it has a quote, a speaker, a certainty and a time.
type Claim struct {
	ID          ClaimID      `json:"id"`
	Subject     EntityRef    `json:"subject"`
	Predicate   Predicate    `json:"predicate"`
	Object      *EntityRef   `json:"object,omitempty"`
	Value       string       `json:"value,omitempty"`
	Qualifiers  Qualifiers   `json:"qualifiers,omitzero"`
	Time        Time         `json:"time,omitzero"`
	Negated     bool         `json:"negated"`
	Modality    Modality     `json:"modality"`
	Attribution *Attribution `json:"attribution,omitempty"` // nil is the document's own voice
	Evidence    Evidence     `json:"evidence"`
	Extractor   string       `json:"extractor"`
	Confidence  float64      `json:"confidence"` // 0 to 1, calibrated
	Review      Review       `json:"review"`
	// Superseded marks a claim that the newest reading of its document, or
	// the document's newest version, no longer makes.
	Superseded bool `json:"superseded,omitempty"`
}

// Qualifiers say more about a claim; each is optional.
type Qualifiers struct {
	Role         string     `json:"role,omitempty"`
	Office       string     `json:"office,omitempty"`
	Jurisdiction string     `json:"jurisdiction,omitempty"`
	Ordinal      string     `json:"ordinal,omitempty"`
	Election     string     `json:"election,omitempty"`
	Outcome      string     `json:"outcome,omitempty"`
	Event        string     `json:"event,omitempty"`
	Place        string     `json:"place,omitempty"`
	Third        *EntityRef `json:"third,omitempty"` // to whom, with whom, for whom
	Topic        string     `json:"topic,omitempty"`
	Distinction  string     `json:"distinction,omitempty"`
	Count        string     `json:"count,omitempty"`
	Amount       string     `json:"amount,omitempty"`
	Currency     string     `json:"currency,omitempty"`
	Status       string     `json:"status,omitempty"` // former, current, elect, acting
}

// AttributionKind says what sort of party a claim is attributed to.
type AttributionKind string

// The kinds of attribution.
const (
	ByEntity    AttributionKind = "entity"
	ByGroup     AttributionKind = "group"
	ByAnonymous AttributionKind = "anonymous"
)

// Attribution names who says what a claim says.
type Attribution struct {
	Kind AttributionKind `json:"kind"`
	Name string          `json:"name"`
	ID   EntityID        `json:"id,omitempty"`
}

// Evidence is the slice of the document that supports a claim: Quote is
// exactly the stored text from Start to End.
type Evidence struct {
	Document DocumentID `json:"document"`
	Start    int        `json:"start"`
	End      int        `json:"end"`
	Quote    string     `json:"quote"`
}

// Span is the evidence's place in its document.
func (e Evidence) Span() Span { return Span{e.Start, e.End} }

// Seal sets the claim's id from its content. It must be called after the
// last change to the claim.
func (c *Claim) Seal() { c.ID = c.ComputeID() }

// ComputeID digests everything that the claim says: its ends by name and
// type, not by id, so that resolution does not change it; not its confidence,
// extractor or review. A View shows a corrected claim under the id of the
// claim that was corrected.
func (c *Claim) ComputeID() ClaimID {
	var buffer [1024]byte
	return ClaimID("c" + withinBytes(c.Evidence.Document, c.content(buffer[:0])))
}

// Key digests what was read: document, span, predicate, ends, value and
// election.
func (c *Claim) Key() ClaimKey {
	object := ""
	if c.Object != nil {
		object = Fold(c.Object.Name)
	}
	return ClaimKey("k" + Hash(string(c.Evidence.Document), strconv.Itoa(c.Evidence.Start), strconv.Itoa(c.Evidence.End),
		string(c.Predicate), Fold(c.Subject.Name), object, Fold(c.Value), c.Qualifiers.Election))
}

// Check reports the first way in which the claim breaks the contract against
// the text of its document: a quote that is not its slice, an end that is
// missing, an unknown modality.
func (c *Claim) Check(text string) error {
	switch {
	case c.Subject.Name == "":
		return fmt.Errorf("check claim %s: it has no subject", c.ID)
	case c.Predicate == "":
		return fmt.Errorf("check claim %s: it has no predicate", c.ID)
	case c.Modality != Asserted && c.Modality != Planned && c.Modality != Hedged:
		return fmt.Errorf("check claim %s: unknown modality %q", c.ID, c.Modality)
	case c.Evidence.Quote == "" || c.Evidence.Span().Cut(text) != c.Evidence.Quote:
		return fmt.Errorf("check claim %s: its quote is not the document's text from byte %d to %d", c.ID, c.Evidence.Start, c.Evidence.End)
	}
	return nil
}

// Ends returns the ends of a claim (subject, object, third, those that it has)
// to be changed in place: object and third become this claim's own, so that a
// copy of it keeps what it had.
func (c *Claim) Ends() []*EntityRef {
	list := []*EntityRef{&c.Subject}
	for _, end := range []**EntityRef{&c.Object, &c.Qualifiers.Third} {
		if *end != nil {
			own := **end
			*end = &own
			list = append(list, &own)
		}
	}
	return list
}
