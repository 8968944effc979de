package extract

import (
	"sort"
	"strings"

	"kith"
)

// timeWord is a word as the calendar sees it: in lower case without a final
// full stop, and what it may do in an expression of time.
type timeWord struct {
	text string
	part timePart
}

// timePart says what a word may do in an expression of time.
type timePart uint8

const (
	noTime  timePart = iota
	begins           // may begin an expression or go on with one
	leads            // may begin one where a word that may stand in one follows
	counts           // may begin one where a unit of time follows
	follows          // may go on with one
	named            // begins one where it has a capital
)

// timeParts holds all words that an expression of time may begin with, but for
// numbers in digits; see partOf.
var timeParts = func() map[string]timePart {
	parts := map[string]timePart{}
	for _, list := range []struct {
		part  timePart
		words string
	}{
		{leads, `the between previously in during again from ever since after as until till til through
			before by up on around about circa c within throughout over back earlier later only just`},
		{follows, "at least of to same following previous preceding"},
		{begins, `q1 q2 q3 q4 early mid mid- late end start middle last past this next coming today tonight yesterday tomorrow that
			each every starting beginning effective`},
		{counts, "several some"},
	} {
		for _, w := range strings.Fields(list.words) {
			parts[w] = list.part
		}
	}
	addParts(parts, seasons, begins)
	addParts(parts, ordinals, begins)
	addParts(parts, numerals, counts)
	addParts(parts, months, named)
	addParts(parts, weekdays, named)
	return parts
}()

func addParts[V any](parts map[string]timePart, words map[string]V, part timePart) {
	for w := range words {
		parts[w] = part
	}
}

// timeWords appends tokens [first, last) to words; low are the document's
// words in lower case.
func timeWords(words []timeWord, a *kith.Analysis, low []string, first, last int) []timeWord {
	name := sort.Search(len(a.Names), func(k int) bool { return a.Names[k].Last > first })
	for i := first; i < last; i++ {
		for name < len(a.Names) && a.Names[name].Last <= i {
			name++
		}
		if name < len(a.Names) && a.Names[name].First <= i && timeless(a.Names[name]) {
			words = append(words, timeWord{part: noTime}) // "the Tuesday Fund", "April Ryan"
			continue
		}
		w := strings.TrimSuffix(low[i], ".")
		part := partOf(w)
		if part == named {
			part = noTime
			if c := a.Word(i)[0]; c >= 'A' && c <= 'Z' {
				part = begins
			}
		}
		words = append(words, timeWord{w, part})
	}
	return words
}

// timeless reports whether the words of a name tell no time: those of events
// do ("the 2024 convention"), and a single word may be a day.
func timeless(n kith.Name) bool {
	return n.Last > n.First+1 && (n.Type == kith.Person || n.Type == kith.Organization)
}

// partOf looks a word up. Whatever begins with a digit or an apostrophe may
// begin an expression ("'90s"), and so may "mid-1990s".
func partOf(w string) timePart {
	if w == "" {
		return noTime
	}
	switch c := w[0]; {
	case c >= '0' && c <= '9', c == '\'', c >= 0x80:
		return begins
	case strings.HasPrefix(w, "early-"), strings.HasPrefix(w, "mid-"), strings.HasPrefix(w, "late-"):
		return begins
	}
	return timeParts[w]
}

// mayBegin reports whether an expression of time can begin at token i. It is
// true of all that expression reads, and false of most other words.
func (c *calendar) mayBegin(i int) bool {
	switch c.partAt(i) {
	case begins:
		return true
	case leads:
		return c.partAt(i+1) != noTime
	case counts:
		return units[c.word(i+1)] != ""
	}
	return false
}

// mayBeDate reports whether a date can begin at token i. It is true of all that
// anyDate reads, and false of most other words that may begin an expression.
func (c *calendar) mayBeDate(i int) bool {
	switch c.partAt(i) {
	case begins, counts:
		return true
	case leads:
		w := c.word(i)
		return w == "the" || w == "earlier" || w == "later"
	}
	return false
}

func (c *calendar) partAt(i int) timePart {
	if i >= c.end {
		return noTime
	}
	return c.words[i-c.first].part
}
