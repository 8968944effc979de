// Package answer answers questions: it reads the claims of one View, folds
// them into lines, and cites every line. It never adds what no claim says;
// where it reasons (a campaign taken as a person's by its name, a tie that
// followed an introduction) the line's note says so.
package answer

import (
	"context"
	"fmt"
	"time"

	"kith"
	"kith/graph"
	"kith/query"
)

// Options narrow and order an answer. The zero value shows all.
type Options struct {
	MinSources  int    // lines on fewer independent sources are left out
	Reviewed    bool   // only claims that a person has accepted or corrected
	NoHedged    bool   // no hedged claims
	Limit       int    // at most so many lines; 0 means no limit
	Sort        string // "", "time", "strength", "sources", "name" or "text"
	Publishable bool   // refuse lines that are not fit to print
	// Now is the day on which stale rumours are judged where the view has no
	// world date; zero means today.
	Now time.Time
	// Later is how many documents kith has learned since the moment that the
	// view shows; the answer says so.
	Later int
	// Graph is a snapshot of the whole view, where one is open. Without it,
	// questions about paths and groups pack one from the view's claims.
	Graph *graph.Snapshot
}

// Answer is what every question gives: one shape for all kinds.
type Answer struct {
	Question string     `json:"question"`
	Kind     query.Kind `json:"kind"`
	AsOf     kith.Date  `json:"as_of"`
	Known    string     `json:"known"` // RFC 3339, or "" for now
	Lines    []Line     `json:"lines"`
	Evidence []Evidence `json:"evidence"`
	LeftOut  []LeftOut  `json:"left_out"`

	compared []string // names of the two whose careers are compared
}

// Line is one thing that the claims it cites say together.
type Line struct {
	Section     string            `json:"section"` // heading under which it stands, or ""
	Subject     kith.EntityRef    `json:"subject"`
	Predicate   kith.Predicate    `json:"predicate"`
	Object      *kith.EntityRef   `json:"object"`
	Value       string            `json:"value"`
	Third       *kith.EntityRef   `json:"third"`
	Qualifiers  map[string]string `json:"qualifiers"`
	Time        kith.Time         `json:"time"`
	Modality    kith.Modality     `json:"modality"`
	Negated     bool              `json:"negated"`
	Attribution *kith.Attribution `json:"attribution"`
	Sources     int               `json:"sources"`  // independent sources
	Strength    float64           `json:"strength"` // probability that at least one of them is right
	Claims      []kith.ClaimID    `json:"claims"`
	Note        string            `json:"note"`

	claims []*kith.Claim
	side   int // in a comparison: 0 left, 1 right
	order  order
	// chain names what the line is a part of that stands only whole: a path, a
	// party that two share. link is its place there; each link needs a line.
	chain string
	link  int
}

// Evidence is the sentence behind a claim.
type Evidence struct {
	Claim    kith.ClaimID    `json:"claim"`
	Document kith.DocumentID `json:"document"`
	Title    string          `json:"title"`
	Outlet   string          `json:"outlet,omitempty"`
	Date     kith.Date       `json:"date,omitempty"` // when the document was published
	Start    int             `json:"start"`
	End      int             `json:"end"`
	Page     int             `json:"page,omitempty"`
	Quote    string          `json:"quote"`
	Review   kith.Review     `json:"review"`
}

// LeftOut says what a filter or a limit kept out of the answer, and how much.
type LeftOut struct {
	Why   string `json:"why"`
	Count int    `json:"count"`
}

// Ask answers a question from one view. An unknown or ambiguous name gives a
// *kith.NameError.
func Ask(ctx context.Context, view kith.View, q query.Question, o Options) (*Answer, error) {
	handler, ok := handlers[q.Kind]
	if !ok {
		return nil, fmt.Errorf("answer %q: no such kind of question: %w", q.Kind, kith.ErrInvalid)
	}
	if err := checkSort(o.Sort); err != nil {
		return nil, err
	}
	a := newAsker(ctx, view, q, o)
	if err := handler(a); err != nil {
		return nil, fmt.Errorf("answer %q: %w", q, err)
	}
	return a.finish()
}

// AskText reads a question and answers it.
func AskText(ctx context.Context, view kith.View, text string, o Options) (*Answer, error) {
	q, err := query.Parse(text)
	if err != nil {
		return nil, err
	}
	return Ask(ctx, view, q, o)
}

var handlers map[query.Kind]func(*asker) error

func init() {
	handlers = map[query.Kind]func(*asker) error{
		query.Who: who, query.Ties: ties, query.Path: path, query.Common: common, query.Introducers: introducers,
		query.Brokers: brokers, query.Reach: reach, query.Overlap: overlap, query.Given: given, query.Received: received,
		query.Endorsements: endorsements, query.Donors: donors, query.Events: events, query.Compare: compare,
		query.Vehicles: vehicles, query.Timeline: timeline, query.Changes: changes, query.Rumours: rumours,
		query.Conflicts: conflicts, query.Said: said, query.Sources: sources, query.Gaps: gaps, query.Groups: groups,
		query.Central: central, query.Similar: similar, query.Reply: reply, query.Find: find,
	}
}
