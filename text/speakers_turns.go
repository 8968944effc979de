package text

import (
	"slices"
	"sort"
	"strings"

	"kith"
)

// turn is one paragraph of an interview or transcript.
type turn struct {
	first, last int // sentences
	label       string
	words       int // offset behind the label
	question    bool
}

// takeTurns finds the turns of an interview or transcript and makes those with
// a known speaker quotations without marks. In an interview without labels,
// what is no question is an answer of the person interviewed.
func takeTurns(a *kith.Analysis) {
	turns := turnsOf(a)
	var taken []kith.Quotation
	if repeated(turns) >= 2 {
		speakers := map[string]int{}
		for _, t := range turns {
			if t.label == "" {
				continue
			}
			speaker, ok := speakers[t.label]
			if !ok {
				speaker = labelled(a, t, turns)
				speakers[t.label] = speaker
			}
			taken = addTurn(taken, a, t, speaker)
		}
	} else {
		first := firstQuestion(turns)
		if first < 0 {
			return
		}
		guest := interviewed(a, a.Sentences[turns[first].first].Start)
		if guest < 0 {
			return
		}
		for _, t := range turns[first:] {
			if !t.question {
				taken = addTurn(taken, a, t, guest)
			}
		}
	}
	a.Quotes = slices.DeleteFunc(a.Quotes, func(q kith.Quotation) bool {
		i := sort.Search(len(taken), func(i int) bool { return taken[i].End > q.Start })
		return i < len(taken) && q.Overlaps(taken[i].Span)
	})
	a.Quotes = append(a.Quotes, taken...)
	slices.SortStableFunc(a.Quotes, func(x, y kith.Quotation) int { return x.Start - y.Start })
}

// turnsOf lists the paragraphs of running text.
func turnsOf(a *kith.Analysis) []turn {
	var out []turn
	for first := 0; first < len(a.Sentences); {
		last := paragraphEnd(a.Sentences, first)
		if kind := a.Sentences[first].Kind; kind == "" || kind == kith.ListItem {
			t := turn{first: first, last: last, words: a.Sentences[first].Start}
			span := kith.Span{Start: t.words, End: a.Sentences[last-1].End}
			t.label, t.words = labelOf(a.Document.Text, span)
			t.question = strings.HasSuffix(strings.TrimRight(span.Cut(a.Document.Text), " \"”’'"), "?")
			out = append(out, t)
		}
		first = last
	}
	return out
}

// labelOf reads "Q:", "A.", "LEE:" or "Ann Lee:" at a paragraph's start, and
// where the words behind it begin.
func labelOf(text string, span kith.Span) (string, int) {
	line := span.Cut(text)
	end := strings.IndexAny(line[:min(len(line), 40)], ":.")
	if end < 1 || end+1 >= len(line) || line[end+1] != ' ' {
		return "", span.Start
	}
	label := line[:end]
	if line[end] == '.' && label != "Q" && label != "A" || strings.ContainsAny(label, ",;“\"(") {
		return "", span.Start
	}
	words := strings.Fields(label)
	for _, w := range words {
		if w[0] < 'A' || w[0] > 'Z' {
			return "", span.Start
		}
	}
	if len(words) > 4 {
		return "", span.Start
	}
	return label, span.Start + end + 2
}

// repeated counts the labels that stand before two turns or more.
func repeated(turns []turn) int {
	seen := map[string]int{}
	twice := 0
	for _, t := range turns {
		if t.label == "" {
			continue
		}
		seen[t.label]++
		if seen[t.label] == 2 {
			twice++
		}
	}
	return twice
}

// firstQuestion is the index of the paragraph with the first question of an
// interview: there are at least two, each with an answer behind it, and they
// take turns. It is -1 for other texts.
func firstQuestion(turns []turn) int {
	first, answered := -1, 0
	for i, t := range turns {
		if !t.question || i+1 >= len(turns) || turns[i+1].question {
			continue
		}
		if first < 0 {
			first = i
		}
		answered++
	}
	if first < 0 || answered < 2 || 4*answered < len(turns)-first {
		return -1
	}
	return first
}

// interviewed is the mention of the person whom the words before the offset
// call interviewed: the person named most there, if they speak of an
// interview; -1 for none.
func interviewed(a *kith.Analysis, offset int) int {
	lead := strings.ToLower(a.Document.Title + " " + a.Document.Text[:offset])
	if !slices.ContainsFunc(interviewWords, func(w string) bool { return strings.Contains(lead, w) }) {
		return -1
	}
	counts := make([]int, len(a.Entities))
	best := -1
	for i, m := range a.Mentions {
		if m.Start >= offset {
			break
		}
		if m.Type != kith.Person || m.Entity < 0 || m.Entity >= len(counts) || a.Entities[m.Entity].Unnamed {
			continue
		}
		counts[m.Entity]++
		if m.Kind == kith.NameMention && (best < 0 || counts[m.Entity] > counts[a.Mentions[best].Entity]) {
			best = i
		}
	}
	return best
}

// interviewWords say that what follows is an interview.
var interviewWords = []string{"interview", "conversation with", "spoke with", "spoke to", "talked to", "talked with", "sat down with", "q&a", "q & a", "questions and answers"}

// answering is the second of the people whose full names stand as labels
// before the first "Q" or "A": who asks comes first. It is "" for none.
func answering(turns []turn) string {
	asks := ""
	for _, t := range turns {
		switch t.label {
		case "Q", "A":
			return ""
		case "", asks:
		default:
			if asks != "" {
				return t.label
			}
			asks = t.label
		}
	}
	return ""
}

// labelled is the mention of the person whom a turn's label names; for "A" the
// person interviewed, for "Q" nobody.
func labelled(a *kith.Analysis, t turn, turns []turn) int {
	switch t.label {
	case "Q":
		return -1
	case "A":
		if name := answering(turns); name != "" {
			return labelled(a, turn{label: name}, turns)
		}
		for _, u := range turns {
			if u.label != "" {
				return interviewed(a, a.Sentences[u.first].Start)
			}
		}
		return -1
	}
	want := kith.Fold(t.label)
	for i, m := range a.Mentions {
		if m.Kind != kith.NameMention || m.Type != kith.Person || m.Entity < 0 {
			continue
		}
		name := kith.Fold(a.Entities[m.Entity].Name)
		if name == want || strings.HasSuffix(name, " "+want) {
			return i
		}
	}
	return -1
}

// addTurn makes a turn a quotation of its speaker. Runs in marks inside it are
// part of it.
func addTurn(taken []kith.Quotation, a *kith.Analysis, t turn, speaker int) []kith.Quotation {
	span := kith.Span{Start: t.words, End: a.Sentences[t.last-1].End}
	if speaker < 0 || span.Start >= span.End {
		return taken
	}
	return append(taken, kith.Quotation{Span: span, Sentence: t.first, Speaker: speaker, Cue: -1, Turn: true})
}
