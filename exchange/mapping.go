package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"kith"
	"kith/data"
)

// Mapping says what the rows or records of a kind of file mean. It is a YAML
// file; docs/formats/mapping.md describes it.
type Mapping struct {
	Name       string                       `yaml:"name"`
	Label      string                       `yaml:"label"`
	Format     string                       `yaml:"format"`  // csv, xlsx, json, yaml, fec
	Records    string                       `yaml:"records"` // where the records lie: "" the list, a path, "*" the parts of the object
	Match      MatchRule                    `yaml:"match"`
	Outlet     string                       `yaml:"outlet"`     // whose data it is
	Reliable   float64                      `yaml:"confidence"` // of each claim, 0 to 1
	Empty      []string                     `yaml:"empty"`      // values that mean none
	Tables     map[string]map[string]string `yaml:"tables"`
	Use        []string                     `yaml:"use"` // files of tables
	Title      string                       `yaml:"title"`
	Address    string                       `yaml:"address"`
	Date       string                       `yaml:"date"`
	Entities   map[string]*EntityRule       `yaml:"entities"`
	Claims     []*ClaimRule                 `yaml:"claims"`
	Columns    []string                     `yaml:"columns"` // of files without a header (FEC bulk)
	Separator  string                       `yaml:"separator"`
	title      Template
	address    Template
	date       Template
	emptyLower map[string]bool
}

// MatchRule says by what a file of the mapping is known.
type MatchRule struct {
	Columns []string `yaml:"columns"` // that a table must have
	Fields  []string `yaml:"fields"`  // that the first record must have
	File    string   `yaml:"file"`    // pattern of the file's name, as in a shell
}

// EntityRule says how a row names an entity.
type EntityRule struct {
	Type    string            `yaml:"type"`
	Name    string            `yaml:"name"`
	Aliases []string          `yaml:"aliases"`
	IDs     map[string]string `yaml:"ids"`
	Split   string            `yaml:"split"` // several names in one cell, apart by this
	Each    string            `yaml:"each"`  // one entity for each element of a list
	Unnamed bool              `yaml:"unnamed"`
	When    Condition         `yaml:"when"`
	typ     Template
	name    Template
	aliases []Template
	ids     []idTemplate
}

type idTemplate struct {
	scheme string
	value  Template
}

// ClaimRule says which claim a row makes.
type ClaimRule struct {
	Predicate   string              `yaml:"predicate"`
	Subject     *EntityUse          `yaml:"subject"`
	Object      *EntityUse          `yaml:"object"`
	Third       *EntityUse          `yaml:"third"`
	Value       string              `yaml:"value"`
	Qualifiers  map[string]string   `yaml:"qualifiers"`
	From        string              `yaml:"from"`
	To          string              `yaml:"to"`
	At          string              `yaml:"at"` // both ends
	Modality    string              `yaml:"modality"`
	Negated     bool                `yaml:"negated"`
	Attribution string              `yaml:"attribution"` // the name of an entity who says so
	Each        string              `yaml:"each"`        // one claim for each element of a list
	Columns     []map[string]string `yaml:"columns"`     // one claim for each entry, seen as @column and so on
	When        Condition           `yaml:"when"`
	Unless      Condition           `yaml:"unless"`
	Require     []string            `yaml:"require"` // templates that must not be empty
	value       Template
	qualifiers  []qualifier
	from        Template
	to          Template
	at          Template
	attribution Template
	require     []Template
}

type qualifier struct {
	key   string
	value Template
}

// EntityUse names an entity of the mapping, or describes one in place.
type EntityUse struct {
	Key  string
	Rule *EntityRule
}

// UnmarshalYAML reads either form.
func (u *EntityUse) UnmarshalYAML(y *yaml.Node) error {
	if y.Kind == yaml.ScalarNode {
		u.Key = y.Value
		return nil
	}
	return y.Decode(&u.Rule)
}

// Condition is a list of templates with the values that each may have: "*"
// any but none, "-" none, "!x" any but x.
type Condition []clause

type clause struct {
	value   Template
	allowed []string
}

// UnmarshalYAML reads a map of paths or templates to what they may be.
func (w *Condition) UnmarshalYAML(y *yaml.Node) error {
	var m map[string]OneOrMany
	if err := y.Decode(&m); err != nil {
		return err
	}
	for _, key := range sortedKeys(m) {
		text := key
		if !strings.Contains(key, "{") {
			text = "{" + key + "}"
		}
		t, err := parseTemplate(text)
		if err != nil {
			return fmt.Errorf("line %d: %w", y.Line, err)
		}
		*w = append(*w, clause{t, m[key]})
	}
	return nil
}

// OneOrMany is a value or a list of values.
type OneOrMany []string

// UnmarshalYAML reads either form.
func (o *OneOrMany) UnmarshalYAML(y *yaml.Node) error {
	if y.Kind == yaml.ScalarNode {
		*o = OneOrMany{y.Value}
		return nil
	}
	var many []string
	err := y.Decode(&many)
	*o = many
	return err
}

// clean drops values that mean none.
func (m *Mapping) clean(v string) string {
	if len(v) <= 12 && m.emptyLower[strings.ToLower(v)] {
		return ""
	}
	return v
}

// fitsColumns reports whether a table with this header is the mapping's.
func (m *Mapping) fitsColumns(format string, header []string) bool {
	if m.Format != format && m.Format != "csv" || len(m.Match.Columns) == 0 {
		return false
	}
	for _, c := range m.Match.Columns {
		if !slices.Contains(header, c) {
			return false
		}
	}
	return true
}

// fitsRecord reports whether a record has what the mapping's records have.
func (m *Mapping) fitsRecord(format string, n *Node) bool {
	if m.Format != format && (m.Format != "json" && m.Format != "yaml" || format != "json" && format != "yaml") || len(m.Match.Fields) == 0 {
		return false
	}
	for _, f := range m.Match.Fields {
		if n.At(f) == nil {
			return false
		}
	}
	return true
}

// LoadMapping reads a mapping from a user's file.
func LoadMapping(file string) (*Mapping, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read mapping: %w", err)
	}
	return ParseMapping(file, text, os.DirFS(filepath.Dir(file)))
}

// ParseMapping reads and checks a mapping. Tables that it uses lie beside it
// or among the built-in ones.
func ParseMapping(name string, text []byte, beside fs.FS) (*Mapping, error) {
	m := &Mapping{Reliable: 0.95}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(m); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read mapping %s: %w: %v", name, kith.ErrInvalid, err)
	}
	if m.Name == "" {
		m.Name = strings.TrimSuffix(path.Base(filepath.ToSlash(name)), path.Ext(name))
	}
	if err := m.useTables(beside); err != nil {
		return nil, fmt.Errorf("read mapping %s: %w", name, err)
	}
	if err := m.compile(); err != nil {
		return nil, fmt.Errorf("read mapping %s: %w: %v", name, kith.ErrInvalid, err)
	}
	return m, nil
}

// useTables adds the tables of other files.
func (m *Mapping) useTables(beside fs.FS) error {
	if m.Tables == nil {
		m.Tables = map[string]map[string]string{}
	}
	for _, file := range m.Use {
		var text []byte
		err := fs.ErrNotExist
		if beside != nil {
			text, err = fs.ReadFile(beside, file)
		}
		if err != nil {
			if text, err = fs.ReadFile(data.FS, "mappings/"+file); err != nil {
				return fmt.Errorf("use %s: there is no such file of tables", file)
			}
		}
		var tables map[string]map[string]string
		if err := yaml.Unmarshal(text, &tables); err != nil {
			return fmt.Errorf("use %s: %v", file, err)
		}
		for name, table := range tables {
			if m.Tables[name] == nil {
				m.Tables[name] = table
			}
		}
	}
	return nil
}

// compile parses all templates and checks what the rules name.
func (m *Mapping) compile() error {
	m.emptyLower = map[string]bool{"": true}
	for _, e := range m.Empty {
		m.emptyLower[strings.ToLower(e)] = true
	}
	c := &compiler{}
	m.title, m.address, m.date = c.template(m.Title), c.template(m.Address), c.template(m.Date)
	for name, e := range m.Entities {
		if e == nil {
			return fmt.Errorf("entity %q is empty", name)
		}
		c.entity(name, e)
	}
	for i, r := range m.Claims {
		c.claim(fmt.Sprintf("claim %d", i+1), r, m.Entities)
	}
	if len(m.Claims) == 0 {
		c.fail("it has no claims")
	}
	return c.err
}

type compiler struct{ err error }

func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *compiler) template(text string) Template {
	t, err := parseTemplate(text)
	if err != nil {
		c.fail("%v", err)
	}
	return t
}

func (c *compiler) entity(where string, e *EntityRule) {
	if e.Name == "" {
		c.fail("%s: an entity has no name", where)
	}
	kinds := []string{string(kith.Person), string(kith.Organization), string(kith.Place), string(kith.EventType), string(kith.Group)}
	if !strings.Contains(e.Type, "{") && !slices.Contains(kinds, e.Type) {
		c.fail("%s: unknown type %q; one of %s", where, e.Type, strings.Join(kinds, ", "))
	}
	e.name, e.typ = c.template(e.Name), c.template(e.Type)
	for _, a := range e.Aliases {
		e.aliases = append(e.aliases, c.template(a))
	}
	for _, scheme := range sortedKeys(e.IDs) {
		e.ids = append(e.ids, idTemplate{scheme, c.template(e.IDs[scheme])})
	}
}

var predicateName = regexp.MustCompile(`^[a-z][a-z_]*$`)

func (c *compiler) claim(where string, r *ClaimRule, entities map[string]*EntityRule) {
	if r == nil || !predicateName.MatchString(r.Predicate) {
		c.fail("%s has no predicate", where)
		return
	}
	if r.Subject == nil {
		c.fail("%s: %s has no subject", where, r.Predicate)
	}
	for _, u := range []*EntityUse{r.Subject, r.Object, r.Third} {
		switch {
		case u == nil:
		case u.Rule != nil:
			c.entity(where, u.Rule)
		case entities[u.Key] == nil:
			c.fail("%s: there is no entity %q", where, u.Key)
		}
	}
	r.value, r.from, r.to, r.at, r.attribution = c.template(r.Value), c.template(r.From), c.template(r.To), c.template(r.At), c.template(r.Attribution)
	for _, key := range sortedKeys(r.Qualifiers) {
		if !setQualifier(&kith.Qualifiers{}, key, "x") {
			c.fail("%s: unknown qualifier %q", where, key)
		}
		r.qualifiers = append(r.qualifiers, qualifier{key, c.template(r.Qualifiers[key])})
	}
	for _, t := range r.Require {
		r.require = append(r.require, c.template(t))
	}
	switch kith.Modality(r.Modality) {
	case "", kith.Asserted, kith.Planned, kith.Hedged:
	default:
		c.fail("%s: unknown modality %q", where, r.Modality)
	}
}

// setQualifier sets the qualifier of that name; false where there is none.
func setQualifier(q *kith.Qualifiers, key, value string) bool {
	fields := map[string]*string{"role": &q.Role, "office": &q.Office, "jurisdiction": &q.Jurisdiction, "ordinal": &q.Ordinal, "election": &q.Election,
		"outcome": &q.Outcome, "event": &q.Event, "place": &q.Place, "topic": &q.Topic, "distinction": &q.Distinction, "count": &q.Count,
		"amount": &q.Amount, "currency": &q.Currency, "status": &q.Status}
	f, ok := fields[key]
	if ok {
		*f = value
	}
	return ok
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Mappings lists the built-in mappings and those of the folder, by name; the
// folder's stand before built-in ones.
func Mappings(dir string) ([]*Mapping, error) {
	var out []*Mapping
	if dir != "" {
		own, err := mappingsOf(os.DirFS(filepath.Join(dir, "mappings")), ".")
		if err != nil {
			return nil, err
		}
		out = own
	}
	built, err := builtIn()
	return append(out, built...), err
}

// builtIn loads the built-in mappings once; they are never changed.
var builtIn = sync.OnceValues(func() ([]*Mapping, error) { return mappingsOf(data.FS, "mappings") })

func mappingsOf(files fs.FS, dir string) ([]*Mapping, error) {
	var out []*Mapping
	entries, err := fs.ReadDir(files, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list mappings: %w", err)
	}
	beside, err := fs.Sub(files, dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".yaml" || strings.HasPrefix(e.Name(), "_") {
			continue
		}
		text, err := fs.ReadFile(beside, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read mapping %s: %w", e.Name(), err)
		}
		m, err := ParseMapping(e.Name(), text, beside)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// chooseMapping takes the mapping that the options give, or the one that fits.
func chooseMapping(o Options, fits func(*Mapping) bool, file, format string) (*Mapping, error) {
	if o.Mapping != nil {
		return o.Mapping, nil
	}
	all, err := Mappings(o.DataDir)
	if err != nil {
		return nil, err
	}
	var found *Mapping
	for _, m := range all {
		if m.Match.File != "" {
			if ok, _ := path.Match(m.Match.File, path.Base(filepath.ToSlash(file))); !ok {
				continue
			}
		}
		if fits(m) && (found == nil || specific(m) > specific(found)) {
			found = m
		}
	}
	if found == nil {
		return nil, fmt.Errorf("%w: no mapping fits %s; write one (kith import %s --propose %s > my.yaml), then: kith import %s --map my.yaml %s", kith.ErrNotFound, file, format, file, format, file)
	}
	return found, nil
}

func specific(m *Mapping) int {
	n := len(m.Match.Columns) + len(m.Match.Fields)
	if m.Match.File != "" {
		n += 100
	}
	return n
}
