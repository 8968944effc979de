package serve

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"kith"
)

// spoilt are files that cannot be added, as a script makes them, with what is
// to be said of each.
var spoilt = []struct{ name, content, said string }{
	{"empty.txt", `""`, "it is empty"},
	{"spaces.txt", `" \n\n "`, "it is empty"},
	{"program.exe", `new Uint8Array([0x4d, 0x5a, 0, 1, 2, 3, 0, 0, 255, 254])`, "not a format that kith reads"},
	{"noise.txt", `new Uint8Array(Array.from({length: 3000}, (_, i) => (i * 7919) % 256))`, "binary"},
	{"broken.zip", `new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 1, 2, 3])`, "damaged"},
	{"broken.docx", `new Uint8Array([0x50, 0x4b, 3, 4, 20, 0])`, "damaged"},
	{"broken.pdf", `"%PDF-1.7\n1 0 obj <<garbage"`, "damaged"},
	{"picture.png", `new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])`, "not a format that kith reads"},
}

func TestFilesThatCannotBeAddedAreToldApart(t *testing.T) {
	b := newTab(t)
	st := openStore(t)
	s := siteOn(t, st, func(o *Options) { o.Read, o.MaxUpload = realRead(t, st), 1<<20 })
	b.open(s.web.URL + "/")
	var add strings.Builder
	for _, f := range spoilt {
		add.WriteString("add(\"" + f.name + "\", " + f.content + "); ")
	}
	const name = "<img src=x onerror=alert(1)>.txt"
	b.run(`const d = new DataTransfer(), add = (name, content) => d.items.add(new File([content], name)); ` + add.String() +
		`add("` + name + `", "Bo Lind met Ada Marsh on Monday.");
		document.querySelector("h1").dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true}))`)
	b.wait(`document.querySelector(".progress").dataset.done`)
	b.shot("bad-uploads")
	for _, width := range []int64{1440, 390} {
		b.size(width, 900)
		if width == 390 {
			b.open(s.web.URL + "/jobs/1")
			b.shot("bad-uploads-390")
		}
		items := ask[[]string](b, `[...document.querySelectorAll(".item")].map(i => i.textContent)`)
		for i, f := range spoilt {
			if !strings.HasPrefix(items[i], f.name) || !strings.Contains(items[i], f.said) || !strings.Contains(items[i], "not added") {
				t.Errorf("of %s the page says %q", f.name, items[i])
			}
		}
		if last := items[len(spoilt)]; !strings.Contains(last, name) || !strings.Contains(last, "1 sentence") {
			t.Errorf("of the file with markup in its name the page says %q", last)
		}
	}

	b.open(s.web.URL + "/")
	b.run(`const d = new DataTransfer(); d.items.add(new File([new Uint8Array(3 << 20)], "big.txt"));
		document.querySelector("h1").dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true}))`)
	b.wait(`document.querySelector(".progress [role=alert]")?.textContent.includes("1 MB")`)
}

// failing is a store that cannot be read, or that panics.
type failing struct {
	kith.Store
	panics bool
}

func (f failing) View(context.Context, kith.AsOf) (kith.View, error) {
	if f.panics {
		panic("the store is in pieces")
	}
	return nil, errors.New("disk on fire at /secret/place")
}

func TestFaultsInsideAreAPageThatTellsNothingOfTheInside(t *testing.T) {
	for _, panics := range []bool{false, true} {
		s := siteOn(t, failing{openStore(t), panics})
		status, page := s.fetch(t, "/entities")
		if status != http.StatusInternalServerError || !strings.Contains(page, "Something failed inside kith") || !strings.Contains(page, `href="/"`) {
			t.Errorf("panics %v: answered %d: %.300s", panics, status, plain(page))
		}
		if strings.Contains(page, "secret") || strings.Contains(page, "pieces") {
			t.Errorf("panics %v: the page tells of the inside", panics)
		}
	}
}
