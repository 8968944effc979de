package text

import (
	"slices"
	"strings"

	"kith"
)

// personName is a person's name in its parts, as tokens of the document.
type personName struct {
	mention     int
	given       int // token of the first name or initial, -1 for none
	family      int // first token of the last name, -1 for none
	familyEnd   int
	middle      int  // tokens between
	initial     byte // of the first of them, in lower case, 0 for none
	particle    bool // the last name begins with one: "al-Abadi"
	suffix      string
	sex         refSex
	givenHash   uint32
	familyHash  uint32
	familyShort uint32 // hash of the last name's last part: "Abadi" of "al-Abadi"
}

// full reports whether the name has a first and a last part.
func (p *personName) full() bool { return p.given >= 0 && p.family >= 0 }

// parsePerson divides the tokens [first, last) of a name. A name of one part
// stands as the family name, though it may prove to be a first name.
func (f *mentionFinder) parsePerson(mention, first, last int, sex refSex) personName {
	p := personName{mention: mention, given: -1, family: -1, sex: sex}
	for first < last-1 && (f.isTitle(first) || f.a.Tokens[first].Tag == kith.PUNCT) {
		first++
	}
	for last-1 > first && (isSuffix(f.a.Word(last-1)) || f.a.Tokens[last-1].Tag == kith.PUNCT || f.a.Word(last-1) == ",") {
		if isSuffix(f.a.Word(last - 1)) {
			p.suffix = strings.Trim(strings.ToLower(f.a.Word(last-1)), ".")
		}
		last--
	}
	p.family, p.familyEnd = f.familyStart(first, last), last
	p.particle = isParticle(f.a.Word(p.family))
	if p.family > first {
		p.given, p.middle = first, p.family-first-1
		p.givenHash = hashWord(f.a.Word(first))
		if p.middle > 0 {
			p.initial = lowerLetter(f.a.Word(first + 1))
		}
	}
	h := uint32(0)
	for i := p.family; i < last; i++ {
		h = phraseHash(h, hashWord(f.a.Word(i)))
	}
	p.familyHash = h
	p.familyShort = phraseHash(0, hashWord(f.a.Word(last-1)))
	return p
}

// lowerLetter is the ASCII letter with which a word begins, in lower case, or 0.
func lowerLetter(word string) byte {
	if word == "" || word[0]|0x20 < 'a' || word[0]|0x20 > 'z' {
		return 0
	}
	return word[0] | 0x20
}

// familyStart finds where the last name begins: with a particle ("van der
// Berg", "al-Abadi") or a part before a hyphen, else at the last word.
func (f *mentionFinder) familyStart(first, last int) int {
	at := last - 1
	for at-2 >= first && f.a.Word(at-1) == "-" {
		at -= 2
	}
	for at-1 > first || (at-1 == first && strings.ToLower(f.a.Word(first)) == f.a.Word(first)) {
		if at-1 < first || !isParticle(f.a.Word(at-1)) {
			break
		}
		at--
	}
	return at
}

func isParticle(word string) bool {
	switch strings.ToLower(word) {
	case "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "el", "al", "bin",
		"ibn", "abu", "ben", "st.", "ter", "ten", "zu", "af", "av", "mac", "o'":
		return true
	}
	return false
}

func isSuffix(word string) bool {
	switch strings.Trim(strings.ToLower(word), ".,") {
	case "jr", "sr", "ii", "iii", "iv", "esq", "phd", "md", "qc", "kc", "obe", "mbe", "cbe":
		return true
	}
	return false
}

// isTitle reports whether a token is an honorific or an office before a name.
func (f *mentionFinder) isTitle(i int) bool {
	w := f.a.Word(i)
	return titleWord(strings.ToLower(w)) && w != strings.ToLower(w)
}

func titleWord(lower string) bool {
	switch strings.TrimSuffix(lower, ".") {
	case "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "reverend",
		"president", "vice", "prime", "minister", "premier", "chancellor", "governor", "gov", "lt", "sen", "senator", "rep",
		"representative", "congressman", "congresswoman", "mayor", "secretary", "ambassador", "speaker", "justice", "judge",
		"attorney", "general", "gen", "col", "colonel", "maj", "major", "capt", "captain", "sgt", "sergeant", "adm",
		"admiral", "lieutenant", "commander", "chief", "chairman", "chairwoman", "pope", "king", "queen", "prince",
		"princess", "sheikh", "archbishop", "bishop", "cardinal", "councilman", "councilwoman", "councillor", "sheriff",
		"comptroller", "treasurer", "assemblyman", "assemblywoman", "commissioner", "alderman", "supervisor", "superintendent",
		"first", "former", "ex-president", "state":
		return true
	}
	return false
}

// person is somebody whom the document names, gathered from all full names.
type person struct {
	givens   []uint32
	family   uint32
	short    uint32
	suffix   string
	initial  byte // of the middle name, 0 for none so far
	particle bool
	sex      refSex
	cluster  int
	first    int // first mention with the full name
	latest   int // last mention with the full name
	bare     int // times the last name alone has meant this person
	called   int // times the first name alone has
}

// maxNamesakes bounds how many persons of one last name are compared.
const maxNamesakes = 64

// people gathers the persons of the document by their full names.
func (r *resolver) people() {
	for m := range r.refs {
		ref := &r.refs[m]
		if ref.kind != refName || ref.kinds != kith.Person {
			continue
		}
		n := r.a.Names[ref.name]
		p := r.finder.parsePerson(m, n.First, n.Last, ref.sex)
		if !p.full() { // its first name may be a last name
			p.sex = r.finder.sexByTitle(ref)
		}
		r.parsed = append(r.parsed, p)
		r.parsedAt[m] = int32(len(r.parsed) - 1)
		if p.full() {
			r.personOf[m] = r.addPerson(&p)
		}
	}
}

// addPerson finds the person of a full name or makes a new one.
func (r *resolver) addPerson(p *personName) int32 {
	best, exact, tries := -1, false, 0
	for i := r.byFamily.first(p.familyShort); i >= 0 && tries < maxNamesakes; i = r.byFamily.next(i) {
		tries++
		who := &r.persons[i]
		if !r.samePerson(who, p) || r.namesakes(who, p) {
			continue
		}
		spelled := slices.Contains(who.givens, p.givenHash)
		if best < 0 || spelled && !exact || spelled == exact && who.suffix == p.suffix {
			best, exact = i, spelled
		}
	}
	if best >= 0 {
		r.enrich(&r.persons[best], p)
		r.persons[best].latest = p.mention
		return int32(best)
	}
	who := person{latest: p.mention, family: p.familyHash, short: p.familyShort, suffix: p.suffix, initial: p.initial, particle: p.particle, sex: p.sex, cluster: -1, first: p.mention}
	who.givens = append(who.givens, p.givenHash)
	r.persons = append(r.persons, who)
	r.byFamily.add(p.familyShort)
	return int32(len(r.persons) - 1)
}

// namesakes reports whether a sentence has both a person's full name and another
// with a first name that is spelled otherwise: "Chris Pike and Christopher Pike"
// are two.
func (r *resolver) namesakes(who *person, p *personName) bool {
	before := &r.parsed[r.parsedAt[who.latest]]
	return r.refs[who.latest].sentence == r.refs[p.mention].sentence && before.givenHash != p.givenHash
}

func (r *resolver) enrich(who *person, p *personName) {
	if who.sex == sexUnknown {
		who.sex = p.sex
	}
	if who.initial == 0 {
		who.initial = p.initial
	}
	for _, g := range who.givens {
		if g == p.givenHash {
			return
		}
	}
	if len(who.givens) < 6 {
		who.givens = append(who.givens, p.givenHash)
	}
}

// samePerson reports whether a full name is that of a known person: the same
// last name, and first names that are equal, short forms or initials.
func (r *resolver) samePerson(who *person, p *personName) bool {
	if who.family != p.familyHash && (who.short != p.familyShort || !who.particle && !p.particle) {
		return false // "Julian Moreau-Frost" is not "Julian Frost"
	}
	if who.sex != sexUnknown && p.sex != sexUnknown && who.sex != p.sex {
		return false
	}
	if who.initial != p.initial && who.initial != 0 && p.initial != 0 {
		return false // "George H. W. Bush", "George W. Bush"
	}
	if who.suffix != p.suffix && p.suffix != "" && (who.suffix != "" || r.tellsOfGenerations()) {
		return false
	}
	for _, g := range who.givens {
		if g == p.givenHash || r.lex.nickname(g, p.givenHash) {
			return true
		}
	}
	return r.initialFits(who, p)
}

// tellsOfGenerations reports whether the text names kin of another generation.
// "William Ashdown" and then, in full, "William Ashdown III" are two there.
func (r *resolver) tellsOfGenerations() bool {
	if r.generations == 0 {
		r.generations = 1
		for i := range r.a.Tokens {
			switch r.a.Word(i) {
			case "father", "son", "sons", "grandfather", "grandson", "uncle", "nephew", "elder", "younger", "namesake":
				r.generations = 2
				return true
			}
		}
	}
	return r.generations == 2
}

// initialFits reports whether one of the first names is the other's initial.
func (r *resolver) initialFits(who *person, p *personName) bool {
	a := strings.TrimSuffix(r.a.Word(r.parsed[r.parsedAt[who.first]].given), ".")
	b := strings.TrimSuffix(r.a.Word(p.given), ".")
	return (len(a) == 1 || len(b) == 1) && a != "" && b != "" && a[0] == b[0]
}

// chainTable is a multi-map from hashes to the indexes 0, 1, 2 … in the order
// in which they were added.
type chainTable struct {
	heads []int32
	links []int32
	keys  []uint32
}

func newChainTable(size int) (t chainTable) {
	t.reset(size)
	return t
}

// reset empties the table and makes it fit for that many entries.
func (t *chainTable) reset(size int) {
	n := 16
	for n < 2*size {
		n *= 2
	}
	t.heads, t.links, t.keys = nones(t.heads, n), t.links[:0], t.keys[:0]
}

func (t *chainTable) bucket(key uint32) uint32 {
	return (key * 0x9e3779b1) >> 7 & uint32(len(t.heads)-1)
}

func (t *chainTable) add(key uint32) {
	b := t.bucket(key)
	t.keys = append(t.keys, key)
	t.links = append(t.links, t.heads[b])
	t.heads[b] = int32(len(t.keys) - 1)
}

// first returns the newest index with the key, -1 for none.
func (t *chainTable) first(key uint32) int { return t.skip(int(t.heads[t.bucket(key)]), key) }

// next returns the index with the same key that was added before i.
func (t *chainTable) next(i int) int { return t.skip(int(t.links[i]), t.keys[i]) }

func (t *chainTable) skip(i int, key uint32) int {
	for i >= 0 && t.keys[i] != key {
		i = int(t.links[i])
	}
	return i
}
