package resolve

import "testing"

func FuzzAnyNameCanBeTakenApart(f *testing.F) {
	for _, s := range []string{"Hillary Rodham Clinton", "CLINTON, Hillary", "Ó Snodaigh, Aengus", "\"\"", "Jr", "詹姆斯·希利", "(", "Mrs.", ",,", "A. B. van der C, III"} {
		f.Add(s, "Bill Clinton")
	}
	l := &lexicon{nicknames: map[string][]string{}, given: map[string]float64{}, family: map[string]float64{}, parties: map[string]string{}, places: map[string]string{}}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := parsePerson(a), parsePerson(b)
		var v Values
		l.compareNames(&x, &y, &v)
		k := &keyring{seen: map[string]bool{}}
		l.personKeys(k, x)
		l.normal("Organization", a)
	})
}
