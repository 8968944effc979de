package text

import "kith"

// What a document says about a capitalised word elsewhere in it.
const (
	seenLower     uint16 = 1 << iota // written in lower case too
	seenInside                       // capitalised within a sentence
	seenAfterName                    // after a first name
	seenAfterRank                    // after a title
	seenBeforeOrg                    // before an organisation's head noun or suffix
	seenAfterIn                      // after "in", "at", "near", "from"
	seenSpeaks                       // before or after a verb of saying
	seenPossessor                    // before 's and a noun of kin or person
	seenOften                        // four times or more
)

// wordStat is an entry of the document's open table of words.
type wordStat struct {
	lower uint32
	seen  uint16
	count uint16
}

// markDocument gathers, for each word that is capitalised somewhere, in what
// surroundings the document uses it, and tells all its occurrences.
func markDocument(a *kith.Analysis, views []nameToken) {
	table := newWordTable(views)
	for s := range a.Sentences {
		sentence := &a.Sentences[s]
		run := views[sentence.First:sentence.Last]
		shouting := allCapsRun(run)
		for i := range run {
			if at := table.slot(run[i].lower); at.count > 0 {
				at.seen |= wordSurroundings(run, i, shouting)
			}
		}
	}
	for i := range views {
		if !views[i].kind.strong() && views[i].kind != lowerWord {
			continue
		}
		if at := table.slot(views[i].lower); at.count > 0 {
			views[i].doc = at.seen
			if at.count >= 4 {
				views[i].doc |= seenOften
			}
		}
	}
}

func wordSurroundings(run []nameToken, i int, shouting bool) uint16 {
	t := &run[i]
	if t.kind == lowerWord {
		return seenLower
	}
	if !t.kind.strong() || shouting {
		return 0
	}
	seen := uint16(0)
	if i > 0 {
		before := &run[i-1]
		if before.kind == lowerWord || before.kind.strong() || before.kind == numberWord {
			seen |= seenInside
		}
		if before.kind == capitalWord && before.class&(ClassMale|ClassFemale) != 0 {
			seen |= seenAfterName
		}
		if before.class&ClassTitle != 0 {
			seen |= seenAfterRank
		}
		if before.lower == wordIn || before.lower == wordAt || before.lower == wordNear || before.lower == wordFrom {
			seen |= seenAfterIn
		}
		if before.class&ClassSpeech != 0 {
			seen |= seenSpeaks
		}
	}
	if i+1 < len(run) {
		after := &run[i+1]
		if after.kind.strong() && after.class&(ClassOrgHead|ClassOrgSuffix) != 0 {
			seen |= seenBeforeOrg
		}
		if after.class&ClassSpeech != 0 {
			seen |= seenSpeaks
		}
		if after.kind == possessiveWord && i+2 < len(run) && run[i+2].class&(ClassKin|ClassPersonNoun) != 0 {
			seen |= seenPossessor
		}
	}
	return seen
}

var (
	wordIn   = hashWord("in")
	wordAt   = hashWord("at")
	wordNear = hashWord("near")
	wordFrom = hashWord("from")
)

// allCaps reports whether a sentence is written in capitals throughout.
func allCapsRun(run []nameToken) bool {
	caps, other := 0, 0
	for i := range run {
		switch run[i].kind {
		case capsWord:
			caps++
		case lowerWord, capitalWord, mixedWord:
			other++
		}
	}
	return caps >= 3 && other*5 < caps
}

// wordTable is an open-addressed table of the words that are capitalised
// somewhere in the document.
type wordTable struct {
	slots []wordStat
	mask  uint32
}

func newWordTable(views []nameToken) *wordTable {
	n := 0
	for i := range views {
		if views[i].kind.strong() {
			n++
		}
	}
	size := 64
	for size < 2*n {
		size *= 2
	}
	t := &wordTable{make([]wordStat, size), uint32(size - 1)}
	for i := range views {
		if !views[i].kind.strong() {
			continue
		}
		s := t.slot(views[i].lower)
		s.lower = views[i].lower
		if s.count < 1<<15 {
			s.count++
		}
	}
	return t
}

// slot returns the entry of a word, or a free one.
func (t *wordTable) slot(lower uint32) *wordStat {
	at := (lower * 0x9e3779b1) & t.mask
	for t.slots[at].count > 0 && t.slots[at].lower != lower {
		at = (at + 1) & t.mask
	}
	return &t.slots[at]
}
