package serve

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"kith"
	"kith/answer"
	"kith/graph"
)

// kept holds one value that was made of the store, for as long as the store
// has not changed. The last two settings of the clocks are remembered.
type kept[T any] struct {
	making sync.Mutex // one is made at a time
	mu     sync.Mutex // guards list
	list   []keptValue[T]
}

type keptValue[T any] struct {
	key   keptKey
	seen  int64 // number of the view that it was made of
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
func (k *kept[T]) get(ctx context.Context, s *Server, v kith.View, build func(context.Context, kith.View) (T, error)) (value T, err error) {
	key, err := s.state(ctx, v)
	if err != nil {
		return value, err
	}
	if value, _, fresh := k.find(key); fresh {
		return value, nil
	}
	k.making.Lock()
	defer k.making.Unlock()
	if value, _, fresh := k.find(key); fresh {
		return value, nil
	}
	if value, found := k.since(key.at, number(v)); found {
		return value, nil
	}
	if value, err = build(ctx, v); err != nil {
		return value, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list = append([]keptValue[T]{{key, number(v), value}}, slices.DeleteFunc(k.list, func(one keptValue[T]) bool { return one.key.at == key.at })...)
	k.list = k.list[:min(2, len(k.list))]
	return value, nil
}

// soon is get, except that it waits no longer than patience: then it returns
// what was made last, and fresh is false; found is false where nothing was. The
// new one is made beside the request all the same.
func (k *kept[T]) soon(ctx context.Context, s *Server, v kith.View, patience time.Duration, build func(context.Context, kith.View) (T, error)) (value T, found, fresh bool) {
	if value, found, fresh = k.last(ctx, s, v); fresh {
		return value, found, fresh
	}
	done := make(chan struct{})
	started := s.jobs.run(func(ctx context.Context) {
		defer close(done)
		now, err := s.open(ctx, v.At())
		if err != nil {
			return
		}
		defer now.Close()
		if _, err := k.get(ctx, s, now, build); err != nil && ctx.Err() == nil {
			s.Log.Warn("make a page's content anew", "error", err)
		}
	})
	if started {
		select {
		case <-done:
		case <-time.After(patience):
		case <-ctx.Done():
		}
	}
	if value, found := k.since(v.At(), number(v)); found {
		return value, true, true
	}
	value, found, _ = k.last(ctx, s, v)
	return value, found, false
}

// find returns what was made last at the clocks of the key, and whether the
// store is still as it was then.
func (k *kept[T]) find(key keptKey) (value T, found, fresh bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, one := range k.list {
		if one.key.at == key.at {
			return one.value, true, one.key == key
		}
	}
	return value, false, false
}

// since returns what was made at the clocks of a view at least as new as the
// one of that number: while somebody waited for one that was being made, a
// newer one may have been finished.
func (k *kept[T]) since(at kith.AsOf, number int64) (value T, found bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, one := range k.list {
		if one.key.at == at && number > 0 && one.seen >= number {
			return one.value, true
		}
	}
	return value, false
}

// last returns what was made last at the view's clocks, and whether the store
// is still as it was then.
func (k *kept[T]) last(ctx context.Context, s *Server, v kith.View) (value T, found, fresh bool) {
	key, err := s.state(ctx, v)
	if err != nil {
		return value, false, false
	}
	return k.find(key)
}

// stamped is a view with the state of the store just before it was opened, and
// its number among the views.
type stamped struct {
	kith.View
	stamp  string
	number int64
}

// number is the number of a view, 0 for none.
func number(v kith.View) int64 {
	if one, ok := v.(stamped); ok {
		return one.number
	}
	return 0
}

// open opens the store for a page.
func (s *Server) open(ctx context.Context, at kith.AsOf) (kith.View, error) {
	stamp := ""
	if s.Stamp != nil {
		stamp = s.Stamp()
	}
	n := s.views.Add(1)
	v, err := s.Store.View(ctx, at)
	if err != nil {
		return nil, err
	}
	return stamped{v, stamp, n}, nil
}

func (s *Server) state(ctx context.Context, v kith.View) (keptKey, error) {
	if one, ok := v.(stamped); ok && s.Stamp != nil {
		return keptKey{at: v.At(), stamp: one.stamp}, nil
	}
	counts, err := v.Counts(ctx)
	return keptKey{at: v.At(), counts: counts}, err
}

// chart returns the chart of a view.
func (s *Server) chart(ctx context.Context, v kith.View) (*chart, error) {
	return s.charts.get(ctx, s, v, s.newChart)
}

// chartPatience is how long a page waits for the ties to be charted anew after
// a change; then it says that they are.
const chartPatience = 150 * time.Millisecond

// soonChart is the chart of a view, or an earlier one (fresh is false) where
// the new one takes its time.
func (s *Server) soonChart(ctx context.Context, v kith.View) (c *chart, fresh bool, err error) {
	c, found, fresh := s.charts.soon(ctx, s, v, chartPatience, s.newChart)
	if !found {
		c, err = s.chart(ctx, v)
		fresh = true
	}
	return c, fresh, err
}

func (s *Server) newChart(ctx context.Context, v kith.View) (*chart, error) {
	net, err := s.net.at(ctx, s, v)
	if err != nil {
		return nil, err
	}
	return newChart(net, v.At().World), nil
}

// sourceOf names the independent source that a document counts as.
type sourceOf func(kith.DocumentID) kith.DocumentID

// sources tells the sources of the documents that claims stand in: from the
// chart where it is at hand, else from the store.
func (s *Server) sources(ctx context.Context, v kith.View, claims []kith.Claim) (sourceOf, error) {
	if c, _, fresh := s.charts.last(ctx, s, v); fresh {
		return func(d kith.DocumentID) kith.DocumentID {
			source, _ := c.net.SourceOf(d)
			return source
		}, nil
	}
	known := map[kith.DocumentID]kith.DocumentID{}
	for d, err := range v.Documents(ctx, kith.DocumentFilter{IDs: documentsOf(claims), Bare: true}) {
		if err != nil {
			return nil, err
		}
		known[d.ID] = d.Source
	}
	return func(d kith.DocumentID) kith.DocumentID { return cmp.Or(known[d], d) }, nil
}

// documentsOf lists the documents that claims stand in, each once.
func documentsOf(claims []kith.Claim) []kith.DocumentID {
	ids := []kith.DocumentID{""} // never none, which would be all
	for i := range claims {
		ids = append(ids, claims[i].Evidence.Document)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// present keeps the snapshot of the present, and brings it up to date rather
// than making it anew.
type present struct {
	mu  sync.Mutex
	net *graph.Snapshot
}

// at is the snapshot of what a view shows. It holds for every day of the
// world.
func (p *present) at(ctx context.Context, s *Server, v kith.View) (*graph.Snapshot, error) {
	if !v.At().Known.IsZero() {
		return answer.Pack(ctx, v)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.net == nil && s.Graph != nil {
		net, err := s.Graph(ctx, v)
		if err != nil {
			return nil, err
		}
		p.net = net
	}
	net, err := answer.Update(ctx, v, p.net)
	if err == nil {
		p.net = net // one that lies in a mapped file stays mapped: requests may be reading it
	}
	return net, err
}

// ready makes what the start page shows, so that the first who comes finds it.
func (s *Server) ready(ctx context.Context) {
	v, err := s.open(ctx, kith.AsOf{})
	if err != nil {
		return // whoever comes is told
	}
	defer v.Close()
	if _, err := s.front(ctx, v); err != nil && ctx.Err() == nil {
		s.Log.Warn("count the store beforehand", "error", err)
	}
}

// warm makes what pages need, so that nobody waits for it.
func (s *Server) warm(ctx context.Context) {
	v, err := s.open(ctx, kith.AsOf{})
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
	if q, found, _ := s.queues.last(ctx, s, v); found && !q.old() {
		return
	}
	if _, err := s.queues.get(ctx, s, v, newQueue); err != nil && ctx.Err() == nil {
		s.Log.Warn("order the queue beforehand", "error", err)
	}
}

// freshen makes anew in the background what pages need, after a change. Where
// it is under way already, it begins once more when that is done.
func (s *Server) freshen() {
	if s.stale.Swap(true) {
		return
	}
	started := s.jobs.run(func(ctx context.Context) {
		for s.stale.Swap(false) && ctx.Err() == nil {
			s.warming.Lock()
			s.warm(ctx)
			s.warming.Unlock()
		}
	})
	if !started {
		s.stale.Store(false)
	}
}
