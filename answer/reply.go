package answer

import (
	"slices"

	"kith"
)

// reply is the right-of-reply sheet: everything said of a person, by whom and
// how surely, the weightiest first.
func reply(a *asker) error {
	found, err := a.subjects(1)
	if err != nil {
		return err
	}
	id := found[0].ID
	claims, err := a.about(id)
	if err != nil {
		return err
	}
	parts := []struct {
		title string
		takes func(c *kith.Claim) bool
	}{
		{"What they have said themselves", func(c *kith.Claim) bool {
			return c.Subject.ID == id && one(speech, c.Predicate) || c.Attribution != nil && c.Attribution.ID == id
		}},
		{"Accusations and criticism of them", func(c *kith.Claim) bool {
			return one([]kith.Predicate{"accused", "criticized", "opposed"}, c.Predicate) && c.Subject.ID != id
		}},
		{"Rumours and plans", func(c *kith.Claim) bool { return c.Modality != kith.Asserted }},
		{"Denials", func(c *kith.Claim) bool { return c.Negated }},
		{"What others say of them", func(c *kith.Claim) bool {
			return c.Attribution != nil || c.Subject.ID != id && one(speech, c.Predicate)
		}},
		{"Told as fact", func(*kith.Claim) bool { return true }},
	}
	kept := make([][]*kith.Claim, len(parts))
	for i := range claims {
		c := &claims[i]
		at := slices.IndexFunc(parts, func(p struct {
			title string
			takes func(c *kith.Claim) bool
		}) bool {
			return p.takes(c)
		})
		kept[at] = append(kept[at], c)
	}
	for _, i := range []int{1, 2, 3, 4, 5, 0} {
		lines := a.fold(parts[i].title, kept[i])
		for j := range lines {
			lines[j].addNote(standing(&lines[j]))
		}
		a.add(lines)
	}
	return nil
}

// standing says how surely a line is said.
func standing(l *Line) string {
	text := "one source"
	if l.Sources > 1 {
		text = ordinalWord(l.Sources) + " independent sources"
	}
	if unprintable(l) == "" {
		return text + ", reviewed"
	}
	if slices.ContainsFunc(l.claims, func(c *kith.Claim) bool { return c.Review == kith.Accepted || c.Review == kith.Corrected }) {
		return text + ", reviewed"
	}
	return text + ", not reviewed"
}

func ordinalWord(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if n < len(words) {
		return words[n]
	}
	return "many"
}
