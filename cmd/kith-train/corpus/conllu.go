// Package corpus reads the public corpora that kith is trained and scored on.
package corpus

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"kith"
)

// Word is one syntactic word of a treebank.
type Word struct {
	Form, Lemma string
	Tag         kith.Tag
	XTag        kith.XTag
	Head        int // index of the head in the sentence, -1 for the root
	Rel         kith.Rel
	Space       bool   // a space follows
	Misc        string // the last column, as it stands
}

// Sentence is one sentence of a treebank.
type Sentence struct {
	ID        string
	Document  string
	Text      string // as the treebank gives it
	Paragraph bool   // begins a paragraph
	Words     []Word
}

// ReadTreebank reads a file in CoNLL-U, gzipped where its name says so.
// Documents for which skip returns true are left out; skip may be nil.
func ReadTreebank(path string, skip func(document string) bool) ([]Sentence, error) {
	var out []Sentence
	err := Lines(path, treebankReader(&out, skip))
	if err != nil {
		return nil, fmt.Errorf("read treebank %s: %w", path, err)
	}
	return out, nil
}

// Lines calls f with each line of a file, gzipped where its name says so.
func Lines(path string, f func(line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return err
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if err := f(lines.Text()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

// treebankReader returns a function that takes a treebank line by line.
func treebankReader(out *[]Sentence, skip func(string) bool) func(string) error {
	document, fused := "", 0
	var s Sentence
	return func(line string) error {
		key, value, isPair := strings.Cut(line, " = ")
		switch {
		case line == "":
			if len(s.Words) > 0 && (skip == nil || !skip(document)) {
				s.Document = document
				*out = append(*out, s)
			}
			s, fused = Sentence{}, 0
		case isPair && key == "# newdoc id":
			document = value
		case isPair && key == "# sent_id":
			s.ID = value
		case isPair && key == "# text":
			s.Text = value
		case strings.HasPrefix(line, "# newpar"):
			s.Paragraph = true
		case line[0] != '#':
			return s.add(line, &fused)
		}
		return nil
	}
}

// add reads one line of ten columns. fused is the number of the last word of
// the fused token being read: no space follows the words inside it.
func (s *Sentence) add(line string, fused *int) error {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns, want 10", len(f))
	}
	space := !strings.Contains(f[9], "SpaceAfter=No")
	if first, last, ok := strings.Cut(f[0], "-"); ok {
		n, err := strconv.Atoi(last)
		if err != nil {
			return fmt.Errorf("fused token %s-%s: %w", first, last, err)
		}
		*fused = n
		if !space {
			*fused = -n
		}
		return nil
	}
	if strings.Contains(f[0], ".") {
		return nil // an empty node
	}
	id, err := strconv.Atoi(f[0])
	if err != nil {
		return fmt.Errorf("word number %q: %w", f[0], err)
	}
	head, err := strconv.Atoi(f[6])
	if err != nil {
		return fmt.Errorf("head %q: %w", f[6], err)
	}
	if id < max(*fused, -*fused) || id == -*fused {
		space = false
	}
	s.Words = append(s.Words, Word{Form: f[1], Lemma: f[2], Tag: kith.ParseTag(f[3]), XTag: kith.ParseXTag(f[4]),
		Head: head - 1, Rel: kith.ParseRel(f[7]), Space: space, Misc: f[9]})
	return nil
}

// NonCommercial reads the table that says which documents of GUM may not be
// used commercially, and returns a test for them.
func NonCommercial(path string) (func(document string) bool, error) {
	barred := map[string]bool{}
	column := -1
	err := Lines(path, func(line string) error {
		f := strings.Split(line, "\t")
		for i, name := range f {
			if column < 0 && name == "noncommercial" {
				column = i
				return nil
			}
		}
		if column < 0 || column >= len(f) {
			return fmt.Errorf("no column noncommercial")
		}
		barred[f[0]] = f[column] == "yes"
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read licences %s: %w", path, err)
	}
	return func(document string) bool {
		no, known := barred[document]
		return no || !known
	}, nil
}

// Genre is the genre of a document of GUM, from its name: "news" of
// "GUM_news_asylum"; "" for other corpora.
func Genre(document string) string {
	parts := strings.Split(document, "_")
	if len(parts) < 3 || parts[0] != "GUM" {
		return ""
	}
	return parts[1]
}
