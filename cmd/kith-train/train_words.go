package main

import (
	"context"
	"path/filepath"
	"sort"

	"kith"
	"kith/cmd/kith-train/cluster"
	"kith/cmd/kith-train/corpus"
	"kith/text"
)

type clustersCommand struct {
	Out     string `help:"Folder of the models." default:"data/models" type:"path"`
	Classes int    `help:"Number of fine classes." default:"512"`
	Rounds  int    `help:"Passes over the words at most." default:"12"`
	Rare    int    `help:"Words seen fewer times have no class." default:"4"`
}

// The numbers of coarser classes that fine ones are joined to.
const middleClasses, coarseClasses = 64, 16

// Run makes word classes from the text of all training parts and writes
// words.kwm.
func (c *clustersCommand) Run(s shared) error {
	sentences, err := s.plainSentences()
	if err != nil {
		return err
	}
	names, numbered := number(sentences, c.Rare)
	logLine("%d sentences, %d words to class", len(sentences), len(names))
	counts := cluster.Count(numbered, len(names))
	fine := cluster.Exchange(counts, c.Classes, c.Rounds, logLine)
	middle := cluster.Merge(counts, fine, c.Classes, middleClasses+2)
	coarse := cluster.Merge(counts, fine, c.Classes, coarseClasses+2)
	var words []string
	var classes []text.WordClass
	for w := 2; w < len(names); w++ {
		words = append(words, names[w])
		f := fine[w]
		classes = append(classes, text.WordClass{Fine: uint16(f), Middle: uint16(middle[f]), Coarse: uint16(coarse[f])})
	}
	data := text.EncodeWords(words, classes)
	logLine("words.kwm: %s", text.Describe(data))
	return writeFile(filepath.Join(c.Out, "words.kwm"), data)
}

// plainSentences returns the folded words of every sentence of the training
// texts.
func (s shared) plainSentences() ([][]string, error) {
	trees, err := s.trainingTrees()
	if err != nil {
		return nil, err
	}
	var out [][]string
	for _, t := range trees {
		words := make([]string, len(t.Words))
		for i, w := range t.Words {
			words[i] = text.Fold(w.Form)
		}
		out = append(out, words)
	}
	err = s.unlabelled(func(words []string, _ int) {
		folded := make([]string, len(words))
		for i, w := range words {
			folded[i] = text.Fold(w)
		}
		out = append(out, folded)
	})
	return out, err
}

// unlabelled calls f with the words of every sentence of the training texts
// besides the treebanks, and the number of the passage that it is of.
func (s shared) unlabelled(f func(words []string, passage int)) error {
	number := 0
	return corpus.Unlabelled(s.path(), func(tokens []string, passage string) {
		if number++; passage == "" {
			f(tokens, number)
			return
		}
		a := &kith.Analysis{Document: &kith.Document{Text: passage}}
		must(text.Segment.Run(context.Background(), a))
		for _, sentence := range a.Sentences {
			words := make([]string, 0, sentence.Last-sentence.First)
			for i := sentence.First; i < sentence.Last; i++ {
				words = append(words, a.Word(i))
			}
			f(words, number)
		}
	})
}

// number gives each word that is not rare its number, the most frequent
// first; 0 and 1 are kept for the end of a sentence and for rare words.
func number(sentences [][]string, rare int) (names []string, out [][]int32) {
	counts := map[string]int{}
	for _, s := range sentences {
		for _, w := range s {
			counts[w]++
		}
	}
	for w, n := range counts {
		if n >= rare {
			names = append(names, w)
		}
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := names[i], names[j]
		return counts[a] > counts[b] || counts[a] == counts[b] && a < b
	})
	names = append([]string{"", ""}, names...)
	numbers := map[string]int32{}
	for i := 2; i < len(names); i++ {
		numbers[names[i]] = int32(i)
	}
	for _, s := range sentences {
		line := make([]int32, len(s))
		for i, w := range s {
			line[i] = max(1, numbers[w])
		}
		out = append(out, line)
	}
	return names, out
}
