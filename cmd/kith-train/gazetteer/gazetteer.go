// Package gazetteer compiles the public word lists under the shared data into
// the tables of the name model.
package gazetteer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"kith/text"
)

// Compile reads the lists below the folder data, and the marker words from
// the lexicon file system. Classes of words are looked up in paths.
func Compile(data string, lexicons fs.FS, paths *text.Words) (*text.GazetteerBuilder, error) {
	c := &compiler{data: data, b: text.NewGazetteerBuilder(paths)}
	steps := []func() error{
		func() error { return c.markers(lexicons) },
		c.common, c.firstNames, c.surnames, c.countries, c.territories, c.cities, c.nouns,
		c.organizationTypes, c.committees, c.legislators, c.actors, c.parties,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("compile gazetteer: %w", err)
		}
	}
	return c.b, nil
}

type compiler struct {
	data string
	b    *text.GazetteerBuilder
}

var sections = map[string]text.Class{
	"title": text.ClassTitle, "rank": text.ClassRank, "suffix": text.ClassSuffix, "kin": text.ClassKin,
	"orgsuffix": text.ClassOrgSuffix, "orghead": text.ClassOrgHead, "placehead": text.ClassPlaceHead,
	"eventhead": text.ClassEventHead, "party": text.ClassParty, "calendar": text.ClassCalendar,
	"speech": text.ClassSpeech, "particle": text.ClassParticle,
}

func (c *compiler) markers(lexicons fs.FS) error {
	return sectionWords(lexicons, "lexicons/names.txt", func(section, word string) error {
		class, ok := sections[section]
		if !ok {
			return fmt.Errorf("unknown section %q", section)
		}
		c.b.Add(word, class)
		return nil
	})
}

// lines calls use for each line of a file, which may be gzipped.
func (c *compiler) lines(path string, use func(line string)) error {
	file, err := os.Open(filepath.Join(c.data, path))
	if err != nil {
		return err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return err
		}
	}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		use(scanner.Text())
	}
	return scanner.Err()
}

// common marks the words that dictionaries write in lower case.
func (c *compiler) common() error {
	return c.lines("wordnet/senses.tsv.gz", func(line string) {
		lemma, _, _ := strings.Cut(line, "\t")
		if lemma == strings.ToLower(lemma) && !strings.ContainsAny(lemma, " .0123456789") {
			c.b.Add(lemma, text.ClassCommon)
		}
	})
}

func (c *compiler) firstNames() error {
	for file, class := range map[string]text.Class{"male": text.ClassMale, "female": text.ClassFemale} {
		err := c.lines("gazetteers/us-census-1990.dist."+file+".first.txt", func(line string) {
			if f := strings.Fields(line); len(f) > 0 {
				c.b.Add(f[0], class)
			}
		})
		if err != nil {
			return err
		}
	}
	err := c.lines("gazetteers/nicknames.csv", func(line string) {
		if f := strings.Split(line, ","); len(f) == 3 && f[0] != "name1" && len(f[2]) > 2 {
			c.b.Add(f[2], text.ClassNickname)
		}
	})
	if err != nil {
		return err
	}
	return c.lines("gazetteers/namedatabases/first-names/all.txt", func(line string) {
		if name := strings.TrimSpace(line); len(name) > 2 && !strings.Contains(name, " ") {
			c.b.Add(name, text.ClassGiven)
		}
	})
}

func (c *compiler) surnames() error {
	err := c.lines("gazetteers/us-census-1990.dist.all.last.txt", func(line string) {
		f := strings.Fields(line)
		if len(f) < 4 {
			return
		}
		rank, err := strconv.Atoi(f[3])
		switch {
		case err != nil:
		case rank <= 10000:
			c.b.Add(f[0], text.ClassSurname)
		case rank <= 60000:
			c.b.Add(f[0], text.ClassRareSurname)
		}
	})
	if err != nil {
		return err
	}
	for _, country := range strings.Fields("cn cz de es fr gk hi ie il it kr ne pl pt ru uk") {
		err := c.lines("gazetteers/namedatabases/surnames/"+country+".txt", func(line string) {
			if name := strings.TrimSpace(line); len(name) > 2 && len(name) < 20 && !strings.ContainsAny(name, " ,.") {
				c.b.Add(name, text.ClassRareSurname)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// name adds a name of one word as a class or of several as a phrase.
func (c *compiler) name(name string, class text.Class, kind text.PhraseKind) {
	words := Words(name)
	switch {
	case len(words) == 1 && len(words[0]) > 1:
		c.b.Add(words[0], class)
	case len(words) > 1:
		c.b.Phrase(words, kind)
	}
}

// Words divides a name as the tokeniser would: at spaces, hyphens, commas and
// before a possessive.
func Words(name string) []string {
	name = strings.NewReplacer("-", " - ", ",", " , ", "'s", " 's", "’s", " 's", "(", " ( ", ")", " ) ", "_", " ").Replace(name)
	return strings.Fields(name)
}

func (c *compiler) countries() error {
	file, err := os.ReadFile(filepath.Join(c.data, "gazetteers/iso3166-countries.csv"))
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		return err
	}
	for _, row := range rows[1:] {
		name, _, _ := strings.Cut(row[0], ",")
		name, _, _ = strings.Cut(name, " (")
		c.name(name, text.ClassCountry, text.PhrasePlace)
		for _, region := range []string{row[5], row[6], row[7]} {
			c.name(region, text.ClassState, text.PhrasePlace)
		}
	}
	return nil
}

type territory struct {
	Name     string   `yaml:"name"`
	FullName string   `yaml:"full_name"`
	Country  bool     `yaml:"is_country"`
	Strong   []string `yaml:"names_strong"`
}

func (c *compiler) territories() error {
	paths, err := filepath.Glob(filepath.Join(c.data, "gazetteers/rigour-territories/*.yml"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var t territory
		if err := yaml.Unmarshal(content, &t); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		class := text.ClassState
		if t.Country {
			class = text.ClassCountry
		}
		for _, name := range append(t.Strong, t.Name, t.FullName) {
			if latin(name) && len(name) > 3 {
				c.name(name, class, text.PhrasePlace)
			}
		}
	}
	return nil
}

func latin(s string) bool {
	for _, r := range s {
		if r > 0x24f {
			return false
		}
	}
	return true
}

func (c *compiler) cities() error {
	return c.lines("gazetteers/us_cities_states_counties.csv", func(line string) {
		f := strings.Split(line, "|")
		if len(f) < 5 || f[0] == "City" {
			return
		}
		c.name(f[0], text.ClassCity, text.PhrasePlace)
		c.name(f[2], text.ClassState, text.PhrasePlace)
		if f[3] != "" {
			c.b.Phrase(append(Words(f[3]), "County"), text.PhrasePlace)
		}
	})
}

// nouns adds what WordNet says about nouns by their first sense, and peoples.
func (c *compiler) nouns() error {
	files := map[string]text.Class{}
	err := c.lines("wordnet/synsets.tsv.gz", func(line string) {
		f := strings.Split(line, "\t")
		if len(f) < 5 || f[1] != "n" {
			return
		}
		if f[2] == "noun.person" || f[2] == "noun.group" || f[2] == "noun.location" || f[2] == "noun.event" || f[2] == "noun.act" {
			files[f[0]] = map[string]text.Class{"noun.person": text.ClassPersonNoun, "noun.group": text.ClassOrgNoun,
				"noun.location": text.ClassPlaceNoun, "noun.event": text.ClassEventNoun}[f[2]]
		}
		if f[2] != "noun.person" && f[2] != "noun.location" {
			return
		}
		for _, member := range strings.Split(f[3], "|") {
			if member != strings.ToLower(member) && !strings.Contains(member, " ") && f[2] == "noun.person" {
				c.b.Add(member, text.ClassDemonym)
				c.b.Add(member+"s", text.ClassDemonym)
			}
		}
	})
	if err != nil {
		return err
	}
	last := ""
	err = c.lines("wordnet/senses.tsv.gz", func(line string) {
		f := strings.Split(line, "\t")
		if len(f) < 3 || f[1] != "n" || f[0] == last {
			return
		}
		last = f[0]
		if class := files[f[2]]; class != 0 && !strings.Contains(f[0], " ") && f[0] == strings.ToLower(f[0]) {
			c.b.Add(f[0], class)
			c.b.Add(f[0]+"s", class)
		}
	})
	if err != nil {
		return err
	}
	return c.lines("wordnet/senses.tsv.gz", func(line string) {
		f := strings.Split(line, "\t")
		if len(f) > 3 && f[1] == "a" && f[0] != strings.ToLower(f[0]) && strings.Contains(f[3], "%3:01:") {
			c.b.Add(f[0], text.ClassDemonym)
		}
	})
}

type organizationTypes struct {
	Types []struct {
		Display string   `yaml:"display"`
		Aliases []string `yaml:"aliases"`
	} `yaml:"types"`
}

func (c *compiler) organizationTypes() error {
	content, err := os.ReadFile(filepath.Join(c.data, "gazetteers/rigour-org_types.yml"))
	if err != nil {
		return err
	}
	var types organizationTypes
	if err := yaml.Unmarshal(content, &types); err != nil {
		return err
	}
	for _, t := range types.Types {
		for _, name := range append(t.Aliases, t.Display) {
			if latin(name) && len(name) > 2 && !strings.Contains(name, " ") && c.b.Class(name)&text.ClassCommon == 0 {
				c.b.Add(name, text.ClassOrgSuffix)
			}
		}
	}
	return nil
}

func (c *compiler) committees() error {
	content, err := os.ReadFile(filepath.Join(c.data, "congress-legislators/committees-current.json"))
	if err != nil {
		return err
	}
	var committees []struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(content, &committees); err != nil {
		return err
	}
	for _, committee := range committees {
		c.name(committee.Name, 0, text.PhraseOrganization)
	}
	return nil
}

// legislators adds the full names of the members of Congress and of the
// executives.
func (c *compiler) legislators() error {
	for _, file := range []string{"legislators-historical.csv", "legislators-current.csv"} {
		content, err := os.ReadFile(filepath.Join(c.data, "congress-legislators", file))
		if err != nil {
			return err
		}
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			return err
		}
		for _, row := range rows[1:] {
			c.person(row[1], row[0])
			if row[4] != "" {
				c.person(row[4], row[0])
			}
		}
	}
	content, err := os.ReadFile(filepath.Join(c.data, "congress-legislators/executive.json"))
	if err != nil {
		return err
	}
	var executives []struct {
		Name struct{ First, Last string } `json:"name"`
	}
	if err := json.Unmarshal(content, &executives); err != nil {
		return err
	}
	for _, e := range executives {
		c.person(e.Name.First, e.Name.Last)
	}
	return nil
}

func (c *compiler) person(first, last string) {
	c.b.Phrase(Words(first+" "+last), text.PhrasePerson)
	for _, w := range Words(last) {
		if len(w) > 2 && c.b.Class(w)&(text.ClassSurname|text.ClassCommon) == 0 {
			c.b.Add(w, text.ClassRareSurname)
		}
	}
}

// actors adds the political actors of PETRARCH: international bodies as
// organisations, those of countries as actors of unknown kind.
func (c *compiler) actors() error {
	for file, kind := range map[string]text.PhraseKind{
		"Phoenix.International.actors.txt": text.PhraseOrganization, "Phoenix.Countries.actors.txt": text.PhraseActor,
	} {
		err := c.lines("gazetteers/petrarch2/"+file, func(line string) {
			name, _, _ := strings.Cut(line, "#")
			name, _, _ = strings.Cut(name, "[")
			name = strings.Trim(strings.TrimSpace(name), "+_;")
			words := Words(name)
			if len(words) > 1 && words[0] == "THE" {
				words = words[1:]
			}
			if len(words) > 1 {
				c.b.Phrase(words, kind)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// parties adds the parties of the Popolo samples.
func (c *compiler) parties() error {
	paths, err := filepath.Glob(filepath.Join(c.data, "popolo-samples/*.json"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var popolo struct {
			Organizations []struct{ Name string }
			Persons       []struct{ Name string }
		}
		if json.Unmarshal(content, &popolo) != nil {
			continue
		}
		for _, o := range popolo.Organizations {
			c.name(o.Name, 0, text.PhraseOrganization)
		}
		for _, p := range popolo.Persons {
			if words := Words(p.Name); len(words) > 1 {
				c.b.Phrase(words, text.PhrasePerson)
				if last := words[len(words)-1]; len(last) > 2 && c.b.Class(last)&(text.ClassSurname|text.ClassCommon) == 0 {
					c.b.Add(last, text.ClassRareSurname)
				}
			}
		}
	}
	return nil
}
