package serve

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"kith"
	"kith/store"
)

// invented makes documents about people who do not exist: each claim ties two
// of them, those with low numbers more often.
func invented(docs, claims, people int, even bool) func(yield func(*kith.Reading) bool) {
	r := rand.New(rand.NewPCG(7, 11))
	predicates := []kith.Predicate{"endorsed", "advised", "met_with", "donated_to", "employed_by", "criticized", "introduced", "supported"}
	modalities := []kith.Modality{kith.Asserted, kith.Asserted, kith.Asserted, kith.Hedged, kith.Planned}
	pick := func() int {
		if even {
			return r.IntN(people)
		}
		return int(float64(people) * r.Float64() * r.Float64() * r.Float64())
	}
	return func(yield func(*kith.Reading) bool) {
		for d := range docs {
			var text strings.Builder
			rd := &kith.Reading{Extractor: "test/1"}
			type line struct {
				a, b, p, start, end int
			}
			var lines []line
			for k := range claims {
				a, p := pick(), r.IntN(len(predicates))
				if even {
					a = (d*claims + k) % people
				}
				b := (a + 1 + pick()%(people-1)) % people
				start := text.Len()
				fmt.Fprintf(&text, "%s %s %s on the %d. of May %d.", person(a), strings.ReplaceAll(string(predicates[p]), "_", " "), person(b), 1+r.IntN(28), 1990+r.IntN(36))
				lines = append(lines, line{a, b, p, start, text.Len()})
				text.WriteString(" ")
			}
			rd.Document = kith.Document{ID: kith.NewDocumentID(text.String()), Text: text.String(), Title: fmt.Sprintf("Report %d", d), Outlet: "Post", Format: "text"}
			seen := map[int]bool{}
			ref := func(n int) kith.EntityRef {
				e := kith.EntityRef{ID: kith.NewEntityID(rd.Document.ID, person(n), kith.Person, 0), Name: person(n), Type: kith.Person}
				if !seen[n] {
					seen[n] = true
					rd.Entities = append(rd.Entities, kith.Entity{ID: e.ID, Name: e.Name, Type: e.Type})
				}
				return e
			}
			for _, l := range lines {
				object := ref(l.b)
				year := kith.Date(fmt.Sprint(1990 + r.IntN(36)))
				c := kith.Claim{Subject: ref(l.a), Predicate: predicates[l.p], Object: &object, Modality: modalities[r.IntN(len(modalities))], Confidence: .8,
					Time: kith.Time{From: year, To: year}, Extractor: "test/1", Review: kith.Unreviewed,
					Evidence: kith.Evidence{Document: rd.Document.ID, Start: l.start, End: l.end, Quote: text.String()[l.start:l.end]}}
				c.Seal()
				rd.Claims = append(rd.Claims, c)
			}
			rd.Sentences, rd.Words = claims, claims*9
			if !yield(rd) {
				return
			}
		}
	}
}

var givenNames = strings.Fields("Ada Bo Cy Di Ed Fay Gus Hal Ivy Jo Kim Lee Mia Ned Ora Pam Quin Ros Sy Tess Uma Vic Wes Xan Yul Zoe")

func person(n int) string {
	k := len(givenNames)
	return givenNames[n%k] + " " + givenNames[n/k%k] + "son" + strings.Repeat("a", 1+n/k/k)
}

// fill puts readings into a store and makes one entity of each name.
func fill(t testing.TB, s kith.Store, readings func(yield func(*kith.Reading) bool)) {
	t.Helper()
	ctx := context.Background()
	first := map[string]kith.EntityID{}
	var batch []*kith.Reading
	var same []kith.Judgement
	flush := func() {
		if bulk, ok := s.(kith.Bulk); ok {
			if _, err := bulk.PutAll(ctx, batch, nil); err != nil {
				t.Fatal(err)
			}
		} else {
			for _, r := range batch {
				if _, err := s.Put(ctx, r); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := s.Judge(ctx, same); err != nil {
			t.Fatal(err)
		}
		batch, same = nil, nil
	}
	for r := range readings {
		batch = append(batch, r)
		for _, e := range r.Entities {
			known, ok := first[e.Name]
			if !ok {
				first[e.Name] = e.ID
				continue
			}
			a, b := min(known, e.ID), max(known, e.ID)
			if a != b {
				same = append(same, kith.Judgement{A: a, B: b, Verdict: kith.Same, Score: 1, By: "test"})
			}
		}
		if len(batch) == 500 {
			flush()
		}
	}
	flush()
}

// TestMapOfTwoThousandNodesIsFluid opens a map of 2,000 nodes and 8,000 ties,
// which is interactive when it is on the screen and answers the pointer. On a
// busy machine that is told from what the processors spend on it.
func TestMapOfTwoThousandNodesIsFluid(t *testing.T) {
	b := newTab(t)
	st := openStore(t)
	fill(t, st, invented(400, 20, 2000, true))
	s := siteOn(t, st)
	s.get(t, "/api/map?limit=2000") // the ties are charted and laid out once
	b.open(s.web.URL + "/")         // people come from a page
	browser := chromedp.FromContext(chromium.ctx).Browser.Process().Pid
	spent, began := processorTime(browser), time.Now()
	b.open(s.web.URL + "/map?limit=2000")
	b.wait(`kithMap.stage.cost`) // set once every tie is on the screen
	ready, spent := time.Since(began), processorTime(browser)-spent
	size := ask[[]int](b, `[kithMap.stage.graph.n, kithMap.stage.graph.m]`)
	b.shot("map-2000")
	frame := ask[float64](b, `new Promise(done => { const s = kithMap.stage, c = s.camera; let k = 0; const t = performance.now();
		const step = () => { c.x += .4; s.moved(); if (++k < 30) requestAnimationFrame(step); else done((performance.now() - t) / 30) };
		requestAnimationFrame(step) })`)
	t.Logf("%d nodes, %d ties: interactive after %d ms (%d ms of processor time in the browser), then %.0f ms a frame; one drawing takes %.0f ms",
		size[0], size[1], ready.Milliseconds(), spent.Milliseconds(), frame, ask[float64](b, "kithMap.stage.cost"))
	if size[0] != 2000 || size[1] < 7500 {
		t.Fatalf("the map has %d nodes and %d ties", size[0], size[1])
	}
	if limit := 1500 * time.Millisecond; ready > limit && spent > limit || ready > 10*time.Second {
		t.Errorf("interactive after %v (%v of processor time), want %v", ready, spent, limit)
	}
	if frame > 100 {
		t.Errorf("%.0f ms a frame", frame)
	}
}

// processorTime is what a process and its descendants have spent so far; 0
// where the system does not tell.
func processorTime(root int) time.Duration {
	parents, ticks := map[int]int{}, map[int]int{}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		fields := strings.Fields(string(content[bytes.LastIndexByte(content, ')')+1:]))
		parents[pid], _ = strconv.Atoi(fields[1])
		user, _ := strconv.Atoi(fields[11])
		system, _ := strconv.Atoi(fields[12])
		ticks[pid] = user + system
	}
	total := 0
	for pid, spent := range ticks {
		at := pid
		for at > 1 && at != root {
			at = parents[at]
		}
		if at == root {
			total += spent
		}
	}
	return time.Duration(total) * 10 * time.Millisecond
}

// TestFigures measures the figures of scores/serve.txt. The store of ten
// thousand documents is made in the folder that KITH_FIGURES names and used
// again by the next run, whose memory is then that of serving alone.
func TestFigures(t *testing.T) {
	folder := os.Getenv("KITH_FIGURES")
	if folder == "" {
		t.Skip("set KITH_FIGURES=DIR to measure")
	}
	path := filepath.Join(folder, "ten-thousand.kith")
	_, err := os.Stat(path)
	st, openErr := store.Open(path, store.Options{})
	if openErr != nil {
		t.Fatal(openErr)
	}
	defer st.Close()
	if err != nil {
		fill(t, st, invented(10_000, 8, 6000, false))
		t.Skip("the store is made: run again to measure")
	}
	s := siteOn(t, st, func(o *Options) { o.Stamp = func() string { return "unchanged" } })
	began := time.Now()
	s.warm(context.Background())
	fmt.Printf("made ready in %.1f s after the start, in the background\n", time.Since(began).Seconds())
	counts, err := s.look(t).Counts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("store: %d documents, %d claims, %d entities\n", counts.Documents, counts.Claims, counts.Entities)
	people, err := collect(s.look(t).Entities(context.Background(), kith.EntityFilter{Limit: 2}), 2)
	if err != nil {
		t.Fatal(err)
	}
	a, z := string(people[0].ID), string(people[1].ID)
	for _, path := range []string{"/", "/", "/entities", "/documents", "/search?q=Ada+Ada", "/api/search?q=Bo", "/entities/" + a, "/map", "/api/map", "/api/map?limit=2000", "/api/path?a=" + a + "&b=" + z, "/review", "/timeline?about=" + a} {
		first, median, size := s.measure(t, path)
		fmt.Printf("%-44s first %6.1f ms, median %6.1f ms, %7.1f KB\n", strings.NewReplacer(a, "A", z, "B").Replace(path), first, median, size)
	}
	total := 0
	for _, asset := range []string{"app.css", "app.js", "mark.svg", "fonts/inter.woff2", "fonts/source-serif-4.woff2"} {
		total += len(s.assets.content[asset])
	}
	fmt.Printf("first page with its assets: %.0f KB\n", float64(total+len(s.get(t, "/")))/1024)
	debug.FreeOSMemory()
	fmt.Printf("memory of the process after all this: %s\n", memory())
}

func (s *site) measure(t *testing.T, path string) (first, median, size float64) {
	t.Helper()
	var times []float64
	for range 9 {
		began := time.Now()
		answer, err := http.Get(s.web.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		buffer := make([]byte, 64<<10)
		for {
			k, err := answer.Body.Read(buffer)
			n += k
			if err != nil {
				break
			}
		}
		answer.Body.Close()
		times, size = append(times, float64(time.Since(began).Microseconds())/1000), float64(n)/1024
		if answer.StatusCode != http.StatusOK {
			t.Errorf("GET %s: %d", path, answer.StatusCode)
		}
	}
	first = times[0]
	for i := range times {
		for j := range i {
			if times[i] < times[j] {
				times[i], times[j] = times[j], times[i]
			}
		}
	}
	return first, times[len(times)/2], size
}

// memory is the resident set of this process, now and at most.
func memory() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return fmt.Sprintf("%d MB of heap", m.Sys>>20)
	}
	var out []string
	for _, line := range strings.Split(string(status), "\n") {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") {
			out = append(out, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(out, ", ")
}
