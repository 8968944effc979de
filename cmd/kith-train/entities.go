package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"kith/text"
)

// entitiesCommand prints the entities of a text from standard input.
type entitiesCommand struct {
	Mentions bool `help:"Print all mentions too."`
}

func (c entitiesCommand) Run(shared) error {
	content, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	a, err := readText(string(content))
	if err != nil {
		return err
	}
	if err := text.Coreference.Run(context.Background(), a); err != nil {
		return err
	}
	for i, e := range a.Entities {
		fmt.Printf("%d %s %q unnamed=%v %q\n", i, e.Type, e.Name, e.Unnamed, e.Aliases)
		for _, m := range a.Mentions {
			if m.Entity == i && c.Mentions {
				fmt.Printf("      %s %d %q\n", m.Kind, m.Start, m.Text)
			}
		}
	}
	return nil
}
