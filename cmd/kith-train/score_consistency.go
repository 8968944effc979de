package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"kith"
	"kith/cmd/kith-train/score"
	"kith/pipeline"
)

// scoreConsistency gives the people of each text other last names and compares
// what is read: a text says the same whoever it is about. (A metamorphic
// test; Ribeiro and others, "Beyond Accuracy: Behavioral Testing of NLP Models
// with CheckList", 2020.)
type scoreConsistency struct {
	Rounds int `help:"Sets of other names that each text is given." default:"3"`
	Show   int `help:"Show so many sentences of our own texts that are read otherwise." default:"15"`
}

func (c scoreConsistency) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	reader, err := newReader()
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score consistency")
	fmt.Println("# Each text again with other last names, and the names put back in what is read: percent of the claims of both")
	fmt.Println("# readings that are in both (F1), with 95 % bootstrap intervals over documents.")
	fmt.Println("texts                           documents  claims  the same")
	changed := map[string]int{}
	for _, set := range []struct {
		pattern string
		own     bool
	}{
		{"data/demo/*.md", true}, {ownGold + "/*.txt", true},
		{filepath.Join(string(s), "gold", "dev", "*.txt"), false}, {filepath.Join(string(s), "seed", "*.txt"), false},
	} {
		paths, err := filepath.Glob(set.pattern)
		if err != nil || len(paths) == 0 {
			return fmt.Errorf("find texts: none at %s", set.pattern)
		}
		var tallies []score.Tally
		for _, path := range paths {
			tally, err := c.document(reader, path, func(sentence string) {
				if set.own {
					changed[sentence]++
				}
			})
			if err != nil {
				return err
			}
			tallies = append(tallies, tally)
		}
		sum := score.Sum(tallies)
		fmt.Printf("%-30s  %9d  %6.0f  %s\n", strings.TrimPrefix(set.pattern, string(s)+"/"), len(paths), sum.Gold, score.Percent(tallies, score.Tally.F1))
	}
	c.show(changed)
	return nil
}

func (c scoreConsistency) show(changed map[string]int) {
	lines := make([]string, 0, len(changed))
	for line, n := range changed {
		lines = append(lines, fmt.Sprintf("%d  %s", n, line))
	}
	sort.Sort(sort.Reverse(sort.StringSlice(lines)))
	fmt.Printf("\nread otherwise, in how many of %d, in our own texts:\n", c.Rounds)
	for _, line := range lines[:min(c.Show, len(lines))] {
		fmt.Println(line)
	}
}

// document compares a text's claims with those of the text under other names.
func (c scoreConsistency) document(reader *pipeline.Reader, path string, changed func(string)) (score.Tally, error) {
	var tally score.Tally
	content, err := os.ReadFile(path)
	if err != nil {
		return tally, fmt.Errorf("read text: %w", err)
	}
	text := string(content)
	claims, err := readClaims(reader, text)
	if err != nil {
		return tally, err
	}
	names := lastNames(claims)
	for round := range c.Rounds {
		forth, back := renaming(names, text, uint64(round))
		if len(names) == 0 || forth == nil {
			return tally, nil
		}
		other, err := readClaims(reader, forth(text))
		if err != nil {
			return tally, err
		}
		before, after := claimLines(claims, unchanged), claimLines(other, back)
		tally.Gold += float64(len(before))
		tally.Given += float64(len(after))
		for line := range before {
			if _, ok := after[line]; ok {
				tally.Right++
			} else {
				changed(fmt.Sprintf("not: %s   %s", line, before[line]))
			}
		}
		for line := range after {
			if _, ok := before[line]; !ok {
				changed(fmt.Sprintf("but: %s   %s", line, after[line]))
			}
		}
	}
	return tally, nil
}

func readClaims(reader *pipeline.Reader, text string) ([]kith.Claim, error) {
	a, err := reader.Read(context.Background(), &kith.Document{ID: kith.NewDocumentID(text), Text: text})
	if err != nil {
		return nil, err
	}
	return a.Claims, nil
}

// claimLines says each claim in a line, with its sentence.
func claimLines(claims []kith.Claim, back func(string) string) map[string]string {
	lines := map[string]string{}
	for _, c := range claims {
		object := c.Value
		if c.Object != nil {
			object = c.Object.Name
		}
		line := fmt.Sprintf("%s · %s · %s", c.Subject.Name, c.Predicate, object)
		if c.Negated {
			line += " denied"
		}
		if c.Modality != kith.Asserted {
			line += " " + string(c.Modality)
		}
		lines[back(line)] = back(c.Evidence.Quote)
	}
	return lines
}

var plainName = regexp.MustCompile(`^[A-Z][a-z]{3,}$`)

// lastNames lists the last words of the names of people, in order.
func lastNames(claims []kith.Claim) []string {
	seen := map[string]bool{}
	var out []string
	take := func(e kith.EntityRef) {
		words := strings.Fields(e.Name)
		if e.Type != kith.Person || len(words) == 0 || len(words) > 3 {
			return
		}
		if last := words[len(words)-1]; plainName.MatchString(last) && !seen[last] {
			seen[last] = true
			out = append(out, last)
		}
	}
	for _, c := range claims {
		take(c.Subject)
		if c.Object != nil {
			take(*c.Object)
		}
	}
	return out
}

// otherNames are last names of several languages, none of them a word.
var otherNames = strings.Fields(`Hargrove Lindell Castellan Whitfield Abernathy Sorensen Delacruz Pemberton Takahashi Fairbanks
	Mendoza Kowalczyk Ostrander Beaumont Villanueva Thackeray Rasmussen Galloway Petrenko Sinclair Nwosu Hathaway Morales
	Ellsworth Quintero Holloway Barrington Ferraro Oyelaran Lindqvist Adeyemi Nakamura`)

// renaming puts other names in the place of names, and back. It is nil where
// a text has more people than there are other names.
func renaming(names []string, text string, seed uint64) (forth, back func(string) string) {
	var pool []string
	for _, name := range otherNames {
		if !strings.Contains(text, name) {
			pool = append(pool, name)
		}
	}
	if len(names) > len(pool) {
		return nil, nil
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(text))))
	random.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	there, here := map[string]string{}, map[string]string{}
	for i, name := range names {
		there[name], here[pool[i]] = pool[i], name
	}
	return replacing(there), replacing(here)
}

var word = regexp.MustCompile(`\pL+`)

// replacing returns what puts words in the place of others.
func replacing(words map[string]string) func(string) string {
	return func(s string) string {
		return word.ReplaceAllStringFunc(s, func(w string) string { return cmp.Or(words[w], w) })
	}
}

func unchanged(s string) string { return s }
