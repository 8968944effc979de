package serve

import (
	"fmt"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"kith"
)

// drawing is a picture as SVG wants it: for pages without script, for print
// and for stories.
type drawing struct {
	View  string // viewBox
	Nodes []drawnNode
	Ties  []drawnTie
}

type drawnNode struct {
	ID     kith.EntityID
	Name   string
	Short  string // the name as far as a label has room
	Kind   kith.EntityType
	X, Y   float64
	Radius float64
	Shape  string // path of its outline, "" for a circle
	Label  bool
}

type drawnTie struct {
	Standing
	From, To               kith.EntityRef
	Verb                   string
	Predicate              kith.Predicate
	Drawn                  bool // or told by another's line
	Bundle                 int  // how many ties the line's pair has, where it says so
	X1, Y1, X2, Y2, MX, MY float64
	Sources                int
	Strength               int
	When                   string
}

const drawingScale = 40

func (s *Server) draw(p *picture) drawing {
	c := p.chart
	d := drawing{View: "0 0 100 100"}
	if len(p.nodes) == 0 {
		return d
	}
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i, n := range p.nodes {
		x, y := p.at[i].X*drawingScale, p.at[i].Y*drawingScale
		name := shorten(c.nodes[n].name)
		half := max(40, 4*float64(utf8.RuneCountInString(name))) // of the name's width, which must not be cut
		low, high = [2]float64{min(low[0], x-half), min(low[1], y)}, [2]float64{max(high[0], x+half), max(high[1], y)}
		degree := c.first[n+1] - c.first[n]
		radius := round(6 + 2*math.Sqrt(float64(degree)))
		d.Nodes = append(d.Nodes, drawnNode{ID: c.nodes[n].id, Name: c.nodes[n].name, Short: name, Kind: c.nodes[n].kind, X: round(x), Y: round(y),
			Radius: radius, Shape: outline(c.nodes[n].kind, radius), Label: len(p.nodes) <= 80 || i < 40})
	}
	d.View = fmt.Sprintf("%.0f %.0f %.0f %.0f", low[0]-20, low[1]-50, high[0]-low[0]+40, high[1]-low[1]+100)
	at := place(p.nodes)
	lines := sideBySide(c, p.ties)
	for _, i := range p.ties {
		d.Ties = append(d.Ties, s.drawTie(c, &c.ties[i], d.Nodes[at[c.ties[i].from]], d.Nodes[at[c.ties[i].to]], lines[i]))
	}
	return d
}

// shorten cuts a name to what a label on the map has room for.
func shorten(name string) string {
	if r := []rune(name); len(r) > 28 {
		return string(r[:27]) + "…"
	}
	return name
}

// outline is the shape of a kind of entity: types differ by more than colour.
func outline(kind kith.EntityType, r float64) string {
	corners := map[kith.EntityType]struct {
		n     int
		size  float64 // of the radius
		first float64 // direction of the first corner, in turns
	}{kith.Organization: {4, 1.3, .125}, kith.Place: {3, 1.3, .75}, kith.EventType: {4, 1.2, 0}, kith.Group: {6, 1.1, 0}}[kind]
	var b strings.Builder
	for i := range corners.n {
		turn := 2 * math.Pi * (corners.first + float64(i)/float64(corners.n))
		fmt.Fprintf(&b, "%c%.1f %.1f", "ML"[min(i, 1)], corners.size*r*math.Cos(turn), corners.size*r*math.Sin(turn))
	}
	if corners.n > 0 {
		b.WriteByte('Z')
	}
	return b.String()
}

// line is how a tie is drawn: how far aside of the straight line between its
// ends, and whether at all, since ties that look alike are one line where many
// are between the same two. Bundle is how many there are then, told once.
type line struct {
	beside float64
	drawn  bool
	bundle int
}

// mostBeside is up to how many ties between two stand side by side.
const mostBeside = 6

// sideBySide places the ties so that several between the same two can be seen.
func sideBySide(c *chart, ties []int32) map[int32]line {
	pairs := map[[2]int32][]int32{}
	for _, i := range ties {
		t := &c.ties[i]
		key := [2]int32{min(t.from, t.to), max(t.from, t.to)}
		pairs[key] = append(pairs[key], i)
	}
	out := map[int32]line{}
	for _, all := range pairs {
		lines := all
		if len(all) > mostBeside {
			lines = unlike(c, all)
		}
		for k, i := range lines {
			one := line{beside: (float64(k) - float64(len(lines)-1)/2) * 5, drawn: true}
			if t := &c.ties[i]; t.from > t.to {
				one.beside = -one.beside
			}
			if k == 0 && len(all) > len(lines) {
				one.bundle = len(all)
			}
			out[i] = one
		}
	}
	return out
}

// unlike keeps one tie of each direction and standing.
func unlike(c *chart, ties []int32) (out []int32) {
	seen := map[[2]int32]bool{}
	for _, i := range ties {
		look := [2]int32{c.ties[i].from, int32(c.ties[i].class)}
		if !seen[look] {
			seen[look] = true
			out = append(out, i)
		}
	}
	return out
}

func (s *Server) drawTie(c *chart, t *chartTie, a, b drawnNode, at line) drawnTie {
	length := math.Hypot(b.X-a.X, b.Y-a.Y) + 1e-9
	dx, dy := round(-(b.Y-a.Y)/length*at.beside), round((b.X-a.X)/length*at.beside)
	a.X, a.Y, b.X, b.Y = round(a.X+dx), round(a.Y+dy), round(b.X+dx), round(b.Y+dy)
	return drawnTie{Drawn: at.drawn, Bundle: at.bundle, Standing: s.pages.tieStanding(t.class), Predicate: c.predicates[t.predicate], Verb: s.pages.verb(c.predicates[t.predicate]),
		From: kith.EntityRef{ID: a.ID, Name: a.Name, Type: a.Kind}, To: kith.EntityRef{ID: b.ID, Name: b.Name, Type: b.Kind},
		X1: a.X, Y1: a.Y, X2: b.X, Y2: b.Y, MX: round((a.X + b.X) / 2), MY: round((a.Y + b.Y) / 2),
		Sources: int(t.sources), Strength: int(math.Round(100 * float64(1-t.wrong))), When: span(t)}
}

func (p *pages) tieStanding(class uint8) Standing {
	name := classes[class]
	if name == "asserted" {
		return Standing{Class: name}
	}
	return Standing{Class: name, Words: p.text("standing." + name)}
}

// span says a tie's years, with "…" for an end that is not known.
func span(t *chartTie) string {
	from, to := "…", "…"
	if !math.IsNaN(float64(t.start)) {
		from = fmt.Sprint(int(t.start))
	}
	if !math.IsNaN(float64(t.end)) {
		to = fmt.Sprint(int(math.Ceil(float64(t.end))) - 1)
	}
	switch {
	case from == to && from == "…":
		return ""
	case from == to:
		return from
	}
	return from + " – " + to
}

// How much of a map its page holds without script.
const (
	stillNodes = 60
	stillTies  = 120
)

// strongest keeps the ties with the most sources, up to limit.
func (p *picture) strongest(limit int) {
	if len(p.ties) <= limit {
		return
	}
	slices.SortStableFunc(p.ties, func(a, b int32) int { return int(p.chart.ties[b].sources) - int(p.chart.ties[a].sources) })
	p.ties = p.ties[:limit]
}

// mapPage is the map: a drawing in SVG and a table of its ties, over which the
// script lays the moving one.
func (s *Server) mapPage(w http.ResponseWriter, r *http.Request, v kith.View) error {
	if name := strings.TrimSpace(r.FormValue("name")); name != "" { // a form sent without script
		e, err := v.Find(r.Context(), name)
		if err == nil {
			http.Redirect(w, r, "/map?around="+url.QueryEscape(string(e.ID)), http.StatusSeeOther)
		}
		return err
	}
	c, fresh, err := s.soonChart(r.Context(), v)
	if err != nil {
		return err
	}
	q := readMapQuery(r.URL.Query())
	still := q
	still.Limit = min(q.Limit, stillNodes)
	p, err := c.picture(r.Context(), still)
	if err != nil {
		return err
	}
	p.strongest(stillTies)
	frame := s.frame(r, "map.title")
	frame.Wide = true
	var centres []kith.EntityRef
	for _, id := range q.Around {
		if i, ok := c.node(id); ok {
			centres = append(centres, kith.EntityRef{ID: id, Name: c.nodes[i].name, Type: c.nodes[i].kind})
		}
	}
	s.render(w, r, http.StatusOK, "map", struct {
		Frame
		Drawing drawing
		Centres []kith.EntityRef
		Query   string
		Data    template.URL // where the script fetches the map
		Take    string
		Nodes   int
		Ties    int
		Empty   bool
		Stale   bool // a change is not drawn yet
	}{frame, s.draw(p), centres, r.URL.RawQuery, template.URL("/api/map?" + r.URL.RawQuery), "/take-away?" + r.URL.RawQuery, len(c.byTies), len(c.ties), len(c.ties) == 0, !fresh})
	return nil
}

// tieQuotes is how many quotes a page shows of one tie, where it is about that
// tie.
const tieQuotes = 200

// fewRows is up to how many ties between two the quotes of all stand open.
const fewRows = 3

// tie is every claim behind the ties of two entities: a page, whose main part
// the map's panel shows.
func (s *Server) tie(w http.ResponseWriter, r *http.Request, v kith.View) error {
	ctx := r.Context()
	a, err := v.Entity(ctx, kith.EntityID(r.FormValue("a")))
	if err != nil {
		return err
	}
	b, err := v.Entity(ctx, kith.EntityID(r.FormValue("b")))
	if err != nil {
		return err
	}
	var claims []kith.Claim
	for _, f := range []kith.ClaimFilter{{Subject: a.ID, Object: b.ID}, {Subject: b.ID, Object: a.ID}} {
		some, err := collect(v.Claims(ctx, f), 0)
		if err != nil {
			return err
		}
		claims = append(claims, some...)
	}
	sources, err := s.sources(ctx, v, claims)
	if err != nil {
		return err
	}
	show := s.shower(v)
	rows := show.rows(a.ID, claims, sources)
	p := kith.Predicate(r.FormValue("predicate"))
	for i := range rows {
		rows[i].Open = rows[i].Predicate == p || len(rows) <= fewRows
		if err := show.dress(ctx, &rows[i], tieQuotes); err != nil {
			return err
		}
	}
	if p != "" {
		slices.SortStableFunc(rows, func(x, y tieRow) int { return bit(y.Predicate == p) - bit(x.Predicate == p) })
	}
	s.render(w, r, http.StatusOK, "tie", struct {
		Frame
		A, B *kith.Entity
		Rows []tieRow
	}{s.frame(r, "tie.title", a.Name, b.Name), a, b, rows})
	return nil
}
