package corpus

import (
	"encoding/json"
	"fmt"

	"kith"
)

// Passage is a text with the facts that people marked, in the names of their
// schema.
type Passage struct {
	Document string
	Text     string
	Looked   []string // properties for which every fact is marked; nil for all of the schema
	Facts    []PassageFact
	// Unsure are facts that are true, though this passage need not say so.
	Unsure []PassageFact
	// Marked, where it is set, are the words between which people looked for
	// facts.
	Marked []kith.Span
}

// PassageFact is a property with the spans of its ends in the passage.
type PassageFact struct {
	Property        string
	Subject, Object kith.Span // byte offsets
}

// ReadKnowledgeNet reads passages, one a line of JSON. Spans are turned from
// characters of the document into bytes of the passage.
func ReadKnowledgeNet(path string) ([]Passage, error) {
	var out []Passage
	err := Lines(path, func(line string) error {
		var p struct {
			DocumentID   string   `json:"documentId"`
			PassageText  string   `json:"passageText"`
			PassageStart int      `json:"passageStart"`
			Looked       []string `json:"exhaustivelyAnnotatedProperties"`
			Facts        []struct {
				Property                                         string
				SubjectStart, SubjectEnd, ObjectStart, ObjectEnd int
			} `json:"facts"`
		}
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			return err
		}
		at := bytesOfRunes(p.PassageText)
		span := func(start, end int) kith.Span {
			return kith.Span{Start: at(start - p.PassageStart), End: at(end - p.PassageStart)}
		}
		passage := Passage{Document: p.DocumentID, Text: p.PassageText, Looked: p.Looked}
		for _, f := range p.Facts {
			passage.Facts = append(passage.Facts, PassageFact{f.Property, span(f.SubjectStart, f.SubjectEnd), span(f.ObjectStart, f.ObjectEnd)})
		}
		out = append(out, passage)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read KnowledgeNet %s: %w", path, err)
	}
	return out, nil
}

// bytesOfRunes returns a function from offsets in characters to bytes.
func bytesOfRunes(text string) func(int) int {
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	return func(n int) int {
		if n < 0 {
			return 0
		}
		if n >= len(starts) {
			return len(text)
		}
		return starts[n]
	}
}
