package serve

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// chromium is the browser that the tests drive, started once for all of them.
var chromium struct {
	once   sync.Once
	ctx    context.Context
	cancel func()
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.cancel != nil {
		chromium.cancel()
	}
	os.Exit(code)
}

// tab is one tab of a headless Chromium. What its console complains of fails
// the test.
type tab struct {
	testing.TB
	ctx context.Context

	mu       sync.Mutex
	problems []string
}

func newTab(t testing.TB) *tab {
	t.Helper()
	findChromium(t)
	chromium.once.Do(func() {
		chromium.ctx, chromium.cancel, chromium.err = startChromium(chromedp.Flag("enable-unsafe-swiftshader", true))
	})
	if chromium.err != nil {
		t.Fatal(chromium.err)
	}
	return tabOf(t, chromium.ctx)
}

// newPlainTab is a tab of a Chromium of its own that has no WebGL.
func newPlainTab(t testing.TB) *tab {
	t.Helper()
	findChromium(t)
	ctx, cancel, err := startChromium(chromedp.Flag("disable-3d-apis", true))
	t.Cleanup(cancel)
	if err != nil {
		t.Fatal(err)
	}
	return tabOf(t, ctx)
}

func findChromium(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out of -short runs")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed: browser tests are skipped (apt-get install chromium)")
	}
}

func tabOf(t testing.TB, browser context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	ctx, stop := context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(func() { stop(); cancel() })
	b := &tab{TB: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.size(1440, 900)
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, p := range b.problems {
			t.Errorf("console: %s", p)
		}
	})
	return b
}

func startChromium(more ...chromedp.ExecAllocatorOption) (context.Context, func(), error) {
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(more, chromedp.ExecPath("chromium"), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("hide-scrollbars", false))...)
	ctx, cancel := chromedp.NewContext(allocator)
	return ctx, func() { cancel(); stop() }, chromedp.Do(ctx, chromedp.Navigate("about:blank"))
}

// hear keeps what the console, the page's scripts and the network complain of.
func (b *tab) hear(event any) {
	var problem string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		problem = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			problem += " " + e.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError {
			return
		}
		problem = fmt.Sprint(e.Args)
	case *log.EventEntryAdded:
		if e.Entry.Level != "error" {
			return
		}
		problem = e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = append(b.problems, problem)
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func (b *tab) size(width, height int64) {
	b.Helper()
	b.do(chromedp.EmulateViewport(width, height))
}

func (b *tab) open(url string) {
	b.Helper()
	b.do(chromedp.Navigate(url))
}

// ask evaluates an expression in the page; promises are awaited.
func ask[T any](b *tab, expression string) T {
	b.Helper()
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("evaluate %.120s: %v", expression, err)
	}
	return out
}

func (b *tab) run(statements string) {
	b.Helper()
	ask[bool](b, "(async () => {"+statements+"; return true})()")
}

// wait waits until an expression is true in the page.
func (b *tab) wait(expression string) {
	b.Helper()
	deadline := time.Now().Add(15 * time.Second)
	for {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && ok {
			return
		}
		if time.Now().After(deadline) {
			b.shot("failed-" + b.Name())
			b.Fatalf("waited in vain for %s (%v) at %s", expression, err, ask[string](b, "location.href"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// click clicks with the mouse on what the selector finds.
func (b *tab) click(selector string) {
	b.Helper()
	b.run(fmt.Sprintf("document.querySelector(%q).scrollIntoView({block: 'center', behavior: 'instant'})", selector))
	box := ask[[]float64](b, fmt.Sprintf("(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x + Math.min(r.width / 2, 30), r.y + r.height / 2] })()", selector))
	b.do(chromedp.MouseClickXY(box[0], box[1]))
}

// keys types keys into what has the focus.
func (b *tab) keys(keys string) {
	b.Helper()
	b.do(chromedp.KeyEvent(keys))
}

func (b *tab) text(selector string) string {
	b.Helper()
	return ask[string](b, fmt.Sprintf("document.querySelector(%q)?.textContent ?? ''", selector))
}

// shots is where screenshots are kept, for people to look at.
const shots = "../build/screenshots"

func (b *tab) shot(name string) {
	b.Helper()
	image, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	if err := os.MkdirAll(shots, 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(shots, strings.ReplaceAll(name, "/", "-")+".png"), image, 0o644); err != nil {
		b.Fatal(err)
	}
}
