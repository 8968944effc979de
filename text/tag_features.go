package text

import "kith/text/linear"

// tagFeatures bounds the number of features of one decision.
const tagFeatures = 48

const noLabel = linear.MaxClasses // before the first word

// tagContext is a sentence as the tagger's features see it.
type tagContext struct {
	lexemes []lexeme
	caps    bool // in capitals throughout
}

var outside lexeme // beyond the ends of a sentence

func (c *tagContext) at(i int) *lexeme {
	if i < 0 || i >= len(c.lexemes) {
		return &outside
	}
	return &c.lexemes[i]
}

// tagStages is how many groups the features of a word come in.
const tagStages = 2

// features returns the hashed features of one stage of word i: what most
// words are clear from, and the rest. tags holds the labels of the words
// before it, after two of padding.
func (c *tagContext) features(out *[tagFeatures]uint64, i int, tags []uint64, stage int) []uint64 {
	w, p1, p2, n1, n2 := c.at(i), c.at(i-1), c.at(i-2), c.at(i+1), c.at(i+2)
	t1, t2 := tags[i+1], tags[i]
	shape := w.shape
	if c.caps {
		shape &^= shapeUpper | shapeInnerCaps
	}
	if i == 0 {
		shape |= 1 << 20
	}
	n := 0
	add := func(template, a, b uint64) {
		out[n] = linear.Mix(linear.Mix(template*0x9e3779b97f4a7c15, a), b)
		n++
	}
	if stage == 0 {
		add(2, w.word, shape)
		add(5, w.suffix[2], 0)
		add(10, shape, t1)
		add(12, t1, w.word)
		add(18, p1.word, w.word)
		add(19, w.word, n1.word)
		add(20, w.dict, t1)
		add(21, w.dict, n1.dict)
		add(22, linear.Mix(w.dict, t1), n1.dict)
		add(28, w.fine, 0)
		add(34, linear.Mix(w.dict, n1.dict), n2.dict)
		return out[:n]
	}
	add(1, w.word, 0)
	add(3, w.suffix[0], shape)
	add(4, w.suffix[1], 0)
	add(6, w.suffix[3], 0)
	add(7, w.prefix[0], w.suffix[1])
	add(8, w.prefix[1], 0)
	add(9, w.prefix[2], 0)
	add(11, t1, t2)
	add(13, t1, w.suffix[2])
	add(14, p1.word, 0)
	add(15, p2.word, 0)
	add(16, n1.word, 0)
	add(17, n2.word, 0)
	add(23, linear.Mix(t1, t2), w.dict)
	add(24, n1.suffix[2], w.suffix[1])
	add(25, n1.suffix[2], t1)
	add(26, p1.suffix[2], w.dict)
	add(27, n1.dict, n2.dict)
	add(29, w.coarse, t1)
	add(30, n1.fine, w.dict)
	add(31, p1.fine, w.dict)
	add(32, n1.shape, shape)
	add(33, p1.shape, shape)
	add(35, n1.middle, t1)
	add(36, t2, w.dict)
	add(37, linear.Mix(p1.word, t2), w.dict)
	add(38, p1.word, n1.word)
	add(39, n1.word, w.dict)
	add(40, w.middle, w.suffix[1])
	return out[:n]
}
