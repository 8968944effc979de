package resolve

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"kith/internal/wordlist"
)

// Weights are log odds, one a feature.
type Weights [featureCount]float64

// Model is what the resolver decides by: the lexicon of names, and weights
// that kith-train learned from lists of people with shared identifiers.
type Model struct {
	lexicon *lexicon
	People  Weights
	Things  Weights
}

// Load reads the model from fsys, which is package data's FS or a folder laid
// over it.
func Load(fsys fs.FS) (*Model, error) {
	l, err := loadLexicon(fsys)
	if err != nil {
		return nil, err
	}
	m := &Model{lexicon: l}
	return m, wordlist.Each(fsys, "identity", m.weight)
}

// FeatureName is the name of feature i, as the weights file has it.
func FeatureName(i int) string { return strings.ReplaceAll(featureNames[i], " ", "_") }

// weight takes one line: "people", a feature with underscores, its weight.
func (m *Model) weight(line string) error {
	f := strings.Fields(line)
	if len(f) < 3 {
		return fmt.Errorf("want people or things, a feature and a weight")
	}
	w, err := strconv.ParseFloat(f[2], 64)
	if err != nil {
		return err
	}
	for i, n := range featureNames {
		if strings.ReplaceAll(n, " ", "_") != f[1] {
			continue
		}
		switch f[0] {
		case "people":
			m.People[i] = w
		case "things":
			m.Things[i] = w
		default:
			return fmt.Errorf("unknown kind %q: want people or things", f[0])
		}
		return nil
	}
	return fmt.Errorf("unknown feature %q", f[1])
}
