package kith

// TieKey is what claims must share to add up to one tie.
type TieKey struct {
	Subject   EntityID
	Predicate Predicate
	Object    EntityID // "" where the predicate takes only a value
	Value     string   // folded
}

// Tie is what claims add up to: all claims about the same subject, predicate
// and object. It is derived, can always be rebuilt, and says from which
// claims.
type Tie struct {
	Subject   EntityRef  `json:"subject"`
	Predicate Predicate  `json:"predicate"`
	Object    *EntityRef `json:"object,omitempty"`
	Value     string     `json:"value,omitempty"`
	Claims    []ClaimID  `json:"claims"`            // those that say so
	Dissent   []ClaimID  `json:"dissent,omitempty"` // those that deny it
	Sources   int        `json:"sources"`           // independent sources among Claims
	Strength  float64    `json:"strength"`          // probability that at least one of Claims is right, 0 to 1
	Modality  Modality   `json:"modality"`          // the most certain among Claims
	Time      Time       `json:"time,omitzero"`     // hull of the known times
}
