package main

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/data"
	"kith/extract"
	"kith/ontology"
	"kith/text"
)

// scoreRoles scores who does what to whom: the numbered roles of PropBank's
// verbs in UD English EWT, by data/frames and the predicate–argument layer.
type scoreRoles struct{}

func (c scoreRoles) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	frames, err := ontology.Frames(data.FS, nil)
	if err != nil {
		return err
	}
	stage, err := uncalibrated()
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score roles")
	fmt.Println("# Roles of the verbs of UD English EWT dev, given their words and rolesets. An argument is right where its head lies in the")
	fmt.Println("# marked words; intervals over sentences, 95 % bootstrap. Marked arguments in other clauses count as missed.")
	for _, own := range []bool{false, true} {
		t := roleTally{byLabel: map[string][]score.Tally{}, missed: map[string]int{}, frames: frames, stage: stage}
		var failed error
		err := s.labelled("dev", func(tree *corpus.Sentence, l *labelledSentence) {
			a, err := treeOf(tree, own)
			if err != nil {
				failed = err
				return
			}
			t.sentence(a, l)
		})
		if err = cmp.Or(err, failed); err != nil {
			return err
		}
		t.print(own)
	}
	return nil
}

// treeOf is a sentence with its gold tree, or with our own over its words.
func treeOf(tree *corpus.Sentence, own bool) (*kith.Analysis, error) {
	if !own {
		return goldTrees([]corpus.Sentence{*tree}), nil
	}
	a := goldAnalysis([]corpus.Sentence{*tree})
	for _, stage := range []kith.Stage{text.Tag, text.Parse} {
		if err := stage.Run(context.Background(), a); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// roleTally counts roles, a tally of each label for each sentence.
type roleTally struct {
	all     []score.Tally
	byLabel map[string][]score.Tally
	missed  map[string]int // roleset and label of what was not found or wrong
	frames  map[string]ontology.Frame
	stage   *extract.Stage
}

func (t *roleTally) sentence(a *kith.Analysis, l *labelledSentence) {
	var verbs []int
	for _, p := range l.Predicates {
		verbs = append(verbs, p.Index)
	}
	here := map[string]score.Tally{}
	for i, found := range t.stage.Arguments(a, verbs) {
		p := l.Predicates[i]
		frame, ok := t.frames[p.Roleset]
		if !ok || a.Tokens[p.Index].Tag != kith.VERB {
			continue
		}
		for n, ways := range frame.Roles {
			label := fmt.Sprintf("ARG%d", n)
			sum := here[label]
			sum.Add(t.role(label, p.Roleset, fill(ways, found), p.Args))
			here[label] = sum
		}
	}
	var sum score.Tally
	for label, one := range here {
		t.byLabel[label] = append(t.byLabel[label], one)
		sum.Add(one)
	}
	t.all = append(t.all, sum)
}

// fill finds what fills a role: the first argument that stands in one of the
// ways in which the role is said; -1 for none.
func fill(ways []string, found []extract.Argument) int {
	for _, way := range ways {
		for _, arg := range found {
			if arg.Role == way {
				return arg.Token
			}
		}
	}
	return -1
}

func (t *roleTally) role(label, roleset string, token int, args []labelledArg) score.Tally {
	var out score.Tally
	if token >= 0 {
		out.Given = 1
	}
	for _, arg := range args {
		if arg.Label != label {
			continue
		}
		out.Gold = 1
		if token >= arg.Start && token <= arg.End {
			out.Right = 1
		}
	}
	if out.Right < out.Gold {
		t.missed[roleset+" "+label]++
	}
	return out
}

func (t *roleTally) print(own bool) {
	trees := "gold trees"
	if own {
		trees = "own tags and trees"
	}
	fmt.Printf("\nEWT dev, %s: F1 %s\n", trees, score.Percent(t.all, nil))
	var table score.Table
	table.Row("role", "precision", "recall", "F1", "marked", "given")
	for _, label := range score.Keys(t.byLabel) {
		units := t.byLabel[label]
		sum := score.Sum(units)
		table.Row(label, sum.Precision(), sum.Recall(), score.Percent(units, nil), int(sum.Gold), int(sum.Given))
	}
	table.Print(os.Stdout)
	fmt.Println("most often missed:")
	printFrequent(os.Stdout, t.missed, 10)
}
