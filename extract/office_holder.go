package extract

import (
	"strings"

	"kith"
)

// Offices come before elections, which look up what office somebody holds.
func init() {
	readers = append(readers, (*reader).offices, (*reader).elections, (*reader).posts, (*reader).sayings)
}

// held is an office with who held it and how the text says so.
type held struct {
	office
	holders []party
	trigger int  // token whose clause says when and how certainly
	title   bool // a title or an apposition: taken for granted
	name    bool // a title before the name
	verb    string
}

// offices adds the claims of sentence i about who held which office.
func (r *reader) offices(i int) {
	s := r.a.Sentences[i]
	var all []held
	var open *office // an office without a holder, whose title may be shared
	for t := s.First; t < s.Last; t++ {
		o, ok := r.office(t)
		if !ok {
			continue
		}
		h := r.holders(o, s, all)
		if len(h.holders) == 0 {
			kept := o // o itself stays off the heap
			open = &kept
			continue
		}
		if open != nil && h.title && open.last+1 == o.first && strings.EqualFold(r.a.Word(open.last), "and") && !open.plural && (open.first == s.First || r.tag(open.first-1) != kith.DET) {
			all = append(all, held{office: *open, holders: h.holders, trigger: open.head, title: true, name: true})
		}
		open = nil
		all = append(all, h)
	}
	for k := range all {
		end := s.Last
		if k+1 < len(all) {
			end = all[k+1].first
		}
		r.holdOffice(all[k], s, end)
	}
}

// holders finds who held the office: the name behind a title, the other half
// of an apposition, the subject of "is", "became" or "served as", the owner of
// a tenure, or the holder of the office beside it.
func (r *reader) holders(o office, s kith.Sentence, before []held) held {
	h := held{office: o, trigger: o.head}
	if r.wanted(o, s) {
		return h
	}
	if ps := r.titleOf(o, s); len(ps) > 0 {
		h.holders, h.title, h.name = ps, true, true
		return h
	}
	if o.titleOnly {
		return h
	}
	if ps, verb, at := r.participle(o, s); len(ps) > 0 {
		h.holders, h.verb, h.trigger = ps, verb, at
		return h
	}
	if ps, verb := r.predicative(o.head, 0); len(ps) > 0 {
		h.holders, h.verb = ps, verb
		if verb == "" && (!o.plural && len(ps) > 1 || r.standsAlone(o) || o.last < s.Last && (r.tag(o.last) == kith.VERB || r.tag(o.last) == kith.AUX) && r.head(o.head) < o.head) {
			h.holders = nil
		}
		h.title = verb == ""
		if len(h.holders) > 0 {
			return h
		}
	}
	if ps, verb, at := r.spoken(o, s); len(ps) == 1 || len(ps) > 0 && (verb != "" || o.plural) {
		h.holders, h.verb, h.trigger = ps, verb, at
		if h.title = at < 0; h.title {
			h.trigger = o.head
		}
		return h
	}
	if ps := r.heldBefore(o, before); len(ps) > 0 {
		h.holders, h.verb = ps, "be"
		return h
	}
	if len(before) > 0 && (o.plural || len(before[len(before)-1].holders) == 1 || before[len(before)-1].verb != "") && r.continues(o, before[len(before)-1]) {
		last := before[len(before)-1]
		h.holders, h.verb, h.title = last.holders, last.verb, last.title
	}
	return h
}

// wanted reports whether the office is what somebody runs for: "candidate for
// mayor".
func (r *reader) wanted(o office, s kith.Sentence) bool {
	j := r.skipLeft(o.first-1, s)
	return j > s.First && strings.EqualFold(r.a.Word(j), "for") && len(r.titleOf(o, s)) == 0
}

// spoken finds the holder by the words before the office, where the tree has
// not: "became OFFICE", "was an OFFICE", "served as OFFICE", "her tenure as
// OFFICE". The token is the verb or noun that says so.
func (r *reader) spoken(o office, s kith.Sentence) (who []party, verb string, at int) {
	j := r.skipLeft(o.first-1, s)
	if j < s.First {
		return nil, "", -1
	}
	if strings.EqualFold(r.a.Word(j), "as") {
		return r.spokenAs(j-1, s)
	}
	lemma := r.lowLemma(j)
	switch {
	case r.tag(j) == kith.AUX && lemma == "be", in(becomingVerbs, lemma):
		return r.subjectBefore(j), lemma, j
	case in(namingVerbs, lemma) && r.auxBefore(j):
		return r.subjectBefore(j), lemma, j
	case r.personName(j): // "the assembly elected Lee president"
		if v := r.a.Names[r.name[j]].First - 1; v >= s.First && in(namingVerbs, r.lowLemma(v)) && r.tag(v) == kith.VERB {
			return r.nameAt(j), r.lowLemma(v), v
		}
	case r.a.Word(j) == "," && o.first == j+1, r.a.Word(j) == "," && r.tag(o.first-1) == kith.DET:
		return r.beside(o, j-1, s), "", -1
	}
	return nil, "", -1
}

// beside is the person whose name stands right before the comma of an
// apposition, over a parenthesis: "Ann Lee (born 1950), mayor of Halden,".
func (r *reader) beside(o office, j int, s kith.Sentence) []party {
	if o.last < s.Last && r.tag(o.last) == kith.VERB || o.plural {
		return nil
	}
	if j >= s.First && r.a.Word(j) == ")" {
		for j > s.First && r.a.Word(j) != "(" {
			j--
		}
		j--
	}
	if j >= s.First && r.personName(j) {
		return r.nameAt(j)
	}
	return nil
}

// skipLeft passes over articles and adjectives to the left of an office.
func (r *reader) skipLeft(j int, s kith.Sentence) int {
	for j >= s.First && (r.tag(j) == kith.DET || r.tag(j) == kith.ADJ || r.xtag(j) == xPRPS && r.tag(j) == kith.PRON) && r.tag(j) != kith.VERB {
		j--
	}
	return j
}

// spokenAs reads what stands right before "as OFFICE".
func (r *reader) spokenAs(j int, s kith.Sentence) (who []party, verb string, at int) {
	if j >= s.First && strings.EqualFold(r.a.Word(j), "in") { // "sworn in as"
		j--
	}
	if j < s.First {
		return nil, "", -1
	}
	lemma := r.lowLemma(j)
	switch {
	case r.personName(j): // "replaced Lee as mayor"
		if v := r.a.Names[r.name[j]].First - 1; v >= s.First && (r.lowLemma(v) == "replace" || r.lowLemma(v) == "succeed") {
			return r.nameAt(j), "", -1
		}
	case in(tenureNouns, lemma) && r.tag(j) == kith.NOUN:
		return r.ownerOf(j, s), "be", j
	case in(servingVerbs, lemma), in(leavingVerbs, lemma), in(takingVerbs, lemma), in(comingVerbs, lemma) && r.auxBefore(j):
		if j > s.First && r.personName(j-1) { // "with Lee serving as"
			return r.nameAt(j - 1), lemma, j
		}
		who = r.persons(r.parties(max(r.surfaceSubject(j, 0), 0)))
		if r.surfaceSubject(j, 0) < 0 || len(who) == 0 {
			who = r.subjectBefore(j)
		}
		if len(who) == 0 {
			who = r.who(r.surfaceSubject(j, 0), 0)
		}
		if len(who) == 0 && r.relativeBefore(j, s) {
			who = r.topic(s)
		}
		return who, lemma, j
	}
	return nil, "", -1
}

// relativeBefore reports whether "who" opens the clause of the verb at j.
func (r *reader) relativeBefore(j int, s kith.Sentence) bool {
	for k := j - 1; k >= s.First && j-k < 5; k-- {
		if strings.EqualFold(r.a.Word(k), "who") {
			return true
		}
	}
	return false
}

// topic is the person with whose name the sentence opens: "Ann Lee is a
// politician who …".
func (r *reader) topic(s kith.Sentence) []party {
	if r.personName(s.First) {
		return r.nameAt(s.First)
	}
	return nil
}

// participle reads a participle right behind its subject's name: "with Lee
// serving as mayor", which trees often hang elsewhere.
func (r *reader) participle(o office, s kith.Sentence) (who []party, verb string, at int) {
	j := r.skipLeft(o.first-1, s)
	if j-2 < s.First || !strings.EqualFold(r.a.Word(j), "as") || !r.personName(j-2) {
		return nil, "", -1
	}
	if lemma := r.lowLemma(j - 1); in(servingVerbs, lemma) {
		return r.nameAt(j - 2), lemma, j - 1
	}
	return nil, "", -1
}

// heldBefore is the holder of the office that a relative clause goes on about:
// "Lee, the senator who was once mayor".
func (r *reader) heldBefore(o office, before []held) []party {
	if r.child(o.head, kith.Cop) < 0 || len(before) == 0 {
		return nil
	}
	t := r.surfaceSubject(o.head, 0)
	if t < 0 || !r.relative(t) {
		return nil
	}
	v := r.clauseOf(t)
	if v < 0 {
		return nil
	}
	for _, h := range before {
		if a := r.head(v); a >= h.first && a < h.last {
			return h.holders
		}
	}
	return nil
}

// standsAlone reports whether an apposition is too bare to name an office
// anew: "the secretary".
func (r *reader) standsAlone(o office) bool { return o.bond == bound && !o.qualified }

// titleOf lists the persons whose names follow the office as its title.
func (r *reader) titleOf(o office, s kith.Sentence) []party {
	if o.head+1 >= s.Last || strings.EqualFold(r.a.Word(o.head), "deputy") {
		return nil
	}
	if m := r.mentionOver(o.head); m >= 0 && r.a.Mentions[m].Type == kith.Person && r.a.Mentions[m].Kind == kith.NameMention && r.a.Mentions[m].Last > o.head+1 {
		return []party{r.known(m, r.a.Mentions[m].Head, 0)}
	}
	at := o.head + 1
	if o.last > at && o.last < s.Last && o.hasObject { // "Deputy Secretary of State Antony Blinken", "President of Poland Lech Kaczyński"
		at = o.last
	}
	if o.status == "elect" {
		at = o.last
	}
	for _, t := range []int{at, o.last, o.head + 1} {
		if t >= s.Last || !r.personName(t) || r.a.Names[r.name[t]].First != t && r.a.Names[r.name[t]].First > o.head {
			continue
		}
		ps := r.nameAt(t)
		if o.plural {
			return r.withConjuncts(ps, t, s)
		}
		return ps
	}
	return nil
}

// mentionOver is the name mention that holds token i, or -1.
func (r *reader) mentionOver(i int) int {
	if n := r.name[i]; n >= 0 {
		for t := r.a.Names[n].First; t < r.a.Names[n].Last; t++ {
			if m := r.mention[t]; m >= 0 && r.a.Mentions[m].First <= i && r.a.Mentions[m].Last > i {
				return int(m)
			}
		}
	}
	return -1
}

// nameAt lists the party of the person's name that stands at token t.
func (r *reader) nameAt(t int) []party {
	n := r.a.Names[r.name[t]]
	for k := n.Last - 1; k >= n.First; k-- {
		if m := r.mention[k]; m >= 0 && r.a.Mentions[m].Kind == kith.NameMention && r.a.Mentions[m].Type == kith.Person {
			return []party{r.known(int(m), k, 0)}
		}
	}
	return nil
}

// withConjuncts adds the names that a plural title shares: "Senators A, B and
// C".
func (r *reader) withConjuncts(ps []party, t int, s kith.Sentence) []party {
	for k := r.a.Names[r.name[t]].Last; k < s.Last; {
		switch w := r.a.Word(k); {
		case w == "," || strings.EqualFold(w, "and"):
			k++
		case r.personName(k) && !r.isHead(k):
			ps = append(ps, r.nameAt(k)...)
			k = r.a.Names[r.name[k]].Last
		default:
			return ps
		}
	}
	return ps
}

var (
	tenureNouns = words(`tenure term time position role job stint year years days service career post appointment return rise election
		work reign period spell ascent elevation turn decade experience candidacy-as debut record life month place duty
		confirmation reelection re-election second first inauguration`)
	takingVerbs  = words(`take assume enter leave hold win resign retire step quit exit start begin finish end`)
	leavingVerbs = words(`resign retire quit step leave remove oust dismiss fire sack depose depart exit impeach`)
	comingVerbs  = words(`become swear appoint name elect install inaugurate confirm nominate choose select pick promote reelect re-elect take assume
		crown anoint start begin join elevate`)
	// partingVerbs and joiningVerbs end and begin states that are no offices.
	partingVerbs = words(`defect divest divorce part sell separate split withdraw`)
	joiningVerbs = words(`acquire buy employ enlist enrol enroll enter hire land marry move poach purchase recruit register rehire rejoin relocate
		settle sign tap wed`)
)

// predicative finds the holder of an office by grammar, and the verb that says
// so; "" for an apposition.
func (r *reader) predicative(n, depth int) ([]party, string) {
	if depth > 3 {
		return nil, ""
	}
	if r.child(n, kith.Cop) >= 0 {
		return r.who(r.surfaceSubject(n, 0), depth), "be"
	}
	h := r.head(n)
	if c := r.child(n, kith.Appos); c >= 0 && r.personName(c) {
		return r.persons(r.parties(c)), ""
	}
	if c := r.child(n, kith.Flat); c >= 0 && r.personName(c) {
		return r.persons(r.parties(c)), ""
	}
	if h < 0 {
		return nil, ""
	}
	switch r.rel(n) {
	case kith.Appos, kith.Compound, kith.NmodDesc, kith.Flat, kith.NmodUnmarked:
		if j := r.skipLeft(n-1, r.a.Sentences[r.a.SentenceOf(n)]); j > 0 && r.a.Word(j) == "," && r.personName(j-1) && h < n {
			return r.nameAt(j - 1), "" // of "Lee and Cruz, the senator" the nearer
		}
		if r.nounish(h) && !r.isHead(h) {
			return r.named1(h), ""
		}
	case kith.Obl, kith.Nmod, kith.Advcl, kith.Acl:
		if r.as(n) {
			return r.asOffice(n, h, depth)
		}
		if r.rel(n) == kith.Acl || r.rel(n) == kith.Obl && r.cased(n, "of") && r.lemma(h) == "become" {
			return nil, ""
		}
	case kith.Xcomp, kith.Obj, kith.Ccomp:
		return r.complement(n, h, depth)
	}
	return nil, ""
}

// named1 is the party of the name or pronoun that an apposition describes.
func (r *reader) named1(h int) []party {
	var out []party
	for _, p := range r.persons(r.party(nil, h, 0)) {
		if !p.unnamed {
			out = append(out, p)
		}
	}
	return out
}

func (r *reader) persons(ps []party) []party {
	var out []party
	for _, p := range ps {
		if p.ref.Type == kith.Person && !p.unnamed && !titleName(p.ref.Name) {
			out = append(out, p)
		}
	}
	return out
}

// titleName reports whether a name ends in the noun of an office: a title that
// was taken for a name.
func titleName(name string) bool {
	return in(titleNouns, strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:]))
}

var titleNouns = words("senator secretary commissioner minister governor president representative congressman congresswoman ambassador chairman")

// as reports whether "as" introduces the phrase.
func (r *reader) as(n int) bool { return r.cased(n, "as") }

func (r *reader) cased(n int, word string) bool {
	for c := r.first[n]; c >= 0; c = r.next[c] {
		if (r.rel(int(c)) == kith.Case || r.rel(int(c)) == kith.Mark) && strings.EqualFold(r.a.Word(int(c)), word) {
			return true
		}
	}
	return false
}

// asOffice reads what stands over "as OFFICE": a verb of serving or naming, or
// a noun of tenure.
func (r *reader) asOffice(n, h, depth int) ([]party, string) {
	lemma := r.lowLemma(h)
	if r.tag(h) == kith.VERB || r.tag(h) == kith.AUX {
		switch {
		case in(namingVerbs, lemma):
			if o := r.child(h, kith.Obj); o >= 0 && !r.passive(h) {
				return r.persons(r.parties(o)), lemma
			}
			return r.who(r.surfaceSubject(h, 0), depth), lemma
		case in(servingVerbs, lemma), in(takingVerbs, lemma), in(leavingVerbs, lemma), in(comingVerbs, lemma), lemma == "know", lemma == "make", lemma == "spend":
			return r.who(r.surfaceSubject(h, 0), depth), lemma
		case in(notHolding, lemma):
			return nil, ""
		}
		if r.passive(h) || r.child(h, kith.Obj) < 0 {
			return nil, ""
		}
		if o := r.child(h, kith.Obj); in(tenureNouns, r.lowLemma(o)) {
			if p := r.child(o, kith.NmodPoss); p >= 0 && r.xtag(p) != xPRPS {
				return r.who(p, depth), "be"
			}
			return r.who(r.surfaceSubject(h, 0), depth), "be"
		}
		return nil, ""
	}
	if in(tenureNouns, lemma) {
		if p := r.child(h, kith.NmodPoss); p >= 0 {
			return r.who(p, depth), "be"
		}
		if v := r.head(h); v >= 0 && r.tag(v) == kith.VERB {
			return r.who(r.surfaceSubject(v, 0), depth), "be"
		}
	}
	return nil, ""
}

// notHolding lists verbs whose "as OFFICE" says that somebody wants, replaces
// or describes it.
var notHolding = words(`replace succeed run campaign see describe portray regard view treat cast identify refer endorse support back
	dress pose think imagine consider`)

// complement reads "became OFFICE", "was elected OFFICE", "named her OFFICE".
func (r *reader) complement(n, v, depth int) ([]party, string) {
	lemma := r.lowLemma(v)
	switch {
	case r.tag(v) != kith.VERB && r.tag(v) != kith.AUX:
		return nil, ""
	case in(becomingVerbs, lemma):
		return r.who(r.surfaceSubject(v, 0), depth), lemma
	case in(namingVerbs, lemma):
		o := r.child(v, kith.Obj)
		if i := r.child(v, kith.Iobj); i >= 0 {
			o = i
		}
		if o >= 0 && o != n && !r.passive(v) {
			return r.persons(r.parties(o)), lemma
		}
		if r.passive(v) {
			return r.who(r.surfaceSubject(v, 0), depth), lemma
		}
	case lemma == "serve" && r.rel(n) == kith.Xcomp:
		return r.who(r.surfaceSubject(v, 0), depth), lemma
	}
	return nil, ""
}

// genericPersons are nouns that stand for the person of the clause around
// them: "the first woman to serve as".
var genericPersons = words(`woman man person politician member american african-american democrat republican people leader candidate
	individual figure native one immigrant catholic muslim jew latina latino mother`)

// who resolves a token to named persons; a generic noun stands for whom its
// own clause is about.
func (r *reader) who(t, depth int) []party {
	if t < 0 {
		return nil
	}
	if ps := r.persons(r.parties(t)); len(ps) > 0 {
		return ps
	}
	if !in(genericPersons, r.lowLemma(t)) && r.lemma(t) != "first" {
		return nil
	}
	if ps, _ := r.predicative(t, depth+1); len(ps) > 0 {
		return ps
	}
	if h := r.head(t); h >= 0 && r.as(t) && (r.tag(h) == kith.VERB || r.tag(h) == kith.AUX) {
		return r.persons(r.parties(max(r.surfaceSubject(h, 0), 0)))
	}
	if h := r.head(t); h >= 0 && r.rel(t) == kith.Obj && r.tag(h) == kith.VERB {
		return nil
	}
	return nil
}

// continues reports whether an office continues a list that the one before it
// began: "served as A and B from … to …, C from …".
func (r *reader) continues(o office, last held) bool {
	if last.verb == "" && !last.title {
		return false
	}
	if rel := r.rel(o.head); rel == kith.Nsubj || rel == kith.NsubjPass || o.first-last.last > 16 {
		return false
	}
	j := o.first - 1
	for j > last.last && (r.tag(j) == kith.DET || r.tag(j) == kith.ADJ || r.tag(j) == kith.ADV) {
		j--
	}
	switch w := r.a.Word(j); {
	case w == "," || w == ";" || w == ")" || strings.EqualFold(w, "and") || strings.EqualFold(w, "as"):
		return r.onlyDates(last.last, o.first)
	}
	return false
}

// onlyDates reports whether nothing but dates, names of bodies, articles and
// commas stands between two offices of a list.
func (r *reader) onlyDates(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tag(i) == kith.VERB || r.tag(i) == kith.AUX || r.tag(i) == kith.PRON || r.personName(i) {
			return false
		}
	}
	return true
}
