package main

import (
	"cmp"
	"strings"
	"unicode"

	"kith"
)

// claimLine says in one line what a claim says, with its doubts in words:
// what is hedged, planned or denied never looks like a fact.
func claimLine(c *kith.Claim) string {
	var b strings.Builder
	b.WriteString(clean(c.Subject.Name))
	b.WriteString(" · ")
	if c.Negated {
		b.WriteString("NOT ")
	}
	b.WriteString(strings.ReplaceAll(string(c.Predicate), "_", " "))
	if c.Object != nil {
		b.WriteString(" · " + clean(c.Object.Name))
	}
	if c.Value != "" {
		b.WriteString(" · “" + clean(c.Value) + "”")
	}
	if q := qualifierLine(c); q != "" {
		b.WriteString(" (" + q + ")")
	}
	for _, doubt := range doubts(c) {
		b.WriteString(" [" + doubt + "]")
	}
	return b.String()
}

// doubts names all that keeps a claim from being the document's own plain
// statement, and what people decided about it.
func doubts(c *kith.Claim) []string {
	var out []string
	if c.Negated {
		out = append(out, "denied")
	}
	if c.Modality != kith.Asserted {
		out = append(out, string(c.Modality))
	}
	if c.Attribution != nil {
		out = append(out, "says "+clean(c.Attribution.Name))
	}
	if c.Review != kith.Unreviewed && c.Review != "" {
		out = append(out, string(c.Review))
	}
	return out
}

func qualifierLine(c *kith.Claim) string {
	q := c.Qualifiers
	third := ""
	if q.Third != nil {
		third = q.Third.Name
	}
	money := strings.TrimSpace(q.Currency + " " + q.Amount)
	parts := []struct{ name, value string }{
		{"status", q.Status}, {"role", q.Role}, {"office", q.Office}, {"in", q.Jurisdiction}, {"ordinal", q.Ordinal},
		{"election", q.Election}, {"outcome", q.Outcome}, {"event", q.Event}, {"at", q.Place}, {"to or for", third},
		{"on", q.Topic}, {"distinction", q.Distinction}, {"count", q.Count}, {"amount", money}, {"when", when(c.Time)},
	}
	var out []string
	for _, p := range parts {
		if p.value != "" {
			out = append(out, p.name+": "+clean(p.value))
		}
	}
	return strings.Join(out, ", ")
}

// when renders a time with open ends left open, and in the document's own
// words where no date is known.
func when(t kith.Time) string {
	switch {
	case t.From == "" && t.To == "":
		return t.Text
	case t.From == t.To:
		return string(t.From)
	}
	return cmp.Or(string(t.From), "?") + " to " + cmp.Or(string(t.To), "?")
}

// clean makes a document's words safe to print on a terminal: one line,
// without control characters.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d':
			return -1
		}
		return r
	}, s)
}

func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// short cuts an id to what a person types; commands accept any unique start.
func short(id string) string { return id[:min(len(id), 9)] }

// documentName is how a person would cite the document.
func documentName(d *kith.Document) string {
	var parts []string
	for _, p := range []string{cmp.Or(d.Title, d.Path, d.Address, string(d.ID)), d.Outlet, string(d.Date)} {
		if p != "" {
			parts = append(parts, oneLine(p))
		}
	}
	return strings.Join(parts, ", ")
}
