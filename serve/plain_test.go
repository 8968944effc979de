package serve

import (
	"testing"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// inked tells whether the first node's place on the canvas of the labels has
// the node's colour.
const inked = `(() => { const s = kithMap.stage, g = s.graph, c = s.camera;
	const p = s.labels.getContext("2d").getImageData(Math.round(c.px(g.x[0]) * s.ratio), Math.round(c.py(g.y[0]) * s.ratio), 1, 1).data;
	return p[3] > 200 && p[2] > p[0] + 30 })()`

func TestMapIsDrawnWhereThereIsNoWebGL(t *testing.T) {
	s, b := newSite(t), newPlainTab(t)
	b.onMap(s, "?around="+s.id(t, "Ada Quill"))
	b.wait(inked)
	b.shot("map-plain")
	b.wait(`document.querySelector("[data-status]").textContent.includes("no WebGL")`)
	at := ask[[]float64](b, `(() => { const s = kithMap.stage, g = s.graph, r = s.canvas.getBoundingClientRect(); return [s.camera.px(g.x[0]) + r.x, s.camera.py(g.y[0]) + r.y] })()`)
	b.do(chromedp.MouseClickXY(at[0], at[1]))
	b.wait(`document.querySelector("[data-panel] h2")?.textContent === "Ada Quill"`)
	b.click("[data-panel] .line")
	b.wait(`document.querySelector("[data-panel] .quote")`)
}

func TestMapIsDrawnWhereWebGLFails(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.onMap(s, "?around="+s.id(t, "Ada Quill"))
	if ask[bool](b, `kithMap.stage.plain`) {
		t.Fatal("there should be WebGL here")
	}
	b.run(`kithMap.stage.renderer.gl.getExtension("WEBGL_lose_context").loseContext()`)
	b.wait(`kithMap.stage.plain && ` + inked + ` && document.querySelector("[data-status]").textContent.includes("no WebGL")`)

	b.before(t, `WebGL2RenderingContext.prototype.getProgramParameter = () => false`)
	b.onMap(s, "?around="+s.id(t, "Ada Quill"))
	b.wait(`kithMap.stage.plain && ` + inked)
}

func TestMapThatCannotMoveGivesItsDrawingAndItsTable(t *testing.T) {
	s, b := newSite(t), newTab(t)
	b.before(t, `globalThis.fetch = () => Promise.reject(new Error("no way"))`)
	b.open(s.web.URL + "/map")
	b.wait(`document.querySelector("[role=alert]")?.textContent.includes("no way")`)
	b.shot("map-still")
	if !ask[bool](b, `document.querySelector("svg.drawing").getBoundingClientRect().height > 100 && document.querySelector("details.table").open &&
		document.querySelector("#map").hidden`) {
		t.Fatal("neither the drawing nor the table is shown")
	}
}

// before runs a script in every page that the tab opens from now on, before
// the page's own.
func (b *tab) before(t testing.TB, script string) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, cdpage.AddScriptToEvaluateOnNewDocument, cdpage.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		t.Fatal(err)
	}
}
