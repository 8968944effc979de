package text

import (
	"strings"

	"kith"
)

// emitParties adds mentions of the two American parties that stand in other
// words: "Democratic politics", "the Republican nominee", "Democrats" without
// more. They refer to the party's entity, which is made where the text does
// not name it.
func (r *resolver) emitParties(ranks map[kith.EntityRef]int) {
	if len(r.a.Tokens) == 0 {
		return
	}
	var added []kith.Mention
	for s := range r.a.Sentences {
		sentence := &r.a.Sentences[s]
		for i := sentence.First; i < sentence.Last; i++ {
			party := partyOf(r.a.Word(i))
			if party == "" || r.partOfName(i) || r.describedMembers(i) {
				continue
			}
			e := r.partyEntity(party, ranks)
			t := r.a.Tokens[i]
			added = append(added, kith.Mention{Span: t.Span, Kind: kith.NominalMention, Type: kith.Organization, Entity: e,
				ID: r.a.Entities[e].ID, First: i, Last: i + 1, Head: i, Text: r.a.Word(i)})
		}
	}
	if len(added) > 0 {
		r.a.Mentions = mergeMentions(r.a.Mentions, added)
	}
}

// partyOf is the party that a word in capitals stands for.
func partyOf(word string) string {
	switch word {
	case "Democratic", "Democrats":
		return "Democratic Party"
	case "Republican", "Republicans", "GOP":
		return "Republican Party"
	}
	return ""
}

// partOfName reports whether a token belongs to a longer name.
func (r *resolver) partOfName(i int) bool {
	n := r.finder.nameAt[i]
	return n >= 0 && (r.a.Names[n].Last-r.a.Names[n].First > 1 || r.a.Names[n].Type == kith.Organization)
}

// describedMembers reports whether "Democrats" heads a description of some
// members ("senior Democrats in the House"), who are a group of their own.
func (r *resolver) describedMembers(i int) bool {
	m := r.finder.refAt[i]
	return m >= 0 && r.refs[m].head == i && r.refs[m].last-r.refs[m].first > 1 && !(r.refs[m].last-r.refs[m].first == 2 && strings.EqualFold(r.a.Word(r.refs[m].first), "the"))
}

func (r *resolver) partyEntity(party string, ranks map[kith.EntityRef]int) int {
	for i := range r.a.Entities {
		if r.a.Entities[i].Type == kith.Organization && r.a.Entities[i].Name == party {
			return i
		}
	}
	key := kith.EntityRef{Name: party, Type: kith.Organization}
	r.a.Entities = append(r.a.Entities, kith.Entity{ID: kith.NewEntityID(r.a.Document.ID, party, kith.Organization, ranks[key]),
		Name: party, Type: kith.Organization})
	ranks[key]++
	return len(r.a.Entities) - 1
}

// mergeMentions merges two lists in order of Start; a mention of the second
// takes the place of one of the same span.
func mergeMentions(a, b []kith.Mention) []kith.Mention {
	out := make([]kith.Mention, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Start < b[0].Start:
			out, a = append(out, a[0]), a[1:]
		case len(a) > 0 && a[0].Start == b[0].Start && a[0].End == b[0].End:
			a = a[1:]
		case len(a) > 0 && a[0].Start == b[0].Start:
			out, a = append(out, a[0]), a[1:]
		default:
			out, b = append(out, b[0]), b[1:]
		}
	}
	return out
}
