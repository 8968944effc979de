package serve

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"kith"
)

// AskFunc answers a question, written as a form or as a line of English.
type AskFunc func(ctx context.Context, v kith.View, question string) (*Answer, error)

// Answer is the one shape of all answers.
type Answer struct {
	Question string          `json:"question"`
	Lines    []AnswerLine    `json:"lines"`
	Evidence []AnswerQuote   `json:"evidence"`
	LeftOut  []AnswerLeftOut `json:"left_out"`
}

// AnswerLine is one line of an answer with the claims behind it.
type AnswerLine struct {
	Subject     *kith.EntityRef   `json:"subject"`
	Predicate   kith.Predicate    `json:"predicate"`
	Object      *kith.EntityRef   `json:"object"`
	Value       string            `json:"value"`
	Third       *kith.EntityRef   `json:"third"`
	Time        kith.Time         `json:"time"`
	Modality    kith.Modality     `json:"modality"`
	Negated     bool              `json:"negated"`
	Attribution *kith.Attribution `json:"attribution"`
	Sources     int               `json:"sources"`
	Strength    float64           `json:"strength"`
	Claims      []kith.ClaimID    `json:"claims"`
	Note        string            `json:"note"`
}

// AnswerQuote is one quote that an answer rests on.
type AnswerQuote struct {
	Claim    kith.ClaimID    `json:"claim"`
	Document kith.DocumentID `json:"document"`
	Title    string          `json:"title"`
	Start    int             `json:"start"`
	End      int             `json:"end"`
	Quote    string          `json:"quote"`
}

// AnswerLeftOut says what an answer does not show, and why.
type AnswerLeftOut struct {
	Why   string `json:"why"`
	Count int    `json:"count"`
}

// shownAnswer is an answer made ready for a page.
type shownAnswer struct {
	*Answer
	Rows    []answerRow
	numbers map[kith.ClaimID]int
}

type answerRow struct {
	AnswerLine
	Standing
	Verb  string
	When  string
	Notes []int
}

// Number is the footnote of a claim.
func (a *shownAnswer) Number(id kith.ClaimID) int { return a.numbers[id] }

func (s *Server) answer(ctx context.Context, v kith.View, question string) (*shownAnswer, error) {
	a, err := s.Ask(ctx, v, question)
	if err != nil {
		return nil, err
	}
	out := &shownAnswer{Answer: a, numbers: map[kith.ClaimID]int{}}
	for i, e := range a.Evidence {
		if out.numbers[e.Claim] == 0 {
			out.numbers[e.Claim] = i + 1
		}
	}
	for _, line := range a.Lines {
		row := answerRow{AnswerLine: line, Standing: s.pages.standing(orAsserted(line.Modality), line.Negated), When: s.pages.when(line.Time)}
		if line.Predicate != "" {
			row.Verb = s.pages.verb(line.Predicate)
		}
		for _, id := range line.Claims {
			if n := out.numbers[id]; n != 0 {
				row.Notes = append(row.Notes, n)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

func orAsserted(m kith.Modality) kith.Modality {
	if m == "" {
		return kith.Asserted
	}
	return m
}

// Markdown is the answer with footnotes, to paste into a text.
func (a *shownAnswer) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n\n", a.Question)
	for _, row := range a.Rows {
		b.WriteString("- " + row.Text())
		for _, n := range row.Notes {
			fmt.Fprintf(&b, "[^%d]", n)
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
	for i, e := range a.Evidence {
		fmt.Fprintf(&b, "[^%d]: “%s” — %s, bytes %d–%d\n", i+1, strings.Join(strings.Fields(e.Quote), " "), e.Title, e.Start, e.End)
	}
	return b.String()
}

// Text is a line in words, with its doubt.
func (r answerRow) Text() string {
	var parts []string
	if r.Subject != nil {
		parts = append(parts, r.Subject.Name)
	}
	parts = append(parts, r.Verb, r.Value)
	if r.Object != nil {
		parts = append(parts, r.Object.Name)
	}
	if r.Third != nil {
		parts = append(parts, "("+r.Third.Name+")")
	}
	parts = append(parts, r.When)
	if r.Words != "" {
		parts = append(parts, "["+r.Words+"]")
	}
	parts = append(parts, r.Note)
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// ask shows the forms of questions and, where one is asked, its answer.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) error {
	if s.Ask == nil {
		return fmt.Errorf("ask: this kith cannot answer questions: %w", kith.ErrInvalid)
	}
	v, err := s.view(r)
	if err != nil {
		return err
	}
	defer v.Close()
	page := struct {
		Frame
		Question string
		Answer   *shownAnswer
		Problem  string
		Forms    []string
	}{Frame: s.frame(r, "ask.title"), Question: question(r), Forms: forms}
	if page.Question != "" {
		page.Answer, err = s.answer(r.Context(), v, page.Question)
		if err != nil {
			page.Problem = err.Error()
		}
	}
	s.render(w, r, http.StatusOK, "ask", page)
	return nil
}

// forms are the kinds of question that have a form of their own, with one
// name or two.
var forms = []string{"who", "introducers", "received", "given", "endorsements", "timeline", "rumours", "said", "reply",
	"ties", "path", "common", "overlap", "compare"}

// question is the line that was asked, or the one that a form spells.
func question(r *http.Request) string {
	if q := strings.TrimSpace(r.FormValue("q")); q != "" {
		return q
	}
	form, a, b := r.FormValue("form"), strings.TrimSpace(r.FormValue("a")), strings.TrimSpace(r.FormValue("b"))
	if form == "" || a == "" {
		return ""
	}
	q := form + " " + a
	if b != "" {
		q += ", " + b
	}
	return q
}

// help explains marks, keys and what each page is for.
func (s *Server) help(w http.ResponseWriter, r *http.Request) error {
	s.render(w, r, http.StatusOK, "help", struct{ Frame }{s.frame(r, "help.title")})
	return nil
}
