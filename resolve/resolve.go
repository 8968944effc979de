// Package resolve ties the entities of one document to those that a store
// knows from others: it looks candidates up by keys, compares them feature by
// feature, and says "same", "unsure" or nothing, with its reasons. Precision
// comes before recall: a surname alone ties nobody, an unnamed party is tied
// to nothing, and two entities of one document are never taken for one.
package resolve

import (
	"context"
	"sort"

	"kith"
)

// By is how the resolver signs its judgements.
const By = "kith/" + kith.Version + " resolve"

// The probabilities from which two entities are taken to be one, and from
// which a person is asked.
const (
	sameFrom   = 0.9
	unsureFrom = 0.35
)

// clearLead is by how much, in log odds, the best candidate must lead the
// next for the resolver to choose between them.
const clearLead = 0.5

// mostCandidates bounds the comparisons that one entity costs.
const mostCandidates = 48

// Resolver resolves documents. It is safe for concurrent use.
type Resolver struct {
	Model *Model
}

// Resolve matches the entities of a stored document with those of others. It
// is one transaction of the store, and costs what the document holds, however
// large the store.
func (r *Resolver) Resolve(ctx context.Context, store kith.Store, doc kith.DocumentID) error {
	return store.Resolve(ctx, doc, r.Match)
}

// Match finds the traits and judgements for one document.
func (r *Resolver) Match(m kith.Matching) (kith.Matched, error) {
	records := r.records(m.Reading())
	var out kith.Matched
	home := map[kith.EntityID]bool{}
	for _, own := range records {
		out.Profiles = append(out.Profiles, own.told())
		if err := atHome(m, own.Profile.Entity, home); err != nil {
			return out, err
		}
	}
	var err error
	if out.Judgements, err = r.twins(m, records); err != nil {
		return out, err
	}
	twin := map[kith.EntityID]bool{}
	for _, j := range out.Judgements {
		twin[j.B] = true
	}
	var alone []*Record
	for _, own := range records {
		settled, err := m.Settled(own.Profile.Entity)
		if err != nil {
			return out, err
		}
		if settled == "" && !twin[own.Profile.Entity] {
			alone = append(alone, own)
		}
	}
	pairs, err := r.pairs(m, alone, home)
	if err != nil {
		return out, err
	}
	js, err := r.judge(m.Apart, pairs)
	out.Judgements = append(out.Judgements, js...)
	return out, err
}

// pairs compares records with the clusters that bear the same name; where none
// of those is clearly the one, with those of like names too.
func (r *Resolver) pairs(m kith.Matching, records []*Record, home map[kith.EntityID]bool) ([]pair, error) {
	var out []pair
	compared := map[[2]kith.EntityID]bool{}
	exact := func(own *Record) []string { return own.keys.looks }
	near := func(own *Record) []string { return own.keys.near }
	if err := foresee(m, lists(records, exact), lists(records, near)); err != nil {
		return nil, err
	}
	for i, step := range []func(*Record) []string{exact, near} {
		if i > 0 {
			if err := foresee(m, lists(records, step), nil); err != nil {
				return nil, err
			}
		}
		var open []*Record
		for _, own := range records {
			found, err := r.candidates(m, own, step(own), home, compared)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
			clear, err := clearly(m.Apart, found)
			if err != nil {
				return nil, err
			}
			if !clear {
				open = append(open, own)
			}
		}
		records = open
	}
	return out, nil
}

// foresee tells a store that can use it what will be looked up, and what may be
// later.
func foresee(m kith.Matching, now, later [][]string) error {
	store, ok := m.(kith.Foreseeing)
	if !ok || len(now) == 0 && len(later) == 0 {
		return nil
	}
	return store.Foresee(now, later, mostCandidates)
}

// lists are the keys of each record that has any.
func lists(records []*Record, keys func(*Record) []string) [][]string {
	var all [][]string
	for _, own := range records {
		if list := keys(own); len(list) > 0 {
			all = append(all, list)
		}
	}
	return all
}

// clearly reports whether one of the clusters that an entity was compared with
// is it beyond doubt.
func clearly(heldApart func(a, b kith.EntityID) (bool, error), found []pair) (bool, error) {
	if len(found) == 0 {
		return false, nil
	}
	likeliest(found)
	next, err := seconds(heldApart, found)
	best := &found[0]
	return best.score.P >= sameFrom && best.score.LogOdds-next[best.local] >= clearLead, err
}

// Profiles is what resolution compares of the named entities of a reading, and
// under which keys they are found.
func (r *Resolver) Profiles(reading *kith.Reading) []kith.Profile {
	var out []kith.Profile
	for _, own := range r.records(reading) {
		out = append(out, own.told())
	}
	return out
}

func (r *Resolver) records(reading *kith.Reading) []*Record {
	profiles := r.Model.lexicon.profiles(reading)
	records := make([]*Record, len(profiles))
	for i, p := range profiles {
		records[i] = r.Model.Record(p)
	}
	return records
}

// told is the record's profile with its keys.
func (r *Record) told() kith.Profile {
	p := r.Profile
	p.Traits = p.Traits[:len(p.Traits):len(p.Traits)]
	for _, key := range r.keys.under {
		p.Traits = append(p.Traits, kith.Trait{Kind: kith.TraitKey, Value: key, Count: 1})
	}
	return p
}

// atHome adds the entity of the document and the cluster that it stands in.
func atHome(m kith.Matching, local kith.EntityID, home map[kith.EntityID]bool) error {
	home[local] = true
	cluster, err := m.Settled(local)
	if cluster != "" {
		home[cluster] = true
	}
	return err
}

// pair is a local entity and a cluster that it may belong to.
type pair struct {
	local     kith.EntityID
	cluster   kith.EntityID
	kind      kith.EntityType
	documents int // that name the cluster
	other     *Record
	score     Score
}

// candidates compares one entity with the clusters found under some keys, but
// for those it was compared with.
func (r *Resolver) candidates(m kith.Matching, own *Record, keys []string, home map[kith.EntityID]bool, compared map[[2]kith.EntityID]bool) ([]pair, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	p := &own.Profile
	found, err := m.Candidates(keys, mostCandidates)
	if err != nil {
		return nil, err
	}
	var out []pair
	for _, c := range found {
		both := [2]kith.EntityID{p.Entity, c.Entity}
		if home[c.Entity] || compared[both] {
			continue
		}
		compared[both] = true
		other := r.Model.lexicon.recordOf(c)
		if !sameSort(own.sort, other.sort) || other.misread() {
			continue
		}
		score := r.Model.Compare(own, other)
		if score.P >= unsureFrom {
			out = append(out, pair{p.Entity, c.Entity, own.sort, c.Documents, other, score})
		}
	}
	return out, nil
}

func sameSort(a, b kith.EntityType) bool {
	return a == b || kindFamily(a) == "o" && kindFamily(b) == "o" && a != kith.Person && b != kith.Person
}

// judge decides on the pairs, the likeliest first, and of those the one that
// more documents name. Each cluster takes one entity of the document at most.
func (r *Resolver) judge(heldApart func(a, b kith.EntityID) (bool, error), pairs []pair) ([]kith.Judgement, error) {
	likeliest(pairs)
	next, err := seconds(heldApart, pairs)
	if err != nil {
		return nil, err
	}
	contested := contests(pairs)
	placed, taken := map[kith.EntityID]bool{}, map[kith.EntityID]bool{}
	asked := map[kith.EntityID]int{}
	var js []kith.Judgement
	for _, p := range pairs {
		if placed[p.local] || taken[p.cluster] {
			continue
		}
		apart, err := heldApart(p.local, p.cluster)
		if err != nil {
			return nil, err
		}
		if apart {
			continue
		}
		verdict := kith.Unsure
		if p.score.P >= sameFrom && p.score.LogOdds-next[p.local] >= clearLead && !contested[p.cluster] {
			verdict = kith.Same
			placed[p.local], taken[p.cluster] = true, true
		} else if asked[p.local]++; asked[p.local] > mostQuestions {
			continue
		}
		js = append(js, kith.Judgement{A: min(p.local, p.cluster), B: max(p.local, p.cluster), Verdict: verdict, Score: p.score.P,
			Reasons: r.Model.Reasons(p.kind, p.score), By: By})
	}
	return js, nil
}

// contests finds the clusters that two people of the document fit nearly
// equally well, by other names than theirs: "Pat Frost", where the document
// tells of Patricia and of Patrick. It takes the likeliest pairs first.
func contests(pairs []pair) map[kith.EntityID]bool {
	best := map[kith.EntityID]*pair{}
	out := map[kith.EntityID]bool{}
	for i := range pairs {
		p := &pairs[i]
		first := best[p.cluster]
		switch {
		case first == nil:
			best[p.cluster] = p
		case p.kind == kith.Person && first.score.Values[givenNick] == 1 && p.score.Values[givenNick] == 1 && first.score.LogOdds-p.score.LogOdds < contestLead:
			out[p.cluster] = true
		}
	}
	return out
}

// contestLead is by how much, in log odds, one person of a document must lead
// another to be taken for somebody known under a short name.
const contestLead = 2

// likeliest puts the likeliest pairs first, and of those that are equally
// likely the ones of which more documents tell.
func likeliest(pairs []pair) {
	sort.SliceStable(pairs, func(i, j int) bool {
		a, b := &pairs[i], &pairs[j]
		return a.score.LogOdds > b.score.LogOdds || a.score.LogOdds == b.score.LogOdds && a.documents > b.documents
	})
}

// mostQuestions bounds what is asked of people about one entity.
const mostQuestions = 2

// seconds is, for each local entity, the log odds of its second-best cluster.
// Two things of the very same name that nobody holds apart are no rivals: one
// of them came from a text that told of it as of two. Those that only share a
// short form are.
func seconds(heldApart func(a, b kith.EntityID) (bool, error), pairs []pair) (map[kith.EntityID]float64, error) {
	best := map[kith.EntityID]*pair{}
	next := map[kith.EntityID]float64{}
	for i := range pairs {
		p := &pairs[i]
		first := best[p.local]
		if first == nil {
			best[p.local], next[p.local] = p, -100
			continue
		}
		if next[p.local] != -100 {
			continue
		}
		rivals := first.score.Values[nameSame] == 0 || p.score.Values[nameSame] == 0 || otherNames(first.other, p.other)
		if !rivals {
			var err error
			if rivals, err = heldApart(first.cluster, p.cluster); err != nil {
				return nil, err
			}
		}
		if rivals {
			next[p.local] = p.score.LogOdds
		}
	}
	return next, nil
}
