package relation

import (
	"io/fs"
	"strings"
	"sync"

	"kith"
	"kith/data"
)

// Node is what can stand at an end of a relation: a mention, a date, a
// nationality. First and Last bound its tokens, Head is the one that the rest
// hangs on.
type Node struct {
	First, Last, Head int
	Type              kith.EntityType
	Kind              kith.MentionKind
}

// Types of nodes that are no entities.
const (
	dateType   kith.EntityType = "Date"
	nationType kith.EntityType = "Nationality"
)

func nodeOf(m kith.Mention) Node { return Node{m.First, m.Last, m.Head, m.Type, m.Kind} }

// related reports whether two nodes may be subject and object: the subject is
// an entity, and neither lies inside the other.
func related(x, y Node) bool {
	if x.Type == dateType || x.Type == nationType {
		return false
	}
	return x.Last <= y.First || y.Last <= x.First
}

// Nodes lists the nodes of a sentence, in order of their first tokens.
func Nodes(a *kith.Analysis, sentence int) []Node {
	s := &a.Sentences[sentence]
	var out []Node
	for i := range a.Mentions {
		if m := &a.Mentions[i]; m.Head >= s.First && m.Head < s.Last && m.Last <= s.Last && m.First >= s.First {
			out = append(out, nodeOf(*m))
		}
	}
	for i := s.First; i < s.Last; {
		if n := dateAt(a, i, s.Last); n > 0 {
			out = append(out, Node{i, i + n, i + n - 1, dateType, kith.NameMention})
			i += n
			continue
		}
		if isNation(a.Word(i)) {
			out = append(out, Node{i, i + 1, i, nationType, kith.NameMention})
		}
		i++
	}
	return out
}

// dateAt returns the number of tokens of the date that begins at token i: a
// day, month and year in any usual order, or a year alone.
func dateAt(a *kith.Analysis, i, end int) int {
	n, year := 0, false
	for i+n < end {
		w := a.Word(i + n)
		switch {
		case isYear(w):
			if year {
				return n
			}
			year = true
		case isMonth(w), isDay(w), n > 0 && (w == "," || w == "of"):
			if year {
				return n
			}
		default:
			return trimmed(a, i, n, year)
		}
		n++
	}
	return trimmed(a, i, n, year)
}

// trimmed returns n without the tokens after the year or month, and 0 where
// the run is no date.
func trimmed(a *kith.Analysis, i, n int, year bool) int {
	month := false
	for k := i; k < i+n; k++ {
		month = month || isMonth(a.Word(k))
	}
	if !year && !month {
		return 0
	}
	for n > 0 && (a.Word(i+n-1) == "," || a.Word(i+n-1) == "of") {
		n--
	}
	return n
}

func isYear(w string) bool { return len(w) == 4 && digits(w) && w >= "1000" && w < "2100" }

func isDay(w string) bool {
	w = strings.TrimRight(w, "stndrh")
	return len(w) > 0 && len(w) < 3 && digits(w) && w < "4"
}

func digits(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return true
}

func isMonth(w string) bool {
	switch w {
	case "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
		"Jan.", "Feb.", "Mar.", "Apr.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.":
		return true
	}
	return false
}

var nations = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	content, err := fs.ReadFile(data.FS, "lexicons/demonyms.txt")
	if err != nil {
		return out
	}
	for line := range strings.Lines(string(content)) {
		if word, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			out[word] = true
		}
	}
	return out
})

func isNation(w string) bool { return len(w) > 3 && w[0] >= 'A' && w[0] <= 'Z' && nations()[w] }
