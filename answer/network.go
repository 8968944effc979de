package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kith"
	"kith/graph"
)

// cold are ties by which nobody would make an introduction.
var cold = []kith.Predicate{"opposed", "criticized", "accused", "won_election", "lost_election", "donated_to", "praised", "said"}

// reach finds the best introducer from A to a target: chains of warm ties,
// the strongest first; where no single go-between is known, the shortest warm
// chain.
func reach(a *asker) error {
	n, err := a.network()
	if err != nil {
		return err
	}
	n.filter.Without |= n.Codes(cold...)
	found, nodes, err := a.nodes(n, 2)
	if err != nil {
		return err
	}
	if nodes == nil {
		a.leaveMany(fmt.Sprintf("no warm chain joins %s and %s", found[0].Name, found[1].Name), 1)
		return nil
	}
	between := a.goBetweens(n, nodes)
	want := a.q.Count
	if want == 0 {
		want = 5
	}
	for i, g := range between {
		if i >= want {
			a.leaveMany("further go-betweens", len(between)-want)
			break
		}
		title := fmt.Sprintf("Through %s (strength %.2f)", n.Entity(g.Node).Name, g.Strength)
		p := graph.Path{Nodes: []uint32{nodes[0], g.Node, nodes[1]}, Strength: g.Strength}
		if err := a.addPath(n, p, title); err != nil {
			return err
		}
	}
	if len(between) > 0 {
		return nil
	}
	p, ok := n.Shortest(nodes[0], nodes[1], &n.filter)
	if !ok {
		a.leaveMany(fmt.Sprintf("no warm chain joins %s and %s", found[0].Name, found[1].Name), 1)
		return nil
	}
	title := fmt.Sprintf("No single go-between is known; the shortest warm chain (%d steps)", p.Hops())
	if p.Hops() == 1 {
		title = "They know each other"
	}
	return a.addPath(n, p, title)
}

// goBetweens are the persons and organisations beside both ends, those with
// the stronger weaker tie first.
func (a *asker) goBetweens(n *net, nodes []uint32) []graph.Neighbour {
	beside := map[uint32]float32{}
	for _, x := range n.Neighbours(nodes[0], &n.filter) {
		beside[x.Node] = x.Strength
	}
	var between []graph.Neighbour
	for _, x := range n.Neighbours(nodes[1], &n.filter) {
		kind := n.TypeOf(x.Node)
		if w, ok := beside[x.Node]; ok && kind != kith.Place && kind != kith.EventType {
			between = append(between, graph.Neighbour{Node: x.Node, Strength: min(w, x.Strength)})
		}
	}
	slices.SortStableFunc(between, func(x, y graph.Neighbour) int {
		person := func(z graph.Neighbour) int {
			if n.TypeOf(z.Node) == kith.Person {
				return 0
			}
			return 1
		}
		return cmp.Or(person(x)-person(y), cmp.Compare(y.Strength, x.Strength))
	})
	return between
}

// brokers lists whose removal parts whom; between A and B, those through whom
// every chain from one to the other runs.
func brokers(a *asker) error {
	n, err := a.network()
	if err != nil {
		return err
	}
	if len(a.q.Names) == 2 {
		return a.brokersBetween(n)
	}
	found := n.Net(&n.filter).Brokers()
	want := cmp.Or(a.q.Count, 10)
	shown := 0
	for _, b := range found {
		if kind := n.TypeOf(b.Node); kind != kith.Person && kind != kith.Organization {
			continue
		}
		if shown++; shown > want {
			a.leaveMany("further brokers", 1)
			continue
		}
		note := fmt.Sprintf("without %s, %d of the others lose touch with the rest; the parts: %s",
			n.Entity(b.Node).Name, b.Parted(), sizes(b.Parts))
		if err := a.addNode(n, "Brokers", b.Node, "broker", fmt.Sprint(b.Parted()), nil, note); err != nil {
			return err
		}
	}
	return nil
}

func sizes(parts []int) string {
	var words []string
	for i, p := range parts {
		if i == 6 {
			words = append(words, "…")
			break
		}
		words = append(words, fmt.Sprint(p))
	}
	return strings.Join(words, ", ")
}

// brokersBetween tries, for each inner node of a shortest chain, whether any
// chain avoids it.
func (a *asker) brokersBetween(n *net) error {
	found, nodes, err := a.nodes(n, 2)
	if err != nil || nodes == nil {
		return err
	}
	p, ok := n.Shortest(nodes[0], nodes[1], &n.filter)
	if !ok {
		a.leaveMany(fmt.Sprintf("no chain joins %s and %s", found[0].Name, found[1].Name), 1)
		return nil
	}
	avoid := n.filter.Avoid
	for _, x := range p.Nodes[1 : len(p.Nodes)-1] {
		n.filter.Avoid = func(y uint32) bool { return y == x || avoid(y) }
		_, around := n.Shortest(nodes[0], nodes[1], &n.filter)
		n.filter.Avoid = avoid
		if around {
			continue
		}
		note := fmt.Sprintf("every chain from %s to %s runs through %s", found[0].Name, found[1].Name, n.Entity(x).Name)
		if err := a.addNode(n, "Brokers", x, "broker", "", nil, note); err != nil {
			return err
		}
	}
	if len(a.lines) == 0 {
		a.leaveMany(fmt.Sprintf("nobody alone stands between %s and %s", found[0].Name, found[1].Name), 1)
	}
	return nil
}

// cited is how many claims stand behind a line about a node's place.
const cited = 3

// addNode adds a line about a node's place in the graph, citing its strongest
// ties.
func (a *asker) addNode(n *net, section string, x uint32, predicate kith.Predicate, value string, qualifiers map[string]string, note string) error {
	beside := n.Neighbours(x, &n.filter)
	slices.SortStableFunc(beside, func(p, q graph.Neighbour) int { return cmp.Compare(q.Strength, p.Strength) })
	l := Line{Section: section, Subject: n.Entity(x), Predicate: predicate, Value: value, Qualifiers: qualifiers,
		Modality: kith.Asserted, Note: note}
	for _, y := range beside[:min(len(beside), cited)] {
		lines, err := a.hop(n, section, x, y.Node)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			continue
		}
		l.claims = append(l.claims, lines[0].claims...)
		l.Claims = append(l.Claims, lines[0].Claims...)
		l.Sources = max(l.Sources, lines[0].Sources)
		l.Strength = max(l.Strength, lines[0].Strength)
	}
	a.lines = append(a.lines, l)
	return nil
}

// exactNodes is up to how many nodes betweenness is computed exactly.
const exactNodes = 2000

// central ranks persons and organisations by degree, PageRank and
// betweenness, in the time window of the question.
func central(a *asker) error {
	n, err := a.network()
	if err != nil {
		return err
	}
	g := n.Net(&n.filter)
	if g.Edges() == 0 {
		return nil
	}
	rank := g.PageRank(1e-6)
	between, bound := g.SampleBetweenness(exactNodes, 1).Score, ""
	if g.Nodes() > exactNodes {
		s := g.SampleBetweenness(200, 1)
		between, bound = s.Score, fmt.Sprintf("betweenness sampled from 200 sources; 95 %% bound ±%.3g", s.Bound)
	}
	var order []uint32
	for x := range uint32(g.Nodes()) {
		kind := n.TypeOf(x)
		if g.Degree(x) > 0 && (kind == kith.Person || kind == kith.Organization) {
			order = append(order, x)
		}
	}
	score := map[string]func(uint32) float64{
		"degree": func(x uint32) float64 { return float64(g.Degree(x)) }, "betweenness": func(x uint32) float64 { return between[x] },
		"pagerank": func(x uint32) float64 { return rank[x] },
	}
	by := cmp.Or(a.q.Part, "pagerank")
	if score[by] == nil {
		return fmt.Errorf("rank by %q: want degree, pagerank or betweenness: %w", by, kith.ErrInvalid)
	}
	slices.SortStableFunc(order, func(x, y uint32) int { return cmp.Compare(score[by](y), score[by](x)) })
	want := cmp.Or(a.q.Count, 10)
	a.leaveMany("entities further down", max(0, len(order)-want))
	for _, x := range order[:min(len(order), want)] {
		q := map[string]string{"degree": fmt.Sprint(g.Degree(x)), "pagerank": fmt.Sprintf("%.4f", rank[x]), "betweenness": fmt.Sprintf("%.1f", between[x])}
		note := fmt.Sprintf("degree %s, PageRank %s, betweenness %s", q["degree"], q["pagerank"], q["betweenness"])
		if bound != "" {
			note += " (" + bound + ")"
		}
		if err := a.addNode(n, "By "+by, x, "central", q[by], q, note); err != nil {
			return err
		}
	}
	return nil
}

// groups lists communities and the ties that hold them.
func groups(a *asker) error {
	n, err := a.network()
	if err != nil {
		return err
	}
	found, nodes, err := a.nodes(n, 1)
	if err != nil || len(found) > 0 && nodes == nil {
		return err
	}
	part := n.Net(&n.filter).Leiden(1, 1)
	members := map[uint32][]uint32{}
	for x, c := range part {
		members[c] = append(members[c], uint32(x))
	}
	want, shown := cmp.Or(a.q.Count, 8), 0
	for c := uint32(0); int(c) < len(members); c++ {
		if len(members[c]) < 2 || len(nodes) == 1 && part[nodes[0]] != c {
			continue
		}
		if shown++; shown > want {
			a.leaveMany("smaller groups", 1)
			continue
		}
		if err := a.addGroup(n, int(c)+1, members[c], part); err != nil {
			return err
		}
	}
	return nil
}

// held is how many ties are shown of a group.
const held = 8

// addGroup adds the strongest ties inside one community.
func (a *asker) addGroup(n *net, number int, members []uint32, part []uint32) error {
	type pair struct {
		x, y     uint32
		strength float32
		claims   int
	}
	var pairs []pair
	degree := map[uint32]int{}
	for _, x := range members {
		for _, y := range n.Neighbours(x, &n.filter) {
			if part[y.Node] != part[x] {
				continue
			}
			degree[x]++
			if x < y.Node {
				pairs = append(pairs, pair{x, y.Node, y.Strength, len(n.Claims(x, y.Node, &n.filter))})
			}
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return cmp.Or(q.claims-p.claims, cmp.Compare(q.strength, p.strength)) })
	slices.SortStableFunc(members, func(x, y uint32) int { return degree[y] - degree[x] })
	var names []string
	for _, x := range members[:min(len(members), 12)] {
		names = append(names, n.Entity(x).Name)
	}
	if len(members) > 12 {
		names = append(names, fmt.Sprintf("and %d more", len(members)-12))
	}
	title := fmt.Sprintf("Group %d, %d members: %s", number, len(members), strings.Join(names, ", "))
	a.leaveMany("weaker ties inside groups", max(0, len(pairs)-held))
	for _, p := range pairs[:min(len(pairs), held)] {
		lines, err := a.hop(n, title, p.x, p.y)
		if err != nil {
			return err
		}
		if len(lines) > 0 {
			a.lines = append(a.lines, lines[0])
		}
	}
	return nil
}

// similar lists who plays the same part as X: first whom texts liken to X,
// then whose ties are of the same kinds and directions (cosine of the counts
// of each, with inverse document frequency), sharing neighbours counting too.
func similar(a *asker) error {
	found, err := a.subjects(1)
	if err != nil {
		return err
	}
	claims, err := a.about(found[0].ID)
	if err != nil {
		return err
	}
	a.add(a.fold("The texts liken them", pointers(claims, func(c *kith.Claim) bool { return c.Predicate == "compared_to" })))
	n, err := a.network()
	if err != nil {
		return err
	}
	x, ok := n.Node(found[0].ID)
	if !ok {
		return nil
	}
	want := cmp.Or(a.q.Count, 5)
	like := n.Similar(x, n.Nodes(), &n.filter, func(y uint32) bool { return n.TypeOf(y) == found[0].Type })
	for i, s := range like {
		if s.Score < 0.2 || i >= want {
			a.leaveMany("others who are less like them", len(like)-i)
			break
		}
		first := len(a.lines)
		note := fmt.Sprintf("similarity %.2f to %s: both %s", s.Score, found[0].Name, strings.Join(n.roleWords(s.Shared), ", "))
		if err := a.addNode(n, "Their ties are alike", s.Node, "similar_to", fmt.Sprintf("%.2f", s.Score), nil, note); err != nil {
			return err
		}
		ref := found[0].Ref()
		a.lines[first].Object = &ref
	}
	return nil
}

// roleWords names roles for people: "endorsed", "endorsed by others".
func (n *net) roleWords(roles []graph.Role) []string {
	var words []string
	for _, r := range roles {
		word := strings.ReplaceAll(string(n.Predicate(r.Predicate)), "_", " ")
		if r.Object {
			word = "at the far end of “" + word + "”"
		}
		words = append(words, word)
	}
	return words
}
