package serve

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"kith"
	"kith/graph"
)

// Standing says how a claim or tie stands, for eyes and in words: certainty is
// never shown by colour alone.
type Standing struct {
	Class string // asserted, hedged, planned, negated or disputed
	Words string // "hedged", "planned", "denied" …; "" for what is told as so
}

// shownClaim is a claim made ready for a page.
type shownClaim struct {
	kith.Claim
	Standing
	Verb      string
	Time      string // in words; "" where nothing is known
	Voice     string // who says it; "" for the document's own voice
	Details   string // qualifiers in words
	Document  string // title of the document
	Outlet    string
	Published kith.Date
	Number    int // footnote, 0 for none
	Says      []phrasePart
	Third     *kith.EntityRef // where the phrase does not name it
}

// Href is the address that opens the claim's sentence in its document.
func (c shownClaim) Href() string { return claimHref(c.Claim.Evidence.Document, c.ID) }

func claimHref(doc kith.DocumentID, id kith.ClaimID) string {
	return "/documents/" + url.PathEscape(string(doc)) + "?claim=" + url.QueryEscape(string(id)) + "#c-" + url.PathEscape(string(id))
}

// shower makes claims ready for pages.
type shower struct {
	*pages
	view   kith.View
	titles *titles
	read   map[kith.ClaimID]kith.Claim // by knowCells
}

func (s *Server) shower(v kith.View) *shower {
	return &shower{pages: s.pages, view: v, titles: s.titlesAt(v)}
}

// titles remembers what pages say of documents, as long as the store does not
// change: a document never does, but may be forgotten.
type titles struct {
	stamp string
	mu    sync.Mutex
	known map[kith.DocumentID]*kith.Document // without texts
}

// titlesAt are the titles remembered in the view's state of the store.
func (s *Server) titlesAt(v kith.View) *titles {
	one, ok := v.(stamped)
	if !ok || s.Stamp == nil {
		return &titles{known: map[kith.DocumentID]*kith.Document{}}
	}
	kept := s.titles.Load()
	if kept == nil || kept.stamp != one.stamp {
		kept = &titles{stamp: one.stamp, known: map[kith.DocumentID]*kith.Document{}}
		s.titles.Store(kept)
	}
	return kept
}

// mostTitles bounds what is remembered.
const mostTitles = 20_000

func (t *titles) find(id kith.DocumentID) *kith.Document {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known[id]
}

func (t *titles) keep(d *kith.Document) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.known) >= mostTitles {
		clear(t.known)
	}
	t.known[d.ID] = d
}

// know reads what is to be said of the documents of claims, all at once.
func (s *shower) know(ctx context.Context, claims []kith.Claim) error {
	ids := slices.DeleteFunc(documentsOf(claims), func(id kith.DocumentID) bool { return id == "" || s.titles.find(id) != nil })
	if len(ids) == 0 {
		return nil
	}
	for d, err := range s.view.Documents(ctx, kith.DocumentFilter{IDs: ids, Bare: true}) {
		if err != nil {
			return err
		}
		s.titles.keep(&kith.Document{ID: d.ID, Title: titleOf(&d.Document), Outlet: d.Outlet, Date: d.Date})
	}
	return nil
}

func (s *shower) document(ctx context.Context, id kith.DocumentID) (*kith.Document, error) {
	if d := s.titles.find(id); d != nil {
		return d, nil
	}
	d, err := s.view.Document(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("find document %s of a claim: %w", id, err)
	}
	d = &kith.Document{ID: d.ID, Title: strings.Clone(titleOf(d)), Outlet: strings.Clone(d.Outlet), Date: d.Date}
	s.titles.keep(d)
	return d, nil
}

// claimsByID reads claims, in the order of their ids. What a list of claims
// leaves out (claims replaced by their corrections) is looked up by itself.
func claimsByID(ctx context.Context, v kith.View, ids []kith.ClaimID) ([]kith.Claim, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	read := map[kith.ClaimID]kith.Claim{}
	for c, err := range v.Claims(ctx, kith.ClaimFilter{IDs: ids, Rejected: true, Superseded: true, AnyTime: true}) {
		if err != nil {
			return nil, err
		}
		read[c.ID] = c
	}
	out := make([]kith.Claim, len(ids))
	for i, id := range ids {
		c, ok := read[id]
		if !ok {
			one, err := v.Claim(ctx, id)
			if err != nil {
				return nil, err
			}
			c = *one
		}
		out[i] = c
	}
	return out, nil
}

// show makes one claim ready.
func (s *shower) show(ctx context.Context, c kith.Claim) (shownClaim, error) {
	d, err := s.document(ctx, c.Evidence.Document)
	if err != nil {
		return shownClaim{}, err
	}
	says, third := s.says(c)
	return shownClaim{Claim: c, Says: says, Third: third, Standing: s.standing(c.Modality, c.Negated), Verb: s.verb(c.Predicate), Time: s.when(c.Time),
		Voice: voice(c), Details: s.details(c), Document: d.Title, Outlet: d.Outlet, Published: d.Date}, nil
}

// showAll makes several claims ready.
func (s *shower) showAll(ctx context.Context, claims []kith.Claim) ([]shownClaim, error) {
	if err := s.know(ctx, claims); err != nil {
		return nil, err
	}
	out := make([]shownClaim, len(claims))
	for i, c := range claims {
		var err error
		if out[i], err = s.show(ctx, c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// says is what a claim says of its subject, and the third party where the
// words do not name it.
func (p *pages) says(c kith.Claim) ([]phrasePart, *kith.EntityRef) {
	third := c.Qualifiers.Third
	predicate := c.Predicate
	if won := predicate == "won_election" || predicate == "lost_election"; won && c.Object != nil && c.Object.Type == kith.Place {
		predicate += ".where" // not against whom
	}
	parts, named := p.phrase("says", predicate, phraseFields{c.Value, c.Object, third})
	if named {
		third = nil
	}
	return parts, third
}

func (p *pages) standing(m kith.Modality, negated bool) Standing {
	switch {
	case negated && m != kith.Asserted:
		return Standing{Class: "negated", Words: p.text("standing.negated") + ", " + p.text("standing."+string(m))}
	case negated:
		return Standing{Class: "negated", Words: p.text("standing.negated")}
	case m == kith.Asserted:
		return Standing{Class: "asserted"}
	}
	return Standing{Class: string(m), Words: p.text("standing." + string(m))}
}

// verb is the predicate in words, from its subject's side.
func (p *pages) verb(predicate kith.Predicate) string {
	return p.said("verb."+string(predicate), predicate)
}

// inverse is the predicate in words, from its object's side.
func (p *pages) inverse(predicate kith.Predicate) string {
	return p.said("inverse."+string(predicate), predicate)
}

func (p *pages) said(key string, predicate kith.Predicate) string {
	if text, ok := p.texts[key]; ok {
		return text
	}
	return strings.ReplaceAll(string(predicate), "_", " ")
}

// when says a time in words, as far as it is known.
func (p *pages) when(t kith.Time) string {
	switch {
	case t.From != "" && t.From == t.To:
		return string(t.From)
	case t.From != "" && t.To != "":
		return string(t.From) + " – " + string(t.To)
	case t.From != "":
		return p.text("when.since", t.From)
	case t.To != "":
		return p.text("when.until", t.To)
	}
	return t.Text
}

// whenAll says several times in words, the hull of them where there are many.
func (p *pages) whenAll(spells []kith.Time, hull kith.Time) string {
	if len(spells) < 2 || len(spells) > 4 {
		return p.when(hull)
	}
	words := make([]string, len(spells))
	for i, t := range spells {
		words[i] = p.when(t)
	}
	return strings.Join(words, ", ")
}

func voice(c kith.Claim) string {
	if c.Attribution == nil {
		return ""
	}
	return c.Attribution.Name
}

// details says a claim's qualifiers in words.
func (p *pages) details(c kith.Claim) string {
	q := c.Qualifiers
	var out []string
	for _, pair := range [][2]string{{"role", q.Role}, {"office", q.Office}, {"jurisdiction", q.Jurisdiction}, {"ordinal", q.Ordinal},
		{"election", q.Election}, {"outcome", q.Outcome}, {"event", q.Event}, {"place", q.Place}, {"topic", q.Topic},
		{"distinction", q.Distinction}, {"count", q.Count}, {"amount", strings.TrimSpace(q.Amount + " " + q.Currency)}, {"status", q.Status}} {
		if pair[1] != "" {
			out = append(out, p.text("qualifier."+pair[0], pair[1]))
		}
	}
	return strings.Join(out, " · ")
}

// titleOf is a document's title, or what stands in for one.
func titleOf(d *kith.Document) string {
	return cmp.Or(d.Title, fileTitle(d.Path), d.Address, string(d.ID))
}

// fileTitle is the name of a file without its folders.
func fileTitle(name string) string { return name[strings.LastIndexAny(name, `/\\`)+1:] }

// tieRow is all claims about one tie of an entity, seen from that entity.
type tieRow struct {
	Standing
	Says      []phrasePart
	Predicate kith.Predicate
	Other     *kith.EntityRef // nil where the tie has a value only
	Value     string
	Third     *kith.EntityRef
	Time      kith.Time   // the hull of all
	Spells    []kith.Time // the times that claims give, those that touch made one
	When      string
	Details   string
	Given     bool // the entity is the subject
	Sources   int
	Strength  float64
	Claims    []shownClaim // filled by dress
	More      int          // claims that are not shown
	Bars      []bar
	Open      bool // the quotes are shown at once
	all       []kith.Claim
}

// rows folds the claims about an entity into ties, seen from that entity, in
// the order of their times. Their quotes are added by dress.
func (s *shower) rows(about kith.EntityID, claims []kith.Claim, sources sourceOf) []tieRow {
	type key struct {
		predicate kith.Predicate
		other     kith.EntityID
		value     string
		election  string // a rumoured candidacy is not the one of years before
		side      int
	}
	at := map[key]int{}
	var rows []tieRow
	for i := range claims {
		c := &claims[i]
		other, value := farEnd(about, c)
		k := key{c.Predicate, "", kith.Fold(value), c.Qualifiers.Election, sideOf(about, *c)}
		if other != nil {
			k.other = cmp.Or(other.ID, kith.EntityID(kith.Fold(other.Name)))
		}
		place, ok := at[k]
		if !ok {
			place = len(rows)
			at[k] = place
			rows = append(rows, s.side(about, *c))
		}
		rows[place].all = append(rows[place].all, *c)
	}
	for i := range rows {
		s.sumUp(&rows[i], sources)
	}
	slices.SortStableFunc(rows, func(a, b tieRow) int { return strings.Compare(sortKey(a.Time), sortKey(b.Time)) })
	return rows
}

// dress gives a row its quotes, up to most.
func (s *shower) dress(ctx context.Context, row *tieRow, most int) error {
	shown, err := s.showAll(ctx, row.all[:min(most, len(row.all))])
	row.Claims, row.More = shown, len(row.all)-len(shown)
	return err
}

// Aside is the address where all claims of a row are, "" where it is a value.
func (row *tieRow) Aside(about kith.EntityID) string {
	if row.Other == nil || row.Other.ID == "" {
		return ""
	}
	return "/tie?" + url.Values{"a": {string(about)}, "b": {string(row.Other.ID)}, "predicate": {string(row.Predicate)}}.Encode()
}

// farEnd is whom or what a claim ties an entity to.
func farEnd(about kith.EntityID, c *kith.Claim) (*kith.EntityRef, string) {
	if c.Subject.ID == about {
		return c.Object, c.Value
	}
	return &c.Subject, c.Value
}

func sideOf(about kith.EntityID, c kith.Claim) int {
	switch {
	case graph.Symmetric(c.Predicate), c.Subject.ID == about:
		return 0
	case c.Object != nil && c.Object.ID == about:
		return 1
	}
	return 2
}

// side sees a claim from one of its ends.
func (s *shower) side(about kith.EntityID, c kith.Claim) tieRow {
	row := tieRow{Predicate: c.Predicate, Value: c.Value, Third: c.Qualifiers.Third}
	kind := "heard"
	switch {
	case c.Subject.ID == about:
		kind, row.Other, row.Given = "says", c.Object, true
	case c.Object != nil && c.Object.ID == about:
		row.Other, row.Given = &c.Subject, graph.Symmetric(c.Predicate)
	default:
		kind, row.Other, row.Third = "third", &c.Subject, c.Object
	}
	var named bool
	if row.Says, named = s.phrase(kind, c.Predicate, phraseFields{c.Value, row.Other, row.Third}); named {
		row.Third = nil
	}
	return row
}

// sumUp fills what a row's claims add up to.
func (s *shower) sumUp(row *tieRow, sources sourceOf) {
	var seen []kith.DocumentID
	wrong, rank, yes, no := 1.0, 3, 0, 0
	for i := range row.all {
		c := &row.all[i]
		source := sources(c.Evidence.Document)
		if !slices.Contains(seen, source) {
			seen = append(seen, source)
		}
		wrong *= 1 - c.Confidence
		row.Time = hull(row.Time, c.Time)
		if c.Negated {
			no++
			continue
		}
		yes++
		rank = min(rank, modalityRank(c.Modality))
	}
	row.Sources, row.Strength = len(seen), 1-wrong
	row.Spells = spells(row.all)
	row.When = s.whenAll(row.Spells, row.Time)
	row.Details = s.details(row.all[0])
	row.Standing = s.standing(modalities[rank], yes == 0)
	if yes > 0 && no > 0 {
		row.Standing = Standing{Class: "disputed", Words: s.text("standing.disputed")}
	}
}

var modalities = [...]kith.Modality{kith.Asserted, kith.Planned, kith.Hedged, kith.Asserted}

func modalityRank(m kith.Modality) int { return max(0, slices.Index(modalities[:3], m)) }

// spells are the times that claims give, in order. Those that share a day are
// one; a run in one year and a run in another are two, with nothing between.
func spells(claims []kith.Claim) (out []kith.Time) {
	var times []kith.Time
	for i := range claims {
		if t := claims[i].Time; t.From != "" || t.To != "" {
			times = append(times, t)
		}
	}
	slices.SortStableFunc(times, func(a, b kith.Time) int { return strings.Compare(sortKey(a), sortKey(b)) })
	for _, t := range times {
		if n := len(out); n > 0 && sortKey(t) <= cmp.Or(out[n-1].To, out[n-1].From).Last() {
			out[n-1] = hull(out[n-1], t)
			continue
		}
		out = append(out, t)
	}
	return out
}

// hull is the range that both times lie in, as far as they are known.
func hull(a, b kith.Time) kith.Time {
	if a.From == "" && a.To == "" {
		if b.From == "" && b.To == "" && a.Text != "" {
			return a
		}
		return b
	}
	if b.From != "" && (a.From == "" || b.From.First() < a.From.First()) {
		a.From = b.From
	}
	if b.To != "" && (a.To == "" || b.To.Last() > a.To.Last()) {
		a.To = b.To
	}
	return a
}

func sortKey(t kith.Time) string {
	switch {
	case t.From != "":
		return t.From.First()
	case t.To != "":
		return t.To.First()
	}
	return "9999"
}
