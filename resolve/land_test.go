package resolve_test

import (
	"fmt"
	"testing"

	"kith"
)

func place(name string, aliases ...string) kith.Entity {
	return kith.Entity{Name: name, Type: kith.Place, Aliases: aliases}
}

func body(name string, aliases ...string) kith.Entity {
	return kith.Entity{Name: name, Type: kith.Organization, Aliases: aliases}
}

func TestACountryThatActsIsThePlace(t *testing.T) {
	w := newTown(t)
	w.add("Ida Vale lives in Estonia.", []kith.Entity{{Name: "Ida Vale", Type: kith.Person}, place("Estonia")}, [3]string{"Ida Vale", "located_in", "Estonia"})
	w.add("Estonia signed the pact.", []kith.Entity{body("Estonia")})
	w.add("Britain signed, too.", []kith.Entity{body("Britain")})
	w.add("She moved to the U.K.", []kith.Entity{place("U.K.")})
	w.want("Estonia", 2)
	w.want("Britain", 2)
}

func TestACompanyOfACountrysNameIsNotTheCountry(t *testing.T) {
	w := newTown(t)
	w.add("She lives in Jordan.", []kith.Entity{place("Jordan")})
	w.add("Jordan Holdings was sold.", []kith.Entity{body("Jordan Holdings")})
	w.add("Michelle Jordan spoke.", people("Michelle Jordan"))
	w.want("Jordan", 1)
}

// A text that tells of one country under two names must not make every later
// text choose between two entries.
func TestTwoNamesOfOneCountryInOneTextAreOneEntry(t *testing.T) {
	w := newTown(t)
	w.add("America voted. The United States counted.", []kith.Entity{place("America"), place("United States")})
	for n := range 6 {
		w.add(fmt.Sprintf("In the United States, part %d.", n), []kith.Entity{place("United States")})
		w.add(fmt.Sprintf("Across the U.S., part %d.", n), []kith.Entity{place("U.S.")})
		w.add(fmt.Sprintf("Republicans met the GOP, part %d.", n), []kith.Entity{{Name: "Republicans", Type: kith.Group}, body("GOP")})
	}
	w.want("United States", 14)
	w.want("America", 14)
	w.want("Republicans", 12)
	if n := w.unsure(); n > 0 {
		t.Errorf("%d questions, want none", n)
	}
}

func TestOrganisationsOfOneNameInOneTextDoNotScatterLaterOnes(t *testing.T) {
	w := newTown(t)
	w.add("The Orchard Trust met the Orchard Trust's rival.", []kith.Entity{body("The Orchard Trust"), body("Orchard Trust")})
	for n := range 5 {
		w.add(fmt.Sprintf("The Orchard Trust paid, part %d.", n), []kith.Entity{body("Orchard Trust")})
	}
	if got := w.largest("Orchard Trust"); got != 6 {
		t.Errorf("the largest entry has %d members, want 6", got)
	}
}

func TestThingsHeldApartAreAskedAbout(t *testing.T) {
	w := newTown(t)
	w.add("The Orchard Trust of Tarn.", []kith.Entity{body("Orchard Trust")})
	w.add("Another Orchard Trust.", []kith.Entity{body("Orchard Trust")})
	w.split("Orchard Trust")
	w.add("The Orchard Trust paid.", []kith.Entity{body("Orchard Trust")})
	if got := w.largest("Orchard Trust"); got != 1 {
		t.Errorf("a third was put with one of two that somebody holds apart")
	}
	if w.unsure() == 0 {
		t.Error("nobody is asked")
	}
}

func TestAShortFormStandsForTheNameBesideIt(t *testing.T) {
	w := newTown(t)
	w.add("The CIA denied it.", []kith.Entity{body("CIA")})
	w.add("The Culinary Institute of America (CIA) opened.", []kith.Entity{body("Culinary Institute of America", "CIA")})
	w.add("The Central Intelligence Agency denied it again.", []kith.Entity{body("Central Intelligence Agency")})
	w.add("The White House replied.", []kith.Entity{place("White House")})
	w.add("The White House was silent.", []kith.Entity{body("White House")})
	w.want("Central Intelligence Agency", 2)
	w.want("Culinary Institute of America", 1)
	w.want("White House", 2)
}
