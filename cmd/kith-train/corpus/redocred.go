package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"kith"
)

// RedocredDocument is a document of Re-DocRED: sentences of words and its
// entities, each a list of mentions.
type RedocredDocument struct {
	Title    string              `json:"title"`
	Words    [][]string          `json:"sents"`
	Entities [][]RedocredMention `json:"vertexSet"`
	Labels   []RedocredLabel     `json:"labels"`
}

// RedocredMention is a run of words [Pos[0], Pos[1]) of one sentence.
type RedocredMention struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Sentence int    `json:"sent_id"`
	Pos      [2]int `json:"pos"`
}

// RedocredLabel says that relation (a Wikidata property) holds between the
// entities Head and Tail.
type RedocredLabel struct {
	Head     int    `json:"h"`
	Tail     int    `json:"t"`
	Relation string `json:"r"`
	Evidence []int  `json:"evidence"`
}

// ReadRedocred reads a file of Re-DocRED, one document a line.
func ReadRedocred(path string) ([]RedocredDocument, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read relations: %w", err)
	}
	defer file.Close()
	var docs []RedocredDocument
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var d RedocredDocument
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("read relations %s, line %d: %w", path, len(docs)+1, err)
		}
		docs = append(docs, d)
	}
	return docs, lines.Err()
}

// Tagged gives the names of the document as IOB2 labels.
func (d *RedocredDocument) Tagged() Tagged {
	out := Tagged{ID: d.Title}
	for _, words := range d.Words {
		labels := make([]string, len(words))
		for i := range labels {
			labels[i] = "O"
		}
		out.Sentences = append(out.Sentences, TaggedSentence{words, labels})
	}
	for _, mentions := range d.Entities {
		for _, m := range mentions {
			if m.Sentence < 0 || m.Sentence >= len(out.Sentences) {
				continue
			}
			markLabels(out.Sentences[m.Sentence].Labels, m.Pos[0], m.Pos[1], m.Type)
		}
	}
	return out
}

// markLabels labels the words [first, last) unless one of them has a label.
func markLabels(labels []string, first, last int, kind string) {
	if first < 0 || last > len(labels) || first >= last {
		return
	}
	for _, l := range labels[first:last] {
		if l != "O" {
			return
		}
	}
	for i := first; i < last; i++ {
		labels[i] = "I-" + kind
	}
	labels[first] = "B-" + kind
}

// Passage is the document as a text. A fact counts for each two mentions of
// its ends in a sentence that is evidence for it; in other sentences it is
// unsure.
func (d *RedocredDocument) Passage() Passage {
	var words []string
	var starts []int
	for _, s := range d.Words {
		starts = append(starts, len(words))
		words = append(words, s...)
	}
	j := Join(words)
	p := Passage{Document: "redocred " + d.Title, Text: j.Text}
	span := func(m RedocredMention) kith.Span {
		if m.Sentence < 0 || m.Sentence >= len(starts) {
			return kith.Span{}
		}
		return j.Span(starts[m.Sentence]+m.Pos[0], starts[m.Sentence]+m.Pos[1])
	}
	for _, mentions := range d.Entities {
		for _, m := range mentions {
			p.Marked = append(p.Marked, span(m))
		}
	}
	for _, l := range d.Labels {
		if l.Head < 0 || l.Tail < 0 || l.Head >= len(d.Entities) || l.Tail >= len(d.Entities) {
			continue
		}
		for _, x := range d.Entities[l.Head] {
			for _, y := range d.Entities[l.Tail] {
				f := PassageFact{l.Relation, span(x), span(y)}
				switch {
				case x.Sentence != y.Sentence:
				case slices.Contains(l.Evidence, x.Sentence):
					p.Facts = append(p.Facts, f)
				default:
					p.Unsure = append(p.Unsure, f)
				}
			}
		}
	}
	return p
}
