package exchange

import (
	"context"
	"testing"

	"kith"
)

func TestRowsOfOneTableAreNoCopiesAndNoVersionsOfEachOther(t *testing.T) {
	m, err := ParseMapping("gifts.yaml", []byte(`
name: gifts
format: csv
address: "{url}"
claims:
  - predicate: donated_to
    subject: {type: Person, name: "{giver}"}
    object: {type: Organization, name: "{to}"}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	table := "giver,to,url,a long column that says much the same in each of the rows\n"
	for _, name := range []string{"Ida Quay", "Tom Reed", "Cy Vane"} {
		table += name + ",Harbour Fund,https://post.example/gifts,this text is the same in all of the rows of this table and is long enough to be taken for a copy of the others by a reader of wire stories who does not look closely at who gave what to whom and when\n"
	}
	s, match := newStore(t)
	report := importInto(t, s, match, &File{Name: "gifts.csv", Data: []byte(table)}, Options{Mapping: m})
	if report.Claims != 3 {
		t.Fatalf("got %+v", report)
	}
	if got := allClaims(t, s, kith.AsOf{}, kith.ClaimFilter{}); len(got) != 3 {
		t.Errorf("%d of 3 claims are shown", len(got))
	}
	v, err := s.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	sources, err := v.Sources(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for d, source := range sources {
		if d != source {
			t.Errorf("row %s counts as a copy of %s", d, source)
		}
	}
}
