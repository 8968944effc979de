package text

import "sort"

// NounClass is a set of things that a noun can refer to.
type NounClass uint16

// The classes of nouns.
const (
	NounPerson NounClass = 1 << iota
	NounMale
	NounFemale
	NounOrganization
	NounPlace
	NounEvent
	NounGroup // several people taken as one
	NounTime
	NounObject
	NounAnimal
	NounAbstract
	NounKin
	NounOwn // from our own list, which stands before the dictionary
	// First names by the census.
	GivenMale
	GivenFemale
	GivenSurname // a common last name too
)

// lexicon says what nouns refer to and which first names are forms of each
// other, as sorted hashes.
type lexicon struct {
	words   []uint32
	classes []NounClass
	index   []int32
	pairs   []uint32 // sorted hashes of pairs of first names, either way round
	pindex  []int32
}

func (l *lexicon) class(lemma uint32) NounClass {
	if i := findHash(l.words, l.index, lemma); i >= 0 {
		return l.classes[i]
	}
	return 0
}

// nickname reports whether two first names are forms of one.
func (l *lexicon) nickname(a, b uint32) bool {
	return findHash(l.pairs, l.pindex, phraseHash(a, b)) >= 0
}

func (l *lexicon) build() {
	l.index, l.pindex = bucketIndex(l.words), bucketIndex(l.pairs)
}

// LexiconBuilder gathers what the lexicon of coreference holds.
type LexiconBuilder struct {
	words map[uint32]NounClass
	pairs map[uint32]bool
}

// NewLexiconBuilder returns an empty builder.
func NewLexiconBuilder() *LexiconBuilder {
	return &LexiconBuilder{map[uint32]NounClass{}, map[uint32]bool{}}
}

// Add adds a class to a word.
func (b *LexiconBuilder) Add(word string, class NounClass) { b.words[hashWord(word)] |= class }

// Class returns the classes that a word has so far.
func (b *LexiconBuilder) Class(word string) NounClass { return b.words[hashWord(word)] }

// Nickname says that two first names are forms of one.
func (b *LexiconBuilder) Nickname(x, y string) {
	b.pairs[phraseHash(hashWord(x), hashWord(y))] = true
	b.pairs[phraseHash(hashWord(y), hashWord(x))] = true
}

func (b *LexiconBuilder) build() *lexicon {
	l := &lexicon{}
	for h := range b.words {
		l.words = append(l.words, h)
	}
	sort.Slice(l.words, func(i, j int) bool { return l.words[i] < l.words[j] })
	for _, h := range l.words {
		l.classes = append(l.classes, b.words[h])
	}
	for h := range b.pairs {
		l.pairs = append(l.pairs, h)
	}
	sort.Slice(l.pairs, func(i, j int) bool { return l.pairs[i] < l.pairs[j] })
	l.build()
	return l
}
