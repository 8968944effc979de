package extract

import (
	"fmt"
	"time"

	"kith"
)

// months maps the names and abbreviations of months, lower case and without a
// full stop, to their numbers.
var months = map[string]int{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
	"june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
	"october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
	"sun": time.Sunday, "mon": time.Monday, "tues": time.Tuesday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thurs": time.Thursday, "thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// numerals maps small numbers in words to their values.
var numerals = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}

// ordinals maps ordinal words to their values.
var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}

var seasons = map[string]bool{"spring": true, "summer": true, "autumn": true, "fall": true, "winter": true}

// units maps units of time to their singular.
var units = map[string]string{
	"day": "day", "days": "day", "week": "week", "weeks": "week", "weekend": "week", "month": "month", "months": "month",
	"year": "year", "years": "year", "decade": "decade", "decades": "decade", "quarter": "quarter",
}

func yearDate(y int) kith.Date      { return kith.Date(fmt.Sprintf("%04d", y)) }
func monthDate(y, m int) kith.Date  { return kith.Date(fmt.Sprintf("%04d-%02d", y, m)) }
func dayDate(t time.Time) kith.Date { return kith.Date(t.Format(time.DateOnly)) }
func dayOf(y, m, d int) time.Time   { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
func validDay(y, m, d int) bool     { t := dayOf(y, m, d); return t.Day() == d && int(t.Month()) == m }
func plausibleYear(y int) bool      { return y >= 1000 && y <= 2199 }
func addMonths(t time.Time, n int) time.Time {
	return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
}

// today reads the document's date as a day. It reports false for a date that
// is unknown; of a date known to the month or year only it gives the first day
// and the precision in length.
func today(d kith.Date) (time.Time, bool) {
	if d == "" {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, d.First())
	return t, err == nil
}

// weekdayNear is the last such weekday up to the day, or the next one after it.
func weekdayNear(day time.Time, want time.Weekday, future bool) time.Time {
	back := (int(day.Weekday()) - int(want) + 7) % 7
	if future {
		return day.AddDate(0, 0, (7-back-1)%7+1)
	}
	return day.AddDate(0, 0, -back)
}

// monthNear is the year of the last such month up to the day, or of the next.
func monthNear(day time.Time, month int, future bool) int {
	switch {
	case future && month < int(day.Month()):
		return day.Year() + 1
	case !future && month > int(day.Month()):
		return day.Year() - 1
	}
	return day.Year()
}
