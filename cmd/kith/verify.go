package main

import (
	"fmt"

	"kith"
	"kith/store"
)

// verifyCmd checks the whole store: every quote is exactly its slice of its
// document, and every id recomputes from its content.
type verifyCmd struct {
	JSON bool `help:"Print the result as JSON."`
}

func (c *verifyCmd) Run(e *env) error {
	path, err := e.path()
	if err != nil {
		return err
	}
	s, err := store.Open(path, store.Options{MustExist: true})
	if err != nil {
		return err
	}
	defer s.Close()
	found, err := s.Verify(e.ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		err = e.json(found)
	} else {
		err = printVerification(e, found)
	}
	if err == nil && len(found.Problems) > 0 {
		return failed{fmt.Errorf("verify %s: %d problems", path, len(found.Problems))}
	}
	return err
}

func printVerification(e *env, found kith.Verification) error {
	for _, problem := range found.Problems {
		fmt.Fprintln(e.out, clean(problem))
	}
	_, err := fmt.Fprintf(e.out, "%d documents and %d claims checked, %d problems\n", found.Documents, found.Claims, len(found.Problems))
	return err
}
