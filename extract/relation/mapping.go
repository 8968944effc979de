package relation

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kith"
	"kith/data"
)

// Mapping says what a property of a public schema is among kith's predicates.
// A property without a predicate is scored, and nothing more.
type Mapping struct {
	// Same names the property of another schema that it is trained as; the
	// other fields, but for Swapped, then stand there.
	Same    string `yaml:"same"`
	Swapped bool   `yaml:"swapped"` // its subject is the object of the predicate, or of Same
	// Predicate is what a claim made of it says.
	Predicate kith.Predicate `yaml:"predicate"`
	// Also are predicates that it bears out besides, since it is wider; those
	// that begin with "~" have its ends the other way round than Predicate.
	Also      []string `yaml:"also"`
	Symmetric bool     `yaml:"symmetric"`
	Role      string   `yaml:"role"` // qualifier of a claim made of it
}

// Says reports whether the property bears out a predicate, and whether its
// subject is then the object of the predicate.
func (m *Mapping) Says(p kith.Predicate) (swapped, ok bool) {
	switch {
	case p == "":
		return false, false
	case m.Predicate == p || slices.Contains(m.Also, string(p)):
		return m.Swapped, true
	case slices.Contains(m.Also, "~"+string(p)):
		return !m.Swapped, true
	}
	return false, false
}

// Mappings reads data/relations/SCHEMA.yaml.
func Mappings(schema string) (map[string]Mapping, error) {
	content, err := fs.ReadFile(data.FS, "relations/"+schema+".yaml")
	if err != nil {
		return nil, fmt.Errorf("read mapping of %s: %w", schema, err)
	}
	var out map[string]Mapping
	if err := yaml.Unmarshal(content, &out); err != nil {
		return nil, fmt.Errorf("read mapping relations/%s.yaml: %w", schema, err)
	}
	return out, nil
}

// allMappings reads the mappings of all schemas that name predicates.
func allMappings() (map[string]Mapping, error) {
	files, err := fs.Glob(data.FS, "relations/*.yaml")
	if err != nil {
		return nil, err
	}
	all := map[string]Mapping{}
	for _, file := range files {
		one, err := Mappings(strings.TrimSuffix(path.Base(file), ".yaml"))
		if err != nil {
			return nil, err
		}
		for name, m := range one {
			if m.Same == "" {
				all[name] = m
			}
		}
	}
	return all, nil
}
