package storetest

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kith"
)

// texts are what the random tests read: each names a few people, some of them
// in several texts.
var texts = []string{
	"Ada Marsh met Bo Lind. Ada Marsh endorsed Cy Holt. Cy Holt advised Bo Lind.",
	"Ada Marsh praised Bo Lind. Bo Lind thanked Eve Moor. Eve Moor called Ada Marsh.",
	"Cy Holt met Ada Marsh. Cy Holt hired Bo Lind. Ada Marsh left Bo Lind.",
}

// variants of a reading: which sentences were understood. The last dates its
// claims, so that they keep their keys and not their ids.
var variants = [][]int{{0, 1, 2}, {0, 1}, {2}, {1, 2}}

// variant reads a text in one of several ways, with an extractor of its own.
func variant(text, way int, now time.Time) *kith.Reading {
	var claims []Said
	for _, i := range variants[way] {
		words := strings.Fields(strings.Split(texts[text], ". ")[i])
		s := Said{Subject: words[0] + " " + words[1], Predicate: kith.Predicate(words[2]), Object: words[3] + " " + strings.TrimSuffix(words[4], ".")}
		if way == len(variants)-1 {
			s.Time = kith.Time{From: "2020", To: "2020"}
		}
		claims = append(claims, s)
	}
	r := Reading(fmt.Sprintf("test/%d", way), texts[text], claims...)
	r.At = now
	return r
}

// model is a store in memory, as simple as can be: logs, from which everything
// is computed anew on every question.
type model struct {
	readings  map[int][]int // by text, the ways in order
	decisions []kith.Decision
	keys      map[kith.ClaimID]kith.ClaimKey
	claims    map[kith.ClaimID]kith.Claim
}

// inForce says which decisions count: a decision that an undo in force names
// does not.
func (m *model) inForce() map[kith.DecisionID]bool {
	out := map[kith.DecisionID]bool{}
	for i := len(m.decisions) - 1; i >= 0; i-- {
		d := m.decisions[i]
		undone := false
		for _, u := range m.decisions[i+1:] {
			undone = undone || u.Undoes == d.ID && out[u.ID]
		}
		out[d.ID] = !undone
	}
	return out
}

// shown lists the claims that a plain view shows, as "text predicate review".
func (m *model) shown() []string {
	review, fixed := map[kith.ClaimKey]kith.Review{}, map[kith.ClaimKey]kith.Predicate{}
	force := m.inForce()
	for _, d := range m.decisions {
		if !force[d.ID] {
			continue
		}
		key := m.keys[d.ClaimID]
		switch d.Action {
		case kith.Accept:
			if review[key] != kith.Corrected {
				review[key] = kith.Accepted
			}
		case kith.Reject:
			review[key] = kith.Rejected
		case kith.Correct:
			review[key], fixed[key] = kith.Corrected, d.Correction.Predicate
		}
	}
	var out []string
	for text, ways := range m.readings {
		seen := map[kith.ClaimKey]bool{}
		for i := len(ways) - 1; i >= 0; i-- {
			for _, c := range variant(text, ways[i], time.Time{}).Claims {
				key, r := c.Key(), review[c.Key()]
				if seen[key] {
					continue
				}
				seen[key] = true
				predicate := c.Predicate
				if r == kith.Corrected {
					predicate = fixed[key]
				}
				if r == "" {
					r = kith.Unreviewed
				}
				if r != kith.Rejected && (i == len(ways)-1 || r == kith.Accepted || r == kith.Corrected) {
					out = append(out, fmt.Sprintf("%d %s %s", text, predicate, r))
				}
			}
		}
	}
	sort.Strings(out)
	return out
}

// partition folds judgements in the plainest way: sets that are joined unless
// two of their members must stay apart.
func partition(js []kith.Judgement) map[kith.EntityID]kith.EntityID {
	set := map[kith.EntityID]kith.EntityID{}
	var apart [][2]kith.EntityID
	of := func(id kith.EntityID) kith.EntityID {
		if set[id] == "" {
			set[id] = id
		}
		return set[id]
	}
	take := func(j kith.Judgement) {
		a, b := of(j.A), of(j.B)
		if j.Verdict == kith.Different {
			if a != b {
				apart = append(apart, [2]kith.EntityID{j.A, j.B})
			}
			return
		}
		for _, p := range apart {
			if x, y := of(p[0]), of(p[1]); x == a && y == b || x == b && y == a {
				return
			}
		}
		for id, s := range set {
			if s == b {
				set[id] = a
			}
		}
	}
	newest := map[[2]kith.EntityID]string{} // js come newest first
	for _, j := range js {
		if j.Decision != "" {
			take(j)
		} else if newest[[2]kith.EntityID{j.A, j.B}] == "" {
			newest[[2]kith.EntityID{j.A, j.B}] = j.ID
		}
	}
	for _, verdict := range []kith.Verdict{kith.Different, kith.Same} {
		for i := len(js) - 1; i >= 0; i-- {
			if j := js[i]; j.Decision == "" && j.Verdict == verdict && newest[[2]kith.EntityID{j.A, j.B}] == j.ID {
				take(j)
			}
		}
	}
	return set
}

// picture is all that a view shows, in a comparable form.
type picture struct {
	Claims   []string
	Entities []string
}

func pictureOf(t *rapid.T, s kith.Store, at kith.AsOf) picture {
	ctx := context.Background()
	v, err := s.View(ctx, at)
	check(t, err)
	defer v.Close()
	var p picture
	for c, err := range v.Claims(ctx, kith.ClaimFilter{Superseded: true, Rejected: true}) {
		check(t, err)
		p.Claims = append(p.Claims, fmt.Sprintf("%s %s %s %s %s %v", c.ID, c.Predicate, c.Review, c.Subject.ID, c.Object.ID, c.Superseded))
	}
	sort.Strings(p.Claims)
	for e, err := range v.Entities(ctx, kith.EntityFilter{}) {
		check(t, err)
		full, err := v.Entity(ctx, e.ID)
		check(t, err)
		p.Entities = append(p.Entities, fmt.Sprintf("%s %s %d %d %v %v", e.ID, e.Name, e.Claims, e.Documents, full.Aliases, full.Members))
	}
	sort.Strings(p.Entities)
	return p
}

func check(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestRandom runs random sequences of adding (alone or in bulk), reading again,
// judging, merging, splitting, deciding, undoing, forgetting and rebuilding, and holds the store against the model after each
// step; undoing must give back the picture before, undoing that the one
// after; and at the end views of the past must show what was seen then.
func TestRandom(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{T: rt, store: open(t), model: model{readings: map[int][]int{}, keys: map[kith.ClaimID]kith.ClaimKey{}, claims: map[kith.ClaimID]kith.Claim{}}}
		defer m.store.Close()
		steps := rapid.IntRange(4, 18).Draw(rt, "steps")
		for range steps {
			m.step()
			m.compare()
		}
		for _, p := range m.past {
			if diff := cmp.Diff(p.picture, pictureOf(rt, m.store, kith.AsOf{Known: p.at})); diff != "" {
				rt.Fatalf("the view of minute %s differs from what was seen (-then +now):\n%s", p.at.Format("15:04"), diff)
			}
		}
	})
}

// machine is a store under test beside its model.
type machine struct {
	*rapid.T
	store kith.Store
	model model
	clock int
	past  []struct {
		at time.Time
		picture
	}
}

func (m *machine) now() time.Time { return at(m.clock) }

func (m *machine) step() {
	m.clock++
	switch op := rapid.SampledFrom([]string{"read", "read", "judge", "judge", "review", "review", "correct", "merge", "split", "apart", "alias", "undo", "undo", "forget", "reindex"}).Draw(m.T, "step"); op {
	case "read":
		text, way := rapid.IntRange(0, len(texts)-1).Draw(m.T, "text"), rapid.IntRange(0, len(variants)-1).Draw(m.T, "way")
		m.read(text, way)
	case "judge":
		if a, b, ok := m.twoEntities(); ok {
			verdict := rapid.SampledFrom([]kith.Verdict{kith.Same, kith.Same, kith.Same, kith.Different, kith.Unsure}).Draw(m.T, "verdict")
			check(m.T, m.store.Judge(context.Background(), []kith.Judgement{{A: min(a, b), B: max(a, b), Verdict: verdict, Score: 0.5, By: "test", At: m.now()}}))
		}
	case "forget":
		m.forget()
	case "reindex":
		m.reindex()
	case "undo":
		m.undo()
	default:
		if d, ok := m.decision(op); ok {
			m.thereAndBack(d)
		}
	}
}

func (m *machine) read(text, way int) {
	r := variant(text, way, m.now())
	added, err := m.put(r)
	check(m.T, err)
	if added.NewReading {
		m.model.readings[text] = append(m.model.readings[text], way)
	}
	for _, c := range r.Claims {
		m.model.keys[c.ID], m.model.claims[c.ID] = c.Key(), c
	}
}

// put stores a reading alone, or as one of many where the store can.
func (m *machine) put(r *kith.Reading) (kith.Added, error) {
	bulk, ok := m.store.(kith.Bulk)
	if !ok || rapid.Bool().Draw(m.T, "alone") {
		return m.store.Put(context.Background(), r)
	}
	added, err := bulk.PutAll(context.Background(), []*kith.Reading{r}, nil)
	if err != nil {
		return kith.Added{}, err
	}
	return added[0], nil
}

// reindex derives anew what the store derives, where it can: nothing shows.
func (m *machine) reindex() {
	s, ok := m.store.(interface {
		Reindex(context.Context, func(*kith.Reading) []kith.Profile) error
	})
	if !ok {
		return
	}
	before := pictureOf(m.T, m.store, kith.AsOf{})
	check(m.T, s.Reindex(context.Background(), func(*kith.Reading) []kith.Profile { return nil }))
	if diff := cmp.Diff(before, pictureOf(m.T, m.store, kith.AsOf{})); diff != "" {
		m.Fatalf("rebuilding the index changed what is seen (-before +after):\n%s", diff)
	}
}

// entities lists the local ids of all present readings.
func (m *machine) entities() []kith.EntityID {
	seen := map[kith.EntityID]bool{}
	for text, ways := range m.model.readings {
		for _, way := range ways {
			for _, e := range variant(text, way, time.Time{}).Entities {
				seen[e.ID] = true
			}
		}
	}
	var out []kith.EntityID
	for id := range seen {
		out = append(out, id)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

func (m *machine) twoEntities() (kith.EntityID, kith.EntityID, bool) {
	ids := m.entities()
	if len(ids) < 2 {
		return "", "", false
	}
	a := rapid.IntRange(0, len(ids)-1).Draw(m.T, "a")
	b := rapid.IntRange(0, len(ids)-1).Draw(m.T, "b")
	return ids[a], ids[b], a != b
}

// decision makes up one that the store should take.
func (m *machine) decision(op string) (*kith.Decision, bool) {
	d := &kith.Decision{Action: kith.Action(op), By: "tester", At: m.now()}
	switch op {
	case "review", "correct":
		var ids []kith.ClaimID
		for text, ways := range m.model.readings {
			for _, c := range variant(text, ways[len(ways)-1], time.Time{}).Claims {
				ids = append(ids, c.ID)
			}
		}
		if len(ids) == 0 {
			return nil, false
		}
		sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
		d.ClaimID = rapid.SampledFrom(ids).Draw(m.T, "claim")
		if op == "review" {
			d.Action = rapid.SampledFrom([]kith.Action{kith.Accept, kith.Reject}).Draw(m.T, "review")
			return d, true
		}
		c := m.model.claims[d.ClaimID]
		c.Predicate = "corrected_" + kith.Predicate(fmt.Sprint(len(m.model.decisions)))
		d.Correction = &c
		return d, true
	}
	a, b, ok := m.twoEntities()
	if !ok {
		return nil, false
	}
	d.Entities = []kith.EntityID{a, b}
	if op == "alias" {
		d.Entities, d.Value = d.Entities[:1], fmt.Sprintf("Alias %d", len(m.model.decisions))
	}
	return d, true
}

// decide takes a decision, in the store and in the model. Splitting what is
// not together is refused, which is fine.
func (m *machine) decide(d *kith.Decision) bool {
	err := m.store.Decide(context.Background(), d)
	if errors.Is(err, kith.ErrInvalid) && d.Action == kith.Split {
		return false
	}
	check(m.T, err)
	m.model.decisions = append(m.model.decisions, *d)
	return true
}

// thereAndBack decides, undoes, and undoes the undoing: the pictures must be
// those before and after.
func (m *machine) thereAndBack(d *kith.Decision) {
	before := pictureOf(m.T, m.store, kith.AsOf{})
	if !m.decide(d) {
		return
	}
	after := pictureOf(m.T, m.store, kith.AsOf{})
	m.meant(d)
	if !rapid.Bool().Draw(m.T, "there and back") {
		return
	}
	undo := &kith.Decision{Action: kith.Undo, Undoes: d.ID, By: "tester", At: m.now()}
	m.decide(undo)
	if diff := cmp.Diff(before, pictureOf(m.T, m.store, kith.AsOf{})); diff != "" {
		m.Fatalf("undoing %s does not give back what was (-before +after):\n%s", d.Action, diff)
	}
	m.decide(&kith.Decision{Action: kith.Undo, Undoes: undo.ID, By: "tester", At: m.now()})
	if diff := cmp.Diff(after, pictureOf(m.T, m.store, kith.AsOf{})); diff != "" {
		m.Fatalf("undoing the undo of %s does not give back what was:\n%s", d.Action, diff)
	}
}

// meant checks what a decision on entities promises.
func (m *machine) meant(d *kith.Decision) {
	if len(d.Entities) < 2 {
		return
	}
	a, b := m.cluster(d.Entities[0]), m.cluster(d.Entities[1])
	if together := d.Action == kith.Merge; together != (a == b) {
		m.Fatalf("after %s of %v their entities are %s and %s", d.Action, d.Entities, a, b)
	}
}

func (m *machine) cluster(id kith.EntityID) kith.EntityID {
	v, err := m.store.View(context.Background(), kith.AsOf{})
	check(m.T, err)
	defer v.Close()
	e, err := v.Entity(context.Background(), id)
	check(m.T, err)
	return e.ID
}

// undo undoes some decision in force, an undo perhaps.
func (m *machine) undo() {
	var ids []kith.DecisionID
	force := m.model.inForce()
	for _, d := range m.model.decisions {
		if force[d.ID] && d.Action != kith.Forget {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) > 0 {
		m.decide(&kith.Decision{Action: kith.Undo, Undoes: rapid.SampledFrom(ids).Draw(m.T, "undone"), By: "tester", At: m.now()})
	}
}

func (m *machine) forget() {
	var present []int
	for text := range m.model.readings {
		present = append(present, text)
	}
	if len(present) == 0 {
		return
	}
	sort.Ints(present)
	text := rapid.SampledFrom(present).Draw(m.T, "forgotten")
	d := kith.Decision{Action: kith.Forget, Document: kith.NewDocumentID(texts[text]), By: "tester", At: m.now()}
	m.decide(&d)
	delete(m.model.readings, text)
	for i := range m.model.decisions { // corrections quote the document and go with it
		if c := m.model.decisions[i].Correction; c != nil && c.Evidence.Document == d.Document {
			m.model.decisions[i].Action = "void"
		}
	}
	m.past = nil // the past has lost the document as well
}

// compare holds the store against the model, and notes what it shows.
func (m *machine) compare() {
	ctx := context.Background()
	v, err := m.store.View(ctx, kith.AsOf{})
	check(m.T, err)
	defer v.Close()
	var shown []string
	textOf := map[kith.DocumentID]int{}
	for i, t := range texts {
		textOf[kith.NewDocumentID(t)] = i
	}
	for c, err := range v.Claims(ctx, kith.ClaimFilter{}) {
		check(m.T, err)
		shown = append(shown, fmt.Sprintf("%d %s %s", textOf[c.Evidence.Document], c.Predicate, c.Review))
	}
	sort.Strings(shown)
	if diff := cmp.Diff(m.model.shown(), shown); diff != "" {
		m.Fatalf("claims differ (-model +store):\n%s", diff)
	}
	var js []kith.Judgement
	for j, err := range v.Judgements(ctx, kith.JudgementFilter{}) {
		check(m.T, err)
		js = append(js, j)
	}
	m.comparePartition(v, partition(js))
	found, err := m.store.Verify(ctx)
	check(m.T, err)
	if len(found.Problems) > 0 {
		m.Fatalf("verify: %s", strings.Join(found.Problems, "\n"))
	}
	m.past = append(m.past, struct {
		at time.Time
		picture
	}{m.now(), pictureOf(m.T, m.store, kith.AsOf{})})
}

func (m *machine) comparePartition(v kith.View, want map[kith.EntityID]kith.EntityID) {
	ids := m.entities()
	got := map[kith.EntityID]kith.EntityID{}
	for _, id := range ids {
		e, err := v.Entity(context.Background(), id)
		if errors.Is(err, kith.ErrNotFound) {
			continue
		}
		check(m.T, err)
		got[id] = e.ID
	}
	for _, a := range ids {
		for _, b := range ids {
			if got[a] == "" || got[b] == "" || a == b {
				continue
			}
			if together := want[a] != "" && want[a] == want[b]; together != (got[a] == got[b]) {
				m.Fatalf("%s and %s: together in the model %v, in the store %v", a, b, together, got[a] == got[b])
			}
		}
	}
}
