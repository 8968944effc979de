package serve

import (
	"context"
	"strings"
	"testing"

	"kith"
)

func TestDecisionInTheQueueIsTakenBackFromItsMessage(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.open(s.web.URL + "/review")
	id := ask[string](b, `document.querySelector(".queue .claimcard").dataset.claim`)
	card := `document.querySelector('.queue [data-claim="` + id + `"]')`
	review := func() kith.Review {
		c, err := s.look(t).Claim(context.Background(), kith.ClaimID(id))
		if err != nil {
			t.Fatal(err)
		}
		return c.Review
	}
	b.click(".queue .claimcard [data-act=reject] button")
	b.wait(`!` + card)
	if got := review(); got != kith.Rejected {
		t.Fatalf("the claim is %q", got)
	}
	b.click("#toast button")
	b.wait(card)
	if got := review(); got != kith.Unreviewed {
		t.Fatalf("after the undo the claim is %q", got)
	}
}

func TestIdentityIsKeptApart(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.open(s.web.URL + "/review")
	b.click(`.pair form[action="/review/apart"] button`)
	b.wait(`location.pathname === "/review" && document.readyState === "complete" && !document.querySelector(".pair")`)
	if a, e := s.named(t, "Edda Quill"), s.named(t, "Ada Quill"); a.ID == e.ID {
		t.Fatal("the two are one")
	}
	b.open(s.web.URL + "/history")
	b.click(".history button")
	b.wait(`document.querySelector(".history .undone")`)
	b.open(s.web.URL + "/review")
	b.wait(`document.querySelector(".pair")`)
}

func TestMemberIsSplitOffOnAPersonsPageAndThatIsUndone(t *testing.T) {
	s, b := newSite(t), newTab(t)
	oster := s.named(t, "Bram Oster")
	if len(oster.Members) != 2 {
		t.Fatalf("Bram Oster has %d members", len(oster.Members))
	}
	b.open(s.web.URL + "/entities/" + string(oster.ID))
	b.click(".fix summary")
	b.run(`[...document.querySelectorAll('form[action="/review/split"] input[type=checkbox]')].at(-1).click()`)
	b.click(`form[action="/review/split"] button`)
	b.wait(`document.readyState === "complete" && !document.querySelector(".fix")?.open`)
	if got := len(s.looked(t, oster.ID).Members); got != 1 {
		t.Fatalf("after the split it has %d members", got)
	}
	b.open(s.web.URL + "/history")
	b.click(".history button")
	b.wait(`document.querySelector(".history .undone")`)
	if got := len(s.looked(t, oster.ID).Members); got != 2 {
		t.Fatalf("after the undo it has %d members", got)
	}
}

// looked is the entity of an id.
func (s *site) looked(t testing.TB, id kith.EntityID) *kith.Entity {
	t.Helper()
	e, err := s.look(t).Entity(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestGroupsColourTheMapAndStandInItsAddress(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.onMap(s, "")
	if ask[int](b, `new Set(kithMap.stage.graph.group).size`) < 2 {
		t.Fatal("everybody is in one group")
	}
	b.click("[data-groups]")
	b.wait(`location.search.includes("groups=1") && kithMap.stage.grouped`)
	b.shot("map-groups")
	b.open(ask[string](b, "location.href"))
	b.wait(`document.querySelector("#map").dataset.ready && document.querySelector("[data-groups]").checked`)
}

func TestManyTiesBetweenTwoAreOneNumberedBundle(t *testing.T) {
	st := openStore(t)
	words := "Ada Quill met Bo Farrow."
	var said []told
	for _, p := range []kith.Predicate{"advised", "endorsed", "praised", "mentored", "supported", "introduced", "consulted", "criticized"} {
		said = append(said, told{"Ada Quill", string(p), "Bo Farrow", words, nil})
	}
	said[7].change = func(c *kith.Claim) { c.Modality = kith.Hedged }
	if _, err := st.Put(context.Background(), reading(t, "Ties", "", "", words, said...)); err != nil {
		t.Fatal(err)
	}
	s, b := siteOn(t, st), newTab(t)
	b.onMap(s, "")
	if got := ask[[]int](b, `[...kithMap.stage.graph.bundles[0].slice(1), kithMap.stage.graph.drawn.reduce((a, b) => a + b)]`); got[0] != 8 || got[1] != 2 {
		t.Fatalf("the bundle of 8 ties, one of them hedged, is %d ties in %d lines", got[0], got[1])
	}
	b.run(`kithMap.openTie(kithMap.stage.graph.bundles[0][0], false)`)
	b.wait(`document.querySelectorAll("[data-panel] .tie").length === 8`)
	b.run(`for (const d of document.querySelectorAll(".sieve details")) d.open = true`)
	b.click(`[data-none]`)
	b.wait(`kithMap.stage.graph.bundles.length === 0`)
}

func TestPhoneSaysWhoseCareerACellIs(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.size(390, 844)
	b.open(s.web.URL + "/compare?a=" + s.id(t, "Ada Quill") + "&b=" + s.id(t, "Dunstan Pike"))
	cells := ask[[]string](b, `[...document.querySelectorAll(".compare td")].map(c => c.innerText)`)
	for i, cell := range cells[1:] {
		if want := []string{"Ada Quill", "Dunstan Pike"}[i%2]; !strings.HasPrefix(cell, want) {
			t.Errorf("cell %d begins with %.30q, not with %s", i, cell, want)
		}
	}
	b.shot("compare-cells-390")
}
