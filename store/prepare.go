package store

import (
	"context"
	"slices"

	"kith"
)

// prepared is a reading that was checked, with all that is computed from it
// alone and thus may be computed ahead of its turn.
type prepared struct {
	reading  *kith.Reading
	digest   string
	document []any // as documentValues gives it, without the time
	passages []kith.Span
	claims   [][]any    // as claimValues gives them, without the reading
	keys     []string   // what decisions on the claims hold by
	names    []nameList // of each entity
	lists    [][2]string
}

func prepare(r *kith.Reading) (*prepared, error) {
	checked, err := check(r)
	if err != nil {
		return nil, explain("store document "+string(r.Document.ID), err)
	}
	p := &prepared{reading: checked, digest: digest(checked), document: documentValues(&checked.Document, ""), passages: passagesOf(checked)}
	for i := range checked.Claims {
		c := &checked.Claims[i]
		key := c.Key()
		p.keys = append(p.keys, string(key))
		p.claims = append(p.claims, claimValues(c, checked.Document.Date, 0, "", key))
	}
	for _, e := range checked.Entities {
		p.names = append(p.names, namesIn(e.Name, e.Aliases))
		p.lists = append(p.lists, [2]string{toJSON(e.Aliases), toJSON(e.Identifiers)})
	}
	return p, nil
}

// part is some of the readings of a batch, in their order, or what is wrong
// with one of them.
type part struct {
	readings []*prepared
	err      error
}

// prepareAll prepares readings, size at a time, ahead of whoever takes them.
// It stops where the context ends.
func prepareAll(ctx context.Context, readings []*kith.Reading, size int) <-chan part {
	parts := make(chan part, 1)
	go func() {
		defer close(parts)
		for some := range slices.Chunk(readings, size) {
			p := prepareSome(some)
			select {
			case parts <- p:
			case <-ctx.Done():
				return
			}
			if p.err != nil {
				return
			}
		}
	}()
	return parts
}

func prepareSome(readings []*kith.Reading) part {
	out := make([]*prepared, len(readings))
	for i, r := range readings {
		var err error
		if out[i], err = prepare(r); err != nil {
			return part{err: err}
		}
	}
	return part{readings: out}
}
