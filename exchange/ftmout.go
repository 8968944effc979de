package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kith"
)

func ftmExporter() Exporter {
	f := ftmImporter().Format
	f.Loses = []string{"hedged, planned and denied claims (left out, since readers would take them for facts)", "who says so (attribution)", "ties to places and events but for addresses",
		"claims with a value but no second party, except other names and offices", "a third party to a claim", "confidence and review"}
	return Exporter{Format: f, Files: one("kith.ftm.json", writeFTM)}
}

// ftmEntity is one entity of FollowTheMoney.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

func (e *ftmEntity) add(property, value string) {
	if value != "" && !slices.Contains(e.Properties[property], value) {
		e.Properties[property] = append(e.Properties[property], value)
	}
}

// ftmKinds are the schemata of kith's types.
var ftmKinds = map[kith.EntityType]string{kith.Person: "Person", kith.Organization: "Organization", kith.Place: "Address", kith.EventType: "Event", kith.Group: "LegalEntity"}

// ftmWriter builds entities for parties and for ties.
type ftmWriter struct {
	s     *Selection
	nodes map[kith.EntityID]*ftmEntity
	edges []*ftmEntity
	posts map[string]*ftmEntity
}

func writeFTM(b *bytes.Buffer, s *Selection) error {
	w := &ftmWriter{s: s, nodes: map[kith.EntityID]*ftmEntity{}, posts: map[string]*ftmEntity{}}
	for i := range s.Entities {
		w.node(&s.Entities[i])
	}
	for i := range s.Claims {
		if c := &s.Claims[i]; c.Modality == kith.Asserted && !c.Negated {
			w.claim(c)
		}
	}
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	for i := range s.Entities {
		if err := encoder.Encode(w.nodes[s.Entities[i].ID]); err != nil {
			return err
		}
	}
	for _, key := range sortedKeys(w.posts) {
		if err := encoder.Encode(w.posts[key]); err != nil {
			return err
		}
	}
	for _, e := range w.edges {
		if err := encoder.Encode(e); err != nil {
			return err
		}
	}
	return nil
}

func (w *ftmWriter) node(e *kith.Entity) {
	n := &ftmEntity{ID: string(e.ID), Schema: ftmKinds[e.Type], Properties: map[string][]string{}}
	if n.Schema == "" {
		n.Schema = "LegalEntity"
	}
	if n.Schema == "Address" {
		n.add("full", e.Name)
	} else {
		n.add("name", e.Name)
		for _, a := range e.Aliases {
			n.add("alias", a)
		}
		if id := e.Identifiers["wikidata"]; itemID.MatchString(id) {
			n.add("wikidataId", id)
		}
	}
	w.nodes[e.ID] = n
}

// legal reports whether an end is a party that may hold ties.
func legal(ref *kith.EntityRef) bool {
	return ref != nil && (ref.Type == kith.Person || ref.Type == kith.Organization || ref.Type == kith.Group)
}

func (w *ftmWriter) claim(c *kith.Claim) {
	subject := w.nodes[c.Subject.ID]
	switch {
	case subject == nil:
	case c.Object == nil && c.Predicate == "also_known_as" && subject.Schema != "Address":
		subject.add("alias", c.Value)
	case c.Predicate == "held_office" && c.Subject.Type == kith.Person && c.Value != "":
		w.office(c)
	case c.Predicate == "located_in" && c.Object != nil && legal(&c.Subject):
		subject.add("address", w.s.nameOf(*c.Object))
	case legal(&c.Subject) && legal(c.Object):
		w.edge(c)
	}
}

// office makes a position and its occupancy.
func (w *ftmWriter) office(c *kith.Claim) {
	where := c.Qualifiers.Jurisdiction
	if c.Object != nil {
		where = w.s.nameOf(*c.Object)
	}
	name := strings.TrimSpace(strings.TrimSuffix(c.Value+", "+where, ", "))
	key := kith.Hash("position", kith.Fold(name))
	if w.posts[key] == nil {
		p := &ftmEntity{ID: "p" + key, Schema: "Position", Properties: map[string][]string{}}
		p.add("name", name)
		w.posts[key] = p
	}
	e := w.interval("Occupancy", c)
	e.add("holder", string(c.Subject.ID))
	e.add("post", w.posts[key].ID)
	w.edges = append(w.edges, e)
}

// interval makes an entity of a tie with its time and its source.
func (w *ftmWriter) interval(schema string, c *kith.Claim) *ftmEntity {
	e := &ftmEntity{ID: string(c.ID), Schema: schema, Properties: map[string][]string{}}
	if c.Time.From != "" && c.Time.From == c.Time.To {
		e.add("date", string(c.Time.From))
	} else {
		e.add("startDate", string(c.Time.From))
		e.add("endDate", string(c.Time.To))
	}
	e.add("summary", c.Evidence.Quote)
	e.add("recordId", string(c.ID))
	if d := w.s.document[c.Evidence.Document]; d != nil {
		e.add("sourceUrl", webAddress(d.Address))
		e.add("publisher", d.Outlet)
		if !d.Added.IsZero() {
			e.add("retrievedAt", d.Added.UTC().Format("2006-01-02"))
		}
	}
	return e
}

func webAddress(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

var kinship = map[kith.Predicate]string{"spouse_of": "spouse", "sibling_of": "sibling", "parent_of": "child", "relative_of": "relative"}

// edge makes the entity of a tie between two parties.
func (w *ftmWriter) edge(c *kith.Claim) {
	subject, object := string(c.Subject.ID), string(c.Object.ID)
	person := c.Subject.Type == kith.Person
	toBody := c.Object.Type == kith.Organization
	ends := func(schema, a, b string) *ftmEntity {
		e := w.interval(schema, c)
		e.add(a, subject)
		e.add(b, object)
		w.edges = append(w.edges, e)
		return e
	}
	role := cmp.Or(c.Qualifiers.Role, c.Value)
	switch {
	case kinship[c.Predicate] != "" && person && c.Object.Type == kith.Person:
		ends("Family", "person", "relative").add("relationship", cmp.Or(c.Qualifiers.Role, kinship[c.Predicate]))
	case c.Predicate == "employed_by" && person && toBody:
		ends("Employment", "employee", "employer").add("role", role)
	case c.Predicate == "led" && toBody:
		ends("Directorship", "director", "organization").add("role", cmp.Or(role, "head"))
	case c.Predicate == "member_of" && toBody:
		ends("Membership", "member", "organization").add("role", role)
	case c.Predicate == "owns" && toBody:
		w.nodes[c.Object.ID].Schema = "Company" // what is owned must be an asset
		ends("Ownership", "owner", "asset")
	case c.Predicate == "succeeded":
		ends("Succession", "successor", "predecessor")
	case c.Predicate == "donated_to":
		e := ends("Payment", "payer", "beneficiary")
		e.add("amount", c.Qualifiers.Amount)
		e.add("currency", c.Qualifiers.Currency)
		e.add("purpose", c.Qualifiers.Topic)
	case c.Predicate == "ally_of" && person && c.Object.Type == kith.Person:
		ends("Associate", "person", "associate").add("relationship", cmp.Or(role, "ally"))
	default:
		label := w.s.label(c.Predicate)
		if role != "" {
			label = fmt.Sprintf("%s (%s)", label, role)
		}
		ends("UnknownLink", "subject", "object").add("role", label)
	}
}
