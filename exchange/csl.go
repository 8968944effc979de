package exchange

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"kith"
)

func cslExporter() Exporter {
	return Exporter{Format: format("csl", "Citations (CSL-JSON, for Zotero and others)", ".json", "application/vnd.citationstyles.csl+json",
		"claims, ties and entities (only the documents are cited)"), Files: one("citations.json", writeCSL)}
}

// cslTypes are the types of citations by format of the document.
var cslTypes = map[string]string{"eml": "personal_communication", "epub": "book", "feed": "post-weblog", "html": "webpage", "mhtml": "webpage", "warc": "webpage"}

// writeCSL writes the quoted documents as CSL-JSON (citationstyles.org).
func writeCSL(b *bytes.Buffer, s *Selection) error {
	items := make([]object, 0, len(s.Documents))
	for i := range s.Documents {
		items = append(items, cslItem(&s.Documents[i]))
	}
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(items)
}

func cslItem(d *kith.DocumentInfo) object {
	kind := cslTypes[d.Format]
	switch {
	case d.Outlet != "" && (kind == "" || kind == "webpage"):
		kind = "article-newspaper"
	case kind == "" && d.Meta["mapping"] != "":
		kind = "dataset"
	case kind == "":
		kind = "document"
	}
	item := object{"id": string(d.ID), "type": kind, "title": d.Title}
	for key, value := range map[string]string{"container-title": d.Outlet, "URL": webAddress(d.Address), "language": d.Language} {
		if value != "" {
			item[key] = value
		}
	}
	if len(d.Authors) > 0 {
		item["author"] = cslNames(d.Authors)
	}
	if parts := dateParts(d.Date); parts != nil {
		item["issued"] = object{"date-parts": [][]int{parts}}
	}
	if !d.Added.IsZero() {
		item["accessed"] = object{"date-parts": [][]int{{d.Added.Year(), int(d.Added.Month()), d.Added.Day()}}}
	}
	return item
}

func cslNames(authors []string) []object {
	var out []object
	for _, a := range authors {
		if i := strings.LastIndexByte(a, ' '); i > 0 {
			out = append(out, object{"given": a[:i], "family": a[i+1:]})
			continue
		}
		out = append(out, object{"literal": a})
	}
	return out
}

func dateParts(d kith.Date) []int {
	if d == "" {
		return nil
	}
	var parts []int
	for _, p := range strings.Split(string(d), "-") {
		n, err := strconv.Atoi(p)
		if err != nil {
			return nil
		}
		parts = append(parts, n)
	}
	return parts
}
