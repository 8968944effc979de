package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kith"
)

const monthNames = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

var (
	isoDate = regexp.MustCompile(`\b((?:1[5-9]|20)\d\d)-(\d\d)-(\d\d)(?:T\S*)?`)
	mdyDate = regexp.MustCompile(`(?i)\b(` + monthNames + `)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:1[5-9]|20)\d\d)\b`)
	dmyDate = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(` + monthNames + `)\.?,?\s+((?:1[5-9]|20)\d\d)\b`)
	myDate  = regexp.MustCompile(`(?i)\b(` + monthNames + `)\.?,?\s+((?:1[5-9]|20)\d\d)\b`)
)

// FindDate finds the first full date of a text, or else the first month with
// a year, and says where it stands. It returns "" where there is none. Days
// written as numbers with slashes are left alone, since they are ambiguous.
func FindDate(text string) (kith.Date, kith.Span) {
	if m := isoDate.FindStringSubmatchIndex(text); m != nil {
		if d := day(text[m[2]:m[3]], text[m[4]:m[5]], text[m[6]:m[7]]); d != "" {
			return d, kith.Span{Start: m[0], End: m[1]}
		}
	}
	if m := mdyDate.FindStringSubmatchIndex(text); m != nil {
		if d := day(text[m[6]:m[7]], month(text[m[2]:m[3]]), text[m[4]:m[5]]); d != "" {
			return d, kith.Span{Start: m[0], End: m[1]}
		}
	}
	if m := dmyDate.FindStringSubmatchIndex(text); m != nil {
		if d := day(text[m[6]:m[7]], month(text[m[4]:m[5]]), text[m[2]:m[3]]); d != "" {
			return d, kith.Span{Start: m[0], End: m[1]}
		}
	}
	if m := myDate.FindStringSubmatchIndex(text); m != nil {
		return kith.Date(text[m[4]:m[5]] + "-" + month(text[m[2]:m[3]])), kith.Span{Start: m[0], End: m[1]}
	}
	return "", kith.Span{}
}

// day builds a date, "" where there is no such day.
func day(y, m, d string) kith.Date {
	n, err := strconv.Atoi(d)
	if err != nil {
		return ""
	}
	date, err := kith.ParseDate(fmt.Sprintf("%s-%s-%02d", y, m, n))
	if err != nil {
		return ""
	}
	return date
}

// month is the number of a month's name as two digits.
func month(name string) string {
	const firsts = "janfebmaraprmayjunjulaugsepoctnovdec"
	return fmt.Sprintf("%02d", strings.Index(firsts, strings.ToLower(name[:3]))/3+1)
}

// dateOf cuts a moment to its day; "" for the zero moment.
func dateOf(t time.Time) kith.Date {
	if t.IsZero() || t.Year() < 1000 {
		return ""
	}
	return kith.Date(t.Format(time.DateOnly))
}
