package exchange

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"kith"
)

// applyAll turns records into rows with a mapping.
func applyAll(ctx context.Context, m *Mapping, file string, recs iter.Seq2[record, error], o Options, yield func(Row, error) bool) {
	at := time.Now().UTC()
	for rec, err := range recs {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(Row{}, fmt.Errorf("import %s: %w", file, err))
			return
		}
		if !yield(m.row(rec, file, o, at), nil) {
			return
		}
	}
}

// row turns one record into a row. A bad record is kept as a document without
// claims, which says what is wrong.
func (m *Mapping) row(rec record, file string, o Options, at time.Time) Row {
	row := Row{Number: rec.number, Refused: rec.bad}
	b := newBuilder(m, rec, file, o, at)
	if b.reading.Document.Text == "" {
		if row.Refused == "" {
			row.Nothing = "no values"
		}
		return row
	}
	if rec.bad != "" {
		b.skip(rec.bad)
		row.Reading = b.finish()
		return row
	}
	for _, r := range m.Claims {
		b.rule(r)
	}
	row.Reading = b.finish()
	if len(row.Reading.Claims) == 0 {
		row.Reading, row.Nothing = nil, "no relationship that a predicate holds"
		if b.problem != "" {
			row.Nothing = b.problem
		}
	}
	return row
}

// builder makes the reading of one record.
type builder struct {
	m       *Mapping
	scope   *scope
	reading *kith.Reading
	locals  map[string]int // entity by type and folded name
	problem string
	seen    map[kith.ClaimID]bool
}

// Extractor names the importer of a mapping as the producer of claims.
func Extractor(mapping string) string { return "import-" + mapping + "/" + kith.Version }

func newBuilder(m *Mapping, rec record, file string, o Options, at time.Time) *builder {
	b := &builder{m: m, scope: &scope{m: m, node: rec.node, file: file, row: rec.number}, locals: map[string]int{}, seen: map[kith.ClaimID]bool{}}
	title := b.scope.eval(m.title)
	text := writeRecord(rec.node, title)
	outlet := o.Outlet
	if outlet == "" {
		outlet = m.Outlet
	}
	b.reading = &kith.Reading{Extractor: Extractor(m.Name), At: at, Sentences: 1, Document: kith.Document{
		ID: kith.NewDocumentID(text), Text: text, Outlet: outlet, Format: m.Format, Language: "en",
		Path: fmt.Sprintf("%s#%d", file, rec.number), Title: title, Date: parseDate(b.scope.eval(m.date), ""),
		Meta: map[string]string{"mapping": m.Name, "row": fmt.Sprint(rec.number)}}}
	d := &b.reading.Document
	if address := b.scope.eval(m.address); strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		d.Address = address
	}
	if d.Title == "" {
		d.Title = fmt.Sprintf("%s, row %d", baseName(file), rec.number)
	}
	if text != "" {
		d.Blocks = []kith.Block{{Span: kith.Span{Start: 0, End: len(text)}, Kind: kith.Row}}
		b.reading.Passages = []kith.Span{{Start: 0, End: len(text)}}
		b.reading.Words = strings.Count(text, " ") + 1
	}
	return b
}

func baseName(file string) string { return file[strings.LastIndexAny(file, `/\`)+1:] }

func (b *builder) skip(why string) {
	b.reading.Skips = append(b.reading.Skips, kith.Skip{Span: kith.Span{Start: 0, End: len(b.reading.Document.Text)}, Why: why})
}

func (b *builder) finish() *kith.Reading { return b.reading }

// rule applies one claim rule: for each element, each column entry, each
// subject and each object.
func (b *builder) rule(r *ClaimRule) {
	if r.Each == "" {
		b.columns(r, b.scope, kith.Span{Start: 0, End: len(b.reading.Document.Text)})
		return
	}
	list := b.scope.node.At(r.Each)
	if list == nil {
		return
	}
	elements := list.Kids
	if !list.List {
		elements = []Node{*list}
	}
	for i := range elements {
		e := &elements[i]
		inner := &scope{m: b.m, node: e, parent: b.scope, file: b.scope.file, row: b.scope.row}
		span := e.span
		if span.Len() == 0 {
			span = list.span
		}
		if span.Len() == 0 {
			span = kith.Span{Start: 0, End: len(b.reading.Document.Text)}
		}
		b.columns(r, inner, span)
	}
}

func (b *builder) columns(r *ClaimRule, s *scope, span kith.Span) {
	if len(r.Columns) == 0 {
		b.claims(r, s, span)
		return
	}
	for _, column := range r.Columns {
		with := *s
		with.columns = map[string]string{}
		for k, v := range column {
			with.columns[k] = v
		}
		with.columns["value"] = s.value(column["column"])
		b.claims(r, &with, span)
	}
}

// holds reports whether all of a condition's templates have allowed values.
func (s *scope) holds(w Condition) bool {
	for _, c := range w {
		if !allows(c.allowed, s.eval(c.value)) {
			return false
		}
	}
	return true
}

func allows(allowed []string, v string) bool {
	for _, a := range allowed {
		switch {
		case a == "*" && v != "", a == "-" && v == "", strings.EqualFold(a, v) && v != "":
			return true
		case strings.HasPrefix(a, "!") && v != "" && !strings.EqualFold(a[1:], v):
			return true
		case strings.HasPrefix(a, "^") && len(v) >= len(a)-1 && strings.EqualFold(a[1:], v[:len(a)-1]):
			return true
		}
	}
	return false
}

// claims makes the claims of one rule in one scope.
func (b *builder) claims(r *ClaimRule, s *scope, span kith.Span) {
	if !s.holds(r.When) || len(r.Unless) > 0 && s.holds(r.Unless) {
		return
	}
	for _, t := range r.require {
		if s.eval(t) == "" {
			return
		}
	}
	subjects := b.entities(r.Subject, s)
	objects := []*kith.Entity{nil}
	if r.Object != nil {
		if objects = b.entities(r.Object, s); len(objects) == 0 {
			return
		}
	}
	var third *kith.EntityRef
	if r.Third != nil {
		if named := b.entities(r.Third, s); len(named) > 0 {
			ref := named[0].Ref()
			third = &ref
		}
	}
	value := s.eval(r.value)
	if r.Value != "" && value == "" && r.Object == nil {
		return
	}
	for _, subject := range subjects {
		for _, object := range objects {
			b.add(r, s, span, subject, object, third, value)
		}
	}
}

func (b *builder) add(r *ClaimRule, s *scope, span kith.Span, subject, object *kith.Entity, third *kith.EntityRef, value string) {
	c := kith.Claim{Subject: subject.Ref(), Predicate: kith.Predicate(r.Predicate), Value: value, Negated: r.Negated, Modality: kith.Modality(r.Modality)}
	if object != nil {
		if object.ID == subject.ID {
			return
		}
		ref := object.Ref()
		c.Object = &ref
	}
	for _, q := range r.qualifiers {
		setQualifier(&c.Qualifiers, q.key, s.eval(q.value))
	}
	if object != nil && kith.Fold(c.Qualifiers.Jurisdiction) == kith.Fold(object.Name) {
		c.Qualifiers.Jurisdiction = "" // said by the object
	}
	c.Qualifiers.Third = third
	c.Time.From, c.Time.To = parseDate(s.eval(r.from), ""), parseDate(s.eval(r.to), "")
	if at := parseDate(s.eval(r.at), ""); at != "" {
		c.Time.From, c.Time.To = at, at
	}
	if c.Time.From != "" && c.Time.To != "" && c.Time.From.First() > c.Time.To.Last() {
		b.skip(fmt.Sprintf("%s ends (%s) before it begins (%s); the end is left out", r.Predicate, c.Time.To, c.Time.From))
		c.Time.To = ""
	}
	if name := s.eval(r.attribution); name != "" {
		c.Attribution = &kith.Attribution{Kind: kith.ByEntity, Name: name}
	}
	b.put(c, span)
}

// put seals a claim whose quote is the span and keeps it, once.
func (b *builder) put(c kith.Claim, span kith.Span) {
	d := &b.reading.Document
	c.Extractor, c.Review = b.reading.Extractor, kith.Unreviewed
	if c.Modality == "" {
		c.Modality = kith.Asserted
	}
	if c.Confidence == 0 {
		c.Confidence = b.m.Reliable
	}
	c.Evidence = kith.Evidence{Document: d.ID, Start: span.Start, End: span.End, Quote: span.Cut(d.Text)}
	c.Seal()
	if !b.seen[c.ID] {
		b.seen[c.ID] = true
		b.reading.Claims = append(b.reading.Claims, c)
	}
}

// whole is the span of the record's text.
func (b *builder) whole() kith.Span { return kith.Span{Start: 0, End: len(b.reading.Document.Text)} }

// entities finds or makes the local entities that a use names.
func (b *builder) entities(u *EntityUse, s *scope) []*kith.Entity {
	rule := u.Rule
	if rule == nil {
		rule = b.m.Entities[u.Key]
		for s.parent != nil { // entities of the mapping are the record's
			s = s.parent
		}
	}
	if !s.holds(rule.When) {
		return nil
	}
	if rule.Each != "" {
		return b.eachEntity(rule, s)
	}
	name := s.eval(rule.name)
	if name == "" {
		b.problem = "a party has no name"
		return nil
	}
	names := []string{name}
	if rule.Split != "" {
		names = strings.Split(name, rule.Split)
	}
	var out []*kith.Entity
	for _, n := range names {
		if n = strings.TrimSpace(oneLine(n)); n != "" && len(n) <= 300 {
			out = append(out, b.local(n, rule, s))
		}
	}
	return out
}

func (b *builder) eachEntity(rule *EntityRule, s *scope) []*kith.Entity {
	list := s.node.At(rule.Each)
	if list == nil {
		return nil
	}
	var out []*kith.Entity
	for i := range list.Kids {
		inner := &scope{m: b.m, node: &list.Kids[i], parent: s, file: s.file, row: s.row}
		if name := oneLine(inner.eval(rule.name)); name != "" && len(name) <= 300 {
			out = append(out, b.local(name, rule, inner))
		}
	}
	return out
}

// local is the document's entity of that name and type.
func (b *builder) local(name string, rule *EntityRule, s *scope) *kith.Entity {
	kind := kith.EntityType(s.eval(rule.typ))
	if kind == "" {
		kind = kith.EntityType(rule.Type)
	}
	return b.entity(name, kind, func(e *kith.Entity) {
		e.Unnamed = rule.Unnamed
		for _, t := range rule.aliases {
			if alias := s.eval(t); kind != kith.Person || strings.Contains(alias, " ") { // a surname alone names nobody
				e.Aliases = addAlias(e.Aliases, name, alias)
			}
		}
		for _, id := range rule.ids {
			if v := s.eval(id.value); v != "" {
				if e.Identifiers == nil {
					e.Identifiers = map[string]string{}
				}
				e.Identifiers[id.scheme] = v
			}
		}
	})
}

// entity finds or makes the document's entity of that name and type. Pointers
// that it returned before stay valid for reading only.
func (b *builder) entity(name string, kind kith.EntityType, fill func(*kith.Entity)) *kith.Entity {
	key := string(kind) + "\x00" + kith.Fold(name)
	if i, ok := b.locals[key]; ok {
		return &b.reading.Entities[i]
	}
	e := kith.Entity{ID: kith.NewEntityID(b.reading.Document.ID, name, kind, 0), Name: name, Type: kind}
	if fill != nil {
		fill(&e)
	}
	i := len(b.reading.Entities)
	b.reading.Entities = append(b.reading.Entities, e)
	b.locals[key] = i
	if at := strings.Index(b.reading.Document.Text, name); at >= 0 {
		b.reading.Mentions = append(b.reading.Mentions, kith.Mention{Span: kith.Span{Start: at, End: at + len(name)}, Kind: kith.NameMention, Type: kind, Entity: i, ID: e.ID, Text: name})
	}
	return &b.reading.Entities[i]
}

func addAlias(aliases []string, name, alias string) []string {
	alias = oneLine(alias)
	if alias == "" || kith.Fold(alias) == kith.Fold(name) {
		return aliases
	}
	for _, a := range aliases {
		if a == alias {
			return aliases
		}
	}
	return append(aliases, alias)
}
