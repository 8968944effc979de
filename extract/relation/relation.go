// Package relation scores whether a sentence says that a relation holds
// between two of its mentions. It is a log-linear model over the words
// between and around the two, the path between them in the dependency tree
// and their types, trained on sentences in which people marked every
// relation. Its probability is one voice among those that decide whether a
// candidate becomes a claim.
package relation

import (
	"fmt"
	"math"
	"sync"

	"kith"
	"kith/internal/weights"
	"kith/text/linear"
)

// Scorer scores pairs of mentions. It is safe for concurrent use.
type Scorer struct {
	properties []property
	model      linear.Many
	pool       sync.Pool
}

// property is a relation of the training data.
type property struct {
	Mapping
	name          string
	threshold     float64  // of P, for the best F1
	sure          float64  // of P, from which on nearly all are right; never for no such bar
	scale, offset float64  // calibration (Platt 1999)
	ends          []string // pairs of types that it was seen between, "Person Place"
}

// never is a bar that no probability reaches.
const never = 2

// takes reports whether the property can hold between two nodes, by their
// types.
func (p *property) takes(x, y Node) bool {
	for _, ends := range p.ends {
		if n := len(x.Type); len(ends) == n+1+len(y.Type) && ends[:n] == string(x.Type) && ends[n+1:] == string(y.Type) {
			return true
		}
	}
	return false
}

// Embedded returns the scorer with the embedded model.
var Embedded = sync.OnceValues(func() (*Scorer, error) {
	content, err := weights.Load("relation")
	if err != nil {
		return nil, err
	}
	return Open(content)
})

// Open reads a scorer from a model file.
func Open(content []byte) (*Scorer, error) {
	f, err := linear.Open(content)
	if err != nil {
		return nil, fmt.Errorf("open relation scorer: %w", err)
	}
	mapped, err := allMappings()
	if err != nil {
		return nil, err
	}
	s := &Scorer{}
	s.pool.New = func() any { return new(scratch) }
	for _, line := range f.Strings("properties") {
		p := property{sure: never}
		if n, err := fmt.Sscan(line, &p.name, &p.threshold, &p.scale, &p.offset, &p.sure); n < 4 {
			return nil, fmt.Errorf("open relation scorer: property %q: %w", line, err)
		}
		p.ends = f.Strings("ends " + p.name)
		p.Mapping = mapped[p.name]
		s.properties = append(s.properties, p)
	}
	if s.model, err = linear.OpenMany(f, "relation"); err != nil {
		return nil, fmt.Errorf("open relation scorer: %w", err)
	}
	return s, nil
}

// probabilities returns that of each property of two nodes of the sentence that
// the scratch was made ready for, in the scratch's own memory.
func (s *Scorer) probabilities(w *scratch, x, y Node) []float64 {
	w.score(&s.model, len(s.properties), x, y)
	out := w.out[:len(s.properties)]
	for i := range out {
		p := &s.properties[i]
		if out[i] = 0; !p.takes(x, y) {
			continue
		}
		out[i] = sigmoid(p.scale*float64(w.scores[i])/s.model.Scale() + p.offset)
	}
	return out
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Fact is a property that a sentence states of two nodes.
type Fact struct {
	Property        string
	Subject, Object Node
	P               float64
}

// Facts returns what all sentences state of all their nodes, dates and
// nationalities too, each property where its probability reaches the
// threshold that was best in training.
func (s *Scorer) Facts(a *kith.Analysis) []Fact {
	var out []Fact
	for i := range a.Sentences {
		w := s.scratch(a, i)
		nodes := Nodes(a, i)
		for j, x := range nodes {
			for k, y := range nodes {
				if j == k || !related(x, y) {
					continue
				}
				for n, p := range s.probabilities(w, x, y) {
					if q := &s.properties[n]; p >= q.threshold {
						out = append(out, Fact{q.name, x, y, p})
					}
				}
			}
		}
		s.release(w)
	}
	return out
}
