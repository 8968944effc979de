package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"kith"
	"kith/data"
	"kith/resolve"

	"go.yaml.in/yaml/v3"
)

// person is one record of a public list of people: what the linker is shown,
// and the identifiers by which it is judged and which it is not shown.
type person struct {
	profile kith.Profile
	ids     map[string][]string // scheme → identifiers
}

// list is a list of people in which nobody stands twice.
type list struct {
	name   string
	people []person
}

// newPerson starts a record with its names.
func newPerson(list string, n int, names ...string) person {
	p := person{profile: kith.Profile{Entity: kith.EntityID(fmt.Sprintf("%s/%d", list, n)), Type: kith.Person}, ids: map[string][]string{}}
	for _, name := range names {
		p.add("name", name)
	}
	if len(names) > 0 {
		p.profile.Name = names[0]
	}
	return p
}

func (p *person) add(kind, value string) {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" {
		return
	}
	for _, t := range p.profile.Traits {
		if t.Kind == kind && t.Value == value {
			return
		}
	}
	p.profile.Traits = append(p.profile.Traits, kith.Trait{Kind: kind, Value: value, Count: 1})
}

func (p *person) id(scheme, id string) {
	if id != "" {
		p.ids[scheme] = append(p.ids[scheme], id)
	}
}

// gender is added as its first letter.
func (p *person) gender(s string) {
	if s != "" {
		p.add("gender", strings.ToLower(s[:1]))
	}
}

// identity returns the lists of people and the model that links them.
func (s shared) identity() ([]list, *resolve.Model, error) {
	if err := s.check(); err != nil {
		return nil, nil, err
	}
	lists, err := peopleLists(s)
	if err != nil {
		return nil, nil, err
	}
	model, err := resolve.Load(data.FS)
	return lists, model, err
}

// peopleLists loads all lists of people in the shared data.
func peopleLists(s shared) ([]list, error) {
	var out []list
	for _, load := range []func(shared) ([]list, error){legislators, executives, committees, openStates, popolo, wikidata, filings} {
		lists, err := load(s)
		if err != nil {
			return nil, err
		}
		out = append(out, lists...)
	}
	return out, nil
}

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// legislator is one entry of the lists of congress-legislators.
type legislator struct {
	ID struct {
		Bioguide string
		Wikidata string
		FEC      []string
	}
	Name  struct{ First, Middle, Last, Suffix, Nickname string }
	Bio   struct{ Birthday, Gender string }
	Terms []struct{ Type, Start, End, State, Party string }
}

func (l *legislator) person(list string, n int) person {
	name := strings.Join(strings.Fields(strings.Join([]string{l.Name.First, l.Name.Middle, l.Name.Last, l.Name.Suffix}, " ")), " ")
	p := newPerson(list, n, name)
	if l.Name.Nickname != "" {
		p.add("name", fmt.Sprintf("%s “%s” %s %s", l.Name.First, l.Name.Nickname, l.Name.Last, l.Name.Suffix))
	}
	p.add("birth", l.Bio.Birthday)
	p.gender(l.Bio.Gender)
	for _, t := range l.Terms {
		p.add("office", t.Type)
		p.add("place", strings.ToLower(t.State))
		p.add("party", partyOf(t.Party))
		p.add("year", t.Start[:4])
		p.add("year", t.End[:4])
	}
	p.id("bioguide", l.ID.Bioguide)
	p.id("wikidata", l.ID.Wikidata)
	for _, f := range l.ID.FEC {
		p.id("fec", f)
	}
	return p
}

func partyOf(s string) string {
	s = strings.ToLower(s)
	switch {
	case strings.HasPrefix(s, "republican"):
		return "republican"
	case strings.HasPrefix(s, "democrat"):
		return "democrat"
	}
	return s
}

func legislators(s shared) ([]list, error) {
	var current []legislator
	if err := readJSON(s.path("congress-legislators", "legislators-current.json"), &current); err != nil {
		return nil, err
	}
	now := list{name: "legislators-current"}
	for i := range current {
		now.people = append(now.people, current[i].person(now.name, i))
	}
	before := list{name: "legislators-historical"}
	rows, err := csvRows(s.path("congress-legislators", "legislators-historical.csv"))
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		p := newPerson(before.name, i, strings.Join([]string{r["first_name"], r["middle_name"], r["last_name"], r["suffix"]}, " "))
		if r["nickname"] != "" {
			p.add("name", fmt.Sprintf("%s “%s” %s %s", r["first_name"], r["nickname"], r["last_name"], r["suffix"]))
		}
		p.add("birth", r["birthday"])
		p.gender(r["gender"])
		p.add("office", r["type"])
		p.add("place", strings.ToLower(r["state"]))
		p.add("party", partyOf(r["party"]))
		p.id("bioguide", r["bioguide_id"])
		for _, f := range strings.Split(r["fec_ids"], ",") {
			p.id("fec", f)
		}
		before.people = append(before.people, p)
	}
	return []list{before, now}, nil
}

func csvRows(path string) ([]map[string]string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || len(all) == 0 {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var out []map[string]string
	for _, row := range all[1:] {
		m := map[string]string{}
		for i, v := range row {
			m[all[0][i]] = v
		}
		out = append(out, m)
	}
	return out, nil
}

func executives(s shared) ([]list, error) {
	var all []legislator
	if err := readJSON(s.path("congress-legislators", "executive.json"), &all); err != nil {
		return nil, err
	}
	out := list{name: "executive"}
	for i := range all {
		out.people = append(out.people, all[i].person(out.name, i))
	}
	return []list{out}, nil
}

// committees makes a list of each committee of Congress, of which the members
// are given by name.
func committees(s shared) ([]list, error) {
	var all map[string][]struct{ Name, Bioguide string }
	if err := readJSON(s.path("congress-legislators", "committee-membership-current.json"), &all); err != nil {
		return nil, err
	}
	codes := make([]string, 0, len(all))
	for code := range all {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	var out []list
	for _, code := range codes {
		l := list{name: "committee " + code}
		for i, m := range all[code] {
			p := newPerson(l.name, i, m.Name)
			p.add("office", map[byte]string{'S': "sen", 'H': "rep"}[code[0]])
			p.add("year", "2026")
			p.add("work", code[:4])
			p.id("bioguide", m.Bioguide)
			l.people = append(l.people, p)
		}
		out = append(out, l)
	}
	return out, nil
}

// openStatesFile is one file of openstates-people, of a person or committee.
type openStatesFile struct {
	ID         string
	Name       string
	Given      string `yaml:"given_name"`
	Middle     string `yaml:"middle_name"`
	Family     string `yaml:"family_name"`
	Suffix     string
	Gender     string
	Birth      string `yaml:"birth_date"`
	Chamber    string
	Other      []struct{ Name string } `yaml:"other_names"`
	Party      []struct{ Name string }
	Roles      []struct{ Type, Jurisdiction, District, Start, End string }
	Members    []struct{ Name, Role, Person string }
	Identifier []struct{ Scheme, Identifier string } `yaml:"other_identifiers"`
}

func openStates(s shared) ([]list, error) {
	var out []list
	for _, state := range []string{"wy", "vt", "dc", "us"} {
		people := list{name: "openstates " + state}
		err := filepath.WalkDir(s.path("openstates-people", state), func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yml") || d.Name() == "municipalities.yml" {
				return err
			}
			f, err := openStatesRead(path)
			if err != nil {
				return err
			}
			if len(f.Members) > 0 {
				out = append(out, f.committee(state))
			} else if strings.HasPrefix(f.ID, "ocd-person") {
				people.people = append(people.people, f.person(state, len(people.people)))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		out = append([]list{people}, out...)
	}
	return out, nil
}

func openStatesRead(path string) (*openStatesFile, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	b = bytes.ReplaceAll(b, []byte("person_id:"), []byte("person:"))
	b = bytes.ReplaceAll(b, []byte("start_date:"), []byte("start:"))
	b = bytes.ReplaceAll(b, []byte("end_date:"), []byte("end:"))
	var f openStatesFile
	if err := yaml.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return &f, nil
}

func (f *openStatesFile) person(state string, n int) person {
	p := newPerson("openstates "+state, n, f.Name)
	if f.Given != "" && f.Family != "" {
		p.add("name", strings.Join([]string{f.Given, f.Middle, f.Family, f.Suffix}, " "))
	}
	for _, o := range f.Other {
		p.add("name", o.Name)
	}
	p.add("birth", f.Birth)
	p.gender(f.Gender)
	p.add("place", state)
	for _, party := range f.Party {
		p.add("party", partyOf(party.Name))
	}
	for _, r := range f.Roles {
		p.add("office", r.Type)
		for _, day := range []string{r.Start, r.End} {
			if len(day) >= 4 {
				p.add("year", day[:4])
			}
		}
	}
	p.id("ocd", f.ID)
	return p
}

func (f *openStatesFile) committee(state string) list {
	l := list{name: "openstates committee " + f.ID}
	for i, m := range f.Members {
		p := newPerson(l.name, i, m.Name)
		if state != "us" {
			p.add("place", state)
		}
		p.add("office", map[string]string{"upper": "upper", "lower": "lower"}[f.Chamber])
		p.add("year", "2026")
		p.add("work", strings.ToLower(f.Name))
		p.id("ocd", m.Person)
		l.people = append(l.people, p)
	}
	return l
}

// popolo gives two lists a country: people under their name, and the same
// people under the first other name that is known of them.
func popolo(s shared) ([]list, error) {
	files, err := filepath.Glob(s.path("popolo-samples", "*-ep-popolo-v1.0.json"))
	if err != nil {
		return nil, err
	}
	var out []list
	for _, file := range files {
		var all struct {
			Persons []struct {
				Name        string
				Gender      string
				Birth       string                                `json:"birth_date"`
				Other       []struct{ Name string }               `json:"other_names"`
				Identifiers []struct{ Scheme, Identifier string } `json:"identifiers"`
			}
		}
		if err := readJSON(file, &all); err != nil {
			return nil, err
		}
		country := strings.SplitN(filepath.Base(file), "-", 2)[0]
		main, other := list{name: "popolo " + country}, list{name: "popolo other " + country}
		for i, q := range all.Persons {
			p := newPerson(main.name, i, q.Name)
			p.gender(q.Gender)
			p.add("birth", q.Birth)
			p.add("place", country)
			second := ""
			for _, o := range q.Other {
				if o.Name != q.Name && second == "" {
					second = o.Name
				}
			}
			o := newPerson(other.name, i, second)
			o.add("place", country)
			for _, id := range q.Identifiers {
				if id.Scheme == "wikidata" || id.Scheme == "everypolitician_legacy" {
					p.id(country+id.Scheme, id.Identifier)
					o.id(country+id.Scheme, id.Identifier)
				}
			}
			main.people = append(main.people, p)
			if second != "" {
				other.people = append(other.people, o)
			}
		}
		out = append(out, main, other)
	}
	return out, nil
}

// wikidata gives two lists: people under their label, and under an alias.
func wikidata(s shared) ([]list, error) {
	files, err := filepath.Glob(s.path("wikidata-samples", "*.json"))
	if err != nil {
		return nil, err
	}
	type text struct{ Value string }
	labels, aliases := list{name: "wikidata"}, list{name: "wikidata aliases"}
	for _, file := range files {
		var all struct {
			Entities map[string]struct {
				Labels  map[string]text
				Aliases map[string][]text
				Claims  map[string]json.RawMessage
			}
		}
		if err := readJSON(file, &all); err != nil {
			continue // some samples are of things that are not there
		}
		for q, e := range all.Entities {
			if !strings.Contains(string(e.Claims["P31"]), `"Q5"`) || e.Labels["en"].Value == "" {
				continue
			}
			p := newPerson(labels.name, len(labels.people), e.Labels["en"].Value)
			p.id("wikidata", q)
			labels.people = append(labels.people, p)
			if a := e.Aliases["en"]; len(a) > 0 {
				o := newPerson(aliases.name, len(aliases.people), a[0].Value)
				o.id("wikidata", q)
				aliases.people = append(aliases.people, o)
			}
		}
	}
	return []list{labels, aliases}, nil
}

var candidateID = regexp.MustCompile(`^[HSP]\d[A-Z]{2}\d{5}$`)

// filings gives a list for each filing that names candidates beside their
// identifiers: last name, first name, middle, prefix, suffix, office, state.
func filings(s shared) ([]list, error) {
	files, err := filepath.Glob(s.path("fec-filings", "*", "*.fec"))
	if err != nil {
		return nil, err
	}
	var out []list
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		l := list{name: "filing " + filepath.Base(file)}
		seen := map[string]bool{}
		for _, line := range strings.Split(strings.ToValidUTF8(string(b), ""), "\n") {
			fields := strings.Split(line, "\x1c")
			for i := 0; i+8 < len(fields); i++ {
				id := fields[i]
				if !candidateID.MatchString(id) || fields[i+1] == "" || fields[i+2] == "" || seen[id] || len(fields[i+7]) != 2 {
					continue
				}
				seen[id] = true
				p := newPerson(l.name, len(l.people), fmt.Sprintf("%s, %s %s %s", fields[i+1], fields[i+2], fields[i+3], fields[i+5]))
				p.add("place", strings.ToLower(fields[i+7]))
				p.add("office", map[string]string{"H": "rep", "S": "sen"}[fields[i+6]])
				p.id("fec", id)
				l.people = append(l.people, p)
			}
		}
		if len(l.people) > 0 {
			out = append(out, l)
		}
	}
	return out, nil
}
