package ontology

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Frame is a roleset of PropBank: one sense of a verb, the words that have it,
// and how its numbered roles are said.
type Frame struct {
	ID    string
	Verbs []string // lemmas and phrases: "endorse", "side with"
	Nouns []string // its acts as nouns: "endorsement"
	// Roles lists, for ARG0 to ARG5, the roles of the predicate–argument
	// layer that fill them beside the verb, the commonest first.
	Roles [6][]string
}

const framesFile = "frames/frames.tsv"

// Frames reads the frames of frames/frames.tsv by id, all where no ids are
// given. A line is: id, verbs, nouns, roles ("0=subj 1=obj,for"), parted by
// tabs; words are parted by commas.
func Frames(fsys fs.FS, ids []string) (map[string]Frame, error) {
	content, err := fs.ReadFile(fsys, framesFile)
	if err != nil {
		return nil, fmt.Errorf("read frames: %w", err)
	}
	out := map[string]Frame{}
	n := 0
	for line := range strings.Lines(string(content)) {
		n++
		if id, _, _ := strings.Cut(line, "\t"); strings.HasPrefix(line, "#") || len(ids) > 0 && !slices.Contains(ids, id) {
			continue
		}
		f, err := parseFrame(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, fmt.Errorf("read %s:%d: %w", framesFile, n, err)
		}
		out[f.ID] = f
	}
	return out, nil
}

func parseFrame(line string) (Frame, error) {
	fields := strings.Split(line, "\t")
	if len(fields) != 4 {
		return Frame{}, fmt.Errorf("want 4 fields, not %d", len(fields))
	}
	f := Frame{ID: fields[0], Verbs: listed(fields[1]), Nouns: listed(fields[2])}
	for _, field := range strings.Fields(fields[3]) {
		number, roles, ok := strings.Cut(field, "=")
		if !ok || len(number) != 1 || number[0] < '0' || number[0] > '5' {
			return f, fmt.Errorf("want a role such as 1=obj, not %q", field)
		}
		f.Roles[number[0]-'0'] = listed(roles)
	}
	return f, nil
}

func listed(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// isArgument reports whether a role is a numbered one of frames.
func isArgument(role string) bool {
	return len(role) == 4 && strings.HasPrefix(role, "ARG") && role[3] >= '0' && role[3] <= '5'
}

// spell replaces the patterns that name frames by patterns that name their
// words and how their roles are said.
func (o *Ontology) spell(fsys fs.FS) (Problems, error) {
	var ids []string
	for _, p := range o.Predicates {
		for _, t := range p.Patterns {
			ids = append(ids, t.Frames...)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	frames, err := Frames(fsys, ids)
	if err != nil {
		return nil, err
	}
	var problems Problems
	for i := range o.Predicates {
		p := &o.Predicates[i]
		var spelled []Pattern
		for _, t := range p.Patterns {
			if len(t.Frames) == 0 {
				spelled = append(spelled, t)
			}
			for _, id := range t.Frames {
				f, ok := frames[id]
				if !ok {
					problems = append(problems, Problem{p.File, t.Line, fmt.Sprintf("unknown frame %q; %s lists them", id, framesFile)})
					continue
				}
				spelled = append(spelled, f.patterns(t)...)
			}
		}
		p.Patterns = spelled
	}
	return problems, nil
}

// patterns spells a pattern for the verbs and the nouns of a frame.
func (f *Frame) patterns(t Pattern) []Pattern {
	out := []Pattern{f.spelled(t, Verb, f.Verbs, f.Roles)}
	if len(f.Nouns) > 0 {
		var roles [6][]string
		for n, list := range f.Roles {
			for _, role := range list {
				roles[n] = append(roles[n], besideNoun(role)...)
			}
		}
		out = append(out, f.spelled(t, Noun, f.Nouns, roles))
	}
	return out
}

// besideNoun says where the noun of an act has what its verb has in a role:
// "Lee endorsed Cruz", "Lee's endorsement of Cruz".
func besideNoun(role string) []string {
	switch role {
	case "subj":
		return []string{"poss", "by", "from"}
	case "obj":
		return []string{"of"}
	case "iobj", "comp":
		return nil
	}
	return []string{role}
}

func (f *Frame) spelled(t Pattern, kind Kind, words []string, roles [6][]string) Pattern {
	t.ID += "/" + f.ID
	t.Kind, t.Frames, t.Triggers = kind, nil, nil
	for _, w := range words {
		t.Triggers = append(t.Triggers, ParseTrigger(w))
	}
	for _, list := range []*[]string{&t.Subject, &t.Object, &t.Value, &t.Third, &t.Topic, &t.Place, &t.Event} {
		*list = spellRoles(*list, roles)
	}
	for _, m := range []*map[string][]string{&t.Not, &t.Need, &t.Kinds} {
		*m = spellKeys(*m, roles)
	}
	return t
}

func spellRoles(list []string, roles [6][]string) []string {
	var out []string
	for _, role := range list {
		if isArgument(role) {
			out = append(out, roles[role[3]-'0']...)
		} else {
			out = append(out, role)
		}
	}
	return out
}

func spellKeys(m map[string][]string, roles [6][]string) map[string][]string {
	if m == nil {
		return nil
	}
	out := map[string][]string{}
	for key, words := range m {
		for _, role := range spellRoles([]string{key}, roles) {
			out[role] = words
		}
	}
	return out
}
