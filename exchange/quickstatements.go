package exchange

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"kith"
)

func quickstatementsExporter() Exporter {
	return Exporter{Format: format("quickstatements", "Statements for a Wikibase (QuickStatements 1)", ".qs", "text/tab-separated-values",
		"hedged, planned and denied claims", "claims of parties without a Wikidata number (their names stand in comments)", "predicates without a Wikidata property", "quotes (the reference is the document's address)",
		"who says so, confidence and review"), Files: one("kith.qs", writeQuickStatements)}
}

var propertyID = regexp.MustCompile(`^P\d+$`)

// writeQuickStatements writes one statement a line: item, property, value,
// qualifiers of time, and the reference. It never makes items: a party without
// a number is named in a comment, to be found by a person first.
func writeQuickStatements(b *bytes.Buffer, s *Selection) error {
	left := map[string]bool{}
	for i := range s.Claims {
		c := &s.Claims[i]
		if c.Negated || c.Modality != kith.Asserted {
			continue
		}
		property, inverse := s.mapped(c.Predicate, "wikidata")
		if !propertyID.MatchString(property) {
			continue
		}
		subject := s.item(c.Subject, left)
		value := ""
		if c.Object != nil {
			value = s.item(*c.Object, left)
		} else if c.Predicate == "also_known_as" {
			value = quickString("en", c.Value)
		}
		if inverse {
			subject, value = value, subject
		}
		if subject == "" || value == "" || strings.HasPrefix(subject, "en:") {
			continue
		}
		fmt.Fprintf(b, "%s\t%s\t%s%s%s\n", subject, property, value, quickTimes(c.Time), s.quickReference(c))
	}
	for _, name := range sortedKeys(left) {
		fmt.Fprintf(b, "/* no Wikidata number: %s */\n", strings.NewReplacer("*/", "* /", "\n", " ", "\t", " ").Replace(name))
	}
	return nil
}

// item is an entity's Wikidata number, "" where it has none.
func (s *Selection) item(ref kith.EntityRef, left map[string]bool) string {
	if e := s.entity[ref.ID]; e != nil {
		if id := e.Identifiers["wikidata"]; itemID.MatchString(id) {
			return id
		}
	}
	left[s.nameOf(ref)] = true
	return ""
}

// quickString writes text of a language; tabs and quotes cannot stand in it.
func quickString(language, text string) string {
	return language + `:"` + strings.NewReplacer(`"`, "'", "\t", " ", "\n", " ").Replace(text) + `"`
}

// quickTime writes a date with its precision: 9 year, 10 month, 11 day.
func quickTime(d kith.Date) string {
	switch len(d) {
	case 4:
		return "+" + string(d) + "-00-00T00:00:00Z/9"
	case 7:
		return "+" + string(d) + "-00T00:00:00Z/10"
	case 10:
		return "+" + string(d) + "T00:00:00Z/11"
	}
	return ""
}

func quickTimes(t kith.Time) string {
	switch {
	case t.From != "" && t.From == t.To:
		return "\tP585\t" + quickTime(t.From)
	case t.From == "" && t.To == "":
		return ""
	}
	out := ""
	if t.From != "" {
		out += "\tP580\t" + quickTime(t.From)
	}
	if t.To != "" {
		out += "\tP582\t" + quickTime(t.To)
	}
	return out
}

// quickReference is the source of a statement: address, title, date.
func (s *Selection) quickReference(c *kith.Claim) string {
	d := s.document[c.Evidence.Document]
	if d == nil {
		return ""
	}
	out := ""
	if address := webAddress(d.Address); address != "" {
		out += "\tS854\t" + `"` + strings.ReplaceAll(address, `"`, "%22") + `"`
	}
	if d.Title != "" {
		out += "\tS1476\t" + quickString("en", d.Title)
	}
	if d.Date != "" {
		out += "\tS577\t" + quickTime(d.Date)
	}
	if !d.Added.IsZero() {
		out += "\tS813\t" + quickTime(kith.Date(d.Added.UTC().Format(time.DateOnly)))
	}
	return out
}
