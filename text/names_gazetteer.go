package text

import "sort"

// Class is a set of things that word lists say about a word.
type Class uint32

// The classes of the name gazetteer.
const (
	ClassMale Class = 1 << iota
	ClassFemale
	ClassSurname
	ClassRareSurname
	ClassCountry
	ClassState
	ClassCity
	ClassDemonym
	ClassOrgSuffix
	ClassOrgHead
	ClassTitle
	ClassParty
	ClassPlaceHead
	ClassEventHead
	ClassPersonNoun
	ClassOrgNoun
	ClassPlaceNoun
	ClassEventNoun
	ClassCalendar
	ClassSpeech
	ClassCommon
	ClassKin
	ClassParticle
	ClassNickname
	ClassRank
	ClassAcronym
	ClassSuffix // Jr., Sr., III
	ClassGiven  // first names of many countries
)

// PhraseKind is what a gazetteer phrase names.
type PhraseKind uint8

// The kinds of phrase.
const (
	NoPhrase PhraseKind = iota
	PhrasePerson
	PhraseOrganization
	PhrasePlace
	PhraseActor // a political actor of unknown type
	PhraseEvent
)

const maxPhrase = 7

// gazetteer holds word and phrase lists as sorted hashes: no strings, no maps.
type gazetteer struct {
	words    []uint32    // sorted word hashes
	classes  []Class     // aligned with words
	clusters []WordClass // aligned with words
	phrases  []uint32    // sorted phrase hashes
	kinds    []PhraseKind
	index    []int32 // first word at or after each value of the top bits
	pindex   []int32
}

const indexBits = 16

// build makes the bucket indexes after the tables have been filled.
func (g *gazetteer) build() {
	g.index, g.pindex = bucketIndex(g.words), bucketIndex(g.phrases)
}

func bucketIndex(sorted []uint32) []int32 {
	index := make([]int32, 1<<indexBits+1)
	at := 0
	for b := range index {
		for at < len(sorted) && int(sorted[at]>>(32-indexBits)) < b {
			at++
		}
		index[b] = int32(at)
	}
	return index
}

func findHash(sorted []uint32, index []int32, h uint32) int {
	if len(index) == 0 {
		return -1
	}
	b := h >> (32 - indexBits)
	for i := index[b]; i < index[b+1]; i++ {
		if sorted[i] == h {
			return int(i)
		}
	}
	return -1
}

func (g *gazetteer) class(lower uint32) Class {
	if i := findHash(g.words, g.index, lower); i >= 0 {
		return g.classes[i]
	}
	return 0
}

// phraseHash extends the hash of a phrase by a word.
func phraseHash(h, word uint32) uint32 { return (h*31 + 7) ^ word*0x9e3779b1 }

// markPhrases marks the longest phrases of the gazetteer in a sentence, left
// to right: the place in the phrase (1 first, 2 inside, 3 last) and its kind.
func (g *gazetteer) markPhrases(views []nameToken) {
	for i := 0; i < len(views); {
		n, kind := g.longest(views[i:])
		if n < 2 {
			i++
			continue
		}
		for k := 0; k < n; k++ {
			place := uint16(2)
			if k == 0 {
				place = 1
			} else if k == n-1 {
				place = 3
			}
			views[i+k].phrase = uint16(kind)<<2 | place
		}
		i += n
	}
}

func (g *gazetteer) longest(views []nameToken) (int, PhraseKind) {
	if !views[0].kind.strong() {
		return 0, NoPhrase
	}
	best, kind := 0, NoPhrase
	h := uint32(0)
	for n := 0; n < maxPhrase && n < len(views); n++ {
		h = phraseHash(h, views[n].lower)
		if n == 0 {
			continue
		}
		if i := findHash(g.phrases, g.pindex, h); i >= 0 {
			best, kind = n+1, g.kinds[i]
		}
	}
	return best, kind
}

// GazetteerBuilder gathers word lists and turns them into tables.
type GazetteerBuilder struct {
	words    map[uint32]Class
	clusters map[uint32]WordClass
	phrases  map[uint32]PhraseKind
	paths    *Words
}

// NewGazetteerBuilder returns an empty builder. It looks up the classes of
// words in paths, which may be nil.
func NewGazetteerBuilder(paths *Words) *GazetteerBuilder {
	return &GazetteerBuilder{map[uint32]Class{}, map[uint32]WordClass{}, map[uint32]PhraseKind{}, paths}
}

// Add adds a class, which may be 0, to a single word.
func (b *GazetteerBuilder) Add(word string, class Class) {
	h := hashWord(word)
	if b.paths != nil {
		if c := b.paths.Class(word); c != (WordClass{}) {
			b.clusters[h] = c
		} else if class == 0 {
			return
		}
	}
	b.words[h] |= class
}

// Class returns the classes that a word has so far.
func (b *GazetteerBuilder) Class(word string) Class { return b.words[hashWord(word)] }

// Phrase adds a phrase of two to seven words. The first kind given wins.
func (b *GazetteerBuilder) Phrase(words []string, kind PhraseKind) {
	if len(words) < 2 || len(words) > maxPhrase {
		return
	}
	h := uint32(0)
	for _, w := range words {
		h = phraseHash(h, hashWord(w))
	}
	if _, ok := b.phrases[h]; !ok {
		b.phrases[h] = kind
	}
}

func (b *GazetteerBuilder) build() *gazetteer {
	g := &gazetteer{}
	for h := range b.words {
		g.words = append(g.words, h)
	}
	sort.Slice(g.words, func(i, j int) bool { return g.words[i] < g.words[j] })
	for _, h := range g.words {
		g.classes = append(g.classes, b.words[h])
		g.clusters = append(g.clusters, b.clusters[h])
	}
	for h := range b.phrases {
		g.phrases = append(g.phrases, h)
	}
	sort.Slice(g.phrases, func(i, j int) bool { return g.phrases[i] < g.phrases[j] })
	for _, h := range g.phrases {
		g.kinds = append(g.kinds, b.phrases[h])
	}
	g.build()
	return g
}
