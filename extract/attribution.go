package extract

import (
	"strings"

	"kith"
	"kith/text"
)

// attribution says who tells what the word at trigger tells. It is nil where
// the document itself does. Of nested speakers the outermost one who is named
// counts.
func (t *tree) attribution(trigger int) *kith.Attribution {
	a := t.a
	c, ok := t.clausesOf(trigger)
	if !ok {
		return nil
	}
	var chain []*kith.Attribution // from the inside out
	granted := false              // what the sentence takes for granted, its reporter does not report
	for i, steps := trigger, 0; i >= 0 && steps < 60; steps++ {
		if !granted {
			for _, source := range c.sourcesAt(i) {
				chain = append(chain, c.describe(source))
			}
		}
		if by := c.cleftSource(i); by >= 0 && !granted {
			chain = append(chain, c.describe(by))
		}
		granted = granted || takenForGranted(c.rel(i)) && !c.cleft(i)
		i = c.head(i)
	}
	if len(chain) == 0 && !granted {
		if by := c.aside(trigger); by != nil {
			chain = append(chain, by)
		} else if by := c.accordingAside(trigger); by != nil {
			chain = append(chain, by)
		}
	}
	if q := quotationAt(a, a.Tokens[trigger].Start); q != nil && !q.Scare {
		if by := quoteSource(a, q); by != nil {
			chain = append(chain, by)
		}
	}
	return outermost(chain)
}

// cleft reports whether i heads the clause of a cleft: "it was Lee who left".
func (c clauses) cleft(i int) bool {
	h := c.head(i)
	if h < 0 || c.rel(i) != kith.AclRelcl && c.rel(i) != kith.Acl && c.rel(i) != kith.Csubj || c.child(h, kith.Cop) < 0 {
		return false
	}
	s := c.child(h, kith.Nsubj, kith.Expl)
	return s >= 0 && c.form(s) == "it"
}

// cleftSource is the speaker of a cleft under "says that", for trees that lose
// the conjunction; -1 for none.
func (c clauses) cleftSource(i int) int {
	if !c.cleft(i) || c.rel(c.head(i)) == kith.Ccomp {
		return -1
	}
	it := c.child(c.head(i), kith.Nsubj, kith.Expl)
	if it-2 < c.first || c.form(it-1) != "that" || c.tag(it-2) != kith.VERB {
		return -1
	}
	return c.speaker(it - 2)
}

// aside reads a reporter between or behind commas by the words alone, for trees
// that lose it: "…, two people close to her said". It is nil where none follows
// the trigger.
func (c clauses) aside(trigger int) *kith.Attribution {
	for v := trigger + 2; v < c.last; v++ {
		if c.tag(v) != kith.VERB || c.lemma(v) != "say" || v+1 < c.last && c.tag(v+1) != kith.PUNCT && c.tag(v+1) != kith.ADP {
			continue
		}
		k := v - 1
		for k > trigger && c.tag(k) != kith.PUNCT && c.tag(k) != kith.VERB && c.tag(k) != kith.AUX && c.tag(k) != kith.SCONJ {
			k--
		}
		if k <= trigger || c.form(k) != "," || k+1 >= v || c.tag(k+1) == kith.CCONJ {
			return nil
		}
		for j := v - 1; j > k; j-- {
			if m := mentionAt(c.a, j); m >= 0 && c.a.Mentions[m].Last == v && c.a.Mentions[m].First == k+1 {
				return c.describe(j)
			}
		}
		if c.tag(v-1) == kith.PRON {
			return c.describe(v - 1)
		}
		words := kith.Span{Start: c.a.Tokens[k+1].Start, End: c.a.Tokens[v-1].End}.Cut(c.a.Document.Text)
		return &kith.Attribution{Kind: kith.ByAnonymous, Name: words}
	}
	return nil
}

// accordingAside reads ", according to two aides." at a sentence's end by the
// words alone, for trees that hang it on an inner clause. It is nil where none
// follows the trigger.
func (c clauses) accordingAside(trigger int) *kith.Attribution {
	for k := trigger + 2; k+2 < c.last; k++ {
		if c.form(k) != "according" || c.form(k+1) != "to" || c.form(k-1) != "," {
			continue
		}
		end := k + 2
		for end < c.last && c.tag(end) != kith.PUNCT && c.tag(end) != kith.VERB && c.tag(end) != kith.PRON && c.tag(end) != kith.SCONJ {
			end++
		}
		if end == k+2 {
			return nil
		}
		head := k + 2
		for j := k + 2; j < end && (j == k+2 || c.tag(j) != kith.ADP); j++ {
			if c.tag(j) == kith.NOUN || c.tag(j) == kith.PROPN {
				head = j
			}
		}
		return c.describe(head)
	}
	return nil
}

// takenForGranted reports whether a relation makes its word's content a thing
// taken for granted: a title, a possessor, an apposition, a relative clause.
func takenForGranted(r kith.Rel) bool {
	switch r {
	case kith.Appos, kith.Compound, kith.Flat, kith.NmodPoss, kith.NmodDesc, kith.NmodUnmarked, kith.Amod, kith.AclRelcl:
		return true
	}
	return false
}

// outermost picks the last named source, else the last one.
func outermost(chain []*kith.Attribution) *kith.Attribution {
	var out *kith.Attribution
	for _, by := range chain {
		if by != nil && (out == nil || by.Kind == kith.ByEntity || out.Kind != kith.ByEntity) {
			out = by
		}
	}
	return out
}

// quotationAt is the quotation that holds the offset, or nil.
func quotationAt(a *kith.Analysis, offset int) *kith.Quotation {
	lo, hi := 0, len(a.Quotes)
	for lo < hi {
		mid := (lo + hi) / 2
		switch q := &a.Quotes[mid]; {
		case offset < q.Start:
			hi = mid
		case offset >= q.End:
			lo = mid + 1
		default:
			return q
		}
	}
	return nil
}

// quoteSource is the speaker of a quotation; nil where none is known.
func quoteSource(a *kith.Analysis, q *kith.Quotation) *kith.Attribution {
	switch {
	case q.Speaker >= 0:
		return sourceOfMention(a, a.Mentions[q.Speaker])
	case q.Source != "":
		return &kith.Attribution{Kind: kith.ByAnonymous, Name: q.Source}
	}
	return nil
}

// sourcesAt lists the source tokens that report the clause of i: the subject
// of the verb that it completes, of a parenthetical "she said", the party
// after "according to", the owner of a claim, rumour or statement.
func (c clauses) sourcesAt(i int) []int {
	var out []int
	if s := c.reporter(i); s >= 0 {
		out = append(out, s)
	}
	c.each(i, func(k int) bool {
		switch c.rel(k) {
		case kith.Parataxis, kith.Discourse:
			if s := c.parenthetical(k); s >= 0 {
				out = append(out, s)
			}
		case kith.Obl, kith.Nmod, kith.Advmod, kith.Advcl:
			if c.accordingTo(k) {
				out = append(out, k)
			}
		}
		return true
	})
	return out
}

// reporter is the subject of the verb, or the noun, whose reported content the
// clause of i is; -1 for none.
func (c clauses) reporter(i int) int {
	h := c.head(i)
	if h < 0 {
		return -1
	}
	switch c.rel(i) {
	case kith.Ccomp, kith.Parataxis:
	case kith.Xcomp:
		if c.tag(h) != kith.VERB || text.ReportingVerb(c.phrasal(h)) != text.ReportsSaying && text.ReportingVerb(c.phrasal(h)) != text.ReportsDenial {
			return -1
		}
		switch c.lemma(h) { // these tell what somebody did, and to whom
		case "promise", "pledge", "vow", "swear", "agree", "decide", "propose", "announce", "continue", "hope", "expect", "deny", "claim", "report":
		default:
			return -1
		}
	case kith.Acl:
		if c.child(i, kith.Mark) >= 0 && c.form(c.child(i, kith.Mark)) == "that" && text.IsReportingNoun(c.lemma(h)) {
			return c.holder(h)
		}
		return -1
	case kith.Obj: // "denies a meeting"
		if text.ReportingVerb(c.lemma(h)) != text.ReportsDenial {
			return -1
		}
		return c.speaker(h)
	case kith.Advcl:
		if c.child(i, kith.Mark) < 0 || text.ReportingVerb(c.lemma(h)) != text.ReportsDenial {
			return -1
		}
	default:
		return -1
	}
	if c.rel(i) == kith.Parataxis && !c.reportsContentAfter(h, i) {
		return -1
	}
	return c.speaker(h)
}

// reportsContentAfter recognises "Lee said: he left", where the content hangs
// on its reporter as a parataxis.
func (c clauses) reportsContentAfter(h, i int) bool {
	kind := text.ReportingVerb(c.phrasal(h))
	return i > h && (kind == text.ReportsSaying || kind == text.ReportsDenial) && c.child(h, kith.Ccomp, kith.Obj) < 0
}

// speaker is the subject of a reporting verb, over coordination and control;
// -1 where h reports nothing or nobody is named as the reporter.
func (c clauses) speaker(h int) int {
	if c.tag(h) != kith.VERB && c.tag(h) != kith.NOUN || text.ReportingVerb(c.phrasal(h)) == text.NotReporting {
		return -1
	}
	for i, n := h, 0; i >= 0 && n < 8; n++ {
		if s := c.child(i, kith.Nsubj); s >= 0 {
			return c.antecedent(s, i)
		}
		if c.child(i, kith.NsubjPass) >= 0 {
			if by := c.child(i, kith.OblAgent); by >= 0 {
				return by
			}
			if c.passive(i) && c.lemma(i) != "quote" {
				return -1
			}
			return c.child(i, kith.NsubjPass)
		}
		switch c.rel(i) {
		case kith.Conj, kith.Xcomp, kith.Advcl, kith.Ccomp, kith.Parataxis:
			i = c.head(i)
		case kith.Acl, kith.AclRelcl:
			return c.head(i)
		default:
			return -1
		}
	}
	return -1
}

// antecedent replaces a relative pronoun by what its clause hangs on.
func (c clauses) antecedent(s, verb int) int {
	if w := c.form(s); w == "who" || w == "which" || w == "that" {
		if h := c.head(verb); h >= 0 && c.rel(verb) == kith.AclRelcl {
			return h
		}
	}
	return s
}

// parenthetical is the speaker of an inserted or final "she said".
func (c clauses) parenthetical(k int) int {
	kind := text.ReportingVerb(c.phrasal(k))
	if kind != text.ReportsSaying && kind != text.ReportsThought || c.tag(k) != kith.VERB || c.child(k, kith.Ccomp) >= 0 {
		return -1
	}
	return c.child(k, kith.Nsubj)
}

// accordingTo reports whether "according to" stands before k, or "in the words
// of", "in X's view".
func (c clauses) accordingTo(k int) bool {
	found := false
	c.each(k, func(m int) bool {
		found = c.rel(m) == kith.Case && c.form(m) == "according" || c.form(m) == "per" && c.rel(m) == kith.Case && c.tag(k) == kith.PROPN
		return !found
	})
	if !found && c.form(k) == "according" { // some trees hang the source on "according"
		return false
	}
	return found
}

// holder is who makes a claim or holds a view: its possessor, or else the noun
// itself ("rumours").
func (c clauses) holder(noun int) int {
	if p := c.child(noun, kith.NmodPoss); p >= 0 {
		return p
	}
	if h := c.head(noun); h >= 0 && c.rel(noun) == kith.Obj && c.tag(h) == kith.VERB {
		if s := c.child(h, kith.Nsubj); s >= 0 {
			return s
		}
	}
	return noun
}

// describe makes the attribution of a source token: a named entity, a group or
// somebody unnamed in the text's own words. It is nil for the author.
func (c clauses) describe(k int) *kith.Attribution {
	switch c.form(k) {
	case "i", "we", "you", "one", "it", "what", "which", "that", "this", "there":
		if q := quotationAt(c.a, c.a.Tokens[k].Start); q != nil {
			return quoteSource(c.a, q)
		}
		if c.form(k) != "it" && c.form(k) != "we" {
			return nil
		}
	}
	if m := mentionAt(c.a, k); m >= 0 {
		if by := sourceOfMention(c.a, c.a.Mentions[m]); by != nil && (by.Kind == kith.ByEntity || c.a.Mentions[m].Kind != kith.PronounMention) {
			if by.Kind == kith.ByEntity {
				return by
			}
			return &kith.Attribution{Kind: by.Kind, Name: c.words(k), ID: by.ID}
		}
	}
	if org := c.issuer(k); org != nil {
		return org
	}
	if w := c.form(k); w == "it" || w == "me" || w == "us" {
		return nil
	}
	return &kith.Attribution{Kind: kith.ByAnonymous, Name: c.words(k)}
}

// documentNouns are what organisations speak through.
var documentNouns = lemmaSet(`release statement report letter memo document filing bulletin newsletter communique transcript
	website account study survey poll indictment complaint lawsuit email note post`)

// issuer is the organisation that issued a statement, release or report: named
// before or after it, or where it was first mentioned.
func (c clauses) issuer(k int) *kith.Attribution {
	if !documentNouns[c.lemma(k)] {
		return nil
	}
	if by := c.namedIssuer(k); by != nil {
		return by
	}
	if d := c.child(k, kith.Det); d < 0 || c.form(d) != "the" {
		return nil
	}
	for i := k - 1; i >= 0 && i > k-1500; i-- {
		if c.a.Tokens[i].Tag == kith.NOUN && strings.EqualFold(c.a.Tokens[i].Lemma, c.lemma(k)) {
			earlier, ok := c.clausesOf(i)
			if !ok {
				return nil
			}
			if by := earlier.namedIssuer(i); by != nil {
				return by
			}
		}
	}
	return nil
}

func (c clauses) namedIssuer(k int) *kith.Attribution {
	var by *kith.Attribution
	c.each(k, func(j int) bool {
		switch c.rel(j) {
		case kith.Compound, kith.NmodPoss, kith.NmodDesc, kith.Nmod:
			if c.rel(j) == kith.Nmod && (c.child(j, kith.Case) < 0 || c.form(c.child(j, kith.Case)) != "from" && c.form(c.child(j, kith.Case)) != "by") {
				return true
			}
			if m := mentionAt(c.a, j); m >= 0 && c.a.Mentions[m].Type != kith.Place {
				if s := sourceOfMention(c.a, c.a.Mentions[m]); s != nil && s.Kind == kith.ByEntity {
					by = s
				}
			}
		}
		return by == nil
	})
	return by
}

// words are the words of a source as the text has them, without relative
// clauses.
func (c clauses) words(k int) string {
	lo, hi := k, k
	for grown := true; grown; {
		grown = false
		for i := c.first; i < c.last; i++ {
			h := c.tree.head(i)
			if h < lo || h > hi || i >= lo && i <= hi || !c.partOfSource(i, k) {
				continue
			}
			lo, hi, grown = min(lo, i), max(hi, i), true
		}
	}
	for lo < k && (c.rel(lo) == kith.Case || c.rel(lo) == kith.Punct) {
		lo++
	}
	words := kith.Span{Start: c.a.Tokens[lo].Start, End: c.a.Tokens[hi].End}.Cut(c.a.Document.Text)
	if _, source, found := strings.Cut(words, "according to "); found { // what stands before is no part of the source
		words = source
	}
	return strings.TrimRight(words, " ,;:")
}

func (c clauses) partOfSource(i, k int) bool {
	switch c.rel(i) {
	case kith.AclRelcl, kith.Appos, kith.Parataxis, kith.Punct, kith.Conj, kith.CC, kith.Advcl:
		return false
	case kith.Acl: // the content of a rumour is not its name
		return c.child(i, kith.Mark) < 0
	case kith.Case:
		return c.head(i) != k
	}
	return true
}

// mentionAt is the mention that the token heads, or else the name that holds
// it; -1 for none.
func mentionAt(a *kith.Analysis, token int) int {
	best := -1
	for i := firstMention(a, a.Tokens[token].Start); i < len(a.Mentions); i++ {
		m := a.Mentions[i]
		if m.Start > a.Tokens[token].Start {
			break
		}
		if m.Head == token || m.Kind == kith.NameMention && m.First <= token && token < m.Last {
			if best < 0 || m.Head == token && a.Mentions[best].Head != token || m.Kind == kith.NameMention {
				best = i
			}
		}
	}
	return best
}

// firstMention is the index of the first mention that may hold the offset:
// mentions are in order of Start and none is longer than this many bytes.
func firstMention(a *kith.Analysis, offset int) int {
	const longest = 400
	lo, hi := 0, len(a.Mentions)
	for lo < hi {
		mid := (lo + hi) / 2
		if a.Mentions[mid].Start < offset-longest {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// sourceOfMention makes the attribution of a mention's entity.
func sourceOfMention(a *kith.Analysis, m kith.Mention) *kith.Attribution {
	if m.Entity < 0 || m.Entity >= len(a.Entities) {
		return nil
	}
	e := a.Entities[m.Entity]
	by := &kith.Attribution{Kind: kith.ByEntity, Name: e.Name, ID: e.ID}
	switch {
	case !e.Unnamed && (e.Type == kith.Person || e.Type == kith.Organization || e.Type == kith.Place):
	case e.Type == kith.Organization || e.Type == kith.Place:
		by.Kind = kith.ByGroup
	default:
		by.Kind = kith.ByAnonymous
	}
	return by
}

// Source is who the reader thinks tells what the token tells; nil for the
// document itself. It is what the scorers measure.
func Source(a *kith.Analysis, token int) *kith.Attribution {
	var t tree
	t.grow(a)
	return t.attribution(token)
}
