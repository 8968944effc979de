package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/text"
)

type tagCommand struct {
	Out       string  `help:"Folder of the models." default:"data/models" type:"path"`
	Epochs    int     `help:"Passes over the sentences." default:"3"`
	Rate      float32 `help:"Length of steps." default:"0.3"`
	Dropout   float64 `help:"Share of features that each decision goes without." default:"0.1"`
	Least     float64 `help:"Weights below it are dropped." default:"0.1"`
	Clear     float64 `help:"How clear a word must be, in log likelihood, to be tagged on the first features alone." default:"3"`
	Sample    int     `help:"Sentences that say which weights are asked for most." default:"20000"`
	Silver    string  `help:"Labels of a teacher for the text without labels; see scripts/teacher." default:"cmd/kith-train/silver/labels.zst" type:"path"`
	Most      int     `help:"Sentences of the teacher's at most." default:"200000"`
	Admission uint8   `help:"At which appearance a feature gets weights." default:"8"`
	Seed      uint64  `help:"Seed of the order of sentences." default:"1"`
}

// Run trains the tagger and the lemmatiser and writes tag.kwm.
func (c *tagCommand) Run(s shared) error {
	sentences, err := s.trainingTrees()
	if err != nil {
		return err
	}
	words, err := models{c.Out}.words()
	if err != nil {
		return err
	}
	stems, err := s.stems()
	if err != nil {
		return err
	}
	silver, err := s.silverTrees(c.Silver, c.Most)
	if err != nil {
		return err
	}
	data := text.TrainTagger(goldDocuments(sentences), text.TagTraining{
		Silver: silver, Admission: c.Admission, Epochs: c.Epochs, Seed: c.Seed, Rate: c.Rate, Dropout: c.Dropout, Words: words, Stems: stems, Least: c.Least, Sample: c.Sample, Clear: c.Clear, Log: logLine})
	logLine("tag.kwm: %s", text.Describe(data))
	return writeFile(filepath.Join(c.Out, "tag.kwm"), data)
}

func logLine(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// goldDocuments lays whole annotated documents over their text.
func goldDocuments(sentences []corpus.Sentence) []*kith.Analysis {
	var out []*kith.Analysis
	for _, document := range documents(sentences) {
		a := goldAnalysis(document)
		at := 0
		for _, s := range document {
			for i, w := range s.Words {
				t := &a.Tokens[at+i]
				t.Tag, t.XTag, t.Lemma, t.Rel, t.Head = w.Tag, w.XTag, w.Lemma, w.Rel, w.Head
				if t.Head >= 0 {
					t.Head += at
				}
			}
			at += len(s.Words)
		}
		out = append(out, a)
	}
	return out
}

// stems lists the verbs, nouns and adjectives of WordNet that are one word in
// small letters, by the lemmatiser's classes.
func (s shared) stems() (map[byte][]string, error) {
	out := map[byte][]string{}
	classes := map[string]byte{"v": 'v', "n": 'n', "a": 'a', "s": 'a', "r": 'a'}
	err := corpus.Lines(s.path("wordnet", "synsets.tsv.gz"), func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) < 4 || classes[f[1]] == 0 {
			return nil
		}
		for _, member := range strings.Split(f[3], "|") {
			if !strings.ContainsFunc(member, func(r rune) bool { return !unicode.IsLower(r) }) {
				out[classes[f[1]]] = append(out[classes[f[1]]], member)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read WordNet: %w", err)
	}
	return out, nil
}
