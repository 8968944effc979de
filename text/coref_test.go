package text

import (
	"context"
	"strings"
	"testing"

	"kith"
)

// entities reads a text up to coreference.
func entities(t testing.TB, content string) *kith.Analysis {
	return analyse(t, content, Tag, Parse, Names, Quotes{}, Coreference)
}

// whose returns the names of the entities of the nth mention with that text.
func whose(a *kith.Analysis, text string, nth int) []string {
	for _, m := range a.Mentions {
		if m.Text != text {
			continue
		}
		if nth > 0 {
			nth--
			continue
		}
		if m.Entity < 0 {
			return nil
		}
		out := []string{a.Entities[m.Entity].Name}
		for _, e := range m.Also {
			out = append(out, a.Entities[e].Name)
		}
		return out
	}
	return []string{"(no such mention)"}
}

func TestCoreference(t *testing.T) {
	for _, test := range []struct {
		name, text, mention string
		nth                 int
		want                string
	}{
		{"a last name is the person of the full name", "Laura Benning won. Benning thanked the crowd.", "Benning", 0, "Laura Benning"},
		{"a title and last name is the person of the full name", "Laura Benning won. Mrs. Benning thanked the crowd.", "Mrs. Benning", 0, "Laura Benning"},
		{"a pronoun is the subject of its sex", "Laura Benning met Paul Okafor. She thanked him.", "She", 0, "Laura Benning"},
		{"another pronoun is the other person", "Laura Benning met Paul Okafor. She thanked him.", "him", 0, "Paul Okafor"},
		{"a possessive pronoun is the subject of its clause", "Paul Okafor sold his house.", "his", 0, "Paul Okafor"},
		{"a pronoun may stand before its name", "After she lost, Laura Benning founded a company.", "she", 0, "Laura Benning"},
		{"a title tells the sexes of one last name apart", "Laura Benning and Carl Benning ran. Mr. Benning lost.", "Mr. Benning", 0, "Carl Benning"},
		{"the first of two of one last name keeps it", "Laura Benning won. Benning and her husband, Carl Benning, celebrated. Benning spoke.", "Benning", 1, "Laura Benning"},
		{"an apposition is its name", "The mayor, Dana Kowal, resigned.", "The mayor", 0, "Dana Kowal"},
		{"a short first name is the same person", "William Harker retired. Bill Harker was 70.", "Bill Harker", 0, "William Harker"},
		{"a junior in short is not the senior", "Carl Benning Jr. won. His father, Carl Benning Sr., wept. Benning Jr. spoke.", "Benning Jr.", 0, "Carl Benning Jr."},
		{"a third of the name is not his father", "Carl Benning founded a bank. His son, Carl Benning III, runs it. Carl Benning retired.", "Carl Benning", 1, "Carl Benning"},
		{"another middle initial is another person", "Carl H. Benning won in 1988. Carl W. Benning won in 2000.", "Carl W. Benning", 0, "Carl W. Benning"},
		{"a middle initial may be left out", "Carl H. Benning won in 1988. Carl Benning spoke.", "Carl Benning", 0, "Carl H. Benning"},
		{"one acronym of two organisations does not make them one", "The Harbor Workers Union (HWU) agreed. The Highland Weavers Union (HWU) signed.", "Highland Weavers Union", 0, "Highland Weavers Union"},
		{"a double name is not its second half", "Julian Benning married Ida Moreau. Julian Moreau-Benning is their son.", "Julian Moreau-Benning", 0, "Julian Moreau-Benning"},
		{"a particle may be left out", "Omar al-Haddad spoke. Omar Haddad left.", "Omar Haddad", 0, "Omar al-Haddad"},
		{"a junior may be called without", "Carl Benning Jr. won. Carl Benning spoke.", "Carl Benning", 0, "Carl Benning Jr."},
		{"an acronym in brackets is its organisation", "The Harbor Workers Union (HWU) agreed. The HWU signed.", "HWU", 1, "Harbor Workers Union"},
		{"the head noun leads back to the organisation", "The Budget Committee met. The committee approved it.", "The committee", 0, "Budget Committee"},
		{"both women are the two women", "Laura Benning called Ida Moreau. Both women wept.", "Both women", 0, "Laura Benning+Ida Moreau"},
		{"they are the two of a coordination", "Laura Benning and Paul Okafor ran together. They won.", "They", 0, "Laura Benning+Paul Okafor"},
		{"a sister by first name shares the last name", "Laura Benning ran. Benning's sister Maya chaired her campaign.", "Maya", 0, "Maya Benning"},
		{"a wife by first name keeps her name", "Paul Okafor ran. Okafor's wife Maya chaired his campaign.", "Maya", 0, "Maya"},
		{"the second verb of two owns what hangs on it", "Both women were nominees, with Laura Benning taking the north in 2010 but losing the Harbor Board and Ida Moreau sitting on the Court of Appeals until her 2014 resignation.", "her", 0, "Ida Moreau"},
		{"a participle owns what hangs on it, even where the tree gives its subject away", "Both women share the distinction of being their party’s first female nominees, with Hannah Clement winning the popular vote in 2006 but losing the Electoral College and Moreau serving as the first female Vice President before her 2014 defeat.", "her", 0, "Moreau"},
		{"a description is the name behind it, not an earlier one so described", "State Senator Bill Orr lost. The governor, Anita Flores, welcomed it. The governor smiled.", "The governor", 0, "Anita Flores"},
		{"a chief of staff is the name behind it", "Laura Benning won. Ms. Benning's chief of staff, Ray Mendez, resigned.", "Ms. Benning's chief of staff", 0, "Ray Mendez"},
		{"an uncle is none of those named before", "Samir Gupta stays. Mr. Tillman founded the company with a loan from his uncle.", "his uncle", 0, "Tillman's uncle"},
		{"another post is another person", "Samir Gupta, the chief operating officer, stays. The board named a chief financial officer.", "a chief financial officer", 0, "chief financial officer"},
		{"two pronouns of a sex are one where no other's sex is known", "Jasmine Cole never ran. She managed Lindgren’s first campaign, in 2017, from the back of a laundromat owned by her father-in-law.", "her", 0, "Jasmine Cole"},
		{"a councilman is a man", "Jasmine Cole called Councilman Theo Lindgren. She thanked him.", "him", 0, "Theo Lindgren"},
		{"a father's son is his mother's", "Paul Okafor was born in Lund. His father, Anthony, was a geologist and his mother, Jennifer, is a nurse.", "his", 0, "Paul Okafor"},
		{"two first names in one sentence are two people", "Chris Pike and Christopher Pike, who are not related, ran for mayor. Christopher Pike won.", "Christopher Pike", 1, "Christopher Pike"},
		{"the one of them who is spelled so", "Ann Lee met Anne Lee on Monday. Ann Lee endorsed Omar Cruz. Anne Lee did not.", "Anne Lee", 1, "Anne Lee"},
		{"a named company is its description", "Laura Benning owns an LLC named “Lantern77” in Denver. She founded this LLC early.", "this LLC", 0, "Lantern77"},
		{"a party's adjective is the party", "She is active in Democratic politics.", "Democratic", 0, "Democratic Party"},
		{"a campaign is named by its owner", "Laura Benning ran. Paul Okafor joined her campaign.", "her campaign", 0, "Benning's campaign"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := entities(t, test.text)
			if got := strings.Join(whose(a, test.mention, test.nth), "+"); got != test.want {
				t.Errorf("%q is %q, want %q; mentions %+v", test.mention, got, test.want, a.Mentions)
			}
		})
	}
}

func TestTwoPeopleOfOneLastNameAreNeverOne(t *testing.T) {
	a := entities(t, "Dana Kowal is the mayor. Pete Kowal, her cousin, ran against her. Kowal won. Pete Kowal conceded.")
	people := map[string]bool{}
	for _, e := range a.Entities {
		if e.Type == kith.Person && !e.Unnamed {
			people[e.Name] = true
		}
	}
	if !people["Dana Kowal"] || !people["Pete Kowal"] {
		t.Errorf("people are %v", people)
	}
}

func TestUnnamedPartiesStayApart(t *testing.T) {
	a := entities(t, "Two aides resigned on Monday. A donor complained. Two aides were hired by Laura Benning in Denver.")
	groups := 0
	for _, e := range a.Entities {
		if e.Name == "Two aides" || e.Name == "two aides" {
			groups++
			if !e.Unnamed || e.Type != kith.Group {
				t.Errorf("%+v is not an unnamed group", e)
			}
		}
	}
	if groups != 2 {
		t.Errorf("%d groups of two aides, want 2: %+v", groups, a.Entities)
	}
}

func TestDescribedEventsAreEntities(t *testing.T) {
	a := entities(t, "Paul Okafor gave a pancake breakfast and strategic dinners for Laura Benning.")
	found := map[string]kith.EntityType{}
	for _, e := range a.Entities {
		found[e.Name] = e.Type
	}
	if found["pancake breakfast"] != kith.EventType || found["strategic dinners"] != kith.EventType {
		t.Errorf("entities are %v", found)
	}
}

func TestEntityIDsAreThoseOfTheNamesAndRepeat(t *testing.T) {
	const content = "Laura Benning met Paul Okafor. She thanked him. Two aides left."
	a, b := entities(t, content), entities(t, content)
	if len(a.Entities) == 0 || len(a.Entities) != len(b.Entities) {
		t.Fatalf("%d and %d entities", len(a.Entities), len(b.Entities))
	}
	seen := map[kith.EntityID]bool{}
	for i, e := range a.Entities {
		if e.ID != b.Entities[i].ID || seen[e.ID] {
			t.Errorf("id of %q: %s, then %s", e.Name, e.ID, b.Entities[i].ID)
		}
		seen[e.ID] = true
	}
	if want := kith.NewEntityID(a.Document.ID, "Laura Benning", kith.Person, 0); !seen[want] {
		t.Errorf("no entity has the id %s", want)
	}
}

func TestCoreferenceStopsWithItsContext(t *testing.T) {
	a := analyse(t, strings.Repeat("Laura Benning met him. ", 400), Tag, Parse, Names, Quotes{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Coreference.Run(ctx, a); err == nil {
		t.Error("it ran on")
	}
}

func BenchmarkCoreference(b *testing.B) {
	a := entities(b, strings.Repeat("Former Vice President Laura Benning told reporters in Denver that the Harbor Trust, a charity that she and Tom Lindqvist had founded after her defeat, would not pay for it. He thanked her. ", 300))
	for b.Loop() {
		if err := Coreference.Run(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(a.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
