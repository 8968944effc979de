package text

import (
	"strings"

	"kith"
)

// speechTree walks the dependencies of one sentence.
type speechTree struct {
	a           *kith.Analysis
	first, last int
}

func (f *speakerFinder) tree(token int) (speechTree, bool) {
	s := f.a.SentenceOf(token)
	if s < 0 {
		return speechTree{}, false
	}
	return speechTree{f.a, f.a.Sentences[s].First, f.a.Sentences[s].Last}, true
}

func (t speechTree) head(i int) int {
	h := t.a.Tokens[i].Head
	if h < t.first || h >= t.last {
		return -1
	}
	return h
}

func (t speechTree) child(i int, rels ...kith.Rel) int {
	for k := t.first; k < t.last; k++ {
		if t.a.Tokens[k].Head != i || k == i {
			continue
		}
		for _, r := range rels {
			if t.a.Tokens[k].Rel == r {
				return k
			}
		}
	}
	return -1
}

// verb is the lemma of i with its particle.
func (t speechTree) verb(i int) string {
	lemma := lowerLemma(t.a, i)
	if p := t.child(i, kith.CompoundPrt); p >= 0 {
		if w := lemma + "_" + lowerLemma(t.a, p); ReportingVerb(w) != NotReporting {
			return w
		}
	}
	return lemma
}

func lowerLemma(a *kith.Analysis, i int) string {
	if l := a.Tokens[i].Lemma; l != "" && l != "_" {
		return strings.ToLower(l)
	}
	return strings.ToLower(a.Word(i))
}

// subject is who does what verb v says, over coordination, control and
// relative clauses; -1 where the sentence does not say.
func (t speechTree) subject(v int) int {
	for n := 0; v >= 0 && n < 8; n++ {
		if s := t.nearestSubject(v); s >= 0 {
			return t.antecedent(s, v)
		}
		if t.child(v, kith.NsubjPass, kith.AuxPass) >= 0 || n == 0 && t.a.Tokens[v].Rel == kith.Acl && t.a.Tokens[v].XTag.String() == "VBN" && ReportingVerb(t.verb(v)) != NotReporting {
			return t.agent(v) // "a group described as"
		}
		switch rel := t.a.Tokens[v].Rel; rel {
		case kith.Conj, kith.Xcomp, kith.Parataxis, kith.Ccomp:
			v = t.head(v)
		case kith.Advcl:
			v = t.head(v)
		case kith.Acl, kith.AclRelcl:
			h := t.head(v)
			if h >= 0 && t.child(h, kith.NmodPoss) >= 0 && rel == kith.Acl && t.child(v, kith.Mark) >= 0 { // "her vow to"
				return t.child(h, kith.NmodPoss)
			}
			return h
		default:
			return -1
		}
	}
	return -1
}

// nearestSubject is the subject of verb v: of several, which trees of fronted
// phrases have, the one right before it. It is -1 for none.
func (t speechTree) nearestSubject(v int) int {
	found := -1
	for k := t.first; k < t.last; k++ {
		if k != v && t.a.Tokens[k].Head == v && t.a.Tokens[k].Rel == kith.Nsubj && (found < 0 || k < v) {
			found = k
		}
	}
	return found
}

// agent is who does what a passive verb says; whoever is quoted speaks.
func (t speechTree) agent(v int) int {
	if by := t.child(v, kith.OblAgent); by >= 0 {
		return by
	}
	if lemma := lowerLemma(t.a, v); lemma == "quote" || lemma == "cite" {
		return t.child(v, kith.NsubjPass)
	}
	return -1
}

// antecedent replaces a relative pronoun by what its clause hangs on.
func (t speechTree) antecedent(s, v int) int {
	switch strings.ToLower(t.a.Word(s)) {
	case "who", "which", "that":
		for n := 0; v >= 0 && n < 4; n++ {
			if t.a.Tokens[v].Rel == kith.AclRelcl {
				return t.head(v)
			}
			v = t.head(v)
		}
	}
	return s
}

// quoteHead is the token of the quotation whose head lies outside of it, in
// its last sentence for cues that follow and its first for others.
func (f *speakerFinder) quoteHead(q quoteContext, last bool) int {
	if last {
		for i := q.last - 1; i >= q.first; i-- {
			if f.topmost(i, q) {
				return i
			}
		}
		return -1
	}
	for i := q.first; i < q.last; i++ {
		if f.topmost(i, q) {
			return i
		}
	}
	return -1
}

func (f *speakerFinder) topmost(i int, q quoteContext) bool {
	t := f.a.Tokens[i]
	return (t.Head < q.first || t.Head >= q.last) && t.Rel != kith.Punct && t.Rel != kith.Case && t.Rel != kith.Mark && t.Rel != kith.CC && t.Rel != kith.Det
}

// cueByTree finds the reporting verb over or beside the quotation and its
// subject, by the tree; -1 where there is none.
func (f *speakerFinder) cueByTree(q quoteContext) (cue, source int) {
	if cue, source := f.inverted(q); source >= 0 {
		return cue, source
	}
	for _, last := range []bool{false, true} {
		head := f.quoteHead(q, last)
		if head < 0 {
			continue
		}
		t, ok := f.tree(head)
		if !ok {
			continue
		}
		if cue, source := f.beside(t, head, q); source >= 0 {
			return cue, source
		}
		if cue, source := f.above(t, head, q); source >= 0 {
			return cue, source
		}
	}
	return -1, -1
}

// beside looks for a parenthetical "she said" and an "according to" that hang
// on the quotation's head.
func (f *speakerFinder) beside(t speechTree, head int, q quoteContext) (cue, source int) {
	for k := t.first; k < t.last; k++ {
		if t.a.Tokens[k].Head != head || f.inside[k] {
			continue
		}
		switch t.a.Tokens[k].Rel {
		case kith.Parataxis, kith.Conj, kith.Ccomp, kith.Advcl, kith.Dep:
			if f.reports(t, k) {
				if s := t.child(k, kith.Nsubj); s >= 0 && !f.inside[s] {
					return k, s
				}
			}
		case kith.Obl, kith.Nmod:
			if c := t.child(k, kith.Case); c >= 0 && strings.EqualFold(t.a.Word(c), "according") {
				return c, k
			}
		}
	}
	return -1, -1
}

// reports reports whether k is a verb that reports speech.
func (f *speakerFinder) reports(t speechTree, k int) bool {
	tag := t.a.Tokens[k].Tag
	return (tag == kith.VERB || tag == kith.AUX || tag == kith.NOUN) && ReportingVerb(t.verb(k)) != NotReporting && ReportingVerb(t.verb(k)) != ReportingNoun
}

// above climbs from the quotation's head to the verb that reports it: the
// topmost one whose reported clause holds the quotation, since words quoted
// inside indirect speech are those of its speaker. It does not leave a
// relative or adverbial clause with a subject of its own.
func (f *speakerFinder) above(t speechTree, head int, q quoteContext) (cue, source int) {
	cue, source = -1, -1
	for i, n := head, 0; i >= 0 && n < 14; n++ {
		if i != head && !f.inside[i] && f.reports(t, i) && (source < 0 || f.reportsClause(t, i)) {
			if s := t.subject(i); s >= 0 && !f.inside[s] {
				cue, source = i, s
			}
		}
		if rel := f.a.Tokens[i].Rel; !f.inside[i] && (rel == kith.AclRelcl || rel == kith.Advcl && t.child(i, kith.Nsubj, kith.NsubjPass) >= 0 || rel == kith.Parataxis) {
			break
		}
		i = t.head(i)
	}
	return cue, source
}

// reportsClause reports whether the verb introduces indirect speech: it has a
// clause as its content.
func (f *speakerFinder) reportsClause(t speechTree, i int) bool {
	return t.child(i, kith.Ccomp) >= 0 && ReportingVerb(t.verb(i)) == ReportsSaying
}

// cueByWords finds the reporting verb in the narrative beside the quotation by
// the order of words: "…," said Lee; "…," Lee said; Lee said: "…".
func (f *speakerFinder) cueByWords(q quoteContext) (cue, source int) {
	if cue, source := f.cueAfter(q); source >= 0 {
		return cue, source
	}
	if cue, source := f.cueBefore(q); source >= 0 {
		return cue, source
	}
	return f.according(q)
}

// according finds the party of an "according to" in the quotation's own
// sentence.
func (f *speakerFinder) according(q quoteContext) (cue, source int) {
	t, ok := f.tree(q.first)
	if !ok {
		return -1, -1
	}
	for i := t.first; i+2 < t.last; i++ {
		if f.inside[i] || !strings.EqualFold(f.a.Word(i), "according") || !strings.EqualFold(f.a.Word(i+1), "to") {
			continue
		}
		for k := i + 2; k < min(i+9, t.last) && f.a.Word(k) != ","; k++ {
			if m := f.heads[k]; m >= 0 && f.speaks(int(m)) {
				return i, k
			}
		}
	}
	return -1, -1
}

// cueAfter looks at the words that follow the closing mark, up to the end of
// their sentence.
func (f *speakerFinder) cueAfter(q quoteContext) (cue, source int) {
	if cue, source := f.inverted(q); source >= 0 {
		return cue, source
	}
	end := min(q.after, q.last+14)
	for i := q.last; i < end; i++ {
		w := f.a.Word(i)
		if w == "." || w == ":" || w == ";" {
			break
		}
		if f.a.Tokens[i].Tag != kith.VERB || !f.speechLemma(i) || f.tellsOther(i, q) {
			continue
		}
		if s := f.beforeComma(i, q.last); s >= 0 { // "…," Mr. Lee, 54, told reporters
			return i, s
		}
		if s := f.subjectNear(i, q.last, end); s >= 0 {
			return i, s
		}
	}
	return -1, -1
}

// tellsOther reports whether a verb behind a quotation that ends with a full
// stop tells of something else: “I made that boy.” Lee disputes this.
func (f *speakerFinder) tellsOther(v int, q quoteContext) bool {
	if q.last <= q.first || f.a.Word(q.last-1) != "." {
		return false
	}
	t, ok := f.tree(v)
	return ok && t.child(v, kith.Obj, kith.Ccomp) > v
}

// inverted reads a reporting verb that stands before its subject, right behind
// the closing mark: "…," said her brother. Parsers often take that subject for
// an object.
func (f *speakerFinder) inverted(q quoteContext) (cue, source int) {
	v := q.last
	for v < q.after && !isWordToken(f.a.Word(v)) {
		v++
	}
	if v >= q.after || f.a.Tokens[v].Tag != kith.VERB || !f.speechLemma(v) {
		return -1, -1
	}
	for i := v + 1; i < min(q.after, v+8); i++ {
		if !isWordToken(f.a.Word(i)) {
			break
		}
		if m := f.heads[i]; m >= 0 && f.speaks(int(m)) && f.a.Mentions[m].First <= v+2 && f.a.Tokens[i].Rel != kith.NmodPoss && f.a.Tokens[i].XTag != possessivePronoun {
			return v, i
		}
	}
	return -1, -1
}

var possessivePronoun = kith.ParseXTag("PRP$")

// cueBefore looks at the sentence that leads up to the opening mark.
func (f *speakerFinder) cueBefore(q quoteContext) (cue, source int) {
	start := max(q.before, q.first-40)
	colon := false
	for i := q.first - 1; i >= start; i-- {
		switch w := f.a.Word(i); {
		case w == ":":
			colon = true
		case w == "." || w == "?" || w == "!":
			return -1, -1
		}
		if f.a.Tokens[i].Tag != kith.VERB || !f.speechLemma(i) && !colon {
			continue
		}
		if i > start && f.personAt(i-1) >= 0 { // "with Lee stating:"
			return i, i - 1
		}
		if s := f.beforeComma(i, start); s >= 0 {
			return i, s
		}
		t, ok := f.tree(i)
		if !ok {
			continue
		}
		if s := t.subject(i); s >= 0 && !f.inside[s] {
			return i, s
		}
		if s := f.subjectNear(i, start, i); s >= 0 {
			return i, s
		}
	}
	return -1, -1
}

// beforeComma is the subject of a verb behind an insertion: of "Lee, asked
// about a run, told reporters:" it is the name before the first comma.
func (f *speakerFinder) beforeComma(verb, start int) int {
	if verb-1 < start || f.a.Word(verb-1) != "," {
		return -1
	}
	for k := verb - 2; k > start; k-- {
		if f.a.Word(k) == "," && f.personAt(k-1) >= 0 {
			return k - 1
		}
		if f.a.Word(k) == "." {
			return -1
		}
	}
	return -1
}

func (f *speakerFinder) speechLemma(i int) bool {
	switch ReportingVerb(lowerLemma(f.a, i)) {
	case NotReporting, ReportingNoun, ReportsCalling:
		return false
	}
	return true
}

// subjectNear is the head of a mention of a person right before or after the
// verb, within tokens [lo, hi).
func (f *speakerFinder) subjectNear(verb, lo, hi int) int {
	if t, ok := f.tree(verb); ok {
		if s := t.child(verb, kith.Nsubj); s >= lo && s < hi {
			return s
		}
	}
	for d := 1; d <= 6; d++ {
		for _, i := range []int{verb - d, verb + d} {
			if i < lo || i >= hi || i >= len(f.heads) || f.inside[i] || f.a.Tokens[i].XTag == possessivePronoun {
				continue
			}
			if m := f.heads[i]; m >= 0 && f.speaks(int(m)) {
				return i
			}
		}
	}
	return -1
}

// speaks reports whether a mention is of a kind that can speak.
func (f *speakerFinder) speaks(m int) bool {
	switch f.a.Mentions[m].Type {
	case kith.Person, kith.Group, kith.Organization, "":
		return true
	}
	return false
}
