package extract

import (
	"strconv"
	"strings"

	"kith"
)

// money finds the sum among a match's arguments: plain digits and an ISO 4217
// currency.
func (r *reader) money(m *match) (amount, currency string) {
	lo, hi := m.trigger, m.trigger
	for _, a := range m.frame.args {
		if a.role == rObj || a.role == rComp || a.role == rRecv || a.role == rPrep && (a.prep == "of" || a.prep == "with") || a.role == rCompound {
			l, h := r.edges(a.tok, func(c int) bool { return r.rel(c) != kith.AclRelcl && r.rel(c) != kith.Conj })
			lo, hi = min(lo, l), max(hi, h)
		}
	}
	for i := lo; i <= hi; i++ {
		if amount, currency = r.sum(i, hi); amount != "" {
			return amount, currency
		}
	}
	return "", ""
}

// sum reads one sum of money that begins at token i: "$2.5 million",
// "nearly two million euros", "€500".
func (r *reader) sum(i, hi int) (amount, currency string) {
	word := r.a.Word(i)
	currency = currencySign(word)
	j := i
	if currency != "" {
		trimmed := strings.TrimLeft(word, "$€£¥USCA")
		if trimmed == "" {
			j++
		}
	}
	if j >= len(r.a.Tokens) {
		return "", ""
	}
	number, ok := parseNumber(strings.TrimLeft(r.a.Word(j), "$€£¥"))
	if !ok {
		return "", ""
	}
	j++
	for ; j < len(r.a.Tokens) && j <= hi+2; j++ {
		w := r.low(j)
		if f := scale(w); f > 0 {
			number *= f
			continue
		}
		if c := currencyWord(w); c != "" && currency == "" {
			currency = c
		}
		break
	}
	if currency == "" {
		return "", ""
	}
	return strconv.FormatFloat(number, 'f', -1, 64), currency
}

func currencySign(w string) string {
	switch {
	case strings.HasPrefix(w, "$"), strings.HasPrefix(w, "US$"):
		return "USD"
	case strings.HasPrefix(w, "€"):
		return "EUR"
	case strings.HasPrefix(w, "£"):
		return "GBP"
	case strings.HasPrefix(w, "¥"):
		return "JPY"
	case strings.HasPrefix(w, "C$"):
		return "CAD"
	}
	return ""
}

func currencyWord(w string) string {
	switch strings.TrimSuffix(w, "s") {
	case "dollar", "usd":
		return "USD"
	case "euro", "eur":
		return "EUR"
	case "pound", "gbp":
		return "GBP"
	case "yen":
		return "JPY"
	case "franc", "chf":
		return "CHF"
	case "ruble", "rouble":
		return "RUB"
	case "rupee":
		return "INR"
	}
	return ""
}

func scale(w string) float64 {
	switch w {
	case "hundred":
		return 100
	case "thousand", "k":
		return 1e3
	case "million", "m", "mn":
		return 1e6
	case "billion", "bn":
		return 1e9
	case "trillion":
		return 1e12
	}
	return 0
}

var smallNumbers = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

func parseNumber(w string) (float64, bool) {
	factor := 1.0
	switch {
	case strings.HasSuffix(w, "k"):
		w, factor = strings.TrimSuffix(w, "k"), 1e3
	case strings.HasSuffix(w, "m"):
		w, factor = strings.TrimSuffix(w, "m"), 1e6
	case strings.HasSuffix(w, "bn"):
		w, factor = strings.TrimSuffix(w, "bn"), 1e9
	}
	if n, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64); err == nil && len(w) < 20 {
		return n * factor, true
	}
	for n, s := range smallNumbers {
		if strings.EqualFold(s, w) {
			return float64(n), true
		}
	}
	return 0, false
}
