package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"go.yaml.in/yaml/v3"

	"kith"
)

// maxNesting bounds how deep objects may lie in objects.
const maxNesting = 100

// readJSON reads the next JSON value, keeping the order of its parts.
func readJSON(d *json.Decoder, key string, depth int) (Node, error) {
	token, err := d.Token()
	if err != nil {
		return Node{}, err
	}
	if depth > maxNesting {
		return Node{}, fmt.Errorf("%w: its values nest deeper than %d", kith.ErrTooLarge, maxNesting)
	}
	n := Node{Key: key}
	switch t := token.(type) {
	case json.Delim:
		n.List = t == '['
		for d.More() {
			name := ""
			if !n.List {
				k, err := d.Token()
				if err != nil {
					return n, err
				}
				name, _ = k.(string)
			}
			kid, err := readJSON(d, name, depth+1)
			if err != nil {
				return n, err
			}
			n.Kids = append(n.Kids, kid)
		}
		_, err := d.Token()
		return n, err
	case string:
		n.Text = t
	case json.Number:
		n.Text = t.String()
	case bool:
		n.Text = fmt.Sprint(t)
	}
	return n, nil
}

// jsonValues reads all values of a file: one, or one a line.
func jsonValues(data []byte) iter.Seq2[Node, error] {
	return func(yield func(Node, error) bool) {
		d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
		d.UseNumber()
		for {
			n, err := readJSON(d, "", 0)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Node{}, fmt.Errorf("%w: its JSON is damaged at byte %d: %v", kith.ErrInvalid, d.InputOffset(), err))
				return
			}
			if !yield(n, nil) {
				return
			}
		}
	}
}

// maxYAML is the largest YAML file that is read.
const maxYAML = 64 << 20

// yamlValues reads all documents of a YAML file. Aliases are refused, since
// they can blow up.
func yamlValues(data []byte) iter.Seq2[Node, error] {
	return func(yield func(Node, error) bool) {
		if len(data) > maxYAML {
			yield(Node{}, fmt.Errorf("%w: it has %d MB; kith reads YAML up to %d MB", kith.ErrTooLarge, len(data)>>20, maxYAML>>20))
			return
		}
		d := yaml.NewDecoder(bytes.NewReader(data))
		for {
			var y yaml.Node
			err := d.Decode(&y)
			if errors.Is(err, io.EOF) {
				return
			}
			var n Node
			if err == nil {
				n, err = fromYAML(&y, "", 0)
			}
			if err != nil {
				yield(Node{}, fmt.Errorf("%w: its YAML is damaged: %v", kith.ErrInvalid, err))
				return
			}
			if !yield(n, nil) {
				return
			}
		}
	}
}

func fromYAML(y *yaml.Node, key string, depth int) (Node, error) {
	n := Node{Key: key}
	if depth > maxNesting {
		return n, fmt.Errorf("its values nest deeper than %d", maxNesting)
	}
	switch y.Kind {
	case yaml.DocumentNode:
		if len(y.Content) > 0 {
			return fromYAML(y.Content[0], key, depth+1)
		}
	case yaml.ScalarNode:
		if y.Tag != "!!null" {
			n.Text = y.Value
		}
	case yaml.SequenceNode:
		n.List = true
		for _, e := range y.Content {
			kid, err := fromYAML(e, "", depth+1)
			if err != nil {
				return n, err
			}
			n.Kids = append(n.Kids, kid)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(y.Content); i += 2 {
			kid, err := fromYAML(y.Content[i+1], y.Content[i].Value, depth+1)
			if err != nil {
				return n, err
			}
			n.Kids = append(n.Kids, kid)
		}
	case yaml.AliasNode:
		return n, fmt.Errorf("line %d: aliases are not read", y.Line)
	}
	return n, nil
}

// records picks the records of a file's values: the elements of lists, the
// single objects, or what lies at the mapping's path. At "*" the parts of an
// object are the records, their names kept as the part "_key".
func records(values iter.Seq2[Node, error], path string) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		number := 0
		emit := func(n *Node) bool {
			number++
			return yield(record{number: number, node: n}, nil)
		}
		for v, err := range values {
			if err != nil {
				yield(record{}, err)
				return
			}
			if !pick(&v, path, emit) {
				return
			}
		}
	}
}

func pick(v *Node, path string, emit func(*Node) bool) bool {
	switch {
	case path == "*":
		for i := range v.Kids {
			k := &v.Kids[i]
			kids := append([]Node{{Key: "_key", Text: k.Key}}, k.Kids...)
			if k.List {
				kids = []Node{{Key: "_key", Text: k.Key}, {Key: "items", Kids: k.Kids, List: true}}
			}
			if !emit(&Node{Kids: kids}) {
				return false
			}
		}
		return true
	case path != "":
		if v = v.At(path); v == nil {
			return true
		}
	}
	if !v.List {
		return emit(v)
	}
	for i := range v.Kids {
		if !emit(&v.Kids[i]) {
			return false
		}
	}
	return true
}
