package extract

import (
	"strconv"

	"kith"
)

// timeOf reads when that which the word at trigger tells was so: the time
// expression that hangs on the trigger's own clause, not any date of the
// sentence.
func (r *reader) timeOf(trigger int) kith.Time {
	c, ok := r.clausesOf(trigger)
	if !ok {
		return kith.Time{}
	}
	found := r.dated.moments(c, c.future(trigger))
	if len(found) == 0 {
		return kith.Time{}
	}
	for k := range found {
		if pronoun := c.relativeTo(&found[k]); pronoun >= 0 && pronoun < trigger && trigger < found[k].first {
			return c.timeIn(found[k])
		}
	}
	for i, steps := trigger, 0; i >= 0 && steps < 12; steps++ {
		if m := c.nearest(found, i, trigger); m != nil {
			return c.timeIn(*m)
		}
		up := c.timeGovernor(i)
		if up >= 0 && c.rel(i) == kith.Conj && c.predicate(i) && c.predicate(up) && c.perfective(i) != c.perfective(up) {
			return kith.Time{} // "quit in 2020 and has been a critic"
		}
		i = up
	}
	return kith.Time{}
}

// dated keeps the expressions of time of the sentence read last, since each of
// its claims asks for them.
type dated struct {
	low    []string // the document's words in lower case
	first  int
	words  []timeWord
	looked [2]bool // back from the document's date, ahead of it
	found  [2][]moment
}

func (d *dated) moments(c clauses, future bool) []moment {
	words := d.sentence(c.a, c.first, c.last)
	way := 0
	if future {
		way = 1
	}
	if !d.looked[way] {
		d.looked[way], d.found[way] = true, appendMoments(d.found[way][:0], c.a, c.first, words, future)
	}
	return d.found[way]
}

// sentence is the words of the sentence of tokens [first, last).
func (d *dated) sentence(a *kith.Analysis, first, last int) []timeWord {
	if d.first != first || len(d.words) != last-first {
		d.first, d.looked = first, [2]bool{}
		d.words = timeWords(d.words[:0], a, d.low, first, last)
	}
	return d.words
}

// within finds the expressions of time among tokens [first, last) of a
// sentence, as far as those tokens tell, back from the document's date.
func (d *dated) within(a *kith.Analysis, s kith.Sentence, first, last int) []moment {
	words := d.sentence(a, s.First, s.Last)
	first, last = max(first, s.First), min(last, s.Last)
	if first >= last {
		return nil
	}
	return appendMoments(nil, a, first, words[first-s.First:last-s.First], false)
}

// future reports whether the trigger's clause looks ahead, so that "on Friday"
// is the next one.
func (c clauses) future(trigger int) bool {
	level, _ := c.modality(trigger)
	return level == kith.Planned
}

// nearest is the best expression of time that hangs on i without crossing into
// another clause; nil for none. One that the calendar knows beats one that it
// does not, then a nearer one wins.
func (c clauses) nearest(found []moment, i, trigger int) *moment {
	var best *moment
	bestCost := 0
	for k := range found {
		m := &found[k]
		depth, ok := c.hangsOn(c.momentHead(*m), i, *m)
		if !ok || c.lifespan(m) || c.relativeTo(m) > max(i, trigger) {
			continue
		}
		cost := 10*depth + min(abs(m.first-trigger), 9)
		if m.from == "" && m.to == "" {
			cost += 15
		}
		if best == nil || cost < bestCost {
			best, bestCost = m, cost
		}
	}
	return best
}

// relativeTo is the relative pronoun of the clause that a time ends, which the
// words show even where the tree hangs the time on the main verb: "met Lee, who
// had been mayor in 2010". It is -1 where a comma or no pronoun stands before.
func (c clauses) relativeTo(m *moment) int {
	for k := m.first - 1; k > c.first; k-- {
		switch {
		case c.tag(k) == kith.PUNCT || c.tag(k) == kith.CCONJ:
			return -1
		case c.form(k) == "who" && c.form(k-1) == ",":
			return k
		}
	}
	return -1
}

// lifespan reports whether an expression tells, in brackets behind a name, when
// somebody lived: "(1830–1904)".
func (c clauses) lifespan(m *moment) bool {
	k := m.first - 1
	if k-1 < c.first || c.form(k) != "(" || c.tag(k-1) != kith.PROPN || len(m.from) < 4 || len(m.to) < 4 {
		return false
	}
	from, _ := strconv.Atoi(m.from.Year())
	to, _ := strconv.Atoi(m.to.Year())
	return to-from > 20
}

func abs(n int) int { return max(n, -n) }

// momentHead is the token of the expression whose head lies outside it.
func (c clauses) momentHead(m moment) int {
	for i := m.first; i < m.last; i++ {
		if h := c.head(i); (h < m.first || h >= m.last) && c.rel(i) != kith.Case && c.rel(i) != kith.Punct {
			return i
		}
	}
	return m.last - 1
}

// hangsOn counts the steps from the expression up to i; false where it does
// not hang there or a clause or another event lies between.
func (c clauses) hangsOn(k, i int, m moment) (int, bool) {
	for depth := 0; k >= 0 && depth < 8; depth++ {
		if k == i {
			return depth, true
		}
		if depth > 0 || k < m.first || k >= m.last {
			if c.closed(k) {
				return 0, false
			}
		}
		k = c.head(k)
	}
	return 0, false
}

// closed reports whether the phrase of k keeps its time to itself: a clause of
// its own, a parenthesis, or a phrase that places the event after or before
// another one ("after her 2016 defeat").
func (c clauses) closed(k int) bool {
	if s := c.child(k, kith.Nsubj, kith.NsubjPass); s >= 0 && (c.form(s) == "who" || c.form(s) == "which") {
		return true // a relative clause, whatever the tree calls it
	}
	switch c.rel(k) {
	case kith.AclRelcl, kith.Ccomp, kith.Csubj, kith.Parataxis, kith.Appos, kith.NmodPoss, kith.Nsubj, kith.NsubjPass:
		return true
	case kith.Acl, kith.Advcl:
		return !c.timeClause(k)
	case kith.Conj:
		return c.predicate(k)
	case kith.Obl, kith.Nmod:
		return c.relates(k)
	}
	return false
}

// timeClause reports whether an adverbial clause gives its time to its main
// clause: "When Fenwick quit in 2022, she passed …".
func (c clauses) timeClause(k int) bool {
	found := false
	c.each(k, func(m int) bool {
		w := c.form(m)
		found = found || (c.rel(m) == kith.Mark || c.rel(m) == kith.Advmod) && (w == "when" || w == "while" || w == "as")
		return true
	})
	return found
}

// relates reports whether a phrase tells of another event that the clause
// follows or precedes.
func (c clauses) relates(k int) bool {
	m := c.child(k, kith.Case)
	if m < 0 {
		return false
	}
	switch c.form(m) {
	case "after", "before", "following", "since", "until", "despite", "like", "unlike", "of", "from":
		return c.tag(k) == kith.NOUN && !calendarNouns[c.lemma(k)]
	}
	return false
}

// calendarNouns name stretches of time themselves.
var calendarNouns = lemmaSet(`year month week day quarter half spring summer autumn fall winter night morning evening weekend decade end
	beginning start middle part century january february march april may june july august september october november december`)

// timeGovernor is the word whose time that of i shares, or -1: the verb of
// which i is an argument, the first of coordinated verbs, the main clause of a
// participle.
func (c clauses) timeGovernor(i int) int {
	h := c.head(i)
	if h < 0 {
		return -1
	}
	switch c.rel(i) {
	case kith.Obj, kith.Obl, kith.NsubjPass, kith.Nmod, kith.Xcomp, kith.Iobj, kith.OblAgent, kith.NmodDesc:
		return h
	case kith.Nsubj:
		if c.tag(i) == kith.NOUN {
			return h
		}
	case kith.Conj:
		if c.resumes(i, h) || c.later(i, h) {
			return -1
		}
		if !c.predicate(i) || c.child(i, kith.Mark) < 0 {
			return h
		}
	case kith.Advcl:
		if c.subject(i) < 0 && (c.child(i, kith.Mark) < 0 || c.infinitive(i)) && !c.anchored(i) {
			return h
		}
	case kith.Acl:
		if c.infinitive(i) {
			return h
		}
	case kith.Ccomp:
		if v := c.head(h); v >= 0 && c.rel(h) == kith.Advcl && c.timeClause(h) { // "When she announced in 2022 that …"
			return h
		}
	}
	return -1
}

// resumes reports whether verb i, hung as a conjunct on h without an "and", is
// the main clause that goes on behind a relative clause: "Lee, who had coached
// Cruz in 2018, coached Ames".
func (c clauses) resumes(i, h int) bool {
	s := c.child(h, kith.Nsubj, kith.NsubjPass)
	return s >= 0 && c.form(s) == "who" && c.child(i, kith.CC) < 0 && i > 0 && c.form(i-1) == ","
}

// later reports whether a clause joined to that of h tells of another time:
// behind a semicolon, with "later" or "then", with "but".
func (c clauses) later(i, h int) (found bool) {
	for k := min(i, h) + 1; k < max(i, h); k++ {
		if c.form(k) == ";" {
			return true
		}
	}
	if cc := c.child(i, kith.CC); cc >= 0 && c.form(cc) == "but" && c.xtag(i) != xGerund {
		return true
	}
	c.each(i, func(k int) bool {
		switch c.form(k) {
		case "later", "then", "afterward", "afterwards", "subsequently", "eventually":
			found = c.rel(k) == kith.Advmod
		}
		return !found
	})
	return found
}

// perfective reports whether "have" stands among the auxiliaries of i.
func (c clauses) perfective(i int) bool {
	found := false
	c.each(i, func(k int) bool {
		found = found || c.rel(k) == kith.Aux && c.lemma(k) == "have"
		return !found
	})
	return found
}

// timeIn is the time of an expression with its words as they stand.
func (c clauses) timeIn(m moment) kith.Time {
	span := kith.Span{Start: c.a.Tokens[m.first].Start, End: c.a.Tokens[m.last-1].End}
	return kith.Time{From: m.from, To: m.to, Text: span.Cut(c.a.Document.Text)}
}

// anchored reports whether a participle has a time of its own, if one without
// a date: "serving as mayor before her defeat".
func (c clauses) anchored(i int) (found bool) {
	c.each(i, func(k int) bool {
		if mark := c.child(k, kith.Case); c.rel(k) == kith.Obl && mark >= 0 {
			switch c.form(mark) {
			case "before", "after", "since", "until":
				found = true
			}
		}
		return !found
	})
	return found
}
