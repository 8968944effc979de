package storetest

import (
	"errors"
	"testing"
	"time"

	"kith"
)

const dinner = "Ada Marsh met Bo Lind in Tarn. Ada Marsh endorsed Cy Holt. Rain fell on Sunday."

func dinnerReading(extractor string) *kith.Reading {
	return Reading(extractor, dinner,
		Said{Subject: "Ada Marsh", Predicate: "met_with", Object: "Bo Lind"},
		Said{Subject: "Ada Marsh", Predicate: "endorsed", Object: "Cy Holt"})
}

func roundTrip(t *testing.T, b *bench) {
	r := dinnerReading("test/1")
	r.Bytes = []byte("raw")
	r.Skips = []kith.Skip{{Span: kith.Span{Start: 60, End: len(dinner)}, Why: "nobody is named"}}
	r.Document.Authors = []string{"Dee Poe"}
	r.Document.Meta = map[string]string{"subject": "dinner"}
	r.Claims[0].Qualifiers.Place = "Tarn"
	r.Claims[0].Attribution = &kith.Attribution{Kind: kith.ByAnonymous, Name: "a guest"}
	r.Claims[0].Seal()
	added := b.put(r)
	b.equal(added, kith.Added{New: true, NewReading: true, Claims: 2})
	want := r.Claims
	for i := range want {
		want[i].Review = kith.Unreviewed
	}
	b.equal(b.claims(kith.ClaimFilter{}), want)
	v := b.view(kith.AsOf{})
	d, err := v.Document(b.ctx, r.Document.ID[:8])
	b.must(err)
	b.equal(*d, r.Document)
	raw, err := v.Original(b.ctx, d.ID)
	b.must(err)
	b.equal(string(raw), "raw")
	skips, err := v.Skips(b.ctx, d.ID)
	b.must(err)
	b.equal(skips, r.Skips)
	mentions, err := v.Mentions(b.ctx, d.ID)
	b.must(err)
	if len(mentions) != len(r.Mentions) {
		t.Errorf("%d mentions, want %d", len(mentions), len(r.Mentions))
	}
	for info, err := range v.Documents(b.ctx, kith.DocumentFilter{Words: "marsh"}) {
		b.must(err)
		b.equal([]int{info.Claims, info.Sentences, info.Skipped}, []int{2, 3, 1})
	}
	counts, err := v.Counts(b.ctx)
	b.must(err)
	b.equal(counts, kith.Counts{Documents: 1, Claims: 2, Entities: 3, Unreviewed: 2})
}

func putTwice(t *testing.T, b *bench) {
	b.put(dinnerReading("test/1"))
	b.equal(b.put(dinnerReading("test/1")), kith.Added{})
	b.count(b.claims(kith.ClaimFilter{Superseded: true, Rejected: true}), 2)
}

func refuseQuote(t *testing.T, b *bench) {
	for _, break_ := range []func(*kith.Claim){
		func(c *kith.Claim) { c.Evidence.Quote = "Ada Marsh met everybody." },
		func(c *kith.Claim) { c.Evidence.End += 1000 },
		func(c *kith.Claim) { c.Evidence.Start = -1 },
		func(c *kith.Claim) { c.Modality = "sworn" },
		func(c *kith.Claim) { c.Subject.ID = "e0000000000000000000a" },
	} {
		r := dinnerReading("test/1")
		break_(&r.Claims[1])
		r.Claims[1].Seal()
		if _, err := b.store.Put(b.ctx, r); !errors.Is(err, kith.ErrInvalid) {
			t.Errorf("Put = %v, want ErrInvalid", err)
		}
	}
	b.count(b.claims(kith.ClaimFilter{}), 0)
}

func appearedTwice(t *testing.T, b *bench) {
	b.put(dinnerReading("test/1"))
	r := dinnerReading("test/1")
	r.Document.Path, r.Document.Outlet = "elsewhere.txt", "Other Gazette"
	added := b.put(r)
	if added.New || added.NewReading || added.Known == nil || added.Known.Path == "elsewhere.txt" {
		t.Errorf("added = %+v", added)
	}
	v := b.view(kith.AsOf{})
	seen, err := v.Appearances(b.ctx, r.Document.ID)
	b.must(err)
	if len(seen) != 2 {
		t.Errorf("%d appearances, want 2", len(seen))
	}
}

func superseded(t *testing.T, b *bench) {
	first := dinnerReading("test/1")
	b.put(first)
	second := Reading("test/2", dinner, Said{Subject: "Ada Marsh", Predicate: "met_with", Object: "Bo Lind"})
	b.equal(b.put(second), kith.Added{NewReading: true})
	b.count(b.claims(kith.ClaimFilter{}), 1)
	all := b.count(b.claims(kith.ClaimFilter{Superseded: true}), 2)
	if all[0].Predicate != "endorsed" && all[1].Predicate != "endorsed" {
		t.Errorf("the superseded claim is missing: %+v", all)
	}
	for _, c := range all {
		if c.Superseded != (c.Predicate == "endorsed") {
			t.Errorf("claim %s superseded = %v", c.Predicate, c.Superseded)
		}
	}
	b.decide(kith.Decision{Action: kith.Accept, ClaimID: first.Claims[1].ID})
	kept := b.count(b.claims(kith.ClaimFilter{Predicates: []kith.Predicate{"endorsed"}}), 1)
	if !kept[0].Superseded || kept[0].Review != kith.Accepted {
		t.Errorf("an accepted claim must stay, marked: %+v", kept[0])
	}
	b.put(Reading("other/1", dinner, Said{Subject: "Ada Marsh", Predicate: "praised", Object: "Cy Holt"}))
	b.count(b.claims(kith.ClaimFilter{}), 3) // another reader supersedes nothing
}

func past(t *testing.T, b *bench) {
	first := dinnerReading("test/1")
	first.At = at(0)
	b.put(first)
	second := Reading("test/1", "Cy Holt thanked Ada Marsh.", Said{Subject: "Cy Holt", Predicate: "praised", Object: "Ada Marsh"})
	second.At = at(10)
	b.put(second)
	ada := first.Entities[0].ID
	rejected := b.decide(kith.Decision{Action: kith.Reject, ClaimID: first.Claims[1].ID, At: at(20)})
	b.decide(kith.Decision{Action: kith.Merge, Entities: []kith.EntityID{ada, second.Entities[1].ID}, At: at(30)})
	b.decide(kith.Decision{Action: kith.Undo, Undoes: rejected, At: at(40)})
	for _, step := range []struct {
		minute, claims, ofAda int
	}{{-1, 0, 0}, {5, 2, 2}, {15, 3, 2}, {25, 2, 1}, {35, 2, 2}, {45, 3, 3}} {
		known := kith.AsOf{Known: at(step.minute)}
		b.count(b.claimsAt(known, kith.ClaimFilter{}), step.claims)
		b.count(b.claimsAt(known, kith.ClaimFilter{About: ada}), step.ofAda)
	}
	v := b.view(kith.AsOf{Known: at(35)})
	e, err := v.Find(b.ctx, "Ada Marsh")
	b.must(err)
	b.equal(len(e.Members), 2)
}

func world(t *testing.T, b *bench) {
	text := "Ada Marsh led Bo Lind once. Ada Marsh met Cy Holt. Ada Marsh will run with Di Fay. Ada Marsh knows Ed Gill."
	r := Reading("test/1", text,
		Said{Subject: "Ada Marsh", Predicate: "led", Object: "Bo Lind", Time: kith.Time{From: "2010", To: "2014"}},
		Said{Subject: "Ada Marsh", Predicate: "met_with", Object: "Cy Holt", Time: kith.Time{From: "2015-06", To: "2015-06"}},
		Said{Subject: "Ada Marsh", Predicate: "ally_of", Object: "Di Fay", Modality: kith.Planned, Time: kith.Time{From: "2020"}},
		Said{Subject: "Ada Marsh", Predicate: "ally_of", Object: "Ed Gill"})
	r.Document.Date = "2016-02-01"
	b.put(r)
	for day, want := range map[kith.Date]int{"2009": 1, "2012": 2, "2015-05": 1, "2015-07-01": 2, "2016-01": 2, "2017": 3} {
		if got := len(b.claimsAt(kith.AsOf{World: day}, kith.ClaimFilter{})); got != want {
			t.Errorf("as of %s: %d claims, want %d", day, got, want)
		}
	}
}

func search(t *testing.T, b *bench) {
	b.put(Reading("test/1", "The règlement was signed.\nAda Marsh endorsed it at the dinner NEAR the lake.", Said{Subject: "Ada Marsh", Predicate: "said", Value: "endorsed it"}))
	v := b.view(kith.AsOf{})
	hits := func(words string) (out []kith.Hit) {
		t.Helper()
		for h, err := range v.Search(b.ctx, words, 10) {
			b.must(err)
			out = append(out, h)
		}
		return out
	}
	for _, words := range []string{"reglement", "endorsing dinners", `dinner OR NEAR("lake`, "signed zzzz"} {
		found := hits(words)
		if len(found) == 0 {
			t.Errorf("Search(%q) finds nothing", words)
			continue
		}
		d, err := v.Document(b.ctx, found[0].Document)
		b.must(err)
		b.equal(found[0].Text, found[0].Cut(d.Text))
		if len(found[0].Marks) == 0 {
			t.Errorf("Search(%q) marks nothing", words)
		}
		for _, m := range found[0].Marks {
			if m.Cut(d.Text) == "" || !found[0].Contains(m) {
				t.Errorf("Search(%q): mark %v lies outside", words, m)
			}
		}
	}
	for _, words := range []string{"", `"`, "-- *", "text:", "zzzz"} {
		if found := hits(words); words != "text:" && len(found) != 0 {
			t.Errorf("Search(%q) = %v", words, found)
		}
	}
}

func snapshot(t *testing.T, b *bench) {
	b.put(dinnerReading("test/1"))
	v := b.view(kith.AsOf{})
	b.put(Reading("test/1", "Cy Holt thanked Ada Marsh.", Said{Subject: "Cy Holt", Predicate: "praised", Object: "Ada Marsh"}))
	n := 0
	for _, err := range v.Claims(b.ctx, kith.ClaimFilter{}) {
		b.must(err)
		n++
	}
	b.equal(n, 2)
	b.count(b.claims(kith.ClaimFilter{}), 3)
	_ = time.Now
}
