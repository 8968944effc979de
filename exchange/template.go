package exchange

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"kith"
	"kith/source"
)

// Template is a text with fields in braces: "{first_name} {last_name}". A
// field is a path into the record, alternatives apart by "??", each with
// filters apart by "|": "{date | date ?? year}". A path that begins with
// "../" looks in the record around the element; "@name" in the extra columns of
// a rule. A template none of whose fields is set is empty.
type Template struct {
	source string
	parts  []part
}

type part struct {
	literal string
	choices []choice
}

type choice struct {
	path    string
	filters []filter
}

type filter struct{ name, arg string }

// parseTemplate checks braces and filters' names.
func parseTemplate(text string) (Template, error) {
	t := Template{source: text}
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			t.parts = append(t.parts, part{literal: text})
			break
		}
		if open > 0 {
			t.parts = append(t.parts, part{literal: text[:open]})
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			return t, fmt.Errorf("template %q: a brace is not closed", t.source)
		}
		p, err := parseField(text[open+1 : open+end])
		if err != nil {
			return t, fmt.Errorf("template %q: %w", t.source, err)
		}
		t.parts = append(t.parts, p)
		text = text[open+end+1:]
	}
	return t, nil
}

func parseField(text string) (part, error) {
	var p part
	for _, alternative := range strings.Split(text, "??") {
		pieces := strings.Split(alternative, "|")
		c := choice{path: strings.TrimSpace(pieces[0])}
		for _, f := range pieces[1:] {
			name, arg, _ := strings.Cut(strings.TrimSpace(f), ":")
			if _, ok := filters[name]; !ok && name != "table" && name != "split" {
				return p, fmt.Errorf("unknown filter %q", name)
			}
			c.filters = append(c.filters, filter{name, arg})
		}
		if c.path == "" {
			return p, fmt.Errorf("a field has no path")
		}
		p.choices = append(p.choices, c)
	}
	return p, nil
}

// scope is what templates are evaluated against.
type scope struct {
	m       *Mapping
	node    *Node  // the element, or the record
	parent  *scope // of the element
	columns map[string]string
	file    string
	row     int
}

// value looks up a path; values that the mapping calls empty are "".
func (s *scope) value(path string) string {
	switch {
	case strings.HasPrefix(path, "@"):
		switch path {
		case "@file":
			return s.file
		case "@row":
			return fmt.Sprint(s.row)
		}
		return s.columns[path[1:]]
	case strings.HasPrefix(path, "../"):
		if s.parent == nil {
			return ""
		}
		return s.parent.value(path[3:])
	case path == ".":
		return s.m.clean(s.node.flat())
	}
	return s.m.clean(s.node.Value(path))
}

// eval fills the template in.
func (s *scope) eval(t Template) string {
	if len(t.parts) == 1 && len(t.parts[0].choices) == 1 {
		return s.choice(t.parts[0].choices[0])
	}
	var b strings.Builder
	fields, set := 0, 0
	for _, p := range t.parts {
		if p.choices == nil {
			b.WriteString(p.literal)
			continue
		}
		fields++
		for _, c := range p.choices {
			if v := s.choice(c); v != "" {
				b.WriteString(v)
				set++
				break
			}
		}
	}
	if fields > 0 && set == 0 {
		return ""
	}
	return strings.TrimSpace(strings.Join(strings.Fields(b.String()), " "))
}

func (s *scope) choice(c choice) string {
	v := s.value(c.path)
	if len(c.path) > 1 && c.path[0] == '\'' {
		v = strings.Trim(c.path, "'")
	}
	for _, f := range c.filters {
		if v == "" {
			return ""
		}
		switch f.name {
		case "table":
			v = s.m.Tables[f.arg][v]
		default:
			v = filters[f.name](v, f.arg)
		}
	}
	return v
}

// filters change one value.
var filters = map[string]func(value, arg string) string{
	"date":   func(v, arg string) string { return string(parseDate(v, arg)) },
	"year":   func(v, _ string) string { return parseDate(v, "").Year() },
	"upper":  func(v, _ string) string { return strings.ToUpper(v) },
	"lower":  func(v, _ string) string { return strings.ToLower(v) },
	"name":   func(v, _ string) string { return recase(v) },
	"flip":   func(v, _ string) string { return flip(v) },
	"before": func(v, arg string) string { head, _, _ := strings.Cut(v, arg); return strings.TrimSpace(head) },
	"after": func(v, arg string) string {
		_, tail, ok := strings.Cut(v, arg)
		if !ok {
			return ""
		}
		return strings.TrimSpace(tail)
	},
	"last":   func(v, arg string) string { return strings.TrimSpace(v[strings.LastIndex(v, arg)+len(arg):]) },
	"money":  func(v, _ string) string { return money(v) },
	"number": func(v, _ string) string { return strings.TrimLeft(strings.TrimSuffix(v, ".0"), "0") },
	"spaces": func(v, _ string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("_", " ", "-", " ").Replace(v)), " ")
	},
	"is": func(v, arg string) string {
		if strings.EqualFold(v, arg) {
			return v
		}
		return ""
	},
	"not": func(v, arg string) string {
		if strings.EqualFold(v, arg) {
			return ""
		}
		return v
	},
	"partykind": func(v, _ string) string {
		if organizationWord.MatchString(v) {
			return string(kith.Organization)
		}
		return string(kith.Person)
	},
	"party": func(v, _ string) string { return party(v) },
	"with":  func(v, arg string) string { return withPrefix(v, arg) },
	"state": func(v, _ string) string { return ocd.FindString(v) },
	"place": func(v, _ string) string {
		if m := ocdPlace.FindStringSubmatch(v); m != nil {
			return titleCase(strings.ReplaceAll(m[1], "_", " "))
		}
		return ""
	},
	"capital": func(v, _ string) string { return titleCase(strings.ReplaceAll(v, "_", " ")) },
	"positive": func(v, _ string) string {
		if m := money(v); m != "" && m[0] != '-' && strings.Trim(m, "0.") != "" {
			return m
		}
		return ""
	},
	"employer": func(v, _ string) string { // an employer that is one
		if noEmployer.MatchString(strings.TrimSpace(v)) {
			return ""
		}
		return v
	},
	"has": func(v, arg string) string {
		if strings.Contains(strings.ToLower(v), strings.ToLower(arg)) {
			return v
		}
		return ""
	},
	"starts": func(v, arg string) string {
		if strings.HasPrefix(v, arg) {
			return v
		}
		return ""
	},
	"caret": func(v, _ string) string { return caret(v) },
	"bare":  func(v, _ string) string { return strings.TrimSpace(bracketed.ReplaceAllString(v, "")) },
	"text":  func(_, arg string) string { return arg },
}

var (
	slashDate = regexp.MustCompile(`^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b`)
	packed    = regexp.MustCompile(`^(1[5-9]\d\d|20\d\d)(\d\d)(\d\d)$`)
	ymd       = regexp.MustCompile(`^\+?(1[0-9]\d\d|20\d\d|0[0-9]\d\d)(?:-(\d\d)(?:-(\d\d))?)?`)
)

// parseDate reads a date as tables write it: ISO (its time cut off, unknown
// month or day as 00), 20240721, 7/21/2024 and 7/21/24 (month first; with arg
// "dmy" day first; "mdy" reads 07212024), or a date in words. Two-digit years up to 40 are of this
// century.
func parseDate(v, arg string) kith.Date {
	v = strings.TrimSpace(v)
	if len(v) == 8 && arg == "mdy" && !strings.ContainsAny(v, "/-.") {
		v = v[4:] + v[:4]
	}
	if m := packed.FindStringSubmatch(v); m != nil {
		return validDate(m[1], m[2], m[3])
	}
	if m := slashDate.FindStringSubmatch(v); m != nil {
		year := m[3]
		if len(year) == 2 {
			if year <= "40" {
				year = "20" + year
			} else {
				year = "19" + year
			}
		}
		month, day := m[1], m[2]
		if arg == "dmy" {
			month, day = day, month
		}
		return validDate(year, pad(month), pad(day))
	}
	if m := ymd.FindStringSubmatch(v); m != nil {
		return validDate(m[1], m[2], m[3])
	}
	date, _ := source.FindDate(v)
	return date
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// validDate puts a date together, cut to what is known; "" where there is no
// such day.
func validDate(year, month, day string) kith.Date {
	text := year
	if month != "" && month != "00" {
		text += "-" + month
		if day != "" && day != "00" {
			text += "-" + day
		}
	}
	d, err := kith.ParseDate(text)
	if err != nil {
		return ""
	}
	return d
}

// recase writes a name in capitals with small letters: "MCCARTHY, ANN" to
// "McCarthy, Ann". A name in mixed case stays.
func recase(v string) string {
	if v != strings.ToUpper(v) || len(v) < 4 && !strings.Contains(v, " ") {
		return v
	}
	words := strings.Fields(v)
	for i, w := range words {
		words[i] = recaseWord(w)
	}
	return strings.Join(words, " ")
}

var keepCapital = map[string]bool{"II": true, "III": true, "IV": true, "LLC": true, "LLP": true, "PAC": true, "USA": true, "US": true, "AFL-CIO": true,
	"GOP": true, "NEA": true, "RNC": true, "DNC": true, "DSCC": true, "NRSC": true, "DCCC": true, "NRCC": true, "PC": true, "MD": true, "PO": true, "UAW": true, "SEIU": true, "AFSCME": true}

var smallWords = map[string]bool{"OF": true, "THE": true, "AND": true, "FOR": true, "IN": true, "TO": true, "ON": true, "DE": true, "LA": true}

func recaseWord(w string) string {
	bare := strings.Trim(w, ".,()\"'")
	switch {
	case keepCapital[bare] || strings.IndexFunc(bare, unicode.IsDigit) >= 0 || len(bare) == 1 || strings.Count(w, ".") > 1:
		return w
	case smallWords[bare]:
		return strings.ToLower(w)
	}
	out := []rune(strings.ToLower(w))
	up := true
	for i, r := range out {
		if up && unicode.IsLetter(r) {
			out[i], up = unicode.ToUpper(r), false
		}
		if r == '-' || r == '\'' && i == 1 || r == '.' || r == '/' || r == '&' || r == '(' {
			up = true
		}
	}
	if len(out) > 4 && string(out[:2]) == "Mc" {
		out[2] = unicode.ToUpper(out[2])
	}
	return string(out)
}

var nameSuffix = regexp.MustCompile(`(?i)^(?:jr|sr|ii|iii|iv|md|phd|esq)\.?$`)

// flip writes "Lee, Ann B., Jr." as "Ann B. Lee Jr.".
func flip(v string) string {
	parts := strings.Split(v, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	switch {
	case len(parts) == 2 && !nameSuffix.MatchString(parts[1]):
		return parts[1] + " " + parts[0]
	case len(parts) == 3 && nameSuffix.MatchString(parts[2]):
		return parts[1] + " " + parts[0] + " " + parts[2]
	case len(parts) == 3 && nameSuffix.MatchString(parts[1]):
		return parts[2] + " " + parts[0] + " " + parts[1]
	}
	return v
}

var noEmployer = regexp.MustCompile(`(?i)^(?:self|self[- ]?employed?|selfemployed|self .*|retired|none|not employed|unemployed|n/?a|homemaker|housewife|student|disabled|information requested.*|info(?:rmation)? (?:pending|requested).*|requested|request(?:ed)? .*|not applicable|best efforts?.*|unknown|-+|\.+)$`)

var bracketed = regexp.MustCompile(`\s*[(\[][^)\]]*[)\]]`)

var (
	ocd      = regexp.MustCompile(`(?:state|district|territory):[a-z]{2}`)
	ocdPlace = regexp.MustCompile(`place:([^/]+)`)
)

// party names a party in full: "Democrat" is the Democratic Party.
func party(v string) string {
	switch v {
	case "Democrat", "Democratic", "D", "DEM":
		return "Democratic Party"
	case "Republican", "R", "REP":
		return "Republican Party"
	case "Independent", "I", "no party", "None", "Nonpartisan", "Unknown":
		return ""
	}
	if strings.Contains(v, "Party") || strings.Contains(v, "/") || len(v) < 3 {
		return v
	}
	return v + " Party"
}

// withPrefix is the first of several values apart by commas that begins so.
func withPrefix(v, prefix string) string {
	for _, one := range strings.Split(v, ",") {
		if one = strings.TrimSpace(one); strings.HasPrefix(one, prefix) {
			return one
		}
	}
	return ""
}

func titleCase(v string) string {
	words := strings.Fields(v)
	for i, w := range words {
		if i == 0 || !smallWords[strings.ToUpper(w)] {
			r := []rune(w)
			r[0] = unicode.ToUpper(r[0])
			words[i] = string(r)
		}
	}
	return strings.Join(words, " ")
}

// organizationWord marks names of companies, bodies and states.
var organizationWord = regexp.MustCompile(`(?i)\b(?:inc|llc|llp|ltd|corp|corporation|company|co|committee|party|union|association|foundation|institute|university|department|office|agency|bureau|commission|council|board|court|county|city|state of|states?|people of|united states|district of columbia|fund|pac|trust|bank|group|center|centre|society|league|campaign|senate|congress|house of|organization|partners|project|news|times|post|network|coalition|alliance|federation|service|administration|for president)\b`)

var honorific = regexp.MustCompile(`(?i)^(?:mr|mrs|ms|miss|dr|hon|honorable|rev|reverend|prof|sen|rep|gov|amb|sir|capt|col|gen|maj|lt)\.?$`)

// caret writes "Lee^Ann^B.^Jr." as "Ann B. Lee Jr."; other names stay.
func caret(v string) string {
	parts := strings.Split(v, "^")
	if len(parts) < 2 {
		return v
	}
	for len(parts) < 4 {
		parts = append(parts, "")
	}
	last, first, middle, suffix := parts[0], parts[1], parts[2], parts[3]
	if honorific.MatchString(strings.TrimSpace(middle)) {
		middle = ""
	}
	if nameSuffix.MatchString(strings.TrimSpace(middle)) && suffix == "" {
		middle, suffix = "", middle
	}
	return strings.Join(strings.Fields(strings.Join([]string{first, middle, last, suffix}, " ")), " ")
}

var moneyForm = regexp.MustCompile(`^\s*[$€£]?\s*(-?\d[\d,]*(?:\.\d+)?)\s*$`)

// money writes an amount as digits with two decimals at most; "" for what is
// none.
func money(v string) string {
	m := moneyForm.FindStringSubmatch(v)
	if m == nil {
		return ""
	}
	amount := strings.ReplaceAll(m[1], ",", "")
	amount = strings.TrimSuffix(strings.TrimSuffix(amount, ".00"), ".0")
	return amount
}
