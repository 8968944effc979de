package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestDateline is the number of bytes beyond which no dateline goes.
const longestDateline = 70

// dateline is the length of the dateline with which a paragraph of news
// begins, its dash and the white space behind it included, or 0: "WASHINGTON
// (AP) — ", "BERLIN, March 3 (Reuters) - ", "DAYTON, Ohio -- ". The place is in
// capitals, or an agency stands behind it in brackets.
func dateline(text string) int {
	window := text[:min(len(text), longestDateline)]
	at, dash := -1, 0
	for _, mark := range []string{" — ", " – ", " -- ", " - ", "—"} {
		if i := strings.Index(window, mark); i > 0 && (at < 0 || i < at) {
			at, dash = i, len(mark)
		}
	}
	if at < 0 || at+dash >= len(text) || !placeLine(text[:at]) {
		return 0
	}
	next, _ := utf8.DecodeRuneInString(text[at+dash:])
	if !unicode.IsUpper(next) && !strings.ContainsRune("“\"‘'(", next) {
		return 0
	}
	return at + dash
}

// placeLine reports whether words can be a place with its state, a day and an
// agency: each begins with a capital or a digit.
func placeLine(s string) bool {
	agency := strings.HasSuffix(s, ")") && strings.Contains(s, "(")
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '(' || r == ')' || r == '/' })
	if len(fields) == 0 || len(fields) > 9 || strings.ContainsAny(s, "?!;:\"“") {
		return false
	}
	for _, w := range fields {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && w != "de" && w != "la" && w != "of" && w != "and" {
			return false
		}
	}
	return agency || shouted(fields[0])
}

// shouted reports whether a word of three letters or more is all capitals.
func shouted(w string) bool {
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 3
}
