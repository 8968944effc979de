package exchange

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"iter"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"kith"
	"kith/data"
	"kith/source"
)

// ftmSchema says what the schemata of FollowTheMoney mean here; the file is
// data/mappings/_followthemoney.yaml.
type ftmSchema struct {
	Types   map[string]kith.EntityType `yaml:"types"`   // schemata that are entities
	Edges   map[string]ftmEdge         `yaml:"edges"`   // schemata that are ties
	Details []ftmDetail                `yaml:"details"` // properties of entities that make claims
	Names   []string                   `yaml:"names"`
	Aliases []string                   `yaml:"aliases"`
	IDs     map[string]string          `yaml:"ids"` // scheme by property
}

type ftmEdge struct {
	Predicate string            `yaml:"predicate"`
	Subject   string            `yaml:"subject"` // property that holds the subject's id
	Object    string            `yaml:"object"`
	Value     string            `yaml:"value"` // property of the value
	Default   string            `yaml:"default"`
	Qualifier map[string]string `yaml:"qualifiers"`
	By        string            `yaml:"by"`     // property whose value picks the predicate
	Choose    map[string]string `yaml:"choose"` // predicate by the value; "-name" turns the ends round
}

type ftmDetail struct {
	Property  string          `yaml:"property"`
	Predicate string          `yaml:"predicate"`
	Object    kith.EntityType `yaml:"object"` // type of the object that the property names; "" makes a value
	Reverse   bool            `yaml:"reverse"`
	Role      string          `yaml:"role"`
}

var ftmRules = sync.OnceValues(func() (*ftmSchema, error) {
	s := &ftmSchema{}
	return s, loadRules("_followthemoney.yaml", s)
})

// loadRules reads a file of rules beside the mappings.
func loadRules(name string, into any) error {
	text, err := fs.ReadFile(data.FS, "mappings/"+name)
	if err == nil {
		d := yaml.NewDecoder(bytes.NewReader(text))
		d.KnownFields(true)
		err = d.Decode(into)
	}
	if err != nil {
		return fmt.Errorf("read mapping %s: %w", name, err)
	}
	return nil
}

func ftmImporter() Importer {
	return Importer{Format: source.Format{Name: "ftm", Label: "FollowTheMoney entities (JSON lines)", Extensions: []string{".ijson", ".ftm.json", ".ftm"}, MIME: []string{"application/json+ftm"},
		In: true, Out: true, Data: true, Limits: "2 GB; entities that a tie names must be in the file", Page: "ftm.md"},
		Sniff: func(f *File) bool {
			line, _, _ := bytes.Cut(f.Data[:min(len(f.Data), 4096)], []byte("\n"))
			return looksJSON(line) && bytes.Contains(line, []byte(`"schema"`)) && bytes.Contains(line, []byte(`"properties"`))
		},
		Rows: ftmRows}
}

// ftmName is what is known of an entity when a tie names it.
type ftmName struct {
	name, schema string
	aliases      []string
	ids          map[string]string
}

func ftmRows(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		rules, err := ftmRules()
		if err != nil {
			yield(Row{}, err)
			return
		}
		known := map[string]ftmName{}
		for n, err := range jsonValues(f.Data) {
			if err != nil {
				break // reported by the second pass, with the rows before it
			}
			if name := rules.nameOf(&n); name.name != "" {
				known[n.Value("id")] = name
			}
		}
		m := plainMapping("ftm", "FollowTheMoney", o)
		at := time.Now().UTC()
		for rec, err := range records(jsonValues(f.Data), "") {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("import %s: %w", f.Name, err))
				return
			}
			if !yield(rules.row(m, rec, f.Name, o, at, known), nil) {
				return
			}
		}
	}
}

// plainMapping is the frame of rows that code rather than a mapping reads.
func plainMapping(name, outlet string, o Options) *Mapping {
	m := &Mapping{Name: name, Format: name, Outlet: outlet, Reliable: 0.95}
	if o.Outlet != "" {
		m.Outlet = o.Outlet
	}
	return m
}

func (s *ftmSchema) nameOf(n *Node) ftmName {
	p := n.Kid("properties")
	if p == nil {
		return ftmName{}
	}
	out := ftmName{schema: n.Value("schema"), ids: map[string]string{"ftm": n.Value("id")}}
	for _, prop := range s.Names {
		for _, v := range valuesOf(p, prop) {
			if out.name == "" {
				out.name = v
			} else {
				out.aliases = addAlias(out.aliases, out.name, v)
			}
		}
	}
	for _, prop := range s.Aliases {
		for _, v := range valuesOf(p, prop) {
			out.aliases = addAlias(out.aliases, out.name, v)
		}
	}
	for prop, scheme := range s.IDs {
		if v := valuesOf(p, prop); len(v) > 0 {
			out.ids[scheme] = v[0]
		}
	}
	return out
}

// valuesOf lists a property's values.
func valuesOf(p *Node, property string) []string {
	k := p.Kid(property)
	if k == nil {
		return nil
	}
	if len(k.Kids) == 0 && k.Text != "" {
		return []string{oneLine(k.Text)}
	}
	var out []string
	for i := range k.Kids {
		if v := oneLine(k.Kids[i].Text); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// row reads one entity of FollowTheMoney.
func (s *ftmSchema) row(m *Mapping, rec record, file string, o Options, at time.Time, known map[string]ftmName) Row {
	row := Row{Number: rec.number}
	schema, p := rec.node.Value("schema"), rec.node.Kid("properties")
	if schema == "" || p == nil {
		row.Refused = "it has no schema or no properties"
	}
	shown := s.shown(rec.node, known)
	b := newBuilder(m, record{number: rec.number, node: shown}, file, o, at)
	b.reading.Document.Title = cmp.Or(firstOf(p, s.Names), schema+" "+rec.node.Value("id"))
	if row.Refused != "" {
		b.skip(row.Refused)
		row.Reading = b.finish()
		return row
	}
	if sources := valuesOf(p, "sourceUrl"); len(sources) > 0 && source.IsAddress(sources[0]) {
		b.reading.Document.Address = sources[0]
	}
	edge, isEdge := s.Edges[schema]
	kind, isEntity := s.Types[schema]
	switch {
	case isEdge:
		row.Refused = s.edge(b, edge, p, known)
	case isEntity:
		s.details(b, kind, rec.node, p, known)
	default:
		row.Nothing = schema + " is no party and no tie"
		return row
	}
	switch {
	case row.Refused != "":
		b.skip(row.Refused)
		row.Reading = b.finish()
	case len(b.reading.Claims) == 0:
		row.Nothing = schema + " without a property that a predicate holds"
	default:
		row.Reading = b.finish()
	}
	return row
}

func firstOf(p *Node, properties []string) string {
	if p == nil {
		return ""
	}
	for _, prop := range properties {
		if v := valuesOf(p, prop); len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// shown is the record as its text shows it: properties on one line, with the
// names of the entities that they refer to.
func (s *ftmSchema) shown(n *Node, known map[string]ftmName) *Node {
	out := &Node{Kids: []Node{{Key: "schema", Text: n.Value("schema")}, {Key: "id", Text: n.Value("id")}}}
	p := n.Kid("properties")
	if p == nil {
		return out
	}
	for i := range p.Kids {
		var values []string
		for _, v := range valuesOf(p, p.Kids[i].Key) {
			if e, ok := known[v]; ok {
				v = e.name + " [" + v + "]"
			}
			values = append(values, v)
		}
		out.Kids = append(out.Kids, Node{Key: p.Kids[i].Key, Text: strings.Join(values, ", ")})
	}
	return out
}

func (s *ftmSchema) local(b *builder, e ftmName) *kith.Entity {
	kind := s.Types[e.schema]
	if kind == "" {
		kind = kith.Organization
	}
	return b.entity(e.name, kind, func(local *kith.Entity) {
		local.Aliases, local.Identifiers = e.aliases, e.ids
	})
}

// edge makes the claim of a tie; it says what is missing where it cannot.
func (s *ftmSchema) edge(b *builder, e ftmEdge, p *Node, known map[string]ftmName) string {
	subjects, objects := valuesOf(p, e.Subject), valuesOf(p, e.Object)
	if len(subjects) == 0 || len(objects) == 0 {
		return "it lacks " + e.Subject + " or " + e.Object
	}
	for _, sid := range subjects {
		for _, oid := range objects {
			from, okS := known[sid]
			to, okO := known[oid]
			if !okS || !okO {
				return fmt.Sprintf("the file does not hold the entity %s", clip(cmp.Or(missing(okS, sid), oid), 60))
			}
			c := kith.Claim{Predicate: kith.Predicate(e.Predicate), Value: cmp.Or(firstOf(p, []string{e.Value}), e.Default)}
			if choice, ok := e.Choose[strings.ToLower(firstOf(p, []string{e.By}))]; ok {
				c.Predicate = kith.Predicate(strings.TrimPrefix(choice, "-"))
				if strings.HasPrefix(choice, "-") {
					from, to = to, from
				}
			}
			object := s.local(b, to).Ref()
			c.Subject, c.Object = s.local(b, from).Ref(), &object
			s.qualify(&c, e, p)
			b.put(c, b.whole())
		}
	}
	return ""
}

func missing(known bool, id string) string {
	if known {
		return ""
	}
	return id
}

func (s *ftmSchema) qualify(c *kith.Claim, e ftmEdge, p *Node) {
	for _, key := range sortedKeys(e.Qualifier) {
		value := firstOf(p, strings.Fields(e.Qualifier[key]))
		if key == "amount" {
			value = money(value)
		}
		setQualifier(&c.Qualifiers, key, value)
	}
	if c.Qualifiers.Amount != "" && c.Qualifiers.Currency == "" {
		switch {
		case len(valuesOf(p, "amountEur")) > 0 && len(valuesOf(p, "amount")) == 0:
			c.Qualifiers.Currency = "EUR"
		case len(valuesOf(p, "amountUsd")) > 0 && len(valuesOf(p, "amount")) == 0:
			c.Qualifiers.Currency = "USD"
		}
	}
	c.Time.From = parseDate(firstOf(p, []string{"startDate", "date"}), "")
	c.Time.To = parseDate(firstOf(p, []string{"endDate", "date"}), "")
	if c.Time.From != "" && c.Time.To != "" && c.Time.From.First() > c.Time.To.Last() {
		c.Time.To = ""
	}
	if status := strings.ToLower(firstOf(p, []string{"status"})); status == "former" || status == "current" || status == "ended" {
		c.Qualifiers.Status = strings.Replace(status, "ended", "former", 1)
	}
}

// details makes the claims that an entity's own properties hold.
func (s *ftmSchema) details(b *builder, kind kith.EntityType, n, p *Node, known map[string]ftmName) {
	self := s.nameOf(n)
	if self.name == "" {
		return
	}
	me := s.local(b, self).Ref()
	for _, d := range s.Details {
		for _, v := range valuesOf(p, d.Property) {
			c := kith.Claim{Subject: me, Predicate: kith.Predicate(d.Predicate)}
			c.Qualifiers.Role = d.Role
			switch {
			case d.Object == "":
				if kith.Fold(v) == kith.Fold(self.name) {
					continue
				}
				c.Value = v
			default:
				other, ok := known[v]
				if !ok {
					other = ftmName{name: v}
				}
				ref := b.entity(other.name, d.Object, func(e *kith.Entity) { e.Identifiers = other.ids }).Ref()
				if ref.ID == me.ID {
					continue
				}
				c.Object = &ref
				if d.Reverse {
					subject := me
					c.Subject, c.Object = ref, &subject
				}
			}
			b.put(c, b.whole())
		}
	}
}
