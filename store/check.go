package store

import (
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"

	"kith"
)

// check reports what keeps a reading out of the store and returns a copy in
// which every id is filled in.
func check(r *kith.Reading) (*kith.Reading, error) {
	c := *r
	d := &c.Document
	if !utf8.ValidString(d.Text) {
		return nil, fmt.Errorf("%w: the text of %q is not UTF-8", kith.ErrInvalid, d.Title)
	}
	if id := kith.NewDocumentID(d.Text); d.ID != id {
		return nil, fmt.Errorf("%w: document %s has the text of %s", kith.ErrInvalid, d.ID, id)
	}
	if c.Extractor == "" {
		return nil, fmt.Errorf("%w: the reading of %s names no extractor", kith.ErrInvalid, d.ID)
	}
	local, err := checkEntities(&c)
	if err != nil {
		return nil, err
	}
	if err := checkMentions(&c, local); err != nil {
		return nil, err
	}
	return &c, checkClaims(&c, local)
}

// checkEntities sets missing ids and refuses wrong ones. It returns the index
// of each id.
func checkEntities(r *kith.Reading) (map[kith.EntityID]int, error) {
	type named struct {
		name string
		kind kith.EntityType
	}
	count := map[named]int{}
	for _, e := range r.Entities {
		count[named{e.Name, e.Type}]++
	}
	local := make(map[kith.EntityID]int, len(r.Entities))
	entities := make([]kith.Entity, 0, len(r.Entities))
	ranks := map[named]int{}
	for _, e := range r.Entities {
		n := named{e.Name, e.Type}
		if e.ID == "" {
			e.ID = kith.NewEntityID(r.Document.ID, e.Name, e.Type, ranks[n])
		} else if !hasRank(r.Document.ID, e, count[n]) {
			return nil, fmt.Errorf("%w: entity %q (%s) of document %s has the id %s, which does not follow from its name and type",
				kith.ErrInvalid, e.Name, e.Type, r.Document.ID, e.ID)
		}
		ranks[n]++
		if _, twice := local[e.ID]; twice {
			return nil, fmt.Errorf("%w: entity %s (%q) stands twice in the reading of %s", kith.ErrInvalid, e.ID, e.Name, r.Document.ID)
		}
		local[e.ID] = len(entities)
		entities = append(entities, e)
	}
	r.Entities = entities
	return local, nil
}

func hasRank(doc kith.DocumentID, e kith.Entity, count int) bool {
	for rank := range count {
		if kith.NewEntityID(doc, e.Name, e.Type, rank) == e.ID {
			return true
		}
	}
	return false
}

// checkMentions sets each mention's entity id and drops mentions of nothing.
func checkMentions(r *kith.Reading, local map[kith.EntityID]int) error {
	mentions := make([]kith.Mention, 0, len(r.Mentions))
	for _, m := range r.Mentions {
		if m.ID == "" && m.Entity >= 0 && m.Entity < len(r.Entities) {
			m.ID = r.Entities[m.Entity].ID
		}
		if _, ok := local[m.ID]; !ok {
			continue
		}
		text := m.Cut(r.Document.Text)
		if text == "" || m.Text != "" && m.Text != text {
			return fmt.Errorf("%w: mention %q is not the text of %s from byte %d to %d", kith.ErrInvalid, m.Text, r.Document.ID, m.Start, m.End)
		}
		m.Text = text
		mentions = append(mentions, m)
	}
	r.Mentions = mentions
	return nil
}

// checkClaims holds every claim against the contract, seals it and drops
// repetitions. An end without an id becomes the entity of that name.
func checkClaims(r *kith.Reading, local map[kith.EntityID]int) error {
	claims := make([]kith.Claim, 0, len(r.Claims))
	seen := make(map[kith.ClaimID]bool, len(r.Claims))
	for _, c := range r.Claims {
		if c.Evidence.Document == "" {
			c.Evidence.Document = r.Document.ID
		}
		if c.Evidence.Document != r.Document.ID {
			return fmt.Errorf("%w: claim %s of document %s stands in the reading of %s", kith.ErrInvalid, c.ID, c.Evidence.Document, r.Document.ID)
		}
		if err := c.Check(r.Document.Text); err != nil {
			return fmt.Errorf("%w: %w", kith.ErrInvalid, err)
		}
		c.Review, c.Superseded = kith.Unreviewed, false
		if c.Extractor == "" {
			c.Extractor = r.Extractor
		}
		if err := setEnds(r, &c, local); err != nil {
			return err
		}
		if id := c.ComputeID(); c.ID == "" {
			c.ID = id
		} else if c.ID != id {
			return fmt.Errorf("%w: claim %s computes to %s; seal it after its last change", kith.ErrInvalid, c.ID, id)
		}
		if !seen[c.ID] {
			seen[c.ID] = true
			claims = append(claims, c)
		}
	}
	r.Claims = claims
	return nil
}

// setEnds makes sure that the claim's ends are entities of the reading.
func setEnds(r *kith.Reading, c *kith.Claim, local map[kith.EntityID]int) error {
	end := func(ref *kith.EntityRef) (*kith.EntityRef, error) {
		if ref == nil || ref.Name == "" {
			return nil, nil
		}
		out := *ref
		if out.ID == "" {
			out.ID = byName(r, out, local)
		}
		if _, ok := local[out.ID]; !ok {
			return nil, fmt.Errorf("%w: claim %s names %q by the id %s, which is no entity of the reading of %s",
				kith.ErrInvalid, c.ID, out.Name, out.ID, r.Document.ID)
		}
		return &out, nil
	}
	subject, err := end(&c.Subject)
	if err != nil {
		return err
	}
	c.Subject = *subject
	if c.Object, err = end(c.Object); err != nil {
		return err
	}
	if c.Qualifiers.Third, err = end(c.Qualifiers.Third); err != nil {
		return err
	}
	if c.Attribution != nil && c.Attribution.ID != "" {
		if _, ok := local[c.Attribution.ID]; !ok {
			plain := *c.Attribution
			plain.ID = ""
			c.Attribution = &plain
		}
	}
	return nil
}

// byName finds the reading's entity of that name and type, or adds it.
func byName(r *kith.Reading, ref kith.EntityRef, local map[kith.EntityID]int) kith.EntityID {
	for _, e := range r.Entities {
		if e.Name == ref.Name && e.Type == ref.Type {
			return e.ID
		}
	}
	id := kith.NewEntityID(r.Document.ID, ref.Name, ref.Type, 0)
	local[id] = len(r.Entities)
	r.Entities = append(r.Entities, kith.Entity{ID: id, Name: ref.Name, Type: ref.Type})
	return id
}

// digest names all that a reading says of its document.
func digest(r *kith.Reading) string {
	parts := make([]string, 0, 1+len(r.Claims)+2*len(r.Mentions)+3*len(r.Entities))
	parts = append(parts, r.Extractor)
	for _, c := range r.Claims {
		parts = append(parts, string(c.ID), string(c.Subject.ID), strconv.FormatFloat(c.Confidence, 'g', -1, 64))
		if c.Object != nil {
			parts = append(parts, string(c.Object.ID))
		}
	}
	for _, m := range r.Mentions {
		parts = append(parts, strconv.Itoa(m.Start), strconv.Itoa(m.End), string(m.ID))
	}
	for _, e := range r.Entities {
		parts = append(parts, string(e.ID), toJSON(e.Aliases), toJSON(e.Identifiers), strconv.FormatBool(e.Unnamed))
	}
	return kith.Hash(parts...)
}

var version = regexp.MustCompile(`/[^ ]*`)

// reader is an extractor's name without its version.
func reader(extractor string) string { return version.ReplaceAllString(extractor, "") }
