package store

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"kith"
)

// mostTraits bounds what is kept to compare of one cluster: the traits that
// most members have.
const mostTraits = 200

// Traits are kept as lines of kind, value and, above one, count, with tabs
// between: they are read for every comparison.

func formatTraits(traits []kith.Trait) string {
	var b strings.Builder
	for i, t := range traits {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t.Kind)
		b.WriteByte('\t')
		b.WriteString(t.Value)
		if t.Count > 1 {
			b.WriteByte('\t')
			b.WriteString(strconv.Itoa(t.Count))
		}
	}
	return b.String()
}

func parseTraits(text string) []kith.Trait {
	if text == "" {
		return nil
	}
	traits := make([]kith.Trait, 0, strings.Count(text, "\n")+1)
	for line := range strings.SplitSeq(text, "\n") {
		kind, rest, _ := strings.Cut(line, "\t")
		value, times, many := strings.Cut(rest, "\t")
		t := kith.Trait{Kind: kind, Value: value, Count: 1}
		if many {
			t.Count, _ = strconv.Atoi(times) // written by formatTraits
		}
		traits = append(traits, t)
	}
	return traits
}

// plainTraits makes every white space in traits a blank, as lines of them need.
func plainTraits(traits []kith.Trait) []kith.Trait {
	out := slices.Clone(traits)
	for i := range out {
		if strings.ContainsAny(out[i].Kind+out[i].Value, "\t\n") {
			out[i].Kind = strings.Join(strings.Fields(out[i].Kind), " ")
			out[i].Value = strings.Join(strings.Fields(out[i].Value), " ")
		}
		out[i].Count = 1
	}
	return out
}

// traitsOf returns what resolution knows of a local entity.
func (q *queries) traitsOf(id kith.EntityID) ([]kith.Trait, error) {
	var text string
	_, err := q.first([]any{&text}, "SELECT traits FROM local_traits WHERE entity = ?", id)
	return parseTraits(text), err
}

func (q *queries) profileOf(cluster kith.EntityID) ([]kith.Trait, error) {
	var text string
	_, err := q.first([]any{&text}, "SELECT traits FROM profiles WHERE cluster = ?", cluster)
	return parseTraits(text), err
}

// changeTraits replaces, in what a cluster is compared by, what one of its
// living members told.
func (t *tx) changeTraits(id, cluster kith.EntityID, before, after []kith.Trait) error {
	if len(before) == 0 && len(after) == 0 {
		return nil
	}
	keysBefore, before := splitKeys(before, -1)
	keysAfter, after := splitKeys(after, 1)
	if err := t.exec("INSERT OR IGNORE INTO keys (value, cluster) SELECT value, ?1 FROM json_each(?2)", cluster, toJSON(keysAfter)); err != nil {
		return err
	}
	gone := slices.DeleteFunc(keysBefore, func(key string) bool { return slices.Contains(keysAfter, key) })
	if err := t.dropKeys(id, cluster, gone); err != nil {
		return err
	}
	profile, err := t.profileOf(cluster)
	if err != nil {
		return err
	}
	return putProfile(&t.queries, cluster, mergeTraits(mergeTraits(profile, before), after))
}

// splitKeys tells the keys among traits from the rest, whose counts it sets.
func splitKeys(traits []kith.Trait, count int) (keys []string, rest []kith.Trait) {
	for _, trait := range traits {
		if trait.Kind == kith.TraitKey {
			keys = append(keys, trait.Value)
			continue
		}
		trait.Count = count
		rest = append(rest, trait)
	}
	return keys, rest
}

// dropKeys takes keys from a cluster that no living member but id has.
func (t *tx) dropKeys(id, cluster kith.EntityID, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	err := t.each(func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		others, _ := splitKeys(parseTraits(text), 0)
		keys = slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(others, key) })
		return err
	}, "SELECT l.traits FROM members m JOIN local_traits l ON l.entity = m.entity WHERE m.cluster = ? AND m.alive = 1 AND m.entity <> ?", cluster, id)
	if err != nil {
		return err
	}
	return t.exec("DELETE FROM keys WHERE cluster = ?1 AND value IN (SELECT value FROM json_each(?2))", cluster, toJSON(keys))
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
	return q.exec("INSERT OR REPLACE INTO profiles (cluster, traits) VALUES (?, ?)", cluster, formatTraits(traits))
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

// rebuildTraits derives the keys and the profiles of clusters again from what
// their members told: of those in a JSON list, or of all where it is "".
func rebuildTraits(q *queries, list string) error {
	query, args := "SELECT m.cluster, l.traits FROM members m JOIN local_traits l ON l.entity = m.entity WHERE m.alive = 1", []any(nil)
	if list != "" {
		query, args = query+" AND m.cluster IN (SELECT value FROM json_each(?1))", []any{list}
	}
	var r retelling
	err := q.each(func(scan func(...any) error) error {
		var cluster kith.EntityID
		var text string
		err := scan(&cluster, &text)
		r.member(cluster, parseTraits(text))
		return err
	}, query+" ORDER BY m.cluster, m.first", args...)
	if err != nil {
		return err
	}
	r.end()
	keys := &rows{into: "INSERT INTO keys (value, cluster)", columns: 2, values: r.keys}
	profiles := &rows{into: "INSERT INTO profiles (cluster, traits)", columns: 2, values: r.profiles}
	if err := keys.each(q.exec); err != nil {
		return err
	}
	return profiles.each(q.exec)
}

// retelling adds up what the members of clusters told, one cluster after the
// other.
type retelling struct {
	keys, profiles []any // rows
	cluster        kith.EntityID
	traits         []kith.Trait
	has            map[string]bool // keys
}

func (r *retelling) member(cluster kith.EntityID, told []kith.Trait) {
	if cluster != r.cluster {
		r.end()
		r.cluster, r.traits, r.has = cluster, nil, map[string]bool{}
	}
	rest := told[:0]
	for _, t := range told {
		if t.Kind == kith.TraitKey {
			r.has[t.Value] = true
		} else {
			rest = append(rest, t)
		}
	}
	r.traits = addUp(r.traits, rest)
}

func (r *retelling) end() {
	for value := range r.has {
		r.keys = append(r.keys, value, string(r.cluster))
	}
	if len(r.traits) > 0 {
		r.profiles = append(r.profiles, string(r.cluster), formatTraits(r.traits))
	}
}
