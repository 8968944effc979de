package query

import (
	"fmt"
	"strconv"
	"strings"

	"kith"
)

// Kind is what sort of question is asked.
type Kind string

// The kinds of question, in the order in which help lists them.
const (
	Who          Kind = "who"
	Ties         Kind = "ties"
	Path         Kind = "path"
	Common       Kind = "common"
	Introducers  Kind = "introducers"
	Brokers      Kind = "brokers"
	Reach        Kind = "reach"
	Overlap      Kind = "overlap"
	Given        Kind = "given"
	Received     Kind = "received"
	Endorsements Kind = "endorsements"
	Donors       Kind = "donors"
	Events       Kind = "events"
	Compare      Kind = "compare"
	Vehicles     Kind = "vehicles"
	Timeline     Kind = "timeline"
	Changes      Kind = "changes"
	Rumours      Kind = "rumours"
	Conflicts    Kind = "conflicts"
	Said         Kind = "said"
	Sources      Kind = "sources"
	Gaps         Kind = "gaps"
	Groups       Kind = "groups"
	Central      Kind = "central"
	Similar      Kind = "similar"
	Reply        Kind = "reply"
	Find         Kind = "find"
)

// Any stands where a question names no end: "find ? endorsed Ann Lee".
const Any = "?"

// Term is one predicate that a question asks for. A reversed one is read from
// its object to its subject.
type Term struct {
	Predicate kith.Predicate
	Reversed  bool
}

func (t Term) String() string {
	if t.Reversed {
		return "~" + string(t.Predicate)
	}
	return string(t.Predicate)
}

// Question is one question. Two questions that mean the same have the same
// String, and parsing that String gives the question again.
type Question struct {
	Kind  Kind
	Names []string // the ends as the user named them; Any for an open one
	Terms []Term   // predicates asked for; none means all
	Value string   // words that the value, office or role must hold
	Part  string   // part of an overlap: "staff", "donors" …; measure of central
	Third string   // to whom, about whom
	// From and To bound the world time asked about; for changes, the window.
	From, To kith.Date
	Count    int // alternatives, groups, ranks: 0 means the kind's own default
}

// String is the question as a form.
func (q Question) String() string {
	var b strings.Builder
	b.WriteString(string(q.Kind))
	names := q.Names
	if q.Kind == Find && len(names) > 1 {
		fmt.Fprintf(&b, " %s %s", quote(names[0]), joinTerms(q.Terms))
		names = names[1:]
	}
	for i, n := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte(' ')
		b.WriteString(quote(n))
	}
	if q.Kind != Find && len(q.Terms) > 0 {
		b.WriteString(" by " + joinTerms(q.Terms))
	}
	for _, part := range []struct{ word, value string }{
		{"as", quoteSome(q.Value)}, {"about", quoteSome(q.Third)}, {"part", q.Part},
		{"from", string(q.From)}, {"until", string(q.To)},
	} {
		if part.value != "" {
			b.WriteString(" " + part.word + " " + part.value)
		}
	}
	if q.Count > 0 {
		b.WriteString(" top " + strconv.Itoa(q.Count))
	}
	return b.String()
}

func joinTerms(terms []Term) string {
	if len(terms) == 0 {
		return Any
	}
	words := make([]string, len(terms))
	for i, t := range terms {
		words[i] = t.String()
	}
	return strings.Join(words, ",")
}

func quote(name string) string {
	if name == Any {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, "'") + `"`
}

func quoteSome(name string) string {
	if name == "" {
		return ""
	}
	return quote(name)
}
