package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"kith"
	"kith/cmd/kith-train/claimscore"
	"kith/cmd/kith-train/score"
	"kith/pipeline"
)

// scoreClaims reads the gold texts end to end and scores the claims as
// ../shared/eval/score_claims.py does.
type scoreClaims struct {
	Errors int    `help:"Show so many missed and wrong claims of each document." default:"0"`
	Only   string `help:"Score documents whose name holds this."`
	Write  string `help:"Write the claims of each document to this folder, a file each." type:"path"`
}

// claimText is a text with its gold claims.
type claimText struct {
	name string
	text string
	gold *claimscore.Gold
}

// ownGold holds articles in our own words with their claims. Patterns were
// not written or changed while looking at them.
const ownGold = "cmd/kith-train/testdata/gold"

func (c scoreClaims) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	reader, err := newReader()
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score claims")
	for _, set := range goldSets(string(s)) {
		docs, err := claimTexts(set, c.Only)
		if err != nil {
			return err
		}
		results, err := c.scoreAll(reader, docs)
		if err != nil {
			return err
		}
		fmt.Printf("\n## %s, %d documents\n", set.name, len(docs))
		printFigures(os.Stdout, results)
		if c.Only == "" {
			printPredicates(os.Stdout, results)
			printCalibration(os.Stdout, results)
			printWorst(os.Stdout, docs, results)
		}
	}
	return nil
}

// goldSet is a folder of gold claims and the folder of their texts.
type goldSet struct{ name, answers, texts string }

func goldSets(shared string) []goldSet {
	gold := filepath.Join(shared, "gold")
	return []goldSet{
		{"gold/seed", filepath.Join(gold, "seed"), filepath.Join(shared, "seed")},
		{"gold/dev", filepath.Join(gold, "dev"), filepath.Join(gold, "dev")},
		{ownGold, ownGold, ownGold},
	}
}

func claimTexts(set goldSet, only string) ([]claimText, error) {
	paths, err := filepath.Glob(filepath.Join(set.answers, "*.json"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("find gold claims: no *.json in %s", set.answers)
	}
	var docs []claimText
	for _, path := range paths {
		d := claimText{name: strings.TrimSuffix(filepath.Base(path), ".json")}
		if !strings.Contains(d.name, only) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(set.texts, d.name+".txt"))
		if err != nil {
			return nil, fmt.Errorf("read gold text: %w", err)
		}
		d.text = string(content)
		if d.gold, err = claimscore.ReadGold(path); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

func (c scoreClaims) scoreAll(reader *pipeline.Reader, docs []claimText) ([]claimscore.Result, error) {
	var results []claimscore.Result
	for _, d := range docs {
		a, err := reader.Read(context.Background(), &kith.Document{ID: kith.NewDocumentID(d.text), Text: d.text})
		if err != nil {
			return nil, err
		}
		if c.Write != "" {
			if err := writeClaims(filepath.Join(c.Write, d.name+".jsonl"), a.Claims); err != nil {
				return nil, err
			}
		}
		r := claimscore.Score(d.gold, claimscore.FromClaims(a.Claims), d.text)
		results = append(results, r)
		if c.Errors > 0 {
			printErrors(os.Stdout, d, r, c.Errors)
		}
	}
	return results, nil
}

func writeClaims(path string, claims []kith.Claim) error {
	var b strings.Builder
	for _, c := range claims {
		line, err := json.Marshal(c)
		if err != nil {
			return err
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return writeFile(path, []byte(b.String()))
}

func printErrors(w io.Writer, d claimText, r claimscore.Result, n int) {
	c := r.Counts["claim"]
	fmt.Fprintf(w, "== %s  P %.2f R %.2f\n", d.name, c.Precision(), c.Recall())
	for _, m := range r.Missed[:min(n, len(r.Missed))] {
		fmt.Fprintf(w, "  missed  %5d %s\n", m.Start, m)
	}
	for _, o := range r.Over[:min(n, len(r.Over))] {
		fmt.Fprintf(w, "  wrong   %5d %s\n", o.Start, o)
	}
}

func printFigures(w io.Writer, results []claimscore.Result) {
	for _, name := range claimscore.Figures {
		var sum claimscore.Count
		var units []score.Tally
		for _, r := range results {
			c := r.Counts[name]
			sum.Add(c)
			units = append(units, tallyOf(c))
		}
		lo, hi := score.Interval(units, score.Tally.F1)
		fmt.Fprintf(w, "%-9s P %.3f  R %.3f  F1 %.3f [%.3f %.3f]  (%d/%d found, %d wrong)\n",
			name, sum.Precision(), sum.Recall(), sum.F1(), lo, hi, sum.Hit, sum.Need, sum.Wrong)
	}
}

// tallyOf makes F1 read off a tally: found and right are two counts where
// several predictions may be right of one claim.
func tallyOf(c claimscore.Count) score.Tally {
	return score.Tally{Right: float64(c.Right+c.Hit) / 2, Given: float64(c.Right + c.Wrong), Gold: float64(c.Need)}
}

// printPredicates prints the figures of each predicate; intervals are over
// documents.
func printPredicates(w io.Writer, results []claimscore.Result) {
	sums := map[string]claimscore.Count{}
	units := map[string][]score.Tally{}
	for _, r := range results {
		for p, c := range r.ByPredicate {
			sum := sums[p]
			sum.Add(c)
			sums[p] = sum
			units[p] = append(units[p], tallyOf(c))
		}
	}
	var t score.Table
	t.Row("predicate", "P", "R", "F1", "interval", "needed", "found", "wrong")
	for _, p := range score.Keys(sums) {
		c := sums[p]
		lo, hi := score.Interval(units[p], nil)
		t.Row(p, fmt.Sprintf("%.2f", c.Precision()), fmt.Sprintf("%.2f", c.Recall()), fmt.Sprintf("%.2f", c.F1()),
			fmt.Sprintf("%.2f–%.2f", lo, hi), c.Need, c.Hit, c.Wrong)
	}
	t.Print(w)
}

// printWorst prints the wrong claims that the reader was surest of.
func printWorst(w io.Writer, docs []claimText, results []claimscore.Result) {
	var worst score.Worst
	for i, r := range results {
		for _, o := range r.Over {
			worst.Add(o.Confidence, fmt.Sprintf("%s in %s, byte %d", o.Predicate, docs[i].name, o.Start))
		}
	}
	worst.Print(w, 10)
}

// printCalibration compares confidence with how often it is right, in ten
// groups of equal size, and prints the expected calibration error.
func printCalibration(w io.Writer, results []claimscore.Result) {
	var all []claimscore.Judged
	for _, r := range results {
		all = append(all, r.Judged...)
	}
	if len(all) == 0 {
		return
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Confidence < all[j].Confidence })
	const groups = 5
	wrong := 0.0
	fmt.Fprint(w, "calibration (confidence → share right):")
	for g := range groups {
		part := all[g*len(all)/groups : (g+1)*len(all)/groups]
		said, right := 0.0, 0.0
		for _, j := range part {
			said += j.Confidence
			if j.Right {
				right++
			}
		}
		n := float64(max(len(part), 1))
		wrong += math.Abs(said-right) / float64(len(all))
		fmt.Fprintf(w, "  %.2f→%.2f", said/n, right/n)
	}
	fmt.Fprintf(w, "\nexpected calibration error %.3f\n", wrong)
}
