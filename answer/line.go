package answer

import (
	"cmp"
	"slices"
	"strings"

	"kith"
	"kith/graph"
)

// order is where a line stands by time and, where times do not tell, in the
// texts: by the day of its document, then by its place there.
type order struct {
	date  string // first day that its time can mean, or its document's, or "~"
	dated bool   // its own time is known
	rank  int    // "among the first" comes before others of one time
	doc   kith.DocumentID
	day   string // the document's day, "~" where it is unknown
	start int
}

func (o order) compare(p order) int {
	return cmp.Or(strings.Compare(o.date, p.date), o.rank-p.rank, strings.Compare(o.day, p.day),
		strings.Compare(string(o.doc), string(p.doc)), o.start-p.start)
}

// when is the time of a claim: its own, or its election's year.
func when(c *kith.Claim) kith.Time { return graph.When(c) }

// yearIn returns the first run of exactly four digits that reads as a year.
func yearIn(text string) kith.Date { return graph.YearIn(text) }

func (a *asker) orderOf(c *kith.Claim) order {
	d := a.document(c.Evidence.Document)
	t := when(c)
	o := order{doc: d.ID, day: cmp.Or(d.Date.First(), "~"), start: c.Evidence.Start, rank: 1}
	switch {
	case t.From != "":
		o.date, o.dated = t.From.First(), true
	case t.To != "":
		o.date, o.dated = t.To.First(), true
	case d.Date != "":
		o.date = d.Date.First()
	default:
		o.date = "~"
	}
	return o
}

// fold groups claims that say the same into lines, in time order. Denials,
// plans and rumours make lines of their own beside the assertion.
func (a *asker) fold(section string, claims []*kith.Claim) []Line {
	a.readDocuments(claims)
	claims = slices.Clone(claims)
	slices.SortStableFunc(claims, func(c, d *kith.Claim) int { return cmp.Compare(detail(d), detail(c)) })
	var lines []Line
	index := map[lineKey][]int{}
	for _, c := range claims {
		key := keyOf(c)
		fits := -1
		for _, i := range index[key] {
			if slices.ContainsFunc(lines[i].claims, func(d *kith.Claim) bool { return d.ID == c.ID }) {
				fits = -2
				break
			}
			if !sameFact(&lines[i], bare(c)) {
				continue
			}
			if fits >= 0 { // it fits two: it stays apart rather than being guessed
				fits = -1
				break
			}
			fits = i
		}
		switch {
		case fits == -2:
		case fits >= 0:
			a.join(&lines[fits], c)
		default:
			index[key] = append(index[key], len(lines))
			lines = append(lines, a.line(section, c))
		}
	}
	for i := range lines {
		a.weigh(&lines[i])
	}
	slices.SortStableFunc(lines, func(l, m Line) int { return l.order.compare(m.order) })
	return lines
}

// detail counts how much a claim says, so that fuller claims come first and
// barer ones join them.
func detail(c *kith.Claim) int {
	return bare(c).detail()
}

func (l *Line) detail() int {
	n := len(l.Qualifiers)
	if l.Time.From != "" || l.Time.To != "" {
		n += 2
	}
	if l.Third != nil {
		n += 2
	}
	if l.Object != nil {
		n += 2
	}
	if l.Value != "" {
		n++
	}
	return n
}

// lineKey is what claims of one line must share exactly.
type lineKey struct {
	subject, object kith.EntityID
	predicate       kith.Predicate
	negated         bool
	modality        kith.Modality
}

func keyOf(c *kith.Claim) lineKey {
	t := graph.KeyOf(c)
	k := lineKey{t.Subject, t.Object, c.Predicate, c.Negated, c.Modality}
	if contest(c.Predicate) {
		k.object = "" // the beaten or the place need not be named each time
	}
	return k
}

// contest reports whether the predicate is about an election or an office,
// whose object is often left unsaid.
func contest(p kith.Predicate) bool {
	return p == "candidate_for" || p == "won_election" || p == "lost_election" || p == "held_office"
}

// bare is a claim as a line without its place in time and text.
func bare(c *kith.Claim) *Line {
	return &Line{Subject: c.Subject, Predicate: c.Predicate, Object: c.Object, Value: c.Value, Third: c.Qualifiers.Third,
		Qualifiers: qualifierMap(c), Time: when(c), Modality: c.Modality, Negated: c.Negated}
}

// sameFact reports whether two lines of one key say the same: where both give
// a detail, the details agree.
func sameFact(l, m *Line) bool {
	if l.Object != nil && m.Object != nil && l.Object.ID != m.Object.ID && !graph.Symmetric(m.Predicate) {
		return false
	}
	if l.Third != nil && m.Third != nil && l.Third.ID != m.Third.ID {
		return false
	}
	if m.Predicate == "said" || m.Predicate == "also_known_as" {
		return kith.Fold(l.Value) == kith.Fold(m.Value)
	}
	if l.Value != "" && m.Value != "" && !sameOffice(l.Value, m.Value) {
		return false
	}
	q := m.Qualifiers
	for _, name := range []string{"role", "office", "jurisdiction", "amount", "event", "topic", "place"} {
		if l.Qualifiers[name] != "" && q[name] != "" && kith.Fold(l.Qualifiers[name]) != kith.Fold(q[name]) {
			return false
		}
	}
	if contest(m.Predicate) && m.Predicate != "held_office" {
		return sameElection(l.Qualifiers["election"], q["election"])
	}
	return mayCoincide(l.Time, m.Time) && !rangesDiffer(l.Time, m.Time)
}

// rangesDiffer reports whether two stretches of time, neither of which is a
// moment, begin or end at different dates: "since 2014" and "since 2016" are two
// statements, of which one contradicts the other.
func rangesDiffer(t, u kith.Time) bool {
	if moment(t) || moment(u) {
		return false
	}
	return differ(t.From, u.From) || differ(t.To, u.To)
}

func moment(t kith.Time) bool { return t.From != "" && t.From == t.To }

// sameElection compares elections by year where both have one. An election
// not named is not taken for another that is.
func sameElection(a, b string) bool {
	ya, yb := yearIn(a), yearIn(b)
	if ya != "" || yb != "" {
		return ya == yb
	}
	return kith.Fold(a) == kith.Fold(b)
}

// mayCoincide reports whether two times can be one; unknown times can.
func mayCoincide(t, u kith.Time) bool {
	before := func(x, y kith.Time) bool { return x.To != "" && y.From != "" && x.To.Last() < y.From.First() }
	return !before(t, u) && !before(u, t)
}

// officeNoise are words that tell no two offices apart.
var officeNoise = []string{"the", "a", "an", "of", "former", "election", "race", "seat", "candidate", "office", "for", "u.s", "us", "united", "states"}

// officeWords reduces an office or a contest to the words that tell it apart:
// "presidential election" and "President" are one.
func officeWords(value string) []string {
	var words []string
	for _, w := range strings.Fields(kith.Fold(strings.NewReplacer("’", "'", "-", " ", ",", " ").Replace(value))) {
		w = strings.Trim(w, ".'()")
		switch w {
		case "presidential", "presidency":
			w = "president"
		case "mayoral", "mayoralty":
			w = "mayor"
		case "gubernatorial", "governorship":
			w = "governor"
		case "senatorial", "senator":
			w = "senate"
		}
		if w != "" && !slices.Contains(officeNoise, w) && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

func sameOffice(a, b string) bool {
	return kith.Fold(a) == kith.Fold(b) || slices.Equal(officeWords(a), officeWords(b))
}

func (a *asker) line(section string, c *kith.Claim) Line {
	return Line{Section: section, Subject: c.Subject, Predicate: c.Predicate, Object: c.Object, Value: c.Value,
		Third: c.Qualifiers.Third, Qualifiers: qualifierMap(c), Time: when(c), Modality: c.Modality, Negated: c.Negated,
		Attribution: c.Attribution, Claims: []kith.ClaimID{c.ID}, claims: []*kith.Claim{c}, order: a.orderOf(c)}
}

// join adds a claim to a line that says the same and fills what was open.
func (a *asker) join(l *Line, c *kith.Claim) {
	if l.Object == nil {
		l.Object = c.Object
	}
	if l.Value == "" {
		l.Value = c.Value
	}
	if l.Third == nil {
		l.Third = c.Qualifiers.Third
	}
	for name, v := range qualifierMap(c) {
		if l.Qualifiers[name] == "" {
			l.Qualifiers[name] = v
		}
	}
	l.Time = narrower(l.Time, when(c))
	if o := a.orderOf(c); o.dated && !l.order.dated || o.dated == l.order.dated && o.compare(l.order) < 0 {
		l.order = o
	}
	l.claims = append(l.claims, c)
	l.Claims = append(l.Claims, c.ID)
}

// narrower keeps of two times that can be one the more telling ends.
func narrower(t, u kith.Time) kith.Time {
	if len(u.From) > len(t.From) {
		t.From = u.From
	}
	if len(u.To) > len(t.To) {
		t.To = u.To
	}
	if t.Text == "" {
		t.Text = u.Text
	}
	return t
}

// weigh counts a line's sources and settles whose words it gives.
func (a *asker) weigh(l *Line) {
	slices.SortStableFunc(l.claims, func(c, d *kith.Claim) int { return a.orderOf(c).compare(a.orderOf(d)) })
	weights := map[kith.DocumentID]float64{}
	l.Claims = l.Claims[:0]
	var others []string
	own := false
	for _, c := range l.claims {
		source := a.sourceOf(c.Evidence.Document)
		weights[source] = max(weights[source], c.Confidence)
		l.Claims = append(l.Claims, c.ID)
		if c.Attribution == nil {
			own = true
		} else if !slices.Contains(others, c.Attribution.Name) {
			others = append(others, c.Attribution.Name)
		}
	}
	l.Sources, l.Strength = len(weights), round(graph.Combine(weights))
	if own {
		l.Attribution = nil
	} else if len(l.claims) > 0 {
		l.Attribution = l.claims[0].Attribution
	}
	if !own && len(others) > 1 {
		l.addNote("also said by " + strings.Join(others[1:], ", "))
	}
}

func (l *Line) addNote(text string) {
	switch {
	case l.Note == "":
		l.Note = text
	case !strings.Contains(l.Note, text):
		l.Note += "; " + text
	}
}

func qualifierMap(c *kith.Claim) map[string]string {
	m := map[string]string{}
	q := c.Qualifiers
	for name, v := range map[string]string{"role": q.Role, "office": q.Office, "jurisdiction": q.Jurisdiction, "ordinal": q.Ordinal,
		"election": q.Election, "outcome": q.Outcome, "event": q.Event, "place": q.Place, "topic": q.Topic,
		"distinction": q.Distinction, "count": q.Count, "amount": q.Amount, "currency": q.Currency, "status": q.Status} {
		if v != "" {
			m[name] = v
		}
	}
	return m
}

func round(x float64) float64 { return float64(int(x*1e4+0.5)) / 1e4 }

// pointers gives the claims by address, those that keep takes.
func pointers(claims []kith.Claim, keep func(*kith.Claim) bool) []*kith.Claim {
	var out []*kith.Claim
	for i := range claims {
		if keep == nil || keep(&claims[i]) {
			out = append(out, &claims[i])
		}
	}
	return out
}

// is reports whether a reference is to the entity.
func is(ref *kith.EntityRef, id kith.EntityID) bool { return ref != nil && ref.ID == id && id != "" }

// touches reports whether the entity is subject, object or third party.
func touches(c *kith.Claim, id kith.EntityID) bool {
	return c.Subject.ID == id || is(c.Object, id) || is(c.Qualifiers.Third, id)
}

func one(ps []kith.Predicate, p kith.Predicate) bool { return slices.Contains(ps, p) }
