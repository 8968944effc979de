package answer

import (
	"slices"
	"strings"

	"kith"
)

// sharing is one part of an overlap: the predicates that tie a third party to
// each of the two.
type sharing struct {
	part, title string
	// reversed reads third party → A (staff, donors); otherwise A → third
	// party (boards, events, schools).
	reversed   bool
	predicates []kith.Predicate
	types      []kith.EntityType
}

var sharings = []sharing{
	{"staff", "Staff", true, []kith.Predicate{"employed_by", "led"}, []kith.EntityType{kith.Person}},
	{"donors", "Donors", true, money, nil},
	{"boards", "Organisations", false, []kith.Predicate{"member_of", "led", "founded", "employed_by", "owns", "nominated_by"}, []kith.EntityType{kith.Organization, kith.Group}},
	{"events", "Events", false, []kith.Predicate{"attended", "spoke_at", "hosted"}, nil},
	{"schools", "Schools", false, []kith.Predicate{"educated_at"}, nil},
	{"offices", "Offices", false, []kith.Predicate{"held_office"}, nil},
}

// overlap lists what A and B share: for each shared party the line to A, then
// that to B, roles and years side by side.
func overlap(a *asker) error {
	found, err := a.subjects(2)
	if err != nil {
		return err
	}
	sides := make([]side, 2)
	for i, e := range found {
		claims, own, err := a.withOwn(e)
		if err != nil {
			return err
		}
		if own, claims, err = a.vehiclesOf(e, own, claims); err != nil {
			return err
		}
		sides[i] = side{end{entity: e, own: own}, claims}
	}
	for _, s := range sharings {
		if a.q.Part == "" && s.part != "offices" || a.q.Part == s.part {
			a.share(s, sides)
		}
	}
	return nil
}

// side is one of the two whose overlap is asked for.
type side struct {
	end
	claims []kith.Claim
}

// vehiclesOf adds the organisations that the person founded: who ran one
// worked for its founder.
func (a *asker) vehiclesOf(e *kith.Entity, own []kith.EntityID, claims []kith.Claim) ([]kith.EntityID, []kith.Claim, error) {
	for _, c := range slices.Clone(claims) {
		if c.Predicate != "founded" || c.Negated || c.Object == nil || c.Subject.ID != e.ID || slices.Contains(own, c.Object.ID) {
			continue
		}
		more, err := a.about(c.Object.ID)
		if err != nil {
			return nil, nil, err
		}
		own = append(own, c.Object.ID)
		claims = merge(claims, more)
	}
	return own, claims, nil
}

// share adds the lines of one part.
func (a *asker) share(s sharing, sides []side) {
	byParty := [2]map[string][]*kith.Claim{}
	var parties []string
	for i := range sides {
		byParty[i] = map[string][]*kith.Claim{}
		for j := range sides[i].claims {
			c := &sides[i].claims[j]
			party := s.party(c, sides[i].end)
			if party == "" || party == string(sides[1-i].entity.ID) {
				continue
			}
			if i == 0 && byParty[0][party] == nil {
				parties = append(parties, party)
			}
			byParty[i][party] = append(byParty[i][party], c)
		}
	}
	for _, party := range parties {
		if byParty[1][party] == nil {
			continue
		}
		var pair [2][]Line
		for i := range sides {
			pair[i] = a.window(a.fold(s.title, byParty[i][party]), false)
			noteOwn(pair[i], sides[i].entity, sides[i].own)
		}
		if len(pair[0]) == 0 || len(pair[1]) == 0 {
			a.leaveMany(whyAlone, len(pair[0])+len(pair[1]))
			continue
		}
		noteTogether(pair)
		for i := range pair {
			for j := range pair[i] {
				pair[i][j].chain, pair[i][j].link = s.part+" "+party, i
			}
		}
		a.add(pair[0])
		a.add(pair[1])
	}
}

// party names whom the claim ties the end to, or "" where it does not.
func (s sharing) party(c *kith.Claim, e end) string {
	if !one(s.predicates, c.Predicate) || c.Negated {
		return ""
	}
	fits := func(ref *kith.EntityRef) bool {
		return ref != nil && (len(s.types) == 0 || slices.Contains(s.types, ref.Type))
	}
	if s.reversed {
		if e.isRef(c.Object) && fits(&c.Subject) && c.Subject.ID != e.entity.ID && !(c.Predicate == "led" && is(c.Object, e.entity.ID) && e.entity.Type == kith.Person) {
			return string(c.Subject.ID)
		}
		return ""
	}
	if c.Subject.ID != e.entity.ID {
		return ""
	}
	if fits(c.Object) {
		return string(c.Object.ID)
	}
	if c.Object == nil && c.Value != "" && len(s.types) == 0 {
		return strings.Join(officeWords(c.Value), " ")
	}
	return ""
}

// noteTogether says of the two sides' lines whether their times overlap.
func noteTogether(pair [2][]Line) {
	for i := range pair[0] {
		for j := range pair[1] {
			l, m := &pair[0][i], &pair[1][j]
			switch {
			case !ranged(l.Time) || !ranged(m.Time):
				continue
			case mayCoincide(l.Time, m.Time):
				l.addNote("at the same time as the other side")
				m.addNote("at the same time as the other side")
			default:
				l.addNote("not at the same time as the other side")
				m.addNote("not at the same time as the other side")
			}
		}
	}
}

func ranged(t kith.Time) bool { return t.From != "" || t.To != "" }
