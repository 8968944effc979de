package text

import (
	"kith"
	"strings"
)

// windows within which antecedents are sought.
const (
	windowMentions  = 60
	windowSentences = 4
	maxCandidates   = 20
)

// eagerness is taken off the score of "new": the corpora leave single mentions
// unmarked, so that training sees too many new ones. Set on the dev parts.
const eagerness = .5

// rank lets the model choose the cluster that a pronoun or a description
// joins, or something new.
//
// It ranks clusters rather than mentions, with a candidate for "new" (Rahman
// and Ng, "Supervised Models for Coreference Resolution", EMNLP 2009).
func (r *resolver) rank(m int) {
	r.gather(m)
	if r.choice != nil && r.choice.pronoun == r.refs[m].head {
		r.narrow(m)
	}
	r.standings(m)
	r.governor, r.clause = r.governorHash(&r.refs[m]), r.clauseOf(r.refs[m].head)
	for i := range r.cands {
		c := &r.cands[i]
		c.place = near(i)
		if c.cluster < 0 {
			c.features = r.newFeatures(c.features[:0], m)
		} else {
			c.features = r.pairFeatures(c.features[:0], m, c)
		}
		if r.learn == nil {
			c.score = r.model.score(c.features)
			if c.cluster < 0 {
				c.score -= eagerness
			}
		}
	}
	best := 0
	for i := range r.cands {
		if r.cands[i].score > r.cands[best].score {
			best = i
		}
	}
	if r.learn != nil {
		best = r.learn.choose(r, m, best)
	} else {
		best = r.sameKin(m, r.sameAsBefore(m, r.ofSubject(m, best)))
	}
	r.add(m, r.cands[best].cluster)
}

// sameKin gives the possessor of a relative to whom another relative of the
// sentence belongs, rather than to that relative: "his father, Tom, was a
// teacher and his mother a nurse".
func (r *resolver) sameKin(m, best int) int {
	ref, chosen := &r.refs[m], r.cands[best].cluster
	if h := r.a.Tokens[ref.head].Head; ref.kind != refPronoun || ref.role != rolePossessor || chosen < 0 || h < 0 || !kinNoun(strings.ToLower(r.a.Word(h))) {
		return best
	}
	for j := m - 1; j >= 0 && r.refs[j].sentence == ref.sentence; j-- {
		kin := &r.refs[j]
		if kin.cluster != chosen || kin.owner < 0 || !kinNoun(strings.ToLower(r.a.Word(kin.head))) {
			continue
		}
		if owner := &r.refs[kin.owner]; owner.kind == refPronoun && owner.sex == ref.sex {
			for i := range r.cands {
				if r.cands[i].cluster == owner.cluster {
					return i
				}
			}
		}
	}
	return best
}

// sameAsBefore gives a pronoun to whom another one of its sex means as the
// subject of the same sentence, rather than to somebody of whom no sex is
// known: "She ran Lindgren's campaign from a shop of her uncle's".
func (r *resolver) sameAsBefore(m, best int) int {
	ref, chosen := &r.refs[m], r.cands[best].cluster
	if ref.kind != refPronoun || ref.person != 3 || ref.sex != sexMale && ref.sex != sexFemale || ref.quote >= 0 ||
		chosen < 0 || r.clusters[chosen].sex != sexUnknown {
		return best
	}
	for i := range r.cands {
		c := &r.cands[i]
		if c.cluster < 0 || c.cluster == chosen || c.mention < 0 {
			continue
		}
		if o := &r.refs[c.mention]; o.sentence == ref.sentence && o.kind == refPronoun && o.sex == ref.sex && o.role == roleSubject && o.quote < 0 {
			return i
		}
	}
	return best
}

// ofSubject gives the possessor in "following her defeat" to the subject of its
// clause rather than to somebody behind a preposition: "Reyes sought advice
// from Tan following her defeat", and "Tan, who wept after her defeat".
// Subjects outrank obliques as antecedents (Grosz, Joshi and Weinstein,
// "Centering", 1995).
func (r *resolver) ofSubject(m, best int) int {
	ref := &r.refs[m]
	if ref.kind != refPronoun || ref.role != rolePossessor || ref.person != 3 || ref.sex == sexUnknown || ref.first == 0 || !timePreposition(r.a.Word(ref.first-1)) {
		return best
	}
	chosen := r.cands[best].mention
	if chosen < 0 || r.refs[chosen].sentence != ref.sentence {
		return best
	}
	clause := r.ownClause(ref.head)
	if t := &r.a.Tokens[clause]; clause == ref.first-1 && t.Head >= 0 {
		clause = r.ownClause(t.Head) // "from Tan following her defeat" with following for a verb
	}
	if o := &r.refs[chosen]; o.role == roleObject && o.governor == clause {
		return best
	}
	owner := -1
	if r.a.Tokens[clause].Rel == kith.AclRelcl {
		owner = r.a.Tokens[clause].Head
	}
	for i := range r.cands {
		j := r.cands[i].mention
		if j < 0 || r.cands[i].cluster < 0 || r.clusters[r.cands[i].cluster].kinds != kith.Person {
			continue
		}
		o := &r.refs[j]
		if owner >= 0 && o.head == owner || owner < 0 && o.sentence == ref.sentence && o.kind == refName && r.subjectOf(o, clause) {
			return i
		}
	}
	return best
}

// subjectOf reports whether a name is the subject of a clause: by the tree, or
// because it stands right before a participle that has no other ("losing the
// seat and Tan serving as mayor").
func (r *resolver) subjectOf(o *ref, clause int) bool {
	if o.role == roleSubject && o.governor == clause {
		return true
	}
	if o.last != clause || r.a.Tokens[clause].XTag != gerund || o.first == 0 || r.a.Tokens[o.first-1].Tag != kith.CCONJ {
		return false
	}
	return !r.hasSubject(clause)
}

// ownClause is the clause that holds a token, where one verb of several joined
// by "and" that has a subject of its own is a clause, too.
func (r *resolver) ownClause(i int) int {
	for range 20 {
		t := &r.a.Tokens[i]
		if t.Head < 0 || clauseRel(t.Rel) || t.Rel == kith.Conj && t.Tag == kith.VERB && r.hasSubject(i) {
			return i
		}
		i = t.Head
	}
	return i
}

func (r *resolver) hasSubject(clause int) bool {
	for i := range r.refs {
		if o := &r.refs[i]; o.role == roleSubject && o.governor == clause {
			return true
		}
	}
	return false
}

var gerund = kith.ParseXTag("VBG")

func timePreposition(w string) bool {
	switch w {
	case "following", "after", "before", "since", "during", "amid", "despite", "upon", "until":
		return true
	}
	return false
}

// gather fills the candidates: first the new cluster, then clusters from near
// to far.
func (r *resolver) gather(m int) {
	r.cands = r.cands[:0]
	r.candidate(-1, -1)
	ref := &r.refs[m]
	for j := m - 1; j >= max(0, m-windowMentions) && len(r.cands) < maxCandidates; j-- {
		other := &r.refs[j]
		if ref.sentence-other.sentence > windowSentences {
			break
		}
		c := other.cluster
		if c < 0 || r.clusters[c].stamp == m || r.a.Sentences[other.sentence].Kind == kith.Byline { // who wrote it is not in it
			continue
		}
		r.clusters[c].stamp = m
		if r.fits(m, j, c) {
			r.candidate(c, j)
		}
	}
	if ref.kind == refNominal {
		slot := r.byHead[(ref.lemma*0x9e3779b1)>>8&uint32(len(r.byHead)-1)]
		if slot.lemma == ref.lemma && r.clusters[slot.cluster].stamp != m {
			r.clusters[slot.cluster].stamp = m
			if j := r.clusters[slot.cluster].last; r.fits(m, j, int(slot.cluster)) {
				r.candidate(int(slot.cluster), j)
			}
		}
	}
	r.catchAhead(m)
	if ref.quote >= 0 && ref.person == 1 {
		if s := r.speakers[ref.quote]; s >= 0 && int(s) < m {
			if c := r.refs[s].cluster; c >= 0 && r.clusters[c].stamp != m {
				r.clusters[c].stamp = m
				r.candidate(c, int(s))
			}
		}
	}
}

// narrow leaves as candidates only the clusters of the mentions that the
// pronoun was narrowed to, wherever they stand, if any of them fits.
func (r *resolver) narrow(m int) {
	r.cands = r.cands[:0]
	for _, token := range r.choice.among {
		j := int(r.finder.refAt[token])
		if j < 0 || j == m {
			continue
		}
		if r.refs[j].cluster < 0 && r.refs[j].kind == refName {
			r.resolveName(j)
		}
		if c := r.refs[j].cluster; c >= 0 {
			near := r.clusters[c].last
			if near == m || near > m {
				near = j
			}
			r.candidate(c, near)
		}
	}
	if len(r.cands) == 0 {
		r.candidate(-1, -1)
	}
}

// catchAhead makes a candidate of the named subject of the main clause, where
// a pronoun stands in a clause before it: "After she lost, Reyes …".
func (r *resolver) catchAhead(m int) {
	ref := &r.refs[m]
	if ref.kind != refPronoun || ref.person != 3 || ref.sex != sexMale && ref.sex != sexFemale {
		return
	}
	clause := r.clauseOf(ref.head)
	t := &r.a.Tokens[clause]
	if t.Head <= clause || t.Rel != kith.Advcl && t.Rel != kith.Obl && t.Rel != kith.Acl {
		clause = r.obliqueOf(ref.head)
		if clause < 0 {
			return
		}
		t = &r.a.Tokens[clause]
	}
	for j := m + 1; j < min(len(r.refs), m+12) && r.refs[j].sentence == ref.sentence; j++ {
		next := &r.refs[j]
		if next.governor != t.Head || next.role != roleSubject || next.kind != refName || next.kinds != kith.Person {
			continue
		}
		if next.cluster < 0 {
			r.resolveName(j)
		}
		if c := next.cluster; r.clusters[c].stamp != m && !conflictingSex(ref.sex, r.clusters[c].sex) {
			r.clusters[c].stamp = m
			r.candidate(c, j)
		}
		return
	}
}

// obliqueOf is the head of the fronted phrase of its clause that holds a
// token ("In her speech, Reyes …"), -1 for none.
func (r *resolver) obliqueOf(i int) int {
	for range 8 {
		t := &r.a.Tokens[i]
		if t.Head < 0 {
			return -1
		}
		if t.Rel == kith.Obl && t.Head > i {
			return i
		}
		i = t.Head
	}
	return -1
}

// standings notes which candidate is the most salient and how many are people.
func (r *resolver) standings(m int) {
	top, best := float32(0), -1
	r.rivals = 0
	sentence := r.refs[m].sentence
	for i := range r.cands {
		r.cands[i].foremost = false
		if r.cands[i].cluster < 0 {
			continue
		}
		k := &r.clusters[r.cands[i].cluster]
		if w := k.weightAt(sentence); w > top {
			top, best = w, i
		}
		if k.kinds == kith.Person {
			r.rivals++
		}
	}
	if best >= 0 {
		r.cands[best].foremost = true
	}
}

func (r *resolver) candidate(c, mention int) {
	if n := len(r.cands); n < cap(r.cands) {
		r.cands = r.cands[:n+1] // keeps the slice of features
		r.cands[n].cluster, r.cands[n].mention = c, mention
		return
	}
	r.cands = append(r.cands, candidate{cluster: c, mention: mention, features: make([]uint32, 0, 40)})
}

// fits rules out what grammar and kind forbid.
func (r *resolver) fits(m, j, c int) bool {
	ref, other, k := &r.refs[m], &r.refs[j], &r.clusters[c]
	if other.first <= ref.first && other.last >= ref.last || ref.first <= other.first && ref.last >= other.last {
		return false // one inside of the other
	}
	if conflictingSex(ref.sex, k.sex) || !numbersFit(ref, k) || !r.personsFit(ref, k) {
		return false
	}
	if !ref.reflexive && ref.role != rolePossessor && other.governor == ref.governor && other.governor >= 0 &&
		other.sentence == ref.sentence && other.role != rolePossessor {
		return false // "she called her"
	}
	if ref.kind == refPronoun {
		return r.pronounFits(ref, k) && !r.namedBehind(m, k)
	}
	return !r.otherPost(ref, other) && r.nominalFits(ref, k)
}

// namedBehind reports whether the cluster's person is named as an object of the
// clause whose subject the pronoun is: in "he praised Reyes" he is not Reyes.
func (r *resolver) namedBehind(m int, k *cluster) bool {
	ref := &r.refs[m]
	if ref.role != roleSubject || k.person < 0 {
		return false
	}
	for j := m + 1; j < min(len(r.refs), m+6) && r.refs[j].sentence == ref.sentence; j++ {
		o := &r.refs[j]
		if o.kind == refName && o.governor == ref.governor && o.role != roleSubject && o.role != rolePossessor && r.parsedAt[j] >= 0 &&
			r.parsed[r.parsedAt[j]].familyShort == r.persons[k.person].short {
			return true
		}
	}
	return false
}

func conflictingSex(a, b refSex) bool { return a != sexUnknown && b != sexUnknown && a != b }

func numbersFit(ref *ref, k *cluster) bool {
	if ref.number == numberUnknown || k.number == numberUnknown || ref.number == k.number {
		return true
	}
	// "they" of a body or a group; singular "they" of a person unknown.
	return ref.kind == refPronoun && ref.number == numberMany && ref.person == 3 &&
		(k.kinds == kith.Organization || k.kinds == kith.Group || k.class&NounGroup != 0 || k.kinds == kith.Person && k.sex == sexUnknown && !k.named)
}

// personsFit keeps first and second persons apart from the third, except that
// a speaker may be named.
func (r *resolver) personsFit(ref *ref, k *cluster) bool {
	if ref.kind != refPronoun {
		return true
	}
	last := &r.refs[k.last]
	switch {
	case last.kind != refPronoun || last.person == ref.person:
		return true
	case ref.person == 3 || last.person == 3:
		return (ref.quote >= 0) != (last.quote >= 0)
	}
	return ref.quote != last.quote || ref.quote < 0
}

func (r *resolver) pronounFits(ref *ref, k *cluster) bool {
	human := k.kinds == kith.Person || k.class&NounPerson != 0
	switch {
	case ref.sex == sexMale || ref.sex == sexFemale:
		return human || k.kinds == "" && k.class == 0 || k.class&NounAnimal != 0
	case ref.sex == sexNone:
		return k.kinds != kith.Person
	case ref.person < 3:
		return human || k.kinds == kith.Group || k.kinds == kith.Organization || k.class&NounGroup != 0 || !k.named
	}
	return true
}

// nominalFits lets a description join what has its head noun, or a name of its
// kind.
func (r *resolver) nominalFits(ref *ref, k *cluster) bool {
	if k.hasHead(ref.lemma) {
		return true
	}
	if ref.form == formIndefinite || ref.form == formQuantified && !pluralOf(ref) || !r.kinFits(ref, k) {
		return false
	}
	if ref.kinds == "" {
		return ref.form == formDemonstrative || ref.form == formDefinite && k.kinds == "" && !k.named
	}
	return sameKind(ref.kinds, k.kinds)
}

func pluralOf(ref *ref) bool { return ref.number == numberMany }

// near cuts a distance to a few steps.
func near(n int) uint32 {
	switch {
	case n < 4:
		return uint32(n)
	case n < 7:
		return 4
	case n < 12:
		return 5
	case n < 25:
		return 6
	}
	return 7
}

func kindCode(t kith.EntityType) uint32 {
	switch t {
	case kith.Person:
		return 1
	case kith.Organization:
		return 2
	case kith.Place:
		return 3
	case kith.EventType:
		return 4
	case kith.Group:
		return 5
	}
	return 0
}

// anaphor is the class by which features are kept apart.
func (r *resolver) anaphor(ref *ref) uint32 {
	if ref.kind == refPronoun {
		code := ref.lemma
		if ref.reflexive {
			code++
		}
		if ref.role == rolePossessor {
			code += 2
		}
		return code
	}
	return uint32(ref.form)<<4 | kindCode(ref.kinds)
}

func (r *resolver) pairFeatures(dst []uint32, m int, c *candidate) []uint32 {
	ref, other, k := &r.refs[m], &r.refs[c.mention], &r.clusters[c.cluster]
	ana := r.anaphor(ref)
	short := uint32(ref.kind)<<3 | uint32(ref.person)
	if ref.kind == refNominal {
		short |= uint32(ref.form) << 6
	}
	gap := near(ref.sentence - other.sentence)
	dist := near(max(0, m-c.mention))
	if c.mention > m {
		dist = 8
	}
	ant := uint32(other.kind)<<4 | kindCode(k.kinds)
	named := uint32(0)
	if k.named {
		named = 1
	}
	roles := uint32(ref.role)<<4 | uint32(other.role)
	sameQuote := quoteRelation(ref, other)
	weight := near(int(4 * k.weightAt(ref.sentence)))
	dst = append(dst,
		nameMix2(101, ana, gap), nameMix2(102, ana, dist), nameMix2(103, short, roles<<3|gap),
		nameMix2(104, ana, ant), nameMix2(105, ana, near(k.size)<<1|named),
		nameMix2(106, ana, uint32(ref.sex)<<4|uint32(k.sex)<<2|named), nameMix2(107, ana, uint32(ref.number)<<4|uint32(k.number)),
		nameMix2(108, ana, weight), nameMix2(109, short, weight<<4|gap),
		nameMix2(110, ana, uint32(k.class&0xfff)), nameMix2(111, uint32(ref.class&0xfff), uint32(k.class&0xfff)<<3|short),
		nameMix2(112, ana, sameQuote), nameMix2(113, ana, uint32(other.role)<<4|gap),
		nameMix2(114, ana, uint32(other.form)<<2|uint32(other.kind)), nameMix2(115, ana, uint32(len(r.cands))),
		nameMix2(116, ana, roles), nameMix2(117, gap<<3|dist, short),
		nameMix2(118, ana, c.place<<1|boolBit(c.foremost)), nameMix2(119, short, c.place<<4|near(r.rivals)<<1|boolBit(c.foremost)),
	)
	subject := near(max(0, ref.sentence-k.subject))
	main := near(max(0, ref.sentence-k.main))
	clause := r.subjectClause(ref, k)
	dst = append(dst, nameMix2(140, ana, subject<<4|uint32(ref.role)), nameMix2(141, ana, main<<4|uint32(ref.role)),
		nameMix2(142, short, subject<<8|main<<4|clause), nameMix2(143, ana, clause<<8|uint32(ref.role)<<4|boolBit(c.foremost)),
		nameMix2(144, ana, near(c.cluster)))
	if ref.kind == refPronoun {
		clause := r.clauseRelation(ref, other)
		dst = append(dst, nameMix2(124, ana, clause), nameMix2(125, short, clause<<8|roles),
			nameMix2(126, ana, near(r.rivals)<<6|uint32(k.sex)<<4|uint32(ref.sex)<<2|boolBit(c.foremost)<<1|named),
			nameMix2(127, uint32(other.role)<<4|uint32(other.kind), clause<<6|gap<<3|uint32(boolBit(c.foremost))))
		dst = append(dst, nameMix2(120, ana, nounLemma(other)), nameMix2(121, r.governor, ant),
			nameMix2(122, ana, boolBit(other.kind == refPronoun && other.lemma == ref.lemma)<<3|gap),
			nameMix2(123, ana, boolBit(r.refs[k.first].role == roleSubject)<<3|uint32(r.firstInSentence(c.mention))<<1|boolBit(gap == 0)))
		return dst
	}
	match := boolBit(k.hasHead(ref.lemma))<<2 | boolBit(other.lemma == ref.lemma)<<1 | boolBit(r.sameWords(ref, other))
	mods := r.modifiers(ref, other)
	return append(dst,
		nameMix2(130, match, short), nameMix2(131, match, ana), nameMix2(132, match<<4|mods, short), nameMix2(133, match<<3|gap, short),
		nameMix2(134, ref.lemma, match), nameMix2(135, ref.lemma, other.lemma), nameMix2(136, ref.lemma, ant),
		nameMix2(137, match<<4|mods, uint32(other.form)<<3|uint32(ref.form)), nameMix2(138, match, near(r.sinceLast(m, k))))
}

// clauseRelation says how the clauses of the anaphor and a mention lie to each other: 0 in
// different sentences, 1 the same clause, 2 the anaphor's below the
// antecedent's, 3 the other way round, 4 side by side.
func (r *resolver) clauseRelation(a, b *ref) uint32 {
	if a.sentence != b.sentence {
		return 0
	}
	ca, cb := r.clause, r.clauseOf(b.head)
	switch {
	case ca == cb:
		return 1
	case r.above(cb, ca):
		return 2
	case r.above(ca, cb):
		return 3
	}
	return 4
}

// subjectClause says how the clause of the anaphor lies to the clause of the
// same sentence of which the cluster was the subject; 5 for none.
func (r *resolver) subjectClause(ref *ref, k *cluster) uint32 {
	if k.subject != ref.sentence {
		return 5
	}
	clause := r.clause
	switch {
	case clause == k.clause:
		return 1
	case r.above(k.clause, clause):
		return 2
	case r.above(clause, k.clause):
		return 3
	}
	return 4
}

// clauseOf is the verb or other head of the clause that holds a token.
func (r *resolver) clauseOf(i int) int {
	for range 20 {
		t := &r.a.Tokens[i]
		if t.Head < 0 || clauseRel(t.Rel) {
			return i
		}
		i = t.Head
	}
	return i
}

func clauseRel(rel kith.Rel) bool {
	switch rel {
	case kith.Root, kith.Advcl, kith.Ccomp, kith.Xcomp, kith.Acl, kith.AclRelcl, kith.AdvclRelcl, kith.Parataxis, kith.Csubj, kith.CsubjPass:
		return true
	}
	return false
}

// above reports whether token a governs token b, directly or not.
func (r *resolver) above(a, b int) bool {
	for range 20 {
		if b < 0 {
			return false
		}
		if b == a {
			return true
		}
		b = r.a.Tokens[b].Head
	}
	return false
}

func boolBit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// nounLemma is the lemma of a mention that is no name.
func nounLemma(ref *ref) uint32 {
	if ref.kind == refName || ref.class == 0 && ref.kind == refNominal {
		return 1
	}
	return ref.lemma
}

func quoteRelation(a, b *ref) uint32 {
	switch {
	case a.quote < 0 && b.quote < 0:
		return 0
	case a.quote == b.quote:
		return 1
	case a.quote >= 0 && b.quote >= 0:
		return 2
	case a.quote >= 0:
		return 3
	}
	return 4
}

func (r *resolver) governorHash(ref *ref) uint32 {
	if ref.governor < 0 {
		return 0
	}
	return nameMix2(1, hashWord(r.a.Tokens[ref.governor].Lemma), uint32(ref.role))
}

func (r *resolver) firstInSentence(m int) uint32 {
	if m == 0 || r.refs[m-1].sentence != r.refs[m].sentence {
		return 1
	}
	return 0
}

func (r *resolver) sinceLast(m int, k *cluster) int {
	return r.refs[m].sentence - r.refs[k.last].sentence
}

// sameWords reports whether two mentions are the same words but for the
// determiner.
func (r *resolver) sameWords(a, b *ref) bool {
	i, j := r.afterDeterminer(a), r.afterDeterminer(b)
	if a.last-i != b.last-j || a.last-i > 20 {
		return false
	}
	for ; i < a.last; i, j = i+1, j+1 {
		if r.wordHash(i) != r.wordHash(j) {
			return false
		}
	}
	return true
}

func (r *resolver) afterDeterminer(m *ref) int {
	if m.first < m.head && r.a.Tokens[m.first].Tag == kith.DET {
		return m.first + 1
	}
	return m.first
}

// modifiers compares the words before the heads: 0 none in either, 1 the
// anaphor's all in the antecedent, 2 only the antecedent has any, 3 the
// anaphor has new ones.
func (r *resolver) modifiers(a, b *ref) uint32 {
	fresh, shared, others := 0, 0, 0
	for j := b.first; j < b.head; j++ {
		if contentTag(r.a.Tokens[j].Tag) {
			others++
		}
	}
	for i := a.first; i < a.head && i < a.first+8; i++ {
		if !contentTag(r.a.Tokens[i].Tag) {
			continue
		}
		if r.hasWord(b, r.wordHash(i)) {
			shared++
		} else {
			fresh++
		}
	}
	post := boolBit(a.last-a.head > 1)<<2 | boolBit(b.last-b.head > 1)<<3
	switch {
	case fresh > 0:
		return 3 | post
	case shared > 0:
		return 1 | post
	case others > 0:
		return 2 | post
	}
	return post
}

func contentTag(t kith.Tag) bool {
	return t == kith.ADJ || t == kith.NOUN || t == kith.PROPN || t == kith.NUM || t == kith.VERB
}

func (r *resolver) hasWord(m *ref, word uint32) bool {
	for i := m.first; i < min(m.last, m.first+16); i++ {
		if r.wordHash(i) == word {
			return true
		}
	}
	return false
}

// wordHash is the hash of token i in lower case, computed once.
func (r *resolver) wordHash(i int) uint32 {
	if r.hashes[i] == 0 {
		r.hashes[i] = hashWord(r.a.Word(i))
	}
	return r.hashes[i]
}

// newFeatures speak for a mention that begins something new.
func (r *resolver) newFeatures(dst []uint32, m int) []uint32 {
	ref := &r.refs[m]
	ana := r.anaphor(ref)
	size := near(ref.last - ref.first)
	before := boolBit(ref.first < ref.head-1 || ref.first < ref.head && r.a.Tokens[ref.first].Tag != kith.DET)
	after := boolBit(ref.last > ref.head+1)
	slot := r.byHead[(ref.lemma*0x9e3779b1)>>8&uint32(len(r.byHead)-1)]
	seen := boolBit(slot.lemma == ref.lemma)
	return append(dst,
		nameMix2(150, ana, 0), nameMix2(151, ana, ref.lemma), nameMix2(152, uint32(ref.form), ref.lemma),
		nameMix2(153, ana, before<<1|after), nameMix2(154, ana, uint32(ref.role)), nameMix2(155, ana, near(ref.sentence)),
		nameMix2(156, uint32(ref.class&0xfff), uint32(ref.form)), nameMix2(157, ana, size), nameMix2(158, ana, seen<<2|before<<1|after),
		nameMix2(159, ana, uint32(len(r.cands))), nameMix2(160, r.governor, ana), nameMix2(161, ana, boolBit(ref.quote >= 0)),
		nameMix2(162, uint32(r.a.Tokens[ref.head].XTag), ana), nameMix2(163, ana, boolBit(ref.inside >= 0)),
		nameMix2(164, ref.lemma, seen), nameMix2(165, r.wordHash(ref.first), uint32(ref.role)))
}
