package serve

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kith"
)

// paragraph is one line of a document's text, cut into runs.
type paragraph struct {
	Kind kith.BlockKind
	Page int // number of the page that begins here, 0 for none
	Runs []run
}

// run is a stretch of text that the same claims cover. Start is its byte
// offset in the document.
type run struct {
	Start   int
	Claims  []kith.ClaimID // that cover it
	Anchors []kith.ClaimID // that begin with it
	Class   string         // the least sure standing of the claims that cover it
	Lit     bool
	Here    bool // a search brought the reader here
	Pieces  []piece
}

// piece is text with one look: plain, a name with its entity, or a cue.
type piece struct {
	Text   string
	Entity kith.EntityID
	Cue    string // "hedge", "voice" or ""
}

// typeset cuts a document's text into paragraphs, runs and pieces. Joined
// again they are exactly the text, but for the ends of lines.
func typeset(doc *kith.Document, claims []kith.Claim, mentions []kith.Mention, lit kith.ClaimID, here int) []paragraph {
	t := &typesetter{text: doc.Text, doc: doc, lit: lit, here: here}
	for i := range claims {
		if c := &claims[i]; c.Review != kith.Rejected && c.Evidence.Span().Cut(doc.Text) != "" {
			t.claims = append(t.claims, c)
		}
	}
	slices.SortStableFunc(t.claims, func(a, b *kith.Claim) int { return a.Evidence.Start - b.Evidence.Start })
	t.marks = t.findMarks(mentions)
	var out []paragraph
	for start := 0; start < len(t.text); {
		end := start + strings.IndexByte(t.text[start:], '\n')
		if end < start {
			end = len(t.text)
		}
		if p := t.paragraph(kith.Span{Start: start, End: end}); len(p.Runs) > 0 {
			out = append(out, p)
		}
		start = end + 1
	}
	return out
}

type typesetter struct {
	text   string
	doc    *kith.Document
	lit    kith.ClaimID
	here   int
	claims []*kith.Claim // by start
	open   int           // claims before this one have ended
	marks  []mark        // by start, never overlapping
	next   int           // first mark that is not behind us
	page   int
}

// mark is a stretch inside a run that has a look of its own.
type mark struct {
	kith.Span
	entity kith.EntityID
	cue    string
}

func (t *typesetter) paragraph(line kith.Span) paragraph {
	p := paragraph{Kind: t.kind(line)}
	if strings.TrimSpace(line.Cut(t.text)) == "" {
		return p
	}
	if page := t.doc.Page(line.Start); page != t.page {
		p.Page, t.page = page, page
	}
	covering := t.covering(line)
	cuts := []int{line.Start, line.End}
	for _, c := range covering {
		cuts = append(cuts, max(line.Start, c.Evidence.Start), min(line.End, c.Evidence.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := 1; i < len(cuts); i++ {
		p.Runs = append(p.Runs, t.run(kith.Span{Start: cuts[i-1], End: cuts[i]}, covering))
	}
	return p
}

// covering lists the claims whose evidence shares a byte with the line.
func (t *typesetter) covering(line kith.Span) (out []*kith.Claim) {
	for t.open < len(t.claims) && t.claims[t.open].Evidence.End <= line.Start {
		t.open++
	}
	for _, c := range t.claims[t.open:] {
		if c.Evidence.Start >= line.End {
			break
		}
		if c.Evidence.Span().Overlaps(line) {
			out = append(out, c)
		}
	}
	return out
}

func (t *typesetter) run(s kith.Span, covering []*kith.Claim) run {
	r := run{Start: s.Start, Here: t.here >= s.Start && t.here < s.End}
	rank := -1
	for _, c := range covering {
		if !c.Evidence.Span().Contains(s) {
			continue
		}
		r.Claims = append(r.Claims, c.ID)
		r.Lit = r.Lit || c.ID == t.lit
		if c.Evidence.Start == s.Start {
			r.Anchors = append(r.Anchors, c.ID)
		}
		if k := doubt(c); k > rank {
			rank, r.Class = k, doubts[k]
		}
	}
	r.Pieces = t.pieces(s)
	return r
}

var doubts = [...]string{"asserted", "planned", "hedged", "negated"}

func doubt(c *kith.Claim) int {
	if c.Negated {
		return 3
	}
	return modalityRank(c.Modality)
}

func (t *typesetter) pieces(s kith.Span) (out []piece) {
	at := s.Start
	for t.next < len(t.marks) && t.marks[t.next].End <= s.Start {
		t.next++
	}
	for _, m := range t.marks[t.next:] {
		if m.Start >= s.End {
			break
		}
		if m.Start < at || m.End > s.End {
			continue
		}
		if m.Start > at {
			out = append(out, piece{Text: t.text[at:m.Start]})
		}
		out = append(out, piece{m.Cut(t.text), m.entity, m.cue})
		at = m.End
	}
	if at < s.End {
		out = append(out, piece{Text: t.text[at:s.End]})
	}
	return out
}

// kind is the kind of the block that holds the line.
func (t *typesetter) kind(line kith.Span) kith.BlockKind {
	for _, b := range t.doc.Blocks {
		if b.Contains(line) {
			return b.Kind
		}
	}
	return ""
}

// findMarks lists names, speakers and cues, without overlaps: names win.
func (t *typesetter) findMarks(mentions []kith.Mention) []mark {
	var all []mark
	for _, m := range mentions {
		if m.Kind == kith.NameMention && m.Cut(t.text) != "" {
			all = append(all, mark{Span: m.Span, entity: m.ID})
		}
	}
	for _, c := range t.claims {
		all = append(all, t.cues(c)...)
	}
	slices.SortStableFunc(all, func(a, b mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.Len() - a.Len()
	})
	out := all[:0]
	end := 0
	for _, m := range all {
		if m.Start >= end && utf8.ValidString(m.Cut(t.text)) {
			out = append(out, m)
			end = m.End
		}
	}
	return out
}

// cues finds the words of a claim's quote that hedge it or say who speaks.
func (t *typesetter) cues(c *kith.Claim) (out []mark) {
	if c.Modality != kith.Asserted || c.Negated {
		out = append(out, words(c.Evidence, hedgeCues, "hedge")...)
	}
	if c.Attribution != nil {
		out = append(out, words(c.Evidence, voiceCues, "voice")...)
		if i := strings.Index(c.Evidence.Quote, c.Attribution.Name); i >= 0 && c.Attribution.Name != "" {
			start := c.Evidence.Start + i
			out = append(out, mark{Span: kith.Span{Start: start, End: start + len(c.Attribution.Name)}, cue: "voice"})
		}
	}
	return out
}

// words finds whole words of a quote that are in a list of cues.
func words(e kith.Evidence, cues map[string]bool, cue string) (out []mark) {
	for i := 0; i < len(e.Quote); {
		if !isLetter(e.Quote[i]) {
			i++
			continue
		}
		j := i
		for j < len(e.Quote) && (isLetter(e.Quote[j]) || e.Quote[j] == '\'') {
			j++
		}
		if cues[strings.ToLower(e.Quote[i:j])] {
			out = append(out, mark{Span: kith.Span{Start: e.Start + i, End: e.Start + j}, cue: cue})
		}
		i = j
	}
	return out
}

// isLetter counts every byte of a letter beyond ASCII as one.
func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= utf8.RuneSelf }

// hedgeCues and voiceCues are words that the reader points out inside the
// quotes of claims that are not plain statements. They only mark text that
// the extractor has already judged; they judge nothing.
var (
	hedgeCues = set("may might could would will can allegedly apparently reportedly supposedly possibly probably perhaps likely unlikely " +
		"considering considers considered weighing weighs mulling expected expects plans planned planning pledged pledges vowed vows " +
		"intends intention intended announced promises promised hopes wants rumored rumoured rumors suggests suggest suggesting seems " +
		"appears potential potentially not never no nobody denied denies deny declined declines refused without")
	voiceCues = set("said says say saying stated states told tells according added adds indicate indicates indicated claimed claims " +
		"announced reported reports insisted insists argued argues acknowledged wrote writes called asked replied answered explained " +
		"confirmed denied declared noted noting emphasized stressed recalled remarked")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
