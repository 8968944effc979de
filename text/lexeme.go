package text

import (
	"unicode"
	"unicode/utf8"

	"kith"
	"kith/text/linear"
)

// lexeme is what the models see of a token apart from its context: hashes
// and classes, no strings.
type lexeme struct {
	word   uint64    // folded form: lower case, digits as 0, straight apostrophes
	prefix [3]uint64 // first 1 to 3 bytes of the folded form
	suffix [4]uint64 // last 1 to 4 bytes of the folded form
	shape  uint64    // case, digits, hyphens; see caseShape
	fine   uint64    // word class, at three grains; 0 for none
	middle uint64
	coarse uint64
	dict   uint64 // tags that the word had in training, 0 where it was rare
}

// fill reads a token's form. buffer is scratch and is returned.
func (l *lexeme) fill(form string, buffer []byte) []byte {
	buffer = fold(form, buffer[:0])
	*l = lexeme{word: linear.HashBytes(buffer), shape: caseShape(form)}
	n := len(buffer)
	for i := range l.prefix {
		l.prefix[i] = linear.HashBytes(buffer[:min(i+1, n)])
	}
	for i := range l.suffix {
		l.suffix[i] = linear.HashBytes(buffer[n-min(i+1, n):])
	}
	return buffer
}

func (l *lexeme) classes(words *Words) {
	v := words.class(l.word)
	l.fine, l.middle, l.coarse = v&0xffff, v>>16&0xffff, v>>32
}

// fold appends the folded form to buffer.
func fold(form string, buffer []byte) []byte {
	for i := 0; i < len(form); i++ {
		c := form[i]
		switch {
		case c >= utf8.RuneSelf:
			return foldRunes(form[i:], buffer)
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= '0' && c <= '9':
			c = '0'
		}
		buffer = append(buffer, c)
	}
	return buffer
}

func foldRunes(form string, buffer []byte) []byte {
	for _, r := range form {
		switch {
		case r == '’' || r == '‘' || r == 'ʼ':
			r = '\''
		case r == '“' || r == '”':
			r = '"'
		case unicode.IsDigit(r):
			r = '0'
		default:
			r = unicode.ToLower(r)
		}
		buffer = utf8.AppendRune(buffer, r)
	}
	return buffer
}

// The bits of a shape.
const (
	shapeUpper     = 1 << iota // begins with a capital
	shapeAllUpper              // has capitals and no small letters
	shapeInnerCaps             // has a capital after the first character
	shapeDigit                 // has a digit
	shapeAllDigit              // has digits and no letters
	shapeHyphen                // has a hyphen, slash or underscore
	shapeDot                   // has a full stop
	shapeLetter                // has a letter
	shapeLong                  // has more than three bytes
)

func caseShape(form string) uint64 {
	var s uint64
	lower := false
	for i := 0; i < len(form); i++ {
		switch c := form[i]; {
		case c >= 'a' && c <= 'z':
			lower = true
			s |= shapeLetter
		case c >= 'A' && c <= 'Z':
			s |= shapeLetter | upperAt(i)
		case c >= '0' && c <= '9':
			s |= shapeDigit
		case c == '-' || c == '/' || c == '_':
			s |= shapeHyphen
		case c == '.':
			s |= shapeDot
		case c >= utf8.RuneSelf:
			return s | runeShape(form[i:], i, lower)
		}
	}
	return finish(s, lower, len(form))
}

func upperAt(i int) uint64 {
	if i == 0 {
		return shapeUpper
	}
	return shapeInnerCaps
}

func runeShape(form string, at int, lower bool) uint64 {
	var s uint64
	for i, r := range form {
		switch {
		case unicode.IsLower(r):
			lower = true
			s |= shapeLetter
		case unicode.IsUpper(r):
			s |= shapeLetter | upperAt(at+i)
		case unicode.IsDigit(r):
			s |= shapeDigit
		case r == '-' || r == '–':
			s |= shapeHyphen
		}
	}
	return finish(s, lower, at+len(form))
}

func finish(s uint64, lower bool, length int) uint64 {
	if s&(shapeUpper|shapeInnerCaps) != 0 && !lower {
		s |= shapeAllUpper
	}
	if s&shapeDigit != 0 && s&shapeLetter == 0 {
		s |= shapeAllDigit
	}
	if length > 3 {
		s |= shapeLong
	}
	return s
}

// lexemes fills one lexeme for each token of a sentence.
func lexemes(out []lexeme, a *kith.Analysis, s *kith.Sentence, words *Words, buffer []byte) ([]lexeme, []byte) {
	out = out[:0]
	for i := s.First; i < s.Last; i++ {
		out = append(out, lexeme{})
		l := &out[len(out)-1]
		buffer = l.fill(a.Word(i), buffer)
		l.classes(words)
	}
	return out, buffer
}

// bareLexemes fills in words and their classes only, which is what the parser
// reads.
func bareLexemes(out []lexeme, a *kith.Analysis, s *kith.Sentence, words *Words, buffer []byte) ([]lexeme, []byte) {
	out = resized(out, s.Last-s.First)
	for i := range out {
		l := &out[i]
		buffer = fold(a.Word(s.First+i), buffer[:0])
		*l = lexeme{word: linear.HashBytes(buffer)}
		l.classes(words)
	}
	return out, buffer
}

// Words knows the classes of words that stand in similar surroundings,
// learned from text without any labels. The zero Words knows none.
type Words struct{ classes linear.Table }

// WordClass is the class of a word at three grains. The zero WordClass is
// that of a rare word.
type WordClass struct{ Fine, Middle, Coarse uint16 }

// OpenWords reads word classes from a model file.
func OpenWords(data []byte) (*Words, error) {
	f, err := linear.Open(data)
	if err != nil {
		return nil, err
	}
	t, err := f.Table("classes")
	if err != nil {
		return nil, err
	}
	return &Words{t}, nil
}

// Class returns the class of a word. Case does not matter.
func (w *Words) Class(form string) WordClass {
	v := w.class(wordHash(form))
	return WordClass{uint16(v), uint16(v >> 16), uint16(v >> 32)}
}

func (w *Words) class(word uint64) uint64 {
	if w == nil || w.classes.Len() == 0 {
		return 0
	}
	return w.classes.Get(word)
}

// Fold is the form by which the models know a word: small letters, digits as
// 0, straight apostrophes.
func Fold(form string) string { return string(fold(form, nil)) }

func wordHash(form string) uint64 { return linear.HashBytes(fold(form, make([]byte, 0, 64))) }

// EncodeWords lays out the classes of folded words as a model file.
func EncodeWords(words []string, classes []WordClass) []byte {
	var keys, values []uint64
	for i, w := range words {
		c := classes[i]
		keys = append(keys, linear.HashBytes(w))
		values = append(values, uint64(c.Fine)|uint64(c.Middle)<<16|uint64(c.Coarse)<<32)
	}
	return linear.Encode(map[string][]byte{"classes": linear.BuildTable(keys, values)})
}
