//go:build linux

package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/data"
	"kith/resolve"
	"kith/store"
)

// articles makes texts of about 750 words from sentences of the example
// documents. Each has people of its own beside some that others name, too.
func articles(tb testing.TB, count int) []Input {
	sentences := strings.SplitAfter(strings.ReplaceAll(demoText(tb), "\n\n", " \n"), ". ")
	out := make([]Input, count)
	for n := range out {
		rnd := rand.New(rand.NewPCG(11, uint64(n)))
		var b strings.Builder
		for words := 0; words < 750; {
			s := sentences[rnd.IntN(len(sentences))]
			b.WriteString(s)
			words += len(strings.Fields(s))
			if rnd.IntN(4) == 0 {
				fmt.Fprintf(&b, "%s %s met %s %s on the %dth. ", pick(rnd, "Ada Bel Cora Dov Edna Finn"), surname(rnd), pick(rnd, "Gus Hal Ida Jo Kit Lou"), surname(rnd), 4+rnd.IntN(16))
				words += 8
			}
		}
		text := b.String()
		out[n] = Input{Name: fmt.Sprint(n), Document: &kith.Document{ID: kith.NewDocumentID(text), Text: text, Date: "2026-01-01"}}
	}
	return out
}

func pick(rnd *rand.Rand, words string) string {
	list := strings.Fields(words)
	return list[rnd.IntN(len(list))]
}

func surname(rnd *rand.Rand) string {
	return pick(rnd, "Ash Birch Cedar Elm Fir Haw Larch Map Oak Pine Row Wil") + pick(rnd, "by den field ford ham ley man more ridge stead ton well")
}

// oneByOne adds inputs each by a run of its own and returns the median
// processor time of one.
func oneByOne(t *testing.T, s *store.Store, reader *Reader, resolver Resolver, inputs []Input) time.Duration {
	t.Helper()
	var times []time.Duration
	for i := range inputs {
		before := used()
		err := Ingest(context.Background(), s, reader, resolver, slices.Values(inputs[i:i+1]), func(r Report) {
			if r.Err != nil {
				t.Error(r.Err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		times = append(times, used()-before)
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// TestSpeedOfAdding measures articles a second, read, resolved and stored, what
// of it is storing, and what one article more costs a store of a hundred and
// the one that -into names. Seconds are of processor time.
func TestSpeedOfAdding(t *testing.T) {
	if *addingFile == "" {
		t.Skip("measures only where -adding names a file to write")
	}
	const count = 240
	inputs := articles(t, count+120)
	more, inputs := inputs[count:], inputs[:count]
	reader, err := Standard(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	model, err := resolve.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	resolver := &resolve.Resolver{Model: model}
	open := func(path string) *store.Store {
		s, err := store.Open(path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	small := open(filepath.Join(t.TempDir(), "small.kith"))
	early := 0.0
	var words, claims int
	add := func(s *store.Store, inputs []Input) {
		err := Ingest(context.Background(), s, reader, resolver, slices.Values(inputs), func(r Report) {
			if r.Err != nil {
				t.Error(r.Err)
			}
			words, claims = words+r.Words, claims+r.Claims
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	add(small, inputs[:100])
	early = ms(oneByOne(t, small, reader, resolver, more[:60]))
	words, claims = 0, 0
	whole := open(filepath.Join(t.TempDir(), "whole.kith"))
	began, before := time.Now(), used()
	add(whole, inputs)
	wall, all := time.Since(began), ms(used()-before)/count
	storing := storingAlone(t, open(filepath.Join(t.TempDir(), "stored.kith")), reader, resolver, inputs)
	out := fmt.Sprintf(`# go test ./pipeline -run SpeedOfAdding -count 1 -adding ../scores/adding.txt [-into STORE]

%d made-up articles of %d words with %d claims each, read, resolved and stored as "kith add" does.
Milliseconds are of processor time, since the machine may be shared; one core at a time stores.

articles a second on the clock, %d cores          %8.1f   (floor 40, goal 150)
articles a second of processor time of two       %8.1f
articles a second that the one core stores       %8.1f
ms an article, all                               %8.2f
ms an article, resolving and storing             %8.2f
`, count, words/count, claims/count, runtime.GOMAXPROCS(0), count/wall.Seconds(), 2*1000/all, 1000/storing, all, storing)
	if *addingInto != "" {
		out += intoLarge(t, open(*addingInto), reader, resolver, more[60:], early)
	}
	if err := os.WriteFile(*addingFile, []byte(out), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + out)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// storingAlone is what resolving and storing takes of one article, in ms.
func storingAlone(t *testing.T, s *store.Store, reader *Reader, resolver Resolver, inputs []Input) float64 {
	t.Helper()
	var readings []*kith.Reading
	for _, in := range inputs {
		r, err := ReadingOf(context.Background(), reader, in)
		if err != nil {
			t.Fatal(err)
		}
		readings = append(readings, r)
	}
	before := used()
	for chunk := range slices.Chunk(readings, mostAtOnce/2) {
		if _, err := s.PutAll(context.Background(), chunk, resolver.Match); err != nil {
			t.Fatal(err)
		}
	}
	return ms(used()-before) / float64(len(inputs))
}

// intoLarge adds articles one by one to a store that holds many documents.
func intoLarge(t *testing.T, s *store.Store, reader *Reader, resolver Resolver, inputs []Input, early float64) string {
	t.Helper()
	v, err := s.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	counts, err := v.Counts(context.Background())
	v.Close()
	if err != nil {
		t.Fatal(err)
	}
	oneByOne(t, s, reader, resolver, inputs[:10]) // its pages are read
	late := ms(oneByOne(t, s, reader, resolver, inputs[10:]))
	return fmt.Sprintf(`
One article more, read, resolved and stored alone, in ms of processor time:
in a store of 100 articles                       %8.2f
in a store of %6d documents                   %8.2f
ratio                                            %8.2f   (at most 2)
`, early, counts.Documents, late, late/early)
}
