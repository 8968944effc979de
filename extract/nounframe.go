package extract

import (
	"slices"

	"kith"
)

// nounFrame gathers the arguments of an act or state named by a noun, and of
// the light verb that carries it: "gave her endorsement to Lee".
func (r *reader) nounFrame(n int) frame {
	f := frame{head: n, args: r.args[:0]}
	r.nominal(&f, n, 0)
	r.carrier(&f, n)
	if r.child(n, kith.Cop) >= 0 {
		f.add(rSubj, "", r.surfaceSubject(n, 0), 0)
	}
	if h := r.head(n); h >= 0 && r.rel(n) == kith.Conj && r.tag(h) == kith.NOUN {
		r.carrier(&f, h)
		if p := r.child(h, kith.NmodPoss); p >= 0 && !f.has(rPoss) {
			f.add(rPoss, "", p, 1)
		}
	}
	r.core(&f)
	return f
}

// nominal adds the arguments that hang on a noun: possessor, phrases,
// compounds.
func (r *reader) nominal(f *frame, n int, far uint8) {
	for c := r.first[n]; c >= 0; c = r.next[c] {
		c := int(c)
		switch r.rel(c) {
		case kith.NmodPoss:
			f.add(rPoss, "", c, far)
		case kith.Acl:
			f.add(rComp, "", c, far)
		}
	}
	r.compounds(f, n, far)
	r.preps(f, n, far)
	r.relclParties(f, n)
	// The last of coordinated nouns may hold the phrase that all share.
	for c := r.first[n]; c >= 0; c = r.next[c] {
		if r.rel(int(c)) == kith.Conj && r.tag(int(c)) == kith.NOUN && !f.has(rPrep) && r.child(int(c), kith.NmodPoss) < 0 && r.tag(n+1) != kith.ADP {
			r.preps(f, int(c), far+1)
		}
	}
}

// compounds adds the words before a noun, the nearest first: in "ANC caucus
// spokesman" the caucus is whose spokesman it is.
func (r *reader) compounds(f *frame, n int, far uint8) {
	for k := n - 1; k >= 0 && k > n-12 && r.under(k, n); k-- {
		if r.head(k) != n {
			continue
		}
		switch r.rel(k) {
		case kith.Compound, kith.NmodDesc, kith.NmodUnmarked, kith.Amod:
			f.add(rCompound, "", k, far)
		}
	}
}

// relclParties reads "the support (that) she gave to Lee".
func (r *reader) relclParties(f *frame, n int) {
	v := r.child(n, kith.AclRelcl)
	if v < 0 || r.tag(v) != kith.VERB {
		return
	}
	giving, receiving := in(givingVerbs, r.lemma(v)), in(receivingVerbs, r.lemma(v))
	if !giving && !receiving {
		return
	}
	s := r.child(v, kith.Nsubj)
	if s < 0 || r.relative(s) {
		return
	}
	if giving {
		f.add(rSubj, "", s, 1)
		r.preps(f, v, 1)
	} else {
		f.add(rRecv, "", s, 1)
	}
}

// carrier adds the arguments of the light verb that a noun completes.
func (r *reader) carrier(f *frame, n int) {
	v := r.head(n)
	if v < 0 || r.tag(v) != kith.VERB {
		return
	}
	asObject := r.rel(n) == kith.Obj || r.rel(n) == kith.NsubjPass
	giving, receiving := in(givingVerbs, r.lemma(v)), in(receivingVerbs, r.lemma(v))
	if !asObject || !giving && !receiving {
		if r.rel(n) == kith.Obl && (in(standingVerbs, r.lemma(v)) || r.childLemma(n, "in") >= 0 && in(speechNouns, r.lemma(n)) || r.occasion(n)) { // "came out in support of", "said in a speech at"
			f.add(rSubj, "", r.surfaceSubject(v, 0), 1)
		}
		return
	}
	agent := r.surfaceSubject(v, 0)
	if r.passive(v) {
		agent = r.child(v, kith.OblAgent)
	}
	who := rSubj
	if receiving {
		who = rRecv
	}
	f.add(who, "", agent, 1)
	f.add(rPrep, "to", r.child(v, kith.Iobj), 1)
	r.preps(f, v, 1)
}

// occasion reports whether a phrase names a contact in which the clause's
// subject took part: "during a meeting with Lee, Cruz said".
func (r *reader) occasion(n int) bool {
	if !in(contactNouns, r.lemma(n)) || r.child(n, kith.NmodPoss) >= 0 {
		return false
	}
	for _, p := range r.caseOf(n) {
		switch p {
		case "during", "in", "at", "over", "after", "following":
			return true
		}
	}
	return false
}

// personFrame gathers the arguments of a noun that denotes a party: whose
// adviser, of what, and who that is (self).
func (r *reader) personFrame(n int) frame {
	f := frame{head: n, args: r.args[:0]}
	r.nominal(&f, n, 0)
	r.self(&f, n, 0)
	if v := r.head(n); v >= 0 && r.rel(n) == kith.Obj && in(havingVerbs, r.lemma(v)) {
		f.add(rRecv, "", r.surfaceSubject(v, 0), 0)
	}
	if in(survivors, r.triggerLemma(n)) && !f.has(rPoss) {
		f.add(rPoss, "", r.deceased(n), 1)
	}
	if h := r.head(n); h >= 0 && r.rel(n) == kith.Conj && r.tag(h) == kith.NOUN && !r.isName(h) && r.namedBefore(n) < 0 && !r.ownedApart(n) {
		if p := r.child(h, kith.NmodPoss); p >= 0 && !f.has(rPoss) {
			f.add(rPoss, "", p, 1)
		}
		if !f.has(rPrep) {
			r.preps(&f, h, 1)
		}
	}
	return f
}

// ownedApart reports whether a coordinated noun has a preposition, or the word
// before it a possessor, of its own: "her critics, including Lee's campaign
// manager".
func (r *reader) ownedApart(n int) bool {
	if r.child(n, kith.Case) >= 0 {
		return true
	}
	c := r.child(n, kith.Compound, kith.NmodDesc)
	return c >= 0 && r.child(c, kith.NmodPoss) >= 0
}

// survivors are the kin whom obituaries list.
var survivors = words(`brother child children companion daughter grandchild granddaughter grandson great-grandchild husband in-law mother
	father nephew niece partner sister son stepdaughter stepson wife`)

// deceased is whose kin a noun without a possessor means in the list of an
// obituary: the subject of "is survived by a son, Bo; a daughter, Ann". It is -1
// elsewhere.
func (r *reader) deceased(n int) int {
	s := r.a.Sentences[r.a.SentenceOf(n)]
	for v := n - 1; v > s.First; v-- {
		switch {
		case r.tag(v) == kith.VERB && r.lemma(v) == "survive" && r.low(v+1) == "by":
			return r.surfaceSubject(v, 0)
		case r.tag(v) == kith.VERB && r.finite(v), r.relative(v):
			return -1
		}
	}
	return -1
}

// self adds who a person noun denotes: by copula, apposition, title, "as", or
// because the noun itself refers.
func (r *reader) self(f *frame, n, depth int) {
	h := r.head(n)
	if name := r.titled(n); name >= 0 {
		f.add(rSelf, "", name, 0)
		r.before(f, name, n)
		return
	}
	if r.child(n, kith.Cop) >= 0 {
		f.add(rSelf, "", r.surfaceSubject(n, 0), 0)
		return
	}
	if c := r.child(n, kith.Appos); c >= 0 && r.isName(c) && !r.excluded(c) {
		f.add(rSelf, "", c, 0)
		return
	}
	if c := r.child(n, kith.Flat); c >= 0 && r.isName(c) {
		f.add(rSelf, "", c, 0)
		return
	}
	if name := r.namedBefore(n); name >= 0 && r.rel(n) != kith.Nsubj && r.rel(n) != kith.NsubjPass {
		f.add(rSelf, "", name, 0)
		return
	}
	if h < 0 || depth > 4 {
		return
	}
	switch r.rel(n) {
	case kith.Appos, kith.Acl, kith.Parataxis:
		if r.nounish(h) {
			f.add(rSelf, "", h, 0)
			return
		}
	case kith.Compound, kith.NmodDesc, kith.NmodUnmarked, kith.Flat, kith.Amod, kith.Nmod:
		h = r.entitledBy(n)
		if r.rel(n) == kith.Nmod && r.generic(h) { // "one of the leaders"
			r.self(f, h, depth+1)
		}
		if r.isName(h) && (r.rel(n) != kith.Nmod || r.child(n, kith.Case) < 0 || slices.Contains(r.caseOf(n), "as")) {
			f.add(rSelf, "", h, 0)
			r.before(f, h, n)
			return
		}
	case kith.Nsubj:
		if (r.isName(h) || r.mention[h] >= 0 && r.tag(h) == kith.NOUN && !r.lex.person(r.lemma(h))) && r.child(h, kith.Cop) >= 0 { // "her husband is Bo Cruz", "her biggest backer is the union"
			f.add(rSelf, "", h, 0)
			return
		}
	case kith.Obl, kith.Obj, kith.Xcomp, kith.Advcl, kith.Ccomp:
		r.predicated(f, n, h)
	case kith.Conj:
		if r.nounish(h) && !r.isName(h) && !r.setApart(n) {
			r.self(f, h, depth+1)
		}
	}
	if !f.has(rSelf) {
		f.args = append(f.args, arg{role: rSelf, tok: n, far: 1})
	}
}

// setApart reports whether a coordinated noun is somebody else than the one
// before it, by an article, possessor or number of its own: "her husband and
// their two sons", against "a friend and adviser".
func (r *reader) setApart(n int) bool {
	return r.xtag(n) == xNNS && r.xtag(r.head(n)) != xNNS || r.child(n, kith.NmodPoss, kith.Nummod) >= 0
}

// entitledBy is what a modifier hangs on: the name, where that is a title
// before it ("Republican Sen. Bo Cruz").
func (r *reader) entitledBy(n int) int {
	h := r.head(n)
	if h >= 0 && r.rel(h) == kith.NmodDesc && r.isHead(h) && r.isName(r.head(h)) && r.head(h) > h {
		return r.head(h)
	}
	return h
}

// namedBefore finds the name that a noun phrase right behind a comma
// describes: "Ann Lee, the chief executive of Rask".
func (r *reader) namedBefore(n int) int {
	k := n - 1
	for k > 0 && k > n-7 && r.name[k] < 0 && (r.tag(k) == kith.DET || r.tag(k) == kith.ADJ || r.tag(k) == kith.NOUN || r.tag(k) == kith.NUM || r.xtag(k) == xPRPS || r.a.Word(k) == "-" || r.rel(k) == kith.Case && r.lemma(k) == "'s") {
		k--
	}
	if k < 1 || k == n-1 && r.a.Word(k) != "," || r.a.Word(k) != "," || r.name[k-1] < 0 || r.xtag(n) == xNNS {
		return -1
	}
	if r.a.Names[r.name[k-1]].Type != kith.Person || r.a.Names[r.name[k-1]].Last != k {
		return -1
	}
	return r.headOf(k - 1)
}

// titled finds the name that stands right behind a noun as its bearer:
// "rival Ann Lee", "her husband, former mayor Bo Cruz".
func (r *reader) titled(n int) int {
	i := r.nounEnd(n) + 1
	if i >= len(r.a.Tokens) || r.isName(n) {
		return -1
	}
	if name := r.pastOf(n); name >= 0 {
		return name
	}
	if r.a.Word(i) == "," && (r.child(n, kith.NmodPoss) >= 0 || r.indefinite(n)) {
		for i++; i < len(r.a.Tokens) && i < n+8 && !r.isName(i) && r.modifier(i); i++ {
		}
	}
	if i >= len(r.a.Tokens) || !r.isName(i) || r.xtag(n) == xNNS {
		return -1
	}
	// "his wife, Green League treasurer Ann Lee"
	for k := r.name[i]; k >= 0 && i < n+12 && r.a.Names[k].Type != kith.Person && r.lex.person(r.lemma(n)); k = r.name[i] {
		for i = r.a.Names[k].Last; i < len(r.a.Tokens)-1 && r.name[i] < 0 && r.modifier(i); i++ {
		}
		if i >= len(r.a.Tokens) || r.name[i] < 0 {
			return -1
		}
	}
	return r.headOf(i)
}

// pastOf finds the name behind a title and what it is the title of: "director
// of the Refugee Council Ann Lee said".
func (r *reader) pastOf(n int) int {
	i := n + 1
	if w := r.a.Word(i); w != "of" && w != "at" && w != "for" || r.xtag(n) == xNNS {
		return -1
	}
	for i++; i < len(r.a.Tokens) && i < n+16; i++ {
		if k := r.name[i]; k >= 0 && r.a.Names[k].Type == kith.Person {
			if i > n+2 && r.a.Names[k].First == i && (r.name[i-1] >= 0 || r.lemma(i-1) == "staff" || r.lex.offices.portfolio(r.low(i-1), r.low(n)) || r.low(i-1) == "state") && r.a.Names[k].Last > i+1 {
				return r.headOf(i)
			}
			return -1
		}
		switch r.tag(i) {
		case kith.DET, kith.ADJ, kith.NOUN, kith.PROPN, kith.ADP, kith.CCONJ:
		default:
			if r.a.Word(i) != "-" && r.a.Word(i) != "&" {
				return -1
			}
		}
	}
	return -1
}

// indefinite reports whether a noun has the article "a".
func (r *reader) indefinite(n int) bool {
	d := r.child(n, kith.Det)
	return d >= 0 && (r.lemma(d) == "a" || r.lemma(d) == "an") || r.childLemma(n, "one") >= 0
}

// modifier reports whether token i can stand between a comma and a name in
// apposition.
func (r *reader) modifier(i int) bool {
	switch r.tag(i) {
	case kith.ADJ, kith.DET, kith.NOUN, kith.PROPN:
		return true
	}
	return r.a.Word(i) == "-"
}

// headOf returns the token of a name that stands for it in the tree.
func (r *reader) headOf(i int) int {
	k := r.name[i]
	if k < 0 {
		return i
	}
	n := r.a.Names[k]
	for t := n.First; t < n.Last; t++ {
		if h := r.head(t); h < n.First || h >= n.Last {
			return t
		}
	}
	return n.First
}

// before adds what stands between a name and its title's left edge: the
// possessor and compounds of "Lee's campaign chairman Bo Cruz", which hang on
// the name.
func (r *reader) before(f *frame, name, title int) {
	if title > 0 && !f.has(rCompound) && !f.has(rPoss) && r.name[title-1] >= 0 {
		f.add(rCompound, "", r.headOf(title-1), 1)
	}
	for c := r.first[name]; c >= 0 && int(c) < title; c = r.next[c] {
		switch r.rel(int(c)) {
		case kith.NmodPoss:
			f.add(rPoss, "", int(c), 1)
		case kith.Compound, kith.NmodDesc, kith.NmodUnmarked, kith.Flat, kith.Amod:
			f.add(rCompound, "", int(c), 1)
		}
	}
}

// predicated reads "became chair", "served as chair", "named her chair".
func (r *reader) predicated(f *frame, n, v int) {
	if r.tag(v) != kith.VERB && r.tag(v) != kith.AUX {
		return
	}
	as := false
	for _, p := range r.caseOf(n) {
		as = as || p == "as"
	}
	lemma := r.lemma(v)
	who := -1
	switch {
	case as && in(namingVerbs, lemma), r.rel(n) == kith.Xcomp && in(namingVerbs, lemma):
		if who = r.child(v, kith.Obj); who < 0 || r.passive(v) {
			who = r.surfaceSubject(v, 0)
		}
	case as && in(servingVerbs, lemma), !as && in(becomingVerbs, lemma) && r.rel(n) != kith.Obl:
		who = r.surfaceSubject(v, 0)
	case r.rel(n) == kith.Obj && in(namingVerbs, lemma) && r.passive(v):
		who = r.surfaceSubject(v, 0)
	}
	if who < 0 || who == n {
		return
	}
	f.add(rSelf, "", who, 0)
	r.preps(f, v, 1)
}

func (r *reader) nounish(i int) bool {
	return r.tag(i) == kith.NOUN || r.tag(i) == kith.PROPN || r.tag(i) == kith.PRON
}
