package answer

import (
	"strings"

	"kith"
	"kith/query"
)

// Sentence is the line in words: "Ruth Calloway introduced Elena Marsh to
// Daniel Okafor". Certainty stands before it in words, never as a sign only.
func (l *Line) Sentence() string {
	if mark := l.Certainty(); mark != "" {
		return mark + ": " + l.plain()
	}
	return l.plain()
}

// Certainty says in words what keeps the line from being a plain statement:
// "denied", "planned", "rumoured" and their combinations; "" for a plain one.
func (l *Line) Certainty() string {
	switch {
	case l.Negated && l.Modality == kith.Planned:
		return "not planned"
	case l.Negated && l.Modality == kith.Hedged:
		return "perhaps not so"
	case l.Negated:
		return "denied"
	case l.Modality == kith.Planned:
		return "planned"
	case l.Modality == kith.Hedged:
		return "rumoured"
	}
	return ""
}

// plain fills the predicate's wording with the line's fields.
func (l *Line) plain() string {
	fields := map[string]string{"object": nameOf(l.Object), "value": l.Value, "third": nameOf(l.Third)}
	for name, v := range l.Qualifiers {
		fields[name] = v
	}
	if contest(l.Predicate) {
		fields["value"] = officeName(l.Value)
		if fields["value"] != "" && l.Object != nil && sameOffice(l.Value, l.Object.Name) && l.Object.Type != kith.Person {
			fields["object"] = ""
		}
	}
	if l.Object != nil && l.Object.Type == kith.Place && (l.Predicate == "won_election" || l.Predicate == "lost_election") {
		fields["where"], fields["object"] = fields["object"], "" // where, not against whom
	}
	if fields["amount"] != "" {
		fields["amount"] = grouped(fields["amount"])
	}
	wording := query.Say(l.Predicate)
	if own, ok := ownWordings[l.Predicate]; ok {
		return strings.Join(strings.Fields(l.Subject.Name+fill(own, fields)), " ")
	}
	if wording == "" {
		wording = strings.ReplaceAll(string(l.Predicate), "_", " ") + "[ {object}][ {value}]"
	}
	text := fill(wording, fields)
	for _, extra := range []struct{ name, before, after string }{
		{"topic", " on ", ""}, {"place", " at ", ""}, {"election", " (", " election)"}, {"outcome", " (", ")"}, {"ordinal", " (", ")"},
		{"distinction", " (", ")"}, {"count", " (", ")"}, {"role", " (", ")"},
	} {
		if v := l.Qualifiers[extra.name]; v != "" && !strings.Contains(wording, "{"+extra.name+"}") {
			if extra.name == "election" && strings.Contains(v, "election") {
				extra.after = ")"
			}
			text += extra.before + v + extra.after
		}
	}
	return strings.Join(strings.Fields(l.Subject.Name+" "+text), " ")
}

// ownWordings are those of lines that answers add up rather than read.
var ownWordings = map[kith.Predicate]string{
	"sum": ": in all {amount} {currency}", "central": "", "broker": "", "similar_to": " plays a part like that of {object}",
}

// officeName writes an office that a text gives as an adjective as a noun.
func officeName(value string) string {
	nouns := map[string]string{"presidential": "president", "mayoral": "mayor", "gubernatorial": "governor", "governorship": "governor",
		"presidency": "president", "presidential election": "president", "mayoral election": "mayor"}
	if noun, ok := nouns[strings.ToLower(value)]; ok {
		return noun
	}
	return value
}

// fill puts fields into a wording. A part in brackets is dropped where its
// field is empty.
func fill(wording string, fields map[string]string) string {
	var b strings.Builder
	for wording != "" {
		open := strings.IndexByte(wording, '[')
		if open < 0 {
			b.WriteString(put(wording, fields))
			break
		}
		b.WriteString(put(wording[:open], fields))
		inner, rest, _ := strings.Cut(wording[open+1:], "]")
		if full := put(inner, fields); !strings.Contains(full, "\x00") {
			b.WriteString(full)
		}
		wording = rest
	}
	return strings.ReplaceAll(b.String(), "\x00", "")
}

// put replaces {name} by its field, and by a NUL where that is empty.
func put(text string, fields map[string]string) string {
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return text
		}
		name, rest, _ := strings.Cut(text[open+1:], "}")
		value := strings.NewReplacer("{", "(", "}", ")", "\x00", "").Replace(fields[name])
		if value == "" {
			value = "\x00"
		}
		text = text[:open] + value + rest
	}
}

// grouped writes a whole number with commas: "250000" as "250,000".
func grouped(number string) string {
	for _, r := range number {
		if r < '0' || r > '9' {
			return number
		}
	}
	for i := len(number) - 3; i > 0; i -= 3 {
		number = number[:i] + "," + number[i:]
	}
	return number
}

// said is who says so, in words, or "".
func (l *Line) saidBy() string {
	switch {
	case l.Attribution == nil, l.Attribution.ID != "" && l.Attribution.ID == l.Subject.ID, l.Attribution.Name == l.Subject.Name:
		return ""
	case l.Attribution.Kind == kith.ByAnonymous:
		return "according to unnamed sources: " + l.Attribution.Name
	}
	return "according to " + l.Attribution.Name
}

// span writes a time as readers expect it: "2016", "2009–", "–2019",
// "1998–2019"; the text's own words where no date is known.
func span(t kith.Time) string {
	switch {
	case t.From == "" && t.To == "":
		return t.Text
	case t.From == t.To:
		return string(t.From)
	}
	return string(t.From) + "–" + string(t.To)
}
