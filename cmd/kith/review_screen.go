package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"kith"
)

// paint sets words off on a terminal; elsewhere it leaves them plain.
type paint struct {
	screen bool // a terminal that may be cleared
	colour bool
	width  int
}

func painting(e *env) paint {
	p := paint{width: 80}
	if in, ok := e.in.(*os.File); ok && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(os.Stdout.Fd())) {
		p.screen, p.colour = true, os.Getenv("NO_COLOR") == ""
		if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && w >= 40 {
			p.width = min(w, 100)
		}
	}
	return p
}

func (p paint) with(code, s string) string {
	if !p.colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p paint) bold(s string) string { return p.with("1", s) }
func (p paint) dim(s string) string  { return p.with("2", s) }
func (p paint) mark(s string) string { return p.with("7", s) }

func (p paint) clear(w io.Writer) {
	if p.screen {
		fmt.Fprint(w, "\x1b[2J\x1b[H")
	}
}

// show draws one question.
func (r *reviewing) show(v kith.View, i int, item kith.QueueItem) error {
	r.paint.clear(r.e.out)
	r.line(r.paint.dim(fmt.Sprintf("Review %d of %d · %d decided", i+1, len(r.items), r.decided)))
	r.line("")
	draw, help := r.claim, "[a]ccept  [r]eject  [c]orrect  [s]kip  [u]ndo  [b]ack  [q]uit"
	if item.Claim == nil {
		draw, help = r.identity, "[y]es, one  [n]o, two  [s]kip  [u]ndo  [b]ack  [q]uit"
	}
	if err := draw(v, item); err != nil {
		return err
	}
	r.line("")
	r.line(r.paint.bold(help))
	return r.e.out.Flush()
}

// line writes a line; a raw terminal needs the carriage return.
func (r *reviewing) line(s string) {
	end := "\n"
	if r.paint.screen {
		end = "\r\n"
	}
	io.WriteString(r.e.out, s+end)
}

// claim draws a claim under its sentence, with the sentences around it.
func (r *reviewing) claim(v kith.View, item kith.QueueItem) error {
	c := item.Claim
	doc, err := v.Document(r.e.ctx, c.Evidence.Document)
	if err != nil {
		return err
	}
	r.line("Does the text say this?")
	r.line("")
	for _, l := range wrap(claimLine(c), r.paint.width-4) {
		r.line("    " + r.paint.bold(l))
	}
	r.line("")
	before, after := around(doc.Text, c.Evidence.Span())
	for _, l := range wrap(oneLine(before), r.paint.width-2) {
		r.line("  " + r.paint.dim(l))
	}
	for _, l := range wrap(oneLine(c.Evidence.Quote), r.paint.width-2) {
		r.line("> " + r.named(l, c))
	}
	for _, l := range wrap(oneLine(after), r.paint.width-2) {
		r.line("  " + r.paint.dim(l))
	}
	r.line("")
	r.line(r.paint.dim(fmt.Sprintf("%s · %.0f %% sure · %s", documentName(doc), 100*c.Confidence, short(string(c.ID)))))
	return nil
}

// named sets the names of a claim's parties off in a line of its sentence.
func (r *reviewing) named(line string, c *kith.Claim) string {
	names := []string{c.Subject.Name}
	if c.Object != nil {
		names = append(names, c.Object.Name)
	}
	for _, n := range names {
		if n = oneLine(n); n != "" {
			line = strings.Replace(line, n, r.paint.mark(n), 1)
		}
	}
	return line
}

// around is up to 160 bytes of text on either side of a span, cut at spaces.
func around(text string, s kith.Span) (string, string) {
	const most = 160
	before, after := text[:s.Start], text[s.End:]
	if len(before) > most {
		before = before[len(before)-most:]
		if i := strings.IndexByte(before, ' '); i >= 0 {
			before = "…" + before[i:]
		}
	}
	if len(after) > most {
		after = after[:most]
		if i := strings.LastIndexByte(after, ' '); i >= 0 {
			after = after[:i] + " …"
		}
	}
	return strings.ToValidUTF8(before, ""), strings.ToValidUTF8(after, "")
}

// identity draws two entries side by side, one under the other, and why they
// may be one.
func (r *reviewing) identity(v kith.View, item kith.QueueItem) error {
	r.line("Are these one and the same?")
	for _, entity := range []*kith.Entity{item.A, item.B} {
		if err := r.entry(v, entity); err != nil {
			return err
		}
	}
	r.line("")
	why := fmt.Sprintf("%.0f %% likely%s", 100*item.Judgement.Score, grounds(item.Judgement.Reasons))
	for _, l := range wrap(why, r.paint.width) {
		r.line(r.paint.dim(l))
	}
	return nil
}

// entry draws an entry with its first claims and one of their sentences.
func (r *reviewing) entry(v kith.View, entity *kith.Entity) error {
	r.line("")
	head := fmt.Sprintf("%s (%s, %s)", clean(entity.Name), entity.Type, short(string(entity.ID)))
	if len(entity.Aliases) > 0 {
		head += " also " + clean(strings.Join(entity.Aliases[:min(3, len(entity.Aliases))], ", "))
	}
	for _, l := range wrap(head, r.paint.width-2) {
		r.line("  " + r.paint.bold(l))
	}
	quote := ""
	for c, err := range v.Claims(r.e.ctx, kith.ClaimFilter{About: entity.ID, Limit: 3}) {
		if err != nil {
			return err
		}
		for _, l := range wrap(claimLine(&c), r.paint.width-6) {
			r.line("    " + l)
		}
		if quote == "" {
			quote = oneLine(c.Evidence.Quote)
		}
	}
	for _, l := range wrap(quote, r.paint.width-6) {
		r.line("    " + r.paint.dim("> "+l))
	}
	return nil
}

// wrap breaks words into lines of at most width characters.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(s) {
		if line != "" && len([]rune(line))+1+len([]rune(w)) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
