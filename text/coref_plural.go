package text

import (
	"strings"

	"kith"
)

// plurals finds for each plural mention of people the several persons that it
// means, as clusters in the order of their first mention: the parts of "Reyes
// and Lindqvist" for "they", the two foremost women for "both women".
func (r *resolver) plurals() {
	r.also = zeros(r.also, len(r.refs))
	r.split = zeros(r.split, len(r.clusters))
	shared := make([][]int, len(r.clusters)) // what a plural cluster was found to mean
	for m := range r.refs {
		ref := &r.refs[m]
		if !pluralPeople(ref) {
			continue
		}
		who := shared[ref.cluster]
		if who == nil && !r.clusters[ref.cluster].named {
			who = r.meant(m)
			shared[ref.cluster] = who
		}
		if len(who) > 1 {
			r.also[m] = who
			r.split[ref.cluster] = true
		}
	}
}

// pluralPeople reports whether a mention may mean several named persons.
func pluralPeople(ref *ref) bool {
	if ref.kind == refPronoun {
		return ref.number == numberMany && ref.person == 3 && ref.lemma == wordThey
	}
	return ref.kind == refNominal && ref.number == numberMany && ref.class&NounPerson != 0
}

var wordThey = hashWord("they")

// meant finds the persons that a plural mention means, nil where it is unsure.
func (r *resolver) meant(m int) []int {
	ref := &r.refs[m]
	count := r.countOf(ref)
	if ref.kind == refNominal {
		if count < 2 || count > 4 || ref.form == formIndefinite {
			return nil
		}
		if who := r.couple(m, 3); len(who) == count && r.sexesFit(ref, who) {
			return who
		}
		return r.foremost(m, count)
	}
	if r.clusters[ref.cluster].size > 1 && r.clusters[ref.cluster].first != m && r.refs[r.clusters[ref.cluster].first].kind == refNominal {
		return nil // the pronoun of a described group
	}
	if who := r.couple(m, 1); who != nil {
		return who
	}
	if ref.quote >= 0 {
		return nil // of whom somebody speaks there, and not of themselves
	}
	return r.onlyTwo(m)
}

// countOf reads how many "both women" or "the three governors" are; 0 for an
// unknown number or where it introduces others ("two aides").
func (r *resolver) countOf(ref *ref) int {
	definite, count := false, 0
	for i := ref.first; i < ref.head; i++ {
		switch strings.ToLower(r.a.Word(i)) {
		case "the", "these", "those":
			definite = true
		case "both":
			return 2
		case "two":
			count = 2
		case "three":
			count = 3
		case "four":
			count = 4
		case "first", "last", "other", "of", "next", "more":
			return 0
		}
	}
	if !definite || ref.last > ref.head+1 {
		return 0
	}
	return count
}

const pluralWindow = 120 // mentions

// foremost finds the n most salient named persons before a mention whose sex
// agrees, nil where there are fewer or the choice is unclear.
func (r *resolver) foremost(m, n int) []int {
	ref := &r.refs[m]
	r.tally(m, pluralWindow, 10)
	var best []int
	for _, c := range r.tallied {
		if conflictingSex(ref.sex, r.clusters[c].sex) {
			continue
		}
		best = append(best, c)
		for i := len(best) - 1; i > 0 && r.weights[best[i]] > r.weights[best[i-1]]; i-- {
			best[i], best[i-1] = best[i-1], best[i]
		}
		best = best[:min(len(best), n+1)]
	}
	if len(best) < n || len(best) > n && r.weights[best[n]] > .6*r.weights[best[n-1]] {
		return nil
	}
	return r.inOrder(best[:n])
}

// tally weighs the named persons before a mention by how often and how near
// they are mentioned.
func (r *resolver) tally(m, window, sentences int) {
	if r.weights == nil {
		r.weights = make([]float32, len(r.clusters))
	}
	for _, c := range r.tallied {
		r.weights[c] = 0
	}
	r.tallied = r.tallied[:0]
	for j := m - 1; j >= max(0, m-window); j-- {
		other := &r.refs[j]
		gap := r.refs[m].sentence - other.sentence
		if gap > sentences {
			return
		}
		k := &r.clusters[other.cluster]
		if !k.named || k.kinds != kith.Person || len(r.also[j]) > 0 {
			continue
		}
		if r.weights[other.cluster] == 0 {
			r.tallied = append(r.tallied, other.cluster)
		}
		r.weights[other.cluster] += roleWeight(other) / float32(1+gap)
	}
}

func (r *resolver) inOrder(clusters []int) []int {
	for i := 1; i < len(clusters); i++ {
		for j := i; j > 0 && r.clusters[clusters[j]].first < r.clusters[clusters[j-1]].first; j-- {
			clusters[j], clusters[j-1] = clusters[j-1], clusters[j]
		}
	}
	return clusters
}

// couple finds the nearest coordination of persons before a mention, at most
// some sentences back.
func (r *resolver) couple(m, sentences int) []int {
	ref := &r.refs[m]
	for j := m - 1; j >= max(0, m-20*sentences) && ref.sentence-r.refs[j].sentence <= sentences; j-- {
		if first := r.joinedTo(j); first >= 0 {
			if who := r.conjuncts(first, j); len(who) > 1 {
				return who
			}
		}
	}
	return nil
}

// joinedTo finds the first conjunct of the coordination that a mention ends:
// by the tree, or by "and" between two names; -1 for none.
func (r *resolver) joinedTo(j int) int {
	head := r.a.Tokens[r.refs[j].head]
	if head.Rel == kith.Conj && head.Head >= 0 && r.finder.refAt[head.Head] >= 0 {
		return int(r.finder.refAt[head.Head])
	}
	if at := r.refs[j].first - 1; at > 0 && r.refs[j].kind == refName && r.a.Tokens[at].Tag == kith.CCONJ {
		for i := j - 1; i >= max(0, j-3); i-- {
			if r.refs[i].kind == refName && r.refs[i].last == at {
				return i
			}
		}
	}
	return -1
}

func (r *resolver) sexesFit(ref *ref, who []int) bool {
	for _, c := range who {
		if conflictingSex(ref.sex, r.clusters[c].sex) {
			return false
		}
	}
	return true
}

// conjuncts gathers the clusters of a coordination from its first conjunct to
// mention last, nil unless all are single persons.
func (r *resolver) conjuncts(first, last int) []int {
	var who []int
	for j := first; j <= last; j++ {
		ref := &r.refs[j]
		t := &r.a.Tokens[ref.head]
		if j != first && j != last && (t.Rel != kith.Conj || t.Head != r.refs[first].head) {
			continue
		}
		k := &r.clusters[ref.cluster]
		if k.kinds != kith.Person || k.number == numberMany {
			return nil
		}
		who = append(who, ref.cluster)
	}
	return distinct(who)
}

func distinct(clusters []int) []int {
	out := clusters[:0]
	for _, c := range clusters {
		seen := false
		for _, o := range out {
			seen = seen || o == c
		}
		if !seen {
			out = append(out, c)
		}
	}
	return out
}

// onlyTwo finds the two persons of whom alone the sentences before speak.
func (r *resolver) onlyTwo(m int) []int {
	for _, sentences := range []int{1, 3} {
		r.tally(m, 40, sentences)
		if len(r.tallied) == 2 {
			return r.inOrder([]int{r.tallied[0], r.tallied[1]})
		}
		if len(r.tallied) > 2 {
			return nil
		}
	}
	return nil
}
