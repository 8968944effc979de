package exchange

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// KnownType is the type under which a store knows a name already, or "". A nil
// KnownType knows none.
type KnownType func(name string) kith.EntityType

// TypesIn looks names up in a view: of several entities of a name, the one of
// which most is said.
func TypesIn(ctx context.Context, v kith.View) KnownType {
	return func(name string) kith.EntityType {
		folded := kith.Fold(name)
		for e, err := range v.Entities(ctx, kith.EntityFilter{Prefix: folded, Bare: true}) {
			if err != nil {
				break
			}
			if kith.Fold(e.Name) == folded {
				return e.Type
			}
		}
		return ""
	}
}

// role is one place where an entity stands in a claim.
type role struct {
	predicate kith.Predicate
	object    bool
}

// personal are predicates whose subjects are persons, and personalToo those
// whose objects are.
var (
	personal = []kith.Predicate{"held_office", "candidate_for", "won_election", "lost_election", "nominated_by", "succeeded", "named_successor",
		"employed_by", "educated_at", "spouse_of", "sibling_of", "relative_of", "parent_of", "mentored", "consulted", "advised", "introduced",
		"attended", "spoke_at", "campaigned_for", "praised"}
	personalToo = []kith.Predicate{"won_election", "lost_election", "appointed", "succeeded", "named_successor", "spouse_of", "sibling_of",
		"relative_of", "parent_of", "mentored", "consulted", "advised", "introduced", "campaigned_for"}
)

// farTypes are what stands at the far end of these predicates.
var farTypes = map[kith.Predicate]kith.EntityType{
	"hosted": kith.EventType, "attended": kith.EventType, "spoke_at": kith.EventType, "located_in": kith.Place, "candidate_for": kith.Place,
	"nominated_by": kith.Organization, "led": kith.Organization, "member_of": kith.Organization, "founded": kith.Organization,
	"owns": kith.Organization, "part_of": kith.Organization, "educated_at": kith.Organization, "held_office": kith.Place,
}

// bodies are words by which organisations call themselves.
var bodies = []string{"party", "union", "alliance", "association", "bank", "committee", "council", "university", "college", "school", "institute",
	"foundation", "forum", "group", "company", "corporation", "inc", "llc", "ltd", "campaign", "coalition", "federation", "league", "ministry", "department",
	"agency", "commission", "board", "society", "chamber", "senate", "congress", "parliament", "holdings", "partners", "network", "fund", "office"}

// isBody reports whether one of a name's words, its first left out, is one by
// which organisations call themselves.
func isBody(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	for _, w := range words[min(1, len(words)):] {
		if slices.Contains(bodies, strings.Trim(w, ".,")) {
			return true
		}
	}
	return false
}

// guessTypes gives a type to the entities to which no claim gives one: that
// under which the store knows the name, else what name and predicates say.
func (p *cast) guessTypes() {
	for i := range p.entities {
		e := &p.entities[i]
		if e.Type == "" && p.known != nil {
			e.Type = p.known(e.Name)
		}
		if e.Type == "" {
			e.Type = guessType(e.Name, p.roles[i])
		}
	}
}

func guessType(name string, roles []role) kith.EntityType {
	far := kith.EntityType("")
	person := false
	for _, r := range roles {
		if r.object && far == "" {
			far = farTypes[r.predicate]
		}
		if !r.object && r.predicate == "part_of" {
			far = kith.Organization
		}
		person = person || !r.object && slices.Contains(personal, r.predicate) || r.object && slices.Contains(personalToo, r.predicate)
	}
	first, _ := utf8.DecodeRuneInString(name)
	small := unicode.IsLower(first) || unicode.IsDigit(first)
	switch {
	case small && far != "":
		return far
	case isBody(name):
		return kith.Organization
	case small:
		return kith.Group
	case person:
		return kith.Person
	case far != "":
		return far
	case slices.Contains(roles, role{"employed_by", true}) && !strings.Contains(name, " "):
		return kith.Organization
	}
	return kith.Person
}
