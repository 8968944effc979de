//go:build linux

package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/data"
)

// stageTime is how long one stage took for a word, in processor time.
type stageTime struct {
	name string
	each time.Duration
}

// stageTimes reads the documents over and over for about that long and adds
// up the processor time of each stage, of the sealing of claims last.
func stageTimes(tb testing.TB, r *Reader, docs []*kith.Document, long time.Duration) []stageTime {
	tb.Helper()
	times := make([]stageTime, 0, len(r.stages)+1)
	for _, name := range r.Stages() {
		times = append(times, stageTime{name: name})
	}
	times = append(times, stageTime{name: "seal"})
	words := 0
	for began := used(); used()-began < long; {
		for _, doc := range docs {
			words += timeStages(tb, r, doc, times)
		}
	}
	for i := range times {
		times[i].each /= time.Duration(words)
	}
	return times
}

// timeStages reads one document, adds to times and returns its words.
func timeStages(tb testing.TB, r *Reader, doc *kith.Document, times []stageTime) int {
	tb.Helper()
	a := &kith.Analysis{Document: doc}
	before := used()
	for i, s := range r.stages {
		if err := run(context.Background(), s, a); err != nil {
			tb.Fatal(err)
		}
		now := used()
		times[i].each += now - before
		before = now
	}
	r.finish(a)
	times[len(times)-1].each += used() - before
	return len(a.Tokens)
}

// demoDocuments are the bundled example documents.
func demoDocuments(tb testing.TB) []*kith.Document {
	tb.Helper()
	var docs []*kith.Document
	for _, text := range strings.Split(demoText(tb), "\n# ") {
		docs = append(docs, &kith.Document{ID: kith.NewDocumentID(text), Text: text})
	}
	return docs
}

// newsDocuments are the articles of the shared development set, none where it
// is absent.
func newsDocuments(tb testing.TB) []*kith.Document {
	tb.Helper()
	paths, _ := filepath.Glob("../../shared/gold/dev/*.txt")
	var docs []*kith.Document
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		docs = append(docs, &kith.Document{ID: kith.NewDocumentID(string(text)), Text: string(text)})
	}
	return docs
}

// BenchmarkStages reports the processor time that each stage takes for a
// word; run it with -cpu 1 -benchtime 1x.
func BenchmarkStages(b *testing.B) {
	r, err := Standard(data.FS)
	if err != nil {
		b.Fatal(err)
	}
	for name, docs := range map[string][]*kith.Document{"demo": demoDocuments(b), "news": newsDocuments(b)} {
		b.Run(name, func(b *testing.B) {
			if len(docs) == 0 {
				b.Skip("no ../shared/gold/dev here to read news from")
			}
			timeStages(b, r, docs[0], make([]stageTime, len(r.stages)+1)) // loads the models
			for b.Loop() {
				total := time.Duration(0)
				for _, t := range stageTimes(b, r, docs, 2*time.Second) {
					b.ReportMetric(float64(t.each), "ns-"+t.name)
					total += t.each
				}
				b.ReportMetric(float64(total), "ns-all")
			}
		})
	}
}

// stageTable renders stage times as lines of text.
func stageTable(times []stageTime) string {
	var b strings.Builder
	total := time.Duration(0)
	for _, t := range times {
		total += t.each
	}
	for _, t := range append(times, stageTime{"all", total}) {
		fmt.Fprintf(&b, "%-12s %8d %12.0f\n", t.name, t.each.Nanoseconds(), float64(time.Second)/float64(max(t.each, 1)))
	}
	return b.String()
}
