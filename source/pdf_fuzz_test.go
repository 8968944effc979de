package source

import (
	"context"
	"testing"

	"kith"
)

// FuzzPageLayout reads what pdftotext might say of any file's pages.
func FuzzPageLayout(f *testing.F) {
	f.Add(`<doc><page><flow><block><line xMin="0" yMin="0" xMax="50" yMax="10"><word xMin="0" yMin="0" xMax="30" yMax="10">Ann.</word><word xMin="30" yMin="0" xMax="33" yMax="6">1</word></line>` +
		`<line xMin="0" yMin="40" xMax="50" yMax="50"><word xMin="0" yMin="40" xMax="20" yMax="50">1Bob</word></line></block></flow></page></doc>`)
	f.Add(`<page><line xMin="NaN" yMin="-1e300"><word xMin="1e999">x</word></line></page><word>y</word>`)
	f.Fuzz(func(t *testing.T, layout string) {
		pages, err := layoutPages(context.Background(), []byte(layout))
		if err != nil {
			return
		}
		if d, err := pagesDocument(pages); err == nil {
			d.ID = kith.NewDocumentID(d.Text)
			checkDocument(t, d)
		}
	})
}
