package answer

import (
	"cmp"
	"fmt"
	"slices"

	"kith"
	"kith/graph"
	"kith/query"
)

// net is the snapshot with the question's filters in its terms.
type net struct {
	*graph.Snapshot
	filter graph.Filter
}

// pathless are predicates that make nobody know anybody: a likeness drawn by
// a text, a place.
var pathless = []kith.Predicate{"compared_to", "located_in", "held_office", "candidate_for", "also_known_as"}

// network opens the snapshot under the question's filters. Paths do not run
// through places.
func (a *asker) network() (*net, error) {
	s, err := a.snapshot()
	if err != nil {
		return nil, err
	}
	f := graph.Filter{Without: s.Codes(pathless...), NoHedged: a.o.NoHedged, Reviewed: a.o.Reviewed, MinSources: a.o.MinSources}
	f.Avoid = func(x uint32) bool { return s.TypeOf(x) == kith.Place }
	if w := a.view.At().World; w != "" {
		f.As, f.States = [2]int32{graph.Day(w.First(), 0), graph.Day(w.Last(), 0)}, s.Codes(states...)
	}
	if a.q.Kind != query.Changes {
		if a.q.From != "" {
			f.From = graph.Day(a.q.From.First(), 0)
		}
		if a.q.To != "" {
			f.To = graph.Day(a.q.To.Last(), 0)
		}
	}
	if k := a.view.At().Known; !k.IsZero() && a.o.Graph != nil {
		f.Known = uint32(max(k.Unix(), 1))
	}
	n := &net{s, f}
	a.leaveTies(n)
	return n, nil
}

// leaveTies counts what the filters leave out of the whole network. Claims
// that the answer meets besides are counted with them, once.
func (a *asker) leaveTies(n *net) {
	out := n.LeftOut(&n.filter)
	for _, r := range []struct {
		reason graph.Reason
		why    string
	}{
		{graph.NotReviewed, whyUnreviewed}, {graph.IsHedged, whyHedged}, {graph.NotThen, a.whyNotThen()},
		{graph.OtherTime, "claims of another time"}, {graph.LaterKnown, "claims that kith learned later"},
	} {
		a.leaveMany(r.why+", in the whole network", out[r.reason])
	}
	a.leaveMany(fmt.Sprintf("pairs on fewer than %d independent sources, in the whole network", a.o.MinSources), n.Thin(&n.filter))
}

// nodes are the places of the first n names of the question in the graph. An
// entity without any tie has none.
func (a *asker) nodes(n *net, count int) ([]*kith.Entity, []uint32, error) {
	found, err := a.subjects(count)
	if err != nil {
		return nil, nil, err
	}
	nodes := make([]uint32, len(found))
	for i, e := range found {
		node, ok := n.Node(e.ID)
		if !ok {
			return found, nil, nil
		}
		nodes[i] = node
	}
	return found, nodes, nil
}

// hop gives the lines between two neighbours on a path, the strongest first.
func (a *asker) hop(n *net, section string, x, y uint32) ([]Line, error) {
	var claims []*kith.Claim
	for _, id := range n.Claims(x, y, &n.filter) {
		c, err := a.claim(id)
		if err != nil {
			return nil, fmt.Errorf("read claim %s of a path: %w", id, err)
		}
		if a.refuse(c) == "" {
			claims = append(claims, c)
		}
	}
	lines := a.fold(section, claims)
	slices.SortStableFunc(lines, func(l, m Line) int {
		switch lw, mw := carries(&l), carries(&m); {
		case lw > mw:
			return -1
		case lw < mw:
			return 1
		}
		return cmp.Or(telling(&l)-telling(&m), len(m.Claims)-len(l.Claims))
	})
	return lines, nil
}

// telling ranks what binds two people, so that of equally strong ties the one
// that says most is shown: kin before work, work before support and rivalry,
// and talk last.
func telling(l *Line) int {
	switch {
	case one(kin, l.Predicate):
		return 0
	case one([]kith.Predicate{"employed_by", "led", "member_of", "founded", "owns", "part_of", "appointed", "succeeded", "educated_at"}, l.Predicate):
		return 1
	case one([]kith.Predicate{"met_with", "communicated_with", "consulted"}, l.Predicate):
		return 3
	case one(speech, l.Predicate):
		return 4
	}
	return 2
}

// carries is how far a line carries a path.
func carries(l *Line) float64 { return l.Strength * graph.Weight(l.Modality) }

// path is the strongest and the shortest chain from A to B and further ones.
func path(a *asker) error {
	n, err := a.network()
	if err != nil {
		return err
	}
	found, nodes, err := a.nodes(n, 2)
	if err != nil {
		return err
	}
	if nodes == nil || found[0].ID == found[1].ID {
		a.leaveMany(fmt.Sprintf("no chain of claims joins %s and %s", found[0].Name, found[1].Name), 1)
		return nil
	}
	want := a.q.Count
	if want == 0 {
		want = 3
	}
	paths, err := a.paths(n, nodes, want)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		a.leaveMany(fmt.Sprintf("no chain of claims joins %s and %s", found[0].Name, found[1].Name), 1)
		return nil
	}
	for i, p := range paths {
		if err := a.addPath(n, p, pathTitle(i, p, paths)); err != nil {
			return err
		}
	}
	return nil
}

// paths finds the strongest path and the shortest ones. Where lines need several
// sources, a pair may have them only over ties that differ: such pairs are
// refused, and the search begins again.
func (a *asker) paths(n *net, nodes []uint32, want int) ([]graph.Path, error) {
	const most = 100 // searches
	for range most {
		paths := n.Alternatives(nodes[0], nodes[1], want+1, &n.filter)
		more := len(paths) > want
		paths = paths[:min(len(paths), want)]
		if strongest, ok := n.Strongest(nodes[0], nodes[1], &n.filter); ok {
			paths = withStrongest(paths, strongest, want)
		}
		again, err := a.refuseThin(n, paths)
		if err == nil && again {
			continue
		}
		if more {
			a.leaveMany("further paths, of which there may be more (ask for them with top)", 1)
		}
		return paths, err
	}
	return nil, nil
}

// refuseThin refuses the pairs of the paths that have no tie on enough
// sources.
func (a *asker) refuseThin(n *net, paths []graph.Path) (again bool, err error) {
	if a.o.MinSources < 2 {
		return false, nil
	}
	for _, p := range paths {
		for i := range p.Hops() {
			lines, err := a.hop(n, "", p.Nodes[i], p.Nodes[i+1])
			if err != nil {
				return false, err
			}
			if !slices.ContainsFunc(lines, a.enough) {
				n.Refuse(p.Nodes[i], p.Nodes[i+1], &n.filter)
				again = true
			}
		}
	}
	return again, nil
}

// enough reports whether the line has the sources that are asked for.
func (a *asker) enough(l Line) bool { return l.Sources >= a.o.MinSources }

// withStrongest puts the strongest path first, and the others behind it by
// length.
func withStrongest(paths []graph.Path, strongest graph.Path, want int) []graph.Path {
	for i, p := range paths {
		if p.Strength >= strongest.Strength && p.Hops() <= strongest.Hops() {
			return slices.Concat(paths[i:i+1], paths[:i], paths[i+1:])
		}
	}
	return append([]graph.Path{strongest}, paths[:min(len(paths), max(want-1, 1))]...)
}

func pathTitle(i int, p graph.Path, paths []graph.Path) string {
	shortest := slices.MinFunc(paths, func(p, q graph.Path) int { return p.Hops() - q.Hops() }).Hops()
	title := fmt.Sprintf("Path %d", i+1)
	switch {
	case i == 0 && p.Hops() == shortest:
		title += ": the strongest and the shortest"
	case i == 0:
		title += ": the strongest"
	case p.Hops() == shortest && paths[0].Hops() > shortest && i == 1:
		title += ": the shortest"
	default:
		title += ": another way"
	}
	return fmt.Sprintf("%s (%d steps, strength %.2f)", title, p.Hops(), p.Strength)
}

// addPath adds the best line of each hop and marks the weakest.
func (a *asker) addPath(n *net, p graph.Path, section string) error {
	first := len(a.lines)
	for i := range p.Hops() {
		lines, err := a.hop(n, section, p.Nodes[i], p.Nodes[i+1])
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			continue
		}
		best := lines[max(0, slices.IndexFunc(lines, a.enough))]
		if len(lines) > 1 {
			best.addNote(fmt.Sprintf("one of %d ties between the two", len(lines)))
		}
		best.chain, best.link = section, i
		a.lines = append(a.lines, best)
	}
	own := a.lines[first:]
	if len(own) < 2 {
		return nil
	}
	weakest := 0
	for i := range own {
		if carries(&own[i]) < carries(&own[weakest]) {
			weakest = i
		}
	}
	if carries(&own[weakest]) < carries(&own[0]) || weakest != 0 || !allEqual(own) {
		own[weakest].addNote("the weakest link")
	}
	return nil
}

func allEqual(lines []Line) bool {
	for i := range lines {
		if carries(&lines[i]) != carries(&lines[0]) {
			return false
		}
	}
	return true
}

// common lists whom both A and B know, and how: for each, the ties to A and
// then those to B.
func common(a *asker) error {
	n, err := a.network()
	if err != nil {
		return err
	}
	found, nodes, err := a.nodes(n, 2)
	if err != nil || nodes == nil {
		return err
	}
	shared := n.Common(nodes[0], nodes[1], &n.filter, nil)
	slices.SortStableFunc(shared, func(x, y uint32) int { return rankType(n, x) - rankType(n, y) })
	for _, x := range shared {
		ref := n.Entity(x)
		if ref.Type == kith.Place || ref.Type == kith.EventType {
			continue
		}
		for i, end := range nodes {
			lines, err := a.hop(n, ref.Name, x, end)
			if err != nil {
				return err
			}
			for j := range lines {
				lines[j].addNote("tie to " + found[i].Name)
				lines[j].chain, lines[j].link = string(ref.ID), i
			}
			a.add(lines)
		}
	}
	return nil
}

func rankType(n *net, x uint32) int {
	return slices.Index([]kith.EntityType{kith.Person, kith.Organization, kith.Group}, n.TypeOf(x))
}
