package extract

import (
	"slices"

	"kith"
)

// pair finds the two people whom a plural means: "both women", "the two
// leaders", "the ministers", "they". It gives them only where the words before
// name two people and no third.
func (r *reader) pair(i, hops int) []party {
	if !r.dual(i) || r.inQuotes(i) || r.oneOf(i) {
		return nil
	}
	if m := r.mention[i]; m >= 0 && !r.a.Entities[r.a.Mentions[m].Entity].Unnamed {
		return nil
	}
	s := r.a.SentenceOf(i)
	var found []int // mentions, one for each person
	for back := 0; back < 4 && s-back >= 0; back++ {
		found = r.people(found, r.a.Sentences[s-back], i)
		if len(found) == 2 {
			return []party{r.known(found[0], i, hops+1), r.known(found[1], i, hops+1)}
		}
		if len(found) > 2 {
			return nil
		}
	}
	return nil
}

// oneOf reports whether words before a plural single out some of them: "which
// of the candidates".
func (r *reader) oneOf(i int) bool {
	for k := i - 1; k > 0 && i-k < 4; k-- {
		if r.low(k) != "of" {
			continue
		}
		switch r.low(k - 1) {
		case "which", "one", "either", "neither", "none", "any", "who", "whichever":
			return true
		}
		return false
	}
	return false
}

// dual reports whether a word can mean two people named before.
func (r *reader) dual(i int) bool {
	switch w := r.low(i); {
	case w == "they" || w == "their" || w == "them":
		return true
	case r.tag(i) == kith.NUM && w == "two", w == "pair", w == "duo":
		return r.childLemma(i, "the") >= 0 && r.child(i, kith.Amod, kith.Nmod, kith.Compound, kith.AclRelcl) < 0
	case r.xtag(i) != xNNS || !r.lex.person(r.lemma(i)):
		return false
	}
	both, definite, two := false, false, false
	for c := r.first[i]; c >= 0; c = r.next[c] {
		switch w := r.low(int(c)); {
		case int(c) > i:
			if r.rel(int(c)) == kith.Nmod || r.rel(int(c)) == kith.AclRelcl || r.rel(int(c)) == kith.Appos {
				return false
			}
		case w == "both":
			both = true
		case w == "the":
			definite = true
		case w == "two":
			two = true
		case r.rel(int(c)) == kith.Amod || r.rel(int(c)) == kith.Compound || r.rel(int(c)) == kith.NmodPoss || r.rel(int(c)) == kith.Nummod:
			return false
		}
	}
	return both || definite && (two || in(pairNouns, r.lemma(i)))
}

// pairNouns are plurals that mean two people without saying "two".
var pairNouns = words(`minister leader woman man brother sister candidate rival ally counterpart spouse president`)

// people adds the named people whom a sentence mentions before token end.
func (r *reader) people(found []int, s kith.Sentence, end int) []int {
	for t := s.First; t < s.Last && t < end; t++ {
		m := r.mention[t]
		if m < 0 || r.a.Mentions[m].Head != t {
			continue
		}
		e := r.a.Mentions[m].Entity
		if r.a.Entities[e].Type != kith.Person || r.a.Entities[e].Unnamed {
			continue
		}
		if !slices.ContainsFunc(found, func(f int) bool { return r.a.Mentions[f].Entity == e }) {
			found = append(found, int(m))
		}
	}
	return found
}

// firstPerson finds who "I" is within quotation marks: the mention of the speaker,
// or -1.
func (r *reader) firstPerson(i int) int {
	switch r.low(i) {
	case "i", "me", "my", "myself":
	default:
		return -1
	}
	if q := r.quoteOf(i); q != nil && q.Speaker >= 0 && q.Speaker < len(r.a.Mentions) && r.a.Mentions[q.Speaker].Entity >= 0 {
		return q.Speaker
	}
	return -1
}

// inQuotes reports whether a token stands in quotation marks.
func (r *reader) inQuotes(i int) bool { return r.quoteOf(i) != nil }

// quoteOf is the quotation that holds the whole token, or nil.
func (r *reader) quoteOf(i int) *kith.Quotation {
	t := r.a.Tokens[i]
	if q := quotationAt(r.a, t.Start); q != nil && t.End <= q.End {
		return q
	}
	return nil
}

// aliases finds, for described entities, the name that stands beside one of
// their descriptions: "a group, the Harbor Watch, … it".
func (r *reader) aliases() {
	r.alias = resize(r.alias, len(r.a.Entities))
	for _, m := range r.a.Mentions {
		if m.Kind != kith.NominalMention || m.Entity < 0 || !r.a.Entities[m.Entity].Unnamed || r.alias[m.Entity] >= 0 {
			continue
		}
		if p, ok := r.apposed(m.Head, 0); ok && p.entity >= 0 && p.entity != m.Entity && r.mention[p.tok] >= 0 {
			r.alias[m.Entity] = r.mention[p.tok]
		}
	}
}

// misplaced reports whether a pronoun cannot mean whom coreference took it
// for: the narrator's own "me", or the speaker of a quotation in a "she" or
// "you" that stands in it.
func (r *reader) misplaced(i int) bool {
	q := r.quoteOf(i)
	switch w := r.low(i); w {
	case "i", "me", "my", "myself", "we", "us", "our":
		return q == nil
	case "he", "him", "his", "she", "her", "hers", "you", "your":
		if q == nil {
			return w == "you" || w == "your"
		}
		m := r.mention[i]
		return m >= 0 && q.Speaker >= 0 && q.Speaker < len(r.a.Mentions) && r.a.Mentions[q.Speaker].Entity == r.a.Mentions[m].Entity
	}
	return false
}

// cataphor finds whom a pronoun means in a clause that a fronted participle of
// saying governs: in "Asked whether she would run, Lee laughed" she is Lee. It
// is -1 for others.
func (r *reader) cataphor(i int) int {
	sex := sexOf(r.a.Word(i))
	if sex == 0 || r.rel(i) != kith.Nsubj {
		return -1
	}
	p := r.head(r.head(i))
	if p < 0 || p > i || r.xtag(p) != xVBN && r.xtag(p) != xVBD || r.rel(p) != kith.Advcl || r.child(p, kith.Nsubj, kith.NsubjPass, kith.Mark, kith.Obj) >= 0 || !in(asking, r.lemma(p)) {
		return -1
	}
	v := r.head(p)
	if v < i {
		return -1
	}
	s := r.child(v, kith.Nsubj)
	if s < i || r.mention[s] < 0 || r.tag(s) != kith.PROPN {
		return -1
	}
	if e := r.a.Mentions[r.mention[s]].Entity; r.a.Entities[e].Type != kith.Person || r.calledBy(e, opposite(sex)) {
		return -1
	}
	return s
}

// asking lists verbs that put a question to somebody.
var asking = words("ask challenge press question tell")

// namedWithin reports whether a pronoun was taken for somebody named inside its
// own description, which English does not allow: "A former aide to Lee, he".
func (r *reader) namedWithin(i int) bool {
	n := r.child(i, kith.Appos)
	if n < 0 || n > i || r.mention[i] < 0 {
		return false
	}
	e := r.a.Mentions[r.mention[i]].Entity
	for t := n + 1; t < i; t++ {
		if m := r.mention[t]; m >= 0 && r.a.Mentions[m].Entity == e && r.a.Mentions[m].Kind == kith.NameMention {
			return true
		}
	}
	return false
}

// topicBefore adds the nearest person before the sentence who was a subject and
// whom the pronoun fits.
func (r *reader) topicBefore(out []party, i, hops int) []party {
	s := r.a.SentenceOf(i)
	if s == 0 {
		return out
	}
	e := r.nearestSubject(r.a.Sentences[s].First, sexOf(r.a.Word(i)), nil)
	if e < 0 || e == r.a.Mentions[r.mention[i]].Entity {
		return out
	}
	return append(out, party{ref: r.a.Entities[e].Ref(), entity: e, owner: -1, tok: i, kind: kith.PronounMention, hops: hops + 2})
}

// resolving lists verbs by which people tell what they themselves will do or did.
var resolving = words("acknowledge admit announce concede confess decide pledge promise vow")

// undecided finds whom a pronoun means behind "whether" or a vow: in "Lee, who
// has not said whether she will run" she is who has not said, in "Lee announced
// that he would" he is Lee. It is -1 for others.
func (r *reader) undecided(i int) int {
	sex := sexOf(r.a.Word(i))
	if sex == 0 || r.rel(i) != kith.Nsubj {
		return -1
	}
	v := r.head(i)
	m := r.child(v, kith.Mark)
	if v < 0 || r.rel(v) != kith.Ccomp {
		return -1
	}
	h := r.head(v)
	if (m < 0 || r.low(m) != "whether") && (h < 0 || !in(resolving, r.lemma(h)) || r.quoteOf(i) != nil) {
		return -1
	}
	if h < 0 || r.tag(h) != kith.VERB || r.passive(h) || r.child(h, kith.Obj, kith.Iobj) >= 0 {
		return -1
	}
	if r.rel(h) != kith.AclRelcl && in(disclosing, r.lemma(h)) {
		return -1 // "a spokeswoman, Ann Lee, declined to say whether he would": whoever she speaks for
	}
	s := r.surfaceSubject(h, 0)
	if s < 0 || s > i {
		return -1
	}
	ps := r.party(nil, s, 0)
	if len(ps) != 1 || ps[0].entity < 0 || ps[0].unnamed || ps[0].ref.Type != kith.Person || r.calledBy(ps[0].entity, opposite(sex)) && !r.calledBy(ps[0].entity, sex) {
		return -1
	}
	return s
}

// disclosing lists verbs by which people tell of others as often as of
// themselves.
var disclosing = words(`announce answer comment confirm deny disclose discuss explain indicate know reveal say specify state tell`)

// mine reports whether a description of a speaker's own kin was taken for
// somebody named elsewhere: "my husband" is not the husband told of before.
func (r *reader) mine(i int) bool {
	m := r.mention[i]
	if m < 0 || r.a.Mentions[m].Kind != kith.NominalMention || r.a.Entities[r.a.Mentions[m].Entity].Unnamed || r.child(i, kith.Appos, kith.Flat, kith.Cop) >= 0 || r.titled(i) >= 0 {
		return false
	}
	p := r.child(i, kith.NmodPoss)
	return p >= 0 && (r.low(p) == "my" || r.low(p) == "our") && r.quoteOf(i) != nil && r.lex.person(r.lemma(i))
}
