package serve

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kith"
	"kith/internal/processor"
)

// TestStartPageIsQuickOnTenThousandDocuments looks at the first look after the
// start, at looks without a change and at the first look after each of several
// changes. On a busy machine that is told from the processors' time.
func TestStartPageIsQuickOnTenThousandDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("a store of ten thousand documents takes a while to make")
	}
	st := openStore(t)
	fill(t, st, invented(10_000, 2, 3000, false))
	var changes atomic.Int64
	s := siteOn(t, st, func(o *Options) { o.Stamp = func() string { return fmt.Sprint(changes.Load()) } })
	look := func(what string) {
		t.Helper()
		clock, spent := time.Now(), processor.Time()
		page := s.get(t, "/")
		took, used := time.Since(clock), processor.Time()-spent
		t.Logf("%s: %.1f ms, %.1f ms of the processors, %d KB", what, ms(took), ms(used), len(page)>>10)
		if limit := 50 * time.Millisecond; min(took, used) > limit {
			t.Errorf("%s took %v (%v of the processors), want at most %v", what, took, used, limit)
		}
		if !strings.Contains(page, ">10000</dd>") || len(page)+s.weight("app.css", "app.js", "mark.svg", "fonts/inter.woff2", "fonts/source-serif-4.woff2") > 300<<10 {
			t.Errorf("%s: the page does not count the documents, or is too heavy", what)
		}
	}
	s.ready(context.Background())
	look("first look after the start")
	look("second look")
	claims, err := collect(s.look(t).Claims(context.Background(), kith.ClaimFilter{Limit: 4}), 4)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		if status, body := s.post(t, "/claims/"+string(c.ID)+"/accept", url.Values{}); status != 303 {
			t.Fatalf("accept: %d %s", status, body)
		}
		s.warming.Lock() // what is made beside the requests would be counted as theirs
		changes.Add(1)
		look("first look after a change")
		s.warming.Unlock()
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// weight is the size of some assets, in bytes.
func (s *site) weight(assets ...string) (sum int) {
	for _, name := range assets {
		sum += len(s.assets.content[name])
	}
	return sum
}

// slow is a store whose counting waits until it is let go.
type slow struct {
	kith.Store
	gate chan struct{}
}

type slowView struct {
	kith.View
	gate chan struct{}
}

func (s slow) View(ctx context.Context, at kith.AsOf) (kith.View, error) {
	v, err := s.Store.View(ctx, at)
	return slowView{v, s.gate}, err
}

func (v slowView) Counts(ctx context.Context) (kith.Counts, error) {
	<-v.gate
	return v.View.Counts(ctx)
}

func TestStartPageShowsWhatWasCountedBeforeAndSaysSo(t *testing.T) {
	st := openStore(t)
	world(t, st)
	gate := make(chan struct{}, 100)
	gate <- struct{}{}
	var changes atomic.Int64
	s := siteOn(t, slow{st, gate}, func(o *Options) { o.Stamp = func() string { return fmt.Sprint(changes.Load()) } })
	if page := s.get(t, "/"); strings.Contains(page, "data-stale") || !strings.Contains(page, "<dd>2</dd>") {
		t.Fatal("the first look does not show what is there")
	}
	if _, err := st.Put(context.Background(), reading(t, "A note", "", "", "Bram Oster met Cleo Farrow.")); err != nil {
		t.Fatal(err)
	}
	changes.Add(1)
	page := s.get(t, "/")
	if !strings.Contains(page, "data-stale") || !strings.Contains(page, "before the last change") || !strings.Contains(page, "<dd>2</dd>") {
		t.Fatalf("while it is counted the page is not marked as of before: %s", plain(page))
	}
	close(gate)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if page = s.get(t, "/"); !strings.Contains(page, "data-stale") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it is never counted anew")
		}
	}
	if !strings.Contains(page, "<dd>3</dd>") {
		t.Fatalf("counted anew the page shows %s", plain(page))
	}
}

func TestChangeThatIsNotChartedYetIsSaidOnTheMapAndLeftOutOfPortraits(t *testing.T) {
	st := openStore(t)
	world(t, st)
	var changes atomic.Int64
	s := siteOn(t, st, func(o *Options) { o.Stamp = func() string { return fmt.Sprint(changes.Load()) } })
	s.warm(context.Background())
	ada, edda := s.id(t, "Ada Quill"), s.id(t, "Edda Quill")
	if page := s.get(t, "/map"); strings.Contains(page, "data-stale-map") {
		t.Fatal("the map is called old though nothing has changed")
	}
	s.net.mu.Lock() // the charting takes its time
	d := kith.Decision{By: "tester", Action: kith.Merge, Entities: []kith.EntityID{kith.EntityID(ada), kith.EntityID(edda)}}
	if err := st.Decide(context.Background(), &d); err != nil {
		t.Fatal(err)
	}
	changes.Add(1)
	if page := s.get(t, "/map"); !strings.Contains(page, "as it was before the last change") {
		t.Error("the map does not say that it stands as it was before")
	}
	if wire := s.get(t, "/api/map"); !strings.Contains(wire, `"stale":true`) {
		t.Error("the map's script is not told that it is not up to date")
	}
	if page := s.get(t, "/entities/"+ada); !strings.Contains(page, s.pages.text("entity.pending")) {
		t.Error("the person's page shows the other one still, or does not say that parallel people are being worked out")
	}
	s.net.mu.Unlock()
	for deadline := time.Now().Add(10 * time.Second); strings.Contains(s.get(t, "/map"), "data-stale-map"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the map is never brought up to date")
		}
	}
	if wire := s.get(t, "/api/map"); strings.Contains(wire, `"stale"`) || strings.Contains(wire, `"Edda Quill"`) && strings.Contains(wire, `"Ada Quill"`) {
		t.Errorf("after that the map still has both: %.400s", wire)
	}
}

func TestTitleOfAForgottenDocumentIsForgotten(t *testing.T) {
	st := openStore(t)
	world(t, st)
	var changes atomic.Int64
	s := siteOn(t, st, func(o *Options) { o.Stamp = func() string { return fmt.Sprint(changes.Load()) } })
	doc := s.claimOf(t, "Ada Quill", "mentored").Evidence.Document
	ada := "/entities/" + s.id(t, "Ada Quill")
	if s.get(t, ada); s.titles.Load().find(doc) == nil {
		t.Fatal("the title is not remembered at all")
	}
	if err := st.Forget(context.Background(), doc, "tester", ""); err != nil {
		t.Fatal(err)
	}
	changes.Add(1)
	if s.get(t, "/entities/"+s.id(t, "Dunstan Pike")); s.titles.Load().find(doc) != nil {
		t.Fatal("the title is still remembered")
	}
}
