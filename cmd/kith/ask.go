package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"kith"
	"kith/answer"
	"kith/graph"
	"kith/query"
)

// askFlags are the flags that every question has.
type askFlags struct {
	clocks
	MinSources  int    `help:"Leave out lines on fewer independent sources." placeholder:"N"`
	Reviewed    bool   `help:"Only claims that somebody has accepted or corrected."`
	NoHedged    bool   `help:"Leave out hedged claims."`
	Limit       int    `help:"At most so many lines." placeholder:"N"`
	Sort        string `help:"Order lines by time, strength, sources, name or text." enum:",time,strength,sources,name,text" default:"" placeholder:"BY"`
	Publishable bool   `help:"Refuse lines that rest on one source, are unreviewed or hedged, and say what is missing."`
	Markdown    bool   `help:"Print Markdown with footnotes."`
	JSON        bool   `help:"Print JSON (docs/answer.schema.json)."`
}

// askCmd asks a question in English or as a form.
type askCmd struct {
	askFlags
	Words []string `arg:"" optional:"" help:"A question in English, or a form."`
}

// Help lists the forms under "kith ask --help".
func (askCmd) Help() string {
	text := "Ask in English (\"Who introduced Harris to donors?\") or by a form; each form is a command of its own too:\n\n"
	for _, f := range query.Forms {
		text += fmt.Sprintf("  %s\n      %s\n", f.Usage, f.Help)
	}
	return text
}

// Run answers the question.
func (c *askCmd) Run(e *env) error {
	q, err := query.ParseArgs(c.Words)
	return c.answer(e, q, err)
}

// formCmd is one kind of question as a command.
type formCmd struct {
	askFlags
	Names []string `arg:"" optional:"" help:"Names that the question is about."`
	By    string   `help:"Only these predicates, with commas between." placeholder:"P,…"`
	As    string   `help:"Words that the office, role or value must hold." placeholder:"WORDS"`
	About string   `help:"About or to whom." placeholder:"NAME"`
	Part  string   `help:"Part of an overlap, or measure of central." placeholder:"PART"`
	From  string   `help:"Not before that date." placeholder:"DATE"`
	Until string   `help:"Not after that date." placeholder:"DATE"`
	Top   int      `help:"How many paths, groups or ranks." placeholder:"K"`

	kind query.Kind
}

// Run answers the question.
func (c *formCmd) Run(e *env) error {
	args := append([]string{string(c.kind)}, c.Names...)
	for _, option := range []struct{ word, value string }{
		{"by", c.By}, {"as", c.As}, {"about", c.About}, {"part", c.Part}, {"from", c.From}, {"until", c.Until},
	} {
		if option.value != "" {
			args = append(args, option.word, option.value)
		}
	}
	if c.Top > 0 {
		args = append(args, "top", strconv.Itoa(c.Top))
	}
	q, err := query.ParseForm(args)
	return c.answer(e, q, err)
}

// forms makes every kind of question a command.
func forms() []kong.Option {
	var options []kong.Option
	for _, f := range query.Forms {
		options = append(options, kong.DynamicCommand(string(f.Kind), f.Help, "Questions", &formCmd{kind: f.Kind}))
	}
	return options
}

// answer asks the store and prints what it says.
func (f *askFlags) answer(e *env, q query.Question, err error) error {
	if err != nil {
		return usage{err}
	}
	v, done, err := e.view(f.clocks)
	if err != nil {
		return err
	}
	defer done()
	o := answer.Options{MinSources: f.MinSources, Reviewed: f.Reviewed, NoHedged: f.NoHedged, Limit: f.Limit, Sort: f.Sort, Publishable: f.Publishable}
	if o.Later, err = f.later(e, v); err != nil {
		return err
	}
	if o.Graph, err = e.largeGraph(e.ctx, v); err != nil {
		return err
	}
	defer o.Graph.Close()
	a, err := answer.Ask(e.ctx, v, q, o)
	if err != nil {
		return err
	}
	switch {
	case f.JSON:
		err = e.json(a)
	case f.Markdown:
		err = a.WriteMarkdown(e.out)
	default:
		err = a.WriteText(e.out, columns())
	}
	if err == nil && f.Publishable && a.Refused() {
		return errors.New("some lines are not fit to be published; “Left out” says what they lack")
	}
	return err
}

// later counts the documents that a question about an earlier moment does not
// know of.
func (f *askFlags) later(e *env, v kith.View) (int, error) {
	if f.Known == "" {
		return 0, nil
	}
	now, done, err := e.view(clocks{})
	if err != nil {
		return 0, err
	}
	defer done()
	present, err := now.Counts(e.ctx)
	if err != nil {
		return 0, err
	}
	then, err := v.Counts(e.ctx)
	return max(0, present.Documents-then.Documents), err
}

// largeStore is from how many claims on the graph of all ties is kept in a
// file beside the store, rather than packed for each question.
const largeStore = 20_000

// largeGraph opens the snapshot beside a large store, where a view shows the
// present; nil elsewhere.
func (e *env) largeGraph(ctx context.Context, v kith.View) (*graph.Snapshot, error) {
	if !v.At().Known.IsZero() {
		return nil, nil
	}
	path, err := netPath(e)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil { // counting a large store takes longer than looking for the file
		counts, err := v.Counts(ctx)
		if err != nil || counts.Claims < largeStore {
			return nil, err
		}
	}
	return answer.OpenGraph(ctx, v, path)
}

// netPath is where the snapshot of the store lies: beside its file, or, of a
// server's, in the user's folder of caches.
func netPath(e *env) (string, error) {
	path, err := e.path()
	if err != nil || !strings.Contains(path, "://") {
		return path + ".net", err
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the folder of caches: %w", err)
	}
	folder = filepath.Join(folder, "kith")
	return filepath.Join(folder, kith.Hash(path)+".net"), os.MkdirAll(folder, 0o755)
}

// columns is the width of the terminal, or 100.
func columns() int {
	if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && w >= 40 {
		return min(w, 140)
	}
	return 100
}
