package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"kith"
	"kith/data"
)

// stories returns the paragraphs of each bundled example document, without
// heading and byline. One of them is a wire copy already and is left out.
func stories(t *testing.T) [][]string {
	t.Helper()
	names, err := fs.Glob(data.FS, "demo/*.md")
	if err != nil || len(names) < 12 {
		t.Fatalf("find the example documents: %d, %v", len(names), err)
	}
	var out [][]string
	for _, name := range names {
		if strings.Contains(name, "wire") {
			continue
		}
		text, err := fs.ReadFile(data.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.Split(strings.TrimSpace(string(text)), "\n\n")[2:])
	}
	return out
}

var (
	headlines = []string{"What we know this morning", "News in brief", "From our correspondents", "The day in politics", "Around the country"}
	openings  = []string{
		"Readers in the river towns will remember the last time that the matter came up here.",
		"The council of Lower Fenwick was not asked for its view.",
		"Local branches of both parties said that they had heard of it on the radio.",
	}
	outlets  = []string{"Lower Fenwick Gazette", "River Towns Weekly", "Coast Radio News"}
	rewrites = strings.NewReplacer(" said", " told reporters", " announced", " made known", "“", "\"", "”", "\"", " on Monday", " Monday", " will ", " would ")
)

// republish edits a story as outlets do: another headline and outlet, a local
// opening, paragraphs cut from the end, another word for "said".
func republish(r *rand.Rand, story []string) string {
	kept := append([]string{}, story[:len(story)-r.IntN(len(story)/3+1)]...)
	for i := range kept {
		if r.IntN(3) == 0 {
			kept[i] = rewrites.Replace(kept[i])
		}
	}
	if r.IntN(2) == 0 {
		kept = append([]string{openings[r.IntN(len(openings))]}, kept...)
	}
	head := fmt.Sprintf("# %s\n\n%s, %d March 2026", headlines[r.IntN(len(headlines))], outlets[r.IntN(len(outlets))], 1+r.IntN(28))
	return head + "\n\n" + strings.Join(kept, "\n\n")
}

// followUp is another story of the same people that repeats one paragraph of
// background from an earlier one. It is no copy.
func followUp(r *rand.Rand, n int, story []string) string {
	fresh := []string{"The committee met again and put the question off until the autumn.", "Nobody spoke against the motion, and few spoke for it.",
		"A vote is expected when the harbor is free of ice.", "Shopkeepers along the quay complained about the noise of the rally.",
		"The clerk counted the ballots twice and found the same sum."}
	r.Shuffle(len(fresh), func(i, j int) { fresh[i], fresh[j] = fresh[j], fresh[i] })
	return fmt.Sprintf("# Later news, number %d\n\n", n) + strings.Join(append(fresh[:4:4], story[r.IntN(len(story))]), "\n\n")
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
	for n, text := range stories(t) {
		versions := []string{fmt.Sprintf("# Story %d\n\n", n) + strings.Join(text, "\n\n")}
		for range 6 {
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
	for n, text := range stories(t) {
		if added := put(followUp(r, n, text)); added.CopyOf != "" {
			found++ // wrongly
		}
	}
	precision, recall := float64(right)/float64(max(found, 1)), float64(right)/float64(copies)
	t.Logf("%d copies: precision %.3f, recall %.3f", copies, precision, recall)
	if precision < 0.98 || recall < 0.9 {
		t.Errorf("precision %.3f, recall %.3f; want 0.98 and 0.9", precision, recall)
	}
}
