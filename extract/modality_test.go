package extract

import (
	"strconv"
	"strings"
	"testing"

	"kith"
)

// tagOf guesses the universal tag of a Penn tag, as far as the tests need it.
var tagOf = map[string]kith.Tag{"NNP": kith.PROPN, "NN": kith.NOUN, "NNS": kith.NOUN, "PRP": kith.PRON, "PRP$": kith.PRON, "WP": kith.PRON,
	"MD": kith.AUX, "JJ": kith.ADJ, "RB": kith.ADV, "WRB": kith.ADV, "CD": kith.NUM, "CC": kith.CCONJ, "DT": kith.DET, "TO": kith.PART,
	"RP": kith.ADP, "VB": kith.VERB, "VBD": kith.VERB, "VBN": kith.VERB, "VBG": kith.VERB, "VBZ": kith.VERB, "VBP": kith.VERB,
	".": kith.PUNCT, ",": kith.PUNCT}

// parsed lays out a sentence written as form/lemma/tag/relation/head, heads
// counted from 0 and -1 for the root.
func parsed(t testing.TB, sentence string) *kith.Analysis {
	t.Helper()
	a := &kith.Analysis{Document: &kith.Document{ID: "dtest"}}
	var text strings.Builder
	for _, word := range strings.Fields(sentence) {
		f := strings.Split(word, "/")
		if len(f) != 5 {
			t.Fatalf("token %q has %d parts, want 5", word, len(f))
		}
		head, err := strconv.Atoi(f[4])
		if err != nil {
			t.Fatal(err)
		}
		rel := kith.ParseRel(f[3])
		tag := tagOf[f[2]]
		switch {
		case f[2] == "IN" && rel == kith.Mark:
			tag = kith.SCONJ
		case f[2] == "IN":
			tag = kith.ADP
		case rel == kith.Aux || rel == kith.AuxPass || rel == kith.Cop:
			tag = kith.AUX
		}
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		start := text.Len()
		text.WriteString(f[0])
		a.Tokens = append(a.Tokens, kith.Token{Span: kith.Span{Start: start, End: text.Len()}, Tag: tag, XTag: kith.ParseXTag(f[2]), Rel: rel, Head: head, Lemma: f[1]})
	}
	a.Document.Text = text.String()
	a.Sentences = []kith.Sentence{{Span: kith.Span{End: text.Len()}, Last: len(a.Tokens)}}
	return a
}

// at is the token of that form.
func at(t testing.TB, a *kith.Analysis, form string) int {
	t.Helper()
	for i := range a.Tokens {
		if a.Word(i) == form {
			return i
		}
	}
	t.Fatalf("no token %q in %q", form, a.Document.Text)
	return -1
}

func TestCertaintyIsReadByScope(t *testing.T) {
	for name, c := range map[string]struct {
		sentence, trigger string
		modality          kith.Modality
		negated           bool
	}{
		"a hedge leaves the clause beside it asserted": {"Orlov/Orlov/NNP/nsubj/1 backed/back/VBD/root/-1 Maas/Maas/NNP/obj/1 and/and/CC/cc/5 may/may/MD/aux/5 endorse/endorse/VB/conj/1 Tan/Tan/NNP/obj/5 ./././punct/1",
			"backed", kith.Asserted, false},
		"a modal hedges its own clause": {"Orlov/Orlov/NNP/nsubj/1 backed/back/VBD/root/-1 Maas/Maas/NNP/obj/1 and/and/CC/cc/5 may/may/MD/aux/5 endorse/endorse/VB/conj/1 Tan/Tan/NNP/obj/5 ./././punct/1",
			"endorse", kith.Hedged, false},
		"will is a plan": {"Orlov/Orlov/NNP/nsubj/2 will/will/MD/aux/2 endorse/endorse/VB/root/-1 Maas/Maas/NNP/obj/2 on/on/IN/case/5 Friday/Friday/NNP/obl/2 ./././punct/2",
			"endorse", kith.Planned, false},
		"said to be considering a run": {"Orlov/Orlov/NNP/nsubj:pass/2 is/be/VBZ/aux:pass/2 said/say/VBN/root/-1 to/to/TO/mark/5 be/be/VB/aux/5 considering/consider/VBG/xcomp/2 a/a/DT/det/7 run/run/NN/obj/5 ./././punct/2",
			"run", kith.Hedged, false},
		"not ruled out is open": {"Orlov/Orlov/NNP/nsubj/3 has/have/VBZ/aux/3 not/not/RB/advmod/3 ruled/rule/VBN/root/-1 out/out/RP/compound:prt/3 endorsing/endorse/VBG/xcomp/3 Maas/Maas/NNP/obj/5 ./././punct/3",
			"endorsing", kith.Hedged, false},
		"refused to is not so": {"Orlov/Orlov/NNP/nsubj/1 refused/refuse/VBD/root/-1 to/to/TO/mark/3 endorse/endorse/VB/xcomp/1 Maas/Maas/NNP/obj/3 ./././punct/1",
			"endorse", kith.Asserted, true},
		"never negates": {"Orlov/Orlov/NNP/nsubj/2 never/never/RB/advmod/2 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/2 ./././punct/2",
			"endorsed", kith.Asserted, true},
		"plans to is a plan": {"Orlov/Orlov/NNP/nsubj/1 plans/plan/VBZ/root/-1 to/to/TO/mark/3 endorse/endorse/VB/xcomp/1 Maas/Maas/NNP/obj/3 ./././punct/1",
			"endorse", kith.Planned, false},
		"reportedly hedges": {"Orlov/Orlov/NNP/nsubj/2 reportedly/reportedly/RB/advmod/2 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/2 ./././punct/2",
			"endorsed", kith.Hedged, false},
		"an if-clause is supposed": {"If/if/IN/mark/2 Orlov/Orlov/NNP/nsubj/2 endorses/endorse/VBZ/advcl/7 Maas/Maas/NNP/obj/2 ,/,/,/punct/7 Tan/Tan/NNP/nsubj/7 will/will/MD/aux/7 quit/quit/VB/root/-1 ./././punct/7",
			"endorses", kith.Hedged, false},
		"what hangs on an if is open": {"If/if/IN/mark/2 Orlov/Orlov/NNP/nsubj/2 endorses/endorse/VBZ/advcl/7 Maas/Maas/NNP/obj/2 ,/,/,/punct/7 Tan/Tan/NNP/nsubj/7 will/will/MD/aux/7 quit/quit/VB/root/-1 ./././punct/7",
			"quit", kith.Hedged, false},
		"helped to is done": {"Orlov/Orlov/NNP/nsubj/1 helped/help/VBD/root/-1 to/to/TO/mark/3 elect/elect/VB/xcomp/1 Maas/Maas/NNP/obj/3 ./././punct/1",
			"elect", kith.Asserted, false},
		"announced that she would is a plan": {"Orlov/Orlov/NNP/nsubj/1 announced/announce/VBD/root/-1 that/that/IN/mark/5 she/she/PRP/nsubj/5 would/would/MD/aux/5 endorse/endorse/VB/ccomp/1 Maas/Maas/NNP/obj/5 ./././punct/1",
			"endorse", kith.Planned, false},
		"expected to is a hedge": {"Orlov/Orlov/NNP/nsubj:pass/2 is/be/VBZ/aux:pass/2 expected/expect/VBN/root/-1 to/to/TO/mark/4 endorse/endorse/VB/xcomp/2 Maas/Maas/NNP/obj/4 ./././punct/2",
			"endorse", kith.Hedged, false},
		"two negations cancel": {"Orlov/Orlov/NNP/nsubj/3 did/do/VBD/aux/3 not/not/RB/advmod/3 fail/fail/VB/root/-1 to/to/TO/mark/5 endorse/endorse/VB/xcomp/3 Maas/Maas/NNP/obj/5 ./././punct/3",
			"endorse", kith.Asserted, false},
		"without negates": {"Orlov/Orlov/NNP/nsubj/1 won/win/VBD/root/-1 without/without/IN/mark/3 endorsing/endorse/VBG/advcl/1 Maas/Maas/NNP/obj/3 ./././punct/1",
			"endorsing", kith.Asserted, true},
		"a decision to is a plan": {"Her/her/PRP$/nmod:poss/1 decision/decision/NN/nsubj/5 to/to/TO/mark/3 endorse/endorse/VB/acl/1 Maas/Maas/NNP/obj/3 surprised/surprise/VBD/root/-1 Tan/Tan/NNP/obj/5 ./././punct/5",
			"endorse", kith.Planned, false},
		"what is denied is negated": {"Orlov/Orlov/NNP/nsubj/1 denied/deny/VBD/root/-1 that/that/IN/mark/5 she/she/PRP/nsubj/5 had/have/VBD/aux/5 endorsed/endorse/VBN/ccomp/1 Maas/Maas/NNP/obj/5 ./././punct/1",
			"endorsed", kith.Asserted, true},
		"likely to is a hedge": {"Orlov/Orlov/NNP/nsubj/2 is/be/VBZ/cop/2 likely/likely/JJ/root/-1 to/to/TO/mark/4 endorse/endorse/VB/xcomp/2 Maas/Maas/NNP/obj/4 ./././punct/2",
			"endorse", kith.Hedged, false},
		"a possible feud": {"Orlov/Orlov/NNP/nsubj/1 ended/end/VBD/root/-1 a/a/DT/det/4 possible/possible/JJ/amod/4 feud/feud/NN/obj/1 ./././punct/1",
			"feud", kith.Hedged, false},
		"nobody negates": {"Nobody/nobody/NN/nsubj/1 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/1 ./././punct/1",
			"endorsed", kith.Asserted, true},
		"has yet to is not so": {"Orlov/Orlov/NNP/nsubj/1 has/have/VBZ/root/-1 yet/yet/RB/advmod/1 to/to/TO/mark/4 endorse/endorse/VB/xcomp/1 Maas/Maas/NNP/obj/4 ./././punct/1",
			"endorse", kith.Asserted, true},
		"a question asserts nothing": {"Did/do/VBD/aux/2 Orlov/Orlov/NNP/nsubj/2 endorse/endorse/VB/root/-1 Maas/Maas/NNP/obj/2 ?/?/./punct/2",
			"endorse", kith.Hedged, false},
		"a hedge in a relative clause stays there": {"Orlov/Orlov/NNP/nsubj/6 ,/,/,/punct/4 who/who/WP/nsubj/4 may/may/MD/aux/4 run/run/VB/acl:relcl/0 ,/,/,/punct/4 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/6 ./././punct/6",
			"endorsed", kith.Asserted, false},
		"a headline's infinitive is a plan": {"Orlov/Orlov/NNP/nsubj/2 to/to/TO/mark/2 endorse/endorse/VB/root/-1 Maas/Maas/NNP/obj/2",
			"endorse", kith.Planned, false},
		"would not seek is a plan that is not": {"Orlov/Orlov/NNP/nsubj/1 said/say/VBD/root/-1 she/she/PRP/nsubj/5 would/would/MD/aux/5 not/not/RB/advmod/5 seek/seek/VB/ccomp/1 reelection/reelection/NN/obj/5 ./././punct/1",
			"seek", kith.Planned, true},
	} {
		t.Run(name, func(t *testing.T) {
			a := parsed(t, c.sentence)
			m, negated := Certainty(a, at(t, a, c.trigger))
			if m != c.modality || negated != c.negated {
				t.Errorf("%q at %q: %s, negated %v; want %s, negated %v", a.Document.Text, c.trigger, m, negated, c.modality, c.negated)
			}
		})
	}
}

func TestSpeakersAreReadByClause(t *testing.T) {
	for name, c := range map[string]struct{ sentence, trigger, want string }{
		"the subject of a reporting verb": {"Aides/aide/NNS/nsubj/1 said/say/VBD/root/-1 that/that/IN/mark/4 Orlov/Orlov/NNP/nsubj/4 endorsed/endorse/VBD/ccomp/1 Maas/Maas/NNP/obj/4 ./././punct/1",
			"endorsed", "Aides"},
		"a reporter behind the clause": {"Orlov/Orlov/NNP/nsubj/1 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/1 ,/,/,/punct/6 two/two/CD/nummod/5 aides/aide/NNS/nsubj/6 said/say/VBD/parataxis/1 ./././punct/1",
			"endorsed", "two aides"},
		"according to": {"According/accord/VBG/case/3 to/to/IN/fixed/0 the/the/DT/det/3 Courier/Courier/NNP/obl/6 ,/,/,/punct/6 Orlov/Orlov/NNP/nsubj/6 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/6 ./././punct/6",
			"endorsed", "the Courier"},
		"rumours": {"Rumors/rumor/NNS/nsubj/5 that/that/IN/mark/3 Orlov/Orlov/NNP/nsubj/3 endorsed/endorse/VBD/acl/0 Maas/Maas/NNP/obj/3 spread/spread/VBD/root/-1 ./././punct/5",
			"endorsed", "Rumors"},
		"the document itself": {"Orlov/Orlov/NNP/nsubj/1 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/1 ./././punct/1", "endorsed", ""},
		"a relative clause is taken for granted": {"Orlov/Orlov/NNP/nsubj/6 ,/,/,/punct/3 who/who/WP/nsubj/3 endorsed/endorse/VBD/acl:relcl/0 Maas/Maas/NNP/obj/3 ,/,/,/punct/3 won/win/VBD/root/-1 ,/,/,/punct/9 aides/aide/NNS/nsubj/9 said/say/VBD/parataxis/6 ./././punct/6",
			"endorsed", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := parsed(t, c.sentence)
			got := ""
			if by := Source(a, at(t, a, c.trigger)); by != nil {
				got = by.Name
				if by.Kind == kith.ByEntity {
					t.Errorf("an unnamed source is a %s", by.Kind)
				}
			}
			if got != c.want {
				t.Errorf("%q at %q: said by %q, want %q", a.Document.Text, c.trigger, got, c.want)
			}
		})
	}
}

func TestTimesAreThoseOfTheClause(t *testing.T) {
	for name, c := range map[string]struct {
		sentence, trigger string
		from              kith.Date
		words             string
	}{
		"not of the reporting verb": {"Tan/Tan/NNP/nsubj/1 said/say/VBD/root/-1 in/in/IN/case/3 2019/2019/CD/obl/1 that/that/IN/mark/6 Orlov/Orlov/NNP/nsubj/6 endorsed/endorse/VBD/ccomp/1 Maas/Maas/NNP/obj/6 in/in/IN/case/9 2016/2016/CD/obl/6 ./././punct/1",
			"endorsed", "2016", "in 2016"},
		"nothing is borrowed from the reporting verb": {"Tan/Tan/NNP/nsubj/1 said/say/VBD/root/-1 in/in/IN/case/3 2019/2019/CD/obl/1 that/that/IN/mark/6 Orlov/Orlov/NNP/nsubj/6 endorsed/endorse/VBD/ccomp/1 Maas/Maas/NNP/obj/6 ./././punct/1",
			"endorsed", "", ""},
		"coordinated verbs share an opening time": {"In/in/IN/case/1 2016/2016/CD/obl/3 Orlov/Orlov/NNP/nsubj/3 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/3 and/and/CC/cc/6 praised/praise/VBD/conj/3 Tan/Tan/NNP/obj/6 ./././punct/3",
			"praised", "2016", "In 2016"},
		"after another event is no date": {"Orlov/Orlov/NNP/nsubj/1 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/1 after/after/IN/case/6 the/the/DT/det/6 2016/2016/CD/nummod/6 defeat/defeat/NN/obl/1 ./././punct/1",
			"endorsed", "", ""},
		"the other event has its own": {"Orlov/Orlov/NNP/nsubj/1 endorsed/endorse/VBD/root/-1 Maas/Maas/NNP/obj/1 after/after/IN/case/6 the/the/DT/det/6 2016/2016/CD/nummod/6 defeat/defeat/NN/obl/1 ./././punct/1",
			"defeat", "2016", "2016"},
		"a relative clause keeps the time that ends it": {"Tan/Tan/NNP/nsubj/1 met/meet/VBD/root/-1 Orlov/Orlov/NNP/obj/1 ,/,/,/punct/7 who/who/WP/nsubj/7 had/have/VBD/aux/7 been/be/VBN/cop/7 mayor/mayor/NN/appos/2 in/in/IN/case/9 2016/2016/CD/obl/1 ./././punct/1",
			"met", "", ""},
		"even where the tree hangs it elsewhere": {"Tan/Tan/NNP/nsubj/1 met/meet/VBD/root/-1 Orlov/Orlov/NNP/obj/1 ,/,/,/punct/7 who/who/WP/nsubj/7 had/have/VBD/aux/7 been/be/VBN/cop/7 mayor/mayor/NN/appos/2 in/in/IN/case/9 2016/2016/CD/obl/1 ./././punct/1",
			"mayor", "2016", "in 2016"},
		"a noun shares its verb's": {"Orlov/Orlov/NNP/nsubj/1 hosted/host/VBD/root/-1 a/a/DT/det/3 dinner/dinner/NN/obj/1 for/for/IN/case/5 Maas/Maas/NNP/nmod/3 in/in/IN/case/7 May/May/NNP/obl/1 2016/2016/CD/nmod:unmarked/7 ./././punct/1",
			"dinner", "2016-05", "in May 2016"},
	} {
		t.Run(name, func(t *testing.T) {
			a := parsed(t, c.sentence)
			r := &reader{dated: dated{low: wordsInLower(a)}}
			r.grow(a)
			got := r.timeOf(at(t, a, c.trigger))
			if got.From != c.from || got.Text != c.words {
				t.Errorf("%q at %q: from %q by %q, want %q by %q", a.Document.Text, c.trigger, got.From, got.Text, c.from, c.words)
			}
		})
	}
}
