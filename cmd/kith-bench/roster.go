package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"kith/graph"
)

// web numbers names and collects ties between them.
type web struct {
	number map[string]uint32
	rows   []graph.Row
}

func (w *web) node(name string) uint32 {
	n, ok := w.number[name]
	if !ok {
		n = uint32(len(w.number))
		w.number[name] = n
	}
	return n
}

// tie binds two names over the years that are known (0 for unknown).
func (w *web) tie(a, b string, kind uint8) {
	if a == "" || b == "" || a == b {
		return
	}
	w.rows = append(w.rows, graph.Row{From: w.node(a), To: w.node(b), Claim: uint32(len(w.rows)), Doc: uint32(len(w.rows)),
		Since: graph.NoBegin, Until: graph.NoEnd, Strength: 0.99, Predicate: kind})
}

// rosterRows reads public rosters into one graph: members of Congress tied to
// their states, parties and committees, and to each other where they sat for
// one state; members of state legislatures to chamber and district.
func rosterRows(dir string) ([]graph.Row, int, error) {
	w := &web{number: map[string]uint32{}}
	for _, step := range []func(*web, string) error{historical, current, committees, states} {
		if err := step(w, dir); err != nil {
			return nil, 0, err
		}
	}
	return w.rows, len(w.number), nil
}

// historical reads the former members of Congress: a file of rows.
func historical(w *web, dir string) error {
	f, err := os.Open(filepath.Join(dir, "congress-legislators", "legislators-historical.csv"))
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	delegation := map[string][]string{}
	for _, r := range rows[1:] {
		person := r[column["bioguide_id"]]
		seat := r[column["type"]] + " " + r[column["state"]]
		w.tie(person, seat, 0)
		w.tie(person, "party "+r[column["party"]], 1)
		w.tie(person, seat+" "+r[column["district"]], 0)
		delegation[seat] = append(delegation[seat], person)
	}
	for _, people := range delegation { // colleagues: those listed beside each other, by age
		for i := range people {
			for j := i + 1; j < min(i+40, len(people)); j++ {
				w.tie(people[i], people[j], 2)
			}
		}
	}
	return nil
}

// current reads the sitting members with all their terms.
func current(w *web, dir string) error {
	raw, err := os.ReadFile(filepath.Join(dir, "congress-legislators", "legislators-current.json"))
	if err != nil {
		return err
	}
	var people []struct {
		ID    struct{ Bioguide string }
		Terms []struct {
			Type, State, Party, Start, End string
			District                       *int
		}
	}
	if err := json.Unmarshal(raw, &people); err != nil {
		return fmt.Errorf("read the sitting members: %w", err)
	}
	for _, p := range people {
		for _, t := range p.Terms {
			w.tie(p.ID.Bioguide, t.Type+" "+t.State, 0)
			w.tie(p.ID.Bioguide, "party "+t.Party, 1)
			row := &w.rows[len(w.rows)-2]
			row.Since, row.Until = graph.Day(t.Start, graph.NoBegin), graph.Day(t.End, graph.NoEnd)
		}
	}
	return nil
}

// committees ties members to their committees and to each other there.
func committees(w *web, dir string) error {
	raw, err := os.ReadFile(filepath.Join(dir, "congress-legislators", "committee-membership-current.json"))
	if err != nil {
		return err
	}
	var members map[string][]struct{ Bioguide string }
	if err := json.Unmarshal(raw, &members); err != nil {
		return fmt.Errorf("read the committees: %w", err)
	}
	for committee, list := range members {
		for i, m := range list {
			w.tie(m.Bioguide, "committee "+committee, 3)
			for _, n := range list[i+1:] {
				w.tie(m.Bioguide, n.Bioguide, 4)
			}
		}
	}
	return nil
}

// states ties the members of state legislatures to their chambers, parties and
// districts.
func states(w *web, dir string) error {
	return filepath.WalkDir(filepath.Join(dir, "openstates-people"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yml") && !strings.HasSuffix(path, ".yaml") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var p struct {
			ID    string
			Party []struct{ Name string }
			Roles []struct{ Type, Jurisdiction, District string }
		}
		if yaml.Unmarshal(raw, &p) != nil || p.ID == "" {
			return nil
		}
		for _, party := range p.Party {
			w.tie(p.ID, "party "+party.Name, 1)
		}
		for _, r := range p.Roles {
			w.tie(p.ID, r.Jurisdiction+" "+r.Type, 0)
			w.tie(p.ID, r.Jurisdiction+" "+r.Type+" "+r.District, 0)
		}
		return nil
	})
}
