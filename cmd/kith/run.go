package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"kith"
	"kith/store"
)

// Exit codes that scripts can trust.
const (
	exitOK     = 0 // all of it was done
	exitFailed = 1 // some or all of it was not; stderr says what
	exitUsage  = 2 // the command line could not be understood
)

// cli is the whole command line: a field a command, in the order of --help.
type cli struct {
	DB   string `help:"Store to use." env:"KITH_DB" placeholder:"PATH" type:"path"`
	Data string `help:"Folder of predicates, lexicons and models laid over the built-in ones." placeholder:"DIR" type:"existingdir"`

	Demo    demoCmd    `cmd:"" help:"Read the bundled example documents and answer three questions."`
	Read    readCmd    `cmd:"" help:"Read files and print their claims; opens no store."`
	Add     addCmd     `cmd:"" help:"Read files, folders or standard input into the store."`
	Ask     askCmd     `cmd:"" help:"Answer a question in English or by a form."`
	Claims  claimsCmd  `cmd:"" help:"List claims with their quotes."`
	Search  searchCmd  `cmd:"" help:"Find sentences by words."`
	Docs    docsCmd    `cmd:"" name:"documents" help:"List the stored documents."`
	Text    textCmd    `cmd:"" help:"Print a stored document's text."`
	Trace   traceCmd   `cmd:"" help:"Show what each stage made of each sentence of a file; opens no store."`
	Import  importCmd  `cmd:"" help:"Take in data that others have made."`
	Export  exportCmd  `cmd:"" help:"Give out what the store holds, in the formats of others."`
	Formats formatsCmd `cmd:"" help:"List the formats that go in and out; opens no store."`
	Watch   watchCmd   `cmd:"" help:"Follow folders and feeds, and say what changed."`

	Review  reviewCmd  `cmd:"" help:"Look through what is unsure, most important first."`
	Accept  acceptCmd  `cmd:"" help:"Say that claims are right."`
	Reject  rejectCmd  `cmd:"" help:"Say that claims are wrong."`
	Correct correctCmd `cmd:"" help:"Say what a claim should say."`
	Merge   mergeCmd   `cmd:"" help:"Make several entries one."`
	Split   splitCmd   `cmd:"" help:"Take members out of an entry, or list them."`
	Apart   apartCmd   `cmd:"" help:"Keep entries apart for good."`
	Alias   aliasCmd   `cmd:"" help:"Give an entry another name."`
	Note    noteCmd    `cmd:"" help:"Take a note: a call, a dinner, an introduction."`
	Undo    undoCmd    `cmd:"" help:"Take back a decision."`
	History historyCmd `cmd:"" help:"Show decisions, and why entries are one."`
	Reread  rereadCmd  `cmd:"" help:"Read stored documents again."`
	Forget  forgetCmd  `cmd:"" help:"Remove a document on purpose."`
	Rate    rateCmd    `cmd:"" help:"Say how reliable an outlet or author is."`

	Verify   verifyCmd   `cmd:"" help:"Check every quote and every id of the store."`
	Reindex  reindexCmd  `cmd:"" help:"Derive again all that follows from what was read and decided."`
	Ontology ontologyCmd `cmd:"" help:"Show and check the predicates; opens no store."`
	Version  versionCmd  `cmd:"" help:"Print the version; opens no store."`

	Serve serveCmd `cmd:"" help:"Open the store in a browser; both clocks stand on its pages."`
	Story storyCmd `cmd:"" help:"Write one page with map, timeline and quotes that opens anywhere, without network."`
}

// env is what a command may touch. Results go to out, talk to err.
type env struct {
	ctx  context.Context
	in   io.Reader
	out  *bufio.Writer
	err  io.Writer
	db   string // path of the store
	data string // folder laid over the built-in data, or ""
}

// failed is an error whose story has already been told on stderr.
type failed struct{ error }

// usage is an error of the command line, as opposed to one of the work.
type usage struct{ error }

// run executes one command line and returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	e := &env{ctx: ctx, in: in, out: bufio.NewWriter(out), err: errs}
	defer e.out.Flush()
	var c cli
	parsed, code, err := e.parse(&c, args)
	switch {
	case err != nil:
		fmt.Fprintf(errs, "kith: %v (try: kith --help)\n", err)
		return exitUsage
	case parsed == nil:
		return code
	}
	e.db, e.data = c.DB, c.Data
	return e.finish(parsed.Run(e))
}

// again executes another command line in the same surroundings and store.
func (e *env) again(args []string) error {
	var c cli
	parsed, _, err := e.parse(&c, args)
	if err != nil || parsed == nil {
		return err
	}
	return parsed.Run(e)
}

// parse reads a command line. Where it asked for help, which is then printed,
// it returns no command but an exit code.
func (e *env) parse(c *cli, args []string) (*kong.Context, int, error) {
	exited, code := false, exitOK
	parser, err := kong.New(c, append(forms(), kong.Name("kith"), kong.Writers(e.out, e.err),
		kong.Description("Reads what is written about public people and keeps the map of who stands behind whom."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Exit(func(n int) { exited, code = true, n }))...)
	if err != nil {
		return nil, exitUsage, err
	}
	parsed, err := parser.Parse(args)
	if exited {
		return nil, code, nil
	}
	return parsed, code, err
}

// finish says what went wrong, if anything, and turns it into an exit code.
func (e *env) finish(err error) int {
	if flushed := e.out.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("write the results: %w", flushed)
	}
	var told failed
	var wrong usage
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &told):
	case e.ctx.Err() != nil:
		fmt.Fprintln(e.err, "kith: interrupted; what was stored before is complete")
	case errors.As(err, &wrong):
		fmt.Fprintln(e.err, "kith:", err)
		return exitUsage
	default:
		fmt.Fprintln(e.err, "kith:", err)
		suggest(e.err, err)
	}
	return exitFailed
}

// suggest lists the candidates of a name that was not found or fits several.
func suggest(w io.Writer, err error) {
	var name *kith.NameError
	if !errors.As(err, &name) || len(name.Candidates) == 0 {
		return
	}
	if errors.Is(err, kith.ErrAmbiguous) {
		fmt.Fprintln(w, "It fits several; use a fuller name or the id:")
	} else {
		fmt.Fprintln(w, "Did you mean:")
	}
	for _, c := range name.Candidates {
		fmt.Fprintf(w, "  %s  %s (%s)\n", c.ID, c.Name, c.Type)
	}
}

// note prints talk for the person at the terminal.
func (e *env) note(format string, args ...any) { fmt.Fprintf(e.err, format+"\n", args...) }

// json prints one value as a line of JSON.
func (e *env) json(value any) error {
	encoder := json.NewEncoder(e.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// store opens the store, which is made where it does not exist.
func (e *env) store() (kith.Store, error) {
	path, err := e.path()
	if err != nil {
		return nil, err
	}
	return store.Open(path, store.Options{})
}

// view opens the store that must exist, at one setting of both clocks. The
// caller calls the returned function when done.
func (e *env) view(at clocks) (kith.View, func(), error) {
	asOf, err := at.parse()
	if err != nil {
		return nil, nil, err
	}
	path, err := e.path()
	if err != nil {
		return nil, nil, err
	}
	s, err := store.Open(path, store.Options{MustExist: true})
	if errors.Is(err, kith.ErrNotFound) {
		return nil, nil, fmt.Errorf("open store %s: there is none yet; make one with: kith add FILE", path)
	}
	if err != nil {
		return nil, nil, err
	}
	v, err := s.View(e.ctx, asOf)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return v, func() { v.Close(); s.Close() }, nil
}

// path is where the store lies: --db, KITH_DB, or a file in the user's data
// folder.
func (e *env) path() (string, error) {
	if e.db != "" {
		return e.db, nil
	}
	base := os.Getenv("XDG_DATA_HOME")
	if base == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("find the data folder: %w; name a store with --db PATH", err)
		}
		base = filepath.Join(home, ".local", "share")
	}
	folder := filepath.Join(base, "kith")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("make the data folder: %w; name a store with --db PATH", err)
	}
	return filepath.Join(folder, "store.kith"), nil
}

// clocks are the two flags that every reading command has.
type clocks struct {
	AsOf  string `help:"How the world stood on that day (YYYY, YYYY-MM or YYYY-MM-DD)." placeholder:"DATE"`
	Known string `help:"What the store knew then (a date, or a time as in RFC 3339)." placeholder:"DATE"`
}

// none refuses the clocks where a command decides: a decision is of now.
func (c clocks) none(command string) error {
	if c != (clocks{}) {
		return usage{fmt.Errorf("%s: --as-of and --known look back, and a decision is of now; leave them out", command)}
	}
	return nil
}

func (c clocks) parse() (kith.AsOf, error) {
	var at kith.AsOf
	if c.AsOf != "" {
		day, err := kith.ParseDate(c.AsOf)
		if err != nil {
			return at, usage{fmt.Errorf("--as-of: %w", err)}
		}
		at.World = day
	}
	if c.Known == "" {
		return at, nil
	}
	if moment, err := time.Parse(time.RFC3339, c.Known); err == nil {
		at.Known = moment
		return at, nil
	}
	day, err := kith.ParseDate(c.Known)
	if err != nil {
		return at, usage{fmt.Errorf("--known: %w", err)}
	}
	last, err := time.Parse(time.DateOnly, day.Last())
	if err != nil {
		return at, usage{fmt.Errorf("--known: %w", err)}
	}
	at.Known = last.AddDate(0, 0, 1).Add(-time.Nanosecond) // the whole of that day
	return at, nil
}

// terminal reports whether w is a terminal that a person looks at.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
