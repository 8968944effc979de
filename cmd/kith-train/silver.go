package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
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
// tags; then for each sentence the CRC-32 of its words, joined by tabs, in four
// bytes, their number in one, and for each four bytes: head (0 is the root),
// relation, tags, label of the name. Sentences that are cut otherwise now than
// when they were labelled are left out. path may end in .zst.
func (s shared) readSilver(path string, most int) ([]silverSentence, error) {
	data, err := readPacked(path)
	if err != nil {
		return nil, fmt.Errorf("read silver labels: %w", err)
	}
	head, rest, _ := bytes.Cut(data, []byte{'\n'})
	tags, err := silverTags(string(head))
	if err != nil {
		return nil, fmt.Errorf("read silver labels %s: %w", path, err)
	}
	labels := map[uint32][]byte{}
	for len(rest) > 0 {
		if len(rest) < 5 || len(rest) < 5+4*int(rest[4]) {
			return nil, fmt.Errorf("read silver labels %s: cut off; fetch or make them again", path)
		}
		end := 5 + 4*int(rest[4])
		labels[binary.LittleEndian.Uint32(rest)] = rest[5:end]
		rest = rest[end:]
	}
	sentences, err := s.silverSentences()
	if err != nil {
		return nil, err
	}
	var out []silverSentence
	step, next, unknown := max(1, float64(len(sentences))/float64(most)), 0.0, 0
	for i, sentence := range sentences {
		if float64(i) < next {
			continue
		}
		next += step
		if l := labels[sentenceKey(sentence)]; len(l) == 4*len(sentence.Words) {
			out = append(out, label(sentence, l, tags))
		} else {
			unknown++
		}
	}
	logLine("%d sentences of the teacher's, %d without its labels", len(out), unknown)
	return out, nil
}

func sentenceKey(s corpus.Sentence) uint32 {
	words := make([]string, len(s.Words))
	for i, w := range s.Words {
		words[i] = w.Form
	}
	return crc32.ChecksumIEEE([]byte(strings.Join(words, "\t")))
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
