package main

import (
	"slices"
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/extract/relation"
)

// knowledgeNet are the properties of KnowledgeNet (Mesquita and others 2019) as
// predicates.
type knowledgeNet map[string]relation.Mapping

func knowledgeNetMapping() (knowledgeNet, error) {
	m, err := relation.Mappings("knowledgenet")
	return knowledgeNet(m), err
}

// scored lists the properties that some predicate of ours says, in order.
func (k knowledgeNet) scored() []string {
	var out []string
	for _, name := range score.Keys(k) {
		if m := k[name]; m.Predicate != "" || len(m.Also) > 0 {
			out = append(out, name)
		}
	}
	return out
}

// entitySpans are the byte ranges of an entity's mentions.
func entitySpans(a *kith.Analysis, ref *kith.EntityRef) []kith.Span {
	var out []kith.Span
	for _, m := range a.Mentions {
		if m.Entity >= 0 && (a.Entities[m.Entity].ID == ref.ID || kith.Fold(a.Entities[m.Entity].Name) == kith.Fold(ref.Name)) {
			out = append(out, m.Span)
		}
	}
	for at := 0; ; {
		i := strings.Index(a.Document.Text[at:], ref.Name)
		if i < 0 || ref.Name == "" {
			return out
		}
		out = append(out, kith.Span{Start: at + i, End: at + i + len(ref.Name)})
		at += i + len(ref.Name)
	}
}

// judgedClaim is a claim of a passage and the facts that it states.
type judgedClaim struct {
	claim    kith.Claim
	property string // the scored property that it speaks to, "" for none marked here
	right    bool
}

// judge compares claims with facts: a claim is right where some fact of a
// property that bears it out overlaps it at both ends.
func (k knowledgeNet) judge(p *corpus.Passage, a *kith.Analysis) (claims []judgedClaim, found []bool) {
	found = make([]bool, len(p.Facts))
	for _, c := range a.Claims {
		if c.Negated || c.Object == nil {
			continue
		}
		j := judgedClaim{claim: c}
		for _, property := range k.scored() {
			m := k[property]
			swapped, says := m.Says(c.Predicate)
			if !says || !slices.Contains(p.Looked, property) || property == "CEO" && !ceo(c.Qualifiers.Role) {
				continue
			}
			if j.property == "" {
				j.property = property
			}
			subject, object := entitySpans(a, &c.Subject), entitySpans(a, c.Object)
			if swapped {
				subject, object = object, subject
			}
			for i, f := range p.Facts {
				if f.Property == property && (states(f, subject, object) || m.Symmetric && states(f, object, subject)) {
					found[i], j.right, j.property = true, true, property
				}
			}
		}
		claims = append(claims, j)
	}
	return claims, found
}

func states(f corpus.PassageFact, subject, object []kith.Span) bool {
	return overlaps(subject, f.Subject) && overlaps(object, f.Object)
}

func ceo(role string) bool {
	role = strings.ToLower(role)
	return strings.Contains(role, "ceo") || strings.Contains(role, "chief executive")
}

func overlaps(spans []kith.Span, s kith.Span) bool {
	for _, t := range spans {
		if t.Overlaps(s) {
			return true
		}
	}
	return false
}
