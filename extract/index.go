package extract

import (
	"slices"
	"strings"

	"kith"
	"kith/ontology"
)

// rule is a compiled pattern with one of its triggers.
type rule struct {
	predicate *ontology.Predicate
	pattern   *ontology.Pattern
	trigger   ontology.Trigger
	subject   []slot
	object    []slot
	value     []slot
	third     []slot
	topic     []slot
	place     []slot
	event     []slot
	not, need []condition
	kinds     []kindLimit
	through   *wordList
	order     int // position among all patterns, for stable ties
}

// slot is a role, with its preposition where it has one.
type slot struct {
	role role
	prep string
}

// condition limits what may fill a role.
type condition struct {
	slot  slot
	words *wordList
}

type kindLimit struct {
	slot  slot
	kinds []kith.EntityType
}

// index finds the rules of a trigger's head lemma.
type index struct {
	lemmas *wordList
	rules  [][]rule // by lemma
}

// compile makes the index of all patterns of an ontology.
func compile(o *ontology.Ontology) *index {
	var all []rule
	for i := range o.Predicates {
		p := &o.Predicates[i]
		for j := range p.Patterns {
			r := compileRule(p, &p.Patterns[j])
			for _, t := range p.Patterns[j].Triggers {
				r.trigger, r.order = t, len(all)
				all = append(all, r)
			}
		}
	}
	places := make([]int, len(all)) // rules are large: their places are put in order
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return strings.Compare(all[a].trigger.Head, all[b].trigger.Head) })
	sorted := make([]rule, len(all))
	for i, k := range places {
		sorted[i] = all[k]
	}
	return indexOf(sorted)
}

// indexOf makes the index of rules in the order of their triggers' heads.
func indexOf(rules []rule) *index {
	x := &index{}
	var lemmas []string
	for from := 0; from < len(rules); {
		head, to := rules[from].trigger.Head, from+1
		for to < len(rules) && rules[to].trigger.Head == head {
			to++
		}
		lemmas, x.rules = append(lemmas, head), append(x.rules, rules[from:to:to])
		from = to
	}
	x.lemmas = listOf(lemmas)
	return x
}

// compileRule is a pattern as a rule that still lacks its trigger.
func compileRule(p *ontology.Predicate, t *ontology.Pattern) rule {
	r := rule{predicate: p, pattern: t,
		subject: slots(t.Subject), object: slots(t.Object), value: slots(t.Value), third: slots(t.Third),
		through: words(strings.Join(t.Through, " ")), topic: slots(t.Topic), place: slots(t.Place), event: slots(t.Event)}
	for role, list := range t.Not {
		r.not = append(r.not, condition{slotOf(role), words(strings.Join(list, " "))})
	}
	for role, list := range t.Need {
		r.need = append(r.need, condition{slotOf(role), words(strings.Join(list, " "))})
	}
	for role, list := range t.Kinds {
		var kinds []kith.EntityType
		for _, k := range list {
			kinds = append(kinds, kith.EntityType(k))
		}
		r.kinds = append(r.kinds, kindLimit{slotOf(role), kinds})
	}
	return r
}

func slots(names []string) []slot {
	out := make([]slot, len(names))
	for i, n := range names {
		out[i] = slotOf(n)
	}
	return out
}

func slotOf(name string) slot {
	switch name {
	case "subj":
		return slot{role: rSubj}
	case "obj":
		return slot{role: rObj}
	case "iobj":
		return slot{role: rIobj}
	case "comp":
		return slot{role: rComp}
	case "self":
		return slot{role: rSelf}
	case "poss":
		return slot{role: rPoss}
	case "recv":
		return slot{role: rRecv}
	case "compound":
		return slot{role: rCompound}
	case "scene":
		return slot{role: rScene}
	case "other":
		return slot{role: rOther}
	case "prep":
		return slot{role: rLast}
	case "none":
		return slot{role: rNone}
	}
	return slot{rPrep, name}
}

// find returns the rules whose trigger begins with that lemma.
func (x *index) find(lemma string) []rule {
	if i := x.lemmas.find(lemma); i >= 0 {
		return x.rules[i]
	}
	return nil
}
