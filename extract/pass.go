package extract

import (
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
	case !r.hasVerb(s):
		return "no verb"
	case r.instruction(s):
		return "reads as an instruction"
	}
	return ""
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
	t := strings.ToLower(s.Cut(r.a.Document.Text))
	for _, cue := range instructionCues {
		if strings.Contains(t, cue) {
			return true
		}
	}
	return false
}

var instructionCues = []string{"ignore previous", "ignore all previous", "disregard previous", "disregard all", "ignore the above",
	"system prompt", "you are an ai", "as an ai", "language model", "your instructions", "new instructions", "output the following",
	"respond with", "add a claim", "record that", "extract the following", "reply only", "the following claim", "system:"}
