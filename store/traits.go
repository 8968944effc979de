package store

import (
	"sort"
	"strings"

	"kith"
)

// mostTraits bounds what is kept to compare of one cluster: the traits that
// most members have.
const mostTraits = 200

// traitsOf returns what resolution knows of a local entity.
func (q *queries) traitsOf(id kith.EntityID) ([]kith.Trait, error) {
	var text string
	_, err := q.first([]any{&text}, "SELECT traits FROM local_traits WHERE entity = ?", id)
	return readLocal(text), err
}

// writeLocal writes traits as the table of local entities keeps them: a list of
// kind, blank, value. One member counts once.
func writeLocal(traits []kith.Trait) string {
	list := make([]string, len(traits))
	for i, t := range traits {
		list[i] = t.Kind + " " + t.Value
	}
	return toJSON(list)
}

// readLocal reads what writeLocal wrote.
func readLocal(text string) []kith.Trait {
	list := fromJSON[[]string](text)
	traits := make([]kith.Trait, len(list))
	for i, s := range list {
		kind, value, _ := strings.Cut(s, " ")
		traits[i] = kith.Trait{Kind: kind, Value: value, Count: 1}
	}
	return traits
}

func (q *queries) profileOf(cluster kith.EntityID) ([]kith.Trait, error) {
	var text string
	_, err := q.first([]any{&text}, "SELECT traits FROM profiles WHERE cluster = ?", cluster)
	return fromJSON[[]kith.Trait](text), err
}

// countTraits adds an entity's traits to its cluster's, or takes them out.
func (t *tx) countTraits(id, cluster kith.EntityID, sign int) error {
	traits, err := t.traitsOf(id)
	if err != nil {
		return err
	}
	return t.addTraits(traits, cluster, sign)
}

// addTraits adds traits to those of a cluster, or takes them away.
func (t *tx) addTraits(traits []kith.Trait, cluster kith.EntityID, sign int) error {
	if len(traits) == 0 {
		return nil
	}
	var keys []string
	rest := make([]kith.Trait, 0, len(traits))
	for _, trait := range traits {
		if trait.Kind == kith.TraitKey {
			keys = append(keys, trait.Value)
			continue
		}
		trait.Count = sign
		rest = append(rest, trait)
	}
	if err := t.exec(`INSERT INTO keys (value, cluster, uses) SELECT value, ?1, ?2 FROM json_each(?3) WHERE true
		ON CONFLICT (value, cluster) DO UPDATE SET uses = uses + ?2`, cluster, sign, toJSON(keys)); err != nil {
		return err
	}
	if sign < 0 {
		if err := t.exec("DELETE FROM keys WHERE cluster = ? AND uses <= 0", cluster); err != nil {
			return err
		}
	}
	before, err := t.profileOf(cluster)
	if err != nil {
		return err
	}
	return putProfile(&t.queries, cluster, mergeTraits(before, rest))
}

func (t *tx) mergeProfiles(keep, drop kith.EntityID) error {
	b, err := t.profileOf(drop)
	if err != nil || len(b) == 0 {
		return err
	}
	a, err := t.profileOf(keep)
	if err != nil {
		return err
	}
	if err := t.exec("DELETE FROM profiles WHERE cluster = ?", drop); err != nil {
		return err
	}
	return putProfile(&t.queries, keep, mergeTraits(a, b))
}

func putProfile(q *queries, cluster kith.EntityID, traits []kith.Trait) error {
	if len(traits) == 0 {
		return q.exec("DELETE FROM profiles WHERE cluster = ?", cluster)
	}
	return q.exec("INSERT OR REPLACE INTO profiles (cluster, traits) VALUES (?, ?)", cluster, toJSON(traits))
}

// mergeTraits adds up two lists, the commonest first.
func mergeTraits(a, b []kith.Trait) []kith.Trait {
	type key struct{ kind, value string }
	at := make(map[key]int, len(a)+len(b))
	sum := make([]kith.Trait, 0, len(a)+len(b))
	for _, list := range [2][]kith.Trait{a, b} {
		for _, t := range list {
			k := key{t.Kind, t.Value}
			i, ok := at[k]
			if !ok {
				i = len(sum)
				at[k] = i
				sum = append(sum, kith.Trait{Kind: t.Kind, Value: t.Value})
			}
			sum[i].Count += t.Count
		}
	}
	out := sum[:0]
	for _, t := range sum {
		if t.Count > 0 {
			out = append(out, t)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Count > out[j].Count })
	return out[:min(len(out), mostTraits)]
}

// addUp adds traits that one more member has to a list of mergeTraits, in
// place, with the outcome of mergeTraits.
func addUp(list, more []kith.Trait) []kith.Trait {
	for _, t := range more {
		i := 0
		for i < len(list) && (list[i].Value != t.Value || list[i].Kind != t.Kind) {
			i++
		}
		if i == len(list) {
			list = append(list, kith.Trait{Kind: t.Kind, Value: t.Value})
		}
		list[i].Count++
	}
	for i := 1; i < len(list); i++ {
		for k := i; k > 0 && list[k-1].Count < list[k].Count; k-- {
			list[k-1], list[k] = list[k], list[k-1]
		}
	}
	return list[:min(len(list), mostTraits)]
}

// rebuildProfiles derives the profiles of clusters again from those of their
// members.
func rebuildProfiles(q *queries, where, list string) error {
	sums := map[kith.EntityID][]kith.Trait{}
	err := q.each(func(scan func(...any) error) error {
		var cluster kith.EntityID
		var text string
		if err := scan(&cluster, &text); err != nil {
			return err
		}
		var rest []kith.Trait
		for _, t := range readLocal(text) {
			if t.Kind != kith.TraitKey {
				rest = append(rest, t)
			}
		}
		sums[cluster] = mergeTraits(sums[cluster], rest)
		return nil
	}, "SELECT m.cluster, l.traits FROM members m JOIN local_traits l ON l.entity = m.entity WHERE m.alive = 1 AND "+where+" ORDER BY m.first", list)
	if err != nil {
		return err
	}
	for cluster, traits := range sums {
		if err := putProfile(q, cluster, traits); err != nil {
			return err
		}
	}
	return nil
}
