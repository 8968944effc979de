package extract_test

import (
	"context"
	"strings"

	"kith"
	"kith/data"
	"kith/text"
)

// layers is the chain of stages before claims.
func layers() ([]kith.Stage, error) {
	names, err := text.NewNames(data.FS)
	if err != nil {
		return nil, err
	}
	return []kith.Stage{text.Segment, text.Tag, text.Parse, names, text.Quotes{}, plainEntities{}, text.Speakers{}}, nil
}

type plainEntities struct{}

func (plainEntities) Name() string        { return "plain entities" }
func (plainEntities) Needs() []kith.Layer { return []kith.Layer{kith.LayerNames} }
func (plainEntities) Gives() []kith.Layer { return []kith.Layer{kith.LayerEntities} }
func (plainEntities) Run(_ context.Context, a *kith.Analysis) error {
	at := map[string]int{}
	for _, n := range a.Names {
		s := kith.Span{Start: a.Tokens[n.First].Start, End: a.Tokens[n.Last-1].End}
		name := s.Cut(a.Document.Text)
		e, ok := at[name]
		if !ok {
			if f := strings.Fields(name); len(f) == 1 {
				for k, i := range at {
					if strings.HasSuffix(k, " "+name) && a.Entities[i].Type == n.Type {
						e, ok = i, true
					}
				}
			}
		}
		if !ok {
			e = len(a.Entities)
			a.Entities = append(a.Entities, kith.Entity{ID: kith.NewEntityID(a.Document.ID, name, n.Type, 0), Name: name, Type: n.Type})
		}
		at[name] = e
		head := n.First
		for t := n.First; t < n.Last; t++ {
			if h := a.Tokens[t].Head; h < n.First || h >= n.Last {
				head = t
			}
		}
		a.Mentions = append(a.Mentions, kith.Mention{Span: s, Kind: kith.NameMention, Type: n.Type, Entity: e, ID: a.Entities[e].ID, First: n.First, Last: n.Last, Head: head, Text: name})
	}
	return nil
}
