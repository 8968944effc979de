package extract

import (
	"bufio"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"kith"
	"kith/extract/relation"
)

// weights are those of the logistic regression that turns what is known of a
// claim into the probability that it is right, sorted by feature.
type weights struct {
	names  []string
	values []float64
}

// loadWeights reads lexicons/confidence.txt: a feature and its weight a line.
// Without the file claims keep the confidence of the rule that found them.
func loadWeights(data fs.FS) (*weights, error) {
	f, err := data.Open("lexicons/confidence.txt")
	if err != nil {
		return nil, nil
	}
	defer f.Close()
	var w weights
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		if len(fields) != 2 {
			return nil, fmt.Errorf("load lexicons/confidence.txt:%d: want a feature and its weight", n)
		}
		value, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return nil, fmt.Errorf("load lexicons/confidence.txt:%d: the weight %q is no number", n, fields[1])
		}
		w.names = append(w.names, fields[0])
		w.values = append(w.values, value)
	}
	if !slices.IsSorted(w.names) {
		return nil, fmt.Errorf("load lexicons/confidence.txt: the features are not in order; write it with kith-train confidence")
	}
	return &w, lines.Err()
}

// probability is the logistic regression's.
func (w *weights) probability(features []Feature) float64 {
	sum := 0.0
	for _, f := range features {
		if i, ok := slices.BinarySearch(w.names, f.Name); ok {
			sum += w.values[i] * f.Value
		}
	}
	return min(max(1/(1+math.Exp(-sum)), 0.02), 0.99)
}

// Feature is one thing known of a claim that bears on whether it is right.
type Feature struct {
	Name  string
	Value float64
}

// Features lists what is known of a claim: the confidence of the rule that
// found it (its logit), its predicate, by what sort of words its ends are
// referred to in the quoted sentence, its certainty, its sentence's length,
// and the logit of the probability that the relation scorer gives it. The
// confidence must be the rule's, as a stage made by Uncalibrated gives it.
func (s *Stage) Features(a *kith.Analysis, c *kith.Claim) []Feature {
	prior := min(max(c.Confidence, 0.05), 0.98)
	out := append(make([]Feature, 0, 12), Feature{"bias", 1}, Feature{"prior", math.Log(prior/(1-prior)) / 2}, Feature{"predicate=" + string(c.Predicate), 1})
	flag := func(on bool, name string) {
		if on {
			out = append(out, Feature{name, 1})
		}
	}
	out = append(out, Feature{"subject=" + endKind(a, &c.Subject, c.Evidence), 1})
	if c.Object != nil {
		out = append(out, Feature{"object=" + endKind(a, c.Object, c.Evidence), 1})
	} else {
		out = append(out, Feature{"object=value", 1})
	}
	flag(c.Negated, "negated")
	flag(c.Modality == kith.Hedged, "hedged")
	flag(c.Modality == kith.Planned, "planned")
	flag(c.Attribution != nil, "attributed")
	flag(len(c.Evidence.Quote) > 160, "sentence>160")
	flag(len(c.Evidence.Quote) > 280, "sentence>280")
	if s.scorer != nil && c.Object != nil && s.scorer.Speaks(c.Predicate) {
		p, ok := s.statedIn(a, c)
		flag(!ok, "stated=unknown")
		if ok {
			p = min(max(p, 0.005), 0.995)
			out = append(out, Feature{"stated", math.Log(p/(1-p)) / 2})
		}
	}
	return out
}

// endKind says by what sort of words an end is referred to within the quote,
// the plainest first.
func endKind(a *kith.Analysis, ref *kith.EntityRef, e kith.Evidence) string {
	best := "unseen"
	for i := mentionFrom(a, e.Start); i < len(a.Mentions) && a.Mentions[i].Start < e.End; i++ {
		m := &a.Mentions[i]
		if m.ID != ref.ID || m.End > e.End {
			continue
		}
		switch {
		case m.Kind == kith.NameMention:
			return "name"
		case m.Kind == kith.NominalMention:
			best = "nominal"
		case best == "unseen":
			best = "pronoun"
		}
	}
	return best
}

// mentionFrom is the index of the first mention from a byte on.
func mentionFrom(a *kith.Analysis, start int) int {
	return sort.Search(len(a.Mentions), func(i int) bool { return a.Mentions[i].Start >= start })
}

// calibrate gives the claims from the given one on their probability, and
// drops those that are more likely wrong than right.
func (s *Stage) calibrate(a *kith.Analysis, from int) {
	if s.weights == nil {
		return
	}
	kept := a.Claims[:from]
	for _, c := range a.Claims[from:] {
		c.Confidence = math.Round(s.weights.probability(s.Features(a, &c))*1000) / 1000
		if c.Confidence >= leastConfidence {
			kept = append(kept, c)
		}
	}
	a.Claims = kept
}

// Uncalibrated is the stage with the confidences of its rules, from which
// kith-train learns.
func (s *Stage) Uncalibrated() *Stage {
	bare := *s
	bare.weights = nil
	return &bare
}

// WithScorer is the stage with another relation scorer; none where it is nil.
func (s *Stage) WithScorer(scorer *relation.Scorer) *Stage {
	other := *s
	other.scorer = scorer
	return &other
}
