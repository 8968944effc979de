package serve

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kith"
	"kith/graph"
)

// Most nodes that one map shows, and how many the free map begins with.
const (
	maxNodes  = 2000
	freeNodes = 300
)

// mapQuery is a map as its address names it: whose surroundings, how many
// nodes, and which of them are pinned where.
type mapQuery struct {
	Around []kith.EntityID
	With   []kith.EntityID // shown without their surroundings
	Free   bool            // the busiest part of the store is shown too
	Limit  int
	Pins   map[kith.EntityID]graph.Point
}

func readMapQuery(values url.Values) mapQuery {
	q := mapQuery{Limit: freeNodes, Pins: map[kith.EntityID]graph.Point{}}
	q.Around, q.With = entityIDs(values["around"]), entityIDs(values["with"])
	q.Free = values.Has("free") || len(q.Around)+len(q.With) == 0
	if n, err := strconv.Atoi(values.Get("limit")); err == nil && n > 0 {
		q.Limit = min(n, maxNodes)
	}
	for _, pin := range values["pin"] {
		if id, at, ok := readPin(pin); ok && len(q.Pins) < maxNodes {
			q.Pins[id] = at
		}
	}
	return q
}

// entityIDs takes the first ids of a list, as many as one map can bear.
func entityIDs(list []string) (out []kith.EntityID) {
	for _, id := range list {
		if id != "" && len(out) < 200 {
			out = append(out, kith.EntityID(id))
		}
	}
	return out
}

// readPin reads "ID:X,Y".
func readPin(s string) (kith.EntityID, graph.Point, bool) {
	id, place, ok := strings.Cut(s, ":")
	x, y, ok2 := strings.Cut(place, ",")
	px, err := strconv.ParseFloat(x, 64)
	py, err2 := strconv.ParseFloat(y, 64)
	good := ok && ok2 && err == nil && err2 == nil && math.Abs(px) < 1e6 && math.Abs(py) < 1e6
	return kith.EntityID(id), graph.Point{X: px, Y: py}, good
}

// picture is a selection of a chart with places: what is drawn.
type picture struct {
	chart  *chart
	nodes  []int32
	ties   []int32
	at     []graph.Point
	groups []int32
	left   int // nodes with ties that the selection leaves out
}

// picture selects and places what a query asks for. The surroundings of each
// further centre grow out of the layout of those before, so that expanding a
// map moves what was there as little as the new ties allow.
func (c *chart) picture(ctx context.Context, q mapQuery) (*picture, error) {
	if p := c.kept.find(q); p != nil {
		return p, nil
	}
	p, err := c.compose(ctx, q)
	if err == nil {
		c.kept.keep(q, p)
	}
	return p, err
}

// pictures keeps the last pictures of a chart, so that a map is laid out once.
type pictures struct {
	mu   sync.Mutex
	list []keptPicture
}

type keptPicture struct {
	query   string
	picture *picture
}

const mostPictures = 8

func (k *pictures) find(q mapQuery) *picture {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := fmt.Sprintf("%+v", q)
	for _, one := range k.list {
		if one.query == key {
			return one.picture.copy()
		}
	}
	return nil
}

func (k *pictures) keep(q mapQuery, p *picture) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.list) == mostPictures {
		k.list = k.list[1:]
	}
	k.list = append(k.list, keptPicture{fmt.Sprintf("%+v", q), p.copy()})
}

// copy is a picture that may be narrowed without changing this one.
func (p *picture) copy() *picture {
	q := *p
	q.nodes, q.ties = slices.Clone(p.nodes), slices.Clone(p.ties)
	q.at, q.groups = slices.Clone(p.at), slices.Clone(p.groups)
	return &q
}

// compose makes a picture anew.
func (c *chart) compose(ctx context.Context, q mapQuery) (*picture, error) {
	p := &picture{chart: c}
	if q.Free {
		p.nodes = slices.Clone(c.busiest(q.Limit))
		p.left = len(c.byTies) - len(p.nodes)
		p.arrange(q.Pins)
	}
	for _, id := range q.Around {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		node, ok := c.node(id)
		if !ok {
			continue
		}
		p.grow(c.around(node, max(2, q.Limit)))
		p.arrange(q.Pins)
	}
	if more := c.known(q.With); len(more) > 0 {
		p.grow(more)
		p.arrange(q.Pins)
	}
	if len(p.nodes) == 0 && !q.Free {
		return nil, fmt.Errorf("draw map: nothing is known of whom it should show: %w", kith.ErrNotFound)
	}
	return p, nil
}

// known are the nodes of the ids that the chart has.
func (c *chart) known(ids []kith.EntityID) (out []int32) {
	for _, id := range ids {
		if n, ok := c.node(id); ok {
			out = append(out, n)
		}
	}
	return out
}

// grow adds nodes; new ones start at the first, their centre.
func (p *picture) grow(more []int32) {
	centre := graph.Point{}
	for i, n := range more {
		if k := slices.Index(p.nodes, n); k >= 0 {
			if i == 0 {
				centre = p.at[k]
			}
			continue
		}
		if len(p.nodes) == maxNodes {
			p.left++
			continue
		}
		p.nodes = append(p.nodes, n)
		if len(p.at) > 0 {
			angle := 2.39996 * float64(i)
			p.at = append(p.at, graph.Point{X: centre.X + 2*math.Cos(angle), Y: centre.Y + 2*math.Sin(angle)})
		}
	}
}

func (p *picture) arrange(pins map[kith.EntityID]graph.Point) {
	c := p.chart
	p.ties = c.among(place(p.nodes))
	var fixed []bool
	if len(pins) > 0 {
		fixed = make([]bool, len(p.nodes))
		start := make([]graph.Point, len(p.nodes))
		copy(start, graph.Layout(len(p.nodes), nil, graph.LayoutOptions{Rounds: 1}))
		copy(start, p.at)
		for i, n := range p.nodes {
			if at, ok := pins[c.nodes[n].id]; ok {
				start[i], fixed[i] = at, true
			}
		}
		p.at = start
	}
	p.at = c.layout(p.nodes, p.ties, p.at, fixed)
	p.groups = c.groups(p.nodes, p.ties)
}

// wireMap is a picture as the script reads it: a column for each property, so
// that it is short and quickly read. Places and years are in hundredths.
type wireMap struct {
	IDs        []kith.EntityID     `json:"ids"`
	Names      []string            `json:"names"`
	Kinds      []int               `json:"kinds"` // indexes of Types
	X          []int32             `json:"x"`
	Y          []int32             `json:"y"`
	Groups     []int32             `json:"groups"`
	Ties       wireTies            `json:"ties"`
	Types      []kith.EntityType   `json:"types"`
	Classes    []string            `json:"classes"`
	Predicates []map[string]string `json:"predicates"`
	Left       int                 `json:"left"`
	Stale      bool                `json:"stale,omitempty"` // a change is not drawn yet
}

type wireTies struct {
	From      []int32  `json:"from"` // indexes of nodes
	To        []int32  `json:"to"`
	Predicate []int    `json:"predicate"`
	Class     []int    `json:"class"`
	Sources   []uint16 `json:"sources"`
	Strength  []int32  `json:"strength"` // percent
	Start     []int32  `json:"start"`    // 0 where it is not known
	End       []int32  `json:"end"`
	Reviewed  []int    `json:"reviewed"` // 0 or 1
}

func (s *Server) wire(p *picture) wireMap {
	c := p.chart
	out := wireMap{Types: entityTypes, Classes: classes[:], Left: p.left, Groups: p.groups}
	for _, name := range c.predicates {
		out.Predicates = append(out.Predicates, map[string]string{"id": string(name), "label": s.pages.verb(name)})
	}
	for i, n := range p.nodes {
		node := &c.nodes[n]
		out.IDs, out.Names = append(out.IDs, node.id), append(out.Names, node.name)
		out.Kinds = append(out.Kinds, max(0, slices.Index(entityTypes, node.kind)))
		out.X, out.Y = append(out.X, hundredths(p.at[i].X)), append(out.Y, hundredths(p.at[i].Y))
	}
	at, w := place(p.nodes), &out.Ties
	for _, i := range p.ties {
		t := &c.ties[i]
		w.From, w.To = append(w.From, at[t.from]), append(w.To, at[t.to])
		w.Predicate, w.Class = append(w.Predicate, int(t.predicate)), append(w.Class, int(t.class))
		w.Sources, w.Strength = append(w.Sources, t.sources), append(w.Strength, hundredths(float64(1-t.wrong)))
		w.Start, w.End = append(w.Start, hundredths(float64(t.start))), append(w.End, hundredths(float64(t.end)))
		w.Reviewed = append(w.Reviewed, bit(t.reviewed))
	}
	return out
}

func round(x float64) float64 { return math.Round(x*100) / 100 }

// hundredths is a number times a hundred, 0 for one that is not known.
func hundredths(x float64) int32 {
	if math.IsNaN(x) {
		return 0
	}
	return int32(math.Round(x * 100))
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *Server) apiMap(w http.ResponseWriter, r *http.Request, v kith.View) error {
	c, fresh, err := s.soonChart(r.Context(), v)
	if err != nil {
		return err
	}
	p, err := c.picture(r.Context(), readMapQuery(r.URL.Query()))
	if err != nil {
		return err
	}
	out := s.wire(p)
	out.Stale = !fresh
	writeJSON(w, http.StatusOK, out)
	return nil
}

// apiPath is the strongest path between two entities, as the ids of its nodes
// and how sure its weakest tie is.
func (s *Server) apiPath(w http.ResponseWriter, r *http.Request, v kith.View) error {
	c, err := s.chart(r.Context(), v)
	if err != nil {
		return err
	}
	from, ok := c.node(kith.EntityID(r.FormValue("a")))
	to, ok2 := c.node(kith.EntityID(r.FormValue("b")))
	if !ok || !ok2 {
		return fmt.Errorf("find path: %w", kith.ErrNotFound)
	}
	type step struct {
		From, To, Predicate, Class string
		FromName, ToName           string
		Strength                   int
	}
	steps := []step{}
	ids := []kith.EntityID{c.nodes[from].id}
	node := from
	for _, i := range c.strongest(from, to) {
		t := &c.ties[i]
		node = t.other(node)
		ids = append(ids, c.nodes[node].id)
		steps = append(steps, step{From: string(c.nodes[t.from].id), To: string(c.nodes[t.to].id), FromName: c.nodes[t.from].name,
			ToName: c.nodes[t.to].name, Predicate: string(c.predicates[t.predicate]), Class: classes[t.class], Strength: int(100 * (1 - t.wrong))})
	}
	for i := range steps {
		steps[i].Predicate = s.pages.verb(kith.Predicate(steps[i].Predicate))
	}
	writeJSON(w, http.StatusOK, map[string]any{"nodes": ids, "steps": steps, "found": len(steps) > 0 || from == to})
	return nil
}
