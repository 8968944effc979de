package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"kith"
	"kith/store"
)

// forgetCmd removes a document on purpose.
type forgetCmd struct {
	signed
	Document string `arg:"" help:"Id of the document, or the start of one."`
	Yes      bool   `help:"Do not ask."`
}

func (c *forgetCmd) Run(e *env) error {
	return e.deciding(func(s *store.Store, v kith.View) error {
		doc, err := v.Document(e.ctx, kith.DocumentID(c.Document))
		if err != nil {
			return err
		}
		if !c.Yes && !e.sure(fmt.Sprintf("Remove %s with its text, its claims and corrections of them? This cannot be undone.", documentName(doc))) {
			return failed{errors.New("forget: not confirmed")}
		}
		if err := s.Forget(e.ctx, doc.ID, c.signed.name(), c.Why); err != nil {
			return err
		}
		e.note("%s is forgotten; that it was is recorded.", documentName(doc))
		return nil
	})
}

// sure asks a question that only "yes" answers.
func (e *env) sure(question string) bool {
	fmt.Fprintf(e.err, "%s [yes/no] ", question)
	line, _ := bufio.NewReader(e.in).ReadString('\n')
	if strings.EqualFold(strings.TrimSpace(line), "yes") {
		return true
	}
	e.note("Nothing is changed. (Say yes, or use --yes.)")
	return false
}
