package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"kith"
)

// passage is one passage of KnowledgeNet (Mesquita et al. 2019) with the facts
// of the properties that were marked exhaustively in it.
type passage struct {
	Text       string             `json:"passageText"`
	Start      int                `json:"passageStart"` // of the document, in code points
	Exhaustive []string           `json:"exhaustivelyAnnotatedProperties"`
	Facts      []knowledgeNetFact `json:"facts"`
}

type knowledgeNetFact struct {
	Property     string
	SubjectStart int
	SubjectEnd   int
	ObjectStart  int
	ObjectEnd    int
	SubjectText  string
	ObjectText   string
}

func readPassages(path string) ([]passage, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read KnowledgeNet: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	var out []passage
	for lines.Scan() {
		var p passage
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("read KnowledgeNet %s: %w", path, err)
		}
		out = append(out, p)
	}
	return out, lines.Err()
}

// knowledgeNetProperties maps our predicates to the properties that say the
// same; "~" turns subject and object round.
var knowledgeNetProperties = map[string][]string{
	"employed_by": {"EMPLOYEE_OR_MEMBER_OF"},
	"member_of":   {"EMPLOYEE_OR_MEMBER_OF", "POLITICAL_AFFILIATION"},
	"led":         {"EMPLOYEE_OR_MEMBER_OF", "~CEO"},
	"held_office": {"EMPLOYEE_OR_MEMBER_OF"},
	"educated_at": {"EDUCATED_AT"},
	"spouse_of":   {"SPOUSE", "~SPOUSE"},
	"parent_of":   {"~CHILD_OF"},
	"founded":     {"~FOUNDED_BY"},
	"part_of":     {"SUBSIDIARY_OF"},
	"owns":        {"~SUBSIDIARY_OF"},
	"located_in":  {"PLACE_OF_RESIDENCE", "HEADQUARTERS"},
}

// scoredProperties are the properties that some predicate of ours says.
var scoredProperties = []string{"CEO", "CHILD_OF", "EDUCATED_AT", "EMPLOYEE_OR_MEMBER_OF", "FOUNDED_BY", "HEADQUARTERS",
	"PLACE_OF_RESIDENCE", "POLITICAL_AFFILIATION", "SPOUSE", "SUBSIDIARY_OF"}

// spans are the byte ranges of an entity's mentions.
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

// judgePassage compares claims with facts: a claim is right where some fact
// of a property that it maps to overlaps it at both ends.
func judgePassage(p *passage, a *kith.Analysis) (claims []judgedClaim, found []bool) {
	found = make([]bool, len(p.Facts))
	offsets := byteOffsets(p.Text)
	for _, c := range a.Claims {
		if c.Negated || c.Object == nil {
			continue
		}
		j := judgedClaim{claim: c}
		for _, property := range knowledgeNetProperties[string(c.Predicate)] {
			bare := strings.TrimPrefix(property, "~")
			if !contains(p.Exhaustive, bare) || bare == "CEO" && !ceo(c.Qualifiers.Role) {
				continue
			}
			if j.property == "" {
				j.property = bare
			}
			subject, object := entitySpans(a, &c.Subject), entitySpans(a, c.Object)
			if bare != property {
				subject, object = object, subject
			}
			for i, f := range p.Facts {
				if f.Property == bare && overlaps(subject, span(f.SubjectStart, f.SubjectEnd, p.Start, offsets)) &&
					overlaps(object, span(f.ObjectStart, f.ObjectEnd, p.Start, offsets)) {
					found[i], j.right, j.property = true, true, bare
				}
			}
		}
		claims = append(claims, j)
	}
	return claims, found
}

func ceo(role string) bool {
	role = strings.ToLower(role)
	return strings.Contains(role, "ceo") || strings.Contains(role, "chief executive")
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func byteOffsets(text string) []int {
	var out []int
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

func span(start, end, base int, offsets []int) kith.Span {
	at := func(i int) int { return offsets[max(0, min(i-base, len(offsets)-1))] }
	return kith.Span{Start: at(start), End: at(end)}
}

func overlaps(spans []kith.Span, s kith.Span) bool {
	for _, t := range spans {
		if t.Overlaps(s) {
			return true
		}
	}
	return false
}
