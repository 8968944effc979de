package extract

import (
	"slices"

	"kith"
)

// role is a canonical argument role: as in the active voice, whatever the
// surface is.
type role uint8

const (
	rNone role = iota
	rSubj
	rObj
	rIobj
	rComp
	rSelf
	rPoss
	rRecv
	rCompound
	rOther // the one other person of the sentence
	rScene // the one occasion of the sentence
	rPrep  // with a preposition
	rLast  // the argument of the trigger's own last preposition
)

// arg is one argument: a role and the head token of what fills it.
type arg struct {
	role role
	prep string // lemma of the preposition, for rPrep
	tok  int
	far  uint8 // 0 for a syntactic argument of its own, more for inferred ones
	list bool  // one of several that fill the role together
}

// frame is a trigger with its arguments, nearer ones first.
type frame struct {
	head    int
	passive bool
	args    []arg
}

func (f *frame) add(r role, prep string, tok int, far uint8) {
	if tok < 0 || tok == f.head {
		return
	}
	for _, a := range f.args {
		if a.role == r && a.tok == tok && a.prep == prep {
			return
		}
	}
	f.args = append(f.args, arg{role: r, prep: prep, tok: tok, far: far, list: prep == "including"})
}

func (f *frame) has(r role) bool {
	return slices.ContainsFunc(f.args, func(a arg) bool { return a.role == r })
}

// verbFrame gathers the arguments of a verb: its own, those that it shares
// with the verbs around it, and those that grammar leaves out.
func (r *reader) verbFrame(v int) frame {
	f := frame{head: v, passive: r.passive(v), args: r.args[:0]}
	r.own(&f, v, 0)
	if subj := r.surfaceSubject(v, 0); subj >= 0 {
		if f.passive {
			f.add(rObj, "", subj, 0)
		} else {
			f.add(rSubj, "", subj, 0)
		}
	}
	r.gaps(&f, v)
	r.trailing(&f, v)
	r.shared(&f, v)
	r.among(&f, v)
	r.core(&f)
	if r.child(v, kith.Obj) < 0 {
		r.firstComplement(&f)
	}
	if !f.has(rObj) {
		for _, a := range f.args {
			if a.role == rIobj {
				f.add(rObj, "", a.tok, a.far)
			}
		}
	}
	if f.passive && !f.has(rSubj) {
		r.agentInside(&f)
	}
	for _, a := range f.args[:len(f.args):len(f.args)] {
		switch {
		case a.role == rObj && !r.isName(a.tok):
			r.preps(&f, a.tok, 1)
		case a.role == rPrep && a.far == 0 && r.nounish(a.tok) && (!r.personal(a.tok) || a.prep == "as") || a.role == rObj:
			r.preps(&f, a.tok, 2)
		}
	}
	if len(f.args) > len(r.args) {
		r.args = f.args[:0]
	}
	return f
}

// trailing adds what a participle with its agent may tell of besides the
// subject: the object before it, as in "gave a dinner, attended by Lee", and the
// people listed behind "among those endorsing Lee are".
func (r *reader) trailing(f *frame, v int) {
	h := r.head(v)
	if h < 0 || h > v {
		return
	}
	switch r.rel(v) {
	case kith.Conj, kith.Advcl, kith.Parataxis:
		if o := r.child(h, kith.Obj); f.passive && o >= 0 && o < v && r.child(v, kith.Nsubj, kith.NsubjPass, kith.AuxPass, kith.CC) < 0 {
			f.add(rObj, "", o, 1)
		}
	case kith.Acl:
		r.amongThose(f, v, h)
	}
}

// amongThose reads "Among those endorsing Lee were Bo Cruz and the Harbor
// Watch": what is listed behind the copula does what the participle says.
func (r *reader) amongThose(f *frame, v, those int) {
	s := r.a.Sentences[r.a.SentenceOf(v)]
	if w := r.low(those); w != "those" && w != "people" || those < s.First+1 || those > s.First+2 || r.low(s.First) != "among" {
		return
	}
	be := v + 1
	for be < s.Last && (r.tag(be) != kith.AUX || r.lemma(be) != "be") {
		if r.tag(be) == kith.VERB {
			return
		}
		be++
	}
	if k := r.name[v+1]; k >= 0 {
		f.args = slices.DeleteFunc(f.args, func(a arg) bool { return a.role == rObj })
		f.add(rObj, "", r.headOf(v+1), 0)
	}
	for t := be + 1; t < s.Last; t++ {
		if r.tag(t) == kith.VERB || r.tag(t) == kith.SCONJ {
			return
		}
		if k := r.name[t]; k >= 0 && r.a.Names[k].First == t && r.a.Names[k].Type != kith.Place {
			f.args = append(f.args, arg{role: rSubj, tok: r.headOf(t), list: true})
		}
	}
}

// among adds the people of a list behind "among them" as those whom "including"
// would name: "Nine guests came, among them the banker Bo Cruz and Ann Lee".
func (r *reader) among(f *frame, v int) {
	s := r.a.Sentences[r.a.SentenceOf(v)]
	i := v + 1
	for i+2 < s.Last && !(r.lemma(i+1) == "among" && r.a.Word(i) == "," && in(groupPronouns, r.low(i+2))) {
		if r.tag(i) == kith.VERB || r.tag(i) == kith.SCONJ {
			return // another clause's
		}
		i++
	}
	for i += 3; i < s.Last; i++ {
		switch r.tag(i) {
		case kith.PROPN:
			if n := r.name[i]; n >= 0 && r.a.Names[n].First == i && r.a.Names[n].Type == kith.Person {
				f.add(rPrep, "including", r.headOf(i), 0)
			}
		case kith.DET, kith.ADJ, kith.NOUN, kith.CCONJ, kith.ADP:
		default:
			if r.a.Word(i) != "," {
				return
			}
		}
	}
}

var groupPronouns = words(`them whom`)

// agentInside finds the agent of a passive that hangs on a phrase before it:
// "was introduced to Lee by Cruz".
func (r *reader) agentInside(f *frame) {
	for _, a := range f.args[:len(f.args):len(f.args)] {
		if a.role != rPrep || a.tok < f.head {
			continue
		}
		for c := r.first[a.tok]; c >= 0; c = r.next[c] {
			if int(c) > a.tok && r.nounish(int(c)) && slices.Contains(r.caseOf(int(c)), "by") {
				f.add(rSubj, "", int(c), 1)
			}
		}
	}
}

// firstComplement takes the first of two complements for the object: "call
// Lee the Duchess".
func (r *reader) firstComplement(f *frame) {
	first := -1
	for i, a := range f.args {
		if a.role != rComp || !r.nounish(a.tok) {
			continue
		}
		if first >= 0 {
			f.args[first].role = rObj
			return
		}
		first = i
	}
	if first < 0 || !r.isName(f.args[first].tok) {
		return
	}
	// "called Lee a liar" with the second noun for an adverbial
	for i, a := range f.args {
		if a.role == rObj && a.far > 0 && !r.isName(a.tok) {
			f.args[first].role, f.args[i].role = rObj, rComp
			f.args[i].far = 0
			return
		}
	}
}

// core looks past words that only count or measure: the object of "hosted a
// series of dinners" is the dinners.
func (r *reader) core(f *frame) {
	for i, a := range f.args[:len(f.args):len(f.args)] {
		if in := r.inside(a.tok); in != a.tok {
			f.args[i].tok = in
			if a.role == rObj {
				r.preps(f, a.tok, a.far+1)
			}
		}
	}
}

// inside returns what a counting noun counts, or the token itself.
func (r *reader) inside(i int) int {
	for n := 0; n < 3 && r.generic(i); n++ {
		inner := -1
		for c := r.first[i]; c >= 0; c = r.next[c] {
			if r.rel(int(c)) == kith.Nmod && r.childLemma(int(c), "of") >= 0 {
				inner = int(c)
				break
			}
		}
		if inner < 0 {
			break
		}
		i = inner
	}
	return i
}

// own adds the arguments that hang on the verb itself, subjects apart.
func (r *reader) own(f *frame, v int, far uint8) {
	for c := r.first[v]; c >= 0; c = r.next[c] {
		c := int(c)
		switch r.rel(c) {
		case kith.Obj:
			f.add(rObj, "", c, far)
			if p := r.child(c, kith.Appos); p > c && r.isName(c) && r.tag(p) == kith.NOUN && !r.comma(c, p) {
				f.add(rComp, "", p, far) // "called Lee her heir"
			}
		case kith.Iobj:
			f.add(rIobj, "", c, far)
		case kith.Xcomp:
			f.add(rComp, "", c, far)
			if m := r.child(c, kith.Mark, kith.Case); m >= 0 && r.lemma(m) == "as" {
				f.add(rPrep, "as", c, far)
			}
		case kith.OblAgent:
			f.add(rSubj, "", c, far)
			f.add(rPrep, "by", c, far)
		case kith.Obl, kith.Nmod, kith.OblUnmarked:
			if r.child(c, kith.Case) < 0 && c > v && r.nounish(c) && !r.temporal(c) {
				f.add(rObj, "", c, far+1) // an object that the parser took for an adverbial
			}
			for _, p := range r.caseOf(c) {
				if p == "by" && f.passive {
					f.add(rSubj, "", c, far)
				}
				if p != "with" || !r.absolute(c) {
					f.add(rPrep, p, c, far)
				}
			}
		case kith.Advcl, kith.Acl, kith.Ccomp:
			if m := r.child(c, kith.Mark); m >= 0 {
				f.add(rPrep, r.lemma(m), c, far)
			}
		}
	}
}

// preps adds the prepositional phrases that hang on a noun.
func (r *reader) preps(f *frame, n int, far uint8) {
	for c := r.first[n]; c >= 0; c = r.next[c] {
		c := int(c)
		switch r.rel(c) {
		case kith.Nmod, kith.Obl, kith.NmodUnmarked:
			for _, p := range r.caseOf(c) {
				if p != "with" || !r.absolute(c) {
					f.add(rPrep, p, c, far)
				}
			}
		case kith.Acl, kith.Advcl:
			if m := r.child(c, kith.Mark); m >= 0 {
				f.add(rPrep, r.lemma(m), c, far)
			}
		}
	}
}

// absolute reports whether a phrase is a clause without its verb: "with Lee as
// speaker".
func (r *reader) absolute(n int) bool {
	for c := r.first[n]; c >= 0; c = r.next[c] {
		if int(c) > n && (r.rel(int(c)) == kith.Nmod || r.rel(int(c)) == kith.Acl || r.rel(int(c)) == kith.Obl) && slices.Contains(r.casesUnder(nil, int(c)), "as") {
			return true
		}
	}
	return false
}

// caseOf lists the prepositions before a phrase; "according to" is one word
// that no pattern names.
func (r *reader) caseOf(n int) []string {
	out := r.casesUnder(r.cases[:0], n)
	if len(out) == 0 && r.isName(n) { // the parser may hang it on another word of the name
		for c := r.first[n]; c >= 0; c = r.next[c] {
			if rel := r.rel(int(c)); int(c) < n && (rel == kith.Compound || rel == kith.Flat || rel == kith.NmodDesc || rel == kith.Amod) {
				out = r.casesUnder(out, int(c))
			}
		}
	}
	if len(out) == 0 { // or on the possessor: "to Lee's campaign"
		for c := r.first[n]; c >= 0 && int(c) < n; c = r.next[c] {
			if r.rel(int(c)) != kith.NmodPoss {
				continue
			}
			for g := r.first[c]; g >= 0 && g < c; g = r.next[g] {
				if r.rel(int(g)) == kith.Case && r.tag(int(g)) == kith.ADP {
					out = append(out, r.lemma(int(g)))
				}
			}
		}
	}
	r.cases = out[:0]
	return out
}

func (r *reader) casesUnder(out []string, n int) []string {
	for c := r.first[n]; c >= 0; c = r.next[c] {
		if r.rel(int(c)) != kith.Case || int(c) > n {
			continue
		}
		if r.child(int(c), kith.Fixed) >= 0 {
			out = append(out, r.fixed(int(c)))
			continue
		}
		p := r.lemma(int(c))
		if p == "include" {
			p = "including"
		}
		out = append(out, p)
	}
	return out
}

// fixed names multi-word prepositions by what they amount to.
func (r *reader) fixed(c int) string {
	switch r.lemma(c) {
	case "on", "for", "because", "according", "instead", "due":
		return r.lemma(c) + "_" // "on behalf of": names no role
	case "out":
		return "of"
	case "as":
		return "as_"
	}
	return r.lemma(c) + "_"
}

// passive reports whether a verb's surface subject is its object.
func (r *reader) passive(v int) bool {
	if r.child(v, kith.AuxPass, kith.NsubjPass, kith.OblAgent) >= 0 {
		return true
	}
	if x := r.xtag(v); x != xVBN && x != xVBD {
		return false
	}
	switch r.rel(v) {
	case kith.Acl, kith.Amod, kith.NmodDesc: // with an object it is a past tense that the parser took for a participle
		return r.child(v, kith.Obj) < 0
	case kith.Advcl:
		return r.xtag(v) == xVBN && r.child(v, kith.Aux, kith.Nsubj, kith.Mark) < 0
	case kith.Conj:
		h := r.head(v)
		return r.xtag(v) == xVBN && r.child(v, kith.Aux, kith.Nsubj) < 0 && r.tag(h) == kith.VERB && r.xtag(h) == xVBN && r.passive(h)
	case kith.Xcomp: // "got elected", "had it signed"
		return r.xtag(v) == xVBN
	}
	return false
}

// surfaceSubject finds what a clause is about, following coordination,
// control and reduced clauses; -1 where there is none.
func (r *reader) surfaceSubject(v, depth int) int {
	if s := r.child(v, kith.Nsubj, kith.NsubjPass); s >= 0 {
		return s
	}
	h := r.head(v)
	if h < 0 || depth > 8 {
		return -1
	}
	if r.rootedNoun(v, h) {
		return h
	}
	switch r.rel(v) {
	case kith.Conj:
		if r.clausal(h) || r.clausal(v) {
			return r.surfaceSubject(h, depth+1)
		}
	case kith.Xcomp, kith.Advcl, kith.Ccomp, kith.Parataxis:
		if r.rel(v) != kith.Xcomp && r.quoteOf(v) != r.quoteOf(h) {
			return -1 // “Ask Lee,” she said
		}
		return r.controller(v, h, depth)
	case kith.AclRelcl:
		if r.gap(v) == kith.Nsubj {
			return h
		}
	case kith.Acl:
		return r.reducedSubject(v, h, depth)
	}
	return -1
}

// rootedNoun reports whether a sentence was parsed as its subject with the
// predicate hanging on it.
func (r *reader) rootedNoun(v, h int) bool {
	switch r.rel(v) {
	case kith.Parataxis, kith.List, kith.Dep, kith.Conj, kith.Appos, kith.Acl:
	default:
		return false
	}
	return h < v && r.rel(h) == kith.Root && r.nounish(h) && !r.clausal(h) && r.finite(v) && (r.clausal(v) || r.child(v, kith.AuxPass) >= 0)
}

// clausal reports whether a token heads a clause: a verb, or a noun or
// adjective with a copula.
func (r *reader) clausal(i int) bool {
	return r.tag(i) == kith.VERB || r.tag(i) == kith.AUX || r.child(i, kith.Cop) >= 0
}

// controller finds the unspoken subject of a clause below verb h.
func (r *reader) controller(v, h, depth int) int {
	if r.rel(v) != kith.Xcomp && r.finite(v) {
		return -1
	}
	for n := 0; n < 3 && r.rel(v) == kith.Advcl && h >= 0 && r.nounish(h) && !r.clausal(h); n++ {
		h = r.head(h)
	}
	if h >= 0 && r.low(h) == "short" && r.head(h) >= 0 { // "stopped short of endorsing"
		h = r.head(h)
	}
	if h < 0 || r.tag(h) == kith.NOUN && !r.clausal(h) {
		return -1
	}
	if o := r.child(h, kith.Obj); o >= 0 && o < v && r.xtag(v) == xVBG && (in(judging, r.lemma(h)) && r.childLemma(v, "for") >= 0 || (r.lemma(h) == "accuse" || r.lemma(h) == "suspect") && r.childLemma(v, "of") >= 0) {
		return o // "criticized Lee for missing the vote": Lee missed it
	}
	if o := r.child(h, kith.Obj); o >= 0 && o < v && r.xtag(v) == xVBG && (preventing[r.lemma(h)] && r.childLemma(v, "from") >= 0 || talkingOut[r.lemma(h)] && r.childLemma(v, "out") >= 0 || in(talkingInto, r.lemma(h)) && r.childLemma(v, "into") >= 0) {
		return o // "kept Lee from running"
	}
	toInf := r.toInfinitive(v)
	if (r.rel(v) == kith.Xcomp || toInf) && in(objectControl, r.lemma(h)) {
		if r.passive(h) {
			return r.surfaceSubject(h, depth+1)
		}
		if o := r.child(h, kith.Obj, kith.Iobj); o >= 0 {
			return o
		}
	}
	if r.rel(v) == kith.Advcl && r.passive(h) && toInf {
		if agent := r.child(h, kith.OblAgent); agent >= 0 {
			return agent
		}
	}
	return r.surfaceSubject(h, depth+1)
}

// talkingInto lists verbs that with "into" make their object do something.
var talkingInto = words(`badger browbeat bully cajole coax con dragoon draw force goad guilt lure manipulate nudge persuade pressure prod push scare shame steer sweet-talk talk trick`)

// judging lists verbs that praise or blame their object for what it did.
var judging = words(`admonish applaud arrest assail attack berate blame castigate censure chide commend condemn congratulate credit criticise criticize
	denounce excoriate fault fine fire forgive hail indict jail laud lambaste lampoon mock praise prosecute punish rebuke reprimand ridicule salute
	scold slam sue suspend thank`)

// finite reports whether a clause has a subject of its own time: a tensed
// verb without "to".
func (r *reader) finite(v int) bool {
	switch r.xtag(v).String() {
	case "VBD", "VBZ", "VBP":
		return true
	}
	for c := r.first[v]; c >= 0; c = r.next[c] {
		switch r.xtag(int(c)).String() {
		case "VBD", "VBZ", "VBP", "MD":
			if r.rel(int(c)) == kith.Aux || r.rel(int(c)) == kith.Cop || r.rel(int(c)) == kith.AuxPass {
				return true
			}
		}
	}
	return false
}

func (r *reader) toInfinitive(v int) bool {
	for c := r.first[v]; c >= 0 && int(c) < v; c = r.next[c] {
		if r.rel(int(c)) == kith.Mark && r.lemma(int(c)) == "to" {
			return true
		}
	}
	return false
}

// reducedSubject finds the surface subject of "a woman born in", "the first
// to serve", "her decision to run".
func (r *reader) reducedSubject(v, n, depth int) int {
	if s := r.child(n, kith.Nsubj); s >= 0 && r.toInfinitive(v) && r.singledOut(n) {
		return s
	}
	if !r.toInfinitive(v) || r.personal(n) {
		return n
	}
	if p := r.child(n, kith.NmodPoss); p >= 0 {
		if s := r.teller(n, p, depth); s >= 0 {
			return s
		}
		return p
	}
	if h := r.head(n); h >= 0 && r.rel(n) == kith.Obj {
		return r.surfaceSubject(h, depth+1)
	}
	if h := r.head(n); h >= 0 && r.rel(n) == kith.Obl && r.tag(h) == kith.VERB {
		return r.surfaceSubject(h, depth+1)
	}
	return -1
}

// teller finds who tells of a plan that a pronoun calls theirs: in "called Lee
// to inform her of her decision to run" the caller decided. It is -1 where
// nobody tells, or the pronoun is of the other sex.
func (r *reader) teller(plan, pronoun, depth int) int {
	h := r.head(plan)
	if h < 0 || r.rel(plan) != kith.Obl || !in(telling, r.lemma(h)) || !planningNouns[r.lemma(plan)] {
		return -1
	}
	sex := sexOf(r.a.Word(pronoun))
	s := r.surfaceSubject(h, depth+1)
	if s < 0 || sex == 0 || r.passive(h) {
		return -1
	}
	if ps := r.party(nil, s, 0); len(ps) != 1 || ps[0].ref.Type != kith.Person || ps[0].entity < 0 || r.calledBy(ps[0].entity, opposite(sex)) {
		return -1
	}
	return s
}

// telling lists verbs that bring news to somebody.
var telling = words(`alert assure brief inform notify remind talk tell warn speak call`)

// singledOut reports whether a noun with its copula names those who did
// something by rank: "Lee was among the first members to endorse Cruz".
func (r *reader) singledOut(n int) bool {
	if r.child(n, kith.Cop) < 0 {
		return false
	}
	for c := r.first[n]; c >= 0; c = r.next[c] {
		switch r.low(int(c)) {
		case "first", "last", "only", "latest", "next", "second", "third", "among":
			return true
		}
	}
	return false
}

// gap says which argument a relative clause without its pronoun leaves out:
// Nsubj, Obj, or NoRel where a pronoun stands for it.
func (r *reader) gap(v int) kith.Rel {
	subj := r.child(v, kith.Nsubj, kith.NsubjPass)
	for c := r.first[v]; c >= 0; c = r.next[c] {
		if r.relative(int(c)) && r.rel(int(c)) != kith.Mark {
			return kith.NoRel
		}
		for g := r.first[c]; g >= 0; g = r.next[g] {
			if r.rel(int(c)) == kith.Xcomp && r.rel(int(g)) != kith.Obj {
				continue
			}
			if x := r.xtag(int(g)); x == xWPS || x == xWP || x == xWDT {
				return kith.NoRel
			}
		}
	}
	if subj < 0 {
		return kith.Nsubj
	}
	return kith.Obj
}

// gaps adds what a relative clause leaves out besides its subject.
func (r *reader) gaps(f *frame, v int) {
	if r.rel(v) != kith.AclRelcl || r.gap(v) != kith.Obj || f.has(rObj) {
		return
	}
	if p := r.stranded(v); p >= 0 {
		f.add(rPrep, r.lemma(p), r.head(v), 0)
		return
	}
	f.add(rObj, "", r.head(v), 0)
}

// stranded finds a preposition at a relative clause's end: "whom she worked
// for".
func (r *reader) stranded(v int) int {
	for c := r.first[v]; c >= 0; c = r.next[c] {
		if int(c) > v && r.tag(int(c)) == kith.ADP && r.rel(int(c)) != kith.CompoundPrt {
			return int(c)
		}
	}
	return -1
}

// shared adds the objects and phrases that coordinated verbs have in common:
// "founded and led the company", "was hired and promoted by Lee".
func (r *reader) shared(f *frame, v int) {
	if !f.has(rObj) {
		for c := r.first[v]; c >= 0; c = r.next[c] {
			if r.rel(int(c)) != kith.Conj || r.tag(int(c)) != kith.VERB || f.passive != r.passive(int(c)) {
				continue
			}
			if o := r.child(int(c), kith.Obj); o >= 0 && int(c)-v <= 4 && !f.passive {
				f.add(rObj, "", o, 1)
			}
			if o := r.child(int(c), kith.OblAgent); o >= 0 && f.passive && !f.has(rSubj) {
				f.add(rSubj, "", o, 1)
			}
		}
	}
	if h := r.head(v); h >= 0 && r.rel(v) == kith.Conj && r.tag(h) == kith.VERB && !f.has(rObj) && !f.passive {
		if o := r.child(h, kith.Obj); o > v {
			f.add(rObj, "", o, 1)
		}
	}
}
