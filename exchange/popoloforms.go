package exchange

import (
	"fmt"
	"slices"
)

// popoloRoot brings the forms in which Popolo is written to one: an object of
// lists. A file may be one person, a list of persons, or persons and
// organisations that hold their memberships.
func popoloRoot(n *Node) *Node {
	switch {
	case isPopoloPerson(n):
		n = &Node{Kids: []Node{{Key: "persons", List: true, Kids: []Node{*n}}}}
	case n.List && len(n.Kids) > 0 && isPopoloPerson(&n.Kids[0]):
		n = &Node{Kids: []Node{{Key: "persons", List: true, Kids: n.Kids}}}
	}
	if n.List {
		return n
	}
	l := &lifting{root: &Node{Kids: slices.Clone(n.Kids)}, seen: map[string]bool{}}
	for _, list := range popoloLists[:3] {
		l.list(list)
	}
	for _, m := range l.list("memberships").Kids {
		l.seen[m.Value("id")] = true
	}
	l.lift("persons", "person_id")
	l.lift("organizations", "organization_id")
	return l.root
}

// isPopoloPerson reports whether an object is a person with memberships.
func isPopoloPerson(n *Node) bool {
	m := n.Kid("memberships")
	return !n.List && m != nil && m.List && n.Value("name") != "" && n.Kid("persons") == nil
}

// lifting moves what records hold within them to the lists of the file.
type lifting struct {
	root  *Node
	seen  map[string]bool // ids of memberships
	fresh int
}

// list is a list of the file, made where it is missing.
func (l *lifting) list(name string) *Node {
	if k := l.root.Kid(name); k != nil {
		return k
	}
	l.root.Kids = append(l.root.Kids, Node{Key: name, List: true})
	return &l.root.Kids[len(l.root.Kids)-1]
}

// lift takes the memberships out of a list's records; key names the record in
// them.
func (l *lifting) lift(list, key string) {
	var lifted []Node
	records := l.list(list)
	records.Kids = slices.Clone(records.Kids)
	for i := range records.Kids {
		record := &records.Kids[i]
		held := record.Kid("memberships")
		if held == nil || !held.List {
			continue
		}
		id := l.name(record)
		for _, m := range held.Kids {
			m.Kids = slices.Clone(m.Kids)
			m.Key = ""
			if m.Value(key) == "" {
				m.Kids = append(m.Kids, Node{Key: key, Text: id})
			}
			if known := m.Value("id"); known == "" || !l.seen[known] {
				l.seen[known] = known != ""
				lifted = append(lifted, m)
			}
		}
	}
	for i := range lifted {
		for _, part := range [][2]string{{"person", "persons"}, {"organization", "organizations"}, {"on_behalf_of", "organizations"}, {"post", "posts"}, {"area", "areas"}} {
			l.part(&lifted[i], part[0], part[1])
		}
	}
	memberships := l.list("memberships")
	memberships.Kids = append(slices.Clone(memberships.Kids), lifted...)
}

// part moves an object that a membership holds to its list, once an id.
func (l *lifting) part(m *Node, key, list string) {
	held := m.Kid(key)
	if held == nil || len(held.Kids) == 0 || m.Value(key+"_id") != "" {
		return
	}
	record := Node{Kids: slices.Clone(held.Kids)}
	id := l.name(&record)
	m.Kids = append(slices.DeleteFunc(m.Kids, func(k Node) bool { return k.Key == key }), Node{Key: key + "_id", Text: id})
	to := l.list(list)
	for i := range to.Kids {
		if to.Kids[i].Value("id") == id {
			return
		}
	}
	to.Kids = append(slices.Clone(to.Kids), record)
}

// name is a record's id; one that has none gets one.
func (l *lifting) name(n *Node) string {
	if id := n.Value("id"); id != "" {
		return id
	}
	l.fresh++
	id := fmt.Sprintf("#%d", l.fresh)
	n.Kids = append(slices.Clone(n.Kids), Node{Key: "id", Text: id})
	return id
}

// otherLists are the lists of a file beside those that Popolo has for people:
// motions, votes, speeches.
func otherLists(root *Node) []string {
	var out []string
	for i := range root.Kids {
		if k := &root.Kids[i]; k.List && !slices.Contains(popoloLists, k.Key) {
			out = append(out, k.Key)
		}
	}
	return out
}
