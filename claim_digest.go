package kith

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// content appends to b what a claim's id digests: the claim's JSON with the
// ids of its ends, and all that is no part of what it says, left empty.
// encoding/json would write the same bytes; a test holds the two together.
func (c *Claim) content(b []byte) []byte {
	b = append(b, `{"id":"","subject":`...)
	b = appendRef(b, &c.Subject)
	b = appendField(b, `,"predicate":`, string(c.Predicate))
	if c.Object != nil {
		b = appendRef(append(b, `,"object":`...), c.Object)
	}
	b = appendSome(b, `,"value":`, c.Value)
	if c.Qualifiers != (Qualifiers{}) {
		b = c.Qualifiers.content(append(b, `,"qualifiers":{`...))
	}
	if !c.Time.IsZero() {
		from := len(b)
		b = appendSome(append(b, `,"time":`...), `,"from":`, string(c.Time.From))
		b = appendSome(b, `,"to":`, string(c.Time.To))
		b = append(appendSome(b, `,"text":`, c.Time.Text), '}')
		b[from+len(`,"time":`)] = '{'
	}
	b = strconv.AppendBool(append(b, `,"negated":`...), c.Negated)
	b = appendField(b, `,"modality":`, string(c.Modality))
	if c.Attribution != nil {
		b = appendField(b, `,"attribution":{"kind":`, string(c.Attribution.Kind))
		b = append(appendField(b, `,"name":`, c.Attribution.Name), '}')
	}
	b = appendField(b, `,"evidence":{"document":`, string(c.Evidence.Document))
	b = strconv.AppendInt(append(b, `,"start":`...), int64(c.Evidence.Start), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(c.Evidence.End), 10)
	b = appendField(b, `,"quote":`, c.Evidence.Quote)
	return append(b, `},"extractor":"","confidence":0,"review":""}`...)
}

// content appends the members of the qualifiers and the brace that closes
// them; b ends in the brace that opens them.
func (q *Qualifiers) content(b []byte) []byte {
	from := len(b)
	b = appendSome(b, `,"role":`, q.Role)
	b = appendSome(b, `,"office":`, q.Office)
	b = appendSome(b, `,"jurisdiction":`, q.Jurisdiction)
	b = appendSome(b, `,"ordinal":`, q.Ordinal)
	b = appendSome(b, `,"election":`, q.Election)
	b = appendSome(b, `,"outcome":`, q.Outcome)
	b = appendSome(b, `,"event":`, q.Event)
	b = appendSome(b, `,"place":`, q.Place)
	if q.Third != nil {
		b = appendRef(append(b, `,"third":`...), q.Third)
	}
	b = appendSome(b, `,"topic":`, q.Topic)
	b = appendSome(b, `,"distinction":`, q.Distinction)
	b = appendSome(b, `,"count":`, q.Count)
	b = appendSome(b, `,"amount":`, q.Amount)
	b = appendSome(b, `,"currency":`, q.Currency)
	b = appendSome(b, `,"status":`, q.Status)
	return append(append(b[:from], b[from+1:]...), '}') // without the first comma
}

func appendRef(b []byte, e *EntityRef) []byte {
	b = appendField(b, `{"name":`, e.Name)
	return append(appendSome(b, `,"type":`, string(e.Type)), '}')
}

// appendSome appends a member that is left out where it is empty.
func appendSome(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendField(b, name, value)
}

func appendField(b []byte, name, value string) []byte {
	b = append(b, name...)
	if plain(value) {
		return append(append(append(b, '"'), value...), '"')
	}
	quoted, _ := json.Marshal(value) // a string always marshals
	return append(b, quoted...)
}

// plain reports whether JSON writes a string as it is.
func plain(s string) bool {
	ascii := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			return false
		case c >= utf8.RuneSelf:
			ascii = false
			if c == 0xe2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2]|1 == 0xa9 {
				return false // the separators of lines and paragraphs
			}
		}
	}
	return ascii || utf8.ValidString(s)
}
