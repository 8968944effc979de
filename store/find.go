package store

import (
	"context"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kith"
)

// mostCandidates bounds what a *kith.NameError lists.
const mostCandidates = 8

// Find returns the entity that a user's name means; see kith.View.
func (v *view) Find(ctx context.Context, name string) (*kith.Entity, error) {
	folded := kith.Fold(name)
	if folded == "" {
		return nil, &kith.NameError{Name: name, Err: kith.ErrNotFound}
	}
	if isEntityID(name) {
		if e, err := v.entity(kith.EntityID(name)); err == nil {
			return e, nil
		}
	}
	found, err := v.bearers("n.folded = ?", folded)
	if err != nil {
		return nil, explain("find "+name, err)
	}
	if len(found) > 0 {
		return v.choose(name, best(found))
	}
	near, err := v.nearNames(folded)
	if err != nil {
		return nil, explain("find "+name, err)
	}
	return v.guess(name, folded, near)
}

func isEntityID(s string) bool {
	return len(s) >= 6 && len(s) <= 21 && s[0] == 'e' && strings.Trim(s[1:], "0123456789abcdefghjkmnpqrstvwxyz") == ""
}

// bearer is a cluster that has a name.
type bearer struct {
	cluster kith.EntityID
	folded  string
	full    bool // it is the fullest name of some member
	claims  int
	score   float64
}

func (v *view) bearers(where string, args ...any) ([]bearer, error) {
	rows, err := v.open(`SELECT n.cluster, n.folded, n.chosen > 0 OR n.main > 0, c.claims FROM names n JOIN clusters c ON c.id = n.cluster
		WHERE c.members > 0 AND c.unnamed = 0 AND `+where+" ORDER BY c.claims DESC, c.documents DESC, c.id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []bearer
	for rows.Next() {
		var b bearer
		if err := rows.Scan(&b.cluster, &b.folded, &b.full, &b.claims); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// best keeps those who have the name as their full one, if any do; and of
// those the ones of whom something is said, if anything is.
func best(all []bearer) []bearer {
	for _, better := range []func(bearer) bool{
		func(b bearer) bool { return b.full },
		func(b bearer) bool { return b.claims > 0 },
	} {
		var some []bearer
		for _, b := range all {
			if better(b) {
				some = append(some, b)
			}
		}
		if len(some) > 0 {
			all = some
		}
	}
	return all
}

// choose returns the only one, or the error that lists them all.
func (v *view) choose(name string, found []bearer) (*kith.Entity, error) {
	found = distinct(found)
	if len(found) == 1 {
		e, err := v.entity(found[0].cluster)
		return e, explain("find "+name, err)
	}
	return nil, v.nameError(name, found, kith.ErrAmbiguous)
}

func distinct(found []bearer) []bearer {
	seen := map[kith.EntityID]bool{}
	var out []bearer
	for _, b := range found {
		if !seen[b.cluster] {
			seen[b.cluster] = true
			out = append(out, b)
		}
	}
	return out
}

func (v *view) nameError(name string, found []bearer, kind error) error {
	e := &kith.NameError{Name: name, Err: kind}
	for _, b := range found[:min(len(found), mostCandidates)] {
		candidate, err := v.entity(b.cluster)
		if err != nil {
			return explain("find "+name, err)
		}
		candidate.Members = nil
		e.Candidates = append(e.Candidates, *candidate)
	}
	return e
}

// guess takes the one entity that bears the name but for accents, or whose
// name holds all the words given; else it suggests what is near.
func (v *view) guess(name, folded string, near []bearer) (*kith.Entity, error) {
	for _, fits := range []func(string) bool{
		func(other string) bool { return plain(other) == plain(folded) },
		func(other string) bool { return holdsWords(plain(other), plain(folded)) },
	} {
		var some []bearer
		for _, b := range near {
			if fits(b.folded) {
				some = append(some, b)
			}
		}
		if len(some) > 0 {
			return v.choose(name, best(some))
		}
	}
	return nil, v.nameError(name, distinct(near), kith.ErrNotFound)
}

// plain drops accents.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

func holdsWords(name, words string) bool {
	has := map[string]bool{}
	for _, w := range strings.Fields(name) {
		has[w] = true
	}
	for _, w := range strings.Fields(words) {
		if !has[w] {
			return false
		}
	}
	return true
}

// nearNames looks names up by their trigrams and ranks them by likeness.
func (v *view) nearNames(folded string) ([]bearer, error) {
	var parts []string
	seen := map[string]bool{}
	runes := []rune(plain(folded))
	for i := 0; i+3 <= len(runes) && len(parts) < 40; i++ {
		if tri := string(runes[i : i+3]); !seen[tri] {
			seen[tri] = true
			parts = append(parts, `"`+strings.ReplaceAll(tri, `"`, `""`)+`"`)
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	names, err := collect[string](v, "SELECT folded FROM near_names WHERE near_names MATCH ? ORDER BY rank LIMIT 60", strings.Join(parts, " OR "))
	if err != nil {
		return nil, err
	}
	found, err := v.bearers("n.folded IN (SELECT value FROM json_each(?))", toJSON(names))
	if err != nil {
		return nil, err
	}
	var out []bearer
	for _, b := range found {
		b.score = likeness(plain(b.folded), plain(folded))
		if b.score >= 0.35 || holdsWords(plain(b.folded), plain(folded)) {
			out = append(out, b)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].score > out[j].score })
	return out, nil
}

// likeness is Dice's coefficient on the pairs of neighbouring letters.
func likeness(a, b string) float64 {
	pairs := func(s string) map[[2]rune]int {
		out := map[[2]rune]int{}
		var last rune
		for _, r := range s {
			out[[2]rune{last, r}]++
			last = r
		}
		return out
	}
	pa, pb := pairs(a), pairs(b)
	shared, total := 0, 0
	for p, n := range pa {
		shared += min(n, pb[p])
		total += n
	}
	for _, n := range pb {
		total += n
	}
	return 2 * float64(shared) / float64(max(total, 1))
}
