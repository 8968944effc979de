package serve

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// everyPage lists an address of each page of the test site.
func everyPage(t testing.TB, s *site) map[string]string {
	ada, pike := s.id(t, "Ada Quill"), s.id(t, "Dunstan Pike")
	c := s.claimOf(t, "Ada Quill", "candidate_for")
	return map[string]string{
		"start": "/", "person": "/entities/" + ada, "entities": "/entities", "documents": "/documents", "map": "/map", "ego": "/map?around=" + ada,
		"timeline": "/timeline?about=" + ada, "compare": "/compare?a=" + ada + "&b=" + pike, "ask": "/ask?q=who+Ada+Quill", "review": "/review",
		"history": "/history", "stories": "/stories", "help": "/help", "search": "/search?q=Quill",
		"reader":  "/documents/" + string(c.Evidence.Document) + "?claim=" + string(c.ID),
		"correct": "/claims/" + string(c.ID) + "/correct", "tie": "/tie?a=" + ada + "&b=" + pike,
	}
}

var widths = []int64{1440, 768, 390}

func TestEveryPageIsAccessibleAtEachWidthAndKeptAsAPicture(t *testing.T) {
	s := newSite(t)
	b := newTab(t)
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range everyPage(t, s) {
		for _, width := range widths {
			b.size(width, 900)
			b.open(s.web.URL + path)
			if name == "map" || name == "ego" {
				b.wait("document.querySelector('#map').dataset.ready")
			}
			if wide := ask[int](b, "document.documentElement.scrollWidth"); wide > int(width) {
				t.Errorf("%s is %d px wide on a screen of %d", name, wide, width)
			}
			b.shot(fmt.Sprintf("%s-%d", name, width))
			if width != 768 {
				checkAccess(b, string(axe), fmt.Sprintf("%s at %d", name, width))
			}
		}
	}
	dark := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, dark); err != nil {
		t.Fatal(err)
	}
	b.size(1440, 900)
	for _, name := range []string{"start", "person", "reader", "ego"} {
		b.open(s.web.URL + everyPage(t, s)[name])
		if name == "ego" {
			b.wait("document.querySelector('#map').dataset.ready")
		}
		b.shot(name + "-dark")
		checkAccess(b, string(axe), name+" in the dark")
	}
}

// checkAccess lets axe-core look at the page. Serious and critical faults fail
// the test.
func checkAccess(b *tab, axe, name string) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](axe+";true")); err != nil {
		b.Fatal(err)
	}
	faults := ask[[]string](b, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations
		.filter(v => v.impact === "serious" || v.impact === "critical")
		.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + n.any.concat(n.all, n.none).map(c => c.message).join("; ").slice(0, 200)).join(" | ")))`)
	for _, f := range faults {
		b.Errorf("%s: %s", name, f)
	}
}
