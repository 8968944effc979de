package store

import (
	"strings"

	"kith"
)

// isRow reports whether the document is one record of a structured file. Rows
// of one table share most of their words and often one address, and are
// neither copies nor versions of each other.
func isRow(d *kith.Document) bool {
	return len(d.Blocks) == 1 && d.Blocks[0].Kind == kith.Row && d.Blocks[0].Len() == len(d.Text)
}

// putKin finds what a new document is kin to: the earlier version that it
// replaces, and the text that it copies.
func (t *tx) putKin(d *kith.Document, at string, added *kith.Added) error {
	if isRow(d) {
		return nil
	}
	shingles := shingle(d.Text)
	sketch := sample(shingles)
	near, similarity, err := t.nearest(d, shingles, sketch)
	if err != nil {
		return err
	}
	if added.Replaces, err = t.earlierVersion(d, near); err != nil {
		return err
	}
	if added.Replaces != "" {
		if err := t.exec("INSERT INTO versions (document, replaces, at) VALUES (?, ?, ?)", d.ID, added.Replaces, at); err != nil {
			return err
		}
		if similarity == 0 || near != added.Replaces {
			near, similarity = added.Replaces, 1
		}
	}
	if near != "" {
		if err := t.putCopy(d.ID, near, similarity, at); err != nil {
			return err
		}
		if added.Replaces == "" {
			added.CopyOf = near
		}
	}
	sketches := &rows{into: "INSERT OR IGNORE INTO sketches (hash, document)", columns: 2}
	for _, h := range sketch {
		sketches.add(int64(h), string(d.ID))
	}
	return sketches.each(t.exec)
}

// earlierVersion is the newest document that was seen at the address of d. A
// file that changed in place is a version where the texts are near, too.
func (t *tx) earlierVersion(d *kith.Document, near kith.DocumentID) (kith.DocumentID, error) {
	var id kith.DocumentID
	if d.Address != "" {
		_, err := t.first([]any{&id}, `SELECT document FROM appearances WHERE address = ?1 AND address <> '' AND document <> ?2
			ORDER BY seen DESC LIMIT 1`, d.Address, d.ID)
		return id, err
	}
	if d.Path == "" || d.Path == "-" || near == "" {
		return "", nil
	}
	_, err := t.first([]any{&id}, `SELECT document FROM appearances WHERE path = ?1 AND path <> '' AND document = ?2 LIMIT 1`, d.Path, near)
	return id, err
}

// anchorVersions says, for a document that replaces another, where the quotes
// of the earlier one's claims stand now, and lets decisions on them hold.
func (t *tx) anchorVersions(r *kith.Reading, at string, added *kith.Added) error {
	doc := r.Document.ID
	olds, err := column[kith.DocumentID](&t.queries, "SELECT replaces FROM versions WHERE document = ?", doc)
	if err != nil {
		return err
	}
	for _, old := range olds {
		var oldText string
		if _, err := t.first([]any{&oldText}, "SELECT text FROM documents WHERE id = ?", old); err != nil {
			return err
		}
		move := func(s kith.Span) (kith.Span, bool) { return anchor(oldText, s, r.Document.Text) }
		if err := t.anchorClaims(doc, old, move, added); err != nil {
			return err
		}
		var n int64
		if _, err := t.first([]any{&n}, "SELECT max(n) FROM readings WHERE document = ?", doc); err != nil {
			return err
		}
		if err := t.carryDecisions(old, doc, n, at, move); err != nil {
			return err
		}
		if err := t.refresh(old); err != nil {
			return err
		}
	}
	if len(olds) == 0 {
		return nil
	}
	return t.refresh(doc)
}

func (t *tx) anchorClaims(doc, old kith.DocumentID, move func(kith.Span) (kith.Span, bool), added *kith.Added) error {
	type place struct {
		id kith.ClaimID
		kith.Span
	}
	var places []place
	err := t.each(func(scan func(...any) error) error {
		var p place
		err := scan(&p.id, &p.Start, &p.End)
		places = append(places, p)
		return err
	}, "SELECT v.id, c.start_byte, c.end_byte FROM visible v JOIN claims c ON c.n = v.claim WHERE v.document = ? ORDER BY c.n", old)
	if err != nil {
		return err
	}
	for _, p := range places {
		now, ok := move(p.Span)
		fresh, err := t.run(`INSERT INTO anchors (document, from_document, claim, start_byte, end_byte, lost) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, doc, old, p.id, now.Start, now.End, !ok)
		if err != nil {
			return err
		}
		switch {
		case fresh > 0 && ok:
			added.Anchored++
		case fresh > 0:
			added.Lost++
		}
	}
	return nil
}

// anchor finds the words of a span in a newer text. They must stand there
// exactly; where they do so more than once, the place is taken whose
// surroundings agree best.
func anchor(old string, s kith.Span, text string) (kith.Span, bool) {
	quote := s.Cut(old)
	if quote == "" {
		return kith.Span{}, false
	}
	best, score := -1, -1
	for from := 0; from <= len(text); {
		i := strings.Index(text[from:], quote)
		if i < 0 {
			break
		}
		i += from
		if n := agreement(old[:s.Start], text[:i], true) + agreement(old[s.End:], text[i+len(quote):], false); n > score {
			best, score = i, n
		}
		from = i + len(quote)
	}
	if best < 0 {
		return kith.Span{}, false
	}
	return kith.Span{Start: best, End: best + len(quote)}, true
}

// agreement counts the bytes, at most 64, that two texts share at their ends
// (or at their starts).
func agreement(a, b string, ends bool) int {
	n := min(len(a), len(b), 64)
	for i := range n {
		x, y := i, i
		if ends {
			x, y = len(a)-1-i, len(b)-1-i
		}
		if a[x] != b[y] {
			return i
		}
	}
	return n
}
