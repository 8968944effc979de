package extract

import (
	"slices"
	"strings"

	"kith"
	"kith/ontology"
)

// scan tries every pattern on every token of a sentence.
func (r *reader) scan(s kith.Sentence) {
	for i := s.First; i < s.Last; i++ {
		switch r.tag(i) {
		case kith.VERB, kith.NOUN, kith.PROPN, kith.ADJ, kith.AUX, kith.ADV, kith.ADP, kith.SCONJ:
		default:
			continue
		}
		rules := r.index.find(r.triggerLemma(i))
		if rules == nil {
			continue
		}
		r.frames = [4]frame{{head: -1}, {head: -1}, {head: -1}, {head: -1}}
		for j := range rules {
			r.try(&rules[j], i)
		}
	}
}

// triggerLemma is the lemma by which a token sets patterns off: that of an
// in-law is "in-law", whatever kin the word says.
func (r *reader) triggerLemma(i int) string {
	if r.inLaw(i) {
		return "in-law"
	}
	return r.lowLemma(i)
}

// inLaw reports whether "-in-law" follows a token.
func (r *reader) inLaw(i int) bool {
	return i+4 < len(r.a.Tokens) && r.a.Word(i+1) == "-" && r.low(i+2) == "in" && r.a.Word(i+3) == "-" && r.low(i+4) == "law"
}

// nounEnd is the last token of a noun that hyphens make of several.
func (r *reader) nounEnd(i int) int {
	if r.inLaw(i) {
		return i + 4
	}
	return i
}

// lower folds a lemma; those that are lower case already are returned as they
// are.
func lower(s string) string { return strings.ToLower(s) }

// suits reports whether a token's part of speech fits the kind of trigger.
func (r *reader) suits(k ontology.Kind, i int) bool {
	tag := r.tag(i)
	switch k {
	case ontology.Verb:
		return tag == kith.VERB || tag == kith.AUX && r.child(i, kith.Nsubj, kith.Obj, kith.Obl) >= 0 ||
			tag == kith.NOUN && r.xtag(i) == xNNS && r.child(i, kith.Nsubj) >= 0 && r.child(i, kith.Obj) == i+1
	case ontology.Noun:
		return tag == kith.NOUN
	case ontology.Person:
		if tag == kith.VERB { // "Rask president Ann Lee said" with the title for a verb
			return r.xtag(i) != xVBD && r.lex.person(r.lemma(i)) && r.titled(i) == i+1 && i > 0 && r.name[i-1] >= 0
		}
		return tag == kith.NOUN || tag == kith.PROPN || tag == kith.ADJ && (r.child(i, kith.Cop) >= 0 || r.rel(i) == kith.Appos || r.isName(r.entitledBy(i)) || r.namedBefore(i) >= 0)
	}
	if tag == kith.VERB {
		return r.xtag(i) == xVBN || r.xtag(i) == xVBG
	}
	return tag == kith.ADJ || tag == kith.ADV || tag == kith.ADP || tag == kith.SCONJ
}

// frameOf builds the frame of a trigger once for each kind.
func (r *reader) frameOf(k ontology.Kind, i int) *frame {
	f := &r.frames[k]
	if f.head == i {
		return f
	}
	r.args = r.bufs[k][:0]
	switch k {
	case ontology.Verb:
		*f = r.verbFrame(i)
	case ontology.Noun:
		*f = r.nounFrame(i)
	case ontology.Person:
		*f = r.personFrame(i)
	default:
		*f = r.adjFrame(i)
	}
	r.bufs[k] = f.args
	return f
}

// try matches one rule at a token and adds the candidates that come of it.
func (r *reader) try(u *rule, i int) {
	k := u.pattern.Kind
	if !r.suits(k, i) || k == ontology.Person && u.predicate.Name != "located_in" && r.inBody(i) {
		return
	}
	m := match{rule: u, trigger: i}
	if !r.words(&m, i) {
		return
	}
	f := r.frameOf(k, i)
	m.frame = f
	if len(m.words) > 0 {
		m.frame = r.widen(f, &m)
	}
	if !r.conditions(&m) {
		return
	}
	r.fill(&m)
}

// inBody reports whether a word stands inside an organisation's name, which it
// then does not describe: "Department of the Treasury".
func (r *reader) inBody(i int) bool {
	k := r.name[i]
	if k < 0 || r.a.Names[k].Type != kith.Organization {
		return false
	}
	return i < r.a.Names[k].Last-1
}

// match is one rule at one place.
type match struct {
	rule    *rule
	trigger int
	frame   *frame
	words   []int  // tokens of the trigger's further words
	end     string // which end is being filled: "subject", "object" or ""
	last    int    // argument of the trigger's last preposition, -1 for none
}

// words finds the further words and prepositions of a phrase.
func (r *reader) words(m *match, i int) bool {
	m.last = -1
	t := &m.rule.trigger
	if len(t.Words) == 0 && len(t.Preps) == 0 {
		return true
	}
	nodes, ok := r.phraseWords(i, t.Words)
	if !ok {
		return false
	}
	m.words = nodes[1:]
	for j, p := range t.Preps {
		arg, ok := r.prepArg(nodes, p)
		if !ok {
			return false
		}
		if j == len(t.Preps)-1 {
			m.last = arg
		}
	}
	return true
}

// phraseWords finds a phrase's further words: each below the head or below
// another of them.
func (r *reader) phraseWords(i int, words []string) (nodes []int, ok bool) {
	nodes = append(nodes, i)
	for left := len(words); left > 0; {
		before := left
		for _, w := range words {
			if at := r.below(nodes, w); at >= 0 {
				nodes = append(nodes, at)
				left--
			}
		}
		if left == before {
			return nil, false
		}
	}
	return nodes, true
}

// below finds a word that hangs on one of the nodes and is none of them.
func (r *reader) below(nodes []int, w string) int {
	for _, n := range nodes {
		if r.lemma(n) == w && n != nodes[0] {
			return -1
		}
	}
	for _, n := range nodes {
		if c := r.childLemma(n, w); c >= 0 && r.rel(c) != kith.Conj {
			return c
		}
	}
	return -1
}

// prepArg finds a preposition below a phrase's words: its argument, or -1 for
// a particle or a stranded preposition.
func (r *reader) prepArg(nodes []int, p string) (int, bool) {
	particle := false
	for _, n := range nodes {
		for c := r.first[n]; c >= 0; c = r.next[c] {
			c := int(c)
			if r.rel(c) == kith.Conj || r.rel(c) == kith.Parataxis {
				continue
			}
			if r.lemma(c) == p && r.rel(c) != kith.Case && r.rel(c) != kith.Mark {
				particle = true
				continue
			}
			if c > n && (slices.Contains(r.caseOf(c), p) || r.marked(c, p)) {
				return c, true
			}
		}
	}
	if arg, ok := r.objectPrep(nodes[0], p); ok {
		return arg, true
	}
	if arg, ok := r.innerPrep(nodes, p); ok {
		return arg, true
	}
	if particle {
		return -1, true
	}
	// A relative clause may hold the argument: "whom she worked for" is read
	// by gaps; "for whom she worked" has its own phrase.
	return -1, false
}

// marked reports whether a clause begins with the word.
func (r *reader) marked(c int, p string) bool {
	m := r.child(c, kith.Mark)
	return m >= 0 && m < c && r.lemma(m) == p
}

// objectPrep finds the phrase on the head's object: "raised two million for
// Lee".
func (r *reader) objectPrep(head int, p string) (int, bool) {
	o := r.child(head, kith.Obj)
	if o < 0 || r.isName(o) {
		return -1, false
	}
	for c := r.first[o]; c >= 0; c = r.next[c] {
		if int(c) > o && (r.rel(int(c)) == kith.Nmod || r.rel(int(c)) == kith.Obl) && slices.Contains(r.caseOf(int(c)), p) {
			return int(c), true
		}
	}
	return -1, false
}

// innerPrep finds a phrase that hangs on the place or day before it: "dined in
// Geneva with Lee".
func (r *reader) innerPrep(nodes []int, p string) (int, bool) {
	if p == "of" || p == "in" || p == "at" {
		return -1, false
	}
	for _, n := range nodes {
		for c := r.first[n]; c >= 0; c = r.next[c] {
			c := int(c)
			if c < n || r.rel(c) != kith.Obl && r.rel(c) != kith.Nmod || !r.isPlace(c) && !r.temporal(c) {
				continue
			}
			for g := r.first[c]; g >= 0; g = r.next[g] {
				if int(g) > c && r.nounish(int(g)) && slices.Contains(r.caseOf(int(g)), p) {
					return int(g), true
				}
			}
		}
	}
	return -1, false
}

// widen lets a phrase's further words bring their own arguments.
func (r *reader) widen(f *frame, m *match) *frame {
	wide := frame{head: f.head, passive: f.passive}
	for _, a := range f.args {
		skip := false
		for _, w := range m.words {
			skip = skip || a.tok == w
		}
		if !skip {
			wide.args = append(wide.args, a)
		}
	}
	for _, w := range m.words {
		if r.tag(w) == kith.VERB {
			r.own(&wide, w, 0)
		} else {
			r.nominal(&wide, w, 0)
		}
	}
	return &wide
}

// conditions checks what a pattern needs and refuses.
func (r *reader) conditions(m *match) bool {
	for _, c := range m.rule.need {
		if !r.holds(m, c) {
			return false
		}
	}
	for _, c := range m.rule.not {
		if r.holds(m, c) {
			return false
		}
	}
	return true
}

func (r *reader) holds(m *match, c condition) bool {
	if c.slot.role == rNone { // any child of the trigger
		for ch := r.first[m.trigger]; ch >= 0; ch = r.next[ch] {
			if in(c.words, r.lowLemma(int(ch))) {
				return true
			}
		}
		return false
	}
	found := false
	r.each(m, c.slot, func(a arg) bool {
		found = r.named(c.words, a.tok)
		return !found
	})
	return found
}

// named reports whether a condition's words name a token, by "*", its lemma,
// an adjective's or noun's before it, or its part of speech.
func (r *reader) named(list *wordList, i int) bool {
	if k := r.name[i]; k >= 0 && r.a.Names[k].Type == kith.Person { // "Bill Hardin" is no bill
		return in(list, "*") || in(list, "PERSON") || in(list, r.tag(i).String())
	}
	if in(list, "*") || in(list, r.lowLemma(i)) || in(list, r.low(i)) || in(list, r.tag(i).String()) {
		return true
	}
	if in(list, "PERSON") && r.personal(i) {
		return true
	}
	for c := r.first[i]; c >= 0; c = r.next[c] {
		if rel := r.rel(int(c)); (rel == kith.Amod || rel == kith.Conj && int(c)-i < 6) && in(list, r.lowLemma(int(c))) {
			return true
		}
	}
	return false
}

// scene finds the one occasion that a sentence names; -1 where there are none
// or several.
func (r *reader) scene(m *match) int {
	s := r.a.Sentences[r.a.SentenceOf(m.trigger)]
	found := -1
	for i := s.First; i < s.Last; i++ {
		k := r.mention[i]
		if k < 0 || r.a.Mentions[k].Head != i || r.tag(i) != kith.PROPN && r.tag(i) != kith.NOUN || r.temporal(i) {
			continue
		}
		p := r.known(int(k), i, 0)
		if p, ok := r.admit(p, []kith.EntityType{kith.EventType}, false); !ok || p.unnamed && !r.lex.event(r.lemma(i)) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// other finds the one named person of the trigger's sentence besides the
// subject; -1 where there are none or several.
func (r *reader) other(m *match) int {
	subject := -1
	switch r.rel(m.trigger) {
	case kith.Obl, kith.Xcomp, kith.Obj, kith.Root, kith.Conj, kith.Advcl:
	default:
		return -1
	}
	for _, a := range m.frame.args {
		if a.role == rPrep && a.prep == "of" && a.far == 0 {
			return -1 // "a friend of both" says whose
		}
	}
	for _, a := range m.frame.args {
		if a.role == rSelf || a.role == rSubj {
			if ps := r.party(nil, a.tok, 0); len(ps) == 1 && ps[0].entity >= 0 {
				subject = ps[0].entity
				break
			}
		}
	}
	if subject < 0 {
		return -1
	}
	s := r.a.Sentences[r.a.SentenceOf(m.trigger)]
	found, entity := -1, -1
	for i := s.First; i < s.Last; i++ {
		k := r.mention[i]
		if k < 0 || r.a.Mentions[k].Head != i {
			continue
		}
		e := r.a.Mentions[k].Entity
		switch {
		case e == subject || e == entity || r.a.Entities[e].Type != kith.Person || r.a.Entities[e].Unnamed:
		case entity >= 0:
			return -1
		default:
			found, entity = i, e
		}
	}
	return found
}

// each calls f with the arguments of a role, nearer ones first, until it
// returns false.
func (r *reader) each(m *match, s slot, f func(arg) bool) {
	if s.role == rLast {
		if m.last >= 0 {
			f(arg{role: rLast, tok: m.last})
			return
		}
		// A relative clause with its preposition stranded.
		if n := len(m.rule.trigger.Preps); n > 0 {
			s = slot{rPrep, m.rule.trigger.Preps[n-1]}
		}
	}
	if s.role == rScene {
		if o := r.scene(m); o >= 0 {
			f(arg{role: rScene, tok: o, far: 3})
		}
		return
	}
	if s.role == rOther {
		if o := r.other(m); o >= 0 {
			f(arg{role: rOther, tok: o, far: 3})
		}
		return
	}
	for far := uint8(0); far < 3; far++ {
		for _, a := range m.frame.args {
			if a.far == far && a.role == s.role && a.prep == s.prep && !f(a) {
				return
			}
		}
	}
}
