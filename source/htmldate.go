package source

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"kith"
)

// dateFields are the names under which pages state their day of publication,
// as meta tags' name, property or itemprop.
var dateFields = map[string]bool{"article:published_time": true, "og:article:published_time": true, "datepublished": true, "dc.date": true,
	"dc.date.issued": true, "dcterms.created": true, "dcterms.date": true, "dcterms.issued": true, "date": true, "pubdate": true, "publishdate": true,
	"publish-date": true, "parsely-pub-date": true, "sailthru.date": true, "citation_publication_date": true, "citation_date": true,
	"article.published": true, "bt:pubdate": true, "cxenseparse:recs:publishtime": true, "og:pubdate": true, "published_time": true}

var linkedDate = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]{8,40})"`)

// statedDate is the day of publication that the page itself states: in meta
// tags, in linked data, or in a time element that says it is one.
func statedDate(root *html.Node) kith.Date {
	var linked, element kith.Date
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "meta":
			name := strings.ToLower(cmp.Or(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")))
			if d, _ := FindDate(attr(n, "content")); dateFields[name] && len(d) == 10 {
				return d
			}
		case "script":
			if attr(n, "type") == "application/ld+json" && n.FirstChild != nil && linked == "" {
				if m := linkedDate.FindStringSubmatch(n.FirstChild.Data); m != nil {
					linked, _ = FindDate(m[1])
				}
			}
		case "time":
			published := attr(n, "itemprop") == "datePublished" || n.Attr != nil && hasAttr(n, "pubdate") || strings.Contains(attr(n, "class"), "publish")
			if d, _ := FindDate(attr(n, "datetime")); published && element == "" {
				element = d
			}
		}
	}
	return kith.Date(cmp.Or(string(linked), string(element)))
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
