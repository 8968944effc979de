package text

// namePadding stands for the words outside of a sentence.
var namePadding = nameToken{lower: 11, exact: 13, shape: 17, kind: markWord, id: 19}

// nameRun is the maximal run of capitalised words around a token.
type nameRun struct{ first, last int }

// candidates marks the tokens that may belong to a name: those within two
// words of a capitalised word or a number, and words of the gazetteer that
// informal text writes in lower case. All others are outside of names.
func nameCandidates(run []nameToken, out []bool) []bool {
	out = out[:0]
	for range run {
		out = append(out, false)
	}
	for i := range run {
		t := &run[i]
		switch {
		case t.kind.strong():
			for j := max(0, i-2); j <= min(len(run)-1, i+2); j++ {
				out[j] = true
			}
		case t.kind == lowerWord && t.class&ClassCommon == 0 && t.class&nameClasses != 0:
			out[i] = true
		case t.phrase != 0 || t.kind == numberWord:
			out[i] = true
		}
	}
	return out
}

const nameClasses = ClassMale | ClassFemale | ClassSurname | ClassCountry | ClassState | ClassCity

// runAt finds the run of capitalised words that holds or follows token i.
func runAt(run []nameToken, i int) nameRun {
	first, last := i, i
	for first > 0 && run[first-1].kind.strong() {
		first--
	}
	for last+1 < len(run) && run[last+1].kind.strong() {
		last++
	}
	return nameRun{first, last}
}

func nameAt(run []nameToken, i int) *nameToken {
	if i < 0 || i >= len(run) {
		return &namePadding
	}
	return &run[i]
}

func nameMix(id, v uint32) uint32 {
	h := v*0x9e3779b1 ^ id*0x85ebca6b
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return h ^ h>>13
}

func nameMix2(id, a, b uint32) uint32 { return nameMix(id, a*0xc2b2ae35^(b+id)*0x27d4eb2f+b) }

// shoutFlag tells the features that the whole sentence is in capitals.
const (
	shoutFlag = 1 << iota
	quoteFlag // inside of quotation marks
)

// nameFeatures appends the hashes of the features of token i, group by group.
// The sums of most groups are remembered; see nameSums.
//
// They follow Ratinov and Roth, "Design Challenges and Misconceptions in Named
// Entity Recognition" (CoNLL 2009): words, affixes, shapes, clusters,
// gazetteers and what the rest of the document shows.
func nameFeatures(dst []uint32, run []nameToken, i int, flags uint32) []uint32 {
	t, p, n := &run[i], nameAt(run, i-1), nameAt(run, i+1)
	pp, nn := nameAt(run, i-2), nameAt(run, i+2)
	dst = ownFeatures(dst, t, firstBit(i))
	dst = beforeFeatures(dst, p, t.kind)
	dst = afterFeatures(dst, n, t.kind)
	dst = leftFeatures(dst, p, t)
	dst = rightFeatures(dst, t, n)
	dst = saidFeatures(dst, t)
	dst = kindFeatures(dst, pp, p, t, n, nn, flags)
	dst = farFeatures(dst, pp, p, t, n, nn)
	if t.kind.strong() {
		r := runAt(run, i)
		place, size := r.place(i)
		dst = endFeatures(dst, &run[r.first], &run[r.last], place, size)
		dst = edgeFeatures(dst, nameAt(run, r.first-1), nameAt(run, r.last+1), place)
		return runFeatures(dst, run, r)
	}
	l, r, gap := linked(run, i)
	return linkRight(linkLeft(dst, l, t, gap), r, t, gap)
}

func firstBit(i int) uint32 {
	if i == 0 {
		return 1
	}
	return 0
}

// ownFeatures are those of the word by itself.
func ownFeatures(dst []uint32, t *nameToken, first uint32) []uint32 {
	dst = append(dst,
		nameMix(2, t.lower), nameMix(9, t.exact), nameMix2(10, t.shape, first),
		nameMix(15, t.prefix[0]), nameMix(16, t.prefix[1]), nameMix(17, t.prefix[2]),
		nameMix(18, t.suffix[0]), nameMix(19, t.suffix[1]), nameMix(20, t.suffix[2]),
		nameMix2(27, uint32(t.class), uint32(t.kind)))
	dst = bitFeatures(dst, 40, t.class, uint32(t.kind)<<1|first)
	if c := t.cluster; c.Fine != 0 {
		k := uint32(t.kind)
		dst = append(dst, nameMix2(44, uint32(c.Fine), k), nameMix2(45, uint32(c.Middle), k), nameMix2(46, uint32(c.Coarse), k))
	}
	return dst
}

// beforeFeatures are those of the word before one of that kind.
func beforeFeatures(dst []uint32, p *nameToken, kind wordKind) []uint32 {
	k := uint32(kind)
	dst = append(dst, nameMix(3, p.lower), nameMix(21, p.suffix[1]), nameMix2(23, p.lower, k), nameMix2(28, uint32(p.class), k))
	dst = bitFeatures(dst, 41, p.class, uint32(p.kind)<<4|k)
	if c := p.cluster; c.Fine != 0 {
		dst = append(dst, nameMix2(36, uint32(c.Fine), k), nameMix2(37, uint32(c.Middle), k))
	}
	return dst
}

// afterFeatures are those of the word behind one of that kind.
func afterFeatures(dst []uint32, n *nameToken, kind wordKind) []uint32 {
	k := uint32(kind)
	dst = append(dst, nameMix(4, n.lower), nameMix(22, n.suffix[1]), nameMix2(24, n.lower, k), nameMix2(29, uint32(n.class), k))
	dst = bitFeatures(dst, 42, n.class, uint32(n.kind)<<4|k)
	if c := n.cluster; c.Fine != 0 {
		dst = append(dst, nameMix2(38, uint32(c.Fine), k), nameMix2(39, uint32(c.Middle), k))
	}
	return dst
}

// leftFeatures are those of the word and the one before it.
func leftFeatures(dst []uint32, p, t *nameToken) []uint32 {
	dst = append(dst, nameMix2(7, p.lower, t.lower), nameMix2(11, p.shape, t.shape), nameMix2(30, uint32(p.class), uint32(t.class)))
	if t.cluster.Fine != 0 {
		dst = append(dst, nameMix2(48, uint32(t.cluster.Middle), uint32(p.cluster.Middle)))
	}
	return dst
}

// rightFeatures are those of the word and the one behind it.
func rightFeatures(dst []uint32, t, n *nameToken) []uint32 {
	dst = append(dst, nameMix2(8, t.lower, n.lower), nameMix2(12, t.shape, n.shape), nameMix2(31, uint32(t.class), uint32(n.class)))
	if t.cluster.Fine != 0 {
		dst = append(dst, nameMix2(47, uint32(t.cluster.Middle), uint32(n.cluster.Middle)))
	}
	return dst
}

// saidFeatures are what phrases and the rest of the document say of the word.
func saidFeatures(dst []uint32, t *nameToken) []uint32 {
	k := uint32(t.kind)
	dst = append(dst, nameMix2(32, uint32(t.phrase), k), nameMix2(34, uint32(t.doc), k), nameMix2(35, uint32(t.doc), uint32(t.class)))
	for b := uint32(0); b < 9; b++ {
		if t.doc>>b&1 != 0 {
			dst = append(dst, nameMix2(43, b, k))
		}
	}
	return dst
}

// kindFeatures are the kinds of words and the phrases around.
func kindFeatures(dst []uint32, pp, p, t, n, nn *nameToken, flags uint32) []uint32 {
	kinds := uint32(p.kind)<<8 | uint32(t.kind)<<4 | uint32(n.kind)
	return append(dst, nameMix(1, flags), nameMix(13, kinds), nameMix2(14, kinds, uint32(pp.kind)<<4|uint32(nn.kind)),
		nameMix2(33, uint32(p.phrase)<<8|uint32(n.phrase), uint32(t.kind)))
}

// farFeatures are those of the words two places away.
func farFeatures(dst []uint32, pp, p, t, n, nn *nameToken) []uint32 {
	k := uint32(t.kind)
	return append(dst, nameMix(5, pp.lower), nameMix(6, nn.lower),
		nameMix2(25, nameMix(1, pp.lower)^p.lower, k), nameMix2(26, nameMix(1, nn.lower)^n.lower, k))
}

func bitFeatures(dst []uint32, id uint32, class Class, context uint32) []uint32 {
	for b := uint32(0); class != 0; b++ {
		if class&1 != 0 {
			dst = append(dst, nameMix2(id, b, context))
		}
		class >>= 1
	}
	return dst
}

// place says how far token i stands from the ends of the run, and how long
// the run is.
func (r nameRun) place(i int) (place, size uint32) {
	return uint32(min(i-r.first, 3))<<4 | uint32(min(r.last-i, 3))<<2, uint32(min(r.last-r.first, 5))
}

// endFeatures describe the ends of the run of capitalised words around a token.
func endFeatures(dst []uint32, first, last *nameToken, place, size uint32) []uint32 {
	return append(dst,
		nameMix2(50, place, size), nameMix2(51, last.lower, place>>2), nameMix2(52, first.lower, place&15),
		nameMix2(53, uint32(last.class), place), nameMix2(54, uint32(first.class), place),
		nameMix2(58, last.suffix[1], place&15), nameMix2(59, uint32(last.cluster.Middle), uint32(first.cluster.Middle)),
		nameMix2(60, uint32(first.class), uint32(last.class)+place))
}

// edgeFeatures are the words before and after the run.
func edgeFeatures(dst []uint32, before, after *nameToken, place uint32) []uint32 {
	return append(dst, nameMix2(55, before.lower, place), nameMix2(56, after.lower, place))
}

// runFeatures are those that all tokens of a run share: what stands before and
// after it.
func runFeatures(dst []uint32, run []nameToken, r nameRun) []uint32 {
	first, last := &run[r.first], &run[r.last]
	before, after := nameAt(run, r.first-1), nameAt(run, r.last+1)
	dst = append(dst, nameMix2(57, uint32(before.class), uint32(after.class)), nameMix2(61, before.lower, after.lower))
	// "University of Elmstead": the run on the other side of a link.
	if isNameLink(after) && nameAt(run, r.last+2).kind.strong() {
		other := nameAt(run, r.last+2)
		dst = append(dst, nameMix2(62, after.lower, uint32(last.class)), nameMix2(63, after.lower, last.lower),
			nameMix2(64, uint32(last.class), uint32(other.class)))
	}
	if isNameLink(before) && nameAt(run, r.first-2).kind.strong() {
		other := nameAt(run, r.first-2)
		dst = append(dst, nameMix2(65, before.lower, uint32(other.class)), nameMix2(66, before.lower, other.lower),
			nameMix2(67, uint32(other.class), uint32(first.class)))
	}
	return dst
}

// linked finds the capitalised words, or those three places away, on both
// sides of a word in lower case.
func linked(run []nameToken, i int) (l, r *nameToken, gap uint32) {
	left, right := i-1, i+1
	for left >= 0 && i-left < 3 && !run[left].kind.strong() {
		left--
	}
	for right < len(run) && right-i < 3 && !run[right].kind.strong() {
		right++
	}
	return nameAt(run, left), nameAt(run, right), uint32(i-left)<<2 | uint32(right-i)
}

// linkLeft and linkRight describe a word in lower case between capitalised ones.
func linkLeft(dst []uint32, l, t *nameToken, gap uint32) []uint32 {
	return append(dst, nameMix2(70, l.lower, t.lower), nameMix2(72, uint32(l.class), t.lower+gap), nameMix2(74, gap, t.lower))
}

func linkRight(dst []uint32, r, t *nameToken, gap uint32) []uint32 {
	return append(dst, nameMix2(71, r.lower, t.lower), nameMix2(73, uint32(r.class), t.lower+gap))
}

func isNameLink(t *nameToken) bool {
	switch t.lower {
	case linkOf, linkAnd, linkThe, linkFor, linkAmp, linkDe, linkHyphen, linkIn, linkOn, linkDash:
		return true
	}
	return false
}

var (
	linkOf     = hashWord("of")
	linkAnd    = hashWord("and")
	linkThe    = hashWord("the")
	linkFor    = hashWord("for")
	linkAmp    = hashWord("&")
	linkDe     = hashWord("de")
	linkHyphen = hashWord("-")
	linkDash   = hashWord("–")
	linkIn     = hashWord("in")
	linkOn     = hashWord("on")
)
