//go:build unix

package resolve_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kith"
	"kith/data"
	"kith/resolve"
	"kith/store"
)

// article is a made-up document with 24 people, of whom four are in every
// other document too, and 24 claims.
func article(n int) *kith.Reading {
	rnd := rand.New(rand.NewPCG(1, uint64(n)))
	hubs := []string{"Ottoline Marchetti", "Renzo Okonjo", "Ida Vale", "Tobias Quill"}
	var names []string
	for range 4 {
		names = append(names, hubs[rnd.IntN(len(hubs))])
	}
	for range 20 {
		names = append(names, fmt.Sprintf("%s%s %s%s", pick(rnd, given), pick(rnd, endings), pick(rnd, family), pick(rnd, endings)))
	}
	r := &kith.Reading{Extractor: "test/1"}
	var text strings.Builder
	type said struct {
		a, b       string
		start, end int
	}
	var all []said
	for i := 0; i+1 < len(names); i++ {
		start := text.Len()
		fmt.Fprintf(&text, "%s endorsed %s in the matter of item %d of the agenda.", names[i], names[i+1], rnd.IntN(1e9))
		all = append(all, said{names[i], names[i+1], start, text.Len()})
		text.WriteByte('\n')
	}
	r.Document = kith.Document{ID: kith.NewDocumentID(text.String()), Text: text.String(), Date: "2026-01-01"}
	for _, s := range all {
		if s.a == s.b {
			continue
		}
		r.Claims = append(r.Claims, kith.Claim{Subject: kith.EntityRef{Name: s.a, Type: kith.Person}, Predicate: "endorsed",
			Object: &kith.EntityRef{Name: s.b, Type: kith.Person}, Modality: kith.Asserted,
			Evidence: kith.Evidence{Document: r.Document.ID, Start: s.start, End: s.end, Quote: text.String()[s.start:s.end]}})
	}
	return r
}

var (
	given   = strings.Fields("Ar Bel Cor Dan El Fen Gar Hal Iv Jor Kel Lor Mar Nor Ol Per Quen Ros Sar Tor")
	family  = strings.Fields("Abel Brook Carr Dunn Ells Frost Grove Hart Ing Jarv Kerr Lund Moor Nash Orm Pike Quar Rook Stan Thorn Ulm Vane Wick Yarr")
	endings = strings.Fields("a e in on us ian ard ette by ton ley man wick")
)

func pick(r *rand.Rand, words []string) string { return words[r.IntN(len(words))] }

// used is the processor time of this process, user and system: the machine may
// be shared.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// addCost adds documents from to to and returns the median processor time of
// one.
func addCost(tb testing.TB, s *store.Store, r *resolve.Resolver, from, to int) time.Duration {
	times := make([]time.Duration, 0, to-from)
	ctx := context.Background()
	for n := from; n < to; n++ {
		doc := article(n)
		start := used()
		if _, err := s.PutAll(ctx, []*kith.Reading{doc}, r.Match); err != nil {
			tb.Fatal(err)
		}
		times = append(times, used()-start)
	}
	return median(times)
}

// fill adds documents from to to, many at once.
func fill(tb testing.TB, s *store.Store, r *resolve.Resolver, from, to int) {
	for ; from < to; from += 16 {
		var batch []*kith.Reading
		for n := from; n < min(from+16, to); n++ {
			batch = append(batch, article(n))
		}
		if _, err := s.PutAll(context.Background(), batch, r.Match); err != nil {
			tb.Fatal(err)
		}
	}
}

func median(times []time.Duration) time.Duration {
	for i := range times {
		for j := i; j > 0 && times[j] < times[j-1]; j-- {
			times[j], times[j-1] = times[j-1], times[j]
		}
	}
	return times[len(times)/2]
}

// last is the document around which the second cost is measured; KITH_LAST
// sets another than the 1,001st.
var last = func() int {
	if n, err := strconv.Atoi(os.Getenv("KITH_LAST")); err == nil {
		return n
	}
	return 1000
}()

// BenchmarkAdding reports the median cost of the documents around the 101st
// and around the last.
func BenchmarkAdding(b *testing.B) {
	model, err := resolve.Load(data.FS)
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		s, err := store.Open(filepath.Join(b.TempDir(), "big.kith"), store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		r := &resolve.Resolver{Model: model}
		fill(b, s, r, 0, 50)
		early := addCost(b, s, r, 50, 150)
		fill(b, s, r, 150, last-50)
		late := addCost(b, s, r, last-50, last+50)
		b.ReportMetric(float64(early.Microseconds()), "µs/101st")
		b.ReportMetric(float64(late.Microseconds()), "µs/last")
		b.ReportMetric(float64(late)/float64(early), "ratio")
		s.Close()
	}
}
