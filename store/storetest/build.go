// Package storetest holds the suite that every kith.Store must pass.
package storetest

import (
	"fmt"
	"strings"
	"time"

	"kith"
)

// Said is one claim to be made of a text: its first sentence that holds all
// of the claim's names is the quote.
type Said struct {
	Subject   string
	Predicate kith.Predicate
	Object    string
	Value     string
	Modality  kith.Modality
	Negated   bool
	Time      kith.Time
}

// Reading builds a reading of a text in which every name is a person and each
// claim is one that the text makes. It panics where the text does not hold a
// name: the tests write both.
func Reading(extractor, text string, claims ...Said) *kith.Reading {
	doc := kith.NewDocumentID(text)
	r := &kith.Reading{
		Document:  kith.Document{ID: doc, Text: text, Title: strings.SplitN(text, ".", 2)[0], Format: "text", Path: string(doc[:6]) + ".txt"},
		Extractor: extractor, Sentences: strings.Count(text, "."), Words: len(strings.Fields(text)),
	}
	local := map[string]kith.EntityID{}
	entity := func(name string) kith.EntityRef {
		if id, ok := local[name]; ok {
			return kith.EntityRef{ID: id, Name: name, Type: kith.Person}
		}
		id := kith.NewEntityID(doc, name, kith.Person, 0)
		local[name] = id
		r.Entities = append(r.Entities, kith.Entity{ID: id, Name: name, Type: kith.Person})
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				break
			}
			s := kith.Span{Start: from + i, End: from + i + len(name)}
			r.Mentions = append(r.Mentions, kith.Mention{Span: s, Kind: kith.NameMention, Type: kith.Person, ID: id, Text: name, Entity: -1})
			from = s.End
		}
		return kith.EntityRef{ID: id, Name: name, Type: kith.Person}
	}
	for _, s := range claims {
		c := kith.Claim{Subject: entity(s.Subject), Predicate: s.Predicate, Value: s.Value, Negated: s.Negated, Time: s.Time,
			Modality: s.Modality, Extractor: extractor, Confidence: 0.8, Evidence: quote(doc, text, s)}
		if s.Object != "" {
			object := entity(s.Object)
			c.Object = &object
		}
		if c.Modality == "" {
			c.Modality = kith.Asserted
		}
		c.Seal()
		r.Claims = append(r.Claims, c)
	}
	return r
}

// quote is the first sentence of the text that holds the claim's names.
func quote(doc kith.DocumentID, text string, s Said) kith.Evidence {
	start := 0
	for _, sentence := range strings.SplitAfter(text, ".") {
		words := strings.TrimLeft(sentence, " \n")
		from := start + len(sentence) - len(words)
		start += len(sentence)
		if strings.Contains(words, s.Subject) && strings.Contains(words, s.Object) && strings.Contains(words, s.Value) {
			return kith.Evidence{Document: doc, Start: from, End: from + len(words), Quote: words}
		}
	}
	panic(fmt.Sprintf("no sentence of %q holds %q and %q", text, s.Subject, s.Object))
}

// at is the nth minute of the day on which the tests take place.
func at(n int) time.Time {
	return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute)
}
