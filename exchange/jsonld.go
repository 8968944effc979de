package exchange

import (
	"bytes"
	"encoding/json"

	"kith"
)

func jsonldExporter() Exporter {
	return Exporter{Format: format("jsonld", "Linked data (JSON-LD with schema.org and Wikidata terms)", ".jsonld", "application/ld+json",
		"judgements and decisions", "documents' texts"), Files: one("kith.jsonld", writeJSONLD)}
}

// object is a JSON object whose keys are written in alphabetical order.
type object = map[string]any

var schemaKinds = map[kith.EntityType]string{kith.Person: "Person", kith.Organization: "Organization", kith.Place: "Place", kith.EventType: "Event", kith.Group: "Thing"}

// writeJSONLD writes a graph: entities with the ties that schema.org has
// terms for, and every claim as a schema:Claim with its quote, speaker,
// certainty, sign, time and source. Only claims that are asserted and not
// denied become properties of entities.
func writeJSONLD(b *bytes.Buffer, s *Selection) error {
	graph := make([]any, 0, len(s.Entities)+len(s.Claims)+len(s.Documents))
	nodes := map[kith.EntityID]object{}
	for i := range s.Entities {
		e := &s.Entities[i]
		n := object{"@id": entityURN(e.ID), "@type": schemaKinds[e.Type], "name": e.Name}
		if len(e.Aliases) > 0 {
			n["alternateName"] = e.Aliases
		}
		if id := e.Identifiers["wikidata"]; itemID.MatchString(id) {
			n["sameAs"] = "http://www.wikidata.org/entity/" + id
		}
		if len(e.Identifiers) > 0 {
			n["identifier"] = identifierValues(e)
		}
		nodes[e.ID] = n
		graph = append(graph, n)
	}
	for i := range s.Ties {
		s.linkTie(&s.Ties[i], nodes)
	}
	for i := range s.Claims {
		graph = append(graph, s.claimNode(&s.Claims[i]))
	}
	for i := range s.Documents {
		graph = append(graph, documentNode(&s.Documents[i]))
	}
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(object{"@context": jsonldContext, "@graph": graph})
}

var jsonldContext = object{"@vocab": "https://schema.org/", "kith": "urn:kith:term:", "wdt": "http://www.wikidata.org/prop/direct/",
	"predicate": "kith:predicate", "modality": "kith:modality", "negated": "kith:negated", "qualifiers": "kith:qualifiers", "quote": "kith:quote", "start": "kith:start", "end": "kith:end",
	"confidence": "kith:confidence", "review": "kith:review", "recorded": "kith:recorded", "extractor": "kith:extractor", "term": object{"@id": "kith:term", "@type": "@id"}}

func entityURN(id kith.EntityID) string { return "urn:kith:entity:" + string(id) }

func identifierValues(e *kith.Entity) []object {
	var out []object
	for _, scheme := range sortedKeys(e.Identifiers) {
		out = append(out, object{"@type": "PropertyValue", "propertyID": scheme, "value": e.Identifiers[scheme]})
	}
	return out
}

// linkTie adds a tie to its subject's node, where schema.org has a term.
func (s *Selection) linkTie(t *kith.Tie, nodes map[kith.EntityID]object) {
	term, inverse := s.mapped(t.Predicate, "schema.org")
	if term == "" || t.Object == nil || t.Modality != kith.Asserted || len(t.Claims) == 0 || len(t.Dissent) > 0 {
		return
	}
	from, to := t.Subject.ID, t.Object.ID
	if inverse {
		from, to = to, from
	}
	if n := nodes[from]; n != nil {
		list, _ := n[term].([]object)
		n[term] = append(list, object{"@id": entityURN(to)})
	}
}

// claimNode is a claim as a schema:Claim.
func (s *Selection) claimNode(c *kith.Claim) object {
	about := []object{}
	for _, ref := range ends(c) {
		about = append(about, object{"@id": entityURN(ref.ID)})
	}
	n := object{"@id": "urn:kith:claim:" + string(c.ID), "@type": "Claim", "about": about, "predicate": string(c.Predicate), "text": s.sentence(c), "quote": c.Evidence.Quote,
		"start": c.Evidence.Start, "end": c.Evidence.End, "modality": string(c.Modality), "negated": c.Negated, "confidence": c.Confidence, "review": string(c.Review),
		"extractor": c.Extractor, "appearance": object{"@id": "urn:kith:document:" + string(c.Evidence.Document)}}
	if c.Value != "" {
		n["value"] = c.Value
	}
	if c.Qualifiers != (kith.Qualifiers{}) {
		n["qualifiers"] = c.Qualifiers
	}
	if !c.Time.IsZero() {
		if c.Time.From != "" {
			n["startDate"] = string(c.Time.From)
		}
		if c.Time.To != "" {
			n["endDate"] = string(c.Time.To)
		}
	}
	if c.Attribution != nil {
		speaker := object{"name": c.Attribution.Name, "kith:kind": string(c.Attribution.Kind)}
		if c.Attribution.ID != "" {
			speaker["@id"] = entityURN(c.Attribution.ID)
		}
		n["author"] = speaker
	}
	if term, inverse := s.mapped(c.Predicate, "wikidata"); term != "" && !inverse {
		n["term"] = "http://www.wikidata.org/prop/direct/" + term
	}
	if d := s.document[c.Evidence.Document]; d != nil && !d.Added.IsZero() {
		n["recorded"] = stamp(d.Added)
	}
	return n
}

// sentence writes a claim as words: "Ann Lee endorsed Bob Ray (hedged)".
func (s *Selection) sentence(c *kith.Claim) string {
	text := s.nameOf(c.Subject) + " " + s.label(c.Predicate)
	if c.Value != "" {
		text += " " + c.Value
	}
	if c.Object != nil {
		text += " " + s.nameOf(*c.Object)
	}
	if mark := standing(c); mark != string(kith.Asserted) {
		text += " (" + mark + ")"
	}
	return text
}

func documentNode(d *kith.DocumentInfo) object {
	n := object{"@id": "urn:kith:document:" + string(d.ID), "@type": "Article", "headline": d.Title}
	for key, value := range map[string]string{"datePublished": string(d.Date), "url": webAddress(d.Address), "inLanguage": d.Language, "sha256": d.Original} {
		if value != "" {
			n[key] = value
		}
	}
	if d.Outlet != "" {
		n["publisher"] = object{"@type": "Organization", "name": d.Outlet}
	}
	if len(d.Authors) > 0 {
		n["author"] = d.Authors
	}
	return n
}
