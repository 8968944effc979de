package text

import (
	"context"
	"math"
	"strings"

	"kith"
)

// cluster is the mentions of one thing, as far as they have been read.
type cluster struct {
	kinds   kith.EntityType
	class   NounClass
	sex     refSex
	number  refNumber
	size    int
	last    int // newest mention
	first   int // oldest
	named   bool
	person  int32 // index into persons, -1 for none
	thing   int32 // index into allThings, -1 for none
	heads   [4]uint32
	headed  int
	gold    int32   // chain in the corpus, in training
	weight  float32 // salience: mentions, fading from sentence to sentence
	weighed int     // sentence in which weight was true
	subject int     // sentence in which it was last a subject, -1 for never
	main    int     // sentence in which it was last the subject of the main clause
	clause  int     // clause of which it was last the subject
	stamp   int     // last anaphor for which it was a candidate
}

// resolver joins the mentions of one document into clusters, from left to
// right.
type resolver struct {
	a        *kith.Analysis
	lex      *lexicon
	finder   mentionFinder
	model    *corefModel
	refs     []ref
	clusters []cluster

	parsed   []personName
	parsedAt []int32 // for each mention its place in parsed, or -1
	personOf []int32 // for each mention its person, or -1
	persons  []person
	byFamily chainTable
	// generations: whether the text tells of them; 0 not looked, 1 no, 2 yes
	generations int8

	givens     *chainTable // persons by first name
	givenOwner []int32

	thingOf   []int32
	allThings []thing
	stands    []int32 // thing that each thing stands for
	byKey     chainTable
	thingAt   []int32

	byHead   []headSlot // newest cluster for each head noun
	speakers []int32    // mention of the speaker of each quotation, or -1
	cands    []candidate
	rivals   int      // candidates that are people
	governor uint32   // of the mention that is ranked: the hash of its governor
	clause   int      // and the head of its clause
	hashes   []uint32 // by token; see wordHash
	learn    *corefLearner
	choice   *pronounChoice

	next    []int32 // next mention of the same cluster, -1 for none
	also    [][]int // clusters that a plural mention means
	split   []bool  // clusters that are nothing but several others
	weights []float32
	tallied []int
}

// pronounChoice narrows one pronoun to a few mentions, by the tokens that head
// them.
type pronounChoice struct {
	pronoun int
	among   []int
}

// candidate is a cluster that a mention may join, with its newest mention.
type candidate struct {
	cluster  int // -1: something new
	mention  int
	features []uint32
	score    float32
	place    uint32 // how many candidates are nearer
	foremost bool   // the most salient of them
}

type headSlot struct {
	lemma   uint32
	cluster int32
}

func newResolver(a *kith.Analysis, lex *lexicon, model *corefModel) *resolver {
	r := &resolver{}
	r.begin(a, lex, model)
	return r
}

// begin finds the mentions of a document. It keeps of the document before only
// the memory.
func (r *resolver) begin(a *kith.Analysis, lex *lexicon, model *corefModel) {
	r.reset(a, lex, model)
	r.refs = r.finder.find()
	n := len(r.refs)
	r.parsedAt, r.personOf, r.thingOf = nones(r.parsedAt, n), nones(r.personOf, n), nones(r.thingOf, n)
	r.byFamily.reset(n)
	r.byKey.reset(2 * n)
	r.people()
	r.stands = resized(r.stands, n+1)
	for i := range r.stands {
		r.stands[i] = int32(i)
	}
	r.things()
	size := 64
	for size < n {
		size *= 2
	}
	r.byHead = zeros(r.byHead, size)
	r.findSpeakers()
}

func (r *resolver) reset(a *kith.Analysis, lex *lexicon, model *corefModel) {
	old := *r
	*r = resolver{a: a, lex: lex, model: model,
		clusters: old.clusters[:0], parsed: old.parsed[:0], parsedAt: old.parsedAt, personOf: old.personOf, persons: old.persons[:0],
		byFamily: old.byFamily, givenOwner: old.givenOwner[:0], thingOf: old.thingOf, allThings: old.allThings[:0], stands: old.stands,
		byKey: old.byKey, thingAt: old.thingAt[:0], byHead: old.byHead, speakers: old.speakers, cands: old.cands[:0],
		next: old.next, also: old.also, split: old.split, tallied: old.tallied[:0]}
	r.hashes = zeros(old.hashes, len(a.Tokens))
	r.finder = old.finder
	r.finder.begin(a, lex)
}

// zeros is a slice of n zeros, in the memory of s where it suffices.
func zeros[T any](s []T, n int) []T {
	s = resized(s, n)
	clear(s)
	return s
}

// nones is a slice of n times -1, in the memory of s where it suffices.
func nones(s []int32, n int) []int32 {
	s = resized(s, n)
	for i := range s {
		s[i] = -1
	}
	return s
}

// run resolves all mentions.
func (r *resolver) run(ctx context.Context) error {
	for m := range r.refs {
		if m%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.resolve(m)
	}
	r.linkMentions()
	r.plurals()
	return nil
}

// linkMentions links the mentions of each cluster in order.
func (r *resolver) linkMentions() {
	r.next = resized(r.next, len(r.refs))
	newest := make([]int32, len(r.clusters))
	for c := range newest {
		newest[c] = -1
	}
	for m := range r.refs {
		r.next[m] = -1
		c := r.refs[m].cluster
		if p := newest[c]; p >= 0 {
			r.next[p] = int32(m)
		} else {
			r.clusters[c].first = m
		}
		newest[c] = int32(m)
		r.clusters[c].last = m
	}
}

func (r *resolver) resolve(m int) {
	switch ref := &r.refs[m]; {
	case ref.cluster >= 0: // a pronoun looked ahead to it
	case ref.kind == refName:
		r.resolveName(m)
	case r.resolveApposition(m):
	case r.resolveKin(m):
	case r.resolveAhead(m):
	case r.resolveThis(m):
	default:
		r.rank(m)
	}
}

// join adds a mention to a cluster, a new one where c is -1.
func (r *resolver) add(m, c int) int {
	ref := &r.refs[m]
	if c < 0 {
		c = len(r.clusters)
		r.clusters = append(r.clusters, cluster{first: m, person: -1, thing: -1, gold: -1, stamp: -1, subject: -99, main: -99, clause: -1})
	}
	ref.cluster = c
	k := &r.clusters[c]
	k.weight = k.weightAt(ref.sentence) + roleWeight(ref)
	k.weighed = ref.sentence
	k.size++
	k.last = m
	if ref.role == roleSubject {
		k.subject, k.clause = ref.sentence, r.clauseOf(ref.head)
		if r.a.Tokens[k.clause].Rel == kith.Root {
			k.main = ref.sentence
		}
	}
	if ref.kinds != "" && (k.kinds == "" || ref.kind == refName && !k.named) {
		k.kinds = ref.kinds
	}
	k.class |= ref.class
	if k.sex == sexUnknown || k.sex == sexNone && ref.sex != sexUnknown {
		k.sex = ref.sex
	}
	if k.number == numberUnknown {
		k.number = ref.number
	}
	k.named = k.named || ref.kind == refName
	if ref.kind != refPronoun {
		r.addHead(k, c, ref.lemma)
	}
	if ref.kind == refName && ref.kinds == kith.Person {
		r.addTitles(ref, k, c)
	}
	if r.learn != nil {
		r.learn.joined(r, m, k)
	}
	return c
}

// addTitles notes the offices before a name, by which its owner may be called
// later: "Gov. Hale" is "the governor".
func (r *resolver) addTitles(ref *ref, k *cluster, c int) {
	for i := max(ref.first-2, 0); i < r.a.Names[ref.name].First; i++ {
		if office := officeTitle(strings.ToLower(strings.TrimSuffix(r.a.Word(i), "."))); office != "" {
			r.addHead(k, c, hashWord(office))
		}
	}
}

// officeTitle is the office that a title before a name means, "" for others, and
// for those of which there are several ("vice president", "foreign minister").
func officeTitle(lower string) string {
	switch lower {
	case "gov", "governor":
		return "governor"
	case "sen", "senator":
		return "senator"
	case "rep", "representative":
		return "representative"
	case "prof", "professor":
		return "professor"
	case "mayor", "judge", "congressman", "congresswoman", "ambassador", "chancellor", "premier", "treasurer",
		"auditor", "sheriff", "commissioner", "justice", "councilman", "councilwoman", "alderman", "alderwoman", "archbishop", "bishop":
		return lower
	}
	return ""
}

func (r *resolver) addHead(k *cluster, c int, lemma uint32) {
	slot := &r.byHead[(lemma*0x9e3779b1)>>8&uint32(len(r.byHead)-1)]
	*slot = headSlot{lemma, int32(c)}
	for i := range min(k.headed, len(k.heads)) {
		if k.heads[i] == lemma {
			return
		}
	}
	k.heads[k.headed%len(k.heads)] = lemma
	k.headed++
}

func (k *cluster) hasHead(lemma uint32) bool {
	for i := range min(k.headed, len(k.heads)) {
		if k.heads[i] == lemma {
			return true
		}
	}
	return false
}

// weightAt is the salience at a sentence: it halves every two sentences.
func (k *cluster) weightAt(sentence int) float32 {
	gap := sentence - k.weighed
	switch {
	case gap > 40:
		return 0
	case gap < 0: // a name that a choice looked ahead to
		return k.weight * float32(math.Pow(.7, float64(gap)))
	}
	return k.weight * fades[gap]
}

// fades are the powers of .7.
var fades = func() (list [41]float32) {
	for gap := range list {
		list[gap] = float32(math.Pow(.7, float64(gap)))
	}
	return list
}()

func roleWeight(ref *ref) float32 {
	switch ref.role {
	case roleSubject:
		return 1.5
	case roleObject, roleAppos:
		return 1
	case rolePossessor, roleModifier:
		return .7
	}
	return .8
}

// resolveName joins a name to the person or thing that it names.
func (r *resolver) resolveName(m int) {
	ref := &r.refs[m]
	if ref.kinds == kith.Person {
		r.resolvePerson(m)
		return
	}
	t := r.root(r.thingOf[m])
	c := r.allThings[t].cluster
	if c < 0 {
		c = r.apposedTo(m)
	}
	c = r.add(m, c)
	r.allThings[t].cluster, r.clusters[c].thing = c, t
}

func (r *resolver) resolvePerson(m int) {
	p := &r.parsed[r.parsedAt[m]]
	who := r.personOf[m]
	if who < 0 {
		who = r.bareName(m, p)
		r.personOf[m] = who
	}
	c := -1
	if who >= 0 {
		c = r.persons[who].cluster
		r.refs[m].sex = p.sex
	}
	if c < 0 {
		c = r.apposedTo(m)
	}
	c = r.add(m, c)
	if who < 0 {
		who = r.namelessPerson(p)
	}
	r.persons[who].cluster = c
	k := &r.clusters[c]
	k.person, k.kinds = who, kith.Person
	if k.sex == sexUnknown {
		k.sex = r.persons[who].sex
	}
	if r.persons[who].sex == sexUnknown {
		r.persons[who].sex = k.sex
	}
}

// namelessPerson makes a person of a name of one part that fits nobody.
func (r *resolver) namelessPerson(p *personName) int32 {
	r.persons = append(r.persons, person{family: p.familyHash, short: p.familyShort, suffix: p.suffix, sex: p.sex, cluster: -1, first: p.mention})
	r.byFamily.add(p.familyShort)
	return int32(len(r.persons) - 1)
}

// bareName finds whom a name of one part means: by the last name, else by the
// first name. Among several of one last name it is the most salient so far
// whose sex agrees; persons yet to be introduced count where nobody has been.
// Prose that calls one by the last name calls the others by the first.
func (r *resolver) bareName(m int, p *personName) int32 {
	sentence := r.refs[m].sentence
	best, bestWeight := int32(-1), float32(-1)
	tries := 0
	for i := r.byFamily.first(p.familyShort); i >= 0 && tries < maxNamesakes; i = r.byFamily.next(i) {
		tries++
		who := &r.persons[i]
		if who.sex != sexUnknown && p.sex != sexUnknown && who.sex != p.sex {
			continue
		}
		if who.cluster < 0 && r.refs[who.first].sentence == sentence && who.first > m {
			continue // nobody is called in short right before the full name
		}
		if p.suffix != "" && who.suffix != "" && who.suffix != p.suffix {
			continue // "Callahan Jr." is not the senior
		}
		weight := float32(0)
		if who.cluster >= 0 {
			k := &r.clusters[who.cluster]
			weight = 1 + k.weightAt(sentence) + .1*float32(min(k.size, 20))
		}
		if r.firstNamed(who) {
			weight += .5
		}
		weight += .8*float32(min(who.bare, 3)) - .8*float32(min(who.called, 2))
		if weight >= bestWeight { // of equals the one named first
			best, bestWeight = int32(i), weight
		}
	}
	if best >= 0 {
		r.persons[best].bare++
		return best
	}
	if best = r.byGiven(p); best >= 0 {
		r.persons[best].called++
	}
	return best
}

// firstNamed reports whether a person is the first of the last name whom the
// document names: news prose calls others of the name in full.
func (r *resolver) firstNamed(who *person) bool {
	if who.cluster < 0 {
		return false
	}
	for i := r.byFamily.first(who.short); i >= 0; i = r.byFamily.next(i) {
		if r.persons[i].cluster >= 0 && r.persons[i].first < who.first {
			return false
		}
	}
	return true
}

// byGiven finds the one person of that first name, -1 where there is none or
// more than one.
func (r *resolver) byGiven(p *personName) int32 {
	if r.givens == nil {
		r.indexGivens()
	}
	found := int32(-1)
	for i := r.givens.first(p.familyShort); i >= 0; i = r.givens.next(i) {
		who := r.givenOwner[i]
		if found >= 0 && who != found {
			return -1
		}
		found = who
	}
	if found >= 0 && p.sex != sexUnknown && r.persons[found].sex != sexUnknown && p.sex != r.persons[found].sex {
		return -1
	}
	return found
}

// indexGivens indexes the persons with a full name by their first names.
func (r *resolver) indexGivens() {
	table := newChainTable(2 * len(r.persons))
	for i := range r.persons {
		for _, g := range r.persons[i].givens {
			table.add(phraseHash(0, g))
			r.givenOwner = append(r.givenOwner, int32(i))
		}
	}
	r.givens = &table
}

// apposedTo returns the cluster of the description that a name stands beside:
// "her husband, Tom Lindqvist", "the party leader, Ana Reyes"; -1 for none.
func (r *resolver) apposedTo(m int) int {
	other := r.appositive(m)
	if other < 0 {
		other = r.namedNoun(m)
	}
	if other < 0 {
		other = r.betweenCommas(m)
	}
	if other < 0 || other >= m {
		return -1
	}
	o := &r.refs[other]
	if o.cluster < 0 || r.clusters[o.cluster].named || r.otherwise(o) {
		return -1
	}
	return o.cluster
}

// otherwise reports whether the cluster of a relative ("his sister") was
// described in other words before: a name beside the relative is not theirs.
func (r *resolver) otherwise(o *ref) bool {
	if o.form != formPossessive {
		return false
	}
	for m := range r.refs {
		other := &r.refs[m]
		if other == o {
			break
		}
		if other.cluster == o.cluster && other.kind == refNominal && other.lemma != o.lemma {
			return true
		}
	}
	return false
}

// betweenCommas finds the definite description before a name that stands
// between commas, where the tree shows no apposition: "The mayor, Ana Reyes,".
// A list ("the mayor, Ana Reyes, and the clerk") is none.
func (r *resolver) betweenCommas(m int) int {
	n := r.a.Names[r.refs[m].name]
	if n.Last+1 >= len(r.a.Tokens) || r.a.Word(n.Last) != "," || r.a.Tokens[n.Last+1].Tag == kith.CCONJ {
		return -1
	}
	comma := r.commaBefore(n.First)
	if comma < 1 {
		return -1
	}
	for j := m - 1; j >= max(0, m-3); j-- {
		o := &r.refs[j]
		if o.last == comma && o.kind == refNominal && (o.form == formDefinite || o.form == formPossessive) &&
			o.sentence == r.refs[m].sentence && r.canBeOne(&r.refs[m], o) {
			return j
		}
	}
	return -1
}

// commaBefore finds the comma in front of a name and its title ("her husband,
// former Governor Tom Reyes"; "her husband, the painter Tom Reyes"), or -1.
func (r *resolver) commaBefore(first int) int {
	for i := first - 1; i > 0 && i >= first-6; i-- {
		switch t := &r.a.Tokens[i]; {
		case r.a.Word(i) == ",":
			return i
		case t.Tag == kith.ADJ || t.Tag == kith.NOUN || t.Tag == kith.PROPN || t.Tag == kith.DET:
		default:
			return -1
		}
	}
	return -1
}

// namedNoun finds the description that "named" or "called" ties to a name: "a
// company called Harbor Nine".
func (r *resolver) namedNoun(m int) int {
	n := r.a.Names[r.refs[m].name]
	at := n.First - 1
	for at > 0 && r.a.Tokens[at].Tag == kith.PUNCT {
		at--
	}
	if at <= 0 || !namingWord(r.a.Word(at)) {
		return -1
	}
	for i := at - 1; i >= max(0, at-3); i-- {
		if other := r.finder.refAt[i]; other >= 0 && int(other) < m && r.refs[other].kind == refNominal {
			if r.refs[other].kinds == r.refs[m].kinds {
				return int(other)
			}
			return -1
		}
	}
	return -1
}

// resolveApposition joins a description to the name that it stands beside.
func (r *resolver) resolveApposition(m int) bool {
	if r.refs[m].kind != refNominal {
		return false
	}
	other := r.appositive(m)
	if other < 0 || other > m || r.refs[other].cluster < 0 {
		return false
	}
	r.add(m, r.refs[other].cluster)
	return true
}

// resolveThis joins "this company" and "these dinners" to the nearest cluster
// before with the same noun, or else to the nearest of its type and number in
// the sentence before.
func (r *resolver) resolveThis(m int) bool {
	ref := &r.refs[m]
	if ref.kind != refNominal || ref.form != formDemonstrative || ref.kinds == "" {
		return false
	}
	for j := m - 1; j >= max(0, m-windowMentions) && ref.sentence-r.refs[j].sentence <= 5; j-- {
		other := &r.refs[j]
		if other.kind == refNominal && other.lemma == ref.lemma && other.number == ref.number && other.last <= ref.first {
			r.add(m, other.cluster)
			return true
		}
	}
	for j := m - 1; j >= max(0, m-windowMentions) && ref.sentence-r.refs[j].sentence <= 1; j-- {
		other := &r.refs[j]
		if other.kind != refPronoun && other.kinds == ref.kinds && other.number == ref.number && other.sentence < ref.sentence &&
			!conflictingSex(ref.sex, other.sex) {
			r.add(m, other.cluster)
			return true
		}
	}
	return false
}

// appositive finds the mention that the tree sets in apposition to m, before
// or after it, if the two can be one.
func (r *resolver) appositive(m int) int {
	ref := &r.refs[m]
	t := &r.a.Tokens[ref.head]
	if t.Rel == kith.Appos && t.Head >= 0 {
		if other := r.finder.refAt[t.Head]; other >= 0 && r.canBeOne(ref, &r.refs[other]) {
			return int(other)
		}
	}
	return -1
}

// canBeOne reports whether a name and a description beside it can be one.
func (r *resolver) canBeOne(a, b *ref) bool {
	if a.kind == refPronoun || b.kind == refPronoun || a.kind == refName && b.kind == refName {
		return false
	}
	if a.number == numberMany && b.number == numberOne || a.number == numberOne && b.number == numberMany {
		return false
	}
	if a.sex != sexUnknown && b.sex != sexUnknown && a.sex != b.sex {
		return false
	}
	return sameKind(a.kinds, b.kinds) && a.kinds == b.kinds
}

// sameKind reports whether two types may be types of one thing.
func sameKind(a, b kith.EntityType) bool {
	if a == b || a == "" || b == "" {
		return true
	}
	people := func(t kith.EntityType) bool { return t == kith.Organization || t == kith.Group }
	bodies := func(t kith.EntityType) bool { return t == kith.Organization || t == kith.Place }
	return people(a) && people(b) || bodies(a) && bodies(b)
}
