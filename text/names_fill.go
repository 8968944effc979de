package text

import (
	"slices"
	"strings"

	"kith"
)

// fillNames adds names that the model passed over where the words beside a
// capitalised run leave one reading: a title or first name before a surname, a
// word for kin and a comma before it, a word for organisations at its end,
// before it or behind it. It returns the names in order.
func fillNames(a *kith.Analysis, views []nameToken, names []kith.Name) []kith.Name {
	names = partisans(a, views, names)
	taken := make([]bool, len(a.Tokens))
	for _, n := range names {
		for i := n.First; i < n.Last; i++ {
			taken[i] = true
		}
	}
	var found []kith.Name
	known := surnames(views, names)
	namesakes(views, names, known)
	for s := range a.Sentences {
		sentence := &a.Sentences[s]
		if titleCase(views[sentence.First:sentence.Last]) {
			continue
		}
		for i := sentence.First; i < sentence.Last; i++ {
			if taken[i] || !views[i].kind.strong() {
				continue
			}
			n := capitalRun(a, views, taken, i, sentence.Last)
			if n.Last == i+1 && slices.Contains(known, views[i].lower) && views[i].class&ClassCommon == 0 && views[i].doc&seenLower == 0 {
				n.Type = kith.Person
			} else {
				n = kindOfRun(a, views, n, sentence)
			}
			if n.Type != "" {
				found = append(found, n)
			}
			i = max(i, n.Last-1)
		}
	}
	if len(found) == 0 {
		return names
	}
	return mergeNames(names, found)
}

// doubtful is the probability below which the kind of a name is a guess.
const doubtful = 0.8

// namesakes makes persons of single words that the model took for a place or an
// organisation, each time unsure, where the document names somebody in full by
// them.
func namesakes(views []nameToken, names []kith.Name, known []uint32) {
	if len(known) == 0 {
		return
	}
	for i := range names {
		n := &names[i]
		other := n.Type == kith.Place || n.Type == kith.Organization
		if other && n.Last == n.First+1 && slices.Contains(known, views[n.First].lower) && !surely(views, names, n) {
			n.Type = kith.Person
		}
	}
}

// surely reports whether the model gives a word the kind of n without doubt
// anywhere in the document, alone or at the start of a longer name.
func surely(views []nameToken, names []kith.Name, n *kith.Name) bool {
	return slices.ContainsFunc(names, func(o kith.Name) bool {
		return o.Type == n.Type && (o.Score >= doubtful || o.Last > o.First+1) && views[o.First].lower == views[n.First].lower
	})
}

// surnames lists the last names of those whom the document names in full: one
// of them by itself is a name too.
func surnames(views []nameToken, names []kith.Name) []uint32 {
	var list []uint32
	for _, n := range names {
		if n.Type == kith.Person && n.Last > n.First+1 && len(list) < maxNamesakes && !slices.Contains(list, views[n.Last-1].lower) {
			list = append(list, views[n.Last-1].lower)
		}
	}
	return list
}

// titleCase reports whether a sentence capitalises most of its words, as
// headlines do.
func titleCase(run []nameToken) bool {
	capitals, lower := 0, 0
	for i := range run {
		switch {
		case run[i].kind.strong():
			capitals++
		case run[i].kind == lowerWord:
			lower++
		}
	}
	return capitals > 2*lower
}

// capitalRun is the run of capitalised words from token i, with initials
// between them.
func capitalRun(a *kith.Analysis, views []nameToken, taken []bool, i, last int) kith.Name {
	end := i + 1
	for end < last && !taken[end] && views[end].kind.strong() {
		end++
	}
	return kith.Name{First: i, Last: end}
}

// kindOfRun decides whether a run is a name, and cuts titles off it. Its Type
// is "" where nothing decides.
func kindOfRun(a *kith.Analysis, views []nameToken, n kith.Name, s *kith.Sentence) kith.Name {
	end := n.Last
	titled := n.First > s.First && titleAbove(a, views, n.First-1)
	for n.First < end-1 && views[n.First].class&(ClassTitle|ClassRank) != 0 && titleWord(strings.ToLower(a.Word(n.First))) {
		n.First++
		titled = true
	}
	if end < s.Last && (views[end].kind == initialWord || views[end].kind.strong()) || !plainRun(views[n.First:end]) {
		n.First = end
		return n
	}
	lead := n.First == s.First
	first, last := &views[n.First], &views[end-1]
	size := end - n.First
	switch {
	case size > 1 && last.class&(ClassOrgSuffix|ClassOrgHead) != 0 && first.class&(ClassTitle|ClassCalendar|ClassDemonym) == 0:
		n.Type = kith.Organization
	case calledOrganization(a, n) && (size > 1 || !lead):
		n.Type = kith.Organization
	case size > 1 && !lead && (introducedAsOrganization(a, n.First) || besideOrganization(a, n)):
		n.Type = kith.Organization
	case size > 3 || !surnameLike(last):
	case titled && size > 1 && !lead:
		n.Type = kith.Person
	case size > 1 && givenName(a, views, n.First, lead):
		n.Type = kith.Person
	case size <= 2 && !lead && afterKin(a, views, n.First):
		n.Type = kith.Person
	}
	n.Score = .6
	return n
}

// surnameLike reports whether a word can be a surname: it is on a list of them,
// or no list has it as a common word or the head of some other name, and the
// document never writes it small.
func surnameLike(t *nameToken) bool {
	if t.class&(ClassOrgHead|ClassOrgSuffix|ClassPlaceHead|ClassEventHead|ClassOrgNoun|ClassEventNoun|ClassPlaceNoun) != 0 {
		return false
	}
	return t.class&(ClassSurname|ClassRareSurname) != 0 || t.class&ClassCommon == 0 && t.doc&seenLower == 0
}

// givenName reports whether token i is a first name and nothing else.
func givenName(a *kith.Analysis, views []nameToken, i int, lead bool) bool {
	t := &views[i]
	if t.class&(ClassMale|ClassFemale|ClassGiven) == 0 || t.class&(ClassCountry|ClassState|ClassCity|ClassTitle) != 0 || len(a.Word(i)) < 3 {
		return false
	}
	return t.class&ClassCommon == 0 || !lead && t.doc&seenLower == 0 && t.class&(ClassMale|ClassFemale) != 0
}

// plainRun reports whether no word of a run is a day, a month, a nationality or
// a country.
func plainRun(run []nameToken) bool {
	for i := range run {
		if run[i].class&(ClassCalendar|ClassDemonym|ClassCountry|ClassParty) != 0 || run[i].phrase != 0 {
			return false
		}
	}
	return true
}

// titleAbove reports whether token i is a title written before names: "Sen.",
// "Judge".
func titleAbove(a *kith.Analysis, views []nameToken, i int) bool {
	w := a.Word(i)
	return views[i].class&(ClassTitle|ClassRank) != 0 && titleWord(strings.ToLower(w)) && w[0] >= 'A' && w[0] <= 'Z' && w != "State" && w != "First" && w != "General"
}

// afterKin reports whether a phrase whose noun means kin or a person, and a
// comma, stand before token i: "his finance minister, Lena Strand".
func afterKin(a *kith.Analysis, views []nameToken, i int) bool {
	if i < 3 || a.Word(i-1) != "," || views[i-2].kind != lowerWord || views[i-2].class&(ClassKin|ClassPersonNoun) == 0 {
		return false
	}
	for k := i - 3; k >= max(0, i-7); k-- {
		switch strings.ToLower(a.Word(k)) {
		case "his", "her", "their", "its", "a", "an", "the", "'s", "’s", "’":
			return true
		}
		if views[k].kind != lowerWord {
			return false
		}
	}
	return false
}

// introducedAsOrganization reports whether a noun that can mean nothing but an
// organisation, with its article, stands right before token i: "the nonprofit
// Clean Rivers".
func introducedAsOrganization(a *kith.Analysis, i int) bool {
	if i < 2 || !organizationNoun(strings.ToLower(a.Word(i-1))) || a.Word(i-1) != strings.ToLower(a.Word(i-1)) {
		return false
	}
	for k := i - 2; k >= max(0, i-5); k-- {
		switch strings.ToLower(a.Word(k)) {
		case "the", "a", "an", "his", "her", "their", "its", "'s", "’s":
			return true
		case ",", ".", ";", "of", "in", "to", "and":
			return false
		}
	}
	return false
}

// besideOrganization reports whether a run between commas names the noun for an
// organisation before it: "a nonprofit, Clean Rivers Ohio, that he started".
func besideOrganization(a *kith.Analysis, n kith.Name) bool {
	return a.Word(n.First-1) == "," && n.Last < len(a.Tokens) && (a.Word(n.Last) == "," || a.Word(n.Last) == ".") && introducedAsOrganization(a, n.First-1)
}

// partisans mends names that hold a word for a party's member ("the Florida
// Republican" names Florida), and makes organisations of unknown places at
// which somebody holds a post ("a vice president at Northrop").
func partisans(a *kith.Analysis, views []nameToken, names []kith.Name) []kith.Name {
	out := make([]kith.Name, 0, len(names)+1)
	for _, n := range names {
		if first := a.Word(n.First); (first == "Republican" || first == "Democrat" || first == "Tory") && n.Type == kith.Person && n.Last-n.First > 1 {
			n.First++ // "Democrat Ann Lee"
		}
		switch last := a.Word(n.Last - 1); {
		case (last == "Republican" || last == "Democrat") && n.Type != kith.Person && n.Last-n.First > 1:
			n.Last--
			n.Type = kith.Place
		case n.Type == kith.Place && n.Score < .9 && n.Last-n.First == 2 && personLike(&views[n.First], &views[n.First+1]):
			n.Type = kith.Person
		case n.Type == kith.Organization && n.Last-n.First == 2 && givenName(a, views, n.First, false) && familyKnown(a, names, last):
			n.Type = kith.Person
		case n.Type == kith.Place && (last == "PAC" || postAt(a, views, n)):
			n.Type = kith.Organization
		}
		if at := holderInside(a, views, n); at > n.First {
			out = append(out, kith.Name{First: n.First, Last: at, Type: kith.Organization, Score: n.Score})
			n.First, n.Type = at, kith.Person
		}
		if n.Last-n.First > 1 || a.Word(n.First) != "PAC" {
			out = append(out, n)
		}
	}
	return out
}

// postAt reports whether "at" and a noun for one person stand before a name,
// which is then where that person works ("a professor at Oxford").
func postAt(a *kith.Analysis, views []nameToken, n kith.Name) bool {
	return n.First >= 2 && a.Word(n.First-1) == "at" && views[n.First-2].class&(ClassPersonNoun|ClassTitle) != 0 &&
		!strings.HasSuffix(a.Word(n.First-2), "s") && views[n.Last-1].class&(ClassPlaceHead|ClassPlaceNoun|ClassCountry) == 0
}

// holderInside is the first token of a person's name that an organisation's
// has swallowed ("chief of the Refugee Council Enver Lowe"): two words, a first
// name for the one, behind a noun that ends names of organisations; 0 for none.
func holderInside(a *kith.Analysis, views []nameToken, n kith.Name) int {
	at := n.Last - 2
	if n.Type != kith.Organization || at-n.First < 2 {
		return 0
	}
	first, last := &views[at], &views[at+1]
	if views[at-1].class&(ClassOrgHead|ClassOrgSuffix|ClassOrgNoun) == 0 || first.class&(ClassMale|ClassFemale|ClassGiven) == 0 && !postOf(a, n.First) || first.class&(ClassCommon|ClassCity|ClassState|ClassCountry|ClassOrgHead) != 0 {
		return 0
	}
	if !first.kind.strong() || !last.kind.strong() || !surnameLike(last) || last.class&(ClassState|ClassCountry) != 0 {
		return 0
	}
	return at
}

// postOf reports whether "of" and a noun for whoever heads something stand
// before token i: "chief executive of the".
func postOf(a *kith.Analysis, i int) bool {
	k := i - 1
	if k > 0 && strings.EqualFold(a.Word(k), "the") {
		k--
	}
	if k < 1 || a.Word(k) != "of" {
		return false
	}
	switch strings.ToLower(a.Word(k - 1)) {
	case "ceo", "chief", "executive", "head", "leader", "director", "president", "chairman", "chairwoman", "chair", "secretary", "founder", "spokesman",
		"spokeswoman", "spokesperson", "member", "manager", "commissioner", "governor":
		return true
	}
	return false
}

// personLike reports whether two words that were doubtfully taken for a place
// are on no list of places, and the second is a surname.
func personLike(first, last *nameToken) bool {
	const placed = ClassCommon | ClassCity | ClassState | ClassCountry | ClassPlaceHead | ClassPlaceNoun | ClassDemonym | ClassOrgHead
	return first.class&placed == 0 && first.phrase == 0 && last.class&placed == 0 && last.class&(ClassSurname|ClassRareSurname) != 0
}

// familyKnown reports whether a person of the document bears that last name.
func familyKnown(a *kith.Analysis, names []kith.Name, last string) bool {
	for _, n := range names {
		if n.Type == kith.Person && a.Word(n.Last-1) == last {
			return true
		}
	}
	return false
}
