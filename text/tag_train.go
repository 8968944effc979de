package text

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"kith"
	"kith/text/linear"
)

// TagTraining says how to train a tagger.
type TagTraining struct {
	Silver    []*kith.Analysis // documents that a teacher tagged, without lemmas
	Epochs    int
	Seed      uint64
	Admission uint8   // a feature gets weights at its so-manieth appearance
	Rate      float32 // of the steps, before AdaGrad shortens them
	Dropout   float64 // share of features that each decision goes without
	Words     *Words
	Stems     map[byte][]string // further lemmas: of verbs 'v', nouns 'n', adjectives 'a'
	Least     float64           // weights below it are dropped
	Sample    int               // sentences, about, that say which weights are asked for most
	Clear     float64           // how clear a word must be to be tagged on the first features alone; see linear.EncodeMargins
	Log       func(format string, args ...any)
}

// TrainTagger learns a tagger and a lemmatiser from documents whose tokens
// carry gold tags and lemmas, and returns the model file. The same documents
// and options give the same bytes.
func TrainTagger(documents []*kith.Analysis, o TagTraining) []byte {
	labels, numbers := countLabels(documents)
	tagged := append(documents[:len(documents):len(documents)], o.Silver...)
	dict := encodeDict(tagged, numbers)
	sections := map[string][]byte{"dict": dict, "labels": linear.EncodeStrings(labels)}
	table, _ := linear.OpenTable(dict)
	examples := tagExamples(tagged, numbers, &table, o)
	var model linear.ManyTrainer
	model.Admission = o.Admission
	random := rand.New(rand.NewPCG(o.Seed, 1))
	for epoch := range o.Epochs {
		random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		if epoch == 2 {
			model.Close()
		}
		wrong, all := 0, 0
		for _, e := range examples {
			wrong += e.learn(&model, len(labels), random, &o)
			all += len(e.gold)
		}
		o.Log("epoch %d: %.2f %% right", epoch+1, 100*(1-float64(wrong)/float64(all)))
	}
	model.Encode(sections, "tag", o.Least)
	sections["margins"] = linear.EncodeMargins(o.Clear, 0)
	encodeLemmas(sections, documents, o.Stems)
	arrangeTagger(sections, o.Words, sampleOf(tagged, o.Sample))
	return linear.Encode(sections)
}

// arrangeTagger puts the rows that tagging the documents asks for most
// together; see linear.Many.Arranged.
func arrangeTagger(sections map[string][]byte, words *Words, documents []*kith.Analysis) {
	t, err := OpenTagger(linear.Encode(sections), words)
	if err != nil {
		panic(err) // it was encoded a moment ago
	}
	t.model.Count()
	for _, a := range documents {
		_ = t.Run(context.Background(), a) // fails only where it is cancelled
	}
	sections["tag"], sections["tag.rows"] = t.model.Arranged()
}

// sampleOf copies documents that lie evenly among all and have about so many
// sentences.
func sampleOf(documents []*kith.Analysis, sentences int) []*kith.Analysis {
	all := 1
	for _, a := range documents {
		all += len(a.Sentences)
	}
	var out []*kith.Analysis
	passed := 0
	for _, a := range documents {
		before := passed * sentences / all
		passed += len(a.Sentences)
		if passed*sentences/all > before {
			b := *a
			b.Tokens = slices.Clone(a.Tokens)
			out = append(out, &b)
		}
	}
	return out
}

// countLabels numbers the pairs of tags, the most frequent first.
func countLabels(documents []*kith.Analysis) ([]string, map[label]uint64) {
	counts := map[string]int{}
	for _, a := range documents {
		for _, t := range a.Tokens {
			counts[label{t.Tag, t.XTag}.String()]++
		}
	}
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := names[i], names[j]
		return counts[a] > counts[b] || counts[a] == counts[b] && a < b
	})
	names = names[:min(len(names), linear.MaxClasses)]
	numbers := map[label]uint64{}
	for i, name := range names {
		numbers[parseLabel(name)] = uint64(i)
	}
	return names, numbers
}

// A word's tags are listed where it was seen so often.
const frequentWord = 5

// encodeDict lays out a table from frequent words to a hash of the tags that
// each had in at least a twentieth of its places.
func encodeDict(documents []*kith.Analysis, numbers map[label]uint64) []byte {
	counts := map[uint64]map[uint64]int{}
	for _, a := range documents {
		for i, t := range a.Tokens {
			h := wordHash(a.Word(i))
			if counts[h] == nil {
				counts[h] = map[uint64]int{}
			}
			counts[h][numbers[label{t.Tag, t.XTag}]]++
		}
	}
	var keys, values []uint64
	for h, tags := range counts {
		if v := ambiguity(tags); v != 0 {
			keys, values = append(keys, h), append(values, v)
		}
	}
	sort.Sort(byKey{keys, values})
	return linear.BuildTable(keys, values)
}

func ambiguity(tags map[uint64]int) uint64 {
	total := 0
	for _, n := range tags {
		total += n
	}
	if total < frequentWord {
		return 0
	}
	var often []uint64
	for tag, n := range tags {
		if n*20 >= total {
			often = append(often, tag)
		}
	}
	sort.Slice(often, func(i, j int) bool {
		a, b := often[i], often[j]
		return tags[a] > tags[b] || tags[a] == tags[b] && a < b
	})
	h := uint64(1)
	for _, tag := range often[:min(3, len(often))] {
		h = linear.Mix(h, tag+1)
	}
	return h >> 32
}

// byKey sorts keys with their values.
type byKey struct{ keys, values []uint64 }

func (b byKey) Len() int           { return len(b.keys) }
func (b byKey) Less(i, j int) bool { return b.keys[i] < b.keys[j] }
func (b byKey) Swap(i, j int) {
	b.keys[i], b.keys[j] = b.keys[j], b.keys[i]
	b.values[i], b.values[j] = b.values[j], b.values[i]
}

// tagExample is one sentence to learn from.
type tagExample struct {
	context tagContext
	gold    []uint64
	tags    []uint64
}

// tagExamples makes one example of each sentence, and for every eighth
// another one in small letters, for every sixteenth one in capitals, so that
// the tagger does not lean on case alone.
func tagExamples(documents []*kith.Analysis, numbers map[label]uint64, dict *linear.Table, o TagTraining) []*tagExample {
	var out []*tagExample
	n := 0
	for _, a := range documents {
		for i := range a.Sentences {
			s := &a.Sentences[i]
			out = append(out, newTagExample(a, s, numbers, dict, o.Words, func(w string) string { return w }))
			if n++; n%8 == 0 {
				out = append(out, newTagExample(a, s, numbers, dict, o.Words, strings.ToLower))
			} else if n%16 == 5 {
				out = append(out, newTagExample(a, s, numbers, dict, o.Words, strings.ToUpper))
			}
		}
	}
	return out
}

func newTagExample(a *kith.Analysis, s *kith.Sentence, numbers map[label]uint64, dict *linear.Table, words *Words, change func(string) string) *tagExample {
	e := &tagExample{}
	for i := s.First; i < s.Last; i++ {
		var l lexeme
		l.fill(change(a.Word(i)), nil)
		l.classes(words)
		l.dict = dict.Get(l.word)
		e.context.lexemes = append(e.context.lexemes, l)
		e.gold = append(e.gold, numbers[label{a.Tokens[i].Tag, a.Tokens[i].XTag}])
	}
	e.context.caps = allCaps(e.context.lexemes)
	return e
}

// learn tags the sentence, moves the weights towards the gold tags by the
// gradient of their log likelihood, and returns the number of wrong tags.
func (e *tagExample) learn(model *linear.ManyTrainer, labels int, random *rand.Rand, o *TagTraining) int {
	var features [tagFeatures]uint64
	var scratch [tagFeatures]int32
	wrong := 0
	e.tags = append(e.tags[:0], noLabel, noLabel)
	for i, gold := range e.gold {
		scores := new([tagStages][linear.MaxClasses]float32)
		rows, middle := scratch[:0], 0
		for k := range tagStages {
			middle = len(rows)
			rows = model.Rows(rows, linear.Drop(e.context.features(&features, i, e.tags, k), random, o.Dropout))
			for _, row := range rows[middle:] {
				model.Add(row, &scores[k])
			}
			if k == 0 {
				scores[1] = scores[0]
			}
		}
		model.Step++
		best := argmax(scores[1][:labels])
		e.tags = append(e.tags, uint64(best))
		if uint64(best) != gold {
			wrong++
		}
		linear.StepStages(model, rows, middle, scores, labels, int(gold), earlyShare, o.Rate)
	}
	return wrong
}

// Describe says how large a model file's sections are.
func Describe(data []byte) string {
	f, err := linear.Open(data)
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, name := range f.Names() {
		out = append(out, fmt.Sprintf("%s %d KB", name, len(f.Section(name))/1024))
	}
	return fmt.Sprintf("%.2f MB: %s", float64(len(data))/1e6, strings.Join(out, ", "))
}
