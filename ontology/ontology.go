// Package ontology loads and checks the predicates of data/predicates: what
// each says, which kinds of entity stand at its ends, and the patterns and
// examples that find it in prose. Somebody who writes no Go adds a predicate
// by adding a file there.
package ontology

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kith"
)

// Takes says what a predicate's claims have at their far end.
type Takes string

// What a predicate takes.
const (
	TakesObject Takes = "object" // always an entity
	TakesValue  Takes = "value"  // always words
	TakesEither Takes = "either" // an entity, words or both
)

// Extent says how a relationship lasts in time.
type Extent string

// The extents.
const (
	Act   Extent = "act"   // happens on a day
	State Extent = "state" // lasts
)

// Predicate is one relationship, as its file defines it.
type Predicate struct {
	Name       kith.Predicate
	File       string
	Label      string // read from subject to object: "endorsed"
	Reverse    string // read from object to subject: "was endorsed by"
	Definition string
	Family     string // heading under which people look for it: "the support system"
	Subject    []kith.EntityType
	Object     []kith.EntityType // empty where it takes a value only
	Takes      Takes
	Symmetric  bool
	NamedEnds  []string // "subject", "object": ends that must have a name, a description is not enough
	PlacesAct  bool     // countries and cities may stand where an organisation does
	Lasts      Extent
	Qualifiers []string          // qualifiers that its claims may have
	Map        map[string]string // same or wider terms elsewhere: "wikidata": "P26"
	Patterns   []Pattern
	Examples   []Example
}

// AllowsSubject reports whether an entity of that type may be its subject.
func (p *Predicate) AllowsSubject(t kith.EntityType) bool { return slices.Contains(p.Subject, t) }

// AllowsObject reports whether an entity of that type may be its object.
func (p *Predicate) AllowsObject(t kith.EntityType) bool { return slices.Contains(p.Object, t) }

// Example is a short text and the claims that a reader must find in it: those
// of the predicate whose file it stands in, and no others of that predicate.
type Example struct {
	Line   int
	Text   string
	Claims []Expected // empty for a near miss
}

// Expected is a claim as an example writes it: "Ann Lee | endorsed | Bo Cruz",
// where a value stands in quotation marks, and a fourth field may hold
// "not", "planned", "hedged", "by NAME" or "qualifier=value".
type Expected struct {
	Subject, Predicate, Object, Value string
	Marks                             []string
}

// Ontology is the set of predicates, in order of their names.
type Ontology struct {
	Predicates []Predicate
}

// Find returns the predicate of that name, or nil.
func (o *Ontology) Find(name kith.Predicate) *Predicate {
	i, ok := slices.BinarySearchFunc(o.Predicates, name, func(p Predicate, n kith.Predicate) int {
		return strings.Compare(string(p.Name), string(n))
	})
	if !ok {
		return nil
	}
	return &o.Predicates[i]
}

// Names lists the names of all predicates in order.
func (o *Ontology) Names() []string {
	names := make([]string, len(o.Predicates))
	for i, p := range o.Predicates {
		names[i] = string(p.Name)
	}
	return names
}

// Load reads every predicates/*.yaml of fsys. It reports all that is wrong at
// once, each as "file:line: what; what to do", joined in one error that is
// kith.ErrInvalid.
func Load(fsys fs.FS) (*Ontology, error) {
	files, err := fs.Glob(fsys, "predicates/*.yaml")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("load predicates: no predicates/*.yaml in the data folder: %w", kith.ErrNotFound)
	}
	var o Ontology
	var problems Problems
	for _, name := range files {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("load predicate %s: %w", name, err)
		}
		p, found := Parse(name, text)
		problems = append(problems, found...)
		if p != nil {
			o.Predicates = append(o.Predicates, *p)
		}
	}
	slices.SortFunc(o.Predicates, func(a, b Predicate) int { return strings.Compare(string(a.Name), string(b.Name)) })
	problems = append(problems, o.checkAcross()...)
	unknown, err := o.spell(fsys)
	if err != nil {
		return nil, fmt.Errorf("load predicates: %w", err)
	}
	problems = append(problems, unknown...)
	if len(problems) > 0 {
		return nil, problems
	}
	return &o, nil
}

// checkAcross reports what only shows when all files are there: examples
// that expect predicates nobody defines.
func (o *Ontology) checkAcross() Problems {
	var out Problems
	for _, p := range o.Predicates {
		for _, e := range p.Examples {
			for _, c := range e.Claims {
				if o.Find(kith.Predicate(c.Predicate)) == nil {
					out = append(out, Problem{p.File, e.Line, fmt.Sprintf("unknown predicate %q%s", c.Predicate, suggest(c.Predicate, o.Names()))})
				}
			}
		}
	}
	return out
}

// Problem is one thing wrong in a file.
type Problem struct {
	File string
	Line int
	What string
}

func (p Problem) String() string {
	return fmt.Sprintf("%s:%d: %s", strings.TrimPrefix(path.Clean(p.File), "./"), p.Line, p.What)
}

// Problems is all that is wrong in the files read; it is an error.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// Is makes the problems kith.ErrInvalid.
func (p Problems) Is(target error) bool { return target == kith.ErrInvalid }
