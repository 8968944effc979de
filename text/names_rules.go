package text

import (
	"strings"

	"kith"
)

// settleNames corrects the names of the model by rules that need no training:
// clean ends, no titles inside, couples divided, names in quotation marks
// after "named", and events called by year and contest.
func settleNames(a *kith.Analysis, names []kith.Name) []kith.Name {
	out := names[:0]
	for _, n := range names {
		n = cleanEnds(a, beforeQuote(a, n))
		if n.Type == kith.Person {
			n = trimTitles(a, n)
		}
		if n.First >= n.Last || !hasLetter(a, n) || describesPeople(a, n) {
			continue
		}
		out = append(out, n)
	}
	out = splitCouples(a, wholeStates(a, out))
	out = quotedNames(a, out)
	for i := range out {
		out[i] = growEvent(a, out, i)
	}
	out = dropOverlaps(out)
	typeByApposition(a, out)
	return out
}

// describesPeople reports whether what was taken for a place is the adjective
// of one: "the Irish minister".
func describesPeople(a *kith.Analysis, n kith.Name) bool {
	return n.Type == kith.Place && n.Last == n.First+1 && a.Tokens[n.First].Tag == kith.ADJ
}

// beforeQuote ends a name at a quotation mark that opens inside it and does not
// close there: "Nair “the understudy”" is Nair.
func beforeQuote(a *kith.Analysis, n kith.Name) kith.Name {
	for i := n.First + 1; i < n.Last; i++ {
		if !openingQuote(a.Word(i)) {
			continue
		}
		for k := i + 1; k < n.Last; k++ {
			if closingQuote(a.Word(k)) {
				return n
			}
		}
		n.Last = i
		return n
	}
	return n
}

func hasLetter(a *kith.Analysis, n kith.Name) bool {
	for i := n.First; i < n.Last; i++ {
		if _, kind := shapeOf(a.Word(i)); kind.strong() || kind == lowerWord {
			return true
		}
	}
	return false
}

// cleanEnds takes possessive marks and stray marks off a name.
func cleanEnds(a *kith.Analysis, n kith.Name) kith.Name {
	for n.Last > n.First && strayEnd(a.Word(n.Last-1)) {
		n.Last--
	}
	for n.First < n.Last && strayStart(a.Word(n.First)) {
		n.First++
	}
	return n
}

func strayEnd(word string) bool {
	switch word {
	case ".", "'s", "’s", "'", "’", ",", ";", ":", "(", "[", "-", "–", "—", "“", "\"", "``", "''", "”":
		return true
	}
	return false
}

func strayStart(word string) bool {
	switch word {
	case ",", ".", ";", ":", ")", "]", "-", "–", "—", "”", "\"", "''", "``", "“", "'s", "’s", "'", "’":
		return true
	}
	return false
}

// trimTitles takes titles and offices off the start of a person's name, and
// leaves them where a first name alone would remain of a monarch or pope.
func trimTitles(a *kith.Analysis, n kith.Name) kith.Name {
	first := n.First
	for first < n.Last-1 && (titleWord(strings.ToLower(a.Word(first))) || first > n.First && a.Word(first) == "-") {
		first++
	}
	if first == n.Last-1 && first > n.First && reignTitle(a.Word(first-1)) {
		first--
	}
	n.First = first
	return n
}

func reignTitle(word string) bool {
	switch strings.ToLower(word) {
	case "pope", "king", "queen", "prince", "princess", "sultan", "emperor":
		return true
	}
	return false
}

// wholeStates gives "United" to a name that begins with the word behind it, and
// parts "the United States" from a person's name ("Ambassador to the United
// States Ana Reyes").
func wholeStates(a *kith.Analysis, names []kith.Name) []kith.Name {
	out := make([]kith.Name, 0, len(names))
	for _, n := range names {
		if n.First == 0 || a.Word(n.First-1) != "United" || len(out) > 0 && out[len(out)-1].Last >= n.First {
			out = append(out, n)
			continue
		}
		kind := kith.Place
		switch a.Word(n.First) {
		case "Nations":
			kind = kith.Organization
		case "States", "Kingdom", "Emirates":
		default:
			out = append(out, n)
			continue
		}
		n.First--
		if n.Type == kith.Person && n.Last-n.First > 2 {
			out = append(out, kith.Name{First: n.First, Last: n.First + 2, Type: kind, Score: n.Score})
			n.First += 2
		} else if n.Type == kith.Person {
			n.Type = kind
		}
		out = append(out, n)
	}
	return out
}

// splitCouples divides "Ann and Paul Reyes" into two names.
func splitCouples(a *kith.Analysis, names []kith.Name) []kith.Name {
	out := make([]kith.Name, 0, len(names))
	for _, n := range names {
		for t := n.First + 1; n.Type == kith.Person && t < n.Last-1; t++ {
			if w := a.Word(t); w == "and" || w == "&" {
				left := n
				left.Last, n.First = t, t+1
				out = append(out, left)
			}
		}
		out = append(out, n)
	}
	return out
}

// quotedNames adds names in quotation marks that a noun and "named" or
// "called" introduce: a company called “Harbor Nine”.
func quotedNames(a *kith.Analysis, names []kith.Name) []kith.Name {
	var found []kith.Name
	for s := range a.Sentences {
		first, last := a.Sentences[s].First, a.Sentences[s].Last
		for i := first + 1; i+2 < last; i++ {
			if !openingQuote(a.Word(i)) || !namingWord(a.Word(i-1)) {
				continue
			}
			end := i + 1
			for end < last && end-i < 8 && !closingQuote(a.Word(end)) {
				end++
			}
			n := cleanEnds(a, kith.Name{First: i + 1, Last: end, Type: namedKind(a, first, i-1), Score: .9})
			if end < last && closingQuote(a.Word(end)) && n.First < n.Last && n.Type != "" {
				found = append(found, n)
			}
		}
	}
	if len(found) == 0 {
		return names
	}
	return mergeNames(names, found)
}

func openingQuote(w string) bool { return w == "“" || w == "\"" || w == "``" || w == "‘" }

func closingQuote(w string) bool { return w == "”" || w == "\"" || w == "''" || w == "’" }

func namingWord(w string) bool {
	switch w {
	case "named", "called", "dubbed", "titled", "christened":
		return true
	}
	return false
}

// namedKind reads from the noun before "named" what is named, "" for what is
// of no interest.
func namedKind(a *kith.Analysis, first, naming int) kith.EntityType {
	for i := naming - 1; i >= max(first, naming-4); i-- {
		switch w := strings.ToLower(a.Word(i)); w {
		case "llc", "company", "firm", "group", "organization", "organisation", "committee", "pac", "corporation", "nonprofit",
			"foundation", "startup", "start-up", "venture", "business", "fund", "charity", "movement", "party", "campaign", "outfit",
			"consultancy", "entity", "institute", "network", "association":
			return kith.Organization
		case "event", "forum", "conference", "summit", "fundraiser", "gala", "rally":
			return kith.EventType
		}
	}
	return ""
}

// mergeNames merges two lists in order; of names that overlap, those of the
// second stay.
func mergeNames(names, over []kith.Name) []kith.Name {
	out := make([]kith.Name, 0, len(names)+len(over))
	for _, n := range names {
		for len(over) > 0 && over[0].First <= n.First {
			out, over = append(out, over[0]), over[1:]
		}
		if k := len(out); k > 0 && out[k-1].Last > n.First || len(over) > 0 && over[0].First < n.Last {
			continue
		}
		out = append(out, n)
	}
	return append(out, over...)
}

// growEvent makes an event of a name with a contest or meeting after it
// ("Ohio primary", "G20 summit") and takes the year before an event in.
func growEvent(a *kith.Analysis, names []kith.Name, i int) kith.Name {
	n := names[i]
	if n.Type != kith.Person && eventHead(strings.ToLower(a.Word(n.Last-1))) && n.Last-n.First > 1 {
		n.Type = kith.EventType
	}
	if n.Type == kith.Place || n.Type == kith.Organization {
		if end := n.Last; end < len(a.Tokens) && !closesSentence(a, n, end) && contestNoun(a.Word(end)) {
			n.Last, n.Type = end+1, kith.EventType
		}
	}
	if n.Type != kith.EventType && n.Type != kith.Person && n.First > 0 && yearWord(a.Word(n.First-1)) && n.Last < len(a.Tokens) &&
		!closesSentence(a, n, n.Last) && eventHead(strings.ToLower(a.Word(n.Last))) {
		n.Last, n.Type = n.Last+1, kith.EventType // the 2019 Senate election
	}
	if n.Type == kith.EventType && n.First > 0 && yearWord(a.Word(n.First-1)) && (i == 0 || names[i-1].Last < n.First) {
		n.First--
	}
	return n
}

func closesSentence(a *kith.Analysis, n kith.Name, token int) bool {
	return a.SentenceOf(n.First) != a.SentenceOf(token)
}

// eventHead knows the last words of the names of events.
func eventHead(lower string) bool {
	switch lower {
	case "convention", "summit", "olympics", "games", "championship", "championships", "inauguration", "referendum", "primary",
		"caucus", "caucuses", "election", "elections", "festival":
		return true
	}
	return false
}

// contestNoun knows the nouns that make an event of a name before them.
func contestNoun(word string) bool {
	switch word {
	case "primary", "caucuses", "summit", "referendum", "elections":
		return true
	}
	return false
}

func yearWord(w string) bool {
	return len(w) == 4 && (w[0] == '1' || w[0] == '2') && w[1] >= '0' && w[1] <= '9' && w[2] >= '0' && w[2] <= '9' && w[3] >= '0' && w[3] <= '9'
}

// dropOverlaps keeps the first of names that overlap.
func dropOverlaps(names []kith.Name) []kith.Name {
	out := names[:0]
	end := 0
	for _, n := range names {
		if n.First >= end {
			out = append(out, n)
			end = n.Last
		}
	}
	return out
}
