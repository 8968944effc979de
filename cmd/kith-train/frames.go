package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/ontology"
)

// framesCommand writes data/frames/frames.tsv: the words of PropBank's frames
// and how their numbered roles are said beside the verb.
type framesCommand struct {
	Out string `help:"File to write." default:"data/frames/frames.tsv" type:"path"`
}

func (c framesCommand) Run(s shared) error {
	said, err := s.saidRoles()
	if err != nil {
		return err
	}
	links, err := s.verbNouns()
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("# Words and roles of PropBank 3.4 (CC BY-SA 4.0). Written by kith-train frames; do not edit. See README.md.\n")
	err = corpus.Lines(s.path("propbank", "frames.tsv"), func(line string) error {
		fields := strings.Split(line, "\t")
		if len(fields) < 4 || fields[0] == "id" {
			return nil
		}
		verbs, nouns := aliases(fields[2], "v"), aliases(fields[2], "n")
		roles := rolesOf(fields[0], fields[3], said)
		if len(verbs) == 0 || len(roles) < 2 {
			return nil
		}
		for _, v := range verbs {
			nouns = append(nouns, links[v]...)
		}
		slices.Sort(nouns)
		_, err := fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", fields[0], strings.Join(verbs, ","), strings.Join(slices.Compact(nouns), ","), strings.Join(roles, " "))
		return err
	})
	if err != nil {
		return fmt.Errorf("read frames: %w", err)
	}
	return writeFile(c.Out, []byte(b.String()))
}

// aliases lists a frame's words of one part of speech, in order.
func aliases(field, pos string) []string {
	var out []string
	for a := range strings.SplitSeq(field, ",") {
		if word, p, ok := strings.Cut(a, ":"); ok && p == pos {
			out = append(out, strings.ReplaceAll(word, "_", " "))
		}
	}
	slices.Sort(out)
	return out
}

// roleKey is a numbered role of a roleset: "endorse.01 1".
type roleKey struct {
	roleset string
	number  byte
}

// leastSaid is how often a role must have been seen before its counts are
// believed rather than its function, and leastShare the share of its sightings
// that a way of saying it must have.
const (
	leastSaid  = 2
	leastShare = 0.15
)

// rolesOf says how the roles of a roleset are said: as counted, or else as
// their function has it.
func rolesOf(roleset, field string, said sightings) []string {
	var out []string
	for r := range strings.SplitSeq(field, ";") {
		parts := strings.SplitN(r, "|", 3)
		if len(parts) < 2 || len(parts[0]) != 1 || parts[0][0] < '0' || parts[0][0] > '5' {
			continue
		}
		ways := commonest(said[roleKey{roleset, parts[0][0]}])
		if len(ways) == 0 {
			ways = byFunction(parts[0], parts[1])
		}
		if len(ways) > 0 {
			out = append(out, parts[0]+"="+strings.Join(ways, ","))
		}
	}
	return out
}

func commonest(ways map[string]int) []string {
	total := 0
	for _, n := range ways {
		total += n
	}
	if total < leastSaid {
		return nil
	}
	var out []string
	for _, way := range score.Keys(ways) {
		if float64(ways[way]) >= leastShare*float64(total) {
			out = append(out, way)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(ways[b], ways[a]) })
	return out
}

func byFunction(number, function string) []string {
	switch {
	case number == "0":
		return []string{"subj"}
	case number == "1":
		return []string{"obj"}
	}
	return map[string][]string{"GOL": {"to"}, "COM": {"with"}, "DIR": {"from"}, "LOC": {"in"}, "CAU": {"for"}, "PRP": {"for"}, "PRD": {"as"}}[function]
}

// labelledSentence is a sentence of UD English EWT with its predicates.
type labelledSentence struct {
	ID         string `json:"sent_id"`
	Predicates []struct {
		Index   int
		Roleset string
		Args    []labelledArg
	}
}

// labelledArg is an argument, of words [Start, End].
type labelledArg struct {
	Label      string
	Start, End int
}

// number is that of ARG0 to ARG5, and 0 for another label.
func (a *labelledArg) number() byte {
	if len(a.Label) == 4 && strings.HasPrefix(a.Label, "ARG") && a.Label[3] >= '0' && a.Label[3] <= '5' {
		return a.Label[3]
	}
	return 0
}

// labelled calls use with the trees of a part of EWT that have roles.
func (s shared) labelled(part string, use func(tree *corpus.Sentence, l *labelledSentence)) error {
	trees, err := corpus.ReadTreebank(s.path("ud-ewt", "en_ewt-ud-"+part+treeEnd(part)), nil)
	if err != nil {
		return err
	}
	byID := map[string]*corpus.Sentence{}
	for i := range trees {
		byID[trees[i].ID] = &trees[i]
	}
	end := ".jsonl"
	if part == "train" {
		end += ".gz"
	}
	err = corpus.Lines(s.path("propbank", "ewt-"+part+end), func(line string) error {
		var l labelledSentence
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			return err
		}
		if tree := byID[l.ID]; tree != nil {
			use(tree, &l)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read roles of %s: %w", part, err)
	}
	return nil
}

// sightings counts the ways in which roles are said.
type sightings map[roleKey]map[string]int

func (s sightings) add(roleset string, number byte, way string) {
	if number == 0 || way == "" {
		return
	}
	key := roleKey{roleset, number}
	if s[key] == nil {
		s[key] = map[string]int{}
	}
	s[key][way]++
}

// saidRoles counts how each numbered role is said beside its verb: over the
// trees of EWT, and for the later roles over the prepositions with which they
// begin in the examples of the frames, which have no trees.
func (s shared) saidRoles() (sightings, error) {
	said := sightings{}
	err := s.labelled("train", func(tree *corpus.Sentence, l *labelledSentence) {
		for _, p := range l.Predicates {
			if p.Index >= len(tree.Words) || tree.Words[p.Index].Tag != kith.VERB {
				continue
			}
			for _, a := range p.Args {
				said.add(p.Roleset, a.number(), wayOf(tree.Words, p.Index, headWithin(tree.Words, a.Start, a.End)))
			}
		}
	})
	if err != nil {
		return nil, err
	}
	err = corpus.Lines(s.path("propbank", "examples.jsonl.gz"), func(line string) error {
		var e struct {
			Roleset string
			Tokens  []string
			Args    []labelledArg
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return err
		}
		for _, a := range e.Args {
			if a.number() < '2' || a.Start < 0 || a.Start >= len(e.Tokens) {
				continue
			}
			if w := strings.ToLower(e.Tokens[a.Start]); ontology.IsPreposition(w) {
				said.add(e.Roleset, a.number(), w)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read examples of frames: %w", err)
	}
	return said, nil
}

// headWithin is the first of the words [first, last] whose head lies outside;
// -1 for none.
func headWithin(words []corpus.Word, first, last int) int {
	for i := max(first, 0); i <= last && i < len(words); i++ {
		if h := words[i].Head; h < first || h > last {
			return i
		}
	}
	return -1
}

// wayOf names how a verb has an argument, as in the active voice; "" where it
// is not the verb's own in the tree.
func wayOf(words []corpus.Word, verb, arg int) string {
	if arg < 0 || words[arg].Head != verb {
		return ""
	}
	switch words[arg].Rel {
	case kith.Nsubj:
		return "subj"
	case kith.NsubjPass, kith.Obj:
		return "obj"
	case kith.Iobj:
		return "iobj"
	case kith.OblAgent:
		return "subj"
	case kith.Obl:
		for i := range words {
			if words[i].Head == arg && words[i].Rel == kith.Case {
				return words[i].Lemma
			}
		}
	}
	return ""
}

// verbNouns maps verbs to the nouns of their acts: one word of WordNet, in its
// first sense, that is linked to the verb as its event.
func (s shared) verbNouns() (map[string][]string, error) {
	nounOf := map[string]string{} // sense key → noun
	type link struct{ verb, key string }
	var links []link
	err := corpus.Lines(s.path("wordnet", "senses.tsv.gz"), func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) < 6 || strings.Contains(f[0], " ") {
			return nil
		}
		if f[1] == "n" {
			nounOf[f[3]] = f[0]
		}
		if f[1] == "v" {
			for l := range strings.FieldsFuncSeq(f[5], func(r rune) bool { return r == ',' || r == ' ' || r == '|' }) {
				if kind, key, ok := strings.Cut(l, "="); ok && kind == "event" {
					links = append(links, link{f[0], key})
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read WordNet: %w", err)
	}
	out := map[string][]string{}
	for _, l := range links {
		if noun := nounOf[l.key]; noun != "" && noun != l.verb && !slices.Contains(out[l.verb], noun) {
			out[l.verb] = append(out[l.verb], noun)
		}
	}
	return out, nil
}
