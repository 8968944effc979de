package main

import (
	"fmt"
	"os"

	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/extract/relation"
)

type scoreRelation struct{ models }

// Run prints how well relations are found in raw text, end to end.
func (c *scoreRelation) Run(s shared) error {
	content, err := c.read("relation")
	if err != nil {
		return err
	}
	scorer, err := relation.Open(content)
	if err != nil {
		return err
	}
	passages, err := corpus.ReadKnowledgeNet(s.path("knowledgenet", "dev-fold3.jsonl"))
	if err != nil {
		return err
	}
	var worst score.Worst
	tallies, bins, err := relationTallies(passages, scorer, &worst)
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score relation")
	fmt.Println("# KnowledgeNet fold 3, raw text, kith's own names and coreference. A fact counts as found where property, subject and object")
	fmt.Println("# overlap a marked one (text overlap of the authors' evaluation); intervals over passages, 95 % bootstrap.")
	printRelations(tallies)
	fmt.Println()
	bins.Print(os.Stdout)
	worst.Print(os.Stdout, 10)
	return nil
}

func printRelations(tallies map[string][]score.Tally) {
	var table score.Table
	table.Row("property", "facts", "precision", "recall", "F1")
	var all []score.Tally
	for _, name := range score.Keys(tallies) {
		units := tallies[name]
		t := score.Sum(units)
		table.Row(name, int(t.Gold), t.Precision(), t.Recall(), score.Percent(units, nil))
		all = append(all, units...)
	}
	t := score.Sum(all)
	table.Row("all", int(t.Gold), t.Precision(), t.Recall(), score.Percent(all, nil))
	table.Print(os.Stdout)
}

// relationTallies counts, for each property, the facts of each passage in
// which people looked for it.
func relationTallies(passages []corpus.Passage, scorer *relation.Scorer, worst *score.Worst) (map[string][]score.Tally, *score.Bins, error) {
	out, bins := map[string][]score.Tally{}, &score.Bins{}
	for i, p := range passages {
		a, err := readPassage(p.Text)
		if err != nil {
			return nil, nil, err
		}
		facts := scorer.Facts(a)
		for _, property := range p.Looked {
			var given []corpus.PassageFact
			for _, f := range facts {
				if f.Property == property {
					fact := corpus.PassageFact{Property: property, Subject: nodeSpan(a, f.Subject), Object: nodeSpan(a, f.Object)}
					given = append(given, fact)
					right := anyOverlap(fact, p.Facts)
					bins.Add(f.P, right)
					if !right {
						worst.Add(f.P, fmt.Sprintf("%s in passage %d", property, i+1))
					}
				}
			}
			out[property] = append(out[property], overlapTally(given, p.Facts, property))
		}
	}
	return out, bins, nil
}

// overlapTally counts the given facts that overlap a marked one and the
// marked ones that overlap a given one. Its Right is the harmonic mean's, so
// that precision and recall each count their own.
func overlapTally(given, marked []corpus.PassageFact, property string) score.Tally {
	var t score.Tally
	used := make([]bool, len(marked))
	for _, g := range given {
		t.Given++
		for i, m := range marked {
			if !used[i] && sameFact(g, m) {
				used[i] = true
				t.Right++
				break
			}
		}
	}
	for _, m := range marked {
		if m.Property == property {
			t.Gold++
		}
	}
	return t
}

func anyOverlap(fact corpus.PassageFact, list []corpus.PassageFact) bool {
	for _, m := range list {
		if sameFact(fact, m) {
			return true
		}
	}
	return false
}

func sameFact(a, b corpus.PassageFact) bool {
	return a.Property == b.Property && a.Subject.Overlaps(b.Subject) && a.Object.Overlaps(b.Object)
}
