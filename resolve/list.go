package resolve

import (
	"strings"

	"kith"
)

// Lists ties records of lists together in memory, by the same keys,
// comparisons and rules as documents are resolved. It serves imports of lists
// and the measurement of the resolver.
type Lists struct {
	resolver *Resolver
	clusters []*Record
	of       map[kith.EntityID]int // record → index of its cluster
	index    map[string][]int32
	Compared int // comparisons made so far
}

// NewLists returns an empty set of lists.
func (r *Resolver) NewLists() *Lists {
	return &Lists{resolver: r, of: map[kith.EntityID]int{}, index: map[string][]int32{}}
}

// Add takes in one list, of which no two records are the same, and returns
// the judgements on them.
func (l *Lists) Add(list []kith.Profile) ([]kith.Judgement, error) {
	var pairs []pair
	own := make([]*Record, len(list))
	for i := range list {
		own[i] = l.resolver.Model.Record(list[i])
		pairs = l.candidates(own[i], pairs)
	}
	js, err := l.resolver.judge(func(a, b kith.EntityID) (bool, error) { return false, nil }, pairs)
	if err != nil {
		return nil, err
	}
	home := map[kith.EntityID]int{}
	for _, j := range js {
		if j.Verdict != kith.Same {
			continue
		}
		for _, id := range [2]kith.EntityID{j.A, j.B} {
			if c, ok := l.of[id]; ok {
				home[j.A], home[j.B] = c, c
			}
		}
	}
	for _, r := range own {
		l.place(r, home)
	}
	return js, nil
}

// Cluster is the first record of the cluster that a record stands in.
func (l *Lists) Cluster(id kith.EntityID) kith.EntityID {
	return l.clusters[l.of[id]].Profile.Entity
}

func (l *Lists) candidates(r *Record, pairs []pair) []pair {
	seen := make([]int32, 0, mostCandidates)
	for _, key := range r.Looks() {
		found := l.index[key]
		if len(found) > mostCandidates {
			continue
		}
	next:
		for _, c := range found {
			for _, s := range seen {
				if s == c {
					continue next
				}
			}
			if len(seen) == mostCandidates {
				return pairs
			}
			seen = append(seen, c)
			l.Compared++
			cluster := l.clusters[c]
			if !sameSort(r.sort, cluster.sort) {
				continue
			}
			if score := l.resolver.Model.Compare(r, cluster); score.P >= unsureFrom {
				pairs = append(pairs, pair{r.Profile.Entity, cluster.Profile.Entity, r.sort, 0, cluster, score})
			}
		}
	}
	return pairs
}

// place puts a record into its cluster, or makes it one.
func (l *Lists) place(r *Record, home map[kith.EntityID]int) {
	c, ok := home[r.Profile.Entity]
	if !ok {
		c = len(l.clusters)
		cluster := *r
		l.clusters = append(l.clusters, &cluster)
	} else {
		l.clusters[c].absorb(r)
	}
	l.of[r.Profile.Entity] = c
	for _, key := range r.keys.under {
		if list := l.index[key]; len(list) <= mostCandidates && !holds(list, int32(c)) {
			l.index[key] = append(list, int32(c))
		}
	}
}

func holds(list []int32, c int32) bool {
	for _, x := range list {
		if x == c {
			return true
		}
	}
	return false
}

// absorb adds what another record of the same entity says.
func (r *Record) absorb(o *Record) {
	r.people = r.people[:len(r.people):len(r.people)]
	for _, n := range o.people {
		known := false
		for i := range r.people {
			known = known || r.people[i].suffix == n.suffix && strings.Join(r.people[i].tokens, " ") == strings.Join(n.tokens, " ")
		}
		if !known && len(r.people) < mostNames {
			r.people = append(r.people, n)
		}
	}
	merged := make(map[string][]string, len(r.traits))
	for kind, values := range r.traits {
		merged[kind] = values[:len(values):len(values)]
	}
	for kind, values := range o.traits {
		for _, v := range values {
			if len(merged[kind]) < mostNames*4 && shared([]string{v}, merged[kind]) == 0 {
				merged[kind] = append(merged[kind], v)
			}
		}
	}
	r.traits = merged
}
