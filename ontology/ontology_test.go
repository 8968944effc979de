package ontology

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"kith"
	"kith/data"
)

func TestEveryPredicateFileIsSound(t *testing.T) {
	o, err := Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range o.Predicates {
		misses, hits := 0, 0
		for _, e := range p.Examples {
			if len(e.Claims) == 0 {
				misses++
			} else {
				hits++
			}
		}
		if misses == 0 || hits == 0 {
			t.Errorf("%s: has %d examples and %d near misses; want at least one of each", p.File, hits, misses)
		}
	}
}

const sound = `label: met
definition: They met.
subject: [Person]
object: [Person]
patterns:
  - verb: ["meet with", meet]
    subject: subj
    object: [prep, obj]
examples:
  - text: "Ann Lee met Bo Cruz."
    claims: ["Ann Lee | met | Bo Cruz"]
`

func TestAWrongWordIsNamedWithItsLineAndASuggestion(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"object: [Person]", "object: [Organisation]", `predicates/met.yaml:4: unknown kind "Organisation"; did you mean "Organization"?`},
		{"label: met", "lable: met", `predicates/met.yaml:1: unknown field "lable"; did you mean "label"?`},
		{"subject: subj", "subject: sbj", `predicates/met.yaml:7: unknown role "sbj"; did you mean "subj"?`},
		{"| met |", "| mett |", `predicates/met.yaml:10: unknown predicate "mett"; did you mean "met"?`},
		{"  - verb:", "  - verbs:", `predicates/met.yaml:6: unknown field "verbs"; did you mean "verb"?`},
	} {
		fsys := fstest.MapFS{"predicates/met.yaml": {Data: []byte(strings.Replace(sound, c.old, c.new, 1))}}
		_, err := Load(fsys)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s for %s: got %v; want %s", c.new, c.old, err, c.want)
		}
		if !errors.Is(err, kith.ErrInvalid) {
			t.Errorf("%s: the error is not ErrInvalid", c.new)
		}
	}
}

func TestAPhraseIsReadAsHeadWordsAndPrepositions(t *testing.T) {
	got := ParseTrigger("come out in support of")
	if got.Head != "come" || strings.Join(got.Words, " ") != "support" || strings.Join(got.Preps, " ") != "of" {
		t.Errorf("got %+v", got)
	}
	got = ParseTrigger("pass the torch to")
	if got.Head != "pass" || strings.Join(got.Words, " ") != "torch" || strings.Join(got.Preps, " ") != "to" {
		t.Errorf("got %+v", got)
	}
}

const framed = "frames/frames.tsv"

func TestAFrameStandsForItsVerbsAndNounsAndTheirRoles(t *testing.T) {
	fsys := fstest.MapFS{
		"predicates/met.yaml": {Data: []byte(strings.Replace(sound, `  - verb: ["meet with", meet]
    subject: subj
    object: [prep, obj]`, `  - frame: laud.01
    subject: ARG0
    object: ARG1
    topic: ARG2
    kinds: {ARG1: [Person]}`, 1))},
		framed: {Data: []byte("# words\nlaud.01\tlaud,sing praises\tlaudation\t0=subj 1=obj 2=for\n")},
	}
	o, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	p := o.Find("met").Patterns
	if len(p) != 2 || p[0].Kind != Verb || p[1].Kind != Noun {
		t.Fatalf("patterns %+v", p)
	}
	if v := p[0]; v.Triggers[1].Head != "sing" || v.Subject[0] != "subj" || v.Object[0] != "obj" || v.Topic[0] != "for" || v.Kinds["obj"] == nil {
		t.Errorf("verb: %+v", v)
	}
	if n := p[1]; n.Triggers[0].Head != "laudation" || strings.Join(n.Subject, " ") != "poss by from" || n.Object[0] != "of" {
		t.Errorf("noun: %+v", n)
	}
}

func TestAnUnknownFrameAndARoleWithoutAFrameAreNamed(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{"frame: lawd.01", `predicates/met.yaml:6: unknown frame "lawd.01"`},
		{"verb: meet\n    topic: ARG2", "predicates/met.yaml:6: the pattern names numbered roles, and no frame"},
	} {
		fsys := fstest.MapFS{
			"predicates/met.yaml": {Data: []byte(strings.Replace(sound, `verb: ["meet with", meet]`, c.pattern, 1))},
			framed:                {Data: []byte("laud.01\tlaud\t\t0=subj 1=obj\n")},
		}
		if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.pattern, err, c.want)
		}
	}
}

func TestADamagedLineOfFramesIsNamed(t *testing.T) {
	for _, line := range []string{"laud.01\tlaud", "laud.01\tlaud\t\t7=subj", "laud.01\tlaud\t\tsubj"} {
		if _, err := Frames(fstest.MapFS{framed: {Data: []byte(line)}}, nil); err == nil || !strings.Contains(err.Error(), "frames.tsv:1") {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte("laud.01\tlaud,sing praises\tlaudation\t0=subj 1=obj 2=for\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		Frames(fstest.MapFS{framed: {Data: text}}, nil)
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sound))
	f.Add([]byte("label: {a: [b\n"))
	f.Add([]byte("patterns:\n  - verb: 3\n    not: [x]\nexamples: {}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		Parse("predicates/x.yaml", text)
	})
}
