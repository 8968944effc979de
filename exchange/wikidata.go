package exchange

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"kith"
	"kith/source"
)

// wikidataRules say what the properties of Wikidata mean; the file is
// data/mappings/_wikidata.yaml.
type wikidataRules struct {
	Classes    map[string]kith.EntityType  `yaml:"classes"` // type by the class of an item (P31)
	Properties map[string]wikidataProperty `yaml:"properties"`
	Identifier map[string]string           `yaml:"identifiers"` // scheme by property
	Qualifiers map[string]string           `yaml:"qualifiers"`  // kith's qualifier by property
	From       []string                    `yaml:"from"`
	To         []string                    `yaml:"to"`
	At         []string                    `yaml:"at"`
}

type wikidataProperty struct {
	Predicate string          `yaml:"predicate"`
	Type      kith.EntityType `yaml:"type"`    // of the item that is the value; "" makes it the claim's value
	Self      kith.EntityType `yaml:"self"`    // of the item itself, where the property tells it
	Reverse   bool            `yaml:"reverse"` // the value is the subject
	Object    []string        `yaml:"object"`  // qualifiers that hold the object, where the item is a value
	Kind      kith.EntityType `yaml:"kind"`    // of that object
	Role      string          `yaml:"role"`
	Topic     string          `yaml:"topic"`
}

var loadWikidata = sync.OnceValues(func() (*wikidataRules, error) {
	r := &wikidataRules{}
	return r, loadRules("_wikidata.yaml", r)
})

func wikidataImporter() Importer {
	return Importer{Format: source.Format{Name: "wikidata", Label: "Wikidata entities (JSON)", MIME: []string{"application/json+wikibase"},
		In: true, Data: true, Limits: "2 GB; names of other items are taken from the file and from Q….json files beside it", Page: "wikidata.md"},
		Sniff: func(f *File) bool {
			head := f.Data[:min(len(f.Data), 4096)]
			return looksJSON(head) && (bytes.Contains(head, []byte(`"entities"`)) && bytes.Contains(head, []byte(`"Q`)) ||
				bytes.Contains(head, []byte(`"type":"item"`)) || bytes.Contains(head, []byte(`"type": "item"`)))
		},
		Rows: wikidataRows}
}

// wikidataReader reads the entities of one file.
type wikidataReader struct {
	rules  *wikidataRules
	m      *Mapping
	dir    string
	labels map[string]string
}

func wikidataRows(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		rules, err := loadWikidata()
		if err != nil {
			yield(Row{}, err)
			return
		}
		r := &wikidataReader{rules: rules, m: plainMapping("wikidata", "Wikidata", o), dir: filepath.Dir(f.Name), labels: map[string]string{}}
		r.m.Reliable = 0.9
		at := time.Now().UTC()
		number := 0
		for n, err := range jsonValues(f.Data) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("import %s: %w", f.Name, err))
				return
			}
			for _, e := range entitiesOf(&n) {
				r.labels[e.Value("id")] = labelOf(e)
			}
			for _, e := range entitiesOf(&n) {
				number++
				if !yield(r.row(record{number: number, node: e}, f.Name, o, at), nil) {
					return
				}
			}
		}
	}
}

// entitiesOf lists the entities of an API answer, a dump's array or a bare
// entity.
func entitiesOf(n *Node) []*Node {
	list := n
	if k := n.Kid("entities"); k != nil {
		list = k
	} else if !n.List {
		return []*Node{n}
	}
	out := make([]*Node, len(list.Kids))
	for i := range list.Kids {
		out[i] = &list.Kids[i]
	}
	return out
}

// labelOf is an item's English label, or the first one.
func labelOf(e *Node) string {
	labels := e.Kid("labels")
	if labels == nil {
		return ""
	}
	if en := labels.Value("en.value"); en != "" {
		return en
	}
	if mul := labels.Value("mul.value"); mul != "" {
		return mul
	}
	for i := range labels.Kids {
		if v := labels.Kids[i].Value("value"); v != "" {
			return v
		}
	}
	return ""
}

var itemID = regexp.MustCompile(`^Q\d{1,12}$`)

// label is the name of another item: from the file, from a file beside it, or
// its number.
func (r *wikidataReader) label(id string) string {
	if l, ok := r.labels[id]; ok {
		return cmp.Or(l, id)
	}
	r.labels[id] = ""
	if itemID.MatchString(id) {
		if text, err := os.ReadFile(filepath.Join(r.dir, id+".json")); err == nil && len(text) < 16<<20 {
			for n, err := range jsonValues(text) {
				if err != nil {
					break
				}
				for _, e := range entitiesOf(&n) {
					if e.Value("id") == id {
						r.labels[id] = labelOf(e)
					}
				}
			}
		}
	}
	return cmp.Or(r.labels[id], id)
}

func (r *wikidataReader) row(rec record, file string, o Options, at time.Time) Row {
	row := Row{Number: rec.number}
	id, name := rec.node.Value("id"), oneLine(labelOf(rec.node))
	if rec.node.Kid("missing") != nil {
		row.Nothing = "no such item"
		return row
	}
	statements := r.statements(rec.node)
	b := newBuilder(r.m, record{number: rec.number, node: r.shown(rec.node, name, statements)}, file, o, at)
	d := &b.reading.Document
	d.Title = cmp.Or(name, id)
	if itemID.MatchString(id) {
		d.Address = "https://www.wikidata.org/wiki/" + id
	} else {
		row.Refused = "it has no item number"
		b.skip(row.Refused)
		row.Reading = b.finish()
		return row
	}
	kind := r.kindOf(rec.node, statements)
	if name == "" || kind == "" {
		row.Nothing = "an item that is no party, place or event"
		if name == "" {
			row.Nothing = "no label"
		}
		return row
	}
	self := b.entity(name, kind, func(e *kith.Entity) { r.identify(e, rec.node, statements) }).Ref()
	line := 0
	for i := range b.scope.node.Kids {
		if b.scope.node.Kids[i].Key == "statement" {
			r.claim(b, self, statements[line], b.spanOf(&b.scope.node.Kids[i]))
			line++
		}
	}
	if row.Nothing = "no statement that a predicate holds"; len(b.reading.Claims) > 0 {
		row.Nothing, row.Reading = "", b.finish()
	}
	return row
}

// statement is one statement of an item.
type statement struct {
	property string
	node     *Node
	value    *Node // of the main snak
}

// statements lists the statements of known properties that are not
// deprecated and have a value.
func (r *wikidataReader) statements(e *Node) []statement {
	var out []statement
	claims := e.Kid("claims")
	if claims == nil {
		return nil
	}
	for i := range claims.Kids {
		p := &claims.Kids[i]
		for j := range p.Kids {
			s := &p.Kids[j]
			if s.Value("rank") == "deprecated" || s.Value("mainsnak.snaktype") != "value" {
				continue
			}
			if _, known := r.rules.Properties[p.Key]; known || r.rules.Identifier[p.Key] != "" || p.Key == "P31" {
				out = append(out, statement{p.Key, s, s.At("mainsnak.datavalue.value")})
			}
		}
	}
	return out
}

// shown is the item as its text shows it: name, description, and a line for
// each statement with its qualifiers.
func (r *wikidataReader) shown(e *Node, name string, statements []statement) *Node {
	out := &Node{Kids: []Node{{Key: "item", Text: e.Value("id")}, {Key: "label", Text: name}, {Key: "description", Text: e.Value("descriptions.en.value")}}}
	for _, s := range statements {
		line := Node{Key: "statement", Kids: []Node{{Key: "of", Text: name}, {Key: s.property, Text: r.text(s.value)}}}
		if q := s.node.Kid("qualifiers"); q != nil {
			for i := range q.Kids {
				for j := range q.Kids[i].Kids {
					if v := r.text(q.Kids[i].Kids[j].At("datavalue.value")); v != "" {
						line.Kids = append(line.Kids, Node{Key: q.Kids[i].Key, Text: v})
					}
				}
			}
		}
		out.Kids = append(out.Kids, line)
	}
	return out
}

// text writes a value: an item's name, a date, a text, an amount.
func (r *wikidataReader) text(v *Node) string {
	if v == nil {
		return ""
	}
	switch {
	case v.Kid("id") != nil:
		return r.label(v.Value("id"))
	case v.Kid("time") != nil:
		return string(wikidataDate(v))
	case v.Kid("text") != nil:
		return v.Value("text")
	case v.Kid("amount") != nil:
		return strings.TrimPrefix(v.Value("amount"), "+")
	}
	return v.Text
}

// wikidataDate cuts a time to its precision (11 day, 10 month, 9 year);
// coarser ones and years before the common era are left out.
func wikidataDate(v *Node) kith.Date {
	t := v.Value("time")
	if len(t) < 11 || t[0] == '-' {
		return ""
	}
	t = t[1:]
	switch v.Value("precision") {
	case "11":
		return validDate(t[:4], t[5:7], t[8:10])
	case "10":
		return validDate(t[:4], t[5:7], "")
	case "9":
		return validDate(t[:4], "", "")
	}
	return ""
}

// kindOf is the type of the item itself: by its classes, or by a property
// that only one type has.
func (r *wikidataReader) kindOf(e *Node, statements []statement) kith.EntityType {
	for _, s := range statements {
		if s.property == "P31" && s.value != nil {
			if kind := r.rules.Classes[s.value.Value("id")]; kind != "" {
				return kind
			}
		}
	}
	for _, s := range statements {
		if kind := r.rules.Properties[s.property].Self; kind != "" {
			return kind
		}
	}
	return ""
}

func (r *wikidataReader) identify(e *kith.Entity, n *Node, statements []statement) {
	e.Identifiers = map[string]string{"wikidata": n.Value("id")}
	for _, s := range statements {
		if scheme := r.rules.Identifier[s.property]; scheme != "" && e.Identifiers[scheme] == "" {
			if v := r.text(s.value); v != "" {
				e.Identifiers[scheme] = v
			}
		}
	}
	if aliases := n.At("aliases.en"); aliases != nil {
		for i := range aliases.Kids {
			if a := aliases.Kids[i].Value("value"); strings.Contains(a, " ") || e.Type != kith.Person {
				e.Aliases = addAlias(e.Aliases, e.Name, a)
			}
		}
	}
}

// item is the local entity of another item.
func (r *wikidataReader) item(b *builder, v *Node, kind kith.EntityType) *kith.Entity {
	id := v.Value("id")
	if id == "" {
		return nil
	}
	return b.entity(oneLine(r.label(id)), kind, func(e *kith.Entity) { e.Identifiers = map[string]string{"wikidata": id} })
}

// claim makes the claim of one statement.
func (r *wikidataReader) claim(b *builder, self kith.EntityRef, s statement, span kith.Span) {
	p, ok := r.rules.Properties[s.property]
	if !ok || s.value == nil {
		return
	}
	c := kith.Claim{Subject: self, Predicate: kith.Predicate(p.Predicate)}
	c.Qualifiers.Role, c.Qualifiers.Topic = p.Role, p.Topic
	switch {
	case p.Type == "":
		if c.Value = oneLine(r.text(s.value)); c.Value == "" || kith.Fold(c.Value) == kith.Fold(self.Name) && p.Predicate == "also_known_as" {
			return
		}
		for _, q := range p.Object {
			if v := qualifierValue(s.node, q); v != nil && c.Object == nil {
				if e := r.item(b, v, p.Kind); e != nil {
					ref := e.Ref()
					c.Object = &ref
				}
			}
		}
	default:
		e := r.item(b, s.value, p.Type)
		if e == nil || e.ID == self.ID {
			return
		}
		ref := e.Ref()
		c.Object = &ref
		if p.Reverse {
			subject := self
			c.Subject, c.Object = ref, &subject
		}
	}
	r.qualify(&c, s.node)
	b.put(c, span)
}

func qualifierValue(s *Node, property string) *Node {
	q := s.Kid("qualifiers")
	if q == nil {
		return nil
	}
	k := q.Kid(property)
	if k == nil || len(k.Kids) == 0 {
		return nil
	}
	return k.Kids[0].At("datavalue.value")
}

func (r *wikidataReader) qualify(c *kith.Claim, s *Node) {
	for _, property := range sortedKeys(r.rules.Qualifiers) {
		if v := qualifierValue(s, property); v != nil {
			setQualifier(&c.Qualifiers, r.rules.Qualifiers[property], oneLine(r.text(v)))
		}
	}
	date := func(properties []string) kith.Date {
		for _, p := range properties {
			if v := qualifierValue(s, p); v != nil {
				if d := wikidataDate(v); d != "" {
					return d
				}
			}
		}
		return ""
	}
	c.Time.From, c.Time.To = date(r.rules.From), date(r.rules.To)
	if at := date(r.rules.At); at != "" && c.Time.IsZero() {
		c.Time.From, c.Time.To = at, at
	}
	if c.Time.From != "" && c.Time.To != "" && c.Time.From.First() > c.Time.To.Last() {
		c.Time.To = ""
	}
}
