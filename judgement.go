package kith

import "time"

// Verdict says whether two mentioned entities are one.
type Verdict string

// The verdicts of a judgement.
const (
	Same      Verdict = "same"
	Different Verdict = "different"
	Unsure    Verdict = "unsure"
)

// Reason is one ground of a judgement: a named feature and how much it
// weighed, in natural-log odds (positive speaks for "same").
type Reason struct {
	Feature string  `json:"feature"`
	Note    string  `json:"note,omitempty"`
	Weight  float64 `json:"weight"`
}

// Judgement says whether two local entities (of one document or of two) are
// one. Entities seen by users are folds of judgements: merging and splitting
// adds a judgement, undo retracts one, and none is ever changed.
type Judgement struct {
	ID      string    `json:"id"`
	A, B    EntityID  // local ids; A < B
	Verdict Verdict   `json:"verdict"`
	Score   float64   `json:"score"` // probability that A and B are one, 0 to 1
	Reasons []Reason  `json:"reasons,omitempty"`
	By      string    `json:"by"` // "kith/0.1.0 resolve", or a person
	At      time.Time `json:"at"` // when kith learned it
	// Decision is the person's decision that caused it, or "".
	Decision DecisionID `json:"decision,omitempty"`
}

// DecisionID names a decision.
type DecisionID string

// Action is what a person decided.
type Action string

// The actions that people take. Every one but Forget can be undone by an Undo.
const (
	Accept  Action = "accept"
	Reject  Action = "reject"
	Correct Action = "correct"
	Merge   Action = "merge"
	Split   Action = "split"
	Apart   Action = "apart" // keep two entities apart
	Alias   Action = "alias"
	Rename  Action = "rename"
	Rate    Action = "rate"   // give an outlet or author a reliability
	Forget  Action = "forget" // remove a document and its claims
	Undo    Action = "undo"
)

// Decision is what one person decided at one time. Decisions are append-only;
// which of them are in force follows from their order and their undos.
type Decision struct {
	ID     DecisionID `json:"id"`
	Action Action     `json:"action"`
	By     string     `json:"by"`
	At     time.Time  `json:"at"`
	Why    string     `json:"why,omitempty"`

	Claim      ClaimKey   `json:"claim,omitempty"`      // accept, reject, correct
	ClaimID    ClaimID    `json:"claim_id,omitempty"`   // the claim as it was when decided
	Correction *Claim     `json:"correction,omitempty"` // correct: what it should say
	Entities   []EntityID `json:"entities,omitempty"`   // merge, split, apart, alias, rename: local ids
	Value      string     `json:"value,omitempty"`      // alias, rename: the name; rate: "0.8"; forget: the document's title
	Document   DocumentID `json:"document,omitempty"`   // forget
	Outlet     string     `json:"outlet,omitempty"`     // rate
	Undoes     DecisionID `json:"undoes,omitempty"`     // undo
	// Undone says, in what a View returns, that an undo took the decision out
	// of force.
	Undone bool `json:"undone,omitempty"`
}
