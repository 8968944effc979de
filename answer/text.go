package answer

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"kith"
	"kith/query"
)

// footnotes numbers the quotes that lines cite: one number for each stretch
// of a document, however many claims stand on it.
type footnotes struct {
	number map[kith.ClaimID]int
	list   []Evidence
}

func newFootnotes(a *Answer) *footnotes {
	f := &footnotes{number: map[kith.ClaimID]int{}}
	type place struct {
		doc        kith.DocumentID
		start, end int
	}
	seen := map[place]int{}
	for _, e := range a.Evidence {
		p := place{e.Document, e.Start, e.End}
		if seen[p] == 0 {
			f.list = append(f.list, e)
			seen[p] = len(f.list)
		}
		f.number[e.Claim] = seen[p]
	}
	return f
}

// of lists the footnotes of a line in rising order of citing, each once.
func (f *footnotes) of(l *Line, format string) string {
	var b strings.Builder
	last := map[int]bool{}
	for _, id := range l.Claims {
		if n := f.number[id]; n > 0 && !last[n] {
			last[n] = true
			fmt.Fprintf(&b, format, n)
		}
	}
	return b.String()
}

// WriteText writes the answer for a terminal of the given width (0 means 100
// columns): tables where careers are compared, a tree for paths, a time axis
// for what is told in time, and the quotes below.
func (a *Answer) WriteText(w io.Writer, width int) error {
	if width < 40 {
		width = 100
	}
	p := &printer{w: w, width: width, notes: newFootnotes(a)}
	p.line("%s", a.Question)
	if a.AsOf != "" || a.Known != "" {
		p.line("as of %s, known %s", orDash(string(a.AsOf)), orDash(a.Known))
	}
	switch {
	case len(a.Lines) == 0:
		p.line("\nNothing is known that answers this.")
	case a.Kind == query.Compare:
		p.columns(a)
	default:
		p.sections(a)
	}
	p.leftOut(a.LeftOut)
	p.quotes()
	return p.err
}

func orDash(s string) string {
	if s == "" {
		return "now"
	}
	return s
}

type printer struct {
	w     io.Writer
	width int
	notes *footnotes
	err   error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// sections prints lines under their headings, times in a column of their own.
func (p *printer) sections(a *Answer) {
	left := 4
	for i := range a.Lines {
		left = max(left, utf8.RuneCountInString(clip(span(a.Lines[i].Time), 24)))
	}
	for i := range a.Lines {
		l := &a.Lines[i]
		if i == 0 || l.Section != a.Lines[i-1].Section {
			p.line("")
			if l.Section != "" {
				p.line("%s", l.Section)
			}
		}
		p.entry(l, left, axis(a, i))
	}
}

// axis draws what stands between the time and the sentence: a line down the
// page for what is told in time, branches for a path.
func axis(a *Answer, i int) string {
	last := i == len(a.Lines)-1 || a.Lines[i+1].Section != a.Lines[i].Section
	switch a.Kind {
	case query.Path, query.Reach:
		if last {
			return "└─ "
		}
		return "├─ "
	case query.Timeline, query.Endorsements, query.Changes, query.Ties:
		return "│ "
	}
	return "  "
}

func (p *printer) entry(l *Line, left int, mark string) {
	text := l.Sentence()
	var more []string
	if by := l.saidBy(); by != "" {
		more = append(more, by)
	}
	if l.Sources > 1 {
		more = append(more, strconv.Itoa(l.Sources)+" independent sources")
	}
	if l.Strength < 0.995 && len(l.Claims) > 0 {
		more = append(more, fmt.Sprintf("strength %.2f", l.Strength))
	}
	if l.Note != "" {
		more = append(more, l.Note)
	}
	if len(more) > 0 {
		text += " (" + strings.Join(more, "; ") + ")"
	}
	text += " " + p.notes.of(l, "[%d]")
	indent := "  " + strings.Repeat(" ", left) + "  "
	for i, row := range wrap(text, p.width-left-4-utf8.RuneCountInString(mark)) {
		if i == 0 {
			p.line("  %s  %s%s", pad(clip(span(l.Time), 24), left), mark, row)
			continue
		}
		p.line("%s%s%s", indent, rest(mark), row)
	}
}

func rest(mark string) string {
	switch {
	case strings.HasPrefix(mark, "├"), strings.HasPrefix(mark, "│"):
		return "│" + strings.Repeat(" ", utf8.RuneCountInString(mark)-1)
	}
	return strings.Repeat(" ", utf8.RuneCountInString(mark))
}

func (p *printer) leftOut(left []LeftOut) {
	if len(left) == 0 {
		return
	}
	p.line("\nLeft out")
	for _, l := range left {
		p.line("  %d × %s", l.Count, l.Why)
	}
}

func (p *printer) quotes() {
	if len(p.notes.list) == 0 {
		return
	}
	p.line("\nQuotes")
	for i, e := range p.notes.list {
		mark := fmt.Sprintf("[%d] ", i+1)
		for j, row := range wrap(cite(e)+": “"+oneLine(e.Quote)+"”", p.width-2-len(mark)) {
			if j > 0 {
				mark = strings.Repeat(" ", len(mark))
			}
			p.line("  %s%s", mark, row)
		}
	}
}

// cite names the document of a quote: title, outlet, date, page and bytes.
func cite(e Evidence) string {
	parts := []string{oneLine(e.Title)}
	if e.Outlet != "" {
		parts = append(parts, oneLine(e.Outlet))
	}
	if e.Date != "" {
		parts = append(parts, string(e.Date))
	}
	if e.Page > 0 {
		parts = append(parts, fmt.Sprintf("page %d", e.Page))
	}
	return fmt.Sprintf("%s (bytes %d–%d)", strings.Join(parts, ", "), e.Start, e.End)
}

// oneLine makes a text fit for one line of a terminal: white space is folded
// and control characters are dropped.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x202e || r == 0x2066 || r == 0x2067:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

func clip(s string, n int) string {
	s = oneLine(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// wrap breaks a text into rows of at most n columns, at spaces.
func wrap(text string, n int) []string {
	n = max(n, 20)
	var rows []string
	row := ""
	for _, word := range strings.Fields(oneLine(text)) {
		for utf8.RuneCountInString(word) > n {
			if row != "" {
				rows, row = append(rows, row), ""
			}
			r := []rune(word)
			rows, word = append(rows, string(r[:n])), string(r[n:])
		}
		switch {
		case row == "":
			row = word
		case utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > n:
			rows, row = append(rows, row), word
		default:
			row += " " + word
		}
	}
	if row != "" {
		rows = append(rows, row)
	}
	return rows
}

// columns prints two careers side by side, one row for each pair of cells.
func (p *printer) columns(a *Answer) {
	left, right := "", ""
	for i := range a.Lines {
		switch name := a.Lines[i].Subject.Name; {
		case left == "" || left == name:
			left = name
		case right == "":
			right = name
		}
	}
	if names := a.compared; len(names) == 2 {
		left, right = names[0], names[1]
	}
	half := (p.width - 3) / 2
	p.line("")
	p.line("%s │ %s", pad(clip(left, half), half), clip(right, half))
	for _, s := range a.Stations() {
		p.line("%s┼%s", strings.Repeat("─", half+1), strings.Repeat("─", half+1))
		p.line("%s │", pad(strings.ToUpper(s.Title), half))
		for i := range max(len(s.Left), len(s.Right)) {
			p.cells(cell(s.Left, i, p, left), cell(s.Right, i, p, right), half)
		}
	}
}

func cell(lines []*Line, i int, p *printer, name string) string {
	if i >= len(lines) {
		return "–"
	}
	l := lines[i]
	text := strings.TrimPrefix(l.plain(), name+" ")
	if mark := l.Certainty(); mark != "" {
		text = mark + ": " + text
	}
	if t := span(l.Time); t != "" {
		text = t + " " + text
	}
	if l.Note != "" {
		text += " (" + l.Note + ")"
	}
	return text + " " + p.notes.of(l, "[%d]")
}

func (p *printer) cells(left, right string, half int) {
	l, r := wrap(left, half-2), wrap(right, half-2)
	for i := range max(len(l), len(r)) {
		var x, y string
		if i < len(l) {
			x = l[i]
		}
		if i < len(r) {
			y = r[i]
		}
		p.line("  %s │   %s", pad(x, half-2), y)
	}
}

// Station is one step of two careers that are compared: what is said of the
// first and of the second.
type Station struct {
	Title       string
	Left, Right []*Line
}

// Stations lays a comparison out, step by step.
func (a *Answer) Stations() []Station {
	var list []Station
	for i := range a.Lines {
		l := &a.Lines[i]
		if len(list) == 0 || list[len(list)-1].Title != l.Section {
			list = append(list, Station{Title: l.Section})
		}
		s := &list[len(list)-1]
		if len(a.compared) == 2 && l.side == 1 {
			s.Right = append(s.Right, l)
		} else {
			s.Left = append(s.Left, l)
		}
	}
	return list
}
