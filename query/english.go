package query

import (
	"fmt"
	"slices"
	"strings"
)

// slotKind says what a node of a template matches.
type slotKind int

const (
	slotWords      slotKind = iota // one of several fixed wordings
	slotName                       // a name or other free words, captured
	slotPast                       // "endorsed"
	slotBase                       // "endorse"
	slotPresent                    // "endorses"
	slotParticiple                 // "endorsed", after has or was
	slotAdj                        // "married to", after is
	slotNoun                       // "mentor"
)

// node is one step of a template.
type node struct {
	kind     slotKind
	name     string     // slotName: what it fills
	choices  [][]string // slotWords
	optional bool
	group    []node // an optional run of nodes, where it holds a slot
}

// template is one English sentence and the form that it means.
type template struct {
	form  Kind
	part  string
	terms []Term
	nodes []node
	text  string
}

var verbSlots = map[string]slotKind{
	"past": slotPast, "base": slotBase, "present": slotPresent, "vpart": slotParticiple, "adj": slotAdj, "noun": slotNoun,
}

var nameSlots = []string{"a", "b", "s", "o", "o2", "third", "value"}

// maxNameWords bounds the words of a name in an English question.
const maxNameWords = 12

// maxWords bounds an English question, so that matching it stays quick.
const maxWords = 40

// compile reads the notation of the lexicon's questions.
func compile(line string) ([]node, error) {
	var nodes []node
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		n, rest, err := compileNode(line)
		if err != nil {
			return nil, err
		}
		nodes, line = append(nodes, n), rest
	}
	return nodes, nil
}

func compileNode(line string) (node, string, error) {
	closers := map[byte]string{'(': ")", '[': "]", '{': "}"}
	closer, bracketed := closers[line[0]]
	if !bracketed {
		word, rest, _ := strings.Cut(line, " ")
		return node{choices: [][]string{{word}}}, rest, nil
	}
	inner, rest, ok := strings.Cut(line[1:], closer)
	if !ok {
		return node{}, "", fmt.Errorf("%q is not closed", line[:1])
	}
	switch {
	case line[0] == '{' && slices.Contains(nameSlots, inner):
		return node{kind: slotName, name: inner}, rest, nil
	case line[0] == '{':
		kind, known := verbSlots[inner]
		if !known {
			return node{}, "", fmt.Errorf("unknown slot {%s}", inner)
		}
		return node{kind: kind}, rest, nil
	case strings.Contains(inner, "{") && line[0] == '[':
		group, err := compile(inner)
		return node{optional: true, group: group}, rest, err
	}
	n := node{optional: line[0] == '['}
	for _, choice := range strings.Split(inner, "|") {
		n.choices = append(n.choices, strings.Fields(choice))
	}
	return n, rest, nil
}

// match is what a template captured.
type match struct {
	names map[string]string
	terms []Term
}

// english reads a sentence by the lexicon's templates: first with the time at
// its end taken off, then as it stands. Of several templates that match, the
// one in which names take the fewest words is meant.
func english(tokens []token) (Question, bool) {
	if last := len(tokens) - 1; last > 0 && tokens[last].text == Any {
		tokens = tokens[:last]
	}
	if len(tokens) > 2 && tokens[1].raw != "" && !tokens[0].quoted && slices.Contains(askingWords, strings.ToLower(tokens[0].text)) {
		tokens = slices.Clone(tokens) // "What's" is "what is"
		tokens[1] = token{text: "is"}
	}
	if len(tokens) > maxWords || FormOf(Kind(strings.ToLower(tokens[0].text))) != nil && !startsEnglish(tokens) {
		return Question{}, false
	}
	rest, from, to := cutTime(tokens)
	if from == "" && to == "" {
		rest, from, to = cutTimeBefore(tokens)
	}
	best, place := bestMatch(rest)
	if other, at := bestMatch(withoutCommas(rest)); at < place {
		best, place = other, at
	}
	if place == noMatch && len(rest) != len(tokens) {
		best, place = bestMatch(tokens)
		from, to = "", ""
	}
	if place == noMatch {
		return Question{}, false
	}
	best.From, best.To = from, to
	if best.Kind == Changes && best.From == "" {
		return Question{}, false
	}
	return best, true
}

// withoutCommas drops the commas that only part clauses ("who endorsed Ann
// Lee, and in which order").
func withoutCommas(tokens []token) []token {
	return slices.DeleteFunc(slices.Clone(tokens), func(t token) bool { return t.text == "," && !t.quoted })
}

// startsEnglish reports whether the sentence begins with a word that is a
// form's too, and goes on as English ("who is …", "compare the careers …").
func startsEnglish(tokens []token) bool {
	word := strings.ToLower(tokens[0].text)
	return word == "who" && len(tokens) > 1 && !tokens[1].quoted && !isCapital(tokens[1].text) || word == "compare" && !hasComma(tokens)
}

func hasComma(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.quoted || t.text == "," })
}

func isCapital(word string) bool { return word != strings.ToLower(word) }

// noMatch is the place of no template.
const noMatch = 1 << 30

// bestMatch returns the question of the first template that matches, and its
// place: the lexicon lists them from the special to the general.
func bestMatch(tokens []token) (Question, int) {
	for i := range lexicon().templates {
		t := &lexicon().templates[i]
		if !t.possible(tokens) {
			continue
		}
		m := match{names: map[string]string{}}
		if matchNodes(t.nodes, tokens, &m) {
			return t.question(m), i
		}
	}
	return Question{}, noMatch
}

// possible reports whether the question holds every word that the template
// cannot do without: a quick look before matching.
func (t *template) possible(tokens []token) bool {
	for _, n := range t.nodes {
		if n.kind != slotWords || n.optional || n.group != nil {
			continue
		}
		if !slices.ContainsFunc(n.choices, func(choice []string) bool { return holdsAll(tokens, choice) }) {
			return false
		}
	}
	return true
}

func holdsAll(tokens []token, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(tokens, func(t token) bool { return !t.quoted && strings.EqualFold(t.text, w) }) {
			return false
		}
	}
	return true
}

// matchNodes matches nodes against all of tokens, by backtracking.
func matchNodes(nodes []node, tokens []token, m *match) bool {
	if len(nodes) == 0 {
		return len(tokens) == 0
	}
	n, rest := nodes[0], nodes[1:]
	switch {
	case n.group != nil:
		return matchNodes(append(slices.Clone(n.group), rest...), tokens, m) || matchNodes(rest, tokens, m)
	case n.kind == slotName:
		return matchName(n, rest, tokens, m)
	case n.kind == slotWords:
		for _, choice := range n.choices {
			if hasPrefix(tokens, choice) && matchNodes(rest, tokens[len(choice):], m) {
				return true
			}
		}
		return n.optional && matchNodes(rest, tokens, m)
	}
	return matchPhrase(n, rest, tokens, m)
}

// askingWords stand in no name, unless it is quoted.
var askingWords = []string{"who", "whom", "what", "which", "when", "where", "why", "how", "did", "does"}

func matchName(n node, rest []node, tokens []token, m *match) bool {
	for size := 1; size <= min(len(tokens), maxNameWords); size++ {
		last := tokens[size-1]
		if n.name == "value" && last.raw != "" { // "Ann Lee's chief" is no office
			break
		}
		if size == 1 && (last.raw != "" || last.text == ",") || !last.quoted && slices.Contains(askingWords, strings.ToLower(last.text)) {
			break
		}
		if matchNodes(rest, tokens[size:], m) {
			m.names[n.name] = strings.TrimRight(joinTokens(tokens[:size]), " ,")
			return true
		}
		if tokens[size-1].quoted {
			break
		}
	}
	return false
}

func matchPhrase(n node, rest []node, tokens []token, m *match) bool {
	for _, p := range lexicon().phrases[n.kind] {
		if hasPrefix(tokens, p.words) {
			m.terms = p.terms
			if matchNodes(rest, tokens[len(p.words):], m) {
				m.terms = p.terms
				return true
			}
		}
	}
	m.terms = nil
	return false
}

func hasPrefix(tokens []token, words []string) bool {
	if len(words) > len(tokens) {
		return false
	}
	for i, w := range words {
		if tokens[i].quoted || strings.ToLower(tokens[i].text) != w {
			return false
		}
	}
	return true
}

// question makes the question of a template that matched.
func (t *template) question(m match) Question {
	q := Question{Kind: t.form, Part: t.part, Terms: t.terms, Value: m.names["value"], Third: m.names["third"]}
	if m.terms != nil {
		q.Terms = m.terms
	}
	if t.form == Find {
		q.Names = []string{orAny(m.names["s"]), orAny(m.names["o"])}
		if both := m.names["o2"]; both != "" {
			q.Names = append(q.Names, both)
		}
		return q
	}
	for _, slot := range []string{"a", "b"} {
		if name := m.names[slot]; name != "" {
			q.Names = append(q.Names, name)
		}
	}
	if q.Kind == Said && len(q.Names) == 0 {
		q.Names = []string{Any}
	}
	return q
}

func orAny(name string) string {
	switch strings.ToLower(name) {
	case "", "whom", "who", "what", "others", "anybody", "anyone", "somebody", "someone":
		return Any
	}
	return name
}

// nearForms returns the usages whose words the question shares, or all.
func nearForms(tokens []token) []string {
	var near []string
	for _, f := range Forms {
		for _, t := range tokens {
			word := strings.ToLower(t.text)
			if len(word) > 3 && (strings.Contains(f.Help, word) || strings.HasPrefix(string(f.Kind), word[:4])) {
				near = append(near, f.Usage)
				break
			}
		}
	}
	if len(near) == 0 || len(near) > 6 {
		return allUsages()
	}
	return near
}

func allUsages() []string {
	usages := make([]string, len(Forms))
	for i, f := range Forms {
		usages[i] = f.Usage
	}
	return usages
}
