package exchange

import (
	"bytes"
	"fmt"
	"strings"

	"kith"
	"kith/graph"
)

func gexfExporter() Exporter {
	return Exporter{Format: format("gexf", "Graph for Gephi (GEXF 1.2, with time)", ".gexf", "application/gexf+xml",
		"claims with a value but no second party (they stand as an attribute of the node)", "a third party to a claim", "all quotes of a tie but the first (claim ids lead to them)",
		"the recording time of each claim (the export is of one moment)"), Files: one("kith.gexf", writeGEXF)}
}

// edgeAttributes are the attributes of an edge: title, type in GEXF, value.
var edgeAttributes = []struct {
	name, kind string
	value      func(edgeFacts) string
}{
	{"predicate", "string", func(f edgeFacts) string { return f.Predicate }},
	{"modality", "string", func(f edgeFacts) string { return f.Modality }},
	{"negated", "boolean", func(f edgeFacts) string { return fmt.Sprint(f.Negated) }},
	{"disputed", "boolean", func(f edgeFacts) string { return fmt.Sprint(f.Disputed) }},
	{"symmetric", "boolean", func(f edgeFacts) string { return fmt.Sprint(graph.Symmetric(kith.Predicate(f.Predicate))) }},
	{"sources", "integer", func(f edgeFacts) string { return fmt.Sprint(f.Sources) }},
	{"strength", "double", func(f edgeFacts) string { return fmt.Sprintf("%.4f", f.Strength) }},
	{"value", "string", func(f edgeFacts) string { return f.Value }},
	{"speakers", "string", func(f edgeFacts) string { return f.Speakers }},
	{"quote", "string", func(f edgeFacts) string { return f.Quote }},
	{"reported", "string", func(f edgeFacts) string { return f.Reported }},
	{"claims", "string", func(f edgeFacts) string { return f.Claims }},
	{"documents", "string", func(f edgeFacts) string { return f.Documents }},
}

// nodeAttributes are the attributes of a node.
var nodeAttributes = []struct {
	name  string
	value func(*Selection, *kith.Entity, []string) string
}{
	{"type", func(_ *Selection, e *kith.Entity, _ []string) string { return string(e.Type) }},
	{"aliases", func(_ *Selection, e *kith.Entity, _ []string) string { return strings.Join(e.Aliases, "; ") }},
	{"identifiers", func(_ *Selection, e *kith.Entity, _ []string) string { return identifiersText(e) }},
	{"facts", func(_ *Selection, _ *kith.Entity, facts []string) string { return strings.Join(facts, "; ") }},
}

func identifiersText(e *kith.Entity) string {
	var parts []string
	for _, scheme := range sortedKeys(e.Identifiers) {
		parts = append(parts, scheme+":"+e.Identifiers[scheme])
	}
	return strings.Join(parts, "; ")
}

// writeGEXF writes a dynamic graph (gexf.net/1.2draft): an edge for each tie,
// its time as the edge's spell. Readers refuse graphs of directed and
// undirected edges, so all are directed; the attribute "symmetric" says which
// have no direction.
func writeGEXF(b *bytes.Buffer, s *Selection) error {
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">` + "\n")
	b.WriteString("<meta><creator>kith " + kith.Version + "</creator></meta>\n")
	b.WriteString(`<graph mode="dynamic" defaultedgetype="directed" timeformat="date">` + "\n")
	b.WriteString(`<attributes class="node" mode="static">` + "\n")
	for i, a := range nodeAttributes {
		fmt.Fprintf(b, `<attribute id="n%d" title="%s" type="string"/>`+"\n", i, a.name)
	}
	b.WriteString("</attributes>\n" + `<attributes class="edge" mode="static">` + "\n")
	for i, a := range edgeAttributes {
		fmt.Fprintf(b, `<attribute id="e%d" title="%s" type="%s"/>`+"\n", i, a.name, a.kind)
	}
	b.WriteString("</attributes>\n<nodes>\n")
	edges, facts := s.graphEdges()
	for i := range s.Entities {
		e := &s.Entities[i]
		fmt.Fprintf(b, `<node id="%s" label="%s"><attvalues>`, xmlText(string(e.ID)), xmlText(e.Name))
		for j, a := range nodeAttributes {
			if v := a.value(s, e, facts[e.ID]); v != "" {
				fmt.Fprintf(b, `<attvalue for="n%d" value="%s"/>`, j, xmlText(v))
			}
		}
		b.WriteString("</attvalues></node>\n")
	}
	b.WriteString("</nodes>\n<edges>\n")
	for i := range edges {
		s.gexfEdge(b, i, &edges[i])
	}
	b.WriteString("</edges>\n</graph>\n</gexf>\n")
	return nil
}

func (s *Selection) gexfEdge(b *bytes.Buffer, i int, t *kith.Tie) {
	f := s.factsOf(t)
	fmt.Fprintf(b, `<edge id="%d" source="%s" target="%s" label="%s" weight="%.4f"`, i, xmlText(string(t.Subject.ID)), xmlText(string(t.Object.ID)), xmlText(f.Label), max(f.Strength, 0.0001))
	if from := t.Time.From.First(); from != "" {
		fmt.Fprintf(b, ` start="%s"`, from)
	}
	if to := t.Time.To.Last(); to != "" {
		fmt.Fprintf(b, ` end="%s"`, to)
	}
	b.WriteString("><attvalues>")
	for j, a := range edgeAttributes {
		if v := a.value(f); v != "" {
			fmt.Fprintf(b, `<attvalue for="e%d" value="%s"/>`, j, xmlText(v))
		}
	}
	b.WriteString("</attvalues></edge>\n")
}

func graphmlExporter() Exporter {
	return Exporter{Format: format("graphml", "Graph (GraphML)", ".graphml", "application/graphml+xml",
		"claims with a value but no second party (they stand as an attribute of the node)", "a third party to a claim", "all quotes of a tie but the first (claim ids lead to them)",
		"the recording time of each claim (the export is of one moment)"), Files: one("kith.graphml", writeGraphML)}
}

// writeGraphML writes the same graph as GraphML (graphml.graphdrawing.org),
// with times as the attributes "from" and "to".
func writeGraphML(b *bytes.Buffer, s *Selection) error {
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	fmt.Fprintf(b, `<key id="label" for="node" attr.name="label" attr.type="string"/>`+"\n")
	for _, a := range nodeAttributes {
		fmt.Fprintf(b, `<key id="n_%s" for="node" attr.name="%s" attr.type="string"/>`+"\n", a.name, a.name)
	}
	for _, a := range append(slicesOfNames(), "label", "from", "to") {
		kind := map[string]string{"negated": "boolean", "symmetric": "boolean", "disputed": "boolean", "sources": "int", "strength": "double"}[a]
		if kind == "" {
			kind = "string"
		}
		fmt.Fprintf(b, `<key id="e_%s" for="edge" attr.name="%s" attr.type="%s"/>`+"\n", a, a, kind)
	}
	b.WriteString(`<graph id="kith" edgedefault="directed">` + "\n")
	edges, facts := s.graphEdges()
	for i := range s.Entities {
		e := &s.Entities[i]
		fmt.Fprintf(b, `<node id="%s"><data key="label">%s</data>`, xmlText(string(e.ID)), xmlText(e.Name))
		for _, a := range nodeAttributes {
			if v := a.value(s, e, facts[e.ID]); v != "" {
				fmt.Fprintf(b, `<data key="n_%s">%s</data>`, a.name, xmlText(v))
			}
		}
		b.WriteString("</node>\n")
	}
	for i := range edges {
		t := &edges[i]
		f := s.factsOf(t)
		fmt.Fprintf(b, `<edge id="%d" source="%s" target="%s">`, i, xmlText(string(t.Subject.ID)), xmlText(string(t.Object.ID)))
		for _, a := range edgeAttributes {
			if v := a.value(f); v != "" {
				fmt.Fprintf(b, `<data key="e_%s">%s</data>`, a.name, xmlText(v))
			}
		}
		for _, d := range [][2]string{{"label", f.Label}, {"from", string(t.Time.From)}, {"to", string(t.Time.To)}} {
			if d[1] != "" {
				fmt.Fprintf(b, `<data key="e_%s">%s</data>`, d[0], xmlText(d[1]))
			}
		}
		b.WriteString("</edge>\n")
	}
	b.WriteString("</graph>\n</graphml>\n")
	return nil
}

func slicesOfNames() []string {
	names := make([]string, len(edgeAttributes))
	for i, a := range edgeAttributes {
		names[i] = a.name
	}
	return names
}
