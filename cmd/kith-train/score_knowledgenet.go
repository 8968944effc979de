package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
)

// scoreKnowledgeNet reads the development passages end to end and scores the
// claims against KnowledgeNet's facts, by text overlap, over the properties
// that some predicate says. A fact counts for every mention pair that states
// it, as the corpus lists them.
type scoreKnowledgeNet struct {
	Errors int `help:"Show so many wrong claims and missed facts of each property." default:"0"`
}

func (c scoreKnowledgeNet) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	mapping, err := knowledgeNetMapping()
	if err != nil {
		return err
	}
	passages, err := corpus.ReadKnowledgeNet(s.path("knowledgenet", "dev-fold3.jsonl"))
	if err != nil {
		return err
	}
	reader, err := newReader()
	if err != nil {
		return err
	}
	units := map[string][]score.Tally{}
	shown := map[string]int{}
	var bins score.Bins
	var worst score.Worst
	var all []score.Tally
	for i := range passages {
		p := &passages[i]
		a, err := reader.Read(context.Background(), &kith.Document{ID: kith.NewDocumentID(p.Text), Text: p.Text})
		if err != nil {
			return err
		}
		claims, found := mapping.judge(p, a)
		here := map[string]score.Tally{}
		for _, j := range claims {
			if j.property == "" {
				continue
			}
			t := here[j.property]
			t.Given++
			bins.Add(j.claim.Confidence, j.right)
			if !j.right {
				worst.Add(j.claim.Confidence, fmt.Sprintf("%s as %s in passage %d", j.property, j.claim.Predicate, i+1))
			}
			if j.right {
				t.Right++
			} else if shown["wrong "+j.property] < c.Errors {
				shown["wrong "+j.property]++
				fmt.Printf("wrong  %s %s | %s | %s\n       %s\n", j.property, j.claim.Subject.Name, j.claim.Predicate, j.claim.Object.Name, flat(j.claim.Evidence.Quote))
			}
			here[j.property] = t
		}
		mapping.recall(p, found, here, shown, c.Errors)
		var sum score.Tally
		for property, t := range here {
			units[property] = append(units[property], t)
			sum.Add(t)
		}
		all = append(all, sum)
	}
	fmt.Println("# go run ./cmd/kith-train score knowledge-net")
	fmt.Println("# Claims of the whole reader on KnowledgeNet fold 3, as the properties that bear them out; intervals over passages, 95 % bootstrap.")
	var t score.Table
	t.Row("property", "P", "R", "F1", "facts", "claims")
	for _, property := range mapping.scored() {
		row(&t, property, units[property])
	}
	row(&t, "all", all)
	t.Print(os.Stdout)
	bins.Print(os.Stdout)
	worst.Print(os.Stdout, 10)
	return nil
}

// recall counts each gold fact once; right is scaled so that both precision
// and recall read off one tally: Gold is facts expressed in claims.
func (k knowledgeNet) recall(p *corpus.Passage, found []bool, here map[string]score.Tally, shown map[string]int, errors int) {
	type share struct{ need, hit float64 }
	shares := map[string]share{}
	for i, f := range p.Facts {
		if !slices.Contains(k.scored(), f.Property) {
			continue
		}
		s := shares[f.Property]
		s.need++
		if found[i] {
			s.hit++
		} else if shown["missed "+f.Property] < errors {
			shown["missed "+f.Property]++
			fmt.Printf("missed %s %s -> %s\n       %s\n", f.Property, f.Subject.Cut(p.Text), f.Object.Cut(p.Text), flat(p.Text))
		}
		shares[f.Property] = s
	}
	for property, s := range shares {
		t := here[property]
		// Facts are pairs of mentions and claims pairs of entities: the gold
		// count is scaled to claims where some were right.
		if t.Right > 0 && s.hit > 0 {
			t.Gold += s.need * t.Right / s.hit
		} else {
			t.Gold += 1
		}
		here[property] = t
	}
}

func row(t *score.Table, name string, units []score.Tally) {
	sum := score.Sum(units)
	t.Row(name, score.Percent(units, score.Tally.Precision), score.Percent(units, score.Tally.Recall), score.Percent(units, score.Tally.F1), int(sum.Gold), int(sum.Given))
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
