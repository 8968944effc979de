package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
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

// row is a reading of a made-up row: a few people and bodies, many of which
// other rows name too, with aliases that some share.
func row(rnd *rand.Rand, n int) *kith.Reading {
	people := strings.Fields("Ada Bo Cy Dee Eve Fay")
	bodies := strings.Fields("Harbour Chamber Union")
	a, b := people[rnd.IntN(len(people))]+" Marsh", people[rnd.IntN(len(people))]+" Lind"
	body := bodies[rnd.IntN(len(bodies))]
	text := fmt.Sprintf("%s; %s; %s; line %d", a, b, body, n)
	r := &kith.Reading{Extractor: "test/1", At: time.Date(2026, 1, 1, 0, 0, n, 0, time.UTC)}
	id := kith.NewDocumentID(text)
	r.Document = kith.Document{ID: id, Text: text, Path: fmt.Sprintf("t.csv#%d", n), Date: "2026-01-01",
		Blocks: []kith.Block{{Span: kith.Span{End: len(text)}, Kind: kith.Row}}}
	for i, name := range []string{a, b, body} {
		kind := kith.Person
		if i == 2 {
			kind = kith.Organization
		}
		e := kith.Entity{ID: kith.NewEntityID(id, name, kind, 0), Name: name, Type: kind}
		if rnd.IntN(3) == 0 {
			e.Aliases = []string{"The " + name, strings.ToUpper(name)}
		}
		at := strings.Index(text, name)
		r.Mentions = append(r.Mentions, kith.Mention{Span: kith.Span{Start: at, End: at + len(name)}, Kind: kith.NameMention, Type: kind, Entity: i, ID: e.ID, Text: name})
		r.Entities = append(r.Entities, e)
	}
	claim := func(predicate kith.Predicate, object kith.Entity) {
		ref := object.Ref()
		r.Claims = append(r.Claims, kith.Claim{Subject: r.Entities[0].Ref(), Predicate: predicate, Object: &ref, Modality: kith.Asserted,
			Confidence: 0.9, Evidence: kith.Evidence{Document: id, End: len(text), Quote: text}})
	}
	claim("endorsed", r.Entities[1])
	claim("member_of", r.Entities[2])
	if rnd.IntN(5) == 0 {
		r.Skips = []kith.Skip{{Span: kith.Span{End: 3}, Why: "odd"}}
	}
	return r
}

// longer is a reading of a text that is long enough to be copied.
func longer(rnd *rand.Rand, n int, address, end string) *kith.Reading {
	base := row(rand.New(rand.NewPCG(uint64(n), 5)), n)
	text := base.Document.Text + "." + strings.Repeat(fmt.Sprintf(" On day %d of that year the chamber sat again, and %d members came to hear it.", n, n+7), 1)
	for i := range 12 {
		text += fmt.Sprintf(" Paragraph %d of decree %d was read out to member %d.", i, n*31, i*n)
	}
	text += end
	if address != "" {
		text += " See " + address
	}
	r := *base
	r.Document = kith.Document{ID: kith.NewDocumentID(text), Text: text, Address: address, Date: "2026-01-02"}
	r.At = r.At.Add(time.Duration(rnd.IntN(1000)) * time.Millisecond)
	r.Entities, r.Mentions, r.Claims = slices.Clone(base.Entities), slices.Clone(base.Mentions), slices.Clone(base.Claims)
	for i := range r.Entities {
		e := &r.Entities[i]
		e.ID = kith.NewEntityID(r.Document.ID, e.Name, e.Type, 0)
		r.Mentions[i].ID = e.ID
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		c.Subject = r.Entities[0].Ref()
		ref := r.Entities[i+1].Ref()
		c.Object, c.Evidence.Document = &ref, r.Document.ID
	}
	return &r
}

// judgeByName ties entities to clusters that share a name, and now and then
// gives another verdict, judges between entities of one document, or twice.
func judgeByName(m kith.Matching) (kith.Matched, error) {
	r := m.Reading()
	rnd := rand.New(rand.NewPCG(3, uint64(len(r.Document.Text))+uint64(r.Document.Text[len(r.Document.Text)-1])))
	by := fmt.Sprintf("test %d", len(r.Claims)) // one pair judged twice at one time by one judge is one judgement
	var out kith.Matched
	out.Profiles = tellByName(r)
	for _, e := range r.Entities {
		keys := []string{kith.Fold(e.Name), strings.Fields(e.Name)[0]}
		found, err := m.Candidates(keys, 5)
		if err != nil {
			return out, err
		}
		for _, c := range found {
			if c.Entity == e.ID { // read again
				continue
			}
			apart, err := m.Apart(e.ID, c.Entity)
			if err != nil {
				return out, err
			}
			if apart || c.Type != e.Type {
				continue
			}
			j := kith.Judgement{A: min(e.ID, c.Entity), B: max(e.ID, c.Entity), Verdict: kith.Unsure, Score: float64(len(c.Traits)), By: by}
			switch rnd.IntN(40) {
			case 0:
				j.Verdict = kith.Different
			case 1:
				out.Judgements = append(out.Judgements, j)
				j.Verdict = kith.Same
			default:
				if c.Name == e.Name || rnd.IntN(10) == 0 {
					j.Verdict = kith.Same
				}
			}
			out.Judgements = append(out.Judgements, j)
			if j.Verdict == kith.Same && rnd.IntN(4) > 0 {
				break
			}
		}
	}
	return out, nil
}

// tellByName finds an entity by its name and by the first word of it.
func tellByName(r *kith.Reading) []kith.Profile {
	var out []kith.Profile
	for _, e := range r.Entities {
		p := kith.Profile{Entity: e.ID, Name: e.Name, Type: e.Type, Traits: []kith.Trait{{Kind: "name", Value: e.Name}, {Kind: "with", Value: r.Document.Path}}}
		for _, k := range []string{kith.Fold(e.Name), strings.Fields(e.Name)[0]} {
			p.Traits = append(p.Traits, kith.Trait{Kind: kith.TraitKey, Value: k})
		}
		out = append(out, p)
	}
	return out
}

// dump is what stands in the tables that a reader sees, but for the times at
// which judgements were made and what is named by them.
func dump(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string][]string{}
	for table, columns := range map[string]string{
		"documents": "*", "originals": "*", "appearances": "*", "readings": "*", "skips": "*", "entities": "*", "mentions": "*", "claims": "*",
		"visible": "*", "members": "*", "clusters": "*", "sketches": "*", "versions": "document, replaces", "copies": "document, original, similarity", "local_names": "*", "names": "*", "local_traits": "*", "profiles": "*", "keys": "*",
		"rivals": "*", "pending": "*", "passages": "*", "dictionary": "folded", "judgements": "n, a, b, verdict, score, reasons, by, decision",
		"search WHERE search MATCH 'line'": "rowid", "near_names WHERE near_names MATCH 'mar'": "folded",
	} {
		rows, err := db.Query("SELECT " + columns + " FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		names, _ := rows.Columns()
		for rows.Next() {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			out[table] = append(out[table], fmt.Sprint(values...))
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
		if strings.Contains(columns, "folded") { // in no order
			slices.Sort(out[table])
		}
	}
	return out
}

func sound(t *testing.T, s *store.Store) {
	t.Helper()
	v, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range v.Problems {
		t.Error(p)
	}
}

// TestRowsWrittenWhileOthersAreMatchedGiveTheSameStore compares the tables of a
// store whose batches are prepared, matched and written part by part at once
// with those of one that takes each batch in one go.
func TestRowsWrittenWhileOthersAreMatchedGiveTheSameStore(t *testing.T) {
	same := func(m kith.Matching) (kith.Matched, error) {
		found, err := judgeByName(m)
		if len(m.Reading().Document.Text)%50 > 0 { // some do what a batch leaves to others
			seen := map[kith.EntityID]bool{}
			found.Judgements = slices.DeleteFunc(found.Judgements, func(j kith.Judgement) bool {
				twice := j.Verdict == kith.Different || seen[j.A] || seen[j.B]
				seen[j.A], seen[j.B] = true, true
				return twice
			})
		}
		return found, err
	}
	for seed := range uint64(3) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		var all []*kith.Reading
		for n := range 300 {
			all = append(all, row(rnd, n))
		}
		folder := t.TempDir()
		var dumps []map[string][]string
		for _, size := range []int{1000, 7} {
			path := filepath.Join(folder, fmt.Sprint(size))
			s, err := store.Open(path, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for part := range slices.Chunk(all, 100) {
				if _, err := s.PutAllBy(t.Context(), size, part, same); err != nil {
					t.Fatal(err)
				}
			}
			sound(t, s)
			s.Close()
			dumps = append(dumps, dump(t, path))
		}
		if diff := cmp.Diff(dumps[0], dumps[1]); diff != "" {
			t.Fatalf("the stores differ (-in one go +part by part):\n%.4000s", diff)
		}
	}
}

// TestARefusedRowLeavesNothingOfItsBatch refuses one far behind others.
func TestARefusedRowLeavesNothingOfItsBatch(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var all []*kith.Reading
	for n := range 60 {
		all = append(all, row(rnd, n))
	}
	all[50].Extractor = ""
	path := filepath.Join(t.TempDir(), "s.kith")
	s, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutAllBy(t.Context(), 9, all, judgeByName); err == nil || !strings.Contains(err.Error(), string(all[50].Document.ID)) {
		t.Errorf("got error %v, want one that names document %s", err, all[50].Document.ID)
	}
	failing := func(m kith.Matching) (kith.Matched, error) { return kith.Matched{}, errors.New("no match today") }
	if _, err := s.PutAllBy(t.Context(), 9, all[:40], failing); err == nil {
		t.Error("a match that fails is no error")
	}
	if _, err := s.PutAllBy(t.Context(), 9, all[:40], judgeByName); err != nil {
		t.Error(err)
	}
	sound(t, s)
	s.Close()
	if got := len(dump(t, path)["documents"]); got != 40 {
		t.Errorf("%d documents, want 40", got)
	}
}

// TestManyRowsAtOnceGiveTheStoreThatOneByOneGives compares all tables.
func TestManyRowsAtOnceGiveTheStoreThatOneByOneGives(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(4) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		var all []*kith.Reading
		for n := range 90 {
			all = append(all, row(rnd, n))
			switch rnd.IntN(25) {
			case 0: // the same again
				all = append(all, all[rnd.IntN(len(all))])
			case 1: // another reading of the same row
				again := *all[rnd.IntN(len(all))]
				again.Extractor, again.Claims = "test/2", again.Claims[:1]
				all = append(all, &again)
			case 2: // no row
				plain := *row(rnd, 1000+n)
				plain.Document.Blocks = nil
				all = append(all, &plain)
			case 3, 4, 5: // a longer text, a near copy of it and a new version of it
				all = append(all, longer(rnd, n, "", ""), longer(rnd, n, "", " It was late."), longer(rnd, n, "https://example.org/a", ""),
					longer(rnd, n, "https://example.org/a", " All went home."))
			}
		}
		folder := t.TempDir()
		var dumps []map[string][]string
		var added [2][]kith.Added
		for i, name := range []string{"one.kith", "many.kith"} {
			s, err := store.Open(filepath.Join(folder, name), store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			step := 1 + i*(20+int(seed)*15)
			for from := 0; from < len(all); from += step {
				part := all[from:min(from+step, len(all))]
				if i == 1 {
					got, err := s.PutAllBy(ctx, []int{500, 6}[seed%2], part, judgeByName) // in one part, or written part by part
					if err != nil {
						t.Fatal(err)
					}
					added[i] = append(added[i], got...)
					continue
				}
				got, err := s.Put(ctx, part[0])
				if err == nil && got.NewReading {
					err = s.Resolve(ctx, part[0].Document.ID, judgeByName)
				}
				if err != nil {
					t.Fatal(err)
				}
				added[i] = append(added[i], got)
			}
			sound(t, s)
			s.Close()
			dumps = append(dumps, dump(t, filepath.Join(folder, name)))
			reindexed(t, filepath.Join(folder, name), dump(t, filepath.Join(folder, name)))
		}
		if diff := cmp.Diff(dumps[0], dumps[1]); diff != "" {
			t.Fatalf("seed %d: the stores differ (-one by one +at once):\n%.4000s", seed, diff)
		}
		if diff := cmp.Diff(added[0], added[1]); diff != "" {
			t.Fatalf("seed %d: what was added differs:\n%.2000s", seed, diff)
		}
	}
}

// reindexed derives a store anew, which must change nothing.
func reindexed(t *testing.T, path string, before map[string][]string) {
	t.Helper()
	s, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Reindex(context.Background(), tellByName); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	after := dump(t, path)
	for _, d := range []map[string][]string{before, after} { // traits that as many tell stand in the order of their coming
		for i, p := range d["profiles"] {
			lines := strings.Split(p[21:], "\n")
			slices.Sort(lines)
			d["profiles"][i] = p[:21] + strings.Join(lines, "\n")
		}
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("rebuilding the index changed the store (-before +after):\n%.3000s", diff)
	}
}

// TestDecisionOutlivesForgettingAndReadingInBulk reads a document again, in a
// batch, of which a claim was accepted before it was forgotten.
func TestDecisionOutlivesForgettingAndReadingInBulk(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(filepath.Join(t.TempDir(), "again.kith"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	made := func() *kith.Reading {
		return storetest.Reading("test/1", "Bo Lind praised Ada Marsh.", storetest.Said{Subject: "Bo Lind", Predicate: "praised", Object: "Ada Marsh"})
	}
	r := made()
	if _, err := s.Put(ctx, r); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(ctx, &kith.Decision{Action: kith.Accept, ClaimID: r.Claims[0].ID, By: "tester"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(ctx, r.Document.ID, "tester", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutAll(ctx, []*kith.Reading{made()}, nil); err != nil {
		t.Fatal(err)
	}
	v, err := s.View(ctx, kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	c, err := v.Claim(ctx, r.Claims[0].ID)
	if err != nil || c.Review != kith.Accepted {
		t.Fatalf("the claim is %+v (%v), want it accepted", c, err)
	}
}
