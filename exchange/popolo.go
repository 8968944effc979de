package exchange

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"kith"
	"kith/source"
)

func popoloImporter() Importer {
	return Importer{Format: source.Format{Name: "popolo", Label: "Popolo (persons, memberships, organisations)", Extensions: []string{".popolo.json"}, MIME: []string{"application/json+popolo"},
		In: true, Data: true, Limits: "2 GB", Page: "popolo.md"},
		Sniff: func(f *File) bool {
			if !looksJSON(f.Data) {
				return false
			}
			for n, err := range jsonValues(f.Data) {
				return err == nil && isPopolo(&n)
			}
			return false
		},
		Rows: popoloRows}
}

// isPopolo reports whether an object has a list of persons, organisations or
// memberships, as Popolo names them.
func isPopolo(n *Node) bool {
	lists := 0
	for _, name := range popoloLists[:3] {
		if k := n.Kid(name); k != nil && k.List {
			lists++
		}
	}
	if n.List {
		return len(n.Kids) > 0 && isPopoloPerson(&n.Kids[0]) && (n.Kids[0].At("memberships.0.organization_id") != nil || n.Kids[0].At("memberships.0.organization") != nil)
	}
	return lists > 0
}

// popoloLists are the lists of a Popolo file, in the order in which they are
// read (popoloproject.com/specs).
var popoloLists = []string{"persons", "organizations", "memberships", "posts", "events", "areas"}

// popolo holds a file's records by id, to follow what memberships refer to.
type popolo struct {
	m    *Mapping
	byID map[string]map[string]*Node
}

func popoloRows(ctx context.Context, f *File, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var root *Node
		for n, err := range jsonValues(f.Data) {
			if err != nil {
				yield(Row{}, fmt.Errorf("import %s: %w", f.Name, err))
				return
			}
			if root == nil {
				root = &n
			}
		}
		if root != nil {
			root = popoloRoot(root)
		}
		if root == nil || root.List {
			yield(Row{}, wrongFile(f, "it is no Popolo file"))
			return
		}
		p := &popolo{m: plainMapping("popolo", cmp.Or(root.Value("meta.name"), "Popolo"), o), byID: map[string]map[string]*Node{}}
		for _, list := range popoloLists {
			p.index(root, list)
		}
		at, number := time.Now().UTC(), 0
		for _, list := range append(slices.Clone(popoloLists), otherLists(root)...) {
			k := root.Kid(list)
			if k == nil {
				continue
			}
			for i := range k.Kids {
				number++
				if ctx.Err() != nil {
					yield(Row{}, ctx.Err())
					return
				}
				if !yield(p.row(list, record{number: number, node: &k.Kids[i]}, f.Name, o, at), nil) {
					return
				}
			}
		}
	}
}

func (p *popolo) index(root *Node, list string) {
	p.byID[list] = map[string]*Node{}
	if k := root.Kid(list); k != nil {
		for i := range k.Kids {
			if id := k.Kids[i].Value("id"); id != "" {
				p.byID[list][id] = &k.Kids[i]
			}
		}
	}
}

func (p *popolo) row(list string, rec record, file string, o Options, at time.Time) Row {
	row := Row{Number: rec.number}
	b := newBuilder(p.m, record{number: rec.number, node: p.shown(list, rec.node)}, file, o, at)
	b.reading.Document.Title = cmp.Or(rec.node.Value("name"), rec.node.Value("label"), list+" "+rec.node.Value("id"))
	if u := rec.node.Value("sources.0.url"); source.IsAddress(u) {
		b.reading.Document.Address = u
	}
	switch list {
	case "persons":
		p.person(b, rec.node)
		row.Nothing = "person without other names"
	case "organizations":
		p.organization(b, rec.node)
		row.Nothing = "organisation without a parent or other names"
	case "memberships":
		row.Refused = p.membership(b, rec.node)
	case "posts", "events", "areas":
		row.Nothing = list + " stand in memberships"
	default:
		row.Nothing = list + " are no relationship that a predicate holds"
	}
	switch {
	case row.Refused != "":
		row.Nothing = ""
		b.skip(row.Refused)
		row.Reading = b.finish()
	case len(b.reading.Claims) > 0:
		row.Nothing = ""
		row.Reading = b.finish()
	}
	return row
}

// shown is a membership with the names that its ids stand for; other records
// are shown as they are.
func (p *popolo) shown(list string, n *Node) *Node {
	out := &Node{Kids: append([]Node(nil), n.Kids...)}
	if list != "memberships" {
		return out
	}
	for _, r := range []struct{ key, list, name string }{{"person_id", "persons", "person"}, {"organization_id", "organizations", "organization"},
		{"on_behalf_of_id", "organizations", "on_behalf_of"}, {"area_id", "areas", "area"}, {"post_id", "posts", "post"}, {"legislative_period_id", "events", "legislative_period"}} {
		if id := n.Value(r.key); id != "" {
			if e := p.byID[r.list][id]; e != nil {
				out.Kids = append(out.Kids, Node{Key: r.name, Text: cmp.Or(e.Value("name"), e.Value("label"))})
			}
		}
	}
	return out
}

// entity is the local entity of a person or organisation.
func (p *popolo) entity(b *builder, n *Node, kind kith.EntityType) *kith.Entity {
	name := oneLine(n.Value("name"))
	if name == "" {
		return nil
	}
	return b.entity(name, kind, func(e *kith.Entity) {
		e.Identifiers = map[string]string{"popolo": n.Value("id")}
		if ids := n.Kid("identifiers"); ids != nil {
			for i := range ids.Kids {
				scheme, id := ids.Kids[i].Value("scheme"), ids.Kids[i].Value("identifier")
				if scheme != "" && id != "" && e.Identifiers[scheme] == "" {
					e.Identifiers[scheme] = id
				}
			}
		}
		for _, alias := range otherNames(n) {
			e.Aliases = addAlias(e.Aliases, name, alias)
		}
	})
}

// otherNames lists the other names in the Latin script.
func otherNames(n *Node) []string {
	var out []string
	if k := n.Kid("other_names"); k != nil {
		for i := range k.Kids {
			if name := k.Kids[i].Value("name"); isLatin(name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func isLatin(s string) bool {
	for _, r := range s {
		if r >= 0x250 && r != '’' && r != '‘' && r != '–' {
			return false
		}
	}
	return s != ""
}

func (p *popolo) person(b *builder, n *Node) {
	if e := p.entity(b, n, kith.Person); e != nil {
		p.names(b, n, e.Ref())
	}
}

// names makes a claim of each other name that is no mere spelling in another
// language.
func (p *popolo) names(b *builder, n *Node, self kith.EntityRef) {
	k := n.Kid("other_names")
	if k == nil {
		return
	}
	for i := range k.Kids {
		other := &k.Kids[i]
		name := oneLine(other.Value("name"))
		if name == "" || other.Value("note") == "multilingual" && other.Value("lang") != "en" || kith.Fold(name) == kith.Fold(self.Name) {
			continue
		}
		c := kith.Claim{Subject: self, Predicate: "also_known_as", Value: name}
		c.Time = kith.Time{From: parseDate(other.Value("start_date"), ""), To: parseDate(other.Value("end_date"), "")}
		b.put(c, b.spanOf(other))
	}
}

// spanOf is where a part of the record stands in its text; the whole text
// where it was not written apart.
func (b *builder) spanOf(n *Node) kith.Span {
	if n.span.Len() > 0 {
		return n.span
	}
	return b.whole()
}

func (p *popolo) organization(b *builder, n *Node) {
	e := p.entity(b, n, kith.Organization)
	if e == nil {
		return
	}
	self := e.Ref()
	p.names(b, n, self)
	if parent := p.byID["organizations"][n.Value("parent_id")]; parent != nil {
		if o := p.entity(b, parent, kith.Organization); o != nil && o.ID != self.ID {
			ref := o.Ref()
			b.put(kith.Claim{Subject: self, Predicate: "part_of", Object: &ref}, b.whole())
		}
	}
}

// membership makes the claims of a membership: the seat in a legislature or
// the membership in another body, and the party on whose behalf it is held.
func (p *popolo) membership(b *builder, n *Node) string {
	person := p.byID["persons"][n.Value("person_id")]
	body := p.byID["organizations"][n.Value("organization_id")]
	if person == nil || body == nil {
		return "the file does not hold its person or organisation"
	}
	who, where := p.entity(b, person, kith.Person), p.entity(b, body, kith.Organization)
	if who == nil || where == nil {
		return "its person or organisation has no name"
	}
	self, object := who.Ref(), where.Ref()
	area := p.byID["areas"][n.Value("area_id")]
	when := p.period(n)
	c := kith.Claim{Subject: self, Predicate: "member_of", Object: &object, Time: when}
	if area != nil {
		c.Qualifiers.Jurisdiction = area.Value("name")
	}
	role := n.Value("role")
	if post := p.byID["posts"][n.Value("post_id")]; post != nil {
		role = cmp.Or(post.Value("label"), role)
	}
	if body.Value("classification") == "legislature" {
		c.Predicate, c.Value = "held_office", titleCase(cmp.Or(role, "member"))
	} else {
		c.Qualifiers.Role = role
	}
	b.put(c, b.whole())
	if party := p.byID["organizations"][n.Value("on_behalf_of_id")]; party != nil {
		if o := p.entity(b, party, kith.Organization); o != nil && isParty(o.Name) {
			ref := o.Ref()
			b.put(kith.Claim{Subject: self, Predicate: "member_of", Object: &ref, Time: when}, b.whole())
		}
	}
	return ""
}

func isParty(name string) bool {
	switch kith.Fold(name) {
	case "unknown", "independent", "independents", "none", "no party":
		return false
	}
	return true
}

// period is a membership's own dates, else those of its legislative period.
func (p *popolo) period(n *Node) kith.Time {
	t := kith.Time{From: parseDate(n.Value("start_date"), ""), To: parseDate(n.Value("end_date"), "")}
	if e := p.byID["events"][n.Value("legislative_period_id")]; e != nil {
		if t.From == "" {
			t.From = parseDate(e.Value("start_date"), "")
		}
		if t.To == "" {
			t.To = parseDate(e.Value("end_date"), "")
		}
	}
	if t.From != "" && t.To != "" && t.From.First() > t.To.Last() {
		t.To = ""
	}
	return t
}
