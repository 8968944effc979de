package main

import (
	"fmt"
	"io"

	"kith/text"
)

// showChains prints the mentions of the corpus that were not found and the
// links that are wrong, the first n of each.
func showChains(w io.Writer, d *text.CorefDocument, found []text.CorefChain, n int) {
	cut := func(span [2]int) string {
		return d.Analysis.Document.Text[d.Analysis.Tokens[span[0]].Start:d.Analysis.Tokens[span[1]-1].End]
	}
	gold := map[[2]int]int{}
	for c, chain := range d.Chains {
		for _, m := range chain {
			gold[m] = c
		}
	}
	have := map[[2]int]bool{}
	shown := 0
	for _, chain := range found {
		for i, m := range chain {
			have[m] = true
			if i > 0 && shown < n {
				a, okA := gold[chain[i-1]]
				b, okB := gold[m]
				if okA && okB && a != b {
					fmt.Fprintf(w, "  wrong link: %q … %q\n", cut(chain[i-1]), cut(m))
					shown++
				}
			}
		}
	}
	shown = 0
	for _, chain := range d.Chains {
		for i, m := range chain {
			if !have[m] && shown < n {
				other := chain[max(0, i-1)]
				if i == 0 {
					other = chain[len(chain)-1]
				}
				fmt.Fprintf(w, "  missed: %q (with %q)\n", cut(m), cut(other))
				shown++
			}
		}
	}
}
