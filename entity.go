package kith

import (
	"strconv"
	"strings"
)

// EntityType is one of the five kinds of things that claims are about.
type EntityType string

// The entity types of the claim contract.
const (
	Person       EntityType = "Person"
	Organization EntityType = "Organization"
	Place        EntityType = "Place"
	EventType    EntityType = "Event"
	Group        EntityType = "Group"
)

// EntityID names an entity. A reading gives each entity of a document an id of
// its own (a local id, computed by NewEntityID); a View shows the id of the
// cluster that judgements have put it in, which is the id of the cluster's
// first member.
type EntityID string

// EntityRef is how a claim names one of its ends.
type EntityRef struct {
	ID   EntityID   `json:"id,omitempty"`
	Name string     `json:"name"`
	Type EntityType `json:"type,omitempty"`
}

// NewEntityID computes the local id of an entity of a document from its
// fullest name there, its type, and its rank among the document's entities of
// that very name and type (0 for the first).
func NewEntityID(doc DocumentID, name string, kind EntityType, rank int) EntityID {
	return EntityID("e" + within(doc, string(doc), name, string(kind), strconv.Itoa(rank)))
}

// Entity is one person, organisation, place, event or group. In an Analysis
// it is the entity of one document; from a View it is the fold of all
// judgements about its members.
type Entity struct {
	ID      EntityID   `json:"id"`
	Name    string     `json:"name"`
	Type    EntityType `json:"type"`
	Aliases []string   `json:"aliases,omitempty"`
	// Unnamed marks a party known by description only ("two aides"). It is
	// never merged with another across documents.
	Unnamed bool `json:"unnamed,omitempty"`
	// Identifiers are explicit ids from elsewhere: "wikidata": "Q1234".
	Identifiers map[string]string `json:"identifiers,omitempty"`
	// Members are the local ids folded into this entity, oldest first. It is
	// empty in an Analysis.
	Members []EntityID `json:"members,omitempty"`
}

// Ref is the entity as a claim names it.
func (e Entity) Ref() EntityRef { return EntityRef{ID: e.ID, Name: e.Name, Type: e.Type} }

var straighten = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "\u00ad", "")

// Fold reduces a name to what is compared: lower case, white space and
// surrounding punctuation trimmed, typographic quotes straightened.
func Fold(name string) string {
	name = straighten.Replace(name)
	return strings.ToLower(strings.Join(strings.Fields(strings.Trim(name, " \t\n\"'.,;:()")), " "))
}

// MentionKind says by what sort of words a mention refers.
type MentionKind string

// The kinds of mention.
const (
	NameMention    MentionKind = "name"    // "Hillary Clinton", "Mrs. Clinton"
	NominalMention MentionKind = "nominal" // "the former vice president", "her husband"
	PronounMention MentionKind = "pronoun" // "she", "their"
)

// Mention is one place in a document where an entity is referred to.
type Mention struct {
	Span
	Kind   MentionKind `json:"kind"`
	Type   EntityType  `json:"type"`
	Entity int         `json:"-"`      // index into Analysis.Entities, -1 for none
	ID     EntityID    `json:"entity"` // local id of that entity
	First  int         `json:"-"`      // first token
	Last   int         `json:"-"`      // token after the last
	Head   int         `json:"-"`      // head token
	// Also are further entities that a plural mention means besides Entity:
	// "both women" means two.
	Also []int  `json:"-"`
	Text string `json:"text"`
}
