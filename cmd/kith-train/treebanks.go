package main

import "kith/cmd/kith-train/corpus"

// trainingTrees reads the training parts of both treebanks, without the
// documents that may not be used commercially.
func (s shared) trainingTrees() ([]corpus.Sentence, error) {
	barred, err := corpus.NonCommercial(s.path("ud-gum", "doc-licences.tsv"))
	if err != nil {
		return nil, err
	}
	ewt, err := corpus.ReadTreebank(s.path("ud-ewt", "en_ewt-ud-train.conllu.gz"), nil)
	if err != nil {
		return nil, err
	}
	gum, err := corpus.ReadTreebank(s.path("ud-gum", "en_gum-ud-train.conllu.gz"), barred)
	if err != nil {
		return nil, err
	}
	return append(ewt, gum...), nil
}

// trees is a named part of a treebank that models are scored on.
type trees struct {
	name      string
	sentences []corpus.Sentence
}

// developmentTrees reads the development parts: EWT, GUM, and the genres of
// GUM that are nearest to news.
func (s shared) developmentTrees() ([]trees, error) {
	ewt, err := corpus.ReadTreebank(s.path("ud-ewt", "en_ewt-ud-dev.conllu"), nil)
	if err != nil {
		return nil, err
	}
	gum, err := corpus.ReadTreebank(s.path("ud-gum", "en_gum-ud-dev.conllu"), nil)
	if err != nil {
		return nil, err
	}
	var news []corpus.Sentence
	for _, t := range gum {
		switch corpus.Genre(t.Document) {
		case "news", "interview", "speech", "bio":
			news = append(news, t)
		}
	}
	return []trees{{"ud-ewt dev", ewt}, {"ud-gum dev", gum}, {"ud-gum dev, news genres", news}}, nil
}
