package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kith"
)

// MaxLength is the longest question, in bytes, that Parse reads.
const MaxLength = 2000

// Error says that a question was not understood, and which forms are.
type Error struct {
	Text  string
	Cause string
	Forms []string // usages that come closest
}

func (e *Error) Error() string {
	text := fmt.Sprintf("understand %q: %s", shorten(e.Text), e.Cause)
	if len(e.Forms) > 0 {
		text += "; try one of:\n  " + strings.Join(e.Forms, "\n  ")
	}
	return text
}

func (e *Error) Unwrap() error { return kith.ErrInvalid }

func shorten(s string) string {
	if len(s) <= 80 {
		return s
	}
	return strings.ToValidUTF8(s[:80], "") + "…"
}

// Parse reads a form or an English question. Its errors are *Error.
func Parse(text string) (Question, error) {
	switch {
	case len(text) > MaxLength:
		return Question{}, &Error{Text: text, Cause: fmt.Sprintf("it is longer than %d bytes", MaxLength)}
	case strings.TrimSpace(text) == "":
		return Question{}, &Error{Text: text, Cause: "it is empty", Forms: allUsages()}
	}
	tokens := tokenise(text)
	if len(tokens) == 0 {
		return Question{}, &Error{Text: text, Cause: "it is empty", Forms: allUsages()}
	}
	if q, ok := english(tokens); ok {
		return q, nil
	}
	q, formErr := parseForm(text, tokens)
	if formErr == nil {
		return q, nil
	}
	return Question{}, formErr
}

// ParseArgs reads a question from command-line arguments: one argument is a
// whole question; of several, the first is the kind and each other one a name
// or an option of the form.
func ParseArgs(args []string) (Question, error) {
	if len(args) == 1 {
		return Parse(args[0])
	}
	if FormOf(kindOf(args)) == nil {
		return Parse(strings.Join(args, " "))
	}
	return ParseForm(args)
}

// ParseForm reads a form from its words: the kind, then names and options,
// each name one argument, whatever characters it holds.
func ParseForm(args []string) (Question, error) {
	if FormOf(kindOf(args)) == nil {
		return Parse(strings.Join(args, " "))
	}
	var tokens []token
	for i, a := range args {
		if i == 0 || isOption(a) || isTerms(a) || a == Any {
			tokens = append(tokens, token{text: a})
			continue
		}
		tokens = append(tokens, token{text: a, quoted: true})
	}
	return parseForm(strings.Join(args, " "), tokens)
}

func kindOf(args []string) Kind {
	if len(args) == 0 {
		return ""
	}
	return Kind(strings.ToLower(args[0]))
}

// options are the words that begin a form's option.
var options = []string{"by", "as", "about", "part", "from", "until", "in", "top"}

func isOption(word string) bool { return slices.Contains(options, strings.ToLower(word)) }

// isTerms reports whether the word is a list of known predicates.
func isTerms(word string) bool {
	_, ok := parseTerms(word)
	return ok
}

func parseTerms(word string) ([]Term, bool) {
	var terms []Term
	for _, part := range strings.Split(word, ",") {
		name, reversed := strings.CutPrefix(part, "~")
		if _, ok := lexicon().verbs[kith.Predicate(name)]; !ok {
			return nil, false
		}
		terms = append(terms, Term{kith.Predicate(name), reversed})
	}
	return terms, true
}

// parseForm reads "kind name, name option value …".
func parseForm(text string, tokens []token) (Question, error) {
	form := FormOf(Kind(strings.ToLower(tokens[0].text)))
	if form == nil || tokens[0].quoted {
		return Question{}, notUnderstood(text, tokens)
	}
	q := Question{Kind: form.Kind}
	rest, err := takeOptions(&q, tokens[1:])
	if err == nil {
		err = takeNames(&q, form, rest)
	}
	if err != nil {
		return Question{}, &Error{Text: text, Cause: err.Error(), Forms: []string{form.Usage}}
	}
	return q, nil
}

// takeOptions reads the options from the end of the form and returns what
// stands before them.
func takeOptions(q *Question, tokens []token) ([]token, error) {
	cut := len(tokens)
	for i := len(tokens) - 2; i >= 0; i-- {
		if tokens[i].quoted || !isOption(tokens[i].text) {
			continue
		}
		if takeOption(q, strings.ToLower(tokens[i].text), tokens[i+1:cut]) {
			cut = i
		}
	}
	rest := tokens[:cut]
	if q.Kind == Changes {
		return takeWindow(q, rest)
	}
	return rest, nil
}

// takeOption sets one option and reports whether its value was fit for it.
func takeOption(q *Question, word string, value []token) bool {
	text := joinTokens(value)
	switch word {
	case "by":
		terms, ok := parseTerms(strings.ReplaceAll(text, " ", ""))
		if ok {
			q.Terms = terms
		}
		return ok
	case "as":
		q.Value = text
	case "about":
		if q.Kind != Said && q.Kind != Changes && q.Kind != Introducers && q.Kind != Find {
			return false
		}
		q.Third = text
	case "part":
		if !slices.Contains(Parts, text) {
			return false
		}
		q.Part = text
	case "top":
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1000 {
			return false
		}
		q.Count = n
	default:
		return takeDate(q, word, text)
	}
	return true
}

// Parts are the parts of an overlap and the measures of centrality.
var Parts = []string{"staff", "donors", "boards", "events", "schools", "offices", "introductions", "denials", "degree", "pagerank", "betweenness"}

func takeDate(q *Question, word, text string) bool {
	d, err := kith.ParseDate(text)
	if err != nil {
		return false
	}
	switch word {
	case "from":
		q.From = d
	case "until":
		q.To = d
	default:
		q.From, q.To = d, d
	}
	return true
}

// takeWindow reads the two dates of a changes question.
func takeWindow(q *Question, tokens []token) ([]token, error) {
	var dates []kith.Date
	var names []token
	for _, t := range tokens {
		if t.quoted {
			names = append(names, t)
			continue
		}
		if d, err := kith.ParseDate(t.text); err == nil {
			dates = append(dates, d)
		} else if !slices.Contains([]string{",", "and", "to", "until", "between", "from"}, strings.ToLower(t.text)) {
			return nil, fmt.Errorf("%q is no date: want YYYY, YYYY-MM or YYYY-MM-DD", t.text)
		}
	}
	if len(dates) > 0 {
		q.From, dates = dates[0], dates[1:]
	}
	if len(dates) > 0 {
		q.To, dates = dates[0], dates[1:]
	}
	if len(dates) > 0 {
		return nil, fmt.Errorf("it names more than two dates")
	}
	if q.From == "" {
		return nil, fmt.Errorf("it names no date to begin from")
	}
	if q.To != "" && q.To.Last() < q.From.First() {
		return nil, fmt.Errorf("it ends at %s, before it begins at %s", q.To, q.From)
	}
	return names, nil
}

// takeNames splits what is left of a form into its names.
func takeNames(q *Question, form *Form, tokens []token) error {
	if q.Kind == Find {
		return takeTriple(q, tokens)
	}
	names := splitNames(tokens, form)
	if q.Kind == Changes && q.Third != "" {
		names, q.Third = []string{q.Third}, ""
	}
	if q.Kind == Said && len(names) == 0 && q.Third != "" {
		names = []string{Any}
	}
	switch {
	case len(names) < form.Least && form.Least == 1:
		return fmt.Errorf("it needs a name")
	case len(names) < form.Least:
		return fmt.Errorf("it needs %d names with a comma between them, and has %d", form.Least, len(names))
	case len(names) > form.Most:
		return fmt.Errorf("it takes at most %d names, and has %d", form.Most, len(names))
	}
	q.Names = names
	return nil
}

// splitNames cuts tokens at commas and between quoted names; where that gives
// fewer names than the form needs, also at the form's linking words.
func splitNames(tokens []token, form *Form) []string {
	names := cutNames(tokens, nil)
	if len(names) < form.Most && form.Most == 2 {
		if more := cutNames(tokens, form.Links); len(more) == 2 {
			return more
		}
	}
	return names
}

func cutNames(tokens []token, links []string) []string {
	var names []string
	var open []token
	closeName := func() {
		if len(open) > 0 {
			names = append(names, joinTokens(open))
		}
		open = nil
	}
	for i, t := range tokens {
		switch {
		case t.quoted:
			closeName()
			names = append(names, t.text)
		case t.text == "," || i > 0 && slices.Contains(links, strings.ToLower(t.text)):
			closeName()
		default:
			open = append(open, t)
		}
	}
	closeName()
	return names
}

// takeTriple reads SUBJECT PREDICATE OBJECT: the predicate is the first word
// that names one.
func takeTriple(q *Question, tokens []token) error {
	for i, t := range tokens {
		terms, ok := parseTerms(t.text)
		if t.quoted || !ok && (t.text != Any || i == 0 || i == len(tokens)-1) {
			continue
		}
		subject, object := tokens[:i], tokens[i+1:]
		if len(subject) == 0 || len(object) == 0 {
			return fmt.Errorf("it needs an end on both sides of %s; write ? for any", t.text)
		}
		q.Terms, q.Names = terms, append([]string{joinTokens(subject)}, cutNames(object, nil)...)
		if len(q.Names) > 3 || len(q.Names) < 2 {
			return fmt.Errorf("it takes one subject and one or two objects")
		}
		return nil
	}
	return fmt.Errorf("it names no predicate")
}

// NotUnderstood is the error of a sentence that reads as a form but whose name
// is none.
func NotUnderstood(text string) error {
	return &Error{Text: text, Cause: "no English sentence that kith knows reads so, and nobody is called so", Forms: nearForms(tokenise(text))}
}

func notUnderstood(text string, tokens []token) error {
	return &Error{Text: text, Cause: "no form begins so, and no English sentence that kith knows reads so", Forms: nearForms(tokens)}
}
