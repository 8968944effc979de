package exchange

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// cast is who stands in the claims of one document: the entities by name, and
// the shorter names by which the text calls them.
type cast struct {
	doc      *kith.Document
	entities []kith.Entity
	byName   map[string][]int // folded name → entities
	roles    [][]role         // by entity: where it stands in claims
	known    KnownType
}

func newCast(d *kith.Document, known KnownType) *cast {
	return &cast{doc: d, byName: map[string][]int{}, known: known}
}

// meet notes the ends of a claim. An end that gives no type takes the type of
// a namesake, else one is guessed when all claims are known.
func (p *cast) meet(c *kith.Claim) {
	p.add(&c.Subject, role{c.Predicate, false})
	if c.Object != nil {
		p.add(c.Object, role{c.Predicate, true})
	}
	if third := c.Qualifiers.Third; third != nil {
		p.add(third, role{"", true})
	}
}

func (p *cast) add(ref *kith.EntityRef, as role) {
	key := kith.Fold(ref.Name)
	for _, i := range p.byName[key] {
		e := &p.entities[i]
		if ref.Type == "" || e.Type == ref.Type || e.Type == "" {
			if e.Type == "" {
				e.Type = ref.Type
			}
			p.roles[i] = append(p.roles[i], as)
			return
		}
	}
	p.entities, p.roles = append(p.entities, kith.Entity{Name: ref.Name, Type: ref.Type}), append(p.roles, []role{as})
	p.byName[key] = append(p.byName[key], len(p.entities)-1)
}

// settle gives entities their ids, ends without a full name the entity that
// they mean, and entities the short names of the text.
func (p *cast) settle(claims []kith.Claim) {
	p.guessTypes()
	owners := p.owners(claims)
	p.foldShort(owners)
	for i := range p.entities {
		e := &p.entities[i]
		e.Unnamed = described(e.Name)
		e.ID = kith.NewEntityID(p.doc.ID, e.Name, e.Type, 0)
	}
	for _, o := range owners {
		p.alias(p.byName[kith.Fold(o.full)][0], o.surname)
	}
}

// described reports whether a name is a description: none of its words is
// written as a name's.
func described(name string) bool {
	return !strings.ContainsFunc(name, unicode.IsUpper) && strings.ContainsFunc(name, unicode.IsLower)
}

// foldShort lets an end that gives only a surname mean the person whom the
// text means by it.
func (p *cast) foldShort(owners []owner) {
	for i := range p.entities {
		e := &p.entities[i]
		at := slices.IndexFunc(owners, func(o owner) bool { return kith.Fold(o.surname) == kith.Fold(e.Name) })
		if e.Type != kith.Person || at < 0 {
			continue
		}
		full := p.byName[kith.Fold(owners[at].full)][0]
		p.byName[kith.Fold(e.Name)] = []int{full}
		p.entities[full].Aliases = appendNew(p.entities[full].Aliases, e.Name)
		e.Name = ""
	}
	p.drop()
}

// drop removes entities that have become others.
func (p *cast) drop() {
	place := make([]int, len(p.entities))
	var kept []kith.Entity
	for i, e := range p.entities {
		place[i] = len(kept)
		if e.Name != "" {
			kept = append(kept, e)
		}
	}
	for key, list := range p.byName {
		for i, at := range list {
			p.byName[key][i] = place[at]
		}
	}
	p.entities = kept
}

func lastWord(name string) string {
	words := strings.Fields(kith.Fold(name))
	if len(words) < 2 {
		return ""
	}
	return words[len(words)-1]
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// find returns the entity that an end of a claim means.
func (p *cast) find(ref *kith.EntityRef) *kith.Entity {
	list := p.byName[kith.Fold(ref.Name)]
	for _, i := range list {
		if ref.Type == "" || p.entities[i].Type == ref.Type {
			return &p.entities[i]
		}
	}
	if len(list) > 0 {
		return &p.entities[list[0]]
	}
	return nil
}

// name writes the entities into the ends of a claim.
func (p *cast) name(c *kith.Claim) {
	c.Subject = p.find(&c.Subject).Ref()
	for _, ref := range []**kith.EntityRef{&c.Object, &c.Qualifiers.Third} {
		if *ref != nil {
			full := p.find(*ref).Ref()
			*ref = &full
		}
	}
	if a := c.Attribution; a != nil && a.Kind == kith.ByEntity {
		if e := p.find(&kith.EntityRef{Name: a.Name}); e != nil {
			named := *a
			named.Name, named.ID = e.Name, e.ID
			c.Attribution = &named
		}
	}
}

// owner is the person whom a text means by a bare surname.
type owner struct{ surname, full string }

// owners learns whom the text means by each bare surname: of those who bear
// it, the one who stands in most of the claims whose sentences use it so. It
// takes at least twice as many as any other's.
func (p *cast) owners(claims []kith.Claim) []owner {
	bearers := map[string][]int{}
	var surnames []string
	for i, e := range p.entities {
		last := lastWord(e.Name)
		if e.Type != kith.Person || last == "" {
			continue
		}
		if bearers[last] == nil {
			surnames = append(surnames, last)
		}
		bearers[last] = append(bearers[last], i)
	}
	var list []owner
	for _, surname := range surnames {
		own := bearers[surname]
		word := p.asWritten(own)
		votes := make([]int, len(own))
		for i := range claims {
			p.vote(&claims[i], own, word, votes)
		}
		most := slices.Max(votes)
		best := slices.Index(votes, most)
		votes[best] = 0
		if len(own) == 1 || most > 0 && most >= 2*slices.Max(votes) {
			list = append(list, owner{word, p.entities[own[best]].Name})
		}
	}
	return list
}

// asWritten is the surname with its capitals, as its first bearer has it.
func (p *cast) asWritten(list []int) string {
	name := strings.Fields(p.entities[list[0]].Name)
	return name[len(name)-1]
}

func (p *cast) alias(i int, word string) {
	if len(wordAt(p.doc.Text, word, 0)) == 0 {
		return
	}
	p.entities[i].Aliases = appendNew(p.entities[i].Aliases, word)
	key := kith.Fold(word)
	if len(p.byName[key]) == 0 {
		p.byName[key] = []int{i}
	}
}

// vote counts a claim for each bearer at its ends whom its sentence can mean
// by the bare surname.
func (p *cast) vote(c *kith.Claim, list []int, word string, votes []int) {
	bare := c.Evidence.Quote
	for _, i := range list {
		bare = strings.ReplaceAll(bare, p.entities[i].Name, "")
	}
	if len(wordAt(bare, word, 0)) == 0 {
		return
	}
	for at, i := range list {
		if strings.Contains(c.Evidence.Quote, p.entities[i].Name) {
			continue
		}
		for _, ref := range []*kith.EntityRef{&c.Subject, c.Object, c.Qualifiers.Third} {
			if ref != nil && p.find(ref) == &p.entities[i] {
				votes[at]++
				break
			}
		}
	}
}

// wordAt lists the places in text, from start on, where word stands as a word
// of its own.
func wordAt(text, word string, start int) []kith.Span {
	var spans []kith.Span
	for at := start; word != ""; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			break
		}
		from, to := at+i, at+i+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[to:])
		if !letter(before) && !letter(after) {
			spans = append(spans, kith.Span{Start: from, End: to})
		}
		at = to
	}
	return spans
}

func letter(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// mentions finds the names of the entities in the text, longer ones first.
func (p *cast) mentions() []kith.Mention {
	type form struct {
		text string
		of   int
	}
	var forms []form
	for i, e := range p.entities {
		forms = append(forms, form{e.Name, i})
		for _, a := range e.Aliases {
			forms = append(forms, form{a, i})
		}
	}
	slices.SortStableFunc(forms, func(a, b form) int { return len(b.text) - len(a.text) })
	var mentions []kith.Mention
	taken := make([]bool, len(p.doc.Text))
	for _, f := range forms {
		for _, s := range wordAt(p.doc.Text, f.text, 0) {
			if slices.Contains(taken[s.Start:s.End], true) {
				continue
			}
			for i := s.Start; i < s.End; i++ {
				taken[i] = true
			}
			kind := kith.NameMention
			if p.entities[f.of].Unnamed {
				kind = kith.NominalMention
			}
			mentions = append(mentions, kith.Mention{Span: s, Kind: kind, Type: p.entities[f.of].Type, Entity: f.of, ID: p.entities[f.of].ID, Text: f.text})
		}
	}
	slices.SortFunc(mentions, func(a, b kith.Mention) int { return a.Start - b.Start })
	return mentions
}
