package claimscore

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"kith"
)

// Claim is a claim as the scorer sees it: names instead of entities.
type Claim struct {
	Subject, Predicate, Object, Value string
	Qualifiers, Time                  map[string]string
	Negated, Optional                 bool
	Modality                          string
	Speaker, SpeakerKind              string
	Document, Quote                   string
	Start, End                        int
	Confidence                        float64
}

// Gold is one annotated document.
type Gold struct {
	Claims []Claim
	kind   map[string]string // entity → type
	forms  map[string]string // key of a name or alias → entity
}

type goldFile struct {
	Entities []struct {
		Name    string
		Type    string
		Aliases []string
	}
	Claims []struct {
		Subject, Predicate, Object, Value string
		Qualifiers                        map[string]any
		Time                              map[string]string
		Negated, Optional                 bool
		Modality                          string
		Attribution                       *kith.Attribution
		Evidence                          kith.Evidence
	}
}

// ReadGold reads an annotated document.
func ReadGold(path string) (*Gold, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read gold claims: %w", err)
	}
	var file goldFile
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, fmt.Errorf("read gold claims %s: %w", path, err)
	}
	g := &Gold{kind: map[string]string{}, forms: map[string]string{}}
	for _, e := range file.Entities {
		g.kind[e.Name] = e.Type
		for _, form := range append([]string{e.Name}, e.Aliases...) {
			if k := key(form); g.forms[k] == "" {
				g.forms[k] = e.Name
			}
		}
	}
	for _, c := range file.Claims {
		claim := Claim{Subject: c.Subject, Predicate: c.Predicate, Object: c.Object, Value: c.Value, Qualifiers: map[string]string{},
			Time: c.Time, Negated: c.Negated, Optional: c.Optional, Modality: c.Modality,
			Document: string(c.Evidence.Document), Quote: c.Evidence.Quote, Start: c.Evidence.Start, End: c.Evidence.End}
		for k, v := range c.Qualifiers {
			claim.Qualifiers[k] = text(v)
		}
		if claim.Modality == "" {
			claim.Modality = string(kith.Asserted)
		}
		if c.Attribution != nil {
			claim.Speaker, claim.SpeakerKind = c.Attribution.Name, string(c.Attribution.Kind)
		}
		g.Claims = append(g.Claims, claim)
	}
	return g, nil
}

func text(v any) string {
	if ref, ok := v.(map[string]any); ok {
		v = ref["name"]
	}
	return fmt.Sprint(v)
}

// FromClaims turns claims into what is scored.
func FromClaims(claims []kith.Claim) []Claim {
	out := make([]Claim, len(claims))
	for i, c := range claims {
		p := Claim{Subject: c.Subject.Name, Predicate: string(c.Predicate), Value: c.Value, Negated: c.Negated, Modality: string(c.Modality),
			Document: string(c.Evidence.Document), Quote: c.Evidence.Quote, Start: c.Evidence.Start, End: c.Evidence.End,
			Qualifiers: map[string]string{}, Time: map[string]string{}, Confidence: c.Confidence}
		if c.Object != nil {
			p.Object = c.Object.Name
		}
		if c.Attribution != nil {
			p.Speaker, p.SpeakerKind = c.Attribution.Name, string(c.Attribution.Kind)
		}
		content, _ := json.Marshal(c.Qualifiers)
		var q map[string]any
		json.Unmarshal(content, &q)
		for k, v := range q {
			p.Qualifiers[k] = text(v)
		}
		for k, v := range map[string]string{"from": string(c.Time.From), "to": string(c.Time.To), "text": c.Time.Text} {
			if v != "" {
				p.Time[k] = v
			}
		}
		out[i] = p
	}
	return out
}

// Count is how many gold claims were found of those needed, and how many
// predictions were right and wrong.
type Count struct{ Hit, Need, Right, Wrong int }

// Add adds another count.
func (c *Count) Add(o Count) {
	c.Hit, c.Need, c.Right, c.Wrong = c.Hit+o.Hit, c.Need+o.Need, c.Right+o.Right, c.Wrong+o.Wrong
}

// Precision, Recall and F1 are as the Python scorer defines them.
func (c Count) Precision() float64 { return float64(c.Right) / float64(max(c.Right+c.Wrong, 1)) }

// Recall is the share of the needed that was found.
func (c Count) Recall() float64 { return float64(c.Hit) / float64(max(c.Need, 1)) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 {
	p, r := c.Precision(), c.Recall()
	return 2 * p * r / max(p+r, 1e-9)
}

// Figures are the names of the figures, in order.
var Figures = []string{"claim", "full", "detail", "time", "tie", "pair", "grounded"}

// Result is what scoring one document gives.
type Result struct {
	Counts       map[string]Count
	ByPredicate  map[string]Count // of claims
	Missed, Over []Claim          // gold not found, predictions that are wrong
	Judged       []Judged
}

// Judged is a prediction's confidence and whether it was right; predictions
// that repeat a matched claim are left out.
type Judged struct {
	Index      int // of the prediction
	Confidence float64
	Right      bool
}

// Score compares a document's claims with its gold; text is the stored text.
func Score(g *Gold, predicted []Claim, text string) Result {
	claim := func(a, b *Claim) bool { return predicate(a) == predicate(b) && g.endsAgree(a, b) && overlap(a, b) }
	tie := func(a, b *Claim) bool { return predicate(a) == predicate(b) && g.endsAgree(a, b) }
	r := Result{Counts: map[string]Count{}, ByPredicate: map[string]Count{}}
	var match map[int]int
	r.Counts["claim"], match = count(g, g.Claims, predicted, claim, claim)
	r.Counts["full"], _ = count(g, g.Claims, predicted, func(a, b *Claim) bool { return claim(a, b) && g.full(a, b) }, nil)
	r.Counts["detail"], r.Counts["time"] = surroundings(g, predicted, match)
	r.Counts["tie"], _ = count(g, dedupe(g.Claims), dedupe(predicted), tie, tie)
	r.Counts["pair"] = pairs(g, predicted)
	r.Counts["grounded"] = grounded(predicted, text)
	r.judge(g, predicted, match, claim)
	return r
}

func (r *Result) judge(g *Gold, predicted []Claim, match map[int]int, claim func(a, b *Claim) bool) {
	used := map[int]bool{}
	for i, c := range g.Claims {
		j, ok := match[i]
		if ok {
			used[j] = true
			r.byPredicate(c.Predicate, Count{Hit: one(!c.Optional), Need: one(!c.Optional), Right: 1})
		} else if !c.Optional {
			r.Missed = append(r.Missed, c)
			r.byPredicate(c.Predicate, Count{Need: 1})
		}
	}
	for j := range predicted {
		p := &predicted[j]
		if used[j] {
			r.Judged = append(r.Judged, Judged{j, p.Confidence, true})
			continue
		}
		spare := false
		for i := range g.Claims {
			spare = spare || claim(&g.Claims[i], p)
		}
		if !spare {
			r.Over = append(r.Over, *p)
			r.byPredicate(p.Predicate, Count{Wrong: 1})
			r.Judged = append(r.Judged, Judged{j, p.Confidence, false})
		}
	}
}

func (r *Result) byPredicate(p string, c Count) {
	sum := r.ByPredicate[p]
	sum.Add(c)
	r.ByPredicate[p] = sum
}

func count(g *Gold, gold, predicted []Claim, agree, spare func(a, b *Claim) bool) (Count, map[int]int) {
	match := assign(g, gold, predicted, agree)
	var c Count
	used := map[int]bool{}
	for i := range gold {
		j, ok := match[i]
		if ok {
			used[j] = true
		}
		if !gold[i].Optional {
			c.Need++
			c.Hit += one(ok)
		}
	}
	c.Right = len(used)
	for j := range predicted {
		if used[j] {
			continue
		}
		repeats := false
		for i := range gold {
			repeats = repeats || spare != nil && spare(&gold[i], &predicted[j])
		}
		c.Wrong += one(!repeats)
	}
	return c, match
}

var details = strings.Fields("role third topic place amount ordinal outcome distinction status")

func surroundings(g *Gold, predicted []Claim, match map[int]int) (detail, time Count) {
	for i, j := range match {
		want, have := &g.Claims[i], &predicted[j]
		if want.Optional {
			continue
		}
		for _, k := range details {
			w, h := want.Qualifiers[k], have.Qualifiers[k]
			ok := w != "" && h != "" && (g.same(h, w) || alike(h, w))
			detail.Add(Count{one(ok), one(w != ""), one(ok), one(h != "" && w != "" && !ok)})
		}
		for _, k := range []string{"from", "to"} {
			w, h := want.Time[k], have.Time[k]
			ok := len(w) >= 4 && len(h) >= 4 && w[:4] == h[:4] && (strings.HasPrefix(w, h) || strings.HasPrefix(h, w))
			time.Add(Count{one(ok), one(w != ""), one(ok), one(h != "" && w != "" && !ok)})
		}
	}
	return detail, time
}

func dedupe(claims []Claim) []Claim {
	seen := map[string]bool{}
	var out []Claim
	for _, c := range claims {
		k := strings.Join([]string{predicate(&c), key(c.Subject), key(c.Object), key(c.Value), c.Qualifiers["election"]}, "\x00")
		if !seen[k] {
			seen[k] = true
			out = append(out, c)
		}
	}
	return out
}

func pairs(g *Gold, predicted []Claim) Count {
	all, need, have := map[[2]string]bool{}, map[[2]string]bool{}, map[[2]string]bool{}
	put := func(to map[[2]string]bool, a, b string) {
		if a != "" && b != "" {
			to[[2]string{min(a, b), max(a, b)}] = true
		}
	}
	name := func(s string) string {
		k := key(s)
		if f, ok := g.forms[k]; ok {
			return f
		}
		return k
	}
	for _, c := range g.Claims {
		put(all, c.Subject, c.Object)
		if !c.Optional {
			put(need, c.Subject, c.Object)
		}
	}
	for _, c := range predicted {
		if c.Subject != "" && c.Object != "" {
			put(have, name(c.Subject), name(c.Object))
		}
	}
	c := Count{Need: len(need)}
	for p := range need {
		c.Hit += one(have[p])
	}
	for p := range have {
		c.Right += one(all[p])
		c.Wrong += one(!all[p])
	}
	return c
}

func grounded(predicted []Claim, text string) Count {
	good := 0
	for _, p := range predicted {
		good += one(kith.Span{Start: p.Start, End: p.End}.Cut(text) == p.Quote && p.Quote != "")
	}
	return Count{good, len(predicted), good, len(predicted) - good}
}

// String writes a claim on one line.
func (c Claim) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s | %s | %s", c.Subject, c.Predicate, c.Object)
	if c.Value != "" {
		fmt.Fprintf(&b, " “%s”", c.Value)
	}
	for _, k := range union(c.Qualifiers, nil) {
		fmt.Fprintf(&b, "  %s=%s", k, c.Qualifiers[k])
	}
	not := ""
	if c.Negated {
		not = "not "
	}
	fmt.Fprintf(&b, " [%s%s]", not, c.Modality)
	return b.String()
}
