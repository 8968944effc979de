package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kith"
)

// story makes up a wire story of several paragraphs.
func story(r *rand.Rand) []string {
	who := strings.Fields("Marsh Lind Holt Moor Fay Gill Poe Vane Quill Okonjo Brandt Feld")
	did := []string{"told the council that", "said in a statement that", "denied on Monday that", "had long argued that", "promised her voters that", "conceded to reporters that"}
	what := strings.Fields("the harbour levy bridge school tax ferry clinic vote dam road market budget report inquiry was delayed by rain and debt before spring elections could settle old quarrels over land water rents fishing quotas")
	var out []string
	for range 6 + r.IntN(5) {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			fmt.Fprintf(&b, "%s %s", who[r.IntN(len(who))], did[r.IntN(len(did))])
			for range 9 + r.IntN(9) {
				b.WriteString(" " + what[r.IntN(len(what))])
			}
			b.WriteString(". ")
		}
		out = append(out, strings.TrimSpace(b.String()))
	}
	return out
}

// republish edits a story as outlets do: another headline, a local opening,
// paragraphs cut, a quotation changed.
func republish(r *rand.Rand, story []string) string {
	kept := append([]string{}, story...)
	for range r.IntN(len(kept)/2 + 1) {
		i := r.IntN(len(kept))
		kept = append(kept[:i:i], kept[i+1:]...)
	}
	i := r.IntN(len(kept))
	words := strings.Fields(kept[i])
	for range 3 {
		words[r.IntN(len(words))] = "reportedly"
	}
	kept[i] = strings.Join(words, " ")
	opening := fmt.Sprintf("River towns, edition %d\n\nReaders here will remember what happened in the valley %d years ago.", r.IntN(1e6), r.IntN(90))
	return opening + "\n\n" + strings.Join(kept, "\n\n")
}

func TestRewrittenWireCopyCountsAsOneSource(t *testing.T) {
	s := open(t)
	r := rand.New(rand.NewPCG(7, 7))
	put := func(text string) kith.Added {
		added, err := s.Put(context.Background(), &kith.Reading{Document: kith.Document{ID: kith.NewDocumentID(text), Text: text}, Extractor: "test/1"})
		if err != nil {
			t.Fatal(err)
		}
		return added
	}
	origin := map[kith.DocumentID]int{}
	found, right, copies := 0, 0, 0
	for n := range 60 {
		text := story(r)
		versions := []string{strings.Join(text, "\n\n")}
		for range r.IntN(4) {
			versions = append(versions, republish(r, text))
		}
		for i, v := range versions {
			added := put(v)
			origin[kith.NewDocumentID(v)] = n
			if i > 0 {
				copies++
			}
			if added.CopyOf != "" {
				found++
				if origin[added.CopyOf] == n && i > 0 {
					right++
				}
			}
		}
	}
	precision, recall := float64(right)/float64(max(found, 1)), float64(right)/float64(copies)
	t.Logf("%d copies: precision %.3f, recall %.3f", copies, precision, recall)
	if precision < 0.98 || recall < 0.9 {
		t.Errorf("precision %.3f, recall %.3f; want 0.98 and 0.9", precision, recall)
	}
}
