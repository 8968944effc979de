package resolve

import (
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"kith/internal/wordlist"
)

// lexicon is what the resolver knows of names beforehand.
type lexicon struct {
	nicknames map[string][]string // short form → given names, and given name → itself
	given     map[string]float64  // share of bearers, 0 to 1
	family    map[string]float64
	parties   map[string]string // form → name
	places    map[string]string
	bodies    map[string]string
	lands     map[string]bool // usual names of countries, states and regions, folded
}

func loadLexicon(fsys fs.FS) (*lexicon, error) {
	l := &lexicon{nicknames: map[string][]string{}, given: map[string]float64{}, family: map[string]float64{},
		parties: map[string]string{}, places: map[string]string{}, bodies: map[string]string{}, lands: map[string]bool{}}
	for _, file := range []struct {
		name string
		take func(line string) error
	}{{"nicknames", l.nickname}, {"common_names", l.common}, {"parties", forms(l.parties)}, {"places", forms(l.places)}, {"bodies", forms(l.bodies)}, {"demonyms", l.land}} {
		if err := wordlist.Each(fsys, file.name, file.take); err != nil {
			return nil, err
		}
	}
	for _, name := range l.places {
		l.lands[folded(name)] = true
	}
	delete(l.lands, "washington") // a state, a city, and what papers call a government
	return l, nil
}

// land takes the country or region that an adjective names.
func (l *lexicon) land(line string) error {
	_, name, ok := strings.Cut(line, "\t")
	if !ok {
		return fmt.Errorf("want an adjective, a tab and what it names")
	}
	l.lands[folded(strings.ReplaceAll(name, "_", " "))] = true
	return nil
}

func (l *lexicon) nickname(line string) error {
	name, short, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("want a name, a colon and short forms")
	}
	for _, s := range strings.Fields(short) {
		l.nicknames[s] = append(l.nicknames[s], name)
	}
	return nil
}

func (l *lexicon) common(line string) error {
	f := strings.Fields(line)
	if len(f) != 3 {
		return fmt.Errorf("want a kind, a name and a percentage")
	}
	share, err := strconv.ParseFloat(f[2], 64)
	if err != nil {
		return err
	}
	into := l.given
	if f[0] == "f" {
		into = l.family
	}
	into[f[1]] = share / 100
	return nil
}

func forms(into map[string]string) func(string) error {
	return func(line string) error {
		name, others, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("want a name, a colon and other forms")
		}
		into[name] = name
		for _, o := range strings.Split(others, ",") {
			into[strings.TrimSpace(o)] = name
		}
		return nil
	}
}

// sameGiven reports whether one given name is a short form of the other, or
// both are short forms of one name.
func (l *lexicon) sameGiven(a, b string) bool {
	for _, x := range l.nicknames[a] {
		if x == b {
			return true
		}
		for _, y := range l.nicknames[b] {
			if x == y {
				return true
			}
		}
	}
	for _, y := range l.nicknames[b] {
		if y == a {
			return true
		}
	}
	return false
}

// rarity says how telling a name is: 0 for the commonest names, 1 for one
// that perhaps one in a hundred million bears.
func (l *lexicon) rarity(given, family string) float64 {
	share := func(m map[string]float64, name string) float64 {
		if p, ok := m[name]; ok {
			return p
		}
		return 2e-5 // rarer than any listed
	}
	return min(1, -math.Log10(share(l.given, given)*share(l.family, family))/8)
}
