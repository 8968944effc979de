package query

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kith"
)

// cutTime takes a time off the end of a question: "in 2024", "since May
// 2020", "before 2018", "between 2019 and 2021", "on 3 June 2024".
func cutTime(tokens []token) (rest []token, from, to kith.Date) {
	for i := max(1, len(tokens)-9); i < len(tokens); i++ {
		if from, to, ok := readTime(tokens[i:]); ok {
			return tokens[:i], from, to
		}
	}
	return tokens, "", ""
}

// cutTimeBefore takes a time off the beginning: "In 2024, what did …".
func cutTimeBefore(tokens []token) (rest []token, from, to kith.Date) {
	for i := min(9, len(tokens)-2); i >= 2; i-- {
		if from, to, ok := readTime(tokens[:i]); ok {
			if !tokens[i].quoted && tokens[i].text == "," {
				i++
			}
			return tokens[i:], from, to
		}
	}
	return tokens, "", ""
}

func readTime(tokens []token) (from, to kith.Date, ok bool) {
	if tokens[0].quoted || len(tokens) < 2 {
		return "", "", false
	}
	word, rest := strings.ToLower(tokens[0].text), tokens[1:]
	if word == "between" || word == "from" {
		return readRange(rest)
	}
	if first, last, ok := readDecade(rest); ok && (word == "in" || word == "during") {
		return first, last, true
	}
	d, ok := readDate(rest)
	if !ok {
		return "", "", false
	}
	switch word {
	case "in", "on", "during", "throughout":
		return d, d, true
	case "since", "from":
		return d, "", true
	case "after":
		return shift(d, 1), "", true
	case "until", "till", "by":
		return "", d, true
	case "before":
		return "", shift(d, -1), true
	}
	return "", "", false
}

// readDecade reads "the 1990s".
func readDecade(tokens []token) (from, to kith.Date, ok bool) {
	if len(tokens) != 2 || strings.ToLower(tokens[0].text) != "the" {
		return "", "", false
	}
	year, plural := strings.CutSuffix(tokens[1].text, "s")
	first, err := strconv.Atoi(year)
	if !plural || err != nil || len(year) != 4 || first%10 != 0 {
		return "", "", false
	}
	return kith.Date(year), kith.Date(strconv.Itoa(first + 9)), true
}

func readRange(tokens []token) (from, to kith.Date, ok bool) {
	for i, t := range tokens {
		if !slices.Contains([]string{"and", "to", "until"}, strings.ToLower(t.text)) {
			continue
		}
		first, ok1 := readDate(tokens[:i])
		last, ok2 := readDate(tokens[i+1:])
		return first, last, ok1 && ok2
	}
	return "", "", false
}

// readDate reads "2024", "2024-07", "July 2024", "21 July 2024" or "July 21,
// 2024".
func readDate(tokens []token) (kith.Date, bool) {
	var month, day, year int
	for _, t := range tokens {
		word := strings.ToLower(t.text)
		number, err := strconv.Atoi(word)
		switch {
		case word == "," || word == "of" || word == "the":
		case len(tokens) == 1 && err != nil:
			d, err := kith.ParseDate(word)
			return d, err == nil
		case err == nil && number >= 1000 && number <= 2999 && year == 0:
			year = number
		case err == nil && number >= 1 && number <= 31 && day == 0:
			day = number
		case month == 0 && monthOf(word) > 0:
			month = monthOf(word)
		default:
			return "", false
		}
	}
	switch {
	case year == 0 || day > 0 && month == 0:
		return "", false
	case month == 0:
		return kith.Date(strconv.Itoa(year)), true
	case day == 0:
		return kith.Date(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")), true
	}
	return kith.Date(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)), true
}

func monthOf(word string) int {
	word = strings.TrimSuffix(word, ".")
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if word == name || len(word) >= 3 && len(word) <= 4 && strings.HasPrefix(name, word) {
			return int(m)
		}
	}
	return 0
}

// shift moves a date by n of its own smallest unit.
func shift(d kith.Date, n int) kith.Date {
	layouts := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}
	layout := layouts[len(d)]
	at, err := time.Parse(layout, string(d))
	if err != nil {
		return d
	}
	switch len(d) {
	case 4:
		at = at.AddDate(n, 0, 0)
	case 7:
		at = at.AddDate(0, n, 0)
	default:
		at = at.AddDate(0, 0, n)
	}
	return kith.Date(at.Format(layout))
}
