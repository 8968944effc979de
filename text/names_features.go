package text

// namePadding stands for the words outside of a sentence.
var namePadding = nameToken{lower: 11, exact: 13, shape: 17, kind: markWord}

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

// nameFeatures appends the hashes of the features of token i.
//
// They follow Ratinov and Roth, "Design Challenges and Misconceptions in Named
// Entity Recognition" (CoNLL 2009): words, affixes, shapes, clusters,
// gazetteers and what the rest of the document shows.
func nameFeatures(dst []uint32, run []nameToken, i int, flags uint32) []uint32 {
	t, p, n := &run[i], nameAt(run, i-1), nameAt(run, i+1)
	pp, nn := nameAt(run, i-2), nameAt(run, i+2)
	s := t.shape
	kinds := uint32(p.kind)<<8 | uint32(t.kind)<<4 | uint32(n.kind)
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	dst = append(dst,
		nameMix(1, flags),
		nameMix(2, t.lower), nameMix(3, p.lower), nameMix(4, n.lower), nameMix(5, pp.lower), nameMix(6, nn.lower),
		nameMix2(7, p.lower, t.lower), nameMix2(8, t.lower, n.lower), nameMix(9, t.exact),
		nameMix2(10, s, first), nameMix2(11, p.shape, s), nameMix2(12, s, n.shape),
		nameMix(13, kinds), nameMix2(14, kinds, uint32(pp.kind)<<4|uint32(nn.kind)),
		nameMix(15, t.prefix[0]), nameMix(16, t.prefix[1]), nameMix(17, t.prefix[2]),
		nameMix(18, t.suffix[0]), nameMix(19, t.suffix[1]), nameMix(20, t.suffix[2]),
		nameMix(21, p.suffix[1]), nameMix(22, n.suffix[1]),
		nameMix2(23, p.lower, uint32(t.kind)), nameMix2(24, n.lower, uint32(t.kind)),
		nameMix2(25, nameMix(1, pp.lower)^p.lower, uint32(t.kind)), nameMix2(26, nameMix(1, nn.lower)^n.lower, uint32(t.kind)),
		nameMix2(27, uint32(t.class), uint32(t.kind)),
		nameMix2(28, uint32(p.class), uint32(t.kind)), nameMix2(29, uint32(n.class), uint32(t.kind)),
		nameMix2(30, uint32(p.class), uint32(t.class)), nameMix2(31, uint32(t.class), uint32(n.class)),
		nameMix2(32, uint32(t.phrase), uint32(t.kind)), nameMix2(33, uint32(p.phrase)<<8|uint32(n.phrase), uint32(t.kind)),
		nameMix2(34, uint32(t.doc), uint32(t.kind)), nameMix2(35, uint32(t.doc), uint32(t.class)),
	)
	dst = bitFeatures(dst, 40, t.class, uint32(t.kind)<<1|first)
	dst = bitFeatures(dst, 41, p.class, uint32(p.kind)<<4|uint32(t.kind))
	dst = bitFeatures(dst, 42, n.class, uint32(n.kind)<<4|uint32(t.kind))
	if t.doc != 0 {
		for b := uint32(0); b < 9; b++ {
			if t.doc>>b&1 != 0 {
				dst = append(dst, nameMix2(43, b, uint32(t.kind)))
			}
		}
	}
	dst = clusterFeatures(dst, t, p, n)
	if t.kind.strong() {
		return runFeatures(dst, run, i)
	}
	return linkFeatures(dst, run, i)
}

// clusterFeatures take word classes at three grains.
func clusterFeatures(dst []uint32, t, p, n *nameToken) []uint32 {
	k := uint32(t.kind)
	if c := t.cluster; c.Fine != 0 {
		dst = append(dst, nameMix2(44, uint32(c.Fine), k), nameMix2(45, uint32(c.Middle), k), nameMix2(46, uint32(c.Coarse), k),
			nameMix2(47, uint32(c.Middle), uint32(n.cluster.Middle)), nameMix2(48, uint32(c.Middle), uint32(p.cluster.Middle)))
	}
	if c := p.cluster; c.Fine != 0 {
		dst = append(dst, nameMix2(36, uint32(c.Fine), k), nameMix2(37, uint32(c.Middle), k))
	}
	if c := n.cluster; c.Fine != 0 {
		dst = append(dst, nameMix2(38, uint32(c.Fine), k), nameMix2(39, uint32(c.Middle), k))
	}
	return dst
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

// runFeatures describe the run of capitalised words around a token: its ends
// and what stands before and after it.
func runFeatures(dst []uint32, run []nameToken, i int) []uint32 {
	r := runAt(run, i)
	first, last := &run[r.first], &run[r.last]
	before, after := nameAt(run, r.first-1), nameAt(run, r.last+1)
	place := uint32(min(i-r.first, 3))<<4 | uint32(min(r.last-i, 3))<<2
	size := uint32(min(r.last-r.first, 5))
	dst = append(dst,
		nameMix2(50, place, size), nameMix2(51, last.lower, place>>2), nameMix2(52, first.lower, place&15),
		nameMix2(53, uint32(last.class), place), nameMix2(54, uint32(first.class), place),
		nameMix2(55, before.lower, place), nameMix2(56, after.lower, place),
		nameMix2(57, uint32(before.class), uint32(after.class)),
		nameMix2(58, last.suffix[1], place&15), nameMix2(59, uint32(last.cluster.Middle), uint32(first.cluster.Middle)),
		nameMix2(60, uint32(first.class), uint32(last.class)+place),
		nameMix2(61, before.lower, after.lower),
	)
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

// linkFeatures describe a word in lower case between capitalised ones.
func linkFeatures(dst []uint32, run []nameToken, i int) []uint32 {
	left, right := i-1, i+1
	for left >= 0 && i-left < 3 && !run[left].kind.strong() {
		left--
	}
	for right < len(run) && right-i < 3 && !run[right].kind.strong() {
		right++
	}
	l, r := nameAt(run, left), nameAt(run, right)
	gap := uint32(i-left)<<2 | uint32(right-i)
	return append(dst,
		nameMix2(70, l.lower, run[i].lower), nameMix2(71, r.lower, run[i].lower),
		nameMix2(72, uint32(l.class), run[i].lower+gap), nameMix2(73, uint32(r.class), run[i].lower+gap),
		nameMix2(74, gap, run[i].lower))
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
