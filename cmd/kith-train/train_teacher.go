package main

import (
	"bytes"
	"fmt"
	"path/filepath"

	"kith/cmd/kith-train/corpus"
)

// teacherCommand writes what scripts/teacher learns from and labels.
type teacherCommand struct {
	Out string `help:"Folder of the files." default:"build/teacher" type:"path"`
}

// Run writes trees.tsv, dev.tsv, names.tsv, names-dev.tsv and plain.tsv.
func (c *teacherCommand) Run(s shared) error {
	sentences, err := s.trainingTrees()
	if err != nil {
		return err
	}
	dev, err := s.developmentTrees()
	if err != nil {
		return err
	}
	plain, err := s.silverSentences()
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	tokens := 0
	for _, sentence := range plain {
		tokens += len(sentence.Words)
		for i, w := range sentence.Words {
			if i > 0 {
				lines.WriteByte('\t')
			}
			lines.WriteString(w.Form)
		}
		lines.WriteByte('\n')
	}
	logLine("%d sentences, %d tokens without labels", len(plain), tokens)
	files := map[string][]byte{"trees.tsv": treeLines(sentences), "dev.tsv": treeLines(dev[0].sentences), "plain.tsv": lines.Bytes()}
	for name, sources := range map[string][]nameSource{"names.tsv": nameTraining, "names-dev.tsv": nameScoring} {
		if files[name], err = nameLines(s, sources); err != nil {
			return err
		}
	}
	for name, data := range files {
		if err := writeFile(filepath.Join(c.Out, name), data); err != nil {
			return err
		}
	}
	return nil
}

// treeLines is a line for each word: form, tags, head (0 is the root),
// relation; and an empty one after each sentence.
func treeLines(sentences []corpus.Sentence) []byte {
	var out bytes.Buffer
	for _, t := range sentences {
		for _, w := range t.Words {
			fmt.Fprintf(&out, "%s\t%d %d\t%d\t%d\n", w.Form, w.Tag, w.XTag, w.Head+1, w.Rel)
		}
		out.WriteByte('\n')
	}
	return out.Bytes()
}

// nameLines is a line for each word: form and the set of allowed labels; and
// an empty one after each sentence.
func nameLines(s shared, sources []nameSource) ([]byte, error) {
	var out bytes.Buffer
	for _, source := range sources {
		docs, err := source.documents(s)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			for _, sentence := range d.Sentences {
				for i, allow := range sentence.Allow {
					fmt.Fprintf(&out, "%s\t%d\t%g\n", d.Analysis.Word(sentence.First+i), allow, sentence.Weight)
				}
				out.WriteByte('\n')
			}
		}
	}
	return out.Bytes(), nil
}
