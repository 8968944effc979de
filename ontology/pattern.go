package ontology

import (
	"strings"

	"kith"
)

// Kind says what sort of word sets a pattern off.
type Kind uint8

// The kinds of trigger.
const (
	Verb   Kind = iota // "endorse": its parties are its arguments
	Noun               // an act or state as a noun: "endorsement"
	Person             // a noun that denotes one of the parties itself: "adviser"; its role "self"
	Adj                // "married", "close"
)

// KindNames lists the kinds as patterns write them.
var KindNames = []string{"verb", "noun", "person", "adj"}

// Pattern says which words set a claim off and which of their arguments
// become its parts. Roles are tried in order; the first that is filled by an
// entity of an allowed kind is taken.
//
// Roles are those of the predicate–argument layer of package extract: subj,
// obj and iobj as in the active voice, comp (the word that completes "became
// …"), self (the party that a person noun denotes), poss ("her …"), recv (who
// gets, in "won the endorsement of"), compound ("Lee adviser"), prep (what
// stands behind the last preposition of a trigger), a preposition itself
// ("for"), or none.
type Pattern struct {
	ID       string // "endorsed/3": the file's third pattern
	Line     int
	Kind     Kind
	Triggers []Trigger
	// Frames are rolesets of PropBank whose words set the pattern off. Roles
	// may then be numbered ones, ARG0 to ARG5. Load spells them out.
	Frames  []string
	Subject []string
	Object  []string
	Value   []string
	Third   []string
	Topic   []string
	Place   []string
	Event   []string
	Amount  bool              // look for a sum of money among the arguments
	Role    string            // "noun": the trigger's own words; else a role whose words are the qualifier role
	Set     map[string]string // constants: "status": "former"
	Not     map[string][]string
	Need    map[string][]string
	Kinds   map[string][]string // role: kinds allowed there, narrower than the predicate's; "none" allows none
	Through []string            // nouns whose possessor is meant ("endorsed her candidacy"), or "*" for any
	Require string              // a part without which there is no claim: "third", "amount", "place", "topic"
	Only    string              // a further test of the match: "school", "party", "naming", "capital"
	Name    kith.EntityRef      // the object, where the trigger itself names it: a Democrat is of the Democratic Party
	Hedged  bool                // the construction itself hedges
	Planned bool
	Negated bool
	Weak    bool // fires only when no other pattern of the predicate did
}

// Trigger is one word or phrase. Head is the lemma that sets it off; Words
// are further lemmas that must depend on it, and Prep, where it is set, the
// preposition or particle that must follow.
type Trigger struct {
	Text  string
	Head  string
	Words []string
	Preps []string // prepositions and particles between and after the words
}

// prepositions that triggers may hold.
var prepositions = strings.Fields(`about regarding concerning including throughout above across after against ahead along alongside among apart around as at away back before
	behind below beside between beyond by down for forth forward from in inside into near of off on onto out outside
	over past round since through to together toward towards under up upon via with within without`)

// IsPreposition reports whether a trigger's word is read as a preposition or
// particle rather than as a content word.
func IsPreposition(w string) bool {
	for _, p := range prepositions {
		if p == w {
			return true
		}
	}
	return false
}

// ParseTrigger reads "throw support behind": a head, words and prepositions.
// Articles and "one's" are skipped.
func ParseTrigger(s string) Trigger {
	words := strings.Fields(s)
	t := Trigger{Text: s}
	for i, w := range words {
		switch {
		case i == 0:
			t.Head = w
		case w == "the" || w == "a" || w == "an" || w == "one's":
		case IsPreposition(w):
			// A preposition before a further word only ties that word.
			if !contentFollows(words[i+1:]) {
				t.Preps = append(t.Preps, w)
			}
		default:
			t.Words = append(t.Words, w)
		}
	}
	return t
}

func contentFollows(words []string) bool {
	for _, w := range words {
		if !IsPreposition(w) && w != "the" && w != "a" && w != "an" && w != "one's" {
			return true
		}
	}
	return false
}
