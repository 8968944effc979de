package text

import (
	"strings"
	"unicode"

	"kith"
)

// assign gives quotation i its speaker by the first rule that finds one.
func (f *speakerFinder) assign(i int) {
	q, quote := &f.quotes[i], &f.a.Quotes[i]
	quote.Speaker, quote.Cue, quote.Source, quote.Scare = -1, -1, "", false
	switch {
	case q.first >= q.last:
		quote.Scare = true
	case f.dialogue && f.byRank(i):
	case f.titled(*q):
		quote.Scare = true
	case f.narrated(*q):
		quote.Scare = true
	case q.goesOn && f.takeOver(i, i-1):
	case f.colonBefore(*q) && f.byCue(i, byLeadIn):
	case f.byCue(i, byTree), f.byCue(i, byWords):
	case !q.complete && f.splitSpeech(i):
	case !q.complete && !q.whole && !f.dialogue:
		quote.Scare = true
	case f.byLead(i):
	default:
		f.byContext(i)
	}
	if quote.Cue >= 0 && f.nickname(i) {
		quote.Scare, quote.Speaker, quote.Source = true, -1, ""
	}
}

// takeOver gives quotation i the speaker of quotation from.
func (f *speakerFinder) takeOver(i, from int) bool {
	a := f.a.Quotes
	if from < 0 || a[from].Speaker < 0 && a[from].Source == "" {
		return false
	}
	a[i].Speaker, a[i].Source = a[from].Speaker, a[from].Source
	f.quotes[i].how = byContinuation
	return true
}

// byCue takes the subject of the verb that reports the quotation.
func (f *speakerFinder) byCue(i int, rule speakerRule) bool {
	find := f.cueByTree
	switch rule {
	case byWords:
		find = f.cueByWords
	case byLeadIn:
		find = f.cueBefore
	}
	cue, source := find(f.quotes[i])
	if source < 0 {
		return false
	}
	f.set(i, cue, source)
	f.quotes[i].how = rule
	return true
}

// set makes the phrase that the token heads the speaker of quotation i.
func (f *speakerFinder) set(i, cue, source int) {
	quote := &f.a.Quotes[i]
	quote.Cue = cue
	if n := f.nameBefore(cue, source); n >= 0 {
		quote.Speaker = n
		return
	}
	if n := f.beforeRelative(source); n >= 0 {
		quote.Speaker = n
		return
	}
	if m := f.goesOnSpeaking(i, cue, source); m >= 0 {
		quote.Speaker = m
		return
	}
	if m := f.subjectJustBefore(i, source); m >= 0 {
		quote.Speaker = m
		return
	}
	if m := f.mentionOf(source); m >= 0 && f.speaks(m) && !f.namelessPronoun(m) {
		quote.Speaker = m
		return
	}
	if m := f.subjectBefore(source); m >= 0 {
		quote.Speaker = m
		return
	}
	if m := f.issuer(source); m >= 0 {
		quote.Speaker = m
		return
	}
	if m := f.mentionOf(source); m >= 0 && f.speaks(m) {
		quote.Speaker = m
		return
	}
	quote.Source = f.phrase(source)
}

// nameBefore is the person whose name ends right before the cue and belongs to
// the description that the source heads: "chief executive of the council Enver
// Lowe told"; -1 for none.
func (f *speakerFinder) nameBefore(cue, source int) int {
	if cue <= source+1 || f.a.Tokens[source].Tag != kith.NOUN && f.a.Tokens[source].Tag != kith.PROPN || f.personAt(source) >= 0 {
		return -1
	}
	for k := source + 1; k < cue; k++ {
		if tag := f.a.Tokens[k].Tag; tag == kith.VERB || tag == kith.AUX || f.a.Word(k) == "," {
			return -1
		}
	}
	return f.personAt(cue - 1)
}

// goesOnSpeaking is the speaker of the quotation or report before, for a
// pronoun with a verb of going on: "She continued:"; -1 for others.
func (f *speakerFinder) goesOnSpeaking(i, cue, source int) int {
	if f.a.Tokens[source].Tag != kith.PRON || i == 0 || f.quotes[i].paragraph-f.quotes[i-1].paragraph > 1 {
		return -1
	}
	switch lowerLemma(f.a, cue) {
	case "continue", "add", "go", "conclude":
	default:
		return -1
	}
	m := f.a.Quotes[i-1].Speaker
	if m < 0 || f.a.Mentions[m].Type != kith.Person || f.a.Entities[f.a.Mentions[m].Entity].Unnamed {
		return -1
	}
	return m
}

// namelessPronoun reports whether a mention is a "he" or "she" whose cluster
// has no name.
func (f *speakerFinder) namelessPronoun(m int) bool {
	n := f.a.Mentions[m]
	if n.Kind != kith.PronounMention || n.Entity < 0 || n.Entity >= len(f.a.Entities) {
		return false
	}
	return f.a.Entities[n.Entity].Unnamed
}

// titledName is the person named right behind the title that the token heads:
// "Labour's Shadow Home Secretary Ann Lee said"; -1 for none.
func (f *speakerFinder) titledName(token int) int {
	if tag := f.a.Tokens[token].Tag; tag != kith.NOUN && tag != kith.PROPN || token+1 >= len(f.a.Tokens) {
		return -1
	}
	return f.personAt(token + 1)
}

// subjectBefore is, for a "he" or "she" that refers to nobody known, the person
// named as the subject of the sentence before; -1 for others.
func (f *speakerFinder) subjectBefore(source int) int {
	switch strings.ToLower(f.a.Word(source)) {
	case "he", "she":
	default:
		return -1
	}
	s := f.a.SentenceOf(source)
	for s--; s >= 0 && f.inside[f.a.Sentences[s].First]; s-- { // over what is quoted
	}
	if s < 0 {
		return -1
	}
	for t := f.a.Sentences[s].First; t < f.a.Sentences[s].Last; t++ {
		if rel := f.a.Tokens[t].Rel; rel != kith.Nsubj && rel != kith.NsubjPass || f.inside[t] {
			continue
		}
		if m := f.personAt(t); m >= 0 {
			return m
		}
		if m := f.mentionOf(t); m >= 0 && f.a.Mentions[m].Kind == kith.NameMention && f.a.Mentions[m].Type == kith.Person { // "Her spokesman, Lee, denied"
			return m
		}
		if m := f.titledName(t); m >= 0 {
			return m
		}
		return f.beforeRelative(t)
	}
	return -1
}

// subjectJustBefore is, for the "he" or "she" of a quotation that goes on in
// its paragraph from a sentence about one named person ("Lee denied it.
// “Never,” he said."), that person, if the sexes agree; -1 for others.
func (f *speakerFinder) subjectJustBefore(i, source int) int {
	q := f.quotes[i]
	if q.opens || f.dialogue || source < q.last {
		return -1
	}
	s := f.a.SentenceOf(q.first) - 1
	if s < 0 || f.a.Sentences[s].First < q.paraFirst || f.inside[f.a.Sentences[s].First] {
		return -1
	}
	m := f.subjectBefore(source)
	if m < 0 || f.a.Mentions[m].First < f.a.Sentences[s].First || f.a.Mentions[m].Entity < 0 {
		return -1
	}
	if f.calledBy(f.a.Mentions[m].Entity, strings.ToLower(f.a.Word(source))) {
		return m
	}
	return -1
}

// calledBy reports whether an entity is nowhere called by a pronoun of the
// other sex.
func (f *speakerFinder) calledBy(entity int, pronoun string) bool {
	other := "she"
	if pronoun == "she" {
		other = "he"
	}
	for k := range f.a.Mentions {
		m := &f.a.Mentions[k]
		if m.Entity == entity && m.Kind == kith.PronounMention && strings.EqualFold(m.Text, other) {
			return false
		}
	}
	return true
}

// beforeRelative is the person named before a relative "who" that the tree
// left hanging, over a coordinated one: "Grau, who chairs … and who called";
// -1 for none.
func (f *speakerFinder) beforeRelative(source int) int {
	if !strings.EqualFold(f.a.Word(source), "who") {
		return -1
	}
	for k := source; k > 1 && source-k < 25; k-- {
		if !strings.EqualFold(f.a.Word(k), "who") {
			continue
		}
		if f.a.Word(k-1) == "," {
			return f.personAt(k - 2)
		}
		if n := f.personAt(k - 1); n >= 0 {
			return n
		}
	}
	return -1
}

// titledPerson is the last person named before the token with that noun for a
// title: "the secretary" after "Defense Secretary Lee"; -1 for none.
func (f *speakerFinder) titledPerson(token int) int {
	if token == 0 || !strings.EqualFold(f.a.Word(token-1), "the") {
		return -1
	}
	w := f.a.Word(token)
	for m := len(f.a.Mentions) - 1; m >= 0; m-- {
		n := f.a.Mentions[m]
		if n.First >= token || n.Kind != kith.NameMention || n.Type != kith.Person {
			continue
		}
		if n.First > 0 && strings.EqualFold(f.a.Word(n.First-1), w) || n.Last > n.First+1 && strings.EqualFold(f.a.Word(n.First), w) {
			return m
		}
	}
	return -1
}

// mentionOf is the mention of whoever the token stands for: the name that it is
// part of, the name behind or beside a description ("union leader Lee", "its
// president, Lee,"), or what it heads.
func (f *speakerFinder) mentionOf(token int) int {
	m := int(f.heads[token])
	if m >= 0 && f.a.Mentions[m].Kind == kith.NameMention && f.a.Mentions[m].Last < len(f.a.Tokens) {
		if n := f.personAt(f.a.Mentions[m].Last); n >= 0 && f.a.Mentions[n].First == f.a.Mentions[m].Last { // a title taken for a name
			return n
		}
	}
	if m >= 0 && f.a.Mentions[m].Kind != kith.NominalMention {
		return m
	}
	if n := f.personAt(token); n >= 0 {
		return n
	}
	if n := f.titledPerson(token); n >= 0 {
		return n
	}
	if f.a.Tokens[token].Tag != kith.PRON && token+2 < len(f.a.Tokens) {
		if n := f.personAt(token + 1); n >= 0 {
			return n
		}
		if n := f.beyondOwner(token); n >= 0 {
			return n
		}
		if n := f.personAt(token + 2); n >= 0 && f.a.Word(token+1) == "," && f.a.Mentions[n].Last < len(f.a.Tokens) && f.a.Word(f.a.Mentions[n].Last) == "," {
			return n
		}
	}
	return m
}

// beyondOwner is the person named between commas behind a post and whose post
// it is: "a spokesman for Lee, Bo Cruz, said"; -1 for none.
func (f *speakerFinder) beyondOwner(token int) int {
	switch strings.ToLower(f.a.Word(token + 1)) {
	case "for", "of", "to":
	default:
		return -1
	}
	k := token + 2
	for k < len(f.a.Tokens)-2 && k < token+9 && f.a.Tokens[k].Tag != kith.PUNCT && f.a.Tokens[k].Tag != kith.VERB {
		k++
	}
	if f.a.Word(k) != "," {
		return -1
	}
	n := f.personAt(k + 1)
	if n < 0 || f.a.Mentions[n].First != k+1 || f.a.Mentions[n].Last >= len(f.a.Tokens) || f.a.Word(f.a.Mentions[n].Last) != "," {
		return -1
	}
	return n
}

// personAt is the name mention of a person that holds the token, or -1.
func (f *speakerFinder) personAt(token int) int {
	for k := token; k < min(token+5, len(f.heads)); k++ {
		if m := int(f.heads[k]); m >= 0 && f.a.Mentions[m].Kind == kith.NameMention && f.a.Mentions[m].Type == kith.Person && f.a.Mentions[m].First <= token && token < f.a.Mentions[m].Last {
			return m
		}
	}
	for k := token - 1; k >= max(0, token-4); k-- {
		if m := int(f.heads[k]); m >= 0 && f.a.Mentions[m].Kind == kith.NameMention && f.a.Mentions[m].Type == kith.Person && f.a.Mentions[m].First <= token && token < f.a.Mentions[m].Last {
			return m
		}
	}
	return -1
}

// issuer is the named organisation behind a letter, statement or report that
// "says" something.
func (f *speakerFinder) issuer(token int) int {
	switch lowerLemma(f.a, token) {
	case "letter", "statement", "release", "report", "memo", "document", "spokesperson", "filing", "website", "email", "note", "bulletin":
	default:
		return -1
	}
	t, ok := f.tree(token)
	if !ok {
		return -1
	}
	for k := t.first; k < t.last; k++ {
		if f.a.Tokens[k].Head != token || f.heads[k] < 0 {
			continue
		}
		switch f.a.Tokens[k].Rel {
		case kith.Compound, kith.NmodPoss, kith.NmodDesc:
			if m := int(f.heads[k]); f.a.Mentions[m].Kind == kith.NameMention && f.a.Mentions[m].Type != kith.Place {
				return m
			}
		}
	}
	return -1
}

// phrase is the text of the phrase that the token heads, without clauses.
func (f *speakerFinder) phrase(token int) string {
	t, ok := f.tree(token)
	if !ok {
		return f.a.Word(token)
	}
	lo, hi := token, token
	for k := token - 1; k >= t.first && f.a.Tokens[k].Head >= k && f.below(t, k, token) && f.a.Tokens[k].Rel != kith.Punct; k-- {
		lo = k
	}
	for k := token + 1; k < t.last && f.below(t, k, token); k++ {
		if r := f.a.Tokens[k].Rel; r == kith.AclRelcl || r == kith.Punct || r == kith.Appos || r == kith.Conj || r == kith.CC {
			break
		}
		hi = k
	}
	return kith.Span{Start: f.a.Tokens[lo].Start, End: f.a.Tokens[hi].End}.Cut(f.a.Document.Text)
}

func (f *speakerFinder) below(t speechTree, k, top int) bool {
	for n := 0; k >= 0 && n < 20; n++ {
		if k == top {
			return true
		}
		k = t.head(k)
	}
	return false
}

// narrated reports whether the quoted words are the predicate of the text's own
// clause: "she “passed the torch” to him". In indirect speech they are its
// speaker's.
func (f *speakerFinder) narrated(q quoteContext) bool {
	head := f.quoteHead(q, false)
	if head < 0 || f.a.Tokens[head].Tag != kith.VERB || !finiteTag(f.a.Tokens[head].XTag.String()) {
		return false
	}
	t, ok := f.tree(head)
	if !ok {
		return false
	}
	s := t.child(head, kith.Nsubj)
	if s < 0 || s >= q.first || f.inside[s] {
		return false
	}
	for i, n := head, 0; i >= 0 && n < 6; n++ {
		if f.a.Tokens[i].Rel == kith.Ccomp || f.a.Tokens[i].Rel == kith.Parataxis {
			return false
		}
		i = t.head(i)
	}
	return true
}

func finiteTag(tag string) bool { return tag == "VBD" || tag == "VBZ" || tag == "VBP" }

// colonBefore reports whether a colon stands right before the opening mark.
func (f *speakerFinder) colonBefore(q quoteContext) bool {
	return q.first-2 >= q.before && f.a.Word(q.first-2) == ":"
}

// splitSpeech takes over the speaker where one sentence is spoken in two
// runs: "Not now," Ames said, "and not ever."
func (f *speakerFinder) splitSpeech(i int) bool {
	if i == 0 || f.a.Quotes[i].Sentence != f.a.Quotes[i-1].Sentence || f.quotes[i-1].how == byNothing {
		return false
	}
	return f.takeOver(i, i-1)
}

// byLead takes the subject of the sentence that leads up to the quotation with
// a colon at the end of the paragraph before.
func (f *speakerFinder) byLead(i int) bool {
	q := f.quotes[i]
	if !q.opens || q.paraFirst == 0 || f.a.Word(q.paraFirst-1) != ":" {
		return false
	}
	t, ok := f.tree(q.paraFirst - 1)
	if !ok {
		return false
	}
	for v := t.last - 1; v >= t.first; v-- {
		if f.a.Tokens[v].Tag != kith.VERB || f.inside[v] {
			continue
		}
		if s := t.subject(v); s >= 0 && !f.inside[s] {
			f.set(i, v, s)
			f.quotes[i].how = byWords
			return true
		}
	}
	return false
}

// byContext finds the speaker of speech that nothing reports: the one who
// spoke before it in its paragraph or, in news, in the paragraph before; in
// dialogue the one whose turn it is.
func (f *speakerFinder) byContext(i int) {
	q := f.quotes[i]
	switch {
	case i > 0 && f.quotes[i-1].paragraph == q.paragraph && f.takeOver(i, i-1):
	case q.opens && i > 0 && q.paragraph-f.quotes[i-1].paragraph <= 1 && f.takeOver(i, i-1):
	case q.opens && i > 0 && q.complete && f.sameSubject(i) >= 0 && f.takeOver(i, i-1):
	case !q.complete:
		f.a.Quotes[i].Scare = true
	}
}

// sameSubject is the speaker of the quotation before, where the narrative
// between the two is about that speaker still; -1 otherwise.
func (f *speakerFinder) sameSubject(i int) int {
	q, before := f.quotes[i], f.a.Quotes[i-1]
	if before.Speaker < 0 || q.paragraph-f.quotes[i-1].paragraph > 2 || q.paraFirst == 0 {
		return -1
	}
	t, ok := f.tree(q.paraFirst - 1)
	if !ok {
		return -1
	}
	for k := t.first; k < t.last; k++ {
		if f.a.Tokens[k].Rel == kith.Nsubj && f.heads[k] >= 0 && f.a.Mentions[f.heads[k]].Entity == f.a.Mentions[before.Speaker].Entity {
			return before.Speaker
		}
	}
	return -1
}

// titled reports whether the words look like the title of a work: two words or
// more, all longer ones capitalised, no punctuation at the end.
func (f *speakerFinder) titled(q quoteContext) bool {
	n := 0
	for t := q.first; t < q.last; t++ {
		w := f.a.Word(t)
		r := []rune(w)[0]
		switch {
		case f.a.Tokens[t].Tag == kith.PRON:
			return false
		case unicode.IsUpper(r):
			n++
		case len(w) > 4 || !unicode.IsLetter(r) && t == q.last-1 && w != ",":
			return false
		}
	}
	return n >= 2
}

// nickname reports whether the quotation names somebody rather than quoting
// what somebody said: people "call" him “the Undertaker”.
func (f *speakerFinder) nickname(i int) bool {
	quote, q := f.a.Quotes[i], f.quotes[i]
	if ReportingVerb(lowerLemma(f.a, quote.Cue)) != ReportsCalling || q.last-q.first > 5 {
		return false
	}
	for t := q.first; t < q.last; t++ {
		w := f.a.Word(t)
		if t > q.first && unicode.IsUpper([]rune(w)[0]) && !strings.EqualFold(w, "I") {
			return true
		}
	}
	return false
}
