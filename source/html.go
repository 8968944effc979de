package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/markusmobius/go-htmldate"
	trafilatura "github.com/markusmobius/go-trafilatura"

	"kith"
)

const (
	maxHTML      = 20 << 20  // bytes of one page
	maxTags      = 1_000_000 // elements of one page
	maxExtracted = 60_000    // elements; of larger pages all text is taken, since an extractor needs gigabytes for them
	htmlTimeout  = 20 * time.Second
	minExtracted = 120 // bytes: a shorter main text is looked for again
)

// Article is what an extractor finds in a web page.
type Article struct {
	Content  *html.Node // the main text's elements
	Title    string
	Authors  []string
	Outlet   string
	Date     kith.Date
	Address  string // canonical
	Language string
}

// Extractor finds the article in a web page.
type Extractor interface {
	Extract(page *html.Node, address string) (*Article, error)
}

// Articles is the extractor that readers of web pages use.
var Articles Extractor = trafilaturaExtractor{}

// readHTML reads a web page: its main text, title, byline, outlet, date and
// canonical address. The original bytes are kept beside.
func readHTML(ctx context.Context, in input) ([]Item, error) {
	text, note, err := decodeHTML(in.data)
	if err != nil {
		return nil, err
	}
	d, err := page(ctx, text, in.o.Address)
	if err != nil {
		return nil, err
	}
	return []Item{{Document: d, Notes: notes(note)}}, nil
}

func decodeHTML(data []byte) (text, note string, err error) {
	if len(data) > maxHTML {
		return "", "", tooLarge("the page has %d MB; kith reads pages up to %d MB", len(data)>>20, maxHTML>>20)
	}
	_, declared, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	return decode(data, declared)
}

// page reads a decoded web page. Where the extractor fails or takes too long,
// all text outside navigation and the like is taken.
func page(ctx context.Context, text, address string) (*kith.Document, error) {
	if n := strings.Count(text, "<"); n > 2*maxTags {
		return nil, tooLarge("the page has about %d tags; kith reads pages up to %d", n/2, maxTags)
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, invalid("its markup cannot be parsed: %v", err)
	}
	dropNoteRefs(root)
	var article *Article
	if strings.Count(text, "<") <= 2*maxExtracted {
		article, err = extract(ctx, root, address)
	}
	if err != nil && errors.Is(err, ctx.Err()) && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var paras []para
	if article != nil {
		paras = render(article.Content)
	}
	if size(paras) < minExtracted || isPreformatted(root) {
		if whole := render(body(root)); size(whole) > 2*size(paras) || isPreformatted(root) {
			paras = whole
		}
	}
	if size(paras) == 0 {
		return nil, invalid("the page holds no text (it may need a browser to show it)")
	}
	d, err := build(paras)
	if err != nil {
		return nil, err
	}
	if article != nil {
		d.Title, d.Outlet, d.Address = cmp.Or(article.Title, d.Title), cmp.Or(article.Outlet, d.Outlet), article.Address
		d.Date = kith.Date(cmp.Or(string(article.Date), string(d.Date)))
		if len(d.Authors) == 0 {
			d.Authors = article.Authors
		}
	}
	readPageHead(d, root)
	return d, nil
}

// isPreformatted reports whether most of the page's text stands in pre
// elements, whose line ends an extractor would lose.
func isPreformatted(root *html.Node) bool {
	all, pre := 0, 0
	for n := range body(root).Descendants() {
		if n.Type != html.TextNode || skipped[n.Parent.Data] {
			continue
		}
		all += len(n.Data)
		if n.Parent.Data == "pre" {
			pre += len(n.Data)
		}
	}
	return pre > 0 && pre*10 > all*6
}

// size is the number of bytes of text in the paragraphs.
func size(paras []para) int {
	n := 0
	for _, p := range paras {
		n += len(p.text)
	}
	return n
}

// extract runs the extractor with a time limit. The tree is given away: the
// extractor gets a copy, since it may go on changing it after the limit.
func extract(ctx context.Context, root *html.Node, address string) (*Article, error) {
	ctx, cancel := context.WithTimeout(ctx, htmlTimeout)
	defer cancel()
	type result struct {
		article *Article
		err     error
	}
	done := make(chan result, 1)
	copied, err := cloned(root)
	if err != nil {
		return nil, err
	}
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- result{nil, invalid("the extractor failed on the page: %v", r)}
			}
		}()
		article, err := Articles.Extract(copied, address)
		done <- result{article, err}
	}()
	select {
	case r := <-done:
		return r.article, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func cloned(root *html.Node) (*html.Node, error) {
	var b bytes.Buffer
	if err := html.Render(&b, root); err != nil {
		return nil, err
	}
	return html.Parse(&b)
}

// readPageHead takes the title and canonical address from the page's head
// where the extractor gave none.
func readPageHead(d *kith.Document, root *html.Node) {
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "title" && d.Title == "" && n.FirstChild != nil:
			d.Title = squash(n.FirstChild.Data)
		case n.Data == "link" && attr(n, "rel") == "canonical" && IsAddress(attr(n, "href")):
			d.Address = attr(n, "href")
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func body(root *html.Node) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "body" {
			return n
		}
	}
	return root
}

type trafilaturaExtractor struct{}

// Extract finds the main text with go-trafilatura (Barbaresi, "Trafilatura",
// ACL 2021), falling back on readability and a distiller.
func (trafilaturaExtractor) Extract(page *html.Node, address string) (*Article, error) {
	o := trafilatura.Options{EnableFallback: true, ExcludeComments: true, HtmlDateMode: trafilatura.Fast}
	stated := statedDate(page)
	if t, err := time.Parse(time.DateOnly, string(stated)); err == nil {
		o.HtmlDateOverride = &htmldate.Result{DateTime: t}
	}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		o.OriginalURL = u
	}
	r, err := trafilatura.ExtractDocument(page, o)
	if err != nil {
		return nil, err
	}
	m := r.Metadata
	a := &Article{Content: r.ContentNode, Title: squash(m.Title), Outlet: squash(m.Sitename), Date: dateOf(m.Date), Address: m.URL, Language: m.Language}
	a.Date = kith.Date(cmp.Or(string(stated), string(a.Date)))
	for _, name := range strings.Split(m.Author, ";") {
		if name = squash(name); name != "" && len(name) < 80 {
			a.Authors = append(a.Authors, name)
		}
	}
	return a, nil
}

func squash(text string) string { return strings.Join(strings.Fields(text), " ") }
