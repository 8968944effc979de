package serve

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kith"
	"kith/data"
	"kith/pipeline"
	"kith/resolve"
	"kith/source"
)

// article is a text to add: the first article where it is at hand, else one of
// the demo's.
func article(t testing.TB) (name, text string) {
	t.Helper()
	if content, err := os.ReadFile("../../shared/seed/article.txt"); err == nil {
		return "article.txt", string(content)
	}
	content, err := data.FS.ReadFile("demo/01-the-pupil.md")
	if err != nil {
		content, err = os.ReadFile("../data/demo/01-the-pupil.md")
	}
	if err != nil {
		t.Fatal(err)
	}
	return "the-pupil.md", string(content)
}

// realRead reads with the reader that kith ships.
func realRead(t testing.TB, st kith.Store) ReadFunc {
	t.Helper()
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		t.Skipf("the reader is not there: %v", err)
	}
	model, err := resolve.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return func(ctx context.Context, name string, content []byte) (result ReadResult, err error) {
		items, err := source.Items(ctx, name, bytes.NewReader(content), source.Options{})
		if err != nil {
			return result, err
		}
		in := func(yield func(pipeline.Input) bool) {
			for _, item := range items {
				if !yield(pipeline.Input{Document: item.Document, Original: item.Bytes, Name: name}) {
					return
				}
			}
		}
		var failed error
		err = pipeline.Ingest(ctx, st, reader, &resolve.Resolver{Model: model}, in, func(r pipeline.Report) {
			result = ReadResult{Document: r.Document, Title: r.Title, Known: !r.Added.New && !r.Added.NewReading, Sentences: r.Sentences,
				Claims: r.Claims, Hedged: r.Hedged, Skipped: len(r.Skips)}
			failed = r.Err
		})
		return result, errors.Join(failed, err)
	}
}

func TestArticleIsAddedByDropAndByPasteAndAClickOnATieLightsItsSentence(t *testing.T) {
	b := newTab(t)
	st := openStore(t)
	s := siteOn(t, st, func(o *Options) { o.Read = realRead(t, st) })
	name, text := article(t)
	b.open(s.web.URL + "/")
	b.run(fmt.Sprintf(`const d = new DataTransfer(); d.items.add(new File([%q], %q, {type: "text/plain"})); d.items.add(new File([], "empty.txt"));
		const at = document.querySelector(".masthead");
		at.dispatchEvent(new DragEvent("dragover", {dataTransfer: d, bubbles: true, cancelable: true}));
		at.dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true}))`, text, name))
	b.wait(`document.querySelector(".progress").dataset.done`)
	b.shot("added")
	if got := b.text(".item.failed"); !strings.Contains(got, "empty.txt") {
		t.Fatalf("the empty file is not told of: %q", got)
	}
	if got := b.text(".item.done"); !strings.Contains(got, "claims") {
		t.Fatalf("the article's report says %q", got)
	}

	b.run(fmt.Sprintf(`const d = new DataTransfer(); d.setData("text/plain", %q);
		document.querySelector("h1").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true}))`, text))
	b.click("[data-add] button.primary")
	b.wait(`document.querySelector(".item.known, .item.done:only-child")`)

	person := b.mostTold(s)
	b.open(s.web.URL + "/")
	b.click(`.entities a[href="/entities/` + person + `"]`)
	b.wait(`location.pathname.startsWith("/entities/") && document.querySelector(".tie .verb")`)
	b.shot("article-person")
	b.click(".tie .verb")
	b.wait(`location.pathname.startsWith("/documents/") && document.querySelector(".run.lit")`)
	b.wait(`(() => { const r = document.querySelector(".run.lit").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`) // it is in sight
	b.shot("article-reader")
	id := ask[string](b, `document.querySelector(".claimcard.current").dataset.claim`)
	c, err := s.look(t).Claim(context.Background(), kith.ClaimID(id))
	if err != nil {
		t.Fatal(err)
	}
	if lit := ask[string](b, `[...document.querySelectorAll(".run.lit")].map(r => r.textContent).join("")`); lit != strings.ReplaceAll(c.Evidence.Quote, "\n", "") {
		t.Fatalf("lit is %q, the quote is %q", lit, c.Evidence.Quote)
	}
}

// mostTold is the person with the most claims.
func (b *tab) mostTold(s *site) string {
	b.Helper()
	people, err := collect(s.look(b).Entities(context.Background(), kith.EntityFilter{Type: kith.Person, Limit: 1}), 1)
	if err != nil || len(people) == 0 {
		b.Fatalf("nobody was found in the article (%v)", err)
	}
	return string(people[0].ID)
}

// onMap opens a map and waits until it is drawn.
func (b *tab) onMap(s *site, query string) {
	b.Helper()
	b.open(s.web.URL + "/map" + query)
	b.wait(`document.querySelector("#map").dataset.ready`)
}

func TestSliderPlaysThroughTheYears(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.onMap(s, "")
	all := ask[int](b, `kithMap.stage.graph.shown.reduce((a, b) => a + b)`)
	b.run(`globalThis.seen = new Set(); new MutationObserver(() => seen.add(document.querySelector("[data-year]").textContent + " " +
		kithMap.stage.graph.shown.reduce((a, b) => a + b))).observe(document.querySelector("[data-year]"), {childList: true, characterData: true, subtree: true})`)
	b.click("[data-play]")
	b.wait(`kithMap.filter.to < kithMap.years[1]`)
	b.shot("map-playing")
	b.wait(`kithMap.filter.to === kithMap.years[1] && !kithMap.playing`)
	seen := ask[[]string](b, `[...seen]`)
	if len(seen) < 5 {
		t.Fatalf("the slider went through %v only", seen)
	}
	first, last := 0, 0
	fmt.Sscan(seen[0][strings.LastIndex(seen[0], " "):], &first)
	fmt.Sscan(seen[len(seen)-1][strings.LastIndex(seen[len(seen)-1], " "):], &last)
	if first >= last || last > all {
		t.Fatalf("ties shown went from %d to %d of %d: %v", first, last, all, seen)
	}
}

func TestFiltersNarrowTheMapAndItsAddressIsSharable(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.onMap(s, "?around="+s.id(t, "Ada Quill"))
	shown := `kithMap.stage.graph.shown.reduce((a, b) => a + b)`
	all := ask[int](b, shown)
	b.run(`for (const d of document.querySelectorAll(".sieve details")) d.open = true`)
	b.click(`[data-predicates] input[data-id="educated_at"]`)
	b.wait(shown + fmt.Sprintf(" === %d", all-2))
	b.click(`[data-classes] label:nth-child(2) input`)
	b.wait(shown + fmt.Sprintf(" === %d", all-3))
	address := ask[string](b, "location.href")
	if !strings.Contains(address, "hide=educated_at") || !strings.Contains(address, "without=planned") {
		t.Fatalf("the address is %s", address)
	}
	b.open("about:blank")
	b.open(address)
	b.wait(`document.querySelector("#map").dataset.ready && ` + shown + fmt.Sprintf(" === %d", all-3))
	b.run(`document.querySelector("[data-sources]").value = 2; document.querySelector("[data-sources]").dispatchEvent(new Event("input"))`)
	b.wait(shown + " === 1") // one says so, one denies it
}

func TestPathExpandPinAndTiePanelWorkOnTheMap(t *testing.T) {
	s, b := newSite(t), newTab(t)
	edda, oster := s.id(t, "Edda Quill"), s.id(t, "Bram Oster")
	b.onMap(s, "?around="+edda)
	before := ask[int](b, "kithMap.stage.graph.n")
	b.run(`const i = kithMap.stage.graph.index.get("` + s.id(t, "Ada Quill") + `"); kithMap.select(i)`)
	b.click(".panel .tools button")
	b.wait(fmt.Sprintf("kithMap.stage.graph.n > %d", before))
	if q := ask[string](b, "location.search"); strings.Contains(q, "from=") || strings.Contains(q, "to=") {
		t.Errorf("expanding narrowed the years: %s", q)
	}
	b.run(`document.querySelector("[data-path]").closest("details").open = true`)
	b.wait(`document.querySelector("[data-path]").elements.a.options.length > 2`)
	b.run(`document.querySelector("[data-path]").elements.a.value = "` + edda + `"; document.querySelector("[data-path]").elements.b.value = "` + oster + `"`)
	b.click("[data-path] button")
	b.wait(`document.querySelectorAll("[data-found] li").length === 2`)
	b.shot("map-path")
	if got := b.text("[data-found]"); !strings.Contains(got, "weakest") || !strings.Contains(got, "Bram Oster") {
		t.Fatalf("the path reads %q", got)
	}
	b.run(`kithMap.close()`)
	b.wait(`Math.abs(kithMap.stage.camera.width - document.querySelector(".stage").getBoundingClientRect().width) < 1`) // the panel gave its room back
	b.run(`kithMap.zoom("fit"); await new Promise(requestAnimationFrame)`)
	place := ask[[]float64](b, `(() => { const s = kithMap.stage, g = s.graph, c = s.camera, r = s.canvas.getBoundingClientRect();
		for (let t = 0; t < g.m; t++) for (let k = 1; k < 10; k++) {
			const x = c.px(g.x[g.from[t]] + (g.x[g.to[t]] - g.x[g.from[t]]) * k / 10), y = c.py(g.y[g.from[t]] + (g.y[g.to[t]] - g.y[g.from[t]]) * k / 10);
			if (s.nodeAt(x, y) < 0 && s.tieAt(x, y) === t) return [x + r.x, y + r.y, t] } })()`)
	b.do(chromedp.MouseClickXY(place[0], place[1]))
	b.wait(`!document.querySelector("[data-panel]").hidden && document.querySelector("[data-panel] .quote")`)
	b.shot("map-tie")
	b.click("[data-panel] .quote a")
	b.wait(`location.pathname.startsWith("/documents/") && document.querySelector(".run.lit")`)

	b.onMap(s, "?around="+edda)
	at := ask[[]float64](b, `(() => { const s = kithMap.stage, g = s.graph, r = s.canvas.getBoundingClientRect(); return [s.camera.px(g.x[0]) + r.x, s.camera.py(g.y[0]) + r.y] })()`)
	b.drag(at[0], at[1], at[0]+80, at[1]+40)
	b.wait(`location.search.includes("pin=")`)
	pinned := ask[[]float64](b, `[kithMap.stage.graph.x[0], kithMap.stage.graph.y[0]]`)
	b.open(ask[string](b, "location.href") + "&free=1")
	b.wait(`document.querySelector("#map").dataset.ready`)
	now := ask[[]float64](b, `(() => { const g = kithMap.stage.graph, i = g.index.get("`+edda+`"); return [g.x[i], g.y[i]] })()`)
	if abs(now[0]-pinned[0]) > .02 || abs(now[1]-pinned[1]) > .02 {
		t.Fatalf("the pinned node moved from %v to %v", pinned, now)
	}
}

func abs(x float64) float64 { return max(x, -x) }

// drag presses, moves and releases the mouse.
func (b *tab) drag(x1, y1, x2, y2 float64) {
	b.Helper()
	b.run(fmt.Sprintf(`const c = document.querySelector("[data-gl]");
		const fire = (type, x, y) => c.dispatchEvent(new PointerEvent(type, {pointerId: 1, clientX: x, clientY: y, bubbles: true, buttons: 1}));
		c.setPointerCapture = () => {};
		fire("pointerdown", %[1]f, %[2]f); for (let i = 1; i <= 8; i++) fire("pointermove", %[1]f + (%[3]f - %[1]f) * i / 8, %[2]f + (%[4]f - %[2]f) * i / 8); fire("pointerup", %[3]f, %[4]f)`, x1, y1, x2, y2))
}

func TestTwoCareersStandSideBySideWithTheirQuotes(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.open(s.web.URL + "/compare")
	b.click("main input[name=a]")
	b.keys("Ada Quill\t")
	b.click("main input[name=b]")
	b.keys("Dunstan P")
	b.wait(`document.querySelector("main .suggest:not([hidden]) li")`)
	b.keys(kb.ArrowDown)
	b.enter() // chooses
	b.keys(kb.Enter)
	b.wait(`document.querySelector("table.compare") && document.readyState === "complete"`)
	rows := ask[[]string](b, `[...document.querySelectorAll(".compare tbody tr")].map(r => r.innerText)`)
	if !slices.ContainsFunc(rows, func(r string) bool { return strings.Count(r, "Saltmarsh University") >= 4 }) {
		t.Fatalf("no row has both at their university with quotes: %q", rows)
	}
	if slices.ContainsFunc(rows, func(r string) bool { return strings.HasPrefix(r, "Lost") && strings.Contains(r, "won") }) {
		t.Fatalf("a win stands among the defeats: %q", rows)
	}
	if !slices.ContainsFunc(rows, func(r string) bool {
		return strings.Contains(r, "Lantern Forum") && strings.Contains(r, "nothing written")
	}) {
		t.Fatalf("no row leaves open what is not written: %q", rows)
	}
}

func TestCorrectionByKeyboardSurvivesAnotherReadingAndIsUndone(t *testing.T) {
	s, b := newSite(t), newTab(t)
	c := s.claimOf(t, "Ada Quill", "mentored")
	b.open(s.web.URL + claimHref(c.Evidence.Document, c.ID))
	b.keys("e")
	b.wait(`document.querySelector("[data-correct]").open`)
	b.shot("correcting")
	b.run(`document.querySelector("[data-correct] [name=predicate]").value = "advised"; document.querySelector("[data-correct] [name=from]").value = "2013"`)
	b.click("[data-correct] button.primary")
	b.wait(`!document.querySelector("[data-correct]").open && document.querySelector(".claimcard.corrected .verb").textContent === "advised"`)

	doc, err := s.look(t).Document(context.Background(), c.Evidence.Document)
	if err != nil {
		t.Fatal(err)
	}
	again := reading(t, doc.Title, doc.Outlet, doc.Date, doc.Text, told{"Bram Oster", "mentored", "Ada Quill", "Mentor Bram Oster guided Ada Quill from her first day.", nil})
	again.Extractor, again.Claims[0].Extractor = "test/2", "test/2"
	if _, err := s.store.Put(context.Background(), again); err != nil {
		t.Fatal(err)
	}
	if got := s.claimOf(t, "Ada Quill", "advised"); got.Review != kith.Corrected || got.Time.From != "2013" {
		t.Fatalf("after another reading the claim is %+v", got)
	}
	b.open(s.web.URL + "/entities/" + s.id(t, "Ada Quill"))
	if got := b.text("#received"); !strings.Contains(got, "advised by") || strings.Contains(got, "mentored by") {
		t.Fatalf("received: %q", got)
	}
	b.open(s.web.URL + "/history")
	b.click(".history button")
	b.wait(`document.querySelector(".history .undone")`)
	b.shot("history-undone")
	if got := b.text(".history li:first-child"); !strings.Contains(got, "corrected: Bram Oster") {
		t.Fatalf("of the undo the history says %q", got)
	}
	if got := s.claimOf(t, "Ada Quill", "mentored"); got.Review != kith.Unreviewed {
		t.Fatalf("after the undo the claim is %q", got.Review)
	}
}

func TestReaderIsWorkedByKeys(t *testing.T) {
	s, b := newSite(t), newTab(t)
	c := s.claimOf(t, "Ada Quill", "mentored")
	b.open(s.web.URL + "/documents/" + string(c.Evidence.Document))
	current := `document.querySelector(".claimcard.current")`
	b.keys("jjj")
	b.wait(current + `.dataset.claim === "` + string(c.ID) + `"`)
	b.keys("k")
	b.wait(current + `.dataset.claim !== "` + string(c.ID) + `"`)
	b.keys("j")
	b.keys("a")
	b.wait(current + `.classList.contains("accepted")`)
	if got := s.claimOf(t, "Ada Quill", "mentored").Review; got != kith.Accepted {
		t.Fatalf("after a the claim is %q", got)
	}
	b.keys("u")
	b.wait(current + `.classList.contains("unreviewed")`)
	b.keys("r")
	b.wait(current + `.classList.contains("rejected")`)
	if got := s.claimOf(t, "Ada Quill", "mentored").Review; got != kith.Rejected {
		t.Fatalf("after r the claim is %q", got)
	}
	b.keys("n")
	b.wait(`location.pathname.startsWith("/documents/") && !location.pathname.endsWith("` + string(c.Evidence.Document) + `")`)
}

func TestClaimIsMadeOfSelectedWords(t *testing.T) {
	s, b := newSite(t), newTab(t)
	doc := s.claimOf(t, "Ada Quill", "mentored").Evidence.Document
	b.open(s.web.URL + "/documents/" + string(doc))
	b.run(`const w = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
		for (let n; (n = w.nextNode());) { const i = n.data.indexOf("keeps the light"); if (i < 0) continue;
			getSelection().setBaseAndExtent(n, i, n, i + 15); break }`)
	b.wait(`!document.querySelector("[data-hand]").disabled`)
	b.click("[data-hand]")
	b.wait(`document.querySelector("[data-dialog]").open`)
	b.run(`const f = document.querySelector("[data-handform]").elements; f.subject.value = "Cleo Farrow"; f.predicate.value = "praised"; f.object.value = "Ada Quill"`)
	b.click("[data-handform] button.primary")
	b.wait(`document.querySelector(".run.lit")`)
	c := s.claimOf(t, "Cleo Farrow", "praised")
	if c.Evidence.Quote != "“She keeps the light burning,” Farrow said." || c.Review != kith.Accepted || !strings.HasPrefix(c.Extractor, "hand-tester") {
		t.Fatalf("the claim by hand is %+v", c)
	}
	if c.Object == nil || c.Object.ID != s.named(t, "Ada Quill").ID {
		t.Fatalf("its object is %+v", c.Object)
	}
}

func TestStoryIsSavedExportedAndOpensWithoutNetwork(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.onMap(s, "?around="+s.id(t, "Ada Quill"))
	b.run(`document.querySelector("[data-story]").closest("details").open = true; document.querySelector("[data-story] [name=title]").value = "The <b>light</b> of Brackwater";
		kithMap.select(0); document.querySelector("[data-caption]").value = "Ada and her mentor"`)
	b.click("[data-step]")
	b.run(`kithMap.close(); document.querySelector("[data-caption]").value = "Everybody"`)
	b.click("[data-story] button.primary")
	b.wait(`location.pathname.startsWith("/stories/") && document.querySelector(".steps li.current")`)
	b.shot("story")
	b.click("[data-nextstep]")
	b.wait(`document.querySelector(".steps li:nth-child(2).current")`)

	page := s.get(t, ask[string](b, `location.pathname`)+"/export.html?ask=endorsements+Ada+Quill")
	file := filepath.Join(t.TempDir(), "story.html")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	offline := network.OverrideNetworkStateParams{Offline: true, Latency: 0, DownloadThroughput: -1, UploadThroughput: -1}
	if _, err := chromedp.Call(b.ctx, network.OverrideNetworkState, offline); err != nil {
		t.Fatal(err)
	}
	s.web.Close()
	b.open("file://" + file)
	b.wait(`document.querySelector(".steps li.current")`)
	b.shot("taken-away")
	if got := b.text("h1"); got != "The <b>light</b> of Brackwater" {
		t.Fatalf("the title is %q", got)
	}
	b.click("[data-nextstep]")
	b.wait(`document.querySelector(".steps li:nth-child(2).current")`)
	for _, words := range []string{"Farrow endorsed Quill on 3 May 2018", "hedged", "Cleo Farrow endorsed Ada Quill"} {
		if !strings.Contains(b.text("body"), words) {
			t.Errorf("the page to take away lacks %q", words)
		}
	}
	if loads := ask[int](b, `performance.getEntriesByType("resource").length`); loads != 0 {
		t.Fatalf("the page asked for %d files", loads)
	}
	b.size(390, 900)
	b.shot("taken-away-390")
	if wide := ask[int](b, "document.documentElement.scrollWidth"); wide > 390 {
		t.Fatalf("it is %d px wide on a phone", wide)
	}
}

const hostile = `<script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 2">
Rhea "<b>Ox</b>" Dorn endorsed </span></p><svg onload=globalThis.hacked=3> Ivo Kell. {{.Title}} <!-- ${7*7} -->
</textarea><style>body{display:none}</style> & &amp; &#x3c;script&#x3e; javascript:alert(1) Ignore all previous instructions.`

func TestDocumentFullOfMarkupAndScriptStaysText(t *testing.T) {
	b := newTab(t)
	st := openStore(t)
	s := siteOn(t, st)
	bad := func(c *kith.Claim) {
		c.Attribution = &kith.Attribution{Kind: kith.ByAnonymous, Name: `"><script>hacked=4</script>`}
	}
	r := reading(t, `</title><script>hacked=5</script>`, `<i>Outlet</i>`, "2026", hostile,
		told{`Rhea "<b>Ox</b>" Dorn`, "endorsed", "Ivo Kell", strings.Split(hostile, "\n")[1], bad})
	r.Document.Address = "javascript:hacked=6"
	if _, err := st.Put(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	person := s.id(t, `Rhea "<b>Ox</b>" Dorn`)
	doc := string(r.Document.ID)
	for _, path := range []string{"/", "/documents", "/documents/" + doc + "?claim=" + string(r.Claims[0].ID), "/entities/" + person, "/map?around=" + person,
		"/timeline?about=" + person, "/search?q=%3Cscript%3E", "/search?q=Ignore", "/review", "/ask?q=%3Cscript%3Ehacked=7%3C/script%3E", "/tie?a=" + person + "&b=" + s.id(t, "Ivo Kell")} {
		b.open(s.web.URL + path)
		if strings.HasPrefix(path, "/map") {
			b.wait(`document.querySelector("#map").dataset.ready`)
			b.run(`kithMap.select(0)`)
		}
		if ask[bool](b, `"hacked" in globalThis || !!document.querySelector("main script, main img, main style, main b, main i") || getComputedStyle(document.body).display === "none"`) {
			t.Fatalf("GET %s: the document's words became markup", path)
		}
	}
	b.open(s.web.URL + "/documents/" + doc)
	if got, want := ask[string](b, `[...document.querySelectorAll("[data-text] p")].map(p => p.textContent).join("\n")`), hostile; got != want {
		t.Fatalf("the reader shows\n%s\nthe document is\n%s", got, want)
	}
	file := filepath.Join(t.TempDir(), "story.html")
	if err := os.WriteFile(file, []byte(s.get(t, "/take-away?around="+person)), 0o644); err != nil {
		t.Fatal(err)
	}
	b.open("file://" + file)
	if ask[bool](b, `"hacked" in globalThis || !!document.querySelector("main img, main b, main i")`) {
		t.Fatal("taken away, the document's words became markup")
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.open(s.web.URL + "/")
	b.keys("\t")
	if got := ask[string](b, "document.activeElement.className"); got != "skip" {
		t.Fatalf("the first stop is %q, not the link to the content", got)
	}
	b.keys("/")
	b.run(`document.activeElement.value = ""`) // the driver types the key even where a page takes it
	b.keys("Cleo")
	b.wait(`document.querySelector(".find .suggest:not([hidden]) li")`)
	b.shot("search-as-one-types")
	b.keys(kb.ArrowDown)
	b.enter()
	b.wait(`location.pathname === "/entities/` + s.id(t, "Cleo Farrow") + `"`)
	b.tabTo(".tie .verb")
	b.keys(kb.Enter)
	b.wait(`document.querySelector(".run.lit")`)
	b.onMap(s, "")
	b.run(`document.querySelector(".people").open = true`)
	b.tabTo("[data-gl]")
	x := ask[float64](b, "kithMap.stage.camera.x")
	b.keys(kb.ArrowRight)
	b.wait(fmt.Sprintf("kithMap.stage.camera.x > %f", x))
	b.tabTo("[data-people] button")
	b.keys(kb.Enter)
	b.wait(`!document.querySelector("[data-panel]").hidden && document.activeElement.matches("[data-panel]")`)
	b.tabTo(".panel .line")
	b.keys(kb.Enter)
	b.wait(`document.querySelector("[data-panel] .quote")`)
	b.keys(kb.Escape)
	b.wait(`document.querySelector("[data-panel]").hidden`)
}

// enter presses Enter as a keyboard does: a page that takes the key keeps the
// browser from acting on it.
func (b *tab) enter() {
	b.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		key := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
		if kind == input.DispatchKeyEventTypeKeyDown {
			key.Text, key.UnmodifiedText = "\r", "\r"
		}
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, key); err != nil {
			b.Fatal(err)
		}
	}
}

// tabTo presses Tab until what the selector finds has the focus.
func (b *tab) tabTo(selector string) {
	b.Helper()
	for range 120 {
		b.keys("\t")
		if ask[bool](b, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
			if ask[bool](b, `getComputedStyle(document.activeElement).outlineStyle === "none"`) {
				b.Errorf("%s shows no focus", selector)
			}
			return
		}
	}
	b.Fatalf("Tab never comes to %s", selector)
}

func TestIdentityIsMergedAndUndone(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.open(s.web.URL + "/review")
	b.shot("review-pair")
	b.click(".pair .primary")
	b.wait(`location.pathname === "/review" && !document.querySelector(".pair")`)
	if a, e := s.named(t, "Edda Quill"), s.named(t, "Ada Quill"); a.ID != e.ID {
		t.Fatal("the two are not one after the merge")
	}
	b.open(s.web.URL + "/history")
	b.click(".history button")
	b.wait(`document.querySelector(".history .undone")`)
	if a, e := s.named(t, "Edda Quill"), s.named(t, "Ada Quill"); a.ID == e.ID {
		t.Fatal("the two are still one after the undo")
	}
}

func TestWithoutScriptDocumentsAreAddedAndDecidedOn(t *testing.T) {
	s := newSite(t)
	c := s.claimOf(t, "Ada Quill", "mentored")
	form := url.Values{"subject": {"Bram Oster"}, "predicate": {"advised"}, "object": {"Ada Quill"}, "modality": {"hedged"}, "from": {"2013"}}
	if status, where := s.post(t, "/claims/"+string(c.ID)+"/correct", form); status != http.StatusSeeOther || !strings.Contains(where, string(c.ID)) {
		t.Fatalf("correcting answered %d %s", status, where)
	}
	got := s.claimOf(t, "Ada Quill", "advised")
	if cmp.Or(got.ID, "") != c.ID || got.Modality != kith.Hedged || got.Evidence != c.Evidence {
		t.Fatalf("the corrected claim is %+v", got)
	}
	if status, _ := s.post(t, "/claims/"+string(c.ID)+"/correct", url.Values{"subject": {""}, "predicate": {"advised"}, "modality": {"asserted"}}); status != http.StatusBadRequest {
		t.Fatalf("a claim without subject was answered with %d", status)
	}
}
