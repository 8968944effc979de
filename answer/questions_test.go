package answer_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/answer"
	"kith/graph"
)

// asked is one question of testdata/questions.txt with its whole answer.
type asked struct {
	over, text string
	lines      []string
	ordered    bool
	followed   bool // lines about what followed are passed over
	number     int
}

func readQuestions(t testing.TB) []asked {
	t.Helper()
	text, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []asked
	over := ""
	for i, line := range strings.Split(string(text), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		switch mark {
		case "", "#":
		case "over":
			over = rest
		case "?":
			list = append(list, asked{over: over, text: rest, number: i + 1})
		case "+":
			list[len(list)-1].followed = true
		case "=", ">":
			q := &list[len(list)-1]
			q.lines = append(q.lines, rest)
			q.ordered = mark == ">"
		default:
			t.Fatalf("questions.txt:%d: %q", i+1, line)
		}
	}
	return list
}

// short writes a line as questions.txt does.
func short(l *answer.Line) string {
	var b strings.Builder
	if l.Negated {
		b.WriteString("not ")
	}
	if l.Modality != kith.Asserted {
		b.WriteString(string(l.Modality) + " ")
	}
	object := l.Value
	if l.Object != nil {
		object = l.Object.Name
	}
	fmt.Fprintf(&b, "%s | %s | %s", l.Subject.Name, l.Predicate, object)
	if l.Third != nil {
		b.WriteString(" | " + l.Third.Name)
	}
	return b.String()
}

// matches compares a line with an expected one. A fourth field of the
// expected one may also be the line's role or year.
func matches(l *answer.Line, want string) bool {
	if graph.Symmetric(l.Predicate) && l.Object != nil {
		turned := *l
		turned.Subject, turned.Object, turned.Predicate = *l.Object, &l.Subject, l.Predicate
		if strings.TrimSpace(short(&turned)) == strings.TrimSpace(want) {
			return true
		}
	}
	got := short(l)
	if got == want || strings.TrimSpace(got) == strings.TrimSpace(want) {
		return true
	}
	i := strings.LastIndex(want, " | ")
	if strings.Count(want, " | ") != 3 || want[:i] != got {
		return false
	}
	last := want[i+3:]
	return last == l.Qualifiers["role"] || last == l.Time.From.Year()
}

// differences lists what is missing and what is too much; empty means right.
func (q *asked) differences(lines []answer.Line) []string {
	var out []string
	if q.followed {
		lines = slices.DeleteFunc(slices.Clone(lines), func(l answer.Line) bool { return l.Section == "What followed" })
	}
	if q.ordered {
		for i := range max(len(lines), len(q.lines)) {
			switch {
			case i >= len(lines):
				out = append(out, "missing "+q.lines[i])
			case i >= len(q.lines):
				out = append(out, "too much "+short(&lines[i]))
			case !matches(&lines[i], q.lines[i]):
				out = append(out, "got "+short(&lines[i])+", want "+q.lines[i])
			}
		}
		return out
	}
	used := make([]bool, len(lines))
	for _, want := range q.lines {
		at := -1
		for i := range lines {
			if !used[i] && matches(&lines[i], want) {
				at = i
				break
			}
		}
		if at < 0 {
			out = append(out, "missing "+want)
			continue
		}
		used[at] = true
	}
	for i := range lines {
		if !used[i] {
			out = append(out, "too much "+short(&lines[i]))
		}
	}
	return out
}

// askWorld asks one question at the day on which the example world ends.
func askWorld(t testing.TB, v kith.View, text string) *answer.Answer {
	t.Helper()
	a, err := answer.AskText(t.Context(), v, text, answer.Options{Now: time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestQuestionsOverPerfectReadingAreAnsweredExactly(t *testing.T) {
	views := map[string]kith.View{}
	right, count := 0, 0
	for _, q := range readQuestions(t) {
		t.Run(q.text, func(t *testing.T) {
			if views[q.over] == nil {
				views[q.over] = openOver(t, q.over)
			}
			count++
			a, err := answer.AskText(t.Context(), views[q.over], q.text, answer.Options{Now: time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Errorf("questions.txt:%d: %v", q.number, err)
				return
			}
			wrong := q.differences(a.Lines)
			if len(wrong) == 0 {
				right++
				return
			}
			t.Errorf("questions.txt:%d: %s\n  %s", q.number, a.Question, strings.Join(wrong, "\n  "))
		})
	}
	t.Logf("%d of %d questions exactly right", right, count)
}

// TestQuestionsOverNamesWithoutTypes asks the same where claims name their ends
// only: types are then guessed, and nine in ten answers must be the same.
func TestQuestionsOverNamesWithoutTypes(t *testing.T) {
	namesOnly = true
	defer func() { namesOnly = false }()
	views := map[string]kith.View{}
	right, count := 0, 0
	for _, q := range readQuestions(t) {
		if q.over == "dev" {
			if _, err := os.Stat("../../shared/gold/dev"); err != nil {
				continue
			}
		}
		if views[q.over] == nil {
			views[q.over] = openOver(t, q.over)
		}
		count++
		a, err := answer.AskText(t.Context(), views[q.over], q.text, answer.Options{Now: time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Logf("questions.txt:%d: %v", q.number, err)
			continue
		}
		wrong := q.differences(a.Lines)
		if len(wrong) == 0 {
			right++
			continue
		}
		t.Logf("questions.txt:%d: %s: %s", q.number, a.Question, strings.Join(wrong, "; "))
	}
	t.Logf("names without types: %d of %d questions exactly right", right, count)
	if right*10 < count*9 {
		t.Errorf("%d of %d questions are right", right, count)
	}
}

// worlds are opened once and kept open to the end of the run.
func openOver(t *testing.T, over string) kith.View {
	t.Helper()
	var w *world
	outer := keep(t)
	switch over {
	case "demo":
		w = demoWorld(outer)
	case "harbour":
		w = harbourWorld(outer)
	default:
		shared(t, "gold", "dev")
		w = devWorld(outer)
	}
	return w.view(outer, kith.AsOf{})
}

// kept is a testing.TB whose clean-up runs with the whole test binary.
type kept struct {
	testing.TB
	dir string
}

func keep(t *testing.T) testing.TB {
	dir, err := os.MkdirTemp("", "kith-answer-")
	if err != nil {
		t.Fatal(err)
	}
	folders = append(folders, dir)
	return kept{t, dir}
}

var folders []string

func (k kept) TempDir() string          { return k.dir }
func (k kept) Cleanup(func())           {}
func (k kept) Context() context.Context { return context.Background() }

func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range folders {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// TestShow prints answers for reading: ASK="question;question" OVER=demo|dev.
func TestShow(t *testing.T) {
	text := os.Getenv("ASK")
	if text == "" {
		t.Skip("set ASK to a question to see its answer")
	}
	v := openOver(t, os.Getenv("OVER"))
	for _, q := range strings.Split(text, ";") {
		a, err := answer.AskText(t.Context(), v, q, answer.Options{Now: time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Log(err)
			continue
		}
		if err := a.WriteText(os.Stdout, 110); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOwnReadingOfTheExampleDocuments reports how many of the questions kith
// answers from its own reading, and how many of the lines are expected ones.
func TestOwnReadingOfTheExampleDocuments(t *testing.T) {
	w := ownDemoWorld(t)
	v := w.view(t, kith.AsOf{})
	right, count, good, lines, wanted := 0, 0, 0, 0, 0
	for _, q := range readQuestions(t) {
		if q.over != "demo" {
			continue
		}
		count++
		wanted += len(q.lines)
		a, err := answer.AskText(t.Context(), v, q.text, answer.Options{Now: time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Logf("%s: %v", q.text, err)
			continue
		}
		wrong := q.differences(a.Lines)
		if len(wrong) == 0 {
			right++
		} else {
			t.Logf("%s: %s", q.text, strings.Join(wrong, "; "))
		}
		lines += len(a.Lines)
		for i := range a.Lines {
			if slices.ContainsFunc(q.lines, func(want string) bool { return matches(&a.Lines[i], want) }) {
				good++
			}
		}
	}
	t.Logf("own reading: %d of %d questions exactly right; %d of %d lines expected, of %d wanted", right, count, good, lines, wanted)
	if lines > 0 && good*2 < lines {
		t.Errorf("of %d lines only %d are expected ones", lines, good)
	}
}
