package text

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kith"
	"kith/data"
)

// In dialogue, where nothing reports most of what is said, the speaker is the
// best of the people around by a log-linear model over the features below, as
// in the ranking models of the field (Elson and McKeown 2010; Muzny et al.
// 2017). Its few weights are in lexicons/speakers.txt.

// speakerFeatures names the features; a weight's line begins with its name.
var speakerFeatures = func() []string {
	var names []string
	for _, who := range []string{"last", "second", "third", "fourth", "other"} {
		for _, gap := range []string{"sentence", "paragraph", "turn", "narrated", "far"} {
			names = append(names, who+" speaker, "+gap)
		}
	}
	return append(names, "by tree", "by words", "cue beside", "after subject", "after other", "first after", "before subject", "before other",
		"nearest before", "between subject", "between other", "next subject", "next other", "named in quotation", "called on",
		"called on before", "narrator", "frequent", "rare", "spoke before", "never spoke", "alone around", "two around")
}()

const (
	featTree = 25 + iota
	featWords
	featCueBeside
	featAfterSubject
	featAfterOther
	featFirstAfter
	featBeforeSubject
	featBeforeOther
	featNearestBefore
	featBetweenSubject
	featBetweenOther
	featNextSubject
	featNextOther
	featNamed
	featVocative
	featVocativeBefore
	featNarrator
	featFrequent
	featRare
	featSpoke
	featNeverSpoke
	featAlone
	featTwo
)

// speakerWeights reads the weights once.
var speakerWeights = sync.OnceValue(func() []float32 {
	weights := make([]float32, len(speakerFeatures))
	file, err := data.FS.ReadFile("lexicons/speakers.txt")
	if err != nil {
		return weights
	}
	for line := range strings.Lines(string(file)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "\t")
		i := slices.Index(speakerFeatures, name)
		w, err := strconv.ParseFloat(value, 32)
		if ok && i >= 0 && err == nil {
			weights[i] = float32(w)
		}
	}
	return weights
})

// rival is a person who may be the speaker of a quotation: an entity, the
// mention that shows it best, and the features that hold.
type rival struct {
	entity, mention int
	features        []int
}

func (c *rival) add(f int) {
	if !slices.Contains(c.features, f) {
		c.features = append(c.features, f)
	}
}

func (c *rival) score(weights []float32) float64 {
	sum := 0.0
	for _, f := range c.features {
		sum += float64(weights[f])
	}
	return sum
}

// byRank gives quotation i the best of the people around.
func (f *speakerFinder) byRank(i int) bool {
	rivals := f.rivals(i)
	best := -1
	weights := speakerWeights()
	for k := range rivals {
		if best < 0 || rivals[k].score(weights) > rivals[best].score(weights) {
			best = k
		}
	}
	if best < 0 {
		return false
	}
	f.a.Quotes[i].Speaker = rivals[best].mention
	f.person(rivals[best].entity).spoke = true
	f.quotes[i].how = byTurns
	return true
}

// reach is how many tokens before and after a quotation people are looked
// for.
const reach = 120

// rivals lists the people around quotation i, with their features.
func (f *speakerFinder) rivals(i int) []rival {
	q := f.quotes[i]
	var list []rival
	find := func(entity, mention int) *rival {
		for k := range list {
			if list[k].entity == entity {
				return &list[k]
			}
		}
		list = append(list, rival{entity: entity, mention: mention})
		return &list[len(list)-1]
	}
	f.rivalsByRule(i, find)
	f.rivalsBySpeech(i, find)
	f.rivalsBeside(q, i, find)
	f.rivalsInside(q, i, find)
	for k := range list {
		f.general(&list[k], len(list))
	}
	return list
}

// rivalsByRule adds the subjects of reporting verbs.
func (f *speakerFinder) rivalsByRule(i int, find func(int, int) *rival) {
	for rule, cue := range []func(quoteContext) (int, int){f.cueByTree, f.cueByWords} {
		if _, source := cue(f.quotes[i]); source >= 0 {
			if m := f.mentionOf(source); m >= 0 && f.speaks(m) {
				find(f.a.Mentions[m].Entity, m).add(featTree + rule)
			}
		}
	}
}

// rivalsBySpeech adds those who spoke the quotations before.
func (f *speakerFinder) rivalsBySpeech(i int, find func(int, int) *rival) {
	gap := f.gap(i)
	rank, seen := 0, map[int]bool{}
	for k := i - 1; k >= 0 && k >= i-8 && rank < 5; k-- {
		m := f.a.Quotes[k].Speaker
		if m < 0 || seen[f.a.Mentions[m].Entity] {
			continue
		}
		seen[f.a.Mentions[m].Entity] = true
		find(f.a.Mentions[m].Entity, m).add(5*rank + gap)
		rank++
	}
}

// gap says what stands between quotation i and the one before: 0 a part of one
// sentence, 1 narrative in one paragraph, 2 nothing, in a new paragraph, 3 a
// sentence or two, 4 more.
func (f *speakerFinder) gap(i int) int {
	if i == 0 {
		return 4
	}
	q, before := f.quotes[i], f.quotes[i-1]
	words := 0
	ended := false
	for t := before.last; t < q.first; t++ {
		w := f.a.Word(t)
		if isWordToken(w) {
			words++
		}
		ended = ended || words > 0 && (w == "." || w == "!" || w == "?")
	}
	switch {
	case words == 0:
		return 2
	case !ended && words < 25:
		return 0
	case q.paragraph == before.paragraph && words < 40:
		return 1
	case words < 50:
		return 3
	}
	return 4
}

// rivalsBeside adds people in the narrative beside the quotation.
func (f *speakerFinder) rivalsBeside(q quoteContext, i int, find func(int, int) *rival) {
	start := max(q.first-reach, 0)
	if i > 0 {
		start = max(start, f.quotes[i-1].last)
	}
	end := min(q.last+reach, len(f.a.Tokens))
	if i+1 < len(f.quotes) {
		end = min(end, f.quotes[i+1].first)
	}
	nearest := -1
	f.people(start, q.first, func(m int) {
		subject, other := featBetweenSubject, featBetweenOther
		if f.sameSentence(m, q.first) || f.a.Mentions[m].First >= q.paraFirst && q.first-f.a.Mentions[m].First < 30 {
			subject, other = featBeforeSubject, featBeforeOther
		}
		f.place(find, m, subject, other)
		nearest = m
	})
	if nearest >= 0 {
		find(f.a.Mentions[nearest].Entity, nearest).add(featNearestBefore)
	}
	first := true
	f.people(q.last, end, func(m int) {
		subject, other := featNextSubject, featNextOther
		if f.sameSentence(m, q.last-1) || f.continues(m, q) {
			subject, other = featAfterSubject, featAfterOther
			if first {
				find(f.a.Mentions[m].Entity, m).add(featFirstAfter)
			}
		}
		first = false
		f.place(find, m, subject, other)
	})
	f.wider(q, find)
}

// wider adds people further back, as mere presence.
func (f *speakerFinder) wider(q quoteContext, find func(int, int) *rival) {
	f.people(max(q.first-3*reach, 0), q.first, func(m int) { find(f.a.Mentions[m].Entity, m) })
}

// people calls f with the mentions outside of quotations among the tokens.
func (f *speakerFinder) people(first, last int, visit func(m int)) {
	for t := first; t < last; t++ {
		if m := f.heads[t]; m >= 0 && !f.inside[t] && f.speaks(int(m)) && f.a.Tokens[t].XTag != possessivePronoun {
			visit(int(m))
		}
	}
}

func (f *speakerFinder) place(find func(int, int) *rival, m, subject, other int) {
	c := find(f.a.Mentions[m].Entity, m)
	head := f.a.Mentions[m].Head
	switch f.a.Tokens[head].Rel {
	case kith.Nsubj, kith.NsubjPass:
		c.add(subject)
		if h := f.a.Tokens[head].Head; h >= 0 && f.a.Tokens[h].Tag == kith.VERB && f.speechLemma(h) {
			c.add(featCueBeside)
		}
	default:
		c.add(other)
	}
}

func (f *speakerFinder) sameSentence(m, token int) bool {
	return f.a.SentenceOf(f.a.Mentions[m].Head) == f.a.SentenceOf(token)
}

// continues reports whether the sentence of a mention goes on from the
// quotation in lower case: "… ?" asked Lee.
func (f *speakerFinder) continues(m int, q quoteContext) bool {
	s := f.a.SentenceOf(f.a.Mentions[m].Head)
	if s < 0 || f.a.Sentences[s].First-q.last > 2 {
		return false
	}
	for t := f.a.Sentences[s].First; t < f.a.Sentences[s].Last && t < f.a.Mentions[m].Head+4; t++ {
		if f.a.Tokens[t].Tag == kith.VERB {
			return f.speechLemma(t) || f.a.Word(f.a.Sentences[s].First)[0] >= 'a'
		}
	}
	return false
}

// rivalsInside marks who is named or called on in the quotation itself and in
// the one before: they listen, and answer next.
func (f *speakerFinder) rivalsInside(q quoteContext, i int, find func(int, int) *rival) {
	for t := q.first; t < q.last; t++ {
		if m := f.heads[t]; m >= 0 && f.a.Mentions[m].Kind == kith.NameMention {
			c := find(f.a.Mentions[m].Entity, int(m))
			c.add(featNamed)
			if f.calledOn(int(m)) {
				c.add(featVocative)
			}
		}
	}
	if i == 0 {
		return
	}
	for t := f.quotes[i-1].first; t < f.quotes[i-1].last; t++ {
		if m := f.heads[t]; m >= 0 && f.a.Mentions[m].Kind != kith.PronounMention && f.calledOn(int(m)) {
			find(f.a.Mentions[m].Entity, int(m)).add(featVocativeBefore)
		}
	}
}

// calledOn reports whether a name stands between commas or other marks, as
// when somebody is addressed.
func (f *speakerFinder) calledOn(m int) bool {
	n := f.a.Mentions[m]
	before := n.First == 0 || !isWordToken(f.a.Word(n.First-1)) || isInterjection(f.a.Word(n.First-1))
	after := n.Last >= len(f.a.Tokens) || !isWordToken(f.a.Word(n.Last))
	return before && after
}

func isInterjection(w string) bool {
	switch strings.ToLower(w) {
	case "oh", "o", "dear", "my", "ah", "well", "yes", "no":
		return true
	}
	return false
}

// general adds what holds of a person in the whole document so far.
func (f *speakerFinder) general(c *rival, n int) {
	p := f.person(c.entity)
	switch {
	case p.count > 20:
		c.add(featFrequent)
	case p.count < 4:
		c.add(featRare)
	}
	if p.narrates {
		c.add(featNarrator)
	}
	if p.spoke {
		c.add(featSpoke)
	} else {
		c.add(featNeverSpoke)
	}
	switch n {
	case 1:
		c.add(featAlone)
	case 2:
		c.add(featTwo)
	}
}

// portrait is what the narrative of a document shows of one person.
type portrait struct {
	count           int  // mentions outside of quotations
	narrates, spoke bool // says "I" there; has spoken an earlier quotation
}

// person is the portrait of an entity. All are made at the first call.
func (f *speakerFinder) person(entity int) *portrait {
	if f.portraits == nil {
		f.portraits = make([]portrait, len(f.a.Entities)+1)
		for _, m := range f.a.Mentions {
			if m.Entity < 0 || m.Entity >= len(f.a.Entities) || m.Head < 0 || m.Head >= len(f.inside) || f.inside[m.Head] {
				continue
			}
			p := &f.portraits[m.Entity]
			p.count++
			p.narrates = p.narrates || m.Kind == kith.PronounMention && f.a.Word(m.Head) == "I"
		}
	}
	if entity < 0 || entity >= len(f.a.Entities) {
		return &f.portraits[len(f.a.Entities)]
	}
	return &f.portraits[entity]
}

// SpeakerExample is one quotation for training: the features of each person
// around and which of them speaks.
type SpeakerExample struct {
	Rivals [][]int
	Right  int
}

// SpeakerExamples lays the quotations of a document out for training, given
// the entity that speaks each, -1 where it is not known. The speakers of
// earlier quotations are the given ones.
func SpeakerExamples(a *kith.Analysis, speakers []int) []SpeakerExample {
	f := newSpeakerFinder(a)
	var out []SpeakerExample
	for i := range a.Quotes {
		a.Quotes[i].Speaker = -1
	}
	for i := range a.Quotes {
		rivals := f.rivals(i)
		e := SpeakerExample{Right: -1}
		for k, c := range rivals {
			e.Rivals = append(e.Rivals, c.features)
			if c.entity == speakers[i] {
				e.Right = k
				a.Quotes[i].Speaker = c.mention
				f.person(c.entity).spoke = true
			}
		}
		if speakers[i] >= 0 && e.Right >= 0 && len(rivals) > 1 {
			out = append(out, e)
		}
	}
	return out
}

// TrainSpeakers fits the weights by stochastic gradient ascent of the
// likelihood, with a little decay, in a fixed order. It returns a line for
// each feature.
func TrainSpeakers(examples []SpeakerExample, epochs int) []string {
	weights := make([]float32, len(speakerFeatures))
	for epoch := range epochs {
		rate := 0.1 / (1 + 0.3*float64(epoch))
		for _, e := range examples {
			speakerStep(weights, e, rate)
		}
	}
	lines := make([]string, len(weights))
	for i, w := range weights {
		lines[i] = speakerFeatures[i] + "\t" + strconv.FormatFloat(float64(w), 'f', 3, 32)
	}
	return lines
}

func speakerStep(weights []float32, e SpeakerExample, rate float64) {
	p := make([]float64, len(e.Rivals))
	sum := 0.0
	for k, features := range e.Rivals {
		c := rival{features: features}
		p[k] = math.Exp(c.score(weights))
		sum += p[k]
	}
	for k, features := range e.Rivals {
		step := -p[k] / sum
		if k == e.Right {
			step++
		}
		for _, f := range features {
			weights[f] += float32(rate*step) - float32(rate*0.0005)*weights[f]
		}
	}
}

// SpeakersByCue assigns the quotations whose speaker the words around them
// report, and no others of a dialogue.
func SpeakersByCue(a *kith.Analysis) {
	f := newSpeakerFinder(a)
	f.dialogue = false
	for i := range a.Quotes {
		f.assign(i)
	}
}
