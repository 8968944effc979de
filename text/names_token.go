package text

import (
	"unicode"
	"unicode/utf8"

	"kith"
	"kith/text/linear"
)

// nameToken is what the name model sees of one token: hashes and classes,
// computed once and read by the features of the tokens around it.
type nameToken struct {
	id      uint64 // digest of the word, in 64 bits
	lower   uint32 // hash of the word in lower case, digits as 0
	exact   uint32 // hash of the word as written
	shape   uint32 // hash of the pattern of capitals, digits and marks
	prefix  [3]uint32
	suffix  [3]uint32
	class   Class // gazetteer classes
	cluster WordClass
	phrase  uint16 // place in a gazetteer phrase, 0 for none
	doc     uint16 // what the rest of the document says about the word
	kind    wordKind
}

// wordKind is the coarse shape of a word.
type wordKind uint8

const (
	lowerWord wordKind = iota
	capitalWord
	capsWord
	initialWord // one capital, with or without a full stop
	mixedWord   // a capital after the first letter: "McCain", "iPhone"
	numberWord
	markWord
	possessiveWord
	quoteWord
)

// strong reports whether a word of this kind can be the core of a name.
func (k wordKind) strong() bool { return k >= capitalWord && k <= mixedWord }

const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

// hashWord digests a word in lower case; digits become 0 and typographic
// apostrophes straight.
func hashWord(word string) uint32 { return hashOnto(hashSeed, word) }

// hashOnto goes on with the hash of what stands before the word.
func hashOnto(h uint32, word string) uint32 {
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			return hashRunes(h, word[i:])
		}
		h = (h ^ uint32(lowerByte[c])) * hashPrime
	}
	return h
}

func hashRunes(h uint32, rest string) uint32 {
	for _, r := range rest {
		switch {
		case r == '’' || r == '‘':
			r = '\''
		case r < utf8.RuneSelf:
			r = rune(lowerByte[r])
		default:
			r = unicode.ToLower(r)
		}
		h = (h ^ uint32(r)) * hashPrime
	}
	return h
}

var lowerByte = func() (table [utf8.RuneSelf]byte) {
	for i := range table {
		table[i] = byte(unicode.ToLower(rune(i)))
		if i >= '0' && i <= '9' {
			table[i] = '0'
		}
	}
	return table
}()

func hashExact(word string) uint32 {
	h := uint32(hashSeed)
	for i := 0; i < len(word); i++ {
		h = (h ^ uint32(word[i])) * hashPrime
	}
	return h ^ 0x5bd1e995
}

// shapeOf digests the pattern of a word ("Xx", "XX", "0-0", "X.X.") with runs
// cut to two, and says its kind.
func shapeOf(word string) (uint32, wordKind) {
	h := uint32(hashSeed)
	var last byte
	run, upper, lower, digit, inner, letters := 0, 0, 0, 0, 0, 0
	for i, r := range word {
		c := byte(0)
		if r < utf8.RuneSelf {
			c = shapeByte[r]
		} else {
			c = shapeClass(r)
		}
		switch c {
		case 'X':
			upper++
			if i > 0 {
				inner++
			}
		case 'x':
			lower++
		case '0':
			digit++
		}
		letters++
		if c == last {
			run++
		} else {
			last, run = c, 1
		}
		if run <= 2 {
			h = (h ^ uint32(c)) * hashPrime
		}
	}
	return h, wordKindOf(word, upper, lower, digit, inner, letters)
}

func shapeClass(r rune) byte {
	switch {
	case r >= 'a' && r <= 'z':
		return 'x'
	case r >= 'A' && r <= 'Z':
		return 'X'
	case r >= '0' && r <= '9':
		return '0'
	case r < utf8.RuneSelf:
		return byte(r)
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return 'X'
	case unicode.IsLetter(r):
		return 'x'
	case r == '’':
		return '\''
	}
	return '?'
}

var shapeByte = func() (table [utf8.RuneSelf]byte) {
	for i := range table {
		table[i] = shapeClass(rune(i))
	}
	return table
}()

func wordKindOf(word string, upper, lower, digit, inner, letters int) wordKind {
	switch {
	case upper+lower == 0 && digit > 0:
		return numberWord
	case upper+lower == 0:
		if word == "\"" || word == "“" || word == "”" || word == "''" || word == "``" {
			return quoteWord
		}
		return markWord
	case word == "'s" || word == "’s":
		return possessiveWord
	case upper == 0:
		return lowerWord
	case upper == 1 && lower == 0 && letters <= 2:
		return initialWord
	case lower == 0:
		return capsWord
	case inner == 0:
		return capitalWord
	}
	return mixedWord
}

// viewToken fills what depends on the word alone, whose digest is given.
func viewToken(word string, id uint64, gaz *gazetteer) nameToken {
	t := nameToken{id: id, exact: hashExact(word)}
	t.shape, t.kind = shapeOf(word)
	hash, cut := uint32(hashSeed), 0
	for n := 1; n <= 4 && cut < len(word); n++ {
		_, size := utf8.DecodeRuneInString(word[cut:])
		hash = hashOnto(hash, word[cut:cut+size])
		cut += size
		if n >= 2 {
			t.prefix[n-2] = hash + uint32(n)
		}
	}
	t.lower = hashOnto(hash, word[cut:])
	cut = len(word)
	for n := 1; n <= 4 && cut > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(word[:cut])
		cut -= size
		if n >= 2 {
			t.suffix[n-2] = hashWord(word[cut:]) + uint32(n)
		}
	}
	if i := findHash(gaz.words, gaz.index, t.lower); i >= 0 {
		t.class, t.cluster = gaz.classes[i], gaz.clusters[i]
	}
	return t
}

// nameViews are the views of a document's tokens.
type nameViews struct {
	gaz  *gazetteer
	all  []nameToken
	late []nameToken // views of words seen lately, in any document, by digest
}

// lateBits: a quarter of a megabyte of views.
const lateBits = 12

// fill digests all tokens of a document, a word seen lately not again.
func (v *nameViews) fill(a *kith.Analysis) {
	if v.late == nil {
		v.late = make([]nameToken, 1<<lateBits)
	}
	v.all = v.all[:0]
	for i := range a.Tokens {
		word := a.Word(i)
		id := linear.HashBytes(word)
		view := &v.late[id>>(64-lateBits)]
		if view.id != id {
			*view = viewToken(word, id, v.gaz)
		}
		v.all = append(v.all, *view)
	}
	for s := range a.Sentences {
		sentence := &a.Sentences[s]
		v.gaz.markPhrases(v.all[sentence.First:sentence.Last])
	}
	markDocument(a, v.all)
}
