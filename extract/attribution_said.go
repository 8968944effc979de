package extract

import (
	"strings"
	"unicode"

	"kith"
)

// shortest is the number of words from which a quoted run is a saying by
// itself; shorter ones only where they give something a name.
const shortest = 3

// sayings adds a claim for each quotation that begins in sentence i and has a
// speaker. The evidence is the whole sentences that hold its words.
func (r *reader) sayings(i int) {
	for k := r.firstQuote(i); k < len(r.a.Quotes) && r.a.Quotes[k].Sentence == i; k++ {
		q := &r.a.Quotes[k]
		if q.Scare || q.Turn || r.contained(k) || !r.worthQuoting(q) {
			continue
		}
		who, ok := r.quoted(q)
		if !ok {
			continue
		}
		c := r.statement("said", r.sentences(i, q.End))
		c.Subject = who.ref
		c.Value = r.undone(q) + q.Cut(r.a.Document.Text)
		c.Confidence = r.trust(who, 0.92)
		if q.Cue >= 0 {
			c.Time = r.timeOf(q.Cue)
		}
		if who.unnamed {
			c.Attribution = &kith.Attribution{Kind: kith.ByAnonymous, Name: who.ref.Name}
		}
		r.add(c)
	}
}

// undone is, for a quotation that goes on from a negated verb of the text's own
// ("she would not “go quietly”"), that verb in square brackets, as newspapers
// write what a quotation leaves out: the words alone would say the opposite.
func (r *reader) undone(q *kith.Quotation) string {
	first := r.tokenAt(q.Start)
	if first < 3 || !startsLower(r.a.Word(first)) {
		return ""
	}
	k := first - 2 // over the opening mark
	if r.low(k) == "to" {
		k--
	}
	negated := false
	from := k + 1
	for n := 0; k >= 0 && n < 4 && (r.tag(k) == kith.AUX || r.tag(k) == kith.ADV || r.tag(k) == kith.PART); k, n = k-1, n+1 {
		negated = negated || in(undoing, r.low(k))
		from = k
	}
	if !negated || r.tag(first) != kith.VERB && r.tag(first) != kith.ADV && r.tag(first) != kith.AUX {
		return ""
	}
	return "[" + kith.Span{Start: r.a.Tokens[from].Start, End: r.a.Tokens[first-2].End}.Cut(r.a.Document.Text) + "] "
}

var undoing = words("not never n't n’t nt hardly neither cannot")

func startsLower(w string) bool { return w != "" && w[0] >= 'a' && w[0] <= 'z' }

// firstQuote is the first quotation of sentence i or later.
func (r *reader) firstQuote(i int) int {
	lo, hi := 0, len(r.a.Quotes)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.a.Quotes[mid].Sentence < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// contained reports whether quotation k lies inside the one before it.
func (r *reader) contained(k int) bool {
	return k > 0 && r.a.Quotes[k-1].Contains(r.a.Quotes[k].Span)
}

// worthQuoting counts the words in the marks. One or two of them count only
// where they give a thing a name: "a “karmic twofer”".
func (r *reader) worthQuoting(q *kith.Quotation) bool {
	n := 0
	for _, w := range strings.Fields(q.Cut(r.a.Document.Text)) {
		if strings.ContainsFunc(w, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
			n++
		}
	}
	return n >= shortest || n == 2 && r.names(q)
}

// names reports whether a short run stands as what something is called: after
// an article, under a verb of seeing or calling.
func (r *reader) names(q *kith.Quotation) bool {
	if q.Cue < 0 || r.tag(q.Cue) != kith.VERB {
		return false
	}
	first := r.tokenAt(q.Start)
	if first < 2 || first >= len(r.a.Tokens) {
		return false
	}
	return r.tag(first-2) == kith.DET && in(calling, r.lowLemma(q.Cue))
}

// calling lists verbs that give something a name or a description.
var calling = words(`brand call characterise characterize condemn decry denounce deride describe dismiss dub hail label mock nickname
	portray praise regard see slam tag term tout view`)

// tokenAt is the first token that begins at or after the offset.
func (r *reader) tokenAt(offset int) int {
	lo, hi := 0, len(r.a.Tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.a.Tokens[mid].Start < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// quoted is the party that speaks a quotation; false where the text names and
// describes none.
func (r *reader) quoted(q *kith.Quotation) (party, bool) {
	if q.Speaker >= 0 {
		m := r.a.Mentions[q.Speaker]
		if m.Entity < 0 || m.Entity >= len(r.a.Entities) {
			return party{}, false
		}
		p := r.known(q.Speaker, max(m.Head, 0), 0)
		switch p.ref.Type {
		case kith.Person, kith.Organization, kith.Group:
		case kith.Place:
			p.ref.Type = kith.Organization
		default:
			return party{}, false
		}
		return p, !p.unnamed || strings.Contains(p.ref.Name, " ")
	}
	if !strings.Contains(q.Source, " ") {
		return party{}, false
	}
	return party{ref: kith.EntityRef{Name: q.Source, Type: kith.Person, ID: kith.NewEntityID(r.a.Document.ID, q.Source, kith.Person, 0)}, entity: -1, unnamed: true}, false
}

// sentences is the run of sentences from i to the one that holds the offset.
func (r *reader) sentences(i, end int) kith.Sentence {
	s := r.a.Sentences[i]
	for k := i + 1; k < len(r.a.Sentences) && r.a.Sentences[k].Start < end; k++ {
		s.End, s.Last = r.a.Sentences[k].End, r.a.Sentences[k].Last
	}
	return s
}
