package extract

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kith"
	"kith/internal/wordlist"
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

// officeLexicon knows the words of offices.
type officeLexicon struct {
	heads      []officeHead
	headWords  *wordList
	portfolios *wordList
	with       [][]string // by portfolio: the heads that it may stand with, "*" for any
	demonyms   *wordList  // adjectives, lower case
	places     []string   // by demonym
}

func loadOffices(data fs.FS) (*officeLexicon, error) {
	var o officeLexicon
	err := wordlist.Each(data, "offices", func(entry string) error {
		fields := strings.Fields(entry)
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
	var words []string
	for _, h := range o.heads {
		words = append(words, h.word)
	}
	o.headWords = listOf(words)
	if err := o.loadPortfolios(data); err != nil {
		return nil, err
	}
	return &o, o.loadDemonyms(data)
}

func (o *officeLexicon) loadPortfolios(data fs.FS) error {
	list, err := pairs(data, "portfolios")
	var words []string
	for i, p := range list {
		if i == 0 || p.word != list[i-1].word {
			words, o.with = append(words, p.word), append(o.with, nil)
		}
		last := &o.with[len(words)-1]
		*last = append(*last, strings.Fields(p.to)...)
	}
	o.portfolios = listOf(words)
	return err
}

func (o *officeLexicon) loadDemonyms(data fs.FS) error {
	list, err := pairs(data, "demonyms")
	var words []string
	for _, p := range list {
		words = append(words, strings.ToLower(strings.ReplaceAll(p.word, "_", " ")))
		o.places = append(o.places, strings.ReplaceAll(p.to, "_", " "))
	}
	o.demonyms = listOf(words)
	return err
}

// pairs reads a lexicon of pairs, in the order of its words.
func pairs(data fs.FS, name string) (list []pair, err error) {
	err = wordlist.Each(data, name, func(entry string) error {
		fields := strings.Fields(entry)
		if len(fields) < 2 {
			return fmt.Errorf("want a word and what goes with it")
		}
		list = append(list, pair{fields[0], strings.Join(fields[1:], " ")})
		return nil
	})
	slices.SortStableFunc(list, func(a, b pair) int { return strings.Compare(a.word, b.word) })
	return list, err
}

func (o *officeLexicon) head(word string) (officeHead, bool) {
	if i := o.headWords.find(word); i >= 0 {
		return o.heads[i], true
	}
	return officeHead{}, false
}

// portfolio reports whether a word belongs to the name of an office before
// one of the heads.
func (o *officeLexicon) portfolio(word string, heads ...string) bool {
	i := o.portfolios.find(word)
	if i < 0 {
		return false
	}
	for _, w := range o.with[i] {
		if w == "*" || slices.Contains(heads, w) {
			return true
		}
	}
	return false
}

// place is the place that an adjective names, and "" for none.
func (o *officeLexicon) place(adjective string) string {
	if i := o.demonyms.find(strings.ToLower(adjective)); i >= 0 {
		return o.places[i]
	}
	return ""
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
