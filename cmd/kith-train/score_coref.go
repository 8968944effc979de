package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sort"

	"kith"
	"kith/cmd/kith-train/corpus"
	"kith/cmd/kith-train/score"
	"kith/text"
)

// scoreCoref scores coreference: CoNLL F1 on OntoGUM, the choice of names for
// pronouns on GAP.
type scoreCoref struct {
	Model string `help:"File of the model; the embedded one where absent." type:"path"`
	Part  string `help:"Part of the corpora." enum:"dev,test,train" default:"dev"`
	Show  int    `help:"Show so many errors of each sort." default:"0"`
}

func (c scoreCoref) Run(s shared) error {
	if err := s.check(); err != nil {
		return err
	}
	linker, err := c.linker()
	if err != nil {
		return err
	}
	fmt.Println("# go run ./cmd/kith-train score coref")
	fmt.Println("# Percent, with 95 % bootstrap intervals over documents, on kith's own tags, trees and names (OntoGUM: gold tokens).")
	if err := c.ontogum(os.Stdout, s, linker); err != nil {
		return err
	}
	return c.gap(os.Stdout, s, linker)
}

func (c scoreCoref) linker() (*text.Linker, error) {
	path := c.Model
	if path == "" {
		path = "data/models/coref.kwm"
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	return text.OpenLinker(data)
}

// chainTallies are the figures of one document, recall and precision.
type chainTallies struct {
	muc, cubed, ceaf, mentions [2]score.Tally
}

func (t *chainTallies) add(o chainTallies) {
	for i := range 2 {
		t.muc[i].Add(o.muc[i])
		t.cubed[i].Add(o.cubed[i])
		t.ceaf[i].Add(o.ceaf[i])
		t.mentions[i].Add(o.mentions[i])
	}
}

// conll is the mean of the three F1 figures (Pradhan and others 2012).
func (t *chainTallies) conll() float64 {
	return (score.Harmonic(t.muc[0], t.muc[1]) + score.Harmonic(t.cubed[0], t.cubed[1]) + score.Harmonic(t.ceaf[0], t.ceaf[1])) / 3
}

func (c scoreCoref) ontogum(w io.Writer, s shared, linker *text.Linker) error {
	docs, ids, err := s.ontogum(c.Part, false)
	if err != nil {
		return err
	}
	genres := map[string][]chainTallies{}
	var all []chainTallies
	for i := range docs {
		found, err := linker.Chains(context.Background(), docs[i].Analysis)
		if err != nil {
			return err
		}
		t := tallyChains(docs[i].Chains, found)
		all = append(all, t)
		genres[corpus.Genre(ids[i])] = append(genres[corpus.Genre(ids[i])], t)
		if c.Show > 0 {
			showChains(w, &docs[i], found, c.Show)
		}
	}
	fmt.Fprintf(w, "\nontogum %s: CoNLL F1 %s\n", c.Part, conllInterval(all))
	var table score.Table
	table.Row("genre", "documents", "CoNLL", "MUC", "B³", "CEAFe", "mention recall", "mention precision")
	row := func(name string, units []chainTallies) {
		t := sumChains(units)
		table.Row(name, len(units), t.conll(), score.Harmonic(t.muc[0], t.muc[1]), score.Harmonic(t.cubed[0], t.cubed[1]),
			score.Harmonic(t.ceaf[0], t.ceaf[1]), t.mentions[0].Recall(), t.mentions[1].Recall())
	}
	row("all", all)
	var names []string
	for g := range genres {
		names = append(names, g)
	}
	sort.Strings(names)
	for _, g := range names {
		row(g, genres[g])
	}
	table.Print(w)
	return nil
}

func tallyChains(gold, found []text.CorefChain) chainTallies {
	key, response := chainKeys(gold), chainKeys(found)
	var t chainTallies
	t.muc[0], t.muc[1] = score.MUC(key, response)
	t.cubed[0], t.cubed[1] = score.BCubed(key, response)
	t.ceaf[0], t.ceaf[1] = score.CEAFe(key, response)
	t.mentions[0], t.mentions[1] = shareFound(key, response), shareFound(response, key)
	return t
}

func chainKeys(chains []text.CorefChain) score.Chains[[2]int] {
	var out score.Chains[[2]int]
	for _, c := range chains {
		out = append(out, c)
	}
	return out
}

func shareFound(of, in score.Chains[[2]int]) score.Tally {
	have := map[[2]int]bool{}
	for _, c := range in {
		for _, m := range c {
			have[m] = true
		}
	}
	var t score.Tally
	for _, c := range of {
		for _, m := range c {
			t.Gold++
			if have[m] {
				t.Right++
			}
		}
	}
	return t
}

func sumChains(units []chainTallies) chainTallies {
	var sum chainTallies
	for _, u := range units {
		sum.add(u)
	}
	return sum
}

func conllInterval(units []chainTallies) string {
	random := rand.New(rand.NewPCG(1, 2))
	var figures []float64
	for range score.Resamples {
		var sample chainTallies
		for range units {
			sample.add(units[random.IntN(len(units))])
		}
		figures = append(figures, sample.conll())
	}
	sort.Float64s(figures)
	sum := sumChains(units)
	return fmt.Sprintf("%.2f (%.2f–%.2f)", 100*sum.conll(), 100*figures[len(figures)*25/1000], 100*figures[len(figures)*975/1000])
}

// gap prints F1 of the decisions that a name is or is not the antecedent: with
// the two names given, as the task is set, and unaided, on the text alone.
func (c scoreCoref) gap(w io.Writer, s shared, linker *text.Linker) error {
	file := map[string]string{"train": "gap-development.tsv", "dev": "gap-validation.tsv", "test": "gap-test.tsv"}[c.Part]
	examples, err := s.gap(file)
	if err != nil {
		return err
	}
	for _, given := range []bool{true, false} {
		if err := c.gapTable(w, examples, linker, given); err != nil {
			return err
		}
	}
	return nil
}

func (c scoreCoref) gapTable(w io.Writer, examples []corpus.GapExample, linker *text.Linker, given bool) error {
	var all, feminine, masculine []score.Tally
	shown := 0
	for _, e := range examples {
		t, err := gapTally(linker, e, given)
		if err != nil {
			return err
		}
		all = append(all, t)
		if e.Feminine {
			feminine = append(feminine, t)
		} else {
			masculine = append(masculine, t)
		}
		if !given && shown < c.Show && t.Right < t.Gold {
			shown++
			fmt.Fprintf(w, "  %s: %q, %q %v: given %q\n    %s\n", e.ID, e.Pronoun, e.Names, e.Same, gapGiven(linker, e), e.Text)
		}
	}
	how := "unaided"
	if given {
		how = "names given"
	}
	fmt.Fprintf(w, "\ngap %s, %s: F1 %s; feminine %s, masculine %s; precision %s, recall %s\n", c.Part, how, score.Percent(all, nil),
		score.Percent(feminine, nil), score.Percent(masculine, nil), score.Percent(all, score.Tally.Precision), score.Percent(all, score.Tally.Recall))
	return nil
}

// gapGiven describes what the pronoun and the two names were taken for.
func gapGiven(linker *text.Linker, e corpus.GapExample) []string {
	a, err := readText(e.Text)
	if err != nil || linker.Run(context.Background(), a) != nil {
		return nil
	}
	name := func(i int) string {
		if i < 0 {
			return "nobody"
		}
		return fmt.Sprint(a.Entities[i].Name, "/", i)
	}
	return []string{name(entityAt(a, e.PronounAt, e.PronounAt+len(e.Pronoun))),
		name(entityAt(a, e.At[0], e.At[0]+len(e.Names[0]))), name(entityAt(a, e.At[1], e.At[1]+len(e.Names[1])))}
}

// gapTally counts one example: unaided, or with the two names given.
func gapTally(linker *text.Linker, e corpus.GapExample, given bool) (score.Tally, error) {
	a, err := readText(e.Text)
	if err != nil {
		return score.Tally{}, err
	}
	if given {
		err = chooseGap(linker, a, e)
	} else {
		err = linker.Run(context.Background(), a)
	}
	if err != nil {
		return score.Tally{}, err
	}
	var t score.Tally
	pronoun := entityAt(a, e.PronounAt, e.PronounAt+len(e.Pronoun))
	for i, name := range e.Names {
		same := pronoun >= 0 && entityAt(a, e.At[i], e.At[i]+len(name)) == pronoun
		if e.Same[i] {
			t.Gold++
		}
		if same {
			t.Given++
		}
		if same && e.Same[i] {
			t.Right++
		}
	}
	return t, nil
}

// chooseGap marks the two names as names of persons and lets the pronoun
// choose among them.
func chooseGap(linker *text.Linker, a *kith.Analysis, e corpus.GapExample) error {
	var among []int
	for i, name := range e.Names {
		first, last := tokenAt(a, e.At[i]), tokenAt(a, e.At[i]+len(name)-1)
		if first >= 0 && last >= first {
			giveName(a, first, last+1)
			among = append(among, nameHead(a, first, last+1))
		}
	}
	return linker.Choose(context.Background(), a, tokenAt(a, e.PronounAt), among)
}

// giveName puts a name of a person in place of those that it overlaps, unless
// one of them holds all of it.
func giveName(a *kith.Analysis, first, last int) {
	var names []kith.Name
	for _, n := range a.Names {
		if n.First <= first && n.Last >= last && n.Type == kith.Person {
			return
		}
		if n.Last <= first || n.First >= last {
			names = append(names, n)
		}
	}
	names = append(names, kith.Name{First: first, Last: last, Type: kith.Person, Score: 1})
	sort.Slice(names, func(i, j int) bool { return names[i].First < names[j].First })
	a.Names = names
}

// nameHead is the token that heads the name which holds the tokens.
func nameHead(a *kith.Analysis, first, last int) int {
	for _, n := range a.Names {
		if n.First <= first && n.Last >= last {
			first, last = n.First, n.Last
		}
	}
	for i := first; i < last; i++ {
		if h := a.Tokens[i].Head; (h < first || h >= last) && a.Tokens[i].Tag != kith.PUNCT {
			return i
		}
	}
	return last - 1
}

// entityAt is the entity of the shortest mention that overlaps the bytes and
// has its head there.
func entityAt(a *kith.Analysis, start, end int) int {
	best, size := -1, 1<<30
	for _, m := range a.Mentions {
		head := a.Tokens[m.Head].Span
		if head.Start < end && start < head.End && m.Entity >= 0 && m.Len() < size {
			best, size = m.Entity, m.Len()
		}
	}
	return best
}
