package resolve

import (
	"maps"
	"slices"
	"sort"
	"strings"

	"kith"
)

// The kinds of traits that the resolver writes and compares.
const (
	traitName   = "name"   // a full name as written
	traitAlias  = "alias"  // another name as written
	traitBirth  = "birth"  // ISO date, cut to what is known
	traitGender = "gender" // "f" or "m"
	traitOffice = "office" // an office's name
	traitPlace  = "place"  // a jurisdiction, a home, a seat
	traitParty  = "party"
	traitWork   = "work"  // an employer, a body led, founded or belonged to
	traitKin    = "kin"   // a relative's full name
	traitWith   = "with"  // the full name of somebody in the same text
	traitYear   = "year"  // a year in which an office or a post is said to be held
	traitID     = "id"    // "wikidata:Q1"
	traitWhen   = "when"  // of an event: its date or year
	traitKind   = "kind"  // of an event without a name of its own: its noun
	traitHost   = "host"  // of an event
	traitFor    = "for"   // of an event: for whom it was
	traitGuest  = "guest" // of an event
)

// Record is what is compared of one entity.
type Record struct {
	Profile kith.Profile
	sort    kith.EntityType // what it is compared as
	people  []name          // the names of a person, the fullest first
	names   []string        // the names of anything else, normalised
	acronym []string
	keys    keys
	traits  map[string][]string
}

// Record prepares a profile of a list for comparison, with its keys.
func (m *Model) Record(p kith.Profile) *Record {
	r := m.lexicon.recordOf(p)
	r.keys = m.lexicon.keys(&p)
	return r
}

// misread reports whether a text took a party for a person. Such an entity may
// join the party's entry, but none may join it: an entry has the kind of its
// first member.
func (r *Record) misread() bool { return r.sort != kith.Person && r.Profile.Type == kith.Person }

// Keys are what the record is found under.
func (r *Record) Keys() []string { return r.keys.under }

// Looks are the keys under which the record's candidates are looked for.
func (r *Record) Looks() []string {
	return append(r.keys.looks[:len(r.keys.looks):len(r.keys.looks)], r.keys.near...)
}

// recordOf prepares a profile for comparison.
func (l *lexicon) recordOf(p kith.Profile) *Record {
	r := &Record{Profile: p, sort: l.sortOf(&p), traits: map[string][]string{}}
	var written []string
	for _, t := range p.Traits {
		switch t.Kind {
		case traitName, traitAlias:
			written = append(written, t.Value)
		case kith.TraitKey:
		default:
			r.traits[t.Kind] = append(r.traits[t.Kind], t.Value)
		}
	}
	if r.sort == kith.Person {
		r.people = personNames(written)
		return r
	}
	seen := map[string]bool{}
	for _, w := range written {
		if isAcronym(w) {
			r.acronym = append(r.acronym, strings.ToLower(strings.ReplaceAll(w, ".", "")))
		}
		if n := l.nameOf(&p, r.sort, w); n != "" && !seen[n] {
			seen[n] = true
			r.names = append(r.names, n)
		}
	}
	return r
}

// mostNames bounds how many names of one entity are compared.
const mostNames = 6

// personNames parses names and puts full ones before bare ones.
func personNames(written []string) []name {
	var out []name
	seen := map[string]bool{}
	for _, w := range written {
		n := parsePerson(w)
		key := strings.Join(n.tokens, " ") + "|" + n.suffix
		if len(n.tokens) == 0 || seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, n)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].given != "" && out[j].given == "" })
	return out[:min(len(out), mostNames)]
}

// profiles gathers what a reading says of each of its named entities and of
// its events, but for the keys.
func (l *lexicon) profiles(r *kith.Reading) []kith.Profile {
	g := &gathering{lexicon: l, at: map[kith.EntityID]int{}}
	for _, e := range r.Entities {
		if e.Unnamed && e.Type != kith.EventType || strings.TrimSpace(e.Name) == "" {
			continue
		}
		g.at[e.ID] = len(g.list)
		g.list = append(g.list, kith.Profile{Entity: e.ID, Name: e.Name, Type: e.Type})
		if e.Type == kith.EventType {
			g.eventName(e)
		} else {
			g.names(e)
		}
	}
	for i := range r.Claims {
		g.claim(&r.Claims[i], r.Document.Date)
	}
	g.company()
	return g.list
}

// gathering collects traits.
type gathering struct {
	lexicon *lexicon
	list    []kith.Profile
	at      map[kith.EntityID]int
}

func (g *gathering) add(id kith.EntityID, kind, value string) {
	i, ok := g.at[id]
	value = strings.TrimSpace(value)
	if !ok || value == "" || len(value) > 200 {
		return
	}
	for _, t := range g.list[i].Traits {
		if t.Kind == kind && t.Value == value {
			return
		}
	}
	g.list[i].Traits = append(g.list[i].Traits, kith.Trait{Kind: kind, Value: value, Count: 1})
}

func (g *gathering) names(e kith.Entity) {
	g.add(e.ID, traitName, e.Name)
	for _, a := range e.Aliases {
		if e.Type == kith.Person && len(strings.Fields(a)) > 1 {
			g.add(e.ID, traitName, a)
		} else {
			g.add(e.ID, traitAlias, a)
		}
	}
	for _, scheme := range slices.Sorted(maps.Keys(e.Identifiers)) {
		g.add(e.ID, traitID, scheme+":"+e.Identifiers[scheme])
	}
}

var (
	workPredicates = map[kith.Predicate]bool{"employed_by": true, "led": true, "founded": true, "member_of": true, "owns": true, "educated_at": true}
	kinPredicates  = map[kith.Predicate]bool{"spouse_of": true, "sibling_of": true, "relative_of": true, "parent_of": true}
)

// claim takes what an affirmed, told claim says of its ends. Plans, hedges
// and denials say nothing of who somebody is.
func (g *gathering) claim(c *kith.Claim, published kith.Date) {
	if c.Negated || c.Modality == kith.Hedged {
		return
	}
	s := c.Subject.ID
	switch {
	case c.Predicate == "held_office" || c.Predicate == "candidate_for":
		g.office(c, published)
	case c.Predicate == "nominated_by" && c.Object != nil:
		g.add(s, traitParty, g.lexicon.normal(kith.Organization, c.Object.Name))
	case workPredicates[c.Predicate] && c.Object != nil:
		g.work(c)
	case kinPredicates[c.Predicate] && c.Object != nil:
		g.add(s, traitKin, folded(c.Object.Name))
		g.add(c.Object.ID, traitKin, folded(c.Subject.Name))
	case c.Predicate == "located_in" && c.Object != nil:
		g.add(s, traitPlace, g.lexicon.normal(kith.Place, c.Object.Name))
	case c.Predicate == "also_known_as":
		g.add(s, traitAlias, c.Value)
	case c.Object != nil && c.Object.Type == kith.EventType:
		g.event(c)
	}
}

// event takes what a claim says of its object, an event.
func (g *gathering) event(c *kith.Claim) {
	id := c.Object.ID
	switch c.Predicate {
	case "hosted":
		g.add(id, traitHost, folded(c.Subject.Name))
		if c.Qualifiers.Third != nil {
			g.add(id, traitFor, folded(c.Qualifiers.Third.Name))
		}
	case "attended", "spoke_at":
		g.add(id, traitGuest, folded(c.Subject.Name))
	default:
		return
	}
	g.add(id, traitPlace, g.lexicon.normal(kith.Place, c.Qualifiers.Place))
	g.when(id, c.Time)
}

func (g *gathering) office(c *kith.Claim, published kith.Date) {
	s := c.Subject.ID
	g.add(s, traitOffice, folded(c.Value))
	g.add(s, traitPlace, g.lexicon.normal(kith.Place, c.Qualifiers.Jurisdiction))
	if c.Object != nil && c.Object.Type == kith.Place {
		g.add(s, traitPlace, g.lexicon.normal(kith.Place, c.Object.Name))
	}
	years := []kith.Date{c.Time.From, c.Time.To}
	if c.Time.IsZero() {
		years = []kith.Date{published}
	}
	for _, y := range years {
		g.add(s, traitYear, y.Year())
	}
}

func (g *gathering) work(c *kith.Claim) {
	if c.Object.Type != kith.Organization {
		return
	}
	name := g.lexicon.normal(kith.Organization, c.Object.Name)
	if c.Predicate == "member_of" && strings.HasSuffix(name, "party") {
		g.add(c.Subject.ID, traitParty, name)
		return
	}
	g.add(c.Subject.ID, traitWork, name)
}

func (g *gathering) when(id kith.EntityID, t kith.Time) {
	if t.From != "" && t.From == t.To {
		g.add(id, traitWhen, string(t.From))
	}
}

// mostCompany bounds how many people of the same text are noted.
const mostCompany = 10

// company notes, for each person who is named in full or by an uncommon word,
// the others who are named in full.
func (g *gathering) company() {
	var full, told []int
	for i, p := range g.list {
		if p.Type != kith.Person || len(told) == 2*mostCompany {
			continue
		}
		if len(strings.Fields(p.Name)) > 1 {
			if len(full) == mostCompany {
				continue
			}
			full = append(full, i)
		} else if n := parsePerson(p.Name); g.lexicon.bare(&n) == "" {
			continue
		}
		told = append(told, i)
	}
	for _, i := range told {
		for _, j := range full {
			if i != j {
				g.add(g.list[i].Entity, traitWith, folded(g.list[j].Name))
			}
		}
	}
}

func folded(s string) string { return strings.Join(nameTokens(s), " ") }
