package main

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"kith/query"
)

// reading says how each command that reads the store is called, and a word of
// what it prints that stands in a later document or decision only.
var reading = map[string]struct{ args, later string }{
	"claims":    {"", "Brandt"},
	"search":    {"Brandt", "Brandt"},
	"documents": {"", "b.txt"},
	"text":      {"DOC", "Brandt"},
	"export":    {"claims", "Brandt"},
	"review":    {"--json", "Brandt"},
	"split":     {"--|Ida Brandt", "b.txt"},
	"history":   {"", "rate"},
	"rate":      {"", "herald"},
	"ask":       {"ties|Oskar Feld", "Brandt"},
	"story":     {"--out|FILE", "Brandt"},
}

// clockless commands have no clocks, since they write, check or repair the store as
// it is. All others must say in their help that they open none.
var clockless = strings.Fields(`add import watch demo accept reject correct merge apart alias note undo reread forget verify reindex serve`)

// TestEveryReadingCommandHasBothClocks walks the whole command line.
func TestEveryReadingCommandHasBothClocks(t *testing.T) {
	store := newPast(t)
	seen := 0
	for _, leaf := range leaves(t) {
		name := strings.Fields(leaf.Path())[0]
		how, isReading := reading[name]
		if form := formOf(name); form != "" {
			how, isReading = reading["ask"], true
		}
		has := hasClocks(leaf)
		switch {
		case isReading && !has:
			t.Errorf("kith %s reads the store and has no --as-of and --known", leaf.Path())
		case !isReading && has:
			t.Errorf("kith %s has --as-of and --known: say in this test how it is called", leaf.Path())
		case !isReading && !slices.Contains(clockless, name) && !strings.Contains(leaf.Help+leaf.Parent.Help, "opens no store"):
			t.Errorf("kith %s has no clocks; its help does not say that it opens no store", leaf.Path())
		}
		if isReading && formOf(name) == "" {
			seen++
			t.Run(name, func(t *testing.T) { store.looksBack(t, name, how.args, how.later) })
		}
	}
	if seen != len(reading) {
		t.Errorf("%d of the %d commands of this test are there", seen, len(reading))
	}
}

func leaves(t *testing.T) []*kong.Node {
	t.Helper()
	var c cli
	parser, err := kong.New(&c, forms()...)
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model.Leaves(false)
}

func formOf(name string) query.Kind {
	for _, f := range query.Forms {
		if string(f.Kind) == name {
			return f.Kind
		}
	}
	return ""
}

func hasClocks(n *kong.Node) bool {
	found := 0
	for _, group := range n.AllFlags(false) {
		for _, f := range group {
			if f.Name == "as-of" || f.Name == "known" {
				found++
			}
		}
	}
	return found == 2
}

// past is a store to which something was added, and then more.
type past struct{ db, before, later string }

func newPast(t *testing.T) past {
	t.Helper()
	dir := t.TempDir()
	p := past{db: filepath.Join(dir, "store.kith")}
	p.add(t, filepath.Join(dir, "a.txt"), "Senator Vera Anselm endorsed Oskar Feld in 2024.")
	p.before = time.Now().UTC().Format(time.RFC3339Nano)
	p.add(t, filepath.Join(dir, "b.txt"), "Vera Anselm hired Ida Brandt in 2024. Ida Brandt endorsed Oskar Feld in 2024. Ida Brandt has been mayor of Tarn since 2024.")
	if _, errs, code := p.call(t, "rate", "Tarn Herald", "0.4"); code != exitOK {
		t.Fatal(errs)
	}
	out, _, _ := p.call(t, "documents", "--json")
	for line := range strings.SplitSeq(out, "\n") {
		if strings.Contains(line, "b.txt") {
			_, id, _ := strings.Cut(line, `"id":"`)
			p.later, _, _ = strings.Cut(id, `"`)
		}
	}
	return p
}

func (p past) add(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := p.call(t, "add", path); code != exitOK {
		t.Fatalf("add: %s", errs)
	}
}

func (p past) call(t *testing.T, args ...string) (string, string, int) {
	return call(t, append([]string{"--db", p.db}, args...)...)
}

// looksBack runs a command now, as known before the later document came, and
// on a day before anything that the texts tell.
func (p past) looksBack(t *testing.T, name, args, later string) {
	file := filepath.Join(t.TempDir(), "out.html")
	base := []string{name}
	if args != "" {
		base = append(base, strings.Split(strings.NewReplacer("DOC", p.later, "FILE", file, "--|", "").Replace(args), "|")...)
	}
	shows := func(more ...string) bool {
		os.Remove(file)
		out, errs, code := p.call(t, append(slices.Clone(base), more...)...)
		if code == exitUsage {
			t.Fatalf("kith %s %s: exit code %d\n%s", strings.Join(base, " "), strings.Join(more, " "), code, errs)
		}
		page, _ := os.ReadFile(file)
		return strings.Contains(out, later) || bytes.Contains(page, []byte(later))
	}
	if !shows() {
		t.Fatalf("kith %s does not show %q", strings.Join(base, " "), later)
	}
	if shows("--known", p.before) {
		t.Errorf("kith %s --known shows %q, of which nothing was known then", name, later)
	}
	if !shows("--known", "2999") || !shows("--as-of", "2999") {
		t.Errorf("kith %s does not show %q as known, or as it stands, in 2999", name, later)
	}
	shows("--as-of", "1950")
	for _, flag := range []string{"--known", "--as-of"} {
		if _, errs, code := p.call(t, append(slices.Clone(base), flag, "yesterday")...); code != exitUsage || !strings.Contains(errs, flag) {
			t.Errorf("kith %s %s yesterday: exit code %d, %q", name, flag, code, errs)
		}
	}
}

// TestAClaimStandsOnlyFromItsTimeOn holds --as-of against what is told of a
// year, on the commands that list claims.
func TestAClaimStandsOnlyFromItsTimeOn(t *testing.T) {
	p := newPast(t)
	for _, line := range []string{"claims --predicate held_office", "ask ties|Ida Brandt", "export claims --predicate held_office", "review --json --predicate held_office", "story --out FILE"} {
		file := filepath.Join(t.TempDir(), "out.html")
		var args []string
		for _, a := range strings.Fields(strings.ReplaceAll(line, "Ida Brandt", "Ida\x00Brandt")) {
			args = append(args, strings.Split(strings.NewReplacer("\x00", " ", "FILE", file).Replace(a), "|")...)
		}
		holds := func(day string) bool {
			os.Remove(file)
			out, errs, code := p.call(t, append(slices.Clone(args), "--as-of", day)...)
			if code != exitOK {
				t.Fatalf("kith %s --as-of %s: exit code %d\n%s", line, day, code, errs)
			}
			page, _ := os.ReadFile(file)
			return strings.Contains(strings.ToLower(out+string(page)), "mayor")
		}
		if !holds("2025") {
			t.Errorf("kith %s does not show the mayor as of 2025", line)
		}
		if holds("2010") {
			t.Errorf("kith %s shows the mayor of 2024 as of 2010", line)
		}
	}
}

// TestADecisionTakesNoClocks: a decision is of now.
func TestADecisionTakesNoClocks(t *testing.T) {
	p := newPast(t)
	for _, args := range [][]string{{"rate", "Tarn Herald", "0.5", "--known", "2020"}, {"split", "Ida Brandt", "e1", "--as-of", "2020"}} {
		if _, errs, code := p.call(t, args...); code != exitUsage || !strings.Contains(errs, "a decision is of now") {
			t.Errorf("kith %s: exit code %d, %q", strings.Join(args, " "), code, errs)
		}
	}
}

// TestReviewAsksWhatWaitedThen: a question that came later is not in the queue
// of an earlier day, nor one that was answered since.
func TestReviewAsksWhatWaitedThen(t *testing.T) {
	p := newPast(t)
	var out bytes.Buffer
	e := &env{ctx: t.Context(), in: strings.NewReader("a\nq\n"), out: bufio.NewWriter(&out), err: &out, db: p.db}
	if err := e.again([]string{"review", "--known", p.before, "--claims"}); err != nil {
		t.Fatal(err)
	}
	e.out.Flush()
	if !strings.Contains(out.String(), "Review 1 of") || strings.Contains(out.String(), "Brandt") {
		t.Errorf("the queue of then shows\n%s", out.String())
	}
}
