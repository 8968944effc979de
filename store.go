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
	// Passages are the sentences, for Search. Where they are nil the store
	// cuts the text at line ends.
	Passages []Span
	At       time.Time // when kith learned it; zero means now
}

// Added says what a Put did.
type Added struct {
	New        bool // the document was not in the store
	NewReading bool // this extractor had not read it
	Claims     int  // claims that the store did not have
	// Known is an appearance of the very same text elsewhere, where there is one.
	Known *Appearance
	// Replaces is the earlier version of a changed document (same address,
	// other text). Anchored and Lost say how many quotes of its claims stand
	// exactly in the new text, and how many do not.
	Replaces       DocumentID
	Anchored, Lost int
	// CopyOf is a document that carries nearly the same text (wire copy,
	// republication): both count as one source.
	CopyOf DocumentID
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
//
// A reading supersedes the earlier ones of the same reader (the extractor's
// name without its version). What a newer reading no longer finds is kept;
// views leave it out unless it was accepted or corrected, or a filter asks.
type Store interface {
	// Put stores a reading with its document. Putting the same reading twice
	// changes nothing. It refuses (ErrInvalid) a claim whose quote is not its
	// slice of the document.
	Put(ctx context.Context, r *Reading) (Added, error)
	// Judge appends judgements about local entities.
	Judge(ctx context.Context, js []Judgement) error
	// Decide appends a decision and, for merge, split and apart, the
	// judgements that follow from it. It sets the decision's ID and, where
	// it is zero, its time. A decision on a claim needs ClaimID (or a unique
	// prefix of it); the store fills in Claim. Entities may be ids of clusters
	// or of members. Merge makes all Entities one; Apart keeps them apart;
	// Split takes Entities[1:] together out of the cluster of Entities[0];
	// Alias and Rename give Entities[0] the name Value; Rate gives Outlet
	// (an outlet or an author) the reliability Value, 0 to 1; Undo undoes
	// the decision Undoes, which may be an undo itself.
	Decide(ctx context.Context, d *Decision) error
	// Forget removes a document, its readings and what hangs on them, and
	// records a Decision with action Forget.
	Forget(ctx context.Context, doc DocumentID, by, why string) error
	// View fixes both clocks. All reading goes through it. A View must be
	// closed.
	View(ctx context.Context, at AsOf) (View, error)
	// Unresolved lists the documents whose entities have not been matched
	// with those of other documents, oldest first.
	Unresolved(ctx context.Context) ([]DocumentID, error)
	// Resolve calls match inside one writing transaction, keeps what it
	// returns and marks the document as resolved.
	Resolve(ctx context.Context, doc DocumentID, match func(Matching) (Matched, error)) error
	// Verify checks that every quote is exactly its slice, that every id
	// recomputes, and that what is derived equals what it derives from.
	Verify(ctx context.Context) (Verification, error)
	Close() error
}

// Verification is what Verify found. The store is sound where Problems is
// empty.
type Verification struct {
	Documents int      `json:"documents"`
	Claims    int      `json:"claims"` // of all readings
	Problems  []string `json:"problems,omitempty"`
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
	// Local returns the entity of one document that a local id names, and the
	// document.
	Local(ctx context.Context, id EntityID) (*Entity, DocumentID, error)
	// Find returns the entity that a name given by a user means, or a
	// *NameError with the candidates. The name may also be an entity's id.
	Find(ctx context.Context, name string) (*Entity, error)
	Mentions(ctx context.Context, doc DocumentID) ([]Mention, error)
	Skips(ctx context.Context, doc DocumentID) ([]Skip, error)
	// Search finds sentences by words; see Hit. The words are never an
	// expression of the store's own query language.
	Search(ctx context.Context, words string, limit int) iter.Seq2[Hit, error]
	// Judgements streams those in force, the newest first.
	Judgements(ctx context.Context, f JudgementFilter) iter.Seq2[Judgement, error]
	Decisions(ctx context.Context, f DecisionFilter) iter.Seq2[Decision, error]
	// Sources returns, for each document, the id of the source that it counts
	// as: wire copies and republished texts share one.
	Sources(ctx context.Context) (map[DocumentID]DocumentID, error)
	// Reliability returns the reliabilities, 0 to 1, that people have given
	// to outlets and authors, by folded name.
	Reliability(ctx context.Context) (map[string]float64, error)
	// Queue streams what is worth a person's look, that on which most hangs
	// first: unsure judgements and unreviewed claims.
	Queue(ctx context.Context, f QueueFilter) iter.Seq2[QueueItem, error]
	// Anchors says where the quotes of earlier versions of a changed document
	// stand in it, and which of them are lost.
	Anchors(ctx context.Context, doc DocumentID) ([]Anchor, error)
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
	// Reading is the number of the newest reading: readings are numbered in the
	// order in which the store took them.
	Reading int64 `json:"-"`
	// Source is the document that this one counts as; see View.Sources.
	Source DocumentID `json:"-"`
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

// QueueFilter narrows Queue. Zero fields do not narrow.
type QueueFilter struct {
	Entity    EntityID
	Document  DocumentID
	Claims    bool // claims only
	Identity  bool // judgements only
	Predicate Predicate
	Limit     int
}

// QueueItem is one question to a person: either whether A and B are one, or
// whether a claim is right. Weight counts the claims that hang on it.
type QueueItem struct {
	Weight    float64    `json:"weight"`
	Judgement *Judgement `json:"judgement,omitempty"`
	A         *Entity    `json:"a,omitempty"`
	B         *Entity    `json:"b,omitempty"`
	Claim     *Claim     `json:"claim,omitempty"`
}

// Anchor is a claim of an earlier version of a document and where its quote
// stands in the newer one. Lost means nowhere exactly.
type Anchor struct {
	Document DocumentID `json:"document"` // the newer version
	From     DocumentID `json:"from"`     // the earlier one
	Claim    ClaimID    `json:"claim"`
	Span
	Lost bool `json:"lost"`
}

// DocumentFilter narrows Documents. Zero fields do not narrow.
type DocumentFilter struct {
	Words  string // in title, outlet, author or path
	Outlet string
	IDs    []DocumentID // whole ids
	After  int64        // only documents with a reading of a higher number
	Limit  int
	Newest bool // newest additions first; else in order of addition
	Bare   bool // without what was read in them: no counts, no extractor
}

// ClaimFilter narrows Claims. Zero fields do not narrow; set ones must all
// hold.
type ClaimFilter struct {
	About      EntityID // subject, object or third
	Subject    EntityID
	Object     EntityID
	Predicates []Predicate
	Document   DocumentID
	IDs        []ClaimID // whole ids, as they are shown
	Modality   Modality
	Review     Review
	Rejected   bool // include rejected claims
	Superseded bool // include claims that a newer reading no longer finds
	AnyTime    bool // include claims that the view's world date rules out
	Limit      int
}

// EntityFilter narrows Entities. Results come with the most claims first.
type EntityFilter struct {
	Type   EntityType
	Prefix string     // of any name, folded
	Word   string     // how a name, or a word in one, begins: folded
	IDs    []EntityID // whole ids of clusters
	Limit  int
	Bare   bool // without aliases and identifiers
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

// Bulk is a Store that also takes many readings in one transaction. Imports
// of rows use it where the store offers it.
type Bulk interface {
	// PutAll does for each reading, in order, what Put does and, where match
	// is not nil, what Resolve does: all in one transaction, whole or not at
	// all. It returns what each Put did. A reading that Put would refuse
	// (ErrInvalid) fails the whole call.
	PutAll(ctx context.Context, readings []*Reading, match func(Matching) (Matched, error)) ([]Added, error)
}
