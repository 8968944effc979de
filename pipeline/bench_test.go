package pipeline

import (
	"context"
	"io/fs"
	"strings"
	"testing"

	"kith"
	"kith/data"
)

// demoText is the bundled example documents in one.
func demoText(tb testing.TB) string {
	tb.Helper()
	names, err := fs.Glob(data.FS, "demo/*.md")
	if err != nil || len(names) == 0 {
		tb.Fatalf("find the example documents: %v", err)
	}
	var b strings.Builder
	for _, name := range names {
		text, err := fs.ReadFile(data.FS, name)
		if err != nil {
			tb.Fatal(err)
		}
		b.Write(text)
		b.WriteString("\n\n")
	}
	return b.String()
}

// BenchmarkRead reads the example documents from text to claims, one after the
// other; run it with -cpu 1 for words a second on one core.
func BenchmarkRead(b *testing.B) {
	r, err := Standard(data.FS)
	if err != nil {
		b.Skip(err)
	}
	var docs []*kith.Document
	for _, text := range strings.Split(demoText(b), "\n# ") {
		docs = append(docs, &kith.Document{ID: kith.NewDocumentID(text), Text: text})
	}
	words := 0
	for b.Loop() {
		for _, doc := range docs {
			a, err := r.Read(context.Background(), doc)
			if err != nil {
				b.Fatal(err)
			}
			words += len(a.Tokens)
		}
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
