package graph

import (
	"math"
	"time"

	"kith"
)

// Flags of a row.
const (
	FlagNegated  = 1 << 0
	FlagHedged   = 1 << 1
	FlagPlanned  = 1 << 2
	FlagReviewed = 1 << 3 // accepted or corrected by a person
	FlagReversed = 1 << 4 // the subject is the node with the higher number
	FlagThird    = 1 << 5 // the tie runs to or from the claim's third party
	FlagMoment   = 1 << 6 // its time is a point: a day, a month or a year, not a range
)

// Days that stand for an unknown beginning and an unknown end.
const (
	NoBegin = math.MinInt32
	NoEnd   = math.MaxInt32
)

// Row is one claim between two nodes, as it enters a snapshot.
type Row struct {
	From, To     uint32 // subject and object
	Claim        uint32 // number of the claim
	Doc          uint32 // number of its document
	Since, Until int32  // days since 1970 between which it held
	Strength     float32
	Predicate    uint8
	Flags        uint8
}

// Unpack gives all rows back, ordered by their nodes, for those who fold them
// in a way of their own.
func (s *Snapshot) Unpack() []Row { return s.rows(nil, nil) }

// ClaimID is the id of a claim by its number in a row.
func (s *Snapshot) ClaimID(claim uint32) kith.ClaimID { return kith.ClaimID(s.claimIDs.at(claim)) }

// DocOf is what the snapshot knows of a document by its number in a row.
func (s *Snapshot) DocOf(doc uint32) Doc {
	if s.docs == nil {
		return Doc{Source: doc, Told: NoBegin}
	}
	return s.docs[doc]
}

// Doc is what rows need to know of their document.
type Doc struct {
	Source  uint32 // number of the independent source that it counts as
	Learned uint32 // Unix time at which kith learned it, seconds
	Told    int32  // the day of the document, days since 1970; NoBegin where it is unknown
}

// Day is the number of a date's first or last day since 1970, and the given
// default for an unknown date.
func Day(iso string, unknown int32) int32 {
	if iso == "" {
		return unknown
	}
	at, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return unknown
	}
	return int32(at.Unix() / 86400)
}

// Weight is how far a claim of that modality carries a path: a plan is less
// than a fact, and a rumour less than a plan. The figures order the three;
// they are no probabilities.
func Weight(m kith.Modality) float64 {
	switch m {
	case kith.Planned:
		return 0.7
	case kith.Hedged:
		return 0.4
	}
	return 1
}

func flagsOf(c *kith.Claim) uint8 {
	var f uint8
	if c.Negated {
		f |= FlagNegated
	}
	switch c.Modality {
	case kith.Hedged:
		f |= FlagHedged
	case kith.Planned:
		f |= FlagPlanned
	}
	if t := When(c); t.From != "" && t.From == t.To {
		f |= FlagMoment
	}
	if c.Review == kith.Accepted || c.Review == kith.Corrected {
		f |= FlagReviewed
	}
	return f
}
