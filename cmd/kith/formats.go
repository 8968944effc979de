package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"kith/exchange"
)

// formatsCmd lists the formats that kith reads and writes.
type formatsCmd struct {
	JSON bool `help:"Print the formats as JSON, one a line."`
}

func (c *formatsCmd) Run(e *env) error {
	w := tabwriter.NewWriter(e.out, 0, 4, 2, ' ', 0)
	for _, f := range exchange.Formats() {
		if c.JSON {
			if err := e.json(f); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", f.Name, f.Label, f.Verbs(), strings.Join(f.Extensions, " "), f.Limits)
	}
	return w.Flush()
}
