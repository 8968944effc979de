package extract

import (
	"strconv"
	"strings"
	"time"

	"kith"
)

// A moment is one expression of time in a sentence: tokens [first, last) with
// what the calendar makes of them. Both dates are empty where the expression
// says when only in relation to something that is not known.
type moment struct {
	first, last int
	from, to    kith.Date
}

// calendar reads expressions of time from the tokens [i, end) of one sentence.
// Relative ones are reckoned from the document's date, forward for clauses
// about the future and backward for others.
type calendar struct {
	a      *kith.Analysis
	first  int
	end    int
	words  []timeWord // of [first, end)
	now    time.Time  // the document's date
	known  bool       // there is a document's date, precise to the day
	future bool
	// dateless is 1 + the token at which no date begins that was asked for
	// last: two readings of an expression ask for the same.
	dateless int
}

// appendMoments finds the expressions of time among the tokens from first on
// whose words are given, from left to right, never overlapping.
func appendMoments(found []moment, a *kith.Analysis, first int, words []timeWord, future bool) []moment {
	last := first + len(words)
	c := calendar{a: a, first: first, end: last, words: words, future: future}
	c.now, c.known = today(a.Document.Date)
	c.known = c.known && len(a.Document.Date) == len(time.DateOnly)
	for i := first; i < last; {
		if !c.mayBegin(i) {
			i++
			continue
		}
		m, ok := c.expression(i)
		if !ok {
			i++
			continue
		}
		found = append(found, m)
		i = m.last
	}
	return found
}

// word is token i in lower case without a final full stop, and "" past the end.
func (c *calendar) word(i int) string {
	if i >= c.end {
		return ""
	}
	return c.words[i-c.first].text
}

// span is an interval and the token after its last.
type span struct {
	from, to kith.Date
	next     int
	yearless kith.Date // "-02" or "-02-17" where the text gives no year
}

// expression reads the longest expression that begins at token i: a range, a
// date under a preposition, or a bare date.
func (c *calendar) expression(i int) (moment, bool) {
	s, ok := c.between(i)
	if !ok {
		s, ok = c.fromTo(i)
	}
	if !ok {
		s, ok = c.open(i)
	}
	if !ok {
		s, ok = c.under(i)
	}
	if !ok {
		return moment{}, false
	}
	return moment{i, s.next, s.from, s.to}, true
}

// between reads "between 2007 and 2014".
func (c *calendar) between(i int) (span, bool) {
	if c.word(i) != "between" {
		return span{}, false
	}
	a, ok := c.dateAfterPreposition(i + 1)
	if !ok || c.word(a.next) != "and" {
		return span{}, false
	}
	b, ok := c.dateAfterPreposition(a.next + 1)
	return hull(a, b), ok
}

var toWords = map[string]bool{"to": true, "until": true, "till": true, "til": true, "through": true, "thru": true}

func isDash(w string) bool { return w == "-" || w == "–" || w == "—" || w == "‑" }

// fromTo reads "from 1998 to 2019", "2004 through 2008", "1998–2019" and
// "previously from 1992 to 1997".
func (c *calendar) fromTo(i int) (span, bool) {
	start := i
	if w := c.word(i); w == "previously" || w == "in" || w == "during" || w == "again" {
		start++
	}
	read := c.date
	if c.word(start) == "from" {
		start++
		read = c.dateAfterPreposition
	}
	a, ok := read(start)
	if !ok {
		return span{}, false
	}
	w := c.word(a.next)
	if w == "/" {
		return c.slashed(a)
	}
	if !isDash(w) && !toWords[w] {
		return span{}, false
	}
	if now := c.word(a.next + 1); now == "present" || now == "today" || now == "now" {
		return span{from: a.from, to: "", next: a.next + 2}, true
	}
	b, ok := read(a.next + 1)
	if !ok && isDash(w) {
		b, ok = c.shortYear(a, a.next+1)
	}
	return hull(a, b), ok
}

// slashed reads "1980 / 1981" and "1980/81".
func (c *calendar) slashed(a span) (span, bool) {
	b, ok := c.date(a.next + 1)
	if !ok {
		b, ok = c.shortYear(a, a.next+1)
	}
	return hull(a, b), ok && len(b.to) == 4
}

// shortYear reads the "44" of "1943-44".
func (c *calendar) shortYear(a span, i int) (span, bool) {
	n, err := strconv.Atoi(c.word(i))
	if err != nil || len(c.word(i)) != 2 || len(a.from) != 4 {
		return span{}, false
	}
	year := kith.Date(string(a.from[:2]) + c.word(i))
	return span{from: year, to: year, next: i + 1}, n >= 0 && year > a.from
}

// hull joins two dates to a range. A first date without a year takes that of
// the second ("from February till May 2014").
func hull(a, b span) span {
	from := a.from
	if a.yearless != "" && len(b.to) >= 4 {
		y, _ := strconv.Atoi(b.to.Year())
		from = yearDate(y) + a.yearless
		if from > b.to {
			from = yearDate(y-1) + a.yearless
		}
	}
	return span{from: from, to: b.to, next: b.next}
}

// open reads a range with one end: "since 2009", "until March", "by 2018".
func (c *calendar) open(i int) (span, bool) {
	w := c.word(i)
	j := i + 1
	if w == "ever" && c.word(j) == "since" {
		w, j = "since", j+1
	}
	if w == "starting" || w == "beginning" || w == "effective" || w == "as" && c.word(j) == "of" || w == "up" && c.word(j) == "to" {
		j++
	}
	for c.word(j) == "at" || c.word(j) == "least" || c.word(j) == "about" || c.word(j) == "around" {
		j++
	}
	switch w {
	case "since", "after", "starting", "beginning", "effective", "as":
		if s, ok := c.dateAfterPreposition(j); ok {
			return span{from: s.from, to: "", next: s.next}, true
		}
	case "until", "till", "til", "through", "before", "by", "up":
		if s, ok := c.dateAfterPreposition(j); ok {
			return span{from: "", to: s.to, next: s.next}, true
		}
	}
	return span{}, false
}

var timePrepositions = map[string]bool{"in": true, "on": true, "during": true, "around": true, "about": true, "circa": true,
	"c": true, "within": true, "throughout": true, "from": true, "over": true, "back": true, "earlier": true, "later": true,
	"only": true, "just": true}

// under reads a date with or without a preposition before it.
func (c *calendar) under(i int) (span, bool) {
	if s, ok := c.date(i); ok {
		return s, true
	}
	w := c.word(i)
	if !timePrepositions[w] {
		return span{}, false
	}
	j := i + 1
	if w == "back" || w == "earlier" || w == "later" || w == "only" || w == "just" {
		if c.word(j) == "in" || c.word(j) == "on" {
			j++
		}
	}
	if j >= c.end {
		return span{}, false
	}
	return c.dateAfterPreposition(j)
}

// dateAfterPreposition reads a date whose month may be an ambiguous word
// ("in May", "in March"), since a preposition stands before it.
func (c *calendar) dateAfterPreposition(j int) (span, bool) {
	if s, ok := c.date(j); ok {
		return s, true
	}
	if m := c.month(j); m != 0 {
		return c.monthAlone(j, m), true
	}
	return span{}, false
}

// date reads one point or period: a day, a month, a year, a decade, a quarter,
// a season, or a relative expression.
func (c *calendar) date(i int) (span, bool) {
	if i == c.dateless-1 || !c.mayBeDate(i) {
		return span{}, false
	}
	s, ok := c.anyDate(i)
	if !ok {
		c.dateless = i + 1
	}
	return s, ok
}

func (c *calendar) anyDate(i int) (span, bool) {
	for _, read := range []func(int) (span, bool){c.iso, c.dayMonth, c.monthDay, c.monthYear, c.part, c.year, c.decade, c.century,
		c.weekday, c.relative, c.ago} {
		if s, ok := read(i); ok {
			return s, true
		}
	}
	return span{}, false
}

// iso reads "2024-07-21".
func (c *calendar) iso(i int) (span, bool) {
	w := c.word(i)
	if len(w) != len(time.DateOnly) {
		return span{}, false
	}
	d, err := kith.ParseDate(w)
	return span{from: d, to: d, next: i + 1}, err == nil
}

// number reads a token of digits, with an ordinal ending or without.
func (c *calendar) number(i int) (n int, ordinal bool) {
	w := c.word(i)
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false
	}
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if s := strings.TrimSuffix(w, end); s != w {
			w, ordinal = s, true
			break
		}
	}
	if !digitsOnly(w) {
		return 0, false
	}
	n, err := strconv.Atoi(w)
	if err != nil {
		return 0, false
	}
	return n, ordinal
}

func digitsOnly(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return true
}

func (c *calendar) dayNumber(i int) int {
	if n, _ := c.number(i); n >= 1 && n <= 31 && len(c.word(i)) <= 4 {
		return n
	}
	return 0
}

// month is the month that token i names, if it is written as a name.
func (c *calendar) month(i int) int {
	if i >= c.end {
		return 0
	}
	w := c.a.Word(i)
	if w[0] < 'A' || w[0] > 'Z' {
		return 0
	}
	return months[c.word(i)]
}

// yearAt reads the year at i, over a comma or an "of".
func (c *calendar) yearAt(i int) (int, int) {
	if w := c.word(i); w == "," || w == "of" {
		i++
	}
	w := c.word(i)
	n, ordinal := c.number(i)
	if len(w) != 4 || ordinal || !plausibleYear(n) {
		return 0, i
	}
	return n, i + 1
}

// dayMonth reads "17 March 2009", "the 4th of July" and "29 October".
func (c *calendar) dayMonth(i int) (span, bool) {
	if c.word(i) == "the" {
		i++
	}
	d := c.dayNumber(i)
	j := i + 1
	if c.word(j) == "of" {
		j++
	}
	m := c.month(j)
	if d == 0 || m == 0 {
		return span{}, false
	}
	return c.day(m, d, j+1)
}

// monthDay reads "March 17, 2009", "Oct. 3" and "Jan. 8th".
func (c *calendar) monthDay(i int) (span, bool) {
	m := c.month(i)
	if m == 0 {
		return span{}, false
	}
	j := i + 1
	if c.word(j) == "the" {
		j++
	}
	d := c.dayNumber(j)
	if d == 0 {
		return span{}, false
	}
	return c.day(m, d, j+1)
}

// day is the day d of month m, in the year that stands at token i or in that
// nearest to the document's date.
func (c *calendar) day(m, d, i int) (span, bool) {
	if y, next := c.yearAt(i); y != 0 {
		return c.exactDay(y, m, d, next)
	}
	if !validDay(2000, m, d) {
		return span{}, false
	}
	yearless := dayDate(dayOf(2000, m, d))[4:]
	if !c.known {
		return span{next: i, yearless: yearless}, true
	}
	y := monthNear(c.now, m, c.future)
	if m == int(c.now.Month()) && !c.future && d > c.now.Day()+1 {
		y--
	}
	s, ok := c.exactDay(y, m, d, i)
	s.yearless = yearless
	return s, ok
}

func (c *calendar) exactDay(y, m, d, next int) (span, bool) {
	if !validDay(y, m, d) {
		return span{}, false
	}
	date := dayDate(dayOf(y, m, d))
	return span{from: date, to: date, next: next}, true
}

// monthYear reads "May 2016", "May of 2016" and an unambiguous bare month.
func (c *calendar) monthYear(i int) (span, bool) {
	m := c.month(i)
	if m == 0 {
		return span{}, false
	}
	if y, next := c.yearAt(i + 1); y != 0 {
		return span{from: monthDate(y, m), to: monthDate(y, m), next: next}, true
	}
	if m == 3 || m == 5 || len(c.word(i)) <= 3 || c.name(i) {
		return span{}, false
	}
	return c.monthAlone(i, m), true
}

// name reports whether token i is part of a longer proper name ("April Ryan").
func (c *calendar) name(i int) bool {
	w := c.a.Tokens
	return i+1 < c.end && w[i+1].Tag == kith.PROPN && w[i+1].Start == w[i].End+1 || i > 0 && w[i-1].Tag == kith.PROPN && w[i].Head == i-1
}

func (c *calendar) monthAlone(i, m int) span {
	s := span{next: i + 1, yearless: monthDate(2000, m)[4:]}
	if c.known {
		s.from = monthDate(monthNear(c.now, m, c.future), m)
		s.to = s.from
	}
	return s
}

// year reads "2016" where it stands as a year and not as a count.
func (c *calendar) year(i int) (span, bool) {
	w := c.word(i)
	n, ordinal := c.number(i)
	if len(w) != 4 || ordinal || n < 1500 || !plausibleYear(n) || c.counts(i) {
		return span{}, false
	}
	return span{from: yearDate(n), to: yearDate(n), next: i + 1}, true
}

// counts reports whether the number at i counts things or money ("2000 votes",
// "$ 1950").
func (c *calendar) counts(i int) bool {
	t := c.a.Tokens
	if i > 0 && strings.ContainsAny(c.a.Word(i-1), "$€£#") {
		return true
	}
	if w := c.word(i + 1); w == "%" || w == "percent" || w == "people" || w == "votes" || w == "dollars" || w == "miles" {
		return true
	}
	return t[i].Rel == kith.Nummod && t[i].Head > i && c.a.Tokens[t[i].Head].XTag == plural && !c.election(t[i].Head)
}

var plural = kith.ParseXTag("NNS")

func (c *calendar) election(i int) bool {
	w := strings.ToLower(c.a.Word(i))
	return strings.HasPrefix(w, "election") || strings.HasPrefix(w, "primar") || strings.HasPrefix(w, "game") || strings.HasPrefix(w, "championship") ||
		strings.HasPrefix(w, "protest") || strings.HasPrefix(w, "riot") || strings.HasPrefix(w, "attack") || strings.HasPrefix(w, "poll")
}

// decade reads "the 1990s", "early 1990s", "mid-1990s" and "the late '80s".
func (c *calendar) decade(i int) (span, bool) {
	if c.word(i) == "the" {
		i++
	}
	part := ""
	if w := c.word(i); w == "early" || w == "mid" || w == "late" || w == "mid-" {
		part, i = strings.TrimSuffix(w, "-"), i+1
		if isDash(c.word(i)) || c.word(i) == "to" || c.word(i) == "the" {
			i++
		}
	}
	w := strings.Trim(c.word(i), "'’")
	for _, p := range []string{"early-", "mid-", "late-"} {
		if s := strings.TrimPrefix(w, p); s != w {
			part, w = strings.TrimSuffix(p, "-"), s
		}
	}
	if c.word(i) == "'" || c.word(i) == "’" {
		i++
		w = c.word(i)
	}
	digits := strings.TrimSuffix(strings.TrimSuffix(w, "s"), "'")
	if digits == w || digits == "" || digits[0] > '9' {
		return span{}, false
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n%10 != 0 {
		return span{}, false
	}
	switch len(digits) {
	case 2:
		n += 1900
	case 4:
	default:
		return span{}, false
	}
	lo, hi := n, n+9
	switch part {
	case "early":
		hi = n + 3
	case "mid":
		lo, hi = n+4, n+6
	case "late":
		lo = n + 7
	}
	return span{from: yearDate(lo), to: yearDate(hi), next: i + 1}, plausibleYear(n)
}

// century reads "the 19th century".
func (c *calendar) century(i int) (span, bool) {
	if c.word(i) == "the" {
		i++
	}
	n, ordinal := c.number(i)
	if !ordinal {
		n = ordinals[c.word(i)]
	}
	if n < 11 || n > 21 || c.word(i+1) != "century" {
		return span{}, false
	}
	return span{from: yearDate(n*100 - 99), to: yearDate(n * 100), next: i + 2}, true
}

// part reads a part of a year: "the third quarter of 2021", "Q3 2021", "the
// first half of 2012", "the spring of 2011", "early 2016", "the end of 2016".
func (c *calendar) part(i int) (span, bool) {
	if c.word(i) == "the" {
		i++
	}
	w := c.word(i)
	lo, hi, j := 0, 0, i+1
	switch {
	case len(w) == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4':
		lo, hi = 3*int(w[1]-'0')-2, 3*int(w[1]-'0')
	case ordinals[w] >= 1 && ordinals[w] <= 4 && c.word(j) == "quarter":
		lo, hi, j = 3*ordinals[w]-2, 3*ordinals[w], j+1
	case ordinals[w] >= 1 && ordinals[w] <= 2 && c.word(j) == "half":
		lo, hi, j = 6*ordinals[w]-5, 6*ordinals[w], j+1
	case seasons[w] || w == "early" || w == "mid" || w == "late" || w == "end" || w == "beginning" || w == "start" || w == "middle":
		if isDash(c.word(j)) {
			j++
		}
		lo, hi = 1, 12
	default:
		return span{}, false
	}
	if m, ok := c.monthYear(j); ok && lo == 1 && hi == 12 && len(m.from) == 7 {
		return m, true
	}
	y, next := c.yearAt(j)
	switch {
	case y == 0:
		return span{}, false
	case lo == 1 && hi == 12:
		return span{from: yearDate(y), to: yearDate(y), next: next}, true
	}
	return span{from: monthDate(y, lo), to: monthDate(y, hi), next: next}, true
}
