package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/data"
	"kith/pipeline"
	"kith/text"
)

// scoreSpeech scores who speaks: on the quotations of LitBank, and on those of
// the news among the gold texts.
type scoreSpeech struct {
	Errors int    `help:"Show so many errors of each corpus." default:"0"`
	Part   string `help:"Part of LitBank." default:"dev" enum:"dev,train"`
}

func (c scoreSpeech) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score speech")
	books, err := s.speechBooks(c.Part)
	if err != nil {
		return err
	}
	var units []score.Tally
	var errors []string
	for _, b := range books {
		if err := b.read(); err != nil {
			return err
		}
		unit, wrong := b.score()
		units = append(units, unit)
		errors = append(errors, wrong...)
	}
	fmt.Printf("\nlitbank %s: speaker of each gold quotation, over the gold chains and quotation spans (paragraphs guessed, own trees)\n", c.Part)
	fmt.Printf("accuracy:     %s of %d quotations in %d books\n", score.Percent(units, nil), int(score.Sum(units).Gold), len(units))
	printSome(errors, c.Errors)
	return c.news(s)
}

// speechBook is one book of LitBank with its quotations.
type speechBook struct {
	name   string
	a      *kith.Analysis
	quotes []bookQuote
}

// bookQuote is a gold quotation: tokens [first, last) and who speaks.
type bookQuote struct {
	first, last int
	speaker     string
}

// speechBooks reads the books with gold chains for mentions.
func (s shared) speechBooks(part string) ([]*speechBook, error) {
	docs, err := s.litbank(part)
	if err != nil {
		return nil, err
	}
	paths, err := glob(s.path("litbank", part, "*.quotes.ann"))
	if err != nil || len(paths) != len(docs) {
		return nil, fmt.Errorf("read quotations of LitBank: %d files beside %d books: %v", len(paths), len(docs), err)
	}
	var out []*speechBook
	for i, path := range paths {
		b := &speechBook{name: strings.TrimSuffix(filepath.Base(path), ".quotes.ann"), a: docs[i].Analysis}
		chainMentions(b.a, docs[i].Chains)
		if b.quotes, err = readBookQuotes(path, b.a); err != nil {
			return nil, err
		}
		guessParagraphs(b.a)
		out = append(out, b)
	}
	return out, nil
}

// chainMentions makes the gold chains that hold people the mentions.
func chainMentions(a *kith.Analysis, chains []text.CorefChain) {
	a.Mentions, a.Entities = nil, nil
	for _, chain := range chains {
		if !personal(a, chain) {
			continue
		}
		a.Entities = append(a.Entities, kith.Entity{Name: fmt.Sprint("chain ", len(a.Entities)), Type: kith.Person})
		for _, m := range chain {
			a.Mentions = append(a.Mentions, chainMention(a, m, len(a.Entities)-1))
		}
	}
	sortMentions(a.Mentions)
}

func sortMentions(m []kith.Mention) {
	for i := 1; i < len(m); i++ {
		for k := i; k > 0 && (m[k].Start < m[k-1].Start || m[k].Start == m[k-1].Start && m[k].End > m[k-1].End); k-- {
			m[k], m[k-1] = m[k-1], m[k]
		}
	}
}

// personal reports whether a chain can speak: it has a pronoun for persons, or
// names and no "it".
func personal(a *kith.Analysis, chain text.CorefChain) bool {
	named := false
	for _, m := range chain {
		if m[1] == m[0]+1 {
			switch strings.ToLower(a.Word(m[0])) {
			case "i", "he", "she", "him", "her", "his", "you", "me", "my", "we", "they", "them", "us", "who":
				return true
			case "it", "its", "there", "here":
				return false
			}
		}
		named = named || a.Tokens[m[1]-1].Tag == kith.PROPN || len(chain) == 1
	}
	return named
}

func chainMention(a *kith.Analysis, m [2]int, entity int) kith.Mention {
	head := m[1] - 1
	for i := m[0]; i < m[1]; i++ {
		if h := a.Tokens[i].Head; (h < m[0] || h >= m[1]) && a.Tokens[i].Tag != kith.PUNCT && a.Tokens[i].Rel != kith.Case {
			head = i
			break
		}
	}
	kind := kith.NominalMention
	switch a.Tokens[head].Tag {
	case kith.PROPN:
		kind = kith.NameMention
	case kith.PRON:
		kind = kith.PronounMention
	}
	span := kith.Span{Start: a.Tokens[m[0]].Start, End: a.Tokens[m[1]-1].End}
	return kith.Mention{Span: span, Kind: kind, Type: kith.Person, Entity: entity, First: m[0], Last: m[1], Head: head, Text: span.Cut(a.Document.Text)}
}

// readBookQuotes reads the QUOTE and ATTRIB rows beside a book.
func readBookQuotes(path string, a *kith.Analysis) ([]bookQuote, error) {
	var quotes []bookQuote
	byID := map[string]int{}
	err := corpus.Lines(path, func(line string) error {
		f := strings.Split(line, "\t")
		switch {
		case len(f) >= 6 && f[0] == "QUOTE":
			var s1, t1, s2, t2 int
			if _, err := fmt.Sscan(strings.Join(f[2:6], " "), &s1, &t1, &s2, &t2); err != nil {
				return fmt.Errorf("read quotation %q: %w", line, err)
			}
			if s2 >= len(a.Sentences) {
				return nil
			}
			byID[f[1]] = len(quotes)
			quotes = append(quotes, bookQuote{first: a.Sentences[s1].First + t1, last: a.Sentences[s2].First + t2 + 1})
		case len(f) >= 3 && f[0] == "ATTRIB":
			if i, ok := byID[f[1]]; ok {
				quotes[i].speaker = f[2]
			}
		}
		return nil
	})
	slices.SortFunc(quotes, func(a, b bookQuote) int { return a.first - b.first })
	return quotes, err
}

// guessParagraphs begins a paragraph at each sentence that opens with a
// quotation mark outside of a quotation, since LitBank does not say where they
// begin.
func guessParagraphs(a *kith.Analysis) {
	paragraph, open := 0, false
	for i := range a.Sentences {
		s := &a.Sentences[i]
		if i > 0 && !open && isQuoteMark(a.Word(s.First)) {
			paragraph++
		}
		s.Paragraph = paragraph
		for t := s.First; t < s.Last; t++ {
			switch w := a.Word(t); w {
			case "“", "``":
				open = true
			case "”", "''":
				open = false
			case "\"":
				open = !open
			}
		}
	}
}

func isQuoteMark(w string) bool {
	return w == "“" || w == "\"" || w == "``" || w == "‘" || w == "'"
}

func (b *speechBook) read() error {
	b.giveQuotes()
	if err := (text.Speakers{}).Run(context.Background(), b.a); err != nil {
		return fmt.Errorf("%s: %w", b.name, err)
	}
	return nil
}

// giveQuotes makes the gold quotations, without their marks, those of the
// analysis.
func (b *speechBook) giveQuotes() {
	b.a.Quotes = nil
	for _, q := range b.quotes {
		first, last := q.first, q.last
		for first < last && isMark(b.a.Word(first)) {
			first++
		}
		for last > first && isMark(b.a.Word(last-1)) {
			last--
		}
		if first == last {
			first, last = q.first, q.last
		}
		b.a.Quotes = append(b.a.Quotes, kith.Quotation{Span: kith.Span{Start: b.a.Tokens[first].Start, End: b.a.Tokens[last-1].End},
			Sentence: b.a.SentenceOf(first), Speaker: -1, Cue: -1})
	}
}

func isMark(w string) bool {
	return isQuoteMark(w) || w == "”" || w == "''" || w == "’" || w == "—" || w == "--"
}

// given is the entity that the reader has for the speaker of a gold quotation;
// -1 for none.
func (b *speechBook) given(q bookQuote) int {
	start, end := b.a.Tokens[q.first].Start, b.a.Tokens[min(q.last, len(b.a.Tokens))-1].End
	for _, own := range b.a.Quotes {
		if own.Start < end && start < own.End && own.Speaker >= 0 {
			return b.a.Mentions[own.Speaker].Entity
		}
	}
	return -1
}

// score counts the gold quotations whose speaker is right. LitBank's speakers
// and chains have numbers of their own; each speaker is taken for the chain
// that has most of its quotations, and each chain for one speaker only.
func (b *speechBook) score() (score.Tally, []string) {
	together := map[[2]string]int{}
	for _, q := range b.quotes {
		if e := b.given(q); e >= 0 {
			together[[2]string{q.speaker, fmt.Sprint(e)}]++
		}
	}
	match := matchSpeakers(together)
	var t score.Tally
	var wrong []string
	for _, q := range b.quotes {
		t.Gold++
		t.Given++
		e := b.given(q)
		if e >= 0 && match[q.speaker] == fmt.Sprint(e) {
			t.Right++
			continue
		}
		got := "nobody"
		if e >= 0 {
			got = b.mentionText(e)
		}
		span := kith.Span{Start: b.a.Tokens[q.first].Start, End: b.a.Tokens[min(q.last, len(b.a.Tokens))-1].End}
		wrong = append(wrong, fmt.Sprintf("%.20s: %s, not %s: %.160s", b.name, got, q.speaker, span.Cut(b.a.Document.Text)))
	}
	return t, wrong
}

// mentionText is the longest name of an entity's mentions.
func (b *speechBook) mentionText(entity int) string {
	best := ""
	for _, m := range b.a.Mentions {
		if m.Entity == entity && (m.Kind == kith.NameMention && len(m.Text) > len(best) || best == "") {
			best = m.Text
		}
	}
	return best
}

// matchSpeakers pairs speakers and chains one to one, those that share most
// first.
func matchSpeakers(together map[[2]string]int) map[string]string {
	match, taken := map[string]string{}, map[string]bool{}
	for {
		var best [2]string
		for pair, n := range together {
			if match[pair[0]] != "" || taken[pair[1]] {
				continue
			}
			if m := together[best]; n > m || n == m && (pair[0]+pair[1] < best[0]+best[1] || best[0] == "") {
				best = pair
			}
		}
		if best[0] == "" {
			return match
		}
		match[best[0]], taken[best[1]] = best[1], true
	}
}

// news scores the speakers of the quotations in the gold texts, with the whole
// reader: a quotation is right where its claim has the gold speaker.
func (c scoreSpeech) news(s shared) error {
	reader, err := pipeline.Standard(data.FS)
	if err != nil {
		return err
	}
	paths, err := glob(filepath.Join(string(s), "gold", "dev", "*.json"))
	if err != nil {
		return err
	}
	var units []score.Tally
	var errors []string
	for _, path := range paths {
		unit, wrong, err := newsSpeakers(reader, path)
		if err != nil {
			return err
		}
		if unit.Gold > 0 {
			units = append(units, unit)
		}
		errors = append(errors, wrong...)
	}
	fmt.Printf("\ngold/dev: speaker of each gold quotation, whole reader\n")
	fmt.Printf("accuracy:     %s of %d quotations in %d texts\n", score.Percent(units, score.Tally.Recall), int(score.Sum(units).Gold), len(units))
	fmt.Printf("precision:    %s of the quotations that got a speaker\n", score.Percent(units, score.Tally.Precision))
	printSome(errors, c.Errors)
	return nil
}

// goldFile is what the scorer reads of a gold file.
type goldFile struct {
	Entities []struct {
		Name    string   `json:"name"`
		Aliases []string `json:"aliases"`
	} `json:"entities"`
	Claims []struct {
		Subject   string `json:"subject"`
		Predicate string `json:"predicate"`
		Value     string `json:"value"`
		Optional  bool   `json:"optional"`
		Evidence  struct {
			Start int `json:"start"`
			End   int `json:"end"`
		} `json:"evidence"`
	} `json:"claims"`
}

func newsSpeakers(reader *pipeline.Reader, path string) (score.Tally, []string, error) {
	var gold goldFile
	file, err := os.ReadFile(path)
	if err != nil {
		return score.Tally{}, nil, fmt.Errorf("read gold: %w", err)
	}
	if err := json.Unmarshal(file, &gold); err != nil {
		return score.Tally{}, nil, fmt.Errorf("read gold %s: %w", path, err)
	}
	content, err := os.ReadFile(strings.TrimSuffix(path, ".json") + ".txt")
	if err != nil {
		return score.Tally{}, nil, fmt.Errorf("read gold: %w", err)
	}
	a, err := reader.Read(context.Background(), &kith.Document{ID: kith.NewDocumentID(string(content)), Text: string(content)})
	if err != nil {
		return score.Tally{}, nil, err
	}
	names := map[string]string{}
	for _, e := range gold.Entities {
		for _, n := range append(e.Aliases, e.Name) {
			names[kith.Fold(n)] = e.Name
		}
	}
	var t score.Tally
	var wrong []string
	for _, g := range gold.Claims {
		if g.Predicate != "said" || g.Optional {
			continue
		}
		t.Gold++
		got := ""
		for _, claim := range a.Claims {
			if claim.Predicate == "said" && claim.Evidence.Start < g.Evidence.End && g.Evidence.Start < claim.Evidence.End && overlapping(claim.Value, g.Value) {
				got = claim.Subject.Name
				t.Given++
				break
			}
		}
		if named := names[kith.Fold(got)]; named == g.Subject && got != "" || kith.Fold(got) == kith.Fold(g.Subject) {
			t.Right++
			continue
		}
		wrong = append(wrong, fmt.Sprintf("%s: %q, not %q: %.140s", filepath.Base(path), got, g.Subject, g.Value))
	}
	return t, wrong, nil
}

func overlapping(a, b string) bool {
	return strings.Contains(a, b) || strings.Contains(b, a)
}
