package source

import (
	"strings"

	"golang.org/x/net/html"

	"kith"
)

// renderer collects the text of elements as paragraphs with their kinds.
type renderer struct {
	paras []para
	b     strings.Builder // the block being written
	kind  kith.BlockKind
	space bool // white space is due before the next word
	pre   int  // depth of preformatted elements
	old   int  // depth of elements that repeat an earlier mail, or sign one
}

// render gives the paragraphs of the element's content.
func render(n *html.Node) []para {
	if n == nil {
		return nil
	}
	r := &renderer{}
	r.walk(n, 0)
	r.end()
	return r.paras
}

var skipped = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "svg": true, "head": true,
	"nav": true, "footer": true, "form": true, "button": true, "iframe": true, "object": true, "select": true, "textarea": true}

var blockElements = map[string]kith.BlockKind{"p": "", "div": "", "section": "", "article": "", "main": "", "blockquote": "", "pre": "",
	"ul": "", "ol": "", "dl": "", "table": "", "header": "", "aside": "", "address": "", "hr": "", "body": "", "tbody": "", "thead": "", "figure": "",
	"h1": kith.Heading, "h2": kith.Heading, "h3": kith.Heading, "h4": kith.Heading, "h5": kith.Heading, "h6": kith.Heading,
	"li": kith.ListItem, "dt": kith.ListItem, "dd": kith.ListItem, "tr": kith.Table,
	"figcaption": kith.Caption, "caption": kith.Caption}

// maxNesting bounds the recursion; deeper elements are left out.
const maxNesting = 2000

func (r *renderer) walk(n *html.Node, depth int) {
	if depth > maxNesting {
		return
	}
	switch n.Type {
	case html.TextNode:
		if r.pre > 0 {
			r.preformatted(n.Data)
		} else {
			r.text(n.Data)
		}
		return
	case html.ElementNode:
		if skipped[n.Data] {
			return
		}
		if repeatsMail(n) {
			r.end()
			r.old++
			defer func() { r.end(); r.old-- }()
		}
		switch n.Data {
		case "pre":
			r.pre++
			defer func() { r.pre-- }()
		case "br":
			r.breakLine()
			return
		case "td", "th":
			if r.b.Len() > 0 {
				r.b.WriteByte('\t')
				r.space = false
			}
		}
	}
	kind, block := blockElements[n.Data]
	if block {
		r.end()
		if kind != "" {
			outer := r.kind
			r.kind = kind
			defer func() { r.end(); r.kind = outer }()
		} else {
			defer r.end()
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, depth+1)
	}
}

// repeatsMail reports whether an element quotes the mail that is answered or
// holds a signature, as mail programs mark them. A mail that is passed on
// stands in no such element.
func repeatsMail(n *html.Node) bool {
	class := " " + attr(n, "class") + " "
	if n.Data == "blockquote" {
		return attr(n, "type") == "cite" || strings.Contains(class, " gmail_quote ")
	}
	for _, name := range []string{" gmail_signature ", " moz-signature ", " moz-cite-prefix "} {
		if strings.Contains(class, name) {
			return true
		}
	}
	return false
}

// text writes words with single spaces between them.
func (r *renderer) text(s string) {
	for len(s) > 0 {
		word := strings.IndexFunc(s, isSpace)
		if word < 0 {
			word = len(s)
		}
		if word > 0 {
			if r.space && r.b.Len() > 0 && !r.atLineStart() {
				r.b.WriteByte(' ')
			}
			r.b.WriteString(s[:word])
			r.space = false
		}
		rest := strings.TrimLeftFunc(s[word:], isSpace)
		r.space = r.space || len(rest) < len(s)-word
		s = rest
	}
}

// preformatted keeps line ends; a blank line ends the block.
func (r *renderer) preformatted(s string) {
	for i, line := range strings.Split(newlines(s), "\n") {
		switch {
		case i == 0:
		case strings.TrimSpace(line) == "":
			r.end()
			continue
		default:
			r.breakLine()
		}
		r.b.WriteString(line)
	}
}

func isSpace(r rune) bool {
	return r == '\u00a0' || r == ' ' || r == '\n' || r == '\t' || r == '\f' || r == '\r'
}

func (r *renderer) atLineStart() bool { return strings.HasSuffix(r.b.String(), "\n") }

func (r *renderer) breakLine() {
	if r.b.Len() > 0 {
		r.b.WriteByte('\n')
	}
	r.space = false
}

// end closes the block being written.
func (r *renderer) end() {
	if text := strings.TrimRight(r.b.String(), " \t\n"); text != "" {
		kind := r.kind
		if r.old > 0 || kind == "" && isBoilerplate(text) {
			kind = kith.Boilerplate
		}
		r.paras = append(r.paras, para{text, kind})
	}
	r.b.Reset()
	r.space = false
}
