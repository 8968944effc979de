package main

import (
	"fmt"
	"hash/fnv"
	"sort"
	"strings"
	"time"

	"kith"
	"kith/internal/processor"
	"kith/resolve"
)

// scoreIdentity links public lists of people and judges the links by shared
// identifiers that the linker is not shown. Half of the people served to learn
// the weights; the other half is held back.
type scoreIdentity struct {
	Errors int `help:"Show so many errors of the half that the weights were learned on." default:"0"`
}

func (c scoreIdentity) Run(s shared) error {
	lists, model, err := s.identity()
	if err != nil {
		return err
	}
	linked, err := link(model, lists)
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score identity")
	fmt.Printf("%d lists, %d records, %d comparisons\n", len(lists), len(linked.people), linked.compared)
	for _, half := range []string{"learned", "held back"} {
		linked.score(half).print(half)
	}
	if c.Errors > 0 {
		linked.showErrors(c.Errors)
	}
	fmt.Printf("speed  %.0f records/s of processor time\n", float64(len(linked.people))/linked.took.Seconds())
	return nil
}

// linkage is what the linker made of all records.
type linkage struct {
	people   []person
	cluster  []kith.EntityID
	compared int
	took     time.Duration
}

func link(model *resolve.Model, lists []list) (*linkage, error) {
	r := &resolve.Resolver{Model: model}
	l := r.NewLists()
	out := &linkage{}
	start := processor.Time()
	for _, list := range lists {
		profiles := make([]kith.Profile, len(list.people))
		for i, p := range list.people {
			profiles[i] = p.profile
		}
		if _, err := l.Add(profiles); err != nil {
			return nil, err
		}
	}
	out.took = processor.Time() - start
	out.compared = l.Compared
	for _, list := range lists {
		for _, p := range list.people {
			out.people = append(out.people, p)
			out.cluster = append(out.cluster, l.Cluster(p.profile.Entity))
		}
	}
	return out, nil
}

// half says to which half a person belongs: by the first identifier, so that
// all records of one person fall together.
func (p *person) half() string {
	for _, scheme := range []string{"bioguide", "ocd", "fec"} {
		if ids := p.ids[scheme]; len(ids) > 0 {
			return halfOf(ids[0])
		}
	}
	var all []string
	for _, ids := range p.ids {
		all = append(all, ids...)
	}
	sort.Strings(all)
	return halfOf(strings.Join(all, " "))
}

func halfOf(s string) string {
	h := fnv.New32a()
	h.Write([]byte(s))
	if (h.Sum32()>>8)%2 == 0 {
		return "learned"
	}
	return "held back"
}

// truth joins records that share an identifier; it is the entity of each.
func (l *linkage) truth() []int {
	root := make([]int, len(l.people))
	first := map[string]int{}
	find := func(i int) int {
		for root[i] != i {
			i = root[i]
		}
		return i
	}
	for i := range l.people {
		root[i] = i
	}
	for i, p := range l.people {
		for scheme, ids := range p.ids {
			for _, id := range ids {
				key := scheme + ":" + id
				if j, ok := first[key]; ok {
					root[find(i)] = find(j)
				} else {
					first[key] = i
				}
			}
		}
	}
	for i := range root {
		root[i] = find(i)
	}
	return root
}

// known reports whether identifiers tell if two records of different truth
// are different people: they must have a scheme in common.
func known(a, b *person) bool {
	for scheme := range a.ids {
		if len(b.ids[scheme]) > 0 {
			return true
		}
	}
	return false
}

// identityScore counts pairs, and B-cubed sums.
type identityScore struct {
	both, linked, same      int
	records                 int
	bPrecision, bRecall     float64
	wrongPairs, missedPairs [][2]int
}

func (l *linkage) score(half string) *identityScore {
	truth := l.truth()
	s := &identityScore{}
	byCluster, byTruth := map[kith.EntityID][]int{}, map[int][]int{}
	halves := map[int]string{}
	for i := range l.people {
		if _, ok := halves[truth[i]]; !ok {
			halves[truth[i]] = l.people[truth[i]].half()
		}
		if halves[truth[i]] != half {
			continue
		}
		s.records++
		byCluster[l.cluster[i]] = append(byCluster[l.cluster[i]], i)
		byTruth[truth[i]] = append(byTruth[truth[i]], i)
	}
	for _, members := range byCluster {
		s.clusterPairs(l, truth, members)
	}
	for _, members := range byTruth {
		for x, i := range members {
			for _, j := range members[:x] {
				s.same++
				if l.cluster[i] != l.cluster[j] {
					s.missedPairs = append(s.missedPairs, [2]int{j, i})
				}
			}
		}
		for _, i := range members {
			hit := 0
			for _, j := range members {
				if l.cluster[i] == l.cluster[j] {
					hit++
				}
			}
			s.bRecall += float64(hit) / float64(len(members))
		}
	}
	return s
}

func (s *identityScore) clusterPairs(l *linkage, truth, members []int) {
	for x, i := range members {
		for _, j := range members[:x] {
			switch {
			case truth[i] == truth[j]:
				s.linked++
				s.both++
			case known(&l.people[i], &l.people[j]):
				s.linked++
				s.wrongPairs = append(s.wrongPairs, [2]int{j, i})
			}
		}
		right, judged := 0, 0
		for _, j := range members {
			if truth[i] == truth[j] {
				right++
				judged++
			} else if known(&l.people[i], &l.people[j]) {
				judged++
			}
		}
		s.bPrecision += float64(right) / float64(judged)
	}
}

func (s *identityScore) print(half string) {
	p, r := ratio(s.both, s.linked), ratio(s.both, s.same)
	bp, br := s.bPrecision/float64(max(s.records, 1)), s.bRecall/float64(max(s.records, 1))
	fmt.Printf("%-9s  %6d records  %6d true pairs  pairs P %.4f R %.4f F1 %.4f  B-cubed P %.4f R %.4f F1 %.4f\n",
		half, s.records, s.same, p, r, 2*p*r/(p+r), bp, br, 2*bp*br/(bp+br))
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

func (l *linkage) showErrors(most int) {
	s := l.score("learned")
	for _, kind := range []struct {
		name  string
		pairs [][2]int
	}{{"wrongly linked", s.wrongPairs}, {"missed", s.missedPairs}} {
		fmt.Printf("%d pairs %s\n", len(kind.pairs), kind.name)
		step := max(1, len(kind.pairs)/most)
		for i := 0; i < len(kind.pairs); i += step {
			for _, k := range kind.pairs[i] {
				p := l.people[k].profile
				fmt.Printf("    %s: %v\n", p.Entity, p.Traits)
			}
			fmt.Println()
		}
	}
}
