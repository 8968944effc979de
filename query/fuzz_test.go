package query

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kith"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"who Ann Lee", "Who worked for both A and B?", `find ? won_election,~lost_election "Bo"`, "changes 2020, 2021 about A",
		"path A, B top 3", `said ? about "X"`, "Who is A's mentor?", "\"", ",,,", "who", "in 2024", strings.Repeat("and ", 400)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		q, err := Parse(text)
		if time.Since(start) > time.Second {
			t.Fatalf("%q took %s", text, time.Since(start))
		}
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, kith.ErrInvalid) {
				t.Fatalf("%q gives an error of another kind: %v", text, err)
			}
			return
		}
		form := FormOf(q.Kind)
		if form == nil {
			t.Fatalf("%q gives kind %q", text, q.Kind)
		}
		again, err := Parse(q.String())
		if err != nil || again.String() != q.String() {
			t.Fatalf("%q reads as %s, which reads as %s (%v)", text, q, again, err)
		}
	})
}

func TestWhatIsNotUnderstoodNamesTheForms(t *testing.T) {
	for _, text := range []string{"", "hello world", "path Ann Lee", "central everything", "find Ann Lee", "changes soon", "who", strings.Repeat("x", 3000)} {
		q, err := Parse(text)
		if err == nil {
			t.Errorf("%q reads as %s", text, q)
			continue
		}
		if len(text) < MaxLength && !strings.Contains(err.Error(), "try one of") {
			t.Errorf("%q: %v names no form", text, err)
		}
	}
}

func TestArgumentsAreNamesWhateverTheyHold(t *testing.T) {
	for want, args := range map[string][]string{
		`path "Thorne and Lyle", "A, B"`:           {"path", "Thorne and Lyle", "A, B"},
		`find "Ann Lee" endorsed ?`:                {"find", "Ann Lee", "endorsed", "?"},
		`said "Ann Lee" about "Bo Cruz"`:           {"said", "Ann Lee", "about", "Bo Cruz"},
		`overlap "Ann Lee", "Bo Cruz" part donors`: {"overlap", "Ann Lee", "Bo Cruz", "part", "donors"},
		`who "Ann Lee"`:                            {"Who is Ann Lee?"},
	} {
		q, err := ParseArgs(args)
		if err != nil || q.String() != want {
			t.Errorf("%q reads as %s (%v), want %s", args, q, err, want)
		}
	}
}

func TestTheWorstQuestionIsReadQuickly(t *testing.T) {
	for _, word := range []string{"and ", "who ", "a ", "'s ", "for ", "endorsed ", "of ", "in 2024 ", "Ann and Bo to Cy of Di "} {
		for _, head := range []string{"", "who worked for both ", "what did ", "what is the relationship between ", "how does "} {
			start := time.Now()
			Parse(head + strings.Repeat(word, 39))
			if took := time.Since(start); took > time.Second {
				t.Errorf("%q and many of %q took %s", head, word, took)
			}
		}
	}
}
