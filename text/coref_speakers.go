package text

import "kith"

// findSpeakers guesses for each quotation the mention of who speaks, for the
// sake of "I" and "we" inside it: the subject of a verb of saying in the
// sentences that hold its ends, else the speaker of the quotation before it in
// the same paragraph. The layer of quotations is settled later, by Speakers.
func (r *resolver) findSpeakers() {
	r.speakers = resized(r.speakers, len(r.a.Quotes))
	for q := range r.a.Quotes {
		r.speakers[q] = -1
		quote := &r.a.Quotes[q]
		if quote.Scare || quote.Sentence >= len(r.a.Sentences) {
			continue
		}
		first := quote.Sentence
		last := sentenceAt(r.a.Sentences, first, quote.End)
		if s := r.speakerIn(last, quote.Span); s >= 0 {
			r.speakers[q] = s
		} else if s := r.speakerIn(first, quote.Span); s >= 0 {
			r.speakers[q] = s
		} else if q > 0 && r.sameParagraph(q-1, q) {
			r.speakers[q] = r.speakers[q-1]
		}
	}
}

func (r *resolver) sameParagraph(p, q int) bool {
	a, b := r.a.Quotes[p].Sentence, r.a.Quotes[q].Sentence
	return a < len(r.a.Sentences) && b < len(r.a.Sentences) && r.a.Sentences[a].Paragraph == r.a.Sentences[b].Paragraph
}

func (r *resolver) speakerIn(s int, quote kith.Span) int32 {
	sentence := r.a.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		t := &r.a.Tokens[i]
		if t.Rel != kith.Nsubj || t.Head < 0 || quote.Contains(t.Span) || quote.Contains(r.a.Tokens[t.Head].Span) {
			continue
		}
		if m := r.finder.refAt[i]; m >= 0 && saysWord(r.a.Tokens[t.Head].Lemma) {
			return m
		}
	}
	return -1
}

func saysWord(lemma string) bool {
	switch lemma {
	case "say", "tell", "add", "argue", "ask", "announce", "claim", "declare", "explain", "insist", "note", "recall",
		"remark", "reply", "state", "suggest", "warn", "write", "tweet", "testify", "vow", "concede", "acknowledge",
		"confirm", "deny", "joke", "quip", "continue", "conclude", "observe", "stress", "respond", "answer", "cry",
		"exclaim", "shout", "whisper", "think", "comment", "emphasize", "call", "describe", "boast", "complain", "admit":
		return true
	}
	return false
}
