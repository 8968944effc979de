package text

import (
	"strings"

	"kith"
)

// describe fills what a mention's own words say: kind, form, sex, number,
// type and role.
func (f *mentionFinder) describe(r *ref) {
	t := &f.a.Tokens[r.head]
	r.word = hashWord(f.a.Word(r.head))
	r.lemma = r.word
	if t.Lemma != "" {
		r.lemma = hashWord(t.Lemma)
	}
	r.role = roleOf(f.phraseRel(r.head))
	if r.name >= 0 && f.namesTheMention(r) {
		f.describeName(r)
		return
	}
	r.name = -1
	r.kind = refNominal
	r.form = f.formOf(r)
	r.class = f.nounClass(r)
	r.number = numberOf(t)
	if t.Tag == kith.PROPN {
		if r.class&NounOwn == 0 {
			r.class = 0 // a name that the model of names does not know
		}
	}
	switch {
	case r.class&NounMale != 0:
		r.sex = sexMale
	case r.class&NounFemale != 0:
		r.sex = sexFemale
	case r.class != 0 && r.class&(NounPerson|NounGroup) == 0:
		r.sex = sexNone
	}
	r.kinds = nominalType(r)
}

// phraseRel is the relation of the phrase that a token is a conjunct of or
// stands in apposition to: in "the mayor, Ana Reyes, and Tom Lindqvist won"
// all three are subjects.
func (f *mentionFinder) phraseRel(i int) kith.Rel {
	for range 6 {
		t := &f.a.Tokens[i]
		switch t.Rel {
		case kith.Conj, kith.Appos, kith.Flat, kith.NmodDesc:
			if t.Head >= 0 && f.a.Tokens[t.Head].Tag != kith.VERB {
				i = t.Head
				continue
			}
		}
		return t.Rel
	}
	return f.a.Tokens[i].Rel
}

// namesTheMention reports whether the mention is the name itself, not a
// description that holds it ("the Ashford campaign").
func (f *mentionFinder) namesTheMention(r *ref) bool {
	n := f.a.Names[r.name]
	return r.head >= n.First && r.head < n.Last
}

func (f *mentionFinder) nounClass(r *ref) NounClass {
	if class := f.lex.class(r.lemma); class != 0 {
		return class
	}
	return f.lex.class(r.word)
}

// nominalType is the kith type of a description, "" for things and notions.
func nominalType(r *ref) kith.EntityType {
	switch c := r.class; {
	case c&NounPerson != 0 && c&NounEvent != 0: // a fundraiser is given more often than hired
		return kith.EventType
	case c&NounPerson != 0 && r.number != numberMany:
		return kith.Person
	case c&(NounPerson|NounGroup) != 0 && c&NounOrganization == 0:
		return kith.Group
	case c&NounOrganization != 0:
		return kith.Organization
	case c&NounEvent != 0:
		return kith.EventType
	case c&NounPlace != 0:
		return kith.Place
	}
	return ""
}

func numberOf(t *kith.Token) refNumber {
	switch t.XTag.String() {
	case "NNS", "NNPS":
		return numberMany
	case "NN", "NNP":
		return numberOne
	}
	return numberUnknown
}

func roleOf(r kith.Rel) refRole {
	switch r {
	case kith.Nsubj, kith.NsubjPass, kith.NsubjOuter, kith.Csubj:
		return roleSubject
	case kith.Obj, kith.Iobj:
		return roleObject
	case kith.Obl, kith.OblAgent, kith.OblUnmarked:
		return roleOblique
	case kith.NmodPoss:
		return rolePossessor
	case kith.Nmod, kith.Compound, kith.NmodDesc, kith.NmodUnmarked, kith.Flat:
		return roleModifier
	case kith.Appos:
		return roleAppos
	case kith.Xcomp, kith.Root:
		return rolePredicate
	case kith.Conj:
		return roleConj
	}
	return roleOther
}

// formOf reads the determiner of a noun phrase.
func (f *mentionFinder) formOf(r *ref) refForm {
	form := formBare
	for i := r.first; i < r.head; i++ {
		t := &f.a.Tokens[i]
		if t.Head != r.head {
			continue
		}
		switch t.Rel {
		case kith.NmodPoss:
			return formPossessive
		case kith.Det, kith.DetPredet:
			form = determiner(f.a.Word(i))
		case kith.Nummod:
			if form == formBare {
				form = formQuantified
			}
		case kith.Amod:
			if form == formBare && (strings.EqualFold(f.a.Word(i), "many") || strings.EqualFold(f.a.Word(i), "several") || strings.EqualFold(f.a.Word(i), "few")) {
				form = formQuantified
			}
		}
	}
	return form
}

func determiner(word string) refForm {
	switch strings.ToLower(word) {
	case "the":
		return formDefinite
	case "a", "an", "another":
		return formIndefinite
	case "this", "that", "these", "those":
		return formDemonstrative
	case "both", "some", "many", "several", "any", "no", "all", "each", "every", "few":
		return formQuantified
	}
	return formBare
}

// describeName fills the mention of a proper name.
func (f *mentionFinder) describeName(r *ref) {
	n := f.a.Names[r.name]
	r.kind, r.kinds, r.number = refName, n.Type, numberOne
	r.form = formBare
	if r.first < n.First && f.a.Tokens[r.first].Tag == kith.DET {
		r.form = determiner(f.a.Word(r.first))
	}
	if r.kinds == kith.Group {
		r.number = numberMany
	}
	if r.kinds != kith.Person {
		r.sex = sexNone
		if r.kinds == kith.Organization {
			r.number = numberUnknown
		}
		return
	}
	r.class = NounPerson
	r.sex = f.sexOfName(r)
}

// sexOfName reads the sex of a person from titles and nouns before the name
// and from the first name.
func (f *mentionFinder) sexOfName(r *ref) refSex {
	if sex := f.sexByTitle(r); sex != sexUnknown {
		return sex
	}
	n := f.a.Names[r.name]
	return f.sexOfGiven(n.First, n.Last-n.First > 1)
}

// sexByTitle reads the sex of a person from titles and nouns alone.
func (f *mentionFinder) sexByTitle(r *ref) refSex {
	n := f.a.Names[r.name]
	for i := n.First - 1; i >= max(r.first, n.First-4); i-- {
		if sex := f.sexOfWord(i); sex != sexUnknown {
			return sex
		}
	}
	if sex := f.sexOfWord(n.First); sex != sexUnknown && n.Last-n.First > 1 {
		return sex
	}
	return sexUnknown
}

var givenSeed = hashWord("given:")

// sexOfGiven reads the sex of a first name. A name of one word says nothing
// where it may be a last name.
func (f *mentionFinder) sexOfGiven(i int, full bool) refSex {
	class := f.lex.class(hashOnto(givenSeed, f.a.Word(i)))
	if !full && class&GivenSurname != 0 {
		return sexUnknown
	}
	switch class &^ GivenSurname {
	case GivenMale:
		return sexMale
	case GivenFemale:
		return sexFemale
	}
	return sexUnknown
}

func (f *mentionFinder) sexOfWord(i int) refSex {
	lower := strings.ToLower(f.a.Word(i))
	switch lower {
	case "councilman", "congressman", "assemblyman", "alderman", "committeeman", "selectman":
		return sexMale
	case "mr", "mr.", "sir", "lord", "mister", "señor", "monsieur":
		return sexMale
	case "mrs", "mrs.", "ms", "ms.", "miss", "lady", "dame", "madam", "madame", "señora":
		return sexFemale
	}
	switch class := f.lex.class(hashWord(f.a.Word(i))); {
	case class&NounMale != 0 && class&NounFemale == 0:
		return sexMale
	case class&NounFemale != 0 && class&NounMale == 0, strings.HasSuffix(lower, "woman"):
		return sexFemale
	}
	return sexUnknown
}

// pronounInfo is what a pronoun's form says.
type pronounInfo struct {
	person    uint8
	sex       refSex
	number    refNumber
	base      string // "he" for him, his, himself
	reflexive bool
}

// pronounOf knows the personal, possessive, reflexive and demonstrative
// pronouns; others refer to nothing that stands elsewhere.
func pronounOf(word string) (pronounInfo, bool) {
	switch strings.ToLower(word) {
	case "he", "him", "his", "himself":
		return pronounInfo{3, sexMale, numberOne, "he", word[len(word)-1] == 'f'}, true
	case "she", "her", "hers", "herself":
		return pronounInfo{3, sexFemale, numberOne, "she", word[len(word)-1] == 'f'}, true
	case "it", "its", "itself":
		return pronounInfo{3, sexNone, numberOne, "it", word[len(word)-1] == 'f'}, true
	case "they", "them", "their", "theirs", "themselves", "themself", "'em", "em":
		return pronounInfo{3, sexUnknown, numberMany, "they", strings.HasPrefix(strings.ToLower(word), "themsel")}, true
	case "i", "me", "my", "mine", "myself":
		return pronounInfo{1, sexUnknown, numberOne, "i", word[len(word)-1] == 'f'}, true
	case "we", "us", "our", "ours", "ourselves":
		return pronounInfo{1, sexUnknown, numberMany, "we", strings.HasSuffix(word, "selves")}, true
	case "you", "your", "yours", "yourself", "yourselves":
		return pronounInfo{2, sexUnknown, numberUnknown, "you", strings.Contains(word, "sel")}, true
	case "this", "that":
		return pronounInfo{3, sexNone, numberOne, "this", false}, true
	case "these", "those":
		return pronounInfo{3, sexUnknown, numberMany, "these", false}, true
	case "one", "ones":
		return pronounInfo{3, sexUnknown, numberUnknown, "one", false}, false
	}
	return pronounInfo{}, false
}

func (f *mentionFinder) pronoun(i, s int) (ref, bool) {
	info, ok := pronounOf(f.a.Word(i))
	t := &f.a.Tokens[i]
	if !ok || t.Rel == kith.Expl || relativePronoun(t) {
		return ref{}, false
	}
	r := ref{first: i, last: i + 1, head: i, sentence: s, kind: refPronoun, name: -1, owner: -1, inside: -1, quote: -1, cluster: -1,
		sex: info.sex, number: info.number, person: info.person, reflexive: info.reflexive, role: roleOf(f.phraseRel(i))}
	r.word, r.lemma = hashWord(f.a.Word(i)), hashWord(info.base)
	if info.sex == sexMale || info.sex == sexFemale || info.person < 3 {
		r.class, r.kinds = NounPerson, kith.Person
	}
	return r, true
}

// relativePronoun reports whether "that" opens a relative clause.
func relativePronoun(t *kith.Token) bool {
	x := t.XTag.String()
	return x == "WDT" || x == "WP" || x == "WP$"
}
