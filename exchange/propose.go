package exchange

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"regexp"
	"strings"

	"kith"
)

// guess is how a column's name hints at what it holds.
type guess struct {
	pattern *regexp.Regexp
	role    string
}

var guesses = []guess{
	{regexp.MustCompile(`(?i)^(?:full[ _]?)?name$|^person$|^member$|^candidate(?:[ _]name)?$|^official$|^who$|^appointee$`), "person"},
	{regexp.MustCompile(`(?i)^donor(?:[ _]name)?$|^contributor(?:[ _]name)?$|^payer$|^giver$`), "donor"},
	{regexp.MustCompile(`(?i)^recipient$|^beneficiary$|^committee(?:[ _]name)?$|^payee$`), "recipient"},
	{regexp.MustCompile(`(?i)^endorser$|^endorsed[ _]by$`), "endorser"},
	{regexp.MustCompile(`(?i)^(?:organi[sz]ation|company|employer|agency|firm|body|institution|board|group)(?:[ _]name)?$`), "organization"},
	{regexp.MustCompile(`(?i)^(?:position|office|post)$`), "office"},
	{regexp.MustCompile(`(?i)^(?:role|title|job|function|occupation)$`), "role"},
	{regexp.MustCompile(`(?i)^(?:party|political[ _]party)$`), "party"},
	{regexp.MustCompile(`(?i)^(?:state|district|place|city|country|region|county|jurisdiction|constituency)$`), "place"},
	{regexp.MustCompile(`(?i)^(?:amount|sum|value|donation|contribution)(?:[ _]?(?:eur|usd|gbp|amount))?$`), "amount"},
	{regexp.MustCompile(`(?i)^(?:start|from|begin|since)(?:[ _]?date)?$`), "from"},
	{regexp.MustCompile(`(?i)^(?:end|to|until|through)(?:[ _]?date)?$`), "to"},
	{regexp.MustCompile(`(?i)^(?:date|day|when|year)$`), "date"},
	{regexp.MustCompile(`(?i)^(?:spouse|wife|husband|partner)$`), "spouse"},
	{regexp.MustCompile(`(?i)^(?:school|university|college|alma[ _]mater|education)$`), "school"},
	{regexp.MustCompile(`(?i)^(?:url|link|source|web(?:site)?)$`), "address"},
	{regexp.MustCompile(`(?i)^(?:wikidata|wikidata[ _]id|qid)$`), "wikidata"},
}

// Propose writes a mapping for a file from the names of its columns, as a
// beginning: it shows all columns with a value of each and says which guesses
// were made and what was left out.
func Propose(f *File, format string) (string, error) {
	format, columns, sample, err := sampleOf(f, format)
	if err != nil {
		return "", err
	}
	roles := map[string]string{}
	var b strings.Builder
	fmt.Fprintf(&b, "# A proposal for %s. Check every line: kith import --map THIS.yaml --dry-run FILE\n# shows what it makes. docs/formats/mapping.md describes the language.\n#\n# Columns, with a value of each:\n", baseName(f.Name))
	for _, c := range columns {
		used := ""
		for _, g := range guesses {
			if g.pattern.MatchString(c) && roles[g.role] == "" {
				roles[g.role], used = c, " → "+g.role
				break
			}
		}
		fmt.Fprintf(&b, "#   %s: %s%s\n", c, clip(oneLine(sample.Value(c)), 60), used)
	}
	name := strings.TrimSuffix(baseName(f.Name), extension(f.Name))
	fmt.Fprintf(&b, "name: %s\nformat: %s\noutlet: \"\" # whose data is this?\nconfidence: 0.9\nempty: [\"N/A\"]\n", quoteYAML(name), format)
	if format == "csv" || format == "xlsx" {
		fmt.Fprintf(&b, "match: {columns: [%s]}\n", strings.Join(quoteAll(columns[:min(4, len(columns))]), ", "))
	} else {
		fmt.Fprintf(&b, "match: {fields: [%s]}\n", strings.Join(quoteAll(columns[:min(4, len(columns))]), ", "))
	}
	proposeRules(&b, roles)
	return b.String(), nil
}

func quoteYAML(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func quoteAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quoteYAML(w)
	}
	return out
}

// sampleOf finds the columns of a table or the fields of the first record.
func sampleOf(f *File, format string) (string, []string, *Node, error) {
	var recs iter.Seq2[record, error]
	switch {
	case format == "xlsx" || format == "" && extension(f.Name) == ".xlsx":
		book, err := openBook(f.Data)
		if err != nil {
			return "", nil, nil, wrongFile(f, err.Error())
		}
		table, err := book.table(context.Background(), book.sheets[0].file)
		if err != nil || len(table) < 2 {
			return "", nil, nil, wrongFile(f, "its first sheet holds no table")
		}
		header := cleanHeader(table[0])
		return "xlsx", header, rowNode(header, table[1]), nil
	case format == "json" || format == "" && looksJSON(f.Data):
		format, recs = "json", records(jsonValues(f.Data), "")
	case format == "yaml" || format == "" && (extension(f.Name) == ".yaml" || extension(f.Name) == ".yml"):
		format, recs = "yaml", records(yamlValues(f.Data), "")
	default:
		header, _, err := csvHeader(f.Data)
		if err != nil {
			return "", nil, nil, wrongFile(f, err.Error())
		}
		sample := &Node{}
		for rec, err := range csvRecords(f.Data) {
			if err == nil {
				sample = rec.node
			}
			break
		}
		return "csv", header, sample, nil
	}
	for rec, err := range recs {
		if err != nil {
			return "", nil, nil, err
		}
		var columns []string
		for i := range rec.node.Kids {
			columns = append(columns, rec.node.Kids[i].Key)
		}
		return format, columns, rec.node, nil
	}
	return "", nil, nil, wrongFile(f, "it holds no records")
}

// proposeRules writes the claims that the roles allow.
func proposeRules(b *strings.Builder, roles map[string]string) {
	field := func(role string) string { return "{" + roles[role] + "}" }
	main := cmp.Or(roles["person"], roles["donor"], roles["endorser"])
	if main == "" {
		fmt.Fprintf(b, "# No column names a person for sure: put its name here.\n")
		main = "NAME OF THE COLUMN"
	}
	fmt.Fprintf(b, "title: %s\n", quoteYAML("{"+main+"}"))
	if roles["address"] != "" {
		fmt.Fprintf(b, "address: %s\n", quoteYAML(field("address")))
	}
	fmt.Fprintf(b, "entities:\n  person:\n    type: Person\n    name: %s\n", quoteYAML("{"+main+"}"))
	if roles["wikidata"] != "" {
		fmt.Fprintf(b, "    ids: {wikidata: %s}\n", quoteYAML(field("wikidata")))
	}
	b.WriteString("claims:\n")
	claims := 0
	claim := func(predicate, rest string) {
		claims++
		fmt.Fprintf(b, "  - predicate: %s\n    subject: person\n%s%s", predicate, rest, proposeTime(roles))
	}
	object := func(kind kith.EntityType, role string) string {
		return fmt.Sprintf("    object: {type: %s, name: %s}\n", kind, quoteYAML(field(role)))
	}
	switch {
	case roles["donor"] != "" && roles["recipient"] != "":
		extra := ""
		if roles["amount"] != "" {
			extra = fmt.Sprintf("    qualifiers: {amount: %s}\n", quoteYAML("{"+roles["amount"]+"|money}"))
		}
		claim("donated_to", object(kith.Organization, "recipient")+extra)
	case roles["endorser"] != "" && roles["person"] != "":
		fmt.Fprintf(b, "  - predicate: endorsed\n    subject: {type: Person, name: %s}\n    object: person\n%s", quoteYAML(field("endorser")), proposeTime(roles))
		claims++
	}
	if roles["office"] != "" {
		rest := fmt.Sprintf("    value: %s\n", quoteYAML(field("office")))
		if roles["place"] != "" {
			rest = object(kith.Place, "place") + rest
		}
		claim("held_office", rest)
	}
	if roles["organization"] != "" {
		rest := object(kith.Organization, "organization")
		if roles["role"] != "" {
			rest += fmt.Sprintf("    qualifiers: {role: %s}\n", quoteYAML(field("role")))
		}
		claim("employed_by", rest)
	}
	if roles["party"] != "" {
		claim("member_of", object(kith.Organization, "party"))
	}
	if roles["spouse"] != "" {
		claim("spouse_of", object(kith.Person, "spouse"))
	}
	if roles["school"] != "" {
		claim("educated_at", object(kith.Organization, "school"))
	}
	if claims == 0 {
		b.WriteString("  # No pair of columns tells a relationship for sure. An example:\n  - predicate: member_of\n    subject: person\n    object: {type: Organization, name: \"{NAME OF THE COLUMN}\"}\n")
	}
}

func proposeTime(roles map[string]string) string {
	out := ""
	for _, t := range []struct{ role, key string }{{"from", "from"}, {"to", "to"}} {
		if roles[t.role] != "" {
			out += fmt.Sprintf("    %s: %s\n", t.key, quoteYAML("{"+roles[t.role]+"}"))
		}
	}
	if out == "" && roles["date"] != "" {
		out = fmt.Sprintf("    at: %s\n", quoteYAML("{"+roles["date"]+"}"))
	}
	return out
}
