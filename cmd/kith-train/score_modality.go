package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/extract"
)

// scoreModality scores certainty, polarity and speakers on gold trees: against
// the judgements of uds-factuality on whether things happened, and against the
// cues and sources of gum-attribution.
type scoreModality struct {
	Errors int    `help:"Show so many errors of each corpus." default:"0"`
	Part   string `help:"Part of the corpora." default:"dev" enum:"dev,train"`
}

func (c scoreModality) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score modality")
	if err := c.factuality(s); err != nil {
		return err
	}
	return c.attribution(s)
}

// goldTrees lays a document's gold tags and trees over its text.
func goldTrees(document []corpus.Sentence) *kith.Analysis {
	a := goldAnalysis(document)
	i := 0
	for _, s := range document {
		first := i
		for _, w := range s.Words {
			t := &a.Tokens[i]
			t.Tag, t.XTag, t.Rel, t.Lemma, t.Head = w.Tag, w.XTag, w.Rel, w.Lemma, -1
			if w.Head >= 0 {
				t.Head = first + w.Head
			}
			i++
		}
	}
	return a
}

// treesByText reads trees and finds them again by their words.
func treesByText(paths ...string) (map[string]*kith.Analysis, error) {
	found := map[string]*kith.Analysis{}
	for _, path := range paths {
		sentences, err := corpus.ReadTreebank(path, nil)
		if err != nil {
			return nil, err
		}
		for i := range sentences {
			found[wordsKey(sentences[i])] = goldTrees(sentences[i : i+1])
		}
	}
	return found, nil
}

func wordsKey(s corpus.Sentence) string {
	forms := make([]string, len(s.Words))
	for i, w := range s.Words {
		forms[i] = w.Form
	}
	return strings.Join(forms, " ")
}

// factRow is one judgement of uds-factuality.
type factRow struct {
	Tokens []string `json:"tokens"`
	Index  int      `json:"pred_index"`
	Score  float64  `json:"score"`
	Sure   float64  `json:"confidence"`
}

func (c scoreModality) factuality(s shared) error {
	trees, err := treesByText(s.path("ud-ewt", "en_ewt-ud-"+c.Part+treeEnd(c.Part)))
	if err != nil {
		return err
	}
	var happened, not []score.Tally
	levels := map[string]int{}
	var errors []string
	err = corpus.Lines(s.path("uds-factuality", c.Part+".jsonl"), func(line string) error {
		var row factRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return fmt.Errorf("read factuality: %w", err)
		}
		a := trees[strings.Join(row.Tokens, " ")]
		if a == nil || row.Index > len(a.Tokens) || row.Score > -.3 && row.Score < .3 {
			return nil
		}
		m, negated := extract.Certainty(a, row.Index-1)
		ours, gold := m == kith.Asserted && !negated, row.Score > 0
		happened = append(happened, compareFlags(ours, gold))
		not = append(not, compareFlags(!ours, !gold))
		levels[fmt.Sprintf("%s negated=%v happened=%v", m, negated, gold)]++
		if ours != gold && row.Sure > .9 {
			errors = append(errors, fmt.Sprintf("%v (%.1f) read as %s, negated %v: [%s] %s", gold, row.Score, m, negated, row.Tokens[row.Index-1], strings.Join(row.Tokens, " ")))
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("\nuds-factuality %s, gold trees: did it happen? (judgements between -0.3 and 0.3 left out)\n", c.Part)
	fmt.Printf("happened:     F1 %s, precision %s, recall %s\n", score.Percent(happened, nil), score.Percent(happened, score.Tally.Precision), score.Percent(happened, score.Tally.Recall))
	fmt.Printf("did not:      F1 %s, precision %s, recall %s\n", score.Percent(not, nil), score.Percent(not, score.Tally.Precision), score.Percent(not, score.Tally.Recall))
	printCounts(levels)
	printSome(errors, c.Errors)
	return nil
}

func treeEnd(part string) string {
	if part == "train" {
		return ".conllu.gz"
	}
	return ".conllu"
}

func compareFlags(ours, gold bool) score.Tally {
	t := score.Tally{}
	if ours {
		t.Given = 1
	}
	if gold {
		t.Gold = 1
	}
	if ours && gold {
		t.Right = 1
	}
	return t
}

func printCounts(counts map[string]int) {
	var keys []string
	for k := range counts {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Printf("  %5d  %s\n", counts[k], k)
	}
}

func printSome(lines []string, n int) {
	step := max(1, len(lines)/max(n, 1))
	for i := 0; i < len(lines) && n > 0; i += step {
		fmt.Fprintln(os.Stdout, "  ", lines[i])
	}
}

// attributionRow is one attribution unit of gum-attribution; token numbers
// begin at 1.
type attributionRow struct {
	Tokens  []string `json:"tokens"`
	Genre   string   `json:"genre"`
	Cue     int      `json:"cue_token"`
	Source  []int    `json:"source_span"`
	Content []int    `json:"content_edu"`
	Same    string   `json:"content_sent_id"`
	ID      string   `json:"sent_id"`
}

func (c scoreModality) attribution(s shared) error {
	trees, err := treesByText(s.path("ud-gum", "en_gum-ud-"+c.Part+treeEnd(c.Part)))
	if err != nil {
		return err
	}
	var units []score.Tally
	var errors []string
	err = corpus.Lines(s.path("gum-attribution", c.Part+".jsonl"), func(line string) error {
		var row attributionRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return fmt.Errorf("read attribution: %w", err)
		}
		a := trees[strings.Join(row.Tokens, " ")]
		if a == nil || len(row.Source) != 2 || len(row.Content) != 2 || row.Same != row.ID || row.Content[1] > len(a.Tokens) {
			return nil
		}
		if w := strings.ToLower(row.Tokens[row.Source[0]-1]); row.Source[0] == row.Source[1] && (w == "i" || w == "we" || w == "you") {
			return nil // the author's own voice
		}
		head := contentHead(a, row.Content[0]-1, row.Content[1]-1)
		by := extract.Source(a, head)
		t := score.Tally{Gold: 1}
		source := strings.Join(row.Tokens[row.Source[0]-1:row.Source[1]], " ")
		if by != nil {
			t.Given = 1
			if overlapWords(by.Name, source) {
				t.Right = 1
			}
		}
		if t.Right == 0 {
			got := "nobody"
			if by != nil {
				got = by.Name
			}
			errors = append(errors, fmt.Sprintf("%s: %q, not %q: [%s] %s", row.Genre, got, source, a.Word(head), strings.Join(row.Tokens, " ")))
		}
		units = append(units, t)
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("\ngum-attribution %s, gold trees: who is said to say it? (author's own voice left out)\n", c.Part)
	fmt.Printf("source:       F1 %s, precision %s, recall %s of %d\n", score.Percent(units, nil), score.Percent(units, score.Tally.Precision), score.Percent(units, score.Tally.Recall), len(units))
	printSome(errors, c.Errors)
	return nil
}

// contentHead is the token of the content whose head lies outside it.
func contentHead(a *kith.Analysis, first, last int) int {
	best := first
	for i := first; i <= last; i++ {
		if h := a.Tokens[i].Head; (h < first || h > last) && a.Tokens[i].Rel != kith.Punct && a.Tokens[i].Rel != kith.Mark {
			best = i
			if a.Tokens[i].Tag == kith.VERB {
				return i
			}
		}
	}
	return best
}

func overlapWords(a, b string) bool {
	have := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(a)) {
		have[strings.Trim(w, ".,")] = true
	}
	for _, w := range strings.Fields(strings.ToLower(b)) {
		if w = strings.Trim(w, ".,"); len(w) > 1 && w != "the" && have[w] || have[w] && len(have) == 1 {
			return true
		}
	}
	return false
}
