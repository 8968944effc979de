package extract

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kith"
)

// A bond says how far the head noun of an office stands by itself.
type bond uint8

const (
	bound  bond = iota // needs a word that says of what
	titled             // or a person's name behind it
	free               // names a public office anywhere
)

// officeHead is the head noun of an office.
type officeHead struct {
	word string // lower case
	bond bond
	full string // written out, where the word is an abbreviation
}

// pair maps one word to others.
type pair struct{ word, to string }

// officeLexicon knows the words of offices. All lists are in order.
type officeLexicon struct {
	heads      []officeHead
	portfolios []pair // word and the heads that it may stand with
	demonyms   []pair // adjective, lower case, and place
}

func loadOffices(data fs.FS) (*officeLexicon, error) {
	var o officeLexicon
	err := eachLine(data, "offices", func(fields []string) error {
		bonds := []string{"bound", "title", "free"}
		if len(fields) < 2 || !slices.Contains(bonds, fields[1]) {
			return fmt.Errorf("want a word and one of %s", strings.Join(bonds, ", "))
		}
		o.heads = append(o.heads, officeHead{fields[0], bond(slices.Index(bonds, fields[1])), strings.Join(fields[2:], " ")})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := eachLine(data, "portfolios", pairs(&o.portfolios)); err != nil {
		return nil, err
	}
	if err := eachLine(data, "demonyms", pairs(&o.demonyms)); err != nil {
		return nil, err
	}
	for i := range o.demonyms {
		o.demonyms[i].word = strings.ToLower(strings.ReplaceAll(o.demonyms[i].word, "_", " "))
		o.demonyms[i].to = strings.ReplaceAll(o.demonyms[i].to, "_", " ")
	}
	slices.SortFunc(o.heads, func(a, b officeHead) int { return strings.Compare(a.word, b.word) })
	slices.SortFunc(o.portfolios, func(a, b pair) int { return strings.Compare(a.word, b.word) })
	slices.SortFunc(o.demonyms, func(a, b pair) int { return strings.Compare(a.word, b.word) })
	return &o, nil
}

// pairs collects the lines of a lexicon of pairs.
func pairs(list *[]pair) func([]string) error {
	return func(fields []string) error {
		if len(fields) < 2 {
			return fmt.Errorf("want a word and what goes with it")
		}
		*list = append(*list, pair{fields[0], strings.Join(fields[1:], " ")})
		return nil
	}
}

// eachLine reads lexicons/NAME.txt; "#" begins a comment.
func eachLine(data fs.FS, name string, f func(fields []string) error) error {
	file := "lexicons/" + name + ".txt"
	text, err := fs.ReadFile(data, file)
	if err != nil {
		return fmt.Errorf("load lexicon of %s: %w", name, err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if fields := strings.Fields(line); len(fields) > 0 {
			if err := f(fields); err != nil {
				return fmt.Errorf("%s:%d: %w", file, n, err)
			}
		}
	}
	return nil
}

func (o *officeLexicon) head(word string) (officeHead, bool) {
	i, ok := slices.BinarySearchFunc(o.heads, word, func(h officeHead, w string) int { return strings.Compare(h.word, w) })
	if !ok {
		return officeHead{}, false
	}
	return o.heads[i], true
}

// portfolio reports whether a word belongs to the name of an office before
// one of the heads.
func (o *officeLexicon) portfolio(word string, heads ...string) bool {
	i, _ := slices.BinarySearchFunc(o.portfolios, word, func(p pair, w string) int { return strings.Compare(p.word, w) })
	for ; i < len(o.portfolios) && o.portfolios[i].word == word; i++ {
		for _, h := range heads {
			if o.portfolios[i].to == "*" || slices.Contains(strings.Fields(o.portfolios[i].to), h) {
				return true
			}
		}
	}
	return false
}

// place is the place that an adjective names, and "" for none.
func (o *officeLexicon) place(adjective string) string {
	i, ok := slices.BinarySearchFunc(o.demonyms, strings.ToLower(adjective), func(p pair, w string) int { return strings.Compare(p.word, w) })
	if !ok {
		return ""
	}
	return o.demonyms[i].to
}

// publicWords are words in the names of public bodies.
var publicWords = words(`assembly senate parliament congress council house department ministry court government duma knesset sejm
	bundestag bundesrat diet legislature state treasury city county nations union rada majlis cortes folketing storting riksdag
	eduskunta oireachtas dáil seanad commons lords chamber cabinet commission republic kingdom commonwealth municipality province
	district borough town village township territory federation emirate confederation board administration office`)

// public reports whether an organisation's name is that of a public body.
func public(name string) bool { return like(name, publicWords) }

// notOffices narrow a head to a post that is no public office.
var notOffices = words(`press executive private social corresponding personal recording board company club party union campaign
	student class university college bank association foundation association's sales marketing regional-sales keynote managing
	art creative music principal-dancer staff`)

// demographic words make an office's first holder of a kind: "first female".
var demographic = words(`female woman women person black african-american african american asian hispanic latino latina muslim jewish
	catholic gay lesbian transgender openly native indigenous person-of-color elected foreign-born immigrant sikh hindu chinese-american
	asian-american indian-american democratic republican labour conservative socialist communist civilian non-white minority
	millennial protestant christian mormon south indian korean puerto rican cuban`)

var superlatives = words(`first youngest oldest longest-serving longest-ever only shortest-serving last second third serving longest
	shortest`)

// byPlace makes a party of a place that an adjective names.
func (r *reader) byPlace(name string) party {
	return r.byName(kith.EntityRef{Name: name, Type: kith.Place, ID: kith.NewEntityID(r.a.Document.ID, name, kith.Place, 0)})
}
