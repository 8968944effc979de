package serve

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// counting counts what somebody does in a tab, by the rule of docs/ux.md.
type counting struct {
	*tab
	steps int
}

func (c *counting) press(key string)  { c.steps++; c.keys(key) }
func (c *counting) clicks(sel string) { c.steps++; c.click(sel) }
func (c *counting) drops(name, text string) {
	c.steps++
	c.run(fmt.Sprintf(`const d = new DataTransfer(); d.items.add(new File([%q], %q, {type: "text/plain"}));
		const at = document.querySelector("h1");
		at.dispatchEvent(new DragEvent("dragover", {dataTransfer: d, bubbles: true, cancelable: true}));
		at.dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true}))`, text, name))
}

// types types into a field, which is clicked only to bring the focus there,
// and sends it with Enter.
func (c *counting) types(sel, text string) {
	c.steps++
	c.click(sel)
	c.keys(text)
	c.keys(kb.Enter)
}

// moves moves the handle of a slider.
func (c *counting) moves(sel, value string) {
	c.steps++
	c.run(fmt.Sprintf(`const e = document.querySelector(%q); e.focus(); e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true}))`, sel, value))
}

// listed counts the steps that docs/ux.md lists for kith, by task.
func listed(t *testing.T) map[string]int {
	t.Helper()
	page, err := os.ReadFile("../docs/ux.md")
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, task := range strings.Split(string(page), "\n### ")[1:] {
		number, rest, _ := strings.Cut(task, ". ")
		_, ours, _ := strings.Cut(rest, "**kith**")
		ours, _, _ = strings.Cut(ours, "\n\n")
		counts[number] = len(regexp.MustCompile(`(?m)^\d+\. `).FindAllString(ours, -1))
	}
	return counts
}

func TestSevenTasksTakeTheStepsThatAreListed(t *testing.T) {
	s := newSite(t)
	b := newTab(t)
	want := listed(t)
	ada := s.id(t, "Ada Quill")
	person := s.web.URL + "/entities/" + ada
	mentored := s.claimOf(t, "Ada Quill", "mentored")
	for _, task := range []struct {
		number, from string
		do           func(*counting)
	}{
		{"1", s.web.URL + "/", func(c *counting) {
			c.drops("note.txt", "Cleo Farrow met Bram Oster.")
			c.wait(`document.querySelector(".item.done")`)
		}},
		{"2", person, func(c *counting) {
			c.clicks(".tie .verb")
			c.wait(`document.querySelector(".run.lit")`)
		}},
		{"3", s.web.URL + "/ask", func(c *counting) {
			c.types("#q", `path Edda Quill, Bram Oster`)
			c.wait(`document.querySelectorAll(".answer .lines li").length > 1 && document.querySelector(".notes a")`)
		}},
		{"4", s.web.URL + "/map", func(c *counting) {
			c.wait(`document.querySelector("#map").dataset.ready`)
			c.moves("[data-to]", "2018")
			c.moves("[data-from]", "2018")
			c.wait(`document.querySelector("[data-year]").textContent === "2018"`)
		}},
		{"5", person, func(c *counting) {
			c.clicks(`.tools a[href^="/compare"]`)
			c.wait(`document.readyState === "complete" && document.querySelector("main input[name=b]")`)
			c.types("main input[name=b]", "Dunstan Pike")
			c.wait(`document.querySelector("table.compare .quote")`)
		}},
		{"6", s.web.URL + claimHref(mentored.Evidence.Document, mentored.ID), func(c *counting) {
			c.press("e")
			c.wait(`document.querySelector("[data-correct]").open`)
			c.wait(`document.activeElement.name === "predicate"`)
			c.steps++ // a field typed with the Enter that sends it
			c.keys("advised")
			c.enter()
			c.wait(`document.querySelector(".claimcard.corrected .verb")?.textContent === "advised"`)
			c.press("u")
			c.wait(`document.querySelector(".claimcard.current.unreviewed .verb")?.textContent === "mentored"`)
		}},
		{"7", s.web.URL + "/map?around=" + ada, func(c *counting) {
			c.wait(`document.querySelector("#map").dataset.ready`)
			c.steps++ // the click itself would download: what it asks for is asked for
			if page := s.get(t, ask[string](c.tab, `document.querySelector("[data-take]").getAttribute("href")`)); !strings.Contains(page, "She had studied at Saltmarsh University.") {
				t.Error("the page to take away lacks a quote")
			}
		}},
	} {
		c := &counting{tab: b}
		b.open(task.from)
		task.do(c)
		if c.steps != want[task.number] {
			t.Errorf("task %s took %d steps, docs/ux.md lists %d", task.number, c.steps, want[task.number])
		}
	}
}
