package answer

import (
	"fmt"
	"io"
	"strings"

	"kith/query"
)

// WriteMarkdown writes the answer as Markdown with a footnote for each quote.
// Words of documents are escaped, so that they stay words.
func (a *Answer) WriteMarkdown(w io.Writer) error {
	notes := newFootnotes(a)
	p := &printer{w: w, notes: notes}
	p.line("# %s", escape(a.Question))
	if a.AsOf != "" || a.Known != "" {
		p.line("\nAs of %s, known %s.", orDash(string(a.AsOf)), orDash(a.Known))
	}
	switch {
	case len(a.Lines) == 0:
		p.line("\nNothing is known that answers this.")
	case a.Kind == query.Compare:
		p.markdownTable(a)
	default:
		p.markdownList(a)
	}
	if len(a.LeftOut) > 0 {
		p.line("\nLeft out:\n")
		for _, l := range a.LeftOut {
			p.line("- %d × %s", l.Count, escape(l.Why))
		}
	}
	p.line("")
	for i, e := range notes.list {
		p.line("[^%d]: %s: “%s”", i+1, escape(cite(e)), escape(oneLine(e.Quote)))
	}
	return p.err
}

func (p *printer) markdownList(a *Answer) {
	for i := range a.Lines {
		l := &a.Lines[i]
		if i == 0 || l.Section != a.Lines[i-1].Section {
			if l.Section != "" {
				p.line("\n## %s\n", escape(l.Section))
			} else {
				p.line("")
			}
		}
		when := ""
		if t := span(l.Time); t != "" {
			when = "**" + escape(t) + "** "
		}
		p.line("- %s%s%s%s", when, p.doubt(l), escapeTail(l), p.notes.of(l, "[^%d]"))
	}
}

// doubt is the line's certainty in bold words, and its sentence; what is
// denied is struck as well.
func (p *printer) doubt(l *Line) string {
	text := escape(l.plain())
	mark := l.Certainty()
	switch {
	case mark == "":
		return text
	case l.Negated:
		return "**" + mark + ":** ~~" + text + "~~"
	}
	return "**" + mark + ":** *" + text + "*"
}

// escapeTail is what stands after the sentence in parentheses.
func escapeTail(l *Line) string {
	var more []string
	if by := l.saidBy(); by != "" {
		more = append(more, by)
	}
	if l.Sources > 1 {
		more = append(more, fmt.Sprintf("%d independent sources", l.Sources))
	}
	if l.Strength < 0.995 && len(l.Claims) > 0 {
		more = append(more, fmt.Sprintf("strength %.2f", l.Strength))
	}
	if l.Note != "" {
		more = append(more, l.Note)
	}
	if len(more) == 0 {
		return ""
	}
	return " (" + escape(strings.Join(more, "; ")) + ")"
}

// markdownTable writes two careers as a table of three columns.
func (p *printer) markdownTable(a *Answer) {
	p.line("\n| | %s | %s |\n| --- | --- | --- |", tableCell(a.compared[0]), tableCell(a.compared[1]))
	for _, s := range a.Stations() {
		for i := range max(len(s.Left), len(s.Right)) {
			title := ""
			if i == 0 {
				title = "**" + s.Title + "**"
			}
			p.line("| %s | %s | %s |", title, p.markdownCell(s.Left, i, a.compared[0]), p.markdownCell(s.Right, i, a.compared[1]))
		}
	}
}

func (p *printer) markdownCell(lines []*Line, i int, name string) string {
	if i >= len(lines) {
		return "–"
	}
	l := lines[i]
	text := tableCell(strings.TrimPrefix(l.plain(), name+" "))
	if mark := l.Certainty(); mark != "" {
		text = "**" + mark + ":** " + text
	}
	if t := span(l.Time); t != "" {
		text = tableCell(t) + " " + text
	}
	if l.Note != "" {
		text += " (" + tableCell(l.Note) + ")"
	}
	return text + p.notes.of(l, "[^%d]")
}

func tableCell(s string) string { return strings.ReplaceAll(escape(s), "|", `\|`) }

// escape keeps the words of documents from being read as markup.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;",
		"~", `\~`, "#", `\#`, "!", `\!`).Replace(oneLine(s))
}
