package corpus

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"kith"
)

// Tagged is a text of tokens with marked names: the common form of the name
// corpora.
type Tagged struct {
	ID        string
	Sentences []TaggedSentence
}

// TaggedSentence is a sentence of tokens, each with its IOB2 label of the
// corpus ("B-PER", "I-PER", "O").
type TaggedSentence struct {
	Words  []string
	Labels []string
}

// ReadIOB reads a file of one token a line. Columns are divided by tabs; word
// and label count them from 0. A comment with "newdoc id" or "doc =" begins a
// document; without any, each sentence is one.
func ReadIOB(path string, word, label int) ([]Tagged, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer file.Close()
	docs, err := readIOB(file, word, label)
	if err != nil {
		return nil, fmt.Errorf("read names %s: %w", path, err)
	}
	return docs, nil
}

func readIOB(r io.Reader, word, label int) ([]Tagged, error) {
	var docs []Tagged
	var sentence TaggedSentence
	marked := false
	finish := func() {
		if len(sentence.Words) == 0 {
			return
		}
		if !marked || len(docs) == 0 {
			docs = append(docs, Tagged{})
		}
		last := &docs[len(docs)-1]
		last.Sentences = append(last.Sentences, sentence)
		sentence = TaggedSentence{}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if id, ok := documentID(line); ok {
			finish()
			marked = true
			docs = append(docs, Tagged{ID: id})
			continue
		}
		fields := strings.Split(line, "\t")
		switch {
		case strings.TrimSpace(line) == "":
			finish()
		case strings.HasPrefix(line, "# ") && len(fields) == 1:
		case len(fields) <= max(word, label):
			return nil, fmt.Errorf("line %q has %d columns", line, len(fields))
		default:
			sentence.Words = append(sentence.Words, fields[word])
			sentence.Labels = append(sentence.Labels, fields[label])
		}
	}
	finish()
	return docs, lines.Err()
}

func documentID(line string) (string, bool) {
	if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
		return id, true
	}
	return strings.CutPrefix(line, "# doc = ")
}

// Split divides the words of a corpus that keeps hyphenated words and
// possessives whole, as the treebanks divide them.
func (s TaggedSentence) Split() TaggedSentence {
	var out TaggedSentence
	for i, word := range s.Words {
		for n, part := range splitWord(word) {
			label := s.Labels[i]
			if n > 0 && strings.HasPrefix(label, "B-") {
				label = "I-" + label[2:]
			}
			out.Words = append(out.Words, part)
			out.Labels = append(out.Labels, label)
		}
	}
	return out
}

func splitWord(word string) []string {
	var parts []string
	rest := word
	if strings.HasPrefix(rest, "http") || strings.HasPrefix(rest, "@") || strings.HasPrefix(rest, "#") {
		return []string{word}
	}
	for {
		at := strings.IndexAny(rest, "-–/")
		if at <= 0 || at == len(rest)-1 {
			return append(parts, rest)
		}
		size := 1
		if rest[at] != '-' && rest[at] != '/' {
			size = len("–")
		}
		parts = append(parts, rest[:at], rest[at:at+size])
		rest = rest[at+size:]
		if rest == "" {
			return parts
		}
	}
}

// Analysis lays the tokens over a text of their own, words divided by single
// spaces.
func (d Tagged) Analysis() *kith.Analysis {
	var text strings.Builder
	a := &kith.Analysis{}
	for _, s := range d.Sentences {
		first := len(a.Tokens)
		start := text.Len()
		for i, w := range s.Words {
			if i > 0 {
				text.WriteByte(' ')
			}
			from := text.Len()
			text.WriteString(w)
			a.Tokens = append(a.Tokens, kith.Token{Span: kith.Span{Start: from, End: text.Len()}, Head: -1})
		}
		a.Sentences = append(a.Sentences, kith.Sentence{Span: kith.Span{Start: start, End: text.Len()}, First: first, Last: len(a.Tokens)})
		text.WriteByte('\n')
	}
	a.Document = &kith.Document{Text: text.String()}
	return a
}
