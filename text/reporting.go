package text

import (
	"slices"
	"strings"
	"sync"

	"kith/data"
)

// Reporting says by what sort of word speech is reported.
type Reporting uint8

// The sorts of reporting word. The zero Reporting reports nothing.
const (
	NotReporting Reporting = iota
	ReportsSaying
	ReportsDenial
	ReportsThought
	ReportsQuestion
	ReportsCalling // "called him", "described it as"
	ReportsAct     // "smiled": speech only beside quotation marks
	ReportingNoun  // "the claim that"
)

var reportingKinds = []string{"", "say", "deny", "think", "ask", "call", "act", "noun"}

type reportingWord struct {
	lemma string
	kind  Reporting
}

// reportingWords reads the lexicon once, in order of the lemmas.
var reportingWords = sync.OnceValue(func() []reportingWord {
	file, err := data.FS.ReadFile("lexicons/reporting.txt")
	if err != nil {
		return nil
	}
	var words []reportingWord
	for line := range strings.Lines(string(file)) {
		fields := strings.Fields(line)
		if len(fields) != 2 || fields[0][0] == '#' {
			continue
		}
		if kind := slices.Index(reportingKinds, fields[1]); kind > 0 {
			words = append(words, reportingWord{fields[0], Reporting(kind)})
		}
	}
	slices.SortStableFunc(words, func(a, b reportingWord) int { return strings.Compare(a.lemma, b.lemma) })
	return words
})

// ReportingVerb says how a verb reports speech; a particle is joined to its
// lemma by an underscore ("point_out").
func ReportingVerb(lemma string) Reporting { return reportingWordOf(lemma, false) }

// IsReportingNoun reports whether a noun holds reported content ("claim").
func IsReportingNoun(lemma string) bool { return reportingWordOf(lemma, true) == ReportingNoun }

func reportingWordOf(lemma string, noun bool) Reporting {
	words := reportingWords()
	i, _ := slices.BinarySearchFunc(words, lemma, func(w reportingWord, l string) int { return strings.Compare(w.lemma, l) })
	for ; i < len(words) && words[i].lemma == lemma; i++ {
		if (words[i].kind == ReportingNoun) == noun {
			return words[i].kind
		}
	}
	return NotReporting
}
