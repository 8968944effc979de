package main

import (
	"fmt"

	"kith"
)

// claimsCmd lists claims that fit all of its flags.
type claimsCmd struct {
	clocks
	About     string   `help:"Only claims about this person, organisation, place or event." placeholder:"NAME"`
	Predicate []string `help:"Only claims of this predicate; may be given several times." placeholder:"P"`
	Document  string   `help:"Only claims of this document (id, or the start of one)." placeholder:"DOC"`
	Rejected  bool     `help:"Show rejected claims too."`
	Limit     int      `help:"At most so many." placeholder:"N"`
	JSON      bool     `help:"Print claims as JSON, one a line."`
}

func (c *claimsCmd) Run(e *env) error {
	v, done, err := e.view(c.clocks)
	if err != nil {
		return err
	}
	defer done()
	filter, err := c.filter(e, v)
	if err != nil {
		return err
	}
	list := newClaimList(e, v)
	for claim, err := range v.Claims(e.ctx, filter) {
		if err != nil {
			return err
		}
		if c.JSON {
			err = e.json(claim)
		} else {
			err = list.add(&claim)
		}
		if err != nil {
			return err
		}
	}
	if c.JSON {
		return nil
	}
	return list.end()
}

func (c *claimsCmd) filter(e *env, v kith.View) (kith.ClaimFilter, error) {
	f := kith.ClaimFilter{Rejected: c.Rejected, Limit: c.Limit}
	for _, p := range c.Predicate {
		if err := knownPredicate(e, p); err != nil {
			return f, err
		}
		f.Predicates = append(f.Predicates, kith.Predicate(p))
	}
	if c.About != "" {
		entity, err := v.Find(e.ctx, c.About)
		if err != nil {
			return f, err
		}
		f.About = entity.ID
	}
	if c.Document != "" {
		doc, err := v.Document(e.ctx, kith.DocumentID(c.Document))
		if err != nil {
			return f, err
		}
		f.Document = doc.ID
	}
	return f, nil
}

// claimList prints claims with the numbers of their quotes, and the quotes
// below.
type claimList struct {
	e      *env
	v      kith.View
	titles map[kith.DocumentID]string
	quotes []kith.Evidence
	number map[kith.Evidence]int
}

func newClaimList(e *env, v kith.View) *claimList {
	return &claimList{e: e, v: v, titles: map[kith.DocumentID]string{}, number: map[kith.Evidence]int{}}
}

func (l *claimList) add(c *kith.Claim) error {
	n, ok := l.number[c.Evidence]
	if !ok {
		l.quotes = append(l.quotes, c.Evidence)
		n = len(l.quotes)
		l.number[c.Evidence] = n
	}
	_, err := fmt.Fprintf(l.e.out, "%s  %s [%d]\n", short(string(c.ID)), claimLine(c), n)
	return err
}

func (l *claimList) end() error {
	if len(l.quotes) == 0 {
		l.e.note("No claims fit.")
		return nil
	}
	fmt.Fprintln(l.e.out)
	for i, q := range l.quotes {
		title, err := l.title(q.Document)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(l.e.out, "[%d] %s\n    — %s, bytes %d to %d\n", i+1, oneLine(q.Quote), title, q.Start, q.End); err != nil {
			return err
		}
	}
	return nil
}

func (l *claimList) title(id kith.DocumentID) (string, error) {
	if t, ok := l.titles[id]; ok {
		return t, nil
	}
	doc, err := l.v.Document(l.e.ctx, id)
	if err != nil {
		return "", err
	}
	l.titles[id] = documentName(doc)
	return l.titles[id], nil
}
