package resolve

import (
	"strings"

	"kith"
)

// mostKeys bounds the keys of one entity.
const mostKeys = 24

// keys are what candidates are looked up by: two entities are compared where
// one is found under a key that the other looks under. The most telling come
// first.
type keys struct {
	under []string // what it is found under
	looks []string // where it looks for the same name or identifier
	near  []string // where it looks for names that are only alike
}

func (l *lexicon) keys(p *kith.Profile) keys {
	k := &keyring{seen: map[string]bool{}}
	sort := l.sortOf(p)
	for _, t := range p.Traits {
		if t.Kind == traitID {
			k.add("id", t.Value)
		}
	}
	for _, t := range p.Traits {
		if t.Kind == traitKind {
			k.event(p, t.Value)
		}
		if t.Kind != traitName && t.Kind != traitAlias {
			continue
		}
		if sort == kith.Person {
			l.personKeys(k, parsePerson(t.Value))
		} else {
			l.thingKeys(k, p, sort, t.Value)
		}
	}
	exact := k.looks[:min(len(k.looks), mostKeys)]
	return keys{k.under[:min(len(k.under), mostKeys)], exact, k.near[:min(len(k.near), mostKeys-len(exact))]}
}

type keyring struct {
	keys
	seen map[string]bool
}

// add gives a key to be found under and to look under.
func (k *keyring) add(parts ...string) {
	key := strings.Join(parts, " ")
	k.tell(key)
	k.look(key)
}

func (k *keyring) tell(key string) { k.once("under "+key, key, &k.under) }
func (k *keyring) look(key string) { k.once("looks "+key, key, &k.looks) }

// addNear gives a key to be found under, and to look under where nothing of
// the same name is found.
func (k *keyring) addNear(parts ...string) {
	key := strings.Join(parts, " ")
	k.tell(key)
	k.lookNear(key)
}

func (k *keyring) lookNear(key string) { k.once("looks "+key, key, &k.near) }

func (k *keyring) once(mark, key string, list *[]string) {
	if !k.seen[mark] {
		k.seen[mark] = true
		*list = append(*list, key)
	}
}

// personKeys: the family name with each given name and its root, in either
// order; both by their sound; the family name with an initial. A name of one
// word has a key only where it is no common name: nobody is known by a surname
// alone, but for Sukarno.
func (l *lexicon) personKeys(k *keyring, n name) {
	if n.given == "" {
		if bare := l.bare(&n); bare != "" {
			k.addNear("m", bare)
		}
		return
	}
	givens := append([]string{n.given}, n.middle...)
	if n.nick != "" {
		givens = append(givens, n.nick)
	}
	for _, f := range families(n) {
		for _, g := range givens {
			if len(g) < 2 {
				continue
			}
			k.add("p", pairOf(f, g))
			for _, root := range l.nicknames[g] {
				k.add("p", pairOf(f, root))
			}
		}
	}
	if len(n.middle) > 0 { // a family name may have come last, or second to last
		k.add("p", pairOf(n.middle[len(n.middle)-1], n.given))
	}
	k.addNear("s", phonetic(n.family), phonetic(n.given))
	if slavic(n.family) {
		k.addNear("t", phonetic(plainSlavic(n.family)), n.given[:1])
		for _, root := range l.nicknames[n.given] {
			k.addNear("t", phonetic(plainSlavic(n.family)), root[:1])
		}
	}
	k.initials(n)
}

// bare is the one word that somebody is known by, or "" where it is short or a
// common given or family name.
func (l *lexicon) bare(n *name) string {
	if len(n.tokens) != 1 || len(n.family) < 5 || l.given[n.family] > 0 || l.family[n.family] > 0 || titles[n.family] {
		return ""
	}
	return n.family
}

// initials lets names with an initial be compared with all that fit it, and
// full names with those that have an initial only: full names of one initial
// are many, and nothing speaks for them.
func (k *keyring) initials(n name) {
	full, bare := "f "+n.family+" "+n.given[:1], "i "+n.family+" "+n.given[:1]
	if len(n.given) > 1 {
		k.tell(full)
		k.lookNear(bare)
		return
	}
	k.tell(bare)
	k.lookNear(bare)
	k.lookNear(full)
}

// families are the family name and, of a compound, its first and last parts.
func families(n name) []string {
	parts := strings.FieldsFunc(n.family, func(r rune) bool { return r == '-' || r == ' ' })
	if len(parts) < 2 {
		return []string{n.family}
	}
	return []string{n.family, parts[0], parts[len(parts)-1]}
}

// pairOf joins two names in the order of the alphabet.
func pairOf(a, b string) string { return min(a, b) + " " + max(a, b) }

func sorted(tokens []string) string {
	out := append([]string{}, tokens...)
	for i := range out {
		for j := i; j > 0 && out[j] < out[j-1]; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return strings.Join(out, " ")
}

// thingKeys: the normalised name; for organisations the acronym too. Events
// have names only where those tell.
func (l *lexicon) thingKeys(k *keyring, p *kith.Profile, sort kith.EntityType, written string) {
	n := l.nameOf(p, sort, written)
	if n == "" || !telling(n) && l.known(sort, n) == "" && sort != kith.EventType {
		return
	}
	k.add(kindFamily(sort), n)
	if sort != kith.Organization {
		return
	}
	all, big := initials(n)
	for _, a := range []string{all, big} {
		if len(a) >= 3 {
			k.addNear("a", a)
		}
	}
	if isAcronym(written) {
		k.addNear("a", strings.ToLower(strings.ReplaceAll(written, ".", "")))
	}
}

// kindFamily lets organisations and groups meet: a party's members are the
// party.
func kindFamily(t kith.EntityType) string {
	switch t {
	case kith.Organization, kith.Group:
		return "o"
	case kith.Place:
		return "l"
	}
	return "e"
}
