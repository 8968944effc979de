package extract

import (
	"strings"

	"kith"
)

// holdOffice adds a claim for each holder of an office. The office's own words end
// where the next office of the sentence begins.
func (r *reader) holdOffice(h held, s kith.Sentence, end int) {
	c := r.statement("held_office", s)
	c.Value = h.value
	c.Qualifiers.Ordinal, c.Qualifiers.Distinction, c.Qualifiers.Status = h.ordinal, h.distinction, h.status
	if h.hasObject {
		object := h.object.ref
		c.Object = &object
	}
	if h.distinction == "" {
		c.Qualifiers.Distinction = r.firstOfKind(h)
	}
	c.Modality, c.Negated = kith.Asserted, false
	if !h.title {
		c.Modality, c.Negated = r.modality(h.trigger)
	}
	c.Attribution = r.speaker(h.trigger, h.title)
	for _, term := range r.terms(h, s, end) {
		c.Time = term
		for _, p := range h.holders {
			claim := c
			claim.Subject = p.ref
			claim.Confidence = r.trust(p, 0.92)
			r.once(r.unself(claim))
		}
	}
}

// statement begins a claim of a predicate about a sentence.
func (r *reader) statement(p kith.Predicate, s kith.Sentence) kith.Claim {
	return kith.Claim{
		Predicate: p, Modality: kith.Asserted, Extractor: extractor, Review: kith.Unreviewed,
		Evidence: kith.Evidence{Document: r.a.Document.ID, Start: s.Start, End: s.End, Quote: s.Cut(r.a.Document.Text)},
	}
}

// trust is the confidence in a claim about a party.
func (r *reader) trust(p party, base float64) float64 {
	if p.kind == kith.PronounMention {
		base -= 0.05
	}
	return max(base-0.02*float64(p.hops), 0.05)
}

// speaker is who says what the trigger tells. A title is taken for granted
// outside of quotations.
func (r *reader) speaker(trigger int, title bool) *kith.Attribution {
	if !title {
		return r.attribution(trigger)
	}
	if q := quotationAt(r.a, r.a.Tokens[trigger].Start); q != nil && !q.Scare {
		return quoteSource(r.a, q)
	}
	return nil
}

// unself drops the attribution of what somebody says of themselves.
func (r *reader) unself(c kith.Claim) kith.Claim {
	if at := c.Attribution; at != nil && at.Kind == kith.ByEntity && kith.Fold(at.Name) == kith.Fold(c.Subject.Name) {
		c.Attribution = nil
	}
	return c
}

// once adds a claim unless its sentence has one of that subject, predicate and
// value, whichever of the two says more.
func (r *reader) once(c kith.Claim) {
	for i := len(r.a.Claims) - 1; i >= 0 && r.a.Claims[i].Evidence.Start == c.Evidence.Start; i-- {
		old := &r.a.Claims[i]
		if old.Predicate != c.Predicate || old.Subject.Name != c.Subject.Name || !sameValue(old, &c) || old.Time.From != "" && c.Time.From != "" && old.Time != c.Time {
			continue
		}
		if saysMore(&c, old) {
			*old = c
		}
		return
	}
	r.add(c)
}

func sameValue(a, b *kith.Claim) bool {
	if a.Qualifiers.Election != b.Qualifiers.Election && a.Qualifiers.Election != "" && b.Qualifiers.Election != "" {
		return false
	}
	if a.Object != nil && b.Object != nil && a.Object.Type == kith.Person && a.Object.Name != b.Object.Name {
		return false
	}
	x, y := kith.Fold(a.Value), kith.Fold(b.Value)
	return x == y || x != "" && y != "" && (strings.HasSuffix(x, " "+y) || strings.HasSuffix(y, " "+x)) || (x == "" || y == "") && a.Predicate != "held_office" || a.Predicate == "appointed" || a.Predicate == "succeeded"
}

// saysMore compares how much two claims know besides their ends.
func saysMore(a, b *kith.Claim) bool { return weight(a) > weight(b) }

func weight(c *kith.Claim) int {
	n := len(c.Value)
	for _, s := range []string{c.Qualifiers.Status, c.Qualifiers.Distinction, c.Qualifiers.Ordinal, c.Qualifiers.Election, c.Qualifiers.Outcome, string(c.Time.From), string(c.Time.To)} {
		if s != "" {
			n += 20
		}
	}
	if c.Object != nil {
		n += 20
	}
	return n
}

// firstOfKind reads "the first woman and person of color to serve as" over an
// office.
func (r *reader) firstOfKind(h held) string {
	v := r.head(h.head)
	if v < 0 || r.rel(v) != kith.Acl && r.rel(v) != kith.AclRelcl {
		return ""
	}
	n := r.head(v)
	if n < 0 || !in(genericPersons, r.lowLemma(n)) {
		return ""
	}
	for c := r.first[n]; c >= 0; c = r.next[c] {
		if in(superlatives, r.low(int(c))) {
			end := v - 1
			for end > n && (r.rel(end) == kith.Punct || r.rel(end) == kith.Mark || r.tag(end) == kith.PART || r.tag(end) == kith.PRON) {
				end--
			}
			return strings.TrimSpace(r.cut(int(c), end+1))
		}
	}
	return ""
}

// terms lists the times of an office: dates beside its own words, else that of
// the clause that gives it. What begins or ends a term knows one end only.
func (r *reader) terms(h held, s kith.Sentence, end int) []kith.Time {
	if h.name {
		return []kith.Time{{}}
	}
	if list := r.datesBeside(h, s, end); len(list) > 0 {
		return list
	}
	if h.title {
		return []kith.Time{{}}
	}
	t := r.timeOf(h.trigger)
	if t.From == "" && t.To == "" {
		t = r.opening(h, s)
	}
	return []kith.Time{edge(t, h.verb)}
}

// datesBeside reads the expressions of time that follow an office's words
// closely: "(1959–1961)", "from 2014 to 2016", "since 2002, and previously from
// 1992 to 1997".
func (r *reader) datesBeside(h held, s kith.Sentence, end int) []kith.Time {
	var list []kith.Time
	last := h.last
	for _, m := range r.dated.within(r.a, s, h.last, end) {
		limit := 8
		if len(list) > 0 {
			limit = 3
		}
		if m.first-last > limit || !r.near(last, m.first) && len(list) == 0 {
			break
		}
		if m.from == "" && m.to == "" || h.title && m.from == m.to {
			continue
		}
		list = append(list, edge(clauses{&r.tree, s.First, s.Last}.timeIn(m), h.verb))
		last = m.last
	}
	return list
}

// opening reads an expression of time that opens the sentence before the verb
// of the office: "From 1995 to 1997, she was …".
func (r *reader) opening(h held, s kith.Sentence) kith.Time {
	for _, m := range r.dated.within(r.a, s, s.First, h.first) {
		if m.first <= s.First+1 && (m.from != "" || m.to != "") && m.last < s.Last && r.a.Word(m.last) == "," {
			return clauses{&r.tree, s.First, s.Last}.timeIn(m)
		}
	}
	return kith.Time{}
}

// near reports whether no verb and no end of a clause stands between two
// tokens.
func (r *reader) near(from, to int) bool {
	for i := from; i < to; i++ {
		switch r.low(i) {
		case "after", "before", "following", "under", "despite":
			return false
		}
		if r.tag(i) == kith.VERB || r.tag(i) == kith.AUX || r.a.Word(i) == ";" || r.a.Word(i) == "," && to-from > 4 || r.tag(i) == kith.SCONJ {
			return false
		}
	}
	return true
}

// edge keeps the end of a term that a verb of coming or leaving knows.
func edge(t kith.Time, verb string) kith.Time {
	if t.From != t.To || t.From == "" {
		return t
	}
	switch {
	case in(leavingVerbs, verb), in(partingVerbs, verb):
		t.From = ""
	case in(comingVerbs, verb), in(joiningVerbs, verb):
		t.To = ""
	}
	return t
}
