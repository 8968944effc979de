package corpus

import (
	"fmt"
	"strconv"
	"strings"
)

// ChainDocument is a document of tokens with coreference chains: runs of
// tokens [first, last) by chain, chains in the order of their numbers' first
// appearance.
type ChainDocument struct {
	ID     string
	Words  []string
	Breaks []int // tokens after which a sentence ends, where the corpus says
	Chains [][][2]int
}

// ReadChains reads a file in the bracket notation of the CoNLL shared tasks.
// The word stands in column word and the brackets in the last column.
func ReadChains(path string, word int) ([]ChainDocument, error) {
	var docs []ChainDocument
	var r *chainReader
	err := Lines(path, func(line string) error {
		if id, ok := documentStart(line); ok {
			docs = append(docs, ChainDocument{ID: id})
			r = &chainReader{open: map[string][]int{}, index: map[string]int{}}
			return nil
		}
		if r == nil || strings.HasPrefix(line, "#end") || strings.HasPrefix(line, "# end") {
			return nil
		}
		d := &docs[len(docs)-1]
		f := strings.Split(strings.TrimRight(line, "\t"), "\t")
		if strings.TrimSpace(line) == "" {
			if n := len(d.Words); n > 0 {
				d.Breaks = append(d.Breaks, n)
			}
			return nil
		}
		if len(f) <= word+1 {
			return fmt.Errorf("%d columns", len(f))
		}
		d.Words = append(d.Words, f[word])
		return r.brackets(d, f[len(f)-1])
	})
	if err != nil {
		return nil, fmt.Errorf("read chains %s: %w", path, err)
	}
	return docs, nil
}

func documentStart(line string) (string, bool) {
	for _, prefix := range []string{"# begin document ", "#begin document "} {
		if id, ok := strings.CutPrefix(line, prefix); ok {
			return strings.TrimSpace(id), true
		}
	}
	return "", false
}

type chainReader struct {
	open  map[string][]int
	index map[string]int
}

// brackets reads "(1|(2)" and the like: "(1" opens, "2)" closes.
func (r *chainReader) brackets(d *ChainDocument, cell string) error {
	at := len(d.Words) - 1
	for len(cell) > 0 {
		if cell[0] == '_' || cell[0] == '|' || cell[0] == '-' {
			cell = cell[1:]
			continue
		}
		opens := cell[0] == '('
		cell = strings.TrimPrefix(cell, "(")
		n := 0
		for n < len(cell) && cell[n] >= '0' && cell[n] <= '9' {
			n++
		}
		if n == 0 {
			return fmt.Errorf("brackets %q", cell)
		}
		id := cell[:n]
		cell = cell[n:]
		if opens {
			r.open[id] = append(r.open[id], at)
		}
		if strings.HasPrefix(cell, ")") {
			cell = cell[1:]
			starts := r.open[id]
			if len(starts) == 0 {
				return fmt.Errorf("chain %s closes and was not open", id)
			}
			r.add(d, id, starts[len(starts)-1], at+1)
			r.open[id] = starts[:len(starts)-1]
		}
	}
	return nil
}

func (r *chainReader) add(d *ChainDocument, id string, first, last int) {
	c, ok := r.index[id]
	if !ok {
		c = len(d.Chains)
		r.index[id] = c
		d.Chains = append(d.Chains, nil)
	}
	d.Chains[c] = append(d.Chains[c], [2]int{first, last})
}

// GapExample is one example of GAP: a pronoun and two names, by byte offsets,
// and whether each is the pronoun's antecedent.
type GapExample struct {
	ID, Text  string
	Pronoun   string
	PronounAt int
	Names     [2]string
	At        [2]int
	Same      [2]bool
	Feminine  bool
}

// ReadGap reads a file of GAP (Webster and others 2018).
func ReadGap(path string) ([]GapExample, error) {
	var out []GapExample
	err := Lines(path, func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) < 11 {
			return fmt.Errorf("%d columns, want 11", len(f))
		}
		if f[0] == "ID" {
			return nil
		}
		e := GapExample{ID: f[0], Text: f[1], Pronoun: f[2], Names: [2]string{f[4], f[7]}}
		offsets := byteOffsets(f[1])
		for i, cell := range []string{f[3], f[5], f[8]} {
			n, err := strconv.Atoi(cell)
			if err != nil || n < 0 || n >= len(offsets) {
				return fmt.Errorf("offset %q", cell)
			}
			if i == 0 {
				e.PronounAt = offsets[n]
			} else {
				e.At[i-1] = offsets[n]
			}
		}
		e.Same = [2]bool{strings.EqualFold(f[6], "true"), strings.EqualFold(f[9], "true")}
		p := strings.ToLower(e.Pronoun)
		e.Feminine = p == "she" || p == "her" || p == "hers" || p == "herself"
		out = append(out, e)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read gap %s: %w", path, err)
	}
	return out, nil
}

// byteOffsets gives the byte at which each character begins, and the end.
func byteOffsets(text string) []int {
	var out []int
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}
