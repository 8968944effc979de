package kith

import (
	"fmt"
	"time"
)

// Date is an ISO 8601 calendar date cut to what is known: "2016", "2024-07"
// or "2024-07-21". The empty Date is an unknown one.
type Date string

// ParseDate checks that s is a date of one of the three precisions.
func ParseDate(s string) (Date, error) {
	layouts := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}
	layout, ok := layouts[len(s)]
	if !ok {
		return "", fmt.Errorf("parse date %q: want YYYY, YYYY-MM or YYYY-MM-DD", s)
	}
	if _, err := time.Parse(layout, s); err != nil {
		return "", fmt.Errorf("parse date %q: want YYYY, YYYY-MM or YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// First is the earliest day that the date can mean; "" for an unknown date.
func (d Date) First() string {
	switch len(d) {
	case 4:
		return string(d) + "-01-01"
	case 7:
		return string(d) + "-01"
	}
	return string(d)
}

// Last is the latest day that the date can mean; "" for an unknown date.
func (d Date) Last() string {
	switch len(d) {
	case 4:
		return string(d) + "-12-31"
	case 7:
		month, err := time.Parse("2006-01", string(d))
		if err != nil {
			return string(d)
		}
		return month.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return string(d)
}

// Year is the date's year as four digits; "" for an unknown date.
func (d Date) Year() string {
	if len(d) < 4 {
		return ""
	}
	return string(d[:4])
}

// Time says when a claim held: a range of dates, either end of which may be
// unknown, and the words that say so. A point in time has From equal to To.
type Time struct {
	From Date   `json:"from,omitempty"`
	To   Date   `json:"to,omitempty"`
	Text string `json:"text,omitempty"`
}

// IsZero reports whether nothing at all is known of the time.
func (t Time) IsZero() bool { return t == Time{} }

// MayHold reports whether the time can include the given day: it is false
// only where a known end of the range rules the day out.
func (t Time) MayHold(day Date) bool {
	if day == "" {
		return true
	}
	if t.From != "" && t.From.First() > day.Last() {
		return false
	}
	return t.To == "" || t.To.Last() >= day.First()
}
