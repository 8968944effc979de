package extract

import (
	"slices"
	"sort"
	"strings"

	"kith"
	"kith/ontology"
)

// adjFrame gathers the arguments of an adjective: what it is said of, and its
// phrases.
func (r *reader) adjFrame(i int) frame {
	f := frame{head: i, args: r.args[:0]}
	switch {
	case r.rel(i) == kith.Amod:
		f.add(rSubj, "", r.head(i), 0)
	case r.rel(i) == kith.Case || r.rel(i) == kith.Mark: // "like her predecessor", not "critics like her"
		if i > 0 && !r.isName(i-1) && (r.xtag(i-1) == xNNS || r.a.Word(i-1) == "," && r.rel(r.head(i)) == kith.Nmod) {
			break
		}
		f.add(rObj, "", r.head(i), 0)
		if h := r.head(i); h >= 0 {
			f.add(rSubj, "", r.besides(h), 0)
		}
	default:
		f.add(rSubj, "", r.surfaceSubject(i, 0), 0)
		if r.rel(i) == kith.Acl && !f.has(rSubj) {
			f.add(rSubj, "", r.head(i), 0)
		}
	}
	r.preps(&f, i, 0)
	if o := r.child(i, kith.Obj); o >= 0 {
		f.add(rObj, "", o, 0)
	}
	return f
}

// besides finds what a phrase "like X" is set beside: the subject of its
// clause, or the noun that it hangs on.
func (r *reader) besides(i int) int {
	h := r.head(i)
	switch {
	case h < 0:
		return -1
	case r.rel(i) == kith.Nmod:
		return h
	}
	return r.surfaceSubject(h, 0)
}

// filled is an argument and the parties that it refers to.
type filled struct {
	arg     arg
	parties []party
}

// end returns the first of the slots that parties of an allowed kind fill.
func (r *reader) end(m *match, slots []slot, kinds []kith.EntityType, avoid int) filled {
	var out filled
	for _, s := range slots {
		allowed := kinds
		for _, k := range m.rule.kinds {
			if k.slot == s {
				allowed = k.kinds
			}
		}
		r.each(m, s, func(a arg) bool {
			if a.tok == avoid {
				return true
			}
			if a.role == rCompound && !r.ownable(a.tok) {
				return true
			}
			var ok []party
			if in(m.rule.through, r.lemma(a.tok)) {
				ok = r.through(m, a.tok, kinds)
			}
			if len(ok) == 0 {
				ok = r.admitted(m, a.tok, allowed)
			}
			if len(ok) == 0 {
				ok = r.through(m, a.tok, kinds)
			}
			if len(ok) == 0 {
				return true
			}
			if a.list { // each of a list is an argument of its own
				if len(out.parties) == 0 {
					out.arg = a
				}
				out.parties = append(out.parties, ok...)
				return true
			}
			out = filled{a, ok}
			return false
		})
		if len(out.parties) > 0 {
			return out
		}
	}
	return out
}

// ownable reports whether a word before a post's noun can be the body that has
// the post: a name, or a description that says whose; "a hedge fund manager"
// manages none in particular.
func (r *reader) ownable(i int) bool {
	if r.isName(i) || r.child(i, kith.NmodPoss) >= 0 || r.mention[i] >= 0 {
		return true
	}
	p, ok := r.described(i)
	return !ok || p.ref.Type != kith.Organization || r.lemma(i) != "fund" && r.lemma(i) != "company" && r.lemma(i) != "firm" && r.lemma(i) != "business"
}

// admitted lists the parties at a token that may stand at an end.
func (r *reader) admitted(m *match, tok int, allowed []kith.EntityType) []party {
	var ok []party
	if r.tag(tok) == kith.VERB { // "played a mentoring role as Lee rose"
		if s := r.child(tok, kith.Nsubj); s >= 0 && r.child(tok, kith.Mark) >= 0 {
			tok = s
		}
	}
	all := r.parties
	if tok == m.trigger || r.describes(m.trigger, tok) { // a noun that refers for itself: what is coordinated with it is somebody else
		all = func(i int) []party { return r.party(nil, i, 0) }
	}
	for _, p := range all(tok) {
		if p.unnamed && p.ref.Type != kith.EventType && slices.Contains(m.rule.predicate.NamedEnds, m.end) {
			continue
		}
		if p, good := r.admit(p, allowed, m.rule.predicate.PlacesAct); good && r.sayable(p, m) {
			ok = append(ok, p)
		}
	}
	return ok
}

// describes reports whether a noun is one person's description beside a name,
// which tells nothing of those named with him: "Lee, a lawyer, and Cruz".
func (r *reader) describes(n, name int) bool {
	if r.head(n) != name || r.xtag(n) == xNNS || r.xtag(n) == xNNPS || !r.isName(name) {
		return false
	}
	return r.rel(n) == kith.Appos || n < name && (r.rel(n) == kith.NmodDesc || r.rel(n) == kith.Compound || r.rel(n) == kith.Amod)
}

// through looks past a thing to whose it is: "endorsed her candidacy" endorses
// her.
func (r *reader) through(m *match, tok int, allowed []kith.EntityType) []party {
	list := m.rule.through
	if len(list.words) > 0 && r.tag(tok) == kith.PRON && (r.low(tok) == "that" || r.low(tok) == "those") { // "mirrors that of Cruz"
		if of := r.child(tok, kith.Nmod); of > tok && r.childLemma(of, "of") >= 0 {
			return r.admitted(m, of, allowed)
		}
	}
	if r.tag(tok) != kith.NOUN || !in(list, "*") && !in(list, r.lemma(tok)) {
		return nil
	}
	if in(list, "*") && m.end == "subject" && r.lex.person(r.lemma(tok)) {
		return nil // what her mother does, she does not
	}
	owner := r.child(tok, kith.NmodPoss)
	if owner < 0 {
		for c := r.first[tok]; c >= 0; c = r.next[c] {
			if (r.rel(int(c)) == kith.Nmod && slices.Contains(r.caseOf(int(c)), "of")) || r.rel(int(c)) == kith.Compound && r.isName(int(c)) {
				owner = int(c)
				break
			}
		}
	}
	if owner < 0 {
		return nil
	}
	return r.admitted(m, owner, allowed)
}

// sayable reports whether a party is named or described clearly enough to
// stand at an end of a claim.
func (r *reader) sayable(p party, m *match) bool {
	if !p.unnamed {
		return true
	}
	if m.rule.predicate.Takes == ontology.TakesValue || strings.HasPrefix(p.ref.Name, "whose ") {
		return false
	}
	if p.tok == m.trigger && p.ref.Type == kith.Group && m.rule.pattern.Kind == ontology.Person {
		return false // "her friends" are her friends
	}
	switch p.ref.Type {
	case kith.Place:
		return false
	case kith.Person, kith.Group:
		return p.ref.Type == kith.Group && !p.bare && r.modified(p) && !in(vagueNouns, strings.ToLower(p.ref.Name))
	case kith.Organization:
		return !p.bare && (p.tok < 0 || r.xtag(p.tok) != xNNS || r.lemma(p.tok) == "police" || r.modified(p) && r.child(p.tok, kith.Amod, kith.Compound, kith.Nmod, kith.NmodDesc, kith.NmodPoss, kith.Nummod) >= 0)
	}
	return true
}

// modified reports whether a description has words beyond its head and its
// article or pronoun.
func (r *reader) modified(p party) bool {
	for c := r.first[p.tok]; c >= 0; c = r.next[c] {
		switch r.rel(int(c)) {
		case kith.Amod, kith.Compound, kith.Nmod, kith.AclRelcl, kith.NmodDesc, kith.Acl:
			return true
		case kith.NmodPoss:
			return r.xtag(int(c)) != xPRPS
		}
	}
	return false
}

// fill makes candidates of a matched rule.
func (r *reader) fill(m *match) {
	p, u := m.rule.predicate, m.rule
	if p.Name == "succeeded" && r.proposed(m.trigger) {
		return // "called Lee her successor" names an heir
	}
	if p.Name == "appointed" && r.ranked(m, u) {
		return // "was named the most influential"
	}
	if p.Name == "communicated_with" && r.lemma(m.trigger) == "call" && r.callsNames(m.trigger) {
		return
	}
	m.end = "subject"
	subjects := r.end(m, u.subject, p.Subject, -1)
	m.end = "object"
	if len(subjects.parties) == 0 {
		return
	}
	c := candidate{predicate: p, pattern: u.pattern, order: u.order, trigger: m.trigger}
	if v := r.text(m, u.value); v != "" {
		c.value = v
	}
	objects := r.end(m, reciprocalFree(u.object), p.Object, subjects.arg.tok)
	m.end = ""
	r.rebind(&subjects, &objects)
	r.around(m, &c)
	if !r.meets(m, &c, &objects) {
		return
	}
	switch {
	case u.pattern.Name.Name != "":
		named := u.pattern.Name
		named.ID = kith.NewEntityID(r.a.Document.ID, named.Name, named.Type, 0)
		r.pairs(c, subjects, filled{arg{tok: -1}, []party{r.byName(named)}})
	case len(objects.parties) > 0:
		r.pairs(c, subjects, objects)
	case reciprocal(u.object) && len(subjects.parties) > 1 && !r.occupied(m, subjects.arg.tok):
		if p.Name == "sibling_of" && subjects.arg.tok == m.trigger && r.dual(m.trigger) {
			return // "the brothers" may be monks
		}
		r.reciprocal(c, subjects)
	case p.Takes != ontology.TakesObject && c.value != "":
		for _, s := range subjects.parties {
			c := c
			if kith.Fold(s.ref.Name) == kith.Fold(c.value) {
				continue
			}
			c.subject, c.far = s, int(subjects.arg.far)
			r.keep(c)
		}
	}
}

// ranked reports whether the post that somebody is named to is a place in a
// ranking or an honour.
func (r *reader) ranked(m *match, u *rule) bool {
	return like(r.text(m, u.value), honours)
}

var honours = words("most best greatest top finest richest sexiest person player coach mvp winner finalist champion valedictorian laureate")

// callsNames reports whether what follows a verb and its object says what the
// object is called: "calls her “the dean”", "called Lee a friend".
func (r *reader) callsNames(v int) bool {
	s := r.a.Sentences[r.a.SentenceOf(v)]
	k := v + 1
	if k >= s.Last {
		return false
	}
	switch {
	case r.name[k] >= 0:
		k = r.a.Names[r.name[k]].Last
	case r.tag(k) == kith.PRON:
		k++
	case r.tag(k) == kith.DET || openingQuote(r.a.Word(k)): // "whom he calls a friend"
	default:
		return false
	}
	if k+1 >= s.Last {
		return false
	}
	if openingQuote(r.a.Word(k)) {
		tag := r.tag(k + 1)
		return tag == kith.DET || tag == kith.NOUN || tag == kith.PROPN || tag == kith.ADJ || tag == kith.PRON || tag == kith.NUM
	}
	return (r.low(k) == "a" || r.low(k) == "an") && !r.temporal(k+1)
}

// proposed reports whether a noun is what a verb calls or makes its object,
// also where the tree sets it beside the object without a comma.
func (r *reader) proposed(n int) bool {
	h := r.head(n)
	if h < 0 {
		return false
	}
	if r.rel(n) == kith.Xcomp {
		return r.tag(h) == kith.VERB && !in(becomingVerbs, r.lemma(h))
	}
	return r.rel(n) == kith.Appos && h < n && r.rel(h) == kith.Obj && !r.comma(h, n)
}

// byName makes a party of a name that no words of the document need spell.
func (r *reader) byName(ref kith.EntityRef) party {
	if r.entities == nil {
		r.entities = make(map[kith.EntityRef]int, len(r.a.Entities))
		for i := len(r.a.Entities) - 1; i >= 0; i-- {
			e := &r.a.Entities[i]
			r.entities[kith.EntityRef{Name: kith.Fold(e.Name), Type: e.Type}] = i
		}
	}
	if i, ok := r.entities[kith.EntityRef{Name: kith.Fold(ref.Name), Type: ref.Type}]; ok {
		return party{ref: r.a.Entities[i].Ref(), entity: i, owner: -1, tok: -1, kind: kith.NameMention}
	}
	return party{ref: ref, entity: -1, owner: -1, tok: -1, kind: kith.NameMention}
}

// meets applies the further tests of a pattern.
func (r *reader) meets(m *match, c *candidate, objects *filled) bool {
	switch m.rule.pattern.Require {
	case "third":
		if len(c.third) == 0 {
			return false
		}
	case "amount":
		if c.amount == "" {
			return false
		}
	case "place":
		if c.place == "" {
			return false
		}
	case "topic":
		if c.topic == "" {
			return false
		}
	}
	switch m.rule.pattern.Only {
	case "school":
		return len(objects.parties) > 0 && like(objects.parties[0].ref.Name, schoolWords)
	case "party":
		return len(objects.parties) > 0 && !objects.parties[0].unnamed && like(objects.parties[0].ref.Name, partyWords)
	case "naming":
		return r.naming(m, c) && namelike(c.value)
	case "capital":
		w := r.a.Word(m.trigger)
		return w[0] >= 'A' && w[0] <= 'Z'
	}
	return true
}

// like reports whether a name holds one of the words.
func like(name string, list *wordList) bool {
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		if in(list, strings.Trim(w, ".,'’")) {
			return true
		}
	}
	return false
}

// namelike reports whether words can be what somebody is called: short, with
// a capital, and not in the first person.
func namelike(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 5 {
		return false
	}
	capital := false
	for i, w := range fields {
		switch lw := strings.ToLower(w); {
		case lw == "my" || lw == "i" || lw == "our" || lw == "we" || lw == "she" || lw == "he" || lw == "they" || lw == "is" || lw == "was":
			return false
		case i > 0 || lw != "the" && lw != "a" && lw != "an":
			capital = capital || w != strings.ToLower(w)
		}
	}
	return capital
}

// naming reports whether the value is a name rather than a description: words
// in quotation marks, or capitals.
func (r *reader) naming(m *match, c *candidate) bool {
	for _, s := range m.rule.value {
		ok := false
		r.each(m, s, func(a arg) bool {
			if q := r.quoteOf(a.tok); q != nil {
				c.value, ok = strings.Trim(q.Cut(r.a.Document.Text), " ,."), q.Len() < 40
			}
			ok = ok || r.tag(a.tok) == kith.PROPN && (r.mention[a.tok] < 0 || r.a.Mentions[r.mention[a.tok]].Type != kith.Person)
			return !ok
		})
		if ok {
			return true
		}
	}
	return r.quotedAfter(m, c)
}

// quotedAfter takes words in quotation marks right behind the name that is
// renamed: "call Lee “the Clock”".
func (r *reader) quotedAfter(m *match, c *candidate) bool {
	for _, a := range m.frame.args {
		if a.role != rObj || !r.isName(a.tok) || r.name[a.tok] < 0 {
			continue
		}
		end := r.a.Tokens[r.a.Names[r.name[a.tok]].Last-1].End
		after := sort.Search(len(r.a.Quotes), func(i int) bool { return r.a.Quotes[i].Start > end })
		for _, q := range r.a.Quotes[after:] {
			if q.Start-end > 4 {
				break
			}
			if q.Len() < 40 {
				c.value = strings.Trim(q.Cut(r.a.Document.Text), " ,.")
				return true
			}
		}
	}
	return false
}

// reciprocal reports whether an object may be found among the subjects: "the
// two met", "A and B spoke".
func reciprocal(slots []slot) bool {
	return len(slots) > 0 && slots[len(slots)-1].role == rSubj && len(slots) > 1
}

// occupied reports whether somebody or something that is no party fills the
// place of the object: "A and B met reporters" pairs nobody with A.
func (r *reader) occupied(m *match, subject int) bool {
	taken := false
	for _, s := range reciprocalFree(m.rule.object) {
		if slices.Contains(m.rule.topic, s) {
			continue
		}
		r.each(m, s, func(a arg) bool {
			taken = a.tok != subject && a.far == 0 && r.nounish(a.tok)
			return !taken
		})
		if taken {
			return true
		}
	}
	return false
}

func reciprocalFree(slots []slot) []slot {
	if reciprocal(slots) {
		return slots[:len(slots)-1]
	}
	return slots
}

func (r *reader) pairs(c candidate, subjects, objects filled) {
	for _, s := range subjects.parties {
		for _, o := range objects.parties {
			own := in(ownDoings, string(c.predicate.Name)) || o.tok >= 0 && r.lemma(o.tok) == "party"
			if s.entity >= 0 && s.entity == o.owner && !own {
				o = r.reown(o, subjects.parties)
			}
			if s.entity >= 0 && (s.entity == o.entity || s.entity == o.owner && !own) || s.ref == o.ref {
				continue
			}
			c := c
			c.subject, c.object, c.hasObject = s, o, true
			c.far = int(subjects.arg.far) + int(objects.arg.far)
			r.thirds(c)
		}
	}
}

// reciprocal pairs each subject with those after it.
func (r *reader) reciprocal(c candidate, subjects filled) {
	for i, s := range subjects.parties {
		for _, o := range subjects.parties[i+1:] {
			if s.entity >= 0 && s.entity == o.entity {
				continue
			}
			c := c
			c.subject, c.object, c.hasObject, c.far = s, o, true, int(subjects.arg.far)
			r.keep(c)
		}
	}
}

// thirds makes one candidate for each third party, or one without.
func (r *reader) thirds(c candidate) {
	if len(c.third) == 0 {
		r.keep(c)
		return
	}
	all, kept := c.third, false
	for _, t := range all {
		if t.entity >= 0 && (t.entity == c.subject.entity || t.entity == c.object.entity) {
			continue
		}
		c := c
		c.third, kept = []party{t}, true
		r.keep(c)
	}
	if !kept && c.pattern.Require != "third" {
		c.third = nil
		r.keep(c)
	}
}

// around reads what surrounds the ends: third party, topic, place, role,
// amount.
func (r *reader) around(m *match, c *candidate) {
	u := m.rule
	if len(u.third) > 0 {
		kinds := []kith.EntityType{kith.Person, kith.Organization, kith.Group, kith.EventType}
		c.third = r.end(m, u.third, kinds, -1).parties
	}
	c.topic = r.text(m, u.topic)
	c.place = r.placeOf(m)
	c.event = r.text(m, u.event)
	c.role = r.roleOf(m)
	if u.pattern.Amount {
		c.amount, c.currency = r.money(m)
	}
	c.status = r.statusOf(m)
	c.ordinal = r.turn(m.trigger)
}

// turn reads when in a row somebody did what "the first Democrat to endorse"
// or "among the first to endorse" tells; "" where the words before "to" count
// nothing.
func (r *reader) turn(v int) string {
	s := r.a.Sentences[r.a.SentenceOf(v)]
	if v-2 < s.First || !strings.EqualFold(r.a.Word(v-1), "to") {
		return ""
	}
	for k := v - 2; k >= s.First && k > v-9; k-- {
		switch w := r.low(k); {
		case w == "first" || w == "second" || w == "third" || w == "last" || w == "latest":
			return r.rank(k, w, s)
		case r.tag(k) != kith.NOUN && r.tag(k) != kith.PROPN && r.tag(k) != kith.ADJ && r.tag(k) != kith.ADP && w != "-" && w != "'s" && w != "’s":
			return ""
		}
	}
	return ""
}

// rank is an ordinal with the words that make it one of several.
func (r *reader) rank(k int, w string, s kith.Sentence) string {
	for j := k - 1; j >= s.First && j > k-4; j-- {
		switch r.low(j) {
		case "among":
			return "among the " + w
		case "of":
			return "one of the " + w
		case "the", "only":
		default:
			return w
		}
	}
	return w
}

// text is the phrase of the first slot that is filled.
func (r *reader) text(m *match, slots []slot) string {
	out := ""
	for _, s := range slots {
		r.each(m, s, func(a arg) bool {
			if t := r.matter(a.tok); t != "" && !r.temporal(a.tok) && !r.setting(a) && r.xtag(a.tok) != xPRP {
				out = firstPart(t)
				return false
			}
			return true
		})
		if out != "" {
			return out
		}
	}
	return ""
}

// longTopic is how many words a topic has at most; a longer one ends at its
// first comma.
const longTopic = 14

func firstPart(topic string) string {
	if head, _, found := strings.Cut(topic, ", "); found && strings.Count(topic, " ") >= longTopic {
		return head
	}
	return topic
}

// setting reports whether an argument tells how people sat together rather than
// what they spoke of: "over lunch".
func (r *reader) setting(a arg) bool { return a.prep == "over" && in(tableWords, r.lemma(a.tok)) }

var tableWords = words(`lunch dinner breakfast brunch supper meal coffee tea drink beer wine cocktail phone telephone zoom`)

// matter is the phrase of a topic: with the infinitive that completes its noun
// ("her decision to run"), and what "everything from" begins with.
func (r *reader) matter(i int) string {
	if r.lemma(i) == "everything" || r.lemma(i) == "anything" {
		for c := r.first[i]; c >= 0; c = r.next[c] {
			if int(c) > i && slices.Contains(r.caseOf(int(c)), "from") {
				return r.phrase(int(c))
			}
		}
	}
	out := r.phrase(i)
	if out == "" || r.tag(i) != kith.NOUN || r.isName(i) {
		return out
	}
	s := r.a.Sentences[r.a.SentenceOf(i)]
	if i+2 >= s.Last || !strings.EqualFold(r.a.Word(i+1), "to") || r.tag(i+2) != kith.VERB || !strings.HasSuffix(out, r.a.Word(i)) {
		return out
	}
	end := i + 3
	for end < s.Last && end < i+9 && (r.tag(end) == kith.DET || r.tag(end) == kith.ADJ || r.tag(end) == kith.NOUN || r.tag(end) == kith.PROPN || r.tag(end) == kith.ADP) {
		end++
	}
	for end > i+3 && (r.tag(end-1) == kith.ADP || r.tag(end-1) == kith.DET) {
		end--
	}
	return out + " " + r.cut(i+1, end)
}

// temporal reports whether a phrase names a time rather than a thing.
func (r *reader) temporal(i int) bool {
	return r.tag(i) == kith.NUM || in(timeNouns, r.lowLemma(i))
}

// placeOf names where it was: a place, a building or somebody's home.
func (r *reader) placeOf(m *match) string {
	out := ""
	for _, s := range m.rule.place {
		r.each(m, s, func(a arg) bool {
			mention := r.mention[a.tok]
			located := mention >= 0 && (r.a.Mentions[mention].Type == kith.Place || r.a.Mentions[mention].Type == kith.Organization)
			if located || r.tag(a.tok) == kith.NOUN && in(placeNouns, r.lemma(a.tok)) {
				out = r.timeless(a.tok)
			}
			return out == ""
		})
		if out != "" {
			break
		}
	}
	return out
}

// timeless is the phrase of a token without the time that ends it: "the Harbor
// Club in May" is the Harbor Club.
func (r *reader) timeless(i int) string {
	out := r.phrase(i)
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if int(c) > i && r.temporal(int(c)) && !r.isName(int(c)) {
			lo, _ := r.edges(int(c), func(int) bool { return true })
			if when := r.subtree(int(c)); lo > i && strings.HasSuffix(out, " "+when) {
				return strings.TrimSuffix(out, " "+when)
			}
		}
	}
	return out
}

// roleOf reads the post that a claim names: the trigger's own words, or those
// of a role.
func (r *reader) roleOf(m *match) string {
	switch p := m.rule.pattern; p.Role {
	case "":
		return ""
	case "noun":
		return r.post(m.trigger)
	default:
		out := ""
		r.each(m, slotOf(p.Role), func(a arg) bool {
			if r.tag(a.tok) == kith.NOUN && (r.lex.person(r.lemma(a.tok)) || r.lemma(a.tok) == "staff") {
				out = r.post(a.tok)
			}
			return out == ""
		})
		return out
	}
}

// post names a post by its noun, the words that narrow it, and "of" or "for"
// phrases that hold no party: "senior policy adviser", "chief of staff",
// "professor of law".
func (r *reader) post(n int) string {
	lo, hi := n, r.nounEnd(n)
	for c := r.first[n]; c >= 0; c = r.next[c] {
		c := int(c)
		switch r.rel(c) {
		case kith.Amod, kith.Compound, kith.NmodDesc:
			if c < n && !in(postStatus, r.lowLemma(c)) && !r.isName(c) {
				l, _ := r.edges(c, func(k int) bool { return !in(postStatus, r.lowLemma(k)) })
				lo = min(lo, l)
			}
		case kith.Nmod:
			if c > n && !r.isName(c) && r.tag(c) == kith.NOUN && (r.lemma(c) == "staff" || r.mention[c] < 0 && !r.lex.organization(r.lemma(c))) && r.inPost(c) {
				_, h := r.edges(c, func(k int) bool { return r.rel(k) != kith.AclRelcl && r.rel(k) != kith.Punct && r.rel(k) != kith.Acl })
				hi = max(hi, h)
			}
		}
	}
	if hi-lo > 10 {
		hi = r.nounEnd(n)
	}
	span := kith.Span{Start: r.a.Tokens[lo].Start, End: r.a.Tokens[hi].End}
	return strings.Join(strings.Fields(span.Cut(r.a.Document.Text)), " ")
}

func (r *reader) inPost(c int) bool {
	for _, p := range r.caseOf(c) {
		if p == "of" || p == "on" || p == "for" {
			return true
		}
	}
	return false
}

// statusOf reads "former", "acting" and the like before a post.
func (r *reader) statusOf(m *match) string {
	if s := m.rule.pattern.Set["status"]; s != "" {
		return s
	}
	if m.rule.pattern.Kind != ontology.Person {
		return ""
	}
	return r.status(m.trigger)
}

// status reads the status of the post that a noun names.
func (r *reader) status(n int) string {
	for c := r.first[n]; c >= 0; c = r.next[c] {
		if s := statusWord(r.lowLemma(int(c))); s != "" && int(c) < n {
			return s
		}
	}
	// The modifier of a title hangs on the name behind it, too.
	if h := r.head(n); h > n && r.isName(h) {
		for c := r.first[h]; c >= 0 && int(c) < n; c = r.next[c] {
			if s := statusWord(r.lowLemma(int(c))); s != "" {
				return s
			}
		}
	}
	return ""
}

func statusWord(w string) string {
	switch w {
	case "former", "ex", "ex-", "onetime", "one-time", "retired", "ousted", "late", "then", "past", "outgone", "previous":
		return "former"
	case "current", "incumbent", "sitting", "present":
		return "current"
	case "acting", "interim", "caretaker":
		return "acting"
	case "incoming", "elect", "designate":
		return "elect"
	}
	return ""
}

var (
	postStatus = words(`former ex ex- onetime one-time retired late then past previous current incumbent sitting acting interim
		longtime long-time own other another new first second third own same fellow outgoing incoming young old whole`)
	timeNouns = words(`year month week day night morning evening afternoon weekend today yesterday tomorrow time january february
		march april may june july august september october november december monday tuesday wednesday thursday friday
		saturday sunday decade century spring summer autumn fall winter moment hour minute past future date`)
	placeNouns = words(`home house residence office apartment mansion estate hotel restaurant club church school library hall
		ballroom university yacht ranch farm headquarters embassy palace cafe gallery museum theater stadium arena garden
		ward county district town city village ballroom penthouse villa pub diner backyard airport base synagogue mosque`)
)
