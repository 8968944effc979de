package resolve_test

import (
	"testing"

	"kith"
)

func TestAJuniorIsNotTakenForTheOneWithoutASuffix(t *testing.T) {
	w := newTown(t)
	w.add("Andrew Stonebridge retired.", people("Andrew Stonebridge", "Linda Moorcroft"))
	w.add("Andrew Stonebridge Jr. spoke to Linda Moorcroft.", people("Andrew Stonebridge Jr.", "Linda Moorcroft"))
	w.add("Andrew Stonebridge Jr. left.", people("Andrew Stonebridge Jr."))
	w.want("Andrew Stonebridge Jr.", 2)
	w.want("Linda Moorcroft", 2)
	if w.unsure() == 0 {
		t.Error("nobody is asked whether the junior is the same")
	}
}

func TestNamesFromOtherAlphabetsMeet(t *testing.T) {
	for _, pair := range [][2]string{
		{"Oleksandr Kovalenko", "Alexander Kovalenko"},
		{"Muhammad Al-Rashid", "Mohammed al-Rashid"},
		{"Sergei Lavrenko", "Sergej Lavrenko"},
		{"Yevgeny Petrov", "Evgeni Petrov"},
	} {
		w := newTown(t)
		w.add(pair[0]+" spoke.", people(pair[0]))
		w.add(pair[1]+" left.", people(pair[1]))
		w.want(pair[0], 2)
	}
	w := newTown(t)
	w.add("Volodymyr Hrytsenko spoke.", people("Volodymyr Hrytsenko"))
	w.add("Vladimir Gritsenko left.", people("Vladimir Gritsenko"))
	if w.members("Volodymyr Hrytsenko") != 1 || w.unsure() != 1 {
		t.Error("where the family name is spelt otherwise, too, a person is asked")
	}
}

func TestTwoBodiesOfOneAcronymAreTwo(t *testing.T) {
	w := newTown(t)
	w.add("The American Medical Association (AMA) met.", []kith.Entity{body("American Medical Association", "AMA")})
	w.add("The American Motorcyclist Association (AMA) met.", []kith.Entity{body("American Motorcyclist Association", "AMA")})
	w.add("The U.S. American Medical Association (AMA) met.", []kith.Entity{body("American Medical Association", "AMA")})
	w.want("American Medical Association", 2)
	w.want("American Motorcyclist Association", 1)
	w.add("The AMA met again.", []kith.Entity{body("AMA")})
	w.want("American Medical Association", 2)
	if w.unsure() == 0 {
		t.Error("nobody is asked which of the two AMA means")
	}
}

// A name of one word ties nobody by itself. Where it is uncommon and what is
// around it agrees, too, a person is asked.
func TestAPersonOfOneNameMeetsByWhatIsAround(t *testing.T) {
	w := newTown(t)
	w.add("Zarovia sang.", people("Zarovia"))
	w.add("Zarovia danced.", people("Zarovia"))
	if w.unsure() != 0 {
		t.Error("the name alone asks a question")
	}
	w.add("Zarovia met Ottoline Marchetti.", people("Zarovia", "Ottoline Marchetti"))
	w.add("Ottoline Marchetti thanked Zarovia.", people("Ottoline Marchetti", "Zarovia"))
	if w.unsure() == 0 {
		t.Error("nobody is asked")
	}
	w.want("Ottoline Marchetti", 2)
	w.add("Clinton met Ottoline Marchetti.", people("Clinton", "Ottoline Marchetti"))
	before := w.unsure()
	w.add("Ottoline Marchetti thanked Clinton.", people("Ottoline Marchetti", "Clinton"))
	if w.unsure() != before {
		t.Error("a surname that many have asks a question")
	}
}

func TestAShortNameThatTwoOfATextMayBearIsAskedAbout(t *testing.T) {
	w := newTown(t)
	w.add("Pat Frostwick ran the campaign.", people("Pat Frostwick"))
	w.add("Patricia Frostwick thanked Patrick Frostwick.", people("Patricia Frostwick", "Patrick Frostwick"))
	w.want("Pat Frostwick", 1)
	if w.unsure() == 0 {
		t.Error("nobody is asked who Pat is")
	}
	w.add("Patrick Frostwick left.", people("Patrick Frostwick"))
	w.want("Patrick Frostwick", 2)
}

func TestAPartyTakenForAPersonIsTheParty(t *testing.T) {
	w := newTown(t)
	w.add("The Republican Party objected.", []kith.Entity{body("Republican Party")})
	w.add("Republicans objected.", people("Republicans"))
	w.want("Republican Party", 2)
	w = newTown(t)
	w.add("Republicans objected.", people("Republicans"))
	w.add("The Republican Party objected.", []kith.Entity{body("Republican Party")})
	for e := range w.entities("Republican Party") {
		if e.Type == kith.Person {
			t.Error("a party is shown as a person")
		}
	}
}
