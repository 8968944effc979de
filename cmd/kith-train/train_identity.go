package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"

	"kith/resolve"
)

// identityCommand learns the weights of the comparison of people from pairs of
// records that share a key: logistic regression, seeded. A feature that the
// lists do not show keeps the weight set by hand.
type identityCommand struct {
	Out    string  `help:"File to write." default:"data/lexicons/identity.txt" type:"path"`
	Epochs int     `help:"Passes over the pairs." default:"60"`
	Reach  float64 `help:"How far a weight may move from the one that stands in the file." default:"0.5"`
	Pull   float64 `help:"Pull of the weights towards those that stand in the file." default:"0.02"`
}

// The lists are not what texts are: their nicknames are few, their parties
// tell lists apart more than people. Reach keeps each weight near the one that
// stands in the file, so that no quirk of the lists turns a sign.

// example is one pair of records and whether they are one person.
type example struct {
	values resolve.Values
	same   bool
	weight float64
}

func (c identityCommand) Run(s shared) error {
	lists, model, err := s.identity()
	if err != nil {
		return err
	}
	examples := learningPairs(model, lists)
	counts, weights := [resolve.Features]int{}, model.People
	for _, e := range examples {
		for i, v := range e.values {
			if v != 0 {
				counts[i]++
			}
		}
	}
	c.descend(examples, &weights, model.People)
	lines, err := c.lines(weights, counts)
	if err != nil {
		return err
	}
	fmt.Printf("learned from %d pairs\n", len(examples))
	return writeFile(c.Out, []byte(lines))
}

// learningPairs compares the records of the learning half that share a key.
func learningPairs(model *resolve.Model, lists []list) []example {
	type entry struct {
		record *resolve.Record
		person *person
		list   int
	}
	var all []entry
	for n := range lists {
		for i := range lists[n].people {
			if p := &lists[n].people[i]; p.half() == "learned" {
				all = append(all, entry{model.Record(p.profile), p, n})
			}
		}
	}
	index := map[string][]int{}
	var out []example
	perPerson := map[string]int{}
	for i, e := range all {
		seen := map[int]bool{}
		for _, key := range e.record.Looks() {
			for _, j := range index[key] {
				o := all[j]
				if seen[j] || o.list == e.list && strings.HasPrefix(lists[e.list].name, "popolo other") {
					continue
				}
				seen[j] = true
				same := sharesID(e.person, o.person)
				if !same && !known(e.person, o.person) {
					continue
				}
				weight := 1.0
				if same { // committees repeat the same few hundred people
					k := firstID(e.person)
					perPerson[k]++
					weight = 1 / math.Sqrt(float64(perPerson[k]))
				}
				out = append(out, example{model.Compare(e.record, o.record).Values, same, weight})
			}
		}
		for _, key := range e.record.Keys() {
			if len(index[key]) < 40 {
				index[key] = append(index[key], i)
			}
		}
	}
	return out
}

func firstID(p *person) string {
	for _, scheme := range []string{"bioguide", "ocd", "fec"} {
		if ids := p.ids[scheme]; len(ids) > 0 {
			return ids[0]
		}
	}
	return string(p.profile.Entity)
}

func sharesID(a, b *person) bool {
	for scheme, ids := range a.ids {
		for _, id := range ids {
			for _, other := range b.ids[scheme] {
				if id == other {
					return true
				}
			}
		}
	}
	return false
}

// descend is stochastic gradient descent on the logistic loss.
func (c identityCommand) descend(examples []example, w *resolve.Weights, prior resolve.Weights) {
	r := rand.New(rand.NewPCG(1, 2))
	order := r.Perm(len(examples))
	for epoch := range c.Epochs {
		rate := 0.1 / (1 + float64(epoch)/8)
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			sum := 0.0
			for k, v := range e.values {
				sum += v * w[k]
			}
			miss := -1 / (1 + math.Exp(-sum))
			if e.same {
				miss++
			}
			for k, v := range e.values {
				if v != 0 {
					w[k] += rate * (e.weight*miss*v - c.Pull*(w[k]-prior[k]))
					w[k] = min(max(w[k], prior[k]-c.Reach), prior[k]+c.Reach)
				}
			}
		}
	}
}

// leastSeen is how many pairs must show a feature for its weight to be
// learned.
const leastSeen = 20

// lines renders the weights file: learned weights replace those by hand.
func (c identityCommand) lines(w resolve.Weights, counts [resolve.Features]int) (string, error) {
	before, err := os.ReadFile(c.Out)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimRight(string(before), "\n"), "\n") {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] != "people" {
			b.WriteString(line + "\n")
			continue
		}
		for i := range resolve.Features {
			if resolve.FeatureName(i) == f[1] && counts[i] >= leastSeen {
				f = []string{"people", f[1], fmt.Sprintf("%.2f", w[i]), "learned"}
			}
		}
		b.WriteString(strings.Join(f, " ") + "\n")
	}
	return b.String(), nil
}
