package extract

import (
	"strings"
	"time"

	"kith"
)

// weekday reads "Tuesday", "last Friday", "next Monday" and "Wednesday
// evening", and reckons the day from the document's date.
func (c *calendar) weekday(i int) (span, bool) {
	future, j := c.future, i
	switch c.word(i) {
	case "last", "past", "this", "this past":
		future, j = false, i+1
	case "next", "coming":
		future, j = true, i+1
	}
	if j >= c.end || c.a.Word(j)[0] < 'A' || c.a.Word(j)[0] > 'Z' {
		return span{}, false
	}
	day, ok := weekdays[c.word(j)]
	if !ok || len(c.word(j)) == 3 && !strings.HasSuffix(c.a.Word(j), ".") {
		return span{}, false
	}
	j++
	if dayParts[c.word(j)] {
		j++
	}
	if c.word(j) == "," { // "Tuesday, September 22, 2015": the date says it all
		if s, ok := c.monthDay(j + 1); ok {
			return s, true
		}
		if s, ok := c.dayMonth(j + 1); ok {
			return s, true
		}
	}
	if !c.known {
		return span{next: j}, true
	}
	date := dayDate(weekdayNear(c.now, day, future))
	return span{from: date, to: date, next: j}, true
}

var dayParts = map[string]bool{"morning": true, "afternoon": true, "evening": true, "night": true, "noon": true}

// relative reads "yesterday", "last month", "this fall", "next year", "last
// March", "that November", "the same night" and "the previous year".
func (c *calendar) relative(i int) (span, bool) {
	switch w := c.word(i); w {
	case "today", "tonight":
		return c.shifted("day", 0, i+1), true
	case "yesterday":
		return c.shifted("day", -1, c.afterDayPart(i+1)), true
	case "tomorrow":
		return c.shifted("day", 1, c.afterDayPart(i+1)), true
	case "earlier", "later":
		if s, ok := c.relative(i + 1); ok && (c.word(i+1) == "today" || c.word(i+1) == "this") {
			return s, true
		}
		return span{}, false
	case "last", "past", "this", "next", "coming":
		return c.neighbour(i+1, w)
	case "that", "the", "each", "every":
		return c.vague(i)
	}
	return span{}, false
}

func (c *calendar) afterDayPart(i int) int {
	if dayParts[c.word(i)] {
		return i + 1
	}
	return i
}

// neighbour reads the unit, month or season after "last", "this" or "next".
func (c *calendar) neighbour(i int, which string) (span, bool) {
	if n, ok := numerals[c.word(i)]; ok && n > 1 && units[c.word(i+1)] != "" { // "the last two years": no point in time
		return span{next: i + 2}, true
	}
	step := 0
	switch which {
	case "last", "past":
		step = -1
	case "next", "coming":
		step = 1
	}
	if w := c.word(i); w == "time" && which != "this" || w == "term" || w == "election" || w == "weekend" || seasons[w] || dayParts[w] {
		return span{next: i + 1}, w != "election" && w != "term"
	}
	if unit := units[c.word(i)]; unit != "" && unit != "decade" && c.word(i) == unit {
		return c.shifted(unit, step, i+1), true
	}
	if m := c.month(i); m != 0 {
		return c.namedMonth(m, step, i+1), true
	}
	return span{}, false
}

// namedMonth is "last March", "this March" or "next March".
func (c *calendar) namedMonth(m, step, next int) span {
	if !c.known {
		return span{next: next, yearless: monthDate(2000, m)[4:]}
	}
	y := c.now.Year()
	switch {
	case step < 0 && m >= int(c.now.Month()):
		y--
	case step > 0 && m <= int(c.now.Month()):
		y++
	}
	return span{from: monthDate(y, m), to: monthDate(y, m), next: next}
}

// vague reads expressions that point at something else in the text; they have
// no date of their own: "that November", "the same night", "the following
// year".
func (c *calendar) vague(i int) (span, bool) {
	j := i + 1
	switch c.word(j) {
	case "same", "following", "previous", "next", "last", "past", "preceding":
		j++
	default:
		if c.word(i) == "the" {
			return span{}, false
		}
	}
	w := c.word(j)
	if n, ok := numerals[w]; ok && n > 1 {
		j++
		w = c.word(j)
	}
	if units[w] != "" || seasons[w] || dayParts[w] || c.month(j) != 0 || w == "season" {
		return span{next: j + 1}, true
	}
	return span{}, false
}

// ago reads "two years ago", "three days earlier" and "a week later". Only
// "ago" is reckoned from the document's date.
func (c *calendar) ago(i int) (span, bool) {
	n, ok := numerals[c.word(i)]
	if !ok {
		n, _ = c.number(i)
	}
	if c.word(i) == "several" || c.word(i) == "some" {
		n = -1
	}
	unit := units[c.word(i+1)]
	if n == 0 || unit == "" {
		return span{}, false
	}
	switch c.word(i + 2) {
	case "ago":
		if n < 0 || unit == "quarter" {
			return span{next: i + 3}, true
		}
		return c.shifted(unit, -n, i+3), true
	case "earlier", "later", "before", "after", "afterwards", "afterward", "prior":
		return span{next: i + 3}, true
	}
	return span{}, false
}

// shifted is the unit of time n units after the document's date, with the
// precision that the unit has.
func (c *calendar) shifted(unit string, n, next int) span {
	if !c.known {
		return c.shiftedYear(unit, n, next)
	}
	var d kith.Date
	switch unit {
	case "day":
		d = dayDate(c.now.AddDate(0, 0, n))
	case "week":
		return c.week(n, next)
	case "month":
		t := addMonths(c.now, n)
		d = monthDate(t.Year(), int(t.Month()))
	case "quarter":
		return c.quarter(n, next)
	case "year":
		d = yearDate(c.now.Year() + n)
	case "decade":
		d = yearDate(c.now.Year() + 10*n)
	}
	return span{from: d, to: d, next: next}
}

// shiftedYear reckons years where only the document's year or month is known.
func (c *calendar) shiftedYear(unit string, n, next int) span {
	if c.now.IsZero() || unit != "year" {
		return span{next: next}
	}
	d := yearDate(c.now.Year() + n)
	return span{from: d, to: d, next: next}
}

func (c *calendar) week(n, next int) span {
	monday := weekdayNear(c.now, time.Monday, false).AddDate(0, 0, 7*n)
	return span{from: dayDate(monday), to: dayDate(monday.AddDate(0, 0, 6)), next: next}
}

func (c *calendar) quarter(n, next int) span {
	first := addMonths(c.now, -((int(c.now.Month())-1)%3)+3*n)
	last := addMonths(first, 2)
	return span{from: monthDate(first.Year(), int(first.Month())), to: monthDate(last.Year(), int(last.Month())), next: next}
}
