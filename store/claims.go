package store

import (
	"encoding/json"
	"strings"

	"kith"
)

// putClaim adds a claim's row: of a reading, or of the decision that
// corrected what was read under key.
func (t *tx) putClaim(c *kith.Claim, said kith.Date, reading int64, decision kith.DecisionID, key kith.ClaimKey) error {
	return t.exec("INSERT INTO claims ("+claimTable+") VALUES (?"+strings.Repeat(", ?", 30)+")", claimValues(c, said, reading, decision, key)...)
}

// claimTable are the columns of the table of claims, but for the number.
const claimTable = `document, reading, decision, id, key, subject, subject_name, subject_type, predicate,
	object, object_name, object_type, value, third, third_name, third_type, qualifiers, time_from, time_to, time_text,
	negated, modality, speaker_kind, speaker_name, speaker, start_byte, end_byte, quote, extractor, confidence, said`

// claimReading is where the reading stands in claimValues.
const claimReading = 1

// claimValues are what a claim has in claimTable.
func claimValues(c *kith.Claim, said kith.Date, reading int64, decision kith.DecisionID, key kith.ClaimKey) []any {
	object, third, speaker := kith.EntityRef{}, kith.EntityRef{}, kith.Attribution{}
	if c.Object != nil {
		object = *c.Object
	}
	if c.Qualifiers.Third != nil {
		third = *c.Qualifiers.Third
	}
	if c.Attribution != nil {
		speaker = *c.Attribution
	}
	rest := c.Qualifiers
	rest.Third = nil
	e := c.Evidence
	return []any{
		string(e.Document), reading, string(decision), string(c.ID), string(key), string(c.Subject.ID), c.Subject.Name, string(c.Subject.Type), string(c.Predicate),
		string(object.ID), object.Name, string(object.Type), c.Value, string(third.ID), third.Name, string(third.Type), toJSON(rest), string(c.Time.From), string(c.Time.To), c.Time.Text,
		c.Negated, string(c.Modality), string(speaker.Kind), speaker.Name, string(speaker.ID), e.Start, e.End, e.Quote, c.Extractor, c.Confidence, string(said)}
}

// claimColumns are the columns that scanClaim reads, of a table named c.
const claimColumns = `c.document, c.id, c.subject, c.subject_name, c.subject_type, c.predicate, c.object, c.object_name,
	c.object_type, c.value, c.third, c.third_name, c.third_type, c.qualifiers, c.time_from, c.time_to, c.time_text, c.negated,
	c.modality, c.speaker_kind, c.speaker_name, c.speaker, c.start_byte, c.end_byte, c.quote, c.extractor, c.confidence`

// scanClaim reads claimColumns, and more after them.
func scanClaim(scan func(...any) error, more ...any) (kith.Claim, error) {
	var c kith.Claim
	var object, third kith.EntityRef
	var speaker kith.Attribution
	var rest string
	e := &c.Evidence
	into := append([]any{&e.Document, &c.ID, &c.Subject.ID, &c.Subject.Name, &c.Subject.Type, &c.Predicate, &object.ID, &object.Name,
		&object.Type, &c.Value, &third.ID, &third.Name, &third.Type, &rest, &c.Time.From, &c.Time.To, &c.Time.Text, &c.Negated,
		&c.Modality, &speaker.Kind, &speaker.Name, &speaker.ID, &e.Start, &e.End, &e.Quote, &c.Extractor, &c.Confidence}, more...)
	if err := scan(into...); err != nil {
		return c, err
	}
	c.Review = kith.Unreviewed
	if rest != "{}" {
		if err := json.Unmarshal([]byte(rest), &c.Qualifiers); err != nil {
			return c, err
		}
	}
	if object.Name != "" {
		c.Object = &object
	}
	if third.Name != "" {
		c.Qualifiers.Third = &third
	}
	if speaker.Kind != "" {
		c.Attribution = &speaker
	}
	return c, nil
}
