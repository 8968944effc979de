package graph

import (
	"slices"
	"strings"

	"kith"
)

// table holds many short texts end to end: text i runs from end[i-1] to end[i].
type table struct {
	end  []uint32
	text []byte
}

func (t *table) len() int { return len(t.end) }

func (t *table) at(i uint32) string {
	from := uint32(0)
	if i > 0 {
		from = t.end[i-1]
	}
	return string(t.text[from:t.end[i]])
}

// tableWriter fills a table.
type tableWriter struct{ table }

func (w *tableWriter) add(s string) {
	w.text = append(w.text, s...)
	w.end = append(w.end, uint32(len(w.text)))
}

func (w *tableWriter) copy(t *table) {
	w.text, w.end = slices.Clone(t.text), slices.Clone(t.end)
}

// copyBut copies a table of names, but for those that are called otherwise
// now.
func (w *tableWriter) copyBut(t *table, renamed map[uint32]kith.EntityRef) {
	if len(renamed) == 0 {
		w.copy(t)
		return
	}
	for i := range uint32(t.len()) {
		if ref, ok := renamed[i]; ok {
			w.add(ref.Name)
		} else {
			w.add(t.at(i))
		}
	}
}

// types lists the entity types by code.
var types = []kith.EntityType{"", kith.Person, kith.Organization, kith.Place, kith.EventType, kith.Group}

func typeCode(t kith.EntityType) uint8 { return uint8(max(0, slices.Index(types, t))) }

// Entity is the entity of a node.
func (s *Snapshot) Entity(x uint32) kith.EntityRef {
	return kith.EntityRef{ID: kith.EntityID(s.entityIDs.at(x)), Name: s.entityNames.at(x), Type: s.TypeOf(x)}
}

// TypeOf is the type of a node's entity.
func (s *Snapshot) TypeOf(x uint32) kith.EntityType {
	return types[min(int(s.entityTypes[x]), len(types)-1)]
}

// Predicate is the predicate of a code.
func (s *Snapshot) Predicate(code uint8) kith.Predicate { return s.predicates[code] }

// Node returns the number of an entity.
func (s *Snapshot) Node(id kith.EntityID) (uint32, bool) {
	if s == nil {
		return 0, false
	}
	at, ok := slices.BinarySearchFunc(s.byID, string(id), func(x uint32, id string) int {
		return strings.Compare(s.entityIDs.at(x), id)
	})
	if !ok {
		return 0, false
	}
	return s.byID[at], true
}

// findDoc returns the number of a document: its first one, where it was added
// again.
func (s *Snapshot) findDoc(id kith.DocumentID) (uint32, bool) {
	if s == nil {
		return 0, false
	}
	at, ok := slices.BinarySearchFunc(s.docByID, string(id), func(x uint32, id string) int {
		return strings.Compare(s.docIDs.at(x), id)
	})
	if !ok {
		return 0, false
	}
	return s.docByID[at], true
}

// HasDocument reports whether the snapshot was made from the document.
func (s *Snapshot) HasDocument(id kith.DocumentID) bool {
	_, ok := s.findDoc(id)
	return ok
}

// Documents is how many documents the snapshot was made from; those that were
// added again count twice.
func (s *Snapshot) Documents() int { return s.docIDs.len() }

// SourceOf is the independent source that a document counts as, and whether
// the snapshot knows the document.
func (s *Snapshot) SourceOf(id kith.DocumentID) (kith.DocumentID, bool) {
	n, ok := s.findDoc(id)
	if !ok || s.docs == nil {
		return id, ok
	}
	return kith.DocumentID(s.docIDs.at(s.docs[n].Source)), true
}

// index orders the ids and the predicates for looking up.
func (s *Snapshot) index() {
	s.byID = identity(s.entityIDs.len())
	slices.SortFunc(s.byID, func(x, y uint32) int { return strings.Compare(s.entityIDs.at(x), s.entityIDs.at(y)) })
	s.docByID = identity(s.docIDs.len())
	slices.SortStableFunc(s.docByID, func(x, y uint32) int { return strings.Compare(s.docIDs.at(x), s.docIDs.at(y)) })
	s.codes()
}

func (s *Snapshot) codes() {
	s.predicateCode = map[kith.Predicate]uint8{}
	for i, p := range s.predicates {
		s.predicateCode[p] = uint8(i)
	}
}
