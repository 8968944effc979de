package exchange

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kith"
	"kith/store"
	"kith/store/storetest"
)

// life is a store that documents come to and people decide on, at random.
type life struct {
	t     *testing.T
	rnd   *rand.Rand
	store *store.Store
	match Match
	made  []kith.DecisionID
	times []time.Time
}

var townspeople = []string{"Ida Quay", "Tom Reed", "Cy Vane", "Lena Marsh", "Ida Marsh", "Otto Feld"}

// step does one thing of those that change a store.
func (l *life) step(n int) {
	ctx := context.Background()
	d := &kith.Decision{By: []string{"ada", "ben"}[l.rnd.IntN(2)], Why: fmt.Sprintf("reason %d", n)}
	claims := allClaims(l.t, l.store, kith.AsOf{}, kith.ClaimFilter{})
	if len(claims) < 6 || l.rnd.IntN(3) == 0 {
		l.read(n)
		return
	}
	claim := claims[l.rnd.IntN(len(claims))]
	other := claims[l.rnd.IntN(len(claims))]
	switch l.rnd.IntN(11) {
	case 0:
		d.Action, d.ClaimID = kith.Accept, claim.ID
	case 1:
		d.Action, d.ClaimID = kith.Reject, claim.ID
	case 2:
		d.Action, d.ClaimID = kith.Correct, claim.ID
		claim.Predicate, claim.Modality = "ally_of", kith.Hedged
		d.Correction = &claim
	case 3:
		d.Action, d.Entities = kith.Merge, []kith.EntityID{claim.Subject.ID, other.Subject.ID}
	case 4:
		d.Action, d.Entities = kith.Apart, []kith.EntityID{claim.Subject.ID, other.Object.ID}
	case 5:
		d.Action, d.Entities, d.Value = kith.Alias, []kith.EntityID{claim.Subject.ID}, fmt.Sprintf("Alias %d", n)
	case 6:
		d.Action, d.Entities, d.Value = kith.Rename, []kith.EntityID{claim.Subject.ID}, fmt.Sprintf("Name %d", n)
	case 7:
		d.Action, d.Outlet, d.Value = kith.Rate, "The Harbour Post", fmt.Sprintf("0.%d", 1+l.rnd.IntN(8))
	case 8:
		if len(l.made) == 0 {
			return
		}
		d.Action, d.Undoes = kith.Undo, l.made[l.rnd.IntN(len(l.made))]
	case 9:
		if l.rnd.IntN(3) == 0 {
			_ = l.store.Forget(ctx, claim.Evidence.Document, "ada", "asked to")
		}
		return
	case 10:
		l.split(claim.Subject.ID, d)
	}
	if err := l.store.Decide(ctx, d); err == nil {
		l.made = append(l.made, d.ID)
	}
}

// split takes one member out of an entity.
func (l *life) split(id kith.EntityID, d *kith.Decision) {
	v, err := l.store.View(context.Background(), kith.AsOf{})
	if err != nil {
		l.t.Fatal(err)
	}
	defer v.Close()
	e, err := v.Entity(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	d.Action, d.Entities = kith.Split, []kith.EntityID{e.ID}
	if len(e.Members) > 1 {
		d.Entities = append(d.Entities, e.Members[len(e.Members)-1])
	}
}

// read adds a document, a new version of one, or another reading of one.
func (l *life) read(n int) {
	a, b := townspeople[l.rnd.IntN(3)], townspeople[3+l.rnd.IntN(3)]
	text := fmt.Sprintf("%s met %s. Later %s may have helped %s in week %d.", a, b, b, a, l.rnd.IntN(15))
	r := storetest.Reading(fmt.Sprintf("test/%d", 1+l.rnd.IntN(2)), text, storetest.Said{Subject: a, Predicate: "met_with", Object: b, Negated: l.rnd.IntN(5) == 0},
		storetest.Said{Subject: b, Predicate: "supported", Object: a, Modality: kith.Hedged, Time: kith.Time{From: "2021", To: "2022-03"}})
	r.Bytes, r.Document.Outlet = []byte("original of "+text), "The Harbour Post"
	r.Document.Meta = map[string]string{"note": fmt.Sprint(n)}
	if l.rnd.IntN(4) == 0 {
		r.Document.Address = fmt.Sprintf("https://post.example/%d", l.rnd.IntN(3))
	}
	var err error
	if n%2 == 0 {
		_, err = l.store.PutAll(context.Background(), []*kith.Reading{r}, l.match)
	} else if _, err = l.store.Put(context.Background(), r); err == nil && n%3 > 0 { // some stay unresolved
		err = l.store.Resolve(context.Background(), r.Document.ID, l.match)
	}
	if err != nil {
		l.t.Fatal(err)
	}
}

// tables is every row of every table that holds what was read and decided.
func tables(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string][]string{}
	names, err := db.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer names.Close()
	for names.Next() {
		var name string
		if err := names.Scan(&name); err != nil {
			t.Fatal(err)
		}
		out[name] = tableRows(t, db, name)
	}
	return out
}

func tableRows(t *testing.T, db *sql.DB, table string) []string {
	rows, err := db.Query(`SELECT * FROM "` + table + `"`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	var out []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%q", values))
	}
	slices.Sort(out)
	return out
}

// answers is what a store says at one setting of both clocks, in every format
// that is text, with its decisions, judgements, documents and their bytes.
func answers(t *testing.T, s *store.Store, at kith.AsOf) string {
	t.Helper()
	ctx := context.Background()
	var b strings.Builder
	for _, name := range []string{"claims", "csv", "ftm", "gexf", "jsonld", "vault", "csl"} {
		x, err := FindExporter(name)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := filtered(t, x, s, at, Filter{})
		b.WriteString(text)
	}
	v, err := s.View(ctx, at)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	print := func(values ...any) {
		text, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(text, '\n'))
	}
	for c, err := range v.Claims(ctx, kith.ClaimFilter{Rejected: true, Superseded: true}) {
		print(c, err)
	}
	for d, err := range v.Documents(ctx, kith.DocumentFilter{}) {
		original, failed := v.Original(ctx, d.ID)
		print(d, original, failed, err)
	}
	for d, err := range v.Decisions(ctx, kith.DecisionFilter{}) {
		print(d, err)
	}
	for j, err := range v.Judgements(ctx, kith.JudgementFilter{}) {
		print(j, err)
	}
	for q, err := range v.Queue(ctx, kith.QueueFilter{}) {
		print(q, err)
	}
	for h, err := range v.Search(ctx, "helped week", 50) {
		print(h, err)
	}
	trust, err := v.Reliability(ctx)
	print(trust, err)
	counts, err := v.Counts(ctx)
	print(counts, err)
	return b.String()
}

// restored archives the store and restores it elsewhere.
func restored(t *testing.T, s *store.Store) (*store.Store, string) {
	t.Helper()
	var archive bytes.Buffer
	if err := WriteArchive(context.Background(), &archive, s); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "elsewhere, again.kith")
	if err := RestoreArchive(context.Background(), &archive, path); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(path, store.Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again, path
}

// TestAnyHistorySurvivesAnArchive restores stores of random histories: every
// row of every table, every answer at every moment, and what is done next.
func TestAnyHistorySurvivesAnArchive(t *testing.T) {
	for seed := range uint64(2) {
		s, match := newStore(t)
		l := &life{t: t, rnd: rand.New(rand.NewPCG(seed, 7)), store: s, match: match}
		for n := range 45 {
			l.step(n)
			if n%20 == 19 {
				l.times = append(l.times, time.Now())
			}
		}
		again, path := restored(t, s)
		if diff := cmp.Diff(tables(t, s.Path()), tables(t, path)); diff != "" {
			t.Fatalf("seed %d: tables differ:\n%.2000s", seed, diff)
		}
		moments := []kith.AsOf{{}, {World: "2021-06"}, {World: "2019"}}
		for _, known := range l.times {
			moments = append(moments, kith.AsOf{Known: known})
		}
		for _, at := range moments {
			if diff := cmp.Diff(answers(t, s, at), answers(t, again, at)); diff != "" {
				t.Fatalf("seed %d, at %+v: answers differ:\n%.2000s", seed, at, diff)
			}
		}
		if v, err := again.Verify(context.Background()); err != nil || len(v.Problems) > 0 {
			t.Errorf("seed %d: verify: %v, %v", seed, v.Problems, err)
		}
		sameNext(t, l, again)
	}
}

// sameNext goes on in both stores, the restored one with equal dice.
func sameNext(t *testing.T, l *life, again *store.Store) {
	t.Helper()
	twin := *l
	twin.store, twin.made = again, slices.Clone(l.made)
	l.rnd, twin.rnd = rand.New(rand.NewPCG(99, 1)), rand.New(rand.NewPCG(99, 1))
	for n := range 15 {
		l.step(1000 + n)
		twin.step(1000 + n)
	}
	f := kith.ClaimFilter{}
	ids := func(claims []kith.Claim) (out []string) {
		for _, c := range claims {
			out = append(out, string(c.ID)+" "+string(c.Review))
		}
		return out
	}
	if diff := cmp.Diff(ids(allClaims(t, l.store, kith.AsOf{}, f)), ids(allClaims(t, again, kith.AsOf{}, f))); diff != "" {
		t.Errorf("the stores part ways:\n%.2000s", diff)
	}
}

func TestRestoredStoreIsReadWhileSomebodyWrites(t *testing.T) {
	s, _ := storySelection(t)
	_, path := restored(t, s)
	head, err := os.ReadFile(path)
	if err != nil || head[18] != 2 || head[19] != 2 {
		t.Errorf("the restored file keeps no write-ahead log: %v, %v", head[18:20], err)
	}
}
