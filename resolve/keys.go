package resolve

import (
	"strings"

	"kith"
)

// mostKeys bounds the keys of one entity.
const mostKeys = 24

// keys are what candidates are looked up by: two entities are compared only
// where they share one. The most telling come first.
func (l *lexicon) keys(p *kith.Profile) []string {
	k := &keyring{seen: map[string]bool{}}
	for _, t := range p.Traits {
		if t.Kind == traitID {
			k.add("id", t.Value)
		}
	}
	for _, t := range p.Traits {
		if t.Kind != traitName && t.Kind != traitAlias {
			continue
		}
		if p.Type == kith.Person {
			l.personKeys(k, parsePerson(t.Value))
		} else {
			l.thingKeys(k, p, t.Value)
		}
	}
	return k.list[:min(len(k.list), mostKeys)]
}

type keyring struct {
	list []string
	seen map[string]bool
}

func (k *keyring) add(parts ...string) {
	key := strings.Join(parts, " ")
	if !k.seen[key] {
		k.seen[key] = true
		k.list = append(k.list, key)
	}
}

// personKeys: full name, given name by its root, by its sound, in any order,
// by its initial. A name of one word has no key: nobody is known by a surname
// alone.
func (l *lexicon) personKeys(k *keyring, n name) {
	if n.given == "" {
		return
	}
	givens := append([]string{n.given}, n.middle...)
	if n.nick != "" {
		givens = append(givens, n.nick)
	}
	families := []string{n.family}
	if parts := strings.FieldsFunc(n.family, func(r rune) bool { return r == '-' || r == ' ' }); len(parts) > 1 {
		families = append(families, parts[0], parts[len(parts)-1])
	}
	for _, f := range families {
		for _, g := range givens {
			if len(g) < 2 {
				continue
			}
			k.add("p", f, g)
			for _, root := range l.nicknames[g] {
				k.add("p", f, root)
			}
		}
	}
	k.add("t", sorted(n.tokens))
	k.add("s", phonetic(n.family), phonetic(n.given))
	k.add("i", n.family, n.given[:1])
	if len(n.middle) > 0 { // a family name may have come last, or second to last
		k.add("p", n.middle[len(n.middle)-1], n.given)
	}
}

func sorted(tokens []string) string {
	out := append([]string{}, tokens...)
	for i := range out {
		for j := i; j > 0 && out[j] < out[j-1]; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return strings.Join(out, " ")
}

// thingKeys: the normalised name; for organisations the acronym too.
func (l *lexicon) thingKeys(k *keyring, p *kith.Profile, written string) {
	n := l.normal(p.Type, written)
	if n == "" || !telling(n) && l.parties[n] == "" && !namedEvent(p, n) {
		return
	}
	family := kindFamily(p.Type)
	k.add(family, n)
	if p.Type != kith.Organization {
		return
	}
	all, big := initials(n)
	for _, a := range []string{all, big} {
		if len(a) >= 3 {
			k.add("a", a)
		}
	}
	if isAcronym(written) {
		k.add("a", strings.ToLower(strings.ReplaceAll(written, ".", "")))
	}
}

// namedEvent reports whether an event of a generic name is told from others
// by its year, or by its host and date.
func namedEvent(p *kith.Profile, normal string) bool {
	if p.Type != kith.EventType {
		return false
	}
	if year(normal) != "" && len(strings.Fields(normal)) > 1 {
		return true
	}
	host, when := false, false
	for _, t := range p.Traits {
		host = host || t.Kind == traitHost
		when = when || t.Kind == traitWhen && len(t.Value) == len("2006-01-02")
	}
	return host && when
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
