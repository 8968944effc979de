package serve

import (
	"context"
	"sync"

	"kith"
)

// kept holds one value that was made of the store, for as long as the store
// has not changed. The last two settings of the clocks are remembered.
type kept[T any] struct {
	mu   sync.Mutex
	list []keptValue[T]
}

type keptValue[T any] struct {
	key   keptKey
	value T
}

// keptKey is the state of the store and the clocks that a value was made at.
type keptKey struct {
	at     kith.AsOf
	stamp  string
	counts kith.Counts
}

// get returns the value that is kept, or makes it. Whoever comes while it is
// being made waits for it.
func (k *kept[T]) get(ctx context.Context, s *Server, v kith.View, build func(context.Context, kith.View) (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, err := s.state(ctx, v)
	if err != nil {
		var none T
		return none, err
	}
	for _, one := range k.list {
		if one.key == key {
			return one.value, nil
		}
	}
	value, err := build(ctx, v)
	if err != nil {
		return value, err
	}
	k.list = append([]keptValue[T]{{key, value}}, k.list...)
	k.list = k.list[:min(2, len(k.list))]
	return value, nil
}

func (s *Server) state(ctx context.Context, v kith.View) (keptKey, error) {
	if s.Stamp != nil {
		return keptKey{at: v.At(), stamp: s.Stamp()}, nil
	}
	counts, err := v.Counts(ctx)
	return keptKey{at: v.At(), counts: counts}, err
}

// chart returns the chart of a view.
func (s *Server) chart(ctx context.Context, v kith.View) (*chart, error) {
	return s.charts.get(ctx, s, v, newChart)
}

// warm makes what the first pages need, so that nobody waits for it.
func (s *Server) warm(ctx context.Context) {
	v, err := s.Store.View(ctx, kith.AsOf{})
	if err != nil {
		return
	}
	defer v.Close()
	if _, err := s.front(ctx, v); err != nil {
		return
	}
	if _, err := s.chart(ctx, v); err != nil && ctx.Err() == nil {
		s.Log.Warn("draw the ties beforehand", "error", err)
	}
}
