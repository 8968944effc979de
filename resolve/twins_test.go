package resolve_test

import (
	"testing"

	"kith"
)

func TestAFormerNameInTheSameTextIsTheSame(t *testing.T) {
	w := newTown(t)
	w.add("Harlow Transit, formerly known as the Harlow Tram Company, hired her.", []kith.Entity{body("Harlow Transit"), body("Harlow Tram Company")},
		[3]string{"Harlow Transit", "also_known_as", "the Harlow Tram Company (old)"})
	w.want("Harlow Transit", 1)
	w = newTown(t)
	w.addAliased("Harlow Transit was once the Harlow Tram Company.", []kith.Entity{body("Harlow Transit"), body("Harlow Tram Company")}, "Harlow Transit", "Harlow Tram Company")
	w.add("The Harlow Tram Company sued.", []kith.Entity{body("Harlow Tram Company")})
	w.add("Harlow Transit sued, too.", []kith.Entity{body("Harlow Transit")})
	w.want("Harlow Transit", 4)
}

func TestOneOtherNameOfTwoJoinsThemNot(t *testing.T) {
	w := newTown(t)
	w.addAliased("Two are called the Orchard.", []kith.Entity{body("Orchard Trust"), body("Orchard Fund"), body("Big Orchard")},
		"Orchard Trust", "Big Orchard", "Orchard Fund", "Big Orchard")
	w.want("Orchard Trust", 1)
	w.want("Orchard Fund", 1)
}
