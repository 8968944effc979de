package kith

import (
	"context"
	"iter"
	"time"
)

// Reading is what one version of the reader made of one document. Reading a
// document again adds a reading; it removes nothing.
type Reading struct {
	Document  Document
	Bytes     []byte // the original bytes, kept beside the text; may be nil
	Extractor string
	Mentions  []Mention
	Entities  []Entity
	Claims    []Claim
	Skips     []Skip
	Sentences int
	Words     int
	At        time.Time // when kith learned it; zero means now
}

// Added says what a Put did.
type Added struct {
	New        bool // the document was not in the store
	NewReading bool // this extractor had not read it
	Claims     int  // claims that the store did not have
	// Known is an appearance of the very same text elsewhere, where there is one.
	Known *Appearance
}

// AsOf fixes the two clocks. Zero values mean "any time" and "now".
type AsOf struct {
	World Date      `json:"as_of,omitempty"` // how the world stood on that day
	Known time.Time `json:"known,omitzero"`  // what the store knew then
}

// Store keeps documents, readings, judgements and decisions. Everything is
// append-only: the one exception is Forget, which removes a document on
// purpose and records that it did. A Store is safe for concurrent use. Each
// writing method is one transaction: it happens whole or not at all, also
// when the process is killed.
//
// Errors wrap ErrNotFound, ErrLocked, ErrForeign, ErrNewer or ErrInvalid where
// those fit.
type Store interface {
	// Put stores a reading with its document. Putting the same reading twice
	// changes nothing. It refuses (ErrInvalid) a claim whose quote is not its
	// slice of the document.
	Put(ctx context.Context, r *Reading) (Added, error)
	// Judge appends judgements about local entities.
	Judge(ctx context.Context, js []Judgement) error
	// Decide appends a decision and, for merge, split and apart, the
	// judgements that follow from it. It sets the decision's ID and, where
	// it is zero, its time.
	Decide(ctx context.Context, d *Decision) error
	// Forget removes a document, its readings and what hangs on them, and
	// records a Decision with action Forget.
	Forget(ctx context.Context, doc DocumentID, by, why string) error
	// View fixes both clocks. All reading goes through it. A View must be
	// closed.
	View(ctx context.Context, at AsOf) (View, error)
	Close() error
}

// View is the store at one setting of both clocks. Entity ids in what it
// returns are those of clusters; rejected claims and superseded readings are
// left out unless a filter asks for them; corrected claims are shown as
// corrected.
type View interface {
	At() AsOf
	Documents(ctx context.Context, f DocumentFilter) iter.Seq2[DocumentInfo, error]
	// Document returns one document with its text. The id may be cut to any
	// prefix that is unique.
	Document(ctx context.Context, id DocumentID) (*Document, error)
	// Original returns the bytes that the document was made from, or nil.
	Original(ctx context.Context, id DocumentID) ([]byte, error)
	Appearances(ctx context.Context, id DocumentID) ([]Appearance, error)
	Claims(ctx context.Context, f ClaimFilter) iter.Seq2[Claim, error]
	// Claim returns one claim; the id may be cut to a unique prefix.
	Claim(ctx context.Context, id ClaimID) (*Claim, error)
	// Entities streams the entities of the view with their number of claims.
	Entities(ctx context.Context, f EntityFilter) iter.Seq2[EntityInfo, error]
	// Entity returns an entity by the id of its cluster or of any member.
	Entity(ctx context.Context, id EntityID) (*Entity, error)
	// Find returns the entity that a name given by a user means, or a
	// *NameError with the candidates. The name may also be an entity's id.
	Find(ctx context.Context, name string) (*Entity, error)
	Mentions(ctx context.Context, doc DocumentID) ([]Mention, error)
	Skips(ctx context.Context, doc DocumentID) ([]Skip, error)
	// Search finds sentences by words; see Hit. The words are never an
	// expression of the store's own query language.
	Search(ctx context.Context, words string, limit int) iter.Seq2[Hit, error]
	Judgements(ctx context.Context, f JudgementFilter) iter.Seq2[Judgement, error]
	Decisions(ctx context.Context, f DecisionFilter) iter.Seq2[Decision, error]
	// Sources returns, for each document, the id of the source that it counts
	// as: wire copies and republished texts share one.
	Sources(ctx context.Context) (map[DocumentID]DocumentID, error)
	// Counts says how much there is.
	Counts(ctx context.Context) (Counts, error)
	Close() error
}

// DocumentInfo is a document without its text, and what was read in it.
type DocumentInfo struct {
	Document
	Extractor string    `json:"extractor"`
	Sentences int       `json:"sentences"`
	Words     int       `json:"words"`
	Claims    int       `json:"claims"`
	Hedged    int       `json:"hedged"`
	Skipped   int       `json:"skipped"`
	Added     time.Time `json:"added"`
}

// EntityInfo is an entity and how much is said of it.
type EntityInfo struct {
	Entity
	Claims    int `json:"claims"`
	Documents int `json:"documents"`
}

// Hit is a stretch of a document that a search found. Marks are the found
// words' spans in the document.
type Hit struct {
	Document DocumentID `json:"document"`
	Title    string     `json:"title"`
	Span
	Text  string  `json:"text"`
	Marks []Span  `json:"marks"`
	Score float64 `json:"score"`
}

// Counts says how much a view holds.
type Counts struct {
	Documents  int `json:"documents"`
	Claims     int `json:"claims"`
	Entities   int `json:"entities"`
	Judgements int `json:"judgements"`
	Decisions  int `json:"decisions"`
	Unsure     int `json:"unsure"`
	Unreviewed int `json:"unreviewed"`
}

// DocumentFilter narrows Documents. Zero fields do not narrow.
type DocumentFilter struct {
	Words  string // in title, outlet, author or path
	Outlet string
	Limit  int
	Newest bool // newest additions first; else in order of addition
}

// ClaimFilter narrows Claims. Zero fields do not narrow; set ones must all
// hold.
type ClaimFilter struct {
	About      EntityID // subject, object or third
	Subject    EntityID
	Object     EntityID
	Predicates []Predicate
	Document   DocumentID
	Modality   Modality
	Review     Review
	Rejected   bool // include rejected claims
	Superseded bool // include claims that a newer reading no longer finds
	Limit      int
}

// EntityFilter narrows Entities. Results come with the most claims first.
type EntityFilter struct {
	Type   EntityType
	Prefix string // of any name, folded
	Limit  int
}

// JudgementFilter narrows Judgements.
type JudgementFilter struct {
	Entity  EntityID // any member of its cluster
	Verdict Verdict
	Limit   int
}

// DecisionFilter narrows Decisions; the newest come first.
type DecisionFilter struct {
	Claim  ClaimKey
	Entity EntityID
	By     string
	Limit  int
}
