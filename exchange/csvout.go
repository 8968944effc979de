package exchange

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"kith"
	"kith/source"
)

func csvExporter() Exporter {
	f := format("csv", "Table (CSV, TSV)", ".csv", "text/csv", "nothing of claims, ties and entities; documents without their text, decisions and judgements are left out")
	f.Label = "Tables: nodes.csv, ties.csv, claims.csv, documents.csv"
	return Exporter{Format: f, Files: writeCSV}
}

// spreadsheet characters that make a program take a cell for a formula
// (OWASP, "CSV Injection"): =, +, -, @, tab and carriage return.
const formulaStart = "=+-@\t\r＝＋－＠"

// safeCell puts an apostrophe before what a spreadsheet would run as a
// formula. Plain numbers stay as they are.
func safeCell(s string) string {
	trimmed := strings.TrimLeft(s, " \n")
	first, _ := utf8.DecodeRuneInString(trimmed)
	if trimmed == "" || !strings.ContainsRune(formulaStart, first) || moneyForm.MatchString(s) {
		return s
	}
	return "'" + s
}

// table is a CSV file in the making.
type table struct {
	b bytes.Buffer
	w *csv.Writer
}

func newTable(header ...string) *table {
	t := &table{}
	t.w = csv.NewWriter(&t.b)
	t.row(header...)
	return t
}

func (t *table) row(cells ...string) {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = safeCell(c)
	}
	_ = t.w.Write(safe) // to memory
}

func (t *table) file(name string) OutFile {
	t.w.Flush()
	return OutFile{name, t.b.Bytes()}
}

func writeCSV(_ context.Context, s *Selection) ([]OutFile, error) {
	nodes := newTable("id", "name", "type", "aliases", "identifiers", "unnamed")
	for i := range s.Entities {
		e := &s.Entities[i]
		nodes.row(string(e.ID), e.Name, string(e.Type), strings.Join(e.Aliases, "; "), identifiersText(e), fmt.Sprint(e.Unnamed))
	}
	ties := newTable("subject_id", "subject", "predicate", "object_id", "object", "value", "modality", "negated", "disputed", "from", "to", "sources", "strength", "speakers", "first_reported", "claims")
	for i := range s.Ties {
		t := &s.Ties[i]
		f := s.factsOf(t)
		objectID, object := "", ""
		if t.Object != nil {
			objectID, object = string(t.Object.ID), s.nameOf(*t.Object)
		}
		ties.row(string(t.Subject.ID), s.nameOf(t.Subject), f.Predicate, objectID, object, t.Value, f.Modality, fmt.Sprint(f.Negated), fmt.Sprint(f.Disputed),
			string(t.Time.From), string(t.Time.To), fmt.Sprint(f.Sources), fmt.Sprintf("%.4f", f.Strength), f.Speakers, f.Reported, f.Claims)
	}
	documents := newTable("id", "title", "authors", "outlet", "date", "address", "path", "format", "language", "added")
	for i := range s.Documents {
		d := &s.Documents[i]
		documents.row(string(d.ID), d.Title, strings.Join(d.Authors, "; "), d.Outlet, string(d.Date), d.Address, d.Path, d.Format, d.Language, stamp(d.Added))
	}
	return []OutFile{nodes.file("nodes.csv"), ties.file("ties.csv"), s.claimTable().file("claims.csv"), documents.file("documents.csv")}, nil
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// qualifierNames are the columns of a claim's qualifiers, in order.
var qualifierNames = []string{"role", "office", "jurisdiction", "ordinal", "election", "outcome", "event", "place", "topic", "distinction", "count", "amount", "currency", "status"}

// qualifierValues are a claim's qualifiers in the order of their names.
func qualifierValues(q kith.Qualifiers) []string {
	return []string{q.Role, q.Office, q.Jurisdiction, q.Ordinal, q.Election, q.Outcome, q.Event, q.Place, q.Topic, q.Distinction, q.Count, q.Amount, q.Currency, q.Status}
}

var claimColumns = append(append([]string{"id", "subject_id", "subject", "subject_type", "predicate", "object_id", "object", "object_type", "value", "third_id", "third"}, qualifierNames...),
	"from", "to", "time_text", "negated", "modality", "attribution_kind", "attribution", "document", "start", "end", "quote", "extractor", "confidence", "review", "title", "outlet", "date", "address", "recorded")

// claimCells are a claim's cells in the order of claimColumns.
func (s *Selection) claimCells(c *kith.Claim) []string {
	var object, third kith.EntityRef
	if c.Object != nil {
		object = *c.Object
	}
	if c.Qualifiers.Third != nil {
		third = *c.Qualifiers.Third
	}
	kind := ""
	if c.Attribution != nil {
		kind = string(c.Attribution.Kind)
	}
	cells := []string{string(c.ID), string(c.Subject.ID), s.nameOf(c.Subject), string(c.Subject.Type), string(c.Predicate), string(object.ID), s.nameOf(object), string(object.Type),
		c.Value, string(third.ID), s.nameOf(third)}
	cells = append(cells, qualifierValues(c.Qualifiers)...)
	cells = append(cells, string(c.Time.From), string(c.Time.To), c.Time.Text, fmt.Sprint(c.Negated), string(c.Modality), kind, says(c),
		string(c.Evidence.Document), fmt.Sprint(c.Evidence.Start), fmt.Sprint(c.Evidence.End), c.Evidence.Quote, c.Extractor, fmt.Sprintf("%.3f", c.Confidence), string(c.Review))
	if d := s.document[c.Evidence.Document]; d != nil {
		return append(cells, d.Title, d.Outlet, string(d.Date), d.Address, stamp(d.Added))
	}
	return append(cells, "", "", "", "", "")
}

func (s *Selection) claimTable() *table {
	t := newTable(claimColumns...)
	for i := range s.Claims {
		t.row(s.claimCells(&s.Claims[i])...)
	}
	return t
}

func claimsExporter() Exporter {
	f := source.Format{Name: "claims", Label: "Claims (JSON lines, the claim contract)", Extensions: []string{".jsonl"}, MIME: []string{"application/jsonl"}, Out: true, Data: true, Page: "claims.md",
		Loses: []string{"documents' texts (kith import claims needs them beside)", "decisions and judgements"}}
	return Exporter{Format: f, Files: one("claims.jsonl", func(b *bytes.Buffer, s *Selection) error {
		encoder := json.NewEncoder(b)
		encoder.SetEscapeHTML(false)
		for i := range s.Claims {
			if err := encoder.Encode(&s.Claims[i]); err != nil {
				return err
			}
		}
		return nil
	})}
}
