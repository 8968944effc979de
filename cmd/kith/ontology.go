package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kith"
	"kith/ontology"
)

// ontologyCmd shows and checks the predicates.
type ontologyCmd struct {
	Check ontologyCheckCmd `cmd:"" help:"Check the predicate files; name file, line and a suggestion for each mistake."`
	List  ontologyListCmd  `cmd:"" help:"List the predicates."`
	Show  ontologyShowCmd  `cmd:"" help:"Show one predicate."`
}

type ontologyCheckCmd struct{}

func (ontologyCheckCmd) Run(e *env) error {
	o, err := ontology.Load(e.knowledge())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "%d predicates, no mistakes\n", len(o.Predicates))
	return err
}

type ontologyListCmd struct {
	JSON bool `help:"Print as JSON, one predicate a line."`
}

func (c *ontologyListCmd) Run(e *env) error {
	o, err := ontology.Load(e.knowledge())
	if err != nil {
		return err
	}
	for i := range o.Predicates {
		p := &o.Predicates[i]
		if c.JSON {
			err = e.json(p)
		} else {
			_, err = fmt.Fprintf(e.out, "%-18s %s → %s: %s\n", p.Name, kinds(p.Subject), cmp.Or(kinds(p.Object), "a value"), p.Definition)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type ontologyShowCmd struct {
	Name string `arg:"" help:"Name of the predicate."`
}

func (c *ontologyShowCmd) Run(e *env) error {
	if err := knownPredicate(e, c.Name); err != nil {
		return err
	}
	o, err := ontology.Load(e.knowledge())
	if err != nil {
		return err
	}
	p := o.Find(kith.Predicate(c.Name))
	fmt.Fprintf(e.out, "%s: %s\n%s → %s\n", p.Name, p.Definition, kinds(p.Subject), cmp.Or(kinds(p.Object), "a value"))
	for _, example := range p.Examples {
		if _, err := fmt.Fprintf(e.out, "  “%s”\n", oneLine(example.Text)); err != nil {
			return err
		}
	}
	return nil
}

func kinds(types []kith.EntityType) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = string(t)
	}
	slices.Sort(names)
	return strings.Join(names, " or ")
}
