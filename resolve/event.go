package resolve

import (
	"strings"

	"kith"
)

// publicEvents are kinds of which there is one of that name a year.
var publicEvents = set("election primary convention referendum caucus summit census")

// namedEvent reports whether the normalised name of an event tells it from
// others: "kings ball", "2024 general election", but not "private dinner". A
// description does so only where it is of a public event with its year.
func namedEvent(normal string, described bool) bool {
	words := strings.Fields(normal)
	if len(words) > 1 && year(normal) != "" && publicEvents[words[len(words)-1]] {
		return true
	}
	return !described && (telling(normal) || year(normal) != "" && len(words) > 1)
}

// eventName takes what an event is called, or of what kind and year it is.
func (g *gathering) eventName(e kith.Entity) {
	normal := g.lexicon.normal(e.Type, e.Name)
	if namedEvent(normal, e.Unnamed) {
		g.names(e)
		return
	}
	g.add(e.ID, traitKind, kindOfEvent(normal))
	g.add(e.ID, traitWhen, year(normal))
}

// kindOfEvent is the noun of an event that has no name of its own, or "" where
// the words mean several events.
func kindOfEvent(normal string) string {
	words := strings.Fields(normal)
	for i, w := range words {
		if i > 0 && prepositions[w] {
			words = words[:i]
			break
		}
	}
	if len(words) == 0 {
		return ""
	}
	last := words[len(words)-1]
	if strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") || len(last) < 3 || allDigits(last) {
		return ""
	}
	return last
}

var prepositions = set("for of at in on with by to from after before during")

// event gives an event without a name the keys of its kind with each host, each
// day and each person for whom it was.
func (k *keyring) event(p *kith.Profile, kind string) {
	for _, t := range p.Traits {
		switch {
		case (t.Kind == traitHost || t.Kind == traitFor) && strings.Contains(t.Value, " "),
			t.Kind == traitWhen && len(t.Value) == len("2006-01-02"):
			k.add("e", kind, t.Kind, t.Value)
		}
	}
}

// compareEvents compares when and by whom events were held, for whom, and who
// was there.
func compareEvents(a, b *Record, v *Values) {
	for _, x := range times(a) {
		for _, y := range times(b) {
			switch n := min(len(x), len(y)); {
			case x[:n] != y[:n]:
				v[whenConflict] = 1
			case n == len("2006-01-02"):
				v[daySame] = 1
			default:
				v[whenSame] = 1
			}
		}
	}
	if v[daySame] == 1 || v[whenSame] == 1 {
		v[whenConflict] = 0
	}
	if v[daySame] == 1 {
		v[whenSame] = 0
	}
	if x, y := a.traits[traitHost], b.traits[traitHost]; shared(x, y) > 0 {
		v[hostSame] = 1
	} else if len(x) > 0 && len(y) > 0 {
		v[hostConflict] = 1
	}
	if shared(a.traits[traitFor], b.traits[traitFor]) > 0 {
		v[forSame] = 1
	}
	if shared(a.traits[traitGuest], b.traits[traitGuest]) > 0 {
		v[guestSame] = 1
	}
}

// times are the dates of an event, by its name or by what is said of it.
func times(r *Record) []string {
	out := r.traits[traitWhen]
	for _, n := range r.names {
		if y := year(n); y != "" {
			out = append(out[:len(out):len(out)], y)
		}
	}
	return out
}
