// Package dateparser stands in for the library of that import path, which
// go-htmldate imports for an extensive search that kith never asks for. The
// library's tables take a quarter of a second at every start of the program;
// this package has its types and finds no dates. See
// docs/decisions/003-no-dateparser.md.
package dateparser

import (
	"errors"
	"time"
)

// ParserType names one of the library's ways to read a date.
type ParserType uint8

// The ways that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// PreferredDateSource says which of two possible dates is meant.
type PreferredDateSource uint8

// Past prefers the date that lies in the past.
const Past PreferredDateSource = 1

// Configuration holds the settings that go-htmldate names.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// Date is a found date.
type Date struct{ Time time.Time }

// Parser finds no dates.
type Parser struct{ ParserTypes []ParserType }

// Parse always fails: kith reads dates by itself.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) {
	return Date{}, errors.New("parse date: the extensive search is not part of kith")
}
