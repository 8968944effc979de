package answer

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"kith"
)

// ledgerParts name the parts of a support ledger.
var ledgerParts = []struct {
	title      string
	predicates []kith.Predicate
}{
	{"Counsel", counsel},
	{"Introductions", []kith.Predicate{"introduced"}},
	{"Endorsements", []kith.Predicate{"endorsed"}},
	{"Money", money},
	{"Events", []kith.Predicate{"hosted"}},
	{"Surrogates", []kith.Predicate{"campaigned_for"}},
	{"Other support", []kith.Predicate{"supported"}},
	{"Succession", []kith.Predicate{"named_successor"}},
}

// given is what X did for others, or for one other.
func given(a *asker) error { return a.ledger(0, 1) }

// received is what others did for X, or what one other did.
func received(a *asker) error { return a.ledger(1, 0) }

// ledger lists the support from one side to the other, part by part. The
// name at place giver of the question gave; the other received. One of the
// two may be open.
func (a *asker) ledger(giver, taker int) error {
	found, err := a.subjects(2)
	if err != nil {
		return err
	}
	sides := make([]end, 2)
	for i := range sides {
		sides[i].any = i >= len(found)
		if !sides[i].any {
			sides[i].entity = found[i]
		}
	}
	var claims []kith.Claim
	for i, e := range found {
		more, own, err := a.withOwn(e)
		if err != nil {
			return err
		}
		sides[i].own = own
		if i == 0 {
			claims = more
		} else {
			claims = merge(claims, more)
		}
	}
	from, to := sides[giver], sides[taker]
	kept := pointers(claims, func(c *kith.Claim) bool { return a.asked(c) && gives(c, from, to) })
	for _, part := range ledgerParts {
		lines := a.fold(part.title, only(kept, part.predicates))
		for i, e := range found {
			noteOwn(lines, e, sides[i].own)
		}
		lines = a.window(lines, false)
		if part.title == "Money" {
			lines = append(lines, a.sums(part.title, lines, found[0].Ref())...)
		}
		a.add(lines)
	}
	return nil
}

// gives reports whether the claim says that one side did something for the
// other. Support for nobody in particular is given, not received.
func gives(c *kith.Claim, from, to end) bool {
	if !one(support, c.Predicate) || !from.isRef(&c.Subject) {
		return false
	}
	if c.Predicate == "hosted" {
		return to.isRef(c.Qualifiers.Third) || to.any
	}
	return to.isRef(c.Object) || c.Predicate == "introduced" && !to.any && to.isRef(c.Qualifiers.Third)
}

func only(claims []*kith.Claim, ps []kith.Predicate) []*kith.Claim {
	var out []*kith.Claim
	for _, c := range claims {
		if one(ps, c.Predicate) {
			out = append(out, c)
		}
	}
	return out
}

// merge joins two lists of claims, each claim once.
func merge(a, b []kith.Claim) []kith.Claim {
	seen := map[kith.ClaimID]bool{}
	var out []kith.Claim
	for _, c := range slices.Concat(a, b) {
		if !seen[c.ID] {
			seen[c.ID] = true
			out = append(out, c)
		}
	}
	return out
}

// sums adds up the asserted gifts of money of each currency. A gift without
// an amount is counted, not guessed.
func (a *asker) sums(section string, lines []Line, of kith.EntityRef) []Line {
	totals := map[string]*big.Rat{}
	cited := map[string][]*Line{}
	var currencies []string
	for i := range lines {
		l := &lines[i]
		amount, ok := new(big.Rat).SetString(strings.ReplaceAll(l.Qualifiers["amount"], ",", ""))
		if !ok || l.Negated || l.Modality != kith.Asserted {
			continue
		}
		currency := l.Qualifiers["currency"]
		if totals[currency] == nil {
			totals[currency] = new(big.Rat)
			currencies = append(currencies, currency)
		}
		totals[currency].Add(totals[currency], amount)
		cited[currency] = append(cited[currency], l)
	}
	slices.Sort(currencies)
	var out []Line
	for _, currency := range currencies {
		out = append(out, sumLine(section, currency, totals[currency], cited[currency], of))
	}
	return out
}

// sumLine is one total, citing each gift in it.
func sumLine(section, currency string, total *big.Rat, from []*Line, of kith.EntityRef) Line {
	text := total.FloatString(2)
	text = strings.TrimSuffix(text, ".00")
	l := Line{Section: section, Subject: of, Predicate: "sum", Value: text, Modality: kith.Asserted,
		Qualifiers: map[string]string{"amount": text, "currency": currency, "count": fmt.Sprint(len(from))}, Strength: 1}
	least := len(from[0].claims)
	for _, f := range from {
		l.claims = append(l.claims, f.claims...)
		l.Claims = append(l.Claims, f.Claims...)
		least = min(least, f.Sources)
		l.Strength = min(l.Strength, f.Strength)
	}
	l.Sources = least
	l.Note = fmt.Sprintf("sum of %d %s", len(from), plural(len(from), "gift"))
	return l
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// donors lists who gave or raised money for X, with sums per currency.
func donors(a *asker) error {
	found, err := a.subjects(1)
	if err != nil {
		return err
	}
	claims, own, err := a.withOwn(found[0])
	if err != nil {
		return err
	}
	to := end{entity: found[0], own: own}
	kept := pointers(claims, func(c *kith.Claim) bool { return one(money, c.Predicate) && to.isRef(c.Object) })
	lines := a.window(a.fold("", kept), true)
	noteOwn(lines, found[0], own)
	a.add(append(lines, a.sums("", lines, found[0].Ref())...))
	return nil
}

// endorsements lists who endorsed X in order, with the lag to the candidacy
// and who came before whom.
func endorsements(a *asker) error {
	found, err := a.subjects(1)
	if err != nil {
		return err
	}
	claims, own, err := a.withOwn(found[0])
	if err != nil {
		return err
	}
	to := end{entity: found[0], own: own}
	lines := a.fold("", pointers(claims, func(c *kith.Claim) bool { return c.Predicate == "endorsed" && to.isRef(c.Object) }))
	noteOwn(lines, found[0], own)
	lines = a.window(lines, true)
	orderEndorsements(lines)
	starts := candidacies(claims, found[0].ID)
	place := 0
	for i := range lines {
		l := &lines[i]
		if l.Negated || l.Modality != kith.Asserted {
			continue
		}
		place++
		l.addNote(ordinal(place) + " to endorse as far as is known" + lag(l, starts))
	}
	a.add(lines)
	return nil
}

// orderEndorsements sorts by time; where no time tells, those said to be
// among the first come first, then the order of the texts holds.
func orderEndorsements(lines []Line) {
	for i := range lines {
		lines[i].order.rank = 1
		first := kith.Fold(lines[i].Qualifiers["ordinal"])
		if strings.Contains(first, "first") || first == "1" || first == "1st" {
			lines[i].order.rank = 0
		}
	}
	slices.SortStableFunc(lines, func(l, m Line) int {
		return cmp.Or(l.order.compare(m.order))
	})
}

// candidacies are the days on which X is known to have become a candidate.
func candidacies(claims []kith.Claim, id kith.EntityID) []*kith.Claim {
	return pointers(claims, func(c *kith.Claim) bool {
		return c.Predicate == "candidate_for" && c.Subject.ID == id && !c.Negated && c.Modality != kith.Hedged && len(c.Time.From) == 10
	})
}

// lag says how many days lie between the candidacy that the endorsement
// followed and the endorsement, where both days are known.
func lag(l *Line, starts []*kith.Claim) string {
	if len(l.Time.From) != 10 {
		return ""
	}
	best := -1
	for _, c := range starts {
		if d := daysBetween(c.Time.From, l.Time.From); d >= 0 && (best < 0 || d < best) {
			best = d
		}
	}
	switch {
	case best < 0:
		return ""
	case best == 0:
		return ", on the day of the candidacy"
	}
	return fmt.Sprintf(", %d %s after the candidacy", best, plural(best, "day"))
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}
