package text

import (
	"strings"

	"kith"
)

// typeByApposition makes organisations of names that a description right
// behind calls one ("Northstar, a company that …", "the Lantern Forum, a
// training institute"), there and wherever the document uses the same name.
func typeByApposition(a *kith.Analysis, names []kith.Name) {
	for i := range names {
		n := names[i]
		if n.Type == kith.Organization || !calledOrganization(a, n) {
			continue
		}
		called := nameWords(a, n)
		for k := range names {
			if names[k].Type == n.Type && nameWords(a, names[k]) == called && k != i {
				names[k].Type = kith.Organization
			}
		}
		names[i].Type = kith.Organization
	}
}

func nameWords(a *kith.Analysis, n kith.Name) string {
	return kith.Span{Start: a.Tokens[n.First].Start, End: a.Tokens[n.Last-1].End}.Cut(a.Document.Text)
}

// calledOrganization reports whether a comma, an article and a phrase whose
// last noun means an organisation follow a name that no preposition of place
// goes before ("In Brill, a company …" describes no town).
func calledOrganization(a *kith.Analysis, n kith.Name) bool {
	if n.Last+2 >= len(a.Tokens) || a.Word(n.Last) != "," || closesSentence(a, n, n.Last+2) {
		return false
	}
	switch a.Word(n.Last + 1) {
	case "a", "an", "the":
	default:
		return false
	}
	if n.First > 0 {
		switch strings.ToLower(a.Word(n.First - 1)) {
		case "in", "at", "near", "from", "across", "outside", "around", ",":
			return false
		}
	}
	head := ""
	for i := n.Last + 2; i < len(a.Tokens) && i < n.Last+8 && !closesSentence(a, n, i); i++ {
		w := strings.ToLower(a.Word(i))
		if endsPhrase(w) || strings.HasSuffix(w, "ing") && organizationNoun(head) { // "a super PAC backing Lee"
			return organizationNoun(head)
		}
		head = w
	}
	return false
}

// endsPhrase knows the words that may follow the head of a noun phrase.
func endsPhrase(w string) bool {
	switch w {
	case ",", ".", ";", ")", "—", "–", "that", "which", "who", "whose", "of", "for", "in", "at", "to", "on", "by", "with", "from", "based",
		"founded", "run", "led", "owned", "created", "set", "dedicated", "devoted", "formed", "backed", "funded", "and":
		return true
	}
	return false
}

// organizationNoun knows nouns that can mean nothing but an organisation.
func organizationNoun(w string) bool {
	switch w {
	case "company", "firm", "organization", "organisation", "committee", "pac", "corporation", "nonprofit", "non-profit", "charity",
		"foundation", "startup", "start-up", "consultancy", "institute", "association", "university", "college", "newspaper",
		"magazine", "publisher", "bank", "agency", "union", "think-tank", "brokerage", "retailer", "manufacturer", "airline", "conglomerate",
		"llc", "coalition", "party":
		return true
	}
	return false
}
