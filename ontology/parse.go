package ontology

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kith"
)

const maxFile = 1 << 20 // bytes of one predicate file

var entityTypes = []string{string(kith.Person), string(kith.Organization), string(kith.Place), string(kith.EventType), string(kith.Group)}

// qualifierNames lists the qualifiers of the claim contract.
var qualifierNames = []string{"role", "office", "jurisdiction", "ordinal", "election", "outcome", "event", "place", "third",
	"topic", "distinction", "count", "amount", "currency", "status"}

// roleNames lists the roles that are no prepositions.
var roleNames = []string{"subj", "obj", "iobj", "comp", "self", "poss", "recv", "compound", "prep", "other", "scene", "none"}

// reader collects the problems of one file.
type reader struct {
	file     string
	problems Problems
}

func (r *reader) fail(n *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, n.Line, fmt.Sprintf(format, args...)})
}

// Parse reads one predicate file; name is its path, for messages, and gives
// the predicate its name. The predicate is nil where the file is no YAML map.
func Parse(name string, text []byte) (*Predicate, Problems) {
	r := &reader{file: name}
	if len(text) > maxFile {
		return nil, Problems{{name, 1, "the file is larger than 1 MB; split it"}}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, Problems{yamlProblem(name, err)}
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, Problems{{name, 1, "want a map of fields such as label, definition, subject"}}
	}
	p := &Predicate{Name: kith.Predicate(strings.TrimSuffix(path.Base(name), ".yaml")), File: name, Takes: TakesObject, Lasts: Act}
	r.predicate(doc.Content[0], p)
	return p, r.problems
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

func yamlProblem(file string, err error) Problem {
	p := Problem{file, 1, "not YAML: " + err.Error()}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		fmt.Sscan(m[1], &p.Line)
		p.What = "not YAML: " + m[2]
	}
	return p
}

func (r *reader) predicate(n *yaml.Node, p *Predicate) {
	r.fields(n, map[string]func(*yaml.Node){
		"label":      func(n *yaml.Node) { p.Label = r.text(n) },
		"reverse":    func(n *yaml.Node) { p.Reverse = r.text(n) },
		"definition": func(n *yaml.Node) { p.Definition = r.text(n) },
		"family":     func(n *yaml.Node) { p.Family = r.text(n) },
		"subject":    func(n *yaml.Node) { p.Subject = r.kinds(n) },
		"object":     func(n *yaml.Node) { p.Object = r.kinds(n) },
		"takes":      func(n *yaml.Node) { p.Takes = Takes(r.oneOf(n, "takes", "object", "value", "either")) },
		"symmetric":  func(n *yaml.Node) { p.Symmetric = r.flag(n) },
		"named":      func(n *yaml.Node) { p.NamedEnds = r.listOf(n, "end", []string{"subject", "object"}) },
		"places_act": func(n *yaml.Node) { p.PlacesAct = r.flag(n) },
		"lasts":      func(n *yaml.Node) { p.Lasts = Extent(r.oneOf(n, "lasts", "act", "state")) },
		"qualifiers": func(n *yaml.Node) { p.Qualifiers = r.listOf(n, "qualifier", qualifierNames) },
		"map":        func(n *yaml.Node) { p.Map = r.stringMap(n) },
		"patterns":   func(n *yaml.Node) { p.Patterns = r.patterns(n, p) },
		"examples":   func(n *yaml.Node) { p.Examples = r.examples(n, p) },
	})
	for field, missing := range map[string]bool{"label": p.Label == "", "definition": p.Definition == "", "subject": len(p.Subject) == 0,
		"object": p.Takes == TakesObject && len(p.Object) == 0, "examples": len(p.Examples) == 0} {
		if missing {
			r.fail(n, "the field %q is missing; every predicate has one", field)
		}
	}
}

// fields calls the reader of each field of a map and reports unknown ones.
func (r *reader) fields(n *yaml.Node, known map[string]func(*yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "want a map of fields")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if read, ok := known[key.Value]; ok {
			read(value)
		} else {
			r.fail(key, "unknown field %q%s", key.Value, suggest(key.Value, slices.Sorted(maps.Keys(known))))
		}
	}
}

func (r *reader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		r.fail(n, "want a text")
	}
	return strings.Join(strings.Fields(n.Value), " ")
}

func (r *reader) flag(n *yaml.Node) bool {
	return r.oneOf(n, "flag", "true", "false") == "true"
}

func (r *reader) oneOf(n *yaml.Node, what string, known ...string) string {
	if s := r.text(n); slices.Contains(known, s) {
		return s
	}
	r.fail(n, "unknown %s %q%s", what, n.Value, suggest(n.Value, known))
	return known[0]
}

// list reads a text or a list of texts.
func (r *reader) list(n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{r.text(n)}
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(n, "want a text or a list of texts")
		return nil
	}
	out := make([]string, len(n.Content))
	for i, c := range n.Content {
		out[i] = r.text(c)
	}
	return out
}

func (r *reader) listOf(n *yaml.Node, what string, known []string) []string {
	out := r.list(n)
	for _, s := range out {
		if !slices.Contains(known, s) {
			r.fail(n, "unknown %s %q%s", what, s, suggest(s, known))
		}
	}
	return out
}

func (r *reader) kinds(n *yaml.Node) []kith.EntityType {
	var out []kith.EntityType
	for _, s := range r.listOf(n, "kind", entityTypes) {
		out = append(out, kith.EntityType(s))
	}
	return out
}

func (r *reader) stringMap(n *yaml.Node) map[string]string {
	out := map[string]string{}
	if n.Kind != yaml.MappingNode {
		r.fail(n, "want a map of texts")
		return out
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		out[n.Content[i].Value] = r.text(n.Content[i+1])
	}
	return out
}

func (r *reader) listMap(n *yaml.Node) map[string][]string {
	out := map[string][]string{}
	if n.Kind != yaml.MappingNode {
		r.fail(n, "want a map from roles to lists")
		return out
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		r.checkRole(n.Content[i], n.Content[i].Value)
		out[n.Content[i].Value] = r.list(n.Content[i+1])
	}
	return out
}

func (r *reader) roles(n *yaml.Node) []string {
	out := r.list(n)
	for _, s := range out {
		r.checkRole(n, s)
	}
	return out
}

func (r *reader) checkRole(n *yaml.Node, s string) {
	if !slices.Contains(roleNames, s) && !IsPreposition(s) && !isArgument(s) {
		r.fail(n, "unknown role %q%s", s, suggest(s, roleNames))
	}
}

func (r *reader) patterns(n *yaml.Node, p *Predicate) []Pattern {
	var out []Pattern
	if n.Kind != yaml.SequenceNode {
		r.fail(n, "want a list of patterns")
		return nil
	}
	for i, c := range n.Content {
		pattern := Pattern{ID: fmt.Sprintf("%s/%d", p.Name, i+1), Line: c.Line}
		r.pattern(c, &pattern)
		if len(pattern.Triggers) == 0 && len(pattern.Frames) == 0 {
			r.fail(c, "the pattern has no trigger; name words under verb, noun, person or adj, or frames under frame")
		}
		if len(pattern.Frames) == 0 && pattern.numbered() {
			r.fail(c, "the pattern names numbered roles, and no frame that has them")
		}
		out = append(out, pattern)
	}
	return out
}

func (r *reader) pattern(n *yaml.Node, p *Pattern) {
	trigger := func(kind Kind) func(*yaml.Node) {
		return func(n *yaml.Node) {
			p.Kind = kind
			for _, s := range r.list(n) {
				p.Triggers = append(p.Triggers, ParseTrigger(s))
			}
		}
	}
	r.fields(n, map[string]func(*yaml.Node){
		"verb": trigger(Verb), "noun": trigger(Noun), "person": trigger(Person), "adj": trigger(Adj),
		"frame":   func(n *yaml.Node) { p.Frames = r.list(n) },
		"subject": func(n *yaml.Node) { p.Subject = r.roles(n) },
		"object":  func(n *yaml.Node) { p.Object = r.roles(n) },
		"value":   func(n *yaml.Node) { p.Value = r.roles(n) },
		"third":   func(n *yaml.Node) { p.Third = r.roles(n) },
		"topic":   func(n *yaml.Node) { p.Topic = r.roles(n) },
		"place":   func(n *yaml.Node) { p.Place = r.roles(n) },
		"event":   func(n *yaml.Node) { p.Event = r.roles(n) },
		"amount":  func(n *yaml.Node) { p.Amount = r.flag(n) },
		"role":    func(n *yaml.Node) { p.Role = r.text(n) },
		"set":     func(n *yaml.Node) { p.Set = r.stringMap(n) },
		"not":     func(n *yaml.Node) { p.Not = r.listMap(n) },
		"need":    func(n *yaml.Node) { p.Need = r.listMap(n) },
		"kinds":   func(n *yaml.Node) { p.Kinds = r.listMap(n); r.checkKinds(n, p.Kinds) },
		"through": func(n *yaml.Node) { p.Through = r.list(n) },
		"require": func(n *yaml.Node) { p.Require = r.oneOf(n, "part", "third", "amount", "place", "topic") },
		"only":    func(n *yaml.Node) { p.Only = r.oneOf(n, "test", "school", "party", "naming", "capital") },
		"name":    func(n *yaml.Node) { p.Name = r.entity(n) },
		"hedged":  func(n *yaml.Node) { p.Hedged = r.flag(n) },
		"planned": func(n *yaml.Node) { p.Planned = r.flag(n) },
		"negated": func(n *yaml.Node) { p.Negated = r.flag(n) },
		"weak":    func(n *yaml.Node) { p.Weak = r.flag(n) },
	})
}

// numbered reports whether a part of the pattern is a numbered role.
func (p *Pattern) numbered() bool {
	for _, list := range [][]string{p.Subject, p.Object, p.Value, p.Third, p.Topic, p.Place, p.Event} {
		if slices.ContainsFunc(list, isArgument) {
			return true
		}
	}
	return false
}

// entity reads {Organization: Democratic Party}.
func (r *reader) entity(n *yaml.Node) kith.EntityRef {
	for kind, name := range r.stringMap(n) {
		if !slices.Contains(entityTypes, kind) {
			r.fail(n, "unknown kind %q%s", kind, suggest(kind, entityTypes))
		}
		return kith.EntityRef{Name: name, Type: kith.EntityType(kind)}
	}
	return kith.EntityRef{}
}

func (r *reader) checkKinds(n *yaml.Node, kinds map[string][]string) {
	for _, list := range kinds {
		for _, s := range list {
			if s != "none" && !slices.Contains(entityTypes, s) {
				r.fail(n, "unknown kind %q%s", s, suggest(s, entityTypes))
			}
		}
	}
}

func (r *reader) examples(n *yaml.Node, p *Predicate) []Example {
	var out []Example
	if n.Kind != yaml.SequenceNode {
		r.fail(n, "want a list of examples")
		return nil
	}
	for _, c := range n.Content {
		e := Example{Line: c.Line}
		r.fields(c, map[string]func(*yaml.Node){
			"text":   func(n *yaml.Node) { e.Text = strings.TrimSpace(n.Value) },
			"claims": func(n *yaml.Node) { e.Claims = r.expected(n) },
			"miss":   func(n *yaml.Node) { e.Text = strings.TrimSpace(n.Value) },
		})
		if e.Text == "" {
			r.fail(c, "the example has no text; write it under text, or under miss where no claim may come of it")
		}
		out = append(out, e)
	}
	return out
}

func (r *reader) expected(n *yaml.Node) []Expected {
	var out []Expected
	for _, s := range r.list(n) {
		parts := strings.Split(s, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) < 3 {
			r.fail(n, "the expected claim %q has %d parts; want subject | predicate | object", s, len(parts))
			continue
		}
		e := Expected{Subject: parts[0], Predicate: parts[1]}
		if v := parts[2]; len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' {
			e.Value = v[1 : len(v)-1]
		} else {
			e.Object = v
		}
		for _, mark := range parts[3:] {
			if v := mark; len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' {
				e.Value = v[1 : len(v)-1]
			} else if mark != "" {
				e.Marks = append(e.Marks, mark)
			}
		}
		out = append(out, e)
	}
	return out
}

// suggest returns `; did you mean "X"?` for the nearest known word, or "".
func suggest(s string, known []string) string {
	best, at := "", 3
	for _, k := range known {
		if d := distance(strings.ToLower(s), strings.ToLower(k)); d < at {
			best, at = k, d
		}
	}
	if best == "" {
		return "; known are " + strings.Join(known, ", ")
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance is the Levenshtein distance of two short strings.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		last := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := last
			if a[i-1] != b[j-1] {
				cost++
			}
			last = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
