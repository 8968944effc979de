package resolve

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
)

// name is a person's name taken apart, in lower-case ASCII.
type name struct {
	given  string   // "" where only one name is known
	middle []string // full or initials
	family string
	suffix string // "jr", "iii"
	nick   string // given in quotation marks or brackets
	tokens []string
}

var titles = set(`mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative congressman congresswoman
	gov governor president vice vice-president pres chancellor mayor judge justice chief hon honourable honorable the former ex
	rev reverend father fr sister brother gen general col colonel maj major capt captain lt lieutenant sgt sergeant cpl adm admiral
	cmdr commander secretary minister premier prime king queen prince princess duke duchess baron baroness saint st. attorney
	district deputy assemblyman assemblywoman councilman councilwoman councillor councilmember delegate ambassador mp mep td`)

var suffixes = set("jr sr ii iii iv v phd md esq qc kc mbe obe cbe jd dds cpa")

var particles = set("van von de da del della di la le bin ibn al el ter der den dos das du ten st mac o ben bar abu af av zu")

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// parsePerson takes a person's name apart. It understands "Family, Given",
// "FAMILY Given", titles, suffixes, nicknames in quotation marks and
// particles before the family name.
func parsePerson(s string) name {
	var n name
	s, n.nick = cutNick(s)
	head, tail, comma := strings.Cut(s, ",")
	first := familyFirst(s)
	words := nameTokens(head)
	rest := nameTokens(tail)
	if comma && len(rest) > 0 && !suffixes[rest[0]] {
		words = append(rest, words...)
		family := len(words) - len(nameTokens(head))
		return n.assign(stripSuffix(&n, words), family)
	}
	words = append(words, rest...)
	words = stripTitles(stripSuffix(&n, words))
	if first > 0 && first < len(words) {
		words = append(append([]string{}, words[first:]...), words[:first]...)
		return n.assign(words, len(words)-first)
	}
	return n.assign(words, familyStart(words))
}

// assign fills in the parts; the family name starts at word i.
func (n name) assign(words []string, i int) name {
	n.tokens = words
	switch {
	case len(words) == 0:
	case len(words) == 1 || i <= 0 || i >= len(words):
		n.family = strings.Join(words, " ")
	default:
		n.given, n.middle, n.family = words[0], words[1:i], strings.Join(words[i:], " ")
	}
	return n
}

// cutNick takes a part in quotation marks or brackets out of a name.
func cutNick(s string) (string, string) {
	for _, marks := range []string{`""`, "“”", "()", "''", "‘’"} {
		pair := []rune(marks)
		i := strings.IndexRune(s, pair[0])
		if i < 0 {
			continue
		}
		inside := s[i+len(string(pair[0])):]
		j := strings.IndexRune(inside, pair[1])
		if j <= 0 || marks == "''" && (i == 0 || s[i-1] != ' ') {
			continue
		}
		after := inside[j+len(string(pair[1])):]
		nick := strings.Join(nameTokens(inside[:j]), " ")
		return s[:i] + " " + after, nick
	}
	return s, ""
}

// nameTokens folds a name to its words: no accents, apostrophes or full
// stops; "J.D." is two.
func nameTokens(s string) []string {
	var b strings.Builder
	for _, r := range strings.ToLower(unidecode.Unidecode(s)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-':
			b.WriteRune(r)
		case r == '\'' || r == '`':
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	out := words[:0]
	for _, w := range words {
		if w = strings.Trim(w, "-"); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func stripSuffix(n *name, words []string) []string {
	for len(words) > 1 && suffixes[words[len(words)-1]] {
		n.suffix = words[len(words)-1]
		words = words[:len(words)-1]
	}
	for i := 1; i < len(words)-1; i++ { // "Jr" before the given name of "Family Jr, Given"
		if suffixes[words[i]] && len(words[i]) > 1 && n.suffix == "" {
			n.suffix = words[i]
			return append(append([]string{}, words[:i]...), words[i+1:]...)
		}
	}
	return words
}

func stripTitles(words []string) []string {
	for len(words) > 1 && titles[words[0]] {
		words = words[1:]
	}
	return words
}

// familyStart is the index of the first word of the family name.
func familyStart(words []string) int {
	i := len(words) - 1
	for i > 1 && particles[words[i-1]] {
		i--
	}
	return i
}

// familyFirst counts the leading words in capitals of a name whose other
// words are not: "AHMED Farah".
func familyFirst(s string) int {
	words := strings.Fields(s)
	n := 0
	for n < len(words) && len(words[n]) > 2 && strings.ToUpper(words[n]) == words[n] && strings.ToLower(words[n]) != words[n] {
		n++
	}
	if n == len(words) || n > 2 {
		return 0
	}
	return n
}
