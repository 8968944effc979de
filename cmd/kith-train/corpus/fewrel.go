package corpus

import (
	"encoding/json"
	"fmt"

	"kith"
)

// ReadFewRel reads sentences of FewRel (Han and others 2018) as passages. Each
// marks one pair of names with one relation; whatever else a sentence says,
// nobody looked for.
func ReadFewRel(path string) ([]Passage, error) {
	var out []Passage
	err := Lines(path, func(line string) error {
		var e struct {
			ID       string   `json:"id"`
			Relation string   `json:"pid"`
			Words    []string `json:"tokens"`
			Head     fewRelEnd
			Tail     fewRelEnd
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return err
		}
		j := Join(e.Words)
		f := PassageFact{Property: e.Relation, Subject: e.Head.span(&j), Object: e.Tail.span(&j)}
		if f.Subject.Len() > 0 && f.Object.Len() > 0 {
			out = append(out, Passage{Document: "fewrel " + e.ID, Text: j.Text, Facts: []PassageFact{f}, Marked: []kith.Span{f.Subject, f.Object}})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read FewRel %s: %w", path, err)
	}
	return out, nil
}

// fewRelEnd is a name with the numbers of its words.
type fewRelEnd struct{ words []int }

func (e *fewRelEnd) UnmarshalJSON(text []byte) error {
	var fields []json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	if len(fields) < 3 {
		return fmt.Errorf("want a name, its id and its words, not %d fields", len(fields))
	}
	var all [][]int
	if err := json.Unmarshal(fields[2], &all); err != nil {
		return err
	}
	if len(all) > 0 {
		e.words = all[0]
	}
	return nil
}

func (e *fewRelEnd) span(j *Joined) kith.Span {
	if len(e.words) == 0 {
		return kith.Span{}
	}
	return j.Span(e.words[0], e.words[len(e.words)-1]+1)
}
