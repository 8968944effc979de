package main

import (
	"fmt"

	"kith"
	"kith/pipeline"
	"kith/resolve"
	"kith/store"
)

// rereadCmd reads stored documents again with this program's reader.
type rereadCmd struct {
	Documents []string `arg:"" optional:"" name:"document" help:"Ids of documents, or the starts of them; all if not given."`
	JSON      bool     `help:"Print what changed as JSON, one document a line."`
}

// reread says what reading a document again changed.
type reread struct {
	Document  kith.DocumentID `json:"document"`
	Unchanged bool            `json:"unchanged"`
	Claims    int             `json:"claims"`
	New       int             `json:"new"`
	Gone      int             `json:"gone"` // superseded; still there, and kept where decided on
}

func (c *rereadCmd) Run(e *env) error {
	reader, resolver, err := e.readers()
	if err != nil {
		return err
	}
	return e.deciding(func(s *store.Store, v kith.View) error {
		ids, err := c.meant(e, v)
		if err != nil {
			return err
		}
		changed := 0
		for _, id := range ids {
			r, err := readAgain(e, s, v, reader, resolver, id)
			if err != nil {
				return err
			}
			if !r.Unchanged {
				changed++
			}
			if err := c.say(e, v, r); err != nil {
				return err
			}
		}
		e.note("%d documents read again, %d of them otherwise than before. Decisions hold.", len(ids), changed)
		return nil
	})
}

func (c *rereadCmd) meant(e *env, v kith.View) ([]kith.DocumentID, error) {
	var ids []kith.DocumentID
	for _, arg := range c.Documents {
		doc, err := v.Document(e.ctx, kith.DocumentID(arg))
		if err != nil {
			return nil, err
		}
		ids = append(ids, doc.ID)
	}
	if len(c.Documents) > 0 {
		return ids, nil
	}
	for d, err := range v.Documents(e.ctx, kith.DocumentFilter{}) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, d.ID)
	}
	return ids, nil
}

func readAgain(e *env, s *store.Store, v kith.View, reader *pipeline.Reader, resolver *resolve.Resolver, id kith.DocumentID) (reread, error) {
	out := reread{Document: id}
	doc, err := v.Document(e.ctx, id)
	if err != nil {
		return out, err
	}
	before := 0
	for _, err := range v.Claims(e.ctx, kith.ClaimFilter{Document: id, Rejected: true}) {
		if err != nil {
			return out, err
		}
		before++
	}
	reading, err := pipeline.ReadingOf(e.ctx, reader, pipeline.Input{Document: doc})
	if err != nil {
		return out, fmt.Errorf("read %s again: %w", short(string(id)), err)
	}
	added, err := s.Put(e.ctx, reading)
	if err != nil {
		return out, err
	}
	if added.NewReading {
		if err := resolver.Resolve(e.ctx, s, id); err != nil {
			return out, err
		}
	}
	out.Unchanged, out.Claims, out.New = !added.NewReading, len(reading.Claims), added.Claims
	if added.NewReading {
		out.Gone = max(0, before+added.Claims-len(reading.Claims))
	}
	return out, nil
}

func (c *rereadCmd) say(e *env, v kith.View, r reread) error {
	if c.JSON {
		return e.json(r)
	}
	if r.Unchanged {
		return nil
	}
	doc, err := v.Document(e.ctx, r.Document)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "%s  %s: %d claims, %d new, %d no longer found\n", short(string(r.Document)), documentName(doc), r.Claims, r.New, r.Gone)
	return err
}
