package main

import (
	"fmt"
	"os"
	"path/filepath"

	"kith/text"
)

// models is a folder of model files. Scores are those of its files, not of
// the ones that the program was built with.
type models struct {
	Models string `help:"Folder of the models." default:"data/models" type:"path"`
}

func (m models) read(name string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(m.Models, name+".kwm"))
	if err != nil {
		return nil, fmt.Errorf("read model: %w; train it first", err)
	}
	return data, nil
}

func (m models) words() (*text.Words, error) {
	data, err := m.read("words")
	if err != nil {
		return nil, err
	}
	return text.OpenWords(data)
}

func (m models) tagger() (*text.Tagger, error) {
	words, err := m.words()
	if err != nil {
		return nil, err
	}
	data, err := m.read("tag")
	if err != nil {
		return nil, err
	}
	return text.OpenTagger(data, words)
}

func (m models) parser() (*text.Parser, error) {
	words, err := m.words()
	if err != nil {
		return nil, err
	}
	data, err := m.read("parse")
	if err != nil {
		return nil, err
	}
	return text.OpenParser(data, words)
}
