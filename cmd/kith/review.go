package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"kith"
	"kith/store"
)

// reviewCmd is a queue of questions in the terminal. Keys answer; from a pipe
// the first letter of each line does. --known asks what waited then and still
// does; --as-of only what concerns that day. Decisions are always of now.
type reviewCmd struct {
	signed
	clocks
	About     string `help:"Only what concerns this entry." placeholder:"NAME"`
	Document  string `help:"Only claims of this document." placeholder:"DOC"`
	Predicate string `help:"Only claims of this predicate." placeholder:"P"`
	Identity  bool   `help:"Only whether entries are one."`
	Claims    bool   `help:"Only claims."`
	Limit     int    `help:"At most so many." default:"100" placeholder:"N"`
	JSON      bool   `help:"Print the queue as JSON, one question a line, and ask nothing."`
}

func (c *reviewCmd) Run(e *env) error {
	at, err := c.clocks.parse()
	if err != nil {
		return err
	}
	return e.decidingAt(at, func(s *store.Store, v kith.View) error {
		items, err := c.queue(e, v)
		if err != nil || c.JSON {
			return err
		}
		if len(items) == 0 {
			e.note("Nothing waits for review.")
			return nil
		}
		r := &reviewing{e: e, store: s, by: c.signed, items: items, keys: newKeys(e.in), at: kith.AsOf{World: at.World}}
		r.paint = painting(e)
		defer r.keys.restore()
		return r.all()
	})
}

// queue loads the questions, or prints them.
func (c *reviewCmd) queue(e *env, v kith.View) ([]kith.QueueItem, error) {
	f := kith.QueueFilter{Claims: c.Claims, Identity: c.Identity, Limit: c.Limit}
	if c.Predicate != "" {
		if err := knownPredicate(e, c.Predicate); err != nil {
			return nil, err
		}
		f.Predicate = kith.Predicate(c.Predicate)
	}
	if c.About != "" {
		entity, err := v.Find(e.ctx, c.About)
		if err != nil {
			return nil, err
		}
		f.Entity = entity.ID
	}
	if c.Document != "" {
		doc, err := v.Document(e.ctx, kith.DocumentID(c.Document))
		if err != nil {
			return nil, err
		}
		f.Document = doc.ID
	}
	var items []kith.QueueItem
	for item, err := range v.Queue(e.ctx, f) {
		if err != nil {
			return nil, err
		}
		if c.JSON {
			if err := e.json(item); err != nil {
				return nil, err
			}
			continue
		}
		items = append(items, item)
	}
	return items, nil
}

// reviewing is one session at the queue.
type reviewing struct {
	e       *env
	store   *store.Store
	by      signed
	items   []kith.QueueItem
	keys    *keys
	paint   paint
	made    []made // decisions of this session, for undo
	decided int
	quit    bool
	at      kith.AsOf // questions are shown, and decided, as of now in the store
}

// made is a decision and the question that it answered.
type made struct {
	decision kith.DecisionID
	item     int
}

func (r *reviewing) all() error {
	for i := 0; !r.quit; {
		ask := r.one
		if i >= len(r.items) {
			ask = r.end
		}
		next, err := ask(i)
		if err != nil {
			return err
		}
		i = next
	}
	r.paint.clear(r.e.out)
	r.line(fmt.Sprintf("%d decided. Take any back with: kith undo", r.decided))
	return nil
}

// one asks one question and returns the index of the next.
func (r *reviewing) one(i int) (int, error) {
	v, err := r.store.View(r.e.ctx, r.at)
	if err != nil {
		return i, err
	}
	defer v.Close()
	item, open, err := r.refresh(v, r.items[i])
	if err != nil || !open {
		return i + 1, err
	}
	if err := r.show(v, i, item); err != nil {
		return i, err
	}
	for {
		key, err := r.keys.next()
		if errors.Is(err, io.EOF) || r.e.ctx.Err() != nil {
			r.quit = true
			return i, nil
		}
		if err != nil {
			return i, err
		}
		next, done, err := r.answer(v, i, item, key)
		if err != nil || done {
			return next, err
		}
		r.line(r.paint.dim("Press one of the keys above."))
		r.e.out.Flush()
	}
}

// end is reached when no question is left. The last answer can still be taken
// back.
func (r *reviewing) end(i int) (int, error) {
	r.paint.clear(r.e.out)
	r.line("That was all.")
	r.line("")
	r.line(r.paint.bold("[u]ndo  [b]ack  [q]uit"))
	r.e.out.Flush()
	key, err := r.keys.next()
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return i, err
	case err == nil && key == 'u':
		next, _, err := r.undo(i)
		return next, err
	case err == nil && key == 'b':
		return len(r.items) - 1, nil
	}
	r.quit = true
	return i, nil
}

// refresh brings a question up to date and says whether it is still open.
func (r *reviewing) refresh(v kith.View, item kith.QueueItem) (kith.QueueItem, bool, error) {
	if item.Claim != nil {
		claim, err := v.Claim(r.e.ctx, item.Claim.ID)
		if errors.Is(err, kith.ErrNotFound) {
			return item, false, nil
		}
		item.Claim = claim
		return item, err == nil && claim.Review == kith.Unreviewed, err
	}
	a, err := v.Entity(r.e.ctx, item.A.ID)
	if err != nil {
		return item, false, ignoreMissing(err)
	}
	b, err := v.Entity(r.e.ctx, item.B.ID)
	if err != nil {
		return item, false, ignoreMissing(err)
	}
	item.A, item.B = a, b
	return item, a.ID != b.ID, nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, kith.ErrNotFound) {
		return nil
	}
	return err
}

// answer does what a key asks for. It reports false for a key that means
// nothing here.
func (r *reviewing) answer(v kith.View, i int, item kith.QueueItem, key rune) (int, bool, error) {
	switch key {
	case 'q', 3, 4: // also Ctrl-C, Ctrl-D
		r.quit = true
		return i, true, nil
	case 's', ' ':
		return i + 1, true, nil
	case 'b':
		return max(0, i-1), true, nil
	case 'u':
		return r.undo(i)
	}
	d, err := r.decision(v, item, key)
	if err != nil {
		r.line(r.paint.bold("Not done: ") + clean(err.Error()))
		r.e.out.Flush()
		return i, false, nil
	}
	if d == nil {
		return i, false, nil
	}
	if d.ID == "" {
		if err := r.store.Decide(r.e.ctx, d); err != nil {
			return i, false, err
		}
	}
	r.made = append(r.made, made{d.ID, i})
	r.decided++
	return i + 1, true, nil
}

// decision is what a key decides, or nil.
func (r *reviewing) decision(v kith.View, item kith.QueueItem, key rune) (*kith.Decision, error) {
	var d *kith.Decision
	switch {
	case item.Claim == nil && (key == 'y' || key == 'm'):
		d = r.by.decision(kith.Merge)
	case item.Claim == nil && key == 'n':
		d = r.by.decision(kith.Apart)
	case item.Claim == nil:
		return nil, nil
	case key == 'a' || key == 'y':
		d = r.by.decision(kith.Accept)
	case key == 'r' || key == 'n':
		d = r.by.decision(kith.Reject)
	case key == 'c':
		return r.correct(v, item.Claim)
	default:
		return nil, nil
	}
	if item.Claim != nil {
		d.ClaimID = item.Claim.ID
	} else {
		d.Entities = []kith.EntityID{item.A.ID, item.B.ID}
	}
	return d, nil
}

// undo takes back the last decision of this session and goes back to its
// question.
func (r *reviewing) undo(i int) (int, bool, error) {
	if len(r.made) == 0 {
		r.line(r.paint.dim("Nothing was decided in this session."))
		r.e.out.Flush()
		return i, false, nil
	}
	last := r.made[len(r.made)-1]
	d := r.by.decision(kith.Undo)
	d.Undoes = last.decision
	if err := r.store.Decide(r.e.ctx, d); err != nil {
		return i, false, err
	}
	r.made = r.made[:len(r.made)-1]
	r.decided--
	return last.item, true, nil
}

// correct asks, part by part, what the claim should say. An empty line leaves
// a part as it is.
func (r *reviewing) correct(v kith.View, claim *kith.Claim) (*kith.Decision, error) {
	r.keys.lines()
	defer r.keys.raw()
	object := ""
	if claim.Object != nil {
		object = claim.Object.Name
	}
	var c correction
	fmt.Fprintln(r.e.out, "What should it say? Enter leaves a part as it is, - takes it away.")
	for _, ask := range []struct {
		part, now string
		into      *string
	}{{"subject", claim.Subject.Name, &c.Subject}, {"predicate", string(claim.Predicate), &c.Predicate}, {"object", object, &c.Object},
		{"value", claim.Value, &c.Value}, {"certainty (asserted, planned, hedged)", string(claim.Modality), &c.Modality},
		{"denied (yes, no)", map[bool]string{true: "yes", false: "no"}[claim.Negated], &c.Negated}} {
		fmt.Fprintf(r.e.out, "  %s [%s]: ", ask.part, clean(ask.now))
		r.e.out.Flush()
		line, err := r.keys.line()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		*ask.into = strings.TrimSpace(line)
	}
	return c.decide(r.e, r.store, v, claim, r.by)
}

// keys reads single keys from a terminal, or first letters of lines from
// anything else.
type keys struct {
	in    *bufio.Reader
	file  *os.File // the terminal, or nil
	state *term.State
}

func newKeys(in io.Reader) *keys {
	k := &keys{in: bufio.NewReader(in)}
	if f, ok := in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		k.file = f
	}
	k.raw()
	return k
}

// raw lets every key through at once.
func (k *keys) raw() {
	if k.file != nil && k.state == nil {
		if state, err := term.MakeRaw(int(k.file.Fd())); err == nil {
			k.state = state
		}
	}
}

// lines gives the terminal its line editing back.
func (k *keys) lines() {
	if k.state != nil {
		term.Restore(int(k.file.Fd()), k.state)
		k.state = nil
	}
}

func (k *keys) restore() { k.lines() }

// next is the next key, in lower case.
func (k *keys) next() (rune, error) {
	if k.state != nil {
		key, _, err := k.in.ReadRune()
		return []rune(strings.ToLower(string(key)))[0], err
	}
	line, err := k.line()
	if line = strings.TrimSpace(strings.ToLower(line)); line != "" {
		return []rune(line)[0], nil
	}
	return ' ', err
}

func (k *keys) line() (string, error) { return k.in.ReadString('\n') }
