package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var refText = regexp.MustCompile(`^\[?(?:\d{1,3}|[*†‡§]{1,3}|[↩↑^]\x{fe0e}?)\]?$`)

// dropNoteRefs takes out the numbers that lead to footnotes and back: they
// would cling to the words before them.
func dropNoteRefs(root *html.Node) {
	var refs []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && isNoteRef(n) {
			refs = append(refs, n)
		}
	}
	for _, n := range refs {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// isNoteRef reports whether a link within the page shows nothing but a number
// or a sign, and is raised or said to be a note's.
func isNoteRef(n *html.Node) bool {
	raised, said, within := n.Parent != nil && n.Parent.Data == "sup", false, false
	for _, a := range n.Attr {
		switch a.Key {
		case "href":
			within = strings.Contains(a.Val, "#")
		case "role", "epub:type", "class":
			said = said || strings.Contains(a.Val, "noteref") || strings.Contains(a.Val, "footnote") || strings.Contains(a.Val, "backlink")
		}
	}
	var text strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text.WriteString(d.Data)
		} else if d.Data == "sup" {
			raised = true
		}
		if text.Len() > 20 {
			return false
		}
	}
	return within && (raised || said) && refText.MatchString(strings.TrimSpace(text.String()))
}
