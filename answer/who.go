package answer

import (
	"errors"
	"slices"
	"strings"

	"kith"
	"kith/query"
)

// The predicates of the support system, as subjects give it to objects.
var (
	counsel = []kith.Predicate{"mentored", "advised"}
	backing = []kith.Predicate{"endorsed", "named_successor", "supported"}
	money   = []kith.Predicate{"donated_to", "raised_funds_for"}
	support = slices.Concat(counsel, backing, money, []kith.Predicate{"introduced", "hosted", "campaigned_for"})
	kin     = []kith.Predicate{"spouse_of", "sibling_of", "relative_of", "parent_of"}
	speech  = []kith.Predicate{"said", "praised", "criticized", "accused"}
)

// heading is one section of a sheet and the claims that stand in it.
type heading struct {
	title string
	takes func(c *kith.Claim, id kith.EntityID) bool
}

func bySubject(ps ...kith.Predicate) func(*kith.Claim, kith.EntityID) bool {
	return func(c *kith.Claim, id kith.EntityID) bool { return c.Subject.ID == id && one(ps, c.Predicate) }
}

func byOther(ps ...kith.Predicate) func(*kith.Claim, kith.EntityID) bool {
	return func(c *kith.Claim, id kith.EntityID) bool { return c.Subject.ID != id && one(ps, c.Predicate) }
}

func byAny(ps ...kith.Predicate) func(*kith.Claim, kith.EntityID) bool {
	return func(c *kith.Claim, _ kith.EntityID) bool { return one(ps, c.Predicate) }
}

// sheet lists the sections of a person's or an organisation's sheet. A claim
// stands in the first that takes it.
var sheet = []heading{
	{"Names", byAny("also_known_as")},
	{"Offices", bySubject("held_office", "succeeded")},
	{"Offices", byOther("appointed", "succeeded")},
	{"Elections", byAny("candidate_for", "won_election", "lost_election", "nominated_by")},
	{"Work and membership", bySubject("employed_by", "led", "member_of", "founded", "owns", "part_of", "educated_at", "appointed")},
	{"Who worked for, led or belongs to it", byOther("employed_by", "led", "member_of", "founded", "owns", "part_of", "educated_at", "held_office")},
	{"Kin", byAny(kin...)},
	{"Support given", bySubject(support...)},
	{"Support received", byOther(support...)},
	{"Allies and contacts", byAny("ally_of", "met_with", "communicated_with", "consulted")},
	{"Events", byAny("attended", "spoke_at", "hosted")},
	{"Conflict", byAny("opposed", "criticized", "accused")},
	{"What others say", byOther("praised", "said")},
	{"What they say", bySubject("praised", "said")},
	{"Likeness", byAny("compared_to")},
	{"Places", byAny("located_in")},
	{"More", func(*kith.Claim, kith.EntityID) bool { return true }},
}

// who is one person's or organisation's sheet.
func who(a *asker) error {
	found, err := a.subjects(1)
	if errors.Is(err, kith.ErrNotFound) && wordsLike(a.q.Names[0]) {
		return a.holders(err)
	}
	if err != nil {
		return err
	}
	id := found[0].ID
	claims, err := a.about(id)
	if err != nil {
		return err
	}
	a.addSheet(id, pointers(claims, nil))
	return nil
}

// holders answers "who is mayor": a name in small letters that nobody bears is
// looked for among offices and posts. Where none is called so, the name is an
// unknown one.
func (a *asker) holders(unknown error) error {
	q := a.q
	a.q = query.Question{Kind: query.Find, Names: []string{query.Any, query.Any}, Value: q.Names[0], From: q.From, To: q.To}
	for _, p := range []kith.Predicate{"held_office", "led", "employed_by"} {
		a.q.Terms = append(a.q.Terms, query.Term{Predicate: p})
	}
	if err := find(a); err != nil {
		return err
	}
	var none *kith.NameError
	switch {
	case len(a.lines) > 0:
		return nil
	case errors.As(unknown, &none) && len(none.Candidates) == 0 && strings.Count(q.Names[0], " ") > 1:
		return query.NotUnderstood("who " + q.Names[0])
	}
	return unknown
}

func (a *asker) addSheet(id kith.EntityID, claims []*kith.Claim) {
	sections := map[string][]*kith.Claim{}
	var titles []string
	for _, c := range claims {
		i := slices.IndexFunc(sheet, func(h heading) bool { return h.takes(c, id) })
		title := sheet[i].title
		sections[title] = append(sections[title], c)
	}
	for _, h := range sheet {
		if !slices.Contains(titles, h.title) {
			titles = append(titles, h.title)
		}
	}
	for _, title := range titles {
		a.lines = append(a.lines, a.fold(title, sections[title])...)
	}
}
