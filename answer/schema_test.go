package answer_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/answer"
	"kith/query"
)

// schema is as much of JSON Schema as docs/answer.schema.json uses.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Enum       []string           `json:"enum"`
	Required   []string           `json:"required"`
	Properties map[string]*schema `json:"properties"`
	Items      *schema            `json:"items"`
	AnyOf      []*schema          `json:"anyOf"`
	More       json.RawMessage    `json:"additionalProperties"`
	Minimum    *float64           `json:"minimum"`
	Maximum    *float64           `json:"maximum"`
	Defs       map[string]*schema `json:"$defs"`
}

// faults lists where a value breaks the schema.
func (s *schema) faults(root *schema, at string, v any) []string {
	if s.Ref != "" {
		return root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")].faults(root, at, v)
	}
	if len(s.AnyOf) > 0 {
		var last []string
		for _, one := range s.AnyOf {
			if last = one.faults(root, at, v); len(last) == 0 {
				return nil
			}
		}
		return last
	}
	switch v := v.(type) {
	case map[string]any:
		return append(s.isType(at, "object"), s.objectFaults(root, at, v)...)
	case []any:
		out := s.isType(at, "array")
		for i, item := range v {
			if s.Items != nil {
				out = append(out, s.Items.faults(root, fmt.Sprintf("%s[%d]", at, i), item)...)
			}
		}
		return out
	case string:
		if len(s.Enum) > 0 && !slices.Contains(s.Enum, v) {
			return []string{fmt.Sprintf("%s is %q, which is not allowed", at, v)}
		}
		return s.isType(at, "string")
	case bool:
		return s.isType(at, "boolean")
	case float64:
		if s.Minimum != nil && v < *s.Minimum || s.Maximum != nil && v > *s.Maximum {
			return []string{fmt.Sprintf("%s is %v, out of bounds", at, v)}
		}
		if s.Type == "integer" && v == float64(int(v)) {
			return nil
		}
		return s.isType(at, "number")
	}
	return s.isType(at, "null")
}

func (s *schema) isType(at, kind string) []string {
	if s.Type != kind {
		return []string{fmt.Sprintf("%s is %s, want %s", at, kind, s.Type)}
	}
	return nil
}

func (s *schema) objectFaults(root *schema, at string, v map[string]any) []string {
	var out []string
	for _, name := range s.Required {
		if _, ok := v[name]; !ok {
			out = append(out, at+" lacks "+name)
		}
	}
	for name, field := range v {
		switch p, ok := s.Properties[name]; {
		case ok:
			out = append(out, p.faults(root, at+"."+name, field)...)
		case string(s.More) == "false":
			out = append(out, at+" has "+name+", which the schema does not know")
		}
	}
	return out
}

// everyKind is one question of each kind over the example world.
var everyKind = map[query.Kind]string{
	query.Who: `who Elena Marsh`, query.Ties: `ties Elena Marsh, Ruth Calloway`, query.Path: `path Karel Weil, Ruth Calloway`,
	query.Common: `common Ines Marsh, Priya Raman`, query.Introducers: `introducers Elena Marsh`, query.Brokers: `brokers`,
	query.Reach: `reach Karel Weil, Ruth Calloway`, query.Overlap: `overlap Elena Marsh, Ruth Calloway`, query.Given: `given Ruth Calloway`,
	query.Received: `received Elena Marsh`, query.Endorsements: `endorsements Elena Marsh`, query.Donors: `donors Elena Marsh`,
	query.Events: `events Elena Marsh`, query.Compare: `compare Elena Marsh, Ruth Calloway`, query.Vehicles: `vehicles`,
	query.Timeline: `timeline Elena Marsh`, query.Changes: `changes 2022, 2023`, query.Rumours: `rumours`, query.Conflicts: `conflicts`,
	query.Said: `said ? about Elena Marsh`, query.Sources: `sources Jonas Weil, Elena Marsh`, query.Gaps: `gaps Elena Marsh`,
	query.Groups: `groups`, query.Central: `central`, query.Similar: `similar Elena Marsh`, query.Reply: `reply Ines Marsh`,
	query.Find: `find ? endorsed Elena Marsh`,
}

func TestEveryKindOfAnswerKeepsToTheSchemaCitesEachLineAndRenders(t *testing.T) {
	raw, err := os.ReadFile("../docs/answer.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var root schema
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	v := demoWorld(t).view(t, kith.AsOf{})
	for _, f := range query.Forms {
		t.Run(string(f.Kind), func(t *testing.T) {
			a := askWorld(t, v, everyKind[f.Kind])
			if len(a.Lines) == 0 {
				t.Fatalf("%s has no lines", a.Question)
			}
			checkSchema(t, &root, a)
			checkCited(t, v, a)
			checkRendered(t, a)
		})
	}
}

func checkSchema(t *testing.T, root *schema, a *answer.Answer) {
	t.Helper()
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	for _, fault := range root.faults(root, "answer", value) {
		t.Error(fault)
	}
}

// checkCited holds that each line has claims, each claim its evidence, and
// each quote is its slice.
func checkCited(t *testing.T, v kith.View, a *answer.Answer) {
	t.Helper()
	evidence := map[kith.ClaimID]answer.Evidence{}
	for _, e := range a.Evidence {
		evidence[e.Claim] = e
		d, err := v.Document(t.Context(), e.Document)
		if err != nil || d.Text[e.Start:e.End] != e.Quote {
			t.Errorf("quote of %s is not its slice", e.Claim)
		}
	}
	for _, l := range a.Lines {
		if len(l.Claims) == 0 {
			t.Errorf("%q cites nothing", l.Sentence())
		}
		for _, id := range l.Claims {
			if evidence[id].Quote == "" {
				t.Errorf("%q cites %s, which has no evidence", l.Sentence(), id)
			}
		}
	}
}

// checkRendered holds that doubt is said in words wherever a line is shown.
func checkRendered(t *testing.T, a *answer.Answer) {
	t.Helper()
	var text, markdown strings.Builder
	if err := a.WriteText(&text, 100); err != nil {
		t.Fatal(err)
	}
	if err := a.WriteMarkdown(&markdown); err != nil {
		t.Fatal(err)
	}
	doubts := map[string]int{}
	for _, l := range a.Lines {
		if mark := l.Certainty(); mark != "" {
			doubts[mark+":"]++
		}
	}
	for mark, n := range doubts {
		for name, shown := range map[string]string{"text": text.String(), "Markdown": markdown.String()} {
			if got := strings.Count(shown, mark); got < n {
				t.Errorf("%s says %q %d times, want %d", name, mark, got, n)
			}
		}
	}
	for i := range strings.Count(markdown.String(), "]: ") {
		if note := fmt.Sprintf("[^%d]", i+1); strings.Count(markdown.String(), note) < 2 {
			t.Errorf("footnote %s is not both cited and given", note)
		}
	}
}

func TestFiltersSayWhatTheyLeftOut(t *testing.T) {
	v := demoWorld(t).view(t, kith.AsOf{})
	for name, o := range map[string]answer.Options{
		"hedged claims":            {NoHedged: true},
		"that nobody has reviewed": {Reviewed: true},
		"fewer than 2 independent": {MinSources: 2},
		"beyond the limit of 3":    {Limit: 3},
		"not publishable: it needs a second independent source": {Publishable: true},
	} {
		a, err := answer.AskText(t.Context(), v, "who Elena Marsh", o)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(a.LeftOut, func(l answer.LeftOut) bool { return strings.Contains(l.Why, name) && l.Count > 0 }) {
			t.Errorf("%+v: left out says %v", o, a.LeftOut)
		}
		for _, l := range a.Lines {
			if o.NoHedged && l.Modality == kith.Hedged || o.MinSources > l.Sources || o.Reviewed || o.Publishable {
				t.Errorf("%+v let %q through", o, l.Sentence())
			}
		}
	}
}

func TestWorldDateLeavesOutWhatCameLaterOrHadEnded(t *testing.T) {
	v := demoWorld(t).view(t, kith.AsOf{World: "2020"})
	a := askWorld(t, v, "who Ines Marsh")
	for _, l := range a.Lines {
		if l.Time.To != "" && l.Time.To.Last() < "2020" && l.Predicate == "employed_by" || l.Time.From.First() > "2020-12-31" {
			t.Errorf("as of 2020, %q stands in the answer", l.Sentence())
		}
	}
	if len(a.Lines) == 0 {
		t.Error("nothing is left as of 2020")
	}
}

func TestUnknownAndAmbiguousNamesAreErrorsWithCandidates(t *testing.T) {
	v := demoWorld(t).view(t, kith.AsOf{})
	for _, text := range []string{"who Nobody Atall", "path Elena Marsh, Nobody Atall", "Who endorsed Nobody Atall?"} {
		if _, err := answer.AskText(t.Context(), v, text, answer.Options{}); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
	_, err := answer.AskText(t.Context(), v, "who Calloway", answer.Options{})
	if err == nil {
		return // one Calloway may be what the texts mean by the bare name
	}
	if name, ok := nameError(err); !ok || len(name.Candidates) < 2 {
		t.Errorf("ambiguous name gives %v", err)
	}
}

func nameError(err error) (*kith.NameError, bool) {
	var name *kith.NameError
	ok := errors.As(err, &name)
	return name, ok
}
