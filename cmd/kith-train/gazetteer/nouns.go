package gazetteer

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kith/text"
)

// Nouns compiles the lexicon of coreference: what nouns refer to, the sex of
// first names and their short forms.
func Nouns(data string, lexicons fs.FS) (*text.LexiconBuilder, error) {
	n := &nouns{compiler: compiler{data: data}, b: text.NewLexiconBuilder()}
	steps := []func() error{func() error { return n.own(lexicons) }, n.dictionary, n.given, n.nicknames}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("compile nouns: %w", err)
		}
	}
	return n.b, nil
}

type nouns struct {
	compiler
	b *text.LexiconBuilder
}

var nounSections = map[string]text.NounClass{
	"male": text.NounPerson | text.NounMale, "female": text.NounPerson | text.NounFemale, "person": text.NounPerson,
	"group": text.NounGroup, "organization": text.NounOrganization, "event": text.NounEvent, "place": text.NounPlace,
	"not": text.NounAbstract,
}

func (n *nouns) own(lexicons fs.FS) error {
	err := sectionWords(lexicons, "lexicons/nouns.txt", func(section, word string) error {
		class, ok := nounSections[section]
		if !ok {
			return fmt.Errorf("unknown section %q", section)
		}
		n.b.Add(word, class|text.NounOwn)
		return nil
	})
	if err != nil {
		return err
	}
	return sectionWords(lexicons, "lexicons/names.txt", func(section, word string) error {
		if section == "kin" {
			n.b.Add(word, text.NounKin|text.NounPerson|text.NounOwn)
		}
		return nil
	})
}

// sectionWords calls use for each word of a lexicon and its section.
func sectionWords(lexicons fs.FS, path string, use func(section, word string) error) error {
	content, err := fs.ReadFile(lexicons, path)
	if err != nil {
		return err
	}
	section := ""
	for i, line := range strings.Split(string(content), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if strings.HasPrefix(line, "[") {
			section = strings.Trim(line, "[]")
			continue
		}
		for _, word := range strings.Fields(line) {
			if err := use(section, word); err != nil {
				return fmt.Errorf("%s:%d: %w", path, i+1, err)
			}
		}
	}
	return nil
}

// fileClasses maps the lexicographer files of WordNet to classes.
var fileClasses = map[string]text.NounClass{
	"noun.person": text.NounPerson, "noun.group": text.NounGroup, "noun.location": text.NounPlace, "noun.time": text.NounTime,
	"noun.artifact": text.NounObject, "noun.object": text.NounObject, "noun.food": text.NounObject, "noun.body": text.NounObject,
	"noun.plant": text.NounObject, "noun.substance": text.NounObject, "noun.animal": text.NounAnimal,
}

// wordnetRoots are synsets whose hyponyms get a class.
var wordnetRoots = map[string]text.NounClass{
	"10807146-n": text.NounPerson | text.NounFemale, // woman
	"10306910-n": text.NounPerson | text.NounMale,   // man
	"08024893-n": text.NounOrganization,             // organization
	"08324519-n": text.NounEvent,                    // meeting
	"07461861-n": text.NounEvent,                    // social event
	"08269523-n": text.NounEvent,                    // party, people gathered
	"07465442-n": text.NounEvent,                    // ceremony
	"07465251-n": text.NounEvent,                    // celebration
}

func (n *nouns) dictionary() error {
	files, parents := map[string]string{}, map[string][]string{}
	err := n.lines("wordnet/synsets.tsv.gz", func(line string) {
		f := strings.Split(line, "\t")
		if len(f) > 4 && f[1] == "n" {
			files[f[0]], parents[f[0]] = f[2], strings.Split(f[4], ",")
		}
	})
	if err != nil {
		return err
	}
	last := ""
	return n.lines("wordnet/senses.tsv.gz", func(line string) {
		f := strings.Split(line, "\t")
		if len(f) < 3 || f[1] != "n" || f[0] == last {
			return
		}
		last = f[0] // the first sense of each lemma
		if f[0] != strings.ToLower(f[0]) || strings.Contains(f[0], " ") || n.b.Class(f[0])&text.NounOwn != 0 {
			return
		}
		class := fileClasses[files[f[2]]]
		if class == 0 {
			class = text.NounAbstract
		}
		n.b.Add(f[0], class|inherited(f[2], parents, 0))
	})
}

// inherited gathers the classes of the roots above a synset.
func inherited(synset string, parents map[string][]string, depth int) text.NounClass {
	class := wordnetRoots[synset]
	if depth > 12 {
		return class
	}
	for _, parent := range parents[synset] {
		if parent != "" {
			class |= inherited(parent, parents, depth+1)
		}
	}
	return class
}

// given reads the sex of first names from the census and from lists of
// politicians: a name counts as male or female where nine in ten bearers are.
func (n *nouns) given() error {
	male, female := map[string]float64{}, map[string]float64{}
	for file, counts := range map[string]map[string]float64{"male": male, "female": female} {
		err := n.lines("gazetteers/us-census-1990.dist."+file+".first.txt", func(line string) {
			if f := strings.Fields(line); len(f) > 1 {
				share, _ := strconv.ParseFloat(f[1], 64)
				counts[strings.ToLower(f[0])] += share + .0005
			}
		})
		if err != nil {
			return err
		}
	}
	add := func(name, sex string) {
		first, _, _ := strings.Cut(strings.ToLower(name), " ")
		switch strings.ToLower(sex) {
		case "m", "male":
			male[first] += .0015
		case "f", "female":
			female[first] += .0015
		}
	}
	if err := n.politicians(add); err != nil {
		return err
	}
	for name, share := range male {
		switch other := female[name]; {
		case share > 9*other:
			n.b.Add("given:"+name, text.GivenMale)
		case share*9 >= other:
			n.b.Add("given:"+name, text.GivenMale|text.GivenFemale)
		}
	}
	err := n.lines("gazetteers/us-census-1990.dist.all.last.txt", func(line string) {
		f := strings.Fields(line)
		if len(f) < 4 {
			return
		}
		name := strings.ToLower(f[0])
		if rank, err := strconv.Atoi(f[3]); err == nil && rank <= 4000 && male[name]+female[name] > 0 {
			n.b.Add("given:"+name, text.GivenSurname)
		}
	})
	if err != nil {
		return err
	}
	for name, share := range female {
		if share > 9*male[name] {
			n.b.Add("given:"+name, text.GivenFemale)
		}
	}
	return nil
}

func (n *nouns) politicians(add func(name, sex string)) error {
	for _, file := range []string{"legislators-historical.csv", "legislators-current.csv"} {
		content, err := os.ReadFile(filepath.Join(n.data, "congress-legislators", file))
		if err != nil {
			return err
		}
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			return err
		}
		for _, row := range rows[1:] {
			add(row[1], row[7])
		}
	}
	paths, err := filepath.Glob(filepath.Join(n.data, "popolo-samples/*.json"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var popolo struct {
			Persons []struct{ Name, Gender string }
		}
		if json.Unmarshal(content, &popolo) == nil {
			for _, p := range popolo.Persons {
				add(p.Name, p.Gender)
			}
		}
	}
	return nil
}

func (n *nouns) nicknames() error {
	return n.lines("gazetteers/nicknames.csv", func(line string) {
		if f := strings.Split(line, ","); len(f) == 3 && f[0] != "name1" {
			n.b.Nickname(f[0], f[2])
		}
	})
}
