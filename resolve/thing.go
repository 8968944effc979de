package resolve

import (
	"strings"
	"unicode"

	"kith"
)

// legalForms are words of a company's name that tell companies apart only in
// law.
var legalForms = set("inc incorporated llc llp lp ltd limited corp corporation co plc gmbh ag sa nv bv oy ab kk pty spa srl the")

// generic words do not name anything by themselves: "the committee" of one
// text is not that of another.
var generic = set(`committee campaign party government administration board university council company court department ministry office
	agency commission group team staff press media congress senate house parliament cabinet union bank school college club foundation
	institute association organization organisation police army state city county country district town village capital region
	convention dinner fundraiser meeting rally event election primary debate summit conference reception party gala hearing vote
	presidential general national local federal new old first last annual private public a an of and for in at on with to by
	democratic republican campaign's white`)

// normal folds the name of an organisation, a place or an event to what is
// compared: lower-case ASCII words without articles and legal forms, parties
// and places under their usual names.
func (l *lexicon) normal(kind kith.EntityType, s string) string {
	return l.usual(kind, plain(kind, s))
}

// plain is normal without usual names.
func plain(kind kith.EntityType, s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), "&", " and ")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
	words := nameTokens(s)
	kept := words[:0]
	for i, w := range words {
		if w == "the" && i == 0 || kind == kith.Organization && legalForms[w] && len(words) > 1 {
			continue
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}

// usual is the usual name of a party, a public body or a place.
func (l *lexicon) usual(kind kith.EntityType, plain string) string {
	if kind == kith.Organization || kind == kith.Group {
		if p, ok := l.parties[plain]; ok {
			return p
		}
		if b, ok := l.bodies[plain]; ok {
			return b
		}
	}
	if kind == kith.Place {
		if p, ok := l.places[plain]; ok {
			return folded(p)
		}
	}
	return plain
}

// nameOf is the normal form of one of the names of a profile. A short form
// given beside another name ("Culinary Institute of America (CIA)") stands for
// that one, not for what it usually stands for.
func (l *lexicon) nameOf(p *kith.Profile, sort kith.EntityType, written string) string {
	if isAcronym(written) && written != p.Name && l.known(sort, p.Name) == "" {
		return plain(sort, written)
	}
	return l.normal(sort, written)
}

// sortOf is the kind of thing that a profile is compared as: a country that
// acts, or that a text takes for an organisation, is still that place, and a
// public body is none even where people are said to be in it. "Republicans" are
// their party, though a text may take the word for a person.
func (l *lexicon) sortOf(p *kith.Profile) kith.EntityType {
	if p.Type == kith.Person && l.parties[plain(p.Type, p.Name)] != "" {
		return kith.Organization
	}
	if p.Type == kith.Place && l.bodies[plain(p.Type, p.Name)] != "" {
		return kith.Organization
	}
	if (p.Type == kith.Organization || p.Type == kith.Group) && l.lands[l.normal(kith.Place, p.Name)] {
		return kith.Place
	}
	return p.Type
}

// known is the one party, country or public body that a name stands for in any
// text, or "" where it may stand for several things or is in no list.
func (l *lexicon) known(sort kith.EntityType, written string) string {
	n := l.normal(sort, written)
	switch {
	case sort == kith.Place && l.lands[n]:
		return "l " + n
	case (sort == kith.Organization || sort == kith.Group) && (l.parties[n] != "" || l.bodies[n] != ""):
		return "o " + n
	}
	return ""
}

// telling reports whether a normalised name says enough to be known by.
func telling(normal string) bool {
	for _, w := range strings.Fields(normal) {
		if !generic[w] && !allDigits(w) {
			return true
		}
	}
	return false
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// isAcronym reports whether a name is two to six capitals: "FEC", "U.S.".
func isAcronym(s string) bool {
	s = strings.ReplaceAll(s, ".", "")
	if len(s) < 2 || len(s) > 6 {
		return false
	}
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// initials is the acronym that a normalised name would have, with and without
// its small words.
func initials(normal string) (string, string) {
	var all, big strings.Builder
	words := strings.Fields(normal)
	if len(words) < 2 {
		return "", ""
	}
	for _, w := range words {
		all.WriteByte(w[0])
		switch w {
		case "of", "and", "for", "the", "in", "on", "to", "at", "by", "de", "la":
		default:
			big.WriteByte(w[0])
		}
	}
	return all.String(), big.String()
}

// year is the first year from 1500 to 2199 that a normalised name holds, or
// "".
func year(normal string) string {
	for _, w := range strings.Fields(normal) {
		if len(w) == 4 && allDigits(w) && w >= "1500" && w < "2200" {
			return w
		}
	}
	return ""
}
