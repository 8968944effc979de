package serve

import (
	"fmt"
	"testing"
)

// TestMapOnAPhoneHasItsFiltersAboveIt looks that they are in the first
// screenful, open by keyboard, and leave the map in sight.
func TestMapOnAPhoneHasItsFiltersAboveIt(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.size(390, 844)
	b.onMap(s, "?around="+s.id(t, "Ada Quill"))
	top := func(selector string) float64 {
		return ask[float64](b, fmt.Sprintf(`document.querySelector(%q).getBoundingClientRect().top`, selector))
	}
	if filters, stage := top("[data-sieve] > summary"), top(".stage"); filters > stage || stage > 500 {
		t.Fatalf("the filters stand at %.0f px, the map at %.0f px", filters, stage)
	}
	b.run(`document.querySelector("[data-sieve] > summary").focus()`)
	b.enter()
	b.wait(`document.querySelector("[data-play]").getBoundingClientRect().height > 0`)
	b.shot("map-filters-390")
	if stage := top(".stage"); stage > 844 {
		t.Fatalf("with the filters open the map begins at %.0f px", stage)
	}
	b.click("[data-play]")
	b.wait(`kithMap.playing`)
	b.run(`kithMap.stop(); kithMap.select(0)`)
	b.wait(`document.querySelector("[data-panel]").getBoundingClientRect().top < 700`) // what is chosen comes into sight
	b.shot("map-chosen-390")
	b.size(1440, 900)
	b.wait(`document.querySelector("[data-sieve]").open && getComputedStyle(document.querySelector("[data-sieve] > summary")).display === "none"`)
}
