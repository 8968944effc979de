package corpus

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"kith"
)

// ReadRe3d reads one part (train, dev) of all sources of re3d as passages, one
// a document.
func ReadRe3d(folder, part string) ([]Passage, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", part+"-documents.jsonl"))
	if err != nil {
		return nil, err
	}
	var out []Passage
	for _, file := range files {
		some, err := readRe3dSource(filepath.Dir(file), part)
		if err != nil {
			return nil, fmt.Errorf("read re3d %s: %w", filepath.Dir(file), err)
		}
		out = append(out, some...)
	}
	return out, nil
}

func readRe3dSource(folder, part string) ([]Passage, error) {
	var out []Passage
	number := map[string]int{}
	spans := map[string]func(int) int{}
	err := Lines(filepath.Join(folder, part+"-documents.jsonl"), func(line string) error {
		var d struct {
			ID   string `json:"_id"`
			Text string `json:"text"`
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return err
		}
		number[d.ID], spans[d.ID] = len(out), bytesOfRunes(d.Text)
		out = append(out, Passage{Document: "re3d " + d.ID, Text: d.Text})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = Lines(filepath.Join(folder, part+"-entities.jsonl"), func(line string) error {
		var e struct {
			Document   string `json:"documentId"`
			Begin, End int
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return err
		}
		if i, ok := number[e.Document]; ok {
			at := spans[e.Document]
			out[i].Marked = append(out[i].Marked, kith.Span{Start: at(e.Begin), End: at(e.End)})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = Lines(filepath.Join(folder, part+"-relations.jsonl"), func(line string) error {
		var r struct {
			Document                                       string `json:"documentId"`
			Type                                           string
			SourceBegin, SourceEnd, TargetBegin, TargetEnd int
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return err
		}
		if i, ok := number[r.Document]; ok {
			at := spans[r.Document]
			out[i].Facts = append(out[i].Facts, PassageFact{r.Type, kith.Span{Start: at(r.SourceBegin), End: at(r.SourceEnd)},
				kith.Span{Start: at(r.TargetBegin), End: at(r.TargetEnd)}})
		}
		return nil
	})
	return out, err
}
