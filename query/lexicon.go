package query

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"kith"
	"kith/data"
)

// words is the English lexicon as the file holds it.
type wordsFile struct {
	Verbs, Adjectives, Nouns []struct{ Words, Terms string }
	Say                      map[kith.Predicate]string
	Questions                []struct {
		Form    Kind
		Part    string
		Terms   string
		English []string
	}
}

// phrase is one wording of a lexicon's list, as lower-case words.
type phrase struct {
	words []string
	terms []Term
}

// book is the lexicon made ready for matching.
type book struct {
	verbs     map[kith.Predicate]string // predicates known, with how a line reads
	phrases   map[slotKind][]phrase
	templates []template
}

var lexicon = sync.OnceValue(func() *book {
	text, err := data.FS.ReadFile("lexicons/questions.yaml")
	if err != nil {
		panic(fmt.Sprintf("read the questions' lexicon: %v", err))
	}
	b, err := loadBook(text)
	if err != nil {
		panic(fmt.Sprintf("load lexicons/questions.yaml: %v", err))
	}
	return b
})

// Say is how a line with that predicate reads, with places for its fields;
// "" for an unknown predicate.
func Say(p kith.Predicate) string { return lexicon().verbs[p] }

// Known reports whether the lexicon knows the predicate.
func Known(p kith.Predicate) bool { return lexicon().verbs[p] != "" }

func loadBook(text []byte) (*book, error) {
	var file wordsFile
	if err := yaml.Unmarshal(text, &file); err != nil {
		return nil, err
	}
	b := &book{verbs: file.Say, phrases: map[slotKind][]phrase{}}
	for _, v := range file.Verbs {
		if err := b.addVerb(v.Words, v.Terms); err != nil {
			return nil, err
		}
	}
	for _, a := range file.Adjectives {
		if err := b.addPhrase(slotAdj, a.Words, a.Terms); err != nil {
			return nil, err
		}
	}
	for _, n := range file.Nouns {
		for _, w := range strings.Split(n.Words, " / ") {
			if err := b.addPhrase(slotNoun, w, n.Terms); err != nil {
				return nil, err
			}
		}
	}
	for _, q := range file.Questions {
		terms, err := b.terms(q.Terms)
		if err != nil {
			return nil, err
		}
		for _, line := range q.English {
			nodes, err := compile(line)
			if err != nil {
				return nil, fmt.Errorf("question %q: %w", line, err)
			}
			b.templates = append(b.templates, template{form: q.Form, part: q.Part, terms: terms, nodes: nodes, text: line})
		}
	}
	return b, nil
}

// addVerb adds base, past, participle and present of "work for / worked for /
// worked for".
func (b *book) addVerb(words, terms string) error {
	forms := strings.Split(words, " / ")
	if len(forms) != 3 {
		return fmt.Errorf("verb %q: want base / past / participle", words)
	}
	forms = append(forms, present(forms[0]))
	for i, kind := range []slotKind{slotBase, slotPast, slotParticiple, slotPresent} {
		if err := b.addPhrase(kind, forms[i], terms); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) addPhrase(kind slotKind, words, terms string) error {
	parsed, err := b.terms(terms)
	if err != nil {
		return fmt.Errorf("words %q: %w", words, err)
	}
	b.phrases[kind] = append(b.phrases[kind], phrase{strings.Fields(words), parsed})
	return nil
}

func (b *book) terms(list string) ([]Term, error) {
	if list == "" {
		return nil, nil
	}
	var terms []Term
	for _, part := range strings.Split(list, ",") {
		name, reversed := strings.CutPrefix(strings.TrimSpace(part), "~")
		if b.verbs[kith.Predicate(name)] == "" {
			return nil, fmt.Errorf("unknown predicate %q: give it a line under say", name)
		}
		terms = append(terms, Term{kith.Predicate(name), reversed})
	}
	return terms, nil
}

// present is the third person of a verb's base form: "runs for".
func present(base string) string {
	first, rest, _ := strings.Cut(base, " ")
	switch {
	case strings.HasSuffix(first, "s"), strings.HasSuffix(first, "sh"), strings.HasSuffix(first, "ch"):
		first += "es"
	case strings.HasSuffix(first, "y") && !strings.HasSuffix(first, "ay") && !strings.HasSuffix(first, "oy"):
		first = first[:len(first)-1] + "ies"
	default:
		first += "s"
	}
	return strings.TrimSpace(first + " " + rest)
}

// Predicates lists the predicates that the lexicon knows, in order.
func Predicates() []kith.Predicate {
	return slices.Sorted(maps.Keys(lexicon().verbs))
}
