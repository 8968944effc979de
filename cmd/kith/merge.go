package main

import (
	"fmt"
	"strings"

	"kith"
	"kith/store"
)

// mergeCmd makes several entries one.
type mergeCmd struct {
	signed
	Names []string `arg:"" name:"name" help:"Two or more names or ids of one and the same."`
}

func (c *mergeCmd) Run(e *env) error {
	return regroup(e, c.signed.decision(kith.Merge), c.Names, "%s are one now")
}

// apartCmd holds entries apart, whatever later documents suggest.
type apartCmd struct {
	signed
	Names []string `arg:"" name:"name" help:"Two or more names or ids of different ones."`
}

func (c *apartCmd) Run(e *env) error {
	return regroup(e, c.signed.decision(kith.Apart), c.Names, "%s will be kept apart")
}

func regroup(e *env, d *kith.Decision, names []string, done string) error {
	if len(names) < 2 {
		return usage{fmt.Errorf("%s: name at least two", d.Action)}
	}
	return e.deciding(func(s *store.Store, v kith.View) error {
		var said []string
		for _, name := range names {
			entity, err := v.Find(e.ctx, name)
			if err != nil {
				return err
			}
			d.Entities = append(d.Entities, entity.ID)
			said = append(said, fmt.Sprintf("%s (%s)", clean(entity.Name), short(string(entity.ID))))
		}
		if d.Entities[0] == d.Entities[1] {
			return usage{fmt.Errorf("%s: %s and %s are one entry; use their ids, or split it", d.Action, names[0], names[1])}
		}
		if err := s.Decide(e.ctx, d); err != nil {
			return err
		}
		e.decided(d, fmt.Sprintf(done, strings.Join(said, " and ")))
		return nil
	})
}

// splitCmd takes members out of an entry; without any it lists them.
type splitCmd struct {
	signed
	clocks
	Name    string   `arg:"" help:"Name or id of the entry."`
	Members []string `arg:"" optional:"" name:"member" help:"What to take out, together: ids of members, or of documents that mean another. None: list the members."`
}

func (c *splitCmd) Run(e *env) error {
	if len(c.Members) == 0 {
		return c.list(e)
	}
	if err := c.clocks.none("split"); err != nil {
		return err
	}
	return e.deciding(func(s *store.Store, v kith.View) error {
		entity, err := v.Find(e.ctx, c.Name)
		if err != nil {
			return err
		}
		members, err := membersOf(e, v, entity)
		if err != nil {
			return err
		}
		out, err := chosen(members, c.Members)
		if err != nil {
			return err
		}
		d := c.signed.decision(kith.Split)
		d.Entities = append([]kith.EntityID{entity.ID}, out...)
		if err := s.Decide(e.ctx, d); err != nil {
			return err
		}
		e.decided(d, fmt.Sprintf("%d of %d members of %s are an entry of their own now", len(out), len(members), clean(entity.Name)))
		return nil
	})
}

// list shows the members of the entry.
func (c *splitCmd) list(e *env) error {
	v, done, err := e.view(c.clocks)
	if err != nil {
		return err
	}
	defer done()
	entity, err := v.Find(e.ctx, c.Name)
	if err != nil {
		return err
	}
	members, err := membersOf(e, v, entity)
	if err != nil {
		return err
	}
	return listMembers(e, members)
}

// member is an entity of one document, within an entry.
type member struct {
	id       kith.EntityID
	name     string
	document kith.DocumentID
	title    string
}

// membersOf finds out of which documents an entry's members are.
func membersOf(e *env, v kith.View, entity *kith.Entity) ([]member, error) {
	var out []member
	for _, id := range entity.Members {
		local, document, err := v.Local(e.ctx, id)
		if err != nil {
			return nil, err
		}
		doc, err := v.Document(e.ctx, document)
		if err != nil {
			return nil, err
		}
		m := member{id: id, name: local.Name, document: document, title: documentName(doc)}
		out = append(out, m)
	}
	return out, nil
}

func listMembers(e *env, members []member) error {
	for _, m := range members {
		if _, err := fmt.Fprintf(e.out, "%s  %s, in %s (%s)\n", short(string(m.id)), clean(m.name), m.title, short(string(m.document))); err != nil {
			return err
		}
	}
	e.note("Take some out with: kith split NAME MEMBER…")
	return nil
}

// chosen finds the members that the arguments mean, by their own ids or those
// of their documents.
func chosen(members []member, args []string) ([]kith.EntityID, error) {
	var out []kith.EntityID
	for _, arg := range args {
		found := false
		for _, m := range members {
			if len(arg) > 2 && (strings.HasPrefix(string(m.id), arg) || strings.HasPrefix(string(m.document), arg)) {
				out, found = append(out, m.id), true
			}
		}
		if !found {
			return nil, fmt.Errorf("split: %s is no member, nor a document of one; list them with: kith split NAME", arg)
		}
	}
	return out, nil
}
