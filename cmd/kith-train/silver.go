package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/text"

	"github.com/klauspost/compress/zstd"
)

// Sentences that a teacher labels are of so many tokens.
const silverShort, silverLong = 4, 100

// silverSentences returns the sentences that a teacher labels: the text of
// the training parts besides the treebanks, each sentence once. Those of one
// passage are of one document.
func (s shared) silverSentences() ([]corpus.Sentence, error) {
	var out []corpus.Sentence
	seen := map[string]bool{}
	err := s.unlabelled(func(words []string, passage int) {
		key := strings.Join(words, " ")
		if len(words) < silverShort || len(words) > silverLong || seen[key] || len(strings.Fields(key)) != len(words) {
			return
		}
		seen[key] = true
		sentence := corpus.Sentence{Document: strconv.Itoa(passage)}
		for _, form := range words {
			sentence.Words = append(sentence.Words, corpus.Word{Form: form, Space: true})
		}
		out = append(out, sentence)
	})
	return out, err
}

// readSilver returns the sentences that a teacher has labelled, at most so
// many, spread evenly. The file holds a line with the pairs of numbers of its
// tags, then four bytes for each token of the sentences that silverSentences
// gives: head (0 is the root), relation, tags, label of the name. path may
// end in .zst.
func (s shared) readSilver(path string, most int) ([]silverSentence, error) {
	data, err := readPacked(path)
	if err != nil {
		return nil, fmt.Errorf("read silver labels: %w", err)
	}
	sentences, err := s.silverSentences()
	if err != nil {
		return nil, err
	}
	head, labels, _ := bytes.Cut(data, []byte{'\n'})
	tags, err := silverTags(string(head))
	if err != nil {
		return nil, fmt.Errorf("read silver labels %s: %w", path, err)
	}
	var out []silverSentence
	step, next := max(1, float64(len(sentences))/float64(most)), 0.0
	for i, sentence := range sentences {
		n := 4 * len(sentence.Words)
		if len(labels) < n {
			return nil, fmt.Errorf("read silver labels %s: they are of fewer words; label the text again", path)
		}
		if float64(i) >= next {
			next += step
			out = append(out, label(sentence, labels[:n], tags))
		}
		labels = labels[n:]
	}
	if len(labels) > 0 {
		return nil, fmt.Errorf("read silver labels %s: they are of more words; label the text again", path)
	}
	return out, nil
}

// silverSentence is a sentence with a teacher's labels.
type silverSentence struct {
	corpus.Sentence
	names []byte // labels of the name model
}

func label(s corpus.Sentence, labels []byte, tags []corpus.Word) silverSentence {
	out := silverSentence{Sentence: s}
	for i := range s.Words {
		l := labels[4*i : 4*i+4]
		w := &s.Words[i]
		w.Head, w.Rel, w.Tag, w.XTag = int(l[0])-1, kith.Rel(l[1]), tags[l[2]].Tag, tags[l[2]].XTag
		out.names = append(out.names, l[3])
	}
	return out
}

// silverTags reads "13 7|11 6|…".
func silverTags(line string) ([]corpus.Word, error) {
	var out []corpus.Word
	for _, pair := range strings.Split(line, "|") {
		var w corpus.Word
		if _, err := fmt.Sscan(pair, &w.Tag, &w.XTag); err != nil {
			return nil, fmt.Errorf("tags %q: %w", pair, err)
		}
		out = append(out, w)
	}
	return out, nil
}

func readPacked(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, ".zst") {
		return data, err
	}
	reader, err := zstd.NewReader(nil)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return reader.DecodeAll(data, nil)
}

// silverTrees returns a teacher's trees as documents, and none where no path
// is given.
func (s shared) silverTrees(path string, most int) ([]*kith.Analysis, error) {
	if path == "" {
		return nil, nil
	}
	silver, err := s.readSilver(path, most)
	if err != nil {
		return nil, err
	}
	sentences := make([]corpus.Sentence, len(silver))
	for i := range silver {
		sentences[i] = silver[i].Sentence
	}
	return goldDocuments(sentences), nil
}

// silverNames lays a teacher's names out for training.
func silverNames(silver []silverSentence, weight float32) []text.NameDocument {
	var out []text.NameDocument
	for first := 0; first < len(silver); {
		last := first + 1
		for last < len(silver) && silver[last].Document == silver[first].Document {
			last++
		}
		out = append(out, silverNameDocument(silver[first:last], weight))
		first = last
	}
	return out
}

func silverNameDocument(silver []silverSentence, weight float32) text.NameDocument {
	var sentences []corpus.Sentence
	for _, s := range silver {
		sentences = append(sentences, s.Sentence)
	}
	doc := text.NameDocument{Analysis: goldAnalysis(sentences)}
	for i, s := range silver {
		span := doc.Analysis.Sentences[i]
		allow := make([]uint16, len(s.names))
		for k, label := range s.names {
			allow[k] = 1 << label
		}
		doc.Sentences = append(doc.Sentences, text.NameSentence{First: span.First, Last: span.Last, Allow: allow, Weight: weight})
	}
	return doc
}
