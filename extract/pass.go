package extract

import (
	"slices"
	"strings"

	"kith"
)

// pass says why a sentence is passed over, or "" where it is read.
func (r *reader) pass(i int) string {
	s := r.a.Sentences[i]
	switch s.Kind {
	case "", kith.ListItem, kith.Row:
	default:
		return string(s.Kind)
	}
	switch {
	case s.Last-s.First > longest:
		return "too long to parse"
	case r.foreign(s):
		return "not in English"
	case !r.hasVerb(s) && r.a.Word(s.Last-1) != ".":
		return "no verb"
	case r.instruction(s):
		return "reads as an instruction"
	}
	return ""
}

// foreign reports whether a sentence has more function words of other
// languages than of English.
func (r *reader) foreign(s kith.Sentence) bool {
	if s.Last-s.First < 6 {
		return false
	}
	english, other := 0, 0
	for i := s.First; i < s.Last; i++ {
		switch w := r.low(i); {
		case in(englishWords, w):
			english++
		case in(foreignWords, w) && r.name[i] < 0:
			other++
		}
	}
	return other >= 3 && other > english
}

func (r *reader) hasVerb(s kith.Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		if r.tag(i) == kith.VERB || r.tag(i) == kith.AUX {
			return true
		}
	}
	return false
}

// instruction reports whether a sentence orders its reader to do something
// with text or claims: words meant for a machine, never for a newspaper.
func (r *reader) instruction(s kith.Sentence) bool {
	return r.ordering && instructs(strings.ToLower(s.Cut(r.a.Document.Text)))
}

// mayInstruct reports whether some sentence may be an instruction. Of letters
// that are not English, only these two have such ones for lower case.
func (r *reader) mayInstruct() bool {
	return instructs(r.lowText) || strings.ContainsAny(r.lowText, "\u0130\u212a")
}

// instructs reports whether a text in lower case holds words of such an order.
func instructs(lower string) bool {
	return slices.ContainsFunc(instructionCues, func(cue string) bool { return strings.Contains(lower, cue) })
}

var (
	englishWords = words(`a an and are as at be been but by for from had has have he her his i in is it its of on or she that the their
		they this to was we were which who will with would you not after before when said`)
	foreignWords = words(`al auf au aux avec che con da dans das de del della den der des di die du e ein eine el elle en es est et för från
		har het hij ich il ist la las le les los mais med mit não nicht no och og os para pas per por pour que qui se sich sie sono
		sont su sul sur til um un una und une van ved von was zu zum är att som den det ett`)
)

var instructionCues = []string{"ignore previous", "ignore all previous", "disregard previous", "disregard all", "ignore the above",
	"system prompt", "you are an ai", "as an ai", "language model", "your instructions", "new instructions", "output the following",
	"respond with", "add a claim", "record that", "extract the following", "reply only", "the following claim", "system:"}
