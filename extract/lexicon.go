package extract

import (
	"bufio"
	"fmt"
	"io/fs"
	"strings"

	"kith"
)

// lexicon knows common nouns by what they denote.
type lexicon struct {
	persons, organizations, events *wordList // of lemmas
	offices                        *officeLexicon
}

// loadLexicon reads lexicons/{persons,organizations,events}.txt: a lemma a
// line, "#" begins a comment.
func loadLexicon(data fs.FS) (*lexicon, error) {
	var l lexicon
	for name, list := range map[string]**wordList{"persons": &l.persons, "organizations": &l.organizations, "events": &l.events} {
		f, err := data.Open("lexicons/" + name + ".txt")
		if err != nil {
			return nil, fmt.Errorf("load lexicon of %s: %w", name, err)
		}
		defer f.Close()
		var words []string
		scanner := bufio.NewScanner(f)
		for scanner.Scan() {
			word, _, _ := strings.Cut(scanner.Text(), "#")
			if word = strings.TrimSpace(word); word != "" {
				words = append(words, word)
			}
		}
		if err := scanner.Err(); err != nil {
			return nil, fmt.Errorf("load lexicon of %s: %w", name, err)
		}
		*list = listOf(words)
	}
	var err error
	l.offices, err = loadOffices(data)
	return &l, err
}

func (l *lexicon) person(lemma string) bool       { return in(l.persons, lower(lemma)) }
func (l *lexicon) organization(lemma string) bool { return in(l.organizations, lower(lemma)) }
func (l *lexicon) event(lemma string) bool        { return in(l.events, lower(lemma)) }

// kind is the entity type that a described party of that noun has, "" for
// none. Several persons are a group.
func (l *lexicon) kind(lemma string, plural bool) kith.EntityType {
	switch {
	case l.event(lemma):
		return kith.EventType
	case l.organization(lemma):
		return kith.Organization
	case l.person(lemma) && plural:
		return kith.Group
	case l.person(lemma):
		return kith.Person
	}
	return ""
}
