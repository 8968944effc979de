package serve

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kith"
	"kith/answer"
	"kith/graph"
	"kith/query"
)

// shownAnswer is an answer made ready for a page.
type shownAnswer struct {
	*answer.Answer
	Asked    string // in the asker's words
	Sections []answerSection
	Cut      bool // the limit has left lines out
	numbers  map[kith.ClaimID]int
}

// answerSection is the lines of an answer under one heading.
type answerSection struct {
	Title string
	Rows  []answerRow
}

type answerRow struct {
	answer.Line
	Standing
	Verb  string
	When  string
	Notes []int
}

// Number is the footnote of a claim, 0 for none.
func (a *shownAnswer) Number(id kith.ClaimID) int { return a.numbers[id] }

// answer asks a question and makes what comes back ready for a page.
func (s *Server) answer(ctx context.Context, v kith.View, question string, o answer.Options) (*shownAnswer, error) {
	q, err := query.Parse(question)
	if err != nil {
		return nil, err
	}
	if o.Graph, err = s.graphFor(ctx, v, q.Kind); err != nil {
		return nil, err
	}
	a, err := answer.Ask(ctx, v, q, o)
	if err != nil {
		return nil, err
	}
	out := &shownAnswer{Answer: a, Asked: question, numbers: map[kith.ClaimID]int{}}
	out.Cut = o.Limit > 0 && len(a.Lines) == o.Limit
	for i, e := range a.Evidence {
		if out.numbers[e.Claim] == 0 {
			out.numbers[e.Claim] = i + 1
		}
	}
	for _, line := range a.Lines {
		if n := len(out.Sections); n == 0 || out.Sections[n-1].Title != line.Section {
			out.Sections = append(out.Sections, answerSection{Title: line.Section})
		}
		last := &out.Sections[len(out.Sections)-1]
		last.Rows = append(last.Rows, s.answerRow(out, line))
	}
	return out, nil
}

// networked are the kinds of question that need the graph of all ties.
var networked = []query.Kind{query.Path, query.Reach, query.Brokers, query.Central, query.Groups, query.Similar}

// graphFor is the graph of all ties, where it is at hand or needed.
func (s *Server) graphFor(ctx context.Context, v kith.View, kind query.Kind) (*graph.Snapshot, error) {
	if !slices.Contains(networked, kind) {
		if c, _, fresh := s.charts.last(ctx, s, v); fresh {
			return c.net, nil
		}
		return nil, nil
	}
	c, err := s.chart(ctx, v)
	if err != nil {
		return nil, err
	}
	return c.net, nil
}

func (s *Server) answerRow(a *shownAnswer, line answer.Line) answerRow {
	row := answerRow{Line: line, Standing: s.pages.standing(orAsserted(line.Modality), line.Negated), When: s.pages.when(line.Time)}
	if line.Predicate != "" {
		row.Verb = s.pages.verb(line.Predicate)
	}
	for _, id := range line.Claims {
		if n := a.numbers[id]; n != 0 {
			row.Notes = append(row.Notes, n)
		}
	}
	return row
}

func orAsserted(m kith.Modality) kith.Modality {
	if m == "" {
		return kith.Asserted
	}
	return m
}

// Text is a line in words, with its doubt.
func (r answerRow) Text() string {
	parts := []string{r.Sentence(), r.When}
	if r.Words != "" {
		parts = append(parts, "["+r.Words+"]")
	}
	parts = append(parts, r.Note)
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// ask shows the forms of questions and, where one is asked, its answer.
func (s *Server) ask(w http.ResponseWriter, r *http.Request, v kith.View) error {
	everything := r.URL.Query()
	everything.Set("all", "1")
	page := struct {
		Frame
		Everything string // the address of the whole answer
		Question   string
		Form       string
		A, B       string
		Answer     *shownAnswer
		Problem    string
		Unknown    *kith.NameError // the name that the problem is with
		Forms      []query.Form
		Options    answer.Options
	}{Frame: s.frame(r, "ask.title"), Everything: "/ask?" + everything.Encode(), Question: question(r), Form: r.FormValue("form"), A: r.FormValue("a"), B: r.FormValue("b"),
		Forms: query.Forms, Options: askOptions(r)}
	var err error
	if page.A, err = nameOf(r.Context(), v, page.A); err != nil {
		return err
	}
	if page.Question != "" {
		if page.Answer, err = s.answer(r.Context(), v, page.Question, page.Options); err != nil {
			page.Problem = err.Error()
			if errors.As(err, &page.Unknown) {
				page.Problem = s.pages.text("ask.unknown", page.Unknown.Name)
			}
		}
	}
	s.render(w, r, http.StatusOK, "ask", page)
	return nil
}

// nameOf puts a name in the place of an entity's id, and leaves all else.
func nameOf(ctx context.Context, v kith.View, name string) (string, error) {
	if !strings.HasPrefix(name, "e") || len(name) != 21 {
		return name, nil
	}
	e, err := v.Entity(ctx, kith.EntityID(name))
	if err != nil {
		return "", fmt.Errorf("ask about %s: %w", name, err)
	}
	return e.Name, nil
}

// answerLines is how many lines of an answer a page shows at first; it says how
// many there are besides.
const answerLines = 150

// askOptions are the sieves of a question that its form names.
func askOptions(r *http.Request) answer.Options {
	sources, _ := strconv.Atoi(r.FormValue("min_sources"))
	limit := answerLines
	if r.FormValue("all") != "" {
		limit = 0
	}
	return answer.Options{Limit: limit, MinSources: max(0, sources), Reviewed: r.FormValue("reviewed") != "", NoHedged: r.FormValue("no_hedged") != "",
		Publishable: r.FormValue("publishable") != ""}
}

// question is the line that was asked, or the one that a form spells.
func question(r *http.Request) string {
	if q := strings.TrimSpace(r.FormValue("q")); q != "" {
		return q
	}
	form, a, b := strings.TrimSpace(r.FormValue("form")), strings.TrimSpace(r.FormValue("a")), strings.TrimSpace(r.FormValue("b"))
	switch {
	case form == "":
		return ""
	case a == "":
		return form
	case b == "":
		return form + " " + quoted(a)
	}
	return form + " " + quoted(a) + ", " + quoted(b)
}

// quoted keeps a name whole, whatever words are in it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, "") + `"` }

// help explains marks, keys and what each page is for.
func (s *Server) help(w http.ResponseWriter, r *http.Request) error {
	s.render(w, r, http.StatusOK, "help", struct{ Frame }{s.frame(r, "help.title")})
	return nil
}

// Markdown is the answer with footnotes, to paste into a text.
func (a *shownAnswer) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n\n", a.Question)
	for _, section := range a.Sections {
		if section.Title != "" {
			fmt.Fprintf(&b, "\n### %s\n\n", section.Title)
		}
		for _, row := range section.Rows {
			b.WriteString("- " + row.Text())
			for _, n := range row.Notes {
				fmt.Fprintf(&b, "[^%d]", n)
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("\n")
	for i, e := range a.Evidence {
		fmt.Fprintf(&b, "[^%d]: “%s” (%s, bytes %d to %d)\n", i+1, strings.Join(strings.Fields(e.Quote), " "), e.Title, e.Start, e.End)
	}
	return b.String()
}
