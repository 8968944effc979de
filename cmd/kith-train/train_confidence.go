package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"kith"
	"kith/cmd/kith-train/claimscore"
	"kith/cmd/kith-train/corpus"
	"kith/data"
	"kith/extract"
	"kith/ontology"
	"kith/pipeline"
	"kith/text"
)

// confidenceCommand fits the logistic regression that gives claims their
// confidence, on the development texts with gold claims and on KnowledgeNet's
// exhaustively marked properties, and reports its calibration with each
// document left out in turn.
type confidenceCommand struct {
	relationOptions `embed:""`
	Out             string `help:"File to write." default:"data/lexicons/confidence.txt" type:"path"`
}

// lesson is one claim to learn from.
type lesson struct {
	document int
	features []extract.Feature
	right    bool
	weight   float64
}

func (c confidenceCommand) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	claims, err := uncalibrated()
	if err != nil {
		return err
	}
	lessons, documents, err := goldLessons(s, claims)
	if err != nil {
		return err
	}
	more, err := c.knowledgeNetLessons(s, claims, documents)
	if err != nil {
		return err
	}
	all := append(slices.Clone(lessons), more...)
	var held []claimscore.Judged
	for d := range documents {
		var train []lesson
		for _, l := range all {
			if l.document != d {
				train = append(train, l)
			}
		}
		w := fit(train)
		for _, l := range lessons {
			if l.document == d {
				held = append(held, claimscore.Judged{Confidence: probability(w, l.features), Right: l.right})
			}
		}
	}
	fmt.Printf("%d claims of %d gold texts, %d of KnowledgeNet; each text left out in turn:\n", len(lessons), documents, len(more))
	printCalibration(os.Stdout, []claimscore.Result{{Judged: held}})
	return writeFile(c.Out, []byte(weightsFile(fit(all))))
}

// bareReader reads with the confidences of the rules.
func bareReader(claims *extract.Stage) (*pipeline.Reader, error) {
	return pipeline.New("kith/"+kith.Version, text.Segment, text.Tag, text.Parse, text.Names, text.Quotes{}, text.Coreference, text.Speakers{}, claims)
}

func uncalibrated() (*extract.Stage, error) {
	o, err := ontology.Load(data.FS)
	if err != nil {
		return nil, err
	}
	claims, err := extract.New(o, data.FS)
	if err != nil {
		return nil, err
	}
	return claims.Uncalibrated(), nil
}

func goldLessons(s shared, claims *extract.Stage) ([]lesson, int, error) {
	reader, err := bareReader(claims)
	if err != nil {
		return nil, 0, err
	}
	var out []lesson
	n := 0
	for _, set := range goldSets(string(s))[:2] { // not on the texts that measure it
		docs, err := claimTexts(set, "")
		if err != nil {
			return nil, 0, err
		}
		for _, d := range docs {
			a, err := reader.Read(context.Background(), &kith.Document{ID: kith.NewDocumentID(d.text), Text: d.text})
			if err != nil {
				return nil, 0, err
			}
			r := claimscore.Score(d.gold, claimscore.FromClaims(a.Claims), d.text)
			for _, j := range r.Judged {
				out = append(out, lesson{n, claims.Features(a, &a.Claims[j.Index]), j.Right, 1})
			}
			n++
		}
	}
	return out, n, nil
}

// halves is the number of parts of KnowledgeNet's training passages: those of
// each are judged by a relation scorer that learned from the others, since one
// that has seen them is surer than it will be in use.
const halves = 2

// knowledgeNetLessons judges claims of the training passages; encyclopedias
// and company pages are not news, so they weigh less.
func (c confidenceCommand) knowledgeNetLessons(s shared, claims *extract.Stage, first int) ([]lesson, error) {
	passages, err := corpus.ReadKnowledgeNet(s.path("knowledgenet", "train-folds12.jsonl"))
	if err != nil {
		return nil, err
	}
	mapping, err := knowledgeNetMapping()
	if err != nil {
		return nil, err
	}
	training, err := s.relationTraining(c.Corpora)
	if err != nil {
		return nil, err
	}
	var out []lesson
	for half := range halves {
		scorer, err := training.without(half, c.relationOptions)
		if err != nil {
			return nil, err
		}
		judge := claims.WithScorer(scorer)
		reader, err := bareReader(judge)
		if err != nil {
			return nil, err
		}
		for i := range passages {
			if training.half(passages[i].Document) != half {
				continue
			}
			a, err := reader.Read(context.Background(), &kith.Document{ID: kith.NewDocumentID(passages[i].Text), Text: passages[i].Text})
			if err != nil {
				return nil, err
			}
			judged, _ := mapping.judge(&passages[i], a)
			for _, j := range judged {
				if j.property != "" {
					out = append(out, lesson{first + i, judge.Features(a, &j.claim), j.right, 0.1})
				}
			}
		}
	}
	return out, nil
}

// fit finds the weights by gradient descent with an L2 penalty, which is
// stronger on the predicates, of which some are rare.
func fit(lessons []lesson) map[string]float64 {
	w := map[string]float64{}
	total := 0.0
	for _, l := range lessons {
		total += l.weight
	}
	for range 600 {
		gradient := map[string]float64{}
		for _, l := range lessons {
			miss := probability(w, l.features)
			if l.right {
				miss--
			}
			for _, f := range l.features {
				gradient[f.Name] += l.weight * miss * f.Value
			}
		}
		for name, g := range gradient {
			penalty := 2.0
			switch {
			case name == "bias" || name == "prior":
				penalty = 0
			case strings.HasPrefix(name, "predicate="):
				penalty = 6
			}
			w[name] -= 2 * (g + penalty*w[name]) / total
		}
	}
	return w
}

func probability(w map[string]float64, features []extract.Feature) float64 {
	sum := 0.0
	for _, f := range features {
		sum += w[f.Name] * f.Value
	}
	return 1 / (1 + math.Exp(-sum))
}

func weightsFile(w map[string]float64) string {
	names := make([]string, 0, len(w))
	for name := range w {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString("# Weights of the confidence of claims. Written by kith-train confidence; do not edit.\n")
	for _, name := range names {
		fmt.Fprintf(&b, "%s %.4f\n", name, w[name])
	}
	return b.String()
}
