package resolve

import (
	"math"
	"strings"

	"kith"
)

// Score is the outcome of a comparison: the probability that two records are
// one, the log odds it comes from, and what it rests on.
type Score struct {
	P       float64
	LogOdds float64
	Values  Values
}

// Compare weighs two records of one kind of thing.
func (m *Model) Compare(a, b *Record) Score {
	var v Values
	v[bias] = 1
	weights := &m.Things
	if a.sort == kith.Person {
		weights = &m.People
		m.lexicon.comparePeople(a, b, &v)
	} else {
		compareThings(a, b, &v)
	}
	sum := 0.0
	for i, x := range v {
		sum += x * weights[i]
	}
	return Score{P: 1 / (1 + math.Exp(-sum)), LogOdds: sum, Values: v}
}

// Reasons lists the features that took part, as a judgement gives them.
func (m *Model) Reasons(kind kith.EntityType, s Score) []kith.Reason {
	weights := &m.Things
	if kind == kith.Person {
		weights = &m.People
	}
	var out []kith.Reason
	for i, x := range s.Values {
		if w := x * weights[i]; x != 0 && feature(i) != bias {
			out = append(out, kith.Reason{Feature: feature(i).String(), Weight: math.Round(w*100) / 100})
		}
	}
	return out
}

func (l *lexicon) comparePeople(a, b *Record, v *Values) {
	best := Values{}
	bestSum := math.Inf(-1)
	for i := range a.people {
		for j := range b.people {
			var names Values
			l.compareNames(&a.people[i], &b.people[j], &names)
			if sum := nameSum(&names); sum > bestSum {
				best, bestSum = names, sum
			}
		}
	}
	for i, x := range best {
		v[i] += x
	}
	conflicts(a, b, v)
	surroundings(a, b, v)
}

// nameSum ranks the pairs of names of two records by rough agreement.
func nameSum(v *Values) float64 {
	return 4*v[familySame] + 2*v[familyPart] + 2.5*v[familyVariant] - 3*v[familyDifferent] + 3*v[givenSame] + 2.5*v[givenNick] +
		v[givenInitial] + 2*v[givenMiddle] + 1.5*v[givenVariant] - 3*v[givenDifferent] + v[middleSame] + 0.5*v[middleInitial] -
		2*v[middleConflict] - 2*v[suffixConflict] + v[longName] + v[suffixSame]
}

// compareNames compares two names part by part.
func (l *lexicon) compareNames(a, b *name, v *Values) {
	if len(a.tokens) > 1 && len(a.tokens) == len(b.tokens) && (a.given != b.given || a.family != b.family) && sorted(a.tokens) == sorted(b.tokens) {
		v[reordered], v[givenSame], v[familySame] = 1, 1, 1
		v[rareName] = l.rarity(a.given, a.family)
		return
	}
	if len(a.tokens) == 1 && len(b.tokens) == 1 && a.family == b.family && l.bare(a) != "" {
		v[familySame], v[givenMissing], v[bareSame] = 1, 1, 1
		return
	}
	family := familyRelation(a.family, b.family)
	given := l.givenRelation(a, b)
	v[family], v[given] = 1, 1
	if family == familyDifferent && maiden(a, b) {
		v[familyDifferent], v[familyPart] = 0, 1
	}
	if v[familyDifferent] == 0 && (given == givenSame || given == givenNick || given == givenMiddle) {
		g := a.given
		if given == givenNick && l.given[b.given] > l.given[g] {
			g = b.given
		}
		v[rareName] = l.rarity(g, a.family)
	}
	if given == givenSame {
		middles(a.middle, b.middle, v)
		if v[familySame] == 1 && v[middleSame] == 1 {
			v[longName] = 1
		}
	}
	generations(a, b, v)
}

// generations compares "Jr.", "Sr." and "III".
func generations(a, b *name, v *Values) {
	x, y := generation(a.suffix), generation(b.suffix)
	switch {
	case !x && !y:
	case x != y:
		v[suffixOfOne] = 1
	case a.suffix == b.suffix:
		v[suffixSame] = 1
	default:
		v[suffixConflict] = 1
	}
}

func generation(suffix string) bool {
	return suffix != "" && (suffix == "jr" || suffix == "sr" || strings.Trim(suffix, "iv") == "")
}

func familyRelation(a, b string) feature {
	switch {
	case a == b:
		return familySame
	case compound(a, b) || compound(b, a):
		return familyPart
	case squeeze(a) == squeeze(b):
		return familySame
	case slavic(a) && slavic(b) && plainSlavic(a) == plainSlavic(b):
		return familyVariant
	case len(a) > 3 && len(b) > 3 && (jaroWinkler(a, b) >= 0.93 || phonetic(a) == phonetic(b) && jaroWinkler(a, b) >= 0.85):
		return familyVariant
	}
	return familyDifferent
}

// squeeze drops what compound names are joined by.
func squeeze(s string) string { return joints.Replace(s) }

var joints = strings.NewReplacer(" ", "", "-", "")

// slavic reports whether a family name ends as those do that reach English
// through several transliterations.
func slavic(name string) bool {
	for _, end := range []string{"ko", "ov", "ev", "in", "sky", "skyi", "skyy", "skiy", "skii", "ski", "ych", "ich", "uk", "yuk", "off", "eff"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// plainSlavic undoes what transliterations of one name differ in.
func plainSlavic(name string) string { return transliterations.Replace(name) }

var transliterations = strings.NewReplacer("shch", "sc", "sch", "sc", "kh", "h", "zh", "j", "ts", "c", "tz", "c", "ya", "a", "ia", "a", "yu", "u", "iu", "u",
	"yi", "i", "iy", "i", "ii", "i", "yy", "i", "ij", "i", "y", "i", "g", "h", "w", "v", "ff", "v", "ks", "x", "je", "e", "ye", "e")

// compound reports whether b is one part of the compound a.
func compound(a, b string) bool {
	if len(a) <= len(b)+1 || len(b) < 3 {
		return false
	}
	for _, sep := range []string{"-", " "} {
		if strings.HasPrefix(a, b+sep) || strings.HasSuffix(a, sep+b) {
			return true
		}
	}
	return false
}

// maiden reports whether the family name of one is the last middle name of
// the other: "Hillary Rodham", "Hillary Rodham Clinton".
func maiden(a, b *name) bool {
	last := func(n *name) string {
		if len(n.middle) == 0 {
			return ""
		}
		return n.middle[len(n.middle)-1]
	}
	return len(a.family) > 2 && last(b) == a.family || len(b.family) > 2 && last(a) == b.family
}

func (l *lexicon) givenRelation(a, b *name) feature {
	if a.given == "" || b.given == "" {
		return givenMissing
	}
	if a.given == b.given && len(a.given) > 1 {
		return givenSame
	}
	if l.sameGiven(a.given, b.given) || a.nick != "" && a.nick == b.given || b.nick != "" && b.nick == a.given {
		return givenNick
	}
	if in(a.given, b.middle) || in(b.given, a.middle) {
		return givenMiddle
	}
	if len(a.given) == 1 || len(b.given) == 1 {
		if a.given[0] == b.given[0] {
			return givenInitial
		}
		return givenDifferent
	}
	if jaroWinkler(a.given, b.given) >= 0.88 && len(a.given) > 3 && len(b.given) > 3 ||
		phonetic(a.given) == phonetic(b.given) && jaroWinkler(a.given, b.given) >= 0.8 {
		return givenVariant
	}
	if l.nickMiddle(a, b) || l.nickMiddle(b, a) {
		return givenMiddle
	}
	return givenDifferent
}

// nickMiddle reports whether a goes by a short form of a middle name of b.
func (l *lexicon) nickMiddle(a, b *name) bool {
	for _, m := range b.middle {
		if len(m) > 1 && l.sameGiven(a.given, m) {
			return true
		}
	}
	return false
}

func in(word string, words []string) bool {
	for _, w := range words {
		if len(word) > 1 && w == word {
			return true
		}
	}
	return false
}

// middles compares middle names, each of which may be an initial.
func middles(a, b []string, v *Values) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	initial := false
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		switch {
		case x == y && len(x) > 1:
		case x[0] == y[0] && (len(x) == 1 || len(y) == 1):
			initial = true
		case len(x) > 3 && len(y) > 3 && jaroWinkler(x, y) > 0.9:
		case in(x, b) || in(y, a):
		default:
			v[middleConflict] = 1
			return
		}
	}
	if initial {
		v[middleInitial] = 1
		return
	}
	v[middleSame] = 1
}

// conflicts compares what cannot differ between one and the same person.
func conflicts(a, b *Record, v *Values) {
	switch birthRelation(a.traits[traitBirth], b.traits[traitBirth]) {
	case 2:
		v[birthSame] = 1
	case 1:
		v[birthYear] = 1
	case -1:
		v[birthConflict] = 1
	}
	if ga, gb := a.traits[traitGender], b.traits[traitGender]; len(ga) > 0 && len(gb) > 0 && ga[0] != gb[0] {
		v[genderConflict] = 1
	}
	identifiers(a.traits[traitID], b.traits[traitID], v)
}

// birthRelation: 2 same day, 1 nothing against it, 0 unknown, -1 differ.
func birthRelation(a, b []string) int {
	best := 0
	for _, x := range a {
		for _, y := range b {
			r := -1
			switch n := min(len(x), len(y)); {
			case n < 4:
				r = 0
			case x == y && n == len("2006-01-02"):
				r = 2
			case x[:n] == y[:n]:
				r = 1
			}
			if r > best || best == 0 {
				best = r
			}
		}
	}
	return best
}

func identifiers(a, b []string, v *Values) {
	for _, x := range a {
		scheme, _, _ := strings.Cut(x, ":")
		for _, y := range b {
			if x == y {
				v[idSame], v[idConflict] = 1, 0
				return
			}
			if strings.HasPrefix(y, scheme+":") {
				v[idConflict] = 1
			}
		}
	}
}

// surroundings compares what records say around a name.
func surroundings(a, b *Record, v *Values) {
	agree := func(kind string, same, conflict feature) {
		x, y := a.traits[kind], b.traits[kind]
		if len(x) == 0 || len(y) == 0 {
			return
		}
		if shared(x, y) > 0 {
			v[same] = 1
		} else if conflict != bias {
			v[conflict] = 1
		}
	}
	agree(traitPlace, placeSame, placeConflict)
	agree(traitParty, partySame, partyConflict)
	agree(traitOffice, officeSame, bias)
	agree(traitKin, kinSame, bias)
	v[workSame] = min(3, float64(shared(a.traits[traitWork], b.traits[traitWork])))
	v[companySame] = min(3, float64(shared(a.traits[traitWith], b.traits[traitWith])))
	switch yearsRelation(a.traits[traitYear], b.traits[traitYear]) {
	case 1:
		v[yearsNear] = 1
	case -1:
		v[yearsFar] = 1
	}
}

// shared counts the values that two short lists have in common.
func shared(a, b []string) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				n++
				break
			}
		}
	}
	return n
}

// yearsRelation: 1 within ten years of each other, -1 more than fifty apart.
func yearsRelation(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	near := 1000
	for _, x := range a {
		for _, y := range b {
			if d := yearOf(x) - yearOf(y); max(d, -d) < near {
				near = max(d, -d)
			}
		}
	}
	switch {
	case near <= 10:
		return 1
	case near > 50:
		return -1
	}
	return 0
}

func yearOf(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 4; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// compareThings compares organisations, places, events and groups.
func compareThings(a, b *Record, v *Values) {
	identifiers(a.traits[traitID], b.traits[traitID], v)
	switch {
	case shared(a.traits[traitKind], b.traits[traitKind]) > 0:
		v[kindSame] = 1
	case shared(a.names, b.names) > 0 && !shortOnly(a, b):
		v[nameSame] = 1
	case otherNames(a, b):
	case shared(a.acronym, b.acronym) > 0:
		v[acronymSame] = 1
	case likelyAcronym(a, b) || likelyAcronym(b, a):
		v[acronymLikely] = 1
	}
	surroundings(a, b, v)
	if a.Profile.Type == kith.EventType {
		compareEvents(a, b, v)
	}
}

// shortOnly reports whether all that the names of two have in common is a short
// form, while both have a long one.
func shortOnly(a, b *Record) bool {
	if len(a.acronym) == 0 || len(b.acronym) == 0 {
		return false
	}
	x, y := a.longNames(), b.longNames()
	return len(x) > 0 && len(y) > 0 && shared(x, y) == 0
}

// otherNames reports whether two that share a short form have long names of
// which none is part of the other: two bodies called AMA.
func otherNames(a, b *Record) bool {
	if !shortOnly(a, b) {
		return false
	}
	for _, x := range a.longNames() {
		for _, y := range b.longNames() {
			if strings.HasSuffix(" "+x, " "+y) || strings.HasSuffix(" "+y, " "+x) {
				return false
			}
		}
	}
	return true
}

// longNames are the names that are no short forms.
func (r *Record) longNames() []string {
	var out []string
	for _, n := range r.names {
		if shared([]string{n}, r.acronym) == 0 {
			out = append(out, n)
		}
	}
	return out
}

func likelyAcronym(a, b *Record) bool {
	for _, n := range a.names {
		all, big := initials(n)
		for _, short := range b.acronym {
			if len(short) >= 3 && (short == all || short == big) {
				return true
			}
		}
	}
	return false
}
