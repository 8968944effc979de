package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/answer"
	"kith/graph"
)

// TakeAway is what a page to take away shows: a map with its steps, a
// timeline, answers, and every quote behind them.
type TakeAway struct {
	Story    Story
	At       kith.AsOf
	Now      time.Time
	Drawing  drawing
	Names    map[kith.EntityID]string
	Told     chronicle
	Answers  []*shownAnswer
	Notes    []shownClaim
	Left     int // claims that are not shown
	numbers  map[kith.ClaimID]int
	tieNotes map[string][]int
}

// takeAwayRows is how many ties the timeline of a page to take away shows.
const takeAwayRows = 300

// maxNotes is how many quotes a page takes along; it says how many are left.
const maxNotes = 600

// NotesOf are the numbers of the quotes behind a drawn tie.
func (t *TakeAway) NotesOf(tie drawnTie) []int {
	return t.tieNotes[tieID(tie.From.ID, tie.Predicate, tie.To.ID)]
}

// Number is the number of a claim's quote, 0 where the page does not show it.
func (t *TakeAway) Number(id kith.ClaimID) int { return t.numbers[id] }

func tieID(from kith.EntityID, p kith.Predicate, to kith.EntityID) string {
	if graph.Symmetric(p) && to < from {
		from, to = to, from
	}
	return string(from) + " " + string(p) + " " + string(to)
}

// takeAwayNodes is how many nodes the map of a page to take away shows, where
// its address does not say.
const takeAwayNodes = 40

// takeAwayOf gathers what a story shows. The questions are answered on it.
func (s *Server) takeAwayOf(ctx context.Context, v kith.View, st Story, questions []string) (*TakeAway, error) {
	values, err := url.ParseQuery(st.Map)
	if err != nil {
		return nil, fmt.Errorf("open story %q: its map is not an address: %w", st.Title, kith.ErrInvalid)
	}
	q := readMapQuery(values)
	if !values.Has("limit") {
		q.Limit = takeAwayNodes
	}
	c, err := s.chart(ctx, v)
	if err != nil {
		return nil, err
	}
	p, err := c.picture(ctx, q)
	if err != nil {
		return nil, err
	}
	p.narrow(readSieve(values))
	t := &TakeAway{Story: st, At: v.At(), Now: time.Now(), Drawing: s.draw(p), numbers: map[kith.ClaimID]int{},
		tieNotes: map[string][]int{}, Names: map[kith.EntityID]string{}}
	for _, n := range t.Drawing.Nodes {
		t.Names[n.ID] = n.Name
	}
	show := s.shower(v)
	if err := t.quote(ctx, show, p); err != nil {
		return nil, err
	}
	if err := s.tellTimes(ctx, v, t, q.Around, p); err != nil {
		return nil, err
	}
	return t, s.answerAll(ctx, v, t, questions)
}

// quote numbers the claims behind the picture's ties.
func (t *TakeAway) quote(ctx context.Context, show *shower, p *picture) error {
	var ids []kith.ClaimID
	for _, tie := range p.ties {
		ids = append(ids, p.chart.claimsOf(tie)...)
	}
	t.Left += max(0, len(ids)-maxNotes)
	return t.noteAll(ctx, show, ids[:min(len(ids), maxNotes)])
}

// noteAll takes the quotes of claims along, in their order.
func (t *TakeAway) noteAll(ctx context.Context, show *shower, ids []kith.ClaimID) error {
	claims, err := claimsByID(ctx, show.view, ids)
	if err != nil {
		return err
	}
	if err := show.know(ctx, claims); err != nil {
		return err
	}
	for _, c := range claims {
		if err := t.note(ctx, show, c); err != nil {
			return err
		}
	}
	return nil
}

func (t *TakeAway) note(ctx context.Context, show *shower, c kith.Claim) error {
	if len(t.Notes) == maxNotes {
		t.Left++
		return nil
	}
	shown, err := show.show(ctx, c)
	if err != nil {
		return err
	}
	shown.Number = len(t.Notes) + 1
	t.numbers[c.ID] = shown.Number
	t.Notes = append(t.Notes, shown)
	if c.Object != nil {
		id := tieID(c.Subject.ID, c.Predicate, c.Object.ID)
		t.tieNotes[id] = append(t.tieNotes[id], shown.Number)
	}
	return nil
}

// tellTimes lays the centres' ties in time; a free map's busiest three stand in for
// centres. Claims that the map does not quote are quoted here.
func (s *Server) tellTimes(ctx context.Context, v kith.View, t *TakeAway, around []kith.EntityID, p *picture) error {
	if len(around) == 0 {
		for _, n := range p.nodes[:min(3, len(p.nodes))] {
			around = append(around, p.chart.nodes[n].id)
		}
	}
	var of []*kith.Entity
	for _, id := range around {
		e, err := v.Entity(ctx, id)
		if err != nil {
			return err
		}
		of = append(of, e)
	}
	var err error
	if t.Told, err = s.chronicle(ctx, v, of, nil); err != nil {
		return err
	}
	show := s.shower(v)
	t.Told.cut(0, takeAwayRows)
	if err := t.Told.open(ctx, show, rowQuotes); err != nil {
		return err
	}
	for _, rows := range [][]timedRow{t.Told.Dated, t.Told.Undated} {
		for _, row := range rows {
			for _, c := range row.Claims {
				if t.numbers[c.ID] == 0 {
					if err := t.note(ctx, show, c.Claim); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// answerAll answers questions and quotes what the answers rest on.
func (s *Server) answerAll(ctx context.Context, v kith.View, t *TakeAway, questions []string) error {
	show := s.shower(v)
	for _, q := range questions {
		if q = strings.TrimSpace(q); q == "" {
			continue
		}
		a, err := s.answer(ctx, v, q, answer.Options{})
		if err != nil {
			return err
		}
		var more []kith.ClaimID
		for _, e := range a.Evidence {
			if t.numbers[e.Claim] == 0 {
				more = append(more, e.Claim)
			}
		}
		if err := t.noteAll(ctx, show, more); err != nil {
			return err
		}
		t.Answers = append(t.Answers, a)
	}
	return nil
}

// sieve is the filters of a map's address that its script applies: they hold
// for the page to take away too.
type sieve struct {
	hidden   []string // predicates
	classes  []string // standings that are hidden
	sources  int
	reviewed bool
	from, to int
}

func readSieve(values url.Values) sieve {
	return sieve{hidden: strings.Split(values.Get("hide"), ","), classes: strings.Split(values.Get("without"), ","),
		sources: year(values.Get("sources")), reviewed: values.Get("reviewed") != "", from: year(values.Get("from")), to: year(values.Get("to"))}
}

func (f sieve) keeps(c *chart, t *chartTie) bool {
	switch {
	case slices.Contains(f.hidden, string(c.predicates[t.predicate])), slices.Contains(f.classes, classes[t.class]):
		return false
	case int(t.sources) < f.sources, f.reviewed && !t.reviewed:
		return false
	case f.to != 0 && t.start >= float32(f.to+1), f.from != 0 && t.end <= float32(f.from):
		return false
	}
	return true
}

// narrow drops the ties that a sieve hides and the nodes that lose all ties.
func (p *picture) narrow(f sieve) {
	p.ties = slices.DeleteFunc(p.ties, func(i int32) bool { return !f.keeps(p.chart, &p.chart.ties[i]) })
	tied := map[int32]bool{}
	for _, i := range p.ties {
		tied[p.chart.ties[i].from], tied[p.chart.ties[i].to] = true, true
	}
	kept := 0
	for i, n := range p.nodes {
		if tied[n] || i == 0 {
			p.nodes[kept], p.at[kept], p.groups[kept] = n, p.at[i], p.groups[i]
			kept++
		}
	}
	p.nodes, p.at, p.groups = p.nodes[:kept], p.at[:kept], p.groups[:kept]
}

// WriteTakeAway writes a story as one HTML page that needs nothing else: no
// network, no server, no file beside it.
func (s *Server) WriteTakeAway(ctx context.Context, w io.Writer, at kith.AsOf, st Story, questions []string) error {
	v, err := s.Store.View(ctx, at)
	if err != nil {
		return fmt.Errorf("write story: %w", err)
	}
	defer v.Close()
	return s.write(ctx, w, v, st, questions)
}

func (s *Server) write(ctx context.Context, w io.Writer, v kith.View, st Story, questions []string) error {
	t, err := s.takeAwayOf(ctx, v, st, questions)
	if err != nil {
		return err
	}
	return s.writePage(w, t)
}

// writePage renders a page with its style and script inside. Its own content
// security policy lets exactly that script run and nothing load.
func (s *Server) writePage(w io.Writer, t *TakeAway) error {
	style, script := s.assets.content["takeaway.css"], bytes.TrimSpace(s.assets.content["takeaway.js"])
	sum := sha256.Sum256(script)
	var out bytes.Buffer
	err := s.pages.templates["takeaway"].ExecuteTemplate(&out, "page", struct {
		*TakeAway
		Style  template.CSS
		Script template.JS
		Policy string
	}{t, template.CSS(style), template.JS(script), "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'"})
	if err != nil {
		return fmt.Errorf("write story: %w", err)
	}
	_, err = w.Write(out.Bytes())
	return err
}

func (s *Server) exportStory(w http.ResponseWriter, r *http.Request, v kith.View) error {
	st, err := s.stories.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.sendPage(w, r, v, st)
}

// takeAway is the page of one map, without saving it as a story first.
func (s *Server) takeAway(w http.ResponseWriter, r *http.Request, v kith.View) error {
	values := r.URL.Query()
	st := Story{Title: strings.TrimSpace(values.Get("title")), Intro: values.Get("intro"), Map: r.URL.RawQuery, Made: time.Now(), By: s.By}
	if st.Title == "" {
		st.Title = s.pages.text("takeaway.untitled")
		if of, err := chosen(r.Context(), v, values["around"]); err == nil && len(of) > 0 {
			st.Title = of[0].Name
		}
	}
	return s.sendPage(w, r, v, st)
}

func (s *Server) sendPage(w http.ResponseWriter, r *http.Request, v kith.View, st Story) error {
	var out bytes.Buffer
	if err := s.write(r.Context(), &out, v, st, r.URL.Query()["ask"]); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(st.Title) + ".html"}))
	_, err := w.Write(out.Bytes())
	return err
}

// fileName makes a title safe to be a file's name anywhere.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(title))
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	if name = strings.Trim(name, "-"); name == "" {
		return "kith-story"
	}
	return name[:min(len(name), 60)]
}
