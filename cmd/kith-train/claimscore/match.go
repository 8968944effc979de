// Package claimscore scores extracted claims against gold claims, figure for
// figure as ../shared/eval/score_claims.py does.
package claimscore

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"kith"
)

var symmetric = set("spouse_of sibling_of relative_of ally_of met_with communicated_with compared_to")

var spelled = map[string]string{"gov": "governor", "rep": "representative", "sen": "senator", "pres": "president", "sec": "secretary",
	"congressmen": "congressman", "congresswomen": "congresswoman", "senators": "senator",
	"governors": "governor", "representatives": "representative", "ministers": "minister", "vp": "vice president"}

var titles = set(`mr mrs ms dr sir sen rep gov the a an former president vice senator secretary governor mayor representative
	congressman congresswoman justice judge prime minister her his their of s`)

func set(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

var (
	fold       = cases.Fold()
	wordRunes  = regexp.MustCompile(`[\p{L}\p{N}_]+`)
	apostrophe = strings.NewReplacer("'", "", "\u2019", "")
)

// wordsOf reduces a text to comparable words.
func wordsOf(text string) []string {
	text = norm.NFKD.String(fold.String(strings.ReplaceAll(text, "\u00ad", "")))
	text = strings.ReplaceAll(strings.ReplaceAll(text, "presidential", "president"), "u.s.", "us ")
	text = strings.Map(func(r rune) rune {
		if norm.NFKD.PropertiesString(string(r)).CCC() != 0 {
			return -1
		}
		return r
	}, text)
	out := wordRunes.FindAllString(apostrophe.Replace(text), -1)
	for i, w := range out {
		if s, ok := spelled[w]; ok {
			out[i] = s
		}
	}
	return out
}

// key is what is left of a name without titles and articles.
func key(text string) string {
	all := wordsOf(text)
	var bare []string
	for _, w := range all {
		if !titles[w] {
			bare = append(bare, w)
		}
	}
	if len(bare) == 0 {
		bare = all
	}
	return strings.Join(bare, " ")
}

func wordSet(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

func common(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// alike compares two descriptions of one thing: most of the shorter one's
// words are in the other.
func alike(a, b string) bool {
	x, y := wordSet(strings.Fields(key(a))), wordSet(strings.Fields(key(b)))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	both := float64(common(x, y))
	if int(both) == len(x) && len(x) == len(y) {
		return true
	}
	return both/float64(min(len(x), len(y))) >= 0.75 && both/float64(max(len(x), len(y))) >= 0.34
}

// same reports whether a predicted name means a gold entity.
func (g *Gold) same(predicted, name string) bool {
	if predicted == "" || name == "" {
		return false
	}
	if g.kind[name] == string(kith.Person) {
		return g.forms[key(predicted)] == name
	}
	return g.forms[key(predicted)] == name || alike(predicted, name)
}

func predicate(c *Claim) string {
	if c.Predicate == "communicated_with" {
		return "met_with"
	}
	return c.Predicate
}

func electionsAgree(g, p *Claim) bool {
	a, b := g.Qualifiers["election"], p.Qualifiers["election"]
	return a == "" || b == "" || common(wordSet(wordsOf(a)), wordSet(wordsOf(b))) > 0
}

func (g *Gold) targetsAgree(want, have *Claim) bool {
	if want.Object == "" && want.Value == "" {
		return electionsAgree(want, have)
	}
	if want.Object != "" && g.kind[want.Object] == string(kith.Person) {
		return g.same(have.Object, want.Object)
	}
	for _, w := range []string{want.Object, want.Value} {
		for _, h := range []string{have.Object, have.Value} {
			if w != "" && h != "" && g.targetAgrees(want, w, h) {
				return electionsAgree(want, have)
			}
		}
	}
	return false
}

func (g *Gold) targetAgrees(want *Claim, w, h string) bool {
	if want.Predicate != "said" {
		return g.same(h, w) || alike(h, w)
	}
	a, b := wordSet(wordsOf(w)), wordSet(wordsOf(h))
	return float64(common(a, b)) >= 0.8*float64(max(min(len(a), len(b)), 1))
}

func (g *Gold) endsAgree(want, have *Claim) bool {
	if g.same(have.Subject, want.Subject) && g.targetsAgree(want, have) {
		return true
	}
	return symmetric[want.Predicate] && want.Object != "" && g.same(have.Object, want.Subject) && g.same(have.Subject, want.Object)
}

func overlap(g, p *Claim) bool { return p.Start < g.End && g.Start < p.End }

// speaker names who says a claim; somebody who speaks of their own act needs
// none.
func (g *Gold) speaker(c *Claim) string {
	if c.Speaker == "" && c.SpeakerKind == "" {
		return ""
	}
	if c.SpeakerKind != string(kith.ByEntity) {
		return "anonymous"
	}
	name, subject := key(c.Speaker), key(c.Subject)
	if f, ok := g.forms[name]; ok {
		name = f
	}
	if f, ok := g.forms[subject]; ok {
		subject = f
	}
	if name == subject {
		return ""
	}
	return name
}

func (g *Gold) full(want, have *Claim) bool {
	return want.Negated == have.Negated && want.Modality == have.Modality && g.speaker(want) == g.speaker(have)
}

// closeness counts what surrounds two claims word for word alike.
func closeness(g, p *Claim) int {
	n := 0
	for _, k := range union(g.Qualifiers, p.Qualifiers) {
		// The Python scorer compares a name with a reference here, so that
		// a third party never counts as the same.
		n += one(k != "third" && g.Qualifiers[k] == p.Qualifiers[k])
	}
	for _, k := range union(g.Time, p.Time) {
		n += one(g.Time[k] == p.Time[k])
	}
	n += one(g.Start == p.Start) + one(g.End == p.End) + one(g.Quote == p.Quote)
	n += one(g.Document == p.Document && g.Document != "")
	if g.SpeakerKind != "" || p.SpeakerKind != "" {
		n += one(g.SpeakerKind == p.SpeakerKind) + one(g.Speaker == p.Speaker)
	}
	return n + one(g.Modality == p.Modality) + one(g.Negated == p.Negated) + one(g.Value == p.Value)
}

func union(a, b map[string]string) []string {
	var out []string
	for k := range a {
		out = append(out, k)
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// assign matches gold claims one to one with predicted ones (augmenting
// paths), required ones first; the result maps gold to predicted indices.
func assign(g *Gold, gold, predicted []Claim, agree func(g, p *Claim) bool) map[int]int {
	order := make([]int, len(gold))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return one(gold[a].Optional) - one(gold[b].Optional) })
	edges := make([][]int, len(gold))
	for _, i := range order {
		for j := range predicted {
			if agree(&gold[i], &predicted[j]) {
				edges[i] = append(edges[i], j)
			}
		}
		slices.SortStableFunc(edges[i], func(a, b int) int { return closeness(&gold[i], &predicted[b]) - closeness(&gold[i], &predicted[a]) })
	}
	owner := map[int]int{}
	var take func(i int, seen map[int]bool) bool
	take = func(i int, seen map[int]bool) bool {
		for _, j := range edges[i] {
			if seen[j] {
				continue
			}
			seen[j] = true
			if at, ok := owner[j]; !ok || take(at, seen) {
				owner[j] = i
				return true
			}
		}
		return false
	}
	for _, i := range order {
		take(i, map[int]bool{})
	}
	match := map[int]int{}
	for j, i := range owner {
		match[i] = j
	}
	return match
}
