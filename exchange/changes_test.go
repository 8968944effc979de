package exchange

import (
	"slices"
	"testing"

	"kith"
	"kith/graph"
)

func TestChangesTellNewHardenedContradictedAndSupported(t *testing.T) {
	claim := func(id, subject, predicate, object string, modality kith.Modality, negated bool) kith.Claim {
		return kith.Claim{ID: kith.ClaimID(id), Subject: kith.EntityRef{ID: kith.EntityID(subject), Name: subject, Type: kith.Person}, Predicate: kith.Predicate(predicate),
			Object: &kith.EntityRef{ID: kith.EntityID(object), Name: object, Type: kith.Person}, Modality: modality, Negated: negated,
			Confidence: 0.9, Evidence: kith.Evidence{Document: kith.DocumentID("d" + id), Quote: id}}
	}
	s := &Selection{claim: map[kith.ClaimID]*kith.Claim{}, Claims: []kith.Claim{
		claim("old rumour", "Ida", "endorsed", "Tom", kith.Hedged, false), claim("it happened", "Ida", "endorsed", "Tom", kith.Asserted, false),
		claim("old meeting", "Cy", "met_with", "Tom", kith.Asserted, false), claim("denial", "Cy", "met_with", "Tom", kith.Asserted, true),
		claim("fresh", "Cy", "advised", "Ida", kith.Asserted, false),
		claim("old tie", "Di", "mentored", "Ida", kith.Asserted, false), claim("again", "Di", "mentored", "Ida", kith.Asserted, false),
		claim("untouched", "Di", "mentored", "Tom", kith.Asserted, false),
	}}
	for i := range s.Claims {
		s.claim[s.Claims[i].ID] = &s.Claims[i]
	}
	s.Ties = graph.Fold(s.Claims, nil)
	known := map[kith.ClaimID]bool{"old rumour": true, "old meeting": true, "old tie": true, "untouched": true}
	var got []string
	for _, c := range s.Changes(known) {
		got = append(got, c.Kind+" "+string(c.Tie.Predicate)+" "+string(c.From)+" "+c.Quote[0].Quote)
	}
	slices.Sort(got)
	want := []string{"contradicted met_with  denial", "hardened endorsed hedged it happened", "new advised  fresh", "supported mentored  again"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
