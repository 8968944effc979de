package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"kith/text"
)

// speakersCommand trains the model that finds the speaker in dialogue, on the
// training part of LitBank, and writes its weights to a lexicon.
type speakersCommand struct {
	Data   string `help:"Folder of the knowledge files." default:"data" type:"path"`
	Epochs int    `help:"Passes over the examples." default:"12"`
}

func (c speakersCommand) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	books, err := s.speechBooks("train")
	if err != nil {
		return err
	}
	var examples []text.SpeakerExample
	for _, b := range books {
		speakers, err := b.chainSpeakers()
		if err != nil {
			return err
		}
		examples = append(examples, text.SpeakerExamples(b.a, speakers)...)
	}
	head := "# Weights of the model that finds the speaker in dialogue; features as in package text.\n" +
		"# go run ./cmd/kith-train speakers, on the training part of LitBank (CC BY 4.0).\n"
	fmt.Printf("%d examples of %d books\n", len(examples), len(books))
	return writeFile(filepath.Join(c.Data, "lexicons", "speakers.txt"), []byte(head+strings.Join(text.TrainSpeakers(examples, c.Epochs), "\n")+"\n"))
}

// chainSpeakers names the chain that speaks each gold quotation. Speakers are
// matched to chains through the quotations that a verb of saying reports.
func (b *speechBook) chainSpeakers() ([]int, error) {
	b.giveQuotes()
	text.SpeakersByCue(b.a)
	together := map[[2]string]int{}
	for i, q := range b.quotes {
		if own := b.a.Quotes[i]; own.Speaker >= 0 && own.Cue >= 0 {
			together[[2]string{q.speaker, fmt.Sprint(b.a.Mentions[own.Speaker].Entity)}]++
		}
	}
	match := matchSpeakers(together)
	speakers := make([]int, len(b.quotes))
	for i, q := range b.quotes {
		speakers[i] = -1
		if m := match[q.speaker]; m != "" {
			if _, err := fmt.Sscan(m, &speakers[i]); err != nil {
				return nil, err
			}
		}
	}
	return speakers, nil
}
