package exchange

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith"
)

// member is what the tests read of a legislator's record, apart from the
// importer.
type member struct {
	Name  struct{ First, Last string }
	ID    struct{ Bioguide string }
	Terms []struct {
		Type, Start, End, State string
	}
}

// currentMembers reads the current members of the given states, raw and apart.
func currentMembers(t *testing.T, states ...string) ([]json.RawMessage, []member) {
	t.Helper()
	text, err := os.ReadFile(shared(t, "congress-legislators", "legislators-current.json"))
	if err != nil {
		t.Fatal(err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		t.Fatal(err)
	}
	var kept []json.RawMessage
	var members []member
	for _, r := range raw {
		var m member
		if err := json.Unmarshal(r, &m); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(states, m.Terms[len(m.Terms)-1].State) {
			kept, members = append(kept, r), append(members, m)
		}
	}
	return kept, members
}

func importMembers(t *testing.T, s kith.Store, match Match, raw []json.RawMessage) {
	t.Helper()
	text, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	importInto(t, s, match, &File{Name: "legislators-current.json", Data: text}, Options{})
}

func allClaims(t *testing.T, s kith.Store, at kith.AsOf, f kith.ClaimFilter) []kith.Claim {
	t.Helper()
	v, err := s.View(context.Background(), at)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var out []kith.Claim
	for c, err := range v.Claims(context.Background(), f) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Time.MayHold(at.World) {
			out = append(out, c)
		}
	}
	return out
}

func TestWhoOfCongressServedTogetherInWhichStateLegislature(t *testing.T) {
	raw, members := currentMembers(t, "VT", "WY")
	s, match := newStore(t)
	importMembers(t, s, match, raw)
	want := map[string]bool{}
	for _, state := range []string{"vt", "wy"} {
		for _, kind := range []string{"legislature", "retired"} {
			files, err := filepath.Glob(filepath.Join(shared(t, "openstates-people", state), kind, "*.yml"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				for _, m := range members {
					if !strings.Contains(filepath.Base(file), m.Name.Last) {
						continue
					}
					f, err := Open(file, nil)
					if err != nil {
						t.Fatal(err)
					}
					importInto(t, s, match, f, Options{})
					head := string(f.Data)
					for _, chamber := range [][2]string{{"type: upper", "Senate"}, {"type: lower", "House of Representatives"}} {
						if strings.Contains(head, "name: "+m.Name.First+" "+m.Name.Last+"\n") && strings.Contains(head, chamber[0]) {
							want[m.ID.Bioguide+" "+map[string]string{"vt": "Vermont ", "wy": "Wyoming "}[state]+chamber[1]] = true
						}
					}
				}
			}
		}
	}
	v, err := s.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	got := map[string]bool{}
	for _, c := range allClaims(t, s, kith.AsOf{}, kith.ClaimFilter{Predicates: []kith.Predicate{"held_office"}}) {
		e, err := v.Entity(context.Background(), c.Subject.ID)
		if err != nil {
			t.Fatal(err)
		}
		if id := e.Identifiers["bioguide"]; id != "" && c.Object != nil && !strings.HasPrefix(c.Object.Name, "United States") {
			got[id+" "+c.Object.Name] = true
		}
	}
	if fmt.Sprint(sortedKeys(got)) != fmt.Sprint(sortedKeys(want)) || len(want) == 0 {
		t.Errorf("kith ties %v to state legislatures, the files %v", sortedKeys(got), sortedKeys(want))
	}
	t.Log(sortedKeys(got))
}

func TestWhoWasEndorsedInWhichOrder(t *testing.T) {
	path := shared(t, "fivethirtyeight-politics", "primary-project-2022__rep_candidates.csv")
	f, err := Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if _, err := Count(context.Background(), csvImporter(), f, Options{}, func(r *kith.Reading) {
		for _, c := range r.Claims {
			if c.Predicate == "endorsed" && c.Subject.Name == "Donald Trump" && c.Time.From != "" {
				got = append(got, string(c.Time.From)+" "+c.Object.Name)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(f.Data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header := rows[0]
	var want []string
	for _, row := range rows[1:] {
		if row[slices.Index(header, "Trump")] != "Yes" {
			continue
		}
		var m, d, y int
		if n, _ := fmt.Sscanf(row[slices.Index(header, "Trump Date")], "%d/%d/%d", &m, &d, &y); n == 3 {
			if y < 100 {
				y += 2000
			}
			want = append(want, fmt.Sprintf("%04d-%02d-%02d %s", y, m, d, row[0]))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if len(want) < 100 || !slices.Equal(got, want) {
		t.Errorf("kith has %d dated endorsements in order, the table %d", len(got), len(want))
	}
}

func TestWhichCommitteesShareTreasurers(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "fec-filings"), "*", "*.fec"))
	if err != nil {
		t.Fatal(err)
	}
	var filings []*File
	for _, file := range files {
		f, err := Open(file, nil)
		if err != nil {
			t.Fatal(err)
		}
		filings = append(filings, f)
	}
	// No two committees of the sample share a treasurer: three of our own do.
	for i, committee := range []string{"Harbour Future PAC", "Green Mountain Victory Fund", "Lake Shore PAC"} {
		treasurer := []string{"Okonkwo-Reed\x1cAmara", "Okonkwo-Reed\x1cAmara", "Vandeloo\x1cCyrus"}[i]
		filings = append(filings, &File{Name: committee + ".fec", Data: fmt.Appendf(nil,
			"HDR\x1cFEC\x1c8.3\x1cx\x1c1\nF3XN\x1cC9000000%d\x1c%s\x1c\x1c1 Pier\x1c\x1cPort Sorrel\x1cVT\x1c05401\x1cQ1\x1c\x1c\x1c\x1c20240101\x1c20240331\x1c\x1c%s\x1c\x1c\x1c\x1c20240415\n", i, committee, treasurer)})
	}
	s, match := newStore(t)
	want := map[string]map[string]bool{} // committees by treasurer, read apart
	for _, f := range filings {
		r, err := NewFECReader(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		if row := r.Next(); row != nil && row.Layout != nil && row.Err == nil {
			value := func(name string) string {
				for i, c := range row.Layout.Columns {
					if c.Name == name && i < len(row.Fields) {
						return strings.ToLower(latin(row.Fields[i]))
					}
				}
				return ""
			}
			name := value("treasurer_first_name") + " " + value("treasurer_last_name")
			if old := value("treasurer_name"); old != "" {
				name = strings.ToLower(caret(old))
			}
			if len(name) > 3 && value("committee_name") != "" {
				if want[name] == nil {
					want[name] = map[string]bool{}
				}
				want[name][value("filer_committee_id_number")] = true
			}
		}
		cover := f.Data[:min(len(f.Data), r.at)] // the header and the first record
		importInto(t, s, match, &File{Name: f.Name, Data: cover}, Options{})
	}
	v, err := s.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	by := map[kith.EntityID]map[string]bool{}
	for _, c := range allClaims(t, s, kith.AsOf{}, kith.ClaimFilter{Predicates: []kith.Predicate{"employed_by"}}) {
		if c.Qualifiers.Role != "treasurer" {
			continue
		}
		e, err := v.Entity(context.Background(), c.Object.ID)
		if err != nil {
			t.Fatal(err)
		}
		if by[c.Subject.ID] == nil {
			by[c.Subject.ID] = map[string]bool{}
		}
		by[c.Subject.ID][strings.ToLower(e.Identifiers["fec_committee"])] = true
	}
	treasurers, shared := 0, 0
	for _, committees := range by {
		treasurers++
		if len(committees) > 1 {
			shared++
		}
	}
	wantShared := 0
	for _, committees := range want {
		if len(committees) > 1 {
			wantShared++
		}
	}
	t.Logf("%d treasurers, %d of several committees; the filings have %d names, %d on several committees", treasurers, shared, len(want), wantShared)
	if treasurers < 20 || shared != wantShared {
		t.Errorf("kith makes %d treasurers serve several committees, by name there are %d", shared, wantShared)
	}
	if wantShared == 0 {
		t.Errorf("no committees share a treasurer: the test could not fail")
	}
}

func TestOfficesAsOfADateAreThoseOfTheSource(t *testing.T) {
	raw, members := currentMembers(t, "VT", "WY", "DE")
	s, match := newStore(t)
	importMembers(t, s, match, raw)
	v, err := s.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for _, day := range []kith.Date{"1995-06-01", "2008-02-29", "2016-01-01", "2024-07-21"} {
		want := map[string]bool{}
		for _, m := range members {
			for _, term := range m.Terms {
				if term.Start <= string(day) && string(day) <= term.End {
					want[m.ID.Bioguide+" "+map[string]string{"sen": "Senator", "rep": "Representative"}[term.Type]] = true
				}
			}
		}
		got := map[string]bool{}
		for _, c := range allClaims(t, s, kith.AsOf{World: day}, kith.ClaimFilter{Predicates: []kith.Predicate{"held_office"}}) {
			e, err := v.Entity(context.Background(), c.Subject.ID)
			if err != nil {
				t.Fatal(err)
			}
			got[e.Identifiers["bioguide"]+" "+c.Value] = true
		}
		if fmt.Sprint(sortedKeys(got)) != fmt.Sprint(sortedKeys(want)) {
			t.Errorf("%s: kith says %v, the source %v", day, sortedKeys(got), sortedKeys(want))
		}
	}
}
