package main

import (
	"strings"

	"kith/cmd/kith-train/corpus"
	"kith/text"
)

// A labelling maps the labels of a corpus to sets of labels of the name model.
type labelling struct {
	kinds map[string]text.NameKind // kind of the corpus to kind of the model; others are outside
	// open lists the kinds that the corpus does not mark: where it says
	// "outside" they are possible.
	open  []text.NameKind
	split bool // words with hyphens are whole in this corpus
}

// Labellings of the name corpora.
var (
	unerKinds = labelling{
		kinds: map[string]text.NameKind{"PER": text.KindPerson, "ORG": text.KindOrganization, "LOC": text.KindPlace},
		open:  []text.NameKind{text.KindEvent, text.KindMisc},
	}
	conllKinds = labelling{
		kinds: map[string]text.NameKind{"PER": text.KindPerson, "ORG": text.KindOrganization, "LOC": text.KindPlace, "MISC": text.KindMisc},
		open:  []text.NameKind{text.KindEvent},
		split: true,
	}
	btcKinds  = labelling{kinds: unerKinds.kinds, open: unerKinds.open, split: true}
	wnutKinds = labelling{
		kinds: map[string]text.NameKind{"person": text.KindPerson, "location": text.KindPlace, "corporation": text.KindOrganization,
			"group": text.KindOrganization, "product": text.KindMisc, "creative-work": text.KindMisc},
		open: []text.NameKind{text.KindEvent}, split: true,
	}
	gumKinds = labelling{kinds: map[string]text.NameKind{"PER": text.KindPerson, "ORG": text.KindOrganization, "LOC": text.KindPlace,
		"EVT": text.KindEvent, "MISC": text.KindMisc}}
	crossKinds = labelling{kinds: crossMap(), split: true}
)

func crossMap() map[string]text.NameKind {
	out := map[string]text.NameKind{}
	for kind, names := range map[text.NameKind]string{
		text.KindPerson:       "person politician scientist researcher writer musicalartist",
		text.KindOrganization: "organisation politicalparty university band",
		text.KindPlace:        "location country",
		text.KindEvent:        "election event conference",
		text.KindMisc: "misc book poem magazine academicjournal award album song product programlang literarygenre musicgenre " +
			"astronomicalobject theory",
	} {
		for _, name := range strings.Fields(names) {
			out[name] = kind
		}
	}
	return out
}

// document turns a tagged text into one of training.
func (l labelling) document(d corpus.Tagged, weight float32) text.NameDocument {
	if l.split {
		for i, s := range d.Sentences {
			d.Sentences[i] = s.Split()
		}
	}
	doc := text.NameDocument{Analysis: d.Analysis()}
	for i, s := range d.Sentences {
		span := doc.Analysis.Sentences[i]
		doc.Sentences = append(doc.Sentences, text.NameSentence{First: span.First, Last: span.Last, Allow: l.allow(s.Labels), Weight: weight})
	}
	return doc
}

func (l labelling) allow(labels []string) []uint16 {
	free := uint16(0)
	for _, kind := range l.open {
		free |= kind.Begin() | kind.Inside()
	}
	out := make([]uint16, len(labels))
	for i, label := range labels {
		kind, ok := l.kinds[strings.TrimLeft(label, "BI-")]
		if len(label) > 2 {
			kind, ok = l.kinds[label[2:]]
		}
		switch {
		case label == "?":
			out[i] = text.AnyLabel
		case !ok || label == "O":
			out[i] = text.Outside | free
		case label[0] == 'B':
			out[i] = kind.Begin()
		default:
			out[i] = kind.Inside()
		}
	}
	return out
}

// nameSource is a corpus of names: how to read it and how much it counts.
type nameSource struct {
	name   string
	read   func(shared) ([]corpus.Tagged, error)
	labels labelling
	weight float32
}

func iob(word, label int, parts ...string) func(shared) ([]corpus.Tagged, error) {
	return func(s shared) ([]corpus.Tagged, error) { return corpus.ReadIOB(s.path(parts...), word, label) }
}

func redocred(file string) func(shared) ([]corpus.Tagged, error) {
	return func(s shared) ([]corpus.Tagged, error) {
		docs, err := corpus.ReadRedocred(s.path("re-docred", file))
		var out []corpus.Tagged
		for i := range docs {
			out = append(out, docs[i].Tagged())
		}
		return out, err
	}
}

// gumNames reads the names of GUM's training part, without the documents that
// may not be used commercially.
func gumNames(s shared) ([]corpus.Tagged, error) {
	barred, err := corpus.NonCommercial(s.path("ud-gum", "doc-licences.tsv"))
	if err != nil {
		return nil, err
	}
	sentences, err := corpus.ReadTreebank(s.path("ud-gum", "en_gum-ud-train.conllu.gz"), barred)
	if err != nil {
		return nil, err
	}
	var out []corpus.Tagged
	for _, d := range documents(sentences) {
		out = append(out, corpus.GUMNames(d))
	}
	return out, nil
}

var nameTraining = []nameSource{
	{"uner-ewt", iob(1, 2, "uner-ewt", "en_ewt-ud-train.iob2"), unerKinds, 1},
	{"crossner politics", iob(0, 1, "crossner", "politics", "train.txt"), crossKinds, 3},
	{"crossner science", iob(0, 1, "crossner", "science", "train.txt"), crossKinds, 1},
	{"crossner science dev", iob(0, 1, "crossner", "science", "dev.txt"), crossKinds, 1},
	{"crossner ai", iob(0, 1, "crossner", "ai", "train.txt"), crossKinds, 1},
	{"crossner ai dev", iob(0, 1, "crossner", "ai", "dev.txt"), crossKinds, 1},
	{"crossner literature", iob(0, 1, "crossner", "literature", "train.txt"), crossKinds, 1},
	{"crossner literature dev", iob(0, 1, "crossner", "literature", "dev.txt"), crossKinds, 1},
	{"crossner music", iob(0, 1, "crossner", "music", "train.txt"), crossKinds, 1},
	{"crossner music dev", iob(0, 1, "crossner", "music", "dev.txt"), crossKinds, 1},
	{"wikigold", iob(0, 1, "wikigold", "train.conll"), conllKinds, 1},
	{"wnut17", iob(0, 1, "wnut17", "train.conll"), wnutKinds, .5},
	{"btc", iob(0, 1, "btc", "train.conll"), btcKinds, .5},
	{"re-docred", redocred("train.jsonl"), conllKinds, 1},
	{"gum", gumNames, gumKinds, 1},
}

var nameScoring = []nameSource{
	{"uner-ewt", iob(1, 2, "uner-ewt", "en_ewt-ud-dev.iob2"), unerKinds, 1},
	{"crossner politics", iob(0, 1, "crossner", "politics", "dev.txt"), crossKinds, 1},
	{"wikigold", iob(0, 1, "wikigold", "dev.conll"), conllKinds, 1},
	{"re-docred", redocred("dev.jsonl"), conllKinds, 1},
	{"btc", iob(0, 1, "btc", "dev.conll"), btcKinds, 1},
}

// documents reads the source and lays it out for training.
func (n nameSource) documents(s shared) ([]text.NameDocument, error) {
	tagged, err := n.read(s)
	if err != nil {
		return nil, err
	}
	var docs []text.NameDocument
	for _, d := range tagged {
		docs = append(docs, n.labels.document(d, n.weight))
	}
	return docs, nil
}
