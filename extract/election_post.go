package extract

import (
	"strings"

	"kith"
)

// posts adds the claims of sentence i about who put whom in a post, and who
// took it over from whom.
func (r *reader) posts(i int) {
	s := r.a.Sentences[i]
	for t := s.First; t < s.Last; t++ {
		if r.tag(t) != kith.VERB {
			continue
		}
		switch r.lowLemma(t) {
		case "appoint", "reappoint", "name", "pick", "tap", "choose", "select", "nominate", "hire", "install", "promote", "elevate", "designate", "elect", "assign", "recruit", "call", "declare":
			r.appoints(t, s)
		case "succeed", "replace":
			r.takesOver(t, s)
		case "take", "inherit":
			r.takesFrom(t, s)
		}
	}
}

// appoints reads "appointed Lee to the board", "named Lee her chief of staff",
// "was picked as director by Cruz". A post must be said.
func (r *reader) appoints(t int, s kith.Sentence) {
	lemma := r.lowLemma(t)
	var whom, by []party
	k := t + 1
	if r.auxBefore(t) || r.passive(t) && !(t+1 < s.Last && r.personName(t+1)) {
		whom = r.actors(t)
		by = r.agentParties(t, s)
	} else {
		first, end := r.personBehind(t+1, s)
		if first < 0 {
			return
		}
		whom, k = r.nameAt(first), end
		by = r.appointers(t)
	}
	post := r.postFrom(k, lemma, s)
	if len(whom) == 0 || len(by) == 0 || post == "" || lemma == "elect" && by[0].ref.Type != kith.Organization {
		return
	}
	if (lemma == "call" || lemma == "declare") && !like(post, heirs) {
		return
	}
	for _, a := range by {
		for _, b := range whom {
			if a.ref.Name == b.ref.Name {
				continue
			}
			c := r.statement("appointed", s)
			if like(post, heirs) {
				c = r.statement("named_successor", s)
			}
			object := b.ref
			c.Subject, c.Object, c.Value = a.ref, &object, post
			if c.Predicate == "named_successor" {
				c.Value = ""
			}
			c.Modality, c.Negated = r.modality(t)
			c.Attribution = r.attribution(t)
			c.Time = r.timeOf(t)
			c.Confidence = r.trust(a, 0.88)
			r.once(r.unself(c))
		}
	}
}

var heirs = words("successor heir replacement heiress")

// appointers are the persons or bodies that a verb of naming has for a subject.
func (r *reader) appointers(t int) []party {
	if subj := r.surfaceSubject(t, 0); subj >= 0 {
		var out []party
		for _, p := range r.parties(subj) {
			if !p.unnamed && (p.ref.Type == kith.Person || p.ref.Type == kith.Organization) {
				out = append(out, p)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return r.actors(t)
}

// agentParties are the named parties behind "by".
func (r *reader) agentParties(t int, s kith.Sentence) []party {
	for k := t + 1; k < s.Last && k < t+12; k++ {
		if !strings.EqualFold(r.a.Word(k), "by") || k+1 >= s.Last {
			continue
		}
		if ps := r.namesFrom(k+1, s); len(ps) > 0 {
			return ps
		}
		for j := k + 1; j < s.Last && j < k+5; j++ {
			if r.name[j] >= 0 && r.a.Names[r.name[j]].Type == kith.Organization {
				return r.organizationAt(j)
			}
		}
	}
	return nil
}

// personBehind finds the person named from token k on, over a title or
// description, and the token after the name.
func (r *reader) personBehind(k int, s kith.Sentence) (first, end int) {
	for j := k; j < s.Last && j < k+5; j++ {
		if r.personName(j) {
			return j, r.a.Names[r.name[j]].Last
		}
		if r.tag(j) == kith.VERB || r.tag(j) == kith.ADP || r.tag(j) == kith.PUNCT || r.tag(j) == kith.PRON {
			return -1, -1
		}
	}
	return -1, -1
}

// postFrom reads the post that somebody is named to: "as NP", "to the BODY", "to
// be NP", "her NP", "NP". It is "" where the words name none.
func (r *reader) postFrom(k int, lemma string, s kith.Sentence) string {
	for j := k; j+1 < s.Last && j < k+14; j++ {
		w := r.low(j)
		switch {
		case w == "as", w == "to" && j == k && r.tag(j+1) != kith.VERB && lemma != "hire" && lemma != "name":
			return r.postPhrase(j+1, s)
		case w == "to" && strings.EqualFold(r.a.Word(j+1), "be"):
			return r.postPhrase(j+2, s)
		case j == k && (r.tag(j) == kith.DET || possessive[w] || r.tag(j) == kith.NOUN || r.tag(j) == kith.PROPN || r.tag(j) == kith.ADJ) && w != "by" && !r.personName(j):
			return r.postPhrase(j, s)
		case w == "," || w == ";" || r.tag(j) == kith.SCONJ || w == "by":
			return ""
		}
	}
	return ""
}

// postPhrase is the noun phrase from token k on, if it names a post or a body.
func (r *reader) postPhrase(k int, s kith.Sentence) string {
	if k < s.Last && (r.tag(k) == kith.DET || possessive[r.low(k)]) {
		k++
	}
	end, post := k, false
	for j := k; j < s.Last && j < k+8; j++ {
		w := r.low(j)
		switch {
		case r.personName(j):
			j = s.Last
			continue
		case r.tag(j) == kith.NOUN || r.tag(j) == kith.PROPN || r.tag(j) == kith.ADJ:
			if r.isHead(j) || r.lex.person(w) || r.lex.organization(w) || like(w, publicWords) || w == "chief" || w == "head" {
				post = true
			}
			end = j + 1
			continue
		case (w == "of" || w == "-" || w == "'s" || w == "’s" || w == "for") && j+1 < s.Last && (r.tag(j+1) == kith.NOUN || r.tag(j+1) == kith.PROPN || r.tag(j+1) == kith.DET && w == "of") && end == j:
			continue
		case r.tag(j) == kith.DET && j > k && end == j-1:
			continue
		}
		break
	}
	if !post || end <= k {
		return ""
	}
	return r.cut(k, end)
}

// takesOver reads "succeeded Lee as mayor" and "was replaced by Cruz".
func (r *reader) takesOver(t int, s kith.Sentence) {
	for k := s.First; k < s.Last; k++ { // a player for a player
		if w := r.low(k); w == "minute" || w == "substituted" || w == "goalkeeper" || w == "striker" || w == "midfielder" {
			return
		}
	}
	var successor, before []party
	if r.passive(t) || r.auxBefore(t) {
		before, successor = r.actors(t), r.agentOf(t, s)
	} else {
		successor = r.actors(t)
		if t+1 < s.Last && r.tag(t+1) == kith.ADP {
			return
		}
		before = r.namesFrom(t+1, s)
	}
	r.succession(t, successor, before, s)
}

// takesFrom reads "took over from Lee" and "took over as mayor from Lee".
func (r *reader) takesFrom(t int, s kith.Sentence) {
	if t+1 >= s.Last || !strings.EqualFold(r.a.Word(t+1), "over") {
		return
	}
	for k := t + 2; k+1 < s.Last && k < t+9; k++ {
		if strings.EqualFold(r.a.Word(k), "from") {
			r.succession(t, r.actors(t), r.namesFrom(k+1, s), s)
			return
		}
		if r.tag(k) == kith.VERB || r.a.Word(k) == "," {
			return
		}
	}
}

func (r *reader) succession(t int, successor, before []party, s kith.Sentence) {
	if len(successor) == 0 || len(before) == 0 || successor[0].ref.Name == before[0].ref.Name {
		return
	}
	c := r.statement("succeeded", s)
	object := before[0].ref
	c.Subject, c.Object = successor[0].ref, &object
	c.Value = r.roleBehind(t, s)
	c.Modality, c.Negated = r.modality(t)
	c.Attribution = r.attribution(t)
	c.Time = r.timeOf(t)
	c.Confidence = r.trust(successor[0], 0.88)
	r.once(r.unself(c))
}

// roleBehind is the role of an "as NP" that follows.
func (r *reader) roleBehind(t int, s kith.Sentence) string {
	for k := t + 1; k+1 < s.Last && k < t+9; k++ {
		if strings.EqualFold(r.a.Word(k), "as") {
			return r.postPhrase(k+1, s)
		}
		if r.tag(k) == kith.VERB || r.a.Word(k) == "," {
			return ""
		}
	}
	return ""
}
